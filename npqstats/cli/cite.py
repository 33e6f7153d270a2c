"""`npqstats cite`: how to cite what was used."""

from typing import Annotated

import typer

from npqstats.cli import options
from npqstats.cli.errors import say

NAME = "cite"


def command(
    context: typer.Context,
    release: Annotated[
        str | None, typer.Argument(metavar="RELEASE", help="Edition, such as 2024-25; default: the newest here.")
    ] = None,
    style: Annotated[
        str,
        typer.Option(
            "--style",
            metavar="STYLE",
            autocompletion=lambda: ["text", "bibtex", "csl-json"],
            help="text, bibtex or csl-json.",
        ),
    ] = "text",
    out: Annotated[
        str | None, typer.Option("--out", "-o", metavar="FILE", help="File to write instead of the screen.")
    ] = None,
) -> None:
    """Say how to cite a release and the files that are loaded.

    Example: npqstats cite 2024-25
    """
    from npqstats.analysis.citation import cite
    from npqstats.tables.output import write

    write(cite(release, style=style, project=options.ready(context), say=say), out)
