"""What fetching came to, in sentences."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from npqstats.fetch.decide import Deed
from npqstats.fetch.landed import Done, Landed
from npqstats.fetch.moved import Moved
from npqstats.fetch.newer import Compared, Standing
from npqstats.tables.sheet import Sheet
from npqstats.vocabulary.names import plain
from npqstats.vocabulary.numbers import number
from npqstats.vocabulary.periods import label


def sentences(landed: Landed) -> list[str]:
    """Say what became of a release: its files, what was passed over, and what a correction moved."""
    return [plain(line) for line in _sentences(landed)]


def _sentences(landed: Landed) -> Iterator[str]:
    if landed.before:
        yield (
            f"The release {landed.release} was corrected: data/raw/{landed.edition} holds the corrected edition whole, "
            f"data/raw/{landed.before} stays as it was."
        )
    for done in landed.done:
        yield f"  data/raw/{done.name} {_deed(done)}: {number(done.rows)} rows."
    for passed in landed.passed_over:
        yield f"  Passed over {passed.title!r}: {passed.why}."
    if landed.before:
        for note in landed.notes[:1]:
            yield f"Release note of {_day(note.date)}: {note.text}"
        for moved in landed.moved:
            yield from _moved(moved)


def closing(landed: list[Landed], *, is_frozen: bool) -> list[str]:
    """Say what stands after all, and what to do next."""
    if is_frozen:
        return ["Every file of data/raw/raw.lock is here, to the byte."]
    if all(done.deed is Deed.NOTHING for one in landed for done in one.done):
        if any(one.is_lock_renewed for one in landed):
            return ["No file is newer than what is here; what is said of them is. Commit data/raw/ with its raw.lock."]
        return ["Nothing is newer than what is here."]
    return ["The next command builds from these files. Commit data/raw/ with its raw.lock."]


def _deed(done: Done) -> str:
    if done.deed is Deed.REPLACE and done.rows_before is not None:
        return f"takes the place of an excerpt of {number(done.rows_before)} rows"
    return done.deed.value


def _day(text: str) -> str:
    try:
        return f"{date.fromisoformat(text[:10]):%-d %B %Y}"
    except ValueError:
        return text or "an unknown day"


def _moved(moved: Moved) -> Iterator[str]:
    told = f"{number(moved.changed)} of {number(moved.cells)} cells changed"
    yield f"{moved.dataset}: {told}, {number(moved.added)} were added, {number(moved.removed)} removed."
    for row in moved.largest:
        yield f"  {_cell(row)}: {row['raw']} before, {row['raw_after']} now"
    if moved.changed > len(moved.largest):
        yield "  (the largest changes; 'npqstats show --release' has every cell of an edition)"


def _cell(row: dict[str, Any]) -> str:
    parts = [
        row["measure"],
        label(row["time_period"]),
        row["location_name"],
        *([row["group_label"]] if row["group_label"] != row["breakdown_label"] else []),
        *([row["funding"]] if row["funding"] != "all" else []),
        *([row["basis"]] if row["basis"] != "in-year" else []),
    ]
    return ", ".join(str(part) for part in parts)


def newer(found: list[Compared]) -> list[str]:
    """Say what the service has that the lock has not: a line for all data sets of which the same is true."""
    titles: dict[tuple[str, str], list[str]] = {}
    for one in found:
        titles.setdefault((one.release, _newer(one)), []).append(one.title)
    return [plain(f"{release}: {how}: {', '.join(names)}") for (release, how), names in titles.items()]


def _newer(one: Compared) -> str:
    return f"{one.standing.value} ({one.why})" if one.why else one.standing.value


def plan(found: list[Compared]) -> list[str]:
    """Say what a fetch would do with each data set, as far as can be told without downloading it."""
    would = {
        Standing.NEW: "would be fetched",
        Standing.EXCERPT: "would be fetched, and take the place of the excerpt",
        Standing.CHANGED: "would be fetched, and make a new edition if its figures changed",
        Standing.SAME: "would be asked for again; the service does not say that it changed",
        Standing.PASSED_OVER: "would be passed over",
    }
    return [plain(f"{one.release}: {one.title} {_if_ours(one)}{would[one.standing]}") for one in found]


def _if_ours(one: Compared) -> str:
    """Whether a data set is about NPQs is told by its columns, which only a download shows."""
    is_doubtful = one.standing is Standing.NEW and "npq" not in one.title.lower()
    return "(passed over if its columns are not about NPQs) " if is_doubtful else ""


def overview(found: list[Compared]) -> Sheet:
    """Lay out what the service has against what is here."""
    return Sheet(
        title="What the service has, and what is here",
        headers=["Release", "Data set", "Rows there", "Rows here", "Standing"],
        rows=[
            [one.release, one.title, _rows(one.rows_there), _rows(one.rows_here), one.standing.value] for one in found
        ],
        numeric=frozenset({2, 3}),
        unbroken=frozenset({0}),
        foot=["Nothing was fetched. 'npqstats fetch' brings the latest release, 'npqstats fetch --all' every one."],
    )


def _rows(count: int | None) -> str:
    return "–" if count is None else number(count)
