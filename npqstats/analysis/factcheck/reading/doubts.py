"""What a sentence says besides, which no row can answer."""

import re

from npqstats.analysis.factcheck.reading.around import Around
from npqstats.analysis.factcheck.reading.left_out import LEFT_OUT
from npqstats.analysis.factcheck.reading.limits import added
from npqstats.analysis.factcheck.reading.spans import range_of
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.claims import Mention, words
from npqstats.vocabulary.expressions import cued
from npqstats.vocabulary.patterns import Pattern, lazy

_ASIDE = cued("asides")
_RESTRICTED = lazy(
    r"\b(?:restrict|limit|cut|narrow|end|withdr|scrap|reduc|target|ration|remov)\w*\s+(?:[\w-]+\s+){0,2}$"
)
"""Before `funding for`, where it is why a number moved: `after the government restricted funding for most courses`."""
_UNREAL = Pattern(
    r"\b(?:would|could|might|should)(?:\s+have|['’]ve)\b|\b(?:about|were|was|are|is)\s+to\s+be\b(?!\s+(?:believed|trusted|credited)\b)|\b(?:rather\s+than(?!\s+by\s+(?:course|person|head))|instead\s+of)\b"
    r"|\b(?:started|begun)\s+but\s+(?:not|never)\b(?![^.;]*\d)|\btoo\s+(?:few|many|low|high)\b(?!\s+to\s+(?:say|tell|judge|draw|conclude))|\bnowhere\s+(?:near|to\s+be)\b|\bfar\s+from\s+(?:being\s+)?\w+ing\b|(?<![\d,])\d{1,3}\s+colleagues\b|\b(?:the|your|their)\s+(?:odds|chances?)\b"
    r"|\b(?:[Ii]gnore|[Dd]isregard)\s+(?:the|that|any|all)\b",
    cues="odds|chance|ignore|disregard|colleagues|nowhere|would|could|might|should|to be|rather|instead|but|too"
    "|far from",
)
"""What did not happen, is held against something else, or counts those of one school or trust."""
_SHOULD_HAVE_SAID = lazy(r"should\s+have\s+(?:said|read|stated|given|reported)\b|(?<=figure\s)should\s+have\s+been\b")
"""What a correction says was meant: `we should have said that 38,906 were started`."""
_STARTED_TO = Pattern(
    r"\b(?:start(?:ed|ing)?|beg[aiu]n(?:ning)?)\s+to\s+(?!(?:their|his|her|its|your|my|our)\b)(?P<deed>[a-z]+)",
    cues="start|beg",
)
"""What people started, if it is no NPQ."""
_AGENT = lazy(r"(?:^|[,:\u201c\"\d]|\bthat|\byear)\s*(?:(?:all|the|our|training|course|NPQ)\s*)*$", re.IGNORECASE)
"""What comes before those who run the courses, where they are all of them."""
_HOPES = Pattern(
    r"\b(?:hop|wish|pray|dream|fear|expect|predict|plann?|pretend|forecast|imagin|suppos|assum|guess)(?:e|s|es|ed|ing)?\s+that\b"
    r"|,\s+(?:unless|provided|assuming|supposing|had\s+(?:it|they|all|the\s+(?:[\w-]+\s+){1,2}?(?:not|been|stayed|remained|kept|held|gone|continued))|if\s+(?:all|the(?!\s+(?:trade\s+|national\s+)?(?:press|papers)\b)|they|these|things|plans?|forecasts?))\b[^,;:.]*\.?$"
    r"|\badd\s(?![^.;,\d]{0,40}\b(?:up|together)\b)[^.;,\d]{3,40}\sand\s(?:you|we|it)\b|\bor\s+so\s+(?:\w+\s+){1,3}?(?:hoped|hopes?|thought|believed|wished)\b",
    cues="add|that|or so|unless|provided|assuming|supposing|had|if",
)
"""What is hoped or feared, not so: `Ministers hope that 29,818 NPQs were started`."""
_DENIAL = Pattern(
    r"\b(?:did|does|do|has|have|was|were|is)(?:(?:\s+\w+ly)?\s+not|n['’]t)\b"
    r"(?!\s+(?:(?:yet\s+|then\s+)?exist|panic|worry|despair|forget|miss|be\s+(?:alarmed|fooled|misled|surprised|put\s+off)|read\s+(?:too|anything|much))\b)"
    r"|\b(?:never(?!\s+(?:been|looked|seemed|felt)\s+(?:so|as|more|less|better|worse|higher|lower|greater|stronger)\b)|without\s+any|no\s+NPQs?|no\s+starters?)\b",
    cues="not|n't|n’t|never|without any|no npq|no starter",
)
_NUMBER_OF = Pattern(
    r"\b(?:number|total|count|share|proportion|percentage)\s+of\s+NPQ\s+(?P<noun>[a-z]+)\b",
    cues="number of|total of|count of|share of|proportion of|percentage of",
)
_UNTRUE = cued("untrue")
"""What is said not to be so, wherever the sentence says it."""
_REMAINING = lazy(
    r"\s+(?:for|in|on|across)\s+the\s+(?:remaining|other)\s+(?:\w+\s+)?(?:courses|NPQs|qualifications|ones)\b",
    re.IGNORECASE,
)
"""What leaves out courses of the text before, which may be several: `That left 13,480 for the remaining courses`."""
_BOTH = lazy(
    r"\W*(?:(?:between\s+them|together|combined|in\s+combination),?\s+(?:they|these|that|this|the\s+two)|together\s+with)\b",
    re.IGNORECASE,
)
"""What speaks of several courses or groups of the text before: `Between them they had 55 per cent`."""
_TWO = 2


