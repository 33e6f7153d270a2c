"""`npqstats build`: data/raw to data/processed. Finding nothing to do imports neither Polars nor Rich."""

from typing import Annotated

import typer

from npqstats.cli.errors import say

NAME = "build"


def command(
    context: typer.Context,
    accept: Annotated[
        bool, typer.Option("--accept", help="Take the files as they are, and renew data/raw/raw.lock.")
    ] = False,
    frozen: Annotated[
        bool, typer.Option("--frozen", help="Refuse whatever data/raw/raw.lock does not name; for CI.")
    ] = False,
) -> None:
    """Bring data/processed up to date with data/raw.

    Example: npqstats build
    """
    from npqstats.cli.progress import progress
    from npqstats.store import build as pipeline
    from npqstats.tables.built import sentences

    with progress() as report:
        built = pipeline.build(context.obj, accept=accept, frozen=frozen, say=say, progress=report)
    for sentence in sentences(built):
        typer.echo(sentence)
