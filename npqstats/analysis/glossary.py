"""Lists that need no data: what the words mean."""

import polars as pl

from npqstats.analysis.columns import described
from npqstats.vocabulary.courses import prospectus
from npqstats.vocabulary.events import events as timeline
from npqstats.vocabulary.funding import FUNDING_RULES
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.symbols import SYMBOLS


def measures() -> pl.DataFrame:
    """List what is counted."""
    return pl.DataFrame(
        [
            {
                "measure": measure.code,
                "unit": measure.unit,
                "adds_up": "yes" if measure.adds_up else "no",
                "unfinished_years": measure.unfinished_years,
                "counts": measure.counts,
            }
            for measure in MEASURES.values()
        ]
    )


def courses() -> pl.DataFrame:
    """List the courses and offers: what for, how long, since when, and who was funded in which year."""
    known = prospectus()
    shortest, longest = known.duration_months
    return pl.DataFrame(
        [
            {
                "code": course.code,
                "name": course.name,
                "group": course.group,
                "for": course.purpose,
                "since": course.began,
                "months": f"{shortest} to {longest}" if course.group != "offer" else None,
                "mandatory_from": course.mandatory_from.isoformat() if course.mandatory_from else None,
                "funded": [
                    f"{year.label}: {rule.who}"
                    for rule in FUNDING_RULES
                    for year in rule.years
                    if course.code in rule.courses
                ],
                "identifier": course.identifier,
                "sources": list(course.sources),
            }
            for course in (*known.courses.values(), *known.offers.values())
        ],
        schema_overrides={"mandatory_from": pl.String},
        infer_schema_length=None,
    )


def events() -> pl.DataFrame:
    """List the policy timeline, oldest first."""
    return pl.DataFrame(
        [
            {
                "date": event.when,
                "year": event.year.label,
                "kind": event.kind,
                "event": event.text,
                "source": event.source,
            }
            for event in timeline()
        ],
        infer_schema_length=None,
    )


def symbols() -> pl.DataFrame:
    """List what stands for missing figures."""
    return pl.DataFrame({"symbol": list(SYMBOLS), "meaning": list(SYMBOLS.values())})


def columns() -> pl.DataFrame:
    """List the columns of the tables that queries see: type, meaning, unit and, where there are few, the values."""
    return pl.DataFrame(
        [
            {
                "column": name,
                "type": column.type_name,
                "holds": column.meaning,
                "unit": column.unit,
                "values": column.dtype.categories.to_list() if isinstance(column.dtype, pl.Enum) else None,
            }
            for name, column in described("observations").items()
        ],
        schema_overrides={"values": pl.List(pl.String)},
    )
