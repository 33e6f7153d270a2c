"""What tables of changes have in common: title, signed changes, bars, symbols and foot."""

from typing import Any

from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.numbers import MISSING, rounded, signed
from npqstats.wording import wording

Row = dict[str, Any]
"""A row of a comparison or a trend, by the columns of `analysis.columns`."""

_BY = {"Regional": "region", "Local authority": "local authority"}
_FUNDING = {"funded": "funded", "non-funded": "non-funded (school- or self-paid)"}
_SMALLEST = 1e-9
_WORDS = {"so far": "so far", "new": "new", "incomplete": MISSING, "missing": MISSING}


def title(rows: list[Row]) -> str:
    """Name what is counted, where, and by what."""
    measures = {row["measure"] for row in rows}
    if len(measures) > 1:
        what = "National Professional Qualifications"
    else:
        measure = MEASURES[rows[0]["measure"]]
        what = f"{measure.label} ({measure.unit})"
    by = _by(rows) if len(measures) < 2 and len({row["line"] for row in rows}) > 1 else ""
    places = {row["location_name"] for row in rows if row["location_name"]}
    return ", ".join([what, f"{places.pop() if len(places) == 1 else ENGLAND[1]}{by}", *_in_common(rows)])


def _in_common(rows: list[Row]) -> list[str]:
    """Name the course or other group that every line is of, and the one kind of funding."""
    groups = {(row["breakdown"], row["group"]) for row in rows}
    group = [] if len(groups) > 1 or rows[0]["breakdown"] == "overall" else [rows[0]["group"]]
    fundings = {row["funding"] for row in rows}
    return [*group, *(_FUNDING[funding] for funding in fundings if len(fundings) == 1 and funding != "all")]


def _by(rows: list[Row]) -> str:
    """Name what tells the lines apart."""
    for column, total, each in (("geographic_level", "National", "location_code"), ("breakdown", "overall", "group")):
        parts = {row[column] for row in rows} - {total}
        if len(parts) == 1 and len({row[each] for row in rows}) > 1:
            return f" by {_BY.get(part := parts.pop(), part.replace('-', ' '))}"
    return " by funding" if len({row["funding"] for row in rows}) > 1 else ""


def moved(row: Row) -> list[str]:
    """Write the change of a row: in its unit or in points, and in % where that is stated."""
    if row["change_pp"] is not None:
        return [f"{signed(row['change_pp'], 'pp')} pts", ""]
    if row["change"] is not None:
        return [signed(row["change"]), signed(row["change_pct"], "%")]
    return [_WORDS.get(row["status"], ""), ""]


def bars(rows: list[Row]) -> list[float | None]:
    """Size the moves against each other: by per cent or, where all are rates, by points; -1 to 1.

    A rate among counts has no size to compare: it gets the smallest, which shows its direction alone.
    """
    shares, points = ([_visible(row[name]) for row in rows] for name in ("change_pct", "change_pp"))
    is_mixed = any(row["change_pct"] is not None for row in rows)
    largest = max((abs(move) for move in (shares if is_mixed else points) if move), default=1)
    if not is_mixed:
        return [point / largest if point else None for point in points]
    return [
        share / largest if share else _SMALLEST * point if point else None
        for share, point in zip(shares, points, strict=True)
    ]


def _visible(move: float | None) -> float | None:
    """Give a move, or None where it rounds to nothing."""
    return move if move is not None and rounded(abs(move), 1) else None


def key(rows: list[Row], *columns: str) -> list[str]:
    """Explain the symbols in the named columns, and points where there are some."""
    has_points = any(row.get("change_pp") is not None for row in rows)
    return [
        *wording.symbol_key({row[column] for row in rows for column in columns if row[column]}),
        *(["pts: percentage points."] if has_points else []),
    ]


def foot(rows: list[Row]) -> list[str]:
    """Give release, source, licence, and how to trace."""
    return [
        wording.edition(rows[0]["release"]),
        wording.source(),
        "File and line of every figure: the same command with --cells.",
    ]
