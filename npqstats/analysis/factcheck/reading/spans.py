"""Several years that a sentence names together: `from 2021/22 to 2024/25`, `the three years to 2023/24`."""

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

from npqstats.analysis.factcheck.reading.phrases import ORDER
from npqstats.analysis.factcheck.reading.statement import Statement
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.patterns import Pattern, lazy
from npqstats.vocabulary.periods import AcademicYear

_STRIDE = Pattern(
    r"\b(?:in|over|within|across|after)\s+(?:the\s+)?(?:space\s+of\s+)?(?:past\s+|last\s+|just\s+|only\s+)?(two|three|four|2|3|4)\s+years\b(?!\s+of)",
    cues="years",
)
_WHEN_AND = lazy(r",\s+when\s(?:[^,;.]|,(?=\d))+,\s+and\s+")
COUNT = {"two": 2, "three": 3, "four": 4, "2": 2, "3": 3, "4": 4}
_LAST_YEARS = Pattern(
    r"\b(?:last|past|latest)\s+(two|three|four|2|3|4)\s+(?:academic\s+)?years\b",
    cues="years",
)
_WITHIN_YEARS = Pattern(
    r"\b(?:in|over|across|within)\s+(?:the\s+)?(two|three|2|3)\s+(?:academic\s+)?years\b(?!\s+to\b)",
    cues="years",
)
YEARS_TO = Pattern(
    r"\b(two|three|four|2|3|4)\s+(?:academic\s+)?years\s+(?:to|up\s+to|ending(?:\s+in)?|until)\s+(?:the\s+end\s+of\s+)?(?=20)",
    cues="years",
)
YEARS_FROM = Pattern(
    r"\b(two|three|four|2|3|4)\s+(?:academic\s+)?years\s+(?:from|beginning|starting)(?:\s+(?:in|with))?\s+(?=20)",
    cues="years",
)
_RANGE = lazy(
    r"(?:^|\W)(?:(?:between|from|across|over|throughout|add(?:ing|ed)?(?:\s+up)?|combin(?:e|ing)|sum\s+of)\s+(?:both\s+|the\s+)?"
    r"(?:(?:academic\s+years|(?:cohorts|intakes|years|starters)\s+of)\s+)?|(?:two|three)\s+(?:academic\s+)?years[,:(]?\s*)$",
    re.IGNORECASE,
)
_LINK = lazy(r"\s*(?:academic\s+year\s+)?(and|to|until|through to|through|[-–])\s*(?:the\s+)?(?:academic\s+year\s+)?")
_OF_THE = lazy(r"^\W*(?:[Oo]f|[Aa]mong)\s+(?:the|all)\s+(?:\w+\s+)?$")
_JOINED = lazy(r"\s*(?:,|and|plus|,\s*and|with)\s*")
POOLED = Pattern(
    r"\b(?:(?:taken|put|added|lumped|pooled|counted)\s+)?(?:together|combined|jointly)\b|\bbetween\s+them\b",
    cues="together|combined|jointly|between",
)
_BETWEEN_THEM = lazy(r"\W*(?:[Bb]etween\s+them|[Tt]ogether)\b")
_SINCE = Pattern(
    r"\bsince\s+(?:(?:it|they|its|their|the)\s+(?:\w+\s+){0,4}?"
    r"(?:launch|launched|began|started|introduced|introduction|arrived|arrival|came\s+in)\s+(?:in|of)\s+)?$",
    cues="since",
)
SINCE_REFORM = Pattern(
    r"\b(?:from|between)\s+(?:the\s+)?(?:\w+\s+(?:of|in)\s+){0,2}(?:(?:autumn|September)\s+)?2021\s+"
    r"(?:to|and|until|up\s+to|through)\s+(?:the\s+(?:end|close|summer)\s+of\s+)?(?:(?P<month>summer|June|July|August)\s+)?(?=20\d\d)",
    cues="2021",
)
"""What counts up to a year from the reform: `from 2021 to the end of 2022/23`."""
_FIRST_YEARS = Pattern(
    r"\bfirst(?:,\s+second)?(?:,\s+third)?,?\s+and\s+(?:the\s+)?(second|third|fourth)\s+(?:cohort|year|intake)s?\b",
    cues="first",
    flags=re.NOFLAG,
)


def stride_of(statement: Statement) -> int:
    """Over how many years a change goes: 2 for `in two years`, else 1."""
    match = _STRIDE.search(statement.text, statement.start, statement.end)
    return COUNT[match[1].lower()] if match else 1


