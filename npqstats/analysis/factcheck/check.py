"""A whole text: its numbers and its claims in words, a verdict for each, and how they go together."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from npqstats.analysis.factcheck.judging.asks import settled
from npqstats.analysis.factcheck.judging.beside_moves import ends_of_moves
from npqstats.analysis.factcheck.judging.consistency import compared, of_them, together
from npqstats.analysis.factcheck.judging.findings import Finding
from npqstats.analysis.factcheck.judging.judge import Judge
from npqstats.analysis.factcheck.judging.rankings import rankings
from npqstats.analysis.factcheck.judging.surveys import may_be_answer
from npqstats.analysis.factcheck.reading.reader import read
from npqstats.analysis.factcheck.reading.said import year_before
from npqstats.analysis.factcheck.scanning.passage import Anchor, Passage
from npqstats.analysis.factcheck.scanning.plain import Plain
from npqstats.analysis.factcheck.scanning.quantities import quantities
from npqstats.analysis.factcheck.scanning.ranking_phrases import may_rank
from npqstats.analysis.facts import Facts
from npqstats.analysis.survey import SurveyAnswer
from npqstats.catalogue.catalogue import release
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.claims import Lexicon, words
from npqstats.vocabulary.names import folded
from npqstats.vocabulary.periods import AcademicYear
from npqstats.vocabulary.tokens import Tokens


def findings(
    text: str, facts: Facts, surveys: Iterable[SurveyAnswer] = (), *, as_of: date | None = None
) -> list[Finding]:
    """Judge every number in a text that could be a claim about NPQs, and every claim in words.

    Args:
        text: Text or Markdown; offsets in the findings are into it.
        facts: Every cell there is.
        surveys: Answers of surveys.
        as_of: The day of the text, for `last year` and the like; None: the newest release is the day.

    Returns:
        The findings, in order.
    """
    plain = Plain(text)
    return [_as_written(plain, finding) for finding in _findings(plain.text, facts, surveys, as_of)]


def _as_written(plain: Plain, finding: Finding) -> Finding:
    """Say where the number of a finding is in the text as it was written, and how it is written there."""
    start, end, quote = plain.as_written(finding.quantity.start, finding.quantity.end)
    return replace(finding, quantity=replace(finding.quantity, start=start, end=end, quote=quote))


def _findings(text: str, facts: Facts, surveys: Iterable[SurveyAnswer], as_of: date | None) -> list[Finding]:
    tokens = Tokens(text)
    found = quantities(text, tokens)
    if not found and not may_rank(text):
        return []
    figures = [q for q in found if q.kind == "count" and q.digits >= 4 and facts.printed(q.value)]
    passage = Passage(text, tokens, found, lexicon(facts), anchor(facts, as_of), figures)
    told = read(passage)
    wholes = {said.part_of for one in told for _, said in one.read if said.part_of is not None}
    judge = Judge(facts, surveys)
    judged: list[Finding] = []
    for one in told:
        of_sentence = together([judge.one(q, settled(said), q in wholes) for q, said in one.read])
        judged += _weighed(compared(text, one.sentence.start, of_sentence))
    judged = ends_of_moves(text, of_them(text, judged), facts)
    kept, is_aside = list[Finding](), False
    for finding in judged:
        is_aside = not _is_plain(finding) and _is_aside(finding, judge.surveys, is_aside)
        kept += [] if is_aside or (finding.said.is_weak and not _is_plain(finding)) else [finding]
    if not passage.is_npq and not passage.is_short:
        return [finding for finding in kept if finding.verdict == "right" and finding.quantity.digits >= 4]
    return sorted([*kept, *rankings(told, facts)], key=lambda finding: finding.quantity.start)


def _is_plain(finding: Finding) -> bool:
    """Whether a number that might be about something else is so much like a figure that it is worth telling."""
    is_long = finding.quantity.digits >= 4
    return finding.verdict in ("right", "reported", "superseded") or (finding.verdict == "mislabelled" and is_long)


def _weighed(judged: list[Finding]) -> list[Finding]:
    """Take a sentence that may be of something else for one of NPQs where a figure of it is one to the decimal."""
    is_told = any(_is_plain(one) and one.quantity.digits >= _TELLING for one in judged)
    return [replace(one, said=one.said._replace(is_weak=False)) for one in judged] if is_told else judged


_TELLING = 3
_OF_NPQS = {"event", "measure", "course", "coverage", "funding", "topic", "area"}
_NOT_ANSWERED = ("survey-unknown", "unread-words", "calendar-year", "before-reforms")
_SMALL = 1000


def _is_aside(finding: Finding, surveys: tuple[SurveyAnswer, ...], is_after: bool) -> bool:
    """Whether a number is one of other things: its clause has nothing that DfE counts: `a trust of 210 staff`.

    A share, a change or a large number only where words of its clause say of what (`signed by 18,460 people`), or
    right after one of other things (`turnover was 9%, down from 13%`).
    """
    q, said = finding.quantity, finding.said
    told = {kind for kind, value in said.near if value not in ("other", "offer", "survey", ENGLAND[0])}
    if finding.verdict != "unknown" or said.is_placed or said.part_of is not None or not told.isdisjoint(_OF_NPQS):
        return False
    if is_after and (said.end or told <= {"direction", "basis", "year"}):
        return True
    if q.kind == "count" and q.value < _SMALL:
        return not (said.end or "year" in told)
    if finding.reason not in _NOT_ANSWERED:
        return False
    if said.event == "survey":
        return q.kind == "count" or not may_be_answer(surveys, said)
    return len(said.unread) > (0 if said.near else 1)


def anchor(facts: Facts, as_of: date | None) -> Anchor:
    """Say what `last year` may mean on a day."""
    newest = facts.newest
    if as_of is None:
        return Anchor(newest, newest, newest, facts.periods)
    released = [
        int(period)
        for name, evidence, period in facts.names("release", "evidence", "period")
        if (day := release(name).published) is not None and day <= as_of and evidence == "official"
    ]
    current = as_of.year - (as_of.month < 9)
    this = AcademicYear(current).code
    known = max(released, default=newest)
    last = known if known == this else year_before(this)
    return Anchor(min(newest, max(known, last)), last, this, facts.periods)


@lru_cache(maxsize=4)
def lexicon(facts: Facts) -> Lexicon:
    """Return the words that come with the package, with the names of areas and groups that the cells have."""
    made = words().lexicon()
    for level, location, name in facts.names("level", "location", "location_name"):
        if level not in ("National", "Regional"):
            made.drop("area", name)
            made.add("area", f"{level}={location}", [name], is_name=True)
    groups = [row for row in facts.names("breakdown", "group", "group_label") if row[0] not in (OVERALL, "course")]
    slugs = {folded(group): f"{breakdown}={group}" for breakdown, group, _ in groups}
    slugs |= {folded(f"{breakdown}-{group}"): f"{breakdown}={group}" for breakdown, group, _ in groups}
    made.rename("group", {name: slugs[folded(name)] for name in words().table["group"] if folded(name) in slugs})
    for breakdown, group, name in groups:
        if len(name) > 2 and name not in ("Unknown", "Other", "Overall"):
            made.drop("group", name)
            names = [name, name.replace(" to ", "-")]
            forms = words().group_forms.get(breakdown, ())
            made.add("group", f"{breakdown}={group}", [*names, *(form.format(one) for form in forms for one in names)])
    return made
