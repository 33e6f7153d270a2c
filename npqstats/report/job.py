"""One report to be written: where, of what, and what of it is out of date."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from npqstats.errors import UsageError
from npqstats.listeners import Progress, Say, silent
from npqstats.project import Project
from npqstats.report import stale
from npqstats.store.atomic import disk_errors, file_lock, new_folder

if TYPE_CHECKING:
    from npqstats.report.subject import Subject
    from npqstats.vocabulary.areas import Area

_WORTH_PROCESSES = 8
"""Reports from which several processes are quicker than one."""


@dataclass(frozen=True)
class Written:
    """What became of a report."""

    folder: Path
    did_write: bool
    reasons: tuple[str, ...] = ()
    """What was out of date; none where nothing was."""
    files: tuple[str, ...] = field(default=(), repr=False)
    """Its files, by path in the folder."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """A report to be written."""

    project: Project
    release: str
    area: "Area | None"
    """None: England."""
    folder: Path
    command: str
    """The shell command that asks for it."""
    is_one_of_all: bool = False
    """Whether it was not asked for by name: an area without totals for both years is then passed over."""

    def state(self, inputs: dict[str, str]) -> Written:
        """Say what of the report in its folder is out of date."""
        made = stale.read(self.folder)
        reasons = tuple(stale.reasons(self.folder, inputs, self.command))
        return Written(self.folder, did_write=False, reasons=reasons, files=tuple(made.outputs) if made else ())

    def check(self) -> None:
        """Refuse to write where anything but a report of ours is.

        Raises:
            UsageError: It is a file, holds files that no report wrote, or is the folder that the program runs in.
        """
        folder = self.folder
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"{folder} is a file.", "Name a folder for the report.")
        if not folder.is_dir():
            return
        if folder.samefile("."):
            raise UsageError(
                f"{folder} is the folder that you are in, and a report is written as a new folder.",
                "Name a folder within it, or run the command from another one.",
            )
        made = stale.read(folder)
        ours = {stale.NAME, *made.outputs} if made else set()
        ours |= {parent.as_posix() for name in ours for parent in Path(name).parents}
        if others := sorted({path.relative_to(folder).as_posix() for path in folder.rglob("*")} - ours):
            named = ", ".join(others[:3]) + (", ..." if len(others) > 3 else "")
            raise UsageError(
                f"{folder} holds files that no report wrote: {named}.",
                "Name another folder, or move these files away.",
            )

    def write(self, reasons: tuple[str, ...] = (), progress: Progress = silent) -> Written:
        """Make the report and put it in its folder.

        Raises:
            UsageError: The release has no totals of the area.
            DataError: It cannot be written; what was there before is kept.
        """
        from npqstats.report.assemble import assemble
        from npqstats.report.folder import contents

        inputs = stale.rested_on(self.project)
        report = assemble(_subject(self.project, self.release).of(self.area), self.command)
        files = contents(report, lambda done, of: progress("charts", done, of))
        made = stale.Made(command=self.command, inputs=inputs, outputs=stale.hashed(files))
        with disk_errors(self.folder), new_folder(self.folder.resolve()) as new:
            for name, content in {**files, stale.NAME: made.text()}.items():
                path = new / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        return Written(self.folder, did_write=True, reasons=reasons, files=tuple(made.outputs))


@lru_cache(maxsize=1)
def _subject(project: Project, release: str) -> "Subject":
    """Name what reports are about; those of one release share their answers about England."""
    from npqstats.analysis import releases
    from npqstats.catalogue import lock
    from npqstats.report.subject import Subject

    known = releases.named(release, releases.loaded(project))
    return Subject(project=project, release=lock.release(known.name, project.raw))


def write(jobs: Sequence[tuple[Job, tuple[str, ...]]], progress: Progress = silent) -> Iterator[Written]:
    """Write reports, many of them in several processes.

    Args:
        jobs: Each with what was out of date.
        progress: Called with what is drawn or written, how much of it is done, and how much there is.
    """
    _subject.cache_clear()  # the data may have changed since
    if len(jobs) < _WORTH_PROCESSES:
        for job, reasons in jobs:
            yield job.write(reasons, progress) if len(jobs) == 1 else _write((job, reasons))
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    workers = min(os.cpu_count() or 1, _WORTH_PROCESSES)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for done, written in enumerate(pool.map(_write, jobs, chunksize=2), start=1):
            progress("reports", done, len(jobs))
            yield written


def _write(asked: tuple[Job, tuple[str, ...]]) -> Written:
    job, reasons = asked
    try:
        return job.write(reasons)
    except UsageError as error:
        if not job.is_one_of_all:
            raise
        return Written(job.folder, did_write=False, reasons=(error.message,))


@contextmanager
def exclusive(project: Project, say: Say) -> Iterator[None]:
    """Let one process write reports of a project at a time; where nothing can be written, there is nothing to lock."""
    with ExitStack() as held:
        with suppress(OSError):
            held.enter_context(
                file_lock(
                    project.processed / ".report.lock",
                    on_wait=lambda: say("Another report is being written here; waiting for it."),
                )
            )
        yield
