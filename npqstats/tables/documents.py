"""Answers as documents: a table for people and a frame for programs, both made of the same words."""

from collections.abc import Iterable, Sequence

import polars as pl

from npqstats.analysis import columns
from npqstats.analysis.answers import Change, Comparison, Figure, Line, Trend
from npqstats.analysis.columns import Observation, WordedRow
from npqstats.analysis.question import Question
from npqstats.analysis.show import behind
from npqstats.catalogue.catalogue import NO_RELEASE, release
from npqstats.project import Project
from npqstats.tables.table import Column, Document, Entry, Kind, Notes, Row, Table
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.measures import MEASURES, Measure
from npqstats.vocabulary.names import capitalised, listed
from npqstats.vocabulary.numbers import number, rounded
from npqstats.vocabulary.periods import label, span
from npqstats.wording import attribution, changes, findings, labels, notes

_LEAST = 1e-9
"""A change that is smaller than this is none: what is left of a subtraction of fractions."""


def of_answer(answer: Comparison | Trend) -> Document:
    """Lay out an answer: a row per line of a comparison, a row per line and year of a trend."""
    lines = _worded(answer)
    rows = [row for line in lines for row in line]
    if isinstance(answer, Comparison):
        kind, described, table = "comparison", columns.COMPARISON, _comparison(answer, rows)
    else:
        kind, described, table = "trend", columns.TREND, _trend(answer, lines)
    return Document(
        kind=kind,
        table=table,
        make_frame=lambda: columns.frame(rows, described),
        columns=described,
        releases=(answer.release,),
        command=answer.question.command(answer.verb),
    )


def _worded(answer: Comparison | Trend) -> list[list[WordedRow]]:
    """Say what belongs to each line of an answer: one row of a comparison, one a year of a trend."""
    if isinstance(answer, Comparison):
        parts = [
            [(answer.years, row.figures, row.change, row.status, notes.of_row(row, answer))] for row in answer.rows
        ]
    else:
        parts = [
            [((p.year,), (p.figure,), p.change, p.status, notes.of_trend(row, answer, p.year)) for p in row.points]
            for row in answer.rows
        ]
    lines, release = [row.line for row in answer], answer.release.name
    has_both = len({line.series.basis for line in lines}) > 1
    names = [labels.label(line, answer.question, has_both=has_both) for line in lines]
    return [
        [
            WordedRow(name, line, years, figures, change, status, changes.in_words(change, status), said, release)
            for years, figures, change, status, said in part
        ]
        for name, line, part in zip(names, lines, parts, strict=True)
    ]


def _comparison(answer: Comparison, rows: Sequence[WordedRow]) -> Table:
    measures = {row.line.measure.code: row.line.measure for row in rows}
    one = rows[0].line.measure if len(measures) == 1 else None
    width = 5 if any(not measure.is_rate for measure in measures.values()) else 4
    bars = _bars([row.change for row in rows], is_rates=width == 4)
    marks = Notes()
    body, above = [], ""
    for row, bar in zip(rows, bars, strict=True):
        # `Starts, leaving out NPQSENCO` is set below `Starts`, without its name.
        text = row.label.removeprefix(f"{above}, ") if above else row.label
        is_below = text != row.label
        above = above if is_below else row.label
        unit = "" if one or is_below or row.line.measure.is_rate else f" ({row.line.measure.unit})"
        before, after = row.figures
        entries = (
            Entry(text=f"{text}{unit}", notes=marks.numbers(row.notes)),
            entry(before, row.line.measure),
            entry(after, row.line.measure),
            *_moved(row, before),
        )
        body.append(_row(entries[:width], row, bar, indent=int(is_below)))
    unit = one.unit if one else ""
    heads = (
        Column(header=_of_rows(answer.question) if one else rows[0].line.area.name),
        Column(header=answer.before.label, unit=unit, kind=Kind.NUMBER),
        Column(header=answer.after.label, unit=unit, kind=Kind.NUMBER),
        Column(header="Change", kind=Kind.NUMBER),
        Column(header="Change (%)", short="%", kind=Kind.NUMBER),
    )
    years = f"{answer.before.label} to {answer.after.label}"
    found = findings.of_comparison(answer)
    return _table(answer, rows, body, heads[:width], years, found, marks, is_titled=not answer.question.is_headline)


