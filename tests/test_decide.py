from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from npqstats.catalogue.lock import Line
from npqstats.fetch.decide import Deed, deed
from npqstats.fetch.here import Here
from npqstats.ingest.find import RawFile
from tests.conftest import WORKFORCE, Folder

NAME = "2024-25/npq_workforce.csv"
HERE, THERE = sha256(WORKFORCE).hexdigest(), "a" * 64
UNFETCHED = Line(name=NAME, release="2024-25", dataset="npq-workforce", sha256=HERE, bytes=len(WORKFORCE), rows=3)
FETCHED = replace(UNFETCHED, fetched_at=datetime(2026, 7, 9, tzinfo=UTC))
OTHER = replace(FETCHED, sha256=THERE)


@pytest.fixture
def here(folder: Folder) -> Here:
    """A file of three rows that is at hand."""
    path = folder.put(NAME, WORKFORCE)
    return Here(RawFile(path, NAME, "2024-25"), "npq-workforce", NAME, None)


@pytest.fixture
def zipped(here: Here) -> Here:
    """The same file, as far as a decision goes, in a zip."""
    return replace(here, name="2024-25/all.zip")


@pytest.mark.parametrize(
    ("line", "sha256", "rows", "what"),
    [
        (None, HERE, 3, Deed.ADOPT),
        (UNFETCHED, HERE, 3, Deed.ADOPT),
        (OTHER, HERE, 3, Deed.ADOPT),
        (FETCHED, HERE, 3, Deed.NOTHING),
        (None, THERE, 12, Deed.REPLACE),
        (UNFETCHED, THERE, 12, Deed.REPLACE),
        (None, THERE, 3, Deed.NEW_EDITION),
        (UNFETCHED, THERE, 2, Deed.NEW_EDITION),
        (FETCHED, THERE, 12, Deed.NEW_EDITION),
        (OTHER, THERE, 12, Deed.RESTORE),
        (OTHER, "b" * 64, 12, Deed.NEW_EDITION),
    ],
)
def test_a_file_that_is_here_is_judged_by_hash_by_rows_and_by_whether_it_was_fetched(
    here: Here, line: Line | None, sha256: str, rows: int, what: Deed
) -> None:
    assert deed(here, line, sha256, rows) is what


@pytest.mark.parametrize(
    ("line", "sha256", "what"),
    [
        (None, THERE, Deed.LAND),
        (UNFETCHED, THERE, Deed.LAND),
        (FETCHED, HERE, Deed.LAND),
        (FETCHED, THERE, Deed.NEW_EDITION),
    ],
)
def test_where_no_file_is_here_only_a_fetched_one_of_other_bytes_makes_an_edition(
    line: Line | None, sha256: str, what: Deed
) -> None:
    assert deed(None, line, sha256, 12) is what


def test_what_is_in_a_zip_stays_there(zipped: Here) -> None:
    assert deed(zipped, None, HERE, 3) is Deed.LAND
    assert deed(zipped, None, THERE, 12) is Deed.NEW_EDITION


def test_the_rows_of_the_program_are_an_excerpt_however_few_come(here: Here) -> None:
    assert deed(here, UNFETCHED, THERE, 2, frozenset({HERE})) is Deed.REPLACE
    assert deed(here, FETCHED, THERE, 2, frozenset({HERE})) is Deed.NEW_EDITION
