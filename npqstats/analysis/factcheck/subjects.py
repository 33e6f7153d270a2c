"""What a number counts: people or courses, started or completed, funded by whom, where."""

import itertools
import re
from functools import cached_property

from npqstats.analysis.factcheck.quantities import Quantity
from npqstats.analysis.factcheck.said import Said
from npqstats.analysis.factcheck.windows import Windows
from npqstats.vocabulary.claims import Mention

_BELONGS = re.compile(r"\s+(?:of|for|on|in|among)\s+(?:the\s+|all\s+|those\s+)?(?:\w+\s+)?", re.IGNORECASE)
_OF_COURSES = re.compile(
    r"\s+(?:in|on|of|for|with|taking|starting|doing|who\s+started)\s+(?:(?:the|their|an?|any|no|some|at\s+least\s+one|[\w-]*funded|reformed)\s+){0,2}",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\b(?:first|second)\s+half\s+of\b"
    r"|\b\d[\d,]*\s+of\s+(?:our|my)\b"
    r"|(?:%|\bper\s?cent)\s+(?:at|in|across|among)\s+[\d.]+\s*(?:%|per\s?cent)\s+of\b"
    r"|\b(?:gap|difference) between\b|\b(?:funding|budgets?|spending|costs?|fees|price) (?:for|of|on)\b",
    re.IGNORECASE,
)
_TIMES_AS_MANY = re.compile(
    r"\b(?:all\s+but|not)\s+(?=\d)|\b(?:twice|half|double|\w+\s+times)\s+as\s+many\s+as\b", re.IGNORECASE
)
_DENIAL = re.compile(
    r"\b(?:did|does|do|has|have|was|were|is)(?:\s+not|n['’]t)\b|\b(?:never|without\s+any|no\s+NPQs?|no\s+starters?|denied|deny|false|untrue|wrongly|incorrectly|myth)\b",
    re.IGNORECASE,
)
_EACH_YEAR = re.compile(r"(?:per|each|every) year", re.IGNORECASE)
_FUNDING = re.compile(r"\bfunding\s*:", re.IGNORECASE)
_PAID_BY = re.compile(r"\s*\((?:(?P<state>government|DfE|state)|others?|schools?|self|none)\)", re.IGNORECASE)
"""Who paid, in brackets after a number: `Funding: 23,477 (government), 6,063 (other)`."""
_UNREAL = re.compile(
    r"\b(?:would|could|might|should)(?:\s+have|['’]ve)\b|\b(?:about|were|was|are|is)\s+to\s+be\b|\brather\s+than\b|\binstead\s+of\b"
    r"|\b(?:started|begun)\s+but\s+(?:not|never)\b(?![^.;]*\d)|\btoo\s+(?:few|many|low|high)\b",
    re.IGNORECASE,
)
"""What did not happen, or is held against something else."""
_ONE_OF = re.compile(r"\bone of the\s+$", re.IGNORECASE)
_HAVE = re.compile(r"\b(?:people|teachers|leaders|participants|staff)\s+(?:have|had)\s+$")
_OTHERS = re.compile(r"\s*(?:(?:and|the|all)\s+)?(?:others?|the rest)\b", re.IGNORECASE)
_NUMBER_OF = re.compile(r"\bnumbers?\s+of\s+(?:the\s+|new\s+|reformed\s+)*$", re.IGNORECASE)
_PASSIVE = re.compile(r"(?:is|are|was|were)\s|\w+ed\b", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|&|,?\s*and)\s*(?:the\s+)?")
_TOTAL_OF = re.compile(
    r"\b(?:all|total|overall|in all|altogether)(?:\s+(?:courses|NPQs|starts))?\s*:\s*$", re.IGNORECASE
)


