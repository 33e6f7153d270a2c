"""Answers of surveys, as they are published."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, NamedTuple

from npqstats.catalogue.catalogue import SURVEY
from npqstats.ingest import read
from npqstats.ingest.raw import raw_files
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
            for rows, _ in read.blocks(file):
                yield from map(SurveyAnswer._make, rows.select(SurveyAnswer._fields).iter_rows())


def month(day: str) -> str:
    """Name the month of a day or month: `November 2024` of `2024-11`."""
    return f"{date.fromisoformat(f'{day[:7]}-01'):%B %Y}"
