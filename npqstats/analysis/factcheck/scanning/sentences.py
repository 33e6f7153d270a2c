"""Texts in sentences: paragraphs, headings, items of lists, rows of tables."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from npqstats.vocabulary.patterns import lazy

_BLANK = lazy(r"\n[ \t]*\n")
_END = lazy(
    r"(?:(?<=[.!?])(?:\[\d+\]|[\"'”’)\]*_¹²³⁴-⁹])*\s+|(?<=[^\n]{140})\n\s*|[\U0001F300-\U0001FAFF]+\ufe0f?\s+)(?=[\"'“‘(\[]*[A-Z0-9£•\-*])"
)
"""A full stop, with the marks of its notes (`29,818.[15]`), or the end of a line too long for wrapped text."""
_ABBREVIATION = lazy(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|No|vs|approx|c|St|e\.g|i\.e|etc|Fig|p|pp|ca|Nov|Dec|Jan|Feb|Sept?|Oct|Aug)\.$|^\s*(?:[QA]|\d{1,2})\.$"
)
_ALONE = lazy(r"\W*\d[\d,.]*(?:%|\s+per\s+cent)?[.!]")
_THAT_IS = lazy(r"(?:That|This|It)(?:['’]s|\s+is)\b")
"""A number that is explained by the sentence after it: `102,080. That is how many teachers have started an NPQ.`"""
_TILE = lazy(r"\s*[\d.,]+[%km]?[ \t]*(?:\n[^\n|.]{3,70}){1,3}\s*")
"""A number on a line of its own, over what it is: `29,526`, `unique NPQ participants`, `14,000 fewer than 2023/24`."""
_SYMBOL = r"[^\w\s.,;:!?\"'“”‘’()\[\]<>{}|#*_£$€%&/\\=~`\u2013\u2014…]"
_ITEM = lazy(
    rf"\s*(?:[-*•+‣]|{_SYMBOL}{{1,2}}\ufe0f?|\d{{1,3}}[.)]|\(?(?:[a-h]|[ivx]{{1,4}})\))\s+|\s*\*\*[\d,.]+(?:\s?%|\s+in\s+\d+|k)?\*\*\s"
    r"|\s*\d[\d,.]*%?\s+[\u2013\u2014-]\s+(?=[a-z])"
)
_LABELLED = lazy(r"\s*[^\s.:;!?|][^.:;!?|\n]{0,75}?(?::|\s[\u2013\u2014-])\s+[^\n]*\d")
"""A line of a list without marks: `Completed: 26,783 (84.6%)`."""
_LABEL = lazy(r"\s*[^\s.:;!?|][^.:;!?|\n]{0,75}:(?:\s|$)")
_OPENS = lazy(r"[ \t]*[\"“‘'(\[]?[A-Z0-9]")
_SHORT = 60
"""Characters up to which lines that all begin with a capital or a digit are those of a list, not of running text."""
_FIGURE = lazy(r"\d,\d{3}|\d\s?(?:%|per\s?cent|percentage)|^\W*\d+\W*$|\b(?:third|quarter|half|fifth)\b", re.MULTILINE)
_GAP = lazy(r"(?:(?<=[^\s.!?:])|^) {2,}(?=\S)")
_SEMICOLON = lazy(r"(?<=\S); (?=\S)")
"""What is between two columns of a table that is set with spaces."""
_GAPS = 2
"""Gaps that each line of such a table has at least."""
_WRAPPED = 55
"""Characters that a line has at least which was broken for its width."""
_TITLES = 2
"""Lines of a paragraph that are headings, where both read as one."""
_OVER = 60
"""Characters up to which the first line of a paragraph of longer lines is a heading of it."""
_LONGEST = 1200


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading, item of a list or row of a table."""

    start: int
    end: int
    paragraph: int
    is_heading: bool = False
    is_item: bool = False
    cells: tuple[tuple[int, int], ...] = ()
    """For a row of a table: where its cells are."""


def sentences(text: str) -> list[Sentence]:
    """Split a text: paragraphs at blank lines, items and rows at line ends, the rest at full stops."""
    found: list[Sentence] = []
    text = _tabbed(text)
    for number, (start, end) in enumerate(_paragraphs(text)):
        if _TILE.fullmatch(text, start, end):
            found.append(Sentence(start, end, number, is_item=True))
            continue
        listed = _labelled(text, start, end)
        for first, last, is_heading in _blocks(text, start, end, listed):
            line = text[first:last]
            if _is_row(line) and (line.lstrip().startswith("|") or _is_row(text[start:first] + text[last:end])):
                found.append(Sentence(first, last, number, cells=tuple(_cells(text, first, last))))
                continue
            parts = _split(text, first, last)
            is_item = _ITEM.match(line) is not None or first in listed
            found += [Sentence(a, b, number, is_heading, is_item and a == first) for a, b in parts]
    return found


def _tabbed(text: str) -> str:
    """Put a tab into each gap of lines that are set in columns with spaces or semicolons; the text keeps its length."""
    lines = text.split("\n")
    for gap in (_GAP, _SEMICOLON):
        counts = [len(gap.findall(line)) for line in lines]
        for first, second in pairwise(range(len(lines))):
            if counts[first] == counts[second] >= _GAPS:
                for number in (first, second):
                    lines[number] = gap.sub(lambda match: match[0][:-1].replace(";", " ") + "\t", lines[number])
    return "\n".join(lines)


