"""`npqstats trend`: a measure through the years."""

from typing import Annotated

import typer

from npqstats.cli import options
from npqstats.cli.errors import say

NAME = "trend"


def command(
    context: typer.Context,
    measure: options.Measure = None,
    by: options.By = None,
    funding: options.Funding = None,
    course: options.Course = None,
    exclude_course: options.ExcludeCourse = None,
    area: options.Area = None,
    basis: options.Basis = None,
    first: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="YEAR", autocompletion=options.years, rich_help_panel="What is asked", help="First year."
        ),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="YEAR", autocompletion=options.years, rich_help_panel="What is asked", help="Last year."
        ),
    ] = None,
    release: options.Release = None,
    include_unripe: options.IncludeUnripe = False,
    cells: options.Cells = False,
    format: options.Format = None,
    out: options.Out = None,
) -> None:
    """Follow a measure through the years.

    Example: npqstats trend --measure completion-rate
    """
    from npqstats.analysis.trend import trend
    from npqstats.tables import trend as sheets
    from npqstats.tables.output import chosen, emit

    name, project = chosen(format, out), options.ready(context)
    table = trend(
        measure=measure,
        by=by,
        funding=funding,
        course=course,
        exclude_courses=exclude_course or (),
        area=area,
        basis=basis,
        first=first,
        last=last,
        release=release,
        include_unripe=include_unripe,
        project=project,
        say=say,
    )
    emit(options.answer(table, sheets.trend, project if cells else None, "trend"), name, out, notes=True)
