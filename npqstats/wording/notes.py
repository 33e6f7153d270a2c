"""What a reader must know of a row, each in a sentence: origins, gaps, new courses, unfinished cohorts, revisions."""

from collections.abc import Sequence

from npqstats.analysis.answers import Change, Comparison, ComparisonRow, Figure, Gap, Status, Trend, TrendRow
from npqstats.analysis.cells import Cell
from npqstats.catalogue.catalogue import Release, release
from npqstats.vocabulary.areas import Area
from npqstats.vocabulary.courses import Course
from npqstats.vocabulary.measures import Measure
from npqstats.vocabulary.names import capitalised, listed
from npqstats.vocabulary.numbers import number, signed
from npqstats.vocabulary.periods import AcademicYear
from npqstats.vocabulary.symbols import SYMBOLS
from npqstats.wording.labels import codes

GAPS = {
    Gap.WITHHELD: "withheld by the publisher",
    Gap.DID_NOT_EXIST: "did not exist",
    Gap.NOT_PUBLISHED: "not published",
    Gap.NOT_LOADED: "not loaded: 'npqstats fetch' brings the full file",
}
"""The four reasons for a gap (DESIGN.md, rule 11)."""

SAMPLE = "Sample rows: 'npqstats fetch' brings courses, regions and authorities."


def of_row(row: ComparisonRow, answer: Comparison) -> list[str]:
    """List the notes on a row of a comparison."""
    before, after = answer.before, answer.after
    return [
        *_of_years({before: row.before, after: row.after}, row.line.measure),
        *_of_course(row, answer),
        *([_unfinished(row.unfinished, answer.release, row.status)] if row.unfinished else []),
        *_of_change(row.change),
        *_of_base(row),
        *of_ages(row, answer),
        *of_area(row.line.area, before, after),
        *of_older(answer),
    ]


def of_trend(row: TrendRow, answer: Trend, year: AcademicYear) -> list[str]:
    """List the notes on one year of a trend."""
    point = next(point for point in row.points if point.year == year)
    notes = [capitalised(note) for note in _of_figure(point.figure, row.line.measure)]
    if point.figure.gap:
        notes.append(f"{capitalised(_gap(point.figure, row.line.course))}.")
    if point.status is Status.NEW and row.line.course:
        notes.append(f"{codes((row.line.course,))} began in {_began(row.line.course, year)}.")
    if point.status is Status.SO_FAR:
        notes.append(f"{_UNFINISHED.format(answer.release.label)}, so the figure still grows.")
    moved = of_area(row.line.area, year.before, year) if point.change.size is not None else []
    return [*notes, *_of_change(point.change), *moved, *of_older(answer)]


def of_older(answer: Comparison | Trend) -> list[str]:
    """Say so where a release older than the newest one loaded answers without having been asked for."""
    if answer.question.release or answer.release.name == answer.newest.name:
        return []
    older = f"From the release {answer.release.label}: the newest one loaded, {answer.newest.label}, has no such rows."
    return [f"{older} DfE revises earlier years with every release."]


def _of_years(figures: dict[AcademicYear, Figure], measure: Measure) -> list[str]:
    """Say once what holds of both years, and with its year what holds of one."""
    notes = {year: _of_figure(figure, measure) for year, figure in figures.items()}
    gaps = {year: _gap(figure, None) for year, figure in figures.items() if figure.gap not in (None, Gap.DID_NOT_EXIST)}
    (first, one), (second, two) = notes.items()
    shared = [note for note in one if note in two]
    return [
        *(f"{first.label} and {second.label}: {note}" for note in shared),
        *(f"{year.label}: {note}" for year, found in notes.items() for note in found if note not in shared),
        *(f"{year.label}: {gap}." for year, gap in gaps.items()),
    ]


def _of_figure(figure: Figure, measure: Measure) -> list[str]:
    notes = []
    if figure.less and figure.value is not None and not measure.is_rate:
        less = " less ".join(number(cell.value) for cell in figure.cells)
        notes.append(f"derived, {less} ({codes(figure.less)}).")
    elif figure.less:
        notes.append(f"derived from counts without {codes(figure.less)}.")
    notes += [note for cell in figure.cells for note in _of_cell(cell)]
    if figure.is_contradicted and figure.exact is not None:
        printed, exact = number(figure.value, "%"), number(figure.exact, "%")
        notes.append(f"the printed {printed} contradicts its counts, which make {exact}; changes are from the counts.")
    if figure.others:
        others = listed([f"{cell.raw} ({cell.source}, line {cell.line})" for cell in figure.others])
        first = figure.cells[0]
        notes.append(f"published figures disagree: {first.raw} ({first.source}, line {first.line}), against {others}.")
    if figure.revised_from:
        older = figure.revised_from
        notes.append(f"revised from {number(older.value, measure.unit)} in the release {release(older.release).label}.")
    return list(dict.fromkeys(notes))


