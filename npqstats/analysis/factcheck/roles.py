"""Whether a number is a level, a change or a share, in which direction, and of what."""

import re

from npqstats.analysis.factcheck.quantities import Quantity
from npqstats.analysis.factcheck.said import Said
from npqstats.analysis.factcheck.windows import BREAK, DIRECT, Windows
from npqstats.vocabulary.claims import Mention

_BY = re.compile(
    r"[\s(]*(?:\w+ly\s+)?(?:back\s+|again\s+|sharply\s+|year[\s-]on[\s-]year\s+)?"
    r"(?:by|of|was|were|is|has\s+been|had\s+been|:|amounts?\s+to|amounted\s+to|equivalent\s+to|equal\s+to|around)?"
    r"\s*(?:a\s+further|another|just|only|even|as\s+much\s+as|the|a|an)?[\s(]*",
    re.IGNORECASE,
)
_GROWTH = re.compile(
    r"\bgrowth\b[^.;:]{0,60}?\b(?:slow|eas|accelerat|quicken)(?:s|es|ed)\b(?:[^.;:]|\.\d){0,60}\b(?:from|to)\s+$",
    re.IGNORECASE,
)
"""What makes both ends of a change changes themselves: `growth slowed from 23 per cent to 13`."""
_ADDED = re.compile(r"\badd(?:ed|s|ing)\s+$", re.IGNORECASE)
_ADDED_TO = re.compile(r"[^.,;:]{0,40}\bto\s+(?:the\s+)?(?:[\w'’]+\s+){0,3}$")
_AND_BY = re.compile(r"\s+on\s+\S+(?:\s+\S+){0,3}?,?\s+and\s+(?:by\s+)?")
_FASTER = re.compile(r"\b(?:faster|slower|quicker|steeper)\s+than\s+(?:the\s+)?$", re.IGNORECASE)
_NOUN = re.compile(
    r"\b(?:the|a|an|this|that|its|their|annual|overall|sharp|steep|big|bigger|total)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_COPULA = re.compile(
    r"\b(?:was|is|of|to\s+be|amounted\s+to|amounts\s+to|comes\s+to|came\s+to|stood\s+at|stands\s+at|were)\s+$"
)
_PAST = re.compile(
    r"\s+(?:back\s+)?(?:to\s+)?(?:just\s+|well\s+)?(?:below|under|beneath|above|over|past|beyond)\s+(?:the\s+)?",
    re.IGNORECASE,
)
"""What makes a number the level that was passed: `fell below 30,000`."""
_SHARE_OF = re.compile(
    r"\s*(?:of\s+)?(?:the(?!\s+(?:total|whole|\w*\s*workforce))|that|what|as\s+(?:many|much|high|low)|last\s+year|its)\b[^.;]{0,50}",
    re.IGNORECASE,
)
_IS_EVEN = re.compile(r"\s+(?:is|was|would\s+be)\s+(?:even\s+|much\s+|far\s+)?")
_COMPARATIVES = frozenset(
    {"higher", "lower", "greater", "bigger", "larger", "smaller", "more", "fewer", "less", "worse"}
)
_OF_A_YEAR = re.compile(
    r"\s+of\s+(?:the\s+previous|last|the\s+year|what|that|its|the\s+20(?!\d\d[/-]\d+\s+(?:cohort|starters|intake|courses|NPQs)))",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\s+(?P<word>below|above|under|short\s+of|down\s+on|up\s+on)\s+(?:in\s+|the(?!\s+(?:peak|record|high|target))|those|that|what|its|last|20\d\d)",
    re.IGNORECASE,
)
_WHO_STARTED = re.compile(
    r"\s+(?:who\s+(?:have\s+|had\s+)?(?:started|began|begun|took|taken)|taking|on|doing|starting)\b", re.IGNORECASE
)
_HEDGES = re.compile(
    r"(?:\b(?:about|around|some|roughly|approximately|approx\.?|circa|nearly|almost|just under|just below|just short of"
    r"|not quite|close to|more than|over|just over|well over|at least"
    r"|fewer than|less than|under|at most|no more than|no fewer than|no less than"
    r"|past|shy of|just shy of|not far off|close on|approaching|minus|plus"
    r"|up to|below|above|only|just|as many as|as few as|an estimated|a total of|in excess of|the|a little over"
    r"|a little under|even|still|whopping|a whopping)|~|≈|[+\u2212-])\s*$",
    re.IGNORECASE,
)


