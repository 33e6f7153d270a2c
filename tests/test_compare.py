from __future__ import annotations

import csv
import random
import shutil
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from npqstats import behind, compare, trend
from npqstats.analysis.columns import COMPARISON
from npqstats.analysis.show import origins
from npqstats.errors import UsageError
from npqstats.project import Project
from tests.analysis_fixtures import line, notes, rows_of, small
from tests.made_up import write_release


def test_the_answer_has_the_promised_columns(published: Project) -> None:
    assert dict(compare("2023-24", "2024-25", project=published).schema) == COMPARISON


def test_years_the_wrong_way_round_give_the_same_table_and_a_word_about_it(published: Project) -> None:
    said: list[str] = []
    turned = compare("2024-25", "2023-24", project=published, say=said.append)
    assert turned.equals(compare("2023-24", "2024-25", project=published))
    assert "The years came the wrong way round: this is 2023/24 to 2024/25." in said


def test_unfinished_cohorts_are_shown_so_far_and_not_compared(published: Project) -> None:
    row = line(compare("2022-23", "2023-24", measure="completion-rate", project=published), "Completion rate")
    assert (row["before"], row["after"], row["status"], row["change_pp"]) == (81.7, 39.7, "so far", None)


def test_unfinished_cohorts_are_compared_when_asked_and_the_note_stays(published: Project) -> None:
    table = compare("2022-23", "2023-24", measure="completion-rate", include_unripe=True, project=published)
    row = line(table, "Completion rate")
    assert row["status"] == "compared"
    assert row["change_pp"] == pytest.approx(100 * (17389 / 43840 - 31791 / 38906))
    assert "22 months" in notes(table, "Completion rate")


def test_finished_cohorts_need_no_word_about_unfinished_ones(published: Project) -> None:
    row = line(compare("2021-22", "2022-23", measure="completions", project=published), "Completions")
    assert (row["status"], row["change"], row["notes"]) == ("compared", 31791 - 26783, [])


def test_next_years_release_needs_no_entry_and_finishes_one_more_cohort(tmp_path: Path) -> None:
    write_release(tmp_path / "data" / "raw" / "2025-26", last=202526)
    table = compare("2022-23", "2023-24", measure="completions", project=tmp_path)
    assert table.select("release", "status").rows() == [("2025-26", "compared")]
    assert compare("2023-24", "2024-25", measure="completions", project=tmp_path)["status"].to_list() == ["so far"]


def test_a_symbol_gives_no_change_and_the_row_says_why(published: Project) -> None:
    table = compare("2023-24", "2024-25", measure="completion-rate", include_unripe=True, project=published)
    row = line(table, "Completion rate")
    assert (row["after"], row["after_symbol"], row["change_pp"], row["status"]) == (None, "low", None, "incomplete")
    assert "2024/25: rounds to 0 but is not 0, so no change is stated." in notes(table, "Completion rate")


def test_a_new_course_is_new_and_the_vocabulary_says_since_when(published: Project) -> None:
    table = compare("2023-24", "2024-25", by="course", project=published)
    name = "Special educational needs co-ordinator (NPQSENCO)"
    assert line(table, name)["status"] == "new"
    assert "NPQSENCO began in autumn 2024, so 2023/24 has none." in notes(table, name)


def test_a_course_that_began_later_than_both_years_is_not_called_new(full: Project) -> None:
    table = compare("2021-22", "2022-23", by="course", project=full)
    new = table.filter(pl.col("status") == "new")["line"].to_list()
    assert new == ["Early years leadership (NPQEYL)", "Leading literacy (NPQLL)"]
    assert notes(table, "Leading primary mathematics (NPQLPM)").startswith("NPQLPM began in 2023/24.")


def test_like_for_like_leaves_the_new_course_out_of_both_years(published: Project) -> None:
    table = compare("2023-24", "2024-25", measure="starts", like_for_like=True, project=published)
    assert table.select("line", "before", "after").rows() == [("Starts, leaving out NPQSENCO", 43840.0, 19281.0)]


def test_like_for_like_finds_the_new_courses_of_any_two_years(full: Project) -> None:
    table = compare("2021-22", "2022-23", measure="starts", like_for_like=True, project=full)
    assert table["line"].to_list() == ["Starts, leaving out NPQEYL and NPQLL"]
    assert table["before"][0] == compare("2021-22", "2022-23", measure="starts", project=full)["before"][0]


