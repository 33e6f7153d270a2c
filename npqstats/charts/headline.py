"""The finding of a chart in one sentence, computed from its rows, true for any figures, of at most 15 words."""

from collections.abc import Sequence

from npqstats.charts.parts import is_total, plural, singular
from npqstats.charts.row import is_unfinished
from npqstats.tables import moves
from npqstats.tables.moves import Row
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.courses import recognised
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.numbers import number, rounded
from npqstats.vocabulary.periods import label

MOST_WORDS = 15


def fitting(*sentences: str) -> str:
    """Choose the first sentence that is short enough, else the last one, cut."""
    for sentence in sentences:
        if len(sentence.split()) <= MOST_WORDS:
            return sentence
    return " ".join(sentences[-1].split()[:MOST_WORDS])


def subject(row: Row, *, has_place: bool = True) -> str:
    """Name what a row counts, of which funding and course, and where: `Funded NPQSL starts in Leeds`."""
    words = MEASURES[row["measure"]].subject
    if row["breakdown"] == "course" and (code := recognised(row["group"])):
        words = words.replace("an NPQ", code).replace("NPQ", code)
    if row["funding"] != "all":
        words = f"{row['funding'].capitalize()} {words}" if words.startswith("NPQ") else f"{words} ({row['funding']})"
    if row["basis"] == "cumulative":
        words += " since 2021"
    is_elsewhere = row["location_code"] not in (None, ENGLAND[0])
    return f"{words} in {row['location_name']}" if is_elsewhere and has_place else words


def lowered(words: str) -> str:
    """Give the name of what is counted as it stands within a sentence."""
    return words if words.startswith("NPQ") else words[:1].lower() + words[1:]


def counted(rows: Sequence[Row]) -> str:
    """Name what is counted, in what unit, where, by what, and whether since 2021; for a subtitle."""
    is_cumulative = {row["basis"] for row in rows} == {"cumulative"}
    return moves.title(list(rows)) + (", since 2021" if is_cumulative else "")


def moved(row: Row) -> str | None:
    """Say how a row moved, in whole per cent or in points: `fell by 32%`; None where no change is stated.

    >>> moved({"change": -14022.0, "change_pct": -31.98, "change_pp": None})
    'fell by 32%'
    >>> moved({"change": 1.0, "change_pct": 0.01, "change_pp": None})
    'hardly changed'
    """
    if row["change_pp"] is not None:
        size = rounded(abs(row["change_pp"]), 1)
        points = "percentage point" if size == 1 else "percentage points"
        return f"{'rose' if row['change_pp'] > 0 else 'fell'} by {size} {points}" if size else "hardly changed"
    if row["change"] is None:
        return None
    verb = "rose" if row["change"] > 0 else "fell"
    if row["change_pct"] is None:
        return f"{verb} by {number(abs(row['change']))}" if row["change"] else "did not change"
    share = rounded(abs(row["change_pct"]))
    return (
        f"{verb} by {number(float(share))}%" if share else "did not change" if not row["change"] else "hardly changed"
    )


def direction(row: Row) -> int:
    """Say whether a row rose (1), fell (-1), hardly changed (0), judged as `moved` words it."""
    words = moved(row) or ""
    return 1 if words.startswith("rose") else -1 if words.startswith("fell") else 0


def of_trend(rows: Sequence[Row]) -> str:
    """Say what the lines of a trend show between the newest two years that can be compared."""
    lines: dict[str, list[Row]] = {}
    for row in rows:
        lines.setdefault(row["line"], []).append(row)
    newest = {name: _newest(line) for name, line in lines.items()}
    if len(newest) == 1:
        ((name, row),) = newest.items()
        return _of_one(row, lines[name])
    year = max((row["period"] for row in newest.values() if moved(row) is not None), default=0)
    then = {row["line"]: row for row in rows if row["period"] == year}
    compared = [row for row in then.values() if moved(row) is not None]
    if len(compared) == 1 and compared[0]["breakdown"] == "overall" and not is_total(compared[0], newest.values()):
        return _of_one(compared[0], lines[compared[0]["line"]])
    return of_lines(compared, list((newest | then).values()), _when(rows[0]["measure"], year) if year else "")


def _when(measure: str, period: int) -> str:
    return f"for {label(period)} starters" if MEASURES[measure].ripens else f"in {label(period)}"


def _newest(line: Sequence[Row]) -> Row:
    """Give the newest row with a change, else the newest with a value, else the last."""
    changed = [row for row in line if moved(row) is not None]
    known = [row for row in line if row["value"] is not None]
    return (changed or known or line)[-1]


