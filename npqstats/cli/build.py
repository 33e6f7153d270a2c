"""`npqstats build`: data/raw to data/processed. Finding nothing to do imports neither Polars nor Rich."""

import typer

from npqstats.cli.errors import say

NAME = "build"


def command(context: typer.Context) -> None:
    """Bring data/processed up to date with data/raw.

    Example: npqstats build
    """
    from npqstats import pipeline
    from npqstats.cli.progress import progress
    from npqstats.present.built import sentences

    with progress() as report:
        built = pipeline.build(context.obj, say=say, progress=report)
    for sentence in sentences(built):
        typer.echo(sentence)
