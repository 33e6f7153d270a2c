"""The publisher's release notes, kept beside the files of the edition that they are about."""

from pathlib import Path

from npqstats.catalogue.catalogue import catalogue
from npqstats.catalogue.catalogue import release as edition
from npqstats.fetch.service.discovery import Note
from npqstats.fetch.staging import settle

NAME = "release-notes.txt"


def write(folder: Path, notes: tuple[Note, ...], staging: Path) -> None:
    """Write the notes of a release into the folder of its edition, by way of a hidden one; none, no file.

    Builds pass the file over.
    """
    if not notes:
        return
    told = f"{catalogue().publication.title}, {edition(folder.name).year.label}"
    rows = [f"{note.date or 'without a date'}\n{note.text}\n" for note in notes]
    content = "\n".join([f"Release notes of {told}, as published, the newest first.\n", *rows])
    path = folder / NAME
    if not path.is_file() or path.read_bytes() != content.encode():
        fresh = staging / NAME
        fresh.write_bytes(content.encode())
        settle(fresh)
        fresh.replace(path)
