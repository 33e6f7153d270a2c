"""Which questions a report asks, chapter by chapter."""

from dataclasses import dataclass, replace

from npqstats.vocabulary.measures import MEASURES


@dataclass(frozen=True, kw_only=True)
class Ask:
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


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A chapter to be asked for."""

    slug: str
    title: str
    asks: tuple[Ask, ...]


def _change(measure: str, by: str, words: str, chart: str | None = None, *, has_findings: bool = True) -> Ask:
    name = f"{MEASURES[measure].label.lower()} by {words}"
    slug = f"{measure}-by-{by}"
    return Ask(slug=slug, name=name, verb="compare", measure=measure, by=by, chart=chart, has_findings=has_findings)


def _years(measure: str, words: str, chart: str | None = None, *, by: str | None = None) -> Ask:
    slug = f"{measure}-by-{by}-and-year" if by else f"{measure}-by-year"
    return Ask(slug=slug, name=words, verb="trend", measure=measure, by=by, chart=chart, has_findings=chart is not None)


_COHORTS = Heading(
    slug="cohorts",
    title="Completions and passes",
    asks=(
        _years("completion-rate", "completion rates", "completion"),
        _years("pass-rate", "pass rates"),
        replace(_years("completion-rate", "completion rates by course", by="course"), chart="completion"),
    ),
)

ENGLAND = (
    Heading(
        slug="overview",
        title="The change in short",
        asks=(Ask(slug="change", name="the headline figures", verb="compare", chart="impact"),),
    ),
    Heading(
        slug="years",
        title="Year by year",
        asks=(
            _years("starts", "starts year by year", "trend"),
            _years("participants", "participants year by year"),
            _years("workforce-share", "the share of teachers year by year"),
            _years("schools-share", "the share of schools year by year"),
        ),
    ),
    Heading(
        slug="funding",
        title="Who paid",
        asks=(
            _change("participants", "funding", "funding"),
            _change("starts", "funding", "funding", "split"),
        ),
    ),
    Heading(
        slug="course",
        title="Course by course",
        asks=(
            _change("starts", "course", "course", "change"),
            replace(_years("starts", "starts by course and year", "trend", by="course"), has_findings=False),
        ),
    ),
    _COHORTS,
    Heading(
        slug="area",
        title="Regions and local authorities",
        asks=(
            _change("starts", "region", "region", "areas"),
            _change("workforce-share", "region", "region", has_findings=False),
            _change("starts", "local-authority", "local authority", "areas"),
        ),
    ),
)
"""For the country."""

AREA = (
    Heading(
        slug="overview",
        title="The change in short",
        asks=(Ask(slug="change", name="the headline figures", verb="compare", chart="impact"),),
    ),
    Heading(
        slug="beside",
        title="Beside its region and England",
        asks=(Ask(slug="beside", name="figures of its region and of England", verb="beside"),),
    ),
    Heading(
        slug="years",
        title="Year by year",
        asks=(
            _years("starts", "starts year by year", "trend"),
            _years("workforce-share", "the share of teachers year by year"),
        ),
    ),
    Heading(slug="funding", title="Who paid", asks=(_change("starts", "funding", "funding", "split"),)),
    replace(_COHORTS, asks=_COHORTS.asks[:2]),
    Heading(
        slug="among",
        title="Among the areas of its kind",
        asks=(Ask(slug="among", name="all areas of its kind", verb="among", chart="areas"),),
    ),
)
"""For a region or a local authority."""


def groups(breakdowns: dict[str, str]) -> Heading | None:
    """Ask for starts by each further breakdown.

    Args:
        breakdowns: Label by slug, of those that have starts and no chapter of their own.
    """
    asks = tuple(_change("starts", by, label.lower(), has_findings=False) for by, label in breakdowns.items())
    return Heading(slug="groups", title="Who takes part, and in which schools", asks=asks) if asks else None
