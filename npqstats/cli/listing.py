"""`npqstats list`: what there is to ask about."""

from typing import Annotated

import typer

from npqstats.cli import options

NAME = "list"
_KINDS = (
    *("datasets", "releases", "measures", "courses", "areas", "groups"),
    *("columns", "symbols", "events", "survey", "disagreements"),
)


def command(
    context: typer.Context,
    what: Annotated[str, typer.Argument(autocompletion=lambda: list(_KINDS), help=f"One of {', '.join(_KINDS)}.")],
    format: options.Format = None,
    out: options.Out = None,
) -> None:
    """List what there is to ask about.

    Example: npqstats list courses
    """
    from npqstats.analysis.listings import known, listing
    from npqstats.tables.listing import of_list
    from npqstats.tables.output import chosen, emit

    name = chosen(format, out)
    known(what)
    emit(of_list(listing(options.ready(context), what)), name, out, notes=True)
