"""Of which year a number is, or of which years."""

import itertools
import re

from npqstats.analysis.factcheck.quantities import Quantity
from npqstats.analysis.factcheck.said import Said, year_before
from npqstats.analysis.factcheck.windows import AS_OF, BREAK, Windows
from npqstats.vocabulary.claims import Mention

_RANGE = re.compile(r"(?:^|\W)(?:between|from|across|over|throughout)\s+(?:both\s+)?$", re.IGNORECASE)
_SUPERLATIVE = re.compile(
    r"\b(?:lowest|highest|fewest|most|biggest|smallest|largest|least|first|worst|best|record)\b[^.;,]{0,30}$",
    re.IGNORECASE,
)
_STRIDE = re.compile(
    r"\b(?:in|over|within|across|after)\s+(?:the\s+)?(?:past\s+|last\s+|just\s+|only\s+)?(two|three|four|2|3|4)\s+years\b(?!\s+of)",
    re.IGNORECASE,
)
_COUNT = {"two": 2, "three": 3, "four": 4, "2": 2, "3": 3, "4": 4}
_LAST_YEARS = re.compile(r"\b(?:last|past|latest)\s+(two|three|four|2|3|4)\s+(?:academic\s+)?years\b", re.IGNORECASE)
_WITHIN_YEARS = re.compile(
    r"\b(?:in|over|across|within)\s+(two|three|2|3)\s+(?:academic\s+)?years\b(?!\s+to\b)", re.IGNORECASE
)
_LINK = re.compile(
    r"\s*(?:academic\s+year\s+)?(and|to|until|through to|through|[-–])\s*(?:the\s+)?(?:academic\s+year\s+)?"
)
_ORDER = ("first", "second", "third", "fourth")
_THEN = re.compile(r"\bthen\b|\bbefore\b")
_YEARS_TO = re.compile(
    r"\b(two|three|four|2|3|4)\s+(?:academic\s+)?years\s+(?:to|up\s+to|ending(?:\s+in)?|until)\s+(?:the\s+end\s+of\s+)?(?=20)",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(?:making|in\s+all|in\s+total|altogether|combined|all\s+told|a\s+total\s+of|totall?ing)\b", re.IGNORECASE
)
_BASE = (
    r"\b(?:than|since|on|compared\s+(?:with|to)|against|from|that|below|above|under|short\s+of)\s+"
    r"(?:(?:those|that|the\s+\w+)\s+)?(?:in\s+|of\s+|the\s+)*(?:first\s+year,\s+)?$"
)
_VERSUS = re.compile(r"\s*(?:v|vs|versus)\.?\s+|\s+(?:compared\s+with|compared\s+to|against)\s+")
_THAN_IN = re.compile(r"\bthan\s+(?:there\s+were\s+)?(?:in\s+)?$")


