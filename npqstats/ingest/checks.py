"""What must hold between the figures of one file. What does not hold is listed as a disagreement, never corrected."""

from collections.abc import Iterator

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.catalogue.catalogue import Layout
from npqstats.ingest.disagreement import Disagreement
from npqstats.ingest.faults import LINE
from npqstats.ingest.missing import CELL, MOST_KEPT, missing
from npqstats.vocabulary.courses import is_course_subtotal
from npqstats.vocabulary.measures import MEASURES

_SLACK_OF_AREAS = 0.001
"""Regions may miss England by this share: some participants have no region."""
_SLACK_OF_PEOPLE = 0.05
"""Share by which people counted in several groups may exceed people counted once."""
_LIKELY_SHARE = 50
"""Per cent of all teachers in a year: more is not likely."""
_JUMP = 10
"""Factor between two years that only an error explains, for counts of at least `_LARGE`."""
_LARGE = 200
_ENOUGH = 20
"""Cells from which a column is judged as a whole."""
_MOSTLY = 0.8
_COUNTS = [code for code, measure in MEASURES.items() if not measure.is_rate]
_POPULATIONS = [code for code, measure in MEASURES.items() if measure.is_population]


def within(observations: pl.DataFrame, layout: Layout, source: str, edition: str) -> list[Disagreement]:
    """Check the figures of one file against each other.

    Args:
        observations: The file, with the columns of `observations.SCHEMA`.
        layout: Its layout, for the decimals of its rates.
        source: Its name under data/raw/.
        edition: Its release.
    """
    names = [*CELL[1:], "region", "group_label", "location_name", "measure", "symbol", "column", "course"]
    cells = observations.with_columns(pl.col(names).cast(pl.String))
    numbers = cells.filter(pl.col("value").is_not_null())
    found = [
        *_columns(numbers, layout),
        *_fundings(numbers),
        *_groups(numbers, cells),
        *_areas(numbers, cells),
        *_years(numbers),
        *_odd_columns(cells, numbers),
    ]
    listed = [one for frame in found for one in _listed(frame, source)]
    return listed + list(missing(cells, layout, source, edition))


def _listed(frame: pl.DataFrame, source: str) -> Iterator[Disagreement]:
    for row in frame.sort(LINE).head(MOST_KEPT).select("rule", LINE, "column", "raw", "what").iter_rows():
        rule, line, column, raw, what = row
        yield Disagreement(rule=rule, source=source, line=line, column=column, cell=raw, what=what)


def _of(cells: pl.DataFrame, measure: str, *names: str) -> pl.DataFrame:
    return cells.filter(pl.col("measure") == measure).select(*names)


def _columns(numbers: pl.DataFrame, layout: Layout) -> Iterator[pl.DataFrame]:
    """Cells of one row: parts within their wholes, rates as their counts."""
    here = set(numbers.get_column("measure").unique())
    for code in [name for name in MEASURES if name in here]:
        measure = MEASURES[code]
        mine = numbers.filter(pl.col("measure") == code)
        if measure.part_of in here:
            both = _beside(mine, numbers, measure.part_of, " whole")
            yield both.filter(pl.col("value") > pl.col("value whole")).with_columns(
                rule=pl.lit("part-within-total"),
                what=pl.format("{} is more than {} in the column {}", "raw", "raw whole", "column whole"),
            )
        if code == "participants" and "starts" in here:
            both = _beside(mine, numbers, "starts", " whole").filter(pl.col("value whole") >= _ENOUGH)
            yield both.filter(pl.col("value whole") > 2 * pl.col("value")).with_columns(
                rule=pl.lit("starts-per-person"),
                what=pl.format("{} people with {} starts: more than two each", "raw", "raw whole"),
            )
        if measure.is_rate and {measure.numerator, measure.denominator} <= here:
            both = _beside(mine, numbers, measure.numerator, " over")
            both = _beside(both, numbers, measure.denominator, " under")
            exact = 100 * pl.col("value over") / pl.col("value under")
            slack = 0.5 * 10.0**-layout.rate_decimals + 1e-9
            yield both.filter(pl.col("value under") > 0, (exact - pl.col("value")).abs() > slack).with_columns(
                rule=pl.lit("rate-as-counts"),
                what=pl.format(
                    "{}% is printed, {} / {} is {}%",
                    "raw",
                    "raw over",
                    "raw under",
                    exact.round(layout.rate_decimals + 2),
                ),
            )
            yield both.filter(pl.col("value over") > pl.col("value under")).with_columns(
                rule=pl.lit("part-within-total"),
                what=pl.format("{} is more than {} in the column {}", "raw over", "raw under", "column under"),
            )
        if code == "workforce-share":
            yield mine.filter(pl.col("value") > _LIKELY_SHARE).with_columns(
                rule=pl.lit("likely-share"), what=pl.format("{}% of all teachers is more than can be likely", "raw")
            )


