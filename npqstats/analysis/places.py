"""Which place a user means, among the places that the data have."""

from typing import NamedTuple

import polars as pl

from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.store import parts
from npqstats.vocabulary.areas import ENGLAND, REGION_ALIASES
from npqstats.vocabulary.names import folded, unknown


class Place(NamedTuple):
    """A place with figures."""

    level: str
    code: str
    name: str


def places(project: Project) -> list[Place]:
    """List every place that has a figure, the nation first."""
    rows = parts.read(
        project,
        lambda table: (
            table.filter(pl.col("location_code").is_not_null())
            .select("geographic_level", "location_code", "location_name")
            .unique()
            .sort(
                "geographic_level",
                pl.col("location_name").cast(pl.String),
                pl.col("location_code").cast(pl.String),
            )
        ),
    )
    return [Place(*row) for row in rows.iter_rows()]


def place(project: Project, name: str) -> Place:
    """Find a place by its name or its code.

    Raises:
        UsageError: No place is called so (nearest names offered), or several are.
    """
    known = places(project)
    code = ENGLAND[0] if folded(name) == "england" else REGION_ALIASES.get(folded(name), name)
    found = [place for place in known if folded(code) == folded(place.code)]
    found = found or [place for place in known if folded(name) == folded(place.name)]
    if not found:
        raise unknown("area", name, dict.fromkeys(place.name for place in known))
    if len({(place.level, place.code) for place in found}) > 1:
        codes = ", ".join(f"{place.code} ({place.level})" for place in found)
        raise UsageError(f"{name!r} names several areas.", f"Give the code of one: {codes}.")
    return found[0]


def region_of(project: Project, place: Place) -> Place | None:
    """Find the region in which a place lies, if it is in one that has figures of its own."""
    codes = parts.read(
        project,
        lambda table: (
            table.filter(pl.col("location_code").cast(pl.String) == place.code)
            .select(pl.col("region_code").cast(pl.String))
            .drop_nulls()
            .unique()
        ),
    )
    regions = [found for found in places(project) if found.level == "Regional" and found.code != place.code]
    return next((region for region in regions if region.code in codes.get_column("region_code").to_list()), None)
