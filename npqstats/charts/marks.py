"""What charts say of figures: labels, daggers, notes, the line of source, and the table of data."""

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from npqstats.analysis.answers import Cell, Change, Comparison, Figure, Gap, Line, Trend
from npqstats.analysis.question import FUNDING, Question
from npqstats.catalogue.catalogue import Release, catalogue
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.funding import FUNDING as FUNDINGS
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import MINUS, number, rounded
from npqstats.vocabulary.periods import AcademicYear
from npqstats.vocabulary.symbols import SYMBOLS
from npqstats.wording import attribution, changes, headlines

DAGGER = "\u2020"
UNFINISHED = "Hollow: so far. Courses take up to 22 months, and these years are unfinished."
OLDER = "Earlier starters have had longer to complete their course."


UNDER = "under 0.05%"
"""How a picture writes a rate that is printed as `low`: it rounds to 0 and is not 0."""


def is_reported(figure: Figure) -> bool:
    """Whether it rests on a figure that is in no official data file."""
    return any(cell.evidence == "reported" for cell in figure.cells)


def written(figure: Figure, unit: str) -> str:
    """Write a figure as in a table, with a dagger where it is reported."""
    words = UNDER if figure.symbol == "low" and unit == "%" else changes.cell(figure, unit)
    return words + (DAGGER if is_reported(figure) and figure.is_known else "")


def change_of(change: Change) -> str:
    """Write a change as on a picture, rounded as in the headline: `−32%`, `+0.8 pts`; nothing where none is stated."""
    if change.size is None:
        return ""
    sign = "+" if change.size > 0 else MINUS if change.size < 0 else ""
    if change.change_pp is not None:
        size = rounded(abs(change.change_pp), 1)
        return f"{sign if size else ''}{size} pts"
    if change.change_pct is not None and (rounded(abs(change.change_pct), 1) or not change.change):
        return f"{sign}{changes.share(change.change_pct)}" if change.change else "0%"
    return f"{sign}{number(abs(change.change or 0))}"


def name(line: Line, asked: Question, *, is_short: bool = False) -> str:
    """Name a line among others; `is_short` where there is little room."""
    if asked.level or len(asked.areas) > 1:
        return line.area.name
    if asked.by == FUNDING:
        return FUNDINGS[line.series.funding].short.capitalize()
    if line.course:
        return line.course.code or line.course.name if is_short else line.course.name
    if asked.by and not line.is_total:
        return line.group_label
    if line.series.basis == "cumulative":
        return "Since 2021"
    return "All" if asked.by else "In the year"


def counted(answer: Comparison | Trend, lines: Sequence[Line], *years: AcademicYear) -> str:
    """Say what is counted, in what unit, of whom, where and when."""
    measure, asked = lines[0].measure, answer.question
    fundings, bases = ({line.series.funding for line in lines}, {line.series.basis for line in lines})
    what = f"{measure.label} ({measure.unit})"
    if len(fundings) == 1 and fundings != {"all"}:
        what = f"{measure.label}, {FUNDINGS[fundings.pop()].short} ({measure.unit})"
    course = next((line.course for line in lines if line.course), None)
    left_out = next((line.without for line in lines if line.without), ())
    areas = [area.name for area in asked.areas] or [ENGLAND[1]]
    when = years[0].label if len(years) == 1 else f"{years[0].label} to {years[-1].label}"
    return ", ".join(
        [
            what,
            *([course.name] if course and asked.course else []),
            *([f"leaving out {listed([one.code or one.name for one in left_out])}"] if left_out else []),
            *(["since autumn 2021"] if bases == {"cumulative"} else []),
            listed(areas) if len(areas) < 4 else f"{len(areas)} areas",
            *(["by year of start"] if measure.has_unfinished else []),
            when,
        ]
    )


def source(release: Release, cells: Iterable[Cell]) -> tuple[str, ...]:
    """Write the line of source in full and shorter, each with every publisher of a figure drawn."""
    publisher, *others = attribution.publishers(cells)
    title = catalogue().publication.title
    more = "".join(f"; {other.replace(' (', ', ').removesuffix(')')} ({DAGGER})" for other in others)
    brief = "".join(f"; {other.partition(' (')[0]} ({DAGGER})" for other in others)
    return (
        f"Source: {publisher}, {title}, {release.label}{more}",
        f"Source: {publisher}, ECF and NPQs, {release.label}{brief}",
        f"Source: DfE, ECF and NPQs, {release.label}{brief}",
    )


def cells(figures: Iterable[Figure]) -> list[Cell]:
    """List the published cells behind figures."""
    return [cell for figure in figures for cell in figure.cells]


def notes(figures: Sequence[tuple[str, Figure]], unit: str, *more: str) -> tuple[str, ...]:
    """Say what a reader must know of the figures drawn, the most important first.

    Args:
        figures: Each with what it is of, as in `2022/23` or `Leeds`.
        unit: Of the figures.
        more: Notes of the kind of chart, which come after those on who reported.
    """
    said = []
    reported = [figure for _, figure in figures if is_reported(figure)]
    if reported:
        who = listed([name.partition(" (")[0] for name in attribution.publishers(cells(reported))[1:]])
        derived = next(
            (figure for figure in reported if figure.less and figure.value is not None and unit != "%"), None
        )
        said.append(f"{DAGGER} Reported by {who}, not in an official data file.")
        if derived and derived.value is not None:
            less = " less ".join(number(cell.value) for cell in derived.cells)
            said[-1] = f"{DAGGER} Reported by {who}; {number(derived.value)} is {less}."
    said += [note for note in more if note]
    if any(figure.is_contradicted for _, figure in figures):
        named = next(what for what, figure in figures if figure.is_contradicted)
        said.append(f"The printed rate of {named} contradicts its counts, which the changes are computed from.")
    for gap in (Gap.WITHHELD, Gap.NOT_LOADED, Gap.NOT_PUBLISHED):
        without = [what for what, figure in figures if figure.gap is gap and figure.symbol != "low"]
        if without:
            few = listed(without) if len(without) < 4 else f"{len(without)} of {len(figures)} figures"
            symbols = {figure.symbol for _, figure in figures if figure.gap is gap and figure.symbol}
            key = f" ({SYMBOLS[symbols.pop()]})" if len(symbols) == 1 else ""
            words = headlines.GAPS[gap]
            said.append(f"{words[:1].upper()}{words[1:]}{key}: {few}.")
    return tuple(dict.fromkeys(said))


def table(rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """Make the table of data: text and numbers, rounded to what a reader can use, blank where there is no figure."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    tidy = {
        column: [_tidy(row.get(column)) for row in rows]
        for column in columns
        if any(row.get(column) is not None for row in rows)
    }
    return pl.DataFrame(
        {
            column: pl.Series(
                column, values, dtype=None if any(v is not None for v in values) else pl.Float64, strict=False
            )
            for column, values in tidy.items()
        }
    )


def _tidy(value: Any) -> Any:
    if not isinstance(value, float):
        return value
    return int(value) if value == int(value) and abs(value) < 1e15 else float(rounded(value, 4))


def moves(change: Change, prefix: str = "") -> dict[str, Any]:
    """Write a change as columns of the table of data."""
    label = f"{prefix}: change" if prefix else "Change"
    if change.change_pp is not None:
        return {f"{label} (percentage points)": change.change_pp}
    return {label: change.change, f"{label} (%)": change.change_pct}
