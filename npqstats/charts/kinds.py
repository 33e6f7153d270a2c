"""The kinds of chart: what each shows, which parts of a question it takes, and the function that makes it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from npqstats.errors import UsageError
from npqstats.listeners import Say, silent
from npqstats.project import Project
from npqstats.store.build import ready
from npqstats.vocabulary.names import listed, unknown

if TYPE_CHECKING:
    from npqstats.charts.chart import Chart

_EVERYWHERE = ("measure", "funding", "area", "basis", "include_unripe")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of chart; its module bears its name, and in it a function of that name takes what is asked."""

    shows: str
    takes: tuple[str, ...]
    """The parts of a question besides the years and the release."""


KINDS = {
    "trend": Kind(
        shows="a measure through the years",
        takes=(*_EVERYWHERE, "by", "course", "exclude_courses"),
    ),
    "change": Kind(
        shows="two years side by side, ranked by size",
        takes=(*_EVERYWHERE, "by", "course", "exclude_courses"),
    ),
    "split": Kind(
        shows="funded against non-funded, in numbers and shares",
        takes=("measure", "course", "area", "basis"),
    ),
    "impact": Kind(
        shows="what makes up a rise or fall",
        takes=("measure", "by", "funding", "exclude_courses", "area"),
    ),
    "completion": Kind(
        shows="completion and pass rates of each year's starters",
        takes=("by", "funding", "course", "area", "exclude_courses"),
    ),
    "areas": Kind(
        shows="regions or local authorities side by side",
        takes=("measure", "by", "funding", "basis", "include_unripe", "highlight"),
    ),
}
_MOST_YEARS = 2
_OPTIONS = {"exclude_courses": "--exclude-course", "include_unripe": "--include-unripe"}


def chart(
    kind: str,
    years: Sequence[str] = (),
    *,
    title: str | None = None,
    subtitle: str | None = None,
    project: Project | Path | str | None = None,
    say: Say = silent,
    **question: Any,
) -> "Chart":
    """Make a chart, yet of no size and no theme.

    Args:
        kind: One of `KINDS`.
        years: None, one (the newest to be shown) or two (from and to, or the two to be compared).
        title: Instead of the finding that is computed from the rows.
        subtitle: Instead of what is counted, where and when.
        project: Where the data are; none: found as `npqstats.project.locate` does.
        say: Told what a reader should know of the whole chart.
        question: As for `compare` and `trend`: `measure`, `by`, `funding`, `course`, `exclude_courses`, `area`,
            `basis`, `release`, `include_unripe`; and `highlight`, a place to be marked among the others.

    Raises:
        UsageError: A part of the question is not known or not for this kind, or there are no such rows.
    """
    from dataclasses import replace

    from npqstats.charts.asked import Asked

    if kind not in KINDS:
        raise unknown("kind of chart", kind, KINDS)
    if len(years) > _MOST_YEARS:
        raise UsageError("A chart takes at most two years.", "Give the first and the last one.")
    asked = Asked(project=ready(project, say=say), years=tuple(years), say=say, **question)
    _check(kind, asked.given)
    make: Callable[[Asked], Chart] = getattr(import_module(f"npqstats.charts.{kind}"), kind)
    made = make(asked)
    return replace(made, title=title or made.title, subtitle=made.subtitle if subtitle is None else subtitle)


def _check(kind: str, given: set[str]) -> None:
    for name in sorted(given - set(KINDS[kind].takes)):
        takers = [other for other, found in KINDS.items() if name in found.takes]
        option = _OPTIONS.get(name, f"--{name}")
        raise UsageError(f"A chart of {kind} takes no {option}.", f"It is for {listed(takers)}.")
