"""England's areas through their names and codes: the nation, nine regions and the local authorities."""

import csv
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from npqstats.errors import UsageError
from npqstats.vocabulary.breakdowns import group_slug
from npqstats.vocabulary.names import clean, folded, unknown


@dataclass(frozen=True)
class Level:
    """A kind of area, as the publisher's files spell it, and the columns that identify one."""

    name: str
    code_columns: tuple[str, ...]
    """Columns with its code; the first that is not blank counts."""
    name_column: str


_TABLE = tomllib.loads(Path(__file__).with_name("areas.toml").read_text("utf-8"))
LEVELS: dict[str, Level] = {
    entry["name"]: Level(**entry | {"code_columns": tuple(entry["code_columns"])}) for entry in _TABLE["level"]
}
LEVEL_BY_NAME = {folded(level.name): level.name for level in LEVELS.values()}


@dataclass(frozen=True)
class AreaCode:
    """A code of an area and the years it held; None where it always has, or still does."""

    code: str
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True)
class AreaChange:
    """What happened to an area."""

    year: int
    kind: str
    """recoded, boundary, split or merged."""
    text: str


@dataclass(frozen=True, kw_only=True)
class Area:
    """One area through its history."""

    id: str
    """Its 3-digit code for an authority, its ONS code for a region and the nation; always the same."""
    level: str
    name: str
    codes: tuple[AreaCode, ...] = ()
    """Every ONS code it has had, the newest last."""
    region: str | None = None
    """Id of the region that an authority is in."""
    aliases: tuple[str, ...] = ()
    changes: tuple[AreaChange, ...] = ()
    began: int | None = None
    ended: int | None = None
    is_listed: bool = True
    """False for an area that only a file names."""

    @property
    def code(self) -> str:
        """The ONS code of today; for an area that is not listed, the code in its file, if any."""
        return self.codes[-1].code if self.codes else self.id

    @property
    def in_words(self) -> str:
        """What it is called within a sentence: the North East, Bristol."""
        found: str = _TABLE["in_words"].get(self.id, self.name)
        return found

    @property
    def notes(self) -> list[str]:
        """What a reader of figures across the years should know, in words."""
        return [change.text for change in self.changes]


def _code(text: str) -> AreaCode:
    code, _, years = text.partition(":")
    since, _, until = years.partition("-")
    return AreaCode(code, int(since) if since else None, int(until) if until else None)


def _read() -> dict[str, Area]:
    with Path(__file__).with_name("areas.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: Area(
                id=row["id"],
                level=row["level"],
                name=row["name"],
                codes=tuple(_code(text) for text in row["codes"].split(";")),
                region=row["region"] or None,
                aliases=tuple(filter(None, row["aliases"].split(";"))),
                changes=tuple(
                    AreaChange(change["year"], change["kind"], change["text"])
                    for change in _TABLE["change"]
                    if row["id"] in change["areas"]
                ),
                began=int(row["began"]) if row["began"] else None,
                ended=int(row["ended"]) if row["ended"] else None,
            )
            for row in csv.DictReader(file)
        }


AREAS: dict[str, Area] = _read()
"""Every area that is known, by id: the nation, the regions, the authorities of today, those that ended."""
ENGLAND = ("E92000001", "England")
REGIONS: dict[str, str] = {area.id: area.name for area in AREAS.values() if area.level == "Regional"}
_LISTED = ("National", "Regional", "Local authority")
"""The levels whose areas are all in the list."""
_BY_CODE = {code: area for area in AREAS.values() for code in (area.id, *(held.code for held in area.codes))}


def of_code(code: str) -> Area | None:
    """Find an area by an ONS or 3-digit code that it has, or once had.

    >>> [area and area.name for area in map(of_code, ("E10000027", "E06000066", "933", "E99999999"))]
    ['Somerset', 'Somerset', 'Somerset', None]
    """
    return _BY_CODE.get(clean(code).upper())


def authorities(year: int | None = None) -> list[Area]:
    """List the local authorities that exist today, or did at the end of a year."""
    every = [area for area in AREAS.values() if area.level == "Local authority"]
    if year is None:
        return [area for area in every if area.ended is None]
    return [area for area in every if (area.began or 0) <= year and (area.ended is None or area.ended > year)]


_BESIDE = re.compile(
    r"\b(?:london borough of|royal borough of|metropolitan borough of|metropolitan district of|borough of|city of"
    r"|county of|city and county of|(?:metropolitan |royal )?(?:city|county|borough|district|unitary)"
    r"(?: borough| district)?(?: council| authority)|council of the|council|local authority|unitary authority|county"
    r"|borough|lb|mbc|cc|bc|the|region)\b"
)


@cache
def _plainly(name: str) -> str:
    """A name without case, accents and punctuation, with `saint` and `and` in one spelling each."""
    text = clean(name).casefold().replace("&", " and ").replace("'", "").replace("’", "")
    if not text.isascii():
        text = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    words = " ".join(re.findall(r"[^\W_]+", text))
    return re.sub(r"\bsaint\b", "st", words)


@cache
def _barely(name: str) -> str:
    """The same without `the`, `city of`, `county`, `council` and their like; itself where nothing is left."""
    plain = _plainly(name)
    bare = re.sub(r"\b(?:and|upon|on|in)\b", " ", _BESIDE.sub(" ", plain))
    return " ".join(bare.split()) or plain


def _names(area: Area) -> tuple[str, ...]:
    return (area.name, *area.aliases)


def _is_called(text: str, same: Callable[[str], str]) -> Callable[[Area], bool]:
    wanted = same(text)
    return lambda area: any(same(name) == wanted for name in _names(area))