def _trend(answer: Trend, lines: Sequence[Sequence[WordedRow]]) -> Table:
    measure = answer.rows[0].line.measure
    rows = [row for line in lines for row in line]
    bars = iter(_bars([row.change for row in rows], is_rates=measure.is_rate))
    first = 1 if len(lines) == 1 else 0
    width = 4 if measure.is_rate else 5
    marks = Notes()
    body = []
    for line in lines:
        before: Figure | None = None
        for row in line:
            entries = (
                Entry(text="" if before else row.label),
                Entry(text=row.years[0].label, notes=marks.numbers(row.notes)),
                entry(row.figures[0], measure),
                *_moved(row, before),
            )
            body.append(_row(entries[first:width], row, next(bars)))
            before = row.figures[0]
    heads = (
        Column(header=_of_rows(answer.question)),
        Column(header="Year", kind=Kind.CODE),
        Column(header=measure.label, unit=measure.unit, kind=Kind.NUMBER),
        Column(header="Change on the year before", kind=Kind.NUMBER),
        Column(header="Change (%)", short="%", kind=Kind.NUMBER),
    )
    years = span(answer.years[0].label, answer.years[-1].label)
    return _table(answer, rows, body, heads[first:width], years, findings.of_trend(answer), marks)


def _of_rows(asked: Question) -> str:
    """Name what the rows of one measure are."""
    if asked.by:
        return capitalised(labels.nouns(asked.by)[0])
    return "Area" if len(asked.areas) > 1 else "Measure"


def entry(figure: Figure, measure: Measure) -> Entry:
    """Write a figure with its flags and origins."""
    return Entry(
        text=changes.cell(figure, measure.unit),
        value=figure.value,
        unit=measure.unit,
        flags=notes.flags(figure),
        origins=tuple(figure.origins),
    )


def _moved(row: WordedRow, before: Figure | None) -> tuple[Entry, Entry]:
    """Write a change in its unit and in %; nothing where there is no year before."""
    if before is None:
        return Entry(), Entry()
    size, per_cent = changes.columns(row.change, row.status)
    both = (*before.origins, *row.figures[-1].origins) if row.change.size is not None else ()
    unit = "pp" if row.line.measure.is_rate else row.line.measure.unit
    return (
        Entry(text=size, value=row.change.size, unit=unit, origins=both),
        Entry(text=per_cent, value=row.change.change_pct, unit="%", origins=both if per_cent else ()),
    )


def _row(entries: tuple[Entry, ...], row: WordedRow, bar: float | None, *, indent: int = 0) -> Row:
    is_seen = rounded(abs(row.change.size or 0), 1 if row.line.measure.is_rate else 0)
    direction = row.change.direction if is_seen else 0
    return Row(entries=entries, indent=indent, bar=bar, direction=direction, is_total=row.line.is_total)


def _bars(moved: Sequence[Change], *, is_rates: bool) -> list[float | None]:
    """Size the changes on one scale; rates have a scale only where all rows are rates."""
    sizes = [change.change_pp if is_rates else change.change for change in moved]
    largest = max((abs(size) for size in sizes if size), default=0)
    return [size / largest if size and largest > _LEAST else None for size in sizes]


def _table(
    answer: Comparison | Trend,
    rows: Sequence[WordedRow],
    body: list[Row],
    heads: tuple[Column, ...],
    years: str,
    found: Iterable[str],
    marks: Notes,
    *,
    is_titled: bool = True,
) -> Table:
    """Put around the rows what belongs to any answer: title, finding, notes, key, release, source and licence."""
    return Table(
        title=f"{_title(answer, [row.line for row in answer.rows])}: {years}",
        finding=tuple(found),
        is_titled=is_titled,
        columns=heads,
        rows=tuple(body),
        notes=tuple(marks.texts),
        key=key([figure for row in rows for figure in row.figures]),
        source=(attribution.edition(answer.release), attribution.source()),
        more=(notes.SAMPLE,) if answer.is_sample else (),
        short_source=attribution.short(answer.release),
    )


