"""Phrases of a sentence that have no part in what was read of its numbers: then more is said than was read."""

import re
from collections.abc import Callable, Iterable, Sequence

from npqstats.analysis.factcheck.reading.around import Around
from npqstats.analysis.factcheck.reading.limits import is_no_limit, is_of_mean
from npqstats.analysis.factcheck.reading.named_years import is_base, year_of
from npqstats.analysis.factcheck.reading.paid import OPPOSITE
from npqstats.analysis.factcheck.reading.said import OUTCOMES, Read, Said
from npqstats.analysis.factcheck.reading.statement import Statement
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.funding import SERIES_BEGAN
from npqstats.vocabulary.patterns import lazy

_COMPARED_WITH = (" than ", " from ", " on ", " since ", " against ", " compared ")
_BEFORE_TARGET = (" against the ", " with the ", " than the ", " , a ", " ( ")
_SINCE_REFORM = ("workforce-share", "schools-share", "workforce-participants")
"""Measures that are published since the reform, so that a change of them may be one of that."""
_SO_FAR = ("so far", "to date", "ever")
_DENIES = lazy(r"\b(?:nor|not|never|rarely|seldom|few|hardly)\b|n['’]t\b", re.IGNORECASE)
_AT_SCHOOL = (" in ", " at ", " in a ", " in state ", " in a state ")


def strangers(statement: Statement, numbers: list[Around], read: Sequence[Read]) -> list[Mention]:
    """List the phrases of a sentence that have no part in what was read of any of its numbers."""
    hedges = [(at.lead_start, at.q.start) for at in numbers]
    return [
        m
        for m in statement.all
        # `Passed 40,000` is a hedge, no event.
        if not (m.kind == "event" and any(first <= m.start < last for first, last in hedges))
        and not any(_has_part(statement, m, said) for _, said in read)
    ]


def beside(statement: Statement, said: Said, strange: Iterable[Mention]) -> tuple[str, ...]:
    """List what is said of a number outside its clause: that it was completed, or how it compares."""
    last = max(q.end for q in statement.inside)
    found = []
    for m in strange:
        left, is_later = statement.tokens(statement.start, m.start), m.start >= last
        is_target = m.value == "target" and (left.endswith(" ( ") or (is_later and left.endswith(_BEFORE_TARGET)))
        is_move = m.kind == "direction" and is_later and said.role in ("level", "share")
        is_move = is_move and statement.tokens(m.end, m.end + 12).startswith(_COMPARED_WITH)
        if m.value == "dropout" and _is_denied_before(statement, m):
            continue  # `Nor do those who sign up tend to give up: eight in ten of the courses have been completed.`
        if m.value in ("complete", "pass", "dropout") or is_target or is_move:
            found.append(m.text)
    return tuple(found)


def _is_denied_before(statement: Statement, m: Mention) -> bool:
    """Whether a clause that ends with a colon before all numbers says of something that it is not so."""
    is_apart = ":" in statement.text[m.end : statement.inside[0].start]
    return is_apart and _DENIES.search(statement.text, statement.start, m.start) is not None


def _has_part(statement: Statement, m: Mention, said: Said) -> bool:
    rule = _RULES.get(m.kind)
    return rule is None or (m.kind, m.value) == said.against or rule(statement, m, said)


def _has_year(statement: Statement, m: Mention, said: Said) -> bool:
    year = year_of(statement, m)
    is_between = bool(said.years) and year is not None and said.years[0] <= year <= said.years[-1]
    return year is None or is_between or is_base(statement, m) or said.role in ("change", "factor")


def _has_basis(_: Statement, m: Mention, said: Said) -> bool:
    if m.value != "cumulative" or m.text.lower() in _SO_FAR:
        return True
    if len(said.years) > 1 and said.years[0] == SERIES_BEGAN:
        return True
    if said.role in ("change", "factor"):
        return (
            said.measure in _SINCE_REFORM
            or (said.basis == "cumulative" and said.counted != "courses")
            or said.end == "added"
            or bool({said.counted, said.whole} & {"workforce", "schools"})
        )
    is_of_each_year = said.basis == "in-year" and said.counted == "courses"  # of a row of years
    return said.basis == "cumulative" or said.is_sum or said.is_perfect or is_of_each_year


_AT = lazy(r"[^.;,\d]{0,50},\s+at\s+\d")


def _has_direction(statement: Statement, m: Mention, said: Said) -> bool:
    is_moved = bool(said.direction or said.end) and m.value != "flat"
    is_moved = is_moved or any(start <= m.start < end for start, end in statement.comparisons)
    is_short = said.is_rest and said.whole == "target"  # `a shortfall of 35,577`
    is_than_people = _AT.match(statement.text, m.end) is not None  # `Course starts were higher, at 29,818.`
    return is_moved or is_short or is_than_people or said.role in ("change", "factor")


def _has_noun(statement: Statement, m: Mention, said: Said) -> bool:
    """Whether schools are counted, where they are named as a place: `NPQs were started in schools`."""
    is_place = m.value == "schools" and statement.tokens(statement.start, m.start).endswith(_AT_SCHOOL)
    is_group = any(g.start <= m.start < g.end and g.value == said.group for g in statement.of("group"))
    return not is_place or is_group or "schools" in (said.counted, said.whole) or said.measure.startswith("schools")


def _has_event(statement: Statement, m: Mention, said: Said) -> bool:
    if m.value not in OUTCOMES or said.event == "survey":
        return True
    is_rate = said.measure in ("completion-rate", "pass-rate") or said.whole == "completions"
    is_told = said.is_rest or said.is_of_year or said.role == "target" or said.against[0] == "measure"
    is_told = is_told or any(first <= m.start < last for first, last in statement.so_far)
    return is_told or m.value in (said.event, said.whole) or (is_rate and m.value in ("complete", "pass"))


def _is_denied(statement: Statement, m: Mention, said: Said) -> bool:
    """Whether it is said who did not pay, of a number that counts the others: `weren't government-funded`."""
    is_not = statement.tokens(statement.start, m.start).endswith(("n't ", " not "))
    is_not = is_not or _ALL_BUT.search(statement.text, statement.start, m.start) is not None
    return is_not and said.funding == OPPOSITE.get(m.value)


def _is_added(statement: Statement, m: Mention) -> bool:
    """Whether a total has been told who else paid: `Add in those without government funding and the total is 3,156`."""
    return _ADDS.search(statement.text, statement.start, m.start) is not None


_ALL_BUT = lazy(r"\ball\s+but\s+(?:\w+\s+)?\d", re.IGNORECASE)
_ADDS = lazy(r"\b[Aa]dd(?:ing)?(?:\s+in)?\s+(?:[\w,]+\s+){0,4}$")
_RULES: dict[str, Callable[[Statement, Mention, Said], bool]] = {
    "academic": _has_year,
    "year": _has_year,
    "group": lambda statement, m, said: (
        m.value in ("age", said.group) or is_no_limit(statement, m) or (said.end == "mean" and is_of_mean(m))
    ),
    "area": lambda _, m, said: m.value in (ENGLAND[0], *said.area.split("+")),
    "course": lambda _, m, said: m.value in (*said.course.split("+"), *said.without),
    "funding": lambda statement, m, said: (
        m.value in ("all", said.funding) or _is_denied(statement, m, said) or _is_added(statement, m)
    ),
    "basis": _has_basis,
    "direction": _has_direction,
    "counted": _has_noun,
    "event": _has_event,
}
"""When a phrase of a kind has a part in what was read of a number; phrases of other kinds always have."""
