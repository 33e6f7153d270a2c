"""What a number counts that says so only by the number before it: `26,783 had been completed, and 4,894 had not`."""

from collections.abc import Callable
from dataclasses import dataclass

from npqstats.analysis.factcheck.reading.around import DIRECT, Around
from npqstats.analysis.factcheck.reading.number import Subject
from npqstats.analysis.factcheck.reading.role import Role
from npqstats.analysis.factcheck.reading.said import Read, Said
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.vocabulary.patterns import lazy

_OWN = ("counted", "measure", "event")
_LEAVING = lazy(
    r" (?:leaving|leaves|left|meaning(?: that)?|which (?:means|meant)(?: that)?) (?:just |only |some |about )?$"
)
"""What brings in those that did not: `..., leaving 4,894 that had not`."""
_OF_THOSE_BEGUN = lazy(
    r"\s+of\s+(?:those|the\s+ones|courses)\s+(?:begun|started)\s+(?:in\s+20\d\d\S{0,3}|the\s+(?:following|next)\s+year|a\s+year\s+later)(?:[.,;]|$)"
)
_ELIDED = lazy(r"\s+(?:had|have|has|were|was)(?:\s+not|n['’]t)(?=[.,;]|$)")
"""What has the verb of the number before: `26,783 had been completed, and 4,894 had not`."""
_OF_PART = lazy(
    r"[;,]\s+(?:(?:and|but|while)\s+)?(?:for|of|among|in|with)\s+(?:the\s+|those\s+)?(?:[\w-]+\s+){1,3}?"
    r"(?:it|this|the\s+(?:rate|share|figure))\s+(?:was|is|st(?:ood|ands)\s+at)\s+(?:\w+\s+)?$"
)
"""What makes a share that of the number before, of another part: `98.0% passed; of the part-timers it was`."""
_WHEN_IT_WAS = lazy(
    r",\s+when\s+(?:it|they|the\s+(?:figure|number|total))\s+(?:was|were|stood\s+at|had\s+been)\s+(?:\w+\s+)?$"
)
_AS_MANY = lazy(r"\s+as\s+many\s+as\s+(?:in|a\s+year|the\s+year|the\s+\d[\d,]*|two|three)\b")
_AS_MANY_AS_THE = lazy(r"\s+as\s+many\s+as\s+the\s+")
_NEXT_HEDGED = lazy(r",\s+(?:(?:almost|nearly|about|over|roughly|some|more\s+than)\s+)?$")
_A_RISE = lazy(r"(?: in \S+(?: \S \d+)?)? , an? (?:\w+ )?(?:rise|increase|gain|fall|drop|decrease) of ")
_TAKING_TO = lazy(
    r",\s+(?:taking|bringing|lifting|pushing|raising)\s+(?:the|its)\s+(?:total|number|tally|count|figure)\s+(?:up\s+)?to\s+(?:\w+\s+)?$"
)
_JUST_AFTER = lazy(r"(?:,|;|\band)\s+(?:\w+\s+)?$")
_GAPS = (
    "",
    "one of",
    "staff",
    "staff one of",
    "teachers",
    "colleagues",
    *(
        f"{had}the {end}{at}"
        for had in ("", "had ")
        for end in ("lowest", "highest", "worst", "best", "poorest")
        for at in (",", ", at", "", " at")
    ),
)
"""What lies between a part and its share where the verb is that of the share before."""
_SHARED = ("schools", "workforce", "people")
_APPOSED = lazy(r"[^,;:.()\d]{3,60},\s+(?:or\s+)?(?:(?:about|around|some|nearly|almost|roughly|just\s+over)\s+)?")
_HAVE_BEGUN = lazy(r",?\s+(?:have|had|has)\s+(?:\w+\s+)?(?:begun|started|taken|had)\b")
WHICH_IS = lazy(r",\s+(?:or|which\s+(?:is|was|makes|means|amounts\s+to)|that\s+is)\s[^,;.\d]{0,30}$")
"""What makes a change the size of the one before: `810 more funded NPQs, which is growth of 29.4 per cent`."""
_FIGURE_OF = lazy(r"\b(?:figure|average|rate|share|proportion)\s+of\s+(?:(?:about|some|just|only|nearly)\s+)?$")
_THE = lazy(r"\b(?:than|with|above|below|beside|against)\s+the\s+$")


@dataclass(frozen=True)
class _Two:
    """A number after another one of its sentence."""

    at: Around
    role: Role
    before: list[Read]

    @property
    def q(self) -> Quantity:
        return self.at.q

    @property
    def other(self) -> Quantity:
        return self.before[-1][0]

    @property
    def last(self) -> Said:
        return self.before[-1][1]

    @property
    def is_alike(self) -> bool:
        """Whether both are levels, shares or changes; a rate may be a level or a share."""
        roles = {self.role.name, self.last.role}
        return len(roles) == 1 or (self.q.kind == "percent" and roles <= {"level", "share"})

    @property
    def same(self) -> tuple[Subject, str]:
        """What the number before counts, and what it is a share of."""
        return Subject(self.last.counted, self.last.event, self.last.measure), self.last.whole


