"""A text as it is read: one way of writing for what people write in many, and where each part of it was before."""

import re
from array import array
from collections.abc import Callable

from npqstats.vocabulary.patterns import lazy

_ENDS = lazy(r"\r\n?")
_EMPHASIS = lazy(
    r"(?P<mark>\*\*|__)(?=\S)(?P<kept>[^*\n]{1,300}?)(?<=\S)(?P=mark)"
    r"|(?<![\w*])\*(?=[^\s*])(?P<kept2>[^*\n]{1,300}?)(?<=[^\s*])\*(?![\w*])"
    r"|(?<![\w_/])_(?=[^\s_])(?P<kept3>[^_\n]{1,300}?)(?<=[^\s_])_(?![\w_])"
)
_TILE = lazy(r"(?:^|(?<=\n))[ \t]*\*\*[\d,.]+(?:\s?%|\s+in\s+\d+|k)?\*\*\s")
"""A number that begins its line, over what it is: `**29,526** unique participants`; the marks part it from the line."""
_LINK = lazy(r"\[(?P<kept>[^\[\]\n]{1,300})\]\([^()\s]{1,500}\)")
_NOTE = lazy(r"(?<=[\w.,;:)%\u201d\"])\[(?:\d{1,3}|[a-z]|note\s\d+|citation\sneeded)\]")
"""The mark of a note: `29,818.[15]`, `[citation needed]`."""
_WRAPPED = lazy(r"(?<=[^\n\t|]{55})(?<![.!?:;|\n])\n(?=[a-z(\u201c\"\u2018'\d])(?![^\n]*[|\t])(?!\d{1,3}[.)]\s)")
"""The end of a line that was broken for its width."""
_SPACE = lazy(r"(?<!\d)[\u00a0\u2009\u202f]|[\u00a0\u2009\u202f](?!\d{3}(?!\d))")
"""A space that keeps words together; between the thousands of a number it is read with it."""
_YEAR = lazy(
    r"\b(?:(?:the\s+)?(?:academic|school)\s+years?(?:\s+of)?\s+|AY\s?)?"
    r"(?<![\d/.,-])(?P<first>20[1-3]\d)(?:\s?[-/\u2010-\u2013\u2212]\s?|(?<!from\s20\d\d)(?<!between\s20\d\d)\s+to\s+)(?:20)?(?P<last>\d\d)\b(?![-/]\d)"
    r"(?:\s+(?:academic|school)\s+year\b(?!\s+(?:to|ending)))?"
)
_AS_AT = lazy(r"\bas\s+(?:at|of)\s+(?=20\d\d/\d\d)")
_ONES = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ONE = "|".join(_ONES[1:])
_SPOKEN_YEAR = lazy(
    rf"\b(?:twenty|two\s+thousand\s+and)[\s-]+twenty(?:[\s-]+(?P<one>{_ONE}))?\b"
    rf"(?:(?:\s+to\s+|\s?[-/\u2010-\u2013]\s?)(?:twenty[\s-]+)?twenty[\s-]+(?P<last>{_ONE})\b)?",
    re.IGNORECASE,
)
"""A year as it is spoken: `twenty twenty-one to twenty-two`."""
_SHORT_YEAR = lazy(
    r"(?<![\d/.,-])(?P<first>2[1-9])\s?[-/\u2010-\u2013\u2212]\s?(?P<last>2[2-9]|30)(?!\d|[/%-]|[.,]\d|\s+(?:months|weeks|days|hours|people|teachers)\b)"
)
_PERCENT = lazy(r"(?<=\d)(?:\s|-)?(?:per[\s-]?cents?|pc)\b(?![\s-]?(?:age|points?|pts?)\b)")
_COMPARED = lazy(r"\b(?P<word>[Cc]ompare[ds]?)\s+to\b")
_SINCE = lazy(
    r"\b(?P<since>[Ss]ince)\s+(?:the\s+)?(?:(?:NPQ\s+)?(?:reforms?|relaunch|launch|overhaul)\s+(?:of|in)\s+)?(?:(?:the\s+)?autumn\s+(?:of\s+)?|September\s+)?2021\b(?!/)"
)
_BENEATH = lazy(r"\bbeneath\b")
_NPQ = lazy(r"\b[Nn]ational\s+[Pp]rofessional\s+[Qq]ualification(?P<s>s?)\b(?:\s+\(NPQs?\))?")
_JOINED = lazy(r"(?<=[^\W\d_])_(?=[^\W\d_])")
_DASHED = lazy(r"[\u2013\u2014] (?P<kept>\d[\d.,]*(?:%|\sper\scent|\spercent)?) [\u2013\u2014]")
"""A number between two dashes stands in brackets: `2,709 schools – 11.6 per cent – have had none`."""
_APPOSED = lazy(
    r"(?<=[\w%)]),\s+or\s+(?P<kept>(?:(?:about|around|roughly|some|nearly|almost|just\s+(?:over|under))\s+)?\d[\d.]*%),(?=\s(?:were|was|are|have|had|has|could|can|did|put|took|went|started|began|passed|completed|finished)\b)"
)
"""So does one between commas: `36,325 of the 43,535 participants, or 83.4%, were matched`."""
_OVER = lazy(r"(?<=\d,\d{3})\s*[/\u00f7]\s*(?=\d{1,3}(?:,\d{3})+\s*=)")
"""What is between a part and its whole in a sum: `87,930 / 511,952 = 17.2%`."""
_LABELLED = lazy(
    r"(?m)(?:^|(?<=[.!?] ))(?P<kept>\d{1,3}(?:,\d{3})+(?:(?:,|,?\s+(?:and|then|now))\s+\d{1,3}(?:,\d{3})+){0,3}):"
    r"\s+(?:the\s+)?"
    r"(?!(?:that|this|these|those|it|they|such|so|a|an|number|total|figure|count|share|size|what|which|how|up|down)\b)(?=[a-z])"
)
"""Counts before what they are: `8,625, then 9,157: funded starts in senior leadership`."""
_EXACTLY = lazy(r"(?<=[\d%]),?\s+(?:to\s+be\s+(?:exact|precise)|exactly)(?=\))")
_LONG = lazy(r"[^\s|]{120,}")
_CSV = lazy(r"(?m)^(?:[^,\n\t ][^,\n\t]*(?:,+[^,\n\t ][^,\n\t]*)+(?:\n|\Z)){2,}")
_THOUSANDS = lazy(r"(?<!\d)\d{1,3},\d{3}(?!\d)|[|]")
_ID_EST = lazy(r"\bi\.e\.,?\s+")
_HAVE = lazy(r"(?<=[a-z])['\u2019]ve\b")
_HAD = lazy(
    r"\b(?P<who>who|they|she|he|we|you|I|it)['\u2019]d\s+(?=(?:already\s+|ever\s+|never\s+)?"
    r"(?:[a-z]+(?:ed|en|wn)|done|begun|had|made|gone|got|put|read|held|won|lost)\b)"
)
_IN_SUMMER = lazy(
    r"\b[Ii]n\s+(?=(?:the\s+)?summer\s+(?:of\s+)?20\d\d,(?:[^.;]|\.(?=\d)){0,60}?\bhad\s+(?:\w+\s+)?(?:started|begun|taken|had|completed)\b)"
)
"""What is `by` where it is said what had happened: `In the summer of 2022, 5.5 per cent had started one.`"""
_THAT_IS = lazy(r"(?:,|\s[\u2013\u2014-])\s+that\s+is(?:\s+to\s+say)?,\s+(?=(?:[a-z]+\s+){0,2}?\d)")
_ARROW = lazy("[\u27a1\u2b06\u2b07]\ufe0f? ?")
_ARROWS = {"\u27a1": "\u2192 ", "\u2b06": "\u2191", "\u2b07": "\u2193"}
"""Arrows as pictures, and those that are read: the sign of a number has no space after it."""
Edit = tuple[int, int, str]
"""Where a part of a text begins and ends, and what is put in its place."""


