"""A report in Markdown, for a code-hosting site and for the summary of a CI job."""

import re
from collections.abc import Iterator
from dataclasses import replace

from npqstats.report.contents import MOST_DISAGREEMENTS, Part, Report
from npqstats.tables.markdown import markdown as table_of
from npqstats.tables.markdown import safe
from npqstats.vocabulary.names import plain


def markdown(report: Report) -> str:
    """Write a report in Markdown; charts are linked beside it."""
    return "\n".join(_lines(report)).rstrip() + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield from (f"# {safe(report.title)}", "", f"**{safe(report.lead.text)}**", "", safe(report.status), "")
    for key in report.key_figures:
        yield f"- {safe(key.label)}: **{safe(key.figure)}** ({safe(key.change)})"
    for chapter in report.chapters:
        yield from ("", f"## {safe(chapter.title)}", "")
        for part in chapter.parts:
            yield from _part(part, report)
    yield from ("## What the words mean", "")
    yield from (f"- **{safe(term)}**: {safe(meaning)}" for term, meaning in report.terms)
    yield from ("", "## What cannot be told from these figures", "")
    yield from (f"- {safe(words)}" for words in (*report.limits, *report.missing))
    if report.disagreements:
        yield from ("", "## Where the published files disagree", "")
        yield from (f"- {safe(where)}: {safe(what)}." for where, what in report.disagreements[:MOST_DISAGREEMENTS])
        if (more := len(report.disagreements) - MOST_DISAGREEMENTS) > 0:
            yield f"- And {more} more: `npqstats list disagreements`"
    yield from ("", "## Sources, and how to cite them", "", safe(report.citation), "")
    yield from ("| File | Data set | Rows | Published | Fetched | SHA-256 |", "| --- | --- | ---: | --- | --- | --- |")
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


def _part(part: Part, report: Report) -> Iterator[str]:
    for statement in part.statements:
        if statement is not report.lead:
            yield from (safe(statement.text), "")
    if part.picture:
        chart, slug = part.picture.chart, part.picture.slug
        yield from (
            f"![{safe(chart.headline)}. {safe(chart.alternative('the table that follows'))}](charts/{slug}.svg)",
            "",
        )
    for exhibit in part.exhibits:
        yield from (table_of(replace(exhibit.table, finding=())).rstrip(), "")
        yield from ("; ".join(_code(document.command) for document in exhibit.documents), "")


def _code(command: str) -> str:
    """Write a command as code: within more backticks than follow each other in it, and apart from them."""
    words = plain(command)
    longest = max(map(len, re.findall("`+", words)), default=0)
    return f"`{words}`" if not longest else f"{'`' * (longest + 1)} {words} {'`' * (longest + 1)}"
