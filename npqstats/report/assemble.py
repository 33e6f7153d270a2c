"""A report put together: its questions asked, their answers laid out, what is missing said."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from npqstats.analysis import citation
from npqstats.analysis.answers import Comparison, ComparisonRow, Trend
from npqstats.analysis.show import cells_of
from npqstats.catalogue import lock
from npqstats.catalogue.catalogue import REPORTED, Release, catalogue
from npqstats.errors import UsageError
from npqstats.report import beside
from npqstats.report.ask import Subject, document
from npqstats.report.contents import Chapter, Exhibit, KeyFigure, Part, Report, Source, Statement
from npqstats.report.story import AREA, ENGLAND, Ask, Heading, groups
from npqstats.store import manifest
from npqstats.store.coverage import coverage
from npqstats.store.state import link
from npqstats.tables.table import Document, Table
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.periods import AcademicYear
from npqstats.wording import changes, story
from npqstats.wording.attribution import edition, publishers

_OWN_CHAPTER = {"overall", "course"}
_HEADLINE = Ask(slug="change", name="the headline figures", verb="compare")
_COMPLETION = Ask(slug="completion", name="completion rates", verb="trend", measure="completion-rate")
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
    cells = [cell for answer in asked.answers for cell in cells_of(answer)]
    measures = asked.measures
    years = [AcademicYear.of_code(period) for period in sorted({cell.period for cell in cells})]
    release = subject.release
    return Report(
        release=release,
        area=subject.name,
        title=story.title(subject.name, release.year.label),
        status=edition(release),
        years=(years[0].label, years[-1].label),
        lead=statements[0] if statements else subject.statement(story.title(subject.name, release.year.label)),
        key_figures=tuple(_key_figures(headline)),
        chapters=chapters,
        missing=tuple(asked.missing()),
        terms=tuple(story.terms(measures)),
        limits=tuple(
            story.limits(
                release,
                measures,
                new=headline.new,
                ended=headline.ended,
                years=(headline.before.label, headline.after.label),
                unfinished=[year.label for year in years if release.is_unfinished(year.code)]
                if any(MEASURES[code].has_unfinished for code in measures)
                else [],
                newest=headline.newest,
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
        return _compared(subject, _HEADLINE)
    except UsageError as error:
        release, other = subject.release, "Leave out --area" if subject.area else "Name another release"
        raise UsageError(
            f"The release {release.label}, as far as it is loaded, has no totals of {subject.name} for "
            f"{release.year.before.label} and {release.year.label}, and a report compares them.",
            f"{other}, or load the full files: npqstats fetch {release.name}",
        ) from error


def _compared(subject: Subject, ask: Ask) -> Comparison:
    answer = subject.answer(ask)
    assert isinstance(answer, Comparison)
    return answer


@dataclass
class _Asked:
    """Asks the questions of a story, and keeps what could not be answered."""

    subject: Subject
    answers: list[Comparison | Trend] = field(default_factory=list)
    lacking: list[Ask] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    measures: set[str] = field(default_factory=set)
    """Codes of the measures shown."""

    def chapters(self) -> Iterator[Chapter]:
        """Ask every question; a chapter without any answer is left out."""
        for heading in self._story():
            parts = tuple(part for ask in heading.asks if (part := self._part(ask)))
            if parts:
                yield Chapter(slug=heading.slug, title=heading.title, parts=parts)

    def missing(self) -> Iterator[str]:
        """Say what could not be answered, and why."""
        release, loaded = self.subject.release, coverage(self.subject.project)
        why: dict[Callable[[Sequence[str], Release], str], list[str]] = {}
        for ask in self.lacking:
            is_whole = loaded.is_whole(release.name, ask.measure or "starts")
            reason = story.not_published if is_whole else story.not_in_files if is_whole is None else story.not_loaded
            why.setdefault(reason, []).append(ask.name)
        return (reason(names, release) for reason, names in why.items())

    def _story(self) -> tuple[Heading, ...]:
        if self.subject.area:
            return AREA
        more = groups({by: label for by, label in self.subject.breakdowns().items() if by not in _OWN_CHAPTER})
        return (*ENGLAND, *([more] if more else []))

    def _part(self, ask: Ask) -> Part | None:
        make = {"beside": self._beside, "among": self._among}.get(ask.verb, self._plain)
        try:
            return make(ask)
        except UsageError:
            self.lacking.append(ask)
            return None

    def _plain(self, ask: Ask) -> Part:
        answer = self.subject.answer(ask)
        self.answers.append(answer)
        self.measures |= {row.line.series.measure for row in answer.rows}
        laid_out, findings = document(answer)
        return Part(
            statements=self._new(findings, answer) if ask.has_findings else (),
            # A chart of some of the parts would be read as one of all of them.
            picture=self.subject.picture(ask) if not ask.by or answer.is_complete or not answer.is_sample else None,
            exhibits=(_exhibit(ask.slug, laid_out.table, [answer], [laid_out]),),
        )

    def _new(self, texts: Iterable[str], *answers: Comparison | Trend) -> tuple[Statement, ...]:
        """Make statements of those sentences that the report does not say already."""
        new = [text for text in texts if not any(text[:-1] in said for said in self.said)]
        self.said += new
        return tuple(self.subject.statement(text, *answers) for text in new)

    def _beside(self, ask: Ask) -> Part:
        """Set the area beside its region and England."""
        area, *around = [_known(each) for each in (self.subject, *self.subject.around())]
        answers = [answer for each in (area, *around) for answer in (each.headline, each.completion) if answer]
        self.answers += answers
        self.measures |= {rate.measure.code for rate in beside.rates(area)}
        table = beside.table(area, around, f"{area.name} beside {listed(each.name for each in around)}")
        return Part(
            statements=self._new(beside.statements(area, around), *answers),
            exhibits=(_exhibit(ask.slug, table, answers, [document(answer)[0] for answer in answers]),),
        )

    def _among(self, ask: Ask) -> Part:
        """Say where the area is among all of its kind, and draw them."""
        assert self.subject.area is not None
        is_region = self.subject.area.level == "Regional"
        asked = replace(ask, verb="compare", measure="workforce-share", by="region" if is_region else "local-authority")
        answer = _compared(self.subject.of(None), asked)
        ranked = beside.rank(answer, self.subject.area)
        kind = "regions" if is_region else "local authorities"
        said = (
            [story.rank(answer.rows[0].line.measure, answer.after.label, self.subject.name, ranked, kind)]
            if ranked
            else []
        )
        self.answers.append(answer)
        return Part(
            statements=self._new(said, answer),
            picture=self.subject.picture(asked),
        )


def _exhibit(slug: str, table: Table, answers: Sequence[Comparison | Trend], documents: Sequence[Document]) -> Exhibit:
    cells = {cell.origin: cell for answer in answers for cell in cells_of(answer)}
    return Exhibit(slug=slug, table=table, documents=tuple(documents), cells=tuple(cells.values()))


def _known(subject: Subject) -> beside.Area:
    try:
        completion = subject.answer(_COMPLETION)
    except UsageError:
        completion = None
    return beside.Area(
        name=subject.name,
        headline=_compared(subject, _HEADLINE),
        completion=completion if isinstance(completion, Trend) else None,
    )


def _key_figures(answer: Comparison) -> Iterator[KeyFigure]:
    """Choose the figures that are set large: totals of the later year."""
    rows = {row.line.series.measure: row for row in reversed(answer.rows) if _is_large(row)}
    for row in (rows[measure] for measure in _LARGE if measure in rows):
        unit, since = row.line.measure.unit, " since 2021" if row.line.series.basis == "cumulative" else ""
        yield KeyFigure(
            label=f"{row.line.measure.subject}{since}, {answer.after.label}",
            figure=changes.cell(row.after, unit),
            change=f"{story.moved(row)} from {answer.before.label}"
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
    built = manifest.read(link(subject.project))
    for row in built.all_disagreements() if built else []:
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
            retrieved=f"{line.fetched_at:%-d %B %Y}" if line and line.fetched_at else "",
            sha256=table.sha256,
            rows=table.rows,
            address=page if is_official else "",
        )
