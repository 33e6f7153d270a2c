"""Answers in surveys: which of them a sentence speaks of, and whether its number is that."""

import calendar
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from npqstats.analysis.factcheck.reading.said import NUMBER, Said
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.analysis.survey import SurveyAnswer, month, survey_answers
from npqstats.project import Project
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.claims import words
from npqstats.vocabulary.patterns import Pattern, lazy


class Answered(NamedTuple):
    """What a number of a survey is."""

    reason: str = "survey-unknown"
    meant: SurveyAnswer | None = None
    """The answer that the words mean."""
    other: SurveyAnswer | None = None
    """The one that the number is instead."""


class _Part(NamedTuple):
    """What a part of a text says in words of the surveys."""

    asked: frozenset[str]
    answers: frozenset[str]
    """Those that are denied begin with `_NOT`."""
    plain: str


_STEM = 8
_ENDING = lazy(r"(?:es|ed|ing|s|e)$")
_EMPTY = words().reading["empty_in_surveys"]
_OPINION = {("opinion", "")}
_GENERIC = frozenset({"teacher"})
"""Who need not be named where more is said of those asked: `those without an NPQ`."""
_MONTH = lazy(rf"\b(?:{'|'.join(calendar.month_name[1:])})\b(?!\s+(?:have|be)\b)")
_NOT = "not "
_NO = lazy(r"\b(?:not|no|never)\b(?!\s+(?:only|just|least|surprising)\b)")
_WORD = lazy(r"[^\W\d_]{3,}")
_CLAUSE = lazy(r"[,.;:()]|\b(?:and|but|or|who|that|while)\b")
_OTHERWISE = lazy(
    r"(?<!\btwo )(?<!\btwo academic )(?<!\btwo school )\b(?:years?|terms?|months?|decades?)\b"
    r"|\b(?:what|why|how|if|before)\b|\b(?!it|that|there)[a-z]+(?:['\u2019]s|s['\u2019])\s"
)
"""What makes an answer another one: `no plans this year`, `unsure what it is`, `their schools' leadership`."""
_SHORT = lazy(
    rf"{NUMBER}\W+(?:said\s+|answered\s+)?(?:no|(?:did|do|had|have|would|will|were|are)\s+not)\s*(?:$|[^\w\s])"
)
"""A denial of what is asked or said before: `51 per cent did not`."""
_NOT_SAID = lazy(
    r"\b(?:not|never)\s+(?:\w+|(?:[\w'\u2019]+\s+){1,4}that)\s*$"
    r"|\b(?:false|untrue|myth|wrong(?:ly)?|den(?:y|ied|ies)|doubt\w*|disput\w+|reject\w*|hop(?:es?|ed)|fear\w*|predict\w*|forecast\w*"
    r"|expect(?:s|ed)|guess\w*|assum\w+|rumou?rs?)\s+that\s*$"
)
"""Before what nobody said, or not as a fact: `Teacher Tapp never found that`, `It is a myth that`."""
_WITHOUT = lazy(r"\bwho\s+(?:have|had|has)\s+not(?=\s*(?:[,;:]|$))")
_OF_OTHERS = lazy(
    rf"{NUMBER}\s+(?:of|among|amongst|for|from)\s+(?!(?:them|these|it|this|they|those\s+they|the\s+same)\b)"
)
"""A number of people, where none of those whom a survey asked are named: `of schools`."""
_OTHER_SURVEY = Pattern(
    r"\b(?:our|my|members['\u2019]?|another|separate|different|earlier|YouGov|Ipsos|union|charity|council|government|department)(?:['\u2019]s)?\s+"
    r"(?:own\s+)?(?:\w+\s+)?(?:survey|poll)"
    r"|\b(?:survey|poll)\w*\s+(?:of|by|for|from)\s+(?:\w+\s+){0,3}(?:our|members|union)\b"
    r"|\b(?:our|my)\s+(?:own\s+)?(?:\w+\s+)?(?:participant|candidate|teacher|leader|head|member|school|trust|hub|cohort|graduate|delegate|alumni|learner|staff|colleague)s?\b"
    r"|\b(?:survey|poll|study)\s+by\s+(?:the\s+)?(?-i:[A-Z])|(?-i:\b(?!NPQ)[A-Z]{3,})(?:['\u2019]s)?\s+(?:survey|poll)",
    cues="poll|survey|study|our|my",
)
_LIMITS = lazy(
    r"\b(?:(?!of\b)[a-z]+\s+){1,3}(?=(?:teacher|leader|taker|people|those)s?\b)"
    r"|(?<=[srdh]\s)(?:in|at|from|with|under|over|aged|of|whose)\s[^,.;:()]+"
)
"""What is said of some of those asked: `young teachers`, `leaders of trusts`."""
_FRAME = lazy(r"(?:^|[,;:])\s*(?:in|among|amongst|for|at|across|within)\s+((?:(?:the|our|all)\s+)?[a-z]+)")
"""Where, or among whom: `In Wales, Teacher Tapp found that`."""
_FEW = 12
"""Words of a clause up to which it may leave out what was answered: `, as would 64 per cent of primary leaders`."""


