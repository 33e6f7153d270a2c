from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npqstats.catalogue.catalogue import catalogue
from npqstats.catalogue.observations import KEY
from npqstats.errors import DataError
from npqstats.ingest import repeats, rules
from npqstats.store.build import build
from tests.conftest import DATA, OFFICIAL, WORKFORCE, Folder, told
from tests.made_up import HEADERS

AGAIN = "The file does not fit its own columns; download it again or ask the publisher."


def read(folder: Folder, name: str) -> list[dict[str, object]]:
    return folder.read_bytes((DATA / f"{name}.csv").read_bytes(), f"2024-25/{name}.csv").disagreements.to_dicts()


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("negative", ":3, column npq_participants: -11000 is negative.", AGAIN),
        ("fractional", ":3, column npq_participants: 10999.5 is not a whole number.", AGAIN),
        (
            "rate_over_100",
            ":3, column percentage: 111 is not from 0 to 100.",
            f"{AGAIN} Cells that break a rule: 2.",
        ),
        (
            "repeated_row",
            ":5: the same period, place, funding and group as line 3.",
            "Each may stand in a file once; ask which line is right.",
        ),
    ],
)
def test_a_file_that_contradicts_its_own_columns_is_refused(folder: Folder, name: str, message: str, hint: str) -> None:
    with pytest.raises(DataError) as error:
        read(folder, name)
    assert told(error) == (f"data/raw/2024-25/{name}.csv{message}", hint)


def test_every_line_that_repeats_another_is_told(folder: Folder) -> None:
    rows = WORKFORCE.splitlines(keepends=True)
    with pytest.raises(DataError) as error:
        folder.read_bytes(b"".join([*rows, rows[1], rows[3]]))
    assert told(error)[0] == "data/raw/2024-25/made_up.csv:5: the same period, place, funding and group as line 2."
    assert told(error)[1].endswith("More lines repeat others: 6.")


