"""What a number counts, as far as it leans on the numbers before it or on what the text said before."""

import re

from npqstats.analysis.factcheck.reading.around import Around, Head
from npqstats.analysis.factcheck.reading.as_before import WHICH_IS, as_before
from npqstats.analysis.factcheck.reading.census import UNMATCHED, is_found
from npqstats.analysis.factcheck.reading.number import Subject
from npqstats.analysis.factcheck.reading.role import Role
from npqstats.analysis.factcheck.reading.said import Read, Share
from npqstats.analysis.factcheck.reading.shares import AS_BASE, OF_EVERYTHING, whole
from npqstats.analysis.factcheck.reading.subjects import RATE, subject_of
from npqstats.vocabulary.patterns import lazy

_BY_THOSE = lazy(
    r"\s+(?:(?:by|for)\s+those|by\s+(?:people|teachers|participants|staff|leaders|heads|(?:full|part)[\s-]time(?:rs|\s+\w+)|women|men))\b"
)
_OF_THOSE = lazy(r"\s+of\s+those\s+(?:of|by|from|for|in)\b")
"""What makes a number count the same as the one before: `and 8,093 by those in their forties`."""
_OF_THEM_PASSED = lazy(
    r"\s+of\s+(?:those|these|them)\s+(?:(?:were|was|are|have|had|has|been|also|then|later|since|went\s+on\s+to)\s+)*"
    r"(?:pass(?:ed)?\b|(?:ended|resulted)\s+in\s+a\s+pass\b)"
)
_PASS_OFTEN = lazy(r"\bpass(?:ed|es)?\b[^.;]*\b(?:often|frequently|likel(?:y|ier))\b")
_FOR = lazy(r"\s+(?:for|in|among|on)\s+")
_AND = lazy(r"(?: (?:for|in|among|on)(?: [\w-]+){1,4})?(?: ,)? and (?:just |only )?")
_IS_OF_ENDED = lazy(
    r"[^.;,\d]{0,40}\bis\s+(?:a\s+share\s+)?of\s+(?:the\s+|all\s+)?(?:NPQ\s+)?(?:courses|NPQs|those)\s+"
    r"(?:that\s+(?:were|are|have\s+been)\s+)?(?:completed|finished)\b"
)
_ELLIPTIC = lazy(
    r"\s+(?:an?|in|for|on|with|at)\b(?![^.;,]*\b(?:were|was|are|is|had|have|has|did|started|began|took)\b)"
)
_NEXT_ITEM = lazy(r",\s+(?:and\s+)?(?=by\b)|\band\s+(?=by\b)|;\s|\(")
_WHICH_MAKES = lazy(
    r",\s+(?:(?:so|and)\s+)?(?:which|that|making)(?:['’]s|\s+(?:makes|made|is|was|means))?\s[^,;]{0,30}$"
    r"|,\s+so\s+(?:it|that|this|coverage)\s+(?:(?:has|had|have|is|was)\s+)?[^,;]{0,30}\bby\s+$"
)
"""What says what a share of a year and that before come to: `A year earlier it was 83.3%, which makes a rise of`."""
_FOR_PART = lazy(
    r"\W*(?:(?:But|And|While)\s+)?(?:[Ff]or|[Aa]mong|[Aa]mongst|[Ii]n|[Ww]ith)\s[^,;.:]{3,60}?(?:,\s+[^,;.:\d]{3,40})?,?\s+(?:it|this|that|the\s+(?:figure|rate|share|proportion|percentage))"
    r"\s+(?:was|is|were|st(?:ood|ands)\s+at|reached|came\s+to)\s+(?:\w+\s+){0,2}?$"
)
"""What makes a number what that of the sentence before is, of another part: `For full-time staff it was`."""
_UP_BY = lazy(
    r"(?: in \S+(?: \S \d+)?)? (?:[,:;(] )?"
    r"(?:up|down|an? (?:\w+ )?(?:rise|increase|gain|fall|drop|decrease)) (?:by |of )?"
)
"""What makes a number the size of a change of the share before it: `Now it's 10.5%, up by 8.6%`."""
_THE_MOVE = lazy(r"\W*(?:The|That|This)\s+(?:\w+\s+)?(?:rise|fall|drop|increase|decrease|gain|decline)\s+of\s+$")
_SHARED = ("schools", "workforce", "people")
_THE_SHARE = lazy(
    r"\b(?:(?:the|that|this|its|their)\s+(?:\w+\s+)?(?:share|proportion|percentage|rate)|coverage)\s+(?!of\b)",
    re.IGNORECASE,
)
_IT_IS = lazy(r" (?:it|that|this|they|which) (?:is|was|are|were) (?:now |about |some |over |almost |nearly )*$")
_AND_OF = lazy(r" of (?:the |those |all )?(?:\w+ ){1,2}and ")
_COVERAGE = lazy(r"\b[Cc]overage\b")
_TARGET = lazy(r"\b(?:targets?|goals?|aim(?:ed)?|ambitions?|pledged?|promised?|wanted)\b")
_ABOVE = 200
"""Characters before a sentence in which a target is one that it may speak of."""
_SHORT_OF = lazy(
    r"\s+(?:(?:places|starts|courses|NPQs)\s+)?(?:short|shy|adrift|away\s+from|below)\b(?!\s+(?:the\s+)?20)"
)
_SHORTFALL = lazy(
    r"\b(?:gap|shortfall|deficit)(?:\s+\w+){0,3}\s+(?:of|by|was|is)\s+$|\b(?:short|missed)\b[^.;]*\sby\s+$"
)
BESIDES = lazy(r"\b(?:compared|than|against|followed|versus)\b")


