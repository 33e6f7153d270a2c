"""Pages of the guide that the program prints, in Markdown."""

from collections.abc import Iterable

PRINTED = "<!-- Printed by the program: change the code, then run `make docs`. -->"


def page(lines: Iterable[str]) -> str:
    """Join lines, with never more than one blank line between two."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1]):
            kept.append(line.rstrip())
    return "\n".join(kept).rstrip() + "\n"


def table(headers: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    """Write a table, with a blank line before and after it."""
    names = list(headers)
    cells = [[str(cell).replace("|", "\\|") for cell in row] for row in rows]
    return ["", *(f"| {' | '.join(row)} |" for row in (names, ["---"] * len(names), *cells)), ""]
