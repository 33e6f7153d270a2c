"""What a sentence says of a number, and what its relative years hang on."""

from collections.abc import Iterable
from typing import NamedTuple

from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.vocabulary.claims import Mention

NO_LIMITS = ("institution", "provider", "time", "forecast", "outcome", "retention")
"""Groups that are none where another clause has them: who says it, when, and what somebody plans."""
OUTCOMES = ("complete", "pass", "fail", "dropout", "register", "offer", "target")
"""What else than a start may be said of a course."""
LEVELS = ("level", "share")
"""The roles of a number that is a figure, not what one moved by."""
NUMBER = "#"
"""What a number is in the words that are told of it."""


class Share(NamedTuple):
    """What a share is of, and what became of it."""

    whole: str = ""
    event: str = ""


class Said(NamedTuple):
    """What a sentence says of a number."""

    role: str = "level"
    """level, change, share, factor (of an earlier figure) or target."""
    counted: str = ""
    """people, courses, places, schools, workforce or nothing."""
    event: str = ""
    """start, complete, pass, register, dropout, target or nothing."""
    measure: str = ""
    """A measure that is named outright."""
    whole: str = ""
    """What a share is of: workforce, people, schools, courses, completions."""
    funding: str = "all"
    is_funding_named: bool = False
    is_of_payer: bool = False
    """Whether a share is of those that this payer paid for: `in London 93.3 per cent of starts were funded`."""
    area: str = ""
    """ONS code, or a name after a question mark that the rows do not have; empty for England."""
    course: str = ""
    without: tuple[str, ...] = ()
    against: tuple[str, str] = ("", "")
    """The part that it is set against, by its kind: `("group", "male")`."""
    group: str = ""
    """`breakdown=group`, or a word after a question mark."""
    basis: str = ""
    years: tuple[int, ...] = ()
    """One year, or the two of a change, or all that are added up."""
    is_sum: bool = False
    are_years_named: bool = False
    is_year_sure: bool = True
    """Whether it is an academic year, or unmistakably one."""
    direction: int = 0
    end: str = ""
    """from or to, where the figure is an end of a change."""
    doubts: tuple[str, ...] = ()
    """What the sentence says besides, which no row can answer."""
    is_old: bool = False
    """Whether a year before the reforms is named."""
    is_about: bool = True
    """Whether the sentence speaks of NPQs."""
    is_perfect: bool = False
    """Whether it says `has started`, which looks back over all years."""
    part_of: Quantity | None = None
    """The number that this is a part of: `23,477 of the 29,526`."""
    may_be_all: bool = False
    """Whether teachers or schools are spoken of, and nothing is said of what they did."""
    is_rest: bool = False
    """Whether it counts those that did not: `have never had anyone start`."""
    is_caption: bool = False
    """For what is carried on: whether the sentence before had no number of its own."""
    is_of_year: bool = False
    """Whether courses are said to have been completed within a year."""
    is_so_far: bool = False
    """Whether the sentence says that its courses go on: `so far`, `still under way`."""
    is_reason: bool = False
    """Whether something is made of the number: `, which shows how poor the courses are`."""
    is_little: bool = False
    """Whether it is said to be little: `just 53 per cent have been completed`."""
    is_other: bool = False
    """For what is carried on: whether the sentence before was about other statistics."""
    unread: tuple[str, ...] = ()
    """Words of its clause that no rule has read: the figure may be of something else."""
    subject: tuple[str, ...] = ()
    """Those of them that limit what the clause speaks of, so that what leans on it is limited as well."""
    own: tuple[str, ...] = ()
    """The parts of a figure (measure, funding, year, basis, area, group) that its sentence says.

    Of what is carried on: those that it sets for what follows.
    """
    carried: tuple[str, ...] = ()
    """Those that are only carried from the text before.

    Of what is carried on: those that a sentence without numbers says.
    """
    near: frozenset[tuple[str, str]] = frozenset()
    """The phrases of its clause, each with its kind; years as the academic years that they name."""
    far: frozenset[tuple[str, str]] = frozenset()
    """Those of the rest of its sentence, and of what this leans on."""
    above: frozenset[tuple[str, str]] = frozenset()
    """The courses, groups and areas, and what is counted, that the text has named before its sentence."""
    is_placed: bool = True
    """Whether its place in a table or a list of pairs says what it is of, not the phrases around it."""
    several: "tuple[Said, ...]" = ()
    """For what is carried on: what the sentence before said of each of its numbers, where they differ."""
    share: Share = Share()
    """For what is carried on: what the shares beside the counts of a list are of."""
    told: tuple[str, ...] = ()
    """The words of a text about a survey: those of a number's clause, and of what this leans on, the nearest first."""
    is_weak: bool = False
    """Whether the sentence might be about something else: then only what fits is worth telling."""

    @property
    def names_calendar_year(self) -> bool:
        """Whether its sentence, or what this leans on, names a calendar year, of which no figure is."""
        return any(kind in ("calendar", "odd") for kind, _ in self.near | self.far)


def parts_of(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """List the parts of a figure that some phrases say."""
    kinds = {m.kind for m in mentions if m.text.lower() != "coverage" and m.value not in NO_LIMITS}
    return tuple(part for part, phrases in _PHRASES.items() if kinds & phrases)


def with_parts(said: Said, mentions: Iterable[Mention], before: Said, heading: Said, *, leans: bool) -> Said:
    """Note which parts of a figure its sentence or heading says, and which are carried from the sentence before.

    What the sentence before sets outright, or says where this one points back to it, is as good as said.
    """
    own = {*parts_of(mentions)}
    named = {"funding": said.is_funding_named, "year": said.are_years_named}
    carried = {part for part in _FIELDS if _is_of(said, part, before)}
    settled = {*before.own, *(before.carried if leans else ())}
    settled |= {"year"} & {*heading.own} if _is_of(said, "year", heading) else set()
    carried -= settled
    own |= {part for part, is_so in named.items() if is_so and part not in carried}
    own -= set() if said.is_funding_named else {"funding"}  # What is said of it is of another number.
    return said._replace(own=tuple(sorted(own)), carried=tuple(part for part in _FIELDS if part in carried - own))


def _is_of(said: Said, part: str, before: Said) -> bool:
    """Whether a part is said of a number as the text before says it."""
    is_said = {"funding": said.is_funding_named, "measure": True}
    if part == "year":
        return said.are_years_named and said.years[-1:] == before.years[-1:] != ()
    values = [getattr(said, name) for name in _FIELDS[part]]
    return is_said.get(part, any(values)) and values == [getattr(before, name) for name in _FIELDS[part]]


def without(said: Said, parts: Iterable[str]) -> Said:
    """Return what is said without some parts, but for the years."""
    fields = [name for part in parts if part != "year" for name in _FIELDS[part]]
    return said._replace(**{name: Said._field_defaults[name] for name in fields})


_FIELDS = {
    "measure": ("counted", "event", "measure"),
    "funding": ("is_funding_named", "funding"),
    "year": ("years",),
    "basis": ("basis",),
    "area": ("area",),
    "group": ("course", "group"),
}
_PHRASES = {
    "measure": {"counted", "event", "measure", "coverage"},
    "funding": {"funding"},
    "year": {"academic", "year", "calendar", "span"},
    "basis": {"basis", "academic", "year", "span"},
    "area": {"area"},
    "group": {"group", "course"},
}
"""The kinds of phrases that say a part of a figure."""

Read = tuple[Quantity, Said]
"""A number, and what its sentence says of it."""


def year_before(period: int) -> int:
    """Return the academic year before one: 202324 of 202425."""
    return period - 101
