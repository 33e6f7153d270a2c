"""What a chart is asked for, and the answers to it, asked once."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, TypeVar, cast

from npqstats.analysis.answers import Comparison, Line, Status, Trend
from npqstats.analysis.compare import compare
from npqstats.analysis.question import Question
from npqstats.analysis.trend import trend
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import folded, unknown
from npqstats.vocabulary.periods import AcademicYear

Answered = TypeVar("Answered", Comparison, Trend)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What a chart is asked for, and the answers to it."""

    project: Project
    question: Question
    highlight: str | None = None
    answers: dict[object, Comparison | Trend] = field(default_factory=dict, compare=False, repr=False)
    """What was answered so far; charts that are given the same one ask nothing twice."""

    def trend(self, **otherwise: Any) -> Trend:
        """Follow the question through its years, or all; `otherwise` replaces parts of it."""
        asked = replace(self.question, **otherwise)
        first, last = (*sorted(asked.years), None, None)[:2] if len(asked.years) != 1 else (None, asked.years[0])
        return _of_one_basis(self.followed(replace(asked, years=()), first, last))

    def best(
        self, measures: Sequence[str], score: Callable[[Trend], int], fundings: Sequence[str | None] = (None,)
    ) -> "Ask":
        """Ask for the measure, and kind of funding, whose trend has the highest score, the first of equal ones."""
        found = [(-1, self)]
        for code, funding in product(measures, fundings):
            tried = replace(self, question=replace(self.question, measure=MEASURES[code], funding=funding))
            with suppress(UsageError):
                found.append((score(tried.trend()), tried))
        return max(found, key=lambda pair: pair[0])[1]

    def compare(self, **otherwise: Any) -> Comparison:
        """Compare the years asked for, else the newest two whose cohorts are finished; `otherwise` replaces parts."""
        asked = replace(self.question, **otherwise)
        years = asked.years
        if not years:
            found = self.trend(**otherwise | {"like_for_like": False})
            wanted = {Status.PUBLISHED, Status.NEW, *([Status.SO_FAR] if asked.include_unripe else [])}
            done = {point.year for row in found.rows for point in row.points if point.status in wanted}
            known = sorted(done) or found.years
            years = tuple(known[-2:] if known[-1].before not in known else known[-1:])
        if len(years) == 1:
            years = (years[0].before, years[0])
        return _of_one_basis(self.compared(replace(asked, years=years)))

    def followed(self, asked: Question, first: AcademicYear | None = None, last: AcademicYear | None = None) -> Trend:
        """Follow any question through the years, once."""
        key = (asked, first, last)
        if key not in self.answers:
            self.answers[key] = trend(self.project, asked, first=first, last=last)
        return cast("Trend", self.answers[key])

    def compared(self, asked: Question) -> Comparison:
        """Compare the two years of any question, once."""
        if asked not in self.answers:
            self.answers[asked] = compare(self.project, asked)
        return cast("Comparison", self.answers[asked])

    def highlighted(self, lines: Sequence[Line]) -> Line | None:
        """Find the line to be marked among the others, by any of its names or codes.

        Raises:
            UsageError: It is not among them, or there is only one line.
        """
        if self.highlight is None:
            return None
        if len(lines) < 2:
            raise UsageError(
                "There is nothing to highlight in a chart of one line.", "Leave out --highlight, or add --by."
            )
        wanted = folded(self.highlight)
        found = next((line for line in lines if wanted in map(folded, _names(line))), None)
        if found is None:
            raise unknown("line of this chart", self.highlight, [_names(line)[0] for line in lines])
        return found


def _of_one_basis(answer: Answered) -> Answered:
    """Keep the parts of one way of counting, in the year or since 2021: that with more figures, else in the year."""
    if not answer.question.by:
        return answer
    known = dict.fromkeys(sorted({row.line.series.basis for row in answer.rows}, reverse=True), 0)
    for row in answer.rows:
        known[row.line.series.basis] += sum(figure.value is not None for figure in row.figures)
    best = max(known, key=lambda basis: known[basis], default="")
    return replace(answer, rows=tuple(row for row in answer.rows if row.line.series.basis == best))


def _names(line: Line) -> list[str]:
    """List all names of a line, the plainest first."""
    if line.course:
        return [line.course.code or line.course.name, line.course.name, line.course.title]
    if not line.is_total:
        return [line.group_label]
    return [line.area.name, line.area.id, line.area.code, *line.area.aliases, line.series.funding]
