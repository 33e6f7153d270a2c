"""What a sentence says of a target, or of a figure of a period, beyond what that is: then it cannot confirm it."""

from npqstats.analysis.factcheck.judging.matches import is_of_day
from npqstats.analysis.factcheck.reading.said import Said
from npqstats.analysis.factcheck.scanning.quantities import SMALL
from npqstats.analysis.facts import Fact
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.claims import words
from npqstats.vocabulary.patterns import lazy

_PERIOD = lazy(rf"\b(?:years?|terms?|months?|weeks?|decades?|{'|'.join(SMALL)})\b")

_BEFORE_IT = frozenset(
    ["old", "older", "earlier", "former", "previous", "original", "predecessor", "replaced", "comparison"]
)
"""What is said of the suite that there was before."""
_OF_MONEY = lazy(r"'(?:funding|budget|spending|money|cost) (?:for|of|on)'")
"""What is said of the money for a target: `funding of £184 million for 150,000 places`."""


def beyond_the_target(said: Said, cell: Fact) -> tuple[str, ...]:
    """List what a sentence says of a target that the reported one is not: another course, place, group or year."""
    span = _span(cell)
    known = words().reading["beside_targets"] | span
    limits = [word for word in said.unread if word in said.subject or _PERIOD.search(word.lower())]
    doubts = [word for word in said.doubts if not _OF_MONEY.fullmatch(word)]
    left = [word for word in (*limits, *doubts) if " ".join(word.lower().split()) not in known]
    left += [said.event] if said.event not in ("", "start", "target", "offer") else []
    left += [*_parts(said), *([said.course] if said.course and "group" in said.own else [])]
    left += [said.funding] if said.funding == "non-funded" else []
    left += ["people"] if said.counted in ("people", "workforce", "schools") else []
    is_alone = ("basis", "in-year") in said.near and said.years == cell.years[-1:]
    ends = {str(cell.years[0] // 100), str(cell.years[-1] // 100 + 1)}
    is_alone = is_alone or not {value for kind, value in said.near if kind in ("calendar", "odd")} <= ends
    is_of_year = (
        said.is_year_sure
        and ("year", str(said.years[-1])) in said.near
        and len(said.years) == 1
        and not span & {*said.unread}
    )
    if is_alone or (is_of_year and said.years[-1:] != cell.years[-1:]):
        left.append("the year")
    return tuple(left)


def beyond_the_period(said: Said, cell: Fact) -> tuple[str, ...]:
    """List what a sentence says of a figure that somebody printed for a period, and that it is not."""
    unread = [word for word in said.unread if not is_of_day(word, cell) and word not in _span(cell)]
    is_dated = len(unread) < len(said.unread) and said.years == cell.years[-1:]  # `by 24 February 2023`
    is_other = bool(said.years) and said.are_years_named and set(said.years) != set(cell.years) and not is_dated
    return (*unread, *(["the years"] if is_other else []), *_other_outcomes(said, cell))


def beyond_the_suite(said: Said, cell: Fact) -> tuple[str, ...]:
    """List what a sentence says of a figure of the courses before the reform, and that it is not."""
    unread = [word for word in said.unread if word not in _span(cell) and word.lower() not in _BEFORE_IT]
    return (*unread, *_parts(said), *_other_outcomes(said, cell))


def _span(cell: Fact) -> set[str]:
    """The words for how many years a cell covers: `three`, `three years`."""
    count = len(range(cell.years[0], cell.years[-1] + 1, 101))
    of_count = [word for word, number in SMALL.items() if number == count]
    every = [f"{word}{kind} {unit}" for word in of_count for kind in ("", " academic") for unit in ("year", "years")]
    return {*of_count, *every}


def _parts(said: Said) -> list[str]:
    """The group and the area that a sentence says a number is of."""
    group = [said.group.lstrip("?")] if said.group and said.group not in ("?time", "?forecast") else []
    return group + ([said.area.lstrip("?")] if said.area and said.area != ENGLAND[0] else [])


def _other_outcomes(said: Said, cell: Fact) -> tuple[str, ...]:
    """Name what is said to have become of what a cell counts as started, `completed`, or of who paid for it."""
    is_end = said.event in ("complete", "pass", "dropout", "register") and not cell.measure.startswith(
        ("complet", "pass")
    )
    is_paid_otherwise = said.is_funding_named and {said.funding, cell.funding} == {"funded", "non-funded"}
    return (*([said.event] if is_end else []), *([said.funding] if is_paid_otherwise else []))
