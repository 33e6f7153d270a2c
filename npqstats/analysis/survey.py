"""Answers of surveys, as they are published."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Annotated, NamedTuple

from npqstats.catalogue.catalogue import SURVEY
from npqstats.ingest.raw import RawFile, raw_files
from npqstats.ingest.recognise import header
from npqstats.project import Project
from npqstats.store import manifest


class SurveyAnswer(NamedTuple):
    """An answer of a survey, as published."""

    asked: Annotated[str, "when the question was asked"]
    population: Annotated[str, "who was asked"]
    answer: Annotated[str, "the answer"]
    value: Annotated[str, "the figure as printed"]
    unit: Annotated[str, "unit of the figure"]
    publisher: Annotated[str, "who printed it"]
    title: Annotated[str, "title of the page"]
    published: Annotated[str, "date of publication"]
    url: Annotated[str, "address"]
    note: Annotated[str, "what the collector remarked; empty where nothing"]

    @property
    def month(self) -> str:
        """When people were asked: `November 2024`."""
        return month(self.asked)


def survey_answers(project: Project) -> Iterator[SurveyAnswer]:
    """Read the answers of surveys, which are never mixed with the cells, as they are published."""
    for table in manifest.read(project.observations).all_tables():
        if table.dataset == SURVEY:
            path = project.raw / table.source.partition("!")[0]
            file = next(file for file in raw_files(project.raw, path) if file.source == table.source)
            yield from _rows(file)


def _rows(file: RawFile) -> Iterator[SurveyAnswer]:
    content = file.content()
    columns = header(content, file.source)
    try:
        _, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        answers = [dict(zip(columns, row, strict=True)) for row in rows if any(row)]
    except (ValueError, csv.Error):
        from npqstats.ingest import read  # It needs Polars, and names the line that is at fault.

        answers = [row for block, _ in read.blocks(file) for row in block.iter_rows(named=True)]
    return (SurveyAnswer._make(answer[name] for name in SurveyAnswer._fields) for answer in answers)


def month(day: str) -> str:
    """Name the month of a day or month: `November 2024` of `2024-11`."""
    return f"{date.fromisoformat(f'{day[:7]}-01'):%B %Y}"
