"""`npqstats build`: data/raw to data/processed. Finding nothing to do imports neither Polars nor Rich."""

import typer

from npqstats.cli.errors import say

NAME = "build"


def command(context: typer.Context) -> None:
    """Bring data/processed up to date with data/raw; does nothing when nothing changed.

    Example: npqstats build
    """
    from npqstats import pipeline
    from npqstats.cli.progress import progress
    from npqstats.project import find

    project = find(context.obj)
    with progress() as report:
        built = pipeline.build(project, say=say, progress=report)
    for sentence in pipeline.summary(built, project):
        typer.echo(sentence)
