"""The sentences of a report, computed from its tables; every figure in them carries its origins."""

from collections.abc import Iterable, Iterator

import polars as pl

from npqstats.report.contents import KeyFigure, Piece, Sentence
from npqstats.report.setting import Setting
from npqstats.tables.moves import Row
from npqstats.vocabulary.courses import Course, new_between
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import number
from npqstats.vocabulary.periods import label
from npqstats.vocabulary.symbols import SYMBOLS
from npqstats.wording import wording

_REPORTED = "reported elsewhere, not in an official data file"
_DERIVED = f"computed from a figure {_REPORTED}"


def sentence(*parts: str | Piece) -> Sentence:
    """Join words and figures."""
    return tuple(part if isinstance(part, Piece) else Piece(part) for part in parts)


def before(row: Row) -> Piece:
    """Give the earlier year's figure."""
    return Piece(wording.cell(row["before"], row["before_symbol"], row["unit"]), tuple(row["before_origins"]))


def after(row: Row) -> Piece:
    """Give the later year's figure."""
    return Piece(wording.cell(row["after"], row["after_symbol"], row["unit"]), tuple(row["after_origins"]))


def change(row: Row) -> Piece:
    """Say the change of a row."""
    is_stated = row["change"] is not None or row["change_pp"] is not None
    origins = (*row["before_origins"], *row["after_origins"]) if is_stated else ()
    return Piece(wording.change(row), origins)


def headlines(setting: Setting, table: pl.DataFrame, rates: pl.DataFrame | None) -> list[Sentence]:
    """Say the pattern in at most six sentences.

    Args:
        setting: What the report is about.
        table: The headline comparison.
        rates: Completion rates through the years; None where there are none.
    """
    rows = {(row["measure"], row["funding"], row["basis"], row["line"]): row for row in table.iter_rows(named=True)}
    return [
        *_of_starts(setting, rows.values()),
        *_of_funding(setting, rows.values()),
        *_of_completion(setting, rates),
        *_of_schools(setting, rows.values()),
    ]


def _of(rows: Iterable[Row], measure: str, funding: str = "all", basis: str = "in-year") -> Iterator[Row]:
    return (
        row
        for row in rows
        if (row["measure"], row["funding"], row["basis"]) == (measure, funding, basis) and row["breakdown"] == "overall"
    )


def _where(setting: Setting) -> str:
    return f" in {setting.place_name}" if setting.place else ""


def _moved(row: Row) -> Sentence:
    """Say the change of a count and what it came to."""
    if not row["change"]:
        return sentence("stayed at ", Piece(after(row).text, change(row).origins))
    return sentence(change(row), ", to ", after(row))


def _of_starts(setting: Setting, rows: Iterable[Row]) -> Iterator[Sentence]:
    years = setting.before.label, setting.after.label
    what = f"NPQ starts{_where(setting)}"
    starts = list(_of(rows, "starts"))
    for row in starts[:1]:
        if row["status"] != "compared":
            yield _without_change(setting, row)
        elif not row["change"]:
            yield sentence(f"{what} ", *_moved(row), f" in {years[1]}, as many as in {years[0]}{_told(row)}.")
        else:
            fell, from_, to = change(row), before(row), after(row)
            yield sentence(
                f"{what} ", fell, ", from ", from_, f" in {years[0]} to ", to, f" in {years[1]}{_told(row)}."
            )
    for row in starts[1:2]:
        began = [f"{listed(map(_called, new))}, which began in {new[0].began}" for new in _by_start(setting)]
        if row["status"] == "compared" and began:
            yield sentence(f"Leaving out {listed(began)}, they ", *_moved(row), f"{_told(row)}.")


def _without_change(setting: Setting, row: Row) -> Sentence:
    """Say how many starts there were, and why no change is stated."""
    where, year = _where(setting), setting.after.label
    if row["after"] is None and not row["after_symbol"]:
        return sentence(f"NPQ starts{where} in {year} are not in the rows at hand.")
    if row["after_symbol"]:
        meaning = SYMBOLS[row["after_symbol"]]
        return sentence(f"NPQ starts{where} in {year} are published as ", after(row), f" ({meaning}).")
    return sentence(
        f"NPQ starts{where} in {year} came to ", after(row), "; ", *_why_not(setting, row), f"{_told(row)}."
    )


def _why_not(setting: Setting, row: Row) -> Sentence:
    """Say why no change is stated of a figure that is known."""
    year = setting.before.label
    if row["status"] == "so far":
        return sentence("so far, and not compared")
    if row["before_symbol"]:
        return sentence(f"no change is stated, for {year} has ", before(row), f" ({SYMBOLS[row['before_symbol']]})")
    return sentence(f"no change is stated, for {year} is not in the rows at hand")


def _called(course: Course) -> str:
    return f"{course.code} ({course.name[0].lower()}{course.name[1:]})"


def _of_funding(setting: Setting, rows: Iterable[Row]) -> Iterator[Sentence]:
    rows = list(rows)
    for funded in _of(rows, "participants", "funded"):
        for own in _of(rows, "participants", "non-funded"):
            if (funded["status"], own["status"]) == ("compared", "compared"):
                yield sentence(
                    f"Funded participants{_where(setting)} ",
                    *_moved(funded),
                    "; non-funded ones, paid for by the school or by themselves, ",
                    *_moved(own),
                    f"{_told(funded) or _told(own)}.",
                )


