"""Why a claim in words has its verdict: the figures that it is ranked among, and the one that decides."""

from npqstats.analysis.factcheck.judging.derived import Beside
from npqstats.analysis.factcheck.judging.findings import Finding
from npqstats.analysis.facts import Facts, Value
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import number, rounded
from npqstats.vocabulary.periods import label
from npqstats.wording.figures import area, figure, group, source, what

_MOST_NAMED = 4
"""Members of a set that a reason names beside the one that is ranked; of years it names all."""
_ORDINALS = {1: "", 2: "second ", 3: "third ", 4: "fourth "}
_LEADS: dict[str, str | dict[str, str]] = {
    "ranked": {
        "extreme": "It is the {place} of {among}.",
        "than": "It was {more} than in {against}.",
        "pace": "It moved {faster} than in {against}.",
        "first": "In the years from {first} on it had not happened before.",
        "streak": "It {moved} in each of these years.",
    },
    "ranked-not": {
        "extreme": "It is not the {place} of {among}: {against} has {figure}.",
        "than": "It was not {more} than in {against}.",
        "pace": "It did not move {faster} than in {against}.",
    },
    "ranked-beyond": "It is the {outermost} of {among}, not the {place}.",
    "ranked-no-move": "It did not {move} in {year}.",
    "ranked-not-first": "It had happened before, in {against}.",
    "ranked-broken": "It did not {move} in {against}.",
    "ranked-longer": "It {moved} in {against}, too: the run is longer.",
    "ranked-size": "It was {more} than in {against}; whether that is '{size}' is not for the data to say.",
    "ranked-alike": "In {against} it was {figure}.",
    "ranked-tie": "Which is first depends on how it is counted, or two are equal.",
    "ranked-not-again": "It had not happened so often before.",
    "ranked-missing": "The data here have no figure for {missing}.",
    "ranked-unfinished": "Nothing final: courses begun in {unfinished} are unfinished and go on being completed.",
    "ranked-alone": "There is no other year here to rank it among.",
    "ranked-of-what": "The sentence does not say among what it is ranked, or against which year.",
    "ranked-vaguely": "'One of' names no rank that figures could bear out.",
    "ranked-set": "A rank needs all {members}, and the data here lack some: 'npqstats fetch' brings the full files.",
    "ranked-editions": "The figures are of different releases and cannot be set against each other.",
    "ranked-ever": "It is so of {among}; what was before the reform of 2021 is not in these data.",
    "ranked-since-beaten": "It was so at the time, and is no longer: {against} has {figure}.",
}
REASONS = frozenset(_LEADS) | {"target-outcome"}
"""The reasons that `analysis.factcheck.rankings` gives."""


def because(finding: Finding, facts: Facts) -> str:
    """Say in a sentence or two why a claim in words has its verdict."""
    if finding.reason == "target-outcome":
        return _target(finding)
    assert finding.phrase
    leads = _LEADS[finding.reason]
    lead = leads if isinstance(leads, str) else leads[finding.phrase.kind]
    return f"{lead.format_map(_parts(finding, facts))} {_row(finding, facts)}".strip()


def _parts(finding: Finding, facts: Facts) -> dict[str, str]:
    phrase, against = finding.phrase, finding.against
    assert phrase
    years = [one.ask.years[-1] for one in finding.beside]
    missing = [label(year) for year in facts.periods if year not in years]
    years = years or [facts.newest]
    among = f"the years from {label(min(years))} to {label(max(years))}"
    if finding.beside and not _is_by_year(finding):
        among = f"the {len(finding.beside)} {_members(finding)}"
    extreme = "highest" if phrase.sign > 0 else "lowest"
    if phrase.move:
        extreme = f"{'biggest' if phrase.sign > 0 else 'smallest'} {'rise' if phrase.move > 0 else 'fall'}"
    move = (phrase.move or phrase.sign) > 0
    return {
        "place": f"{_ORDINALS[phrase.rank or 1]}{extreme}",
        "outermost": extreme,
        "among": among,
        "more": "more" if phrase.sign > 0 else "less",
        "faster": "faster" if phrase.sign > 0 else "more slowly",
        "move": "rise" if move else "fall",
        "moved": "rose" if move else "fell",
        "size": phrase.size,
        "missing": listed(missing) or "the year before",
        "unfinished": listed([label(year) for year in sorted(facts.unfinished)]),
        "first": label(facts.periods[0]) if facts.periods else "",
        "year": label(finding.ask.years[-1]) if finding.ask else "",
        "members": _members(finding),
        "against": _name(against, finding, facts) if against else "",
        "figure": figure(against.ask, against.value) if against else "",
    }


def _is_by_year(finding: Finding) -> bool:
    return len({one.ask.series for one in finding.beside}) == 1


def _members(finding: Finding) -> str:
    series = finding.ask.series if finding.ask else None
    if series is None:
        return "others"
    if series.location != ENGLAND[0]:
        return {"Regional": "regions"}.get(series.level, "local authorities")
    return {OVERALL: "others", "course": "courses"}.get(series.breakdown, "groups")


def _name(one: Beside, finding: Finding, facts: Facts) -> str:
    series = one.ask.series
    if _is_by_year(finding) or (series.breakdown == OVERALL and series.location == ENGLAND[0]):
        return label(one.ask.years[-1])
    if series.location != ENGLAND[0]:
        return area(series, facts)
    return series.group.upper() if series.breakdown == "course" else group(series, facts)


def _row(finding: Finding, facts: Facts) -> str:
    """Write the figure itself and those beside it: `NPQ starts in 2024/25: 29,818 (2023/24: 43,840; DfE, ...)`."""
    own = next((one for one in finding.beside if one.is_own), None)
    others = [one for one in finding.beside if not one.is_own]
    if own is None and not others:
        return ""
    if not _is_by_year(finding):
        others = sorted(others, key=lambda one: -one.value.value * (finding.phrase.sign if finding.phrase else 1))
        others = others[:_MOST_NAMED]
    named = [f"{_name(one, finding, facts)}: {figure(one.ask, one.value)}" for one in others]
    shown = [own, *others] if own else others
    whose = source(Value(0, tuple(fact for one in shown for fact in one.value.facts)))
    if own is None:
        return f"Known are {'; '.join(named)} ({whose})."
    said = what(own.ask, facts)
    return f"{said[:1].upper()}{said[1:]}: {figure(own.ask, own.value)} ({'; '.join([*named, whose])})."


def _target(finding: Finding) -> str:
    target, started = (next(one for one in finding.beside if one.is_own is is_own) for is_own in (False, True))
    first, last = (label(target.ask.years[end]) for end in (0, -1))
    share = number(float(rounded(100 * started.value.value / target.value.value)), "")
    return (
        f"The target was {number(target.value.value)} NPQ places from {first} to {last} ({source(target.value)}). "
        f"In these years {number(started.value.value)} courses were started, funded or not: {share}% of it "
        f"({source(started.value)})."
    )