def counted_by(  # noqa: PLR0911 (from the nearest words to the farthest)
    at: Around, head: Head, role: Role, before: list[Read]
) -> tuple[Subject, str]:
    """Say what a number counts, and what it is a share of."""
    before = _outside(at, role, before)
    if same := as_before(at, role, before) if before else _as_carried(at):
        return same
    if at.is_in_brackets and at.q.kind == "count" and before and not head.noun and before[-1][1].whole == "schools":
        return Subject("schools", before[-1][1].event), ""  # `One school in ten (2,440) has had one.`
    if (
        role.name == "factor"
        and before
        and before[-1][0].kind == "count"
        and (_IT_IS.search(at.lead) or at.lead == " , ")
    ):
        last = before[-1][1]  # `At the end of the first year it was 28,045; it is now 3.6 times as large.`
        return Subject(last.counted, last.event, last.measure), ""
    is_done = bool(before) and before[-1][1].event == "complete" and before[-1][1].role == "share"
    if is_done and at.q.kind == "percent" and _OF_THEM_PASSED.match(at.text, at.q.end):
        return Subject("courses", "pass"), "completions"  # `81.7% have been completed, and 96.7% of those were passed`
    if at.q.kind == "percent" and _PASS_OFTEN.search(at.left) and at.statement.carried.event == "complete":
        return Subject("courses", "pass"), "completions"  # `They passed more often as well: 98.8 per cent`
    if at.q.kind == "percent" and _IS_OF_ENDED.match(at.text, at.q.end):
        return Subject("courses", "pass"), "completions"  # `The 98.7 per cent that he admires is of courses completed`
    of = "" if before and _OF_THOSE.match(at.text, at.q.end) else whole(at, role.name)
    is_of_passes = bool(before) and before[-1][1].event == "pass" and of in ("completions", "courses")
    if is_of_passes and (WHICH_IS.search(at.left) or _AND_OF.fullmatch(at.lead_from(before[-1][0].end))):
        # `57,183 have been passed, which is 97.6% of those completed and 81% of the courses begun`
        return Subject("courses", "pass"), of
    is_of_rate = role.name == "factor" and RATE.match(at.text, at.q.end) is not None
    # `completion was 86.0 per cent for headship and 77.1 per cent for executive leadership`
    is_next = bool(before) and _FOR.match(at.text, at.q.end) and _AND.fullmatch(at.lead_from(before[-1][0].end))
    is_held = bool(before) and (role.end in ("from", "than") or is_next) and of == before[-1][1].whole
    is_free = not (of or is_of_rate) or is_held
    if before and not head.noun and is_free and _leans(at, role, before):
        last = before[-1][1]
        is_of_workforce = before[-1][0].kind == "points" and last.counted in ("people", "workforce")
        is_of_schools = last.role == "share" and last.counted == "schools"
        of = last.whole or ("workforce" if is_of_workforce and not last.measure else "schools" if is_of_schools else "")
        return Subject(last.counted, last.event, last.measure), of
    source = before[-1][1] if before else at.statement.carried
    is_of_share = source.whole in _SHARED and (
        (role.name == "change" and at.q.kind in ("percent", "points"))
        or (role.name == "share" and not at.statement.of("counted", "measure"))
    )
    if is_of_share and not of and _THE_SHARE.search(at.text, *at.gap_before):
        # `so coverage has grown by 5.1%`
        return Subject(source.counted, source.event, source.measure), source.whole
    is_covered = _COVERAGE.search(at.text, *at.gap_before) and not at.statement.of("counted", "measure")
    if is_covered and role.name in ("change", "share") and source.counted in ("schools", "workforce") and not of:
        return Subject(
            source.counted, source.event
        ), source.counted  # `20,611 schools. Coverage went up by 5.1 points.`
    subject = subject_of(at, head.noun, of, role.name, before)
    is_move = role.name == "change" or (role.end != "" and at.q.kind == "percent")
    if (
        is_move
        and not (before or subject.counted or of)
        and (_is_elliptic(at) or at.statement.is_anaphoric or at.leans or _THE_MOVE.match(at.left))
    ):
        of = at.statement.carried.whole  # `4.5 per cent of teachers started one. That is a fall of 2.6 points.`
    return _led(at, subject, of, before) if at.q.kind == "percent" and role.name == "share" else (subject, of)


