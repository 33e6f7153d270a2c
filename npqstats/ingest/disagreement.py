"""What a build tells and keeps, and is no error. Imports nothing, so that reading a manifest is quick."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """A published figure that contradicts another, or a row that is missing or written oddly; never an error."""

    rule: str
    source: str
    """File under data/raw/."""
    line: int
    column: str
    cell: str
    """As printed; empty where a row is missing."""
    what: str
    """What contradicts what, as a sentence without its full stop."""
