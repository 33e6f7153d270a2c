"""Whether a number is a level, a change or a share, in which direction, and of what."""

import re
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from npqstats.analysis.factcheck.reading.around import DIRECT, Around
from npqstats.analysis.factcheck.reading.limits import LEFT_OUT, left_out_by
from npqstats.analysis.factcheck.reading.said import Read, Said
from npqstats.analysis.factcheck.reading.shares import whole
from npqstats.vocabulary.claims import words
from npqstats.vocabulary.patterns import lazy

_ARROW = lazy(r"\s*(?:(?P<up>[▲△⬆↑↗])|[▼▽⬇↓↘])")
_PARTS = ("area", "group", "course")
_SET_AGAINST = (" against ", " compared with ")
_SIGN = {"up": 1, "down": -1, "flat": 0}
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
    r" (?:of )?(?:the (?!total|whole|\w* ?workforce|year (?:before|earlier))|that |what |as (?:many|much|high|low) "
    r"|last year |its |their (?:20\d\d(?: \S \d+)? )?level |where (?:it|they) )[^.;]{0,50}"
)
"""What makes `two thirds` a multiple of an earlier figure: `two thirds of the figure of the year before`."""
_OF_A_YEAR = lazy(
    r" of (?:the previous|last|the year|what|that(?! (?:\w+ )?(?:cohort|intake|year's))|where|its|their(?= 20| level)"
    r"|the 20(?!\d\d(?: \S \d+)? (?:cohort|intake|starter|entrant|group|course|npq|ones))"
    r"|(?:the|its|their) (?:total|number|figure|level|count|tally) (?:(?:of|for|in|from) )?"
    r"(?:the year before|the previous year|last year|a year (?:before|earlier)))"
)
_HAD_BEGUN = lazy(r" (?:npqs? |courses |of them )?(?:had|have|has) been (?:started|begun|taken)\b")
_MAKES_UP = lazy(r" (?:constitut|account|mak|made|compris|represent|form)\w* (?:up |for )?$")
_OF_A_COUNT = lazy(
    r" of (?:(?:last|that|this|the) year ?'s |the |all |its |their )?(?:20\d\d(?: \S \d+)? |\d[\d,]+ )?"
    r"(?:(?:completed|finished|passed|(?:non - |un)?funded|reformed|new) )?(?:npq )?"
    r"(?:teach|work|school|start|course|npq|particip|those|people|staff|leaders|learners|takers|colleagues|intake|cohort|entrants)"
)
_HELD_AGAINST = lazy(
    r"(?:\s+[a-z]+)?,?\s+(?:as\s+)?"
    r"(?:against|v|vs\.?|versus|compared\s+with|rather\s+than|(?:down|up)\s+from|from)\s+(?:[a-z]+\s+)?",
    re.IGNORECASE,
)
_UP_TO = lazy(r"(?:\s+[a-z]+)?\s*(?:(?:down\s+|up\s+)?to\b|[\u2192\u2013-]|->)\s*(?:[a-z]+\s+)?", re.IGNORECASE)
"""What is between the two ends of a move in brackets."""
_MOVE_BEFORE = lazy(
    r" (?:increase|rise|gain|growth|fall|drop|decline) (?:of |in |recorded )*(?:the year before|the previous year) \( $"
)
_OR_SO_MUCH = lazy(r"[^;:.()\d]{0,20}(?:in\s+20\d\d/\d\d)?\s*(?:,\s+(?:or|but)|\(|[\u2013\u2014])\s*")
_IT_IS = lazy(
    r"\b(?:it|that|this|the\s+(?:figure|number|percentage|change|answer))(?:\s+(?:is|was|becomes|became|would\s+be|would\s+have\s+been|comes\s+to|came\s+to)|['\u2019]s)\s+(?:\w+\s+)?$"
)
"""What makes a number the change of which the text was speaking."""
_GROWTH = lazy(
    r" growth [^.;]*(?:slowed|eased|cooled|accelerated|quickened|sped up|picked up) (?:[^.;]|\.\d)*(?:from|to) $"
)
_SO_LARGE = lazy(r" (?:still |yet |again )?(?:, |\( |: |- |\u2013 |\u2014 )?(?:at |of |some )?")
_FASTER = tuple(f" {word} than " for word in ("faster", "slower", "quicker", "steeper"))
_LARGER = lazy(r" (?:in (?:\w+ ){1,3})?(?:is|was|would be|becomes|looks|gets) (?:(?:even|still|far|much|yet) )?")
_COUNTED_MOVES = frozenset(["fell", "rose", "dropped", "grew", "fall", "rise", "lost"])
_NOT_BETWEEN = frozenset(
    {"and", "in", "to", "from", "the", "a", "were", "was", "are", "is", "that", "by"}
    | {"before", "after", "then", "while", "when", "but", "until", "since"}
)
_BEFORE_MOVE = lazy(
    r" (?:(?:courses|npqs|starts|participants|people|schools) )?(?:, )?(?:before|(?:and )?then)"
    r" (?:(?:a|an|the|it|they|then|this|last|year|'s) )*(?:\w+ )?$"
)
"""What lies between a level and the move from it: `43,840, before a steep fall`."""
_FROM_THERE = (" from ", " by ", " on ", " , from ", " , by ", " , on ")
_IS = tuple(f" {verb} " for verb in ("was", "were", "is", "are"))
_ASIDE = tuple(f" {mark} " for mark in (",", "-", "\u2013", "\u2014", "("))
_DIFFERENCE = tuple(
    f" {word} of " for word in ("change", "difference", "gap", "swing", "movement", "hole", "shortfall")
)
_BESIDE = lazy(
    r" (?P<word>below|above|under|short of|down on|up on) (?:even )?"
    r"(?!(?:what|where|that) [^.;]*\b(?:pledged|promised|wanted|planned|hoped))"
    r"(?:(?P<that>those|that|what|where (?:it|they)|the (?:20\d\d / \d+ )?(?:level|number|total|figure|count|tally)"
    r"|20\d\d / \d+ 's|in 20)\b|in |the (?!peak|record|high|target)|its |their |last |20\d\d)"
)
"""What a number is set against; a count only against what is no level itself: `1,859 below those of 2021/22`."""
_FROM = lazy(
    r" (?:from|down on|up on) (?:(?:an?|the|its|their) )?(?:20\d\d / \d+ )?(?:(?:high|peak|low|record|total) of )?$"
)
_COMPARED = "compared with|compares with|against|versus|vs|vs .|than|than the"
_THAN = tuple(f" {words} " for words in _COMPARED.split("|"))
ON_BASE = lazy(
    r" (?:[\w']+ ){0,2}?(?:below|above|under|over|short of|down on|up on|on|than) (?:those |the |a |that of )?"
    r"(?:the )?(?:(?:previous|preceding|prior|last|first|20\d\d(?: \S \d+)?|total|peak|record|\w+ year)"
    r"(?: 's|'s)? (?:(?!and )\w+ )?(?:of )?)?"
)
"""What lies between a change and the figure that it is counted from: `6 per cent below the 31,677`."""
_PAST = lazy(r" (?:back )?(?:to )?(?:just |well )?(?:below|under|beneath|above|over|past|beyond) (?:the )?")
"""What makes a number the level that was passed: `fell below 30,000`."""
_TO = lazy(r" (?:to|reaching|hitting) (?:a (?:total|record|new \w+|low|high)(?: \w+)? of |just |only )?$")
_AT = lazy(r"(?: still| again| yet| (?:for|in) 20\d\d \S \d+)? , at ")
"""What lies between a comparative and the level of a year: `the next cohort was larger, at 38,906`."""
_ADDING = lazy(r" add(?:s|ed|ing)? (?:(?:just|only|another|a further|an extra|no more than) )*$")
_OF_ALL = lazy(
    r" of (?:(?:the |all )?(?:20\d\d(?: \S \d+)? )?(?:teaching )?(?:workforce|teachers|schools|profession)"
    r"|(?:all|everybody|everyone)\b|the (?:total|whole|overall)(?! (?:in|for|of) )|those (?:who|taking|starting))"
)
_THAN_THE = lazy(r" than (?:the|its|their|our|that) (?:\w+ ){1,4}of $")
_THEN_TO = lazy(r" (?:, )?(?:and )?then (?:to )?")
_DASH = lazy(r"\s[-–—]+\s|—")
_WERE_LOST = lazy(r" (?:(?:were|was|had|have|has|been|simply) )*")
"""What is between what a number counts and how so many were lost: `14,022 NPQ starts had vanished`."""
_WERE_ADDED = lazy(
    r" (?:(?!to |and )[\w-]+ ){0,3}?(?:added (?!up )|who joined (?:in|last) "
    r"|join(?:ed|ing) (?:them|those|the (?:total|tally|ranks|list|pool|others)) )"
)
_TO_FURTHER = lazy(
    r" (?:to|ends|ended|ending|finishes|finished) (?:at |on )?"
    r"(?:reach |hit |(?:stand|rest|settle|sit|finish|end(?: up)?) at )?(?:a \w+ of |just |only )?$"
)
_TO_AFTER = lazy(r" (?:(?!and |by )[\w'/-]+ ){0,6}to ")
_AND_NEXT = lazy(r" (?:[\w/-]+ ){0,5}(?:, )?(?:and|then) (?:then )?(?:to )?$")
_AMOUNTS_TO = (*(f" {verb} to " for verb in ("amounts", "amounted", "amount", "equivalent", "comes", "came")),)
_BY = lazy(
    r" (?:\( )*(?:\w+ly )?(?:back |again |year (?:- )?on (?:- )?year |(?:last|this) year |in 20\d\d / \d+ )?"
    r"(?:, (?=by |of ))?(?:(?:by|of|was|were|is|ha[sd] been|:|amount(?:s|ed)? to|equivalent to|equal to|around) )?"
    r"(?:(?:a further|another|just|only|even|as much as|the|a|an) )?(?:\( )*"
)
_BY_FURTHER = lazy(r" by (?:(?:a further|another|an \w+|just|only|as much as) )?$")
_EXTRA = (" an extra ", " an additional ", " a further ")
_THAN_BEFORE = lazy(r"\b(?:than|compared\s+with|top\s+of|against)\s+(?:(?:in|of)\s+)?(?:the\s+(?=20))?")
_AND_BY = lazy(
    r" (?:and|then) (?:then )?(?:by|of) (?:(?:a further|another|just) )?$"
    r"|(?: ,| \(| -) (?:i \. e \. |that is |that is to say |in other words )?(?:, )?by (?:some |about )?$"
    r"| [,;] (?:which |that )?in (?:heads|(?:raw |absolute |actual )?numbers|absolute terms) "
    r"(?:, )?(?:that )?(?:is|was|means|comes to|amounts to) $"
)
"""What leads in a further size of a move: `to 29,818, i.e. by 14,022`, `which in heads is 14,009`."""
_OR = lazy(r"(?: in \S+(?: \S \d+)?)?(?: ,)? or ")
"""What lies between the end of a move and its size: `to 9,157 in 2022/23, or 6.2 per cent`."""
_IN_WHAT = lazy(r"\s+(?:in|of|for)\s+(?:[^,;:.()\d]+|20\d\d/\d+)(?=[,(])")
_OR_ELSE = lazy(r"\bor\b|\(|\bthat\s+is\b|\bi\.e\.|equivalent|equal|representing")
"""What makes the second of two sizes the first once more: `14,022, or 32 per cent, fewer`."""
_FURTHER = frozenset(["another", "further", "by", "additional", "extra"])
_AGAIN = _FURTHER | {"and", "but", "then", "followed", "a", "an", "added", "adding"}
_BETWEEN = {",", "(", ")", "of", "in", "on", "for", "over", "from", "since", "the", "that", "those", "figure", "level"}
_BETWEEN |= {"number", "more", "between", "to"}
"""What lies between two changes besides their years: `rises of 22.8 per cent in 2022/23 and another 12.7 per cent`."""
_NOUNS = ("counted", "event", "measure", "course", "group", "area", "funding")
_COMPARED_WITH = lazy(r"\W*(?:[Cc]ompared\s+(?:with|to)|[Ss]ince)\s+(?:the\s+)?(?:20\d\d|\w+\s+year)")
_COMPARES = lazy(
    r"\b(?:growth|rise|increase|gain|fall|drop|decline|addition)\s+of\s+[\d.,]+%?\s+compares?d?\s+with\s+$"
)
_AND_ONLY = lazy(r" (?:[\w/'-]+ ){0,10}(?:and|but|then) (?:by |just |only |another )*$")
_NOUN = lazy(
    r" (?:the|a|an|this|that|its|their|annual|overall|sharp|steep|big|bigger|total) (?:20\d\d / \d+ )?(?:\w+ ){0,2}$"
)
_COPULA = lazy(
    r" (?:was|were|is|of|to be|(?:would|will) (?:have been|be)"
    r"|exceeds|exceeded|topped|tops|(?:amounted|amounts|comes|came) to|(?:stood|stands) at) "
    r"(?:an? [\w-]+ |(?:an? )?[\w-]+ (?:one )?: )?$"
)
_A_MOVE = lazy(
    r"(?<! after)(?<! despite)(?<! with)(?<! given)(?<! since)(?<! of) (?:the|a|an|its|their) (?:[\w-]+ ){0,3}?$"
)
"""What makes a move a noun, of which something is said: `brought the sharpest fall`, not `despite the fall`."""
_APPOSED = lazy(r" (?:in|of) [^,:;().]*(?:(?:was|is) [^,:;().\d]*)?(?:, (?:at |of )?|: |\( )")
_ENDS = lazy(r" (?:[.,;)]|$|and |in 20|from )")
"""What comes after a number that is the size of the noun before it."""
_NEED_BY = frozenset(["more", "less", "fewer", "additional", "extra", "gained", "gain", "greater"])
"""Moves that a number follows without being their size: `more 29,818`."""
_RANGED = lazy(r" (?:rang|vari|vary|fluctuat|oscillat|swung|swing|waver)\w* (?:\w+ly )?(?:from |between |anywhere )*$")
_OUT_OF = lazy(r" (?:completions|passes) from (?:the |all )*$")
_STOPS, _JUST_AFTER = lazy(r" [.;)]| $|$"), lazy(r",\s+(?:or\s+)?(?:\w+\s+)?$")
_RANGED_OVER = lazy(r" (?:rang|vari|vary)\w* (?:\w+ly )?(?:from |between )(?:[^.;]|\.\d)*$")
_EXTREME = lazy(r" (?:its|their) (?:\w+ ){0,2}?(peak|high|low) of $")
_OTHER_BOUND = {"low": "high", "high": "low"}
_ARROWS_TO = tuple(f" {mark} " for mark in ("→", "->", "=>", ">", "➜", "⇒"))
_ARROWS_FROM = tuple(f" {mark} " for mark in ("→", "->", "=>", "➜", "⇒"))