def _outside(at: Around, role: Role, before: list[Read]) -> list[Read]:
    """Leave out the numbers in brackets that come between two alike: `78.6% (23,222 of 29,526), down from 89.0%`."""
    outer = [n for n, (q, _) in enumerate(before) if not at.beside(q).is_bracketed]
    is_inserted = bool(outer) and outer[-1] < len(before) - 1 and role.end == "from" and not at.is_bracketed
    is_alike = is_inserted and before[outer[-1]][0].kind == at.q.kind != before[-1][0].kind
    return before[: outer[-1] + 1] if is_alike else before


def _as_carried(at: Around) -> tuple[Subject, str] | None:
    """Return what the sentence before counts where this one names another part, and nothing that is counted."""
    carried = at.statement.carried
    is_rate = carried.measure != "" or carried.event in ("complete", "pass")
    is_of_part = is_rate and _FOR_PART.match(at.left) is not None
    is_bare = at.q.kind == "percent" and "rate" in carried.measure and _is_elliptic(at)
    # `In the same tables part-time staff (83.7%) did a little better than full-time staff (82.1%).`
    is_bracketed = at.q.kind == "percent" and at.is_in_brackets and "rate" in carried.measure
    is_bracketed = is_bracketed and not at.statement.of("measure", "event")
    is_same = is_of_part or is_bare or is_bracketed
    return (Subject(carried.counted, carried.event, carried.measure), carried.whole) if is_same else None


def _is_elliptic(at: Around) -> bool:
    """Whether a sentence says nothing of what it counts: `Executive leadership had the lowest, 77.1%`."""
    events = {m.text.lower() for m in at.statement.of("event")}
    return not at.statement.of("counted", "measure", "coverage") and events <= {"had", "has", "have"}


def _led(at: Around, subject: Subject, of: str, before: list[Read]) -> tuple[Subject, str]:
    """Take a share for one of what the text before says: alone, or beside its count, `31,510 (5.5 per cent)`."""
    statement, carried = at.statement, at.statement.carried
    is_beside = bool(before) and at.is_in_brackets and before[-1][0].kind == "count"
    if is_beside and before[-1][1].counted == "schools":
        return Subject("schools", before[-1][1].event), ""  # `20,611 schools have a starter (88.4%)`
    if not (of or subject.measure or (before and not is_beside) or statement.of("counted", "funding")):
        shared = carried.share if before else Share(carried.whole)
        of = shared.whole
        subject = Subject(subject.counted, shared.event or subject.event) if of else subject
    if AS_BASE.search(statement.told) and carried.event in ("complete", "pass"):
        return subject._replace(event=carried.event), "courses"  # `Measured against courses begun, that is 83.4%.`
    is_of_starts = subject.event == "start" and not subject.measure and of in ("", "courses", "participants")
    is_of_teachers = any(m.text.lower() in ("teachers", "leaders", "staff") for m in at.after("counted")[:1])
    is_of_starts = is_of_starts and subject.counted != "schools" and not is_of_teachers
    is_of_starts = is_of_starts and not statement.of("course", "group", "funding")
    is_inserted = bool(before) and at.text[before[-1][0].end : at.q.start].strip() == "("
    source = before[-1][1] if is_inserted else carried  # `26,432 (83.4% of the courses begun) have been passed`
    if is_of_starts and source.event in ("complete", "pass"):
        # All that were started were started: `84.6% were finished. Of those started in 2022/23 it is 81.7%.`
        is_of_passed = source.event == "pass" and not OF_EVERYTHING.match(at.text, at.q.end)
        is_of_passed = is_of_passed and not (is_inserted and of == "courses")
        return subject._replace(event=source.event), "completions" if is_of_passed else of or "courses"
    return subject, of


