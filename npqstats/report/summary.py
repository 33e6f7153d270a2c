"""A report in Markdown, for a code-hosting site and for the summary of a CI job."""

import re
from collections.abc import Iterator

from npqstats.report.contents import Picture, Report, Section, text
from npqstats.tables.markdown import markdown, safe
from npqstats.vocabulary.names import plain


def summary(report: Report) -> str:
    """Write a report in Markdown; charts and data are linked beside it."""
    return "\n".join(_lines(report)).rstrip() + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield from (f"# {safe(report.title)}", "", safe(report.status), "")
    yield from (f"- {safe(text(sentence))}" for sentence in report.headlines)
    yield ""
    for section in report.sections:
        yield from _section(section)
    yield from ("## What is not comparable, and why", "")
    yield from (f"- {safe(text(sentence))}" for sentence in report.cautions)
    if report.disagreements.height:
        yield from ("", "## Figures that disagree between files", "")
        for row in report.disagreements.iter_rows(named=True):
            yield f"- {safe(row['source'])}, line {row['line']}, column {safe(row['column'])}: {safe(row['what'])}."
    yield from ("", "## Sources", "", "| File | Data set | Rows | Published | Retrieved | SHA-256 |")
    yield "| --- | --- | ---: | --- | --- | --- |"
    for source in report.sources:
        cells = (
            source.name,
            source.title,
            f"{source.rows:,}",
            source.published or "see each figure",
            source.retrieved or "not recorded",
        )
        yield f"| {' | '.join(map(safe, cells))} | `{source.sha256}` |"
    yield from ("", f"Made with {_code(report.command)}.")


def _section(section: Section) -> Iterator[str]:
    yield from (f"## {safe(section.title)}", "")
    for sentence in section.intro:
        yield from (safe(text(sentence)), "")
    for item in section.items:
        if isinstance(item, Picture):
            yield f"![{safe(item.chart.title)}. {safe(item.chart.alt)}](charts/{item.slug}.svg)"
        else:
            yield markdown(item.sheet.table).rstrip()
        yield from ("", _code(item.command), "")
    for words in section.missing:
        yield from (f"_{safe(words)}_", "")


def _code(command: str) -> str:
    """Write a command as code: within more backticks than stand together in it, and apart from them."""
    words = plain(command)
    longest = max(map(len, re.findall("`+", words)), default=0)
    return f"`{words}`" if not longest else f"{'`' * (longest + 1)} {words} {'`' * (longest + 1)}"