@pytest.mark.parametrize("measure", ["participants", "workforce-share", "schools"])
def test_like_for_like_refuses_what_does_not_add_up(full: Project, measure: str) -> None:
    with pytest.raises(UsageError, match="cannot be had without a course"):
        compare("2023-24", "2024-25", measure=measure, like_for_like=True, project=full)


def test_by_course_like_for_like_drops_the_new_course(full: Project) -> None:
    table = compare("2023-24", "2024-25", by="course", like_for_like=True, project=full)
    assert "SENCO" not in " ".join(name for name in table["line"] if "leaving out" not in name)
    parts = table.filter(pl.col("breakdown") == "course")
    assert table["after"][0] == parts["after"].sum()


def test_every_headline_figure_stands_in_the_raw_file_at_the_place_it_names(published: Project) -> None:
    table = compare("2023-24", "2024-25", project=published)
    for row in table.iter_rows(named=True):
        for side in ("before", "after"):
            cells = [printed(published, origin) for origin in row[f"{side}_origins"]]
            symbol, value = row[f"{side}_symbol"], row[side]
            if symbol:
                assert cells[0] == symbol
            elif value is not None:
                assert value == float(cells[0]) - (sum(map(float, cells[1:])) if "leaving out" in row["line"] else 0)
            else:
                assert not cells


def test_behind_gives_each_cell_as_it_is_printed_there(published: Project) -> None:
    places = list(dict.fromkeys(origins(compare("2023-24", "2024-25", project=published))))
    cells = behind(places, project=published)
    assert cells["raw"].to_list() == [printed(published, origin) for origin in places]


def printed(project: Project, origin: str) -> str:
    """Read a cell at `file:line:column` without npqstats."""
    file, line_number, column = origin.rsplit(":", 2)
    with (project.raw / file).open(encoding="utf-8", newline="") as text:
        rows = list(csv.reader(text))
    return rows[int(line_number) - 1][rows[0].index(column)]


@pytest.mark.parametrize("seed", [1, 2])
def test_shuffled_raw_rows_give_the_same_answers(published: Project, tmp_path: Path, seed: int) -> None:
    raw = tmp_path / "data" / "raw"
    shutil.copytree(published.raw, raw, ignore=shutil.ignore_patterns("raw.lock"))
    for file in sorted(raw.glob("*/*.csv")):
        header, *rows = file.read_text("utf-8").splitlines()
        random.Random(seed).shuffle(rows)
        file.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    places = ("before_origins", "after_origins", "origins")
    questions: tuple[Callable[[Project | Path], pl.DataFrame], ...] = (
        lambda project: compare("2023-24", "2024-25", project=project),
        lambda project: compare("2021-22", "2022-23", by="course", funding="funded", sort="name", project=project),
        lambda project: compare(
            "2021-22", "2022-23", by="working-pattern", funding="funded", sort="name", project=project
        ),
        lambda project: trend(measure="completion-rate", project=project),
    )
    for ask in questions:
        ours, theirs = ask(published), ask(tmp_path)
        assert ours.drop(places, strict=False).equals(theirs.drop(places, strict=False))


def test_starts_by_region_are_the_sums_of_their_authorities(full: Project) -> None:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows_of(full, "2024-25/npq_participants.csv"):
        if (row["geographic_level"], row["funding"]) == ("Local authority", "Overall"):
            sums[row["region_name"], row["time_period"]] += int(row["npq_starts"])
    table = compare("2023-24", "2024-25", measure="starts", by="region", project=full)
    regions = table.filter(pl.col("geographic_level") == "Regional")
    found = {(name, year): value for name, *pair in regions.select("line", "before", "after").rows()
             for year, value in zip(("202324", "202425"), pair, strict=True)}  # fmt: skip
    assert found == {key: value for key, value in sums.items() if key[1] in ("202324", "202425")}
    assert table.filter(pl.col("geographic_level") == "National")["after"].sum() == regions["after"].sum()