def _of_cell(cell: Cell) -> list[str]:
    notes = []
    if cell.citation:
        verb = "printed in a text by" if cell.evidence == "official-text" else "reported by"
        notes.append(f"{verb} {cell.citation.partition(chr(39) + ', ')[0]}'.")
    if cell.note:
        notes.append(f"{cell.note}.")
    return notes


def _gap(figure: Figure, course: Course | None) -> str:
    if figure.lacking:
        why = "withheld" if figure.gap is Gap.WITHHELD else GAPS[figure.gap or Gap.NOT_LOADED]
        return f"the figure for {codes(figure.lacking)} is {why}, so none can be derived without it"
    if figure.gap is Gap.WITHHELD and figure.symbol:
        return f"[{figure.symbol}] ({SYMBOLS[figure.symbol]}), so no change is stated"
    if figure.gap is Gap.DID_NOT_EXIST and course:
        return f"{codes((course,))} did not run"
    return GAPS[figure.gap or Gap.NOT_PUBLISHED]


def _of_course(row: ComparisonRow, answer: Comparison) -> list[str]:
    """Say which course of the row, or left out of it, only one of the years had."""
    shown = (*row.line.without, *([row.line.course] if row.line.course else []))
    return [
        *(
            f"{codes((course,))} began in {_began(course, answer.after)}, so {answer.before.label} has none."
            for course in answer.new
            if course in shown
        ),
        *(
            f"{codes((course,))} had no starts in {answer.after.label}: it ended."
            for course in answer.ended
            if course in shown
        ),
    ]


def _began(course: Course, year: AcademicYear) -> str:
    return course.began if course.is_known and course.first_year == year else year.label


_UNFINISHED = "Courses take up to 22 months: this cohort was unfinished when the release {} was made"


def _unfinished(years: Sequence[AcademicYear], made: Release, status: Status) -> str:
    labels = listed([year.label for year in years])
    what = "compared all the same, as asked" if status is Status.COMPARED else "so no change is stated"
    return (
        f"Courses take up to 22 months: those started in {labels} were unfinished when the release {made.label} "
        f"was made, {what}."
    )


def of_ages(row: ComparisonRow, answer: Comparison) -> list[str]:
    """Say of finished cohorts that the earlier one had longer to complete (DATA.md, 4.8)."""
    if not row.line.measure.has_unfinished or row.status is not Status.COMPARED:
        return []
    older = answer.after.start - answer.before.start
    longer = "a year" if older == 1 else f"{older} years"
    return [f"{answer.before.label} starters had {longer} longer to complete than those of {answer.after.label}."]


def of_area(area: Area, first: AcademicYear, last: AcademicYear) -> list[str]:
    """Say of an area that it split, merged or changed its boundary between two years: it is not quite the same area."""
    between = (change for change in area.changes if first.start < change.year <= last.start + 1)
    return [f"{change.text}." for change in between if change.kind != "recoded"]


def _of_change(change: Change) -> list[str]:
    if change.is_from_rounded:
        return ["The change rests on rounded percentages: the counts of both years are not loaded."]
    if change.printed_pp is not None:
        printed = signed(change.printed_pp, "pp")
        return [f"The change is computed from the counts; the rounded percentages would make it {printed}."]
    return []


def _of_base(row: ComparisonRow) -> list[str]:
    is_small = row.change.change is not None and row.change.change_pct is None
    return ["No percentage: the earlier figure is under 30."] if is_small else []


def of_answer(answer: Comparison | Trend) -> list[str]:
    """List what holds of a whole answer and is said beside it."""
    notes = []
    if answer.was_turned:
        first, last = answer.years[0].label, answer.years[-1].label
        notes.append(f"The years came the wrong way round: this is {first} to {last}.")
    if answer.question.like_for_like and answer.question.is_headline:
        notes.append("Like for like: measures that cannot be had without a course are not shown.")
    return notes


def flags(figure: Figure) -> str:
    """Mark a figure with one letter each: d derived, r reported, t DfE's text, ! contradicts its counts, v revised."""
    letters = {"derived": "d", "reported": "r", "official-text": "t"}.get(figure.evidence or "", "")
    if figure.evidence == "derived" and any(cell.evidence == "reported" for cell in figure.cells):
        letters += "r"
    return letters + ("!" if figure.is_contradicted else "") + ("v" if figure.revised_from else "")
