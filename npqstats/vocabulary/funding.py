"""Who paid, over what span a figure is counted, and who could have a course paid for in which year."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from npqstats.vocabulary.names import folded, unknown
from npqstats.vocabulary.periods import AcademicYear


@dataclass(frozen=True, kw_only=True)
class Term:
    """A kind of funding or a basis: one of the two labels that every figure carries."""

    code: str
    label: str
    """As printed where the meaning has to be said: non-funded (school- or self-paid)."""
    short: str
    """As printed in a narrow column: non-funded."""
    meaning: str
    aliases: tuple[str, ...]
    """Other names in published files and from users."""


@dataclass(frozen=True, kw_only=True)
class FundingRule:
    """Who could have a course paid for by DfE, in the years that a source says so of."""

    years: tuple[AcademicYear, ...]
    courses: tuple[str, ...]
    who: str
    source: str


def _terms(entries: list[dict[str, Any]]) -> dict[str, Term]:
    return {entry["code"]: Term(**entry | {"aliases": tuple(entry["aliases"])}) for entry in entries}


def _rule(entry: dict[str, Any]) -> FundingRule:
    years = tuple(AcademicYear.parse(year) for year in entry["years"])
    return FundingRule(years=years, courses=tuple(entry["courses"]), who=entry["who"], source=entry["source"])


_TABLE = tomllib.loads(Path(__file__).with_name("funding.toml").read_text("utf-8"))

FUNDING: dict[str, Term] = _terms(_TABLE["funding"])
BASIS: dict[str, Term] = _terms(_TABLE["basis"])
FUNDING_RULES: tuple[FundingRule, ...] = tuple(_rule(entry) for entry in _TABLE["rule"])

SERIES_BEGAN = 202122
"""First year of the reformed NPQs: there, cumulative and in-year figures are the same."""


def _by_name(terms: dict[str, Term]) -> dict[str, str]:
    return {
        folded(name): term.code
        for term in terms.values()
        for name in (term.code, term.label, term.short, *term.aliases)
    }


FUNDING_BY_NAME = _by_name(FUNDING)
BASIS_BY_NAME = _by_name(BASIS)


def funding(name: str) -> str:
    """Find the code of a kind of funding by any of its names.

    Raises:
        UsageError: No kind of funding has this name.

    >>> funding("school-paid")
    'non-funded'
    """
    if folded(name) not in FUNDING_BY_NAME:
        raise unknown("funding", name, FUNDING)
    return FUNDING_BY_NAME[folded(name)]


def basis(name: str) -> str:
    """Find a basis by any of its names: `in-year` (published as Discrete) or `cumulative`.

    Raises:
        UsageError: No basis has this name.
    """
    if folded(name) not in BASIS_BY_NAME:
        raise unknown("basis", name, BASIS)
    return BASIS_BY_NAME[folded(name)]
