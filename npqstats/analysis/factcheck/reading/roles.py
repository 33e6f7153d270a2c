"""Whether a number is a level, a change or a share, in which direction, and of what."""

import re
from collections.abc import Callable

from npqstats.analysis.factcheck.reading.around import DIRECT, WHO_DID, Around
from npqstats.analysis.factcheck.reading.left_out import LEFT_OUT, left_out_by
from npqstats.analysis.factcheck.reading.moves import (
    added,
    after_move,
    apposed,
    comparative,
    difference,
    elsewhere,
    end_of_move,
    further,
    in_brackets,
    lost,
    move_before,
    of_the_rise,
    size_after_move,
    size_before_move,
    start_of_move,
    than_the,
)
from npqstats.analysis.factcheck.reading.role import NOUNS, PARTS, THAN, Place, Role
from npqstats.analysis.factcheck.reading.said import Read
from npqstats.analysis.factcheck.reading.shares import whole
from npqstats.vocabulary.claims import words
from npqstats.vocabulary.patterns import lazy

_ARROW = lazy(r"\s*(?:(?P<up>[▲△⬆↑↗])|[▼▽⬇↓↘])")
_TO_TARGET = lazy(r" (?:of|for|at|to|was|is) (?:(?:train|deliver|fund|provide|offer|reach|support)\w* )?$")
_PAID_FOR = lazy(r" (?:funding|money|cash|budget) to (?:deliver|fund|provide|offer|support) (?:up to )?$")
_PROMISED = (" promised ", " pledged ", " promise of ", " pledge of ", " promising ", " pledging ")
_AIM = lazy(
    r" (?:target|goal|(?:target|goal|promise|pledge|aim|ambition) :"
    r"|plan (?:[^.;:]* )?was (?:for|to fund|to provide|to deliver|to train)) $"
)
_PLANS = lazy(
    r" (?:pledg|promis|commit|announc)\w* £ ?[\d.]+ ?\w* (?:and|for) $"
    r"| (?:commit\w*|pledg\w*|undert[oa]\w*|promis\w*|announc\w*|plan\w*|aim\w*|would|will|set out|set aside|allocat\w*"
    r"|funding|money)(?= )[^.;]* (?:provide|deliver|fund|offer|support|train|pay for|for) (?:up to )?$"
)
_OVER_YEARS = lazy(
    r"[^.;]*? (?:over|across|in|during|within) (?:(?:the|a) (?:next )?)?\w+ (?:- )?(?:academic )?years? "
)
_TO_BE = lazy(r" (?:[\w-]+ ){0,4}to be (?:delivered|provided|funded|offered|taken up) ")
"""What makes a number one of a plan: `committed £184 million to provide 150,000 NPQs over the next three years`."""
_REVISED = lazy(r" (?:corrected|revised|amended|restated|adjusted)(?: (?:up|down)(?:wards?)?)? from $")
_TARGET_NEXT = lazy(
    r" (?:[\w-]+ ){0,2}target | (?:(?!than )(?:[\w-]+ ){1,2})?(?:(?:that|which) )?(?:(?:the )?\w+ )?"
    r"(?:had |was |were )?(?:been )?(?:promised|pledged|wanted|sought|planned|(?:hoped|aimed|asked|called) for) "
    r"| that ministers set out to | it (?:had been |was )set "
)
"""What makes the number before it a target: `150,000 places ministers had promised`."""
_SHARE_OF = lazy(
    r" (?:of )?(?:the (?!total|whole|\w* ?workforce|year (?:before|earlier))|that "
    r"|what (?!was |were |has been |had been )|as (?:many|much|high|low) "
    r"|last year ?'s |its |their (?:20\d\d(?: \S \d+)? )?level |where (?:it|they) )[^.;]{0,50}"
)
"""What makes `two thirds` a multiple of an earlier figure: `two thirds of the figure of the year before`."""
_OF_A_YEAR = lazy(
    r" of (?:the previous|last|the year|what(?! (?:was|were|had been|has been) (?:started|begun|completed|finished))"
    r"|that(?! (?:\w+ )?(?:cohort|intake|year's))|where|its|their(?= 20| level)"
    r"|the 20(?!\d\d(?: \S \d+)? (?:cohort|intake|starter|entrant|group|course|npq|ones))"
    r"|(?:the|its|their) (?:total|number|figure|level|count|tally) (?:(?:of|for|in|from) )?"
    r"(?:the year before|the previous year|last year|a year (?:before|earlier)))"
)
_HAD_BEGUN = lazy(r" (?:npqs? |courses |of them )?(?:had|have|has) been (?:started|begun|taken)\b")
_MAKES_UP = lazy(r" (?:constitut|account|mak|made|compris|represent|form)\w* (?:up |for )?$")
_OF_A_COUNT = lazy(
    r" of (?:(?:last|that|this|the) year ?'s |the |all |its |their )?(?:20\d\d(?: \S \d+)? |\d[\d,]+ )?"
    r"(?:(?:completed|finished|passed|(?:non - |un)?funded|reformed|new) )?(?:npq )?"
    r"(?:teach|work|school|start|course|npq|particip|those|people|staff|leaders|learners|takers|colleagues|intake|cohort|entrants|lot\b|crop\b|batch\b|recruits|joiners)"
)
_OR_SO_MUCH = lazy(r"[^;:.()\d]{0,20}(?:in\s+20\d\d/\d\d)?\s*(?:,\s+(?:or|but)|\(|[\u2013\u2014])\s*")
_IT_IS = lazy(
    r"\b(?:it|that|this|the\s+(?:figure|number|percentage|change|answer))(?:\s+(?:is|was|becomes|became|would\s+be|would\s+have\s+been|comes\s+to|came\s+to)|['\u2019]s)\s+(?:\w+\s+)?$"
)
"""What makes a number the change of which the text was speaking."""
_GROWTH = lazy(
    r" growth [^.;]*(?:slowed|eased|cooled|accelerated|quickened|sped up|picked up) (?:[^.;]|\.\d)*(?:from|to) $"
)
_FASTER = tuple(f" {word} than " for word in ("faster", "slower", "quicker", "steeper"))
_PAST = lazy(r" (?:back )?(?:to )?(?:just |well )?(?:below|under|beneath|above|over|past|beyond) (?:the )?")
"""What makes a number the level that was passed: `fell below 30,000`."""
_OF_ALL = lazy(
    r" of (?:(?:the |all )?(?:20\d\d(?: \S \d+)? )?(?:teaching )?(?:workforce|teachers|schools|profession)"
    r"|(?:all|everybody|everyone)\b|the (?:total|whole|overall)(?! (?:in|for|of) )|those (?:who|taking|starting))"
)
_THEN_TO = lazy(r" (?:, )?(?:and )?then (?:to )?| in 20\d\d / \d\d(?: ,| and| , and)(?: then)? (?:to )?")
_OR = lazy(r"(?: in \S+(?: \S \d+)?)?(?: ,)? or ")
"""What lies between the end of a move and its size: `to 9,157 in 2022/23, or 6.2 per cent`."""
_IN_WHAT = lazy(r"\s+(?:in|of|for)\s+(?:[^,;:.()\d]+|20\d\d/\d+)(?=[,(])")
_FURTHER = frozenset(["another", "further", "by", "additional", "extra"])
_AGAIN = _FURTHER | {"and", "but", "then", "followed", "a", "an", "added", "adding"}
_BETWEEN = {",", "(", ")", "of", "in", "on", "for", "over", "from", "since", "the", "that", "those", "figure", "level"}
_BETWEEN |= {"number", "more", "between", "to"}
"""What lies between two changes besides their years: `rises of 22.8 per cent in 2022/23 and another 12.7 per cent`."""
_RANGED = lazy(r" (?:rang|vari|vary|fluctuat|oscillat|swung|swing|waver)\w* (?:\w+ly )?(?:from |between |anywhere )*$")
_RANGED_OVER = lazy(r" (?:rang|vari|vary)\w* (?:\w+ly )?(?:from |between )(?:[^.;]|\.\d)*$")
_EXTREME = lazy(r" (?:its|their) (?:\w+ ){0,2}?(peak|high|low) of $")
_OTHER_BOUND = {"low": "high", "high": "low"}


