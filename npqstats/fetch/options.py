"""Which options of a fetch go together."""

from collections.abc import Mapping

from npqstats.errors import UsageError

_GROUPS = (
    ("releases", "--latest", "--all", "--from", "--frozen", "--check"),
    ("--list", "--dry-run", "--check", "--from", "--frozen"),
    *((one, other) for one in ("--from", "--offline") for other in ("--timeout", "--service")),
)
"""Options of which one may be given: others would contradict it, or have no effect."""
_NEEDS = {
    "--as": ("--from",),
    "--offline": ("--from", "--frozen"),
    "--format": ("--list", "--dry-run", "--check"),
}


def check_options(values: Mapping[str, object]) -> None:
    """Refuse options that contradict each other or would have no effect.

    Args:
        values: What is asked for, by option; None, False or nothing where it is not given.

    Raises:
        UsageError: Two of them contradict each other, one has no effect, or one has an empty value.
    """
    for name, value in values.items():
        if value == "" or (isinstance(value, (list, tuple)) and "" in value):
            raise UsageError(f"{name} has an empty value.", "Give it a value, or leave it out.")
    given = [name for name, value in values.items() if value]
    for group in _GROUPS:
        if len(several := [name for name in given if name in group]) > 1:
            raise UsageError(f"{' and '.join(several)} cannot be combined.", "Leave out one of them.")
    for name, needed in _NEEDS.items():
        if name in given and not any(other in given for other in needed):
            raise UsageError(f"{name} goes with {' or '.join(needed)} only.", "Leave it out, or add one of them.")
