"""The words of claims: phrases that name what is counted, read from claims.toml, and where they stand in a text."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, pairwise, product
from pathlib import Path
from typing import Any, NamedTuple

from npqstats.vocabulary.areas import AREAS, REGIONS
from npqstats.vocabulary.courses import COURSES, OFFERS
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.patterns import lazy
from npqstats.vocabulary.tokens import Tokens, spelled

_BASES = tuple(f" {word} the " for word in ("below", "under", "above", "over", "than", "past"))
_MILESTONES = (" mark ", " milestone ", " barrier ", " threshold ")
"""What makes `the 30,000` a level that was passed, not a figure that another is held against."""


class Mention(NamedTuple):
    """A phrase in a text that says something of the figures near it."""

    start: int
    end: int
    kind: str
    """topic, counted, event, measure, funding, basis, year, span, direction, group, area, course, ..."""
    value: str
    text: str


_TOKEN = re.compile(r"\d+(?:[,.]\d+)*[A-Za-z]*|[^\W\d_][^\W_]*(?:['’]s\b)?")
_DIGITS = re.compile(r"\d+")
_GAP = re.compile(r"(?:[\s\-\u2010\u2011\u2013/&(),'’]|\(){0,3}")
_SCHOOLS = re.compile(r"schools?$|ies$|academy$")
_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_HISSES = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"(?<![aeiou])y$")
_SHORT_VOWEL = re.compile(r"(?<![aeiou])[aeiou][^aeiouwxy]$")
_KINDS = (
    *("topic", "counted", "event", "measure", "funding", "basis", "year", "span", "direction", "group", "old"),
    *("harmless", "month"),
)
"""The kinds of phrases whose meaning depends on the list that they are in."""
_PLAIN_WORDS = ("starts", "participants", "completions", "passes", "schools", "teachers", "starts-target")
"""Measures whose names are words of other meanings, too."""
_IS_SURE = re.compile(
    r"\b(?:[NS]orth|[NS][EW]|[EW]|East|West)\s+(?:East|West|Mid\w*|England)\b|\b(?:and|&)\s+(?:the\s+)?Humber$|Greater"
)
"""Short names of regions that mean nothing else: not `Eastern`, nor `Yorkshire`, which names a council as well."""
_ENGLAND = ("England", "nationally", "national", "across the country", "nationwide")
HEDGES = ("exact", "below", "above", "under", "about")


class Lexicon:
    """Phrases, found in a text word by word; the longest one wins."""

    def __init__(self) -> None:
        """Begin with no phrases."""
        self._added: dict[tuple[str, ...], list[tuple[str, str | None, str, bool]]] = {}
        """What was added, by the first two words: kind, value (None to drop the kind), phrase, whether it is a name."""
        self._known: dict[tuple[str, ...], _Beginning] = {}

    def add(self, kind: str, value: str | None, phrases: Iterable[str], *, is_name: bool = False) -> None:
        """Add phrases, with all their alternatives; a name counts only where it begins with a capital letter."""
        for phrase in phrases:
            for first in _beginnings(phrase):
                self._added.setdefault(first, []).append((kind, value, phrase, is_name))
        self._known.clear()

    def drop(self, kind: str, phrase: str) -> None:
        """Take away what a phrase says of one kind, so that something else can be said."""
        self.add(kind, None, [phrase])

    def rename(self, kind: str, names: Mapping[str, str]) -> None:
        """Put other values in the place of some of one kind."""
        for added in self._added.values():
            for index, (one, value, phrase, is_name) in enumerate(added):
                if one == kind and value is not None and value in names:
                    added[index] = (one, names[value], phrase, is_name)
        self._known.clear()

    def mentions(self, text: str) -> list[Mention]:
        """Find the phrases in a text, in order."""
        tokens = [(match.start(), match.end(), _folded(match[0])) for match in _TOKEN.finditer(text)]
        found: list[Mention] = []
        index = 0
        while index < len(tokens):
            pair = tuple(word for _, _, word in tokens[index : index + 2])
            for words in (pair, pair[:1]):
                if words not in self._added:
                    continue
                if words not in self._known:
                    self._known[words] = _Beginning(words, self._added[words])
                beginning = self._known[words]
                if key := beginning.longest(text, tokens, index):
                    start, end = tokens[index][0], tokens[index + len(key) - 1][1]
                    meanings = beginning.meanings[key]
                    found += [Mention(start, end, kind, value, text[start:end]) for kind, value in meanings]
                    index += len(key)
                    break
            else:
                index += 1
        return found


class _Beginning:
    """The phrases that begin with two words, or are one: their choices are written out once a text has the words."""

    def __init__(self, words: tuple[str, ...], added: Iterable[tuple[str, str | None, str, bool]]) -> None:
        self.meanings: dict[tuple[str, ...], dict[tuple[str, str], None]] = {}
        self._names: set[tuple[str, ...]] = set()
        for kind, value, phrase, is_name in added:
            for key in _keys(phrase):
                if key[:2] != words:
                    continue
                if value is None:
                    for meaning in [meaning for meaning in self.meanings.get(key, ()) if meaning[0] == kind]:
                        del self.meanings[key][meaning]
                    continue
                self.meanings.setdefault(key, {})[kind, value] = None
                if is_name:
                    self._names.add(key)
        self._lengths = sorted({len(key) for key in self.meanings}, reverse=True)

    def longest(self, text: str, tokens: list[tuple[int, int, str]], index: int) -> tuple[str, ...] | None:
        """Return the longest of the phrases that begins with a token."""
        for length in self._lengths:
            run = tokens[index : index + length]
            key = tuple(word for _, _, word in run)
            if key in self.meanings:
                gaps = (text[before[1] : after[0]] for before, after in pairwise(run))
                if all(_GAP.fullmatch(gap.removeprefix(".") if key[0] == "st" else gap) for gap in gaps) and (
                    key not in self._names or text[tokens[index][0]].isupper()
                ):
                    return key
        return None


def plural(noun: str) -> str:
    """Return the plural of a noun, which is also the third person of a verb, for regular ones.

    >>> [plural(word) for word in ("story", "way", "guess")]
    ['stories', 'ways', 'guesses']
    """
    if _CONSONANT_Y.search(noun):
        return noun[:-1] + "ies"
    return noun + ("es" if _HISSES.search(noun) else "s")


def verb_forms(verb: str) -> list[str]:
    """List the forms of a regular verb.

    >>> verb_forms("imply")
    ['imply', 'implies', 'implied', 'implying']
    >>> verb_forms("sum")
    ['sum', 'sums', 'summed', 'summing']
    """
    stem = verb + verb[-1] if len(re.findall("[aeiou]+", verb)) == 1 and _SHORT_VOWEL.search(verb) else verb
    past = _CONSONANT_Y.sub("i", stem.removesuffix("e")) + "ed"
    return [verb, plural(verb), past, stem.removesuffix("e") + "ing"]


def _folded(word: str) -> str:
    word = word.casefold().replace("’", "'")
    return word.removesuffix("'s") if word.endswith("'s") else word


@cache
def _words(phrase: str) -> tuple[str, ...]:
    """Split a phrase into its words, as a text is: a plain one at its spaces."""
    phrase = phrase.casefold().replace("-", " ")
    if phrase.replace(" ", "").isalpha():
        return tuple(phrase.split())
    return tuple(_folded(word) for word in _TOKEN.findall(phrase))


@cache
def _keys(phrase: str) -> list[tuple[str, ...]]:
    """List the words of each phrase that one with choices, which are whole words, stands for.

    >>> _keys("since (the|their) launch(| in 2021)")[:3]
    [('since', 'the', 'launch'), ('since', 'the', 'launch', 'in', '2021'), ('since', 'their', 'launch')]
    """
    if "|" not in phrase:
        return [_words(phrase)]
    return [tuple(chain(*choice)) for choice in product(*_parts(phrase))]


@cache
def _parts(phrase: str) -> list[list[tuple[str, ...]]]:
    return [
        [_words(choice) for choice in part.split("|")] for part in _CHOICE.split(phrase.replace(")'s", ")")) if part
    ]


def _beginnings(phrase: str) -> Iterable[tuple[str, ...]]:
    """List the first two words that a phrase may have; of one with choices, without writing all of them out.

    >>> sorted(_beginnings("(full |)time (staff|teachers)( in|)"))
    [('full', 'time'), ('time', 'staff'), ('time', 'teachers')]
    """
    if "|" not in phrase:
        return [_words(phrase)[:2]]
    heads: set[tuple[str, ...]] = {()}
    for choices in _parts(phrase):
        heads = {(*head, *choice)[:2] for head in heads for choice in choices}
        if min(map(len, heads)) == 2:
            break
    return heads


def _phrases(text: str) -> list[str]:
    """List the phrases of a text of claims.toml, between which are commas and ends of lines."""
    return [phrase for part in text.replace("\n", ",").split(",") if (phrase := part.strip())]


@dataclass(frozen=True)
class Words:
    """What claims.toml has."""

    table: dict[str, Any]

    @cached_property
    def reading(self) -> dict[str, frozenset[str]]:
        """Words that say nothing of what is counted, by where they do not; those of prose do so nowhere."""
        lists = {name: frozenset(text.split()) for name, text in self.table["reading"].items()}
        prose = {name: text.split() for name, text in self.table["prose"].items()}
        verbs = {form for verb in prose["verbs"] for form in verb_forms(verb)}
        nouns = {form for noun in prose["nouns"] for form in (noun, plural(noun))}
        plain, deeds = lists["plain"].union(verbs, nouns, prose["others"]), lists["deeds"].union(verbs, nouns)
        unreal = frozenset(self.table["unreal"]["others"].split())
        unreal |= {form for verb in self.table["unreal"]["verbs"].split() for form in verb_forms(verb)}
        prose_sets = {"prose_nouns": frozenset(nouns), "prose_others": frozenset(prose["others"])}
        return lists | prose_sets | {"plain": plain, "deeds": deeds, "unreal": unreal}

    @cached_property
    def strong(self) -> frozenset[str]:
        """Nouns that are hardly used of anything but NPQs."""
        return frozenset(_phrases(self.table["counted_alone"]["strong"]))

    @cached_property
    def participants(self) -> frozenset[str]:
        """Nouns for people that say themselves that these started."""
        return frozenset(_phrases(self.table["counted_alone"]["participants"]))

    @cached_property
    def group_forms(self) -> dict[str, list[str]]:
        """What people add to the name of a group, by its breakdown."""
        return {breakdown: _phrases(text) for breakdown, text in self.table["group_forms"].items()}

    @cached_property
    def same_in_surveys(self) -> Lexicon:
        """What people put in place of the words of answers in surveys, with these words as values."""
        made = Lexicon()
        for name, text in self.table["same_in_surveys"].items():
            made.add("same", name, _phrases(text))
        return made

    def is_answer(self, text: str) -> bool:
        """Whether a text has words that are hardly used but in answers to surveys."""
        answers = self.reading["answers_in_surveys"]
        return any(not answers.isdisjoint(m.value.split()) for m in self.same_in_surveys.mentions(text.lower()))

    @cached_property
    def _no_claim_at_digits(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{each})" for each in self.table["no_claim"]["numbers"]), re.IGNORECASE)

    @cached_property
    def _no_claim_at_words(self) -> dict[str, list[re.Pattern[str]]]:
        found: dict[str, list[re.Pattern[str]]] = {}
        for first, each in self.table["no_claim"]["patterns"]:
            pattern = lazy(each, re.IGNORECASE)
            for word in first.split():
                found.setdefault(word, []).append(pattern)
        return found

    def no_claims(self, text: str, tokens: Tokens) -> list[tuple[int, int]]:
        """Find what holds a number and claims nothing: dates, money, ages, references."""
        at_digits = (self._no_claim_at_digits.match(text, digits.start()) for digits in _DIGITS.finditer(text))
        cued = (each for cue, each in self.table["no_claim"]["others"] if cue in text)
        others = (match for each in cued for match in re.finditer(each, text, re.IGNORECASE))
        return [match.span() for match in (*at_digits, *self._no_claims_at_words(text, tokens), *others) if match]

    def _no_claims_at_words(self, text: str, tokens: Tokens) -> Iterator[re.Match[str]]:
        end = 0
        for start, word in tokens.listed(0, len(text)):
            for pattern in self._no_claim_at_words.get(word, ()) if start >= end else ():
                if match := pattern.match(text, start):
                    end = match.end()
                    yield match
                    break

    @cached_property
    def all_follows(self) -> re.Pattern[str]:
        """What comes after `all` or `every` where it is a quantity."""
        return re.compile(self.table["no_claim"]["all_follows"], re.IGNORECASE)

    @cached_property
    def none_follows(self) -> re.Pattern[str]:
        """What comes after `nobody` or `none` where it is a quantity."""
        return re.compile(self.table["no_claim"]["none_follows"], re.IGNORECASE)

    @cached_property
    def _hedges(self) -> dict[str, tuple[str, ...]]:
        """The tokens of the hedges of each kind and place, and of what may lead in a number besides."""
        return {kind: tuple(map(spelled, _phrases(text))) for kind, text in self.table["hedge"].items()}

    @cached_property
    def _kinds_of_hedges(self) -> dict[str, str]:
        return {phrase: kind for kind in HEDGES for phrase in self._hedges[kind]}

    @cached_property
    def _leads(self) -> dict[str, list[str]]:
        """Hedges, and what may lead in a number besides, by their last token, longest first."""
        found: dict[str, list[str]] = {}
        for phrase in sorted({*self._kinds_of_hedges, *self._hedges["fillers"]}, key=len, reverse=True):
            found.setdefault(phrase.split()[-1], []).append(phrase)
        return found

    def _leads_of(self, before: str) -> Iterator[str]:
        """Find what ends the tokens before a number and may lead it in, longest first."""
        last = before.rstrip().rpartition(" ")[2]
        return (phrase for phrase in self._leads.get(last, ()) if before.endswith(phrase))

    def is_strict(self, kind: str, before: str) -> bool:
        """Whether a hedge is one that the number itself does not meet: `more than`."""
        return before.endswith(self._hedges[f"strict_{kind}"])

    def is_near(self, kind: str, before: str) -> bool:
        """Whether a hedge is one that a number close by alone meets: `just over`."""
        before = re.sub(r" an? $", " ", before)
        return before.endswith(self._hedges[f"near_{kind}"])

    def hedge_of(self, before: str, after: str) -> str:
        """Name the kind of hedge that ends the tokens before a number, or begins those after it."""
        for kind in ("about", "above"):
            if after.startswith(self._hedges[f"after_{kind}"]):
                return kind
        before = before.removesuffix("( ")
        is_base = before.endswith(_BASES) and not after.startswith(_MILESTONES)
        is_more = before.endswith(" well over a ") or self.is_near("above", before)
        if is_base or (before.endswith(" over a ") and not is_more):
            return ""  # `6 per cent below the 31,677 of 2021/22`, `anger over a 32 per cent fall`
        for article in ("the ", "by ", "a ", "an "):
            before = before.removesuffix(article) if before.endswith(f" {article}") else before
        before = before.removesuffix("( ")
        kinds = self._kinds_of_hedges
        if before.endswith(" up to ") and self.reading["moves_up_to"].intersection(before.split()[-3:-2]):
            return ""  # `went up to 7.1 per cent`
        return next((kinds[phrase] for phrase in self._leads_of(before) if phrase in kinds), "")

    def unhedged(self, before: str) -> str:
        """Take the hedges off the end of the tokens before a number: ` fell to ` of ` fell to just over `."""
        for _ in range(3):
            lead = next(self._leads_of(before), "")
            article = re.search(r"(?<= )an? $", before) if not lead else None
            if article:  # `nearly a sixfold rise`
                hedges = (one for one in self._leads_of(before[: article.start()]) if one in self._kinds_of_hedges)
                lead = "".join(f"{one}{article[0]}" for one in (*hedges,)[:1])
            before = before[: len(before) - max(len(lead) - 1, 0)]
        return before

    def lexicon(self) -> Lexicon:
        """Make a lexicon of every phrase, and of the names of courses, regions and measures."""
        made = Lexicon()
        for kind in _KINDS:
            for value, text in self.table[kind].items():
                made.add(kind, value, _phrases(text))
        for value, groups in self.table["counted_groups"].items():
            nouns = [phrase for group in _phrases(groups) for phrase in _phrases(self.table["group"][group])]
            made.add("counted", value, [noun for noun in nouns if value == "people" or _SCHOOLS.search(noun)])
        made.add("coverage", "coverage", _phrases(self.table["coverage"]["words"]))
        made.add("opinion", "", _phrases(self.table["opinion"]["words"]))
        made.add("without", "", _phrases(self.table["without"]["words"]))
        for word in _phrases(self.table["elsewhere"]["words"]):
            made.add("area", f"?{word}", [word], is_name=word[0].isupper())
        for code, text in self.table["course"].items():
            made.add("course", code, _phrases(text))
        for course in (*COURSES.values(), *OFFERS.values()):
            names = [course.code, course.name, course.title, course.long_name, *course.names, *course.npq_names]
            made.add("course", course.code, [*(name for name in names if _folded(name) != "npqs"), f"{course.code}s"])
            made.add("counted", "courses", [f"{course.code}s"])
        for area in AREAS.values():
            if area.level == "Local authority":
                made.add("area", f"?{area.name}", [area.name, *area.aliases], is_name=True)
        for code, name in REGIONS.items():
            made.add("area", code, [name, f"the {name}"], is_name=False)
            made.add("area", code, [alias for alias in AREAS[code].aliases if _IS_SURE.search(alias)])
        made.add("area", "E12000007", ["the capital"])
        made.add("area", "E92000001", [*_ENGLAND, *(f"{one} average" for one in _ENGLAND)])
        for measure in MEASURES.values():
            if measure.code not in _PLAIN_WORDS:
                made.add("measure", measure.code, [measure.label, measure.subject])
        return made


@cache
def words() -> Words:
    """Read the words that come with the package."""
    return Words(tomllib.loads(Path(__file__).with_name("claims.toml").read_text("utf-8")))
