"""Who paid for what a number counts."""

import re

from npqstats.analysis.factcheck.reading.around import AND, DID_SO, Around
from npqstats.analysis.factcheck.reading.limits import FRAME, WHILE
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.patterns import lazy

_FUNDING = lazy(r"\bfunding\s*:", re.IGNORECASE)
_PAID_BY = lazy(r"\s*\((?:(?P<state>government|DfE|state)|others?|schools?|self|none)\)", re.IGNORECASE)
"""Who paid, in brackets after a number: `Funding: 23,477 (government), 6,063 (other)`."""
_OTHERS = lazy(r"\s*(?:(?:and|the|all)\s+)?(?:others?|the rest)\b", re.IGNORECASE)
FOR_OTHERS = lazy(r"\s+(?:for|of|in|among|amongst)\s+(?:the\s+|all\s+)?(?:others?|rest|remainder)\b(?!\s+\w+\s+of\b)")
OPPOSITE = {"funded": "non-funded", "non-funded": "funded"}
_IS_SAID = lazy(
    r"(?:(?!\b(?:that|which|who|whose)\b)[^,;:.]|,(?=\d))*?\b(?:were|was|are|is|had|have|has|been|came|got)\s+(?:\w+ly\s+)?|\s+"
)
_IT_MOVED = lazy(
    r"\b(?:it|they)\s+(?:has\s+|have\s+|had\s+)?(?:went|gone|rose|risen|fell|fallen|grew|grown|was|were|is|stood|came)\b"
)
_SUCH = lazy(r"\s+such\s+(?:NPQ\s+)?(?:starts|courses|NPQs|participants|teachers|people|cases)\b")
_THAN_FOR = lazy(
    r"\b(?:than|against|compared\s+with)\s+(?:(?:for|of|in|among|that|those|the|with|an?|courses|people|\d[\d,.]*%?)\s+)*$"
)
"""Before who paid for what a number is held against: `89.5%, higher than for funded courses`."""
_TOTALS = ("in total", "in all", "overall", "altogether", "all told", "total")
_VERB = lazy(r"(?:were|was|are|is|had|have|has|been|got)\s+")
_SHARE_THAT = lazy(
    r"\b(?:share|proportion|percentage)\s+of\b[^,;.]*\b(?:that|which|who)\s+(?:(?:was|were|had|are|is)\s+)?$",
    re.IGNORECASE,
)
_INCLUDING = lazy(r"\b(?:including|counting\s+in|together\s+with|adding\s+in)\s[^,;:.\d]{0,40}$", re.IGNORECASE)
_THE_OTHER = lazy(r"\bthe\s+(?:other|remaining)\s+\d")
"""What begins another number: `That is 94.4 per cent, with the other 1,785 paid for by schools.`"""
_YOU_GET = lazy(
    r"\b[Aa]dd(?:ing)?\b.*\b(?:total|tally|sum)\b[^;.]*\s$|\b[Aa]dd(?:ing)?\b.*\band\s+(?:you|we|it)\s+(?:gets?|reach|have|makes?|comes?\s+to)\s+$"
)
_AS_A_WHOLE = lazy(r"\b(?:cohort|intake|group|year|suite|programme)\s+as\s+a\s+whole\b")
_THEY = lazy(r"\W*(?:They|These)\b")
_ADDING = lazy(
    r"\b(?:adding(?:\s+up|\s+together)?|counting(?:\s+both)?|including|combining|taking)\s+(?:(?:both|together|the)\s+)*$"
)
"""Before payers whose courses are added up: `5,367 starts, adding together the funded and the non-funded`."""
_NEW_TOTAL = lazy(
    r",\s+making\s+(?:an?\s+total\s+of\s+)?$|\b(?:bring|tak|mak|giv|lift|push)\w*\s+(?:\w+\s+){0,3}total\s+(?:to|of)\s+$"
)
_NEAR = 60
_OF_WHOM = lazy(r",\s+of\s+(?:whom|which)\b")
_OPENS = lazy(r"[^.;:\d]*:\s+(?:of\s+(?:the\s+)?)?")
_THOSE = lazy(r"\b(?:those|these)\s+(?:starts|courses|NPQs|qualifications)\b")
_THAT_WAY = lazy(r"\b(?:on\s+(?:that|this)\s+basis|(?:that|this)\s+way|on\s+(?:those|these|such)\s+terms)\b")
_WITHOUT_ONE = lazy(r"\b(?:number|total|figure|those|people|participants)\s+without\s+(?:one|it)\s+(?:[\w-]+\s+){0,3}$")
_HAD_ONE = lazy(r"(?:[^.;,]|,(?=\d)){0,40}\s(?:had|begun|started|taken)\s+(?:at\s+least\s+)?one\b")
"""What stands for a course of which the sentence before speaks: `Unfunded NPQs are common: one in ten has had one.`"""
_WHO_WERE = lazy(r"(?:\s+\w+)?\s+(?:who|that|which)\s+(?:are|was|were|had\s+been)\s+")