class Role(NamedTuple):
    """What a number is in its sentence."""

    name: str
    """level, change, share, factor or target."""
    direction: int = 0
    end: str = ""
    """from or than, to: where it is an end of a change; added: where it is what a total grew by."""


class Place:
    """What stands around a number, for the rules that tell its role."""

    def __init__(self, at: Around, before: list[Read]) -> None:
        """Take the number in its sentence, and what was said of the numbers before it."""
        self.at, self.q, self.statement, self.before = at, at.q, at.statement, before
        self.left = at.lead
        self.right = self.statement.tokens(at.q.end, at.q.end + 45)
        self.moves = at.earlier("direction")
        self.last = self.moves[-1] if self.moves else None
        self.is_first = self.last is not None and not any(
            self.last.end <= other.start < at.q.start for other in self.statement.inside
        )
        """Whether no other number lies between the last move and this one."""
        self.plain = Role("share" if at.q.kind == "percent" else "level")

    @cached_property
    def between(self) -> str:
        """The tokens from the last move to the number and its hedges."""
        return self.at.lead_from(self.last.end) if self.last else ""

    @property
    def sign(self) -> int:
        """The direction of the last move, where none without a direction comes after it: `went from`.

        It is that of the fall in `the fall is even larger`.
        """
        of = self.moves[-2] if self.is_of_size else self.last
        return _SIGN[of.value] if of and " went from " not in self.between else 0

    @cached_property
    def is_of_size(self) -> bool:
        """Whether the last move says how large the one before it is: `the fall is even larger`."""
        if len(self.moves) < 2 or self.moves[-1].text.lower() not in words().reading["comparatives"]:
            return False
        return _LARGER.fullmatch(self.statement.tokens(self.moves[-2].end, self.moves[-1].start)) is not None

    @property
    def said(self) -> Said:
        """What was said of the number before."""
        return self.before[-1][1] if self.before else Said()

    @property
    def counts_starts(self) -> bool:
        """Whether it is a number of `starts`, which nobody gains but a total."""
        noun = self.at.head.noun
        return noun is not None and noun.text.lower().endswith(("starts", "starters", "participants"))

    def next_follows(self, word: str) -> bool:
        """Whether the next number comes right after a word."""
        later = [other for other in self.at.every if other.q.start > self.q.end]
        return bool(later) and later[0].lead_from(self.q.end).endswith(f" {word} ")


