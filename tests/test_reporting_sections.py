from __future__ import annotations

import shlex
from pathlib import Path

import pytest

import npqstats
from npqstats.analysis.listings import listing
from npqstats.analysis.places import place
from npqstats.project import Project
from npqstats.report.assemble import assemble
from npqstats.report.contents import Exhibit, Picture, Report, Section
from tests.analysis_fixtures import Run, root, small
from tests.reports import NAME, Told, exhibit

TITLES = [
    "The change in short",
    "Through the years",
    "By funding",
    "By course",
    "By cohort: completions and passes",
    "By area",
    "By who takes part, and in which schools",
]


@pytest.fixture(scope="module")
def borough(full: Project) -> Report:
    """What the report of a made-up borough says."""
    return assemble(full, NAME, place(full, "Made-up Borough 020"))


def section(report: Report, slug: str) -> Section:
    (found,) = [section for section in report.sections if section.slug == slug]
    return found


def test_every_section_of_a_full_report_has_its_tables_and_lacks_nothing(full_report: Report) -> None:
    assert [section.title for section in full_report.sections] == TITLES
    for found in full_report.sections:
        assert [item for item in found.items if isinstance(item, Exhibit)]
        assert found.missing == []


def test_every_section_but_the_last_of_a_full_report_has_its_charts(full_report: Report) -> None:
    charts = {
        found.slug: [item.slug for item in found.items if isinstance(item, Picture)] for found in full_report.sections
    }
    assert charts == {
        "overview": ["impact"],
        "years": ["starts"],
        "funding": ["split"],
        "course": ["courses", "courses-by-year"],
        "cohort": ["completion", "completion-by-course"],
        "area": ["regions", "authorities"],
        "groups": [],
    }


def test_the_tables_of_a_full_report_have_all_courses_regions_and_local_authorities(full_report: Report) -> None:
    sizes = {one.slug: one.table.height for one in full_report.exhibits}
    assert sizes["starts-by-course"] == 1 + 10
    assert sizes["starts-by-region"] == 1 + 9
    assert sizes["workforce-by-region"] == 2 + 9  # England in the year and since 2021
    assert sizes["starts-by-local-authority"] == 1 + 153
    assert sizes["starts-by-year"] == 4
    assert sizes["completion-rate-by-course"] == 4 * (1 + 10)


def test_every_further_breakdown_of_the_data_has_a_table(full: Project, full_report: Report) -> None:
    groups = listing("groups", project=full)
    further = set(groups["breakdown"]) - {"overall", "course"}
    assert {one.slug for one in section(full_report, "groups").items} == {f"starts-by-{by}" for by in further}


def test_what_the_rows_at_hand_lack_is_named_and_not_shown(published_report: Report) -> None:
    assert {found.slug: found.missing for found in published_report.sections if found.missing} == {
        "funding": ["Not in the rows at hand: starts by funding."],
        "course": [
            "Not drawn, for too few figures are at hand: the change of each course and courses through the years."
        ],
        "cohort": ["Not in the rows at hand: completion rates by course."],
        "area": [
            (
                "Not in the rows at hand: regions side by side, starts by region, the share of teachers by region, "
                "local authorities side by side and starts by local authority."
            )
        ],
        "groups": ["Not in the rows at hand: starts by working pattern and starts by age group."],
    }
    assert section(published_report, "area").items == []


def test_figures_that_are_all_withheld_are_shown_as_symbols_and_not_said_to_be_missing(tmp_path: Path) -> None:
    rows = [{"time_period": year, "npq_starts": "c"} for year in (202324, 202425)]
    withheld = assemble(npqstats.ready(small(tmp_path, {NAME: rows})), NAME)
    assert [one.slug for one in section(withheld, "years").items if isinstance(one, Picture)] == []
    assert section(withheld, "years").missing == [
        "Not in the rows at hand: the share of schools through the years.",
        "Not drawn, for too few figures are at hand: starts through the years.",
    ]


@pytest.mark.parametrize("name", ["published_report", "full_report", "borough"])
def test_every_slug_is_used_once_and_fit_for_a_file_and_an_address(name: str, request: pytest.FixtureRequest) -> None:
    report: Report = request.getfixturevalue(name)
    for slugs in (
        [one.slug for one in report.exhibits],
        [one.slug for one in report.pictures],
        [one.slug for one in report.sections],
    ):
        assert len(set(slugs)) == len(slugs) > 0
        assert all(slug.replace("-", "").isalpha() and slug.islower() and len(slug) < 100 for slug in slugs)


def test_the_release_is_not_said_again_below_every_table(full_report: Report) -> None:
    assert [one.slug for one in full_report.exhibits if one.sheet.foot] == []


def test_every_table_is_of_the_one_release(full_report: Report, published_report: Report) -> None:
    releases = {
        release
        for report in (full_report, published_report)
        for one in report.exhibits
        for release in one.table["release"]
    }
    assert releases == {NAME}


def test_the_command_below_a_table_makes_the_same_table(
    cli: Run, published_report: Report, published_written: Told
) -> None:
    for one in published_report.exhibits:
        program, *words = shlex.split(one.command)
        answer = cli(*words, "--format", "csv")
        assert (program, answer.exit_code) == ("npqstats", 0)
        assert answer.stdout == published_written.text(f"tables/{one.slug}.csv"), one.command


def test_the_command_below_a_chart_draws_the_same_chart(
    cli: Run, published_report: Report, published_written: Told, tmp_path: Path
) -> None:
    for one in published_report.pictures:
        program, *words = shlex.split(one.command)
        answer = cli(*words, "--out", tmp_path / one.slug)
        assert (program, answer.exit_code) == ("npqstats", 0), answer.stderr
        for suffix in (".svg", ".alt.txt", ".csv"):
            drawn = (tmp_path / f"{one.slug}{suffix}").read_bytes()
            assert drawn == (published_written.folder / "charts" / f"{one.slug}{suffix}").read_bytes(), one.command


def test_the_commands_of_an_area_ask_for_the_area(
    cli: Run, borough: Report, full: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NPQSTATS_PROJECT", str(root(full)))
    followed = exhibit(borough, "starts-by-year")
    assert followed.command == "npqstats trend --measure starts --area E06900020 --release 2024-25"
    answer = cli(*shlex.split(followed.command)[1:], "--format", "csv")
    assert answer.exit_code == 0
    assert all("Made-up Borough 020" in line for line in answer.stdout.splitlines()[1:])
    (among,) = section(borough, "area").items
    assert among.command == "npqstats chart areas --by local-authority --highlight E06900020 --release 2024-25"


def test_an_area_stands_beside_its_region_and_england_and_among_its_like(borough: Report) -> None:
    assert [(found.slug, [item.slug for item in found.items]) for found in borough.sections] == [
        ("overview", ["change"]),
        ("years", ["starts", "starts-by-year", "workforce-by-year"]),
        ("funding", ["split", "starts-by-funding"]),
        ("cohort", []),
        ("area", ["among"]),
    ]
    assert section(borough, "cohort").missing == [
        "Not in the rows at hand: completion and pass rates and completion rates."
    ]


def test_a_region_is_marked_among_the_regions(full: Project) -> None:
    london = assemble(full, NAME, place(full, "London"))
    (among,) = section(london, "area").items
    assert among.command == "npqstats chart areas --by region --highlight E12000007 --release 2024-25"
    assert section(london, "cohort").missing == []