class Plain:
    """A text as it is read, with where each character of it was in the text as it was written."""

    def __init__(self, written: str) -> None:
        """Write a text plainly."""
        self.text, self._written = written, written
        self._at = array("L", range(len(written) + 1))
        for edits in _EDITS:
            self._edit(edits(self.text))

    def _edit(self, edits: list[Edit]) -> None:
        if not edits:
            return
        parts, places, done = list[str](), array("L"), 0
        for start, end, new in edits:
            parts += [self.text[done:start], new]
            places += self._at[done:start]
            # What is written anew begins and ends where it stood.
            places.extend([self._at[start]] * (len(new) - 1) + [self._at[end - 1]] * bool(new))
            done = end
        self.text = "".join((*parts, self.text[done:]))
        self._at = places + self._at[done:]

    def as_written(self, start: int, end: int) -> tuple[int, int, str]:
        """Say where a part of the plain text was, and how it was written there.

        >>> plain = Plain("In 2024–25, **29,818** were started.")
        >>> plain.text, plain.as_written(12, 18)
        ('In 2024/25, 29,818 were started.', (14, 20, '29,818'))
        """
        first, last = self._at[start], self._at[end - 1] + 1 if end > start else self._at[start]
        return first, last, self._written[first:last]


def _kept(pattern: re.Pattern[str], before: str = "", after: str = "") -> Callable[[str], list[Edit]]:
    """Take away what a pattern has around its groups named `kept`."""

    def edits(text: str) -> list[Edit]:
        found: list[Edit] = []
        for match in pattern.finditer(text):
            kept = next(name for name, part in match.groupdict().items() if name.startswith("kept") and part)
            found += [(match.start(), match.start(kept), before), (match.end(kept), match.end(), after)]
        return found

    return edits


