"""What a question comes down to on the loaded data: the release that answers, its rows and its figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from npqstats.analysis import cells as published
from npqstats.analysis import lines, releases
from npqstats.analysis.answers import Gap, Line
from npqstats.analysis.cells import Cells
from npqstats.analysis.figures import Figures
from npqstats.analysis.nearest import nothing
from npqstats.analysis.parts import LEVELS
from npqstats.analysis.question import COURSE, FUNDING, Question, check_without
from npqstats.catalogue import lock
from npqstats.catalogue.catalogue import Release
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.store.coverage import coverage
from npqstats.vocabulary.areas import ENGLAND, REGIONS, Area, authorities
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.courses import Course
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.periods import AcademicYear


@dataclass(frozen=True, kw_only=True)
class Scope:
    """All that is needed to fill an answer."""

    asked: Question
    """With the measure that answers."""
    lines: list[Line]
    figures: Figures
    newest: Release
    is_sample: bool
    is_complete: bool
    new: tuple[Course, ...] = ()
    ended: tuple[Course, ...] = ()

    @property
    def release(self) -> Release:
        """The one release that the answer is from."""
        return self.figures.release

    def unfinished(self, line: Line, years: Iterable[AcademicYear]) -> tuple[AcademicYear, ...]:
        """Name those of some years whose cohort was unfinished when the release was made."""
        return tuple(year for year in years if line.measure.has_unfinished and self.release.is_unfinished(year.code))


def scope(project: Project, asked: Question, years: Sequence[AcademicYear]) -> Scope:
    """Work out a question for some years, of which the first and last are compared.

    Raises:
        UsageError: A year or release is not loaded, or nothing matches; then the nearest that exists is named.
    """
    edition = releases.named(asked.release, releases.loaded(project)) if asked.release else None
    cells, areas = published.read(
        project,
        measures=_measures(asked),
        periods=[year.code for year in years],
        breakdowns={OVERALL, COURSE, asked.breakdown or OVERALL},
        levels=_levels(asked),
    )
    covered = {cell.period for cell in cells if edition is None or cell.release == edition.name}
    if not {year.code for year in asked.years} <= covered:
        releases.check_years(asked.years, releases.loaded(project), edition)
    if asked.measure is None and not asked.is_headline:
        asked = _with_measure(asked, cells, years, areas)
    wanted = set(lines.wanted_areas(asked, areas))
    fitting = [
        cell
        for cell in cells
        if lines.fits(cell, asked, wanted) and lines.is_part(cell.series, areas[cell.series.location], asked)
    ]
    chosen = edition or releases.best(fitting, years)
    if chosen is None or not fitting:
        raise nothing(project, asked, years)
    here = [cell for cell in cells if cell.release == chosen.name]
    files = coverage(project)
    chosen = lock.release(chosen.name, project.raw)
    figures = Figures(cells, chosen, files)
    new, ended = figures.changed_between(years[0], years[-1], lines.courses_in(here)) if len(years) > 1 else ((), ())
    changed = [course for course in (*new, *ended) if course != asked.course]
    if asked.like_for_like:
        check_without(asked, changed)
    rows = lines.headline(asked, changed) if asked.is_headline else lines.asked_for(asked, here, areas, changed)
    if not rows:
        raise UsageError(
            "None of the headline measures can be had so.", "Leave out --basis, --exclude-course or --like-for-like."
        )
    return Scope(
        asked=asked,
        lines=rows,
        figures=figures,
        newest=releases.newest(project),
        is_sample=files.is_sample(chosen.name),
        is_complete=_is_complete(asked, rows, figures, years[-1], files.is_whole(chosen.name, rows[0].series.measure)),
        new=new,
        ended=ended,
    )


def _measures(asked: Question) -> set[str]:
    """Name every measure that the rows, their counts and the courses left out of them may need."""
    if asked.measure is None and not asked.is_headline:
        return set()
    codes = {asked.measure.code} if asked.measure else {kind[0] for kind in lines.HEADLINE}
    parts = {part for code in codes for part in (MEASURES[code].numerator, MEASURES[code].denominator)}
    return {*codes, *parts, "starts"} - {""}


def _levels(asked: Question) -> set[str]:
    named = {area.level for area in asked.areas}
    above = {"Regional"} if asked.level == LEVELS["local-authority"] else set()
    return {"National", *named, *above, *([asked.level] if asked.level else [])}


def _with_measure(asked: Question, cells: Cells, years: Sequence[AcademicYear], areas: dict[str, Area]) -> Question:
    """Choose the first measure that has figures by what is asked for: in all years, else in any, else starts."""
    wanted = {year.code for year in years}
    for most in (len(wanted), 1):
        for measure in MEASURES.values():
            trial = replace(asked, measure=measure)
            here = set(lines.wanted_areas(trial, areas))
            periods: dict[object, set[int]] = {}
            for cell in cells:
                if lines.fits(cell, trial, here) and lines.is_part(cell.series, areas[cell.series.location], trial):
                    periods.setdefault((cell.series, cell.release), set()).add(cell.period)
            if any(len(seen & wanted) >= most for seen in periods.values()):
                return trial
    return replace(asked, measure=MEASURES["starts"])


def _is_complete(
    asked: Question, rows: Sequence[Line], figures: Figures, year: AcademicYear, is_whole: bool | None
) -> bool:
    """Whether the rows are all that there are of their kind: by their list, by the file, or because they add up."""
    if asked.is_headline or asked.by is None:
        return False
    if asked.by == FUNDING:
        return {line.series.funding for line in rows} >= {"funded", "non-funded"}
    if asked.level:
        return _has_every_area(asked, rows)
    return bool(is_whole) or _adds_up(rows, figures, year)


def _has_every_area(asked: Question, rows: Sequence[Line]) -> bool:
    # A file has the areas of its own day in every year: Cumberland has rows of 2021/22 in the 2022/23 release.
    have = {line.area.id for line in rows if line.area.level == asked.level}
    if asked.level == LEVELS["region"]:
        return have >= set(REGIONS)
    regions = {area.id for area in asked.areas if area.id != ENGLAND[0]}
    return have >= {area.id for area in authorities() if not regions or area.region in regions}


def _adds_up(rows: Sequence[Line], figures: Figures, year: AcademicYear) -> bool:
    totals = [line for line in rows if line.is_total]
    if not totals or not rows[0].measure.adds_up:
        return False
    parts = [figures.of(line, year) for line in rows if not line.is_total]
    is_known = all(part.value is not None or part.gap is Gap.DID_NOT_EXIST for part in parts)
    return is_known and sum(part.value or 0 for part in parts) == figures.of(totals[0], year).value
