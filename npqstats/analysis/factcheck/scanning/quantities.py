"""Numbers as people write them: in digits and words, with their unit."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from npqstats.analysis.factcheck.scanning.hedges import hedged
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.vocabulary.claims import words
from npqstats.vocabulary.patterns import Pattern, lazy
from npqstats.vocabulary.tokens import Tokens


def _read(text: str, span: tuple[int, int], kind: str, value: float, room: float, **more: Any) -> Quantity:
    """Take a part of a text for a number, and a figure for it that differs by no more than `room`."""
    start, end = span
    low, high = value - room, value + room
    return Quantity(start=start, end=end, quote=text[start:end], kind=kind, value=value, low=low, high=high, **more)


_SPACE = "[ \u00a0\u2009\u202f]"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+|\d+(?:\.\d+)?"
_UNIT = (
    r"percentage[\s-]points?|per\s?cent(?:age)?\s?points?|percentage\s?pts|ppts?\b|pps?\b|points?\b|%\s?points?|%"
    r"|per\s?cents?\b|percent\b|pc\b"
)
_SCALE = r"k\b|K\b|thousand\b|million\b|mn\b|m\b"
_DIGITS = lazy(
    rf"(?<![\w.,/£$€#@+:])(?<!\d[-\u2013])(?P<sign>(?:[+\u2212\u2013-]|[↑↓▲▼]\s?|(?:[Mm]inus|[Pp]lus)\s)(?=\d))?(?P<number>{_NUMBER})(?![\d])(?!,\d)(?!\.\d)"
    rf"(?:(?P<scale>(?:{_SPACE}|-)?(?:{_SCALE})))?(?:(?P<unit>(?:{_SPACE}|\s|-)?(?:{_UNIT})))?(?![A-Za-z_])"
)
_NUMERALS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
SMALL = {word: value for value, word in enumerate(_NUMERALS.split())}
_DECADES = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * n for n, word in enumerate(_DECADES.split(" "), 2)}
_BIG = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_NUMERAL = "|".join((*SMALL, *_TENS, *_BIG))
_THOUSANDS = r"(?:(?:(?<=thousand)|(?<=million)),(?=\s+\w+\s+hundred\b))?"
"""What may be after the thousands: `forty-three thousand, eight hundred and forty`."""
_WORDS = lazy(
    rf"\b(?P<number>(?:(?:an?)\s+(?=hundred|thousand|million))?(?:{_NUMERAL})(?:{_THOUSANDS}[\s-]+(?:and\s+)?(?:{_NUMERAL}))*)\b"
    rf"(?:\s+point\s+(?P<point>(?:{'|'.join(SMALL)})(?:\s+(?:{'|'.join(SMALL)}))*))?"
    rf"(?P<unit>[\s-]+(?:{_UNIT}))?",
    re.IGNORECASE,
)
_OF_MANY = lazy(r"\s+(?:out\s+)?of\s+(?:(?:the|its|their|all|(?:that|last)\s+year['’]s)\s+)?\d{1,3},\d{3}\b")
"""What makes a small number in words one that may be a claim: `four of the 29,818 NPQs`."""
_AFTER_MANY = lazy(r"\b[Oo]f\s+(?:\w+\s+){0,3}?\d{1,3},\d{3}\b[^.;:]*\b(?:just|only|a\s+mere)\s+$")
_BACK = 120
"""Characters before it in which the whole may be: `Of nearly 30,000 courses started just four have been completed`."""
SOME_WITH_ONE = lazy(
    r"\s+(?:of\s+(?:our|my|her|his|their|its|the|us|them)\s+)?(?:[\w-]+\s+){0,2}?(?:teachers|colleagues|staff|leaders|heads|people|employees)\b"
    r"(?:\s+[\w’'-]+){0,6}?\s+(?:on|for|into|towards|through|hold|have|has|had|got|with|an?|their|our|us|NPQ)\s+(?:an?\s+|their\s+)?"
    r"(?:[\w-]+\s+){0,2}?(?:NPQ|National\s+Professional)"
    r"|\s+(?:NPQ\s+)?(?:completions|passes)\b"
    r"|\s+(?:of\s+the\s+)?(?:NPQ\s+)?(?:courses|NPQs)\s+(?:started|begun)\s+in\s+20\d\d/\d\d\s+(?:[a-z]+\s+){1,4}?(?:completed?|finished|passed)\b",
    re.IGNORECASE,
)
"""What makes a small number one of people and their NPQs, or of courses: `four of her colleagues through NPQs`."""
_MIXED = Pattern(
    rf"(?<![\w.,])(?:(?P<whole>\d[\d,]*|(?:{_NUMERAL})(?:[\s-]+(?:and\s+)?(?:{_NUMERAL}))*)(?:[\s-]+and[\s-]+|(?=[½¼¾])))?"
    rf"(?P<part>(?:a[\s-]+)?half|a[\s-]+quarter|three[\s-]+quarters|[½¼¾])"
    rf"(?:\s+of)?(?:\s+an?)?(?:\s+(?P<big>thousand|million)\b|(?P<unit>[\s-]+(?:{_UNIT})))",
    cues="half|quarter|½|¼|¾",
)
_ENDS = {"half": 0.5, "½": 0.5, "quarter": 0.25, "¼": 0.25, "quarters": 0.75, "¾": 0.75}
_SMALL_NUMERAL = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(SMALL)}))?|{'|'.join(SMALL)})"
_RANGE_IN_WORDS = Pattern(
    rf"\bbetween\s+(?P<low>{_SMALL_NUMERAL})\s+and\s+(?P<high>{_SMALL_NUMERAL})(?P<unit>[\s-]+(?:{_UNIT}))",
    cues="between",
)
_OF_A_HUNDRED = Pattern(
    r"\b(?:out\s+of|of)\s+every\s+(?:100|hundred)\b[^.;,]*,\s+(?:\w+\s+){0,2}(?:\d{1,2}\s+(?:[a-z]+\s+){1,4}and\s+(?:\w+\s+)?)?\Z",
    cues="every",
)
_ORDINALS = "half third quarter fifth sixth seventh eighth ninth tenth"
_PARTS = {word: n for n, word in enumerate(_ORDINALS.split(" "), 2)}
_PARTS |= {"halve": 2, "fourth": 4, "twelfth": 12, "twentieth": 20}
_PART = "|".join(_PARTS)
_COUNTED = "a|an|one|two|three|four|five|six|seven|eight|nine"
_FRACTION = lazy(
    rf"\b(?!(?<=for )a\s\w+,)(?P<over>{_COUNTED})[\s-]+(?P<part>{_PART})s?\b"
    r"(?!\s+(?:year|time|term|cohort|of\s+(?:september|july|june)))"
    rf"|\b(?P<half>half)\b(?!\s+(?:a\s+)?(?:term|day|year|hour|past|an\s+hour|million))",
    re.IGNORECASE,
)
_WHO = r"teachers?|schools?|participants?|courses?|NPQs?|starts?|starters?|leaders?|heads?|people"
_ONE_IN = lazy(
    rf"\b(?P<over>\d{{1,2}}|{'|'.join(SMALL)})\s+(?:(?:{_WHO}|(?<=one\s)(?!of\b)(?:\w+\s)?\w+)\s+)?(?:in|out\s+of)(?:\s+every)?\s+(?:a\s+(?=hundred))?"
    rf"(?P<under>\d{{1,3}}|{_SMALL_NUMERAL}|hundred)\b(?![,.]?\d)(?!\s(?:years|months|weeks|days|terms|hours|minutes)\b)",
    re.IGNORECASE,
)
_FACTOR = Pattern(
    r"\b(?P<more>(?:more|less)\s+than\s+)?(?:(?P<verb>halv(?:ed|es|ing)|doubl(?:ed|es|ing)|trebl(?:ed|es|ing)"
    r"|tripl(?:ed|es|ing)|quadrupl(?:ed|es|ing)|quintupl(?:ed|es|ing))|(?P<fold>\w+?)[\s-]?fold"
    r"|(?P<twice>twice|thrice|double(?=\s+(?:the|that|what)\b)|half\s+as\s+(?:many|much)\s+again)|(?P<times>(?<![\d,.])\d\d?(?:\.\d+)?|one(?=[\s-]+and)|two|three|four|five|six|seven|eight|nine|ten)"
    r"(?P<ahalf>[\s-]+and[\s-]+a[\s-]+half)?[\s-]+times)\b",
    cues="halv|doubl|trebl|tripl|quadrupl|quintupl|fold|twice|thrice|times|again",
)
_VERBS = {"halv": 0.5, "doubl": 2, "trebl": 3, "tripl": 3, "quadrupl": 4, "quintupl": 5}
_ALL = Pattern(
    r"\b(?:nobody|no[\s-]one|none|not\s+(?:one|a\s+single(?:\s+one)?))\b"
    r"|\b(?:everyone|everybody|(?P<every>every(?:\s+single)?)\s+(?:(?:NPQ|state|state-funded|English)\s+)?(?:teacher|leader|participant|school|course|one|starter|NPQ)|all)\b",
    cues="nobody|no|every|all",
)
_MOST = Pattern(
    r"(?<!the )(?<!at )(?<!its )\bmost\b(?! recent)|\bmajority(?=\s+of\b)",
    cues="most|majority",
)
_NO_NOUN = lazy(r"\s*(?:[.,;:)]|$|(?:in|to|and|for|the|by|last|over|from|a\s+year)\b)")
_PERCENT_LABEL = lazy(
    r"(?:\((?:as\s+)?(?:%|per\s?cent|percentages?)\)|(?:^|[.:]\s+)(?:Percentage|Proportion|Share|Per\s?cent|%)\s+of\s[^:.!?]{3,90}?)\s*:"
    r"(?:[^.!?:]|\.(?=\d)){0,160}$",
    re.IGNORECASE,
)
"""What makes a row of decimals per cent: `Schools that have had a starter (%): 47.4 in 2021/22, 71.1 in 2022/23`."""
_STOP = lazy(r"[.;!?]\s|\n")
_END = lazy(r"\b(?:from|to|at)\s+(?:(?:just|only|about|some)\s+)?$")
_BETWEEN = lazy(r"\b[Bb]etween\s+$")
_MORE_THAN = lazy(r"\b(?:more|less|fewer)\s+than\s+$", re.IGNORECASE)
_AFTER_PREPOSITION = lazy(r"\b(?:of|in|at|for|above|after)\s+$", re.IGNORECASE)
_WORD_SIGNS = {"minus": -1, "plus": 1}
"""Signs of shares and points; between counts they are sums: `43,840 minus 10,537`."""
_SIGNS = {"+": 1, "↑": 1, "▲": 1, "-": -1, "\u2212": -1, "\u2013": -1, "↓": -1, "▼": -1}


def quantities(text: str, tokens: Tokens | None = None) -> list[Quantity]:
    """Find the numbers in a text that could be claims, in order; dates, money and the like are not among them.

    >>> [(q.quote, q.kind, q.value) for q in quantities("Starts fell 32 per cent, nearly a third, to 29,818.")]
    [('32 per cent', 'percent', 32.0), ('a third', 'percent', 33.333333333333336), ('29,818', 'count', 29818.0)]
    """
    tokens = tokens or Tokens(text)
    taken = _Taken(len(text), words().no_claims(text, tokens))
    found: list[Quantity] = []
    for reader in (_mixed, _factors, _fractions, _digits, _ranges_in_words, _in_words, _wholes, _majorities):
        for quantity in reader(text):
            if taken.is_free(quantity.start, quantity.end):
                taken.add(quantity.start, quantity.end)
                found.append(hedged(tokens, quantity))
    return _with_shared_units(text, sorted(found, key=lambda quantity: quantity.start))


class _Taken:
    """Parts of a text that are already read."""

    def __init__(self, length: int, spans: list[tuple[int, int]]) -> None:
        self._at = bytearray(length)
        for start, end in spans:
            self.add(start, end)

    def is_free(self, start: int, end: int) -> bool:
        return not any(self._at[start:end])

    def add(self, start: int, end: int) -> None:
        self._at[start:end] = b"\1" * (end - start)


def _digits(text: str) -> Iterator[Quantity]:
    for match in _DIGITS.finditer(text):
        printed = re.sub(r"[,\u00a0\u2009\u202f]", "", match["number"])
        if len(printed) > 15 or (not match["unit"] and not match["scale"] and printed.startswith("0.")):
            continue
        scale = {"k": 1e3, "t": 1e3, "m": 1e6}.get((match["scale"] or "").strip(" -\u00a0").lower()[:1], 1.0)
        if scale == 1e6 and "." not in printed and len(printed) > 4:
            continue
        decimals = len(printed.partition(".")[2])
        unit = _unit(match["unit"])
        significant = printed.replace(".", "").lstrip("0")
        if unit == "count":
            significant = significant.rstrip("0") if not decimals and printed.endswith("00") else significant
        yield _read(
            text,
            (match.start("number"), match.end()),
            unit,
            float(printed) * scale,
            scale * 10.0**-decimals / 2,
            digits=max(1, len(significant)),
            direction=(_SIGNS if unit == "count" else _SIGNS | _WORD_SIGNS).get(
                (match["sign"] or "").strip().lower(), 0
            ),
            decimals=decimals,
        )


def _unit(text: str | None) -> str:
    unit = (text or "").strip(" -\u00a0").lower()
    if "point" in unit or unit.startswith(("pp", "percentage p")):
        return "points"
    return "percent" if unit else "count"


def _in_words(text: str) -> Iterator[Quantity]:
    for match in _WORDS.finditer(text):
        value = _spelled(match["number"])
        if value is None:
            continue
        decimals = 0
        if match["point"]:
            tail = "".join(str(SMALL[word]) for word in match["point"].lower().split())
            value, decimals = float(f"{int(value)}.{tail}"), len(tail)
        step = 10.0**-decimals
        if not match["unit"]:
            step = float(10 ** (len(str(int(value))) - len(str(int(value)).rstrip("0")))) if value else 1.0
            is_small = value < 100 and not any(one.match(text, match.end()) for one in (_OF_MANY, SOME_WITH_ONE))
            is_small = is_small and not _AFTER_MANY.search(text, max(0, match.start() - _BACK), match.start())
            if value < 2 or is_small:
                continue
        span, digits = (match.start("number"), match.end()), len(str(int(value)).rstrip("0")) + decimals
        kind = _unit(match["unit"])
        yield _read(text, span, kind, value, step / 2, digits=digits, decimals=decimals, is_word=True)


def _mixed(text: str) -> Iterator[Quantity]:
    """Read a number that ends in a fraction of its unit: `forty-three and a half thousand`, `half a million`."""
    for match in _MIXED.finditer(text):
        whole = _spelled(match["whole"].replace(",", "")) if match["whole"] else 0.0
        if whole is None:
            continue
        scale = _BIG.get((match["big"] or "").lower(), 1)
        part = _ENDS[re.split(r"[\s-]", match["part"].lower())[-1]]
        value = scale * (whole + part)
        room = scale * (0.25 if part == 0.5 else 0.125)
        digits = len(f"{value:g}".replace(".", "").rstrip("0"))
        decimals = 1 if scale == 1 else 0
        kind = _unit(match["unit"])
        yield _read(text, match.span(), kind, value, room, digits=digits, decimals=decimals, is_word=True)


def _ranges_in_words(text: str) -> Iterator[Quantity]:
    """Find the two ends of a range that share a unit: `between four and five per cent`."""
    for match in _RANGE_IN_WORDS.finditer(text):
        for end in ("low", "high"):
            value = _spelled(match[end])
            if value is not None:
                span = (match.start(end), match.end(end) if end == "low" else match.end())
                yield _read(text, span, _unit(match["unit"]), value, 0.5, is_word=True)


def _spelled(text: str) -> float | None:
    """Read a number in words; None for words that make none, such as `five six`.

    >>> _spelled("twenty-nine thousand eight hundred and eighteen")
    29818.0
    """
    if text.isdigit():
        return float(text)
    total = part = 0
    last = 10
    for word in re.split(r"[\s,-]+", text.lower()):
        if word in ("a", "an"):
            part = 1
        elif word in SMALL:
            if part % 100 and (part % 10 or SMALL[word] > 9 or last < 10):
                return None
            part += SMALL[word]
            last = SMALL[word]
        elif word in _TENS:
            if part % 100:
                return None
            part, last = part + _TENS[word], 10
        elif word == "hundred":
            part, last = (part or 1) * 100, 10
        elif word in _BIG:
            total, part, last = total + (part or 1) * _BIG[word], 0, 10
    return float(total + part)


def _fractions(text: str) -> Iterator[Quantity]:
    for match in _ONE_IN.finditer(text):
        over, under = (int(_spelled(match[name]) or 0) for name in ("over", "under"))
        if 0 < over <= under and under > 1:
            yield _share(text, match.span(), over, under)
    for match in _FRACTION.finditer(text):
        over = 1 if match["half"] or match["over"].lower() in ("a", "an") else int(_spelled(match["over"]) or 0)
        under = 2 if match["half"] else _PARTS[match["part"].lower()]
        if over < under:
            yield _share(text, match.span(), over, under)


def _share(text: str, span: tuple[int, int], over: int, under: int) -> Quantity:
    value = 100 * over / under
    slack = min(0.05 * value, 2.5) if under <= 10 else 0.1 * value if under % 10 == 0 else value / (2 * under)
    start, end = span
    if under == 2 and (match := _MORE_THAN.search(text, max(0, start - 20), start)):
        start = match.start()
    return _read(text, (start, end), "percent", value, slack, is_word=True, is_fraction=True)


def _factors(text: str) -> Iterator[Quantity]:
    for match in _FACTOR.finditer(text):
        factor = _factor(match)
        if factor is None:
            continue
        more = (match["more"] or "").lower()
        whole, _, tail = (match["times"] or "").partition(".")
        room = 0.5 * 10.0 ** -len(tail) if tail and whole.isdigit() else 0.05 * factor
        low, high = factor - room, factor + room
        if more.startswith("more"):
            low, high = (0.0, factor) if factor < 1 else (factor, factor * 1.5)
        elif more.startswith("less"):
            low, high = (factor, 1.0) if factor < 1 else (1.0, factor)
        is_change = bool(match["verb"] or match["fold"])
        named = next((name for name in ("twice", "times") if match[name]), None)
        start = match.start(named) if named else match.start()  # A hedge is part of `more than halved` alone.
        yield Quantity(
            start=start,
            end=match.end(),
            quote=text[start : match.end()],
            kind="factor",
            value=factor,
            low=low,
            high=high,
            hedge="above" if more else "",
            direction=(-1 if factor < 1 else 1) if is_change else 0,
            is_word=True,
            is_fraction=True,
        )


def _factor(match: re.Match[str]) -> float | None:
    if match["verb"]:
        return next(value for stem, value in _VERBS.items() if match["verb"].lower().startswith(stem))
    if match["fold"]:
        word = match["fold"].lower()
        return float(word) if word.isdigit() else float(SMALL[word]) if word in SMALL else None
    if match["twice"]:
        return {"tw": 2.0, "do": 2.0, "ha": 1.5}.get(match["twice"].lower()[:2], 3.0)
    times = match["times"].lower()
    return float(SMALL.get(times, 0) or times) + (0.5 if match["ahalf"] else 0)


def _wholes(text: str) -> Iterator[Quantity]:
    for match in _ALL.finditer(text):
        is_all = match[0].lower().startswith(("every", "all"))
        if is_all and (
            not words().all_follows.match(text, match.end())
            or _AFTER_PREPOSITION.search(text, max(0, match.start() - 9), match.start())
        ):
            continue
        if not is_all and not words().none_follows.match(text, match.end()):
            continue
        quote = match["every"] or match[0]
        span = (match.start(), match.start() + len(quote))
        yield _read(text, span, "all" if is_all else "none", 100.0 if is_all else 0.0, 0, is_word=True)


def _majorities(text: str) -> Iterator[Quantity]:
    """Read `most of the courses were passed` as more than half of them."""
    for match in _MOST.finditer(text):
        if words().all_follows.match(text, match.end()):
            yield _share(text, match.span(), 1, 2)


def _with_shared_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Assign the unit of the second number of a range or a pair to the first: `80 to 85 per cent`."""
    out = [_labelled(text, _of_a_hundred(text, quantity)) for quantity in found]
    for index in range(len(out) - 2, -1, -1):
        first, second = out[index : index + 2]
        between = text[first.end : second.start]
        if (
            first.kind == "count"
            and second.kind in ("percent", "points")
            and not second.is_word
            and first.value <= 100
            and re.fullmatch(r"(?:\s*(?:to|and|or|then|now|[-\u2013\u2192>,;]+)\s*){1,4}", between)
            and not (" or " in between and "," in between)  # `by 44, or 13.5%`
            and (first.decimals == second.decimals or not re.fullmatch(r"(?:,|\s|or)*", between))  # `88, 3.1%`
        ):
            slack = 0.5 * 10.0**-first.decimals
            out[index] = replace(first, kind=second.kind, low=first.value - slack, high=first.value + slack)
    for index in range(1, len(out)):
        out[index] = _with_unit_of(text, out[index - 1], out[index])
    for index, (first, second) in enumerate(itertools.pairwise([*out])):
        is_range = text[first.end : second.start] == " and " and _BETWEEN.search(
            text[max(0, first.start - 12) : first.start]
        )
        if is_range and first.kind == second.kind and first.value < second.value:
            span = {"low": first.value, "high": second.value, "hedge": "about"}
            out[index], out[index + 1] = replace(first, **span), replace(second, **span)  # type: ignore[arg-type]
    return out


