"""The made-up releases keep what their module promises; every figure in them is invented."""

from __future__ import annotations

import csv
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from pathlib import Path

import pytest

from tests.frozen import PUBLISHED
from tests.made_up import HEADERS, rate, spread, write_release, write_two_years
from tests.nations import BOROUGHS, ENDED_COURSE, ENGLAND, FUNDINGS, NEW_COURSE, NEXT_YEAR, REGIONS, RENAMED, Nation

YEARS = ("202122", "202223", "202324", "202425")
Rows = list[dict[str, str]]
Release = dict[str, Rows]


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module", params=[1, 2, 3])
def release(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Release:
    files = write_release(tmp_path_factory.mktemp("release"), seed=request.param)
    return {dataset: read(path) for dataset, path in files.items()}


def key(row: dict[str, str]) -> tuple[str, ...]:
    place = row.get("la_name") or row.get("region_name") or ""
    return (row["time_period"], row["funding"], place, row["breakdown"], row["group_name"])


def counts(rows: Rows, *columns: str) -> dict[tuple[str, ...], tuple[int, ...]]:
    """Take the counts of every row that hides none of them."""
    shown = (row for row in rows if all(row[column].isdigit() for column in columns))
    return {key(row): tuple(int(row[column]) for column in columns) for row in shown}


def to_the_digit(part: str, whole: str) -> str:
    """Work a rate out again, with decimals."""
    exact = Decimal(100) * int(part) / int(whole)
    rounded = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if exact and not rounded:
        return "low"
    return f"{rounded:f}".removesuffix(".0")


def agrees(part: str, whole: str, printed: str) -> bool:
    """Say whether a printed rate is what its counts give, or a symbol where they give none."""
    if part.isdigit() and whole.isdigit() and int(whole) and printed not in ("u", "z"):
        return printed == to_the_digit(part, whole)
    return printed in ("c", "u", "x", "z")


def test_a_four_year_release_has_as_many_rows_as_the_published_one(release: Release) -> None:
    assert {dataset: len(rows) for dataset, rows in release.items()} == {
        "npq-participants": 2652,
        "npq-completions": 660,
        "npq-school-coverage": 72,
        "npq-workforce": 12,
    }


def test_every_year_and_funding_has_one_nation_nine_regions_and_153_authorities(release: Release) -> None:
    for year, funding in product(YEARS, FUNDINGS):
        rows = [r for r in release["npq-participants"] if (r["time_period"], r["funding"]) == (year, funding)]
        levels = [row["geographic_level"] for row in rows if row["breakdown"] == "Overall"]
        assert [levels.count(level) for level in ("National", "Regional", "Local authority")] == [1, 9, 153]
        assert len(rows) == 221


def test_a_longer_span_has_more_rows(tmp_path: Path) -> None:
    files = write_release(tmp_path, first=202122, last=202526)
    assert [len(read(path)) for path in files.values()] == [3315, 825, 90, 15]
    assert {row["time_period"] for row in read(files["npq-workforce"])} == {*YEARS, "202526"}


@pytest.mark.parametrize("dataset", HEADERS)
def test_headers_are_those_of_the_published_files(dataset: str, tmp_path: Path) -> None:
    made, published = write_release(tmp_path)[dataset], PUBLISHED / "2024-25" / f"{dataset.replace('-', '_')}.csv"
    with made.open(encoding="utf-8") as ours, published.open(encoding="utf-8") as theirs:
        assert ours.readline().rstrip() == theirs.readline().rstrip()


def test_no_row_comes_twice(release: Release) -> None:
    for dataset in ("npq-participants", "npq-completions"):
        assert len({key(row) for row in release[dataset]}) == len(release[dataset])


def test_overall_starts_are_funded_plus_non_funded(release: Release) -> None:
    for dataset in ("npq-participants", "npq-completions"):
        starts = counts(release[dataset], "npq_starts")
        seen = {(year, *place) for year, _, *place in starts}
        triples = [[starts.get((year, funding, *place)) for funding in FUNDINGS] for year, *place in seen]
        whole = [(overall[0], paid[0] + own[0]) for overall, paid, own in triples if overall and paid and own]
        assert len(whole) >= len(triples) - 12
        assert all(overall == parts for overall, parts in whole)


def test_overall_people_are_no_more_than_funded_and_non_funded_people(release: Release) -> None:
    columns = ("npq_unique_participants", "npq_unique_participants_swc_eligible")
    people = counts(release["npq-participants"], *columns)
    for (year, funding, *place), overall in people.items():
        paid, own = (people.get((year, other, *place)) for other in FUNDINGS[1:])
        if funding == "Overall" and paid and own:
            assert all(max(p, o) <= n <= p + o for n, p, o in zip(overall, paid, own, strict=True))


def test_regions_and_authorities_add_up_in_starts_and_teachers(release: Release) -> None:
    for column in ("npq_starts", "teaching_workforce_headcount_swc"):
        found = counts(release["npq-participants"], column)
        areas = [r for r in release["npq-participants"] if r["la_name"]]
        for year, funding in product(YEARS, FUNDINGS):
            of = {
                place: n for (y, f, place, kind, _), (n,) in found.items() if (y, f, kind) == (year, funding, "Overall")
            }
            assert sum(of[region] for region in REGIONS) == of[""]
            for region in REGIONS:
                inside = {r["la_name"] for r in areas if r["region_name"] == region}
                assert sum(of[name] for name in inside) == of[region]


@pytest.mark.parametrize("dataset", ["npq-participants", "npq-completions"])
def test_each_breakdown_adds_up_to_the_nation_unless_a_cell_is_hidden(release: Release, dataset: str) -> None:
    starts = counts(release[dataset], "npq_starts")
    for year, funding, breakdown in product(YEARS, FUNDINGS, BOROUGHS.breakdowns.keys() - {BOROUGHS.detail}):
        parts = [starts.get((year, funding, "", breakdown, group)) for group in BOROUGHS.breakdowns[breakdown]]
        (nation,) = starts[year, funding, "", "Overall", "Overall"]
        total = sum(part[0] for part in parts if part)
        assert total == nation if None not in parts else total < nation


def test_counts_that_are_part_of_others_are_no_larger(release: Release) -> None:
    people = ("npq_starts", "npq_unique_participants", "npq_unique_participants_swc_eligible")
    outcomes = ("npq_starts", "npq_completed", "npq_passed")
    for dataset, columns in (("npq-participants", people), ("npq-completions", outcomes)):
        for found in counts(release[dataset], *columns).values():
            assert list(found) == sorted(found, reverse=True)


def test_both_files_give_a_cell_the_same_starts(release: Release) -> None:
    starts = {key(row): row["npq_starts"] for row in release["npq-participants"]}
    assert all(row["npq_starts"] == starts[key(row)] for row in release["npq-completions"])


def test_rates_agree_with_their_counts_to_the_printed_digit(release: Release) -> None:
    for dataset, part, whole, share in (
        ("npq-participants", "npq_unique_participants_swc_eligible", "teaching_workforce_headcount_swc",
         "percent_workforce_npq_participation"),
        ("npq-completions", "npq_completed", "npq_starts", "percentage_completion_rate"),
        ("npq-completions", "npq_passed", "npq_completed", "percentage_pass_rate"),
        ("npq-school-coverage", "npq_schools", "total_schools", "perc_npq_schools"),
        ("npq-school-coverage", "funded_npq_schools", "total_schools", "perc_funded_npq_schools"),
        ("npq-school-coverage", "non_funded_npq_schools", "total_schools", "perc_non_funded_npq_schools"),
        ("npq-workforce", "npq_participants", "total_teachers", "percentage"),
    ):  # fmt: skip
        assert [row for row in release[dataset] if not agrees(row[part], row[whole], row[share])] == []


@pytest.mark.parametrize(
    ("part", "whole", "printed"),
    [
        (1, 8, "12.5"),
        (1, 2000, "0.1"),
        (1, 2001, "low"),
        (0, 9, "0"),
        (9, 9, "100"),
        (0, 0, "z"),
        (5, 400, "1.3"),
    ],
)
def test_a_rate_prints_as_published(part: int, whole: int, printed: str) -> None:
    assert rate(part, whole) == printed


def test_spreading_loses_nothing_and_passes_no_cap() -> None:
    parts = spread(10, [8, 1, 1, 0], [3, 4, 4, 0])
    assert sum(parts) == 10
    assert all(part <= cap for part, cap in zip(parts, [3, 4, 4, 0], strict=True))


def test_since_the_first_year_is_never_less_than_in_a_year(release: Release) -> None:
    columns = ("npq_schools", "funded_npq_schools", "non_funded_npq_schools")
    rows = {(r["group_name"], r["time_period"], r["cum_disc"]): r for r in release["npq-school-coverage"]}
    for group, year, _ in rows:
        ever, now = rows[group, year, "Cumulative"], rows[group, year, "Discrete"]
        assert all(int(ever[column]) >= int(now[column]) for column in columns)
        assert year != YEARS[0] or all(ever[column] == now[column] for column in columns)


def test_the_workforce_file_begins_with_the_matched_people_of_the_first_year(release: Release) -> None:
    matched = counts(release["npq-participants"], "npq_unique_participants_swc_eligible")
    ever = {(row["funding"], row["time_period"]): int(row["npq_participants"]) for row in release["npq-workforce"]}
    for (funding, year), since in ever.items():
        (now,) = matched[year, funding, "", "Overall", "Overall"]
        assert since >= now
        assert year != YEARS[0] or since == now


def test_the_two_newest_years_are_unfinished(release: Release) -> None:
    found = counts(release["npq-completions"], "npq_starts", "npq_completed")
    nation = [found[year, "Overall", "", "Overall", "Overall"] for year in YEARS]
    old, older, recent, newest = (done / starts for starts, done in nation)
    assert min(old, older) > 0.8
    assert 0.35 < recent < 0.45
    assert 0 < newest < 0.001


def test_a_course_has_no_starts_before_it_began(release: Release) -> None:
    for row in release["npq-completions"]:
        if int(row["time_period"]) < BOROUGHS.began.get(row["group_name"], 0):
            assert [row[c] for c in list(row)[-5:]] == ["0", "0", "0", "z", "z"]
    for row in release["npq-participants"]:
        is_early = int(row["time_period"]) < BOROUGHS.began.get(row["group_name"], 0)
        assert (row["npq_starts"] == "0") >= is_early
        assert (row["percent_workforce_npq_participation"] == "z") == is_early


def test_every_symbol_is_somewhere_and_only_small_cells_are_hidden(release: Release) -> None:
    completions = release["npq-completions"]
    printed = {row["percentage_completion_rate"] for row in completions}
    assert printed >= {"low", "c", "u", "x", "z"}
    hidden = [row for row in completions if not row["npq_starts"].isdigit()]
    assert 0 < len(hidden) <= 12
    assert {row["funding"] for row in hidden} == {"Non-funded"}


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path: Path) -> None:
    one, again, other = (write_release(tmp_path / name, seed=seed) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    for dataset in HEADERS:
        assert one[dataset].read_bytes() == again[dataset].read_bytes() != other[dataset].read_bytes()


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Release]:
    raw = tmp_path_factory.mktemp("two")
    write_two_years(raw)
    return {
        folder.name: {path.stem.replace("_", "-"): read(path) for path in folder.iterdir()} for folder in raw.iterdir()
    }


