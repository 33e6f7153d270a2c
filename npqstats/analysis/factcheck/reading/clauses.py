"""What a sentence says of each of its numbers."""

import re
from functools import cached_property
from itertools import pairwise

from npqstats.analysis.factcheck.reading.around import DID_SO, WHO_DID, Around, Head, arounds
from npqstats.analysis.factcheck.reading.counting import left_of_what
from npqstats.analysis.factcheck.reading.doubts import doubts
from npqstats.analysis.factcheck.reading.framing import of_opening, of_tail
from npqstats.analysis.factcheck.reading.gaps import with_gap
from npqstats.analysis.factcheck.reading.limits import FRAME, Limits, limits
from npqstats.analysis.factcheck.reading.named_years import AS_OF, is_of_date, year_of
from npqstats.analysis.factcheck.reading.outcomes import BEGAN, outcome_of
from npqstats.analysis.factcheck.reading.paid import OPPOSITE, funding, is_of_payer
from npqstats.analysis.factcheck.reading.pairs import in_order, is_in_order, paired
from npqstats.analysis.factcheck.reading.rests import (
    has_failed,
    is_rest_of_before,
    is_same_rest,
    rest_of,
    turns,
    with_rests,
)
from npqstats.analysis.factcheck.reading.role import Role
from npqstats.analysis.factcheck.reading.roles import role_of
from npqstats.analysis.factcheck.reading.said import NO_LIMITS, Read, Said, with_parts
from npqstats.analysis.factcheck.reading.spans import counts_since
from npqstats.analysis.factcheck.reading.statement import Statement
from npqstats.analysis.factcheck.reading.strangers import beside, strangers
from npqstats.analysis.factcheck.reading.subjects import may_be_all
from npqstats.analysis.factcheck.reading.topics import is_claim, is_of_npqs, is_strong, topicality
from npqstats.analysis.factcheck.reading.unread import SUBJECTS, of_subject, qualifiers, unread
from npqstats.analysis.factcheck.reading.years import when
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.patterns import lazy