def _of_one(row: Row, line: Sequence[Row]) -> str:
    what, year = subject(row), label(row["period"])
    short = subject(row, has_place=False)
    value = number(row["value"], row["unit"])
    has_unfinished = any(is_unfinished(other) and other["period"] > row["period"] for other in line)
    words = moved(row)
    if words is None:
        if row["value"] is None:
            return fitting(f"{what}: no figure can be given", f"{short}: no figure can be given")
        told = f": {value} {'so far ' if is_unfinished(row) else ''}in {year}"
        return fitting(what + told, short + told)
    end = "; later cohorts are unfinished" if has_unfinished else ""
    when = _when(row["measure"], row["period"])
    now = f"{'to' if direction(row) else 'at'} {value}"
    told = f"{words}, {now}, {when}" if MEASURES[row["measure"]].ripens else f"{words} {when}, {now}"
    brief = f"{words} {when}"
    return fitting(
        f"{what} {told}{end}",
        f"{what} {told}",
        f"{short} {told}",
        f"{what} {brief}",
        f"{short} {brief}",
        f"{short} {words}",
    )


def of_lines(compared: Sequence[Row], shown: Sequence[Row], when: str) -> str:
    """Say how many of several lines rose and fell.

    Args:
        compared: The lines that have a change, between the same two years.
        shown: All lines.
        when: The later year, as in `in 2024/25`; nothing where none is compared.
    """
    is_one = len({(row["breakdown"], row["group"], row["location_code"]) for row in compared}) == 1
    of_funding = {row["funding"]: row for row in compared} if is_one else {}
    if {"funded", "non-funded"} <= set(of_funding):
        return _of_fundings(of_funding["funded"], of_funding["non-funded"], when)
    compared = [row for row in compared if not is_total(row, shown)]
    what = _in_common(shown)
    if not compared:
        return _largest(shown, what)
    falls, rises = (sum(direction(row) == way for row in compared) for way in (-1, 1))
    new = sum(row["status"] == "new" for row in shown)
    parts = sum(not is_total(row, shown) for row in shown)
    told = _counted(falls, rises, len(compared), shown, is_all=len(compared) + new == parts)
    started = f"; {new} {'is' if new == 1 else 'are'} new" if new else ""
    short = told.partition(",")[0]
    return fitting(
        f"{what} {told} {when}{started}", f"{what} {told} {when}", f"{what} {short} {when}", f"{what} {short}"
    )


def _in_common(rows: Sequence[Row]) -> str:
    """Name what several lines count, with the one kind of funding and the one span that they have, if they have one."""
    first = rows[0]
    shared = {
        "funding": first["funding"] if len({row["funding"] for row in rows}) == 1 else "all",
        "basis": first["basis"] if len({row["basis"] for row in rows}) == 1 else "in-year",
        "breakdown": "overall",
    }
    return subject({**first, **shared}, has_place=False)


def _counted(falls: int, rises: int, total: int, shown: Sequence[Row], *, is_all: bool) -> str:
    """Count the lines that moved either way; where not every line could be compared, of those that could."""
    groups = plural(shown) if is_all else f"{plural(shown)} compared"
    if total == 1:
        return f"{'fell' if falls else 'rose' if rises else 'hardly changed'} for the one {singular(shown)} compared"
    every = f"both {groups}" if total == 2 else f"all {total} {groups}"
    if total in (falls, rises):
        return f"{'fell' if falls else 'rose'} for {every}"
    if not falls and not rises:
        return f"hardly changed for {every}"
    more, fewer = ("fell", "rose") if falls >= rises else ("rose", "fell")
    most, least = max(falls, rises), min(falls, rises)
    if least and not is_all:
        return f"{more} for {most} {plural(shown) if most > 1 else singular(shown)}, {fewer} for {least}"
    return f"{more} for {most} of {total} {groups}" + (f", {fewer} for {least}" if least else "")


def _of_fundings(funded: Row, own: Row, when: str) -> str:
    place = f" in {funded['location_name']}" if subject(funded) != subject(funded, has_place=False) else ""
    what = subject(funded, has_place=False)
    told = f"{moved(funded)} {when}; non-funded {moved(own)}"
    ways = {1: "rose", 0: "hardly changed", -1: "fell"}
    short = f"{ways[direction(funded)]} {when}; non-funded {ways[direction(own)]}"
    return fitting(f"{what}{place} {told}", f"{what} {told}", f"{what}{place} {short}", f"{what} {short}")


def _largest(shown: Sequence[Row], what: str) -> str:
    value = "value" if "value" in shown[0] else "after"
    parts = [row for row in shown if not is_total(row, shown)]
    known = sorted((row for row in parts if row[value] is not None), key=lambda row: -row[value])
    if not known:
        return f"{what}: no figure can be given"
    top = known[0]
    year = label(top["period" if "period" in top else "after_period"])
    figure = number(top[value], top["unit"])
    if len(parts) == 1:
        return fitting(*(f"{subject(top, has_place=has_place)}: {figure} in {year}" for has_place in (True, False)))
    if len(known) < len(parts) or figure == number(known[1][value], top["unit"]):
        return fitting(f"{what}: the largest figure known is {figure} in {year}", f"{what}: at most {figure} in {year}")
    things = lowered(what)
    most = "highest" if top["unit"] == "%" else "most"
    return fitting(f"{top['line']} had the {most} {things}, {figure}, in {year}", f"{what}: at most {figure} in {year}")
