"""What a fetch did and what the service has newer, in sentences."""

from collections.abc import Iterator
from datetime import date

from npqstats.fetch.decide import Action
from npqstats.fetch.install import FileResult, ReleaseResult
from npqstats.fetch.outdated import Compared, State
from npqstats.fetch.revision import ChangedCell, Revision
from npqstats.vocabulary.names import plain
from npqstats.vocabulary.numbers import number
from npqstats.vocabulary.periods import day_label, label

_DONE = {
    Action.KEEP: "is unchanged",
    Action.ADD: "is new",
    Action.ADOPT: "was here as published, and is now in the lock",
    Action.COMPLETE: "replaces an incomplete file",
    Action.RESTORE: "is as published again; the file that was here is kept beside it",
    Action.CORRECT: "is corrected",
    Action.REFETCH: "is here again, as in the lock",
}
_STATE = {
    State.NEW: "not here",
    State.EXCERPT: "not fetched yet",
    State.CHANGED: "changed since",
    State.CUT_SHORT: "cut short here",
    State.CURRENT: "here",
    State.PASSED_OVER: "passed over",
}
_PLAN = {
    State.NEW: "would be fetched",
    State.EXCERPT: "would be fetched and replace the excerpt",
    State.CHANGED: "would be fetched, and make a new edition if its figures changed",
    State.CUT_SHORT: "would be fetched and replace the file that was cut short",
    State.CURRENT: "would be fetched again; the service does not say that it changed",
    State.PASSED_OVER: "would be passed over",
}


def sentences(result: ReleaseResult) -> list[str]:
    """Say what was done with a release: its files, what was passed over, and what a correction changed."""
    return [plain(line) for line in _sentences(result)]


def _sentences(result: ReleaseResult) -> Iterator[str]:
    if result.corrects:
        yield (
            f"The release {result.release} was corrected: data/raw/{result.edition} holds the corrected edition, "
            f"complete; data/raw/{result.corrects} is unchanged."
        )
    for file in result.files:
        line = file.line
        yield f"  data/raw/{line.name} {_done(file)}: {number(line.rows or 0)} rows."
        if line.is_cut_short:
            yield f"    It is cut short: the published file has {number(line.rows_expected)} rows. Download it again."
    for passed in result.passed_over:
        yield f"  Passed over {passed.title!r}: {passed.why}."
    if result.corrects:
        for note in result.notes[:1]:
            yield f"Release note of {_day(note.date)}: {note.text}"
        for revision in result.revisions:
            yield from _revision(revision)


def summary(results: list[ReleaseResult], *, is_frozen: bool) -> str:
    """Say in one sentence what a fetch came to, and what to do next."""
    if is_frozen:
        return "Every file of data/raw/raw.lock is here, to the byte."
    if any(file.action is not Action.KEEP for one in results for file in one.files):
        return "Commit data/raw/ with its raw.lock."
    if any(one.is_lock_changed for one in results):
        return "No file is newer than what is here; the lock has new release notes or dates. Commit data/raw/raw.lock."
    return "Nothing is newer than what is here."


def _done(file: FileResult) -> str:
    if file.action is Action.COMPLETE and file.rows_before is not None:
        return f"replaces an incomplete file of {number(file.rows_before)} rows"
    return _DONE[file.action]


def _day(text: str) -> str:
    try:
        return day_label(date.fromisoformat(text[:10]))
    except ValueError:
        return text or "an unknown day"


def _revision(revision: Revision) -> Iterator[str]:
    what = f"{number(revision.changed)} of {number(revision.cells)} cells changed"
    yield f"{revision.dataset}: {what}, {number(revision.added)} were added, {number(revision.removed)} removed."
    for cell in revision.largest:
        yield f"  {_cell(cell)}: {cell.before} before, {cell.after} now"
    if revision.changed > len(revision.largest):
        yield "  (the largest changes; 'npqstats show --release' has every cell of an edition)"


def _cell(cell: ChangedCell) -> str:
    parts = [
        cell.measure,
        label(cell.period),
        cell.area,
        *([cell.group] if cell.group != cell.breakdown else []),
        *([cell.funding] if cell.funding != "all" else []),
        *([cell.basis] if cell.basis != "in-year" else []),
    ]
    return ", ".join(parts)


def state(one: Compared) -> str:
    """Say how a data set of the service compares with the lock."""
    return f"{_STATE[one.state]} ({one.reason})" if one.is_newer and one.reason else _STATE[one.state]


def newer(found: list[Compared]) -> list[str]:
    """Say what the service has that the lock has not: one line for all data sets in the same state."""
    titles: dict[tuple[str, str], list[str]] = {}
    for one in found:
        titles.setdefault((one.release, state(one)), []).append(one.title)
    return [plain(f"{release}: {how}: {', '.join(names)}") for (release, how), names in titles.items()]


def plan(found: list[Compared]) -> list[str]:
    """Say what a fetch would do with each data set, as far as that is known without downloading it."""
    return [plain(f"{one.release}: {one.title} {_if_ours(one)}{_PLAN[one.state]}") for one in found]


def _if_ours(one: Compared) -> str:
    """Only a download shows the columns, which decide whether a data set is about NPQs."""
    is_doubtful = one.state is State.NEW and "npq" not in one.title.lower()
    return "(passed over if its columns are not about NPQs) " if is_doubtful else ""