@cache
def _by_name() -> dict[tuple[str, str], list[Area]]:
    """The areas of each level by each of their names, without `the`, `city of` and their like."""
    found: dict[tuple[str, str], list[Area]] = {}
    for area in AREAS.values():
        for bare in {_barely(name) for name in _names(area)}:
            found.setdefault((area.level, bare), []).append(area)
    return found


def _has_part(text: str, end: str = " ") -> Callable[[Area], bool]:
    wanted = f" {_barely(text)}{end}"
    return lambda area: len(wanted) > 3 and any(wanted in f" {_barely(name)} " for name in _names(area))


def find(text: str, among: Iterable[Area] | None = None) -> list[Area]:
    """Find the areas that a user may mean: by code, by name, by one without `City of` and its like, by a part.

    Args:
        text: As typed: `933`, `E10000027`, `Bristol`, `St Helens`, `Telford`.
        among: The areas to look among; None for all that are known.

    Returns:
        Nothing, one, or several that fit equally well. An authority of today comes before one that ended.

    >>> [area.name for area in find("Durham")], [area.id for area in find("Sussex")]
    (['County Durham'], ['845', '938'])
    """
    areas = list(AREAS.values() if among is None else among)
    if not _plainly(text):
        return []
    coded = of_code(text)
    for fits in (
        lambda area: area is coded or folded(text) in {folded(area.id), *(folded(held.code) for held in area.codes)},
        _is_called(text, lambda name: clean(name).casefold()),
        _is_called(text, _plainly),
        _is_called(text, _barely),
        _has_part(text),
        _has_part(text, end=""),
    ):
        found = [area for area in areas if fits(area)]
        today = [area for area in found if area.ended is None]
        if found:
            return today or found
    return []


def area(text: str, among: Iterable[Area] | None = None) -> Area:
    """Find the one area that a user means.

    Raises:
        UsageError: No area has this name (the hint lists those that look like it), or several fit.
    """
    areas = list(AREAS.values() if among is None else among)
    found = find(text, areas)
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(f"{one.id} ({one.name}{_level(one, found)})" for one in found[:8])
        more = f" and {len(found) - 8} more" if len(found) > 8 else ""
        raise UsageError(f"{text!r} names several areas.", f"Name one by its code: {listed}{more}.")
    raise unknown("area", text, dict.fromkeys(one.name.partition(",")[0] for one in areas))


def _level(one: Area, found: list[Area]) -> str:
    return f", {one.level.lower()}" if len({other.level for other in found}) > 1 else ""


def canonical(level: str, codes: Sequence[str], name: str) -> Area:
    """Find the area of a row of a published file.

    Args:
        level: One of `LEVELS`.
        codes: What is in the level's code columns, blanks allowed; the first that is known decides.
        name: As published.

    Returns:
        The area of the list; one that the list lacks is made of its own code and name.
    """
    for known in map(of_code, filter(None, codes)):
        if known is not None and known.level == level:
            return known
    kept = [clean(code) for code in codes if clean(code)]
    called = _by_name().get((level, _barely(name)), [])
    today = [one for one in called if one.ended is None] or called
    if len(today) == 1:
        return today[0]
    own = kept[0] if kept else group_slug(name)
    return Area(id=own, level=level, name=clean(name), codes=tuple(map(AreaCode, kept[:1])), is_listed=False)


def of_observation(level: str, known_as: str, code: str | None, name: str, region: str | None) -> Area:
    """Return the area of an observation by its id; for one that the list lacks, what the file says of it."""
    codes = (AreaCode(code),) if code else ()
    own = Area(id=known_as, level=level, name=clean(name), codes=codes, region=region, is_listed=False)
    return AREAS.get(known_as, own)


def contradicts(level: str, codes: Sequence[str], name: str) -> str | None:
    """Say that the codes and the name of a row are those of different areas of the list; None where they agree.

    A code or a name that the list lacks contradicts nothing: see `unlisted`.

    >>> contradicts("Local authority", ("E06000066", "933"), "Leeds")
    'E06000066 is Somerset, not Leeds'
    """
    coded = [(clean(code), known) for code in codes if (known := of_code(code)) is not None]
    for code, known in coded:
        if known.level != level and level in _LISTED:
            return f"{code} is {known.name}, which is {known.level.lower()}, not {level.lower()}"
    if level not in _LISTED:
        return None
    for code, known in coded[1:]:
        if known is not coded[0][1]:
            return f"{coded[0][0]} is {coded[0][1].name}, {code} is {known.name}"
    is_another = coded and not any(_is_called(name, _barely)(known) for _, known in coded)
    if is_another and (level, _barely(name)) in _by_name():
        return f"{coded[0][0]} is {coded[0][1].name}, not {clean(name)}"
    return None


def unlisted(level: str, codes: Sequence[str], name: str) -> str | None:
    """Say which code or name of a nation, region or authority the list lacks; None where it has them all.

    >>> unlisted("Local authority", ("E06000099", "933"), "Somerset")
    'E06000099 is not among the codes known for Somerset'
    """
    if level not in _LISTED:
        return None
    found = canonical(level, codes, name)
    missing = [clean(code) for code in codes if clean(code) and of_code(code) is None]
    if not found.is_listed:
        return f"{' '.join([*missing, clean(name)])} is not on the list of areas"
    if missing:
        return f"{missing[0]} is not among the codes known for {found.name}"
    if not _is_called(name, _barely)(found):
        return f"{found.code} is known as {found.name}, not as {clean(name)}"
    return None
