"""`npqstats chart`: one figure, as a picture, in words and as data."""

from pathlib import Path
from typing import Annotated, Any

import typer

from npqstats.analysis.parts import ChartParts
from npqstats.cli import options
from npqstats.cli.errors import say

NAME = "chart"


def _kinds() -> list[tuple[str, str]]:
    from npqstats.charts.chart import KINDS

    return [(name, kind.shows) for name, kind in KINDS.items()]


def _sizes() -> list[str]:
    from npqstats.charts.chart import sizes_and_themes

    return sizes_and_themes()[0]


def _themes() -> list[str]:
    from npqstats.charts.chart import sizes_and_themes

    return sizes_and_themes()[1]


@options.asks(ChartParts)
def command(
    context: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND", autocompletion=_kinds, help="trend, change, split, impact, completion or areas."
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
    highlight: Annotated[
        str | None,
        typer.Option(
            "--highlight",
            metavar="NAME",
            rich_help_panel="What is asked",
            help="A course, area or group to be marked among the others, by any of its names.",
        ),
    ] = None,
    title: Annotated[
        str | None,
        typer.Option("--title", metavar="TEXT", rich_help_panel="Output", help="Headline; default: the finding."),
    ] = None,
    size: Annotated[
        str,
        typer.Option(
            "--size",
            metavar="SIZE",
            autocompletion=_sizes,
            rich_help_panel="Output",
            help="press (640x450), phone, square, wide, or pixels such as 800x600; the PNG has twice as many.",
        ),
    ] = "press",
    theme: Annotated[
        str,
        typer.Option(
            "--theme",
            metavar="THEME",
            autocompletion=_themes,
            rich_help_panel="Output",
            help="light, dark or grey.",
        ),
    ] = "light",
    style: Annotated[
        Path | None,
        typer.Option(
            "--style",
            metavar="FILE",
            rich_help_panel="Output",
            help="Matplotlib style file with your fonts and colours, laid over the house style.",
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            "-o",
            metavar="PATH",
            rich_help_panel="Output",
            help="Folder, or path without suffix for .svg, .png, .alt.txt and .csv; with a suffix, that file alone; "
            "default: here, named for the kind.",
        ),
    ] = None,
    **parts: Any,
) -> None:
    """Draw a chart: .svg, .png, a text alternative, and the figures drawn as .csv.

    Example: npqstats chart trend --measure starts
    """
    from npqstats.charts.chart import chart, destinations

    paths = destinations(out, kind)
    made = chart(
        kind,
        years or (),
        highlight=highlight,
        title=title,
        size=size,
        theme=theme,
        style=style,
        project=options.ready(context),
        say=say,
        **options.given(parts),
    )
    for path in made.write_all(paths):
        typer.echo(path)
