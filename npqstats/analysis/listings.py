"""What there is to ask about: data sets, releases, measures, courses, areas, groups, events and disagreements."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, NamedTuple

import polars as pl

from npqstats.analysis.ask import areas
from npqstats.analysis.columns import OBSERVATIONS, columns_of
from npqstats.analysis.survey import SurveyAnswer, survey_answers
from npqstats.catalogue import lock
from npqstats.catalogue.catalogue import NO_RELEASE, REPORTED, SURVEY, catalogue
from npqstats.project import Project
from npqstats.store import manifest, parquet
from npqstats.vocabulary.areas import AREAS
from npqstats.vocabulary.courses import COURSES, DURATION_MONTHS, OFFERS
from npqstats.vocabulary.events import events
from npqstats.vocabulary.funding import FUNDING_RULES
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import unknown
from npqstats.vocabulary.periods import label, span
from npqstats.vocabulary.symbols import SYMBOLS


class ListedDataSet(NamedTuple):
    """A data set in one release."""

    dataset: Annotated[str, "name in the catalogue"]
    release: Annotated[str, "release whose folder its file is in"]
    title: Annotated[str, "title as published"]
    rows_here: Annotated[int, "rows loaded"]
    rows_published: Annotated[int | None, "rows of the full file; null where the catalogue does not know"]
    years: Annotated[str | None, "first and last academic year; null where the catalogue does not know"]
    levels: Annotated[list[str], "geographic levels of its rows"]
    about: Annotated[str, "what it counts"]
    id: Annotated[str | None, "id in DfE's service; null where it has none"]
    page: Annotated[str | None, "address; null where it has none"]
    columns: Annotated[list[str], "columns of the file"]


class ListedRelease(NamedTuple):
    """A release of the publication, or a correction of one."""

    release: Annotated[str, "name of the release"]
    published: Annotated[str, "date of publication; empty where it is not known"]
    data_as_of: Annotated[str, "date of the data; empty where it is not known"]
    status: Annotated[str, "status of the statistics"]
    observations_here: Annotated[int, "observations loaded"]
    note: Annotated[str, "what a reader should know of it"]
    page: Annotated[str, "address"]


class ListedMeasure(NamedTuple):
    """A measure."""

    measure: Annotated[str, "code, as --measure takes it"]
    unit: Annotated[str, "unit of its figures"]
    adds_up: Annotated[str, "yes where it may be summed over courses and areas, else no"]
    unfinished_years: Annotated[int, "newest cohorts of a release that are unfinished"]
    counts: Annotated[str, "what is counted"]


class ListedCourse(NamedTuple):
    """A course, or an offer that goes with one."""

    code: Annotated[str, "short code"]
    name: Annotated[str, "name"]
    group: Annotated[str, "leadership, specialist or offer"]
    for_: Annotated[str, "what it is for"]
    since: Annotated[str, "when it began"]
    months: Annotated[str | None, "how long it takes; null for an offer"]
    mandatory_from: Annotated[str | None, "date from which it is mandatory; null where it is voluntary"]
    funded: Annotated[list[str], "who was funded, by academic year"]
    identifier: Annotated[str, "identifier in DfE's services"]
    sources: Annotated[list[str], "addresses of what is said here"]


class ListedArea(NamedTuple):
    """An area that has figures."""

    level: Annotated[str, "National, Regional or Local authority"]
    code: Annotated[str, "ONS code of today"]
    name: Annotated[str, "name"]
    region: Annotated[str | None, "region of a local authority; null for all other areas"]
    notes: Annotated[list[str], "what became of it: new codes, splits and mergers"]


class ListedGroup(NamedTuple):
    """A group of a breakdown that has figures."""

    breakdown: Annotated[str, "slug of the breakdown, as --by takes it"]
    as_published: Annotated[str, "the breakdown as published"]
    group: Annotated[str, "the group as published"]
    course: Annotated[str | None, "short code of the course; null where the group is none"]
    measures: Annotated[list[str], "codes of the measures that it has figures of"]
    years: Annotated[str, "first and last academic year"]
    cells: Annotated[int, "published cells"]


class ListedSymbol(NamedTuple):
    """A symbol that is printed instead of a figure."""

    symbol: Annotated[str, "as printed"]
    meaning: Annotated[str, "what it stands for"]


class ListedEvent(NamedTuple):
    """An event of the policy timeline."""

    date: Annotated[str, "as precisely as it is known"]
    year: Annotated[str, "academic year"]
    kind: Annotated[str, "funding, course, consultation or statistics"]
    event: Annotated[str, "what happened"]
    source: Annotated[str, "address of who says so"]


class ListedDisagreement(NamedTuple):
    """A published figure that disagrees with another."""

    source: Annotated[str, "file under data/raw/"]
    line: Annotated[int, "line in that file"]
    column: Annotated[str, "column of that file"]
    rule: Annotated[str, "rule that it breaks"]
    what: Annotated[str, "what contradicts what"]


class ListedColumn(NamedTuple):
    """A column of the tables that queries see."""

    column: Annotated[str, "name"]
    type: Annotated[str, "text, number or whole number"]
    holds: Annotated[str, "what it holds"]
    unit: Annotated[str, "unit of its values; empty where they have none"]
    values: Annotated[list[str] | None, "the values there can be; null where they are many"]


Row = (
    ListedDataSet
    | ListedRelease
    | ListedMeasure
    | ListedCourse
    | ListedArea
    | ListedGroup
    | ListedSymbol
    | ListedEvent
    | SurveyAnswer
    | ListedDisagreement
    | ListedColumn
)


@dataclass(frozen=True)
class Listing:
    """A list; iterate over its rows."""

    what: str
    """One of `LISTINGS`."""
    rows: tuple[Row, ...]

    @property
    def frame(self) -> pl.DataFrame:
        """A row per entry, with the fields of its type as columns."""
        columns = columns_of(LISTINGS[self.what].row)
        return pl.DataFrame(self.rows, {name: one.dtype for name, one in columns.items()}, orient="row")

    def __iter__(self) -> Iterator[Row]:
        """Go through the rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)


