"""`npqstats chart`: one figure, as a picture, in words and as data."""

from pathlib import Path
from typing import Annotated, Any

import typer

from npqstats.analysis.parts import ChartParts
from npqstats.cli import options
from npqstats.cli.errors import say
from npqstats.cli.options import OUTPUT, option
from npqstats.errors import UsageError

KINDS = ["trend", "change", "split", "impact", "completion", "areas"]


@options.asks(ChartParts)
def chart(
    context: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(metavar="KIND", autocompletion=lambda: KINDS, help=f"{', '.join(KINDS[:-1])} or {KINDS[-1]}."),
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
        option(
            "--highlight",
            metavar="NAME",
            about="A course, area or group to be marked among the others, by any of its names.",
        ),
    ] = None,
    title: Annotated[
        str | None, option("--title", metavar="TEXT", panel=OUTPUT, about="Headline; default: the finding.")
    ] = None,
    size: Annotated[
        str,
        option(
            "--size",
            panel=OUTPUT,
            complete=["press", "phone", "square", "wide"],
            about="press (640x450), phone, square, wide, or pixels such as 800x600; the PNG has twice as many.",
        ),
    ] = "press",
    theme: Annotated[
        str, option("--theme", panel=OUTPUT, complete=["light", "dark", "grey"], about="light, dark or grey.")
    ] = "light",
    style: Annotated[
        Path | None,
        option(
            "--style",
            metavar="FILE",
            panel=OUTPUT,
            about="Matplotlib style file with your fonts and colours, laid over the house style.",
        ),
    ] = None,
    out: Annotated[
        str | None,
        option(
            *("--out", "-o"),
            metavar="PATH",
            panel=OUTPUT,
            about="Folder, or path without suffix for .svg, .png, .alt.txt and .csv; with a suffix, that file alone; "
            "default: here, named for the kind.",
        ),
    ] = None,
    **parts: Any,
) -> None:
    """Draw a chart: .svg, .png, a text alternative, and the figures drawn as .csv.

    Example: npqstats chart trend --measure starts
    """
    from npqstats.charts.chart import chart as draw

    paths = _destinations(out, kind)
    look: dict[str, Any] = {"highlight": highlight, "title": title, "size": size, "theme": theme, "style": style}
    made = draw(kind, years or (), project=options.ready(context), say=say, **look, **options.given(parts))
    for path in made.write_all(paths):
        typer.echo(path)


def _destinations(out: str | None, kind: str) -> list[Path]:
    """Settle where the files go: in a folder, named for the kind; at a path without suffix; or one file alone.

    Raises:
        UsageError: It is empty, the folder does not exist, or the suffix is not known.
    """
    from npqstats.analysis.question import refuse_empty
    from npqstats.charts.chart import SUFFIXES, suffix
    from npqstats.vocabulary.names import listed

    refuse_empty({"out": out})
    path = Path(out or ".")
    if path.is_dir():
        path /= kind
    elif (out or "").endswith("/") or not path.parent.is_dir():
        raise UsageError(f"{out} is in a folder that does not exist.", "Name a folder that exists.")
    elif suffix(path) in SUFFIXES:
        return [path]
    elif path.suffix[1:].isalpha():
        raise UsageError(f"A chart cannot be written as {path.suffix}.", f"Use {listed(SUFFIXES, 'or')}.")
    return [path.with_name(path.name + usual) for usual in SUFFIXES if usual != ".pdf"]
