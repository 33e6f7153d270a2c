"""Reports to look at, each made once for all tests. The room of reports is imported only by those that ask for one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from npqstats.analysis import releases
from npqstats.project import Project
from npqstats.vocabulary.areas import area

if TYPE_CHECKING:
    from npqstats.report.contents import Report

NAME = "2024-25"
COMMAND = f"npqstats report {NAME}"


@pytest.fixture(scope="session")
def published_report(published: Project) -> Report:
    """What the report of the published rows says."""
    return assembled(published)


@pytest.fixture(scope="session")
def full_report(full: Project) -> Report:
    """What the report of a MADE-UP release of full size says."""
    return assembled(full)


@pytest.fixture(scope="session")
def published_folder(published: Project) -> Path:
    """The written report of the published rows; look at it and leave it alone."""
    return written(published)


@pytest.fixture(scope="session")
def full_folder(full: Project) -> Path:
    """The written report of a MADE-UP release of full size; look at it and leave it alone."""
    return written(full)


@pytest.fixture(scope="session")
def region_folder(full: Project) -> Path:
    """The written report of a region of a MADE-UP release of full size; look at it and leave it alone."""
    return written(full, "London")


def written(project: Project, where: str | None = None) -> Path:
    """Write a report."""
    from npqstats.report.make import report

    return report(project=project, area=where).folder


def assembled(project: Project, where: str | None = None) -> Report:
    """Put a report together without drawing it."""
    from npqstats.report.assemble import assemble
    from npqstats.report.subject import Subject

    release = releases.named(NAME, releases.loaded(project))
    subject = Subject(project=project, release=release, area=area(where) if where else None)
    return assemble(subject, COMMAND)


def content(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