def _leans(at: Around, role: Role, before: list[Read]) -> bool:
    """Whether a number counts the same as the one before it, of another year, area or funding."""
    (other, said), q = before[-1], at.q
    named = [m for m in at.before("counted", "measure", "event") if "," not in at.text[m.end : q.start]]
    is_size = role.name == "change" != said.role and not named  # `to 4.5% of teachers, a fall of more than a third`
    is_told = is_size and said.role == "share" and _WHICH_MAKES.search(at.left) is not None
    is_alone = is_size and said.role == "share" and other.kind == q.kind == "percent" and len(before) == 1
    is_up_by = is_alone and _UP_BY.fullmatch(at.lead_from(other.end)) is not None
    is_told = is_told or (is_up_by and not at.after("counted", "measure"))
    is_of_two = is_told or (is_size and [one.kind for one, _ in before[-2:]] == [q.kind] * 2 == ["percent"] * 2)
    if {other.kind, q.kind} == {"percent", "points"} or is_of_two:
        # `4.5 per cent, a fall of 2.6 points`, `by 5.1 points to 88.4%`, `7.1 per cent and 4.5 per cent, a fall of 37%`
        return is_size or (q.kind == "percent" and role.end in ("from", "to"))
    if q.kind == "factor" and other.kind == "count" and said.end in ("from", "than", "to"):
        return True  # `2,440, against 427 a year before: 5.7 times as many`
    is_share = {other.kind, q.kind} <= {"percent", "all", "none"} and at.is_in_brackets  # `nearly all (98.7%)`
    if not (other.kind == q.kind or is_share) or said.role == "change":
        return False
    # `by 38,695 participants, and those who could be matched to the census (32,302)`
    is_of_others = at.is_in_brackets and q.kind == "count" and is_found(at)
    if is_of_others or (role.end == "from" and said.end == "to" and at.before("counted")):
        return False  # `starts went from 43,840 to 29,818, and participants from 43,535 to 29,526`
    is_of_those = (said.role == role.name and _BY_THOSE.match(at.text, q.end)) or _OF_THOSE.match(at.text, q.end)
    if role.end in ("from", "than") or (role.end == "to" and said.end == "from") or is_of_those:
        return True
    nouns = at.before("counted", "measure")
    is_listed = role.end != "to" and all(m.value in (said.counted, said.whole) for m in nouns)
    is_listed = at.is_in_brackets and bool(is_listed or BESIDES.search(at.text, *at.gap_before))
    is_elliptic = bool(_ELLIPTIC.match(at.text, q.end) or _is_bare(at)) and role.name == "share"
    is_elliptic = is_elliptic and said.role in ("share", "level")
    return (role.end == "to" and not nouns) or is_listed or is_elliptic or at.points_back


def _is_bare(at: Around) -> bool:
    """Whether nothing but a year goes with a number: `; in 2023/24, 7.1%`."""
    kinds = ("counted", "event", "measure", "coverage", "funding", "course", "group", "basis")
    breaks = [match.end() for match in _NEXT_ITEM.finditer(at.text, *at.gap_before)]
    start = breaks[-1] if breaks else at.gap_before[0]
    return not (at.statement.within(start, at.q.start, *kinds) or at.after(*kinds))


def left_of_what(at: Around, before: list[Read]) -> str:
    """Of what a number is left: the target (`35,577 short of it`), or the participants (`could not be matched`)."""
    if at.q.kind != "count" or at.has_parts:
        return ""
    is_of_later = at.part_of is not None and at.part_of.start >= at.q.end
    end = at.beside(at.part_of).gap_after[1] if at.part_of and is_of_later else at.gap_after[1]
    if UNMATCHED.search(at.text, at.q.end, end) or UNMATCHED.search(at.text, *at.predicate):
        return "participants"
    is_aimed = any(said.role == "target" for _, said in before)
    is_aimed = is_aimed or _TARGET.search(at.text, max(0, at.statement.start - _ABOVE), at.statement.end) is not None
    is_short = _SHORT_OF.match(at.text, at.q.end) or _SHORTFALL.search(at.text, at.statement.start, at.lead_start)
    return "target" if is_aimed and is_short else ""
