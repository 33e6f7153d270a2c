"""What a report is about, and the answers about it: one release and, where one was named, one area."""

from dataclasses import dataclass, field, replace

import polars as pl

from npqstats.analysis.answers import Comparison, Trend
from npqstats.analysis.question import Question
from npqstats.catalogue.catalogue import Release
from npqstats.charts.ask import Ask
from npqstats.charts.chart import KINDS, made
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.report.contents import Picture, Statement
from npqstats.report.plan import Item
from npqstats.store import parquet
from npqstats.tables import documents
from npqstats.tables.table import Document
from npqstats.vocabulary.areas import AREAS, ENGLAND, Area
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.numbers import number
from npqstats.wording import story
from npqstats.wording.attribution import publishers

_OF_TWO_YEARS = ("change", "impact")
"""Kinds of chart that are told which years to compare; the others find the newest."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a report is about; several may share their answers."""

    project: Project
    release: Release
    area: Area | None = None
    """None: England."""
    answers: dict[object, Comparison | Trend] = field(default_factory=dict, compare=False, repr=False)
    """Answers so far: 153 authorities' reports ask about England once."""

    @property
    def name(self) -> str:
        """England, or the name of the area."""
        return self.area.name if self.area else ENGLAND[1]

    @property
    def in_words(self) -> str:
        """The same within a sentence."""
        return self.area.in_words if self.area else ENGLAND[1]

    def of(self, area: Area | None) -> "Subject":
        """Return the same release for another area; None: England."""
        return replace(self, area=area)

    def around(self) -> list["Subject"]:
        """Return the same release for the region of the area, if it is in one that has figures, and for England."""
        region = AREAS.get(self.area.region or "") if self.area else None
        return [self.of(region), self.of(None)] if region else [self.of(None)]

    def breakdowns(self) -> dict[str, str]:
        """Return the label of each breakdown that the release has starts by, by slug."""
        wanted = {"release": self.release.name, "measure": "starts", "geographic_level": "National"}
        rows = parquet.read(
            self.project,
            lambda table: (
                table.filter(**wanted)
                .group_by(pl.col("breakdown", "breakdown_label").cast(pl.String))
                .agg(pl.col("line").min())
                .sort("line")
                .select("breakdown", "breakdown_label")
            ),
        )
        return dict(rows.iter_rows())

    def question(self, item: Item) -> Question:
        """Write a question of the plan as one about this release and area."""
        year = self.release.year
        return Question(
            years=(year.before, year) if item.verb == "compare" else (),
            measure=MEASURES[item.measure] if item.measure else None,
            by=item.by,
            areas=(self.area,) if self.area else (),
            release=self.release.name,
        )

    def answer(self, item: Item) -> Comparison | Trend:
        """Ask, once.

        Raises:
            UsageError: There is no figure.
        """
        question = self.question(item)
        ask = self._ask(question)
        found = ask.followed(question) if item.verb == "trend" else ask.compared(question)
        if not any(figure.is_known for row in found.rows for figure in row.figures):
            raise UsageError(f"There is no figure of {item.name}.")
        return found

    def compared(self, item: Item) -> Comparison:
        """Ask how two years compare, once."""
        found = self.answer(item)
        assert isinstance(found, Comparison)
        return found

    def statement(self, text: str, *answers: Comparison | Trend) -> Statement:
        """Put its source to a sentence: whoever reported a figure that is stated in it is named."""
        stated = [
            cell
            for answer in answers
            for row in answer.rows
            if any(number(each.value, row.line.measure.unit) in text for each in row.figures if each.is_known)
            for figure in row.figures
            for cell in figure.cells
        ]
        return Statement(text=text, credit=story.credit(self.release, publishers(stated)[1:]))

    def picture(self, item: Item, highlight: str | None = None) -> Picture | None:
        """Make the chart that shows an answer; None where its figures make none.

        Args:
            item: With a kind of chart, or none.
            highlight: The line to be marked.
        """
        if item.chart is None:
            return None
        question, takes = self.question(item), KINDS[item.chart]
        question = replace(
            question,
            years=question.years if item.chart in _OF_TWO_YEARS else (),
            measure=question.measure if "measure" in takes else None,
            by=question.by if "by" in takes else None,
        )
        try:
            return Picture(slug=item.slug, chart=made(item.chart, self._ask(question, highlight)))
        except UsageError:
            return None

    def _ask(self, question: Question, highlight: str | None = None) -> Ask:
        return Ask(project=self.project, question=question, highlight=highlight, answers=self.answers)


def document(answer: Comparison | Trend) -> tuple[Document, tuple[str, ...]]:
    """Lay an answer out, and return its findings apart; release and source are printed once for the whole report."""
    laid_out = documents.of_answer(answer)
    table = replace(laid_out.table, finding=(), source=(), more=())
    return replace(laid_out, table=table), laid_out.table.finding
