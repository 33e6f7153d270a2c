"""A report put together: its questions asked, their answers laid out, what is missing said."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from npqstats.analysis import citation
from npqstats.analysis.answers import Comparison, ComparisonRow, Trend
from npqstats.analysis.question import FUNDING
from npqstats.catalogue import lock
from npqstats.catalogue.catalogue import REPORTED, catalogue
from npqstats.errors import UsageError
from npqstats.report import beside, plan
from npqstats.report.contents import Chapter, Exhibit, KeyFigure, Part, Picture, Report, Source, Statement
from npqstats.report.plan import Heading, Item
from npqstats.report.subject import Subject, document
from npqstats.store import manifest
from npqstats.store.coverage import coverage
from npqstats.tables.table import Table
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.periods import AcademicYear, day_label
from npqstats.wording import changes, story
from npqstats.wording.attribution import edition, publishers

_OWN_CHAPTER = {"overall", "course"}
_LARGE = {
    "starts": "in-year",
    "participants": "in-year",
    "workforce-share": "in-year",
    "schools-share": "cumulative",
}
"""Measures, each with its basis, whose totals are set large."""


def assemble(subject: Subject, command: str) -> Report:
    """Ask for all that a report holds.

    Args:
        subject: The release and area; the observations are up to date.
        command: The shell command that makes the report.

    Raises:
        UsageError: The release has no total of the area for its two years.
    """
    headline = _headline(subject)
    asked = _Asked(subject)
    chapters = tuple(asked.chapters())
    statements = [each for chapter in chapters for part in chapter.parts for each in part.statements]
    cells = [cell for answer in asked.answers for cell in answer.cells]
    measures = asked.measures
    years = [AcademicYear.of_code(period) for period in sorted({cell.period for cell in cells})]
    release = subject.release
    return Report(
        release=release,
        area=subject.name,
        title=story.title(subject.in_words, release.year.label),
        status=edition(release),
        years=(years[0].label, years[-1].label),
        lead=statements[0] if statements else subject.statement(story.title(subject.in_words, release.year.label)),
        key_figures=tuple(_key_figures(headline)),
        chapters=chapters,
        missing=tuple(asked.missing()),
        terms=tuple(story.terms(measures)),
        limits=tuple(
            story.limits(
                headline,
                measures,
                unfinished=[year.label for year in years if release.is_unfinished(year.code)]
                if any(MEASURES[code].has_unfinished for code in measures)
                else [],
                reporters=publishers(cells)[1:],
            )
        ),
        disagreements=tuple(_disagreements(subject)),
        sources=tuple(_sources(subject)),
        citation=citation.cite(release.name, project=subject.project).splitlines()[0],
        command=command,
    )


def _headline(subject: Subject) -> Comparison:
    try:
        return subject.compared(plan.HEADLINE)
    except UsageError as error:
        release, other = subject.release, "Leave out --area" if subject.area else "Name another release"
        raise UsageError(
            f"The release {release.label}, as far as it is loaded, has no totals of {subject.in_words} for "
            f"{release.year.before.label} and {release.year.label}, and a report compares them.",
            f"{other}, or load the full files: npqstats fetch {release.name}",
        ) from error


@dataclass
class _Asked:
    """Asks the questions of a plan, and keeps what could not be answered."""

    subject: Subject
    answers: list[Comparison | Trend] = field(default_factory=list)
    lacking: list[Item] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    measures: set[str] = field(default_factory=set)
    """Codes of the measures shown."""

    def chapters(self) -> Iterator[Chapter]:
        """Ask every question; a chapter without any answer is left out."""
        for heading in self._plan():
            parts = tuple(part for item in heading.items if (part := self._part(item)))
            if parts:
                yield Chapter(slug=heading.slug, title=heading.title, parts=parts)

    def missing(self) -> Iterator[str]:
        """Say what could not be answered, and why."""
        release, loaded = self.subject.release, coverage(self.subject.project)
        why: dict[bool | None, list[str]] = {}
        for item in self.lacking:
            why.setdefault(loaded.is_whole(release.name, item.measure or "starts"), []).append(item.name)
        return (story.missing(names, release, is_whole=is_whole) for is_whole, names in why.items())

    def _plan(self) -> tuple[Heading, ...]:
        if self.subject.area:
            return plan.AREA
        more = {by: label for by, label in self.subject.breakdowns().items() if by not in _OWN_CHAPTER}
        return (*plan.ENGLAND, plan.groups(more))

    def _part(self, item: Item) -> Part | None:
        try:
            return self._beside(item) if item.verb == "beside" else self._plain(item)
        except UsageError:
            self.lacking.append(item)
            return None

    def _plain(self, item: Item) -> Part:
        answer = self.subject.answer(item)
        self.answers.append(answer)
        self.measures |= {row.line.series.measure for row in answer.rows}
        laid_out, findings = document(answer)
        if item.by == FUNDING:  # the total has been said
            findings = findings[1:]
        # A chart of some of the parts would be read as one of all of them.
        is_whole = not item.by or answer.is_complete or not answer.is_sample
        return Part(
            statements=self._new(findings, answer) if item.has_findings else (),
            picture=self.subject.picture(item) if is_whole else None,
            exhibits=(_exhibit(item, laid_out.table, laid_out.frame, [answer]),),
        )

    def _new(self, texts: Iterable[str], *answers: Comparison | Trend) -> tuple[Statement, ...]:
        """Make statements of those sentences that the report does not say already."""
        new = [text for text in texts if not any(text[:-1] in said for said in self.said)]
        self.said += new
        return tuple(self.subject.statement(text, *answers) for text in new)

    def _beside(self, item: Item) -> Part:
        """Rank the area among all of its kind, and set it beside its region and England."""
        subjects = [self.subject, *self.subject.around()]
        asked = [_known(each) for each in subjects]
        answers = [answer for pair in asked for answer in pair if answer]
        areas = [beside.Area(each.name, each.in_words, *pair) for each, pair in zip(subjects, asked, strict=True)]
        self.answers += answers
        self.measures |= {rate.measure.code for rate in areas[0].newest}
        table = beside.table(areas, f"{areas[0].name} beside {listed(each.in_words for each in areas[1:])}")
        said, picture = self._ranked()
        return Part(
            statements=(*said, *self._new(beside.statements(areas[0], areas[1:]), *answers)),
            picture=picture,
            exhibits=(_exhibit(item, table, beside.frame(table), answers),),
        )

    def _ranked(self) -> tuple[tuple[Statement, ...], Picture | None]:
        """Say where the area is among all of its kind, and draw them; nothing where they have no figures."""
        area, england = self.subject.area, self.subject.of(None)
        assert area is not None
        kind, by = ("regions", "region") if area.level == "Regional" else ("local authorities", "local-authority")
        item = replace(plan.RANKED, by=by)
        try:
            answer = england.compared(item)
        except UsageError:
            self.lacking.append(item)
            return (), None
        self.answers.append(answer)
        ranked = beside.rank(answer, area)
        said = (
            [story.rank(answer.rows[0].line.measure, answer.after.label, area.in_words, ranked, kind)] if ranked else []
        )
        return self._new(said, answer), england.picture(item, highlight=area.name)


def _exhibit(item: Item, table: Table, frame: pl.DataFrame, answers: Sequence[Comparison | Trend]) -> Exhibit:
    return Exhibit(
        slug=item.slug,
        table=table,
        frame=frame,
        commands=tuple(answer.question.command(answer.verb) for answer in answers),
        cells=tuple({cell.origin: cell for answer in answers for cell in answer.cells}.values()),
        is_open=item.is_open,
    )


def _known(subject: Subject) -> tuple[Comparison, Trend | None]:
    """Ask for what an area is compared by: its headline and, if it has any, its completion rates."""
    headline = subject.compared(plan.HEADLINE)
    try:
        completion = subject.answer(plan.COMPLETION)
    except UsageError:
        return headline, None
    return headline, completion if isinstance(completion, Trend) else None


def _key_figures(answer: Comparison) -> Iterator[KeyFigure]:
    """Choose the figures that are set large: totals of the later year."""
    rows = {row.line.series.measure: row for row in reversed(answer.rows) if _is_large(row)}
    for row in (rows[measure] for measure in _LARGE if measure in rows):
        unit, since = row.line.measure.unit, " since 2021" if row.line.series.basis == "cumulative" else ""
        yield KeyFigure(
            label=f"{row.line.measure.subject}{since}, {answer.after.label}",
            figure=changes.cell(row.after, unit),
            change=f"{changes.briefly(row.change)} from {answer.before.label}"
            if row.change.size is not None
            else "no change stated",
        )


def _is_large(row: ComparisonRow) -> bool:
    series = row.line.series
    is_plain = row.line.is_total and series.funding == "all" and not row.line.without and row.after.is_known
    return is_plain and _LARGE.get(series.measure) == series.basis


def _disagreements(subject: Subject) -> Iterator[tuple[str, str]]:
    """List where the files of the release disagree with each other or with themselves, and what about."""
    names = {table.source for table, _ in citation.files(subject.project, subject.release)}
    for row in manifest.read(subject.project.observations).all_disagreements():
        if row.source in names:
            column = f", column {row.column}" if row.column else ""
            yield f"{row.source}, line {row.line}{column}", row.what


def _sources(subject: Subject) -> Iterator[Source]:
    """Describe the raw files; figures that others reported have no release, date and page of their own."""
    release, lines = subject.release, lock.held(subject.project.raw).files
    for table, layout in citation.files(subject.project, release):
        is_official = table.release != REPORTED
        line = lines.get(table.source.partition("!")[0])
        page = (layout.page if layout else "") or release.page or catalogue().publication.page
        yield Source(
            name=table.source,
            title=citation.titled(table, layout, release),
            release=release.label if is_official else "",
            published=story.day(release) if is_official else "",
            retrieved=day_label(line.fetched_at) if line and line.fetched_at else "",
            sha256=table.sha256,
            rows=table.rows,
            address=page if is_official else "",
        )
