"""What a chart says of its figures: names, daggers, changes, what is counted, figures in words, notes, source."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from npqstats.analysis.answers import Change, Comparison, ComparisonRow, Figure, Gap, Line, Trend, TrendRow
from npqstats.analysis.cells import Cell
from npqstats.analysis.question import FUNDING, Question
from npqstats.catalogue.catalogue import Release, catalogue
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.funding import FUNDING as FUNDINGS
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import number, rounded, signed
from npqstats.vocabulary.periods import AcademicYear
from npqstats.vocabulary.symbols import SYMBOLS
from npqstats.wording import attribution, changes, headlines
from npqstats.wording.labels import codes

Drawn = tuple[Line, AcademicYear, Figure]
"""A figure that is drawn, or whose lack is told."""
DAGGER = "\u2020"
_UNFINISHED = "Hollow: so far. Courses take up to 22 months."
_OLDER = "Earlier starters have had longer to complete their course."


def count(figure: Figure, index: int) -> float | None:
    """Return one of the counts of a rate, what is counted (0) or of how many (1); None where they are not loaded."""
    counts = figure.cells[1:3]
    return counts[index].value if len(counts) == 2 else None


def is_reported(figure: Figure) -> bool:
    """Whether it rests on a figure that is in no official data file."""
    return any(cell.evidence == "reported" for cell in figure.cells)


def written(figure: Figure, unit: str) -> str:
    """Write a figure as in a table, with a dagger where it is reported."""
    words = "<0.05%" if figure.symbol == "low" and unit == "%" else changes.cell(figure, unit)
    return words + (DAGGER if is_reported(figure) and figure.is_known else "")


def moved(change: Change) -> str:
    """Write a change: `−32.0%`, `+0.8 pts`, or the number where a percentage would say nothing; empty for none."""
    if change.size is None:
        return ""
    if change.change_pp is not None:
        return f"{signed(change.change_pp, 'pp')} pts"
    has_share = change.change_pct is not None and (rounded(abs(change.change_pct), 1) or not change.change)
    return signed(change.change_pct, "%") if has_share else signed(change.change)


def name(line: Line, asked: Question, *, is_short: bool = False) -> str:
    """Name a line among others; `is_short` where there is little room."""
    if asked.level or len(asked.areas) > 1:
        return line.area.name
    if asked.by == FUNDING:
        return FUNDINGS[line.series.funding].short.capitalize()
    if line.course:
        return (line.course.code if is_short else "") or line.course.name
    if asked.by and not line.is_total:
        return line.group_label
    if set(line.without) - set(asked.without):
        return f"Leaving out {codes(line.without)}"
    return "Since 2021" if line.series.basis == "cumulative" else "All" if asked.by else "In the year"


class Caption(NamedTuple):
    """The words around a chart, its headline apart."""

    counted: str
    """What is counted, in what unit, where and when."""
    figures: str
    """Two or three figures in a sentence, for the text alternative."""
    notes: tuple[str, ...]
    """What a reader must know of the figures, the most important first."""
    source: tuple[str, ...]
    """The line of source, in full and shorter; each names every publisher of a figure drawn."""


def caption(
    answer: Comparison | Trend,
    rows: Sequence[ComparisonRow | TrendRow],
    *,
    of: Sequence[Line] = (),
    more: Iterable[Figure] = (),
    notes: Sequence[str] = (),
    marked: Line | None = None,
) -> Caption:
    """Say what the figures of a chart are, who published them and what must be known of them.

    Args:
        answer: What it shows.
        rows: Whose figures are drawn or, where they lack, are told about.
        of: The lines that the chart is of; none: those of the rows.
        more: Further figures whose publishers are named.
        notes: Notes of the kind of chart, after those on who reported.
        marked: The line in colour among grey ones.
    """
    drawn = [(row.line, year, figure) for row in rows for year, figure in zip(answer.years, row.figures, strict=True)]
    of, unfinished = of or [row.line for row in rows], {year for row in rows for year in row.unfinished}
    years = sorted({year for _, year, figure in drawn if figure.gap is not Gap.DID_NOT_EXIST})
    cells = [cell for figure in [*(figure for _, _, figure in drawn), *more] for cell in figure.cells]
    is_old = of[0].measure.has_unfinished and of[0].measure.is_rate and len(years) > 1
    said = (_UNFINISHED if unfinished else "", _OLDER if is_old else "", *notes)
    return Caption(
        counted=_counted(answer, of, years),
        figures=_in_words(drawn, answer.question, marked, unfinished),
        notes=_notes(drawn, answer.question, said),
        source=_source(answer.release, cells),
    )


def _in_words(
    drawn: Sequence[Drawn], asked: Question, marked: Line | None, unfinished: Collection[AcademicYear]
) -> str:
    """Say some figures in a sentence: of one line the first and the newest, of more the two newest of three lines."""
    known: dict[Line, list[str]] = {line: [] for line, _, _ in drawn if line == marked}
    for line, year, figure in drawn:
        if figure.is_known:
            when = f"for {year.label} starters" if line.measure.has_unfinished else f"in {year.label}"
            so_far = " so far" if year in unfinished else ""
            known.setdefault(line, []).append(f"{written(figure, line.measure.unit)}{so_far} {when}")
    if len(known) == 1:
        (told,) = known.values()
        return ", ".join(dict.fromkeys([*told[:1], *told[-2:]]))
    return "; ".join(f"{name(line, asked)}: {', '.join(told[-2:])}" for line, told in [*known.items()][:3])


def _counted(answer: Comparison | Trend, lines: Sequence[Line], years: Sequence[AcademicYear]) -> str:
    """Say what is counted, in what unit, of whom, where and when."""
    measure, asked = lines[0].measure, answer.question
    fundings, bases = ({line.series.funding for line in lines}, {line.series.basis for line in lines})
    funding = f", {FUNDINGS[fundings.pop()].short}" if len(fundings) == 1 and fundings != {"all"} else ""
    left_out = next((line.without for line in lines if line.without), ())
    areas = [area.name for area in asked.areas] or [ENGLAND[1]]
    parts = [
        f"{measure.label}{funding} ({measure.unit})",
        asked.course.name if asked.course else "",
        f"leaving out {codes(left_out)}" if left_out else "",
        "since autumn 2021" if bases == {"cumulative"} else "",
        listed(areas) if len(areas) < 4 else f"{len(areas)} areas",
        "by year of start" if measure.has_unfinished else "",
        years[0].label if len(years) == 1 else f"{years[0].label} to {years[-1].label}",
    ]
    return ", ".join(filter(None, parts))


def _source(release: Release, cells: Iterable[Cell]) -> tuple[str, ...]:
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


def _notes(drawn: Sequence[Drawn], asked: Question, more: Sequence[str]) -> tuple[str, ...]:
    """Say what a reader must know of the figures drawn, the most important first."""
    said, unit = [], drawn[0][0].measure.unit
    names = {line: name(line, asked) for line, _, _ in drawn}
    reported = [figure for _, _, figure in drawn if is_reported(figure)]
    if reported:
        behind = [cell for figure in reported for cell in figure.cells]
        who = listed([one.partition(" (")[0] for one in attribution.publishers(behind)[1:]])
        derived = [figure for figure in reported if figure.less and figure.value is not None and unit != "%"]
        less = [" less ".join(number(cell.value) for cell in figure.cells) for figure in derived[:1]]
        how = f"; {number(derived[0].value)} is {less[0]}." if derived else ", not in an official data file."
        said.append(f"{DAGGER} Reported by {who}{how}")
    said += filter(None, more)

    def of(line: Line, year: AcademicYear) -> str:
        years = {one for _, one, _ in drawn}
        return " ".join(([names[line]] if len(names) > 1 else []) + ([year.label] if len(years) > 1 else []))

    for line, year, figure in drawn:
        if figure.is_contradicted:
            what = of(line, year)
            said.append(f"The printed rate of {what} contradicts its counts, which the changes are computed from.")
            break
    for gap in (Gap.WITHHELD, Gap.NOT_LOADED, Gap.NOT_PUBLISHED):
        without = [one for one in drawn if one[2].gap is gap and one[2].symbol != "low"]
        if without:
            few = listed([of(line, year) for line, year, _ in without])
            symbols = {figure.symbol for _, _, figure in without if figure.symbol}
            key = f" ({SYMBOLS[symbols.pop()]})" if len(symbols) == 1 else ""
            words = headlines.GAPS[gap].capitalize()
            said.append(f"{words}{key}: {few if len(without) < 3 else f'{len(without)} of {len(drawn)} figures'}.")
    return tuple(dict.fromkeys(said))
