"""What a sentence says of a target, or of a figure of a period, beyond what that is: then it cannot confirm it."""

from npqstats.analysis.factcheck.fitting import is_of_day
from npqstats.analysis.factcheck.quantities import SMALL
from npqstats.analysis.factcheck.said import Said
from npqstats.analysis.facts import Fact
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.claims import words


def beyond_the_target(said: Said, cell: Fact) -> tuple[str, ...]:
    """List what a sentence says of a target that the reported one is not: another course, place, group or year."""
    count = len(range(cell.years[0], cell.years[-1] + 1, 101))
    span = {
        told for word, number in SMALL.items() if number == count for told in (word, f"{word} years", f"{word} year")
    }
    known = words().reading["beside_targets"] | span
    left = [word for word in said.unread if word.lower() not in known]
    left += [said.event] if said.event not in ("", "start", "target", "offer") else []
    left += [said.course] if said.course and "group" in said.own else []
    left += [said.group.lstrip("?")] if said.group and said.group not in ("?time", "?forecast") else []
    left += [said.area.lstrip("?")] if said.area and said.area != ENGLAND[0] else []
    left += [said.funding] if said.funding == "non-funded" else []
    left += ["people"] if said.counted in ("people", "workforce", "schools") else []
    is_of_year = said.are_years_named and said.is_year_sure and len(said.years) == 1 and not span & {*said.unread}
    if is_of_year and said.years[-1:] != cell.years[-1:]:
        left.append("the year")
    return tuple(left)


def beyond_the_period(said: Said, cell: Fact) -> tuple[str, ...]:
    """List what a sentence says of a figure that somebody printed for a period, and that it is not."""
    unread = [word for word in said.unread if not is_of_day(word, cell)]
    is_dated = len(unread) < len(said.unread) and said.years == cell.years[-1:]  # `by 24 February 2023`
    is_other = bool(said.years) and said.are_years_named and set(said.years) != set(cell.years) and not is_dated
    return (*unread, *(["the years"] if is_other else []), *other_outcomes(said, cell))


def other_outcomes(said: Said, cell: Fact) -> tuple[str, ...]:
    """Name what is said to have become of what a cell counts as started, `completed`, or of who paid for it."""
    is_end = said.event in ("complete", "pass", "dropout", "register") and not cell.measure.startswith(
        ("complet", "pass")
    )
    is_paid_otherwise = said.is_funding_named and {said.funding, cell.funding} == {"funded", "non-funded"}
    return (*([said.event] if is_end else []), *([said.funding] if is_paid_otherwise else []))
