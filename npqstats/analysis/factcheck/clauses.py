"""One sentence: what it says of each of its numbers."""

import re
from functools import cached_property

from npqstats.analysis.factcheck.quantities import Quantity
from npqstats.analysis.factcheck.said import Said, is_npq
from npqstats.analysis.factcheck.strangers import Strangers
from npqstats.analysis.factcheck.unread import unread
from npqstats.analysis.factcheck.windows import DIRECT, ELLIPSIS
from npqstats.vocabulary.claims import Mention

STRONG = {
    "participants",
    "participant",
    "starts",
    "starters",
    "course starts",
    "npq starts",
    "npqs",
    "npq courses",
    "new starts",
    "unique participants",
    "teaching workforce",
    "workforce",
    "unique npq participants",
}
_NOT_EVENTS = {
    "had",
    "sent",
    "did",
    "doing",
    "done",
    "take",
    "taking",
    "took",
    "taken",
    "reached",
    "joined",
    "begin",
    "beginning",
    "trained",
    "start",
    "starting",
}
"""Words that make an event only beside something that is counted."""


_OWN_WORD = ("non-funded", "dropout")
"""What says itself that something did not happen."""
_BEFORE_SMALL = re.compile(r"(?:\b(?:was|were|is|are|at|to|from|of|than|and|by|with|had)|[:(,])\s*$", re.IGNORECASE)
_AFTER_SMALL = re.compile(r"\s*(?:$|[.,;:)]|(?:in|to|and|from|after|against|compared|the|last|this)\b)", re.IGNORECASE)
_BESIDES = re.compile(r"\b(?:compared|than|against|followed|versus)\b")
_PEOPLE_SAY = re.compile(r"\b(?:they|participants|respondents|teachers|leaders|heads)\s+(?:also\s+)?$", re.IGNORECASE)
_BY_THOSE = re.compile(r"\s+by\s+(?:those|people|teachers|participants)\b")
_OF_THOSE = re.compile(r"\s+of\s+those\s+(?:of|by|from|for|in)\b")
"""What makes a number count the same as the one before: `and 8,093 by those in their forties`."""
_OPPOSITE = {"funded": "non-funded", "non-funded": "funded"}
_ELLIPTIC = re.compile(
    r"\s+(?:an?|in|for|on|with|at)\b(?![^.;]*\b(?:were|was|are|is|had|have|has|did|started|began|took)\b)"
)


