"""Tables in a text: a cell is what its row, its column and the text before the table say."""

import re
from dataclasses import replace

from npqstats.analysis.factcheck.reading.census import OF_CENSUS
from npqstats.analysis.factcheck.reading.named_years import is_of_date
from npqstats.analysis.factcheck.reading.said import Read, Said, year_before
from npqstats.analysis.factcheck.reading.setting import KINDS
from npqstats.analysis.factcheck.scanning.passage import Passage
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.analysis.factcheck.scanning.sentences import Sentence
from npqstats.vocabulary.claims import Mention, words
from npqstats.vocabulary.patterns import lazy
from npqstats.vocabulary.periods import AcademicYear

Span = tuple[int, int]
_CHANGE = lazy(r"\bchange\b", re.IGNORECASE)
_UNTIL = lazy(r"\s*(?:[Uu]p\s+to|[Bb]y|[Uu]ntil|[Tt]o)(?:\s+(?:the\s+)?end)?(?:\s+of)?(?:\s+(?:the\s+)?year)?\s*")
"""What makes the figures of a column of years those since the reform: `By the end of`."""
_IS_SHARE = lazy(r"%|per\s?cent|percentage|\bperc\b|\brate\b|\bshare\b", re.IGNORECASE)
_OF_WHOLE = lazy(
    r"(?:%|per\s?cent|percentage|share|proportion)\s+of\s+(?:the\s+|all\s+)?(?:teaching\s+|state[-\s](?:funded\s)?(?:school\s)?)?(workforce|teachers|schools|complet(?=ed|ions)|(?:NPQ\s+|courses\s+)?start(?=s\b|ed\b))",
    re.IGNORECASE,
)
"""What the head of a column may say that its shares are of: `Teachers starting an NPQ (% of workforce)`."""
_WHOLES = {"teachers": "workforce", "complet": "completions", "start": "courses"}
_WITH = lazy(r"\W*(?:with|of\s+(?:these|them|which|whom))\b", re.IGNORECASE)
"""What makes a head go on with the one to its left: `Schools with any starts | with funded starts`."""
_OF_RELEASE = lazy(r"\s+(?:statistics|release|edition|publication|bulletin)\b", re.IGNORECASE)
_THOUSANDS = lazy(r"\bthousands?\b|['’]?000s?\b", re.IGNORECASE)
_EACH_YEAR = lazy(r"\b(?:each|every)\s+(?:academic\s+)?year\s+$")
"""Before the years of which each has a row: `in each academic year since the reforms`."""
_TOTALS = ("teachers", "schools-total")
"""What the column of a share counts least: it is the whole of it."""
_COUNTS = ("counted", "event", "measure")
_HEAD_WORD = lazy(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?")


class Table:
    """The rows of a paragraph: the first one without numbers is the header, until another one names what is counted."""

    def __init__(self, passage: Passage) -> None:
        """Begin a table."""
        self.passage = passage
        self.header: tuple[Span, ...] = ()
        self._above: tuple[Span, ...] = ()
        self._over: tuple[Span, ...] = ()
        """The heads above the header: `2023/24` over `Starts` and `Participants`."""
        self._section: tuple[Span, ...] = ()
        self._is_headed = False
        """Whether the row above was a header."""

    def read(self, row: Sentence, inside: list[Quantity], base: Said) -> list[Read]:
        """Say of each number of the next row what the table says of it.

        Args:
            row: The row.
            inside: Its numbers.
            base: What the text before the table says.
        """
        filled = [cell for cell in row.cells if self.passage.text[slice(*cell)].strip(" -:")]
        if not inside and self.header and len(filled) == 1:
            self._section = tuple(filled)  # `| Funded | | |`, over the rows that follow
            return []
        is_header = not self.header or self.passage.within(row.start, row.end, *_COUNTS, "academic", "funding")
        if not inside and filled and is_header:
            self._over = self.header if self._is_headed and len(self.header) == len(row.cells) else ()
            self.header, self._section, self._is_headed = row.cells, (), True
            return []
        self._is_headed = self._is_headed and not inside
        # A row `Change` is that of what the row above it counts, as is one that says no more than who paid.
        is_change = _CHANGE.search(self.passage.text, *row.cells[0]) or self._is_of_payer(row.cells[0])
        above = self._above if is_change else self._section
        above = (*self._labels(row, inside), *above)
        cells = [_Cell(self.passage, row, q, self.header, self._over, above) for q in inside]
        self._above = self._above if is_change else row.cells[:1]
        return [(cell.q, cell.said(base)) for cell in cells if cell.is_claim(base)]

    def _labels(self, row: Sentence, inside: list[Quantity]) -> list[Span]:
        """The cells between the first one and the numbers of a row that limit it: `2024/25 | Funded | 23,477`."""
        cells = [cell for cell in row.cells[1:] if inside and cell[1] <= inside[0].start]
        kinds = ("funding", "basis", "area", "course", "group", "academic", "calendar")
        return [cell for cell in cells if self.passage.within(*cell, *kinds)]

    def _is_of_payer(self, cell: Span) -> bool:
        """Whether a cell says who paid, and not what is counted: `Funded`, below `NPQ participants`."""
        return bool(self.passage.within(*cell, "funding")) and not self.passage.within(*cell, *_COUNTS)


_OUTCOMES = ("complete", "pass")
_RATES = ("completion-rate", "pass-rate")
_BEFORE = 300
"""Characters before a table in which its caption is."""
_SO_FAR = ("to date", "so far", "in progress", "in progress)", "unfinished)", "ongoing)")


def _is_of_print(text: str, m: Mention) -> bool:
    """Whether a year is that of a day or of a release: `Counted at 20 April 2022`, `the 2022/23 statistics`."""
    return is_of_date(text, m) or (m.kind == "academic" and _OF_RELEASE.match(text, m.end) is not None)


class _Cell:
    """A number in a table, and the parts of the table that say what it is."""

    def __init__(
        self,
        passage: Passage,
        row: Sentence,
        q: Quantity,
        header: tuple[Span, ...],
        over: tuple[Span, ...],
        above: tuple[Span, ...],
    ) -> None:
        self.passage, self.q, self.header, self.row = passage, q, header, row
        column = next((n for n, (start, end) in enumerate(row.cells) if start <= q.start < end), 0)
        head = (*header[column : column + 1], *over[column : column + 1])
        if head and _WITH.match(passage.text, *head[0]):
            head = (*self._counted_before(header, column), *head)
        first = (row.cells[0], *self._counted_elsewhere(header, column)) if column else ()
        self.parts = (row.cells[column], *head, *first, *above)
        self.heads = (*self.parts[1:], *header[:1])
        """What says what the cell is, the corner of the table included."""
        ends = [m for cell in header for m in passage.within(*cell, "event") if m.value in ("complete", "pass")]
        self.is_of_courses = bool(ends) and not any(passage.within(*cell, "counted") for cell in header)
        """Whether a column `Started` counts courses, as those beside it, `Completed` and `Passed`, do."""
        named = (*head, *first[:1])
        is_share = q.kind == "count" and q.value <= 100 and any(_IS_SHARE.search(passage.text, *cell) for cell in named)
        self.q = replace(q, kind="percent") if is_share else q
        if q.kind == "count" and q.decimals and any(_THOUSANDS.search(passage.text, *cell) for cell in named):
            self.q = replace(q, value=q.value * 1000, low=q.low * 1000, high=q.high * 1000)

    @property
    def _before(self) -> list[Mention]:
        """What is said right before the table, after the last sentence with a number, of the years that are counted."""
        start = self.header[0][0] if self.header else self.row.start
        numbers = [q.end for q in self.passage.quantities if q.end <= start]
        ends = [one.end for one in self.passage.sentences if numbers and one.start < numbers[-1] <= one.end <= start]
        found = self.passage.within(max([start - _BEFORE, *ends]), start, "basis")
        return [m for m in found if not _EACH_YEAR.search(self.passage.text, 0, m.start)]

    @property
    def _is_of_workforce(self) -> bool:
        """Whether the table has the workforce in a column, and so counts those who were found in it."""
        named = [m.value for cell in self.header for m in self.passage.within(*cell, "counted", "measure")]
        return "workforce" in named or "teachers" in named

    @property
    def _is_running(self) -> bool:
        """Whether it is said right before the table that its numbers are added up."""
        return any(m.text.lower().startswith(("running", "cumulative")) for m in self._before)

    def _counted_before(self, header: tuple[Span, ...], column: int) -> list[Span]:
        """The head to the left that says what is counted."""
        named = (cell for cell in reversed(header[:column]) if not _WITH.match(self.passage.text, *cell))
        return [cell for cell in named if self.passage.within(*cell, "counted")][:1]

    def _counted_elsewhere(self, header: tuple[Span, ...], column: int) -> list[Span]:
        """The head that says what a column of changes or of years counts: the one to its left, else the corner."""
        own = header[column] if column < len(header) else (0, 0)
        if self.passage.within(*own, *_COUNTS):
            return []
        is_of_next = any(each.search(self.passage.text, *own) for each in (_CHANGE, _IS_SHARE))
        before = reversed(header[:column]) if is_of_next or self.passage.within(*own, "direction") else header[:1]
        named = ((cell, self.passage.within(*cell, *_COUNTS)) for cell in before)
        return next(([cell] for cell, phrases in named if phrases and phrases[0].value not in _TOTALS), [])

    def mention(self, *kinds: str) -> Mention | None:
        """Find the first phrase of a kind in the cell, its column's header and its row's first cell."""
        found = [m for part in self.parts for m in self.passage.within(*part, *kinds)]
        found = [m for m in found if not _is_of_print(self.passage.text, m)]
        # A column `Part time` says of whom, a row `Starts` what is counted.
        groups = {m.start for m in found if self.passage.within(m.start, m.end, "group")} if "counted" in kinds else {0}
        return next((m for m in found if m.start not in groups), next(iter(found), None))

    def is_claim(self, base: Said) -> bool:
        """Whether the table is about NPQs."""
        if any(m.value == "other" for part in self.parts for m in self.passage.within(*part, "topic")):
            return False
        return (self.mention(*_COUNTS, "course") is not None or base.is_about) and not self.q.is_word

    def said(self, base: Said) -> Said:
        """Say of the number what its row, its column and the text before say."""
        subject = {kind: self.mention(kind) for kind in _COUNTS}
        parts = {kind: self.mention(kind) for kind in ("funding", "area", "course", "group", "basis")}
        if self.q.kind == "percent" and parts["basis"] is None:  # A share is of the count beside it.
            parts["basis"] = next((m for cell in self.header for m in self.passage.within(*cell, "basis")), None)
        if self.q.kind == "count" and any(OF_CENSUS.search(self.passage.text, *part) for part in self.heads):
            here = Mention(*self.row.cells[0], "counted", "workforce", "")
            subject = {"counted": here, "event": here._replace(kind="event", value="start"), "measure": None}
        event, measure = subject["event"], subject["measure"]
        is_outcome = (event and event.value in _OUTCOMES) or (measure and measure.value in _RATES)
        if is_outcome and parts["basis"] and parts["basis"].text.lower() in _SO_FAR:
            parts["basis"] = None  # `Completed to date`, of each year of start
        if event and event.value in _OUTCOMES and base.measure in _RATES and self.q.kind == "percent" and not measure:
            # `Completion and pass rates`, `Completed`, `Passed`
            subject["measure"] = event._replace(value=f"{event.value}-rate".replace("complete", "completion"))
        if measure and measure.value == "schools" and self.q.kind == "percent":
            subject["measure"] = measure._replace(value="schools-share")  # `Schools reached`: 88.4%
        is_of_courses = self.is_of_courses or base.counted == "courses"
        if event and is_of_courses and not subject["counted"] and not subject["measure"]:
            subject["counted"] = event._replace(value="courses")
        is_named = any(subject.values())
        academic, calendar = self.mention("academic"), self.mention("calendar")
        year = base.years[-1] if base.years else self.passage.anchor.newest
        if academic or calendar:
            year = int(academic.value) if academic else AcademicYear(int(calendar.value)).code if calendar else year
        dated = [int(m.value) for cell in self.header for m in self.passage.within(*cell, "academic")]
        is_change = bool(self.mention("direction")) or any(_CHANGE.search(self.passage.text, *p) for p in self.parts)
        named = {kind: m.value for kind, m in (subject | parts).items() if m}
        kept = {kind: getattr(base, kind) for kind in (*parts, *(() if is_named else _COUNTS))}
        of_whole = next((m for part in self.heads if (m := _OF_WHOLE.search(self.passage.text, *part))), None)
        counted = subject["counted"].value if subject["counted"] else ""
        if counted == "courses" and academic and not self._is_running:
            kept["basis"] = ""  # `NPQ starts since the reforms`, of each year
        if counted != "courses" and any(_UNTIL.fullmatch(self.passage.text, *cell) for cell in self.header[:1]):
            kept["basis"] = "cumulative"
        if not kept["basis"] and (counted == "schools" or self._is_of_workforce):
            kept["basis"] = next((m.value for m in self._before if m.value == "cumulative"), "")
        is_share = self.q.kind == "percent" and not is_change
        is_rate = subject["counted"] is not None and subject["counted"].text.lower() == "participation"
        is_of_teachers = is_share and counted == "people" and (kept["basis"] == "cumulative" or is_rate)
        return Said(
            whole=_WHOLES.get(name := of_whole[1].lower().split()[-1], name)
            if of_whole
            else "workforce"
            if is_of_teachers
            else "",
            role="change" if is_change else "share" if is_share else "level",
            is_funding_named="funding" in named or base.is_funding_named,
            years=((*dated[-2:],) if len(dated) > 1 and not academic else (year_before(year), year))
            if is_change
            else (year,),
            are_years_named=bool(academic or calendar or base.years),
            is_year_sure=academic is not None or calendar is None,
            direction=self.q.direction,
            is_old=self.mention("old") is not None,
            is_so_far=any(self.passage.text[slice(*part)].strip().lower().endswith(_SO_FAR) for part in self.parts)
            or self.passage.is_provisional_near(self.row.start, self.row.end),
            unread=self._unread(event.value if event else ""),
            **(kept | named),
        )

    def _unread(self, event: str) -> tuple[str, ...]:
        """List the words of the heads that nothing has read: `(thousands)`, a provider, a trust."""
        left: list[str] = []
        reading = words().reading
        allowed = reading["plain"] | reading["heads"] | reading["beside_shares"] | reading["beside_changes"]
        for start, end in dict.fromkeys(self.heads):
            if _UNTIL.fullmatch(self.passage.text, start, end):
                continue
            mentions = self.passage.within(start, end, *KINDS, "harmless")
            odd = [m for m in mentions if m.value in ("institution", "provider") or (m.value == "target" != event)]
            left += [m.text for m in odd]
            census = OF_CENSUS.search(self.passage.text, start, end)
            read = [(m.start, m.end) for m in mentions] + ([census.span()] if census else [])
            read += (
                [match.span() for match in _THOUSANDS.finditer(self.passage.text, start, end)]
                if self.q.decimals
                else []
            )
            left += [
                match[0]
                for match in _HEAD_WORD.finditer(self.passage.text, start, end)
                if match[0].lower() not in allowed and not any(first <= match.start() < last for first, last in read)
            ]
            if self.q.kind == "count" and self.q.value > 100 and "%" in self.passage.text[start:end]:
                left.append("%")
        return tuple(dict.fromkeys(left))