def _paragraphs(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for match in _BLANK.finditer(text):
        if text[start : match.start()].strip():
            yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _labelled(text: str, start: int, end: int) -> set[int]:
    """Say where the lines of a list without marks begin: all lines of a paragraph but for one that leads in."""
    lines = [match.span() for match in re.finditer("[^\n]+", text[start:end])]
    if len(lines) > 2 and all(_OPENS.match(text, start + a, start + b) and b - a < _SHORT for a, b in lines[:-1]):
        return {start + a for a, b in lines if a > lines[0][0] or _LABELLED.match(text, start + a, start + b)}
    listed = {start + first for first, last in lines if _LABELLED.match(text, start + first, start + last)}
    if len(listed) > 2 and all(_LABEL.match(text, start + a, start + b) for a, b in lines):
        is_led = not _ITEM.match(text, start) and _ITEM.match(text, start + lines[1][0]) is not None
        return {start + first for first, _ in lines[is_led:]}  # `By course:`, over `- Headship: 4,387`
    is_led = len(lines) == 2 and _is_title(text, start + lines[0][1], text[start : start + lines[0][1]])
    is_led = is_led and _OPENS.match(text, start + lines[1][0]) is not None
    return listed if len(listed) >= max(2 - is_led, len(lines) - 1) else set()


def _blocks(text: str, start: int, end: int, listed: set[int]) -> Iterable[tuple[int, int, bool]]:
    """Split a paragraph into headings, items, rows and running text, whose lines belong together."""
    lines = []
    position = start
    for line in text[start:end].split("\n"):
        lines.append((position, position + len(line)))
        position += len(line) + 1
    opened: int | None = None
    are_titles = len(lines) == _TITLES and not _FIGURE.search(text, start, end)
    are_titles = are_titles and all(_is_title(text, end, text[slice(*line)]) for line in lines)
    for number, (first, last) in enumerate(lines):
        line = text[first:last]
        if _is_wrapped(line, [text[slice(*after)] for after in lines[number + 1 : number + 2]]):
            if opened is not None:
                yield opened, lines[number - 1][1], False
            opened = first
            continue
        is_alone = _is_alone(line) or (first in listed and not are_titles)
        is_heading = line.lstrip().startswith("#")
        following = lines[number + 1] if number + 1 < len(lines) else (last, last)
        is_over_text = number == 0 and len(line) < _OVER and len(text[slice(*following)]) > _SHORT
        is_over_text = is_over_text and _OPENS.match(text, *following) is not None
        is_over_list = opened is None and (_is_alone(text[slice(*following)]) or following[0] in listed)
        is_title = (len(lines) == 1 or is_over_list or is_over_text or are_titles) and _is_title(text, last, line)
        if is_alone or is_title:
            if opened is not None:
                yield opened, lines[number - 1][1], False
                opened = None
            yield first, last, is_heading or (is_title and not is_alone)
        elif opened is None:
            opened = first
    if opened is not None:
        yield opened, lines[-1][1], False


def _is_wrapped(line: str, after: list[str]) -> bool:
    """Whether an item goes on in the line after it, as in the text of a PDF: `4. The Government set a target of`."""
    is_open = _ITEM.match(line) is not None and len(line) >= _WRAPPED and line.rstrip()[-1:] not in ".!?:;"
    return is_open and bool(after) and not _is_alone(after[0])


def _is_alone(line: str) -> bool:
    """Whether a line is an item of a list, a row of a table or a heading, not a part of running text."""
    return bool(_ITEM.match(line) or _is_row(line) or line.lstrip().startswith("#"))


def _is_row(line: str) -> bool:
    return "|" in line or "\t" in line.strip()


def _is_title(text: str, last: int, line: str) -> bool:
    length = len(line.split())
    return 0 < length <= 14 and line.rstrip()[-1:] not in ".!?;," and bool(text[last:].strip())


def _cells(text: str, first: int, last: int) -> Iterable[tuple[int, int]]:
    line = text[first:last].strip(" ")
    mark = "|" if "|" in line else "\t"
    position = text.index(line, first)
    if mark == "|" and line.startswith(mark):
        line, position = line[1:], position + 1
    for part in line.removesuffix(mark).split(mark):
        yield position, position + len(part)
        position += len(part) + 1


def _split(text: str, first: int, last: int) -> Iterable[tuple[int, int]]:
    start = first
    for match in _END.finditer(text, first, last):
        if _ABBREVIATION.search(text[max(start, match.start() - 8) : match.start()]):
            continue
        if _ALONE.fullmatch(text, start, match.start()) and _THAT_IS.match(text, match.end()):
            continue
        yield from _chopped(text, start, match.start())
        start = match.end()
    if text[start:last].strip():
        yield from _chopped(text, start, last)


def _chopped(text: str, start: int, last: int) -> Iterable[tuple[int, int]]:
    """Cut what is too long for a sentence, such as a list without a full stop, at white space."""
    while last - start > _LONGEST:
        cut = max(text.rfind(" ", start, start + _LONGEST), text.rfind("\n", start, start + _LONGEST))
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    yield start, last
