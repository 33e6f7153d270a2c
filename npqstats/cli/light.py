"""Options taken as the texts that they are.

Typer loads pydantic to convert any option, which takes longer than all else that a quick command does. Every option
here is a flag or text; the functions that are called check what they are given, and say it in our words.
"""

from typing import Any

from typer.core import TyperCommand, TyperGroup


class _AsText:
    @staticmethod
    def coerce(value: Any, param: Any, ctx: Any) -> Any:  # noqa: ARG004 (Typer names them)
        is_list = getattr(param, "multiple", False) or param.nargs == -1
        return list(value or ()) if is_list else value


def _lightened(params: list[Any]) -> list[Any]:
    for param in params:
        param.get_runtime_param = _AsText
    return params


class Command(TyperCommand):
    """A command whose options are flags and texts."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return its options and arguments, and Typer's own, without conversion."""
        return _lightened(super().get_params(ctx))


class Group(TyperGroup):
    """A group whose own options are flags and texts."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return its options, and Typer's own, without conversion."""
        return _lightened(super().get_params(ctx))
