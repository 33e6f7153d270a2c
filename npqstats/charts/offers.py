"""Which rows by place are at hand, and which of them a chart of areas shows where the question leaves it open."""

from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from npqstats.analysis import editions
from npqstats.analysis.cells import wanted
from npqstats.analysis.nearest import nothing
from npqstats.analysis.question import Question
from npqstats.catalogue import observations
from npqstats.catalogue.catalogue import release
from npqstats.charts.asked import Asked
from npqstats.charts.headline import lowered
from npqstats.charts.parts import LEVELS
from npqstats.errors import UsageError
from npqstats.store import parts
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.periods import AcademicYear

_MEASURES = ("workforce-share", "starts")
"""A rate first: it compares places of different size."""
_FUNDING = ("all", "funded")
_BASIS = ("in-year", "cumulative")
_ENOUGH = 0.75
"""The share of the places of the fullest year that a newer year must have to be shown instead."""


class Offer(NamedTuple):
    """What a release has, by place, of one measure, funding, basis and year."""

    measure: str
    funding: str
    basis: str
    year: AcademicYear
    release: str
    is_official: bool
    figures: int
    """How many places have a number."""
    places: int
    """How many places have a number or a symbol."""

    @property
    def is_unfinished(self) -> bool:
        """Whether the figures still grow."""
        return MEASURES[self.measure].ripens and release(self.release).is_unripe(self.year.code)


def chosen(asked: Asked, question: Question) -> tuple[Offer, list[Offer]]:
    """Choose what to show.

    Args:
        asked: Says which years and which release, and whether unfinished years will do.
        question: Of a level below the nation. Its open parts are chosen here: a rate where one is at hand, funded and
            non-funded together, in the year, and the newest finished year that has rows of most places.

    Returns:
        The choice, and what there is of the same kind for other years, oldest first.

    Raises:
        UsageError: There is nothing of the kind.
    """
    known = editions.at_hand(asked.project)
    edition = editions.named(asked.release, known) if asked.release else None
    year = max((AcademicYear.parse(name) for name in asked.years), default=None)
    if year:
        editions.check_years([year], known, edition)
    offers = _best(_offers(asked, question, [edition.name] if edition else list(known)))
    of_years = [offer for offer in offers if year in (None, offer.year)]
    kinds = [kind for kind in _kinds(question) if any(offer[:3] == kind for offer in of_years)]
    if not kinds:
        years = [year] if year else sorted({AcademicYear.of_code(code) for codes in known.values() for code in codes})
        raise _nothing(asked, question, years, offers)
    kind = next((kind for kind in kinds if any(offer[:3] == kind and offer.figures for offer in of_years)), kinds[0])
    choice = _newest([offer for offer in of_years if offer[:3] == kind], is_finished=not asked.include_unripe)
    others = [offer for offer in offers if offer[:3] == kind and offer.year != choice.year]
    return choice, sorted(others, key=lambda offer: offer.year)


def _offers(asked: Asked, question: Question, releases: list[str]) -> list[Offer]:
    kind = ("measure", "funding", "basis", "time_period", "release")
    rows = parts.read(
        asked.project,
        lambda table: (
            wanted(
                table,
                measures=[question.measure.code] if question.measure else _MEASURES,
                levels=[question.level],
                breakdowns=[observations.OVERALL],
            )
            .filter(pl.col("release").is_in(releases))
            .group_by(kind)
            .agg(
                (pl.col("evidence") == pl.lit("official", observations.EVIDENCE_TYPE)).any().alias("is_official"),
                pl.col("location_code").filter(pl.col("value").is_not_null()).n_unique().alias("figures"),
                pl.col("location_code").n_unique().alias("places"),
            )
        ),
    ).with_columns(pl.col("measure", "funding", "basis").cast(pl.String))
    return [
        Offer(row[0], row[1], row[2], AcademicYear.of_code(row[3]), *row[4:])
        for row in rows.select(*kind, "is_official", "figures", "places").iter_rows()
    ]


def _best(offers: Iterable[Offer]) -> list[Offer]:
    """Keep one release for each year: official figures before reported ones, then the newest."""
    ranked = sorted(offers, key=lambda offer: (offer.is_official, release(offer.release).order))
    return list({offer[:4]: offer for offer in ranked}.values())


def _kinds(question: Question) -> list[tuple[str, str, str]]:
    """List measure, funding and basis: as asked, else in the order in which they are preferred."""
    return [
        (measure, funding, basis)
        for measure in ((question.measure.code,) if question.measure else _MEASURES)
        for funding in ((question.funding,) if question.funding else _FUNDING)
        for basis in ((question.basis,) if question.basis else _BASIS)
    ]


def _newest(offers: list[Offer], *, is_finished: bool) -> Offer:
    """Choose the newest year that has rows of most places, a finished one if wanted and at hand."""
    finished = [offer for offer in offers if not offer.is_unfinished]
    offers = finished if finished and is_finished else offers
    enough = _ENOUGH * max(offer.places for offer in offers)
    return max((offer for offer in offers if offer.places >= enough), key=lambda offer: offer.year)


def _nothing(asked: Asked, question: Question, years: list[AcademicYear], offers: list[Offer]) -> UsageError:
    """Say which rows are missing, and what there is instead."""
    measures = [question.measure] if question.measure else [MEASURES[code] for code in _MEASURES]
    what = listed((lowered(measure.label) for measure in measures), "or")
    funding = f", {question.funding}," if question.funding and question.funding != "all" else ""
    when = years[0].label if len(years) == 1 else f"{years[0].label} to {years[-1].label}"
    level = LEVELS.get(question.level, question.level.lower())
    return UsageError(
        f"There are no rows by {level} for {what}{funding} in {when}.",
        _other_years(question, offers) or nothing(asked.project, question, years, None).hint,
    )


def _other_years(question: Question, offers: list[Offer]) -> str:
    """Name the years for which there are such rows, if any."""
    for kind in _kinds(question):
        years = sorted({offer.year.label for offer in offers if offer[:3] == kind})
        if years:
            funding = "" if kind[1] == "all" else f", {kind[1]},"
            return f"There are some{funding} for {listed(years)}."
    return ""
