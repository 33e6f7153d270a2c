"""`chart change`: two years side by side, an arrow from the earlier figure to the later one for each line."""

from collections.abc import Sequence

import polars as pl

from npqstats.charts import arrows, headline
from npqstats.charts.asked import Asked
from npqstats.charts.changes import when, without
from npqstats.charts.chart import Chart
from npqstats.charts.notes import notes_by_line
from npqstats.charts.parts import MOST, is_total, plural, without_total
from npqstats.errors import UsageError
from npqstats.tables import moves
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.numbers import number
from npqstats.wording import wording

_SIZE = pl.coalesce(pl.col("change").abs(), pl.col("change_pp").abs())


def change(asked: Asked) -> Chart:
    """Make a chart of two years side by side: by what is asked, else by course, else by funding, else in total."""
    table = _answer(asked)
    lines = without_total(table)
    chosen = _ranked(lines)
    rows = chosen.to_dicts()
    drawn = arrows.arrows(rows)
    what = f"{moves.title(table.to_dicts())}: {drawn[0].before.year.label} to {drawn[0].after.year.label}"
    if chosen.height < lines.height:
        what += f"; the {MOST} largest changes of {len(_parts(lines))}"
    return Chart(
        kind="change",
        title=without(_title(lines.to_dicts()), asked.exclude_courses),
        subtitle=what,
        alt=f"Arrow chart of {what}. {arrows.listed_values(drawn)}.",
        notes=[*arrows.key(drawn), *notes_by_line(rows), *moves.key(rows, "before_symbol", "after_symbol")],
        credit=wording.credit(rows[0]["release"]),
        data=chosen.drop("before_exact", "after_exact").with_columns(
            origins=pl.concat_list("before_origins", "after_origins").list.unique(maintain_order=True)
        ),
        paint=lambda canvas: arrows.paint(canvas, drawn),
    )


def _answer(asked: Asked) -> pl.DataFrame:
    """Compare by the first breakdown that has lines to compare, where none is asked for."""
    if asked.by:
        return asked.compare()
    for by, measure in (("course", "starts"), ("funding", "participants")):
        said: list[str] = []
        try:
            table = asked.compare(by=by, measure=asked.measure or measure, say=said.append)
        except UsageError:
            continue
        if sum(row["status"] == "compared" for row in _parts(table)) > 1:
            for sentence in said:
                asked.say(sentence)
            return table
    return asked.compare(measure=asked.measure or "starts")


def _parts(table: pl.DataFrame) -> list[moves.Row]:
    rows = table.to_dicts()
    return [row for row in rows if not is_total(row, rows)]


def _ranked(lines: pl.DataFrame) -> pl.DataFrame:
    """Put totals first, then the lines by the later year's figure; of too many, the largest changes by their size."""
    rows = lines.to_dicts()
    of_all = pl.Series([is_total(row, rows) for row in rows], dtype=pl.Boolean)
    totals, parts = lines.filter(of_all), lines.filter(~of_all)
    size = _SIZE if parts.height > MOST else pl.col("after")
    return pl.concat([totals, parts.sort(size, descending=True, nulls_last=True, maintain_order=True).head(MOST)])


def _title(rows: Sequence[moves.Row]) -> str:
    time = when(rows[0])
    compared = [row for row in rows if headline.moved(row) is not None]
    if compared and len(rows) > 1:
        return headline.of_lines(compared, rows, time)
    what, short = headline.subject(rows[0]), headline.subject(rows[0], has_place=False)
    if len(rows) > 1:
        what = short = MEASURES[rows[0]["measure"]].subject
    if not compared:
        told = _why_not(rows, time)
        return headline.fitting(f"{what} {told}", f"{short} {told}")
    (row,) = rows
    told = f"{headline.moved(row)} {time}"
    value = number(row["after"], row["unit"])
    return headline.fitting(f"{what} {told}, to {value}", f"{what} {told}", f"{short} {told}")


def _why_not(rows: Sequence[moves.Row], time: str) -> str:
    statuses = {row["status"] for row in rows}
    if "so far" in statuses:
        return "cannot be compared yet: courses are unfinished"
    if statuses == {"new"} and len(rows) == 1:
        return f"began with {number(rows[0]['after'])} {time}"
    return f"had no known change {time}" + (f" for any of {len(rows)} {plural(rows)}" if len(rows) > 1 else "")
