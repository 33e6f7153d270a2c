"""`chart impact`: what makes up a rise or fall, from one published total to another."""

from collections.abc import Sequence

from npqstats.charts import headline, newcomer, steps
from npqstats.charts.asked import Asked
from npqstats.charts.changes import when, without
from npqstats.charts.chart import Chart
from npqstats.charts.notes import notes_by_line
from npqstats.charts.parts import LEVELS, MOST, is_total, plural, singular
from npqstats.charts.row import short
from npqstats.charts.steps import Account
from npqstats.errors import UsageError
from npqstats.tables import moves
from npqstats.vocabulary.courses import new_between, recognised
from npqstats.vocabulary.measures import MEASURES, Measure
from npqstats.vocabulary.measures import measure as measure_called
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.periods import AcademicYear, label
from npqstats.wording import wording

_LARGE = 0.1
"""A part that makes up less of a change than this is not named in the headline."""


def impact(asked: Asked) -> Chart:
    """Make a chart of what makes up a change: by course, or by what is asked.

    Each part's contribution leads from the earlier published total to the later one. Where no course has figures of
    both years, the two years stand side by side, with and without the courses that are new.

    Raises:
        UsageError: The measure does not add up, a total is not at hand or unfinished, or no part is known.
    """
    account = _account(asked, _additive(asked.measure or "starts"))
    laid = steps.steps(account, MOST)
    if account.parts:
        form, paint = "Bar chart of steps", lambda canvas: steps.paint(canvas, account, MOST)
    else:
        laid = [step for step in laid if step.mark != "remainder"]
        form, paint = "Column chart", lambda canvas: newcomer.paint(canvas, laid)
    what = _subtitle(account, is_whole=not asked.exclude_courses)
    return Chart(
        kind="impact",
        title=without(_title(account), asked.exclude_courses),
        subtitle=what,
        alt=f"{form} of {what}. {steps.listed_values(laid)}.",
        notes=[*steps.key(laid), *_unknown(account), *notes_by_line(_rows(account), but=("No percentage: ",))],
        credit=wording.credit(account.total["release"]),
        data=steps.drawn(laid),
        paint=paint,
    )


def _additive(name: str) -> Measure:
    measure = measure_called(name)
    if not (measure.adds_up and measure.unit == "courses"):
        codes = [code for code, known in MEASURES.items() if known.adds_up and known.unit == "courses"]
        raise UsageError(
            f"{measure.label} cannot be taken apart: only courses started, completed or passed add up.",
            f"Use --measure {listed(codes, 'or')}; or see 'npqstats chart change --measure {measure.code}'.",
        )
    return measure


def _account(asked: Asked, measure: Measure) -> Account:
    rows = asked.compare(measure=measure.code, by=asked.by or "course").to_dicts()
    total = _total(rows, measure)
    parts = [row for row in rows if row is not total]
    new = tuple(row for row in parts if row["status"] == "new" and row["after"])
    compared = [row for row in parts if row["status"] == "compared" and (row["before"] or row["after"])]
    kind = singular(parts)
    if not compared and not new:
        raise UsageError(
            f"No {kind} has {measure.label.lower()} of both {_years(total)} here, so the change cannot be taken apart.",
            "Take apart other years, or something else with --by; see 'npqstats list groups'.",
        )
    way = 1 if total["change"] < 0 else -1
    return Account(
        total=total,
        without=_without(asked, measure, new) if new else None,
        parts=tuple(sorted(compared, key=lambda row: way * row["change"])),
        new=new,
        unknown=tuple(row for row in parts if row["status"] in ("incomplete", "missing") or row["after_symbol"]),
        absent=_absent(parts) if new else (),
        kind=kind,
        plural=plural(parts),
    )


def _total(rows: Sequence[moves.Row], measure: Measure) -> moves.Row:
    """Find the published total that the rows are parts of, and see that it has a change."""
    total = next((row for row in rows if is_total(row, rows)), None)
    hint = "Take apart other years; or see 'npqstats chart change', which needs no total."
    if total is None:
        raise UsageError(f"The total of {measure.label.lower()} is not in the rows at hand.", hint)
    if total["status"] == "so far":
        raise UsageError(f"{measure.label} of {_years(total)} cannot be compared yet: courses are unfinished.", hint)
    if total["status"] != "compared":
        raise UsageError(f"The total of {measure.label.lower()} is not known for both {_years(total)}.", hint)
    return total


