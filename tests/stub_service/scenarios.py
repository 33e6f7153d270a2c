"""What is published in each scenario; all of it MADE UP but the ids and titles of published files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from npqstats.catalogue.catalogue import Layout, catalogue
from tests.stub_service import files
from tests.stub_service.published import DataSet, Note, Release, World, identifier

NOTE = Note(
    "2025-09-18T08:30:00Z",
    "MADE-UP release note. NPQ participants: starters of one area had been counted in another; the totals stand.",
)
SECOND_NOTE = Note("2025-10-02T08:30:00Z", "MADE-UP release note. NPQ participants: a group has a new name.")


@cache
def usual() -> World:
    """The 2024-25 release is the newest; 2023-24 and 2022-23 are there."""
    return World((_release("2024-25", 1), _release("2023-24", 2), _early()))


@cache
def new_release() -> World:
    """The 2025-26 release has come out, in the same columns."""
    return World((_release("2025-26", 3), *usual().releases))


@cache
def renamed() -> World:
    """The 2025-26 release has come out, and calls two columns otherwise."""
    new = _release("2025-26", 3)
    data_sets = tuple(replace(found, content=files.renamed(found.content)) for found in new.data_sets)
    return World((replace(new, data_sets=data_sets), *usual().releases))


@cache
def amended() -> World:
    """The participants file of 2024-25 has been corrected, at the same address."""
    return _amend(usual(), files.corrected, NOTE)


@cache
def amended_again() -> World:
    """The participants file of 2024-25 has been corrected a second time."""
    return _amend(amended(), files.relabelled, SECOND_NOTE)


@cache
def down() -> World:
    """The service answers 500 to everything."""
    return World((), is_down=True)


SCENARIOS: dict[str, Callable[[], World]] = {
    "usual": usual,
    "new-release": new_release,
    "amended": amended,
    "amended-again": amended_again,
    "renamed": renamed,
    "down": down,
}

_PUBLISHED = {
    "2025-26": "2026-07-09T08:30:00Z",
    "2024-25": "2025-07-10T08:30:00Z",
    "2023-24": "2024-07-11T08:30:00Z",
    "2022-23": "2023-07-19T08:30:00Z",
}
"""When each release came out; that of 2025-26 is made up."""


def _release(name: str, seed: int) -> Release:
    """Make up a release in the columns of 2024-25."""
    last = int(name.replace("-", ""))
    made = files.release(seed, last)
    layouts = [layout for layout in catalogue().layouts if layout.release == "2024-25"]
    data_sets = [_data_set(layout, name, made[layout.dataset]) for layout in layouts]
    others = [layout for layout in catalogue().layouts if layout.kind == "passed-over"]
    data_sets += [_data_set(layout, name, files.passed_over(layout.title, last)) for layout in others]
    return Release(name, _PUBLISHED[name], tuple(data_sets))


def _early() -> Release:
    layout = next(layout for layout in catalogue().layouts if layout.release == "2022-23")
    return Release(
        "2022-23",
        _PUBLISHED["2022-23"],
        (_data_set(layout, "2022-23", files.early_participants(4, 202223)),),
    )


def _data_set(layout: Layout, release: str, content: bytes) -> DataSet:
    """Give a data set its published id and title, or made-up ones where none was published."""
    home = layout.release or "2024-25"
    title = layout.title.replace(home, release)
    return DataSet(
        id=layout.id if release == home else identifier("data-set", release, title),
        title=title,
        filename=f"{title.lower().replace(' - ', '_').replace(' ', '_').replace('-', '_')}.csv",
        content=content,
    )


def _amend(world: World, correct: Callable[[bytes], bytes], note: Note) -> World:
    newest, *older = world.releases
    first, *rest = newest.data_sets
    amended = replace(
        newest,
        data_sets=(replace(first, content=correct(first.content)), *rest),
        edition=newest.edition + 1,
        updated=note.date,
        notes=(note, *newest.notes),
    )
    return World((amended, *older))
