"""Figures in sentences, by the rules of official statistics."""

from collections.abc import Mapping
from typing import Any

from npqstats.catalogue.catalogue import Release, catalogue, release
from npqstats.vocabulary.numbers import number, rounded
from npqstats.vocabulary.symbols import SYMBOLS


def change(row: Mapping[str, Any]) -> str:
    """Say a change in words that stay true for any figures.

    Args:
        row: With `change`, `change_pct`, `change_pp` and `status`, as in a comparison or a trend.

    >>> change({"change": -14022.0, "change_pct": -31.98, "change_pp": None, "status": "compared"})
    'fell by 14,022 (32.0%)'
    >>> change({"change": None, "change_pct": None, "change_pp": 0.83, "status": "compared"})
    'up 0.8 percentage points'
    """
    if row["change_pp"] is not None:
        size = rounded(abs(row["change_pp"]), 1)
        points = "percentage point" if size == 1 else "percentage points"
        return f"{'up' if row['change_pp'] > 0 else 'down'} {size} {points}" if size else "hardly changed"
    if row["change"] is not None:
        if row["change"] == 0:
            return "did not change"
        share = f" ({number(abs(row['change_pct']), '%')})" if row["change_pct"] is not None else ""
        return f"{'rose' if row['change'] > 0 else 'fell'} by {number(abs(row['change']))}{share}"
    return {"so far": "not compared: unfinished", "new": "new", "missing": "not known"}.get(
        row["status"], "no change stated"
    )


def cell(value: float | None, symbol: str | None, unit: str) -> str:
    """Write a figure, or its symbol in square brackets; a rate that rounds to nothing but is not 0 says so."""
    if symbol:
        return f"[{symbol}]"
    if value and unit == "%" and not rounded(value, 1):
        return "<0.05%"
    return number(value, unit)


def edition(name: str) -> str:
    """Say which release figures are from, when it was published and what standing it has."""
    known: Release = release(name)
    published = f", published {known.published:%-d %B %Y}" if known.published else ""
    as_of = f" (data as of {known.data_as_of:%-d %B %Y})" if known.data_as_of else ""
    return f"Release {known.label}{published}{as_of}. {known.status or catalogue().publication.status}."


def source() -> str:
    """Name the publication, its publisher and the licence."""
    publication = catalogue().publication
    return f"Source: {publication.title}, {publication.publisher}. {publication.attribution}"


def credit(name: str) -> str:
    """Name publication, release, standing and licence in the few words that a chart has room for."""
    known, publication = release(name), catalogue().publication
    published = f", published {known.published:%-d %B %Y}" if known.published else ""
    return (
        f"Source: {publication.title} ({known.label}{published}) from the {publication.publisher}. "
        f"{known.status or publication.status}. {publication.attribution}"
    )


def symbol_key(used: set[str]) -> list[str]:
    """Explain the symbols that a table uses."""
    return [f"[{symbol}] {meaning}" for symbol, meaning in SYMBOLS.items() if symbol in used]
