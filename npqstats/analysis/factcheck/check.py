"""A whole text: its numbers and its claims in words, a verdict for each, and how they go together."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from npqstats.analysis.factcheck.asks import settled
from npqstats.analysis.factcheck.judge import Finding, Judge
from npqstats.analysis.factcheck.phrases import may_rank
from npqstats.analysis.factcheck.quantities import Quantity, quantities
from npqstats.analysis.factcheck.rankings import rankings
from npqstats.analysis.factcheck.reader import Reader
from npqstats.analysis.factcheck.said import Anchor
from npqstats.analysis.factcheck.sentences import Sentence
from npqstats.analysis.factcheck.surveys import Survey
from npqstats.analysis.facts import Facts
from npqstats.catalogue.catalogue import release
from npqstats.catalogue.observations import OVERALL
from npqstats.vocabulary.claims import Lexicon, words
from npqstats.vocabulary.tokens import Tokens


def findings(text: str, facts: Facts, surveys: Sequence[Survey] = (), *, as_of: date | None = None) -> list[Finding]:
    """Judge every number in a text that could be a claim about NPQs, and every claim in words.

    Args:
        text: Plain text; offsets in the findings are into it.
        facts: Every cell there is.
        surveys: Answers of surveys.
        as_of: The day of the text, for `last year` and the like; None: the newest release is the day.

    Returns:
        The findings, in order.
    """
    text = _plainly(text)
    tokens = Tokens(text)
    found = quantities(text, tokens)
    if not found and not may_rank(text):
        return []
    reader = Reader(text, tokens, found, lexicon(facts), facts.periods, anchor(facts, as_of))
    read = reader.read()
    wholes = {said.part_of for _, said, _ in read if said.part_of is not None}
    judge = Judge(facts, surveys)
    judged = [judge.one(q, settled(said, facts), q in wholes) for q, said, _ in read]
    where = [sentence for _, _, sentence in read]
    judged = _compared(text, _together(judged, where), where)
    judged = [finding for finding in judged if not finding.said.is_weak or _is_plain(finding)]
    if not reader.is_npq and not reader.is_short:
        return [finding for finding in judged if finding.verdict == "right" and finding.quantity.digits >= 4]
    return sorted([*judged, *rankings(reader, facts)], key=lambda finding: finding.quantity.start)


def _is_plain(finding: Finding) -> bool:
    """Whether a number that might be about something else is so much like a figure that it is worth telling."""
    is_long = finding.quantity.digits >= 4
    return finding.verdict in ("right", "reported", "superseded") or (finding.verdict == "mislabelled" and is_long)


_THOUSANDS = re.compile(r"(?<!\d)\d{1,3},\d{3}(?!\d)|[|]")
_LONG = re.compile(r"[^\s|]{120,}")
_CSV = re.compile(
    r"(?m)^[^,\n\t ][^,\n\t]*(?:,[^,\n\t ][^,\n\t]*)+\n(?:[^,\n\t ][^,\n\t]*(?:,[^,\n\t ][^,\n\t]*)+(?:\n|\Z))+"
)


def _plainly(text: str) -> str:
    """Blank out what no sentence holds (words of hundreds of letters), and part the cells of CSV, at equal length."""
    text = _LONG.sub(lambda match: "·" * len(match[0]), text)
    return _CSV.sub(lambda match: match[0] if _THOUSANDS.search(match[0]) else match[0].replace(",", "\t"), text)


def anchor(facts: Facts, as_of: date | None) -> Anchor:
    """Say what `last year` may mean on a day."""
    newest = facts.newest
    if as_of is None:
        return Anchor(newest, (newest,), (newest,))
    released = [
        int(period)
        for name, evidence, period in facts.names("release", "evidence", "period")
        if (day := release(name).published) is not None and day <= as_of and evidence == "official"
    ]
    current = as_of.year - (as_of.month < 9)
    code = current * 100 + (current + 1) % 100
    known = max(released, default=newest)
    last = (known,) if known == code else (code - 101,)
    return Anchor(min(newest, max(known, last[0])), last, (code,), is_dated=True)


@lru_cache(maxsize=4)
def lexicon(facts: Facts) -> Lexicon:
    """Return the words that come with the package, and the names of areas and groups that the cells have."""
    made = words().lexicon.copy()
    for level, location, name in facts.names("level", "location", "location_name"):
        if level not in ("National", "Regional"):
            made.drop("area", name)
            made.add("area", f"{level}={location}", [name], is_name=True)
    for breakdown, group, name in facts.names("breakdown", "group", "group_label"):
        if breakdown not in (OVERALL, "course") and len(name) > 2 and name not in ("Unknown", "Other", "Overall"):
            made.drop("group", name)
            made.add("group", f"{breakdown}={group}", [name, name.replace(" to ", "-")])
    return made


def _together(judged: list[Finding], where: list[Sentence]) -> list[Finding]:
    """Hold the numbers of a sentence against each other: `from A to B, a drop of C`."""
    out = list(judged)
    for sentence in dict.fromkeys(where):
        places = [n for n, other in enumerate(where) if other is sentence]
        ends = {out[n].said.end: n for n in places if out[n].said.end in ("from", "to", "than")}
        start = ends.get("from", ends.get("than"))
        if start is None:
            continue
        stop = ends.get("to")
        if out[start].verdict in ("wrong", "mislabelled") and out[start].said.end == "from" and stop is None:
            for n in places:
                if out[n].said.role == "change" and out[n].verdict in ("right", "reported"):
                    out[n] = replace(out[n], verdict="unknown", reason="unsure-base")
        if stop is None:
            levels = [
                n
                for n in places
                if out[n].said.role in ("level", "share")
                and n != start
                and out[n].quantity.kind == out[start].quantity.kind
            ]
            stop = levels[0] if levels else None
        if stop is None or out[stop].quantity.kind != out[start].quantity.kind:
            continue
        _hold(out, start, stop, [n for n in places if out[n].said.role in ("change", "factor")])
    return out


_MORE = re.compile(
    r"\b(more|fewer|less|higher|lower|greater|larger|smaller|bigger)\b(?!\s+than\s+[\d£])", re.IGNORECASE
)


def _compared(text: str, judged: list[Finding], where: list[Sentence]) -> list[Finding]:
    """Hold two figures against the word that compares them: `more in York (192) than in Hull (350)`."""
    out = list(judged)
    for sentence in dict.fromkeys(where):
        levels = [n for n, other in enumerate(where) if other is sentence and out[n].said.role in ("level", "share")]
        if len(levels) != 2:
            continue
        first, second = (out[n].quantity for n in levels)
        word = _MORE.search(text, sentence.start, first.start)
        if word is None or first.kind != second.kind or not re.search(r"\bthan\b", text[first.end : second.start]):
            continue
        is_more = word[1].lower() in ("more", "higher", "greater", "larger", "bigger")
        if first.value != second.value and (first.value > second.value) != is_more:
            for n in levels:
                stated = (first.value, second.value)
                out[n] = replace(out[n], verdict="wrong", reason="stated-order", stated=stated)
    return out


def _hold(out: list[Finding], start: int, stop: int, changes: list[int]) -> None:
    before, after = out[start].quantity.value, out[stop].quantity.value
    direction = out[stop].said.direction or out[start].said.direction
    if direction and before != after and (after > before) != (direction > 0):
        for n in (start, stop):
            out[n] = replace(out[n], verdict="wrong", reason="stated-direction", stated=(before, after))
    for n in changes:
        q = out[n].quantity
        if out[n].verdict in ("right", "reported") or not before:
            continue
        stated = _stated(q, before, after)
        if stated is None:
            continue
        if out[n].said.direction and before != after and (after > before) != (out[n].said.direction > 0):
            out[n] = replace(out[n], verdict="wrong", reason="stated-direction", stated=(before, after))
        elif not any(q.fits(value) for value in stated) and out[n].verdict in ("unknown", "mislabelled"):
            out[n] = replace(out[n], verdict="wrong", reason="arithmetic", stated=(before, after, stated[0]))


def _stated(q: Quantity, before: float, after: float) -> tuple[float, ...] | None:
    if q.kind == "count":
        return (abs(after - before),)
    if q.kind == "percent":
        return (abs(100 * (after - before) / before),)
    if q.kind == "points":
        return (round(abs(after - before), 6),)
    if q.kind == "factor":
        return (after / before,)
    return None
