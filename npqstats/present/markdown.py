"""A sheet as Markdown, for pages and job summaries."""

import re

from npqstats.present.sheet import Sheet

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$])")


def markdown(sheet: Sheet) -> str:
    """Write a sheet as a Markdown table with its notes below; text from data is never read as markup."""
    lines = [f"**{_safe(sheet.title)}**", ""]
    if sheet.subtitle:
        lines += [_safe(sheet.subtitle), ""]
    lines += [_row(sheet.headers)]
    lines += [_row("---:" if place in sheet.numeric else "---" for place in range(len(sheet.headers)))]
    lines += [_row(map(_safe, row)) for row in sheet.rows]
    if sheet.notes:
        lines += ["", *(f"- \\[{place}\\] {_safe(note)}" for place, note in enumerate(sheet.notes, start=1))]
    lines += ["", *(f"{_safe(line)}  " for line in (*sheet.key, *sheet.foot))]
    return "\n".join(lines).rstrip() + "\n"


def _row(cells: object) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"  # type: ignore[attr-defined]


def _safe(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
