"""Answers as documents: a table for people and a frame for programs, with what belongs to both."""

import polars as pl

from npqstats.analysis import frames
from npqstats.analysis.answers import Comparison, Trend, TrendPoint, TrendRow
from npqstats.analysis.question import Question
from npqstats.analysis.show import behind, cells_of
from npqstats.catalogue.catalogue import NO_RELEASE, release
from npqstats.project import Project
from npqstats.tables import comparison, trend
from npqstats.tables.cells import cells
from npqstats.tables.table import Document
from npqstats.wording import changes, labels, notes


def of_comparison(answer: Comparison) -> Document:
    """Lay out a comparison."""
    texts = [changes.in_words(row.change, row.status) for row in answer.rows]
    said = [notes.of_row(row, answer) for row in answer.rows]
    return Document(
        kind="comparison",
        table=comparison.comparison(answer),
        frame=frames.of_comparison(answer, comparison.labels_of(answer), texts, said),
        releases=(answer.release,),
        command=answer.question.command("compare"),
    )


def of_trend(answer: Trend) -> Document:
    """Lay out a trend."""

    def words(row: TrendRow, point: TrendPoint) -> tuple[str, list[str]]:
        return changes.in_words(point.change, point.status), notes.of_trend(row, answer, point.year)

    return Document(
        kind="trend",
        table=trend.trend(answer),
        frame=frames.of_trend(answer, trend.labels_of(answer), words),
        releases=(answer.release,),
        command=answer.question.command("trend"),
    )


def of_cells(frame: pl.DataFrame, asked: Question | None = None, *, title: str = "Published cells") -> Document:
    """Lay out published cells.

    Args:
        frame: What `analysis.show.show` returns.
        asked: The question that they answer, which limits the title.
        title: What they are.
    """
    names = dict.fromkeys(frame.get_column("release").cast(pl.String))
    releases = tuple(release(name) for name in names if name != NO_RELEASE)
    limits = labels.limits(asked) if asked else []
    command = asked.command("show") if asked else ""
    table = cells(frame, ", ".join([title, *limits]))
    return Document(kind="cells", table=table, frame=frame, releases=releases, command=command)


def of_origins(project: Project, answer: Comparison | Trend) -> Document:
    """Lay out the published cells behind an answer."""
    return of_cells(behind(project, cells_of(answer)), title="Published cells behind the table")
