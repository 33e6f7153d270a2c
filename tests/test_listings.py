from __future__ import annotations

import pytest

from npqstats import listing
from npqstats.analysis.listings import LISTINGS
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.vocabulary.courses import COURSES, OFFERS
from npqstats.vocabulary.measures import MEASURES
from tests.analysis_fixtures import rows_of


@pytest.mark.parametrize("what", sorted(LISTINGS))
def test_every_list_has_rows_and_repeats_itself(published: Project, what: str) -> None:
    found = listing(what, project=published)
    assert len(found) == len(list(found)) > 0
    assert found == listing(what, project=published)
    assert found.frame.height == len(found)
    assert found.frame.columns == [name.rstrip("_") for name in found.rows[0]._fields]
    assert repr(found) == f"<Listing {what}: {len(found)} rows>"
    assert str(found).startswith(LISTINGS[what].title[:40])


@pytest.mark.parametrize(("wrong", "offered"), [("cours", "courses"), ("mesures", "measures")])
def test_an_unknown_list_offers_the_nearest(published: Project, wrong: str, offered: str) -> None:
    with pytest.raises(UsageError) as caught:
        listing(wrong, project=published)
    assert offered in caught.value.hint


def test_data_sets_tell_how_many_rows_are_here_and_were_published(published: Project) -> None:
    table = listing("datasets", project=published).frame
    rows = {(title, here, whole) for title, here, whole in table.select("title", "rows_here", "rows_published").rows()}
    assert ("NPQ participants 2024-25", 5, 2652) in rows
    assert ("Reported figures", 64, 64) in rows


def test_survey_answers_are_listed_as_they_stand(published: Project) -> None:
    table = listing("survey", project=published).frame
    assert table["answer"].to_list() == [row["answer"] for row in rows_of(published, "reported/survey.csv")]
    assert "more than 50" in table["value"].to_list()


def test_releases_come_oldest_first_with_what_is_here(published: Project) -> None:
    table = listing("releases", project=published).frame
    here = dict(table.select("release", "observations_here").rows())
    assert list(here) == ["2021-22-adhoc", "2021-22", "2022-23-adhoc", "2022-23", "2022-23.1", "2023-24", "2024-25"]
    assert here["2021-22"] == 0
    assert here["2022-23"] > here["2022-23.1"] > 0


def test_every_measure_and_course_is_listed(published: Project) -> None:
    assert listing("measures", project=published).frame["measure"].to_list() == list(MEASURES)
    courses = listing("courses", project=published).frame
    assert courses["code"].to_list() == [*COURSES, *OFFERS]
    assert courses.filter(code="NPQSENCO")["mandatory_from"].item() == "2024-09-01"


def test_groups_are_in_the_order_of_the_raw_files(full: Project) -> None:
    table = listing("groups", project=full).frame
    phases = table.filter(breakdown="phase")["group"].unique(maintain_order=True).to_list()
    assert phases == ["Primary", "Secondary", "Special", "16 plus", "Other", "Unknown"]
    assert table["breakdown"].unique(maintain_order=True)[0] == "overall"


def test_figures_that_disagree_are_listed_with_both_places(published: Project) -> None:
    row, *reported = listing("disagreements", project=published).frame.rows(named=True)
    assert (row["source"], row["line"]) == ("2024-25/npq_workforce.csv", 6)
    assert "27889" in row["what"]
    assert "27893 in 2024-25/npq_participants.csv, line 6" in row["what"]
    assert {row["source"] for row in reported} == {"reported/figures.csv"}


def test_the_timeline_runs_forward(published: Project) -> None:
    years = listing("events", project=published).frame["year"].to_list()
    assert years == sorted(years)
