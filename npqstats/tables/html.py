"""A table in HTML: for notebooks as it is, for a file as a page with a style of its own. No scripts."""

from collections.abc import Iterator
from html import escape

from npqstats.tables.table import Column, Entry, Kind, Row, Table
from npqstats.vocabulary.names import plain

_STYLE = """\
.npqstats { max-width: 1000px; line-height: 1.4; overflow-wrap: anywhere; }
.npqstats table { border-collapse: collapse; width: auto; max-width: 100%; margin: .5em 0; font-size: 1em; }
.npqstats caption { text-align: left; font-weight: bold; padding: .25em 0; }
.npqstats h1 { font-size: 1.25em; margin: 0; }
.npqstats th, .npqstats td { padding: .25em .6em; text-align: left; vertical-align: top; font-size: 1em; }
.npqstats thead th { border-bottom: 2px solid currentColor; vertical-align: bottom; }
.npqstats tbody th { font-weight: normal; }
.npqstats tbody tr { border-bottom: 1px solid #b1b4b6; background: none; }
.npqstats tr.total > * { font-weight: bold; }
.npqstats .number { text-align: right; white-space: nowrap; overflow-wrap: normal; font-variant-numeric: tabular-nums; }
.npqstats .code { white-space: nowrap; overflow-wrap: normal; }
.npqstats p, .npqstats ol { margin: .4em 0; }
.npqstats ol { padding-left: 2em; }
.npqstats .finding { font-size: 1.1em; }
.npqstats .about { font-size: .9em; }
.npqstats .flag { padding-left: .25em; font-size: .85em; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_PAGE_STYLE = (
    'body { font-family: Arial, "Liberation Sans", sans-serif; margin: 1.5em; color: #0b0c0c; background: #fff; }\n'
)


def html(table: Table) -> str:
    """Write a table as a piece of a page, as notebooks show it; at most 1,000 pixels wide."""
    return f'<div class="npqstats">\n<style>\n{_STYLE}</style>\n{"".join(_parts(table))}</div>\n'


def page(table: Table) -> str:
    """Write a table as a whole page."""
    body = f'<main class="npqstats">\n{"".join(_parts(table, is_page=True))}</main>'
    return whole(_safe(table.title), _PAGE_STYLE + _STYLE, body)


def whole(title: str, style: str, body: str) -> str:
    """Write a page that may do nothing but use its own style, from parts that are HTML already."""
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _parts(table: Table, *, is_page: bool = False) -> Iterator[str]:
    """Write the finding, the table, its key, its notes and its source; then the table below it."""
    if table.finding:
        yield f'<p class="finding">{_safe(" ".join(table.finding))}</p>\n'
    title = f"<h1>{_safe(table.title)}</h1>" if is_page else _safe(table.title)
    yield f"<table>\n<caption>{title}</caption>\n<thead>\n<tr>"
    yield "".join(map(_header, table.columns))
    yield "</tr>\n</thead>\n<tbody>\n"
    for row in table.rows:
        yield _row(row, table.columns, is_marked=row.is_total and table.has_totals)
    yield "</tbody>\n</table>\n"
    if table.key:
        yield f'<p class="about">Key: {"; ".join(_safe(entry.rstrip(".")) for entry in table.key)}.</p>\n'
    if table.notes:
        notes = "".join(f"<li>{_safe(note)}</li>\n" for note in table.notes)
        yield f'<p class="about">Notes</p>\n<ol class="about">\n{notes}</ol>\n'
    for line in table.source:
        yield f'<p class="about">{_safe(line)}</p>\n'
    if table.below:
        yield from _parts(table.below)


def _header(column: Column) -> str:
    text = _safe(column.heading)
    kind = f' class="{column.kind}"' if column.kind is not Kind.LABEL else ""
    return f'<th scope="col"{kind}>{text}</th>' if text else f"<td{kind}></td>"


def _row(row: Row, columns: tuple[Column, ...], *, is_marked: bool) -> str:
    cells = "".join(
        _cell(entry, column, row.indent, is_first=position == 0)
        for position, (entry, column) in enumerate(zip(row.entries, columns, strict=True))
    )
    total = ' class="total"' if is_marked else ""
    return f"<tr{total}>{cells}</tr>\n"


def _cell(entry: Entry, column: Column, indent: int, *, is_first: bool) -> str:
    """Write an entry; the first of a row heads it, and origins are shown where the mouse rests."""
    attributes = "" if column.kind is Kind.LABEL else f' class="{column.kind}"'
    if is_first and indent:
        attributes += f' style="padding-left: {1.2 * indent + 0.6:.1f}em"'
    if entry.origins:
        attributes += f' title="{_safe(" | ".join(entry.origins))}"'
    flags = f'<span class="flag">{_safe(entry.flags)}</span>' if entry.flags else ""
    numbers = "".join(f"[note {number}]" for number in entry.notes)
    marks = f' <span class="flag">{numbers}</span>' if numbers else ""
    text = f"{_safe(entry.text)}{flags}{marks}"
    return f'<th scope="row"{attributes}>{text}</th>' if is_first else f"<td{attributes}>{text}</td>"


def _safe(text: str) -> str:
    return escape(plain(text))