def _revised(place: Place) -> Role | None:
    """`Were corrected from 2,213 to 3,102`: two figures of one thing."""
    if _REVISED.search(place.left):
        return place.plain
    if not place.before or not _REVISED.search(place.at.beside(place.before[-1][0]).lead):
        return None
    return place.plain if place.at.lead_from(place.before[-1][0].end) == " to " else None


def _who_did(place: Place) -> Role | None:
    """`409,878 have never begun one, as against 102,080 who have`: of the same year."""
    is_alone = place.q.kind == "count" and not place.at.after("academic", "year")
    return place.plain if is_alone and WHO_DID.match(place.at.text, place.q.end) else None


def _target(place: Place) -> Role | None:
    """`The target of 150,000`, `150,000 is the target`."""
    is_share = place.q.kind == "percent" and place.left.endswith((" that is ", " which is ", " it is ", " this is "))
    if is_share or place.left.endswith((" up from ", " up to ")) or LEFT_OUT.search(place.statement.told):
        return None
    if place.q.kind == "count" and (place.left.endswith(_PROMISED) or _PAID_FOR.search(place.left)):
        return Role("target")
    targets = words().reading["targets"]
    asides = [
        last for first, last in place.statement.reasons if first == place.statement.start and last <= place.q.start
    ]
    left = place.at.lead_from(asides[0]) if asides else place.left  # `To set the scene, ...`
    if place.q.kind == "count" and _HAD_BEGUN.match(place.right):
        return None  # `They missed the target: 114,423 courses had been started by then`
    if place.q.kind == "count" and _AIM.search(place.left):
        return Role("target")
    named = _TO_TARGET.search(left) if targets & {*left.split()} else None
    near = left[: named.start()].replace(";", ".").rpartition(".")[2].split()[-10:] if named else []
    is_planned = _PLANS.search(place.left) and _OVER_YEARS.match(place.right)
    if place.q.kind == "count" and (is_planned or _TO_BE.match(place.right)):
        return Role("target")
    is_next = _TARGET_NEXT.match(place.right) and not (place.q.kind == "percent" and place.right.startswith(" of "))
    return Role("target") if targets & {*near} or is_next else None


