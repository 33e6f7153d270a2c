"""Which questions a report asks, chapter by chapter."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from npqstats.vocabulary.measures import MEASURES


@dataclass(frozen=True, kw_only=True)
class Item:
    """A question of a report, with what is made of its answer."""

    slug: str
    name: str
    """In a sentence about what is missing: `starts by course`."""
    verb: str
    """`compare` the two newest years, or follow the `trend`; `beside`: the area with its region and England."""
    measure: str | None = None
    """None: the headline measures."""
    by: str | None = None
    chart: str | None = None
    """The kind of chart that shows it; None: only a table."""
    has_findings: bool = True
    """Whether its findings are printed above it."""
    is_open: bool = False
    """Whether its table is seen without being unfolded."""


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A chapter to be asked for."""

    slug: str
    title: str
    items: tuple[Item, ...]


def _change(measure: str, by: str, words: str, chart: str | None = None, *, has_findings: bool = True) -> Item:
    name = f"{MEASURES[measure].label.lower()} by {words}"
    slug = f"{measure}-by-{by}"
    return Item(slug=slug, name=name, verb="compare", measure=measure, by=by, chart=chart, has_findings=has_findings)


def _years(measure: str, words: str, chart: str | None = None, *, by: str | None = None) -> Item:
    slug = f"{measure}-by-{by}-and-year" if by else f"{measure}-by-year"
    return Item(
        slug=slug, name=words, verb="trend", measure=measure, by=by, chart=chart, has_findings=chart is not None
    )


HEADLINE = Item(slug="change", name="the headline figures", verb="compare", chart="impact", is_open=True)
COMPLETION = _years("completion-rate", "completion rates", "completion")
RANKED = replace(_change("workforce-share", "region", "region", "areas"), slug="beside")
"""What an area is ranked by; of local authorities where it is one."""

_OVERVIEW = Heading(slug="overview", title="The change in figures", items=(HEADLINE,))
_STARTS = _years("starts", "starts year by year", "trend")
_SHARE = _years("workforce-share", "the share of teachers year by year")
_FUNDING = _change("starts", "funding", "funding", "split")
_COHORTS = Heading(
    slug="cohorts",
    title="Completions and passes",
    items=(
        COMPLETION,
        _years("pass-rate", "pass rates"),
        replace(_years("completion-rate", "completion rates by course", by="course"), chart="completion"),
    ),
)

ENGLAND = (
    _OVERVIEW,
    Heading(
        slug="years",
        title="Year by year",
        items=(
            _STARTS,
            _years("participants", "participants year by year"),
            _SHARE,
            _years("schools-share", "the share of schools year by year"),
        ),
    ),
    Heading(slug="funding", title="Who paid", items=(_change("participants", "funding", "funding"), _FUNDING)),
    Heading(
        slug="course",
        title="Course by course",
        items=(
            _change("starts", "course", "course", "change"),
            replace(_years("starts", "starts by course and year", "trend", by="course"), has_findings=False),
        ),
    ),
    _COHORTS,
    Heading(
        slug="area",
        title="Regions and local authorities",
        items=(
            _change("starts", "region", "region", "areas"),
            _change("workforce-share", "region", "region", has_findings=False),
            _change("starts", "local-authority", "local authority", "areas"),
        ),
    ),
)
"""For the country."""

AREA = (
    _OVERVIEW,
    Heading(
        slug="beside",
        title="How it compares",
        items=(
            Item(
                slug="beside", name="figures of its region and of England", verb="beside", chart="areas", is_open=True
            ),
        ),
    ),
    Heading(slug="years", title="Year by year", items=(_STARTS, _SHARE)),
    Heading(slug="funding", title="Who paid", items=(_FUNDING,)),
    replace(_COHORTS, items=_COHORTS.items[:2]),
)
"""For a region or a local authority."""


def groups(breakdowns: Mapping[str, str]) -> Heading:
    """Ask for starts by each further breakdown.

    Args:
        breakdowns: Label by slug, of those that have starts and no chapter of their own.
    """
    items = tuple(_change("starts", by, label.lower(), has_findings=False) for by, label in breakdowns.items())
    return Heading(slug="groups", title="Who takes part, and in which schools", items=items)
