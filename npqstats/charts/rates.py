"""Rates with the counts that they are made of: 26,783 of 31,677."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from npqstats.charts import data
from npqstats.charts.asked import Asked
from npqstats.charts.row import is_at_hand, is_unfinished
from npqstats.errors import UsageError
from npqstats.listeners import silent
from npqstats.tables.moves import Row
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.periods import AcademicYear
from npqstats.wording import wording

_ABOUT = ("funding", "breakdown", "group", "location_code", "period")
_COLUMNS = {"part": pl.Float64, "whole": pl.Float64, "count_origins": pl.List(pl.String)}


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A published rate and its two counts, as far as they are at hand."""

    row: Row
    part: Row | None
    whole: Row | None

    @property
    def year(self) -> AcademicYear:
        """The year in which the courses were started."""
        return AcademicYear.of_code(self.row["period"])

    @property
    def is_known(self) -> bool:
        """Whether there is a number or at least a symbol."""
        return is_at_hand(self.row)

    @property
    def is_unfinished(self) -> bool:
        """Whether the rate still grows."""
        return is_unfinished(self.row)

    @property
    def written(self) -> str:
        """The rate as it is printed, or its symbol."""
        return wording.cell(self.row["value"], self.row["symbol"], "%")

    @property
    def counts(self) -> str:
        """Both counts in words; nothing where one is not at hand, or neither is a number."""
        if self.part is None or self.whole is None or (self.part["value"] is None and self.whole["value"] is None):
            return ""
        part, whole = (wording.cell(row["value"], row["symbol"], row["unit"]) for row in (self.part, self.whole))
        return f"{part} of {whole}"


def rates(asked: Asked, measure: str) -> list[Rate]:
    """Follow a rate through the years, each with its counts from the same release; as `Asked.trend` orders them.

    Raises:
        UsageError: There is no such rate.
    """
    rows = asked.trend(measure=measure).to_dicts()
    code = MEASURES[measure]
    part, whole = (_counts(asked, count, rows[0]["release"]) for count in (code.numerator, code.denominator))
    return [Rate(row=row, part=part.get(_about(row)), whole=whole.get(_about(row))) for row in rows]


def _counts(asked: Asked, measure: str, release: str) -> dict[tuple[Any, ...], Row]:
    try:
        table = asked.trend(measure=measure, release=release, say=silent)
    except UsageError:
        return {}
    return {_about(row): row for row in table.iter_rows(named=True) if is_at_hand(row)}


def _about(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in _ABOUT)


def drawn(found: Sequence[Rate]) -> pl.DataFrame:
    """Give a row for each rate that is drawn, with its counts and where all of them stand."""
    known = [one for one in found if one.is_known]
    return data.joined([one.row for one in known], [_counted(one) for one in known], _COLUMNS)


def _counted(one: Rate) -> Row:
    return {
        "part": one.part and one.part["value"],
        "whole": one.whole and one.whole["value"],
        "count_origins": [origin for row in (one.part, one.whole) if row for origin in row["origins"]],
    }