def funding(at: Around, *, is_far: bool = False) -> tuple[str, bool]:
    """Say who paid for what a number counts, and whether the text says so.

    Args:
        at: The number in its sentence.
        is_far: Whether what is said before a semicolon counts as well.
    """
    found = _funding(at, is_far=is_far)
    return (found, True) if found else ("all", False)


def _funding(at: Around, *, is_far: bool) -> str:  # noqa: PLR0911 (from the nearest words to the farthest)
    q, statement, text = at.q, at.statement, at.text
    if label := _PAID_BY.match(text, q.end) if _FUNDING.search(text, statement.start, q.start) else None:
        return "funded" if label["state"] else "non-funded"
    if found := _pointed_at(at):
        return found
    if _YOU_GET.search(at.left):
        return "all"  # `Add 1,785 starts without funding and you get 31,677.`
    after, before, earlier = _phrases(at, is_far=is_far)
    if not after and any(_has_own_noun(at, m) for m in (before or earlier)[-1:]):
        return ""
    if after or before:
        return (after[:1] or before[-1:])[0].value
    if at.has_parts and earlier and _OPENS.fullmatch(text, earlier[-1].end, statement.inside[0].start):
        return earlier[-1].value  # `Courses without a scholarship were seen through: 1,598 of 1,785.`
    if at.has_parts:  # `They completed 1,598 of the 1,785 courses they started.`
        return _carried_funding(at) if _THEY.match(statement.told) else ""
    if earlier:
        last, (segment, _) = earlier[-1], at.segment
        if _OTHERS.match(text, segment) and last.end <= segment:
            return OPPOSITE.get(last.value, "all")
        is_frame = last.end <= statement.inside[0].start and not statement.within(segment, q.start, "counted")
        has_own = not is_frame and statement.within(segment, at.gap_after[1], "counted", "event", "measure")
        is_near = is_far or not has_own or ";" not in text[last.end : q.start]
        if is_near:
            return last.value
    if q.kind != "count" or at.head.noun is None:
        ahead = [m for m in at.later("funding") if m.end <= at.segment[1] and (q.kind == "count" or m.value != "all")]
        ahead = [m for m in ahead if not (_THAN_FOR.search(text, q.end, m.start) or WHILE.search(text, q.end, m.start))]
        ahead = [m for m in ahead if not _THE_OTHER.search(text, q.end, m.start)]
        ahead = [m for m in ahead if not _OF_WHOM.search(text, q.end, m.start)]  # `, down 32%, of whom 6,063 had none`
        ahead = [m for m in ahead if (m.end > at.next_start or not at.leads_in(m)) and not at.is_of_next(m)]
        is_led = q is statement.inside[0] and not statement.within(statement.start, q.start, "counted")
        apart = ";" if is_led else "[;:]"  # `Nearly sixfold: that is how far ...`
        if ahead and not re.search(apart, text[q.end : ahead[0].start]):
            return ahead[0].value
    own = [m for m in statement.of("funding") if not _THAN_FOR.search(text, q.end, m.start)]
    own = [m for m in own if not _THE_OTHER.search(text, q.end, m.start)]
    own = [m for m in own if not (statement.is_anaphoric and WHILE.search(text, q.end, m.start))]
    is_whole = (
        _AS_A_WHOLE.search(statement.told) is not None
    )  # `A year later that intake as a whole had reached 81.7%.`
    is_named = any((m.value != "all" or q.kind != "percent") and not _is_back(at, m) for m in own)
    return "all" if is_whole else "" if is_named else _carried_funding(at)