def _multiple(place: Place) -> Role | None:
    """`Two thirds of the previous year's`, `68 per cent of last year's`."""
    q = place.q
    if q.kind != "percent" or place.left.endswith((" by ", *THAN)) or " in " in q.quote:
        return None  # `More than eight in ten of the first NPQ cohort have finished.`
    if place.statement.tokens(place.at.gap_before[0], q.start).endswith(" the "):
        return None  # `more than the 81.7 per cent of the year after`
    if _MAKES_UP.search(place.left) or whole(place.at, "share") == "target":
        return None
    if place.is_first and place.between == " ":
        return Role("change", place.sign)  # `lost a third of its starts`
    is_of_figure = _OF_A_YEAR.match(place.right) or (q.is_word and _SHARE_OF.match(place.right))
    if not is_of_figure or _OF_A_COUNT.match(place.right):
        return None
    ahead = place.at.later("year", "academic") if place.right.startswith(" as ") else place.at.after("year", "academic")
    is_its_own = place.right.startswith(f" of the {place.statement.passage.anchor.newest // 100} ")
    return Role("factor") if ahead and not is_its_own else None  # but `10,537, or 35.3% of the 2024/25 total`


def _rate_of_growth(place: Place) -> Role | None:
    """`Growth in starts slowed from 22.8 per cent in 2022/23 to 12.7 per cent in 2023/24`."""
    if place.q.kind == "percent" and place.said.role == "change" and place.left.endswith(_FASTER):
        return Role("change", place.said.direction)
    is_growth = place.q.kind == "percent" and _GROWTH.search(place.left)
    return Role("change", place.said.direction or 1) if is_growth else None