def _revised(place: Place) -> Role | None:
    """`Were corrected from 2,213 to 3,102`: two figures of one thing."""
    if _REVISED.search(place.left):
        return place.plain
    if not place.before or not _REVISED.search(place.at.beside(place.before[-1][0]).lead):
        return None
    return place.plain if place.at.lead_from(place.before[-1][0].end) == " to " else None


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
    if q.kind != "percent" or place.left.endswith((" by ", *_THAN)):
        return None
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


def _added(place: Place) -> Role | None:
    """`14,150 were added in 2024/25`, `a further year has added only 14,150`: what a total grew by."""
    is_more = place.said.end == "added" and place.q.kind == "count" == place.before[-1][0].kind
    if is_more and _AND_ONLY.fullmatch(place.at.lead_from(place.before[-1][0].end)):
        return Role("change", 1, "added")  # `29,649 teachers were added in 2023/24 and 14,150 in the latest year`
    is_added = place.q.kind == "count" and (_ADDING.search(place.left) or _WERE_ADDED.match(place.right))
    return Role("change", 1, "added") if is_added else None


def _lost(place: Place) -> Role | None:
    """`One in three NPQ starts disappeared`, `so 14,022 were lost`."""
    moves = [m for m in place.at.after("direction") if m.text.lower() in words().reading["losses"]]
    nouns = [m for m in place.at.after("counted") if moves and m.end <= moves[0].start]
    end = nouns[-1].end if nouns else place.q.end
    is_lost = bool(moves) and _WERE_LOST.fullmatch(place.statement.tokens(end, moves[0].start)) is not None
    is_lost = is_lost and not (nouns and nouns[-1].value == "people")  # `6,063 teachers lost their scholarships`
    return Role("change", -1) if is_lost and place.q.kind in ("count", "percent") else None


