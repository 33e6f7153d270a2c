"""What a share is a share of: `84.6 per cent of courses begun`, `one teacher in six`."""

import re

from npqstats.analysis.factcheck.around import BREAK, Around
from npqstats.analysis.factcheck.statement import Statement
from npqstats.vocabulary.claims import Mention, words

_WHO_STARTED = re.compile(r" (?:who (?:have |had )?(?:started|began|begun|took|taken)|taking|on|doing|starting) ")
_STAFF = re.compile(r"\b(?:staff|leaders?|colleagues|professionals|practitioners|educators)\b")
_WHO_COMPLETED = re.compile(r" who (?:have |had )?(?:completed|finished) ")
_OF = re.compile(r"\s*(?:\(|,)?\s*(?:out\s+)?of\s+", re.IGNORECASE)
_LED_BY_OF = re.compile(r"(?:^\W*|\b(?:that|and|but)\s+|[;:]\s+)(?:out\s+)?of\s+(?=[^;:]*$)", re.IGNORECASE)
"""What begins the clause of a share with its whole: `Of the courses begun, 84.6 per cent`."""
_HAVE_BEEN = re.compile(r"\b(?:have|has|had|was|were|been)\b")
_OF_WORD = re.compile(r"\s*(?:of\s+)?(?:the\s+|all\s+|those\s+)?")
_APART = re.compile(r"[.;]|,(?!\d)")


def whole(at: Around, role: str) -> str:
    """Name what a number is a share of: participants, completions, target, staff or what is counted; else nothing."""
    q, statement = at.q, at.statement
    if q.kind not in ("percent", "all", "none") or role not in ("share", "level"):
        return ""
    if inside := statement.passage.within(q.start, q.end, "counted"):
        return _named(statement, inside)  # `one teacher in six`
    of = _OF.match(at.text, q.end, statement.end) or (
        _OF_WORD.match(at.text, q.end, statement.end) if q.is_word else None
    )
    if of:
        counted = at.part_of if q.kind in ("all", "none") else None  # `all of the 26,783 courses`
        later = [other.start for other in at.following if other is not counted]
        end = min([statement.end, of.end() + 60, *later[:1]])
        stop = BREAK.search(at.text, of.end(), statement.end)
        near = statement.within(of.end(), end, "counted", "event", "measure", "funding", "course")
        near = [m for m in near if stop is None or m.start < stop.start()]
        is_bare = not at.text[of.start() : of.end()].strip()
        if near and near[0].kind == "event" and (is_bare or _HAVE_BEEN.search(at.text, of.end(), near[0].start)):
            near = []  # `Four in ten finish.`, `81.7% of the latter have been completed.`
        if near and not _APART.search(at.text, of.end(), near[0].start):
            return _named(statement, near)
    if led := _LED_BY_OF.search(at.left):
        near = statement.within(statement.start + led.end(), q.start, "counted", "event")
        return _named(statement, near) if near else ""
    if statement.carried.counted == "schools" and _is_of_somebody(statement):
        return "schools"  # `Schools took part. By 2024/25 88.4 per cent had had somebody start.`
    return ""


def _is_of_somebody(statement: Statement) -> bool:
    nouns = {m.text.lower() for m in statement.of("counted")}
    return bool(nouns) and nouns <= {"somebody", "someone", "anybody", "anyone"}


def _named(statement: Statement, near: list[Mention]) -> str:  # noqa: PLR0911 (one for each kind of noun)
    first = near[0]
    text, after = first.text.lower(), statement.tokens(first.end, first.end + 40)
    is_noun = first.kind == "counted"
    if any(m.kind == "event" and m.value == "target" for m in near[:2]):
        return "target"
    is_completed = is_noun and first.value == "courses" and after.startswith(" completed ")
    if is_completed or "complet" in text or "finish" in text:
        return "completions"
    if text.startswith(("those", "people")) and _WHO_COMPLETED.match(after):
        return "completions"
    if is_noun and first.value == "people":
        if _STAFF.search(text) and "teach" not in text:
            return "staff"
        is_started = text in words().participants or _WHO_STARTED.match(
            f" who{after}" if text.endswith(" who") else after
        )
        return "participants" if is_started else "people"
    if is_noun:
        return first.value
    if first.kind == "event" and first.value == "start":
        return "courses"
    is_near = any(m.kind == "event" and m.value == "start" and m.end - first.start < 45 for m in near)
    return "participants" if is_near else ""
