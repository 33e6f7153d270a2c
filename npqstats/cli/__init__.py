"""The command line. A command reads its options, calls one function and shows the answer."""

import atexit
import gc
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from npqstats import __version__
from npqstats.cli import answers, build, chart, factcheck, fetch, report
from npqstats.cli.errors import Command, Commands

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="rich",
    help="Statistics on National Professional Qualifications (NPQs) in England, traced to the published cell.",
    epilog="Begin with: npqstats compare 2023-24 2024-25",
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"npqstats {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    project: Annotated[
        str | None,
        typer.Option(
            "--project",
            metavar="DIR",
            envvar="NPQSTATS_PROJECT",
            help="Folder with data/raw/. Default: the nearest one upward, else the rows that come with the program.",
        ),
    ] = None,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    context.obj = project


_COMMANDS: dict[str, Callable[..., None]] = {
    "compare": answers.compare,
    "trend": answers.trend,
    "show": answers.show,
    "find": answers.find,
    "factcheck": factcheck.factcheck,
    "chart": chart.chart,
    "report": report.report,
    "list": answers.listing,
    "build": build.build,
    "fetch": fetch.command,
    "cite": answers.cite,
    "sql": answers.sql,
}
for _name, _command in _COMMANDS.items():
    app.command(_name, cls=Command)(_command)


def main() -> None:
    """Run the program. No garbage is collected: a command ends soon; one that draws many figures turns it on again."""
    gc.disable()
    atexit.register(gc.freeze)  # Nor when it ends.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    app()
