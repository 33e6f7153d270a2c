"""The bytes of the MADE-UP data files: full size, in the published layouts, made once in a process."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from npqstats.catalogue.catalogue import Layout, catalogue
from tests.made_up import write_release
from tests.nations import BOROUGHS

Row = dict[str, str]


@cache
def release(seed: int, last: int) -> dict[str, bytes]:
    """Make up a release's four files, by data set, up to the academic year `last`."""
    with tempfile.TemporaryDirectory() as folder:
        return {name: path.read_bytes() for name, path in write_release(Path(folder), seed=seed, last=last).items()}


@cache
def early_participants(seed: int, last: int) -> bytes:
    """Make up participants in the layout of 2022-23, where the column says whose funding it is."""
    layout = _layout("npq-participants", "2022-23")
    rows = read(release(seed, last)["npq-participants"])
    funded = {_place(row): row for row in rows if row["funding"] == "Funded"}
    early = [_early(funded[_place(row)], row) for row in rows if row["funding"] == "Non-funded"]
    return write(layout.columns, early)


def _early(funded: Row, non_funded: Row) -> Row:
    matched = funded["npq_unique_participants_swc_eligible"]
    heads = funded["teaching_workforce_headcount_swc"]
    has_rate = matched.isdecimal() and heads.isdecimal()
    return {
        **funded,
        "npq_funded_starts": funded["npq_starts"],
        "npq_unique_funded_participants": funded["npq_unique_participants"],
        "npq_unique_funded_participants_swc_eligible": matched,
        "npq_non_funded_starts": non_funded["npq_starts"],
        "percent_workforce_npq_participation": _rate(int(matched), int(heads)) if has_rate else "",
        "teaching_workforce_headcount_swc21": heads if heads.isdecimal() else "",
    }


def _rate(part: int, whole: int) -> str:
    """Print a percentage with two decimals, halves up, as the 2022-23 file does."""
    hundredths = (20_000 * part + whole) // (2 * whole)
    return "low" if part and not hundredths else f"{hundredths / 100:g}"


@cache
def passed_over(title: str, last: int) -> bytes:
    """Make up a few rows of a data set that is not about NPQs, in its own columns."""
    layout = next(layout for layout in catalogue().layouts if layout.title == title)
    rows = []
    for number, year in enumerate(range(202122, last + 1, 101)):
        row = dict.fromkeys(layout.columns, str(1000 + number))
        row |= {"time_period": str(year), "time_identifier": "Academic year", "geographic_level": "National"}
        row |= {"country_code": "E92000001", "country_name": "England", "programme": "Made-up programme"}
        row |= {"breakdown": "Made-up breakdown", "group_name": "Made-up group"}
        row |= dict.fromkeys(("region_code", "region_name", "la_name", "old_la_code", "new_la_code"), "")
        rows.append(row)
    return write(layout.columns, rows)


@cache
def corrected(content: bytes) -> bytes:
    """Correct a participants file: in each year five starters of the first borough were the second one's.

    Everything else still adds up. One figure of the third borough is now withheld.
    """
    moved = {BOROUGHS.authorities[0][0]: -5, BOROUGHS.authorities[1][0]: 5}

    def correct(row: Row) -> Row:
        if row["la_name"] in moved and row["funding"] != "Non-funded":
            for column in ("npq_starts", "npq_unique_participants"):
                row[column] = str(int(row[column]) + moved[row["la_name"]])
        if row["la_name"] == BOROUGHS.authorities[2][0] and row["funding"] == "Non-funded":
            row |= dict.fromkeys(list(row)[-5:-1], "c")
        return row

    return _changed(content, correct)


@cache
def relabelled(content: bytes) -> bytes:
    """Correct a participants file again: who has no known age is now called by another name."""

    def correct(row: Row) -> Row:
        if (row["breakdown"], row["group_name"]) == ("Age group", "Unknown"):
            row["group_name"] = "Not known"
        return row

    return _changed(content, correct)


@cache
def renamed(content: bytes) -> bytes:
    """Rename two columns of participants, of which completions have one, so that no known layout fits."""
    header, _, rest = content.decode().partition("\n")
    header = header.replace("npq_unique_participants,", "npq_people,").replace("npq_starts", "npq_courses_started")
    return f"{header}\n{rest}".encode()


def read(content: bytes) -> list[Row]:
    """Read a file into rows of text."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def write(columns: Iterable[str], rows: Iterable[Row]) -> bytes:
    """Write rows as a file with these columns."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _changed(content: bytes, change: Callable[[Row], Row]) -> bytes:
    rows = read(content)
    return write(rows[0], [change(row) for row in rows])


def _place(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in row if name not in ("funding", *list(row)[-5:]))


def _layout(dataset: str, release: str) -> Layout:
    return next(found for found in catalogue().layouts if (found.dataset, found.release) == (dataset, release))