def span_of(statement: Statement, q: Quantity) -> tuple[int, ...]:
    """Several years that are counted together: `in the first two years`, `the three years to 2023/24`."""
    text, every = statement.text, statement.passage.anchor.periods
    to = YEARS_TO.search(statement.told)
    ends = [int(m.value) for m in statement.of("academic") if to and m.start == statement.start + to.end()]
    if to and ends:
        count, until = COUNT[to[1].lower()], [period for period in every if period <= ends[0]]
        return tuple(until[-count:]) if len(until) >= count else ()
    since = YEARS_FROM.search(statement.told)
    begins = [int(m.value) for m in statement.of("academic") if since and m.start == statement.start + since.end()]
    if since and begins:
        return tuple(period for period in every if period >= begins[0])[: COUNT[since[1].lower()]]
    if last := _LAST_YEARS.search(text, statement.start, statement.end):
        return every[-COUNT[last[1].lower()] :]
    named = statement.of("span")
    are_both = _BETWEEN_THEM.match(statement.told) is not None
    if not named and (statement.is_anaphoric or are_both) and not statement.of("academic", "year"):
        named = statement.passage.within(*statement.sentence_before, "span")  # `The first two cohorts ... They had`
        before = {int(m.value) for m in statement.passage.within(*statement.sentence_before, "academic")}
        if are_both and not named and len(before) > 1:
            return tuple(sorted(before))  # `Starts in 2021/22 and 2022/23 rose. Between them 70,583 were started.`
    spans = [(m.start, m.end, m.value) for m in named]
    if whole := _WITHIN_YEARS.search(text, statement.start, statement.end):
        spans.insert(0, (*whole.span(), str(COUNT[whole[1].lower()])))
    for start, end, number in spans:
        between = text[min(q.end, end) : max(q.start, start)]
        is_list = ":" in between and any(m.start > end for m in statement.of("academic", "year"))
        if not (is_list or ";" in between):  # Not `In the first two years: 31,677 in 2021/22, ...`
            return every if number == "all" else every[: int(number)]
    return ()


def counts_since(statement: Statement, m: Mention) -> bool:
    """Whether all is counted from a year on: `8,768 since it was launched in 2022/23`."""
    led = m.kind == "academic" and _SINCE.search(statement.text, statement.start, m.start)
    return bool(led) and not any("," in statement.text[q.end : m.start].replace("since", "") for q in statement.inside)


def together(statement: Statement) -> tuple[int, ...]:
    """The years that the only count of a sentence is of: `in 2021/22 and 2022/23 there were 70,583`."""
    years = statement.of("academic")
    is_joined = all(_JOINED.fullmatch(statement.text, a.end, b.start) for a, b in itertools.pairwise(years))
    counts = [q for q in statement.inside if q.kind == "count"] or statement.inside
    is_pooled = bool(years) and years[-1].end <= counts[0].start and POOLED.search(statement.told) is not None
    is_of_all = len(counts) == 1 or is_pooled or _is_of_whole(statement, counts, years)
    return tuple(sorted(statement.years)) if is_joined and len(years) > 1 and is_of_all else ()


def _is_of_whole(statement: Statement, counts: list[Quantity], years: list[Mention]) -> bool:
    """Whether years are said of a whole whose part comes next: `Of the 70,583 begun in 2021/22 and 2022/23, 58,574`."""
    is_whole = bool(years) and _OF_THE.search(statement.text, statement.start, counts[0].start) is not None
    return is_whole and counts[0].end <= years[0].start and years[-1].end <= counts[1].start


def since_reform(statement: Statement) -> tuple[Mention, int] | None:
    """Find the year up to which a sentence counts from the reform: 202425 of `between autumn 2021 and summer 2025`."""
    since = SINCE_REFORM.search(statement.text, statement.start, statement.end)
    until = [m for m in statement.of("academic", "calendar") if since and m.start == since.end()]
    if since is None or not until:
        return None
    m, is_named = until[0], until[0].kind == "academic"
    year = int(m.value) if is_named else AcademicYear(int(m.value) - 1).code
    return (m, year) if is_named or since["month"] or year >= statement.passage.anchor.newest else None


def range_of(statement: Statement, near: Sequence[Mention] = ()) -> tuple[tuple[int, ...], list[Mention]] | None:
    """Find the years from one to another that a sentence names, and where: `from 2021/22 to 2024/25`.

    Those that begin among the phrases near a number, else the first; they may be alike or in the wrong order.
    """
    found = _ranges(statement)
    return next((one for one in found if one[1] and one[1][0] in near), found[0] if found else None)


@lru_cache(maxsize=4)
def _ranges(statement: Statement) -> list[tuple[tuple[int, ...], list[Mention]]]:
    text, every = statement.text, statement.passage.anchor.periods
    if listed := _FIRST_YEARS.search(statement.told):
        return [(every[: ORDER.index(listed[1]) + 1], [])]
    if until := since_reform(statement):
        return [(tuple(p for p in every if p <= until[1]), [until[0]])]
    found = []
    for first, second in itertools.pairwise(statement.of("academic")):
        link = _LINK.fullmatch(text, first.end, second.start)
        is_led = _RANGE.search(text[max(statement.start, first.start - 40) : first.start])
        is_span = any(text[m.end : first.start].strip() in (",", "(", ":") for m in statement.of("span"))
        low, high = int(first.value), int(second.value)
        # `between 2021/22, when 31,677 were started, and 2023/24`
        is_parted = text.endswith("between ", statement.start, first.start) and _WHEN_AND.fullmatch(
            text, first.end, second.start
        )
        if is_parted or (link and (is_led or (low < high and (link[1] != "and" or is_span)))):
            found.append((tuple(p for p in every if low <= p <= high) or (low, high), [first, second]))
    return found
