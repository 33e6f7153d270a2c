from __future__ import annotations

import pytest

from npqstats import sql
from npqstats.catalogue.observations import MEANING
from npqstats.errors import UsageError
from npqstats.project import Project


def test_a_query_gives_what_was_published(published: Project) -> None:
    table = sql(
        "SELECT time_period, value FROM observations WHERE measure = 'starts' AND funding = 'all' "
        "AND dataset = 'npq-participants' AND release = '2024-25' ORDER BY time_period",
        project=published,
    )
    assert table.rows() == [(202122, 31677.0), (202223, 38906.0), (202324, 43840.0), (202425, 29818.0)]


def test_a_query_sees_every_column_that_is_explained(published: Project) -> None:
    assert set(sql("SELECT * FROM observations LIMIT 1", project=published).columns) == set(MEANING)


@pytest.mark.parametrize("query", ["selec", "", "SELECT nothing FROM observations", "SELECT * FROM elsewhere"])
def test_a_query_that_cannot_be_run_says_why_in_one_line(published: Project, query: str) -> None:
    with pytest.raises(UsageError) as caught:
        sql(query, project=published)
    assert caught.value.message.startswith("The query cannot be run: ")
    assert "\n" not in caught.value.message
    assert "observations" in caught.value.hint


def test_a_query_changes_nothing(published: Project) -> None:
    count = "SELECT count(*) AS n FROM observations"
    before = sql(count, project=published)
    for order in ("DELETE FROM observations WHERE value > 0", "TRUNCATE TABLE observations", "DROP TABLE observations"):
        sql(order, project=published)
    assert sql(count, project=published).equals(before)