def _of_completion(setting: Setting, rates: pl.DataFrame | None) -> Iterator[Sentence]:
    for year, value, moved in _newest_finished(rates):
        yield sentence(
            f"Of the courses started{_where(setting)} in {year}, "
            "the newest year whose courses have had time to finish, ",
            value,
            " have been completed",
            *(sentence(", ", *moved) if moved else ()),
            ".",
        )


def _newest_finished(rates: pl.DataFrame | None) -> Iterator[tuple[str, Piece, Sentence]]:
    """Give the newest finished cohort's year, its rate, and how that moved, if there is one."""
    rows = list(rates.iter_rows(named=True)) if rates is not None else []
    finished = [row for row in rows if row["status"] == "published" and row["value"] is not None]
    for row in finished[-1:]:
        moved: Sentence = ()
        if row["change_pp"] is not None:
            before = finished[-2]
            origins = (*before["origins"], *row["origins"])
            moved = sentence(Piece(wording.change(row), origins), f" from {label(before['period'])}")
        yield label(row["period"]), Piece(number(row["value"], "%"), tuple(row["origins"])), moved


def _of_schools(setting: Setting, rows: Iterable[Row]) -> Iterator[Sentence]:
    for row in _of(rows, "schools-share", basis="cumulative"):
        if row["status"] == "compared":
            yield sentence(
                "Since 2021, someone has started an NPQ in ",
                after(row),
                f" of schools{_where(setting)}, ",
                change(row),
                f" from {setting.before.label}{_told(row)}.",
            )


def _told(row: Row) -> str:
    return f" ({basis})" if (basis := _basis(row)) else ""


def _basis(row: Row) -> str:
    """Say what a figure rests on that is in no official data file; empty where all of it is."""
    if row["evidence"] in ("reported", "official-text"):
        return _REPORTED
    return _DERIVED if _rests_on_reports(row) else ""


def _rests_on_reports(row: Row) -> bool:
    return any("reported by" in note for note in row["notes"])


def key_figures(setting: Setting, table: pl.DataFrame, rates: pl.DataFrame | None) -> list[KeyFigure]:
    """Choose the figures that stand large: totals of the newest year, and the newest finished cohort's rate.

    Args:
        setting: What the report is about.
        table: The headline comparison.
        rates: Completion rates through the years; None where there are none.
    """
    rows = list(table.iter_rows(named=True))
    chosen = [
        *_of(rows, "starts"),
        *_of(rows, "participants"),
        *_of(rows, "workforce-share"),
        *_of(rows, "schools-share", basis="cumulative"),
    ]
    figures = [
        KeyFigure(
            label=f"{row['line']}, {setting.after.label}",
            figure=after(row),
            change=(
                *(
                    sentence(change(row), f" from {setting.before.label}")
                    if row["status"] == "compared"
                    else _why_not(setting, row)
                ),
                *(sentence(f"; {basis}") if (basis := _basis(row)) else ()),
            ),
        )
        for row in chosen
        if row["after"] is not None or row["after_symbol"]
    ]
    finished = _newest_finished(rates)
    return figures + [
        KeyFigure(label=f"Completion rate, courses started in {year}", figure=value, change=moved)
        for year, value, moved in finished
    ]


def cautions(setting: Setting, table: pl.DataFrame) -> list[Sentence]:
    """Say what is not comparable, and why.

    Args:
        setting: What the report is about.
        table: The headline comparison.
    """
    release, years = setting.release.label, setting.years_in_words
    rows = list(table.iter_rows(named=True))
    has_both = sum(row["status"] == "compared" for row in _of(rows, "starts")) > 1
    told = [
        f"{listed(map(_called, new))} began in {new[0].began}, so totals of {setting.after.label} include what those "
        f"of {setting.before.label} could not; "
        + ("starts are given with and without." if has_both else _cannot_leave_out(new))
        for new in _by_start(setting)
    ]
    measures = {row["measure"] for row in rows}
    if any(MEASURES[code].ripens for code in measures):
        told.append(
            f"Courses take up to 22 months. Completions of courses started in {years} were still coming in when the "
            f"release {release} was made; they are marked 'so far' and not compared."
        )
        told.append("The pass rate is of completions, not of starts: those who have not completed are not in it.")
    if {"starts", "participants"} <= measures:
        told.append("Starts count courses, participants count people. One person may start two courses in a year.")
    if any(_rests_on_reports(row) for row in rows):
        told.append(
            "Some figures are not in the data files at hand but were reported elsewhere; each says by whom, "
            "and gives way to the official figure once that is here."
        )
    told.append(
        f"DfE revises earlier years with every release: all figures here are those of the release {release}, "
        "and may differ from what was first published."
    )
    told.append("Changes are computed before rounding, so they may differ from those of the figures as printed.")
    return [sentence(words) for words in told]


def _cannot_leave_out(new: list[Course]) -> str:
    return f"the rows at hand do not allow leaving {'it' if len(new) == 1 else 'them'} out."


def _by_start(setting: Setting) -> list[list[Course]]:
    groups: dict[str, list[Course]] = {}
    for course in new_between(setting.before, setting.after):
        groups.setdefault(course.began, []).append(course)
    return list(groups.values())