def _of_workforce(place: Place) -> Role | None:
    """`To 102,080, or 19.9 per cent of the workforce`, `of the total`: a share of what was reached, not a size."""
    is_end = place.q.kind == "percent" and place.said.end == "to" and place.before[-1][0].kind == "count"
    return Role("share") if is_end and _OF_ALL.match(place.right) else None


def _size_before_move(place: Place) -> Role | None:
    """`A 32 per cent fall`, `14,022 fewer`."""
    q, statement, end = place.q, place.statement, place.q.end
    same = next((other for other in place.at.following[:1] if "count" == q.kind != other.kind), None)
    same = (
        None if place.left.endswith((" been ", " was ", " were ", " be ")) else same
    )  # `would have been 19,281, 56% less`
    if same and DIRECT.fullmatch(place.at.text, end, same.start):
        is_closed = place.at.text[same.end : same.end + 1] in (",", ")")  # `14,022, or 32%, less`, not `9,818, 3% less`
        is_other = not (is_closed or _OR_ELSE.search(place.at.text, end, same.start))
        end = end if is_other else same.end + is_closed
    after = [m for m in statement.of("direction") if end <= m.start <= end + 24]
    if not after or statement.within(end, after[0].start, "opinion"):
        return None  # `39 per cent felt more employable`
    move, between = after[0].text.lower(), statement.tokens(end, after[0].start).split()
    if _DASH.search(place.at.text, end, after[0].start):
        return None  # `29,818 – down 32% on the year before`
    if len([word for word in between if word != "-"]) > 1 or _NOT_BETWEEN & {*between} or {*between} & {*",;:()."}:
        return None
    there = statement.tokens(after[0].end, after[0].end + 12)
    is_apart = place.said.role == "level" and place.left.endswith(_ASIDE) and there.startswith(" on ")
    following = place.at.following[0].start if place.at.following else statement.end
    is_of_year = (
        there.startswith(" on ")
        and place.left.endswith(_IS)
        and not ON_BASE.fullmatch(statement.tokens(end, following))
    )
    is_apart = is_apart or is_of_year or place.said.role == "change"
    is_end = there.startswith(" to ") and place.left.endswith(" from ")  # `from 43,840 down to 29,818`
    if move in ("up", "down") and (is_end or there.startswith(_FROM_THERE)) and not is_apart:
        return None
    if q.kind == "count" and move in _COUNTED_MOVES and not place.left.endswith((" a ", " an ", " the ")):
        return None  # but `a 14,022 fall`
    return Role("change", _SIGN[after[0].value])


