"""Answers in surveys: which of them a sentence speaks of."""

import calendar
import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from npqstats.analysis.factcheck.quantities import Quantity
from npqstats.analysis.factcheck.said import ASIDE, Said
from npqstats.catalogue.catalogue import REPORTED, SURVEY
from npqstats.project import Project
from npqstats.vocabulary.claims import words


@dataclass(frozen=True)
class Survey:
    """An answer in a survey."""

    asked: str
    population: str
    answer: str
    value: str
    publisher: str
    title: str
    published: str
    line: int


_STEM = 5
_ENDING = re.compile(r"(?:es|ed|ing|s|e)$")
_EMPTY = words().reading["empty_in_surveys"]
_NOT_LIMITS = ("time", "forecast")
"""Groups of words that say when people were asked, or what they mean to do."""
_MONTH = re.compile(rf"\b(?:{'|'.join(calendar.month_name[1:])})\b(?!\s+(?:have|be)\b)")
_WITH_NO = re.compile(
    r"\b(?:with\s+no|without\s+any|who\s+(?:have|had|hold|held)\s+(?:no|(?:not|never)\s+\w+\s+an?))\s+(?=NPQs?\b)",
    re.IGNORECASE,
)
_NO = re.compile(r"\b(?:not|no|never|none|nobody)\b|n['’]t\b", re.IGNORECASE)


def surveys(project: Project) -> list[Survey]:
    """Read the survey answers beside the reported figures, each with its line; they are never mixed with the cells."""
    path = project.raw / REPORTED / f"{SURVEY}.csv"
    if not path.is_file():
        return []
    names = [field.name for field in fields(Survey) if field.name != "line"]
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [Survey(**{name: row[name] for name in names}, line=line) for line, row in enumerate(rows, 2)]


def matching(surveys: Sequence[Survey], q: Quantity, said: Said) -> Survey | None:
    """Find the answer that a number is: of those who are named, in that year, by its own words, and not denied."""
    said = said._replace(told=_WITH_NO.sub("without ", said.told))
    for survey in surveys:
        number = float("".join(c for c in survey.value if c.isdigit() or c == ".") or "nan")
        is_more = survey.value.startswith("more than")
        is_it = (q.hedge == "above" and abs(q.value - number) < 0.5) if is_more else q.fits(number)
        own = _closeness(survey, said.told)
        is_other = any(_closeness(other, said.told) > own for other in surveys)
        if is_it and any(own) and not is_other and _asks_this(survey, said):
            return survey
    return None


def _stems(text: str) -> frozenset[str]:
    """Cut the words of a text to their stems, so that `employability` and `employable` are one, and `job prospects`."""
    same = words().same_in_surveys
    found = (same.get(word, word) for word in re.findall(r"[^\W\d_]{4,}", text.lower()))
    return frozenset(_ENDING.sub("", word)[:_STEM] for word in found if word not in _EMPTY)


def _closeness(survey: Survey, told: str) -> tuple[float, float]:
    """Return the share of the words of an answer that the clause of a number has, and its sentence."""
    answer = _stems(survey.answer)
    near, far = (len(answer & _stems(part)) / max(1, len(answer)) for part in (told.partition(ASIDE)[0], told))
    return near, far


def _asks_this(survey: Survey, said: Said) -> bool:
    """Whether a sentence names those who were asked and nobody else, and does not say the opposite of their answer."""
    text = f"{survey.population} {survey.answer}"
    limits = [(part.partition("=")[2] or part).lstrip("?") for part in (said.group, said.area)]
    limits = [limit for limit in limits if limit not in _NOT_LIMITS]
    asked = {f"{date.fromisoformat(f'{day[:7]}-01'):%B}" for day in (survey.asked, survey.published)}
    return (
        _stems(survey.population) <= _stems(said.told)
        and all(not limit or _stems(limit.replace("-", " ")) & _stems(text) for limit in limits)
        and bool(_NO.search(said.told)) == bool(_NO.search(text))
        and set(re.findall(r"\b20\d\d\b", said.told)) <= {survey.asked[:4], survey.published[:4]}
        and set(_MONTH.findall(said.told)) <= asked
    )