def _sub(pattern: re.Pattern[str], write: Callable[[re.Match[str]], str] | str = "") -> Callable[[str], list[Edit]]:
    def edits(text: str) -> list[Edit]:
        found = ((match, write if isinstance(write, str) else write(match)) for match in pattern.finditer(text))
        return [(*match.span(), new) for match, new in found if new != match[0]]

    return edits


def _emphasis(text: str) -> list[Edit]:
    tiles = [match.span() for match in _TILE.finditer(text)]
    edits = _kept(_EMPHASIS)(text)
    return [one for one in edits if not any(start <= one[0] < end for start, end in tiles)]


def _academic(match: re.Match[str]) -> str:
    """Write a year as DfE does: 2024/25; what is no academic year stays as it is."""
    first, last = match["first"][-2:], match["last"]
    return f"20{first}/{last}" if int(last) == int(first) + 1 else match[0]


def _in_digits(match: re.Match[str]) -> str:
    """Write a spoken year in digits.

    >>> (
    ...     _in_digits(_SPOKEN_YEAR.match("twenty twenty-one to twenty-two")),
    ...     _in_digits(_SPOKEN_YEAR.match("Twenty twenty")),
    ... )
    ('2021/22', '2020')
    """
    year = f"202{_ONES.index((match['one'] or '').lower())}"
    return f"{year}/2{_ONES.index(match['last'].lower())}" if match["last"] else year


def _unlabelled(text: str) -> list[Edit]:
    """Take the colon away that parts counts from what they are."""
    return [(match.end("kept"), match.end(), " ") for match in _LABELLED.finditer(text)]


def _cells(text: str) -> list[Edit]:
    """Part the cells of CSV, which has no numbers with commas."""
    lines = (match for match in _CSV.finditer(text) if not _THOUSANDS.search(match[0]))
    commas = (match.start() + place for match in lines for place, letter in enumerate(match[0]) if letter == ",")
    return [(place, place + 1, "\t") for place in commas]


_EDITS: tuple[Callable[[str], list[Edit]], ...] = (
    _sub(_ENDS, "\n"),
    _cells,
    _kept(_LINK),
    _sub(_NOTE),
    _emphasis,
    _sub(_SPACE, " "),
    _sub(_ID_EST),
    _sub(_THAT_IS, ", or "),
    _sub(_IN_SUMMER, "By "),
    _sub(_HAVE, " have"),
    _sub(_HAD, lambda match: f"{match['who']} had "),
    _sub(_JOINED, " "),
    _sub(_ARROW, lambda match: _ARROWS[match[0][0]]),
    _sub(_WRAPPED, " "),
    _sub(_SPOKEN_YEAR, _in_digits),
    _sub(_YEAR, _academic),
    _sub(_SHORT_YEAR, _academic),
    _sub(_PERCENT, "%"),
    _sub(_COMPARED, lambda match: f"{match['word']} with"),
    _sub(_SINCE, lambda match: f"{match['since']} 2021"),
    _sub(_AS_AT, "by "),
    _sub(_BENEATH, "below"),
    _sub(_NPQ, lambda match: f"NPQ{match['s']}"),
    _kept(_DASHED, " (", ") "),
    _kept(_APPOSED, " (", ")"),
    _sub(_EXACTLY),
    _unlabelled,
    _sub(_OVER, " of "),
    _sub(_LONG, "\u00b7"),
)
"""What is done to a text, in order."""