def _difference(place: Place) -> Role | None:
    """`A difference of 14,022`, `2.8 points below the year before`, `a further 4,934 starts than in 2022/23`."""
    if place.q.kind == "count" and place.left.endswith((*_EXTRA, " another ")):
        base = _THAN_BEFORE.search(place.at.text, place.q.end, place.statement.end)
        if base and any(m.start == base.end() for m in place.statement.of("academic", "year")):
            return Role("change", 1)
        is_led = _COMPARED_WITH.match(place.statement.told) is not None and not place.before
        if is_led:  # `Compared with 2021/22, another 9,692 schools have had one.`
            return Role("change", 1)
    if place.left.endswith((" ahead by ", " behind by ", " lead of ", " in front by ")):
        return Role("change")
    if (place.before or place.statement.is_anaphoric) and place.left.endswith(_DIFFERENCE):
        return Role("change")
    beside = _BESIDE.match(place.right)
    if beside and place.q.kind == "count":
        is_level = not (place.before or beside["that"]) or place.left.endswith((" to ", " at "))
        beside = None if is_level else beside
    return Role("change", 1 if beside["word"] in ("above", "up on") else -1) if beside else None


def _elsewhere(place: Place) -> Role | None:
    """`A rise of 29 per cent, against 35 per cent for England`: the change of another part."""
    if place.said.role == "change" and _COMPARES.search(place.at.text, place.statement.start, place.q.start):
        return Role("change", place.said.direction)  # `That growth of 14,150 compares with 29,649 in 2023/24.`
    kind = place.before[-1][0].kind if place.before else ""
    if place.said.role == "change" and place.q.kind == kind == "points" and place.left.endswith(_SET_AGAINST):
        return Role("change", place.said.direction)  # `added 5.1 points, against 12.2 points the year before`
    if place.said.role != "change" or not place.q.kind == kind == "percent":
        return None
    is_of_part = place.left.endswith(_SET_AGAINST) and bool(place.at.after(*_PARTS))
    return Role("change", place.said.direction) if is_of_part else None


