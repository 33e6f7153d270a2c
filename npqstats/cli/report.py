"""`npqstats report`: a release's tables, charts, workbook and page. Finding nothing to do imports no Polars."""

from typing import Annotated

import typer

from npqstats.cli import options
from npqstats.cli.errors import say

NAME = "report"


def command(
    context: typer.Context,
    release: Annotated[
        str | None, typer.Argument(metavar="RELEASE", help="Edition, such as 2024-25; default: the newest here.")
    ] = None,
    area: options.Area = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; say what is out of date, and exit with 1 if anything is.")
    ] = False,
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", metavar="DIR", help="Folder of the report; default: its own in reports/."),
    ] = None,
) -> None:
    """Write a release's report: page, Markdown, workbook, tables and charts.

    Example: npqstats report 2024-25
    """
    from npqstats.cli.progress import steps
    from npqstats.report.make import report
    from npqstats.tables.written import sentences

    project = options.found(context)
    with steps("Drawing") as progress:
        written = report(release, area=area, check=check, out=out, project=project, say=say, progress=progress)
    for sentence in sentences(written.folder, written.reasons, did_write=written.did_write, files=written.files):
        typer.echo(sentence)
    if check and written.reasons:
        raise typer.Exit(1)
