"""How commands run: options stay texts, an error becomes two lines and an exit status, SIGTERM is like Ctrl-C.

Typer loads pydantic to convert any option, which takes longer than all else that a quick command does. Every option
here is a flag or text; the functions that are called check what they are given, and say it in our words.
"""

import os
import re
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from npqstats.errors import NpqStatsError

_USAGE = 2
BUG = 70
"""Exit status of a bug (EX_SOFTWARE)."""


class _AsText:
    @staticmethod
    def coerce(value: Any, param: Any, ctx: Any) -> Any:  # noqa: ARG004 (Typer names them)
        is_list = getattr(param, "multiple", False) or param.nargs == -1
        return list(value or ()) if is_list else value


class _Light:
    """Takes options without conversion."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the options and arguments, and Typer's own."""
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            param.get_runtime_param = _AsText
        return params


_NEGATIVE = re.compile(r"-\.?\d[\d,.]*(?:%|k|m|\s[a-z ]+)?")


class Command(_Light, TyperCommand):
    """A command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what is a negative number as a whole (`find -32%`) as an argument: no option begins with a digit."""
        return super().parse_args(ctx, [f"\u2212{arg[1:]}" if _NEGATIVE.fullmatch(arg) else arg for arg in args])


class Commands(_Light, TyperGroup):
    """The group of all commands; whatever goes wrong below it is printed here."""

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


@contextmanager
def stopped() -> Iterator[None]:
    """Have SIGTERM end the block like an exception, so that what is half done is removed."""

    def stop(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