def _start_of_move(place: Place) -> Role | None:
    """`From 43,840`, `compared with 43,840`."""
    is_moved = bool(place.statement.of("direction")) or place.next_follows("to") or place.said.role == "change"
    if place.left.endswith(" on ") and place.said.role == "change" and place.q.kind == "count":
        return Role("level", place.said.direction, "from")  # `a rise of 20.5 per cent on 2,594`
    after = [m for m in place.statement.of("direction") if m.start >= place.q.end][:1]
    is_first = not (place.before or place.left.endswith(" by "))
    if after and is_first and _BEFORE_MOVE.fullmatch(place.statement.tokens(place.q.end, after[0].start)):
        return Role("level", _SIGN[after[0].value], "from")  # `peaked at 43,840 before falling by 32%`
    noun, is_level = place.at.head.noun, bool(place.before) and place.said.role == "level"
    is_like = noun is None or not is_level or noun.value == place.said.counted  # `5,176 starts, from 5,165 people`
    if _OUT_OF.search(place.left):
        return None  # `75,967 completions from the 144,241 NPQs started`
    if _FROM.search(place.left) and is_like and (is_moved or is_level):
        return Role("level", place.sign, "from")
    is_base = (
        place.said.role == "change"
        and not place.q.is_fraction
        and ON_BASE.fullmatch(place.statement.tokens(place.before[-1][0].end, place.q.start))
    )
    if place.said.role == "change" and place.said.basis == "cumulative" and place.left.endswith(_THAN):
        return Role("change", place.said.direction)  # `grew by 14,150 last year, compared with 29,649 the year before`
    is_of_whole = place.said.event in ("complete", "pass") and place.counts_starts  # `75,967 against 144,241 starts`
    is_than = place.left.endswith(_THAN) and not is_of_whole
    is_after = place.left.endswith(" after ") and is_level and place.before[-1][0].kind == place.q.kind and noun is None
    return Role("level", 0, "than") if is_base or is_than or is_after else None  # `9,157 funded starts after 8,625`


def _bound(place: Place) -> Role | None:
    """`Has ranged from 29,818 to 43,840`, `an average of 36,060 a year`: least, most and mean of all years."""
    if place.at.is_mean and place.q.kind == "count":
        return Role("level", 0, "mean")
    following, said = place.at.following[:1], place.said
    at = place.at
    if at.after(*_PARTS) and _RANGED_OVER.search(place.left):
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
    """`From 5.5% to 6.3% and then 7.1%`: the next level that is reached."""
    is_end = bool(place.before) and place.said.end == "to" and place.before[-1][0].kind == place.q.kind
    is_next = is_end and _THEN_TO.fullmatch(place.at.lead_from(place.before[-1][0].end)) is not None
    return Role("level", 0, "to") if is_next else None


def _further(place: Place) -> Role | None:
    """`Fell by 14,022 to 29,818`, `fell by 12 per cent and by another 3,000`."""
    if place.last is None or place.is_first:
        return None
    if _AND_BY.search(place.between):
        return Role("change", place.said.direction if place.before else place.sign)
    is_move = place.last.text.lower() not in words().reading["comparatives"]
    to = _TO_FURTHER.search(place.between) if is_move else None
    if to is None:
        return None
    return Role("level", 0 if to[0].startswith((" end", " finish")) else place.sign, "to")


