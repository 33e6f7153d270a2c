"""Two years that a sentence compares before it gives their figures: `fewer than in the first year: 29,526 against`."""

from npqstats.analysis.factcheck.reading.dating import Dating, When
from npqstats.analysis.factcheck.reading.named_years import is_of_date, year_of
from npqstats.analysis.factcheck.reading.phrases import AWAY
from npqstats.vocabulary.patterns import lazy

_AS_IN = lazy(
    r"\b(?:than|as|(?:below|above)\s+(?:those|that|the\s+(?:number|level|figure))\s+(?:of|in|for))\s+(?:(?:there\s+)?(?:were|was|had(?:\s+been)?|did|started)\s+(?:so\s+)?)?(?:in\s+|for\s+|of\s+)?(?:the\s+)?$"
)
"""Before the year with which another one is compared."""
_OF_REFORM = lazy(r"(?:\s+of\s+(?:the\s+)?(?:new\s+|reformed\s+)?(?:reforms?|programme|scheme|NPQs|courses))?\s*")
"""What is between that year and the colon."""
_AGAINST = lazy(
    r"[^:;.\d]{0,30}?(?:\b(?:against|versus|vs?\.?|compared\s+with|to|down\s+from|up\s+from|as\s+against|not|and)|,)"
    r"\s+(?:just\s+|only\s+|some\s+|about\s+|the\s+)?"
)
"""What is between the two figures."""


def of_comparison(at: Dating) -> When | None:
    """`Ten times as many had one as in the first year: 2,440 against 241.`: of the first year is the second figure."""
    statement, text = at.statement, at.text
    named = [m for m in statement.of("academic", "year") if not is_of_date(text, m)]
    bases = [m for m in named if _AS_IN.search(text, statement.start, m.start)]
    if len(bases) != 1 or len(named) > 2 or named[-1] is not bases[0]:
        return None
    is_alone = len(named) == 1
    if is_alone and (bases[0].value in AWAY or statement.carried.are_years_named):
        return None  # `38,906 in 2022/23. That was 12.7 per cent more than in the previous year.`
    colon = text.find(":", bases[0].end, statement.end)
    base, own = year_of(statement, bases[0]), at.anchor.newest if is_alone else year_of(statement, named[0])
    if (
        base is None
        or own is None
        or base >= own
        or not _OF_REFORM.fullmatch(text, bases[0].end, colon if colon >= 0 else bases[0].end)
    ):
        return None
    inside = [q for q in statement.inside if q.start > colon] if colon >= 0 else []
    levels = [q for q in inside if q.kind == inside[0].kind][:2]
    is_pair = len(levels) > 1 and _AGAINST.fullmatch(text, levels[0].end, levels[1].start) is not None
    if at.moves:
        is_led = at.q.end <= bases[0].start and (is_pair or colon < 0)
        return When((base, own)) if is_led or (is_pair and at.q not in levels) else None
    if not is_pair or at.q not in levels:
        return None
    is_of_schools = any(m.value == "schools" for m in statement.of("counted"))  # Those that have had one, ever.
    basis = "cumulative" if is_of_schools and any(one.is_perfect for one in at.at.every) else ""
    return When(((own, base)[levels.index(at.q)],), basis=basis)
