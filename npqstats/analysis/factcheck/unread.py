"""The words of a number's clause that no rule has read: where there are any, the figure may be of something else."""

import re
from functools import cache

from npqstats.analysis.factcheck.quantities import SMALL, Quantity
from npqstats.analysis.factcheck.roles import unhedged
from npqstats.analysis.factcheck.said import Said
from npqstats.analysis.factcheck.windows import AS_OF, Windows
from npqstats.catalogue.catalogue import catalogue
from npqstats.vocabulary.claims import Mention, words
from npqstats.vocabulary.funding import SERIES_BEGAN

_WORD = re.compile(r"(?<![\w’'])[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAYS = (
    r"(?:said|says?|saying|shows?|showed|shown|showing|finds?|found|reveal\w*|report\w*|warn\w*|claim(?:s|ed)?"
    r"|argue[sd]?|notes?|noted|suggest\w*|confirm\w*|indicat\w+|disclos\w+|explain\w*|add(?:s|ed)|announce[sd]?|estimate[sd]?"
    r"|told\b[^,.;:]{0,40}?|heard|learned|asked|know|means?|meant)"
)
_OPENS = re.compile(
    r"^\W*(?:[Dd]ear\s[\w\s]{1,30},\s*)?(?:I|we|you)\b[^,.;:]{0,60}\bthat\b|[;:\u2013\u2014(\"“]|[.!?]\s"
    r"|,\s(?:and|but|while|whereas|although|though|with|so|because|yet|then)\b|\b(?:while|whereas|although|though)\b"
    rf"|\b{_SAYS}\s+(?:that\b)?",
    re.IGNORECASE,
)
"""Where the clause of a number begins: after a mark, a conjunction or a verb of saying."""
_SUBORDINATE = re.compile(
    r"\s*(?:as|after|while|although|though|because|when|despite|following|with|amid|since)\b[^,]{3,120},", re.IGNORECASE
)
_CLOSES = re.compile(
    r",\s(?:according|an?|the|its|as|said|says|which|who|compared|still|just|well|part|despite|after|because|when|with"
    rf"|(?:\w+\s){{1,5}}{_SAYS})\b"
    r"|[)\"”]|\s[\u2013\u2014-]\s|\b(?:because|despite|according|after|as|when|following|amid)\b",
    re.IGNORECASE,
)
"""Where it ends: at an apposition, a source, a reason."""
_PUBLISHED = re.compile(
    r"\b(?:published|publication|releases?|released|data|statistics|as\s+at|as\s+of)\b", re.IGNORECASE
)
_RATE = re.compile(
    r"(?<!\bin )\ba\s+year\b(?!\s+(?:earlier|later|ago|before|on|after|longer)\b)"
    r"|\b(?:(?:per|every|each)\s+year|(?:an?|per|every|each)\s+(?:term|month|week|day)|(?:per|each)\s+(?:school|person|teacher|region))\b"
    r"(?!\s+(?:earlier|later|ago|before|on|after|longer)\b)|\ball\s+but\b",
    re.IGNORECASE,
)
"""What makes a count another one though each of its words is plain: `a year`, `all but`."""
_RANKS = re.compile(
    r"\b(?:first|second|third|fourth)(?:(?:,|\s+and|\s+or)\s+(?:second|third|fourth))?"
    r"\s+(?:(?:academic\s+)?years?|cohorts?|time\s+since|most|highest|largest|biggest|lowest)\b"
    r"|\b\w+\s+years?\s+(?:earlier|ago|later|before|after)\b"
    r"|\bwork(?:ed|ing|s)?\s+(?:patterns?|full|part)\b",
    re.IGNORECASE,
)
_ENDS_OF_YEARS = frozenset({"Jun", "Jul", "Aug", "summ", "Summ"})
_EACH_YEAR = re.compile(r"\b(?:per|each|every)\s+year\b")
_OF_EVERY = re.compile(r"\b[Oo]f\s+every\s+(?:100|hundred)\b")
_LAUNCHED = re.compile(r",\s(?:launched|introduced|mandatory|compulsory)\b")
_SPANS = re.compile(r"\b(?:two|three|four|five|six)(?:\s+academic|\s+full)?\s+years?\b", re.IGNORECASE)
_COUNT_OF_YEARS = re.compile(rf"\b({'|'.join(SMALL)})\s+(?:\w+\s+)?years\b", re.IGNORECASE)