def as_before(at: Around, role: Role, before: list[Read]) -> tuple[Subject, str] | None:
    """Return what the number before counts where this one has its verb, or is what is left of it."""
    two = _Two(at, role, before)
    return next((found for rule in _RULES if (found := rule(two))), None)


def _when_it_was(two: _Two) -> tuple[Subject, str] | None:
    """`Up by a third since 2021/22, when it was 31,677`."""
    is_told = two.q.kind == "count" and two.last.role == "change" and two.last.counted != ""
    return (two.same[0], "") if is_told and _WHEN_IT_WAS.search(two.at.left) else None


def _end_of_outcome(two: _Two) -> tuple[Subject, str] | None:
    """`The number of courses completed fell by 45 per cent, from 31,791 among those who started in 2022/23`."""
    is_end = two.q.kind == "count" and two.role.end in ("from", "to") and two.last.event in ("complete", "pass")
    is_led = two.last.role in ("change", "factor") or two.last.end == "from"
    if not is_end or not is_led or two.last.counted != "courses" or two.at.head.noun is not None:
        return None
    return (two.same[0], "") if {m.value for m in two.at.after("event")} <= {"start"} else None


def _taking_to(two: _Two) -> tuple[Subject, str] | None:
    """`About 8,300 more schools had someone start an NPQ, taking the total to 19,207`."""
    is_total = two.q.kind == two.other.kind == "count" and two.last.counted != "" and two.at.head.noun is None
    return (two.same[0], "") if is_total and _TAKING_TO.search(two.at.left) else None


def _times(two: _Two) -> tuple[Subject, str] | None:
    """`Some 2,440 schools have had staff start one without funding, ten times as many as in 2021/22`."""
    if two.last.role == "factor" and _AS_MANY_AS_THE.fullmatch(two.at.text, two.other.end, two.q.start):
        return two.same[0], ""  # `almost six times as many as the 427 of a year ago`
    is_factor = two.role.name == "factor" and two.other.kind == "count" and two.last.role == "level"
    if not is_factor or two.last.counted == "" or not _NEXT_HEDGED.search(two.at.left):
        return None
    return (two.same[0], "") if _AS_MANY.match(two.at.text, two.q.end) else None


def _fewer(two: _Two) -> tuple[Subject, str] | None:
    """`23,222 teachers in the census began one, 13,103 fewer than the year before`."""
    is_of_census = two.last.role == "level" and two.last.counted == "workforce" and two.q.kind == "count"
    if two.role.name != "change" or not is_of_census or two.at.after(*_OWN):
        return None
    return (two.same[0], "") if _JUST_AFTER.search(two.at.text, *two.at.gap_before) else None


def _of_schools(two: _Two) -> tuple[Subject, str] | None:
    """`19,207 schools had had somebody start one, which is 83.3 per cent`."""
    is_share = two.role.name == "share" and two.other.kind == "count" and two.last.counted == "schools"
    if not is_share or two.at.after("counted", "measure") or not WHICH_IS.search(two.at.left):
        return None
    return Subject("schools", two.last.event), ""


def _apposed(two: _Two) -> tuple[Subject, str] | None:
    """`102,080 teachers in England, about one in five, have begun one`."""
    at, counted = two.at, two.last.counted
    is_share = two.other.kind == "count" and two.role.name == "share" and counted in _SHARED
    if not is_share or not _APPOSED.fullmatch(at.text, two.other.end, at.lead_start):
        return None
    is_of_starts = all(m.value == "start" for m in at.statement.within(two.q.end, at.statement.end, "event"))
    if not is_of_starts or not _HAVE_BEGUN.match(at.text, two.q.end):
        return None
    return Subject({"people": "workforce"}.get(counted, counted), "start"), counted


def _of_part(two: _Two) -> tuple[Subject, str] | None:
    """`98.0% passed; of the part-timers it was 97.8%`."""
    is_alike = two.is_alike and two.q.kind == two.other.kind == "percent"
    opened = _OF_PART.search(two.at.left) if is_alike else None
    if opened is None or two.at.after(*_OWN):
        return None
    start = two.at.statement.start + opened.start()
    return None if two.at.statement.within(start, two.q.start, "measure", "event") else two.same


def _goes_on(two: _Two) -> tuple[Subject, str] | None:
    return two.same if two.at.goes_on and two.is_alike and two.last.part_of is None else None


def _of_those_begun(two: _Two) -> tuple[Subject, str] | None:
    """`26,783 of the NPQs begun in 2021/22 had been completed, and 31,791 of those begun in 2022/23`."""
    is_next = two.at.lead.endswith((" and ", " and also ")) and two.q.kind == two.other.kind
    is_outcome = two.last.event in ("complete", "pass") and two.last.role == two.role.name
    is_of_others = _OF_THOSE_BEGUN.match(two.at.text, two.q.end, two.at.statement.end)
    return two.same if is_next and is_outcome and is_of_others else None


