"""A sheet as Markdown, for pages and job summaries."""

import re

from npqstats.tables.sheet import Sheet
from npqstats.vocabulary.names import plain

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$]|&(?=#?\w+;))")


def markdown(sheet: Sheet) -> str:
    """Write a sheet as a Markdown table with its notes below; text from data is never read as markup."""
    lines = [f"**{safe(sheet.title)}**", ""]
    if sheet.subtitle:
        lines += [safe(sheet.subtitle), ""]
    lines += [_row(map(safe, sheet.headers))]
    lines += [_row("---:" if place in sheet.numeric else "---" for place in range(len(sheet.headers)))]
    lines += [_row(map(_cell, row)) for row in sheet.rows]
    if sheet.notes:
        lines += ["", *(f"- \\[{place}\\] {safe(note)}" for place, note in enumerate(sheet.notes, start=1))]
    lines += ["", *(f"{safe(line)}  " for line in (*sheet.key, *sheet.foot))]
    text = "\n".join(lines).rstrip() + "\n"
    return text if sheet.below is None else f"{text}\n{markdown(sheet.below)}"


def _row(cells: object) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"  # type: ignore[attr-defined]


def _cell(text: str) -> str:
    """Write a cell; one that is set in stays so."""
    return f"{'&emsp;' if text.startswith('  ') else ''}{safe(text)}"


def safe(text: str) -> str:
    """Give text that Markdown shows as it stands, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(plain(text).split()))