@pytest.mark.parametrize(("name", "nation"), [("2024-25", ENGLAND), ("2025-26", NEXT_YEAR)])
def test_every_series_has_every_year_and_parts_add_up(two_years: dict[str, Release], name: str, nation: Nation) -> None:
    rows = two_years[name]["npq-participants"]
    years = {row["time_period"] for row in rows}
    assert len({key(row) for row in rows}) == len(rows) == len(years) * len({key(row)[1:] for row in rows})
    starts = counts(rows, "npq_starts")
    for year, funding, breakdown in product(years, FUNDINGS, [*nation.breakdowns, *nation.subtotals]):
        groups = {**nation.breakdowns, **nation.subtotals}[breakdown]
        parts = [starts.get((year, funding, "", breakdown, group)) for group in groups]
        absent = [group for group, part in zip(groups, parts, strict=True) if part is None]
        (total,) = starts[year, funding, "", "Overall", "Overall"]
        if not [group for group in absent if nation.exists(group, int(year))]:
            assert sum(part[0] for part in parts if part) == total


def test_a_release_of_2024_25_has_as_many_rows_as_the_published_one(two_years: dict[str, Release]) -> None:
    assert sorted(len(rows) for rows in two_years["2024-25"].values()) == [12, 72, 660, 2652]


