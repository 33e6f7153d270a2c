"""Text for an output that lacks characters: what means the same in those that it has, and never a question mark."""

import unicodedata

_PLAIN = str.maketrans(
    "\u2212\u2013\u2014\u2500\u2502\u25b2\u25bc\u2588\u00d7\u2018\u2019\u201c\u201d\u00a0", "----|+-#x''\"\" "
) | {0x2026: "..."}
"""Minus, dashes and rules; arrows, bars and the multiplication sign; quotation marks and spaces; the ellipsis."""


def encodable(text: str, encoding: str | None) -> str:
    r"""Return text that `encoding` can write.

    A minus or a dash becomes a hyphen, an arrow its sign, an accent is left out; what has no plain form is written as
    its code point. None means UTF-8.

    >>> encodable("\u221232.0% \u25bc", "ascii"), encodable("Caf\u00e9", "ascii"), encodable("\u6559", "ascii")
    ('-32.0% -', 'Cafe', '\\u6559')
    """
    name = encoding or "utf-8"
    if _fits(text, name):
        return text
    return "".join(letter if _fits(letter, name) else _replaced(letter, name) for letter in text)


def _replaced(letter: str, encoding: str) -> str:
    plain = letter.translate(_PLAIN)
    if plain == letter:
        parts = unicodedata.normalize("NFKD", letter)
        plain = "".join(part for part in parts if not unicodedata.combining(part))
    return plain if _fits(plain, encoding) else letter.encode("ascii", "backslashreplace").decode()


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
