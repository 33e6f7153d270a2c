"""Long regular expressions whose alternatives are listed in expressions.toml."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from npqstats.vocabulary.patterns import Pattern, lazy


@cache
def _entries() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("expressions.toml").read_text("utf-8"))


def _expression(name: str) -> str:
    """Join what an entry lists, with the parts that are named in it in their places."""
    entry, joined = _entries()[name], list[str]()
    if "words" in entry:
        joined.append(rf"\b(?:{'|'.join(entry['words'])})\b")
    expression = "|".join([*joined, *entry.get("other", ())])
    if "before" in entry or "after" in entry:
        expression = f"{entry.get('before', '')}(?:{expression}){entry.get('after', '')}"
    for part, said in _entries()["parts"].items():
        expression = expression.replace(f"{{{part}}}", said if isinstance(said, str) else f"(?:{'|'.join(said)})")
    return expression


def listed(name: str) -> re.Pattern[str]:
    """Return the expression of an entry of expressions.toml, which is compiled when it is first used.

    Raises:
        KeyError: Where there is no such entry.
    """
    return lazy(_expression(name), re.IGNORECASE)


def cued(name: str) -> Pattern:
    """Return that of an entry with cues, which is tried only where a text has one of them.

    Raises:
        KeyError: Where there is no such entry, or it has no cues.
    """
    return Pattern(_expression(name), cues=_entries()[name]["cues"])
