"""Second names for files: what stood at a path is kept, and nothing is copied where the disk can do without."""

import shutil
from pathlib import Path

from npqstats.fetch.staging import settle


def link(old: Path, new: Path) -> None:
    """Give a file a second name or, where the disk has no such thing, copy it."""
    try:
        new.hardlink_to(old)
    except OSError:
        shutil.copyfile(old, new)
        settle(new)


def keep_aside(path: Path) -> None:
    """Keep what stands at a path beside it, under a name that builds pass over."""
    if not path.exists():
        return
    number = 1
    while (beside := path.with_name(f"{path.name}.was-{number}")).exists():
        if beside.samefile(path):
            return  # A run that was killed here had come as far as this.
        number += 1
    link(path, beside)
