"""An independent reader of sentences about figures: it holds each against the raw files, and imports nothing of ours.

It reads what moved (`rose`, `fell`, `up`, `down`, by and to how much), how many parts did and which did most, sums,
courses that began or ended, and rates by year of start. A sentence that says that something moved, and that the reader
cannot read, is a complaint as well: nothing is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from tests.raw_figures import Figures, Subject, label

YEAR = r"(20\d\d/\d\d)"
NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
MOVES = re.compile(
    r"\b(rose|risen|fell|fallen|up(?! to \d+ months)|down|increased|decreased|grew|dropped)\b", re.IGNORECASE
)
UPWARD = {"rose", "risen", "up", "increased", "grew"}
COHORT = rf"(?:for|of) {YEAR} start(?:s|ers)"
MEASURES = {  # words of a subject, the first that fits: its file, its column and, of a rate, what it is a rate of
    "completion rate": ("npq_completions", "npq_completed", "npq_starts"),
    "pass rate": ("npq_completions", "npq_passed", "npq_completed"),
    "completions": ("npq_completions", "npq_completed", ""),
    "passes": ("npq_completions", "npq_passed", ""),
    "share of teachers": (
        "npq_participants",
        "npq_unique_participants_swc_eligible",
        "teaching_workforce_headcount_swc",
    ),
    "share of schools": ("npq_school_coverage", "npq_schools", "total_schools"),
    "schools": ("npq_school_coverage", "npq_schools", ""),
    "participants": ("npq_participants", "npq_unique_participants", ""),
    "starts": ("npq_participants", "npq_starts", ""),
}
PARTS = r"([a-z ]+?)(?: by ([a-z ]+?))?(?: that ran in both years)?(?: in| since|,|\.|$)"
LEVELS = {"regions": "Regional", "local authorities": "Local authority"}
BREAKDOWNS = {
    "courses": {"course"},
    "school phases": {"school phase", "phase of education"},
    "sex": {"sex", "gender"},
}
"""Names of a breakdown for the words of a sentence; others are called as they are printed."""


@dataclass(frozen=True)
class Clause:
    """What was read of a clause, which the next one may go on from."""

    subject: Subject
    is_up: bool | None = None
    years: tuple[str, ...] = ()
    """The earlier and the later, or all that a sum is over."""


class Reader:
    """Holds sentences against the files of one release."""

    def __init__(self, folder: Path) -> None:
        """Read the files of `data/raw/<release>/`."""
        self.figures = Figures(folder)
        self.read = 0
        """How many claims were held against the rows."""
        self.last = Subject()
        """Where the sentence before ended: one that names no measure goes on from there."""
        self.kind = ("", "")
        """What the parts were called when they were last counted."""

    def complaints(self, text: str) -> Iterator[str]:
        """Say what is wrong with a text, sentence by sentence."""
        for sentence in re.split(r"(?<=[.!?])(?<!\bSt\.)\s+(?=[A-Z])|\n\s*\n", text):
            one = " ".join(sentence.split())
            before = self.read
            for why in self._sentence(one):
                yield f"{why}: {one}"
            if self.read == before and MOVES.search(one):
                yield f"says that something moved and cannot be read: {one}"

    def _sentence(self, text: str) -> Iterator[str]:
        names_measure = any(name in re.sub(COHORT, "", text).lower() for name in MEASURES)
        clause = Clause(Subject() if names_measure else self.last)
        text = re.sub(r"\([^()]*\)", lambda found: found[0].replace("; ", ", "), text)
        for words in re.split(r"; | and (?=non-funded|funded)|, while |, or (?=\d)", text):
            clause = self._clause(words, clause)
            yield from self._moved(words, clause)
            yield from self._parts(words, clause)
            yield from self._stated(words, clause)
        self.last = clause.subject

    def _clause(self, words: str, before: Clause) -> Clause:
        """Find what a clause says moved; what it does not say is as in the clause before."""
        subject = self._subject(words, before.subject)
        move = re.search(MOVES, words)
        is_up = move[1].lower() in UPWARD if move else before.is_up
        years = tuple(dict.fromkeys(re.findall(YEAR, re.sub(r"\([^)]*\)", "", words)))) or before.years
        if f"since {years[-1:] and years[-1]}" in words:
            years = (years[-1], label(self.figures.years[-1]))
        elif len(years) == 1:
            years = (f"{int(years[0][:4]) - 1}/{int(years[0][2:4]):02}", years[0])
        return Clause(subject, is_up, years)

    def _subject(self, words: str, before: Subject) -> Subject:
        """Find what a clause is about."""
        subject = self._measure(re.sub(COHORT, "", words).lower(), before)
        for area in self.figures.areas:
            if re.search(
                rf"\bin (?:the )?{re.escape(_plain(area))}\b", _plain(re.sub(r"largest (fall|rise).*", "", words))
            ):
                subject = replace(subject, area=area)
                break
        named, _, left_out = words.partition("leaving out ")
        if courses := self._courses(named):
            subject = replace(subject, group=courses[0])
        elif group := re.search(r"\(([^()]+)\)", named):
            subject = replace(subject, group=group[1] if group[1] in self.figures.groups else subject.group)
        if left_out:
            listed = re.sub(r"\([^)]*\)", "", re.split(r",? (?:the|rose|fell)\b", left_out)[0])
            subject = replace(subject, without=self._courses(listed))
        return subject

    @staticmethod
    def _measure(lower: str, subject: Subject) -> Subject:
        """Find what is counted, and of which funding."""
        for name, (file, part, whole) in MEASURES.items():
            if name in lower:
                subject = Subject(file, part, whole)
                break
        if "share of npq starts" in lower:
            subject = Subject(whole="npq_starts", is_share_of_all=True)
        if "since 2021" in lower and "since 2021/" not in lower:
            subject = replace(subject, is_cumulative=True)
        if "non-funded" in lower or "paid for by" in lower:
            subject = replace(subject, funding="Non-funded")
        elif "funded" in lower:
            subject = replace(subject, funding="Funded")
        return subject

    def _courses(self, words: str) -> tuple[str, ...]:
        found = []
        for name in self.figures.courses:
            code = re.search(r"\((NPQ\w+)\)", name) or re.search(r"\bNPQ for (SENCO)\b", name)
            short = f"NPQ{code[1].removeprefix('NPQ')}" if code else name
            plain = re.escape(re.sub(r"^NPQ (?:for |in )?|\s*\(.*", "", name))
            is_row = re.search(rf"(?:^|: ){plain}: \d", words, re.IGNORECASE)
            if is_row or re.search(rf"(?<!\w)({re.escape(short)}|{re.escape(name)})(?!\w)", words):
                found.append(name)
        return tuple(found)

    def _moved(self, words: str, clause: Clause) -> Iterator[str]:
        """Hold `rose by 34% in 2025/26, to 36,609` and `fell from 6.0% to 4.4%` against the rows."""
        by = re.search(rf"\bby {NUMBER}(%| percentage points?)?", words) or re.match(rf"{NUMBER}(%)", words)
        between = re.search(rf"from {NUMBER}%? to {NUMBER}%?(?!/|\d)", re.sub(YEAR, "", words))
        turned = re.search(rf"\b(?:rose|fell) to {NUMBER}%? in {YEAR}, from {NUMBER}%?", words)
        if (
            "largest" in words
            or re.search(r"\b(?:in all|of the|(?:in|for) \d+ of) \d+ ", words)
            or not (by or between or turned)
            or clause.is_up is None
        ):
            return
        self.read += 1
        before, after = clause.years[0], clause.years[-1]
        first, last = (self.figures.value(clause.subject, year) for year in (before, after))
        if first is None or last is None:
            yield f"has a change without two figures ({first}, {last})"
            return
        if (last > first) is not clause.is_up:
            yield f"goes the wrong way ({first} to {last})"
        if by:
            size = abs(last - first)
            if by[2] == "%":
                size = 100 * size / first
            yield from self._differs(by[1], size)
        if between:
            yield from self._differs(between[1], first)
            yield from self._differs(between[2], last)
        elif turned:
            yield from self._differs(turned[1], last)
            yield from self._differs(turned[3], first)
        elif to := re.search(rf", to {NUMBER}%?(?!/)", words):
            yield from self._differs(to[1], last)

    def _parts(self, words: str, clause: Clause) -> Iterator[str]:
        """Hold how many parts moved, and which did most, against the rows."""
        told = re.search(rf"(rose|fell) (?:in|for) (?:all |(\d+) of (?:the )?)(\d+) {PARTS}", words)
        if told:
            self.read += 1
            self.kind = (told[4], told[5] or "")
            counts, moves = self._moves(clause)
            if int(told[3]) not in ({len(moves)} if "ran in both years" in told[0] else counts):
                yield f"has another count of parts ({counts})"
            claims = [(told[1], told[2] or told[3]), *re.findall(r"and (rose|fell) in (\d+)", words)]
            for verb, said in claims:
                sizes = [size if verb == "rose" else -size for size in moves.values()]
                surely, perhaps = sum(size >= Decimal("0.05") for size in sizes), sum(size > 0 for size in sizes)
                if not surely <= int(said) <= perhaps:
                    yield f"{verb} in {perhaps}"
        ranged = re.search(rf"ranged from {NUMBER}% to {NUMBER}% {COHORT} across all (\d+) {PARTS}", words)
        if ranged:
            self.read += 1
            self.kind = (ranged[5], ranged[6] or "")
            rates = [rate for one in self._subjects(clause).values() if (rate := self.figures.value(one, ranged[3]))]
            if len(rates) != int(ranged[4]):
                yield f"has another count of parts ({len(rates)})"
            yield from self._differs(ranged[1], min(rates))
            yield from self._differs(ranged[2], max(rates))
        most = re.search(rf"largest (fall|rise) was (?:in|that of) (.+?), by {NUMBER}", words)
        if most:
            self.read += 1
            _, moves = self._moves(clause)
            pick = min if most[1] == "fall" else max
            largest = pick(moves, key=lambda name: moves[name])
            if most[2].removeprefix("the ") != largest and largest not in self._courses(most[2]):
                yield f"the largest {most[1]} is that of {largest}"
            yield from self._differs(most[3], abs(moves[largest]))

    def _subjects(self, clause: Clause) -> dict[str, Subject]:
        """The parts that were counted last: the regions, the authorities, or the groups of a breakdown."""
        subject, rows = clause.subject, self.figures.rows[clause.subject.file]
        if level := LEVELS.get(self.kind[0]):
            names = {row["la_name"] or row["region_name"] for row in rows if row["geographic_level"] == level}
            return {name: replace(subject, area=name) for name in names}
        word = self.kind[1] or self.kind[0]
        called = BREAKDOWNS.get(word, {word})
        names = {row["group_name"] for row in rows if row["breakdown"].lower() in called}
        return {name: replace(subject, group=name) for name in names}

    def _moves(self, clause: Clause) -> tuple[set[int], dict[str, Decimal]]:
        """How many parts there are, with and without those withheld, and how much each moved that both years had."""
        before, after = clause.years[0], clause.years[-1]
        subjects = self._subjects(clause)
        pairs = {
            name: (self.figures.value(one, before), self.figures.value(one, after)) for name, one in subjects.items()
        }
        there = [name for name, pair in pairs.items() if any(pair)]
        return {len(pairs), len(there)}, {name: last - first for name, (first, last) in pairs.items() if first and last}

    def _stated(self, words: str, clause: Clause) -> Iterator[str]:
        """Hold sums, beginnings, ends and rates by year of start against the rows."""
        if total := re.search(rf"came to {NUMBER} ", words):
            self.read += 1
            years = [year for year in map(label, self.figures.years) if clause.years[0] <= year <= clause.years[-1]]
            yield from self._differs(
                total[1], sum((self.figures.value(clause.subject, y) or Decimal(0) for y in years), Decimal(0))
            )
        for amount, year in re.findall(rf"{NUMBER}%? {COHORT}", words) if "ranged" not in words else ():
            self.read += 1
            yield from self._differs(amount, self.figures.value(clause.subject, year))
        if ended := re.search(rf"ended: none in {YEAR}, after {NUMBER} \w+ in {YEAR}", words):
            self.read += 1
            yield from self._differs(ended[2], self.figures.value(clause.subject, ended[3]))
            if self.figures.value(clause.subject, ended[1]):
                yield f"there are some in {ended[1]}"
        if began := re.search(rf"began in {YEAR}: {NUMBER} ", words):
            self.read += 1
            yield from self._differs(began[2], self.figures.value(clause.subject, began[1]))

    @staticmethod
    def _differs(printed: str, exact: Decimal | None) -> Iterator[str]:
        """Complain where a printed number is not what the exact one rounds to, half up, at as many decimals."""
        said = Decimal(printed.replace(",", ""))
        if exact is None:
            yield f"{printed} is said where the rows have no number"
        elif exact.quantize(Decimal(1).scaleb(said.as_tuple().exponent), ROUND_HALF_UP) != said:  # type: ignore[arg-type]
            yield f"{printed} is said where the rows have {exact:.3f}"


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.lower()))
