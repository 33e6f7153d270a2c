"""What a report says: its findings, what it lacks and why, an area beside its region and England."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from npqstats.analysis.chance import is_unusual
from npqstats.analysis.compare import compare
from npqstats.analysis.question import Question
from npqstats.cli import app
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.report.contents import Report
from npqstats.store.build import ready
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.periods import AcademicYear
from npqstats.wording import story
from tests.analysis_fixtures import root, small
from tests.reports import assembled

LONDON = {"geographic_level": "Regional", "region_code": "E12000007", "region_name": "London"}


def said(report: Report) -> str:
    """Join all that a report says outside its tables."""
    return "\n".join([statement.text for statement in report.statements] + [*report.limits, *report.missing])


def test_the_lead_is_the_finding_of_the_headline_table(published_report: Report) -> None:
    assert published_report.lead.text.startswith(
        "NPQ starts fell by 32% in 2024/25, to 29,818; by 56% leaving out NPQSENCO"
    )


def test_no_sentence_is_said_twice(full_report: Report) -> None:
    texts = [statement.text for statement in full_report.statements[1:]]
    assert len(set(texts)) == len(texts)


def test_who_reported_a_figure_is_named_with_each_sentence_that_states_it(published_report: Report) -> None:
    sources = {statement.text: statement.credit for statement in published_report.statements}
    official = next(credit for text, credit in sources.items() if "144,241" in text)
    reported = next(credit for text, credit in sources.items() if "6,063" in text)
    assert official == (
        "Source: Department for Education, Teacher and leader development: ECF and NPQs, release 2024/25, published "
        "10 July 2025; calculations by npqstats."
    )
    assert "; some figures as reported by Schools Week (July 2025); " in reported


def test_what_is_lacking_is_said_with_its_reason(published_report: Report) -> None:
    (missing,) = published_report.missing
    assert missing.startswith("Not loaded: ")
    assert "starts by region" in missing
    assert missing.endswith("'npqstats fetch 2024-25' brings the full files of 2024/25.")


def test_a_whole_release_lacks_nothing(full_report: Report) -> None:
    assert full_report.missing == ()
    assert {chapter.slug for chapter in full_report.chapters} >= {"overview", "years", "funding", "course", "area"}


def test_no_chart_shows_some_of_the_parts_as_if_they_were_all(published_report: Report, full_report: Report) -> None:
    assert "starts-by-course" not in {picture.slug for picture in published_report.pictures}
    assert "starts-by-course" in {picture.slug for picture in full_report.pictures}


def test_a_picture_leads_to_the_file_that_has_all_its_figures(full_report: Report) -> None:
    """The table below a chart may lack some: a waterfall of the change by funding is above the headline table."""
    assert {picture.alt.rpartition(". ")[2] for picture in full_report.pictures} == {
        "All figures are in its file of data."
    }


def test_the_large_figures_are_totals_with_their_change(published_report: Report) -> None:
    assert [(key.label, key.figure, key.change) for key in published_report.key_figures] == [
        ("NPQ starts, 2024/25", "29,818", "down 14,022 (32.0%) from 2023/24"),
        ("NPQ participants, 2024/25", "29,526", "down 14,009 (32.2%) from 2023/24"),
        ("Share of teachers starting an NPQ, 2024/25", "4.5%", "down 2.6 percentage points from 2023/24"),
        ("Share of schools with an NPQ starter since 2021, 2024/25", "88.4%", "up 5.1 percentage points from 2023/24"),
    ]


def test_the_words_and_the_limits_are_those_of_the_measures_shown(published_report: Report) -> None:
    terms = dict(published_report.terms)
    assert terms["Starts"].endswith("A registration is not a start.")
    assert {"NPQ", "Funded", "Non-funded", "Participants", "Completion rate"} <= terms.keys()
    limits = "\n".join(published_report.limits)
    assert "Those started in 2023/24 and 2024/25 were still being completed" in limits
    assert "(NPQSENCO) began after 2023/24" in limits
    assert "Schools Week (July 2025)" in limits


def test_a_newer_release_is_mentioned_in_the_report_of_an_older_one(published: Project) -> None:
    headline = compare(published, Question(years=(AcademicYear(2022), AcademicYear(2023))))
    older = replace(headline, release=replace(headline.release, name="2023-24"))
    newer = "A newer release, 2024/25, is loaded"
    assert not any(newer in sentence for sentence in story.limits(headline, ()))
    assert any(newer in sentence for sentence in story.limits(older, ()))


def test_the_words_at_hand_are_gone(published_report: Report, full_report: Report) -> None:
    for report in (published_report, full_report):
        assert "at hand" not in said(report)
        assert "at hand" not in "".join(note for exhibit in report.exhibits for note in exhibit.table.notes)


def test_every_command_of_a_report_runs(full_report: Report, full: Project, tmp_path: Path) -> None:
    commands = [command for exhibit in full_report.exhibits for command in exhibit.commands]
    commands += [picture.chart.command for picture in full_report.pictures]
    for command in dict.fromkeys(commands):
        program, *words = shlex.split(command)
        assert program == "npqstats"
        more = ["--out", str(tmp_path / "chart.csv")] if words[0] == "chart" else ["--format", "json"]
        ran = CliRunner().invoke(app, ["--project", str(root(full)), *words, *more])
        assert (ran.exit_code, command) == (0, command), ran.stderr


def test_an_area_is_set_beside_england_with_its_rank(full: Project) -> None:
    report = assembled(full, "London")
    assert report.title == "National Professional Qualifications in London, 2024/25"
    assert report.lead.text.startswith("NPQ starts in London ")
    texts = [statement.text for statement in report.statements]
    assert any("of teachers starting an NPQ in 2024/25 was" in text and "in England" in text for text in texts)
    assert any(text.startswith("Of the 9 regions with a figure, London had the ") for text in texts)
    table = next(exhibit.table for exhibit in report.exhibits if exhibit.slug == "beside")
    assert [column.header for column in table.columns] == ["Figure", "London", "England"]
    frame = next(exhibit.frame for exhibit in report.exhibits if exhibit.slug == "beside")
    assert frame.columns == ["figure", "unit", "London", "England", "origins"]
    assert frame.row(0)[:2] == ("Starts, 2023/24", "courses")
    assert frame["England"].null_count() == 0
    ranked = next(picture for picture in report.pictures if picture.slug == "beside")
    assert ranked.alt.endswith("All figures are in its file of data.")


def test_what_is_unusual_is_said_with_what_englands_rate_would_make_of_it(tmp_path: Path) -> None:
    years = [{"time_period": 202324, "npq_starts": 40000}, {"time_period": 202425, "npq_starts": 30000}]
    london = [{**LONDON, "time_period": 202324, "npq_starts": 4000}, {**LONDON, "npq_starts": 3900}]
    report = assembled(ready(small(tmp_path, {"2024-25": [*years, *london]})), "London")
    (unusual,) = [each.text for each in report.statements if each.text.startswith("Unusual")]
    assert unusual == (
        "Unusual: had NPQ starts in London fallen by 25.0%, as in England, there would have been about 3,000 in "
        "2024/25; there were 3,900."
    )


def test_what_chance_alone_brings_about_is_not_called_unusual(tmp_path: Path) -> None:
    years = [{"time_period": 202324, "npq_starts": 40000}, {"time_period": 202425, "npq_starts": 30000}]
    london = [{**LONDON, "time_period": 202324, "npq_starts": 100}, {**LONDON, "npq_starts": 90}]
    report = assembled(ready(small(tmp_path, {"2024-25": [*years, *london]})), "London")
    texts = [statement.text for statement in report.statements]
    assert not any(text.startswith("Unusual") for text in texts)
    assert story.nothing_unusual("London") in texts


@pytest.mark.parametrize("starts", ["c", 20])
def test_nothing_is_said_to_be_usual_that_could_not_be_judged(starts: object, tmp_path: Path) -> None:
    years = [{"time_period": 202324, "npq_starts": 40000}, {"time_period": 202425, "npq_starts": 30000}]
    london = [{**LONDON, "time_period": year, "npq_starts": starts} for year in (202324, 202425)]
    report = assembled(ready(small(tmp_path, {"2024-25": [*years, *london]})), "London")
    assert story.nothing_judged("London") in [statement.text for statement in report.statements]


def test_a_rate_of_a_small_whole_is_never_unusual() -> None:
    assert not is_unusual(100.0, 29, 5.0)
    assert is_unusual(100.0, 30, 5.0)


def test_an_area_without_figures_is_one_error_that_says_what_brings_them(published: Project) -> None:
    with pytest.raises(UsageError, match="has no totals of London for 2023/24 and 2024/25"):
        assembled(published, "London")


@pytest.mark.parametrize(
    ("ranked", "words"),
    [((1, False, 9), "the highest"), ((3, True, 9), "the joint 3rd highest"), ((22, False, 9), "the 22nd highest")],
)
def test_a_rank_is_of_the_areas_that_have_a_figure(ranked: tuple[int, bool, int], words: str) -> None:
    sentence = story.rank(MEASURES["completion-rate"], "2022/23", "London", ranked, "regions")
    assert sentence == f"Of the 9 regions with a figure, London had {words} NPQ completion rate in 2022/23."
