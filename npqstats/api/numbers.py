"""The questions that begin with a number in somebody's words: find it, or check the text that it is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from npqstats.api.shown import Shown, Where
from npqstats.listeners import Say, silent
from npqstats.store.build import ready
from npqstats.tables.table import Document
from npqstats.wording import factcheck as checking
from npqstats.wording import find as searching


@dataclass(frozen=True, kw_only=True, repr=False)
class Found(Shown, searching.Found):
    """What a number may be, likeliest first; iterate over its matches."""

    def _laid_out(self) -> Document:
        from npqstats.tables.found import document

        return document(self)

    def __repr__(self) -> str:
        """Say what it is in one line."""
        return f"<Found {self.number}: {self.total}>"


@dataclass(frozen=True, kw_only=True, repr=False)
class Checked(Shown, checking.Checked):
    """A text with a verdict for each of its numbers; iterate over the verdicts."""

    def _laid_out(self) -> Document:
        from npqstats.tables.factcheck import document

        return document([self])

    def __repr__(self) -> str:
        """Say what it is in one line."""
        return f"<Checked: {self.summary}>"


def find(
    text: str,
    *,
    year: str | Sequence[str] | None = None,
    measure: str | None = None,
    area: str | None = None,
    release: str | None = None,
    project: Where = None,
    say: Say = silent,
) -> Found:
    """Find which published cells, and which one-step derivations, are a number at its precision.

    Args:
        text: As people write it: `41,274`, `32%`, `2.8 points`, `144k`, `a third`, `one in five`.
        year: Only figures of this academic year, or of these: a change is then from one of them to another.
        measure: Only figures of this measure.
        area: Only figures of this region or local authority, or England.
        release: Only this edition; None: all.
        project: Where the data are.
        say: Called with what was built.

    Returns:
        Ten matches at most, likeliest first; where nothing fits, slips that would explain the number, and the nearest.

    Raises:
        UsageError: It is no number, or a year, measure, area or release is not known.

    >>> [match.what for match in find("144,241")]
    ['NPQ courses started from 2021/22 to 2024/25']
    """
    here = ready(project, say=say)
    return Found(**vars(searching.find(here, text, year=year, measure=measure, area=area, release=release)))


def factcheck(
    text: str, *, as_of: str | date | None = None, name: str = "", project: Where = None, say: Say = silent
) -> Checked:
    """Return a verdict for each number in a text that could be a claim about NPQs.

    Args:
        text: The text itself, not the name of a file.
        as_of: The day of the text, such as 2025-07-11, by which `last year` is read; None: the date at its head, else
            the newest release.
        name: What to call the text.
        project: Where the data are.
        say: Called with what was built.

    Returns:
        The text with its verdicts, in order; no verdict for what is no claim: dates, money, ages, references.

    Raises:
        UsageError: The day is none.
    """
    (checked,) = checking.factcheck(ready(project, say=say), [(name, text)], as_of)
    return Checked(**vars(checked))
