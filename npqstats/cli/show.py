"""`npqstats show`: published cells, each with its file, line and column."""

from typing import Annotated

import typer

from npqstats.cli import options
from npqstats.cli.errors import say

NAME = "show"


def command(
    context: typer.Context,
    years: Annotated[
        list[str] | None,
        typer.Argument(metavar="YEAR", autocompletion=options.years, help="Academic years; default: all."),
    ] = None,
    measure: options.Measure = None,
    by: options.By = None,
    funding: options.Funding = None,
    course: options.Course = None,
    area: options.Area = None,
    basis: options.Basis = None,
    release: Annotated[
        str | None,
        typer.Option(
            "--release",
            metavar="RELEASE",
            rich_help_panel="What is asked",
            help="One edition only; default: every one.",
        ),
    ] = None,
    format: options.Format = None,
    out: options.Out = None,
) -> None:
    """Show published cells with their file, line and column.

    Example: npqstats show 2024-25 --measure starts
    """
    from npqstats.analysis.show import show
    from npqstats.tables.cells import cells
    from npqstats.tables.output import chosen, emit
    from npqstats.tables.sheet import document

    name = chosen(format, out)
    table = show(
        years or (),
        measure=measure,
        by=by,
        funding=funding,
        course=course,
        area=area,
        basis=basis,
        release=release,
        project=options.ready(context),
        say=say,
    )
    emit(document(table, cells(table), "cells"), name, out, notes=True)
