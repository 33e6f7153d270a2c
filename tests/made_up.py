"""MADE-UP releases of NPQ statistics, full size, in the exact published layouts.

Every figure written by this module is made up: none is a statistic and none may be quoted. Column names are the
publisher's; for the labels see `tests.nations`. What a real file promises holds here too: parts add up, rates agree
with counts, and every series has every year.

    python -m tests.made_up FOLDER [--seed N]
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import product
from pathlib import Path

from tests.nations import BOROUGHS, ENGLAND, FUNDINGS, NEXT_YEAR, REGIONS, Groups, Nation

_PERIOD = "time_period,time_identifier,geographic_level,"
_NATION = f"{_PERIOD}country_code,country_name,"
_COUNTED = "funding,breakdown,group_name,npq_starts,"
HEADERS = {
    "npq-participants": f"{_NATION}region_code,region_name,la_name,old_la_code,new_la_code,{_COUNTED}"
    "npq_unique_participants,npq_unique_participants_swc_eligible,percent_workforce_npq_participation,"
    "teaching_workforce_headcount_swc",
    "npq-completions": f"{_NATION}region_code,region_name,{_COUNTED}"
    "npq_completed,npq_passed,percentage_completion_rate,percentage_pass_rate",
    "npq-school-coverage": f"{_NATION}breakdown,group_name,cum_disc,"
    "total_schools,npq_schools,funded_npq_schools,non_funded_npq_schools,"
    "perc_npq_schools,perc_funded_npq_schools,perc_non_funded_npq_schools",
    "npq-workforce": f"{_PERIOD}country_name,country_code,funding,npq_participants,total_teachers,percentage",
}
_COUNTRY = ("E92000001", "England")

Place = tuple[str, str]  # a level and an area, or a breakdown and a group
Cell = tuple[int, str, Place]  # a year, a funding, a place
Count = tuple[int, int, int, int, int]  # starts, people, people matched to the census, completed, passed
Teachers = dict[tuple[int, Place], int]
Draw = Callable[..., random.Random]
"""Returns the source of chance for what it is asked of: a year, a funding, a part."""
NATIONAL = ("National", "Overall")


def rate(part: int, whole: int) -> str:
    """Print a percentage as published: one decimal, halves up, `1` for 1.0, `low` if it rounds to nothing."""
    if not whole:
        return "z"
    tenths = (2000 * part + whole) // (2 * whole)
    return "low" if part and not tenths else f"{tenths / 10:g}"


def spread(total: int, weights: Sequence[float], caps: Sequence[int] | None = None) -> list[int]:
    """Divide a whole number in proportion to the weights: the parts add to it and none passes its cap."""
    caps = caps or [total] * len(weights)
    shares = [total * weight / (sum(weights) or 1) for weight in weights]
    parts = [min(int(share), cap) for share, cap in zip(shares, caps, strict=True)]
    order = sorted(range(len(parts)), key=lambda i: parts[i] - shares[i])
    while sum(parts) < total:
        for i in order:
            parts[i] += bool(weights[i] and parts[i] < caps[i] and sum(parts) < total)
    return parts


def write_release(
    folder: Path, *, seed: int = 1, first: int = 202122, last: int = 202425, nation: Nation = BOROUGHS
) -> dict[str, Path]:
    """Write the four files of a made-up release.

    Args:
        folder: Where to; made if it is not there.
        seed: The same seed gives the same bytes.
        first: First academic year, as published (`202122`).
        last: Newest academic year: nearly nobody who started in it has completed.
        nation: Its labels. Two releases of steady nations and one seed differ by revisions alone.

    Returns:
        Each file by its data set, as in `HEADERS`.
    """
    rng = random.Random(seed)

    @cache
    def drawn(*key: object) -> random.Random:
        return random.Random(f"{seed} {key}")

    draw: Draw = drawn if nation.is_steady else lambda *_: rng
    years = range(first, last + 1, 101)
    weights = {area[0]: draw("area", area[1]).uniform(1, 6) for area in nation.authorities}
    parts: Groups = {"Local authority": weights, **nation.breakdowns}
    teachers = _teachers(draw, years, parts, nation)
    counts = _counts(draw, years, parts, nation)
    shared = nation.breakdowns.keys() - {nation.detail}
    small = [c for c, n in counts.items() if c[1] == "Non-funded" and c[2][0] in shared and 0 < n[0] < 80]
    hidden = {cell: "cux"[i % 3] for i, cell in enumerate(draw("symbols").sample(small, min(12, len(small))))}
    hidden |= _withheld(counts, nation)
    rows = {
        "npq-participants": _participants(counts, teachers, hidden, years, nation),
        "npq-completions": _completions(counts, hidden, years, nation),
        "npq-school-coverage": _coverage(draw, years),
        "npq-workforce": _workforce(counts, teachers, years),
    }
    folder.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / f"{name.replace('-', '_')}.csv" for name in HEADERS}
    for name, path in paths.items():
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([HEADERS[name].split(","), *rows[name]])
    return paths


def write_two_years(raw: Path, *, seed: int = 1) -> None:
    """Write two made-up releases as they would lie in data/raw: 2024-25, and what 2025-26 may bring."""
    write_release(raw / "2024-25", seed=seed, nation=ENGLAND)
    write_release(raw / "2025-26", seed=seed, last=202526, nation=NEXT_YEAR)


def _withheld(counts: dict[Cell, Count], nation: Nation) -> dict[Cell, str]:
    """Say what stands in the rows of authorities with few starts, and of courses in years without them."""
    found: dict[Cell, str] = {}
    for (year, funding, place), (starts, *_) in counts.items():
        if place[0] == "Local authority" and starts < nation.fewest:
            found[year, funding, place] = "c"
        elif place[1] in nation.never and not nation.exists(place[1], year):
            found[year, funding, place] = nation.never[place[1]]
    return found


def _teachers(draw: Draw, years: range, parts: Groups, nation: Nation) -> Teachers:
    """Count teachers: none of a group called Unknown, the nation's for each course."""
    found: Teachers = {}
    for year in years:
        found[year, NATIONAL] = total = draw("teachers", year).randint(505_000, 515_000)
        for i, (part, groups) in enumerate(parts.items()):
            rng = draw("teachers", year, i)
            known = {group: weight for group, weight in groups.items() if group != "Unknown"}
            heads = spread(total, [weight * rng.uniform(0.9, 1.1) for weight in known.values()])
            for group, head in zip(known, heads, strict=True):
                found[year, (part, group)] = total if part == nation.course else head
        for part, subtotals in nation.subtotals.items():
            found |= {(year, (part, group)): total for group in subtotals}
        for name, _, _, number in nation.authorities:
            region = (year, ("Regional", REGIONS[number]))
            found[region] = found.get(region, 0) + found[year, ("Local authority", name)]
    return found


