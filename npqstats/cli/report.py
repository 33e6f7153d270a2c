"""`npqstats report`: a release's page, workbook, tables and charts. Finding nothing to do imports no Polars."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from npqstats.cli import options
from npqstats.cli.errors import say

if TYPE_CHECKING:
    from npqstats.report.job import Written


def report(
    context: typer.Context,
    release: Annotated[
        str | None, typer.Argument(metavar="RELEASE", help="Such as 2024-25; default: the newest that is loaded.")
    ] = None,
    area: options.Area = None,
    each: Annotated[
        str | None,
        options.option(
            "--each", metavar="LEVEL", panel=None, about="A report for every area: region or local-authority."
        ),
    ] = None,
    check: Annotated[
        bool,
        options.flag("--check", "Write nothing; say what is out of date, and exit with 1 if anything is.", None),
    ] = False,
    out: Annotated[
        str | None,
        options.option(
            *("--out", "-o"),
            metavar="DIR",
            panel=None,
            about="Folder of the report, or of several; default: its own in reports/.",
        ),
    ] = None,
) -> None:
    """Write a release's report: page, Markdown, workbook, tables and charts.

    Example: npqstats report 2024-25
    """
    from npqstats.cli.progress import steps
    from npqstats.errors import UsageError
    from npqstats.report.make import reports

    if out is not None and not out.strip():
        raise UsageError("--out is empty.", "Name a folder, or leave out --out (is a variable not set?).")
    gc.enable()  # Figures refer to themselves; 153 reports draw many.
    is_stale = False
    with steps("Writing") as progress:
        written = reports(
            release,
            areas=area or (),
            each=each,
            check=check,
            out=out,
            project=options.found(context),
            say=say,
            progress=progress,
        )
        for one in written:
            is_stale = is_stale or (check and bool(one.reasons))
            for sentence in _sentences(one):
                typer.echo(sentence)
    if is_stale:
        raise typer.Exit(1)


_KINDS = {"table": "tables/*.csv", "chart": "charts/*.svg"}


def _sentences(written: "Written") -> list[str]:
    """Say what was written, what is out of date, or that nothing is."""
    from npqstats.vocabulary.names import listed, plain

    if written.did_write:
        found = ((what, sum(Path(name).match(kind) for name in written.files)) for what, kind in _KINDS.items())
        many = listed([f"{count} {what}{'s' * (count != 1)}" for what, count in found])
        pages = "index.html, provenance.html, report.md and workbook.xlsx"
        return [plain(f"Wrote {written.folder}: {pages}, with {many}.")]
    return [plain(reason) for reason in written.reasons] or [plain(f"{written.folder} is up to date.")]
