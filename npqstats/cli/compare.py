"""`npqstats compare`: two years side by side."""

from typing import Annotated

import typer

from npqstats.cli import options
from npqstats.cli.errors import say

NAME = "compare"


def command(
    context: typer.Context,
    before: options.Year,
    after: options.Year,
    measure: options.Measure = None,
    by: options.By = None,
    funding: options.Funding = None,
    course: options.Course = None,
    exclude_course: options.ExcludeCourse = None,
    area: options.Area = None,
    basis: options.Basis = None,
    like_for_like: Annotated[
        bool,
        typer.Option(
            "--like-for-like",
            rich_help_panel="What is asked",
            help="Leave out of both years the courses that one of them did not have.",
        ),
    ] = False,
    release: options.Release = None,
    include_unripe: options.IncludeUnripe = False,
    sort: Annotated[
        str,
        typer.Option(
            "--sort",
            metavar="ORDER",
            autocompletion=lambda: ["published", "change", "percent", "before", "after", "name"],
            rich_help_panel="Output",
            help="published, change, percent, before, after or name; sizes go from the largest down.",
        ),
    ] = "published",
    top: Annotated[
        str | None,
        typer.Option("--top", rich_help_panel="Output", metavar="N", help="Only the N biggest moves."),
    ] = None,
    cells: options.Cells = False,
    format: options.Format = None,
    out: options.Out = None,
) -> None:
    """Compare two years: the headline table, or any slice of it.

    Example: npqstats compare 2023-24 2024-25 --by funding
    """
    from npqstats.analysis.compare import compare
    from npqstats.analysis.question import whole
    from npqstats.tables.comparison import comparison
    from npqstats.tables.output import chosen, emit

    name, project = chosen(format, out), options.ready(context)
    table = compare(
        before,
        after,
        measure=measure,
        by=by,
        funding=funding,
        course=course,
        exclude_courses=exclude_course or (),
        area=area,
        basis=basis,
        like_for_like=like_for_like,
        release=release,
        include_unripe=include_unripe,
        sort=sort,
        top=whole(top),
        project=project,
        say=say,
    )
    emit(options.answer(table, comparison, project if cells else None, "comparison"), name, out, notes=True)
