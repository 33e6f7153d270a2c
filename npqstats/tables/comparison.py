"""A comparison as a table."""

from collections.abc import Sequence

from npqstats.analysis.answers import Answer, Comparison, ComparisonRow, Figure, Line
from npqstats.tables.table import Column, Entry, Kind, Notes, Row, Table
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.measures import MEASURES, Measure
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import rounded
from npqstats.wording import attribution, changes, findings, labels, notes

_ARROW_LEAST = 1e-9


def comparison(answer: Comparison) -> Table:
    """Lay out a comparison."""
    marks = Notes()
    measures = list(dict.fromkeys(row.line.measure.code for row in answer.rows))
    is_one = len(measures) == 1
    has_counts = any(not MEASURES[code].is_rate for code in measures)
    names = labels_of(answer)
    bars = _bars(answer.rows)
    width = 5 if has_counts else 4
    body = []
    for row, name, parent, bar in zip(answer.rows, names, _parents(names), bars, strict=True):
        numbers = marks.numbers(notes.of_row(row, answer))
        text = name.removeprefix(f"{parent}, ") if parent else name
        if not is_one and not parent:
            text = f"{text}{unit_of(row.line.measure)}"
        entries = (Entry(text=text, notes=numbers), _entry(row.before, row), _entry(row.after, row), *_moved(row))
        body.append(
            Row(
                entries=entries[:width],
                indent=1 if parent else 0,
                bar=bar,
                direction=_direction(row),
                is_total=row.line.is_total,
            )
        )
    figures = [figure for row in answer.rows for figure in (row.before, row.after)]
    unit = MEASURES[measures[0]].unit if is_one else ""
    columns = (
        Column(header=answer.rows[0].line.area.name if not is_one else ""),
        Column(header=answer.before.label, unit=unit, kind=Kind.NUMBER),
        Column(header=answer.after.label, unit=unit, kind=Kind.NUMBER),
        Column(header="Change", kind=Kind.NUMBER),
        Column(header="%", kind=Kind.NUMBER),
    )
    return Table(
        title=f"{title(answer, [row.line for row in answer.rows])}: {answer.before.label} to {answer.after.label}",
        finding=tuple(findings.of_comparison(answer)),
        is_titled=not answer.question.is_headline,
        columns=columns[:width],
        rows=tuple(body),
        notes=tuple(marks.texts),
        key=tuple(key(figures)),
        source=tuple(foot(answer)),
        more=tuple(more(answer)),
        short_source=attribution.short(answer.release),
        has_bars=any(bar for bar in bars),
    )


def unit_of(measure: Measure) -> str:
    """Write the unit behind a label; a rate says it with each figure."""
    return "" if measure.is_rate else f" ({measure.unit})"


def labels_of(answer: Comparison) -> list[str]:
    """Name every row."""
    both = len({row.line.series.basis for row in answer.rows}) > 1
    return [labels.label(row.line, answer.question, has_both=both) for row in answer.rows]


def _entry(figure: Figure, row: ComparisonRow) -> Entry:
    return entry(figure, row.line.measure)


def entry(figure: Figure, measure: Measure) -> Entry:
    """Write a figure with its flags and origins."""
    return Entry(
        text=changes.cell(figure, measure.unit),
        value=figure.value,
        unit=measure.unit,
        flags=notes.flags(figure),
        origins=tuple(figure.origins),
    )


def _moved(row: ComparisonRow) -> tuple[Entry, Entry]:
    size, per_cent = changes.columns(row.change, row.status)
    both = (*row.before.origins, *row.after.origins) if row.change.size is not None else ()
    unit = "pp" if row.change.change_pp is not None else row.line.measure.unit
    return (
        Entry(text=size, value=row.change.size, unit=unit, origins=both),
        Entry(text=per_cent, value=row.change.change_pct, unit="%", origins=both if per_cent else ()),
    )


def _direction(row: ComparisonRow) -> int:
    decimals = 1 if row.line.measure.is_rate else 0
    return row.change.direction if rounded(abs(row.change.size or 0), decimals) else 0


def _bars(rows: Sequence[ComparisonRow]) -> list[float | None]:
    """Size the changes by number on one scale; rates have a scale only where all rows are rates."""
    is_rates = all(row.line.measure.is_rate for row in rows)
    sizes = [row.change.change_pp if is_rates else row.change.change for row in rows]
    largest = max((abs(size) for size in sizes if size), default=0)
    return [size / largest if size and largest > _ARROW_LEAST else None for size in sizes]


def _parents(names: list[str]) -> list[str]:
    """For each row the row above that its name continues, or nothing: `Starts` for `Starts, leaving out NPQSENCO`."""
    parents, last = [], ""
    for name in names:
        parents.append(last if last and name.startswith(f"{last}, ") else "")
        last = last if parents[-1] else name
    return parents


def title(answer: Answer, lines: list[Line]) -> str:
    """Name what is counted, where, by what, and what limits all rows."""
    asked = answer.question
    measures = {line.measure.code for line in lines}
    one = MEASURES[measures.pop()] if len(measures) == 1 else None
    what = f"{one.label} ({one.unit})" if one else "National Professional Qualifications"
    where = listed([area.name for area in asked.areas]) or ENGLAND[1]
    by = f" by {labels.nouns(asked.by)[0]}" if asked.by else ""
    groups = {line.group_label for line in lines if not line.is_total}
    is_one = len(groups) == 1 and not asked.course and not any(line.is_total for line in lines)
    kept = [*(groups if is_one else ()), *labels.limits(asked), *(_top(answer) if asked.top else [])]
    return ", ".join([what, f"{where}{by}", *kept])


def _top(answer: Answer) -> list[str]:
    asked = answer.question
    count = answer.count if isinstance(answer, Comparison) else 0
    shown = min(asked.top or 0, count)
    by = "" if asked.sort != "published" else " with the biggest changes"
    return [f"{shown} of {count} rows{by}" if shown < count else f"all {count} rows"]


def key(figures: Sequence[Figure]) -> list[str]:
    """Explain the flags, symbols and short forms that a table uses."""
    flags = {letter for figure in figures for letter in notes.flags(figure)}
    by = dict.fromkeys(
        attribution.publisher(cell) for figure in figures for cell in figure.cells if cell.evidence == "reported"
    )
    symbols = {figure.symbol for figure in figures if figure.symbol and figure.gap != "did-not-exist"}
    return [
        *attribution.flags_key(flags, by),
        *attribution.symbols_key(symbols),
    ]


def foot(answer: Answer) -> list[str]:
    """Name release, status, source and licence."""
    return [attribution.edition(answer.release), attribution.source()]


def more(answer: Answer) -> list[str]:
    """Say what brings more."""
    return [notes.SAMPLE] if answer.is_sample else []
