"""Errors turned into text, once: a line for what is wrong, a line for what to do, and the exit status."""

import os
import sys
import traceback
from typing import Any

import typer

from npqstats.cli.light import Group
from npqstats.errors import NpqStatsError

_USAGE = 2
BUG = 70
"""Exit status of a bug (EX_SOFTWARE)."""


class Commands(Group):
    """The group of all commands; whatever goes wrong below it is told here."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the program's own options, telling a mistake in them like one in a command's."""
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as error:
            if not args:
                raise  # Nothing was asked: Typer shows the help.
            raise _usage(error) from error

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Run a command, turning its errors into an exit status."""
        try:
            return super().invoke(ctx)
        except NpqStatsError as error:
            tell(error.message, error.hint)
            raise typer.Exit(error.exit_status) from error
        except typer.TyperException as error:
            raise _usage(error) from error
        except BrokenPipeError:
            # Whoever read the output has had enough: keep Python from complaining when it closes stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None
        except (typer.Exit, typer.Abort):
            raise
        except Exception as error:
            # A bug: never status 1, which says that a check found something.
            traceback.print_exc()
            tell("This is a bug in npqstats.", "Please report it, with the command and the lines above.")
            raise typer.Exit(BUG) from error


def _usage(error: typer.TyperException) -> typer.Exit:
    text = error.format_message() if hasattr(error, "format_message") else str(error)
    tell(" ".join(text.split()), "See 'npqstats --help', or '--help' after the command.")
    return typer.Exit(_USAGE)


def tell(message: str, hint: str = "") -> None:
    """Say on stderr what is wrong and, on a second line, what to do."""
    _echo(f"npqstats: {message}")
    if hint:
        _echo(f"  {hint}")


def say(sentence: str) -> None:
    """Say something about the answer on stderr."""
    _echo(f"npqstats: {sentence}")


def _echo(line: str) -> None:
    """Print a line on stderr: no control characters, and none that its encoding lacks."""
    from npqstats.tables.encoding import encodable
    from npqstats.vocabulary.names import plain

    typer.echo(encodable(plain(line), sys.stderr.encoding), err=True)