_THEN_IT_WAS = lazy(
    r"[^.!?]{0,140}[.!?]\s+(?:For|In|Among|Of|By|With)\s[^.!?]{3,60}?\s(?:it|this|that|the\s+(?:rate|figure|share))"
    r"\s+(?:was|is|had\s+been|stood\s+at|fell\s+to|rose\s+to)\s+(?:\w+\s+)?"
)
"""What is between a share and another one of the next sentence: `89.5%. For the funded ones it was 84.3.`"""


def _with_unit_of(text: str, before: Quantity, q: Quantity) -> Quantity:
    """Assign the unit of the number before to a decimal that names none: `up 23.7 points, then 12.2 in the third year`.

    What points go from and to are per cent: `by 2.9 points, from 84.6 to 81.7`.
    """
    is_bare = q.kind == "count" and q.decimals > 0 and q.value <= 100 and _NO_NOUN.match(text, q.end)
    is_next = before.kind == "percent" and _THEN_IT_WAS.fullmatch(text, before.end, q.start) is not None
    is_apart = _STOP.search(text, before.end, q.start) is not None and not is_next
    if not is_bare or before.kind not in ("percent", "points") or is_apart:
        return q
    return _in_unit(q, "percent" if _END.search(text, before.end, q.start) else before.kind)


def _in_unit(q: Quantity, kind: str) -> Quantity:
    """Take a decimal without a unit for per cent or points, as exact as it is printed."""
    slack = 0.5 * 10.0**-q.decimals
    return replace(q, kind=kind, low=q.value - slack, high=q.value + slack)


def _labelled(text: str, q: Quantity) -> Quantity:
    """Read `Schools reached (%): 47.4 in 2021/22, 71.1 in 2022/23` as per cent."""
    is_bare = q.kind == "count" and q.decimals > 0 and q.value <= 100 and _NO_NOUN.match(text, q.end) is not None
    line = text.rfind("\n", 0, q.start) + 1
    return _in_unit(q, "percent") if is_bare and _PERCENT_LABEL.search(text, line, q.start) else q


def _of_a_hundred(text: str, q: Quantity) -> Quantity:
    """Read `of every 100 courses begun, 85 were completed` as per cent."""
    if q.kind != "count" or q.value > 100 or not _OF_A_HUNDRED.search(text, max(0, q.start - 90), q.start):
        return q
    return replace(q, kind="percent")