def test_next_year_has_what_a_year_may_bring(two_years: dict[str, Release]) -> None:
    now, after = (two_years[name]["npq-participants"] for name in ("2024-25", "2025-26"))
    assert [len({row["time_period"] for row in rows}) for rows in (now, after)] == [4, 5]
    assert [len({row["la_name"] for row in rows} - {""}) for rows in (now, after)] == [153, 153]
    codes = [{row["old_la_code"]: (row["la_name"], row["new_la_code"]) for row in rows} for rows in (now, after)]
    moved = {old for old in codes[0] if codes[0][old] != codes[1][old]}
    assert moved == {"342", "370", "373", "801", "884"}  # renamed, and Barnsley and Sheffield recoded in May 2025
    new, ended = (
        {
            row["time_period"]: row["npq_starts"]
            for row in after
            if (row["funding"], row["group_name"]) == ("Overall", c)
        }
        for c in (NEW_COURSE, ENDED_COURSE)
    )
    assert {new[year] for year in YEARS} == {"z"}
    assert new["202526"].isdigit()
    assert ended["202526"] == "0" != ended["202425"]
    named = [{row["breakdown"] for row in rows} for rows in (now, after)]
    assert (named[0] - named[1], named[1] - named[0]) == (set(RENAMED), set(RENAMED.values()))


def test_next_year_revises_earlier_years_by_little(two_years: dict[str, Release]) -> None:
    now, after = (counts(two_years[name]["npq-completions"], "npq_starts") for name in ("2024-25", "2025-26"))
    for year, funding in product(YEARS, FUNDINGS):
        (before,), (revised,) = (found[year, funding, "", "Overall", "Overall"] for found in (now, after))
        assert 0 < abs(revised - before) <= 240