def _comparative(place: Place) -> Role | None:
    """`The fall is even larger (56 per cent)`; `was higher (83.7% and 82.1% respectively)`: two levels."""
    q, last, following = place.q, place.last, place.at.following[:1]
    if q.kind != "percent" or last is None or not place.is_first:
        return None
    if place.is_of_size and _SO_LARGE.fullmatch(place.between):
        return Role("change", place.sign)
    is_of_two = bool(following) and following[0].kind == q.kind and ")" not in place.at.text[q.end : following[0].start]
    is_level = last.text.lower() in ("higher", "lower") and place.between == " ( " and is_of_two
    return place.plain if is_level else None


def _than_the(place: Place) -> Role | None:
    """`That is 14 more than the official headcount of 29,526.`: what another number is more than."""
    is_compared = place.last is not None and place.last.text.lower() in words().reading["comparatives"]
    return Role("level", 0, "than") if is_compared and place.is_first and _THAN_THE.search(place.between) else None


def _after_move(place: Place) -> Role | None:
    """`Fell to 29,818`, `fell by 32 per cent`, `the fall was 14,022`."""
    q, last, between, statement = place.q, place.last, place.between, place.statement
    if last is None or not place.is_first:
        return None
    is_to = between == " : " and place.next_follows("from")
    is_dated = bool(statement.of("academic", "year")) or bool(place.before)
    is_turned = place.right.startswith((" , up ", " , down ")) and (" , up " in place.right[:6]) != (place.sign > 0)
    is_at = is_dated and not is_turned and _AT.fullmatch(between) is not None  # Not where courses are more than people.
    is_to = is_to or (is_at and not statement.of("group", "area", "course", "funding"))
    if is_to or (_TO.search(between) and not between.endswith(_AMOUNTS_TO)):
        return Role("level", place.sign, "to")
    if q.kind == "percent" and not between.endswith(" by ") and {*between} & {*":,;"} and whole(place.at, "share"):
        return Role("share")
    needs_by = last.text.lower() in _NEED_BY and "of" not in between and "by" not in between
    needs_by = needs_by and not (last.text.lower() == "gained" and place.counts_starts)
    is_compared = last.text.lower() in words().reading["comparatives"] and place.at.head.noun is not None
    # `The next year was bigger again: 43,535 participants.`
    is_told = ":" in between and q.kind == "count"
    is_told = is_told and (bool(place.at.after("event")) or last.value == "flat" or is_compared)
    is_told = is_told or (between.endswith(" : ") and [one.kind for one in place.at.following[:2]] == [q.kind] * 2)
    if (_BY.fullmatch(between) and not needs_by and not is_told) or _BY_FURTHER.search(between):
        return Role("change", place.sign)
    is_label = last.start == statement.start and statement.sentence.is_item and between.endswith(" : ") and not is_told
    if is_label:
        return Role("change", place.sign)  # `Rise in the East Midlands: 533`
    is_noun = last.start == statement.start or _NOUN.search(statement.tokens(statement.start, last.start))
    return Role("change", place.sign) if is_noun and _COPULA.search(between) and not {*between} & {*",;"} else None


def _apposed(place: Place) -> Role | None:
    """`The sharpest fall in NPQ starts since the reforms: 32 per cent.`: a noun, and its size at the end."""
    last = place.last
    if last is None or not place.is_first or place.q.kind not in ("percent", "points") or whole(place.at, "share"):
        return None
    is_noun = _A_MOVE.search(place.statement.tokens(place.statement.start, last.start)) is not None
    is_end = _ENDS.match(place.right) is not None
    return Role("change", place.sign) if is_noun and is_end and _APPOSED.fullmatch(place.between) else None