def test_repeated_rows_are_found_across_blocks(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("npqstats.ingest.read.BLOCK", 70)
    monkeypatch.setattr(repeats.KeysSeen, "_PER_BUCKET", 1)
    with pytest.raises(DataError, match=r":5: the same .* as line 3\."):
        read(folder, "repeated_row")


@settings(max_examples=25, deadline=None)
@given(keys=st.lists(st.sampled_from("abcdef"), min_size=1, max_size=12), per_bucket=st.integers(1, 5))
def test_a_key_is_repeated_just_when_it_stands_there_before(
    tmp_path_factory: pytest.TempPathFactory, keys: list[str], per_bucket: int
) -> None:
    seen = repeats.KeysSeen(tmp_path_factory.mktemp("keys") / "here")
    seen._PER_BUCKET = per_bucket
    for line, key in enumerate(keys, start=2):
        seen.add(pl.DataFrame(dict.fromkeys(KEY, key) | {"line": pl.Series([line], dtype=pl.Int32)}))
    first = {key: keys.index(key) for key in keys}
    second = {key: keys.index(key, place + 1) for key, place in first.items() if key in keys[place + 1 :]}
    pairs = sorted(((first[key] + 2, second[key] + 2) for key in second), key=lambda pair: pair[1])
    assert seen.repeated_lines() == pairs


@pytest.mark.parametrize("name", ["fractional_teachers", "workforce", "symbols"])
def test_weighted_headcounts_may_be_fractional_and_symbols_break_no_rule(folder: Folder, name: str) -> None:
    assert read(folder, name) == []


def test_a_rate_that_is_not_as_its_counts_is_kept_and_reported(folder: Folder) -> None:
    assert read(folder, "rate_not_as_counts") == [
        {
            "rule": "rate-as-counts",
            "source": "2024-25/rate_not_as_counts.csv",
            "line": 3,
            "column": "percentage",
            "cell": "11.1",
            "what": "11.1% is printed, 11000 / 100000 gives 11.0%",
        }
    ]


def test_a_part_above_its_total_is_kept_and_reported(folder: Folder) -> None:
    found = [(row["rule"], row["line"], row["column"], row["what"]) for row in read(folder, "part_over_total")]
    assert found == [
        ("part-within-total", 2, "npq_completed", "110 is more than 100 in the column npq_starts"),
        ("rate-as-counts", 2, "percentage_completion_rate", "100% is printed, 110 / 100 gives 110.0%"),
    ]


@pytest.mark.parametrize(
    ("part", "whole", "share", "agrees"),
    [
        ("1", "8", "12.5", True),
        ("1", "2000", "0.1", True),
        ("1", "2000", "0", True),
        ("1", "3", "33.4", False),
        ("1", "3", "33.3", True),
        ("0", "0", "100", True),
        ("1", "x", "50", True),
        ("1", "3", "low", True),
    ],
)
def test_a_rate_agrees_with_its_counts_to_the_printed_digit(
    folder: Folder, part: str, whole: str, share: str, agrees: bool
) -> None:
    row = f"202122,Academic year,National,E92000001,England,,,,,,Overall,Overall,Overall,9,9,{part},{share},{whole}"
    found = folder.read_bytes(f"{HEADERS['npq-participants']}\n{row}\n").disagreements
    assert found.is_empty() is agrees


@pytest.mark.parametrize(
    ("dataset", "column", "wanted"),
    [
        ("npq-participants", "npq_unique_participants", {"not-negative", "whole-count", "part-within-total"}),
        ("npq-participants", "teaching_workforce_headcount_swc", {"not-negative"}),
        ("npq-workforce", "percentage", {"rate-in-range", "rate-as-counts"}),
        ("npq-school-coverage", "non_funded_npq_schools", {"not-negative", "whole-count", "part-within-total"}),
        ("npq-school-coverage", "perc_funded_npq_schools", {"rate-in-range", "rate-as-counts"}),
        ("npq-completions", "percentage_pass_rate", {"rate-in-range", "rate-as-counts"}),
    ],
)
def test_the_rules_of_a_column_follow_from_what_it_counts(dataset: str, column: str, wanted: set[str]) -> None:
    layout = next(layout for layout in catalogue().layouts if layout.dataset == dataset)
    assert {rule.name for rule in rules.rules_for(layout) if rule.column == column} == wanted


@pytest.mark.parametrize("name", OFFICIAL)
def test_the_published_rows_agree_with_themselves(folder: Folder, name: str) -> None:
    folder.copy(name)
    assert folder.read(name).disagreements.is_empty()


def test_the_one_cell_that_two_published_files_print_differently_is_found(folder: Folder) -> None:
    folder.copy()
    assert build(folder.project).manifest.all_disagreements() == [
        {
            "rule": "two-files-agree",
            "source": "2024-25/npq_workforce.csv",
            "line": 6,
            "column": "npq_participants",
            "cell": "27889",
            "what": "27889 here, 27893 in 2024-25/npq_participants.csv, line 6",
        }
    ]


def test_figures_of_two_releases_never_disagree(folder: Folder) -> None:
    folder.put("2024-25/x.csv", WORKFORCE)
    folder.put("2025-26/x.csv", WORKFORCE.replace(b"5000,100000,5\n", b"6000,100000,6\n"))
    assert build(folder.project).manifest.all_disagreements() == []


def test_a_cumulative_figure_is_compared_in_the_first_year_only(folder: Folder) -> None:
    folder.copy("2024-25/npq_participants.csv", "2024-25/npq_workforce.csv")
    path = folder.project.raw / "2024-25" / "npq_workforce.csv"
    path.write_text(path.read_text().replace("27889", "27893"))
    assert build(folder.project).manifest.all_disagreements() == []


def test_the_scratch_folder_is_gone_after_reading(folder: Folder) -> None:
    folder.read_bytes(WORKFORCE)
    assert not (Path(folder.root) / "scratch").exists()
