"""A small report of published rows, for the tests of the page."""

from __future__ import annotations

import polars as pl

import npqstats
from npqstats.catalogue.catalogue import release
from npqstats.charts import files
from npqstats.project import Project
from npqstats.report.contents import Exhibit, KeyFigure, Picture, Piece, Report, Section, Source
from npqstats.report.page import page
from npqstats.tables.comparison import comparison
from npqstats.tables.trend import trend

BEFORE, AFTER = "2024-25/npq_participants.csv:4:npq_starts", "2024-25/npq_participants.csv:5:npq_starts"


def sample(project: Project, *, disagreements: bool = True) -> Report:
    """Put a report together from what `compare`, `trend` and `chart` give."""
    compared = npqstats.compare("2023-24", "2024-25", project=project)
    through = npqstats.trend(measure="starts", project=project)
    rates = npqstats.trend(measure="completion-rate", by="funding", project=project)
    fall = (
        Piece("NPQ starts fell by "),
        Piece("14,022", (BEFORE, AFTER)),
        Piece(" in 2024/25, to "),
        Piece("29,818", (AFTER,)),
        Piece("."),
    )
    return Report(
        project=project,
        release=release("2024-25"),
        place="England",
        title="National Professional Qualifications: release 2024/25",
        status="Release 2024/25, published 10 July 2025. Official statistics in development.",
        headlines=[fall],
        key_figures=[
            KeyFigure(label="Starts, 2024/25", figure=Piece("29,818", (AFTER,)), change=fall),
            KeyFigure(label="Course not said", figure=Piece("–"), change=(Piece("no figure at hand"),)),
        ],
        sections=[
            Section(
                slug="change",
                title="What changed",
                intro=[fall],
                items=[
                    Exhibit(
                        slug="change",
                        table=compared,
                        sheet=comparison(compared),
                        command="npqstats compare 2023-24 2024-25",
                    )
                ],
            ),
            Section(
                slug="years",
                title="Through the years",
                items=[
                    Picture(
                        slug="starts",
                        chart=npqstats.chart("trend", measure="starts", project=project),
                        command="npqstats chart trend --measure starts",
                    ),
                    Exhibit(
                        slug="starts",
                        table=through,
                        sheet=trend(through),
                        command="npqstats trend --measure starts",
                    ),
                    Exhibit(
                        slug="rates",
                        table=rates,
                        sheet=trend(rates),
                        command="npqstats trend --measure completion-rate --by funding",
                    ),
                    Picture(
                        slug="completion",
                        chart=npqstats.chart("completion", project=project),
                        command="npqstats chart completion",
                    ),
                ],
                missing=["Figures by region stand here once the full participants file is fetched."],
            ),
        ],
        cautions=[(Piece("NPQSENCO began in autumn 2024, so 2023/24 has none."),)],
        disagreements=npqstats.listing("disagreements", project=project)
        if disagreements
        else pl.DataFrame(schema={"source": pl.String, "line": pl.Int64, "column": pl.String, "what": pl.String}),
        sources=[
            Source(
                name="2024-25/npq_participants.csv",
                title="NPQ participants 2024-25",
                release="2024/25",
                published="10 July 2025",
                retrieved="",
                sha256="0" * 64,
                rows=5,
                address="https://explore-education-statistics.service.gov.uk/data-catalogue",
            )
        ],
        command="npqstats report 2024-25",
    )


def written(report: Report) -> str:
    """Write a report's page."""
    return page(report, npqstats.behind(report.origins, project=report.project), drawings(report))


def drawings(report: Report) -> dict[str, bytes]:
    """Draw the pictures of a report."""
    return {picture.slug: files.contents(picture.chart)[".svg"] for picture in report.pictures}
