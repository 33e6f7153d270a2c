"""A release that has come, put in its place: all of it or nothing, and then its lines in the lock."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from npqstats.catalogue import lock as raw_lock
from npqstats.catalogue.lock import Line, Lock
from npqstats.errors import DataError
from npqstats.fetch import notes as release_notes
from npqstats.fetch.checked import Fresh
from npqstats.fetch.decide import Deed, deed
from npqstats.fetch.here import Here, at_hand, editions, next_edition
from npqstats.fetch.landed import Arrived, Done, Landed
from npqstats.fetch.moved import Moved, moved
from npqstats.fetch.names import keep_aside, link
from npqstats.fetch.staging import settle
from npqstats.fetch.target import excerpts, locked
from npqstats.ingest import unpack
from npqstats.listeners import Say, silent
from npqstats.project import Project
from npqstats.store import manifest, swap

_BLOCK = 1 << 20


def land(project: Project, arrived: Arrived, staging: Path, *, say: Say = silent) -> Landed:
    """Put the files of a release in their places and renew the lock.

    Args:
        project: Where to.
        arrived: What has come.
        staging: The hidden folder in which it waits.
        say: Told of waiting for a build.

    Raises:
        DataError: Two files hold the same data set.
        OSError: Something cannot be written. A run that is killed or fails at any point leaves either what stood
            before or whole files, for which the next run writes the lines.
    """
    _check_alone(arrived.fresh)
    with swap.exclusive(project, on_wait=lambda: say("A build is at work here; waiting for it.")):
        lock = locked(project)
        here = at_hand(project.raw, lock)
        landing = _Landing(project, arrived, staging, lock, here)
        landed = landing.corrected() if landing.is_corrected else landing.settled()
        # The lines of an edition that was corrected stay as they were.
        renewed = () if landing.is_corrected else arrived.unchanged
        lines = lock.renewed([*renewed, *landing.lines], (one for one in arrived.passed_over if one.id))
        if lines != lock:
            raw_lock.write(project.raw, lines)
            settle(project.raw)
    return replace(landed, is_lock_renewed=lines != lock)


def _check_alone(fresh: Iterable[Fresh]) -> None:
    seen: dict[str, Fresh] = {}
    for one in fresh:
        if (other := seen.setdefault(one.dataset, one)) is not one:
            raise DataError(
                f"{other.title!r} and {one.title!r} of {one.file.release} both hold {one.dataset}.",
                "Nothing of this release was changed. Take the one that counts with 'npqstats fetch --from FILE'.",
            )


def _edition(arrived: Arrived, here: list[Here], lock: Lock) -> str:
    """Give the edition that files belong to: the newest, or an earlier one that a person has downloaded once more."""
    known = editions(arrived.release, here, lock)
    wanted = {(one.dataset, one.line.sha256) for one in arrived.fresh}
    for name in () if arrived.is_current else known:
        if wanted <= {(one.dataset, one.sha256) for one in here if one.release == name}:
            return name
    return next(iter(known), arrived.release)


class _Landing:
    """One release on its way into data/raw/."""

    def __init__(self, project: Project, arrived: Arrived, staging: Path, lock: Lock, here: list[Here]) -> None:
        self.raw = project.raw
        self.arrived = arrived
        self.staging = staging
        self.lock = lock
        self.current = _edition(arrived, here, lock)
        self.here = {one.dataset: one for one in here if one.release == self.current}
        self.old_lines = {line.dataset: line for line in lock.of(self.current)}
        self.deeds = {
            one.dataset: deed(
                self.here.get(one.dataset), self._old_line(one.dataset), one.line.sha256, one.rows, excerpts()
            )
            for one in arrived.fresh
        }
        self.lines: list[Line] = []

    @property
    def is_corrected(self) -> bool:
        return Deed.NEW_EDITION in self.deeds.values()

    def settled(self) -> Landed:
        """Put files into the edition that is there, or make its folder."""
        rows_before = {name: one.rows for name, one in self.here.items() if self.deeds.get(name) is Deed.REPLACE}
        folder = self.raw / self.current
        if folder.is_dir():
            release_notes.write(folder, self.arrived.notes, self.staging)
            self.lines = [self._put(one) for one in self.arrived.fresh]
        else:
            assembled = self.staging / self.current
            assembled.mkdir()
            for one in self.arrived.fresh:
                one.file.path.replace(assembled / Path(one.line.name).name)
            release_notes.write(assembled, self.arrived.notes, self.staging)
            settle(assembled)
            assembled.rename(folder)
            self.lines = [self._line(one, f"{self.current}/{Path(one.line.name).name}") for one in self.arrived.fresh]
        settle(self.raw)
        return self._landed(self.current, rows_before=rows_before)

    def corrected(self) -> Landed:
        """Make a new edition, whole: what was corrected as it came, all else as in the edition before."""
        edition = next_edition(self.raw, self.arrived.release, self.lock)
        changes = list(self._changes())
        assembled = self.staging / edition
        assembled.mkdir()
        self.lines = [self._line(one, f"{edition}/{Path(one.line.name).name}") for one in self.arrived.fresh]
        for one in self.arrived.fresh:
            if self.deeds[one.dataset] is Deed.RESTORE:
                self._restore(one)
            same = self.here.get(one.dataset) if self.deeds[one.dataset] is Deed.NOTHING else None
            link(self.raw / same.name if same else one.file.path, assembled / Path(one.line.name).name)
        datasets = {one.dataset for one in self.arrived.fresh} | self.arrived.gone
        self.lines += [self._carried(one, assembled) for name, one in self.here.items() if name not in datasets]
        release_notes.write(assembled, self.arrived.notes, self.staging)
        settle(assembled)
        assembled.rename(self.raw / edition)
        settle(self.raw)
        return self._landed(edition, before=self.current, moves=changes)

    def _changes(self) -> Iterator[Moved]:
        """Compare what was corrected with what stood before; a file that was spoilt here has no comparison."""
        for one in self.arrived.fresh:
            if self.deeds[one.dataset] is Deed.NEW_EDITION and one.dataset in self.here:
                with suppress(DataError):
                    yield moved(one.dataset, self.here[one.dataset].file, one.file, self.staging / ".keys")

    def _landed(
        self,
        edition: str,
        *,
        before: str = "",
        moves: list[Moved] | None = None,
        rows_before: dict[str, int] | None = None,
    ) -> Landed:
        names = {line.dataset: line.name for line in self.lines}
        return Landed(
            release=self.arrived.release,
            edition=edition,
            before=before,
            done=[
                Done(
                    name=names[one.dataset],
                    title=one.title,
                    deed=self.deeds[one.dataset],
                    rows=one.rows,
                    rows_before=(rows_before or {}).get(one.dataset),
                )
                for one in self.arrived.fresh
            ]
            + [
                Done(name=f"{edition}/{Path(line.name).name}", title="", deed=Deed.NOTHING, rows=line.rows or 0)
                for line in self.arrived.unchanged
            ],
            moved=moves or [],
            notes=self.arrived.notes,
            passed_over=self.arrived.passed_over,
        )

    def _old_line(self, dataset: str) -> Line | None:
        here = self.here.get(dataset)
        return here.line if here is not None and here.line is not None else self.old_lines.get(dataset)

    def _put(self, one: Fresh) -> Line:
        """Put a file into the folder that is there, and give its line."""
        what, here = self.deeds[one.dataset], self.here.get(one.dataset)
        if what is Deed.RESTORE:
            return self._restore(one)
        if here is not None and what is not Deed.LAND:
            if what is Deed.REPLACE:
                one.file.path.replace(self.raw / here.name)
            return self._line(one, here.name)
        name = f"{self.current}/{Path(one.line.name).name}"
        keep_aside(self.raw / name)
        one.file.path.replace(self.raw / name)
        settle(self.raw / self.current)
        return self._line(one, name)

    def _restore(self, one: Fresh) -> Line:
        name = self.here[one.dataset].name
        keep_aside(self.raw / name)
        again = self.staging / f"{one.dataset}.again"
        link(one.file.path, again)
        again.replace(self.raw / name)
        return self._line(one, name)

    def _line(self, one: Fresh, name: str) -> Line:
        """Give the line of a file; of bytes that were fetched before, all that was known of them then stays."""
        old = self._old_line(one.dataset)
        line = replace(one.line, name=name, release=name.partition("/")[0])
        if old is None:
            return line
        if old.sha256 == line.sha256 and old.fetched_at is not None:
            line = replace(
                line,
                fetched_at=old.fetched_at,
                url=old.url or line.url,
                last_modified=line.last_modified or old.last_modified,
                etag=line.etag or old.etag,
                updated=line.updated or old.updated,
                note=line.note or old.note,
            )
        return replace(line, id=line.id or old.id)

    def _carried(self, one: Here, folder: Path) -> Line:
        """Take a data set that did not change over into the folder of the new edition."""
        target = folder / (Path(one.name).name if one.is_alone else f"{one.dataset.replace('-', '_')}.csv")
        name = f"{folder.name}/{target.name}"
        if one.is_alone:
            link(self.raw / one.name, target)
        else:
            with unpack.opened(one.file) as stream, target.open("wb") as copy:
                while block := stream.read_lines(_BLOCK):
                    copy.write(block)
        renewed = {line.name: line for line in self.arrived.unchanged}.get(one.name) or one.line
        if renewed is not None and one.is_alone:
            return replace(renewed, name=name, release=folder.name)
        return Line(
            name=name,
            release=folder.name,
            dataset=one.dataset,
            sha256=manifest.sha256(target),
            bytes=target.stat().st_size,
            rows=one.rows,
        )
