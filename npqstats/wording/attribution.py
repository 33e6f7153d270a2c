"""Who published what, when and under which licence."""

from collections.abc import Iterable

from npqstats.analysis.cells import Cell
from npqstats.catalogue.catalogue import Release, catalogue
from npqstats.vocabulary.names import capitalised, listed, within
from npqstats.vocabulary.periods import day_label
from npqstats.vocabulary.symbols import SYMBOLS


def status_of(release: Release) -> str:
    """Name the status of a release's figures, as far as somebody has said it."""
    return release.status or "status not known"


def edition(release: Release) -> str:
    """Say which release figures are from, when it was published and its status."""
    published = f", published {day_label(release.published)}" if release.published else ", date not known"
    as_of = f" (data as of {day_label(release.data_as_of)})" if release.data_as_of else ""
    status = status_of(release)
    return f"Release {release.label}{published}{as_of}. {capitalised(status)}."


def short(release: Release) -> str:
    """Name publisher, release, status and date in one line."""
    status = status_of(release)
    published = f", {day_label(release.published)}" if release.published else ", date not known"
    return f"DfE, {release.label}: {within(status)}{published}."


def source() -> str:
    """Name the publication, its publisher and the licence."""
    publication = catalogue().publication
    return f"Source: {publication.title}, {publication.publisher}. {publication.attribution}"


def publisher(cell: Cell) -> str:
    """Name who printed a figure and when: `Schools Week (July 2025)`; DfE for an official cell."""
    return (cell.citation or catalogue().publication.publisher).partition(", called '")[0]


def publishers(cells: Iterable[Cell]) -> list[str]:
    """List everybody whose figures are used, DfE first."""
    found = dict.fromkeys(publisher(cell) for cell in cells if cell.evidence == "reported")
    dfe = catalogue().publication.publisher
    return [dfe, *(name for name in found if not name.startswith(dfe))]


def flags_key(flags: Iterable[str], reported_by: Iterable[str]) -> list[str]:
    """Explain the one-letter flags that a table uses."""
    by = listed([name.partition(" (")[0] for name in reported_by])
    words = {"d": "derived", "r": f"reported by {by}", "t": "DfE's text", "!": "contradicts its counts", "v": "revised"}
    used = set(flags)
    return [f"{flag} {meaning}" for flag, meaning in words.items() if flag in used]


def symbols_key(symbols: Iterable[str]) -> list[str]:
    """Explain the symbols that a table uses."""
    used = set(symbols)
    return [f"[{symbol}] {meaning}" for symbol, meaning in SYMBOLS.items() if symbol in used]
