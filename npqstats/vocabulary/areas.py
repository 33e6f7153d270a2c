"""Geographic levels with their columns, and the regions of England."""

from dataclasses import dataclass

from npqstats.vocabulary.names import folded


@dataclass(frozen=True)
class Level:
    """A kind of place, as the publisher's files spell it, and the columns that identify one."""

    name: str
    code: str
    code_columns: tuple[str, ...]
    """Columns with its code; the first that is not blank counts."""
    name_column: str


LEVELS: dict[str, Level] = {
    level.name: level
    for level in (
        Level("National", "NAT", ("country_code",), "country_name"),
        Level("Regional", "REG", ("region_code",), "region_name"),
        Level("Local authority", "LA", ("new_la_code", "old_la_code"), "la_name"),
        Level("Local authority district", "LAD", ("lad_code",), "lad_name"),
        Level("Parliamentary constituency", "PCON", ("pcon_code",), "pcon_name"),
        Level("MAT", "MAT", ("trust_id",), "trust_name"),
        Level("School", "SCH", ("school_urn", "school_laestab"), "school_name"),
        Level("Provider", "PROV", ("provider_ukprn",), "provider_name"),
    )
}
LEVEL_BY_NAME = {folded(level.name): level.name for level in LEVELS.values()}

ENGLAND = ("E92000001", "England")

REGIONS: dict[str, str] = {
    "E12000001": "North East",
    "E12000002": "North West",
    "E12000003": "Yorkshire and the Humber",
    "E12000004": "East Midlands",
    "E12000005": "West Midlands",
    "E12000006": "East of England",
    "E12000007": "London",
    "E12000008": "South East",
    "E12000009": "South West",
}
REGION_ALIASES = {
    folded(name): code
    for code, name in (
        *((code, name) for code, name in REGIONS.items()),
        ("E12000003", "Yorkshire and The Humber"),
        ("E12000003", "Yorkshire & Humber"),
        ("E12000003", "Yorkshire"),
        ("E12000006", "East"),
        ("E12000007", "Greater London"),
    )
}


from dataclasses import field  # noqa: E402


@dataclass(frozen=True, kw_only=True)
class Area:
    id: str
    level: str
    name: str
    code: str
    region: str | None = None
    began: int | None = None
    ended: int | None = None


AREAS = {ENGLAND[0]: Area(id=ENGLAND[0], level="National", name="England", code=ENGLAND[0])} | {
    code: Area(id=code, level="Regional", name=name, code=code) for code, name in REGIONS.items()
}


def canonical(level: str, codes: tuple[str, ...], name: str) -> Area:
    code = next((c for c in codes if c), name)
    return AREAS.get(code) or Area(id=code, level=level, name=name, code=code)


def area(text: str, among: list[Area] | None = None) -> Area:
    from npqstats.vocabulary.names import unknown

    for a in [*AREAS.values(), *(among or ())]:
        if folded(text) in (folded(a.name), folded(a.code)):
            return a
    raise unknown("area", text, [a.name for a in AREAS.values()])


def region_of(area: Area) -> Area | None:
    return AREAS.get(area.region) if area.region else None


def authorities(year: object = None) -> list[Area]:
    return []