_CARRIED = ("counted", "event", "area", "course", "group", "basis")
"""The parts that a sentence may lean on, by the kind of their phrases."""
_YEARS = ("academic", "year", "calendar")
_LIMITS = ("funding", "area", "group", "course")
_ALONE = lazy(
    r"\b(?:year|cohort|\d\d)\s+(?:alone|itself|on\s+its\s+own)\b|\bin\s+(?:that|the|one|a\s+single)\s+year\b",
    re.IGNORECASE,
)
_OF_ALL = lazy(
    r"\bof\s+all\s+(?:the\s+)?(?:NPQ\s+)?(?:courses|NPQs|qualifications|starts|participants|starters)\b(?!\s+funded)"
)
_SUBJECT = lazy(r"(?:[,;:(\u2013\u2014]|\b(?:and|but|while|whereas|for|in|against|than|to|from))\s+(?:[\w-]+\s+){0,2}$")
"""Before what a number is of that does not share the subject of the one before it."""
_PAIRED = lazy(r"\b(?:respectively|former|latter)\b", re.IGNORECASE)
_WHICH_IS = lazy(
    r" , (?:or|(?:giving |making )?an? (?:\w+ )?rate of|(?:which|that|this) (?:is|was|makes|means|comes to)) $"
)
_LABEL = lazy(r"[^:;,.\d]*\b(?:at|in|from)\s+(?:the\s+)?([A-Z][\w’'-]+)[^:;,.\d]*:")
"""Where a label says that its numbers are: `NPQs at Oakfield School: 19.9% of teachers ...`."""
_ONE = lazy(
    r"\b(?:of\s+(?:them|these)|ha(?:s|ve|d)\s+one|h[oe]ld\s+one|took\s+one|taken\s+one|d(?:id|one)\s+(?:one|so))\b"
)
"""What stands for the NPQs that the text speaks of: `60 per cent of new heads hold one`."""
_NEVER = lazy(r"\b(?:never|yet\s+to|still\s+to)\b")
_PARAGRAPH = 400
"""Characters before a sentence, in its paragraph, whose payers it may lean on."""
_LITTLE = lazy(r"\b(?:just|only|barely|merely|a\s+mere|no\s+more\s+than)\s+$", re.IGNORECASE)
_OTHERS = ("from", "than")
"""The end of a move or of a comparison that a number is set against."""
_HUNDRED = 100
_ENDED = lazy(r"\b(?:completed|finished|passed)\b")
_WHEN_COUNTED = lazy(
    r"\b(?:[Ww]hen|[Bb]efore|[Bb]y\s+the\s+time)\s+the\s+(?:books|count|data|figures|statistics|snapshot)\s+(?:was|were)\s+\w+"
)
"""What makes a count one so far, as a date does: `two in five had been completed when the count was taken`."""
_OF_COHORT = lazy(r"\W*For\s+20\d\d")
_ONLY_SO = lazy(r"\b(?:without\s+\w+|(?:non-|un|self-)?funded(?:\s+\w+)?)\s+only\s*(?:[.,;)]|$)")
_AS_GAINED = lazy(
    r"\s+as\s+(?:many|much)\s+as\s+(?:[\w']+\s+){1,3}?(?:gained|added|lost|rose|fell|grew|won|put\s+on)\b"
)
"""What makes a multiple one of a change: `fell by 14,009, almost three times as many as it had gained`."""
_OF_THE_MOVE = lazy(
    r"\s+(?:as\s+many\s+as\s+|of\s+|as\s+much\s+as\s+)?(?:the|that)\s+(?:(?:rise|fall|growth|increase|drop|decline|gain)\b"
    r"|[\d,]+\s+(?:added|gained|lost|by\s+which)\b)"
)
_EVER = lazy(
    r"\bever\s+(?:been\s+)?(?:completed|finished|passed|reached\s+the\s+end)\b"
    r"|(?<!\bno )(?<!\bnot a )(?<!\bhardly a )"
    r"\b(?:damning|scandal(?:ous)?|disgrace(?:ful)?|shocking|pitiful|dismal|appalling|woeful|shameful|indictment)\b"
)
"""What makes something of a number of those that are not yet at their end: `only four were ever completed`."""
_BESIDE = lazy(r"[^.;:\d]{0,40}?(?:\s[\u2013\u2014-]|,|\()\s*(?:or\s+)?(?:\w+\s+){0,2}")
"""What is between a count and the share beside it."""
_REPLACED = lazy(
    r"\b(?:replac|scrap|axe|ditch|abolish|overhaul|reform|revamp|rewr|redesign|tore\s+up|t[eo]ar|swept|sweep|retir|end)\w*(?:\s+\w+)?\s+(?:the\s+|its\s+)?$"
)
"""What makes the old courses those that the ones counted replaced: `after ministers tore up the old system`."""
_TOTAL_TO = lazy(r"\b(?:the|its|their|[\w]+['’]s)\s+(?:overall\s+|grand\s+)?total\s+(?:to|up\s+to)\s+$")
_UNDER_WHICH = lazy(r",?\s+(?:under|in|on|of)\s+which\b")