class Clauses(Strangers):
    """What a sentence says of each of its numbers."""

    def said(self) -> list[tuple[Quantity, Said]]:
        """Say of each number in the sentence what the sentence says of it."""
        out: list[tuple[Quantity, Said]] = []
        for q in self.inside:
            head, unknown, is_other = self.head(q) if q.kind == "count" else (None, [], False)
            if is_other or not self._is_claim(q, head):
                continue
            low = out.pop()[0] if out and self._is_range(out[-1][0], q) else None
            said = self._one(q, head, unknown, out)
            out += [(low, said), (q, said)] if low else [(q, said)]
        return self._with_unread(self._paired(out))

    def of_words(self, q: Quantity, before: list[tuple[Quantity, Said]]) -> Said | None:
        """Say of a claim in words what its sentence says of it, as of a number; None where it may not be about NPQs."""
        if self._topicality <= 1:
            return None
        said = self._one(q, self.head(q)[0], [], before)
        return said._replace(unread=unread(self, q, said, self.strangers([*before, (q, said)])))

    def year_of(self, mention: Mention, q: Quantity) -> int | None:
        """Say which academic year a phrase names for a number; None where it names none."""
        return self._resolved(mention, q)

    def _is_range(self, low: Quantity, high: Quantity) -> bool:
        """Whether two numbers are the ends of a range, which say the same of the figure between them."""
        return low.high == high.high == high.value > low.low == low.value and self.text[low.end : high.start] == " and "

    def _is_claim(self, q: Quantity, head: Mention | None) -> bool:
        if not self._is_topical():
            return False
        if re.search(r"\b(?:our|my)\s+$", self.text[self.start : q.start], re.IGNORECASE):
            return False
        if q.kind in ("all", "none"):
            return not any(other.kind == "percent" for other in self.inside)
        if q.kind == "factor" and not q.direction and not self.of("direction", "year", "academic"):
            return False
        if q.kind != "count":
            return True
        is_small = q.value <= 30 and "," not in q.quote
        if q.is_word and q.value < 100:
            return False
        if head is None and is_small and self._part_of(q) is None:
            nearby = self.text[q.end : q.end + 12]
            is_said = _BEFORE_SMALL.search(self.before(q)) and _AFTER_SMALL.match(self.text, q.end)
            if (
                is_said
                and bool(self.of("counted", "measure"))
                and bool(self.of("area", "group", "academic", "year", "course"))
            ):
                return True
            return bool(re.match(r"\s+(?:of|out of)\s+(?:the\s+)?\d", nearby)) or bool(self.sentence.cells)
        if is_small and head is not None:
            events = self.within(head.start, self.end, "event")
            is_event = head.value == "people" or any(m.value in ("start", "complete", "pass") for m in events)
            limits = [m for m in self.of("area", "group", "academic", "year", "course") if m.start != head.start]
            return is_event and bool(limits)
        return True

    def _is_of_npqs(self, q: Quantity) -> bool:
        """Whether the clause of a change speaks of NPQs itself, where its sentence does: `teachers fell, NPQs rose`."""
        stop = re.compile(r"\band\b|[;:]").search(self.text, q.end, self.end)
        near = [m for m in self.all if m.start < (stop.start() if stop else self.end)]
        words = {m.text.lower() for m in near if m.kind == "counted"}
        has_npq = any(is_npq(m) or m.kind in ("event", "course", "measure", "coverage") for m in near) or bool(
            words & STRONG
        )
        return has_npq or not any(map(is_npq, self.all))

    def _is_topical(self) -> bool:
        return self._topicality > 0

    @cached_property
    def _topicality(self) -> int:
        """Say how sure it is that the sentence speaks of NPQs: 2 sure, 1 perhaps, 0 not at all."""
        if any(map(is_npq, self.all)):
            return 2
        counted, topics = self.of("counted"), self.of("topic")
        if any(m.value == "other" for m in topics) and not self.of("course"):
            return 0
        if self.carried.is_other and self.is_anaphoric:
            return 0
        # Words that other texts have as well speak of NPQs where these are named nearby, or in a short passage.
        is_near = self.reader.is_short or self.reader.has_npq_near(self.start)
        if self._has_words_of_npqs(counted) or self.carried.is_about or (self.heading.is_about and self.reader.is_npq):
            return 2 if is_near else int(self.reader.is_npq)
        events = [m for m in self.of("event") if m.value in ("start", "complete", "pass")]
        has_cohort = re.search(r"\bcohorts?\b", self.text[self.start : self.end]) is not None
        is_said = bool(counted) and bool(self.of("academic", "basis"))
        is_perhaps = (bool(events) and (is_said or has_cohort)) or any(m.value == "workforce" for m in counted)
        return int(is_near and is_perhaps)

    def _has_words_of_npqs(self, counted: list[Mention]) -> bool:
        events = [m for m in self.of("event") if m.value in ("start", "complete", "pass", "register", "dropout")]
        is_known = self.reader.is_npq or self.reader.is_short
        return bool(
            self.of("course", "measure", "coverage")
            or any(m.text.lower() in STRONG for m in counted)
            or any(m.value == "register" and m.text.lower().startswith("regist") for m in events)
            or (counted and any(m.text.lower() not in _NOT_EVENTS or self.reader.is_npq for m in events))
            or (any(m.value in ("courses", "places") for m in counted) and (events or self.of("funding")))
            or (counted and self.of("funding") and is_known)
            or (counted and self.reader.is_npq and any(m.value == "survey" for m in self.of("event")))
        )

    def _one(self, q: Quantity, head: Mention | None, unknown: list[str], before: list[tuple[Quantity, Said]]) -> Said:
        role, direction, end = self.role(q, before)
        part_of = self._part_of(q)
        whole = self.whole(q, role)
        counted, event, measure = self._counted(q, head, part_of, whole, role, before)
        if _OF_THOSE.match(self.text, q.end) and before:
            whole = ""
        if before and not head and not whole and self._leans(q, role, end, before):
            said = before[-1][1]
            counted, event, measure, whole = said.counted, said.event, said.measure, said.whole
        elif (
            q.kind == "percent"
            and role == "share"
            and not (before or whole or measure or self.of("counted", "funding"))
        ):
            whole = self.carried.whole
        failed = event == "fail"
        if failed:
            event, whole = "pass", whole if q.kind == "count" else "completions"
        if q.kind not in ("count", "points", "factor") and self._is_opinion(q, measure):
            event = "survey" if self.reader.is_polled else "opinion"
        rest = self.rest(q)
        turns = rest is not None and ELLIPSIS.match(self.text, rest.start()) is not None
        turns = turns and not self.within(*self.gap_after(q), "funding")
        if rest is not None and any(
            (m.value in _OWN_WORD and m.start <= rest.end() and rest.start() < m.end)
            or (m.value in _OWN_WORD and rest.start() <= m.start and m.end <= rest.end() + 12)
            for m in self.of("funding", "event")
        ):
            rest = None
        denied = self.within(rest.start(), rest.end(), "event") if rest is not None and not turns else []
        if denied and event == "complete" and denied[0].value == "pass":
            event = "pass"  # `completed but not passed`
        funding, is_named = self._funding(q, part_of, is_far=turns)
        if turns and is_named and funding in _OPPOSITE:
            funding, rest = _OPPOSITE[funding], None
        area, course, group, without = self._parts(q)
        doubts = [f"the word '{word}'" for word in unknown]
        doubts += [
            *self._doubts,
            *self._joined(q),
        ]
        if role == "change" and counted in ("people", "schools", "workforce") and not self._is_of_npqs(q):
            doubts.append("what fell or rose")
        basis, years, is_sum, named, sure = self._when(q, role, end, before)
        perfect = self.is_perfect(q)
        is_of_year = (
            (role == "level" or (event == "pass" and whole == "completions"))
            and event in ("complete", "pass")
            and part_of is None
            and self._is_of_year()
        )
        return Said(
            role=role,
            counted=counted,
            event=event,
            measure=measure,
            whole=whole,
            funding=funding,
            is_funding_named=is_named,
            area=area,
            course=course,
            without=without,
            group=group,
            basis=basis,
            years=years,
            is_sum=is_sum,
            are_years_named=named,
            is_year_sure=sure,
            direction=direction or q.direction,
            end=end,
            doubts=tuple(doubts),
            is_old=any(m.value == "suite" for m in self.of("old")) or bool(self.of("old") and not self.of("academic")),
            is_of_year=is_of_year,
            is_perfect=perfect,
            part_of=part_of,
            is_rest=(rest is not None or failed or self._is_same_rest(q, before)) and role in ("level", "share"),
            is_weak=self._topicality == 1,
            head=head.text if head else "",
            told=self.text[self.start : self.end] if event == "survey" else "",
        )

    def _with_unread(self, out: list[tuple[Quantity, Said]]) -> list[tuple[Quantity, Said]]:
        """Add to each number the words of its clause that nothing has read; the end of a move has its start's, too."""
        done: list[tuple[Quantity, Said]] = []
        strangers = self.strangers(out)
        for q, said in out:
            is_further = any(earlier.role == "change" for _, earlier in done)
            left = unread(self, q, said, strangers, is_further=is_further)
            left += self.beside(said, strangers)
            if done and said.end == "to" and done[-1][1].end == "from":
                left = (*done[-1][1].unread, *left)
            done.append((q, said._replace(unread=tuple(dict.fromkeys(left)))))
        return done

    def _is_same_rest(self, q: Quantity, before: list[tuple[Quantity, Said]]) -> bool:
        """Whether a share repeats the number of those that did not: `7,115 were not, that is 18 per cent`."""
        if not before or q.kind != "percent" or not before[-1][1].is_rest:
            return False
        between = self.text[before[-1][0].end : q.start]
        is_alone = between.endswith("(") and self.text[q.end : q.end + 1] == ")"
        return is_alone or DIRECT.fullmatch(between.rpartition(",")[2]) is not None

    def _is_of_year(self) -> bool:
        """Whether courses are said to have been completed within a year, where the rows are by year of start."""
        told = self.text[self.start : self.end]
        is_verb = re.search(r"\b(?:completed|finished|passed)\b", told) is not None
        has_cohort = re.search(r"\b(?:start|began|begun|begin|cohort|intake|took|taken|enrol)", told, re.IGNORECASE)
        return is_verb and has_cohort is None and bool(self.of("academic", "year")) and not self.carried.is_caption

    def _leans(self, q: Quantity, role: str, end: str, before: list[tuple[Quantity, Said]]) -> bool:
        """Whether a number counts the same as the one before it, of another year, area or funding."""
        other, said = before[-1]
        if other.kind != q.kind or said.role == "change":
            return False
        if end in ("from", "than") or (end == "to" and said.end == "from"):
            return True
        left = self.text[self.start : q.start]
        nouns = self.within(*self.gap_before(q), "counted", "measure")
        if (said.role == role and _BY_THOSE.match(self.text, q.end)) or _OF_THOSE.match(self.text, q.end):
            return True
        has_noun = any(m.value not in (said.counted, said.whole) for m in nouns) or (end == "to" and bool(nouns))
        is_alone = left.endswith("(") and self.text[q.end : q.end + 1] == ")"
        return (
            (is_alone and (not has_noun or _BESIDES.search(self.text, *self.gap_before(q)) is not None))
            or (end == "to" and not has_noun)
            or re.search(r"\b(?:it|this|that|they)\s+(?:was|were|had\s+been)\s+$", self.before(q)) is not None
            or (role == "share" == said.role and _ELLIPTIC.match(self.text, q.end) is not None)
        )

    def _is_opinion(self, q: Quantity, measure: str) -> bool:
        """Whether a share is of those who say, feel or want something: an answer in a survey, no count of starts."""
        if any(m.value == "survey" for m in self.of("event")):
            return True
        opinions = self.of("opinion")
        after = [m for m in opinions if m.start >= q.end and not re.search("[,;]", self.text[q.end : m.start])]
        by_people = any(_PEOPLE_SAY.search(self.text[self.start : m.start]) for m in opinions if m.end <= q.start)
        is_carried = self.carried.event in ("survey", "opinion") and not measure and not self.of("academic", "basis")
        return bool(after) or by_people or is_carried

    def _paired(self, out: list[tuple[Quantity, Said]]) -> list[tuple[Quantity, Said]]:
        """Assign the years of one list to the numbers of another, in order."""
        named = self.of("academic")
        span = self._range()
        levels = [index for index, (_, said) in enumerate(out) if said.role in ("level", "share")]
        if len(levels) < 2 or len({out[index][0].kind for index in levels}) > 1:
            return out
        is_respective = "respectively" in self.text[self.start : self.end]
        for kind in ("course", "area", "group"):
            names = self.of(kind)
            if is_respective and len(names) == len(levels):
                for index, name in zip(levels, names, strict=True):
                    said = out[index][1]._replace(doubts=(), **{kind: name.value})  # type: ignore[arg-type]
                    out[index] = (out[index][0], said)
        first, last = out[levels[0]][0].start, out[levels[-1]][0].end
        is_apart = all(m.end <= first or m.start >= last for m in named)
        is_full = not named and len(levels) == len(self.reader.periods)
        starts = [index for index in levels if out[index][1].end == "from"]
        is_row = (len(named) == 1 or is_full) and len(levels) > 2 and starts == levels[:1]
        if span and len(named) == 2:
            years = list(span[0])
        elif is_row:
            years = [period for period in self.reader.periods if is_full or period >= int(named[0].value)]
            is_apart = True
        elif named or self.of("year", "span", "basis"):
            years = [int(m.value) for m in named]
        else:
            years = list(self.reader.periods) if len(levels) == len(out) > 2 and not starts else []
        is_list = is_respective or is_apart
        if len(years) == len(levels) and is_list:
            for index, year in zip(levels, years, strict=True):
                is_named = bool(named) and not (is_row and out[index][1].is_perfect)
                said = out[index][1]._replace(years=(year,), is_sum=False, are_years_named=is_named)
                out[index] = (out[index][0], said)
        return out

    def _is_cumulative(self, said: list[tuple[Quantity, Said]]) -> bool:
        last = said[-1][1] if said else None
        is_perfect = last is not None and last.is_perfect and not last.are_years_named
        return is_perfect or any(m.value == "cumulative" for m in self.of("basis"))

    def carry(self, carried: Said, said: list[tuple[Quantity, Said]]) -> Said:
        """What the next sentence may lean on."""
        is_about = self._is_topical()
        years = [int(m.value) for m in self.of("academic") if not self._is_base(m)]
        is_other = self._topicality == 0 and any(m.value == "other" for m in self.of("topic"))
        base = said[-1][1] if said else carried
        counted, event, measure = (base.counted, base.event, base.measure) if said else ("", "", "")
        if not said:
            nouns, events, measures = self.of("counted"), self.of("event"), self.of("measure")
            counted = nouns[0].value if nouns else carried.counted
            event = events[0].value if events else carried.event
            measure = measures[-1].value if measures else (carried.measure if not nouns else "")
        fundings = self.of("funding")
        funding = fundings[-1].value if fundings else "all"
        told = [one.years[-1] for _, one in said if one.are_years_named and one.years and one.is_year_sure]
        years = told or ([] if is_other else years)
        is_aside = not self.of("academic") and {m.value for m in self.of("year")} == {"before"}
        if is_aside and carried.are_years_named:
            years = list(carried.years)  # `That compares with 43,535 in the year before.`
        year = (max(years),) if years else carried.years if carried.are_years_named else ()
        return Said(
            counted=counted,
            event=event,
            measure=measure,
            funding=funding if not said else base.funding,
            is_funding_named=bool(fundings) and len({m.value for m in fundings}) == 1,
            area=self.only("area"),
            course=self.only("course") if not self.of("without") else "",
            group=self.only("group") or (carried.group if not said and not self.of("group") else ""),
            basis="cumulative" if self._is_cumulative(said) else "",
            years=year,
            are_years_named=bool(year),
            is_about=is_about or carried.is_about,
            is_caption=not said,
            whole=base.whole if said else "",
            is_other=is_other,
        )