def _pointed_at(at: Around) -> str:
    """Say who paid where a number points back to the payer of the sentence before."""
    before = at.earlier("funding")[-1:] or at.statement.passage.within(*at.statement.sentence_before, "funding")[-1:]
    paid = before[0].value if before and before[0].value in OPPOSITE else ""
    if paid and _THAT_WAY.search(at.text, *at.gap_after):
        return paid  # `Unfunded study used to be a rarity. Only 1,785 courses were begun on that basis.`
    # `Four in five had a funded place. The number without one reached 6,063.`
    return OPPOSITE[paid] if paid and _WITHOUT_ONE.search(at.left) else ""


def _phrases(at: Around, *, is_far: bool) -> tuple[list[Mention], list[Mention], list[Mention]]:
    """List who is said to have paid after a number, right before it, and anywhere before it."""
    q, statement, text = at.q, at.statement, at.text
    is_of_later = at.part_of is not None and at.part_of.start > q.start
    after = statement.within(q.end, statement.end if is_of_later else at.gap_after[1], "funding")
    after = [m for m in after if not (at.leads_in(m) or WHILE.search(text, q.end, m.start))]
    after = after or statement.within(*at.predicate, "funding")
    before, earlier = (
        [m for m in found if not (_is_of_others(at, m) or _is_back(at, m))]
        for found in (at.before("funding"), at.earlier("funding"))
    )
    if FOR_OTHERS.match(text, q.end):  # `84.3 per cent for funded courses and 89.5 for the others`
        before, earlier = (
            [m._replace(value=OPPOSITE.get(m.value, "all")) for m in found] for found in (before, earlier)
        )
    if at.after("event"):  # `..., and a mere 241 an unfunded one; 12,097 had yet to take part.`
        before = [m for m in before if ";" not in text[m.end : q.start]]
    # `Including courses for which schools paid, the region saw 3,607 NPQ starts`
    before = [m._replace(value="all") if _INCLUDING.search(text, statement.start, m.start) else m for m in before]
    after = [m._replace(value="all") if _ADDING.search(text, q.end, m.start) else m for m in after]
    if _NEW_TOTAL.search(text, q.start - _NEAR, q.start):
        before = [m for m in before if m.value == "all"]  # `191 had no funding, which brings the total to 5,367`
    told = [said for one in at.every if one.q.end <= q.start for said in one.after("funding") if said.value != "all"]
    if told and q.kind == "count" and at.head.noun is None and at.every[0].q.kind == "percent":
        after = [m for m in after if m.value != "all"]  # `One in eighteen was without funding, 1,785 in all.`
    payers = [m for m in before if m.value != "all"]
    before = payers if payers and before[-1].text.lower() in _TOTALS else before  # `Funded starts, in total: 29,425`
    # `Courses without funding were few (1,785), which brings the total to 31,667`
    after = [m for m in after if not ((before or earlier) and m.value == "all" and "," in text[q.end : m.start])]
    if q.kind == "percent" or is_far:
        after, earlier = ([m for m in found if m.value != "all"] for found in (after, earlier))  # It is the whole.
        before = [m for m in before if m.value != "all" or not text[: m.start].endswith(("of the ", "of "))]
    if at.has_parts:
        noun = at.head.noun
        # `a quarter of the 23,477 who were funded`
        own = [m for m in after if _WHO_WERE.fullmatch(text, q.end, m.start)]
        # `Of 1,785 starts without scholarship money, 89.5% had been completed.`
        own = own or [m for m in after if noun and m.text.lower().startswith("without") and m.start == noun.end + 1]
        # `1,785 starts (5.6 per cent) were non-funded, and of these 1,598 have been completed`
        is_said = at.predicate[1] > q.end and at.beside(at.following[0]).is_in_brackets
        after = own or [m for m in after if is_said or (noun is not None and m.start < noun.end)]
        # `Among funded courses, 25,185 of 29,892 have been completed.`
        frame = FRAME.match(text, statement.start, statement.inside[0].start)
        before = before or (statement.within(*frame.span(), "funding") if frame else [])
    if at.joined and not (after or before or earlier) and at.joined.q.kind == q.kind:
        after = at.joined.after("funding")  # `8,625, then 9,157 funded NPQs`
    own = at.after("counted", "group")[-1:] if at.following and not after else []
    if own and AND.fullmatch(text, own[0].end, at.next_start):
        later = at.beside(at.following[0])  # `27,473 full-time and 3,931 part-time funded participants`
        nouns = later.after("counted", "group")[:1]
        after = [m for m in later.after("funding") if nouns and m.start >= nouns[0].end]
    return after, before, earlier