def listing(project: Project, what: str) -> Listing:
    """List one kind of thing.

    Args:
        project: Where the observations are, up to date.
        what: One of `LISTINGS`.

    Raises:
        UsageError: There is no such list.
    """
    return Listing(what, tuple(known(what).rows(project)))


def known(what: str) -> "Kind":
    """Return a kind of list by its name.

    Raises:
        UsageError: There is no such list.
    """
    if what not in LISTINGS:
        raise unknown("list", what, LISTINGS)
    return LISTINGS[what]


def _datasets(project: Project) -> Iterator[ListedDataSet]:
    here = {
        (table.title, table.release): table.rows
        for table in manifest.read(project.observations).all_tables()
        if not table.passed_over
    }
    layouts = {(layout.title, layout.release or REPORTED): layout for layout in catalogue().layouts if layout.dataset}
    for title, release in [*layouts, *sorted(here.keys() - layouts)]:
        own = layouts.get((title, release))
        # A later file in the same columns has no title, id and number of rows of its own.
        layout = own or next(layout for (name, _), layout in layouts.items() if name == title)
        is_survey = layout.dataset == SURVEY
        yield ListedDataSet(
            dataset=layout.dataset,
            release=release,
            title=title if own else f"in the columns of {title}",
            rows_here=len(list(survey_answers(project))) if is_survey else here.get((title, release), 0),
            rows_published=own.rows if own else None,
            years=span(own.first_year, own.last_year) if own and own.first_year else None,
            levels=list(layout.levels),
            about=layout.description,
            id=own.id or None if own else None,
            page=own.page or None if own else None,
            columns=list(layout.columns),
        )


def _releases(project: Project) -> Iterator[ListedRelease]:
    counted = parquet.read(project, lambda table: table.group_by("release").agg(here=pl.len()))
    here = {name: count for name, count in counted.iter_rows() if name != NO_RELEASE}
    editions = [lock.release(name, project.raw) for name in {*catalogue().releases, *here}]
    for one in sorted(editions, key=lambda one: one.order):
        yield ListedRelease(
            release=one.name,
            published=str(one.published or ""),
            data_as_of=str(one.data_as_of or ""),
            status=one.status,
            observations_here=here.get(one.name, 0),
            note=(f"Published {one.published_note}. " if one.published_note else "") + one.note,
            page=one.page,
        )


