"""A release as it has come, and what became of it."""

from dataclasses import dataclass, field

from npqstats.catalogue.lock import Line, PassedOver
from npqstats.fetch.checked import Fresh
from npqstats.fetch.decide import Deed
from npqstats.fetch.moved import Moved
from npqstats.fetch.service.discovery import Note


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """A release as it has come: checked files in a folder beside their places."""

    release: str
    fresh: list[Fresh]
    unchanged: list[Line] = field(default_factory=list)
    """New lines for files of which the service says that nothing changed."""
    passed_over: list[PassedOver] = field(default_factory=list)
    notes: tuple[Note, ...] = ()
    is_current: bool = True
    """Whether this is how the release stands now; what a person downloaded may be of any time."""
    gone: frozenset[str] = frozenset()
    """Data sets that were fetched once and that the service lists no more."""


@dataclass(frozen=True, kw_only=True)
class Done:
    """What became of one file."""

    name: str
    title: str
    deed: Deed
    rows: int
    rows_before: int | None = None


@dataclass(frozen=True, kw_only=True)
class Landed:
    """What became of a release."""

    release: str
    edition: str
    """The folder that holds it now."""
    before: str = ""
    """The edition that stood before and stands still, where this one corrects it."""
    done: list[Done]
    moved: list[Moved] = field(default_factory=list)
    notes: tuple[Note, ...] = ()
    passed_over: list[PassedOver] = field(default_factory=list)
    is_lock_renewed: bool = False
    """Whether the lock says something new, be it of files that are as they were."""
