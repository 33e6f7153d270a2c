"""A text as words and marks, so that what is said before and after a number is compared as plain text."""

import re
from bisect import bisect_left

_TOKEN = re.compile(r"\d(?:[\d.,]*\d)?|[^\W\d_]+(?:['’][^\W\d_]+)*|->|=>|[^\w\s]|_")


class Tokens:
    """The words, numbers and marks of a text, in lower case, with where each begins."""

    def __init__(self, text: str) -> None:
        """Split a text, once."""
        found = [(match.start(), match[0].lower().replace("’", "'")) for match in _TOKEN.finditer(text)]
        self.starts = [start for start, _ in found]
        self._words = [word for _, word in found]

    def between(self, start: int, end: int) -> str:
        """Write what begins between two places: every token with a space before it, and one at the end.

        >>> Tokens("Starts fell (by 32%), to 29,818.").between(7, 25)
        ' fell ( by 32 % ) , to '
        """
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return f" {' '.join(self._words[first:last])} " if first < last else " "

    def listed(self, start: int, end: int) -> list[tuple[int, str]]:
        """List the tokens that begin between two places, each with where it begins."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return list(zip(self.starts[first:last], self._words[first:last], strict=True))

    def back(self, end: int, number: int) -> int:
        """Say where so many tokens before a place begin."""
        return self.starts[max(0, bisect_left(self.starts, end) - number)] if number else end


def spelled(text: str) -> str:
    """Write a text as its tokens: each with a space before it, and one at the end."""
    return Tokens(text).between(0, len(text))
