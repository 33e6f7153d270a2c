"""The sections of a report: which tables and charts stand in each, as far as their rows are at hand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from npqstats.analysis.listings import listing
from npqstats.catalogue.observations import OVERALL
from npqstats.charts.chart import Chart
from npqstats.errors import UsageError
from npqstats.report.beside import beside
from npqstats.report.contents import Exhibit, Picture, Section
from npqstats.report.setting import Setting
from npqstats.vocabulary.names import listed, slug

_OWN = {OVERALL, "course"}
"""Breakdowns that have a section of their own, or none."""
_NO_ROWS = "Not in the rows at hand"
_NO_FIGURES = "Not drawn, for too few figures are at hand"
"""Why something is missing: there are no rows of it, or what they hold makes no chart."""


@dataclass(frozen=True)
class _Wanted:
    """An exhibit or a picture that a section would like to have."""

    make: Callable[[Setting], Exhibit | Picture]
    name: str
    """As in: not in the rows at hand: <name>."""


def _table(slug: str, verb: str, name: str, **question: Any) -> _Wanted:
    make = {"compare": Setting.compared, "trend": Setting.followed}[verb]
    return _Wanted(lambda setting: make(setting, slug, **question), name)


def _chart(slug: str, kind: str, name: str, *, with_years: bool = False, **question: Any) -> _Wanted:
    def make(setting: Setting) -> Picture:
        return setting.drawn(slug, kind, *(setting.years if with_years else ()), **question)

    return _Wanted(make, name)


_NATION = (
    (
        "overview",
        "The change in short",
        (
            _table("change", "compare", "the headline table"),
            _chart("impact", "impact", "what makes up the change", with_years=True),
        ),
    ),
    (
        "years",
        "Through the years",
        (
            _chart("starts", "trend", "starts through the years", measure="starts"),
            _table("starts-by-year", "trend", "starts through the years", measure="starts"),
            _table("participants-by-year", "trend", "participants through the years", measure="participants"),
            _table("workforce-by-year", "trend", "the share of teachers through the years", measure="workforce-share"),
            _table("schools-by-year", "trend", "the share of schools through the years", measure="schools-share"),
        ),
    ),
    (
        "funding",
        "By funding",
        (
            _chart("split", "split", "funded against non-funded"),
            _table("starts-by-funding", "compare", "starts by funding", measure="starts", by="funding"),
            _table(
                "participants-by-funding", "compare", "participants by funding", measure="participants", by="funding"
            ),
        ),
    ),
    (
        "course",
        "By course",
        (
            _chart("courses", "change", "the change of each course", with_years=True, measure="starts", by="course"),
            _table("starts-by-course", "compare", "starts by course", measure="starts", by="course"),
            _chart("courses-by-year", "trend", "courses through the years", measure="starts", by="course"),
        ),
    ),
    (
        "cohort",
        "By cohort: completions and passes",
        (
            _chart("completion", "completion", "completion and pass rates"),
            _table("completion-rate", "trend", "completion rates", measure="completion-rate"),
            _table("pass-rate", "trend", "pass rates", measure="pass-rate"),
            _chart("completion-by-course", "completion", "completion rates by course", by="course"),
            _table(
                "completion-rate-by-course",
                "trend",
                "completion rates by course",
                measure="completion-rate",
                by="course",
            ),
        ),
    ),
    (
        "area",
        "By area",
        (
            _chart("regions", "areas", "regions side by side"),
            _table("starts-by-region", "compare", "starts by region", measure="starts", by="region"),
            _table(
                "workforce-by-region",
                "compare",
                "the share of teachers by region",
                measure="workforce-share",
                by="region",
            ),
            _chart("authorities", "areas", "local authorities side by side", by="local-authority"),
            _table(
                "starts-by-local-authority",
                "compare",
                "starts by local authority",
                measure="starts",
                by="local-authority",
            ),
        ),
    ),
)
"""For England: the slug, the title and what is wanted of each section."""

_PLACE = (
    (
        "overview",
        "The change in short",
        (_Wanted(lambda setting: beside(setting, "change"), "the headline table"),),
    ),
    (
        "years",
        "Through the years",
        (
            _chart("starts", "trend", "starts through the years", measure="starts"),
            _table("starts-by-year", "trend", "starts through the years", measure="starts"),
            _table("workforce-by-year", "trend", "the share of teachers through the years", measure="workforce-share"),
        ),
    ),
    (
        "funding",
        "By funding",
        (
            _chart("split", "split", "funded against non-funded"),
            _table("starts-by-funding", "compare", "starts by funding", measure="starts", by="funding"),
        ),
    ),
    (
        "cohort",
        "By cohort: completions and passes",
        (
            _chart("completion", "completion", "completion and pass rates"),
            _table("completion-rate", "trend", "completion rates", measure="completion-rate"),
        ),
    ),
    (
        "area",
        "Among other areas",
        (_Wanted(lambda setting: setting.among("among"), "all areas of its kind side by side"),),
    ),
)
"""The same for a region or a local authority."""


def sections(setting: Setting) -> list[Section]:
    """Make every section that has something to show, or something to say about what is missing.

    Args:
        setting: What the report is about.
    """
    plan = _PLACE if setting.place else (*_NATION, *_groups(setting))
    return [_section(setting, *part) for part in plan]


def _section(setting: Setting, slug: str, title: str, wanted: Iterable[_Wanted]) -> Section:
    items: list[Exhibit | Picture] = []
    lacking: dict[str, dict[str, None]] = {_NO_ROWS: {}, _NO_FIGURES: {}}
    for one in wanted:
        try:
            item = one.make(setting)
        except UsageError:
            lacking[_NO_ROWS][one.name] = None
            continue
        if isinstance(item, Picture) and _is_empty(item.chart):
            lacking[_NO_FIGURES][one.name] = None
        else:
            items.append(item)
    missing = [f"{why}: {listed(names)}." for why, names in lacking.items() if names]
    return Section(slug=slug, title=title, items=items, missing=missing)


def _is_empty(chart: Chart) -> bool:
    """Whether a chart has no figure to show or, where it is about changes, no change."""
    if chart.kind == "change":
        return chart.data.filter(pl.col("status") == "compared").is_empty()
    figures = chart.data.drop_nulls("value")
    if chart.kind == "trend":
        years = figures.group_by("line").agg(pl.col("period").n_unique())
        return years.filter(pl.col("period") > 1).is_empty()
    return figures.is_empty()


def _groups(setting: Setting) -> list[tuple[str, str, tuple[_Wanted, ...]]]:
    """Want a table of starts for each further breakdown that the data have."""
    table = listing("groups", project=setting.project)
    has_starts = table.filter(pl.col("measures").list.contains("starts"), ~pl.col("breakdown").is_in(_OWN))
    labels = dict(has_starts.select("breakdown", "as_published").unique(maintain_order=True).iter_rows())
    wanted = tuple(
        _table(f"starts-by-{slug(by)}", "compare", f"starts by {label.lower()}", measure="starts", by=by)
        for by, label in labels.items()
    )
    return [("groups", "By who takes part, and in which schools", wanted)] if wanted else []