def _beside(mine: pl.DataFrame, numbers: pl.DataFrame, measure: str, suffix: str) -> pl.DataFrame:
    """Join the cells of another measure in the same row, for the same funding and basis; a population for any."""
    on = [LINE] if MEASURES[measure].is_population else [LINE, "funding", "basis"]
    theirs = _of(numbers, measure, *on, "value", "raw", "column").unique(on, keep="first")
    return mine.join(theirs.rename({name: name + suffix for name in ("value", "raw", "column")}), on=on)


def _fundings(numbers: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Funded and non-funded within all; where a measure adds up, exactly all."""
    on = [name for name in CELL if name != "funding"] + ["measure"]
    kept = [*on, "value", "raw", LINE, "column"]
    by = {name: numbers.filter(pl.col("funding") == name).select(kept) for name in ("all", "funded", "non-funded")}
    counts = pl.col("measure").is_in(_COUNTS) & ~pl.col("measure").is_in(_POPULATIONS)
    for name in ("funded", "non-funded"):
        both = by[name].join(by["all"], on=on, suffix=" all", nulls_equal=True)
        yield both.filter(counts, pl.col("value") > pl.col("value all")).with_columns(
            rule=pl.lit("part-within-total"),
            what=pl.format(f"{{}} {name} is more than {{}} of all funding, line {{}}", "raw", "raw all", f"{LINE} all"),
        )
        yield both.filter(pl.col("measure").is_in(_POPULATIONS), pl.col("value") != pl.col("value all")).with_columns(
            rule=pl.lit("one-population"),
            what=pl.format(f"{{}} in the {name} row, {{}} in line {{}}", "raw", "raw all", f"{LINE} all"),
        )
    parts = by["funded"].join(by["non-funded"], on=on, suffix=" own", nulls_equal=True)
    whole = by["all"].join(parts, on=on, suffix=" funded", nulls_equal=True)
    total = pl.col("value funded") + pl.col("value own")
    adds_up = pl.col("measure").is_in([code for code in _COUNTS if "funding" in MEASURES[code].adds_up_over])
    is_off = pl.when(adds_up).then(total != pl.col("value")).otherwise(pl.col("value") > total)
    yield whole.filter(counts, is_off).with_columns(
        rule=pl.lit("parts-add-up"),
        what=pl.format(
            "{} is printed, funded {} and non-funded {} are {}", "raw", "raw funded", "raw own", total.cast(pl.Int64)
        ),
    )


def _groups(numbers: pl.DataFrame, cells: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Groups of a breakdown within the total of their area, and together the total."""
    subtotals = [one for one in cells.get_column("group_label").unique() if one and is_course_subtotal(one)]
    is_group = (
        (pl.col("breakdown") != table.OVERALL) & (pl.col("group") != table.OVERALL) & pl.col("measure").is_in(_COUNTS)
    )
    on = ["time_period", "area", "funding", "basis", "measure"]
    totals = numbers.filter(pl.col("breakdown") == table.OVERALL).select(*on, "value", "raw", LINE)
    both = numbers.filter(is_group).join(totals, on=on, suffix=" total")
    yield both.filter(pl.col("value") > pl.col("value total")).with_columns(
        rule=pl.lit("part-within-total"),
        what=pl.format("{} is more than the total {}, line {}", "raw", "raw total", f"{LINE} total"),
    )
    parts = cells.filter(is_group, ~pl.col("group_label").is_in(subtotals), ~pl.col("measure").is_in(_POPULATIONS))
    yield from _sums(parts, totals, [*on, "breakdown"], on, 0.0)


def _areas(numbers: pl.DataFrame, cells: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Regions together England; authorities together their region."""
    on = ["time_period", "funding", "basis", "breakdown", "group", "measure"]
    counted = pl.col("measure").is_in(_COUNTS)
    level = pl.col("geographic_level")
    nation = numbers.filter(level == "National", counted).select(*on, "value", "raw", LINE)
    yield from _sums(cells.filter(level == "Regional", counted), nation, on, on, _SLACK_OF_AREAS)
    regions = numbers.filter(level == "Regional", counted).select(*on, "value", "raw", LINE, region="area")
    local = cells.filter(level == "Local authority", counted, pl.col("region").is_not_null())
    yield from _sums(local, regions, [*on, "region"], [*on, "region"], _SLACK_OF_AREAS)


def _sums(
    parts: pl.DataFrame, totals: pl.DataFrame, by: list[str], on: list[str], slack: float
) -> Iterator[pl.DataFrame]:
    """Compare sums of parts with printed totals.

    Too much is always listed; too little only where no part is withheld, and where other sums of the same kind in the
    file show that its parts are all there.
    """
    kind = [name for name in ("breakdown", "measure") if name in by]
    sums = (
        parts.group_by(by)
        .agg(
            pl.col("value").sum().alias("sum"),
            pl.col("value").null_count().alias("symbols"),
            pl.len().alias("parts"),
            pl.col(LINE).min().alias("first"),
            pl.col("column").first(),
        )
        .join(totals, on=on)
        .filter(pl.col("parts") > 1)
    )
    adds_up = pl.col("measure").is_in(
        [code for code in _COUNTS if MEASURES[code].adds_up or MEASURES[code].is_population]
    )
    room = pl.max_horizontal(pl.col("value") * slack, pl.lit(3.0 if slack else 0.0))
    room = pl.when(pl.col("measure").is_in(_POPULATIONS)).then(pl.col("value") * 0.01 + 5).otherwise(room)
    over = pl.when(adds_up).then(room).otherwise(pl.col("value") * _SLACK_OF_PEOPLE + 5)
    off = pl.col("sum") - pl.col("value")
    is_even = (off >= -room) & (off <= over) & (pl.col("symbols") == 0)
    sums = sums.with_columns(
        is_kept=(is_even.any().over(kind) | (pl.col("parts") >= _complete(by)))
        & (pl.col("parts") >= pl.col("parts").max().over(kind) * _MOSTLY)
    )
    is_off = (off > over) | ((off < -room) & (pl.col("symbols") == 0) & pl.col("is_kept"))
    yield sums.filter(is_off).with_columns(
        rule=pl.lit("parts-add-up"),
        what=pl.format(
            "{} is printed, its {} parts from line {} on are {}", "raw", "parts", "first", pl.col("sum").round(1)
        ).str.replace(r"\.0$", ""),
    )


def _complete(by: list[str]) -> int:
    """How many parts are taken to be all of them: nine regions, and most courses."""
    return 6 if "area" in by else 9 if "region" not in by else 1000


def _years(numbers: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """One series through the years: cumulative figures never fall, and no two years are the same or far apart."""
    series = [*(name for name in CELL if name != "time_period"), "measure"]
    kept = ["time_period", *series, "value", "raw", LINE, "column"]
    now = numbers.select(*kept, before=pl.col("time_period") - 101)
    both = now.join(
        numbers.select(kept),
        left_on=["before", *series],
        right_on=["time_period", *series],
        suffix=" before",
        nulls_equal=True,
    )
    is_count = pl.col("measure").is_in(_COUNTS)
    is_population = pl.col("measure").is_in(_POPULATIONS)
    was, is_now = pl.col("value before"), pl.col("value")
    yield both.filter(pl.col("basis") == "cumulative", is_count, ~is_population, is_now < was).with_columns(
        rule=pl.lit("cumulative-grows"),
        what=pl.format("{} since 2021, and {} a year earlier, line {}", "raw", "raw before", f"{LINE} before"),
    )
    same = (
        both.filter(is_count, ~is_population, pl.col("basis") == "in-year")
        .with_columns(is_same=(is_now == was) & (is_now >= _LARGE))
        .filter((pl.col("is_same").all() & (pl.len() > 1)).over(LINE))
        .unique(LINE, keep="first")
    )
    yield same.with_columns(
        rule=pl.lit("years-differ"),
        what=pl.format("every count of the row is that of the year before, line {}", f"{LINE} before"),
    )
    factor = pl.max_horizontal(is_now, was) / pl.min_horizontal(is_now, was)
    least = pl.min_horizontal(is_now, was)
    is_jump = (
        pl.when(is_population).then((factor > 1.5) & (least >= _LARGE)).otherwise((factor > _JUMP) & (least >= _LARGE))
    )
    unfinished = [code for code in _COUNTS if MEASURES[code].has_unfinished]
    yield both.filter(is_count, ~pl.col("measure").is_in(unfinished), is_jump).with_columns(
        rule=pl.lit("no-jump"),
        what=pl.format("{}, and {} the year before, line {}", "raw", "raw before", f"{LINE} before"),
    )
    in_year = numbers.filter(pl.col("basis") == "in-year")
    ever = numbers.filter(pl.col("basis") == "cumulative", is_count)
    on = [name for name in ("time_period", *series) if name != "basis"]
    yield (
        ever.join(in_year.select(*on, "value", "raw", LINE), on=on, suffix=" year")
        .filter(~is_population, pl.col("value") < pl.col("value year"))
        .with_columns(
            rule=pl.lit("part-within-total"),
            what=pl.format("{} since 2021 is less than {} in the year, line {}", "raw", "raw year", f"{LINE} year"),
        )
    )


def _odd_columns(cells: pl.DataFrame, numbers: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Whole columns that are rounded, withheld or a copy of another; a total of England that is withheld."""
    for (column,), mine in numbers.filter(pl.col("measure").is_in(_COUNTS)).group_by("column", maintain_order=True):
        large = mine.filter(pl.col("value") > _ENOUGH)
        if large.height < _ENOUGH:
            continue
        step = next((step for step in (1000, 100, 10, 5) if (large.get_column("value") % step == 0).all()), None)
        if step:
            yield large.head(1).with_columns(
                rule=pl.lit("not-rounded"), what=pl.lit(f"every figure in the column {column} is a multiple of {step}")
            )
    for _, mine in cells.group_by("column", maintain_order=True):
        if mine.height >= _ENOUGH and mine.get_column("value").null_count() == mine.height:
            yield mine.head(1).with_columns(
                rule=pl.lit("has-numbers"), what=pl.lit("no cell of the column is a number")
            )
    is_nation = (pl.col("geographic_level") == "National") & (pl.col("breakdown") == table.OVERALL)
    is_hidden = (
        pl.col("symbol").is_in(["c", "u", "x"]) & pl.col("measure").is_in(_COUNTS) & (pl.col("funding") == "all")
    )
    yield cells.filter(is_nation, is_hidden).with_columns(
        rule=pl.lit("has-numbers"), what=pl.format("the total for England is {}", "raw")
    )
    wide = numbers.filter(pl.col("measure").is_in(_COUNTS)).pivot("column", index=LINE, values="value")
    names = [name for name in wide.columns if name != LINE]
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            pair = wide.select(LINE, one, other).drop_nulls()
            if pair.height >= _ENOUGH and (pair[one] == pair[other]).all():
                first = numbers.filter(pl.col(LINE) == pair[LINE].min(), pl.col("column") == other)
                yield first.with_columns(
                    rule=pl.lit("columns-differ"),
                    what=pl.lit(f"the columns {one} and {other} are the same on every row"),
                )