def _of_workforce(place: Place) -> Role | None:
    """`To 102,080, or 19.9 per cent of the workforce`, `of the total`: a share of what was reached, not a size."""
    is_end = place.q.kind == "percent" and place.said.end == "to" and place.before[-1][0].kind == "count"
    return Role("share") if is_end and _OF_ALL.match(place.right) else None


def _bound(place: Place) -> Role | None:
    """`Has ranged from 29,818 to 43,840`, `an average of 36,060 a year`: least, most and mean of all years."""
    if place.at.is_mean and place.q.kind == "count":
        return Role("level", 0, "mean")
    following, said = place.at.following[:1], place.said
    at = place.at
    if at.after(*PARTS) and _RANGED_OVER.search(place.left):
        return place.plain  # `Rates ranged from 77.1 per cent for executive leadership to 86.0 per cent for headship.`
    if (extreme := _EXTREME.search(place.left)) and not (at.before("academic", "year") or at.after("academic", "year")):
        return Role(place.plain.name, 0, "low" if extreme[1] == "low" else "high")
    if _RANGED.search(place.left) and following:
        return Role(place.plain.name, 0, "low" if place.q.value < following[0].value else "high")
    if said.end in _OTHER_BOUND and place.at.lead_from(place.before[-1][0].end).endswith((" to ", " and ")):
        return Role(place.plain.name, 0, _OTHER_BOUND[said.end])
    return None


def _past_level(place: Place) -> Role | None:
    """`Fell below 30,000`."""
    if place.last is None or place.q.kind != "count" or place.last.text.endswith("by"):
        return None
    is_past = _PAST.fullmatch(place.statement.tokens(place.last.end, place.q.start))
    return Role("level", place.sign, "to") if is_past else None


def _and_then(place: Place) -> Role | None:
    """`From 5.5% to 6.3% and then 7.1%`, `to 16,391 in 2022/23, 19,207 in 2023/24`: the next level that is reached."""
    is_end = bool(place.before) and place.said.end == "to" and place.before[-1][0].kind == place.q.kind
    is_next = is_end and _THEN_TO.fullmatch(place.at.lead_from(place.before[-1][0].end)) is not None
    return Role("level", 0, "to") if is_next else None


def _as_before(place: Place) -> Role | None:
    """`A fall of 14,022, or 32 per cent`, `by 14,022 on 2023/24 and 9,088 on 2022/23`."""
    if not place.before:
        return None
    start, q = place.before[-1][0].end, place.q
    is_of_kind = q.kind in ("percent", "points") and not place.right.startswith(
        (" as ", " of the ")
    )  # `less than half as much`
    led = _IN_WHAT.match(place.at.text, start, q.start)
    is_beside = DIRECT.fullmatch(place.at.text, led.end() if led else start, q.start)
    between = place.at.text[start : place.at.lead_start]
    if is_beside and place.said.end in ("from", "to") and (place.before[-1][0].kind, q.kind) == ("percent", "count"):
        return Role("level", place.said.direction, place.said.end)  # `rose to 10.5 per cent, or 2,440 schools`
    is_or = re.fullmatch(r"(?:\sin\s\S+)?\s*(?:,\s*or|\()\s*", between) is not None
    is_or = is_or and q.kind == "count" != place.before[-1][0].kind
    is_same = (is_of_kind and is_beside) or is_or
    if place.said.role == "change":
        return Role("change", place.said.direction) if is_same or _is_again(place) else None
    # `To 9,157, or 6.2 per cent`, but `to 2,440, or 10.5% of all schools`
    is_size = (
        place.said.end == "to" and q.kind == "percent" and not place.right.startswith((" of all ", " of schools "))
    )
    is_size = is_size and _OR.fullmatch(place.at.lead_from(start)) is not None
    return Role("change", place.said.direction) if is_size else None


