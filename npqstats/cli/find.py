"""`npqstats find`: which published cells, and which one-step derivations, are a number."""

from typing import Annotated

import typer

from npqstats.cli import options

NAME = "find"


def command(
    context: typer.Context,
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help="41,274, 32%, '2.8 points', 144k, 'a third', 'one in five'.")
    ],
    year: Annotated[
        str | None,
        typer.Option(
            "--year",
            metavar="YEAR",
            autocompletion=options.years,
            rich_help_panel="What is asked",
            help="Only this academic year.",
        ),
    ] = None,
    measure: options.Measure = None,
    area: Annotated[
        str | None,
        typer.Option(
            "--area",
            metavar="AREA",
            autocompletion=options.areas,
            rich_help_panel="What is asked",
            help="Only figures of this region or local authority, or England.",
        ),
    ] = None,
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
    """Find which published cells, and which one-step derivations, are a number.

    Example: npqstats find 41,274
    """
    from npqstats.tables.found import as_json, document
    from npqstats.tables.output import chosen, emit, write
    from npqstats.wording.find import find

    name = chosen(format, out)
    found = find(number, year=year, measure=measure, area=area, release=release, project=options.ready(context))
    if name == "json":
        write(as_json(found), out)
    else:
        emit(document(found), name, out)
