from __future__ import annotations

import logging
from pathlib import Path

import polars as pl
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


def test_current_has_one_row_a_fact_of_the_newest_release_and_official_first(published: Project) -> None:
    starts = sql(
        "SELECT time_period, value, evidence FROM current WHERE measure = 'starts' AND funding = 'all' "
        "AND breakdown = 'overall' AND first_period IS NULL AND time_period >= 202122 ORDER BY time_period",
        project=published,
    )
    assert starts.rows() == [
        (202122, 31677.0, "official"),
        (202223, 38906.0, "official"),
        (202324, 43840.0, "official"),
        (202425, 29818.0, "official"),
    ]


@pytest.mark.parametrize("name", ["published", "full"])
def test_no_fact_is_in_current_twice(name: str, request: pytest.FixtureRequest) -> None:
    project = request.getfixturevalue(name)
    key = (
        'measure, funding, basis, breakdown, "group", geographic_level, location_code, location_name, suite, '
        "time_period, first_period"
    )
    twice = sql(f"SELECT {key}, count(*) AS n FROM current GROUP BY {key} HAVING count(*) > 1", project=project)
    assert twice.is_empty()
    counts = [
        sql(f"SELECT count(*) AS n FROM {table}", project=project).item() for table in ("current", "observations")
    ]
    assert 0 < counts[0] < counts[1]


def test_a_reported_figure_is_not_set_among_official_rows_of_its_kind(full: Project) -> None:
    kinds = sql(
        "SELECT measure, time_period, evidence FROM current WHERE breakdown = 'course' AND measure = 'starts' "
        "AND time_period = 202425 AND funding = 'all' AND geographic_level = 'National' AND first_period IS NULL",
        project=full,
    )
    assert set(kinds["evidence"]) == {"official"}


@pytest.mark.parametrize("table", ["current", "observations"])
def test_a_query_sees_every_column_that_is_explained(published: Project, table: str) -> None:
    assert set(sql(f"SELECT * FROM {table} LIMIT 1", project=published).columns) == set(MEANING)


def test_with_unions_and_subqueries_over_the_two_tables_are_fine(published: Project) -> None:
    found = sql(
        "WITH a AS (SELECT value FROM current WHERE measure = 'starts'), b AS (SELECT value FROM a) "
        "SELECT count(*) AS n FROM b;",
        project=published,
    )
    assert isinstance(found, pl.DataFrame)
    assert found.item() > 0


@pytest.mark.parametrize(
    "query",
    ["selec", "", " ; ", "SELECT nothing FROM observations", "SELECT * FROM elsewhere", "SELECT 'unended FROM current"],
)
def test_a_query_that_cannot_be_run_says_why_in_one_line(published: Project, query: str) -> None:
    with pytest.raises(UsageError) as caught:
        sql(query, project=published)
    assert "\n" not in caught.value.message
    assert "\x1b" not in caught.value.message
    assert "current and observations" in caught.value.hint


ATTACKS = [
    "SELECT * FROM read_csv('{}')",
    "SELECT * FROM \"read_csv\"('{}')",
    "SELECT * FROM `read_csv`('{}')",
    "SELECT * FROM READ_CSV ('{}')",
    "SELECT * FROM read_csv/**/('{}')",
    "SELECT (SELECT count(*) FROM read_csv('{}'))",
    "SELECT * FROM current WHERE value IN (SELECT 1 FROM read_csv('{}'))",
    "WITH a AS (SELECT * FROM read_csv('{}')) SELECT * FROM a",
    "SELECT * FROM current UNION ALL SELECT * FROM read_parquet('{}')",
    "SELECT * FROM current JOIN read_ipc('{}') AS r ON true",
    "SELECT * FROM current, LATERAL read_json('{}')",
    "EXPLAIN SELECT * FROM read_csv('{}')",
    "CREATE TABLE a AS SELECT * FROM read_csv('{}')",
    "SELECT * FROM '{}'",
    'SELECT * FROM "{}"',
    "TABLE read_csv('{}')",
    "COPY current TO '{}'",
    "SELECT * INTO a FROM current",
    "SELECT 1; SELECT * FROM read_csv('{}')",
    "SELECT * FROM (VALUES (1)) AS a; DROP TABLE current",
    "SHOW TABLES",
    "DELETE FROM observations WHERE value > 0",
    "TRUNCATE TABLE observations",
    "DROP TABLE observations",
    "SELECT * FROM generate_series(1, 10)",
    "SELECT * FROM public.observations",
]


@pytest.mark.parametrize("query", ATTACKS)
@pytest.mark.parametrize("address", ["{file}", "http://127.0.0.1:9/x.csv"])
def test_a_query_opens_no_file_and_no_connection(
    published: Project, tmp_path: Path, query: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\nsecret\n")

    def never(*_: object, **__: object) -> None:
        raise AssertionError("planned")

    monkeypatch.setattr(pl.SQLContext, "execute", never)
    with pytest.raises(UsageError) as caught:
        sql(query.format(address.format(file=secret)), project=published)
    assert "current and observations" in caught.value.hint


def test_refusing_a_query_logs_nothing(published: Project, caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        pytest.raises(UsageError, match="begins with SELECT or WITH, not with EXPLAIN"),
    ):
        sql("EXPLAIN SELECT 1", project=published)
    assert caplog.records == []


@pytest.mark.parametrize(
    ("condition", "message", "hint"),
    [
        ("measure = 'start'", "There is no measure 'start'.", "starts"),
        ("'Starts' = measure", "There is no measure 'Starts'.", "starts"),
        ("funding IN ('all', 'paid')", "There is no funding 'paid'.", "all, funded, non-funded"),
        ("basis <> 'in year'", "There is no basis 'in year'.", "in-year"),
        ("release = '2024/25'", "There is no release '2024/25'.", "2024-25"),
        ("location_name = 'Englnd'", "There is no location name 'Englnd'.", "England"),
        ("o.course = 'SENCO'", "There is no course 'SENCO'.", "NPQSENCO"),
    ],
)
def test_a_text_that_is_no_value_of_its_column_is_answered_with_those_that_are(
    published: Project, condition: str, message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        sql(f"SELECT * FROM observations AS o WHERE {condition}", project=published)
    assert caught.value.message == message
    assert hint in caught.value.hint


def test_a_column_of_the_query_s_own_may_hold_any_text(published: Project) -> None:
    query = "SELECT * FROM (SELECT 'x' AS measure, value FROM current) AS a WHERE measure = 'y'"
    assert sql(query, project=published).is_empty()
    assert sql("SELECT * FROM observations WHERE raw = 'no such'", project=published).is_empty()


def test_a_query_changes_nothing(published: Project) -> None:
    count = "SELECT count(*) AS n FROM observations"
    before = sql(count, project=published)
    for order in ("DELETE FROM observations WHERE value > 0", "TRUNCATE TABLE observations", "DROP TABLE observations"):
        with pytest.raises(UsageError):
            sql(order, project=published)
    assert sql(count, project=published).equals(before)