def _is_again(place: Place) -> bool:
    """Whether a change goes on: `by 22.8 per cent in 2022/23 and another 12.7 per cent the year after`."""
    q, at = place.q, place.at
    changed = [one.kind == "count" for one, said in place.before[-2:] if said.role == "change"]
    if (q.kind == "count") not in changed:
        return False
    nouns = at.before("counted", *PARTS)
    is_gapped = bool(nouns) and not at.text[nouns[-1].end : at.lead_start].strip() and not at.part_of
    if is_gapped and place.said.role == "change" and not place.right.startswith(" of "):
        return True  # `starts fell 32 per cent, funded participants 43 per cent`
    start, told = place.before[-1][0].end, list[str]()
    is_by = place.left.endswith(" by ")
    is_further = is_by or bool({*at.statement.tokens(start, q.start).split()} & _FURTHER)
    named = at.before("academic", "year", *(NOUNS if is_further else ()))
    for m in named:
        told += place.statement.tokens(start, m.start).split()
        start = m.end
    told += at.lead_from(start).split()
    is_on = bool({*told} & {"and", "but", "then", "followed", "by"}) and {*told} <= _AGAIN | _BETWEEN
    is_bare = all("," in place.at.text[q.end : m.start] for m in at.after(*NOUNS))
    return is_on and (is_bare or bool({*told} & _FURTHER))


def _without(place: Place) -> Role | None:
    """`Fell by 32 per cent (56 per cent without SENCO)`, `Leave out SENCO and it is 56 per cent`: the same change."""
    q, last = place.q, place.said if place.before else place.statement.carried
    is_alike = q.kind == "percent" and last.role in ("change", "factor") and bool(place.statement.of("without"))
    if place.before:
        is_alike = is_alike and place.before[-1][0].kind == q.kind and left_out_by(place.at) != []
        is_said = _OR_SO_MUCH.fullmatch(place.at.text, place.before[-1][0].end, place.at.lead_start) is not None
    else:
        is_said = _IT_IS.search(place.at.left) is not None
    return Role(last.role, last.direction) if is_alike and is_said else None


def _of_its_kind(place: Place) -> Role:
    """What a number is by itself: `-32%` and `2.8 points` are changes."""
    arrow = _ARROW.match(place.at.text, place.statement.start) if place.statement.sentence.is_item else None
    if arrow and not place.before and place.q.kind in ("percent", "points") and place.left.endswith(" : "):
        return Role("change", 1 if arrow["up"] else -1)  # `▼ Starts: 32.0%`
    if place.q.direction and place.q.kind in ("percent", "points", "count"):
        return Role("change", place.q.direction)
    return Role("change", place.sign) if place.q.kind == "points" else place.plain


_RULES: tuple[Callable[[Place], Role | None], ...] = (
    *(
        _revised,
        _target,
        _who_did,
        _bound,
        _rate_of_growth,
        _multiple,
        added,
        lost,
        _of_workforce,
        size_before_move,
        difference,
    ),
    *(
        of_the_rise,
        in_brackets,
        move_before,
        elsewhere,
        start_of_move,
        _and_then,
        _past_level,
        further,
        comparative,
        than_the,
        after_move,
        apposed,
        end_of_move,
        size_after_move,
        _as_before,
        _without,
    ),
    _of_its_kind,
)
"""The first that says something of a number holds."""


def role_of(at: Around, before: list[Read]) -> Role:
    """Tell a level from a change, in which direction, and whether it is the start or the end of one."""
    if at.q.kind == "factor":
        return Role("factor", at.q.direction)
    place = Place(at, before)
    return next(role for rule in _RULES if (role := rule(place)))
