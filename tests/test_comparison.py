from __future__ import annotations

import pytest

from npqstats import behind, compare, trend
from npqstats.project import Project
from npqstats.tables.cells import cells
from npqstats.tables.comparison import comparison
from npqstats.tables.sheet import Sheet
from npqstats.tables.trend import trend as laid_out
from npqstats.vocabulary.numbers import MISSING


@pytest.fixture(scope="module")
def headline(published: Project) -> Sheet:
    return comparison(compare("2023-24", "2024-25", project=published))


def test_the_headline_has_units_in_its_rows_and_years_in_its_headers(headline: Sheet) -> None:
    assert headline.headers == ["Measure (unit)", "2023/24", "2024/25", "Change", "Change (%)"]
    assert headline.rows[0] == ["Starts (courses)", "43,840", "29,818", "−14,022", "−32.0%"]
    assert "England" in headline.title


def test_lines_that_continue_the_one_above_are_set_in(headline: Sheet) -> None:
    assert [row[0].split(" [")[0] for row in headline.rows[4:7]] == [
        "Participants (people)",
        "  funded",
        "  non-funded (school- or self-paid)",
    ]


def test_rates_move_in_points_and_the_key_explains_them(headline: Sheet) -> None:
    share = next(row for row in headline.rows if row[0].startswith("Share of the teaching workforce"))
    assert share[1:] == ["7.1%", "4.5%", "−2.6 pts", ""]
    assert "pts: percentage points." in headline.key


def test_a_table_of_counts_needs_no_word_on_points(published: Project) -> None:
    sheet = comparison(compare("2023-24", "2024-25", measure="starts", project=published))
    assert sheet.key == []
    assert sheet.title == "Starts (courses), England: 2023/24 to 2024/25"


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ({"funding": "non-funded"}, "National Professional Qualifications, England, non-funded (school- or self-paid)"),
        ({"course": "SENCO", "measure": "starts"}, "Starts (courses), England, NPQ for SENCO"),
        ({"by": "region", "funding": "funded"}, "Starts (courses), England by region, funded"),
        ({"area": "London", "by": "funding"}, "Starts (courses), London by funding"),
    ],
)
def test_the_title_says_what_all_lines_have_in_common(full: Project, asked: dict[str, str], title: str) -> None:
    table = compare("2023-24", "2024-25", project=full, **asked)  # type: ignore[arg-type]
    assert comparison(table).title == f"{title}: 2023/24 to 2024/25"


@pytest.mark.parametrize(
    ("asked", "title", "line"),
    [
        ({"course": "NPQH", "funding": "funded"}, "Starts (courses), England, NPQ for Headship, funded", "Headship"),
        ({"area": "London"}, "Starts (courses), London", ""),
        ({"exclude_courses": ["NPQH"]}, "Starts (courses), England", "Starts, leaving out NPQH. "),
    ],
)
def test_a_trend_says_what_it_follows(full: Project, asked: dict[str, str], title: str, line: str) -> None:
    sheet = laid_out(trend(project=full, **asked))  # type: ignore[arg-type]
    assert sheet.title == f"{title}: 2021/22 to 2024/25"
    assert sheet.subtitle.startswith(line or "Changes are on the year before.")


def test_symbols_stand_in_brackets_and_the_key_has_those_in_use(headline: Sheet) -> None:
    assert [row[2] for row in headline.rows if row[2].startswith("[")] == ["[low]"]
    assert headline.key == ["[low] rounds to 0 but is not 0", "pts: percentage points."]


def test_every_mark_has_its_note_and_every_note_its_mark(headline: Sheet) -> None:
    marked = {int(part.rstrip("]")) for row in headline.rows for part in row[0].split("[")[1:]}
    assert marked == set(range(1, len(headline.notes) + 1))


def test_bars_are_from_minus_1_to_1_and_as_many_as_rows(headline: Sheet) -> None:
    assert len(headline.bars) == len(headline.rows)
    sizes = [bar for bar in headline.bars if bar is not None]
    assert max(map(abs, sizes)) == 1
    assert headline.bars[0] is not None
    assert headline.bars[0] < 0


def test_the_foot_names_release_source_licence_and_the_way_to_the_cells(headline: Sheet) -> None:
    foot = " ".join(headline.foot)
    for part in ("Release 2024/25", "Department for Education", "Open Government Licence v3.0", "--cells"):
        assert part in foot