def _end_of_move(place: Place) -> Role | None:
    """`From 43,840 to 29,818, by 32 per cent`, `43,840 → 29,818`."""
    q, left, before = place.q, place.left, place.before
    if place.said.end == "to" and q.kind == "percent" and left.endswith(" by "):
        return Role("change", place.said.direction)
    is_after_move = place.said.role == "level" and any(said.end == "from" for _, said in before)
    if is_after_move and q.kind == "count" and left.endswith((*_EXTRA, " another ")):
        return Role("change", 1)
    is_up = place.at.text[place.at.lead_start : q.start].lower().startswith("up to ")  # Else a hedge.
    if place.said.end == "from" and (is_up or _TO_AFTER.fullmatch(place.at.lead_from(before[-1][0].end))):
        return Role("level", 1 if is_up else place.said.direction, "to")
    is_next = (
        place.said.end == "to" and q.kind == before[-1][0].kind == "percent" and place.at.after("academic", "year")
    )
    if is_next and _AND_NEXT.fullmatch(place.at.lead_from(before[-1][0].end)) and not place.at.after(*_NOUNS):
        return Role("level", place.said.direction, "to")  # `to 71.1 per cent a year later and 88.4 per cent by 2024/25`
    if left.endswith(_ARROWS_TO):
        return Role("level", 0, "to")
    return Role("level", 0, "from") if place.right.startswith(_ARROWS_FROM) else None


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
    nouns = at.before("counted", *_PARTS)
    is_gapped = bool(nouns) and not at.text[nouns[-1].end : at.lead_start].strip() and not at.part_of
    if is_gapped and place.said.role == "change" and not place.right.startswith(" of "):
        return True  # `starts fell 32 per cent, funded participants 43 per cent`
    start, told = place.before[-1][0].end, list[str]()
    is_by = place.left.endswith(" by ")
    is_further = is_by or bool({*at.statement.tokens(start, q.start).split()} & _FURTHER)
    named = at.before("academic", "year", *(_NOUNS if is_further else ()))
    for m in named:
        told += place.statement.tokens(start, m.start).split()
        start = m.end
    told += at.lead_from(start).split()
    is_on = bool({*told} & {"and", "but", "then", "followed", "by"}) and {*told} <= _AGAIN | _BETWEEN
    is_bare = all("," in place.at.text[q.end : m.start] for m in at.after(*_NOUNS))
    return is_on and (is_bare or bool({*told} & _FURTHER))


def _size_after_move(place: Place) -> Role | None:
    """`Inched up from 7,459 in 2021/22 to 7,536 in 2022/23, about 1 per cent`."""
    ends = [said.end for _, said in place.before[-2:]]
    is_after = ends == ["from", "to"] and place.before[-1][0].kind == "count" and place.q.kind == "percent"
    if not is_after or not _STOPS.match(place.right) or not _JUST_AFTER.search(place.at.left):
        return None
    return Role("change", place.said.direction)


def ends_in_brackets(at: Around, before: list[Read]) -> tuple[str, Said | None]:
    """Say which end of the change before the brackets a number in them is: `fell 32% (29,818 against 43,840)`."""
    start, end = at.statement.start, at.statement.end
    opening, closing = at.text.rfind("(", start, at.q.start), at.text.find(")", at.q.end, end)
    moves = [said for one, said in before if one.end <= opening and said.role == "change"]
    inside = [one for one in at.statement.inside if opening < one.start < closing and one.kind == at.q.kind]
    if not (moves and at.is_bracketed and at.q in inside) or len(inside) != len(("from", "to")):
        return "", None
    between, is_first = at.text[inside[0].end : inside[1].start], at.q is inside[0]
    if _UP_TO.fullmatch(between):
        return "from" if is_first else "to", moves[-1]
    return ("to" if is_first else "from", moves[-1]) if _HELD_AGAINST.fullmatch(between) else ("", None)


def _in_brackets(place: Place) -> Role | None:
    """`Fell by 32 per cent on a year ago (29,818 against 43,840)`."""
    end, move = ends_in_brackets(place.at, place.before)
    is_end = move is not None and place.q.kind != "points"
    return Role(place.plain.name, move.direction, end) if move and is_end else None


def _move_before(place: Place) -> Role | None:
    """`Less than half the increase in the year before (29,649)`: the size of that move."""
    is_move = _MOVE_BEFORE.search(place.left) is not None and place.last is not None and place.at.is_in_brackets
    return Role("change", place.sign) if is_move else None


_THAT_WAS_THE = lazy(
    r"\b(?:that|this|it)\s+(?:was|is)\s+the\s+(?:rise|increase|growth|gain|fall|drop|decrease|decline|change)\b[^.]*[,;][^.;]*"
    r"\b(?:it|the\s+(?:figure|number))\s+(?:was|is)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)


def _of_the_rise(place: Place) -> Role | None:
    """`That was the rise of 2022/23; in 2023/24 it was 4,934`."""
    told = _THAT_WAS_THE.search(place.at.left) if place.q.kind in ("count", "percent") else None
    return Role("change", place.sign) if told else None


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
        _bound,
        _rate_of_growth,
        _multiple,
        _added,
        _lost,
        _of_workforce,
        _size_before_move,
        _difference,
    ),
    *(
        _of_the_rise,
        _in_brackets,
        _move_before,
        _elsewhere,
        _start_of_move,
        _and_then,
        _past_level,
        _further,
        _comparative,
        _than_the,
        _after_move,
        _apposed,
        _end_of_move,
        _size_after_move,
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