def surveys(project: Project) -> tuple[SurveyAnswer, ...]:
    """Read the answers that numbers are held against."""
    return tuple(survey_answers(project))


def answered(surveys: tuple[SurveyAnswer, ...], q: Quantity, said: Said) -> Answered:
    """Hold a number against the answers of those who are named, in that year, by its own words, and not denied."""
    parts = [_part(surveys, told) for told in (*said.told, said.course)]
    meant = [survey for survey in surveys if _is_meant(survey, parts) and _is_of_those(survey, said)]
    is_level = said.role in ("level", "share") and said.end in ("", "than") and q.kind == "percent"
    if not is_level or not _is_all_read(surveys, said, parts):
        return Answered()
    if one := next((survey for survey in meant if _fits(survey, q)), None):
        return Answered("survey", one)
    elsewhere = [one for one in surveys if _fits(one, q) and _is_given(one, parts) and _is_of_those(one, said)]
    if not meant and len(elsewhere) == 1 and any(part.asked for part in parts):
        return Answered("survey-people", elsewhere[0])  # `75% of all teachers`, where it is of those who took headship
    if len(meant) != 1 or not meant[0].value.isdigit() or not any(part.asked for part in parts):
        return Answered()
    one = meant[0]
    if not any(_names(told, one) for told in said.told[:-1]):  # Not where only some other part of the text names it.
        return Answered()
    beside = [survey for survey in surveys if (survey.population == one.population) != (survey.answer == one.answer)]
    other = next((survey for survey in beside if q.hedge in ("", "exact", "about") and _fits(survey, q)), None)
    return Answered("survey-other" if other else "survey-wrong", one, other)


def may_be_answer(surveys: tuple[SurveyAnswer, ...], said: Said) -> bool:
    """Whether a clause has words of the surveys, and one of these is named before any other, or none in an opinion."""
    named = (_is_of_another(surveys, told) for told in said.told)
    is_another = next((other for other in named if other is not None), not said.near & _OPINION)
    near = _part(surveys, said.told[0])
    return not is_another and bool(near.asked or near.answers or said.near & _OPINION)


def _is_of_another(surveys: tuple[SurveyAnswer, ...], told: str) -> bool | None:
    """Whether a part of a text names another survey than these; None where it names none."""
    if _OTHER_SURVEY.search(_unnamed(surveys, told)):
        return True
    return False if any(_names(told, one) for one in surveys) else None


def _unnamed(surveys: tuple[SurveyAnswer, ...], told: str) -> str:
    """Take the names of those who publish the surveys out of a part of a text."""
    for publisher in {survey.publisher for survey in surveys}:
        told = re.sub(re.escape(publisher), "-", told, flags=re.IGNORECASE)
    return told


def _names(text: str, survey: SurveyAnswer) -> bool:
    return survey.publisher.lower() in text.lower()


def _fits(survey: SurveyAnswer, q: Quantity) -> bool:
    """Whether a number is the value of an answer: of `more than 50`, only what is said to be more."""
    number = float("".join(c for c in survey.value if c.isdigit() or c == "."))
    is_more = survey.value.startswith("more than")
    return q.hedge == "above" and abs(q.value - number) < 0.5 if is_more else q.fits(number)


@lru_cache(maxsize=256)
def _part(surveys: tuple[SurveyAnswer, ...], told: str) -> _Part:
    """Read a part of a text in words of the surveys: `haven't done one` is `npqless`, `no plans to` is `not plan`."""
    plain = _plainly(_unnamed(surveys, told))
    asked, answers = set[str](), set[str]()
    people = _stems(tuple(survey.population for survey in surveys))
    given = _stems(tuple(survey.answer for survey in surveys))
    for match in _WORD.finditer(plain):
        stem = _stem(match[0])
        before = _CLAUSE.split(plain[: match.start()])[-1]
        if stem in people:
            asked.add(stem)
        elif stem in given:
            answers.add(_NOT + stem if _NO.search(before) else stem)
    return _Part(frozenset(asked), frozenset(answers), plain)


@cache
def _stems(texts: tuple[str, ...]) -> frozenset[str]:
    """The words that tell answers from each other, or those who were asked, cut to their stems."""
    found = (word for text in texts for word in _WORD.findall(_plainly(text)))
    return frozenset(_stem(word) for word in found if word not in _EMPTY)


def _stem(word: str) -> str:
    return _ENDING.sub("", word)[:_STEM]


def _plainly(text: str) -> str:
    """Put the words that the surveys have in place of those that people use."""
    text, at, out = _WITHOUT.sub("npqless", re.sub(r"n['\u2019]t\b", " not", text.lower())), 0, ""
    for m in words().same_in_surveys.mentions(text):
        out, at = out + text[at : m.start] + m.value, m.end
    return out + text[at:]


