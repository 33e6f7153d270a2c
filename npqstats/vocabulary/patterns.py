"""Regular expressions that most texts have no use for: each is compiled when it is first needed."""

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")


class _Lazy:
    """An expression that has the methods of a compiled one from the moment that one of them is called."""

    def __init__(self, pattern: str, flags: re.RegexFlag) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)


def lazy(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Return a regular expression that is compiled when it is first used: that takes longer than most searches."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))


class Pattern:
    r"""A regular expression that is compiled, and tried, only where one of its cues is in the text.

    A plain word is looked for in a hundredth of the time that such an expression takes, and most sentences have none.

    >>> years = Pattern(r"\b(?:two|three)\s+years\b", cues="years")
    >>> years.search("Over Two years, NPQ starts fell."), years.search("NPQ starts fell.")
    (<re.Match object; span=(5, 14), match='Two years'>, None)
    """

    def __init__(self, pattern: str, cues: str, flags: re.RegexFlag = re.IGNORECASE) -> None:
        """Take an expression, and words in lower case: whatever it matches has one of them.

        Args:
            pattern: The expression.
            cues: The words, with bars between; of several such lists with ` & ` between, it has one word of each.
            flags: Those of `re`.
        """
        self._compiled, self._cues = lazy(pattern, flags), [each.split("|") for each in cues.split(" & ")]
        self._known: tuple[str, list[list[int]]] = ("", [])
        """The last text, and where it has cues."""

    def _may_match(self, text: str, start: int, end: int) -> bool:
        known, places = self._known
        if known is not text:
            told = _plain(text)
            places = [sorted(place for cue in cues for place in _places(told, cue)) for cues in self._cues]
            self._known = text, places
        for each in places:
            index = bisect_left(each, start)
            if index == len(each) or each[index] >= end:
                return False
        return True

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Find the first match in a part of a text."""
        return self._compiled.search(text, start, end) if self._may_match(text, start, end) else None

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Match what a part of a text begins with."""
        return self._compiled.match(text, start, end) if self._may_match(text, start, end) else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Find every match in a part of a text."""
        return self._compiled.finditer(text, start, end) if self._may_match(text, start, end) else iter(())


@lru_cache(maxsize=2)
def _plain(text: str) -> str:
    return text.replace("\u0130", "I").lower().replace("\n", " ")  # In lower case this letter is two.


def _places(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)
