"""Errors turned into text, once: a line for what is wrong, a line for what to do, and the exit status."""

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from npqstats.errors import NpqStatsError

_USAGE = 2


class Commands(TyperGroup):
    """The group of all commands; whatever goes wrong below it is told here."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Run a command, turning its errors into an exit status."""
        try:
            return super().invoke(ctx)
        except NpqStatsError as error:
            tell(error.message, error.hint)
            raise typer.Exit(error.exit_status) from error
        except typer.TyperException as error:
            tell(_sentence(error), "See 'npqstats --help', or '--help' after the command.")
            raise typer.Exit(_USAGE) from error
        except BrokenPipeError:
            # Whoever read the output has had enough: keep Python from complaining when it closes stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None


def _sentence(error: typer.TyperException) -> str:
    text = error.format_message() if hasattr(error, "format_message") else str(error)
    return " ".join(text.split())


def tell(message: str, hint: str = "") -> None:
    """Say on stderr what is wrong and, on a second line, what to do."""
    typer.echo(f"npqstats: {_plain(message)}", err=True)
    if hint:
        typer.echo(f"  {_plain(hint)}", err=True)


def say(sentence: str) -> None:
    """Say something about the answer on stderr."""
    typer.echo(f"npqstats: {_plain(sentence)}", err=True)


def _plain(text: str) -> str:
    """Keep text from data on one line and out of the terminal's control."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