def _is_meant(survey: SurveyAnswer, parts: Sequence[_Part]) -> bool:
    """Whether the words of a number are those of an answer, and of those who gave it or of nobody else."""
    asked = _part((survey,), survey.population).asked
    people = next((part.asked for part in parts if part.asked), frozenset())
    others = frozenset[str]() if "leaders" in asked else _GENERIC
    # `51% of teachers, and a further 14% of those without one`: the first are all teachers.
    told = [part for part in parts[1:] if not (parts[0].asked == _GENERIC and NUMBER in part.plain)]
    are_named = people - others <= asked and asked - others <= parts[0].asked.union(*(part.asked for part in told))
    are_named = are_named and bool(people & asked)
    is_of_some = bool(parts[0].asked) or _OF_OTHERS.search(parts[0].plain) is None
    return (are_named or not people) and is_of_some and _is_given(survey, parts)


def _is_given(survey: SurveyAnswer, parts: Sequence[_Part]) -> bool:
    """Whether the words of a number are those of an answer; what its clause leaves out, the nearest other says."""
    own = _part((survey,), f"{survey.population}: {survey.answer}").answers
    near, told = parts[0], next((part for part in parts if part.answers), parts[0])
    is_left_out = told is near or (len(near.plain.split()) <= _FEW and not _NO.search(near.plain))
    given = told.answers
    if told is not near and _SHORT.search(near.plain):
        given, is_left_out = frozenset(each.removeprefix(_NOT) if _NOT in each else _NOT + each for each in given), True
    every = frozenset().union(given, *(part.answers for part in parts))
    return is_left_out and bool(told.answers) and given <= own <= every


def _is_of_those(survey: SurveyAnswer, said: Said) -> bool:
    """Whether a number is said to be of no others than those who were asked, nor of another time or survey."""
    text = _plainly(f"{survey.population} {survey.answer}")
    own = [said.group if "group" not in said.carried else "", *said.without]
    own = [part for part in own if not part.startswith("?")]
    own += [said.area.lstrip("?")] if said.area != ENGLAND[0] and "area" not in said.carried else []
    limits = [_plainly((part.partition("=")[2] or part).replace("-", " ")) for part in own if part]
    asked = {month(day).split()[0] for day in (survey.asked, survey.published)}
    named = [index for index, told in enumerate(said.told) if _names(told, survey)]
    parts = said.told[: named[0] + 1] if named else said.told  # not what was told of another survey before
    told = " ".join(parts)
    return (
        all(_stems((limit,)) & _stems((text,)) for limit in limits)
        and (("course", said.course) not in said.near or said.course.lower() in text or "group" in said.carried)
        and set(re.findall(r"\b20\d\d\b", told)) <= {survey.asked[:4], survey.published[:4]}
        and set(_MONTH.findall(told)) <= asked
        and not any(_is_of_another((survey,), part) for part in parts)
    )


def _is_all_read(surveys: tuple[SurveyAnswer, ...], said: Said, parts: Sequence[_Part]) -> bool:
    """Whether nothing limits those asked or changes what they answered: after the number, a word that nothing reads."""
    known, near = _vocabulary(surveys), parts[0].plain
    told = [each for each in re.split("(?=[,;()])", near) if _part(surveys, each).answers or NUMBER in each]
    lead, _, answer = near[: near.rfind(told[-1]) + len(told[-1])].partition(NUMBER)
    people = next((part for part in parts if part.asked), parts[0])
    clauses = [clause for clause in re.split(r"[,;:.?()]", people.plain) if _part(surveys, clause).asked]
    limits = _LIMITS.findall(" ".join(clauses[-1:])) + [
        m[1] for part in (lead, parts[1].plain) for m in _FRAME.finditer(part)
    ]
    if not any(_names(told, survey) for survey in surveys for told in said.told):
        limits += [lead, parts[1].plain]  # `YouGov found in November 2024 that`
    denied = [_CLAUSE.split(near[m.end() :])[0] for m in _NO.finditer(near)]
    is_read = all(_part(surveys, each).answers for each in denied) or _SHORT.search(near) is not None
    leads = [lead, *(part.plain for part in parts if not part.answers)]
    is_read = is_read and not any(map(_NOT_SAID.search, leads))
    is_same = not any(map(_OTHERWISE.search, (lead, answer)))
    return is_same and is_read and {*re.findall("[a-z]+", answer), *re.findall("[a-z0-9]+", " ".join(limits))} <= known


@cache
def _vocabulary(surveys: tuple[SurveyAnswer, ...]) -> frozenset[str]:
    rows = [f"{row.population} {row.answer} {row.month} {row.month[:3]} {month(row.published)}" for row in surveys]
    told = " ".join([*rows, *words().table["same_in_surveys"], words().table["opinion"]["words"]]).lower()
    plain = (words().reading[name] for name in ("saying", "beside_surveys", "plain"))
    return _EMPTY.union(re.findall(r"[a-z0-9]+", told), *plain)