class Years(Windows):
    """Finds the years of a number."""

    def _when(
        self, q: Quantity, role: str, end: str, before: list[tuple[Quantity, Said]]
    ) -> tuple[str, tuple[int, ...], bool, bool, bool]:
        """Return basis, years, whether they are added up, whether they are named, and whether that is sure."""
        newest = self.reader.anchor.newest
        basis = self._basis(q)
        spans = self._span(q)
        pair = self._range()
        levels = [said.years[0] for _, said in before if said.role == "level" and len(said.years) == 1]
        near = self.text[max(self.start, q.start - 24) : q.end + 14]
        if role == "level" and len(set(levels)) > 1 and _TOTAL.search(near):
            return basis, tuple(sorted(set(levels))), True, True, True
        own = self._own_year(q, is_start=end in ("from", "than"))
        if role in ("change", "factor") and (against := self._against(q)):
            return basis, against, False, True, True
        is_next = end == "to" and bool(before) and _THEN.search(self.text, before[-1][0].end, q.start) is not None
        starts = [said for _, said in before if said.end == "from" and len(said.years) == 1]
        if (
            own is None
            and role == "change"
            and before
            and before[-1][1].role == "change"
            and before[-1][0].kind != q.kind
        ):
            return basis, before[-1][1].years, False, before[-1][1].are_years_named, True
        latest = max([int(m.value) for m in self.of("academic")], default=0)
        is_end = own is None and end == "to" and bool(starts) and latest == starts[-1].years[0]
        if is_end:
            return basis, (newest if self.is_perfect(q) else latest + 101,), False, True, True
        if (
            own
            and starts
            and own[2].end <= q.start
            and own[0] == starts[-1].years[0]
            and not self._is_second(q, own[2])
        ):
            # `From a high of 43,840 in 2023/24 starts have dropped by 14,022 to 29,818`: the year is that of the first.
            last = newest if self.is_perfect(q) else own[0] + 101
            years = (own[0], last) if role in ("change", "factor") else (last,)
            return basis, years, False, starts[-1].are_years_named, True
        if is_next and before[-1][1].years and (own is None or own[2].end <= q.start):
            return basis, (before[-1][1].years[-1] + 101,), False, before[-1][1].are_years_named, True
        if role in ("change", "factor") and (between := self._between(q, before)):
            return basis, between, False, before[-1][1].are_years_named, True
        if pair and role in ("level", "share") and not end and (own is None or own[2] in pair[1]):
            return basis, pair[0], True, True, True
        if (pair and end in ("from", "to") and own is None) or (pair and end and own and own[2] in pair[1]):
            return basis, (pair[0][0] if end == "from" else pair[0][-1],), False, True, True
        if pair and role in ("change", "factor"):
            return basis, (pair[0][0], pair[0][-1]), False, True, True
        if (
            spans
            and role in ("level", "share")
            and (
                own is None
                or self._is_within_span(own[0], spans)
                or _YEARS_TO.search(self.text[self.start : own[2].end])
            )
        ):
            return basis, spans, len(spans) > 1, True, True
        if (
            own is None
            and not end
            and role in ("level", "share")
            and not self.of("academic")
            and (until := self._as_of(q))
        ):
            return "cumulative", (until,), False, True, True
        if own is not None:
            year, _, mention = own
            sure = mention.kind not in ("calendar", "odd")
            if year is None:
                return basis, (), False, True, False
            if role in ("change", "factor"):
                if mention.kind == "year" and mention.value == "after" and self._is_base(mention):
                    return basis, (year, year - 101), False, True, sure
                if mention.kind == "year" and mention.value in ("before", "before-last"):
                    later = year + (101 if mention.value == "before" else 202)
                    return basis, (year, later), False, True, sure
                if self._is_base(mention):
                    levels = [period for period in levels if period > year]
                    after = levels[-1:] or [int(m.value) for m in self.of("academic") if int(m.value) > year]
                    others = [int(m.value) for m in self.of("academic") if int(m.value) < year]
                    if not after and len(others) == 1 and "since" not in self.text[mention.start - 12 : mention.start]:
                        return basis, (year, others[0]), False, True, sure
                    lead = self.text[max(self.start, mention.start - 24) : mention.start].lower()
                    is_now = "since" in lead or re.search(r"\b(?:is|are|now)\b", self.text[self.start : q.start])
                    until = self.reader.anchor.newest if is_now else year + 101
                    return basis, (year, min(after, default=max(until, year + 101))), False, True, sure
                earlier = self._other(year, q, before) if self._stride() == 1 else year - 101 * self._stride()
                return basis, (earlier, year), False, True, sure
            return basis, (year,), False, True, sure
        if (
            end == "than"
            and before
            and before[-1][1].years
            and self.within(*self.gap_after(q), "area", "course", "group")
        ):
            return basis, before[-1][1].years[-1:], False, before[-1][1].are_years_named, True
        year, named = self._default(q, end, before)
        if role in ("change", "factor"):
            since = any(m.text.lower().startswith("since") for m in self.of("basis"))
            first = min(self.reader.periods, default=year) if since else year - 101 * self._stride()
            return basis, (first if first < year else year_before(year), year), False, named, True
        is_dated = any(m.start < self.segment(q)[1] for m in self.of("academic", "year"))
        if basis == "cumulative" and not is_dated and end not in ("from", "than"):
            return basis, (newest,), False, False, True
        return basis, (year,), False, named, True

    def _against(self, q: Quantity) -> tuple[int, ...]:
        """The years of a change set against each other: `2024/25 v 2023/24`, `more in 2023/24 than in 2024/25`."""
        for later, earlier in itertools.pairwise(self.of("academic")):
            if _VERSUS.fullmatch(self.text[later.end : earlier.start]) and earlier.end <= q.start:
                return int(earlier.value), int(later.value)
            than = _THAN_IN.search(self.text[later.end : earlier.start])
            if than and q.end <= later.start and self.next_start(q) > earlier.start:
                return int(earlier.value), int(later.value)
        return ()

    def _between(self, q: Quantity, before: list[tuple[Quantity, Said]]) -> tuple[int, ...]:
        """The years of a change, from the two figures before it: `29,526, compared with 43,535, a fall of 32%`."""
        if self.within(*self.gap_after(q), "academic", "year"):
            return ()
        levels = [said for _, said in before if said.role in ("level", "share") and len(said.years) == 1]
        starts = [said.years[0] for said in levels if said.end in ("from", "than")]
        stops = [said.years[0] for said in levels if said.end not in ("from", "than")]
        if starts and stops and starts[-1] < stops[-1]:
            return starts[-1], stops[-1]
        if levels and re.search(
            r"\b(?:have|has)\s+since\b|\bsince\s+then\b", self.text[self.start : q.start], re.IGNORECASE
        ):
            return levels[-1].years[0], self.reader.anchor.newest
        return ()

    def _is_base(self, mention: Mention) -> bool:
        """Whether a change is counted from this year: `more than in 2022/23`, `since 2022/23`."""
        lead = self.text[max(self.start, mention.start - 36) : mention.start]
        return bool(re.search(_BASE, lead, re.IGNORECASE))

    def _basis(self, q: Quantity) -> str:
        mention = self.pick(q, "basis")
        if mention is None:
            leads = [self.text[max(self.start, m.start - 16) : m.start] for m in self.of("academic", "year")]
            if any(re.search(r"\bby\s+(?:the\s+end\s+of\s+)?(?:the\s+)?$", lead, re.IGNORECASE) for lead in leads):
                return "cumulative"
        if mention is None:
            ahead = [
                m for m in self.within(q.end, self.segment(q)[1], "basis") if ":" not in self.text[q.end : m.start]
            ]
            mention = ahead[0] if ahead else None
        if mention and _SUPERLATIVE.search(self.text[self.start : mention.start]):
            return ""
        if mention:
            if (
                mention.text.lower() in ("so far", "to date", "ever")
                and (self.of("academic") or (self.is_anaphoric and self.carried.are_years_named))
                and not re.search(r"since", self.text[self.start : self.end])
            ):
                return ""
            return mention.value
        if self.within(*self.segment(q), "coverage") and not self.of("event"):
            return "cumulative"
        if self.carried.basis == "cumulative" and not self.of("academic", "year"):
            if self.is_anaphoric:
                return "cumulative"
        is_rate_of_heading = "share" in self.heading.measure and not self.of("counted", "event", "measure")
        is_open = is_rate_of_heading or not self.of("academic", "year")
        return "cumulative" if self.heading.basis == "cumulative" and is_open else ""

    def _as_of(self, q: Quantity) -> int | None:
        """The academic year in which a count ends: 202122 of `by April 2022`."""
        found = [m for m in AS_OF.finditer(self.text, self.start, self.end) if m.start() >= q.end or m.end() <= q.start]
        if not found:
            return None
        period = self._as_of_year(found[0])
        return period if period >= min(self._every(), default=0) else None

    def _span(self, q: Quantity) -> tuple[int, ...]:
        match = _YEARS_TO.search(self.text[self.start : self.end])
        ends = [m for m in self.of("academic") if match and m.start == self.start + match.end()]
        if match and ends:
            number, every = _COUNT[match[1].lower()], [p for p in self._every() if p <= int(ends[0].value)]
            return tuple(every[-number:]) if len(every) >= number else ()
        last = _LAST_YEARS.search(self.text, self.start, self.end)
        if last:
            return tuple(self._every()[-_COUNT[last[1].lower()] :])
        whole = _WITHIN_YEARS.search(self.text, self.start, self.end)
        if whole and not re.search("[;:]", self.text[min(q.end, whole.end()) : max(q.start, whole.start())]):
            return tuple(self._every()[: _COUNT[whole[1].lower()]])
        for mention in self.of("span"):
            if re.search("[;:]", self.text[min(q.end, mention.end) : max(q.start, mention.start)]):
                continue
            if mention.value == "all":
                return tuple(self.reader.periods)
            return tuple(self.reader.periods[: int(mention.value)])
        return ()

    def _is_within_span(self, year: int | None, spans: tuple[int, ...]) -> bool:
        """Whether the years of a span are listed after it: `in the first two years, 2021/22 and 2022/23`."""
        return year in spans and {int(m.value) for m in self.of("academic")} == {*spans}

    def _range(self) -> tuple[tuple[int, ...], list[Mention]] | None:
        if re.search(
            r"\bfirst\s+and\s+(?:the\s+)?second\s+(?:cohort|year|intake)s?\b", self.text[self.start : self.end]
        ):
            return self._every()[:2], []
        years = self.of("academic")
        for first, second in itertools.pairwise(years):
            between = self.text[first.end : second.start]
            lead = self.text[max(self.start, first.start - 14) : first.start]
            link = _LINK.fullmatch(between)
            is_span = any(re.fullmatch(r"\s*[,(:]\s*", self.text[m.end : first.start]) for m in self.of("span"))
            if link and (_RANGE.search(lead) or link[1] != "and" or is_span):
                low, high = int(first.value), int(second.value)
                if low < high:
                    return tuple(p for p in self._every() if low <= p <= high) or (low, high), [first, second]
        return None

    def _every(self) -> tuple[int, ...]:
        return tuple(self.reader.periods)

    def _own_year(self, q: Quantity, *, is_start: bool = False) -> tuple[int | None, int | None, Mention] | None:
        kinds = ("academic", "year", "calendar", "odd", "old")
        after = self.within(*self.gap_after(q), *kinds)
        later = self.next_start(q)
        for mention in after:
            if not self._is_as_of(mention) and not self.is_of_next(q, mention, later):
                return self._resolved(mention, q), 1, mention
        before = [
            m
            for m in self.within(*self.gap_before(q), *kinds)
            if not self._is_as_of(m)
            and not (m.kind == "calendar" and BREAK.search(self.text, m.end, q.start))
            and not (self._is_base(m) and re.search("[;)]", self.text[m.end : q.start]))
        ]
        if before and not is_start:
            return self._resolved(before[-1], q), 1, before[-1]
        return None

    def _is_second(self, q: Quantity, mention: Mention) -> bool:
        """Whether a year is named again, right before a number, after the figure that a change starts from."""
        return any(m.start > mention.end for m in self.within(mention.end, q.start, "academic", "year")) or bool(
            re.fullmatch(r"[\s(:,]*", self.text[mention.end : q.start])
        )

    def _is_as_of(self, mention: Mention) -> bool:
        """Whether a calendar year belongs to a date, as in `by June 2025`."""
        return mention.kind in ("calendar", "old") and bool(
            re.search(
                r"(?:January|February|March|April|May|June|July|August|September|October|November|December|autumn|spring|summer|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?,?\s+(?:of\s+)?$",
                self.text[max(0, mention.start - 16) : mention.start],
            )
        )

    def _resolved(self, mention: Mention, q: Quantity) -> int | None:
        if mention.kind == "academic":
            return int(mention.value)
        if mention.kind == "calendar":
            return int(mention.value) * 100 + (int(mention.value) + 1) % 100
        if mention.kind in ("odd", "old"):
            return None
        anchor = self.reader.anchor
        periods = self._every()
        if mention.value in _ORDER:
            position = _ORDER.index(mention.value)
            return periods[position] if position < len(periods) else None
        if mention.value == "last":
            is_beside = any(m.value == "this" for m in self.of("year"))
            return year_before(anchor.this[0]) if is_beside and anchor.this else anchor.last[0]
        if mention.value == "this":
            return anchor.this[0] if anchor.this else None
        if mention.value == "before-last" and "last" in mention.text:
            return year_before(anchor.last[0])
        if mention.value == "before-last" and "ago" in mention.text and anchor.this:
            return anchor.this[0] - 202
        is_after = mention.value == "after"
        others = [
            m
            for m in self.of("academic", "year")
            if m is not mention
            and (m.value not in ("before", "after", "before-last") or (is_after and m.value == "after"))
        ]
        is_carried = is_after and bool(self.carried.years) and self.carried.are_years_named
        earlier = [m for m in others if m.end <= mention.start] or ([] if is_carried else others)
        base = (
            self._resolved(earlier[-1], q)
            if earlier
            else self.carried.years[-1]
            if self.carried.years and self.carried.are_years_named
            else anchor.newest
        )
        if base is None:
            return None
        if mention.value == "after":
            return base + 101
        if mention.value == "before-last":
            return year_before(year_before(base))
        return year_before(base)

    def _other(self, year: int, q: Quantity, before: list[tuple[Quantity, Said]]) -> int:
        """Find the year that a change in `year` starts from: named beside it, else the year before."""
        named = [int(m.value) for m in self.of("academic")]
        bases = [int(m.value) for m in self.of("academic") if self._is_base(m) and int(m.value) < year]
        if bases and len(named) == len(bases) + 1:
            return bases[-1]
        levels = [
            said.years[0] for _, said in before if said.role == "level" and len(said.years) == 1 and said.end == "from"
        ]
        if levels and levels[-1] < year:
            return levels[-1]
        match = re.search(r"\b(?:since|on|than in|compared with|from)\s+$", self.text[self.start : q.start])
        earlier = [period for period in named if period < year]
        if match and earlier:
            return earlier[-1]
        after = [
            m
            for m in self.within(q.end, self.end, "academic")
            if re.search(r"\b(?:since|on|than|with|to|from)\s+(?:in\s+)?$", self.text[self.start : m.start])
            and int(m.value) < year
        ]
        if after:
            return int(after[0].value)
        return year_before(year)

    def _default(self, q: Quantity, end: str, before: list[tuple[Quantity, Said]]) -> tuple[int, bool]:
        """The year of a number that has none of its own."""
        anchor = self.reader.anchor
        named = [
            m
            for m in self.of("academic", "year")
            if not self._is_as_of(m) and (end or not (self._is_base(m) or self._is_of_from(m)))
        ]
        if end in ("from", "than"):
            later = self._later_year(q)
            others = [said.years[-1] for _, said in before if said.years]
            base = later or (others[-1] if others else None)
            if base is None:
                base = self._context_year()[0]
            return base - 101 * self._stride(), bool(named)
        if end == "to" and named:
            years = [self._resolved(m, q) for m in named]
            known = [year for year in years if year is not None]
            return (max(known) if known else anchor.newest), True
        if not end:
            named = [
                m
                for m in named
                if not (m.kind == "year" and m.value in ("before", "before-last")) and m.start < self.segment(q)[1]
            ]
        if named:
            earlier = [m for m in named if m.end <= q.start] or named
            year = self._resolved(earlier[-1], q)
            return (year or anchor.newest), True
        if end == "to" and before and before[-1][1].end == "from" and not before[-1][1].are_years_named:
            return self._context_year()
        if before and before[-1][1].years and before[-1][1].role != "change":
            return before[-1][1].years[-1], before[-1][1].are_years_named
        return self._context_year()

    def _is_of_from(self, mention: Mention) -> bool:
        """Whether a year belongs to the figure that a change starts from: `up from 17.2% in 2023/24`."""
        others = [q for q in self.inside if q.end <= mention.start]
        if not others or mention.start - others[-1].end > 6:
            return False
        return re.search(r"\b(?:from|than|against)\s+$", self.text[self.start : others[-1].start]) is not None

    def _stride(self) -> int:
        """Over how many years a change goes: 2 for `in two years`, else 1."""
        match = _STRIDE.search(self.text, self.start, self.end)
        return _COUNT[match[1].lower()] if match else 1

    def _later_year(self, q: Quantity) -> int | None:
        for mention in self.within(q.end, self.end, "academic", "year"):
            return self._resolved(mention, q)
        return None

    def _context_year(self) -> tuple[int, bool]:
        for said in (self.carried, self.heading):
            if said.are_years_named and said.years and said.is_about:
                return said.years[-1], True
        return self.reader.anchor.newest, False
