import csv
import json
import random
import re
import shlex

import pytest

import npqstats
from npqstats.analysis.facts import facts
from npqstats.analysis.series import Series
from npqstats.errors import UsageError
from npqstats.project import Project
from tests.analysis_fixtures import Run


def found(published: Project, number: str, **options: str) -> list[tuple[str, str, str]]:
    return [(one.figure, one.what, one.kind) for one in npqstats.find(number, project=published, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize("spelling", ["41,274", "41274", "41 274", "41\u202f274", "41,274 people", "(41,274)"])
def test_a_cell_is_found_however_it_is_spelled(published: Project, spelling: str) -> None:
    assert found(published, spelling) == [("41,274", "funded participants (people) in 2023/24", "cell")]


@pytest.mark.parametrize(
    ("number", "figure", "what"),
    [
        ("32%", "−32.0%", "the change in NPQ courses started from 2023/24 to 2024/25"),
        ("a third", "−32.0%", "the change in NPQ courses started from 2023/24 to 2024/25"),
        ("56 per cent", "−56.0%", "the change in NPQ courses started, without NPQSENCO, from 2023/24 to 2024/25"),
        ("14,022", "−14,022", "the change in NPQ courses started from 2023/24 to 2024/25"),
        ("144k", "144,241", "NPQ courses started from 2021/22 to 2024/25"),
        ("19,281", "19,281", "NPQ courses started, without NPQSENCO, in 2024/25"),
        ("79.5%", "79.5%", "funded participants (people) as a share of people who started an NPQ in 2024/25"),
        (
            "one in five",
            "19.9%",
            "teachers in the census who started an NPQ, as a share of the workforce, since 2021, up to 2024/25",
        ),
    ],
)
def test_a_derivation_in_one_step_is_found(published: Project, number: str, figure: str, what: str) -> None:
    assert (figure, what) in [(one, said) for one, said, _ in found(published, number)]


@pytest.mark.parametrize(
    ("written", "plainly"),
    [
        ("1/3", "one in three"),
        ("\u2153", "one in three"),
        ("1.5x", "1.5 times"),
        ("1.5-fold", "1.5 times"),
        ("double", "doubled"),
        ("eighty-four", "84"),
        ("88.4", "88.4%"),
        ("\u22122.9", "\u22122.9 points"),
    ],
)
def test_a_number_is_read_as_people_write_it(published: Project, written: str, plainly: str) -> None:
    assert set(found(published, plainly)) <= set(found(published, written))
    assert found(published, plainly)


def test_a_number_of_four_digits_is_no_year(published: Project) -> None:
    assert found(published, "2440") == found(published, "2,440")
    assert "Nothing here is 2,024" in npqstats.find("2024", project=published).summary


def test_both_ways_of_subtracting_rates_are_found(published: Project) -> None:
    for number in ("2.7 points", "2.8 percentage points"):
        assert any("share of the workforce" in what for _, what, _ in found(published, number)), number


def test_a_number_that_is_nowhere_is_explained_by_a_slip(published: Project) -> None:
    first = npqstats.find("43,480", project=published).matches[0]
    assert (first.figure, first.kind, first.how) == ("43,840", "slip", "two digits changed places")
    assert npqstats.find("43,480", project=published).summary == "Nothing here is 43,480; these come near."


@pytest.mark.parametrize(
    ("number", "figure", "slip"),
    [
        ("438,400", "43,840", "a decimal point moved"),
        ("81.6%", "81.7%", "one digit differs"),
        ("88.3%", "88.4%", "one digit differs"),
        ("31,600", "31,677", "another rounding"),
    ],
)
def test_the_slip_is_named(published: Project, number: str, figure: str, slip: str) -> None:
    assert any(one.figure.startswith(figure) and one.how == slip for one in npqstats.find(number, project=published)), (
        npqstats.find(number, project=published)
    )


def test_what_is_named_narrows_the_search(published: Project) -> None:
    assert found(published, "29,818", year="2023-24")[0][2] != "cell"
    assert all("completed" in what for _, what, kind in found(published, "4", measure="completions") if kind == "cell")
    assert found(published, "5,176", area="London") == [
        ("5,176", "funded NPQ courses started in London in 2021/22", "cell")
    ]
    assert found(published, "5,176", release="2022-23")[0][2] == "cell"


@pytest.mark.parametrize("written", ["-32%", "\u221232%", "0.32", ".32", "-0.32", "-32 per cent"])
def test_a_fall_or_a_share_is_found_as_it_is_written(cli: Run, written: str) -> None:
    answer = cli("find", written)
    assert answer.exit_code == 0, answer.stderr
    assert "\u221232.0%" in answer.stdout


def test_what_is_no_number_is_refused(published: Project) -> None:
    for text in ("many", "", "1 or 2,000 or 3,000", "x" * 10_000):
        with pytest.raises(UsageError):
            npqstats.find(text, project=published)
    assert npqstats.find("9" * 15, project=published).total > 0


def test_the_command_prints_a_table_and_json(cli: Run) -> None:
    assert cli("find", "--help").exit_code == 0
    assert "Schools Week" in cli("find", "41,274").stdout
    answer = json.loads(cli("find", "41,274", "--format", "json").stdout)
    assert answer["total"] == 1
    assert answer["matches"][0]["origins"] == ["reported/figures.csv:4:value"]
    for words in (("find", "many"), ("find", "1", "--year", "2023"), ("find", "1", "--measure", "nonsense")):
        assert cli(*words).exit_code == 2


def numbers(text: str) -> set[float]:
    return {float(number) for number in re.findall(r"\d+(?:\.\d+)?", text.replace(",", ""))}


NUMBERS = ("41,274", "32%", "144k", "5,176", "88.4%", "1,785", "19,281", "79.5%", "1.5 times", "2.8 points", "43,480")


@pytest.mark.parametrize("number", NUMBERS)
def test_the_command_of_a_match_makes_its_figure(cli: Run, number: str) -> None:
    for match in json.loads(cli("find", number, "--format", "json").stdout)["matches"]:
        made = cli(*shlex.split(match["command"])[1:])
        assert made.exit_code == 0, match["command"]
        assert numbers(match["figure"]) <= numbers(made.stdout), match["command"]


def test_a_figure_of_an_older_release_is_asked_of_that_release(published: Project) -> None:
    assert all("--release 2022-23 " in one.command for one in npqstats.find("5,176", area="London", project=published))


def test_two_years_ask_for_the_change_between_them(published: Project) -> None:
    # DATA.md, section 2.2: 31,677 starts in 2021/22 and 43,840 in 2023/24.
    assert npqstats.find("12,163", project=published).matches[0].kind != "derived"
    (change,) = npqstats.find("12,163", year=["2021-22", "2023-24"], project=published)
    assert change.what == "the change in NPQ courses started from 2021/22 to 2023/24"


def test_nothing_is_derived_from_what_is_withheld(full: Project) -> None:
    cells = facts(full)
    with (full.raw / "2024-25" / "npq_participants.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["npq_starts"] in ("c", "x")]
    assert rows
    for row in rows:
        slugs = {(cell.breakdown, cell.group) for cell in cells.cells if cell.group_label == row["group_name"]}
        for breakdown, group in slugs:
            series = Series("starts", row["funding"].lower(), breakdown=breakdown, group=group)
            if cells.best(series, int(row["time_period"])) is None:
                assert cells.value(series, int(row["time_period"])) is None


def test_cells_and_changes_of_a_full_release_are_found(full: Project) -> None:
    """Held against the MADE-UP files themselves, read by the csv module."""
    name = "2024-25/npq_participants.csv"
    with (full.raw / name).open(encoding="utf-8", newline="") as lines:
        rows = dict(enumerate(csv.DictReader(lines), 2))
    kept = ("la_name", "region_name", "funding", "breakdown", "group_name")
    large = [line for line, row in rows.items() if row["npq_starts"].isdigit() and int(row["npq_starts"]) >= 500]

    def origins(number: str, line: int, *years: str) -> list[set[str]]:
        row = rows[line]
        area = row["new_la_code"] or row["region_code"] or "England"
        hits = npqstats.find(number, year=years, measure="starts", area=area, project=full)
        return [{origin for origin in one.origins if name in origin} for one in hits]

    for line in random.Random(1).sample(large, 8):
        row, starts = rows[line], int(rows[line]["npq_starts"])
        year = row["time_period"]
        cell = f"{name}:{line}:npq_starts"
        assert any(cell in one for one in origins(f"{starts:,}", line, year)), cell
        for before, other in rows.items():
            is_same = all(row[part] == other[part] for part in kept)
            if is_same and int(other["time_period"]) == int(year) - 101 and other["npq_starts"].isdigit():
                base = int(other["npq_starts"])
                if abs(starts - base) > 99:
                    both = {cell, f"{name}:{before}:npq_starts"}
                    found = origins(f"{100 * (starts - base) / base:+.1f}%", line, other["time_period"], year)
                    assert both in found, both