def _of_the_move(two: _Two) -> tuple[Subject, str] | None:
    """`Nearly a third fewer teachers signed up for NPQs last year: 29,526`."""
    is_told = two.last.role == "change" and two.last.counted != "" and two.q.kind == "count"
    is_bare = two.at.head.noun is None and two.at.left.endswith(": ")
    return (two.same[0], "") if is_told and is_bare else None


def _of_completed(two: _Two) -> tuple[Subject, str] | None:
    """`30,751 passes from 31,791 completions (96.7 per cent)`."""
    if two.q.kind != "percent" or not is_of(two.before) or two.last.event != "complete":
        return None
    is_beside = two.at.is_in_brackets or two.at.lead.endswith(", or ")
    return (Subject("", "pass", "pass-rate"), "") if is_beside and two.before[-2][1].event == "pass" else None


def _leaving(two: _Two) -> tuple[Subject, str] | None:
    if two.at.rest is None or not _LEAVING.search(two.at.lead):
        return None
    part = two.before[-2][1] if is_of(two.before) else two.last
    ends = [m.value for m in two.at.after("event") if m.value in ("complete", "pass")]
    own = two.at.head.noun.value if two.at.head.noun and two.at.q.kind == "count" else ""
    counted = own or part.counted or part.whole  # `31,791 teachers have finished, leaving 7,115 courses incomplete`
    return Subject(counted, ends[0] if ends else part.event), counted if two.q.kind == "percent" else ""


def _size(two: _Two) -> tuple[Subject, str] | None:
    """`14,022, or 32 per cent`."""
    is_of_share = two.last.end == "to" and two.other.kind == "percent" and two.last.whole in _SHARED
    is_rise = _A_RISE.fullmatch(two.at.lead_from(two.other.end)) is not None
    if two.role.name == "change" and two.q.kind == "percent" and is_of_share and is_rise:
        return two.same  # `The share climbed to 6.74 per cent, a rise of 0.97 per cent`
    is_size = two.role.name == two.last.role == "change" and two.q.kind == "percent"
    if not is_size or two.other.kind not in ("count", "points"):
        return None
    is_next = DIRECT.fullmatch(two.at.text, two.other.end, two.at.lead_start) is not None
    return two.same if is_next or WHICH_IS.search(two.at.left) else None


def _gapped(two: _Two) -> tuple[Subject, str] | None:
    """`26,783 had been completed, and 4,894 had not`, `part-timers completed 83.7 per cent and full-timers 82.1`."""
    if two.role.name != two.last.role:
        return None
    is_elided = two.at.rest is not None and two.role.name == "level" and _ELIDED.match(two.at.text, two.q.end)
    is_gapped = two.role.name == "change" and two.q.kind == two.other.kind and _is_gapped_change(two.at)
    return two.same if is_elided or is_gapped or (two.role.name == "share" and _is_gapped(two.at)) else None


def _end(two: _Two) -> tuple[Subject, str] | None:
    """`4.5 per cent of teachers started one, down from 7.1 per cent`."""
    at, last = two.at, two.last
    is_end = two.role.end in ("from", "to", "than") or _FIGURE_OF.search(at.left) is not None
    is_end = is_end or (two.role.name == "share" == last.role and _THE.search(at.left) is not None)
    own = [m for m in at.before(*_OWN) if "," not in at.text[m.end : two.q.start]]
    is_end = two.q.kind == "percent" and is_end and not own
    is_shared = last.whole in _SHARED or (last.event in ("complete", "pass") and two.role.end == "than")
    return two.same if is_end and is_shared else None


_RULES: tuple[Callable[[_Two], tuple[Subject, str] | None], ...] = (
    *(
        _when_it_was,
        _end_of_outcome,
        _taking_to,
        _times,
        _fewer,
        _of_schools,
        _apposed,
        _of_part,
        _goes_on,
        _of_those_begun,
        _of_the_move,
        _of_completed,
        _leaving,
        _size,
        _gapped,
        _end,
    ),
)
"""The first that says something of a number holds."""


def is_of(read: list[Read]) -> bool:
    """Whether the last number is the whole of the one before it: `20,611 of the 23,320`."""
    return len(read) > 1 and read[-2][1].part_of is read[-1][0]


def _is_gapped(at: Around) -> bool:
    """Whether a share has the verb of the one before: `part-timers completed 83.7 per cent and full-timers 82.1`."""
    if at.before("event", "measure") or at.after("event", "measure", "counted") or at.part_of is not None:
        return False
    return any(at.text[m.end : at.lead_start].strip() in _GAPS for m in at.before("group", "course", "area"))


def _is_gapped_change(at: Around) -> bool:
    """Whether a change has the verb of the one before: `in secondary schools fell by 16%, in primary ones by 33%`."""
    parts = [(m.start, m.end) for m in at.before("group", "area", "course")]
    nouns = [
        m for m in at.before("counted", "event", "measure", "direction") if not any(a <= m.start < b for a, b in parts)
    ]
    return bool(parts) and not nouns and at.lead.endswith(" by ")