def doubts(at: Around, *, is_move: bool = False) -> tuple[str, ...]:
    """List what the clause of a number says besides, in its own words, and `a denial` where it has one.

    Args:
        at: The number in its sentence.
        is_move: Whether it is a change, of which none has `not`: `the fall of 14,022 did not happen`.
    """
    rests = [] if is_move else at.rests
    statement, text = at.statement, at.text
    whole, span = (statement.start, statement.end), (at.own_start, max(at.scope[1], at.gap_after[1]))

    is_national = any(m.value == ENGLAND[0] for m in statement.within(*span, "area"))
    asides = [
        match[0]
        for match in _ASIDE.finditer(text, *(span if is_national else whole))  # `Ours is 93%, 81.7% across England`
        if not any(first <= match.start() < last for first, last in (statement.speaker, *statement.reasons))
        if not _RESTRICTED.search(text, statement.start, match.start())
        if not any(m.start < match.end() and match.start() < m.end for m in statement.of("funding"))
    ]
    nouns = (match["noun"] for match in _NUMBER_OF.finditer(text, *whole))
    asides += [noun for noun in nouns if noun in words().reading["prose_nouns"]]
    read = {m.start for m in statement.of("direction", "event", "academic", "year")}
    asides += [match[0] for match in _STARTED_TO.finditer(text, *span) if match.start("deed") not in read]
    others = [m for m in statement.of("topic") if m.value == "other" and at.scope[0] <= m.start < at.scope[1]]
    is_part_left_out = bool(statement.of("without")) or LEFT_OUT.search(text, *whole) is not None
    unreal = [
        match[0]
        for match in _UNREAL.finditer(text, *span)
        if not any(first <= match.start() < last for first, last in statement.not_this)
        and not (is_part_left_out and match[0].lower().startswith("would"))
        and not (match.end() <= at.q.start and _SHOULD_HAVE_SAID.match(text, match.start()))
    ]
    unreal += statement.caveats
    years, named = range_of(statement, at.after("academic")) or ((), [])
    turned = [text[named[0].start : named[1].end]] if len(named) > 1 and years[0] >= years[-1] else []
    unreal += [
        match[0]
        for match in _HOPES.finditer(text, *whole)
        if not re.search("[;:]", text[min(match.end(), at.q.end) : max(match.start(), at.q.start)])
        and (match.end() <= at.q.start or not match[0].endswith("that"))
    ]
    are_several = bool(statement.carried.course) or any(one.group for one in statement.carried.several)
    both = _BOTH.match(text, statement.start) if are_several and len(added(at, "course")) < _TWO else None
    unreal += [both[0].strip()] if both and at.q.start > both.end() else []
    others = [m for m in others if not _runs_courses(at, m)]
    left = _REMAINING.match(text, at.q.end, statement.end) if statement.carried.course else None
    unreal += [left[0].strip()] if left else []
    kinds = ("area", "course", "group", "funding", "academic", "year", "event", "counted", "measure")
    are_two = any(len({m.value for m in statement.of(kind)}) > 1 for kind in kinds)
    are_two = are_two or bool(statement.of("span"))  # `for the first two cohorts`
    unreal += (
        ["respectively"] if "respectively" in statement.told and not (are_two or statement.carried.several) else []
    )
    found = [*asides, *unreal, *(m.text for m in others), *turned]
    events = statement.of("funding", "event")
    is_denied = at.q.quote[0].isdigit() and at.left.lower().endswith("not ")  # `29,526 people, not 29,818`
    untrue = _UNTRUE.search(text, *whole)
    is_denied = is_denied or (untrue is not None and ":" not in text[untrue.end() : at.q.start])
    is_denied = is_denied or any(
        not any(first <= match.end() and match.start() <= last for first, last in rests)
        and not any(m.start <= match.end() - 1 < m.end for m in events)
        and not any(phrase.covers(match.start()) for phrase in statement.phrases)  # `has never been lower`
        for match in _DENIAL.finditer(text, *span)
    )
    before = [f"'{word}' in the sentence before it" for word in statement.announced]
    return (*(f"'{word}'" for word in found), *before, *(["a denial"] if is_denied else []))


def _runs_courses(at: Around, m: Mention) -> bool:
    """Whether it is said of all that run the courses what these came to: `Providers signed off 29,818 NPQ starts`."""
    noun, before = at.head.noun, at.text[at.statement.start : m.start].rstrip()
    is_bare = _AGENT.search(before) is not None
    is_theirs = at.q.kind == "percent" or (noun is not None and noun.value == "courses")
    is_theirs = is_theirs or any(m.text.lower() in ("completions", "passes") for m in at.after("event")[:1])
    return is_bare and m.text.lower().endswith("providers") and is_theirs