class Roles(Windows):
    """Tells levels, changes and shares apart."""

    def _role(self, q: Quantity, before: list[tuple[Quantity, Said]]) -> tuple[str, int, str]:
        """Tell a level from a change, in which direction, and whether it is the start or the end of one."""
        left = unhedged(self.text[self.start : q.start])
        moves = [m for m in self.of("direction") if m.end <= q.start]
        last = moves[-1] if moves else None
        sign = {"up": 1, "down": -1, "flat": 0}
        if q.kind == "factor":
            return "factor", q.direction, ""
        if special := self._grown_or_added(q, left, before):
            return special
        if (
            re.search(
                r"\b(?:targets?|goals?|aims?|aimed|ambition|cap|capped|pledged|promised|planned)\b[^.;]{0,60}(?:of|for|at|to|was|is)\s+(?:(?:train|deliver|fund|provide|offer|reach|support)\w*\s+)?$",
                left,
                re.IGNORECASE,
            )
            and "up from" not in left[-12:]
            and not re.search(r"\bup\s+(?:to|from)\s+$", left)
        ):
            return "target", 0, ""
        following = self.text[q.end : q.end + 45]
        if re.match(r"\s+(?:[\w-]+\s+){0,2}target\b", following):
            return "target", 0, ""
        if (
            q.kind == "percent"
            and (_SHARE_OF if q.is_word else _OF_A_YEAR).match(following)
            and self._is_before(q)
            and not re.search(r"\bby\s*$", left)
        ):
            return "factor", 0, ""
        after = [m for m in self.of("direction") if q.end <= m.start <= q.end + 24]
        if (
            (
                after
                and re.fullmatch(r"\s*(?:[\w-]+\s+)?", self.text[q.end : after[0].start])
                and not re.search(r"\b(?:and|in|to|from|the|a|were|was|that|by)\b", self.text[q.end : after[0].start])
            )
            and (
                after[0].text.lower() not in ("up", "down")
                or not re.match(r"\s*(?:,\s*)?(?:from|by|on)", self.text[after[0].end :])
            )
            and not (
                q.kind == "count"
                and after[0].text.lower() in ("fell", "rose", "dropped", "grew", "fall", "rise", "extra", "additional")
            )
        ):
            return "change", sign[after[0].value], ""
        if re.search(r"\b(?:change|difference|gap|swing|movement)\s+of\s+$", left + " ", re.IGNORECASE) and before:
            return "change", 0, ""
        if q.kind != "factor" and (signed := re.search(r"(?:^|[\s(:])(minus|plus)\s+$", left + " ", re.IGNORECASE)):
            return "change", 1 if signed[1].lower() == "plus" else -1, ""
        if q.kind in ("percent", "points") and (beside := _BESIDE.match(following)):
            return "change", 1 if beside["word"].lower() in ("above", "up on") else -1, ""
        if re.search(
            r"\b(?:from|down\s+on|up\s+on)\s*(?:an?\s+)?(?:(?:high|peak|low|record|total)\s+of\s*)?$",
            left,
            re.IGNORECASE,
        ) and (
            moves
            or self.of("direction")
            or self._next_is_to(q)
            or (before and before[-1][1].role in ("level", "change"))
        ):
            return "level", sign[last.value] if last else 0, "from"
        if (
            before
            and before[-1][1].role == "change"
            and q.kind == "count"
            and re.fullmatch(r"\s+on\s+(?:the\s+)?", self.text[before[-1][0].end : q.start])
        ):
            return "level", before[-1][1].direction, "from"  # `a rise of 20 per cent on 2,594`
        if before and before[-1][1].role == "change" and _FASTER.search(left):
            return "change", before[-1][1].direction, ""
        if re.search(r"(?:compared\s+(?:with|to)|against|versus|vs\.?|than(?:\s+the)?)\s*$", left, re.IGNORECASE):
            return "level", 0, "than"
        if last is not None:
            if q.kind == "count" and not last.text.endswith("by") and _PAST.fullmatch(self.text[last.end : q.start]):
                return "level", sign[last.value], "to"
            between = unhedged(self.text[last.end : q.start])
            inner = [o for o in self.inside if last.end <= o.start < q.start]
            if not inner:
                if re.search(
                    r"\bto\s*(?:a\s+(?:total|record|new\s+\w+|low|high)(?:\s+\w+)?\s+of\s+|just\s+|only\s+)?$",
                    between,
                    re.IGNORECASE,
                ) and not re.search(r"amount(?:s|ed)? to\s*$|equivalent to\s*$", between):
                    return "level", sign[last.value], "to"
                if re.fullmatch(r"\s*:\s*", between) and self._next_is_from(q):
                    return "level", sign[last.value], "to"
                if (
                    re.fullmatch(r"(?:\s+than\b.*)?\s*\(", self.text[last.end : q.start])
                    and last.text.lower() in _COMPARATIVES
                ):
                    noun = moves[-2] if len(moves) > 1 else None
                    if noun and _IS_EVEN.fullmatch(self.text[noun.end : last.start]):
                        return "change", sign[noun.value], ""  # `the fall is even larger (56 per cent)`
                    return ("share" if q.kind == "percent" else "level"), 0, ""
                is_share = q.kind == "percent" and bool(self._whole(q, "share")) and not re.search(r"\bby\s*$", between)
                if is_share and re.search(r"[:,;]", between):
                    return "share", 0, ""
                if _BY.fullmatch(between) and not (
                    last.text.lower()
                    in ("more", "less", "fewer", "additional", "extra", "added", "gained", "gain", "greater")
                    and "of" not in between
                    and "by" not in between
                ):
                    return "change", sign[last.value], ""
                if re.search(
                    r"\bby\s*(?:a\s+further|another|an\s+\w+|just|only|as\s+much\s+as)?\s*$", between, re.IGNORECASE
                ):
                    return "change", sign[last.value], ""
                is_noun = bool(_NOUN.search(self.text[self.start : last.start])) or last.start == self.start
                if is_noun and _COPULA.search(between.rstrip() + " ") and not re.search(r"[,;]", between):
                    return "change", sign[last.value], ""
            elif re.search(
                r"\b(?:by|of)\s*(?:a\s+further|another|just)?\s*$", between[-22:], re.IGNORECASE
            ) and re.search(
                r"\b(?:and|then)\s+(?:then\s+)?(?:by|of)\s*(?:a\s+further|another|just)?\s*$", between, re.IGNORECASE
            ):
                return "change", before[-1][1].direction if before else sign[last.value], ""
            elif re.search(r"\bto\s*(?:a\s+\w+\s+of\s+|just\s+|only\s+)?$", between, re.IGNORECASE):
                return "level", sign[last.value], "to"
        if before and before[-1][1].end == "to" and q.kind == "percent" and re.search(r"\bby\s*$", left):
            return "change", before[-1][1].direction, ""
        if before and before[-1][1].end == "from":
            other, said = before[-1]
            if re.fullmatch(r"\s*(?:(?!(?:and|by)\b)[\w-]+\s+){0,3}to\s*", unhedged(self.text[other.end : q.start])):
                return "level", said.direction, "to"
        if re.search(r"(?:→|➜|⇒|->|–>|=>|>)\s*$", left) or re.search(
            r"^\s*(?:→|➜|⇒|->|=>)", self.text[q.end : q.end + 6]
        ):
            return "level", 0, "to" if re.search(r"(?:→|->|=>|>)\s*$", left) else "from"
        if before and q.kind in ("percent", "points"):
            other, said = before[-1]
            if DIRECT.fullmatch(self.text[other.end : q.start]) and said.role == "change":
                return "change", said.direction, ""
        if before and before[-1][1].role == "change" and _AND_BY.fullmatch(self.text[before[-1][0].end : q.start]):
            return "change", before[-1][1].direction, ""
        if q.direction and q.kind in ("percent", "points", "count"):
            return "change", q.direction, ""
        if q.kind == "points":
            return "change", sign[last.value] if last else 0, ""
        return ("share" if q.kind == "percent" else "level"), 0, ""

    def _grown_or_added(
        self, q: Quantity, left: str, before: list[tuple[Quantity, Said]]
    ) -> tuple[str, int, str] | None:
        """Read `growth slowed from A to B`, `faster than B` and `added A to B`, whose numbers are no plain levels."""
        if q.kind == "percent" and (_GROWTH.search(left) or (before and _FASTER.search(left))):
            return "change", before[-1][1].direction if before else 1, ""
        if q.kind != "count":
            return None
        if _ADDED.search(left) and _ADDED_TO.fullmatch(self.text[q.end : self._next_start(q)]):
            return "change", 1, ""
        added = before[-1][0] if before else q
        if _ADDED.search(unhedged(self.text[self.start : added.start])) and _ADDED_TO.fullmatch(
            self.text[added.end : q.start]
        ):
            return "level", 1, "from"
        return None

    def _next_is_from(self, q: Quantity) -> bool:
        later = [other for other in self.inside if other.start > q.end]
        return bool(later) and bool(re.search(r"\bfrom\s*$", unhedged(self.text[q.end : later[0].start])))

    def _next_is_to(self, q: Quantity) -> bool:
        later = [other for other in self.inside if other.start > q.end]
        return bool(later) and bool(re.search(r"\bto\s*$", unhedged(self.text[q.end : later[0].start])))

    def _is_before(self, q: Quantity) -> bool:
        start, end = self.gap_after(q)
        return bool(self.within(start, end, "year", "academic")) and not re.match(
            r"\s*of\s+(?:the\s+|all\s+)?(?:teach|work|school|start|course|npq|particip|those)",
            self.text[q.end :],
            re.IGNORECASE,
        )

    def _whole(self, q: Quantity, role: str) -> str:
        """Name what a share is a share of."""
        if q.kind not in ("percent", "all", "none") or role not in ("share", "level"):
            return ""
        inside = self.reader.within(q.start, q.end, "counted")
        if inside:
            return self._whole_of(inside[0], inside)  # `one teacher in six`
        match = re.compile(r"\s*(?:\(|,)?\s*(?:out\s+)?of\s+").match(self.text, q.end, self.end)
        if match is None:
            match = (
                re.compile(r"\s*(?:of\s+)?(?:the\s+|all\s+|those\s+)?").match(self.text, q.end, self.end)
                if q.is_word
                else None
            )
        if match:
            near = list(
                self.within(
                    match.end(), min(self.end, match.end() + 60), "counted", "event", "measure", "funding", "course"
                )
            )
            stop = BREAK.search(self.text, match.end(), self.end)
            counted = self._part_of(q) if q.kind in ("all", "none") else None  # `all of the 26,783 courses`
            near = [
                m
                for m in near
                if (stop is None or m.start < stop.start())
                and not any(q.end <= o.start < m.start for o in self.inside if o is not counted)
            ]
            if near and not re.search(r"[.;]|,(?!\d)", self.text[match.end() : near[0].start]):
                return self._whole_of(near[0], near)
        opening = re.match(r"\s*(?:out\s+)?of\s+", self.text[self.start : q.start], re.IGNORECASE)
        if opening:
            near = self.within(self.start, q.start, "counted", "event")
            if near:
                return self._whole_of(near[0], near)
        return ""

    def _whole_of(self, first: Mention, near: list[Mention]) -> str:
        if any(m.kind == "event" and m.value == "target" for m in near[:2]):
            return "target"
        events = {m.value for m in near if m.kind == "event" and m.end - first.start < 45}
        text = first.text.lower()
        if (
            "complet" in text
            or "finish" in text
            or (
                first.kind == "counted"
                and first.value == "courses"
                and re.search(r"\bcompleted\b", self.text[first.end : first.end + 12])
                and "were" not in self.text[first.end : first.end + 6]
            )
        ):
            return "completions"
        if text.startswith(("those", "people")) and re.match(
            r"\s+who\s+(?:have\s+|had\s+)?(?:completed|finished)", self.text[first.end :]
        ):
            return "completions"
        if first.kind == "counted":
            if first.value == "people" and _WHO_STARTED.match(self.text, first.end):
                return "participants"
            if first.value == "people" and text in (
                "participants",
                "participant",
                "starters",
                "unique participants",
                "those who started",
                "those who began",
                "those starting",
            ):
                return "participants"
            return first.value
        if first.kind == "event" and first.value == "start":
            return "courses"
        return "participants" if events & {"start"} else ""


def unhedged(text: str) -> str:
    """Take the hedges off the end of the words before a number."""
    tail = text[-60:]
    for _ in range(3):
        shorter = _HEDGES.sub("", tail)
        if shorter == tail:
            break
        tail = shorter
    return text[:-60] + tail
