"""A trend as a table."""

from npqstats.analysis.answers import Trend
from npqstats.tables.comparison import entry, foot, key, more, title
from npqstats.tables.table import Column, Entry, Kind, Notes, Row, Table
from npqstats.wording import attribution, changes, findings, labels, notes


def labels_of(answer: Trend) -> list[str]:
    """Name every line."""
    both = len({row.line.series.basis for row in answer.rows}) > 1
    return [labels.label(row.line, answer.question, has_both=both) for row in answer.rows]


def trend(answer: Trend) -> Table:
    """Lay out a trend: a row per line and year."""
    measure = answer.rows[0].line.measure
    is_one = len(answer.rows) == 1
    marks = Notes()
    sizes = [
        point.change.change_pp if measure.is_rate else point.change.change
        for row in answer.rows
        for point in row.points
    ]
    largest = max((abs(size) for size in sizes if size), default=0)
    body = []
    for row, name in zip(answer.rows, labels_of(answer), strict=True):
        for place, point in enumerate(row.points):
            numbers = marks.numbers(notes.of_trend(row, answer, point.year))
            size, per_cent = changes.columns(point.change, point.status) if place else ("", "")
            before = row.points[place - 1].figure.origins if place else []
            both = (*before, *point.figure.origins) if point.change.size is not None else ()
            unit = "pp" if measure.is_rate else measure.unit
            entries = [
                *([] if is_one else [Entry(text=name if not place else "")]),
                Entry(text=point.year.label, notes=numbers),
                entry(point.figure, measure),
                Entry(text=size, value=point.change.size, unit=unit, origins=both),
                *(
                    []
                    if measure.is_rate
                    else [
                        Entry(text=per_cent, value=point.change.change_pct, unit="%", origins=both if per_cent else ())
                    ]
                ),
            ]
            moved = point.change.size
            body.append(
                Row(
                    entries=tuple(entries),
                    bar=moved / largest if moved and largest else None,
                    direction=point.change.direction,
                    is_total=row.line.is_total,
                )
            )
    figures = [point.figure for row in answer.rows for point in row.points]
    span = answer.years[0].label + (f" to {answer.years[-1].label}" if len(answer.years) > 1 else "")
    return Table(
        title=f"{title(answer, [row.line for row in answer.rows])}: {span}",
        finding=tuple(findings.of_trend(answer)),
        columns=(
            *(
                []
                if is_one
                else [Column(header=labels.nouns(answer.question.by)[0].capitalize() if answer.question.by else "")]
            ),
            Column(header="Year", kind=Kind.CODE),
            Column(header=measure.label, unit=measure.unit, kind=Kind.NUMBER),
            Column(header="Change on the year before", kind=Kind.NUMBER),
            *([] if measure.is_rate else [Column(header="%", kind=Kind.NUMBER)]),
        ),
        rows=tuple(body),
        notes=tuple(marks.texts),
        key=tuple(key(figures)),
        source=tuple(foot(answer)),
        more=tuple(more(answer)),
        short_source=attribution.short(answer.release),
        has_bars=bool(largest),
    )
