"""Names as people type them: slugs, loose matching and the nearest known name."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from npqstats.errors import UsageError


def slug(label: str) -> str:
    """Return a label as lower-case words joined by hyphens.

    >>> slug("Working hours: Part-time")
    'working-hours-part-time'
    """
    return re.sub(r"[\W_]+", "-", label.casefold()).strip("-")


_BLANK = str.maketrans(dict.fromkeys("\u115f\u1160\u2800\u3164\uffa0", " "))
"""Characters that are letters or symbols by name and have no ink."""
_WITHOUT_INK = re.compile("[\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f]")


@lru_cache(maxsize=4096)
def clean(label: str) -> str:
    r"""Drop what cannot be seen from a label: invisible characters go, any white space becomes one space.

    >>> clean("  Full\u00a0 time\u200b ")
    'Full time'
    """
    if label.isascii() and label.isprintable():
        return " ".join(label.split())
    text = _WITHOUT_INK.sub("", unicodedata.normalize("NFC", label.translate(_BLANK)))
    seen = (" " if unicodedata.category(c) == "Cc" else c for c in text if unicodedata.category(c) != "Cf")
    return " ".join("".join(seen).split())


def is_total(label: str) -> bool:
    """Whether a label names the total of its breakdown.

    >>> is_total("Overall"), is_total("All NPQs"), is_total("Any other ethnic group")
    (True, True, False)
    """
    return folded(clean(label)) in _TOTALS


_TOTALS = frozenset(
    f"{total}{of}"
    for total in ("overall", "total", "all", "totals", "grandtotal", "overalltotal", "alltotal")
    for of in ("", "npq", "npqs", "course", "courses", "groups", "participants", "starts", "schools", "england")
) | {"npqtotal", "npqstotal", "npqoverall", "coursetotal", "englandtotal", "england"}


def folded(name: str) -> str:
    """Return a name without case, spaces and punctuation, so that variants of it meet.

    >>> folded("Non-funded") == folded("non funded")
    True
    """
    return re.sub(r"[\W_]+", "", name.casefold())


def nearest(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """List the known names that look most like `name`, best first."""
    by_fold = {folded(candidate): candidate for candidate in known}
    wanted = folded(name)
    close = difflib.get_close_matches(wanted, by_fold, n=most)
    close += [fold for fold in by_fold if len(wanted) > 2 and wanted in fold and fold not in close]
    return [by_fold[fold] for fold in close[:most]]


def unknown(kind: str, name: str, known: Iterable[str]) -> UsageError:
    """Make the error for a name that is not known, offering the nearest ones, or all when they are few."""
    names = list(known)
    close = nearest(name, names)
    if close:
        hint = f"Did you mean {listed(close, 'or')}?"
    elif len(names) <= 15:
        hint = f"Known: {', '.join(names)}." if names else f"No {kind} is known here."
    else:
        see = f"; see 'npqstats list {kind}s'" if kind in ("area", "course") else ""
        hint = f"There are {len(names)} to choose from{see}."
    return UsageError(f"There is no {kind} {name!r}.", hint)


def listed(words: Iterable[str], last: str = "and") -> str:
    """Join words as in a sentence.

    >>> listed(["NPQLL", "NPQEYL", "NPQSENCO"])
    'NPQLL, NPQEYL and NPQSENCO'
    """
    *most, final = list(words) or [""]
    return f"{', '.join(most)} {last} {final}" if most else final


def capitalised(words: str) -> str:
    """Write words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def within(words: str) -> str:
    """Write the first words of a sentence within one.

    >>> within("Share of teachers"), within("NPQ starts")
    ('share of teachers', 'NPQ starts')
    """
    return words if words.startswith("NPQ") else words[:1].lower() + words[1:]


def plain(text: str) -> str:
    r"""Keep text from data on one line, and out of the terminal's control and the order of reading.

    >>> plain("two\nlines, \x1b[31mred")
    'two lines,  [31mred'
    """
    return text if text.isprintable() else "".join(letter if letter.isprintable() else " " for letter in text)