def unread(windows: Windows, q: Quantity, said: Said) -> tuple[str, ...]:
    """List the words of a number's clause that no rule has read: `were awarded`, `in maths`, `a term`."""
    text, (start, end) = windows.text, _clause(windows, q)
    mentions = [*windows.all, *windows.reader.within(start, end, "harmless")]
    is_sum = said.is_sum and len(said.years) > 1
    is_of_years = is_sum or said.role in ("change", "factor") or said.basis == "cumulative"
    known = [(m.start, m.end) for m in mentions if _is_read(m, said, is_of_years=is_of_years)]
    spans = [m.text for m in windows.within(start, end, "basis") if not _is_read(m, said, is_of_years=is_of_years)]
    known += [match.span() for match in _RANKS.finditer(text, start, end)]
    days = list(AS_OF.finditer(text, windows.start, windows.end)) if said.basis and not windows.of("academic") else []
    known += [day.span() for day in days if day["month"] in _ENDS_OF_YEARS]
    spans += [day[0].split()[-2] for day in days if day["month"] not in _ENDS_OF_YEARS]
    known += windows.comparisons
    if is_of_years:
        known += [match.span() for match in _SPANS.finditer(text, start, end)]
    known.append((windows.start + len(unhedged(text[windows.start : q.start])), q.end))
    known += windows.rests
    if len(windows.of("academic")) >= len(windows.inside) > 1:
        known += [match.span() for match in _EACH_YEAR.finditer(text, start, end)]
    known += [match.span() for match in _OF_EVERY.finditer(text, windows.start, q.start)]
    known += [aside for aside in windows.asides if _LAUNCHED.match(text, *aside)]
    known += [span for phrase in windows.reader.phrases[windows.sentence] for span in phrase.spans]
    allowed = _allowed(windows, said)
    left = spans + [match[0] for match in _RATE.finditer(text, start, end) if not _is_within(match, known)]
    predicate = windows.predicate(q)
    for match in (*_WORD.finditer(text, start, end), *_WORD.finditer(text, *predicate)):
        word = match[0].lower().replace("’", "'")
        stem = word.removesuffix("'s").removesuffix("s'")
        if not allowed & {word, stem} and not _is_manner(word) and not _is_within(match, known):
            left.append(match[0])
    return tuple(dict.fromkeys(left))


def _is_read(mention: Mention, said: Said, *, is_of_years: bool) -> bool:
    """Whether a phrase has had its say: not an area that was not taken, nor years that were not added up.

    `Over the four years` is of all years there are since the reform only where these are four.
    """
    if mention.kind == "area" and mention.value[:1] == "?":
        return mention.value == said.area
    if mention.kind == "basis" and (years := _COUNT_OF_YEARS.search(mention.text)) and said.years:
        return SMALL[years[1].lower()] == said.years[-1] // 100 - SERIES_BEGAN // 100 + 1
    return mention.kind != "opinion" and (mention.kind != "span" or is_of_years)


def _is_within(match: re.Match[str], known: list[tuple[int, int]]) -> bool:
    return any(first <= match.start() < last for first, last in known)


def _allowed(windows: Windows, said: Said) -> frozenset[str]:
    """Words that what has been read of the sentence accounts for."""
    told = windows.text[windows.start : windows.end]
    is_dated = _PUBLISHED.search(told) is not None or any(date in told for date in _dates(windows.reader.anchor.newest))
    kinds = {
        "plain": True,
        "beside_changes": said.role in ("change", "factor"),
        "beside_funding": bool(windows.of("funding")),
        "beside_schools": said.counted == "schools" or said.whole == "schools",
        "ends": said.event not in ("complete", "pass"),
        "months": is_dated,
    }
    return frozenset[str]().union(*(words().reading[kind] for kind, is_read in kinds.items() if is_read))


@cache
def _dates(newest: int) -> frozenset[str]:
    """The months in which the release of a year was published, or of which its data are: `June 2025`."""
    releases = [release for release in catalogue().releases.values() if release.year.code == newest]
    days = [day for release in releases for day in (release.published, release.data_as_of) if day]
    return frozenset(f"{day:%B %Y}" for day in days)


def _is_manner(word: str) -> bool:
    return word.endswith("ly") and len(word) > 4 and word not in words().reading["limiting_adverbs"]


def _clause(windows: Windows, q: Quantity) -> tuple[int, int]:
    low, _ = windows.gap_before(q)
    for opening in _OPENS.finditer(windows.text, low, q.start):
        low = opening.end()
    if subordinate := _SUBORDINATE.match(windows.text, low, q.start):
        low = subordinate.end()
    _, high = windows.gap_after(q)
    closing = _CLOSES.search(windows.text, q.end, high)
    return low, closing.start() if closing else high
