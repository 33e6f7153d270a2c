"""`npqstats chart`: one figure, as a picture, in words and as data."""

from typing import Annotated

import typer

from npqstats.cli import options
from npqstats.cli.errors import say

NAME = "chart"


def _kinds() -> list[tuple[str, str]]:
    from npqstats.charts.kinds import KINDS

    return [(name, kind.shows) for name, kind in KINDS.items()]


def _sizes() -> list[str]:
    from npqstats.charts.sizes import SIZES

    return list(SIZES)


def command(
    context: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            autocompletion=_kinds,
            help="trend, change, split, impact, completion or areas.",
        ),
    ],
    years: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="YEAR",
            autocompletion=options.years,
            help="None, the newest to be shown, or two: the first and last, or those to be compared.",
        ),
    ] = None,
    measure: options.Measure = None,
    by: options.By = None,
    funding: options.Funding = None,
    course: options.Course = None,
    exclude_course: options.ExcludeCourse = None,
    area: options.Area = None,
    highlight: options.Highlight = None,
    basis: options.Basis = None,
    release: options.Release = None,
    include_unripe: options.IncludeUnripe = False,
    title: Annotated[
        str | None,
        typer.Option("--title", metavar="TEXT", rich_help_panel="Output", help="Headline; default: the finding."),
    ] = None,
    subtitle: Annotated[
        str | None,
        typer.Option("--subtitle", metavar="TEXT", rich_help_panel="Output", help="Instead of what is counted."),
    ] = None,
    size: Annotated[
        str,
        typer.Option(
            "--size",
            metavar="SIZE",
            autocompletion=_sizes,
            rich_help_panel="Output",
            help="press (640x450), wide, square, phone, or pixels such as 800x600; the PNG has twice as many.",
        ),
    ] = "press",
    theme: Annotated[
        str,
        typer.Option(
            "--theme",
            metavar="THEME",
            autocompletion=lambda: ["light", "dark"],
            rich_help_panel="Output",
            help="light or dark.",
        ),
    ] = "light",
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            "-o",
            metavar="PATH",
            rich_help_panel="Output",
            help="Folder, or path and name of the files without suffix; default: here, named for the kind.",
        ),
    ] = None,
) -> None:
    """Draw a chart: .svg, .png, a text alternative, and the figures drawn as .csv.

    Example: npqstats chart trend --measure starts
    """
    from npqstats.charts.ahead import ahead

    with ahead() as pictures:
        from npqstats.charts import files, kinds, look, sizes

        stem, drawn_as = files.stem(out, kind), (sizes.size(size), look.look(theme))
        made = kinds.chart(
            kind,
            years or (),
            measure=measure,
            by=by,
            funding=funding,
            course=course,
            exclude_courses=tuple(exclude_course or ()),
            area=area,
            highlight=highlight,
            basis=basis,
            release=release,
            include_unripe=include_unripe,
            title=title,
            subtitle=subtitle,
            project=options.ready(context),
            say=say,
        )
        for path in files.save(files.contents(made, *drawn_as, pictures), stem):
            typer.echo(path)
