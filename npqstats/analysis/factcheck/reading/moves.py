"""Numbers of a move: its size, where it began and where it ended: `fell by 14,022, from 43,840 to 29,818`."""

import re

from npqstats.analysis.factcheck.reading.around import DIRECT, Around
from npqstats.analysis.factcheck.reading.role import NOUNS, PARTS, SIGN, THAN, Place, Role
from npqstats.analysis.factcheck.reading.said import Read, Said
from npqstats.analysis.factcheck.reading.shares import whole
from npqstats.vocabulary.claims import words
from npqstats.vocabulary.patterns import lazy

_SET_AGAINST = (" against ", " compared with ")
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
_SO_LARGE = lazy(r" (?:still |yet |again )?(?:, |\( |: |- |\u2013 |\u2014 )?(?:at |of |some )?")
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
    r" (?:from|down on|up on) (?:(?:an?|the|its|their) )?(?:20\d\d / \d+ )?"
    r"(?:(?:record )?(?:high|peak|low|record|total) of |(?:record|peak) )?$"
)
ON_BASE = lazy(
    r" (?:[\w']+ ){0,2}?(?:below|above|under|over|short of|down on|up on|on|than) (?:those |the |a |that of )?"
    r"(?:the )?(?:(?:previous|preceding|prior|last|first|20\d\d(?: \S \d+)?|total|peak|record|\w+ year)"
    r"(?: 's|'s)? (?:(?!and )\w+ )?(?:of )?)?"
)
"""What lies between a change and the figure that it is counted from: `6 per cent below the 31,677`."""
_TO = lazy(r" (?:to|reaching|hitting) (?:a (?:total|record|new \w+|low|high)(?: \w+)? of |just |only )?$")
_AT = lazy(r"(?: still| again| yet| (?:for|in) 20\d\d \S \d+)? , at ")
"""What lies between a comparative and the level of a year: `the next cohort was larger, at 38,906`."""
_ADDING = lazy(r" add(?:s|ed|ing)? (?:(?:just|only|another|a further|an extra|no more than) )*$")
_THAN_THE = lazy(r" than (?:the|its|their|our|that) (?:\w+ ){1,4}of $")
_DASH = lazy(r"\s[-–—]+\s|—")
_WERE_LOST = lazy(r" (?:(?:were|was|had|have|has|been|simply) )*")
"""What is between what a number counts and how so many were lost: `14,022 NPQ starts had vanished`."""
_WERE_ADDED = lazy(
    r" (?:(?!to |and )[\w-]+ ){0,3}?(?:added (?!up )|who joined (?:in|last) "
    r"|join(?:ed|ing) (?:them|those|the (?:total|tally|ranks|list|pool|others)) )"
    r"| schools (?:joined|came on board|signed up)(?: the (?:npq )?(?:programme|scheme))? in "
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
_OR_ELSE = lazy(r"\bor\b|\(|\bthat\s+is\b|\bi\.e\.|equivalent|equal|representing")
"""What makes the second of two sizes the first once more: `14,022, or 32 per cent, fewer`."""
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
_OUT_OF = lazy(r" (?:completions|passes) from (?:the |all )*$")
_STOPS, _JUST_AFTER = lazy(r" [.;)]| $|$"), lazy(r",\s+(?:or\s+)?(?:\w+\s+)?$")
_ARROWS_TO = tuple(f" {mark} " for mark in ("→", "->", "=>", ">", "➜", "⇒"))
_ARROWS_FROM = tuple(f" {mark} " for mark in ("→", "->", "=>", "➜", "⇒"))


def added(place: Place) -> Role | None:
    """`14,150 were added in 2024/25`, `a further year has added only 14,150`: what a total grew by."""
    is_more = place.said.end == "added" and place.q.kind == "count" == place.before[-1][0].kind
    if is_more and _AND_ONLY.fullmatch(place.at.lead_from(place.before[-1][0].end)):
        return Role("change", 1, "added")  # `29,649 teachers were added in 2023/24 and 14,150 in the latest year`
    is_added = place.q.kind == "count" and (_ADDING.search(place.left) or _WERE_ADDED.match(place.right))
    return Role("change", 1, "added") if is_added else None


def lost(place: Place) -> Role | None:
    """`One in three NPQ starts disappeared`, `so 14,022 were lost`."""
    moves = [m for m in place.at.after("direction") if m.text.lower() in words().reading["losses"]]
    nouns = [m for m in place.at.after("counted") if moves and m.end <= moves[0].start]
    end = nouns[-1].end if nouns else place.q.end
    is_lost = bool(moves) and _WERE_LOST.fullmatch(place.statement.tokens(end, moves[0].start)) is not None
    is_lost = is_lost and not (nouns and nouns[-1].value == "people")  # `6,063 teachers lost their scholarships`
    return Role("change", -1) if is_lost and place.q.kind in ("count", "percent") else None


def size_before_move(place: Place) -> Role | None:
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
    return Role("change", SIGN[after[0].value])


def difference(place: Place) -> Role | None:
    """`A difference of 14,022`, `2.8 points below the year before`, `a further 4,934 starts than in 2022/23`."""
    if place.q.kind == "count" and place.left.endswith((*_EXTRA, " another ")):
        base = _THAN_BEFORE.search(place.at.text, place.q.end, place.statement.end)
        is_next = base is not None and "," not in place.at.text[place.q.end : base.start()]
        if base and is_next and any(m.start == base.end() for m in place.statement.of("academic", "year")):
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


def elsewhere(place: Place) -> Role | None:
    """`A rise of 29 per cent, against 35 per cent for England`: the change of another part."""
    if place.said.role == "change" and _COMPARES.search(place.at.text, place.statement.start, place.q.start):
        return Role("change", place.said.direction)  # `That growth of 14,150 compares with 29,649 in 2023/24.`
    kind = place.before[-1][0].kind if place.before else ""
    if place.said.role == "change" and place.q.kind == kind == "points" and place.left.endswith(_SET_AGAINST):
        return Role("change", place.said.direction)  # `added 5.1 points, against 12.2 points the year before`
    if place.said.role != "change" or not place.q.kind == kind == "percent":
        return None
    is_of_part = place.left.endswith(_SET_AGAINST) and bool(place.at.after(*PARTS))
    return Role("change", place.said.direction) if is_of_part else None


def start_of_move(place: Place) -> Role | None:
    """`From 43,840`, `compared with 43,840`."""
    is_moved = bool(place.statement.of("direction")) or place.next_follows("to") or place.said.role == "change"
    if place.left.endswith(" on ") and place.said.role == "change" and place.q.kind == "count":
        return Role("level", place.said.direction, "from")  # `a rise of 20.5 per cent on 2,594`
    after = [m for m in place.statement.of("direction") if m.start >= place.q.end][:1]
    is_first = not (place.before or place.left.endswith(" by "))
    if after and is_first and _BEFORE_MOVE.fullmatch(place.statement.tokens(place.q.end, after[0].start)):
        return Role("level", SIGN[after[0].value], "from")  # `peaked at 43,840 before falling by 32%`
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
    if place.said.role == "change" and place.said.basis == "cumulative" and place.left.endswith(THAN):
        return Role("change", place.said.direction)  # `grew by 14,150 last year, compared with 29,649 the year before`
    is_of_whole = place.said.event in ("complete", "pass") and place.counts_starts  # `75,967 against 144,241 starts`
    is_than = place.left.endswith(THAN) and not is_of_whole
    is_after = place.left.endswith(" after ") and is_level and place.before[-1][0].kind == place.q.kind and noun is None
    return Role("level", 0, "than") if is_base or is_than or is_after else None  # `9,157 funded starts after 8,625`


def further(place: Place) -> Role | None:
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


def comparative(place: Place) -> Role | None:
    """`The fall is even larger (56 per cent)`; `was higher (83.7% and 82.1% respectively)`: two levels."""
    q, last, following = place.q, place.last, place.at.following[:1]
    if q.kind != "percent" or last is None or not place.is_first:
        return None
    if place.is_of_size and _SO_LARGE.fullmatch(place.between):
        return Role("change", place.sign)
    is_of_two = bool(following) and following[0].kind == q.kind and ")" not in place.at.text[q.end : following[0].start]
    is_level = last.text.lower() in ("higher", "lower") and place.between == " ( " and is_of_two
    return place.plain if is_level else None


def than_the(place: Place) -> Role | None:
    """`That is 14 more than the official headcount of 29,526.`: what another number is more than."""
    is_compared = place.last is not None and place.last.text.lower() in words().reading["comparatives"]
    return Role("level", 0, "than") if is_compared and place.is_first and _THAN_THE.search(place.between) else None


def after_move(place: Place) -> Role | None:
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


def apposed(place: Place) -> Role | None:
    """`The sharpest fall in NPQ starts since the reforms: 32 per cent.`: a noun, and its size at the end."""
    last = place.last
    if last is None or not place.is_first or place.q.kind not in ("percent", "points") or whole(place.at, "share"):
        return None
    is_noun = _A_MOVE.search(place.statement.tokens(place.statement.start, last.start)) is not None
    is_end = _ENDS.match(place.right) is not None
    return Role("change", place.sign) if is_noun and is_end and _APPOSED.fullmatch(place.between) else None


def end_of_move(place: Place) -> Role | None:
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
    if is_next and _AND_NEXT.fullmatch(place.at.lead_from(before[-1][0].end)) and not place.at.after(*NOUNS):
        return Role("level", place.said.direction, "to")  # `to 71.1 per cent a year later and 88.4 per cent by 2024/25`
    if left.endswith(_ARROWS_TO):
        return Role("level", 0, "to")
    return Role("level", 0, "from") if place.right.startswith(_ARROWS_FROM) else None


def size_after_move(place: Place) -> Role | None:
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


def in_brackets(place: Place) -> Role | None:
    """`Fell by 32 per cent on a year ago (29,818 against 43,840)`."""
    end, move = ends_in_brackets(place.at, place.before)
    is_end = move is not None and place.q.kind != "points"
    return Role(place.plain.name, move.direction, end) if move and is_end else None


def move_before(place: Place) -> Role | None:
    """`Less than half the increase in the year before (29,649)`: the size of that move."""
    is_move = _MOVE_BEFORE.search(place.left) is not None and place.last is not None and place.at.is_in_brackets
    return Role("change", place.sign) if is_move else None


_THAT_WAS_THE = lazy(
    r"\b(?:that|this|it)\s+(?:was|is)\s+the\s+(?:rise|increase|growth|gain|fall|drop|decrease|decline|change)\b[^.]*[,;][^.;]*"
    r"\b(?:it|the\s+(?:figure|number))\s+(?:was|is)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)


def of_the_rise(place: Place) -> Role | None:
    """`That was the rise of 2022/23; in 2023/24 it was 4,934`."""
    told = _THAT_WAS_THE.search(place.at.left) if place.q.kind in ("count", "percent") else None
    return Role("change", place.sign) if told else None
