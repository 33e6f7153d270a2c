"""Names as people type them: slugs, loose matching and the nearest known name."""

import difflib
import re
from collections.abc import Iterable

from npqstats.errors import UsageError


def slug(label: str) -> str:
    """Give a label as lower-case words joined by hyphens.

    >>> slug("Working hours: Part-time")
    'working-hours-part-time'
    """
    return re.sub(r"[\W_]+", "-", label.casefold()).strip("-")


def folded(name: str) -> str:
    """Give a name without case, spaces and punctuation, so that variants of it meet.

    >>> folded("Non-funded") == folded("non funded")
    True
    """
    return re.sub(r"[\W_]+", "", name.casefold())


def nearest(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """List the known names that look most like `name`, best first."""
    by_fold = {folded(candidate): candidate for candidate in known}
    wanted = folded(name)
    close = difflib.get_close_matches(wanted, by_fold, n=most, cutoff=0.5)
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
        hint = f"There are {len(names)} to choose from; see 'npqstats list'."
    return UsageError(f"There is no {kind} {name!r}.", hint)


def listed(words: Iterable[str], last: str = "and") -> str:
    """Join words as in a sentence.

    >>> listed(["NPQLL", "NPQEYL", "NPQSENCO"])
    'NPQLL, NPQEYL and NPQSENCO'
    """
    *most, final = list(words) or [""]
    return f"{', '.join(most)} {last} {final}" if most else final


def plain(text: str) -> str:
    r"""Keep text from data on one line, and out of the terminal's control and the order of reading.

    >>> plain("two\nlines, \x1b[31mred")
    'two lines,  [31mred'
    """
    return "".join(letter if letter.isprintable() else " " for letter in text)
