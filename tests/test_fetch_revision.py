from __future__ import annotations

from npqstats.fetch.revision import Revision, revision
from npqstats.ingest.raw import RawFile
from tests.conftest import Folder, workforce

BEFORE = (
    "202122,Academic year,National,England,E92000001,Overall,100,1000,10",
    "202223,Academic year,National,England,E92000001,Overall,200,1000,20",
    "202324,Academic year,National,England,E92000001,Overall,300,1000,30",
)


def between(folder: Folder, before: tuple[str, ...], after: tuple[str, ...]) -> Revision:
    """Compare two MADE-UP editions of the workforce file."""
    old, new = (
        RawFile(folder.put(name, workforce(*rows)), name, release)
        for release, rows in (("2024-25", before), ("2024-25.1", after))
        for name in [f"{release}/npq_workforce.csv"]
    )
    return revision("npq-workforce", old, new)


def test_cells_are_counted_as_added_removed_and_changed(folder: Folder) -> None:
    after = (BEFORE[0], BEFORE[1].replace(",200,", ",250,"), BEFORE[2].replace("202324", "202425"))
    found = between(folder, BEFORE, after)
    assert (found.cells, found.added, found.removed, found.changed) == (9, 3, 3, 1)
    (row,) = found.largest
    assert (row.period, row.measure, row.before, row.after) == (
        202223,
        "workforce-participants",
        "200",
        "250",
    )


def test_the_largest_changes_come_first_whatever_their_sign(folder: Folder) -> None:
    after = (BEFORE[0].replace(",100,", ",90,"), BEFORE[1].replace(",200,", ",230,"), BEFORE[2])
    found = between(folder, BEFORE, after)
    assert [(row.before, row.after) for row in found.largest] == [("200", "230"), ("100", "90")]


def test_a_number_that_became_a_symbol_is_changed_and_comes_last(folder: Folder) -> None:
    after = (
        BEFORE[0],
        BEFORE[1].replace(",200,", ",201,"),
        "202324,Academic year,National,England,E92000001,Overall,300,1000,low",
    )
    found = between(folder, BEFORE, after)
    assert [(row.before, row.after) for row in found.largest] == [("200", "201"), ("30", "low")]


def test_the_same_number_written_otherwise_has_not_changed(folder: Folder) -> None:
    after = (BEFORE[0].replace(",10", ",10.0", 1).replace("10.00", "100"), *BEFORE[1:])
    found = between(folder, BEFORE, after)
    assert (found.added, found.removed, found.changed) == (0, 0, 0)