def test_a_trend_has_a_row_a_year_and_no_change_in_the_first(published: Project) -> None:
    sheet = laid_out(trend(project=published))
    assert [row[0] for row in sheet.rows] == ["2021/22", "2022/23", "2023/24", "2024/25"]
    assert sheet.rows[0][2:] == ["", ""]
    assert sheet.rows[3][1:] == ["29,818", "−14,022", "−32.0%"]
    assert "year before" in " ".join([sheet.subtitle, *sheet.headers])


def test_a_trend_of_several_lines_names_each_once(full: Project) -> None:
    sheet = laid_out(trend(by="funding", project=full))
    assert [row[0] for row in sheet.rows if row[0]] == ["All", "Funded", "Non-funded (school- or self-paid)"]


def test_cells_are_as_printed_with_file_line_and_column(published: Project) -> None:
    places = ["2024-25/npq_completions.csv:5:percentage_completion_rate", "reported/figures.csv:2:value"]
    sheet = cells(behind(places, project=published))
    assert [row[0] for row in sheet.rows] == ["low", "10537 [1][2]"]
    assert sheet.rows[0][-1] == "2024-25/npq_completions.csv:5 percentage_completion_rate"
    assert "Schools Week (July 2025)" in sheet.notes[0]
    assert sheet.subtitle.startswith("2 published cells")


def origins_of(sheet: Sheet, row: int) -> list[tuple[str, ...]]:
    """The origins of a row's cells, without the path and the name of the column."""
    return [tuple(origin.split(":")[1] for origin in cell) for cell in sheet.origins[row]]


def test_a_change_has_the_origins_of_both_figures_and_each_figure_its_own(headline: Sheet) -> None:
    before, after = (f"2024-25/npq_participants.csv:{line}:npq_starts" for line in (4, 5))
    assert headline.origins[0] == [(), (before,), (after,), (before, after), (before, after)]


def test_a_derived_figure_has_the_origins_of_all_that_it_is_made_of(headline: Sheet) -> None:
    without = next(place for place, row in enumerate(headline.rows) if "leaving out" in row[0])
    _, before, after, change, _ = headline.origins[without]
    assert after == ("2024-25/npq_participants.csv:5:npq_starts", "reported/figures.csv:2:value")
    assert change == (*before, *after)


def test_a_rate_has_the_origins_of_its_counts_too_and_no_change_in_per_cent(headline: Sheet) -> None:
    share = next(place for place, row in enumerate(headline.rows) if row[0].startswith("Share of the teaching"))
    _, before, after, change, share_pct = headline.origins[share]
    assert [origin.rpartition(":")[2] for origin in before] == [
        "percent_workforce_npq_participation",
        "npq_unique_participants_swc_eligible",
        "teaching_workforce_headcount_swc",
    ]
    assert (change, share_pct) == ((*before, *after), ())


def test_a_cell_without_a_figure_has_no_origins_and_one_with_a_figure_has_some(headline: Sheet, full: Project) -> None:
    sheets = [
        headline,
        *(comparison(compare("2023-24", "2024-25", by=by, project=full)) for by in ("course", "region", "age-group")),
        comparison(compare("2023-24", "2024-25", area="Made-up Borough 020", project=full)),
        comparison(compare("2023-24", "2024-25", measure="pass-rate", by="course", project=full)),
        *(laid_out(trend(by=by, project=full)) for by in (None, "course", "funding")),
        laid_out(trend(measure="completion-rate", by="course", project=full)),
        laid_out(trend(measure="schools-share", project=full)),
    ]
    words = {"", MISSING, "so far", "new"}
    for sheet in sheets:
        assert len(sheet.origins) == len(sheet.rows)
        for row, origins in zip(sheet.rows, sheet.origins, strict=True):
            has_figure = [place in sheet.numeric and cell not in words for place, cell in enumerate(row)]
            assert [bool(origin) for origin in origins] == has_figure, row


def test_the_first_year_of_a_line_has_no_change_and_no_origins_of_one(full: Project) -> None:
    sheet = laid_out(trend(by="funding", project=full))
    firsts = [place for place, row in enumerate(sheet.rows) if row[0]]
    assert len(firsts) == 3
    for place in firsts:
        assert [bool(origins) for origins in sheet.origins[place]] == [False, False, True, False, False]


def test_the_change_of_a_year_has_the_origins_of_that_year_and_of_the_one_before(published: Project) -> None:
    sheet = laid_out(trend(project=published))
    assert [origins_of(sheet, row) for row in range(4)] == [
        [(), ("2",), (), ()],
        [(), ("3",), ("2", "3"), ("2", "3")],
        [(), ("4",), ("3", "4"), ("3", "4")],
        [(), ("5",), ("4", "5"), ("4", "5")],
    ]
