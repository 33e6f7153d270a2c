"""Moves a checked release from its staging folder into data/raw/, all of it or nothing, and updates the lock."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from itertools import count
from pathlib import Path

from npqstats.catalogue import lock as raw_lock
from npqstats.catalogue.catalogue import catalogue
from npqstats.catalogue.catalogue import release as known_release
from npqstats.catalogue.lock import Lock, LockedFile, LockedRelease, PassedOver, held
from npqstats.errors import DataError
from npqstats.fetch.decide import Action, decide
from npqstats.fetch.delivery import Delivery, Staged
from npqstats.fetch.discover import Note
from npqstats.fetch.local import LocalDataSet, data_sets
from npqstats.fetch.revision import Revision, revision
from npqstats.listeners import Say, silent
from npqstats.project import Project
from npqstats.store.atomic import disk_errors, file_lock, fsync, link_or_copy
from npqstats.store.coverage import excerpts

NOTES = "release-notes.txt"
_PREFIX = ".fetch-"


@dataclass(frozen=True, kw_only=True)
class FileResult:
    """What was done with a file."""

    action: Action
    line: LockedFile
    """What the lock says of it: its name under data/raw/, its rows, how many there should be."""
    rows_before: int | None = None
    """Of the incomplete file that it replaces."""


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
def staging(project: Project, say: Say = silent) -> Iterator[Path]:
    """Provide an empty hidden folder in data/raw/, which is removed at the end.

    One fetch runs at a time. What a killed one left behind is removed first; folders that this one made and that are
    empty at the end, too. `say` is called where there was no data/raw/.

    Raises:
        DataError: Another fetch is running, or the disk is full or read-only; data/raw/ is as it was.
    """
    if not project.raw.is_dir():
        say(f"There is no data/raw here yet: fetching into {project.raw}.")
    folders = [project.processed, project.raw, *project.raw.parents[:2]]
    made = [folder for folder in folders if not folder.exists()]
    file = project.processed / ".fetch-lock"
    try:
        with disk_errors(project.raw), file_lock(file, busy="Another fetch is running here."):
            project.raw.mkdir(parents=True, exist_ok=True)
            for left in project.raw.glob(f"{_PREFIX}*"):
                shutil.rmtree(left, ignore_errors=True)
            with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=project.raw, ignore_cleanup_errors=True) as inner:
                yield Path(inner)
    finally:
        if project.processed in made:
            file.unlink(missing_ok=True)
        for folder in made:
            with suppress(OSError):
                folder.rmdir()  # Fails for a folder that now holds something.


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
    with file_lock(project.processed / ".lock", on_wait=lambda: say("A build is running here; waiting for it.")):
        before = held(project.raw)
        move = _Installation(project.raw, delivery, staging, before)
        files, carried = move.run()
        lines = [*(file.line for file in files), *carried]
        lock = before.updated(lines, (one for one in delivery.passed_over if one.id), move.about())
        if lock != before:
            _write(project.raw / raw_lock.NAME, raw_lock.text(lock).encode(), staging)
            fsync(project.raw)
    return ReleaseResult(
        release=delivery.release,
        edition=move.edition,
        corrects=move.current if move.is_correction else "",
        files=tuple(files),
        revisions=move.revisions,
        notes=move.notes,
        passed_over=tuple(delivery.passed_over),
        is_lock_changed=lock != before,
    )


class _Installation:
    """One release on its way from a staging folder into data/raw/: decided when it is made, done when it is run."""

    def __init__(self, raw: Path, delivery: Delivery, staging: Path, lock: Lock) -> None:
        self.raw, self.delivery, self.staging, self.lock = raw, delivery, staging, lock
        self.notes = delivery.contents.notes if delivery.contents else ()
        local = data_sets(raw, lock)
        self.current = _edition(delivery, local, lock)
        self.here = {one.dataset: one for one in local if one.release == self.current}
        self.old_lines = {line.dataset: line for line in lock.of(self.current)}
        self.old_lines |= {name: one.locked for name, one in self.here.items() if one.locked is not None}
        self.new: dict[str, Staged] = {}
        for one in delivery.files:
            if (other := self.new.setdefault(one.line.dataset, one)) is not one:
                raise DataError(
                    f"{other.title!r} and {one.title!r} of {delivery.release} both hold {one.line.dataset}.",
                    "Nothing of this release was changed. Take the right one with 'npqstats fetch --from FILE'.",
                )
        self.actions = {name: self._action(one) for name, one in self.new.items()}
        self.is_correction = Action.CORRECT in self.actions.values()
        self.edition = _next_edition(raw, delivery.release, lock) if self.is_correction else self.current
        self.revisions = tuple(self._revisions())

    def _action(self, new: Staged) -> Action:
        here, line = self.here.get(new.line.dataset), self.old_lines.get(new.line.dataset)
        old, content = here.content if here is not None else b"", new.file.content()
        if here is not None and len(content) < len(old) and old.startswith(content):
            raise DataError(
                f"{new.title!r} is cut short: it has the first {new.line.rows or 0:,} of the {here.rows:,} rows of "
                f"data/raw/{here.name}.",
                "Nothing of its release was changed here. Download it again.",
            )
        return decide(here, line, new.line, excerpts=excerpts(), is_continuation=content.startswith(old))

    def _revisions(self) -> Iterator[Revision]:
        """Compare what is corrected with what is here; a file that cannot be read has no comparison."""
        for name, one in self.new.items():
            if self.actions[name] is Action.CORRECT and name in self.here:
                with suppress(DataError):
                    yield revision(name, self.here[name].file, one.file)

    def run(self) -> tuple[list[FileResult], list[LockedFile]]:
        """Move the files into the folder of their edition; return what was done, and the lines of other data sets."""
        folder, carried = self.raw / self.edition, list[LockedFile]()
        if folder.is_dir():
            self._write_notes(folder)
            done = [self._put(one) for one in self.delivery.files]
            fsync(folder)
        else:
            assembled = self.staging / self.edition
            assembled.mkdir()
            done = [self._add(one, assembled) for one in self.delivery.files]
            if self.is_correction:
                known = self.new.keys() | self._withdrawn()
                carried = [self._carry(one, assembled) for name, one in self.here.items() if name not in known]
            self._write_notes(assembled)
            fsync(assembled)
            assembled.rename(folder)
        fsync(self.raw)
        return done, carried

    def _put(self, one: Staged) -> FileResult:
        """Put a file into the folder that exists."""
        action, here = self.actions[one.line.dataset], self.here.get(one.line.dataset)
        rows_before = here.rows if here is not None and action is Action.COMPLETE else None
        name = (
            here.name if here is not None and action is not Action.ADD else f"{self.current}/{Path(one.line.name).name}"
        )
        if action in (Action.ADD, Action.RESTORE):
            keep_aside(self.raw / name)
        if action in (Action.ADD, Action.RESTORE, Action.COMPLETE):
            one.file.path.replace(self.raw / name)
        return FileResult(action=action, line=self._line(one, name), rows_before=rows_before)

    def _add(self, one: Staged, folder: Path) -> FileResult:
        """Add a file to a folder that is being assembled: as delivered or, if it did not change, as it is here."""
        action, target = self.actions[one.line.dataset], folder / Path(one.line.name).name
        link_or_copy(self.raw / self.here[one.line.dataset].name if action is Action.KEEP else one.file.path, target)
        if action is Action.RESTORE:
            self._put(one)
        return FileResult(action=action, line=self._line(one, f"{folder.name}/{target.name}"))

    def _carry(self, one: LocalDataSet, folder: Path) -> LockedFile:
        """Add a data set that was not delivered to the folder of a new edition."""
        target = folder / (Path(one.name).name if one.is_plain else f"{one.dataset.replace('-', '_')}.csv")
        if one.is_plain:
            link_or_copy(self.raw / one.name, target)
        else:
            target.write_bytes(one.content)
            fsync(target)
        name = f"{folder.name}/{target.name}"
        if one.locked is not None and one.is_plain:
            return replace(one.locked, name=name, release=folder.name)
        return LockedFile(
            name=name,
            release=folder.name,
            dataset=one.dataset,
            sha256=one.sha256,
            bytes=len(one.content),
            rows=one.rows,
        )

    def _line(self, one: Staged, name: str) -> LockedFile:
        """Return the line of a file; the same bytes keep the time and address of their first fetch."""
        old, line = self.old_lines.get(one.line.dataset), replace(one.line, name=name, release=name.partition("/")[0])
        if old is None:
            return line
        if old.sha256 == line.sha256 and old.fetched_at is not None:
            rows = line.rows_expected or old.rows_expected
            line = replace(line, fetched_at=old.fetched_at, url=old.url or line.url, rows_expected=rows)
        return replace(line, id=line.id or old.id)

    def _write_notes(self, folder: Path) -> None:
        """Write the release notes into the folder of an edition; builds ignore the file."""
        if not self.notes:
            return
        title = f"{catalogue().publication.title}, {known_release(folder.name).year.label}"
        rows = [f"{note.date or 'without a date'}\n{note.text}\n" for note in self.notes]
        content = "\n".join([f"Release notes of {title}, as published, the newest first.\n", *rows]).encode()
        path = folder / NOTES
        if not path.is_file() or path.read_bytes() != content:
            _write(path, content, self.staging)

    def about(self) -> list[LockedRelease]:
        """What the lock will say of the edition: what the service does not say now stays as it was."""
        if self.delivery.contents is None:
            return []
        old, about = self.lock.releases.get(self.edition), replace(self.delivery.contents.about, name=self.edition)
        known = {one.name: getattr(old, one.name) for one in fields(about) if old and not getattr(about, one.name)}
        return [replace(about, **known)]

    def _withdrawn(self) -> set[str]:
        """Name the data sets that were fetched before and that the service no longer lists."""
        contents = self.delivery.contents
        if contents is None or not contents.is_listed:
            return set()
        listed = {data_set.id for data_set in contents.data_sets}
        fetched = [line for line in self.lock.of(self.lock.newest(contents.release)) if line.id and line.fetched_at]
        return {line.dataset for line in fetched if line.id not in listed}


def _edition(delivery: Delivery, local: list[LocalDataSet], lock: Lock) -> str:
    """Return the edition that files belong to: the newest, or an earlier one that a person downloaded again."""
    known = lock.editions(delivery.release, {one.release for one in local})
    wanted = {(one.line.dataset, one.line.sha256) for one in delivery.files}
    for name in () if delivery.contents else known:
        if wanted <= {(one.dataset, one.sha256) for one in local if one.release == name}:
            return name
    return next(iter(known), delivery.release)


def _next_edition(raw: Path, release: str, lock: Lock) -> str:
    """Return the first free name for a correction of a release."""
    used = {line.release for line in lock.files.values()} | {path.name for path in raw.iterdir()}
    return next(name for number in count(1) if (name := f"{release}.{number}") not in used)


def _write(path: Path, content: bytes, staging: Path) -> None:
    """Write a file by way of a staging folder, so that it is replaced whole."""
    fresh = staging / path.name
    fresh.write_bytes(content)
    fsync(fresh)
    fresh.replace(path)


def keep_aside(path: Path) -> None:
    """Keep a file under a name beside it that builds ignore; the path itself is then free to be replaced."""
    if not path.exists():
        return
    number = 1
    while (beside := path.with_name(f"{path.name}.was-{number}")).exists():
        if beside.samefile(path):
            return  # A run that was killed had come as far as this.
        number += 1
    link_or_copy(path, beside)