class Clauses:
    """What a sentence says of each of its numbers."""

    def __init__(self, statement: Statement) -> None:
        """Take a sentence."""
        self.statement, self.text = statement, statement.text
        self.numbers = arounds(statement)
        self.topicality = topicality(statement)

    def said(self) -> list[Read]:
        """Say of each number in the sentence what the sentence says of it; those that are no claims are left out."""
        out: list[Read] = []
        others: list[Quantity] = []
        for at in self.numbers if self.topicality else ():
            head = at.head if at.q.kind == "count" else Head()
            if head.is_other or (at.part_of in others and at.q.kind == "count") or not is_claim(at, head.noun):
                others.append(at.q)  # `We have 64 teachers and 5 of them are on a course.`
                continue
            is_range = bool(out) and self._is_range(out[-1][0], at.q) and out[-1][1].end != "low"
            low = out.pop()[0] if is_range else None
            said = self._one(at, head, out)
            out += [(low, said), (at.q, said)] if low else [(at.q, said)]
        listed = paired(self.statement, out)
        placed = {q for (q, said), (_, one) in zip(out, listed, strict=True) if said.years != one.years}
        read = _compared(self.statement, _in_row(self.statement, _set_against(in_order(self.statement, listed))))
        return self._with_unread(with_rests(read), placed)

    def of_words(self, q: Quantity, before: list[Read]) -> Said | None:
        """Say of a claim in words what its sentence says of it, as of a number; None where it may not be about NPQs."""
        if self.topicality <= 1:
            return None
        at = self.at(q)
        said = self._one(at, Head(at.head.noun), before)
        strange = strangers(self.statement, self.numbers, [*before, (q, said)])
        return said._replace(unread=unread(at, said, strange))

    def at(self, q: Quantity) -> Around:
        """Return a number of the sentence with what is around it."""
        return self.numbers[0].beside(q)

    def _is_range(self, low: Quantity, high: Quantity) -> bool:
        """Whether two numbers are the ends of a range, which say the same of the figure between them."""
        return low.high == high.high == high.value > low.low == low.value and self.text[low.end : high.start] == " and "

    def _one(self, at: Around, head: Head, before: list[Read]) -> Said:
        q, statement = at.q, self.statement
        left_of = left_of_what(at, before)
        role = Role("level") if left_of else role_of(at, before)
        (counted, event, measure), of = outcome_of(at, head, role, before)
        if left_of:
            counted, event, measure, of = "people" if left_of == "participants" else "courses", "start", "", left_of
        words_of_rest, event, is_turned = rest_of(at, event)
        paid, is_funding_named, rest = self._payer(at, head, at.rest if is_turned else words_of_rest, before)
        last = before[-1][1] if before else Said()
        same = before[-2 if before[-1][1].part_of is None and len(before) > 1 else -1][1] if before else last
        kinds = {q.kind, before[-1][0].kind} if before else set[str]()
        is_alike = q.kind == "percent" or (
            kinds == {"count", "percent"} and (at.head.noun is None or at.head.noun.value == "people")
        )
        is_same = is_alike and bool(before) and _WHICH_IS.search(at.lead_from(before[-1][0].end)) is not None
        is_same = is_same and not (statement.of("without") and limits(at).without)
        did_so = bool(before) and DID_SO.match(self.text, q.end) is not None
        is_start = role.end in ("from", "than") and last.is_funding_named
        is_start = is_start and not (at.before("funding", "counted") or at.after("funding"))
        limited_to = Limits(same.area, same.course, same.group, same.without) if is_same or did_so else limits(at)
        is_again = at.goes_on and role.name == last.role == "share" and last.is_funding_named
        same = last if is_start else same
        if is_same or did_so or is_start or is_again:
            paid, is_funding_named = same.funding, same.is_funding_named
        if "+" in last.course and not (at.before("course") or at.after("course") or at.has_parts):
            limited_to = limited_to._replace(course=last.course)  # `SENCO and headship had 16,338, over half of all`
        is_outcome = event in ("complete", "pass") and at.part_of is None
        is_rate = (event == "pass" and of == "completions") or measure in ("completion-rate", "pass-rate")
        is_rest = rest is not None or has_failed(at) or is_same_rest(at, before)
        said = Said(
            role=role.name,
            direction=role.direction or q.direction,
            end=role.end,
            counted=counted,
            event=event,
            measure=measure,
            whole=of,
            part_of=at.part_of,
            may_be_all=may_be_all(at, head.noun),
            funding=paid,
            is_funding_named=is_funding_named,
            is_perfect=at.is_perfect or self._is_of_perfect(at),
            doubts=self._doubts(at, () if left_of else head.unknown, role, counted),
            is_old=any(m.value == "suite" or not statement.years for m in _old(at)),
            is_of_year=is_outcome and (role.name == "level" or is_rate) and self._is_of_year,
            is_rest=bool(left_of)
            or (
                (is_rest or is_rest_of_before(at, event, before))
                and not at.has_parts
                and role.name in ("level", "share")
            ),
            is_so_far=bool(statement.so_far)
            or any(each.search(statement.told) for each in (AS_OF, _WHEN_COUNTED))
            or statement.passage.is_provisional_near(statement.start, statement.end),
            is_reason=statement.is_reason or (event == "complete" and _EVER.search(statement.told) is not None),
            is_little=_LITTLE.search(self.text, at.gap_before[0], q.start) is not None
            or (last.is_little and ":" in self.text[before[-1][0].end : q.start]),
            is_weak=self.topicality == 1,
            told=statement.told_of(q) if event == "survey" else (),
            is_of_payer=q.kind == "percent" and (is_of_payer(at) or _is_of_paid_part(before)),
            **limited_to._asdict(),
            **when(at, role, before)._asdict(),
        )
        if said.is_sum and len(said.years) > 1 and "schools" in (counted, of):
            # Schools reached in several years are counted once: those of `after four years` are those since the first.
            said = said._replace(basis="cumulative", years=said.years[-1:], is_sum=False)
        is_of_people = {counted, of} & {"people", "schools", "workforce"}
        not_done = statement.question if rest is None else rest[0]
        if said.is_rest and not said.basis and is_of_people and _NEVER.search(not_done):
            said = said._replace(basis="cumulative")  # `teachers in the 2024/25 census who have never begun one`
        is_of_all = "schools" in (counted, of) or measure in ("schools-share", "workforce-share")
        if is_of_all and not said.basis and role.name in ("level", "share") and self._is_headed_since:
            said = said._replace(basis="cumulative")
        is_fall = role.end in ("from", "to") and role.direction < 0 and bool(at.earlier("direction"))
        is_fall = is_fall and (role.end, last.end) != ("to", "to")  # `fell to 29,818, taking the total to 144,241`
        if is_fall and not (said.is_rest or statement.of("basis")):
            # `The total slid back to 29,526`, `We have seen starts plummet from 44,000`: what is added up never falls.
            said = said._replace(basis="", is_perfect=False)
        return with_gap(said, at, role, before)

    def _payer(
        self, at: Around, head: Head, rest: re.Match[str] | None, before: list[Read]
    ) -> tuple[str, bool, re.Match[str] | None]:
        """Say who paid, whether the text says so, and what is left of the words for those that did not."""
        last = before[-1][1] if before else Said()
        is_beside = at.is_in_brackets and at.q.kind == "count" and last.role == "share" and last.is_of_payer
        if is_beside and not at.before("funding", "counted") and not at.after("funding"):
            return last.funding, True, rest  # `about a fifth were not (6,063)`
        is_turned = rest is not None and turns(at, "")
        paid, is_named = funding(at, is_far=is_turned)
        is_apart = all(re.search("[,;]", self.text[m.end : at.q.start]) for m in at.before("funding"))
        is_after_target = bool(before) and before[-1][1].role == "target" and head.noun is not None
        if is_after_target and is_apart and not at.after("funding"):
            paid, is_named = "all", False  # `150,000 funded places were promised, and 114,423 courses begun`
        carried = self.statement.carried
        is_bare = rest is not None and not self.statement.of("funding", "event", "measure", "course")
        if is_bare and not before and carried.is_funding_named and carried.funding in OPPOSITE:
            return OPPOSITE[carried.funding], True, None  # `80% had a funded place. But 6,063 people didn't.`
        if _TOTAL_TO.search(at.left) and not at.after("funding"):
            return "all", True, rest  # `191 without funding, bringing the capital's total to 5,367`
        if is_turned and is_named and paid in OPPOSITE:
            return OPPOSITE[paid], True, None
        part_of = next((said for one, said in before if one is at.part_of and said.is_funding_named), None)
        if part_of and not self.statement.within(at.segment[0], at.gap_after[1], "funding"):
            return part_of.funding, True, rest  # `1,785 were not funded; 1,598 of these have been completed`
        return paid, is_named, rest

    def _doubts(self, at: Around, unknown: tuple[str, ...], role: Role, counted: str) -> tuple[str, ...]:
        """List what keeps a number from being judged: words of its noun, denials, and what it is that moved."""
        found = [*(f"the word '{word}'" for word in unknown), *doubts(at, is_move=role.name == "change")]
        if _ONLY_SO.search(self.text, *at.gap_after):
            found.append("'only'")  # `in 155 of them it was without funding only`
        if at.q.is_fraction and _OF_THE_MOVE.match(self.text, at.q.end) and self.statement.of("direction"):
            found.append("one change as a part of another")  # `less than half the rise of the year before`
        if at.q.kind == "factor" and _AS_GAINED.match(self.text, at.q.end):
            found.append("one change as a multiple of another")
        if role.name == "change" and counted in ("people", "schools", "workforce") and not is_of_npqs(at):
            found.append("what fell or rose")
        return tuple(found)

    def _with_unread(self, out: list[Read], placed: set[Quantity]) -> list[Read]:
        """Add to each number the words of its clause that nothing has read; the end of a move has its start's, too.

        What the numbers are that were placed by their order, their order says.
        """
        done: list[Read] = []
        is_led = self.statement.points_back or _ALONE.search(self.statement.told) is not None  # `in that year`
        is_bare = not self.statement.of(*SUBJECTS)
        shared = self.statement.carried.subject if self.statement.points_back or is_bare else ()
        framed = self._of_frame()
        strange = strangers(self.statement, self.numbers, out) if out else []
        so_far = self.statement.so_far  # `as most NPQs take more than a year`
        strange = [m for m in strange if not any(start <= m.start < end for start, end in so_far)]
        in_turn = is_in_order(self.statement, out)
        is_placed = in_turn or _PAIRED.search(self.statement.told) is not None or any(at.rest for at in self.numbers)
        for q, said in out:
            is_further = any(earlier.role == "change" or earlier.end == "to" for _, earlier in done)
            left = unread(self.at(q), said, strange, is_further=is_further)
            left = tuple(word for word in left if not (in_turn and _PAIRED.fullmatch(word)))
            left += beside(self.statement, said, strange)
            if done and said.end == "to" and done[-1][1].end == "from":
                start, moved = done.pop()
                left = (*moved.unread, *left)
                done.append((start, moved._replace(unread=left)))
            own = [m for m in self.at(q).before(*SUBJECTS) if _SUBJECT.search(self.text, self.statement.start, m.start)]
            shared = () if own else shared  # `Rural schools had 427 starts, and 350 in 2022/23.`
            framed += () if done else of_opening(self.statement, q, left)
            left = (*framed, *shared, *left) if said.event != "survey" else left
            shared = (*shared, *of_subject(self.at(q), (*left, *said.doubts)))
            before = Said() if self.statement.sentence.is_item else self.statement.carried
            known = said._replace(subject=shared)
            known = with_parts(known, self.statement.all, before, self.statement.heading, leans=is_led)
            near, far = self._phrases(self.at(q))
            known = known._replace(near=near, far=far, above=self._above, is_placed=is_placed or q in placed)
            done.append((q, known._replace(unread=tuple(dict.fromkeys(left)))))
        shared = of_tail(self.statement, *done[-1]) if done else ()
        by_number = dict(done)
        pairs = zip(done, [None, *done], strict=False)
        every = [(*one, (*one[1].unread, *self._of_whole(*one, by_number, before), *shared)) for one, before in pairs]
        return [(q, said._replace(unread=tuple(dict.fromkeys(left)))) for q, said, left in every]

    def _of_whole(self, q: Quantity, said: Said, read: dict[Quantity, Said], before: Read | None) -> tuple[str, ...]:
        """The unread words that limit what a number is a part of: `17,389 of the 43,840 NPQs in maths`.

        Also those of the count that a share stands beside: `102,080 maths teachers - 19.9% of the workforce - have`.
        """
        found: list[str] = []
        whole = said.part_of
        if whole is not None and whole in read and whole.value != _HUNDRED:  # `Of every 100 NPQs begun, 85 ...`
            left = read[whole].unread
            found += left if whole.start < q.start else of_subject(self.at(whole), left)
        if before is not None and before[1].event != "survey" and before[0].kind == "count" and said.role == "share":
            is_beside = _BESIDE.fullmatch(self.text, before[0].end, q.start) is not None
            found += of_subject(self.at(before[0]), before[1].unread) if is_beside else []
        return tuple(found)

    def _of_frame(self) -> tuple[str, ...]:
        """The unread words of what opens a sentence: `For grammar schools the picture is bleak: ...`."""
        end = self.numbers[0].scope[0] if self.numbers else self.statement.start
        frame = FRAME.match(self.text, self.statement.start, end)
        own = qualifiers(self.statement, *frame.span()) if frame else ()
        label = _LABEL.match(self.text, self.statement.start, end)
        is_unknown = label and not any(m.start <= label.start(1) < m.end for m in self.statement.all)
        return own + ((label[1],) if label and is_unknown else ()) + self.statement.heading.subject

    def _phrases(self, at: Around) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
        """The phrases of the clause of a number, and those of the rest of the sentence and of what it leans on."""
        statement = self.statement
        spans = (at.scope[0], max(at.scope[1], at.gap_after[1])), at.predicate
        nouns = [other.head.noun.end for other in at.every if other.q.end <= at.q.start and other.head.noun]
        # `6,063 funded people and 23,477 self-funded ones`
        own = {m.kind for m in at.after(*_LIMITS) if nouns}
        parts = [one for one in at.every if one.part_of is at.q and one.q.start > at.q.end and one.q.kind != "all"]
        near, far = set[tuple[str, str]](), set[tuple[str, str]]()
        for m in statement.all:
            year = year_of(statement, m) if m.kind in _YEARS and not is_of_date(self.text, m) else None
            phrase = ("year", str(year)) if year else (m.kind, m.value)
            is_apart = m.kind in own and at.gap_before[0] <= m.start < nouns[-1]
            is_apart = is_apart or (at.is_answer and m.kind == "counted")
            is_apart = is_apart or any(m.kind in _LIMITS and m in part.after(m.kind) for part in parts)
            if is_apart or at.is_of_next(m) or counts_since(statement, m):
                continue
            if any(start <= m.start < end for start, end in spans) and m not in at.other_years:
                is_npqs = m.value in ("courses", "places") or (m.value == "people" and is_strong(m))
                near |= {phrase, ("topic", "npq")} if is_npqs else {phrase}
            elif m.kind != "group" or m.value not in NO_LIMITS:
                far.add(phrase)
        near |= {("topic", "npq") for span in spans if at.points_back or _ONE.search(self.text, *span)}
        near |= {("funding", "all") for span in spans if _OF_ALL.search(self.text, *span)}
        near |= {("basis", "in-year") for span in spans if _ALONE.search(self.text, *span)}
        told = {kind for kind, _ in near | far}
        for before in (statement.carried, statement.heading) if self.topicality else ():
            far |= {(kind, value) for kind in _CARRIED if kind not in told and (value := getattr(before, kind))}
            is_paid = before.is_funding_named and before is statement.carried  # What a title says is why.
            far |= {("funding", before.funding)} if is_paid else set()
            far |= {("year", str(year)) for year in before.years if before.are_years_named}
        far |= set() if "area" in told else self._area_above
        far |= self._payers_above | {("payer", m.value) for m in statement.passage.within(0, at.q.start, "funding")}
        before, kinds = statement.carried, {"funding", "area"} & {*statement.carried.own}
        kinds |= {"area", "course", "group", *["funding"] * before.is_funding_named} if at.leans else set()
        near |= {(kind, value) for kind in kinds - told if (value := getattr(before, kind))}
        return frozenset(near), frozenset(far)

    @cached_property
    def _area_above(self) -> set[tuple[str, str]]:
        """The only area that the text has named so far."""
        named = {m.value for m in self.statement.passage.within(0, self.statement.start, "area")}
        return {("area", value) for value in named} if len(named) == 1 else set()

    @cached_property
    def _above(self) -> frozenset[tuple[str, str]]:
        """The courses, groups and areas, and what is counted, that the text has named before the sentence."""
        return frozenset(pair for pair, start in self.statement.passage.named.items() if start < self.statement.start)

    @cached_property
    def _payers_above(self) -> set[tuple[str, str]]:
        """Who paid, as far as the paragraph says before the sentence."""
        start = self.statement.start
        first = max(start - _PARAGRAPH, 0)
        first = max(first, self.text.rfind("\n\n", first, start))
        return {(m.kind, m.value) for m in self.statement.passage.within(first, start, "funding")}

    @cached_property
    def _is_headed_since(self) -> bool:
        """Whether all its numbers are told to be since 2021: `Schools with a start since 2021: 47.4%, then 71.1%`."""
        first = self.statement.inside[0].start
        named = [m for m in self.statement.of("basis") if m.text.lower().startswith("since") and m.end <= first]
        return bool(named) and self.text[named[-1].end : first].strip() == ":"

    def _is_of_perfect(self, at: Around) -> bool:
        """Whether a share is of those of the sentence before: `102,080 teachers have started. That is one in five.`."""
        if (who := WHO_DID.match(self.text, at.q.end)) and who[0].endswith(("have", "has")):
            return True  # `409,878 teachers have never begun one, as against 102,080 who have`
        is_bare = at.q.kind == "percent" and not self.statement.of("academic", "year", "event")
        return is_bare and self.statement.is_anaphoric and self.statement.carried.is_perfect

    @cached_property
    def _is_of_year(self) -> bool:
        """Whether courses are said to have been completed within a year, where the rows are by year of start."""
        statement = self.statement
        is_ended = _ENDED.search(statement.told) is not None and BEGAN.search(statement.told) is None
        is_ended = is_ended and not _OF_COHORT.match(statement.told)
        return is_ended and bool(statement.of("academic", "year")) and not statement.carried.is_caption


