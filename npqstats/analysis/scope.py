"""What a question comes down to on the data at hand: place, measure, release, lines and figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from npqstats.analysis import cells as cell_rows
from npqstats.analysis import editions, lines
from npqstats.analysis.cells import Cell
from npqstats.analysis.figures import Figures, Line
from npqstats.analysis.nearest import nothing
from npqstats.analysis.places import Place, place
from npqstats.analysis.question import Question
from npqstats.catalogue.catalogue import Release
from npqstats.catalogue.observations import OVERALL
from npqstats.project import Project
from npqstats.store import parts
from npqstats.vocabulary.courses import Course
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.periods import AcademicYear


@dataclass(frozen=True, kw_only=True)
class Scope:
    """All that is needed to fill a table."""

    lines: list[Line]
    figures: Figures
    names: dict[tuple[str, str | None], tuple[str, str]]
    """Group and place of a line, as published: by group and location code."""
    remarks: tuple[str, ...]
    """What holds of every row."""

    @property
    def release(self) -> Release:
        """The one release that the table is from."""
        return self.figures.release


def scope(
    project: Project,
    asked: Question,
    years: Sequence[AcademicYear],
    new: Sequence[Course] = (),
    *,
    like_for_like: bool = False,
) -> Scope:
    """Work out a question.

    Args:
        project: Where the observations are.
        asked: The question, its parts checked.
        years: The years that the table shows.
        new: Courses that only one of the years can have.
        like_for_like: Leave these out of every line, and give no line that cannot be had without them.

    Raises:
        UsageError: A year, release or area is not at hand, or nothing matches; then the nearest that exists is named.
    """
    known = editions.at_hand(project)
    edition = editions.named(asked.release, known) if asked.release else None
    editions.check_years(years, known, edition)
    where = place(project, asked.area) if asked.area else None
    if where:
        asked = replace(asked, level=where.level)
    found = _cells(project, asked, years, edition, where)
    code = where.code if where else None
    is_headline = asked.is_headline or (where is not None and asked.measure is None and asked.by is None)
    if asked.measure is None and not is_headline:
        asked = _with_measure(asked, found, years, code)
    fitting = [cell for cell in found if lines.fits(cell, asked, code)]
    asked_for = [cell for cell in fitting if lines.is_part(cell.key, asked)]
    chosen = edition or editions.best(asked_for, years)
    if chosen is None or not asked_for:
        raise nothing(project, asked, years, where)
    here = [cell for cell in found if cell.release == chosen.name]
    if is_headline:
        wanted = lines.headline(asked, here, code, new, like_for_like=like_for_like)
    else:
        wanted = lines.asked(asked, here, code, new if like_for_like else ())
    return Scope(
        lines=wanted,
        figures=Figures(found, chosen),
        names={(cell.key.group, cell.key.location_code): (cell.group_label, cell.location_name) for cell in found},
        remarks=editions.not_newest(chosen, known, edition),
    )


def described(line: Line, found: Scope) -> dict[str, object]:
    """Give the columns that say what a line is about."""
    group, location = found.names.get((line.key.group, line.key.location_code), (line.key.group, None))
    return {
        "line": line.label,
        "measure": line.measure.code,
        "unit": line.measure.unit,
        "funding": line.key.funding,
        "basis": line.key.basis,
        "breakdown": line.key.breakdown,
        "group": group,
        "geographic_level": line.key.level,
        "location_code": line.key.location_code,
        "location_name": location,
    }


def _cells(
    project: Project, asked: Question, years: Sequence[AcademicYear], edition: Release | None, where: Place | None
) -> list[Cell]:
    """Read every cell that the lines, their counts and the courses left out of them may need."""
    measures: set[str] = set()
    if asked.measure:
        measures = {asked.measure.code, asked.measure.numerator, asked.measure.denominator} - {""}
    rows = parts.read(
        project,
        lambda table: cell_rows.wanted(
            table,
            measures=measures,
            periods=[year.code for year in years],
            levels={asked.level, "National"} if where is None else {asked.level},
            breakdowns={OVERALL, "course", asked.by or OVERALL} - {"funding"},
            release=edition.name if edition else None,
        ),
    )
    return cell_rows.chosen(rows)


def _with_measure(asked: Question, found: list[Cell], years: Sequence[AcademicYear], code: str | None) -> Question:
    """Choose the first measure that has figures by what is asked for: in all years, else in any, else starts."""
    wanted = {year.code for year in years}
    for most in (len(wanted), 1):
        for measure in MEASURES.values():
            trial = replace(asked, measure=measure)
            periods: dict[object, set[int]] = {}
            for cell in found:
                if lines.is_part(cell.key, asked) and lines.fits(cell, trial, code):
                    periods.setdefault((cell.key, cell.release), set()).add(cell.period)
            if any(len(seen & wanted) >= most for seen in periods.values()):
                return trial
    return replace(asked, measure=MEASURES["starts"])