def _counts(draw: Draw, years: range, parts: Groups, nation: Nation) -> dict[Cell, Count]:
    """Count starts, people and outcomes of every cell; of each part, starts and outcomes add up."""
    found: dict[Cell, Count] = {}
    for year, funding in product(years, FUNDINGS[1:]):
        rng, age = draw(year, funding), (years[-1] - year) // 101
        unmatched = rng.randint(100, 200)
        starts = rng.randint(24_000, 40_000) if funding == "Funded" else rng.randint(1_500, 6_000)
        if nation.is_steady:
            starts += draw("revision", year, funding, years[-1]).randint(-60, 60)
        rng = draw(year, funding, age)
        done = int(starts * (0.4 if age == 1 else 0.84) * rng.uniform(0.98, 1.02)) if age else rng.randint(2, 4)
        passed = int(done * rng.uniform(0.95, 0.99)) if age else done
        wholes = {NATIONAL: (starts, done, passed)}
        for i, (part, groups) in enumerate(parts.items()):
            rng = draw(year, funding, "part", i)
            weights = [w * rng.uniform(0.85, 1.15) * nation.exists(name, year) for name, w in groups.items()]
            begun = spread(starts, weights)
            rng = draw(year, funding, "ended", i)
            ended = spread(done, [n * rng.uniform(0.95, 1.05) for n in begun], begun)
            outcomes = zip(begun, ended, spread(passed, ended, ended), strict=True)
            wholes |= {(part, group): whole for group, whole in zip(groups, outcomes, strict=True)}
        sums = [
            ((part, g), [(nation.course, c) for c in of]) for part, s in nation.subtotals.items() for g, of in s.items()
        ]
        sums += [
            (("Regional", name), [("Local authority", a[0]) for a in nation.authorities if a[3] == number])
            for number, name in enumerate(REGIONS)
        ]
        for whole, inside in sums:
            a, b, c = (sum(column) for column in zip(*(wholes[place] for place in inside), strict=True))
            wholes[whole] = (a, b, c)
        for place, (n, *outcome) in wholes.items():
            # In thousandths. Who starts twice may do so in two areas or courses, so there they are fewer.
            people = n - n * {"National": 5, "Regional": 3, nation.course: 0}.get(place[0], 1) // 1000
            found[year, funding, place] = (
                n,
                people,
                people - people * unmatched // 1000,
                outcome[0],
                outcome[1],
            )
    for year, place in {(year, place): None for year, _, place in found}:
        paid, own = found[year, "Funded", place], found[year, "Non-funded", place]
        n, people, matched, done, passed = (a + b for a, b in zip(paid, own, strict=True))
        # Who did a funded and a non-funded course is one person.
        found[year, "Overall", place] = (n, people - own[1] // 500, matched - own[2] // 500, done, passed)
    return found


def _rows(years: range, nation: Nation) -> Iterator[tuple[Cell, list[str], tuple[str, str, str]]]:
    """Give each row's cell, its columns up to `new_la_code`, and its funding, breakdown and group."""
    regions = [(f"E1200000{n}", name) for n, name in enumerate(REGIONS, 1)]
    overall, nowhere = ("Overall", "Overall"), ("", "", "", "", "")
    groups = [
        (part, group) for listed in (nation.breakdowns, nation.subtotals) for part in listed for group in listed[part]
    ]
    places: list[tuple[Place, Place, tuple[str, ...]]] = [(NATIONAL, overall, nowhere)]
    places += [(("Regional", name), overall, (code, name, "", "", "")) for code, name in regions]
    for name, old, new, number in nation.authorities:
        region = regions[number] if nation.has_regions else ("", "")
        places.append((("Local authority", name), overall, (*region, name, old, new)))
    places += [(group, group, nowhere) for group in groups]
    parts = {part for part, _ in groups}
    for (place, labels, area), funding, year in product(places, FUNDINGS, years):
        level = "National" if place[0] in parts else place[0]
        row = [str(year), "Academic year", level, *_COUNTRY, *area]
        yield (year, funding, place), row, (funding, *labels)


def _participants(
    counts: dict[Cell, Count], teachers: Teachers, hidden: dict[Cell, str], years: range, nation: Nation
) -> Iterator[list[str]]:
    """Write out the participants rows; a hidden cell hides its rate."""
    for cell, row, labels in _rows(years, nation):
        (year, _, place), (starts, people, matched, *_) = cell, counts[cell]
        heads = teachers.get((year, place), 0)
        share = "z" if not nation.exists(place[1], year) else rate(matched, heads) if heads else "x"
        shown = [str(starts), str(people), str(matched), share]
        if (symbol := hidden.get(cell, "u")) != "u":
            shown = [symbol] * 4
        yield [*row, *labels, *shown, str(heads or "x")]


def _completions(
    counts: dict[Cell, Count], hidden: dict[Cell, str], years: range, nation: Nation
) -> Iterator[list[str]]:
    """Write out the completions rows; `u` hides the rates alone, for they are what is of low reliability."""
    for cell, row, labels in _rows(years, nation):
        starts, _, _, completed, passed = counts[cell]
        shown = [str(starts), str(completed), str(passed), rate(completed, starts), rate(passed, completed)]
        if symbol := hidden.get(cell):
            shown = [*shown[:3], "u", "u"] if symbol == "u" else [symbol] * 5
        if cell[2][0] not in ("Local authority", nation.detail):
            yield [*row[:7], *labels, *shown]


def _coverage(draw: Draw, years: range) -> Iterator[list[str]]:
    """Write out the school coverage rows; a group is a sum over kinds of school."""
    phases = ("Primary", "Secondary", "Special", "Other")
    types = ("Academies", "Maintained", "Free", "Other types")
    counted: dict[tuple[int, str, Place], list[int]] = {}
    for kind in product(phases, types):
        rng = draw("schools", kind)
        total, ever = rng.randint(200, 3000), [0, 0, 0]
        for year in years:
            total += rng.randint(0, 12)
            some = int(total * rng.uniform(0.3, 0.6))
            own = int(some * rng.uniform(0, 0.05))
            new = [some, some - own, own + own // 10]
            # Whether a school had a starter before is taken to say nothing of whether it has one now.
            ever = [old + n * (total - old) // total for old, n in zip(ever, new, strict=True)]
            ever[0] = min(ever[0], ever[1] + ever[2])
            counted[year, "Discrete", kind], counted[year, "Cumulative", kind] = [total, *new], [total, *ever]
    groups = [("Overall", "Overall"), *product(["School phase"], phases), *product(["School type"], types)]
    for (breakdown, group), basis, year in product(groups, ("Cumulative", "Discrete"), years):
        kinds = [kind for kind in product(phases, types) if group in ("Overall", *kind)]
        total, *schools = (sum(n) for n in zip(*(counted[year, basis, kind] for kind in kinds), strict=True))
        row = [str(year), "Academic year", "National", *_COUNTRY, breakdown, group, basis]
        yield [*row, *map(str, (total, *schools)), *(rate(n, total) for n in schools)]


def _workforce(counts: dict[Cell, Count], teachers: Teachers, years: range) -> Iterator[list[str]]:
    """Write out the workforce rows: teachers who have started since the first year, some of them again."""
    for funding in FUNDINGS:
        ever = 0
        for year in years:
            now, total = counts[year, funding, NATIONAL][2], teachers[year, NATIONAL]
            ever += now - min(ever, now) // 20
            row = [str(year), "Academic year", "National", *reversed(_COUNTRY), funding]
            yield [*row, str(ever), str(total), rate(ever, total)]


def main() -> None:
    """Write a made-up release."""
    parser = argparse.ArgumentParser(prog="python -m tests.made_up", description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    write_release(asked.folder, seed=asked.seed)


if __name__ == "__main__":
    main()