def _set_against(read: list[Read]) -> list[Read]:
    """Note of a cohort's number that something is made of it where another is set against it, or its fall is told.

    `39.7%, a collapse of 42 points`, `Only 4 have been finished, against 17,389 the year before.`
    """
    moves = [said for _, said in read if (said.role == "change" and said.direction < 0) or said.end in _OTHERS]
    if not any(_is_of_completion(said) for said in moves):
        return read
    return [(q, said._replace(is_reason=said.is_reason or _is_of_completion(said))) for q, said in read]


def _compared(statement: Statement, read: list[Read]) -> list[Read]:
    """Note where words compare two numbers that say otherwise: `29,818, more than the 43,840 of the year before`."""
    levels = ("level", "share")
    doubted = {
        q
        for (first, one), (second, said) in pairwise(read)
        if one.role in levels and said.role in levels and statement.is_contradicted(first, second)
        for q in (first, second)
    }
    doubt = "a comparison that its numbers do not bear out"
    return [(q, said._replace(doubts=(*said.doubts, doubt)) if q in doubted else said) for q, said in read]


def _in_row(statement: Statement, read: list[Read]) -> list[Read]:
    """Note that something is made of rates of several cohorts: `Pass rates are sliding: 98.7%, 96.7% and 93.9%`."""
    rates = [said for _, said in read if said.measure in ("completion-rate", "pass-rate")]
    moves = [m for m in statement.of("direction") if m.value != "flat" and m.end <= read[0][0].start] if read else []
    if not moves or len({said.years for said in rates}) < 2 or any(said.end for said in rates):
        return read
    return [(q, said._replace(is_reason=said.is_reason or said in rates)) for q, said in read]


def _is_of_completion(said: Said) -> bool:
    return said.event == "complete" or said.measure == "completion-rate"


def _is_of_paid_part(before: list[Read]) -> bool:
    """Whether the two numbers before are one payer's part of all: `3,156 of the 3,484 courses (91 per cent)`."""
    if len(before) < 2 or {before[-1][0], before[-2][0]}.isdisjoint({before[-1][1].part_of, before[-2][1].part_of}):
        return False
    payers = {said.funding for _, said in before[-2:]}
    return "all" in payers and len(payers) > 1


def _old(at: Around) -> list[Mention]:
    """List years and courses from before the reform that a number is of: not those beside the one before it."""
    found = []
    for m in at.statement.of("old"):
        before = [other for other in at.every if other.q.end <= m.start]
        is_of_before = bool(before) and m.end <= before[-1].gap_after[1]
        is_own = before[-1] is at if is_of_before else not before or before[-1].q.start < at.q.start
        is_gone = m.value == "suite" and _REPLACED.search(at.text, at.statement.start, m.start) is not None
        is_gone = is_gone and _UNDER_WHICH.match(at.text, m.end) is None
        found += [m] if is_own and not is_gone else []
    return found
