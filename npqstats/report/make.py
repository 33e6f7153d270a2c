"""Reports as users ask for them: of a release, for England, some areas or every area of a level."""

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from npqstats.analysis.parts import LEVELS
from npqstats.catalogue.catalogue import NO_RELEASE, REPORTED, newest_first, release_in
from npqstats.catalogue.catalogue import release as known_release
from npqstats.errors import UsageError
from npqstats.listeners import Progress, Say, silent
from npqstats.project import Project, locate
from npqstats.report import stale
from npqstats.report.job import Job, Written, exclusive, write
from npqstats.store import manifest
from npqstats.store.build import ready
from npqstats.vocabulary.names import slug, unknown

if TYPE_CHECKING:
    from npqstats.vocabulary.areas import Area


def report(
    release: str | None = None,
    *,
    area: str | None = None,
    out: Path | str | None = None,
    check: bool = False,
    project: Project | Path | str | None = None,
    say: Say = silent,
    progress: Progress = silent,
) -> Written:
    """Write the report of a release, for England or one area, unless the one that is there is up to date.

    Args:
        release: Its name; None: the newest that is loaded.
        area: A region or local authority, by name or code; None: England.
        out: Folder of the report; None: one of its own in `reports/` beside `data/`.
        check: Only say what is out of date.
        project: Where the data are; None: found as `npqstats.project.locate` does.
        say: Called with a sentence on what is built first.
        progress: Called with how many charts are drawn, and of how many.

    Raises:
        UsageError: There is no such release or area, or the folder holds other files.
        DataError: The data do not fit, or the folder cannot be written; what was there before is kept.
    """
    areas = (area,) if area is not None else ()
    (written,) = reports(release, areas=areas, out=out, check=check, project=project, say=say, progress=progress)
    return written


def reports(
    release: str | None = None,
    *,
    areas: Sequence[str] = (),
    each: str | None = None,
    out: Path | str | None = None,
    check: bool = False,
    project: Project | Path | str | None = None,
    say: Say = silent,
    progress: Progress = silent,
) -> Iterator[Written]:
    """Write one or several reports of a release, one after the other.

    What `report` takes is taken here, too, and some of it more than once: `areas` have a report each, and so has every
    area of the level `each` (a key of `LEVELS`) that the release has totals for; each of several reports has its own
    folder within `out`; `progress` is called with what is drawn or written, how much of it is done, and of how much.

    Raises:
        UsageError: As for `report`; or `each` is no level, or comes with `areas`.
    """
    if each is not None and each not in LEVELS:
        raise unknown("level", each, LEVELS)
    if each and areas:
        raise UsageError("--each writes a report for every area.", "Leave out --area or --each.")
    if any(not name.strip() for name in areas):
        raise UsageError("--area is empty.", "Name one, or leave out --area (is a variable not set?).")
    named = release.strip().replace("/", "-") if release is not None else None
    if named is not None and release_in(named) != named:  # it will be the name of a folder
        raise UsageError(f"{release!r} is not the name of a release.", "Write it as 2024-25.")
    found = project if isinstance(project, Project) else locate(project)
    if not check or each:
        found = ready(found, say=say)
    name = _release(found, named)
    wanted = _every(found, name, LEVELS[each]) if each else [_area(found, area) for area in areas] or [None]
    chosen = list({area.id if area else "": area for area in wanted}.values())
    home, is_one = Path(out) if out is not None else _home(found), len(chosen) == 1
    jobs = [
        Job(
            project=found,
            release=name,
            area=area,
            folder=home if is_one and out is not None else home / folder,
            command=shlex.join(["npqstats", "report", name, *(["--area", called] if called else [])]),
            is_one_of_all=each is not None,
        )
        for area, folder, called in _names(name, chosen)
    ]
    return _each(jobs, check=check, say=say, progress=progress)


def _home(project: Project) -> Path:
    """The folder of all reports: beside data/, or here where the rows come with the program."""
    return Path("reports") if project.is_bundled else project.raw.parents[1] / "reports"


def _names(release: str, areas: Sequence["Area | None"]) -> Iterator[tuple["Area | None", str, str]]:
    """Name the folder of each area's report and the area itself: by its code where others have the same name."""
    words = Counter(slug(area.name) for area in areas if area)
    for area in areas:
        if area is None:
            yield None, release, ""
        else:
            is_only = words[slug(area.name)] == 1 and slug(area.name) != ""
            called = area.name if is_only else area.code
            yield area, f"{release}-{slug(called)}", called


def _each(jobs: Sequence[Job], *, check: bool, say: Say, progress: Progress) -> Iterator[Written]:
    """Pass on what is up to date, then write the rest."""
    project = jobs[0].project
    inputs = stale.inputs(project)
    states = [(job, job.state(inputs)) for job in jobs]
    yield from (found for _, found in states if check or not found.reasons)
    outdated = [job for job, found in states if found.reasons]
    if check or not outdated:
        return
    with exclusive(project, say):
        inputs = stale.inputs(project)  # another process may have built or written meanwhile
        states = [(job, job.state(inputs)) for job in outdated]
        for job, found in states:
            if found.reasons:
                job.check()
        yield from (found for _, found in states if not found.reasons)
        yield from write([(job, found.reasons) for job, found in states if found.reasons], progress)


def _release(project: Project, name: str | None) -> str:
    """Find a release, or the newest that is loaded, without reading any figure."""
    tables = manifest.read(project.observations).all_tables()
    names = {part.partition("/")[0].removeprefix("release=") for table in tables for part in table.parts}
    names |= {path.name for path in project.raw.iterdir() if path.is_dir() and release_in(path.name)}
    if name is not None:
        if tables and name not in names:
            here = newest_first(names - {NO_RELEASE, REPORTED})
            raise UsageError(f"There is no release {name!r} here.", f"Releases here: {', '.join(here)}.")
        return name
    found = {table.release for table in tables if not table.passed_over} if tables else names
    loaded = newest_first(found - {NO_RELEASE, REPORTED})
    if not loaded:
        raise UsageError("There are no figures of any release here.", "See 'npqstats list releases'.")
    return loaded[0]


def _area(project: Project, name: str) -> "Area | None":
    """Find an area that a user names; None for England. The data are only read for one that the list lacks."""
    from npqstats.vocabulary.areas import ENGLAND, area

    try:
        found = area(name)
    except UsageError:
        from npqstats.analysis.ask import areas

        found = area(name, areas(ready(project)))
    return None if found.id == ENGLAND[0] else found


def _every(project: Project, release: str, level: str) -> list["Area"]:
    """List the areas of a level that a release has starts for in its year, and that were there in it."""
    from npqstats.analysis.ask import areas

    year = known_release(release).year
    wanted = {"release": release, "geographic_level": level, "measure": "starts", "breakdown": "overall"}
    found = areas(project, **wanted, time_period=year.code)
    if not found:
        kind = "regions" if level == "Regional" else "local authorities"
        raise UsageError(
            f"No rows of {kind} are loaded for {year.label}.", f"'npqstats fetch {release}' brings the full files."
        )
    return [area for area in found if area.ended is None or area.ended > year.start]