def _has_own_noun(at: Around, payer: Mention) -> bool:
    """Whether a number has a noun without the payer of that before: `from 29,892 funded starts to 38,906 starts`."""
    before = [
        one for one in at.every if one.q.end <= payer.start and one.head.noun and one.head.noun.start >= payer.end
    ]
    nouns = [one.head.noun.value for one in (*before[-1:], at) if one.head.noun is not None]
    is_next = bool(before) and before[-1].following[:1] == [at.q] and nouns[:1] == nouns[1:]
    return is_next and ";" not in at.text[before[-1].q.end : at.q.start]


def _carried_funding(at: Around) -> str:
    """Say who paid where only the text before or the heading says so."""
    statement, q = at.statement, at.q
    carried, heading = statement.carried, statement.heading
    is_bare = not statement.of("counted", "measure")
    is_new = bool(statement.of("event")) and bool(statement.of("topic"))  # `That is 11% of teachers starting an NPQ`
    is_of_same = is_bare or at.leans or _IT_MOVED.search(at.left) is not None
    is_of_same = is_of_same or (q.kind in ("percent", "factor") and statement.is_anaphoric and not is_new)
    is_of_same = is_of_same or _THOSE.search(statement.told) is not None or DID_SO.match(at.text, q.end) is not None
    is_framed = "funding" in carried.own and not carried.is_other
    if carried.is_funding_named and (is_framed or (carried.is_about and is_of_same)):
        return carried.funding
    # `... remain a rarity. Just 29 were begun.`
    is_of_such = is_bare or statement.is_anaphoric or _SUCH.match(at.text, q.end) or _HAD_ONE.match(at.text, q.end)
    if carried.is_caption and carried.funding in OPPOSITE and is_of_such:
        return carried.funding  # `Some courses went ahead without funding. There were 46 such starts.`
    is_fragment = carried.is_caption and not at.earlier("event", "counted", "measure") and not at.after("event")
    if is_fragment and carried.funding in OPPOSITE and at.head.noun is not None and q is statement.inside[0]:
        return carried.funding  # `There were NPQs without funding from the start. 1,785 courses in 2021/22.`
    return heading.funding if heading.is_funding_named else ""


def _is_back(at: Around, m: Mention) -> bool:
    """Whether a total is that of what the text was speaking of: `A year before, the total was 427`."""
    is_bare = not at.statement.of("counted", "event", "measure")
    is_verb = m.text == "total" and at.text[m.end : at.q.start] == " " and at.text[m.start - 2 : m.start] == "s "
    return is_verb or (is_bare and m.value == "all" and m.text.lower() in ("total", "the total"))


def _is_of_others(at: Around, payer: Mention) -> bool:
    """Whether another clause says who paid for others: `23,477 had their fees covered, and 88.4% of schools have`."""
    spans = [span for span in at.statement.clauses if not span[0] <= at.q.start < span[1]]
    if any(start <= payer.start < end for start, end in spans):
        return True
    ends = [one.stop for one in at.every if one.q.end <= payer.start < one.stop]
    later = [one for one in at.every if ends and ends[-1] < one.q.start <= at.q.start]
    return any(one.after("counted") and one.after("event") for one in later)


def is_of_payer(at: Around) -> bool:
    """Whether a share is said to be of those that somebody paid for, not of what one payer paid for.

    `93.3% of starts were funded`, `the state paid for 93.3% of starts`, not `11.4% of funded starts were in London`.
    """
    statement, q, text = at.statement, at.q, at.text
    for m in (m for m in statement.of("funding") if m.value in OPPOSITE):
        if m.start >= q.end:
            nouns = statement.within(q.end, m.start, "counted", "event", "course")
            verb = _VERB.match(m.text.lower())
            said_of = text[nouns[-1].end if nouns else q.end : m.start] + (verb[0] if verb else "")
            if _IS_SAID.fullmatch(said_of) and (nouns or said_of.strip()):
                return True
        elif m.end <= q.start:
            is_next = not text[m.end : at.lead_start].strip()
            if is_next or _SHARE_THAT.search(text, statement.start, m.start):
                return True
    return False