class Subjects(Windows):
    """Finds what is counted."""

    def _counted(
        self,
        q: Quantity,
        head: Mention | None,
        part_of: Quantity | None,
        whole: str,
        role: str,
        before: list[tuple[Quantity, Said]],
    ) -> tuple[str, str, str]:
        """Say what is counted and what became of it."""
        low, high = self.gap_before(q)
        near = self.within(low, high, "measure")
        measure = near[-1].value if near else ""
        if not measure and (after := self.within(*self.gap_after(q), "measure")) and q.kind != "count":
            measure = after[0].value
        if (
            not measure
            and not whole
            and before
            and before[-1][0].kind == "percent"
            and q.kind in ("percent", "points")
            and before[-1][1].measure
        ):
            measure = before[-1][1].measure  # `98.7% for 2021/22 starters, 96.7% for 2022/23`
        if not measure and not head and not whole:
            earlier = [m for m in self.of("measure") if m.end <= q.start]
            nouns = [
                m
                for m in self.of("counted")
                if m.end <= q.start
                and earlier
                and m.start > earlier[-1].end
                and not _BELONGS.fullmatch(self.text[earlier[-1].end : m.start])
            ]
            measure = earlier[-1].value if earlier and not nouns else ""
        counted = head.value if head else ""
        if not counted and part_of is not None:
            other, _, _ = self.head(part_of)
            counted = other.value if other else ""
        event = self._event(q, head, part_of)
        if head is None and not whole and q.kind == "count" and (noun := self._noun(q)):
            return "courses", noun, ""
        if part_of is not None and not counted:
            counted = next((said.counted for other, said in before if other is part_of), "")
        if role == "factor" and re.match(
            r"\s*(?:of\s+)?(?:the|that)\s+(?:\w+\s+)?(?:rate|share|proportion)",
            self.text[q.end : q.end + 40],
            re.IGNORECASE,
        ):
            measure = measure or {"complete": "completion-rate", "pass": "pass-rate", "start": "workforce-share"}.get(
                event, ""
            )
        if not head and not counted and before and before[-1][1].whole and (part_of is not None or self._is_whole(q)):
            counted = {"participants": "people", "completions": "courses"}.get(before[-1][1].whole, before[-1][1].whole)
        elif not head and self._is_whole(q) and before:
            told = next((said.counted or said.whole for _, said in reversed(before) if said.counted or said.whole), "")
            counted = {"participants": "people"}.get(told, told)
            counted = counted or ("courses" if before[-1][1].event in ("complete", "pass") else "")
        if not counted and not whole:
            subject = self._subject(q)
            counted = subject.value if subject else ""
            if (
                subject
                and subject.text.lower() in ("starts", "npq starts", "course starts", "new starts", "starters")
                and not event
            ):
                event = "start"
        if head and head.text.lower() in ("starts", "npq starts", "course starts", "new starts"):
            event = (
                event
                if event in ("complete", "pass", "dropout")
                and not re.search(r"start", self.text[head.end : head.end + 2])
                else "start"
            )
            event = "start" if role != "share" and not part_of else event
        if not counted and not event and not measure and not whole:
            if before:
                said = before[-1][1]
                counted, event, measure = said.counted, said.event, said.measure
            elif self.carried.is_about or self.heading.is_about:
                source = (
                    self.carried
                    if (self.carried.counted or self.carried.measure or self.carried.event)
                    else self.heading
                )
                counted, event, measure = source.counted, source.event, source.measure
        if not counted and not before and re.match(r"\W*Of\s+(?:these|those|them)\b", self.text[self.start : q.start]):
            counted = self.carried.counted
        if not counted and event == "start" and re.search(r"\bdid\b", self.text[q.end : q.end + 12]):
            counted = before[-1][1].counted if before else self.carried.counted  # `In 2023/24, 43,535 did.`
        is_bare = (
            q.kind == "percent" and role == "share" and not before and not self.of("funding") and event in ("", "start")
        )
        if is_bare and not measure and not whole and self.carried.is_caption and self.carried.measure:
            measure = self.carried.measure  # A caption says what the rates after it are.
        return counted, event, measure

    def _noun(self, q: Quantity) -> str:
        """What a number counts where the subject is a noun for it: `completions for 2022/23 starters: 31,791`."""
        for mention in self.within(q.end, min(self.end, q.end + 24), "event"):
            if mention.text.lower() in ("completions", "passes", "starts") and mention.start - q.end <= 6:
                return mention.value
        for mention in self.of("event"):
            if mention.end <= q.start and mention.text.lower().split()[-1] in ("completions", "passes", "starts"):
                if any(
                    m.end < mention.start and _OF_COURSES.fullmatch(self.text[m.end : mention.start])
                    for m in self.of("counted")
                ):
                    continue  # `schools with NPQ starts` counts schools
                rest = self.text[mention.end : q.start]
                later = [
                    m
                    for m in self.of("counted")
                    if mention.end <= m.start < q.start and self.text[m.end : m.end + 1] != ")"
                ]
                if not later or re.match(r"\s+(?:for|of|among|by|from|in)\b", rest):
                    if not re.search(r"[.;]|\bof which\b", rest):
                        return mention.value
        return ""

    def _subject(self, q: Quantity) -> Mention | None:
        nouns = [m for m in self.of("counted") if m.end <= q.start]
        named = [m for m in nouns if _NUMBER_OF.search(self.text[self.start : m.start])]
        if named and not any(other.end <= q.start and other.start > named[-1].end for other in self.inside):
            return named[-1]  # `the number of NPQs completed by those who began in 2023/24 stands at 17,389`
        if len(nouns) > 1 and _OF_COURSES.fullmatch(self.text[nouns[-2].end : nouns[-1].start]):
            return nouns[-2]  # `participants in NPQs`
        if len(nouns) > 1 and nouns[-2].value in ("people", "schools") and nouns[-1].value == "courses":
            # `teachers signing up for NPQs fell by`
            if self.within(nouns[-2].end, nouns[-1].start, "event") and self.within(
                nouns[-1].end, q.start, "direction"
            ):
                return nouns[-2]
        if nouns:
            return nouns[-1]
        is_alone = self.text[: q.start].endswith("(") and self.text[q.end : q.end + 1] == ")"
        later = [m for m in self.of("counted") if m.start >= q.end]
        return later[0] if later and not is_alone else None

    def _event(self, q: Quantity, head: Mention | None, part_of: Quantity | None) -> str:
        """Choose the event: of a part or a share the last one said, of a count the one right after its noun."""
        strong = ("complete", "pass", "fail", "dropout", "register", "offer")
        start, end = self.gap_after(q)
        if q.kind in ("percent", "all", "none") or part_of is not None:
            end = self.end if part_of is not None and part_of.start >= q.end else end
            after = self.within(start, end, "event") + self.within(*self.predicate(q), "event")
            if part_of is not None and part_of.start >= q.end:
                after = [m for m in after if m.start > part_of.end]
            found = [m.value for m in after if m.value in strong]
            if found:
                return found[-1]
            low, high = self.gap_before(q)
            before = [m.value for m in self.within(low, high, "event") if m.value in strong]
            if before and not self._passed(q):
                return before[-1]
            every = [m.value for m in self.of("event") if m.value in (*strong, "start", "survey")]
            return ([m.value for m in after if m.value != "target"] or every or [""])[0]
        after = self.within(start, end, "event") or self.within(*self.predicate(q), "event")
        if head is not None and head.value == "workforce" and not after:
            return ""
        if self._is_whole(q):
            return "start" if not after or after[0].value != "complete" else "complete"
        if head is not None:
            told = [m for m in self.within(*self.gap_before(q), "event") if m.value in strong and q.start - m.end < 20]
            following = [m for m in after if m.start >= head.start]
            if told and following and following[0].text.lower() in ("begun", "started", "starting", "taken"):
                return told[-1].value  # `Teachers completed 31,677 NPQs begun in 2021/22.`
            found = [m.value for m in following if m.value in strong]
            if found and following[0].value == "start" and len(following) > 1 and self._is_modifier(following[0], head):
                return found[-1]
            if following:
                return found[0] if found else following[0].value
        elif after:
            found = [m.value for m in after if m.value in strong]
            return found[0] if found else after[0].value
        low, high = self.gap_before(q)
        near = [m for m in self.within(low, high, "event") if not self._is_hedge_passed(m, q)]
        found = [m.value for m in near if m.value in strong]
        if found:
            return found[-1]
        if near:
            return near[-1].value
        every = [m.value for m in self.of("event") if m.value != "target" and not self._is_hedge_passed(m, q)]
        return every[0] if every else ""

    def _is_hedge_passed(self, mention: Mention, q: Quantity) -> bool:
        """Whether `passed` is a level that was passed, `starts passed 40,000`, not what `teachers have passed`."""
        is_before = mention.text.lower() == "passed" and not self.text[mention.end : q.start].strip()
        return is_before and not _HAVE.search(self.text[self.start : mention.start])

    def _passed(self, q: Quantity) -> bool:
        return bool(re.search(r"\bpassed\s*$", self.text[self.start : q.start]))

    def _is_modifier(self, event: Mention, head: Mention) -> bool:
        return event.start - head.end <= 12

    def _funding(self, q: Quantity, part_of: Quantity | None, *, is_far: bool = False) -> tuple[str, bool]:
        start, end = self.gap_after(q)
        if part_of is not None and part_of.start > q.start:
            end = self.end
        if label := _PAID_BY.match(self.text, q.end) if _FUNDING.search(self.text, self.start, q.start) else None:
            return ("funded" if label["state"] else "non-funded"), True
        after = self.within(start, end, "funding") or self.within(*self.predicate(q), "funding")
        if q.kind == "percent":
            after = [m for m in after if m.value != "all"]  # It is the whole: `94 per cent of the total`.
        if self._is_whole(q) and not _ONE_OF.search(self.text[self.start : q.start]):
            head, _, _ = self.head(q)
            after = [m for m in after if head is not None and m.start < head.end]
        if after:
            return after[0].value, True
        if self._is_whole(q):
            before = self.within(*self.gap_before(q), "funding")
            return (before[-1].value, True) if before else ("all", False)
        before = self.within(*self.gap_before(q), "funding")
        if q.kind == "percent":
            before = [m for m in before if m.value != "all" or not self.text[: m.start].endswith(("of the ", "of "))]
        if before:
            return before[-1].value, True
        earlier = [m for m in self.of("funding") if m.end <= q.start]
        if q.kind == "percent":
            earlier = [m for m in earlier if m.value != "all"]
        if earlier and _OTHERS.match(self.text, self.segment(q)[0]) and earlier[-1].end <= self.segment(q)[0]:
            return {"funded": "non-funded", "non-funded": "funded"}.get(earlier[-1].value, "all"), True
        if earlier and not re.search(r"\bof (?:these|those|them|whom)\b", self.text[earlier[-1].end : q.start]):
            between = self.text[earlier[-1].end : q.start]
            is_item = ";" in between and not self.within(
                self.start + self.text[self.start : q.start].rfind(";"),
                self.gap_after(q)[1],
                "counted",
                "event",
                "measure",
            )
            if is_far or is_item or ";" not in between:
                return earlier[-1].value, True
        head, _, _ = self.head(q) if q.kind == "count" else (None, [], False)
        if head is None:
            ahead = [m for m in self.of("funding") if m.start >= q.end]
            if ahead and not re.search(r"[;:]", self.text[q.end : ahead[0].start]):
                return ahead[0].value, True
        if not earlier and not self.of("funding") and self.carried.is_about and self.carried.is_funding_named:
            if not self.of("counted", "measure"):
                return self.carried.funding, True
        if not self.of("funding") and self.heading.is_funding_named:
            return self.heading.funding, True
        return "all", False

    def _parts(self, q: Quantity) -> tuple[str, str, str, tuple[str, ...]]:
        area = self.pick(q, "area")
        without: tuple[str, ...] = ()
        cues = self.of("without")
        course = self.pick(q, "course")
        if cues:
            left = [
                m
                for m in self.of("course")
                if any(0 <= m.start - cue.end < 40 or (m.end <= cue.start and _PASSIVE.match(cue.text)) for cue in cues)
            ]
            without = tuple(dict.fromkeys(m.value for m in left))
            course = None if course in left else course
        group = self.pick(q, "group")
        if group and group.value == "forecast" and ":" in self.text[group.end : q.start]:
            group = None  # `We warned that this would happen: ...`
        if group and group.value == "age":
            group = next((m for m in self.of("group") if m.start == group.end + 1), group)  # `aged 30 to 39`
        if group and self._is_no_limit(group, q):
            group = None
        if area is None:
            ahead = [m for m in self.of("area") if m.start >= q.end and ";" not in self.text[q.end : m.start]]
            area = ahead[0] if ahead and len({m.value for m in ahead}) == 1 else None
        if course is None and not without:
            ahead = [m for m in self.of("course") if m.start >= q.end and ";" not in self.text[q.end : m.start]]
            course = (
                ahead[0]
                if ahead and not self.of("without") and len({m.value for m in self.of("course")}) == 1
                else None
            )
        if group is None:
            ahead = [
                m
                for m in self.of("group")
                if m.start >= q.end and ";" not in self.text[q.end : m.start] and not self._is_no_limit(m, q)
            ]
            group = ahead[0] if ahead else None
        where = area.value if area else self.carried.area if not self.of("area") else ""
        what = course.value if course else "" if without else self.carried.course if not self.of("course") else ""
        who = group.value if group else self._carried_group() if not self.of("group") else ""
        if _TOTAL_OF.search(self.text[slice(*self.gap_before(q))]) and (
            not course or course.end <= self.gap_before(q)[0]
        ):
            return where, "", "", without
        return where, what, who, without

    def _carried_group(self) -> str:
        """The group of the heading, or of the sentence before where this one points back: `They had 29,818 starts`."""
        points_back = {*self.tokens(self.start, self.end).split()} & {"they", "their", "its", "it", "them", "these"}
        is_own = self.carried.group in ("institution", "provider")
        return (self.carried.group if points_back or is_own else "") or self.heading.group

    def _joined(self, q: Quantity) -> list[str]:
        """Courses, areas or groups that are counted together: `In York and Hull 540 NPQs were started`."""
        later = self.next_start(q)
        for kind in ("course", "area", "group"):
            after = [m for m in self.within(*self.gap_after(q), kind) if not self.is_of_next(q, m, later)]
            before = self.within(*self.gap_before(q), kind)
            for first, second in (*itertools.pairwise(before), *itertools.pairwise(after)):
                if first.value != second.value and _AND.fullmatch(self.text[first.end : second.start]):
                    if "respectively" not in self.text[self.start : self.end] and first.start != second.start:
                        return [f"'{first.text} and {second.text}' together"]
        return []

    def _is_no_limit(self, mention: Mention, q: Quantity | None = None) -> bool:
        """Whether a group is none: a speaker (`Teach First: over 100,000 ...`), or the `if` of `if X is left out`."""
        if mention.text.lower() == "if" and self.of("without"):
            return True
        if (
            mention.value == "time"
            and _EACH_YEAR.fullmatch(mention.text)
            and len(self.of("academic")) >= len(self.inside) > 1
        ):
            return True  # `participants per year, 2021/22 (31,510) to 2024/25 (29,526)`
        if mention.value == "forecast" and self.text.startswith("-be ", mention.end):
            return True  # `would-be SENCOs`
        if mention.value == "forecast" and q is not None and ":" in self.text[mention.end : q.start]:
            return True  # `had warned that this would happen: 43,840 teachers took ...`
        return mention.value in ("provider", "institution") and bool(
            re.match(
                r"\s*:|\s+(?:is|was)\s+one\s+of\s+the\b|,?\s+(?:\w+\s+)?(?:said|says|found|reports?|argues?|estimates?|told)\b",
                self.text[mention.end :],
            )
            or re.search(r"\b(?:according to|said|says)\s+(?:the\s+)?$", self.text[self.start : mention.start])
        )

    @cached_property
    def _doubts(self) -> list[str]:
        """What the sentence says besides, which no row can answer."""
        doubts = [
            f"'{match[0]}'"
            for match in _ASIDE.finditer(self.text, self.start, self.end)
            if not any(m.start < match.end() and match.start() < m.end for m in self.of("funding"))
        ]
        doubts += [f"'{match[0]}'" for match in _UNREAL.finditer(self.text, self.start, self.end)]
        others = [m for m in self.of("topic") if m.value == "other"]
        doubts += [f"'{m.text}'" for m in others]
        times = _TIMES_AS_MANY.search(self.text, self.start, self.end)
        earlier = [other for other in self.inside if times and other.end <= times.start() and other.kind == "count"]
        if times and not earlier:
            doubts.append(f"'{times[0].strip()}'")
        for match in _DENIAL.finditer(self.text, self.start, self.end):
            if any(first <= match.end() and match.start() <= last for first, last in self.rests):
                continue
            if not any(m.start <= match.end() - 1 < m.end for m in self.all if m.kind in ("funding", "event")):
                doubts.append("a denial")
                break
        return doubts
