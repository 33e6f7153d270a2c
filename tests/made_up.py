"""MADE-UP releases of NPQ statistics, full size, in the exact published layouts.

Every figure, and every local authority, written by this module is made up: none is a statistic and none may
be quoted. Column names, regions and courses are the publisher's; of the other labels only `Overall` has been
seen in a published file. What a real file promises holds here too: parts add up, and rates agree with counts.

    python -m tests.made_up FOLDER [--rows N] [--seed N]
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from bench.nation import AREAS, BEGAN, BREAKDOWNS, DETAIL, FUNDINGS, REGIONS
from bench.rows import write_participants

__all__ = ["HEADERS", "rate", "write_participants", "write_release"]

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


def write_release(folder: Path, *, seed: int = 1, first: int = 202122, last: int = 202425) -> dict[str, Path]:
    """Write the four files of a made-up release.

    Args:
        folder: Where to; made if it is not there.
        seed: The same seed gives the same bytes.
        first: First academic year, as published (`202122`).
        last: Newest academic year: nearly nobody who started in it has completed.

    Returns:
        Each file by its data set, as in `HEADERS`.
    """
    rng = random.Random(seed)
    years = range(first, last + 1, 101)
    parts = {"Local authority": {name: rng.uniform(1, 6) for name, *_ in AREAS}, **BREAKDOWNS}
    teachers = _teachers(rng, years, parts)
    counts = _counts(rng, years, parts)
    shared = BREAKDOWNS.keys() - {DETAIL}
    small = [c for c, n in counts.items() if c[1] == "Non-funded" and c[2][0] in shared and 0 < n[0] < 80]
    hidden = {cell: "cux"[i % 3] for i, cell in enumerate(rng.sample(small, min(12, len(small))))}
    rows = {
        "npq-participants": _participants(counts, teachers, hidden, years),
        "npq-completions": _completions(counts, hidden, years),
        "npq-school-coverage": _coverage(rng, years),
        "npq-workforce": _workforce(counts, teachers, years),
    }
    folder.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / f"{name.replace('-', '_')}.csv" for name in HEADERS}
    for name, path in paths.items():
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([HEADERS[name].split(","), *rows[name]])
    return paths


def _teachers(rng: random.Random, years: range, parts: dict[str, dict[str, float]]) -> Teachers:
    """Count teachers: none of a group called Unknown, the nation's for each course."""
    found: Teachers = {}
    for year in years:
        found[year, NATIONAL] = total = rng.randint(505_000, 515_000)
        for part, groups in parts.items():
            known = {group: weight for group, weight in groups.items() if group != "Unknown"}
            heads = spread(total, [weight * rng.uniform(0.9, 1.1) for weight in known.values()])
            for group, head in zip(known, heads, strict=True):
                found[year, (part, group)] = total if part == "Course" else head
        for name, _, _, number in AREAS:
            region = (year, ("Regional", REGIONS[number]))
            found[region] = found.get(region, 0) + found[year, ("Local authority", name)]
    return found


def _counts(rng: random.Random, years: range, parts: dict[str, dict[str, float]]) -> dict[Cell, Count]:
    """Count starts, people and outcomes of every cell; of each part, starts and outcomes add up."""
    found: dict[Cell, Count] = {}
    for year, funding in product(years, FUNDINGS[1:]):
        age, unmatched = (years[-1] - year) // 101, rng.randint(100, 200)
        starts = rng.randint(24_000, 40_000) if funding == "Funded" else rng.randint(1_500, 6_000)
        done = int(starts * (0.4 if age == 1 else 0.84) * rng.uniform(0.98, 1.02)) if age else rng.randint(2, 4)
        passed = int(done * rng.uniform(0.95, 0.99)) if age else done
        wholes = {NATIONAL: (starts, done, passed)}
        for part, groups in parts.items():
            weights = [w * rng.uniform(0.85, 1.15) * (year >= BEGAN.get(name, 0)) for name, w in groups.items()]
            begun = spread(starts, weights)
            ended = spread(done, [n * rng.uniform(0.95, 1.05) for n in begun], begun)
            outcomes = zip(begun, ended, spread(passed, ended, ended), strict=True)
            wholes |= {(part, group): whole for group, whole in zip(groups, outcomes, strict=True)}
        for name, _, _, number in AREAS:
            region, inside = ("Regional", REGIONS[number]), wholes["Local authority", name]
            n, of_them, of_those = wholes.get(region, (0, 0, 0))
            wholes[region] = (n + inside[0], of_them + inside[1], of_those + inside[2])
        for place, (n, *outcome) in wholes.items():
            # In thousandths. Who starts twice may do so in two areas or courses, so there they are fewer.
            people = n - n * {"National": 5, "Regional": 3, "Course": 0}.get(place[0], 1) // 1000
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