def _without(asked: Asked, measure: Measure, new: Sequence[moves.Row]) -> moves.Row:
    """Compare the total without the new courses."""
    left_out = (*asked.exclude_courses, *(row["group"] for row in new))
    return asked.compare(measure=measure.code, by=None, exclude_courses=left_out).row(0, named=True)


def _absent(parts: Sequence[moves.Row]) -> tuple[str, ...]:
    """Name the courses that began between the two years and have no row."""
    years = (AcademicYear.of_code(parts[0][f"{which}_period"]) for which in ("before", "after"))
    there = {recognised(row["group"]) for row in parts}
    return tuple(course.code for course in new_between(*years) if course.code not in there)


def _years(row: moves.Row) -> str:
    return f"{label(row['before_period'])} and {label(row['after_period'])}"


def _title(account: Account) -> str:
    total = account.total
    what, time = headline.subject(total), when(total)
    told = f"{what} {headline.moved(total)}"
    if account.without:
        least = f"{told}, {_leaving_out(account, account.without)}"
        return headline.fitting(f"{told} {time}, {_leaving_out(account, account.without)}", least, f"{told} {time}")
    falls, rises = (sum(headline.direction(row) == way for row in account.parts) for way in (-1, 1))
    parts = f"{account.plural} compared" if account.unknown else account.plural
    if not headline.direction(total):
        counted = f"{rises} of {len(account.parts)} {parts} rose, {falls} fell"
        return headline.fitting(f"{told} {time}: {counted}", f"{told} {time}")
    same = falls if headline.direction(total) < 0 else rises
    every = "in both" if same == 2 else f"in all {same}"
    spread = every if same == len(account.parts) else f"in {same} of {len(account.parts)}"
    ends = [_most_of_all(account), f"{spread} {parts}" if same > 1 else ""]
    return headline.fitting(*(f"{told} {time}, {end}" for end in ends if end), f"{told} {time}")


def _leaving_out(account: Account, left: moves.Row) -> str:
    moved, codes = headline.moved(left) or "", listed(short(row) for row in account.new)
    way = headline.direction(left)
    if way != headline.direction(account.total):
        return f"but {moved} leaving out {codes}"
    return f"or {moved.split(' ', 1)[1]} leaving out {codes}" if way else f"and {moved} leaving out {codes}"


def _most_of_all(account: Account) -> str:
    """Name the part that moved the total most its way; nothing where none stands out."""
    total, (first, *others) = account.total, account.parts
    size = abs(first["change"])
    is_alone = bool(others) and others[0]["change"] != first["change"]
    if first["change"] * total["change"] <= 0 or not is_alone or size < _LARGE * abs(total["change"]):
        return ""
    if abs(account.remainder) >= size:
        return ""
    if first["geographic_level"] in LEVELS:
        return f"most of all in {first['location_name']}"
    if first["breakdown"] == "overall":
        return f"most of all {first['funding']} ones"
    return f"most of all for {short(first)}"


def _subtitle(account: Account, *, is_whole: bool) -> str:
    what = moves.title(_rows(account) if account.parts else [account.total])
    if not is_whole:
        what += account.total["line"].removeprefix("All")
    before, after = (label(account.total[f"{which}_period"]) for which in ("before", "after"))
    if not account.parts:
        return f"{what}: {before}, and {after} with and without new courses"
    return f"{what}: what makes up the change from {before} to {after}"


def _rows(account: Account) -> list[moves.Row]:
    """Give the rows that the chart rests on."""
    unknown = account.unknown if account.parts else ()
    return [account.total, *account.parts, *account.new, *unknown]


def _unknown(account: Account) -> list[str]:
    """Say what the rows at hand do not tell."""
    told = []
    if account.absent:
        told.append(f"Not in the rows at hand: {listed(account.absent)}, new since the earlier year, too.")
    if not account.parts:
        told.append(f"Not in the rows at hand: any other course in both {_years(account.total)}.")
    elif 0 < len(account.unknown) <= MOST:
        told.append(f"Without a known change: {listed(row['line'] for row in account.unknown)}.")
    return told
