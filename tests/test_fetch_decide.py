from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from npqstats.catalogue.lock import LockedFile
from npqstats.fetch.decide import Action, decide
from npqstats.fetch.local import LocalDataSet
from npqstats.ingest.raw import RawFile
from tests.conftest import WORKFORCE, Folder

NAME = "2024-25/npq_workforce.csv"
HERE, THERE = sha256(WORKFORCE).hexdigest(), "a" * 64
UNFETCHED = LockedFile(name=NAME, release="2024-25", dataset="npq-workforce", sha256=HERE, bytes=len(WORKFORCE), rows=3)
FETCHED = replace(UNFETCHED, fetched_at=datetime(2026, 7, 9, tzinfo=UTC))
OTHER = replace(FETCHED, sha256=THERE)
CUT = replace(FETCHED, rows_expected=12)
WHOLE = replace(FETCHED, rows_expected=3)


def new(sha256: str, rows: int) -> LockedFile:
    """What the lock would say of a delivered file."""
    return replace(FETCHED, sha256=sha256, rows=rows)


@pytest.fixture
def here(folder: Folder) -> LocalDataSet:
    """A file of three rows that is here."""
    path = folder.put(NAME, WORKFORCE)
    return LocalDataSet(RawFile(path, NAME, "2024-25"), "npq-workforce", NAME, None)


@pytest.fixture
def zipped(here: LocalDataSet) -> LocalDataSet:
    """The same file, as far as a decision goes, in a zip."""
    return replace(here, name="2024-25/all.zip")


@pytest.mark.parametrize(
    ("line", "sha256", "rows", "what"),
    [
        (None, HERE, 3, Action.ADOPT),
        (UNFETCHED, HERE, 3, Action.ADOPT),
        (OTHER, HERE, 3, Action.ADOPT),
        (FETCHED, HERE, 3, Action.KEEP),
        (None, THERE, 12, Action.COMPLETE),
        (UNFETCHED, THERE, 12, Action.COMPLETE),
        (None, THERE, 3, Action.CORRECT),
        (UNFETCHED, THERE, 2, Action.CORRECT),
        (FETCHED, THERE, 12, Action.CORRECT),
        (OTHER, THERE, 12, Action.RESTORE),
        (OTHER, "b" * 64, 12, Action.CORRECT),
        (CUT, THERE, 12, Action.COMPLETE),
        (WHOLE, THERE, 12, Action.CORRECT),
    ],
)
def test_a_file_that_is_here_is_judged_by_hash_by_rows_and_by_whether_it_was_fetched(
    here: LocalDataSet, line: LockedFile | None, sha256: str, rows: int, what: Action
) -> None:
    assert decide(here, line, new(sha256, rows)) is what


@pytest.mark.parametrize(
    ("line", "sha256", "what"),
    [
        (None, THERE, Action.ADD),
        (UNFETCHED, THERE, Action.ADD),
        (FETCHED, HERE, Action.ADD),
        (FETCHED, THERE, Action.CORRECT),
        (CUT, THERE, Action.ADD),
    ],
)
def test_where_no_file_is_here_only_a_fetched_one_of_other_bytes_makes_an_edition(
    line: LockedFile | None, sha256: str, what: Action
) -> None:
    assert decide(None, line, new(sha256, 12)) is what


def test_what_is_in_a_zip_stays_there(zipped: LocalDataSet) -> None:
    assert decide(zipped, None, new(HERE, 3)) is Action.ADD
    assert decide(zipped, None, new(THERE, 12)) is Action.CORRECT


def test_the_rows_of_the_program_are_an_excerpt_however_few_come(here: LocalDataSet) -> None:
    assert decide(here, UNFETCHED, new(THERE, 2), excerpts=frozenset({HERE})) is Action.COMPLETE
    assert decide(here, FETCHED, new(THERE, 2), excerpts=frozenset({HERE})) is Action.CORRECT


def test_the_rest_of_a_file_is_no_correction_unless_that_was_known_to_be_whole(here: LocalDataSet) -> None:
    assert decide(here, FETCHED, new(THERE, 12), is_continuation=True) is Action.COMPLETE
    assert decide(here, WHOLE, new(THERE, 12), is_continuation=True) is Action.CORRECT
