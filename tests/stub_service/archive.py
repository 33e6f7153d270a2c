"""The zip of all files of a release, and the data guidance in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from functools import cache

from tests.stub_service.published import MADE_UP, TITLE, DataSet, Release

_STAMP = (2025, 7, 10, 8, 30, 0)
_HUGE = 64 << 20


def packed(release: Release, data_sets: Iterable[DataSet], *, hostile: bool) -> bytes:
    """Pack files of a release as the service does, or with members that no zip should have."""
    return _packed(release, tuple(data_sets), hostile)


@cache
def _packed(release: Release, data_sets: tuple[DataSet, ...], hostile: bool) -> bytes:
    members = {f"data/{found.filename}": found.content for found in data_sets}
    members["supporting-files/made_up_notes.txt"] = f"{MADE_UP}\n".encode()
    members["data-guidance/data-guidance.txt"] = guidance(release, data_sets)
    if hostile:
        members |= _hostile(members)
    return _zip(members)


def guidance(release: Release, data_sets: Iterable[DataSet]) -> bytes:
    """Write the data guidance: UTF-8 with a BOM, CRLF nowhere."""
    parts = "\n\n\n".join(_about(found) for found in data_sets)
    text = f"{TITLE}\n{release.title}\n\nDescription\n\n{MADE_UP}\n\nData files\n\n{parts}\n"
    return text.encode("utf-8-sig")


def _about(data_set: DataSet) -> str:
    first, last = (f"{period[:4]}/{period[4:]}" for period in (data_set.periods[0], data_set.periods[-1]))
    names = data_set.columns[5:]
    width = max(len("Variable name"), *map(len, names))
    table = [f"{'Variable name':{width}}  |  Variable description", f"{'-' * width}  |  {'-' * 30}"]
    table += [f"{name:{width}}  |  {name.replace('_', ' ').capitalize()}" for name in sorted(names)]
    return "\n".join(
        [
            data_set.title,
            "",
            f"Filename: {data_set.filename}",
            f"Geographic levels: {'; '.join(data_set.levels)}",
            f"Time period: {first} to {last}",
            f"Content summary: {data_set.summary}",
            "",
            "Variable names and descriptions for this file are provided below:",
            "",
            *table,
            "",
            "Footnotes:",
            "",
            "1. A made-up footnote.",
            "2. A made-up footnote",
            "   of two lines.",
        ]
    )


def _hostile(members: dict[str, bytes]) -> dict[str, bytes]:
    """Make members that try to leave the folder, hide a zip, or fill the disk."""
    row = next(iter(members.values())).partition(b"\n")[0]
    return {
        "../outside.csv": row,
        "data/../../outside.csv": row,
        "/made_up_absolute.csv": row,
        "C:\\made_up_absolute.csv": row,
        "data\\..\\..\\outside.csv": row,
        "data/nested.zip": _zip({"data/inner.csv": row}),
        "data/huge.csv": row + b"\n" + b"0" * _HUGE,
    }


def _zip(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _STAMP), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
