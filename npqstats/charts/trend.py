"""`chart trend`: a measure through the years, under the rules of funding of the time."""

from npqstats.charts import data, headline, series, spans, timeline
from npqstats.charts.asked import Asked
from npqstats.charts.chart import Chart
from npqstats.charts.notes import notes
from npqstats.charts.parts import without_total
from npqstats.wording import wording


def trend(asked: Asked) -> Chart:
    """Make a chart of a measure through the years, with a line for each part where one asks by something."""
    table = without_total(asked.trend())
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
        data=data.drawn(table),
        paint=lambda canvas: timeline.paint(canvas, lines),
    )
