"""`chart split`: funded against non-funded through the years, in numbers and in shares of all."""

from collections.abc import Sequence

import polars as pl

from npqstats.analysis.columns import TREND
from npqstats.charts import data, headline, panels, series, spans
from npqstats.charts.asked import Asked
from npqstats.charts.chart import Chart
from npqstats.charts.notes import lacking, marks, notes
from npqstats.charts.panels import NOT_AT_HAND, SO_FAR, Bar, Panel
from npqstats.charts.row import is_at_hand, is_official, is_unfinished
from npqstats.charts.shares import PARTS, Cells, Share, Shares, overlap, shares_of, wholes_of
from npqstats.errors import UsageError
from npqstats.listeners import silent
from npqstats.tables.moves import Row
from npqstats.vocabulary.funding import FUNDING
from npqstats.vocabulary.measures import MEASURES, measure
from npqstats.vocabulary.numbers import number, rounded
from npqstats.vocabulary.periods import AcademicYear, label
from npqstats.wording import wording

_COLUMNS = {"share_pct": pl.Float64, "share_of": pl.Float64, "share_origins": pl.List(pl.String)}


def split(asked: Asked) -> Chart:
    """Make a chart of the two kinds of funding, each year's figure with its share of all.

    Raises:
        UsageError: The measure counts what a share is a share of, or neither kind of funding is at hand.
    """
    _check(asked.measure)
    table = _of_one_basis(_table(asked))
    rows = [
        row
        for line in table.partition_by("line", maintain_order=True)
        for row in series.since_it_began(line.to_dicts())
    ]
    years = [AcademicYear.of_code(period) for period in sorted({row["period"] for row in rows})]
    cells = {(row["funding"], row["period"]): row for row in rows}
    shares = shares_of(cells)
    what = f"{headline.counted(rows)}, {spans.span(years)}"
    wholes = [_whole(cells, shares, year) for year in years]
    parts = [
        Panel(
            name=part.capitalize(),
            meaning=FUNDING[part].meaning,
            bars=tuple(_bar(cells.get((part, year.code)), shares.get((part, year.code))) for year in years),
        )
        for part in PARTS
    ]
    unit = rows[0]["unit"]
    return Chart(
        kind="split",
        title=_finding(rows, cells, shares),
        subtitle=what,
        alt=" ".join([f"Bar charts of {what}. {_listed(years, parts, wholes)}.", spans.told(years)]).strip(),
        notes=[
            *lacking({f"{panel.name.lower()} figures": panels.absent(panel, years) for panel in parts}),
            *wholes_of(rows, shares),
            *overlap(cells, years),
            *marks(rows, "Hatched"),
            *notes(rows),
        ],
        credit=wording.credit(rows[0]["release"]),
        data=_drawn(rows, shares),
        paint=lambda canvas: panels.paint(canvas, years, parts, unit, wholes),
    )


def _check(name: str | None) -> None:
    if name and (found := measure(name)).is_population:
        splittable = ", ".join(code for code, each in MEASURES.items() if each.part_of or code == "starts")
        raise UsageError(f"{found.label} are the same whoever pays for NPQs.", f"Split one of {splittable}.")


def _table(asked: Asked) -> pl.DataFrame:
    """Follow what is asked for; else starts where two years have both kinds of funding, else participants.

    Raises:
        UsageError: Neither kind of funding is at hand.
    """
    if asked.measure:
        return asked.trend(by="funding")
    starts, people = (_tried(asked, measure) for measure in ("starts", "participants"))
    is_people = _worth(people) > _worth(starts)
    return asked.trend(by="funding", measure="participants" if is_people else "starts")


def _tried(asked: Asked, measure: str) -> pl.DataFrame:
    """Follow a measure; where there is none of it, give no rows."""
    try:
        return asked.trend(by="funding", measure=measure, say=silent)
    except UsageError:
        return pl.DataFrame(schema=TREND)


