"""`chart areas`: regions or local authorities side by side."""

import polars as pl

from npqstats.analysis import editions
from npqstats.analysis.places import Place, place, region_of
from npqstats.analysis.question import Question, question
from npqstats.catalogue.catalogue import release
from npqstats.charts import data, dots, headline, scale, standing, strip, tiles
from npqstats.charts.asked import Asked
from npqstats.charts.canvas import Canvas
from npqstats.charts.chart import Chart
from npqstats.charts.notes import marks, notes
from npqstats.charts.offers import Offer, chosen
from npqstats.charts.parts import places
from npqstats.charts.ranking import Ranking, area, ranked
from npqstats.errors import UsageError
from npqstats.tables.moves import Row
from npqstats.vocabulary.areas import REGIONS
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed, plain
from npqstats.wording import wording

_GAP = 22
_BESIDE = 500
"""Width of a plot, at the press size, that holds the tiles beside the dots."""
_MAP = 0.42
"""How much of that width the tiles take."""
_MOST_ROWS = 24
"""Places that get a row with their name each, where the height allows."""
_MOST_NAMED = 6
"""Places that a note names."""


def areas(asked: Asked) -> Chart:
    """Make a chart of places side by side: tiles and dots for regions, a strip of dots for local authorities."""
    highlight = place(asked.project, asked.highlight) if asked.highlight else None
    wanted = _question(asked, highlight)
    offer, others = chosen(asked, wanted)
    table = asked.trend(
        by=wanted.level,
        measure=offer.measure,
        funding=offer.funding,
        basis=offer.basis,
        first=offer.year.slug,
        last=offer.year.slug,
        release=offer.release,
    )
    rows = [row for row in table.to_dicts() if row["geographic_level"] != "National"]
    ranking = _ranking(asked, table.to_dicts(), highlight)
    what = plain(f"{headline.counted(rows)}, {offer.year.label}")
    return Chart(
        kind="areas",
        title=standing.title(rows, ranking),
        subtitle=what,
        alt=f"{_picture(ranking)} of {what}. {standing.values(ranking)}.",
        notes=[*_chosen(asked, wanted, offer, others), *_missing(ranking), *_key(rows, ranking, offer), *notes(rows)],
        credit=wording.credit(offer.release),
        data=_drawn(table, ranking),
        paint=lambda canvas: _paint(canvas, ranking),
    )


def _question(asked: Asked, highlight: Place | None) -> Question:
    """Read the question; without a breakdown, it is by region or by what the highlighted place is."""
    level = highlight.level if highlight and highlight.level != "National" else "Regional"
    found = question(
        measure=asked.measure,
        by=asked.by or level,
        funding=asked.funding,
        basis=asked.basis,
        release=asked.release,
    )
    if found.level == "National":
        raise UsageError(f"A chart of areas is not by {asked.by}.", "Use --by region or --by local-authority.")
    if highlight and highlight.level != found.level:
        hint = "Leave out --by, or highlight another place." if asked.by else "Highlight a region or a local authority."
        raise UsageError(f"{plain(highlight.name)} is not one of the {places(found.level)}.", hint)
    return found


def _ranking(asked: Asked, rows: list[Row], highlight: Place | None) -> Ranking:
    parts = [row for row in rows if row["geographic_level"] != "National"]
    nation = next((row for row in rows if row["geographic_level"] == "National"), None)
    is_comparable = nation is not None and nation["unit"] == "%" and nation["value"] is not None
    found = Ranking(
        areas=ranked(parts, highlight.code if highlight else None),
        unit=parts[0]["unit"],
        kind=places(parts[0]["geographic_level"]),
        nation=area(nation) if nation and is_comparable else None,
        region=_region(asked, highlight),
    )
    if highlight and found.highlighted is None:
        raise UsageError(
            f"There is no row of {plain(highlight.name)} in this chart.",
            f"It has rows of {len(found.areas)} {found.kind}; ask for another year, measure or --funding.",
        )
    return found


def _region(asked: Asked, highlight: Place | None) -> str:
    region = region_of(asked.project, highlight) if highlight and highlight.level != "Regional" else None
    return plain(region.name) if region else ""


def _picture(ranking: Ranking) -> str:
    return "Map of tiles and ranked dot plot" if ranking.is_of_regions else "Ranked dot plot"


