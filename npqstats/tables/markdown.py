"""Tables in Markdown: answers for pages and job summaries, and what the program prints of its guide."""

import re
from collections.abc import Iterable

from npqstats.tables.table import Entry, Kind, Row, Table
from npqstats.vocabulary.names import plain

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$]|&(?=#?\w+;))")


def markdown(table: Table) -> str:
    """Write a table with its finding above it, and notes, key and source below; data is never read as markup."""
    lines = [f"**{safe(table.title)}**", ""]
    if table.finding:
        lines += [safe(" ".join(table.finding)), ""]
    lines += [_row(safe(column.heading) for column in table.columns)]
    lines += [_row("---:" if column.kind is Kind.NUMBER else "---" for column in table.columns)]
    lines += [_row(_entries(row)) for row in table.rows]
    if table.notes:
        lines += ["", *(f"- \\[{number}\\] {safe(note)}" for number, note in enumerate(table.notes, start=1))]
    lines += ["", *(f"{safe(line)}  " for line in (*table.key, *table.source))]
    text = "\n".join(lines).rstrip() + "\n"
    return text if table.below is None else f"{text}\n{markdown(table.below)}"


def _entries(row: Row) -> Iterable[str]:
    """Write the entries of a row, with their flags and the numbers of their notes."""
    for position, entry in enumerate(row.entries):
        yield f"{'&emsp;' * row.indent if position == 0 else ''}{_entry(entry)}"


def _entry(entry: Entry) -> str:
    marks = "".join(f"[{number}]" for number in entry.notes)
    return safe(" ".join(filter(None, [entry.text, entry.flags, marks])))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def safe(text: str) -> str:
    """Escape text so that Markdown shows it as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(plain(text).split()))


PRINTED = "<!-- Printed by the program: change the code, then run `make docs`. -->"


def page(lines: Iterable[str]) -> str:
    """Join the lines of a page of the guide, with never more than one blank line between two."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip() + "\n"


def printed(headers: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    """Write a table of the guide, whose entries are Markdown, with a blank line before and after it."""
    names = list(headers)
    cells = [[str(cell).replace("|", "\\|") for cell in row] for row in rows]
    return ["", *map(_row, (names, ["---"] * len(names), *cells)), ""]
