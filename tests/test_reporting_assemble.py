from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest

import npqstats
from npqstats.analysis.places import place
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.report.assemble import assemble
from npqstats.report.contents import Report, text
from npqstats.vocabulary.numbers import number
from tests.analysis_fixtures import rows_of
from tests.reports import NAME


def test_a_report_says_what_it_is_of_and_what_standing_it_has(published_report: Report) -> None:
    assert published_report.title == "National Professional Qualifications: England, 2024/25"
    assert published_report.status == (
        "Release 2024/25, published 10 July 2025 (data as of 13 June 2025). Official statistics in development."
    )
    assert published_report.command == "npqstats report 2024-25"


def test_a_report_names_every_raw_file_that_it_rests_on(published_report: Report, published: Project) -> None:
    assert [source.name for source in published_report.sources] == [
        *(f"2024-25/npq_{name}.csv" for name in ("completions", "participants", "school_coverage", "workforce")),
        "reported/figures.csv",
    ]
    for source in published_report.sources:
        content = (published.raw / source.name).read_bytes()
        assert source.sha256 == hashlib.sha256(content).hexdigest()
        assert source.rows == len(rows_of(published, source.name))


def test_the_day_of_the_release_is_that_of_its_own_files_alone(published_report: Report) -> None:
    *official, reported = published_report.sources
    assert {(source.release, source.published) for source in official} == {("2024/25", "10 July 2025")}
    assert all(source.address.startswith("https://") for source in official)
    assert (reported.release, reported.published, reported.address) == ("", "", "")


def test_what_the_files_of_the_release_disagree_about_is_told(published_report: Report, full_report: Report) -> None:
    row, *reported = published_report.disagreements.iter_rows(named=True)
    assert (row["source"], row["line"]) == ("2024-25/npq_workforce.csv", 6)
    assert "27889 here, 27893 in 2024-25/npq_participants.csv" in row["what"]
    assert {one["source"] for one in reported} <= {"reported/figures.csv"}
    assert set(full_report.disagreements["rule"]) == {"area-on-the-list"}


def test_a_release_that_is_not_here_or_has_no_year_before_is_an_error(published: Project) -> None:
    with pytest.raises(UsageError, match="no release '1999-00'"):
        assemble(published, "1999-00")
    with pytest.raises(
        UsageError, match="release 2022/23 has no totals of England for 2021/22 and 2022/23 in the rows"
    ):
        assemble(published, "2022-23")


def test_a_report_of_a_place_names_it_throughout(full: Project) -> None:
    report = assemble(full, NAME, place(full, "E06900020"))
    assert report.place == "Made-up Borough 020"
    assert report.title == "National Professional Qualifications: Made-up Borough 020, 2024/25"
    assert report.command == "npqstats report 2024-25 --area E06900020"
    assert text(report.headlines[0]).startswith("NPQ starts in Made-up Borough 020 ")


def cells(report: Report) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every cell of every table that names an origin."""
    for exhibit in report.exhibits:
        for row, origins in zip(exhibit.sheet.rows, exhibit.sheet.origins, strict=True):
            yield from ((cell, origin) for cell, origin in zip(row, origins, strict=True) if origin)


@pytest.mark.parametrize("name", ["published_report", "full_report"])
def test_every_origin_of_a_report_is_a_cell_of_its_release(name: str, request: pytest.FixtureRequest) -> None:
    report: Report = request.getfixturevalue(name)
    behind = npqstats.behind(report.origins, project=report.project)
    assert behind.height == len(report.origins) > 50
    assert behind["release"].unique().to_list() == [NAME]


@pytest.mark.parametrize("name", ["published_report", "full_report"])
def test_every_figure_that_rests_on_one_cell_is_that_cell_as_printed(name: str, request: pytest.FixtureRequest) -> None:
    report: Report = request.getfixturevalue(name)
    behind = npqstats.behind(report.origins, project=report.project)
    places = [f"{row['source']}:{row['line']}:{row['column']}" for row in behind.iter_rows(named=True)]
    printed = dict(zip(places, behind["raw"], strict=True))
    single = [(cell, origins[0]) for cell, origins in cells(report) if len(origins) == 1]
    assert len(single) > 30
    for cell, origin in single:
        assert cell in forms(printed[origin]), origin


def forms(raw: str) -> set[str]:
    """How a printed cell may be shown: as a count, as a rate, or as the symbol that it is."""
    try:
        value = float(raw)
    except ValueError:
        return {f"[{raw}]"}
    return {number(value), number(value, "%")}


def test_every_large_figure_says_where_it_stands(published_report: Report, full_report: Report) -> None:
    for report in (published_report, full_report):
        assert len(report.key_figures) >= 5
        assert all(key.figure.origins for key in report.key_figures)