def _worth(table: pl.DataFrame) -> tuple[int, bool]:
    """Say how many years have both kinds of funding, up to two, and whether there is anything at all."""
    known = table.filter(pl.col("value").is_not_null() & pl.col("funding").is_in(PARTS))
    both = known.group_by("period").agg(pl.col("funding").n_unique()).filter(pl.col("funding") == 2)
    return min(both.height, 2), not known.is_empty()


def _of_one_basis(table: pl.DataFrame) -> pl.DataFrame:
    """Keep one span of counting, in the year or since 2021: that with more figures, else in the year."""
    known = table.filter(pl.col("value").is_not_null()).get_column("basis").to_list()
    best = max(("in-year", "cumulative"), key=known.count)
    return table.filter(pl.col("basis") == best)


def _whole(cells: Cells, shares: Shares, year: AcademicYear) -> str:
    """Write under a year what its shares are of."""
    total = cells.get(("all", year.code))
    if total and is_at_hand(total):
        return f"all: {wording.cell(total['value'], total['symbol'], total['unit'])}"
    share = shares.get(("funded", year.code))
    return f"both: {number(share.whole)}" if share else ""


def _bar(row: Row | None, share: Share | None) -> Bar:
    if row is None or not is_at_hand(row):
        return NOT_AT_HAND
    words = [
        *([f"{number(share.value, '%')} of {'all' if share.is_published else 'both'}"] if share else []),
        *([SO_FAR] if is_unfinished(row) else []),
    ]
    return Bar(
        value=row["value"],
        figure=wording.cell(row["value"], row["symbol"], row["unit"]),
        words=tuple(words),
        is_unfinished=is_unfinished(row),
        is_official=is_official(row),
    )


def _finding(rows: Sequence[Row], cells: Cells, shares: Shares) -> str:
    """Say how the non-funded share moved in the newest finished year; without shares, how the figures did."""
    own = {
        period: share.value
        for (funding, period), share in sorted(shares.items())
        if funding == "non-funded" and not is_unfinished(cells[funding, period])
    }
    if not own:
        return headline.of_trend([row for row in rows if row["funding"] in PARTS])
    period = max(own)
    before = own.get(AcademicYear.of_code(period).before.code)
    row = {**cells["non-funded", period], "funding": "all"}
    short, what = (headline.lowered(headline.subject(row, has_place=has_place)) for has_place in (False, True))
    told = _moved(before, own[period], label(period))
    return headline.fitting(f"Non-funded share of {what} {told}", f"Non-funded share of {short} {told}")


def _moved(before: float | None, after: float, year: str) -> str:
    now = number(after, "%")
    if before is None:
        return f"was {now} in {year}"
    then = number(before, "%")
    if then == now or not rounded(abs(after - before), 1):
        return f"hardly changed in {year}, at {now}"
    return f"{'rose' if after > before else 'fell'} from {then} to {now} in {year}"


def _listed(years: Sequence[AcademicYear], parts: Sequence[Panel], wholes: Sequence[str]) -> str:
    """Write every figure and share, for the text alternative."""
    whole = ", ".join(f"{year.label} {words}" for year, words in zip(years, wholes, strict=True) if words)
    return "; ".join([panels.listed_values(parts, years), *([f"under the years: {whole}"] if whole else [])])


def _drawn(rows: Sequence[Row], shares: Shares) -> pl.DataFrame:
    """Give a row for each figure that is drawn or written under a year, with its share of all."""
    kept = [row for row in rows if is_at_hand(row)]
    found = [shares.get((row["funding"], row["period"])) for row in kept]
    return data.joined(kept, [_shared(share) for share in found], _COLUMNS)


def _shared(share: Share | None) -> Row:
    if share is None:
        return {"share_pct": None, "share_of": None, "share_origins": []}
    return {"share_pct": share.value, "share_of": share.whole, "share_origins": list(share.origins)}
