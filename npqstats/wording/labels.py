"""What a row is called in a table, and what it is as the subject of a sentence."""

from npqstats.analysis.answers import Line
from npqstats.analysis.question import FUNDING as BY_FUNDING
from npqstats.analysis.question import Question
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.courses import Course
from npqstats.vocabulary.funding import BASIS, FUNDING
from npqstats.vocabulary.names import listed

BREAKDOWN_NOUNS = {
    "course": ("course", "courses"),
    "region": ("region", "regions"),
    "local-authority": ("local authority", "local authorities"),
    "phase": ("school phase", "school phases"),
    "school-type": ("school type", "school types"),
    "age": ("age group", "age groups"),
    "funding": ("kind of funding", "kinds of funding"),
}


_PAID = {"funded": " funded by DfE", "non-funded": " paid for by the school or participant"}


def nouns(by: str) -> tuple[str, str]:
    """Return the singular and plural noun for the rows of a breakdown."""
    word = by.replace("-", " ")
    return BREAKDOWN_NOUNS.get(by, (f"group by {word}", f"groups by {word}"))


def label(line: Line, asked: Question, *, has_both: bool = False) -> str:
    """Name a row; parts after a comma narrow the row above.

    Args:
        line: The row.
        asked: The question that it answers: what all rows share is not repeated.
        has_both: Whether rows counted in the year and since 2021 are among them.
    """
    measure, series = line.measure, line.series
    parts = [measure.label]
    if asked.is_headline or (asked.by is None and len(asked.areas) < 2):
        if series.funding != "all" and (asked.funding is None or not asked.is_headline):
            parts.append(FUNDING[series.funding].label)
        if line.course and not asked.course:
            parts.append(line.course.code or line.course.name)
    elif asked.by == BY_FUNDING:
        parts = [FUNDING[series.funding].label.capitalize()]
    elif asked.level or len(asked.areas) > 1:
        parts = [line.area.name]
    elif asked.by:
        parts = ["All" if line.is_total else line.course.title if line.course else line.group_label]
    if series.basis == "cumulative" or (has_both and not asked.is_headline):
        parts.append(BASIS[series.basis].label)
    if asked.is_headline and measure.has_unfinished:
        parts.append("by year of start")
    if line.without:
        parts.append("like for like" if asked.like_for_like else f"leaving out {codes(line.without)}")
    return ", ".join(parts)


def limits(asked: Question) -> list[str]:
    """Name what a question limits all rows to, for a title."""
    return [
        *([asked.course.title] if asked.course else []),
        *([FUNDING[asked.funding].label] if asked.funding and asked.funding != "all" else []),
        *([f"counted {BASIS[asked.basis].label}"] if asked.basis else []),
        *([f"leaving out {codes(asked.without)}"] if asked.without else []),
        *(["like for like"] if asked.like_for_like else []),
        *(["unfinished cohorts compared"] if asked.include_unripe else []),
        *([f"sorted by {asked.sort}"] if asked.sort != "published" else []),
    ]


def codes(courses: tuple[Course, ...]) -> str:
    """Name courses by their codes, or by their labels where they have none."""
    return listed([course.code or course.name for course in courses])


def subject(line: Line) -> str:
    """Name a row as the subject of a sentence, with everything that limits it.

    Its place, a course left out, its funding and its basis are never dropped (DESIGN.md, rule 10).
    """
    measure, series = line.measure, line.series
    words = measure.subject
    if line.course:
        words = words.replace("NPQ", line.course.code or line.course.name, 1)
    elif not line.is_total:
        words = f"{words} ({line.group_label})"
    words += _PAID.get(series.funding, "")
    if series.basis == "cumulative":
        words += " since 2021"
    if line.area.id != ENGLAND[0]:
        words += f" in {line.area.in_words}"
    return f"{words}, leaving out {codes(line.without)}," if line.without else words