def _measures(_: Project) -> Iterator[ListedMeasure]:
    for one in MEASURES.values():
        yield ListedMeasure(one.code, one.unit, "yes" if one.adds_up else "no", one.unfinished_years, one.counts)


def _courses(_: Project) -> Iterator[ListedCourse]:
    offers = OFFERS.values()
    shortest, longest = DURATION_MONTHS
    for course in (*COURSES.values(), *offers):
        rules = [(year.label, rule) for rule in FUNDING_RULES for year in rule.years if course.code in rule.courses]
        yield ListedCourse(
            code=course.code,
            name=course.name,
            group=course.group,
            for_=course.purpose,
            since=course.began,
            months=None if course in offers else f"{shortest} to {longest}",
            mandatory_from=course.mandatory_from.isoformat() if course.mandatory_from else None,
            funded=[f"{year}: {rule.who}" for year, rule in rules],
            identifier=course.identifier,
            sources=list(course.sources),
        )


def _areas(project: Project) -> Iterator[ListedArea]:
    for area in areas(project):
        region = AREAS[area.region].name if area.region in AREAS else None
        yield ListedArea(area.level, area.code, area.name, region, area.notes)


def _groups(project: Project) -> Iterator[ListedGroup]:
    names = ["breakdown", "breakdown_label", "group_label", "course"]
    counted = parquet.read(
        project,
        lambda table: table.group_by(*names, "measure", pl.col("source").cast(pl.String)).agg(
            first=pl.col("time_period").min(),
            last=pl.col("time_period").max(),
            cells=pl.len(),
            line=pl.col("line").min(),
        ),
    )
    rows = (
        counted.sort("source", "line")
        .group_by(names, maintain_order=True)
        .agg(pl.col("measure").unique().sort(), pl.col("first").min(), pl.col("last").max(), pl.col("cells").sum())
    )
    for *group, measures, first, last, cells in rows.iter_rows():
        yield ListedGroup._make([*group, measures, span(label(first), label(last)), cells])


def _symbols(_: Project) -> Iterator[ListedSymbol]:
    yield from map(ListedSymbol._make, SYMBOLS.items())


def _events(_: Project) -> Iterator[ListedEvent]:
    for one in events():
        yield ListedEvent(one.when, one.year.label, one.kind, one.text, one.source)


def _disagreements(project: Project) -> Iterator[ListedDisagreement]:
    for one in manifest.read(project.observations).all_disagreements():
        yield ListedDisagreement(one.source, one.line, one.column, one.rule, one.what)


def _columns(_: Project) -> Iterator[ListedColumn]:
    for name, column in OBSERVATIONS.items():
        values = column.dtype.categories.to_list() if isinstance(column.dtype, pl.Enum) else None
        yield ListedColumn(name, column.type_name, column.meaning, column.unit, values)


class Kind(NamedTuple):
    """A kind of list."""

    title: str
    row: type[Row]
    rows: Callable[[Project], Iterator[Row]]


LISTINGS = {
    "datasets": Kind("Data sets that are known, and how many of their rows are loaded", ListedDataSet, _datasets),
    "releases": Kind("Releases of the publication, oldest first", ListedRelease, _releases),
    "measures": Kind("Measures", ListedMeasure, _measures),
    "courses": Kind("National Professional Qualifications, and the offers that go with them", ListedCourse, _courses),
    "areas": Kind("Areas that have figures", ListedArea, _areas),
    "groups": Kind("Breakdowns and groups that have figures", ListedGroup, _groups),
    "symbols": Kind("Symbols printed instead of figures", ListedSymbol, _symbols),
    "events": Kind("Policy timeline", ListedEvent, _events),
    "survey": Kind(
        "Survey answers (a panel of teachers; not to be mixed with official counts)", SurveyAnswer, survey_answers
    ),
    "disagreements": Kind("Published figures that disagree with each other", ListedDisagreement, _disagreements),
    "columns": Kind("Columns of the tables current and observations", ListedColumn, _columns),
}
"""What can be listed."""
