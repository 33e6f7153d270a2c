"""Asks the questions of a report: about one release and, where one was named, one area."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, cast

import polars as pl

from npqstats.analysis.answers import Comparison, Figure, Trend
from npqstats.analysis.compare import compare
from npqstats.analysis.parts import Parts
from npqstats.analysis.question import Question
from npqstats.analysis.trend import trend
from npqstats.catalogue.catalogue import Release
from npqstats.charts.chart import KINDS, chart
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.report.contents import Picture, Statement, row_figures
from npqstats.report.story import Ask
from npqstats.store import parts
from npqstats.tables import documents
from npqstats.tables.table import Document
from npqstats.vocabulary.areas import ENGLAND, Area, region_of
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.numbers import number
from npqstats.wording import story
from npqstats.wording.attribution import publishers


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a report is about; several may share their answers."""

    project: Project
    release: Release
    area: Area | None = None
    """None: England."""
    asked: dict[tuple[str, Question], Comparison | Trend] = field(default_factory=dict, compare=False)
    """Answers so far: 153 authorities' reports ask about England once."""

    @property
    def name(self) -> str:
        """England, or the name of the area."""
        return self.area.name if self.area else ENGLAND[1]

    def of(self, area: Area | None) -> "Subject":
        """Return the same release for another area; None: England."""
        return replace(self, area=area)

    def around(self) -> list["Subject"]:
        """Return the same release for the region of the area, if it is in one that has figures, and for England."""
        region = region_of(self.area) if self.area else None
        return [self.of(region), self.of(None)] if region else [self.of(None)]

    def breakdowns(self) -> dict[str, str]:
        """Return the label of each breakdown that the release has starts by, by slug."""
        rows = parts.read(
            self.project,
            lambda table: (
                table.filter(
                    pl.col("release").cast(pl.String) == self.release.name,
                    pl.col("measure").cast(pl.String) == "starts",
                    pl.col("geographic_level").cast(pl.String) == "National",
                )
                .group_by(pl.col("breakdown", "breakdown_label").cast(pl.String))
                .agg(pl.col("line").min())
                .sort("line")
                .select("breakdown", "breakdown_label")
            ),
        )
        return dict(rows.iter_rows())

    def question(self, ask: Ask) -> Question:
        """Write a question of the story as one about this release and area."""
        year = self.release.year
        return Question(
            years=(year.before, year) if ask.verb == "compare" else (),
            measure=MEASURES[ask.measure] if ask.measure else None,
            by=ask.by,
            areas=(self.area,) if self.area else (),
            release=self.release.name,
        )

    def answer(self, ask: Ask) -> Comparison | Trend:
        """Ask, once.

        Raises:
            UsageError: There is no figure.
        """
        question = self.question(ask)
        if (ask.verb, question) not in self.asked:
            found = (trend if ask.verb == "trend" else compare)(self.project, question)
            if not any(figure.is_known for figure in figures(found)):
                raise UsageError(f"There is no figure of {ask.name}.")
            self.asked[ask.verb, question] = found
        return self.asked[ask.verb, question]

    def statement(self, text: str, *answers: Comparison | Trend) -> Statement:
        """Put its source to a sentence: whoever reported a figure that is stated in it is named."""
        stated = [
            cell
            for answer in answers
            for row in answer.rows
            if any(number(each.value, row.line.measure.unit) in text for each in row_figures(row) if each.is_known)
            for figure in row_figures(row)
            for cell in figure.cells
        ]
        return Statement(text=text, credit=story.credit(self.release, publishers(stated)[1:]))

    def picture(self, ask: Ask) -> Picture | None:
        """Make the chart that shows an answer; None where its figures make none."""
        if ask.chart is None:
            return None
        is_among = ask.verb == "compare" and ask.by in ("region", "local-authority") and self.area is not None
        question = (self.of(None) if is_among else self).question(ask)
        try:
            drawn = chart(
                ask.chart,
                [year.slug for year in question.years] if ask.chart in ("change", "impact") else [],
                project=self.project,
                highlight=self.name if is_among else None,
                **_parts(question, ask.chart),
            )
        except UsageError:
            return None
        return Picture(slug=ask.slug, chart=drawn)


def _parts(question: Question, kind: str) -> Parts:
    """Write those parts of a question that a kind of chart takes."""
    asked: dict[str, Any] = {
        "measure": question.measure.code if question.measure else None,
        "by": question.by,
        "area": [area.name for area in question.areas] or None,
        "release": question.release,
    }
    taken = {name: value for name, value in asked.items() if value and name in KINDS[kind].takes}
    return cast("Parts", taken)


def document(answer: Comparison | Trend) -> tuple[Document, tuple[str, ...]]:
    """Lay an answer out, and return its findings apart; release and source are printed once for the whole report."""
    laid_out = documents.of_trend(answer) if isinstance(answer, Trend) else documents.of_comparison(answer)
    table = replace(laid_out.table, finding=(), source=(), more=())
    return replace(laid_out, table=table), laid_out.table.finding


def figures(answer: Comparison | Trend) -> Iterator[Figure]:
    """Go through the figures of an answer."""
    for row in answer.rows:
        yield from row_figures(row)