def _missing(ranking: Ranking) -> list[str]:
    if not ranking.is_of_regions:
        return []
    found = {area.code for area in ranking.areas}
    missing = [name for code, name in REGIONS.items() if code not in found]
    elsewhere = [area.name for area in ranking.areas if area.code not in REGIONS]
    named = listed(elsewhere) if len(elsewhere) <= _MOST_NAMED else f"{len(elsewhere)} places"
    return [
        *([f"Not in the rows at hand: {listed(missing)}."] if missing else []),
        *([f"Not on the map: {named}."] if elsewhere else []),
    ]


def _chosen(asked: Asked, wanted: Question, offer: Offer, others: list[Offer]) -> list[str]:
    """Say what was chosen where the question left it open."""
    edition = release(asked.release.replace("/", "-")) if asked.release else None
    told = list(editions.not_newest(release(offer.release), editions.at_hand(asked.project), edition))
    if asked.funding is None and offer.funding != "all":
        told.append(f"{offer.funding.capitalize()} only: no rows at hand count all starters by place.")
    newer = [other for other in others if other.year > offer.year and not asked.years]
    unfinished = [other.year.label for other in newer if other.is_unfinished]
    if unfinished and not offer.is_unfinished:
        told.append(f"{listed(unfinished)} {'is' if len(unfinished) == 1 else 'are'} unfinished and not shown.")
    told += [
        f"For {other.year.label} the rows at hand are of {other.places} {places(wanted.level)} only."
        for other in newer
        if other.year.label not in unfinished and other.places < offer.places
    ]
    if not MEASURES[offer.measure].is_rate:
        told.append("These are counts: larger places have more.")
    return told


def _key(rows: list[Row], ranking: Ranking, offer: Offer) -> list[str]:
    """Explain what the marks mean and what is counted."""
    told = marks(rows, "Dashed, hollow")
    if ranking.known:
        told += scale.told(scale.bounds(ranking.values, ranking.unit)[0])
    measure = MEASURES[offer.measure]
    if measure.is_rate:
        told.append(f"{measure.label}: {headline.lowered(measure.counts)}")
    return told


def _drawn(table: pl.DataFrame, ranking: Ranking) -> pl.DataFrame:
    """Give the rows that are drawn, the largest first; England, where it is drawn, last."""
    kept = table if ranking.nation else table.filter(pl.col("geographic_level") != "National")
    order = {area.code: place for place, area in enumerate(ranking.areas)}
    ranks = {area.code: area.rank or None for area in ranking.areas}
    code = pl.col("location_code")
    return (
        data.drawn(kept)
        .with_columns(code.replace_strict(ranks, default=None, return_dtype=pl.Int64).alias("rank"))
        .sort(code.replace_strict(order, default=len(order), return_dtype=pl.Int64), maintain_order=True)
    )


def _paint(canvas: Canvas, ranking: Ranking) -> None:
    if ranking.is_of_regions:
        _paint_regions(canvas, ranking)
    else:
        _paint_dots(canvas, ranking)


def _paint_dots(canvas: Canvas, ranking: Ranking) -> None:
    """Give each place a row where there is room, else set them side by side."""
    is_room = len(ranking.areas) <= _MOST_ROWS and dots.least(canvas, ranking) <= canvas.plot.height
    (dots if is_room else strip).paint(canvas, ranking)


def _paint_regions(canvas: Canvas, ranking: Ranking) -> None:
    """Set the tiles beside the dots, or above them; where the picture is too small for both, draw one."""
    box, gap = canvas.plot, canvas.px(_GAP)
    wide, rows = box.width * _MAP, dots.height(canvas, ranking)
    is_wide = box.width >= canvas.px(_BESIDE)
    if is_wide and max(tiles.height(canvas, wide), rows) <= box.height:
        tiles.paint(canvas.within(box.inset(right=box.width - wide)), ranking)
        dots.paint(canvas.within(box.inset(left=wide + gap)), ranking)
        return
    spare = box.height - gap - tiles.height(canvas, box.width) - rows
    if spare >= 0:
        middle = box.bottom + rows + spare / 2
        tiles.paint(canvas.within(box.inset(bottom=middle + gap - box.bottom)), ranking)
        dots.paint(canvas.within(box.inset(top=box.top - middle)), ranking)
    elif tiles.height(canvas, box.width) <= box.height and all(area.code in tiles.PLACES for area in ranking.areas):
        tiles.paint(canvas, ranking)
    else:
        _paint_dots(canvas, ranking)
