"""`chart trend`: a measure through the years, under the rules of funding of the time."""

import polars as pl

from npqstats.present import moves, wording
from npqstats.present.charts import headline, series, spans
from npqstats.present.charts.asked import Asked
from npqstats.present.charts.chart import Chart
from npqstats.present.charts.notes import notes


def trend(asked: Asked) -> Chart:
    """Make a chart of a measure through the years, with a line for each part where one asks by something."""
    table = _without_total(asked.trend())
    rows = table.to_dicts()
    lines = series.series(table)
    years = series.years_of(lines)
    what = f"{headline.counted(rows)}, {spans.span(years)}"
    return Chart(
        kind="trend",
        title=headline.of_trend(rows),
        subtitle=what,
        alt=" ".join([f"Line chart of {what}. {series.listed_values(lines)}.", spans.told(years)]).strip(),
        notes=[*series.key(lines, rows), *notes(rows)],
        credit=wording.credit(rows[0]["release"]),
        data=series.drawn(table),
        paint=lambda canvas: series.paint(canvas, lines),
    )


def _without_total(table: pl.DataFrame) -> pl.DataFrame:
    """Leave out the total of a count, beside which its parts would lie flat on the ground; kinds of funding keep it."""
    rows = table.to_dicts()
    is_part = pl.Series([not headline.is_total(row, rows) for row in rows])
    return table if rows[0]["unit"] == "%" or _is_by_funding(rows) else table.filter(is_part)


def _is_by_funding(rows: list[moves.Row]) -> bool:
    return len({row["funding"] for row in rows}) > 1
