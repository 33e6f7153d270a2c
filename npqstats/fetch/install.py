"""Moves a checked release from its staging folder into data/raw/, all of it or nothing, and updates the lock."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from enum import Enum
from pathlib import Path

from npqstats.catalogue import lock as raw_lock
from npqstats.catalogue.catalogue import catalogue
from npqstats.catalogue.catalogue import release as known_release
from npqstats.catalogue.lock import Lock, LockedFile, LockedRelease, PassedOver
from npqstats.errors import DataError
from npqstats.fetch.check import Checked, Delivery
from npqstats.fetch.discover import Note
from npqstats.fetch.local import LocalDataSet, data_sets, editions, excerpts, locked, next_edition
from npqstats.fetch.revision import Revision, revision
from npqstats.ingest import unpack
from npqstats.ingest.find import RawFile
from npqstats.listeners import Say, silent
from npqstats.project import Project
from npqstats.store import manifest
from npqstats.store.atomic import disk_errors, fsync
from npqstats.store.atomic import lock as lock_file

NOTES = "release-notes.txt"
_PREFIX = ".fetch-"
_BLOCK = 1 << 20


class Action(Enum):
    """What is done with a file."""

    KEEP = "keep"
    """It is here and in the lock."""
    ADD = "add"
    ADOPT = "adopt"
    """It is here already, and gets its line in the lock."""
    COMPLETE = "complete"
    """It replaces an excerpt, or a file that was cut short: the same edition."""
    RESTORE = "restore"
    """It replaces a file that was changed here; that one is kept beside it."""
    CORRECT = "correct"
    """DfE published other figures: a new edition."""
    REFETCH = "refetch"
    """It was missing, and is fetched again as the lock has it."""


def decide(
    here: LocalDataSet | None,
    line: LockedFile | None,
    new: LockedFile,
    *,
    excerpts: frozenset[str] = frozenset(),
    is_continuation: bool = False,
) -> Action:
    """Decide what to do with a data set of an edition; does nothing.

    Args:
        here: The same data set in the newest edition of its release; None: there is none.
        line: Its line in the lock, whether or not its file exists.
        new: What the lock would say of the delivered file.
        excerpts: Hashes of the bundled rows.
        is_continuation: Whether the delivered file begins with all the bytes of the file here.

    Returns:
        The action. A file is incomplete, and no edition of its own, if it is bundled, is known to be cut short, was
        never fetched and has fewer rows, or has the first rows of the delivered file and was never known to be whole.
    """
    was_fetched = line is not None and line.fetched_at is not None
    is_locked = line is not None and line.sha256 == new.sha256
    if here is None:
        is_changed = was_fetched and not is_locked and line is not None and not line.is_cut_short
        return Action.CORRECT if is_changed else Action.ADD
    if here.sha256 == new.sha256:
        if not here.is_plain:
            return Action.ADD
        return Action.KEEP if was_fetched and is_locked else Action.ADOPT
    if is_locked and here.is_plain:
        return Action.RESTORE
    is_whole = line is not None and line.rows is not None and line.rows == line.rows_expected
    is_incomplete = (
        (not was_fetched and (here.sha256 in excerpts or here.rows < (new.rows or 0)))
        or (line is not None and line.sha256 == here.sha256 and line.is_cut_short)
        or (is_continuation and not is_whole)
    )
    return Action.COMPLETE if is_incomplete and here.is_plain else Action.CORRECT


@dataclass(frozen=True, kw_only=True)
class FileResult:
    """What was done with a file."""

    name: str
    action: Action
    rows: int
    rows_before: int | None = None
    rows_expected: int | None = None
    """More than `rows`: the file is cut short."""


@dataclass(frozen=True, kw_only=True)
class ReleaseResult:
    """What was done with a release."""

    release: str
    edition: str
    """The folder that holds it now."""
    corrects: str = ""
    """The edition before, which is unchanged, where this one corrects it."""
    files: tuple[FileResult, ...]
    revisions: tuple[Revision, ...] = ()
    notes: tuple[Note, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    is_lock_changed: bool = False


@contextmanager
def staging(project: Project) -> Iterator[Path]:
    """Provide an empty hidden folder in data/raw/, which is removed at the end.

    One fetch runs at a time. What a killed one left behind is removed first; folders that this one made and that are
    empty at the end, too.

    Raises:
        DataError: Another fetch is running, or the disk is full or read-only; data/raw/ is as it was.
    """
    made = [folder for folder in _wanted(project) if not folder.exists()]
    file = project.processed / ".fetch-lock"
    try:
        with disk_errors(project.raw), lock_file(file, busy="Another fetch is running here."):
            project.raw.mkdir(parents=True, exist_ok=True)
            for left in project.raw.glob(f"{_PREFIX}*"):
                shutil.rmtree(left, ignore_errors=True)
            inner = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=project.raw))
            try:
                yield inner
            finally:
                shutil.rmtree(inner, ignore_errors=True)
    finally:
        if project.processed in made:
            file.unlink(missing_ok=True)
        for folder in made:
            with suppress(OSError):
                folder.rmdir()  # Fails for a folder that now holds something.


def _wanted(project: Project) -> list[Path]:
    """List the folders of a project from the innermost to the project itself."""
    return [project.processed, project.raw, project.raw.parent, project.raw.parents[1]]


def install(project: Project, delivery: Delivery, staging: Path, *, say: Say = silent) -> ReleaseResult:
    """Move the files of a release into data/raw/ and update the lock.

    Args:
        project: The project.
        delivery: The release in its staging folder.
        staging: That folder.
        say: Called while waiting for a build.

    Raises:
        DataError: Two files hold the same data set, or one is cut short and the whole file is here.
        OSError: Something cannot be written. A run that is killed or fails leaves the files of before or whole new
            ones, whose lines the next run writes.
    """
    _check_distinct(delivery.files)
    with lock_file(project.processed / ".lock", on_wait=lambda: say("A build is running here; waiting for it.")):
        lock = locked(project)
        move = _Installation(project, delivery, staging, lock)
        result = move.as_new_edition() if move.is_correction else move.into_edition()
        about = [move.about(result.edition)] if delivery.about else []
        lines = lock.updated(move.lines, (one for one in delivery.passed_over if one.id), about)
        if lines != lock:
            raw_lock.write(project.raw, lines)
            fsync(project.raw)
    return replace(result, is_lock_changed=lines != lock)


def _check_distinct(files: Iterable[Checked]) -> None:
    seen: dict[str, Checked] = {}
    for one in files:
        if (other := seen.setdefault(one.dataset, one)) is not one:
            raise DataError(
                f"{other.title!r} and {one.title!r} of {one.file.release} both hold {one.dataset}.",
                "Nothing of this release was changed. Take the right one with 'npqstats fetch --from FILE'.",
            )


def _edition(delivery: Delivery, local: list[LocalDataSet], lock: Lock) -> str:
    """Return the edition that files belong to: the newest, or an earlier one that a person downloaded again."""
    known = editions(delivery.release, local, lock)
    wanted = {(one.dataset, one.line.sha256) for one in delivery.files}
    for name in () if delivery.is_current else known:
        if wanted <= {(one.dataset, one.sha256) for one in local if one.release == name}:
            return name
    return next(iter(known), delivery.release)


class _Installation:
    """One release on its way from a staging folder into data/raw/."""

    def __init__(self, project: Project, delivery: Delivery, staging: Path, lock: Lock) -> None:
        self.raw, self.delivery, self.staging, self.lock = project.raw, delivery, staging, lock
        local = data_sets(project.raw, lock)
        self.current = _edition(delivery, local, lock)
        self.here = {one.dataset: one for one in local if one.release == self.current}
        self.old_lines = {line.dataset: line for line in lock.of(self.current)}
        self.actions = {one.dataset: self._action(one) for one in delivery.files}
        self.lines: list[LockedFile] = []

    @property
    def is_correction(self) -> bool:
        return Action.CORRECT in self.actions.values()

    def _action(self, new: Checked) -> Action:
        here, line = self.here.get(new.dataset), self._old_line(new.dataset)
        if here is not None and _is_beginning(new.file, here.file):
            raise DataError(
                f"{new.title!r} is cut short: it has the first {new.rows:,} of the {here.rows:,} rows of "
                f"data/raw/{here.name}.",
                "Nothing of its release was changed here. Download it again.",
            )
        is_continuation = here is not None and _is_beginning(here.file, new.file)
        return decide(here, line, new.line, excerpts=excerpts(), is_continuation=is_continuation)

    def into_edition(self) -> ReleaseResult:
        """Put files into the folder of the edition that exists, or make that folder."""
        before = {name: one.rows for name, one in self.here.items() if self.actions.get(name) is Action.COMPLETE}
        folder = self.raw / self.current
        if folder.is_dir():
            _write_notes(folder, self.delivery.notes, self.staging)
            self.lines = [self._put(one) for one in self.delivery.files]
        else:
            assembled = self.staging / self.current
            assembled.mkdir()
            for one in self.delivery.files:
                one.file.path.replace(assembled / Path(one.line.name).name)
            _write_notes(assembled, self.delivery.notes, self.staging)
            fsync(assembled)
            assembled.rename(folder)
            self.lines = [self._line(one, f"{self.current}/{Path(one.line.name).name}") for one in self.delivery.files]
        fsync(self.raw)
        return self._result(self.current, rows_before=before)

    def as_new_edition(self) -> ReleaseResult:
        """Make a new edition, whole: what was corrected as delivered, everything else as in the edition before."""
        edition = next_edition(self.raw, self.delivery.release, self.lock)
        revisions = tuple(self._revisions())
        assembled = self.staging / edition
        assembled.mkdir()
        self.lines = [self._line(one, f"{edition}/{Path(one.line.name).name}") for one in self.delivery.files]
        for one in self.delivery.files:
            if self.actions[one.dataset] is Action.RESTORE:
                self._restore(one)
            same = self.here.get(one.dataset) if self.actions[one.dataset] is Action.KEEP else None
            link(self.raw / same.name if same else one.file.path, assembled / Path(one.line.name).name)
        known = {one.dataset for one in self.delivery.files} | self.delivery.withdrawn
        self.lines += [self._carried(one, assembled) for name, one in self.here.items() if name not in known]
        _write_notes(assembled, self.delivery.notes, self.staging)
        fsync(assembled)
        assembled.rename(self.raw / edition)
        fsync(self.raw)
        return self._result(edition, corrects=self.current, revisions=revisions)

    def about(self, edition: str) -> LockedRelease:
        """What the lock will say of the edition: what the service does not say now stays as it was."""
        assert self.delivery.about is not None
        old = self.lock.releases.get(edition)
        about = replace(self.delivery.about, name=edition)
        known = {one.name: getattr(old, one.name) for one in fields(about) if old and not getattr(about, one.name)}
        return replace(about, **known)

    def _revisions(self) -> Iterator[Revision]:
        """Compare what was corrected with what was here; a file that cannot be read has no comparison."""
        for one in self.delivery.files:
            if self.actions[one.dataset] is Action.CORRECT and one.dataset in self.here:
                with suppress(DataError):
                    yield revision(one.dataset, self.here[one.dataset].file, one.file)

    def _result(
        self,
        edition: str,
        *,
        corrects: str = "",
        revisions: tuple[Revision, ...] = (),
        rows_before: dict[str, int] | None = None,
    ) -> ReleaseResult:
        names = {line.dataset: line.name for line in self.lines}
        return ReleaseResult(
            release=self.delivery.release,
            edition=edition,
            corrects=corrects,
            files=tuple(
                FileResult(
                    name=names[one.dataset],
                    action=self.actions[one.dataset],
                    rows=one.rows,
                    rows_before=(rows_before or {}).get(one.dataset),
                    rows_expected=one.line.rows_expected,
                )
                for one in self.delivery.files
            ),
            revisions=revisions,
            notes=self.delivery.notes,
            passed_over=tuple(self.delivery.passed_over),
        )

    def _old_line(self, dataset: str) -> LockedFile | None:
        here = self.here.get(dataset)
        return here.locked if here is not None and here.locked is not None else self.old_lines.get(dataset)

    def _put(self, one: Checked) -> LockedFile:
        """Put a file into the folder that exists, and return its line."""
        action, here = self.actions[one.dataset], self.here.get(one.dataset)
        if action is Action.RESTORE:
            return self._restore(one)
        if here is not None and action is not Action.ADD:
            if action is Action.COMPLETE:
                one.file.path.replace(self.raw / here.name)
            return self._line(one, here.name)
        name = f"{self.current}/{Path(one.line.name).name}"
        keep_aside(self.raw / name)
        one.file.path.replace(self.raw / name)
        fsync(self.raw / self.current)
        return self._line(one, name)

    def _restore(self, one: Checked) -> LockedFile:
        name = self.here[one.dataset].name
        keep_aside(self.raw / name)
        again = self.staging / f"{one.dataset}.again"
        link(one.file.path, again)
        again.replace(self.raw / name)
        return self._line(one, name)

    def _line(self, one: Checked, name: str) -> LockedFile:
        """Return the line of a file; the same bytes keep the time and address of their first fetch."""
        old = self._old_line(one.dataset)
        line = replace(one.line, name=name, release=name.partition("/")[0])
        if old is not None and old.sha256 == line.sha256 and old.fetched_at is not None:
            line = replace(
                line,
                fetched_at=old.fetched_at,
                url=old.url or line.url,
                rows_expected=line.rows_expected or old.rows_expected,
            )
        return replace(line, id=line.id or (old.id if old else ""))

    def _carried(self, one: LocalDataSet, folder: Path) -> LockedFile:
        """Copy a data set that did not change into the folder of the new edition."""
        target = folder / (Path(one.name).name if one.is_plain else f"{one.dataset.replace('-', '_')}.csv")
        name = f"{folder.name}/{target.name}"
        if one.is_plain:
            link(self.raw / one.name, target)
        else:
            with unpack.opened(one.file) as stream, target.open("wb") as copy:
                while block := stream.read_lines(_BLOCK):
                    copy.write(block)
        if one.locked is not None and one.is_plain:
            return replace(one.locked, name=name, release=folder.name)
        return LockedFile(
            name=name,
            release=folder.name,
            dataset=one.dataset,
            sha256=manifest.sha256(target),
            bytes=target.stat().st_size,
            rows=one.rows,
        )


def _is_beginning(one: RawFile, other: RawFile) -> bool:
    """Whether a file holds the first bytes of another, and no more."""
    with unpack.opened(one) as short, unpack.opened(other) as long:
        while block := short.read_lines(_BLOCK):
            if not long.read_lines(_BLOCK).startswith(block):
                return False
        return long.count > short.count or bool(long.read_lines(1))


def _write_notes(folder: Path, notes: tuple[Note, ...], staging: Path) -> None:
    """Write the release notes into the folder of an edition, by way of a staging folder; builds ignore the file."""
    if not notes:
        return
    title = f"{catalogue().publication.title}, {known_release(folder.name).year.label}"
    rows = [f"{note.date or 'without a date'}\n{note.text}\n" for note in notes]
    content = "\n".join([f"Release notes of {title}, as published, the newest first.\n", *rows]).encode()
    path = folder / NOTES
    if not path.is_file() or path.read_bytes() != content:
        fresh = staging / NOTES
        fresh.write_bytes(content)
        fsync(fresh)
        fresh.replace(path)


def link(old: Path, new: Path) -> None:
    """Hard-link a file or, where the file system has no hard links, copy it."""
    try:
        new.hardlink_to(old)
    except OSError:
        shutil.copyfile(old, new)
        fsync(new)


def keep_aside(path: Path) -> None:
    """Keep a file under a name beside it that builds ignore; the path itself is then free to be replaced."""
    if not path.exists():
        return
    number = 1
    while (beside := path.with_name(f"{path.name}.was-{number}")).exists():
        if beside.samefile(path):
            return  # A run that was killed had come as far as this.
        number += 1
    link(path, beside)