def _rows(years: range) -> Iterator[tuple[Cell, list[str], tuple[str, str, str]]]:
    """Give each row's cell, its columns up to `new_la_code`, and its funding, breakdown and group."""
    regions = [(f"E1200000{n}", name) for n, name in enumerate(REGIONS, 1)]
    overall, nowhere = ("Overall", "Overall"), ("", "", "", "", "")
    places: list[tuple[Place, Place, tuple[str, ...]]] = [(NATIONAL, overall, nowhere)]
    places += [(("Regional", name), overall, (code, name, "", "", "")) for code, name in regions]
    places += [(("Local authority", area[0]), overall, (*regions[area[3]], *area[:3])) for area in AREAS]
    places += [((part, group), (part, group), nowhere) for part, groups in BREAKDOWNS.items() for group in groups]
    for (place, labels, area), funding, year in product(places, FUNDINGS, years):
        level = "National" if place[0] in BREAKDOWNS else place[0]
        row = [str(year), "Academic year", level, *_COUNTRY, *area]
        yield (year, funding, place), row, (funding, *labels)


def _participants(
    counts: dict[Cell, Count], teachers: Teachers, hidden: dict[Cell, str], years: range
) -> Iterator[list[str]]:
    """Write out the participants rows; a hidden cell hides its rate."""
    for cell, row, labels in _rows(years):
        (year, _, place), (starts, people, matched, *_) = cell, counts[cell]
        heads = teachers.get((year, place), 0)
        share = "z" if year < BEGAN.get(place[1], 0) else rate(matched, heads) if heads else "x"
        shown = [str(starts), str(people), str(matched), share]
        if (symbol := hidden.get(cell, "u")) != "u":
            shown = [symbol] * 4
        yield [*row, *labels, *shown, str(heads or "x")]


def _completions(counts: dict[Cell, Count], hidden: dict[Cell, str], years: range) -> Iterator[list[str]]:
    """Write out the completions rows; `u` hides the rates alone, for they are what is of low reliability."""
    for cell, row, labels in _rows(years):
        starts, _, _, completed, passed = counts[cell]
        shown = [str(starts), str(completed), str(passed), rate(completed, starts), rate(passed, completed)]
        if symbol := hidden.get(cell):
            shown = [*shown[:3], "u", "u"] if symbol == "u" else [symbol] * 5
        if cell[2][0] not in ("Local authority", DETAIL):
            yield [*row[:7], *labels, *shown]


def _coverage(rng: random.Random, years: range) -> Iterator[list[str]]:
    """Write out the school coverage rows; a group is a sum over kinds of school."""
    phases = ("Primary", "Secondary", "Special", "Other")
    types = ("Academies", "Maintained", "Free", "Other types")
    counted: dict[tuple[int, str, Place], list[int]] = {}
    for kind in product(phases, types):
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
    """Write a made-up release, or with `--rows` a participants file of that many rows."""
    parser = argparse.ArgumentParser(prog="python -m tests.made_up", description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, help="write npq_participants.csv alone, with this many rows")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.rows is None:
        write_release(asked.folder, seed=asked.seed)
    else:
        asked.folder.mkdir(parents=True, exist_ok=True)
        write_participants(asked.folder / "npq_participants.csv", asked.rows, seed=asked.seed)


if __name__ == "__main__":
    main()