@pytest.mark.parametrize(
    ("by", "breakdown", "file", "measure", "column"),
    [
        ("course", "Course", "npq_participants", "starts", "npq_starts"),
        ("course", "Course", "npq_completions", "completions", "npq_completed"),
        ("phase", "School phase", "npq_participants", "participants", "npq_unique_participants"),
        ("age", "Age group", "npq_completions", "passes", "npq_passed"),
        ("ethnicity-detailed", "Ethnicity detailed", "npq_participants", "starts", "npq_starts"),
        ("working-pattern", "Working hours", "npq_participants", "starts", "npq_starts"),
        ("phase", "School phase", "npq_school_coverage", "schools", "npq_schools"),
    ],
)
@pytest.mark.parametrize("funding", ["Overall", "Funded"])
def test_every_breakdown_agrees_with_the_raw_file(
    full: Project, by: str, breakdown: str, file: str, measure: str, column: str, funding: str
) -> None:
    if file == "npq_school_coverage":
        column = {"Overall": column, "Funded": f"funded_{column}"}[funding]
    expected: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows_of(full, f"2024-25/{file}.csv"):
        is_here = row["geographic_level"] == "National" and row["breakdown"] == breakdown
        if is_here and row.get("funding", funding) == funding and row.get("cum_disc", "Discrete") == "Discrete":
            expected[row["group_name"]][row["time_period"]] = float(row[column])
    asked = "all" if funding == "Overall" else funding
    table = compare(*("2021-22", "2022-23"), measure=measure, by=by, funding=asked, basis="in-year", project=full)
    parts = table.filter(pl.col("breakdown") == by)
    assert {group: (before, after) for group, before, after in parts.select("group", "before", "after").rows()} == {
        group: (years["202122"], years["202223"]) for group, years in expected.items()
    }
    compared = parts.filter(pl.col("status") == "compared").select("before", "after", "change", "change_pct").rows()
    for before, after, change, change_pct in compared:
        assert change == after - before
        assert change_pct == (pytest.approx(100 * change / before) if before >= 30 else None)
    assert len(compared) >= len(parts) - 4


@pytest.mark.parametrize("area", [None, "London", "Made-up Borough 042"])
def test_starts_by_funding_add_up(full: Project, area: str | None) -> None:
    table = compare("2023-24", "2024-25", measure="starts", by="funding", area=area, project=full)
    for column in ("before", "after", "change"):
        whole, funded, other = table[column].to_list()
        assert whole == funded + other


def test_local_authorities_agree_with_the_raw_file(full: Project) -> None:
    table = compare("2023-24", "2024-25", measure="starts", by="local-authority", project=full)
    expected = {
        row["new_la_code"]: float(row["npq_starts"])
        for row in rows_of(full, "2024-25/npq_participants.csv")
        if (row["geographic_level"], row["funding"], row["time_period"]) == ("Local authority", "Overall", "202425")
    }
    places = table.filter(pl.col("geographic_level") == "Local authority")
    assert dict(places.select("location_code", "after").rows()) == expected
    assert len(expected) == 153


def test_without_a_measure_the_first_that_has_the_breakdown_is_taken(published: Project) -> None:
    table = compare("2023-24", "2024-25", by="funding", project=published)
    assert table["measure"].unique().to_list() == ["participants"]


def test_a_line_of_which_nothing_is_known_is_named_and_not_shown(published: Project) -> None:
    said: list[str] = []
    table = compare("2023-24", "2024-25", project=published, say=said.append)
    assert "Schools reached" not in table["line"].to_list()
    assert [sentence for sentence in said if "Schools reached" in sentence]


def test_what_is_not_published_of_a_new_course_is_not_shown(full: Project) -> None:
    table = compare("2023-24", "2024-25", course="SENCO", project=full)
    assert "Schools reached" not in table["line"].to_list()
    assert "missing" not in table["status"].to_list()


def test_a_small_base_gives_no_percentage(tmp_path: Path) -> None:
    rows = [{"time_period": 202324, "npq_starts": 29}, {"time_period": 202425, "npq_starts": 58}]
    table = compare("2023-24", "2024-25", measure="starts", project=small(tmp_path, {"2024-25": rows}))
    assert (line(table, "Starts")["change"], line(table, "Starts")["change_pct"]) == (29, None)
    assert "under 30" in notes(table, "Starts")
