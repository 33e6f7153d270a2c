"""`npqstats cite`: how to cite what was used."""

from pathlib import Path
from typing import Annotated

import typer

from npqstats.cli import options
from npqstats.cli.errors import say

NAME = "cite"


def command(
    context: typer.Context,
    release: Annotated[str | None, typer.Argument(help="Edition, such as 2024-25; default: the newest here.")] = None,
    style: Annotated[
        str,
        typer.Option(
            "--style", autocompletion=lambda: ["text", "bibtex", "csl-json"], help="text, bibtex or csl-json."
        ),
    ] = "text",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File to write instead of the screen.")] = None,
) -> None:
    """Cite a release: publisher, date, status, address, files with their hashes, licence.

    Example: npqstats cite 2024-25
    """
    from npqstats.analysis.citation import cite
    from npqstats.present.output import write

    write(cite(release, style=style, project=options.ready(context), say=say), out)
