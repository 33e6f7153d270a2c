"""What every answer can do: print itself, show itself in a notebook, and write itself to a file."""

from functools import cached_property
from pathlib import Path

from npqstats.project import Project
from npqstats.tables import html, output, terminal
from npqstats.tables.table import Document

Where = Project | Path | str | None
"""A project, its folder, or None to find it as the command line does."""


class Shown:
    """An answer that prints as its table, shows itself in a notebook and writes itself to a file."""

    @cached_property
    def document(self) -> Document:
        """The answer as a table for people and a frame for programs."""
        return self._laid_out()

    def _laid_out(self) -> Document:
        raise NotImplementedError

    @property
    def finding(self) -> str:
        """What was found, in one to three sentences."""
        return " ".join(self.document.table.finding)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of the figures."""
        return self.document.table.notes

    @property
    def command(self) -> str:
        """The shell command that asks for the same."""
        return self.document.command

    def write(self, path: Path | str) -> Path:
        """Write the answer to a file, whose suffix decides the format; it appears whole or not at all.

        Raises:
            UsageError: The suffix is that of no format, or the folder is not there.
            DataError: The file cannot be written; what was there before is unchanged.
        """
        output.emit(self.document, output.chosen(None, str(path)), str(path))
        return Path(path)

    def __str__(self) -> str:
        """Return the table as the terminal prints it."""
        return terminal.text(self.document.table)

    def _repr_html_(self) -> str:
        return html.html(self.document.table)