def key(figures: Sequence[Figure]) -> tuple[str, ...]:
    """Explain the flags and symbols with which figures are written."""
    flags = {letter for figure in figures for letter in notes.flags(figure)}
    reported = (cell for figure in figures for cell in figure.cells if cell.evidence == "reported")
    symbols = {figure.symbol for figure in figures if figure.symbol and figure.gap != "did-not-exist"}
    by = dict.fromkeys(attribution.publisher(cell) for cell in reported)
    return (*attribution.flags_key(flags, by), *attribution.symbols_key(symbols))


def _title(answer: Comparison | Trend, lines: list[Line]) -> str:
    """Name what is counted, where, by what, and what limits all rows."""
    asked = answer.question
    measures = {line.measure.code for line in lines}
    one = MEASURES[measures.pop()] if len(measures) == 1 else None
    what = f"{one.label} ({one.unit})" if one else "National Professional Qualifications"
    where = listed([area.name for area in asked.areas]) or ENGLAND[1]
    by = f" by {labels.nouns(asked.by)[0]}" if asked.by else ""
    groups = {line.group_label for line in lines if not line.is_total}
    is_one = len(groups) == 1 and not asked.course and not any(line.is_total for line in lines)
    kept = [*(groups if is_one else ()), *labels.limits(asked)]
    if asked.top and isinstance(answer, Comparison):
        biggest = "" if asked.sort != "published" else " with the biggest changes"
        cut = f"{asked.top} of {answer.count} rows{biggest}"
        kept.append(cut if asked.top < answer.count else f"all {answer.count} rows")
    return ", ".join([what, f"{where}{by}", *kept])


def of_cells(frame: pl.DataFrame, asked: Question | None = None, *, title: str = "Published cells") -> Document:
    """Lay out published cells, each with its file, line and column.

    Args:
        frame: A row per cell, with the fields of `Observation`.
        asked: The question that they answer, which limits the title.
        title: What they are.
    """
    marks = Notes()
    rows = []
    for cell in map(Observation._make, frame.iter_rows()):
        remarks = marks.numbers([f"{remark}." for remark in (cell.citation, cell.note) if remark])
        origin = f"{cell.source}:{cell.line}"
        figure = Entry(text=cell.raw, value=cell.value, notes=remarks, origins=(f"{origin}:{cell.column}",))
        rows.append(Row(entries=(figure, Entry(text=_about(cell)), Entry(text=f"{origin} {cell.column}"))))
    table = Table(
        title=", ".join([title, *(labels.limits(asked) if asked else [])]),
        finding=(f"{number(frame.height)} published {'cell' if frame.height == 1 else 'cells'}, as printed.",),
        columns=(
            Column(header="Printed", kind=Kind.NUMBER),
            Column(header="What"),
            Column(header="File:line and column"),
        ),
        rows=tuple(rows),
        notes=tuple(marks.texts),
        key=tuple(attribution.symbols_key(set(frame.get_column("symbol").drop_nulls()))),
        source=("Files are under data/raw/; their header is line 1.", attribution.source()),
    )
    names = dict.fromkeys(frame.get_column("release").cast(pl.String))
    return Document(
        kind="cells",
        table=table,
        make_frame=lambda: frame,
        columns=columns.SHOWN,
        releases=tuple(release(name) for name in names if name != NO_RELEASE),
        command=asked.command("show") if asked else "",
    )


def _about(cell: Observation) -> str:
    """Say what a cell counts, when, where, and of whom."""
    is_edition = cell.evidence != "official" and cell.release != NO_RELEASE
    parts = [
        f"{cell.measure} ({MEASURES[cell.measure].unit})",
        (f"{label(cell.first_period)} to " if cell.first_period else "") + label(cell.time_period),
        cell.location_name,
        "" if cell.group_label == cell.breakdown_label else cell.course or cell.group_label,
        "" if cell.funding == "all" else cell.funding,
        "since 2021" if cell.basis == "cumulative" else "",
        "" if cell.suite == "reformed" else f"{cell.suite} suite",
        f"release {cell.release}" if is_edition else "",
    ]
    return ", ".join(filter(None, parts))


def of_cells_behind(project: Project, answer: Comparison | Trend) -> Document:
    """Lay out the published cells behind an answer."""
    return of_cells(behind(project, answer.cells), title="Published cells behind the table")
