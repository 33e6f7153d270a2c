"""The finding of a chart in one sentence of at most 15 words, true of its rows (DESIGN.md, rule 10).

Area, course left out, funding and basis are in every headline, and make it longer than that where they must. "All",
"n of m", ranks and ranges over a whole set are said of complete sets only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from npqstats.analysis.answers import Comparison, ComparisonRow, Figure, Gap, Line, Status, Trend, TrendRow
from npqstats.analysis.question import FUNDING
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.names import plain, within
from npqstats.vocabulary.numbers import number, ordinal, rounded
from npqstats.vocabulary.periods import AcademicYear
from npqstats.wording import changes
from npqstats.wording.labels import codes

MOST_WORDS = 15
GAPS = {
    Gap.WITHHELD: "withheld",
    Gap.DID_NOT_EXIST: "did not exist",
    Gap.NOT_PUBLISHED: "not published",
    Gap.NOT_LOADED: "not loaded",
}
NOUNS = {"course": "courses", "region": "regions", "local-authority": "local authorities"}
"""What the parts of a set that can be counted are called; of other breakdowns a group may be unknown or overlap."""
_UNNAMED = ("unknown", "not-applicable", "other", "not-known")
"""Groups that say too little to be named."""


def fitting(*sentences: str) -> str:
    """Choose the first sentence that is short enough, else the shortest, which is never cut; empty ones are passed."""
    tidy = [" ".join(plain(sentence).split()) for sentence in sentences if sentence]
    return next((one for one in tidy if len(one.split()) <= MOST_WORDS), min(tidy, key=lambda one: len(one.split())))


def is_above(line: Line, answer: Comparison | Trend) -> bool:
    """Whether a line is a total above the lines that were asked for."""
    asked = answer.question
    if asked.level:
        return line.area.level != asked.level
    return line.series.funding == "all" if asked.by == FUNDING else asked.by is not None and line.is_total


def subject(line: Line, *, within: str = "") -> str:
    """Name what a line counts with all that limits it: `Funded NPQSL starts leaving out ... in Leeds`.

    Args:
        line: Its course, group, funding, basis, area and courses left out are named.
        within: An area that holds all lines, where the line itself is of none.
    """
    measure, series = line.measure, line.series
    named = line.course.code or line.course.name if line.course else "NPQ"
    words, funding = measure.subject, series.funding
    if funding == "all" or measure.is_population:
        article = "an" if named[:1] in "AEIOUN" else "a"
        words = words.replace("NPQ", named, 1).replace(f"an {named}", f"{article} {named}")
    elif words.startswith("NPQ"):
        words = f"{funding.capitalize()} {named}{words[3:]}"
    elif "an NPQ" in words:
        words = words.replace("an NPQ", f"a {funding} {named}")
    else:
        words = f"{words} ({funding})"
    if not line.is_total and not line.course:
        words += f" ({line.group_label})"
    words += " since 2021" if series.basis == "cumulative" else ""
    if line.area.id != ENGLAND[0]:
        within = line.area.in_words
    words += f" in {within}" if within else ""
    return f"{words} leaving out {codes(line.without)}" if line.without else words


def _common(lines: Sequence[Line], answer: Comparison | Trend) -> str:
    """Name what several lines count, with all limits that they share."""
    first, asked = lines[0], answer.question
    is_one_area = len({line.area.id for line in lines}) == 1
    within = " and ".join(area.in_words for area in asked.areas if area.id != ENGLAND[0]) if asked.level else ""
    shared = first.series._replace(breakdown="overall", group="overall")
    for part, otherwise in (("funding", "all"), ("basis", "in-year")):
        if len({getattr(line.series, part) for line in lines}) > 1:
            shared = shared._replace(**{part: otherwise})
    overall = replace(
        first,
        series=shared,
        group_label="",
        # The area is that of the whole set, and not of its first line.
        area=first.area if is_one_area else replace(first.area, id=ENGLAND[0]),
        course=first.course if len({line.course for line in lines}) == 1 else None,
        without=next((line.without for line in lines if line.without), asked.without),
    )
    return subject(overall, within="" if is_one_area else within)


def _way(row: ComparisonRow) -> int:
    """Say whether a line rose (1), fell (-1) or hardly changed (0), as printed and as computed."""
    change = row.change
    if change.change_pp is None:
        return change.direction
    if row.before.value is None or row.after.value is None or not rounded(abs(change.change_pp), 1):
        return 0
    printed = rounded(row.after.value, 1) - rounded(row.before.value, 1)
    return change.direction if printed * change.direction > 0 else 0


def _moved(row: ComparisonRow, *, is_short: bool = False) -> str:
    """Say how a line moved: `fell by 32%`, `rose to 6.3%`, `hardly changed`; or `down 32%`, `up to 6.3%`."""
    way, is_rate, now = _way(row), row.line.measure.is_rate, changes.cell(row.after, row.line.measure.unit)
    told = f"{'rose' if way > 0 else 'fell'} to {now}" if is_rate else changes.moved(row.change)
    if not way:
        told = ("hardly changed", f"still {now}")[is_short] if is_rate else ("did not change", "unchanged")[is_short]
    return told.replace("rose", "up").replace("fell", "down").replace(" by ", " ") if is_short else told


def _name(line: Line, answer: Comparison | Trend) -> str:
    if answer.question.level or len(answer.question.areas) > 1:
        return line.area.name
    return (line.course.code or line.course.name) if line.course else line.group_label


@dataclass(frozen=True)
class _Headline:
    """A headline on some rows of an answer between two years."""

    answer: Comparison | Trend
    before: AcademicYear
    after: AcademicYear
    so_far: bool = False
    """Whether the later year's cohort is unfinished."""

    @property
    def when(self) -> str:
        """When a change was."""
        is_next = self.after.before == self.before
        return f"in {self.after.label}" if is_next else f"from {self.before.label} to {self.after.label}"

    def year(self, line: Line) -> str:
        """When a figure is of."""
        when = f"for {self.after.label} starters" if line.measure.has_unfinished else f"in {self.after.label}"
        return f"so far {when}" if self.so_far else when

    def told(self, rows: Sequence[ComparisonRow]) -> str:
        """Say what stands out among rows."""
        by, answer = self.answer.question.by, self.answer
        if by == FUNDING and len(rows) > 1:
            return self.funding(rows)
        if len({row.line.series._replace(basis="") for row in rows}) == 1:
            return self.one(next((row for row in rows if row.line.series.basis == "in-year"), rows[0]))
        parts = [row for row in rows if not is_above(row.line, answer)]
        # A figure of one course says nothing of the others left out, so the total has to be the subject.
        above = (row for row in rows if is_above(row.line, answer) and (row.after.is_known or row.line.without))
        total, told = next(above, None), ""
        if by in NOUNS and answer.is_complete and not answer.question.top and len(parts) > 1:
            told = self.whole_set(parts)
        if not told and (total is None or by not in NOUNS):
            told = self.some(parts)
        known = [total, *(row for row in parts if row.after.value is not None), *rows]
        return told or self.one(next(row for row in known if row is not None))

    def one(self, row: ComparisonRow) -> str:
        """Say how a single line moved, or what it is where no change is stated."""
        what, unit = subject(row.line), row.line.measure.unit
        now, then = changes.cell(row.after, unit), changes.cell(row.before, unit)
        if row.line.measure.has_unfinished and row.after.is_known:
            later = f"{what}: {now}{' so far' if self.so_far else ''} for {self.after.label} starters"
            has_both = row.before.value is not None and not self.so_far
            return fitting(f"{later}, {then} for {self.before.label} starters" if has_both else "", later)
        if row.change.size is None:
            gap = row.after.gap or Gap.NOT_PUBLISHED
            if row.after.value is None:
                return f"{what}: {GAPS[gap]} {'in' if gap is Gap.DID_NOT_EXIST else 'for'} {self.after.label}"
            first = ", the first year" if row.status is Status.NEW else ""
            return fitting(f"{what}: {now} in {self.after.label}{first}", f"{what}: {now} in {self.after.label}")
        end = f"at {now}" if not _way(row) else f"from {then}" if row.line.measure.is_rate else f"to {now}"
        told = f"{what} {_moved(row)} {self.when}"
        return fitting(f"{told}, {end}", told)

    def funding(self, rows: Sequence[ComparisonRow]) -> str:
        """Say how both kinds of funding moved, or one of them."""
        found = {row.line.series.funding: row for row in rows}
        funded, own = found.get("funded"), found.get("non-funded")
        if funded is None or own is None or funded.change.size is None or own.change.size is None:
            return self.one(next((row for row in (funded, own, *rows) if row and row.after.is_known), rows[0]))
        if funded.line.measure.has_unfinished:
            return self.one(funded)
        told = f"{subject(funded.line)} {_moved(funded)} {self.when}"
        return fitting(f"{told}; non-funded {_moved(own)}", told)

    def whole_set(self, parts: Sequence[ComparisonRow]) -> str:
        """Say of a complete set how many rose and fell, or how far it ranges; nothing where some have no figure."""
        noun, gone = NOUNS[self.answer.question.by or ""], Gap.DID_NOT_EXIST
        what = _common([row.line for row in parts], self.answer)
        parts = [row for row in parts if any(figure.gap is not gone for figure in row.figures)]
        if not parts:
            return ""
        if parts[0].line.measure.has_unfinished:
            figures = [row.after for row in parts if row.after.gap is not gone]
            return self.range(what, figures, parts[0].line, f"all {len(figures)} {noun}")
        ways = [_way(row) for row in parts if row.change.size is not None]
        new, ended = (sum(row.status is status for row in parts) for status in (Status.NEW, Status.ENDED))
        if not ways or len(ways) + new + ended < len(parts):
            return ""
        counts = [(ways.count(-1), "fell"), (ways.count(1), "rose")]
        (most, word), (least, other) = sorted(counts, key=lambda pair: -pair[0])
        place = "in" if self.answer.question.level else "for"
        told = f"{what} {word} {place} {'all' if most == len(parts) else f'{most} of'} {len(parts)} {noun}"
        rest = f", {other} {place} {least}" if least else ""
        started = f"; {new} {'is' if new == 1 else 'are'} new" if new else ""
        return fitting(f"{told}{rest} {self.when}{started}", f"{told} {self.when}{started}", f"{told} {self.when}")

    def range(self, what: str, figures: Sequence[Figure], line: Line, many: str) -> str:
        """Say how far figures range; nothing where there are not two, or one is not known."""
        known = [figure for figure in figures if figure.value is not None]
        if len(known) < len(figures) or len(known) < 2:
            return ""
        of = [pick(known, key=lambda figure: figure.value or 0) for pick in (min, max)]
        low, high = (changes.cell(figure, line.measure.unit) for figure in of)
        when = self.year(line)
        if low == high:
            return fitting(f"{what}: {low} {when} in {many}")
        return fitting(
            f"{what} ranged from {low} to {high} {when} across {many}",
            f"{what}: {low} to {high} {when} across {many}",
            f"{what}: {low} to {high} {when}, {many.removeprefix('the ')}",
        )

    def some(self, parts: Sequence[ComparisonRow]) -> str:
        """Name two of several lines with what they did; nothing where that would be too long or nothing is known."""
        named = [row for row in parts if row.after.value is not None and row.line.series.group not in _UNNAMED]
        named = sorted(named, key=lambda row: -(row.after.value or 0))[:2]
        names, line = [_name(row.line, self.answer) for row in named], parts[0].line
        if len(set(names)) < 2:
            return ""
        has_change = all(row.change.size is not None for row in named) and not line.measure.has_unfinished
        did = [
            _moved(row, is_short=True) if has_change else changes.cell(row.after, line.measure.unit) for row in named
        ]
        # A name that holds a number (30 to 39) would run into the figure.
        form = "{1} ({0})" if any(letter.isdigit() for letter in "".join(names)) else "{0} {1}"
        told = ", ".join(form.format(*pair) for pair in zip(names, did, strict=True))
        what, when = _common([row.line for row in parts], self.answer), self.when if has_change else self.year(line)
        sentence = fitting(f"{what} {when}: {told}")
        return sentence if len(sentence.split()) <= MOST_WORDS else ""


def of_comparison(answer: Comparison) -> str:
    """Say what a comparison of one measure shows."""
    unfinished = any(answer.after in row.unfinished for row in answer.rows)
    return _Headline(answer, answer.before, answer.after, unfinished).told(answer.rows)


def of_trend(answer: Trend, rows: Sequence[TrendRow] | None = None) -> str:
    """Say what a trend shows in the newest year with a change, else in the newest with a figure."""
    drawn = answer.rows if rows is None else rows
    points = [point for row in drawn for point in row.points]
    finished = [point for point in points if point.status is not Status.SO_FAR]
    changed = [point.year for point in finished if point.change.size is not None]
    known = [[point.year for point in some if point.figure.value is not None] for some in (finished, points)]
    year = max(changed or known[0] or known[1] or answer.years)
    position = answer.years.index(year)
    moves = [
        ComparisonRow(
            line=row.line,
            before=row.points[position - 1].figure if position and changed else Figure(gap=Gap.NOT_PUBLISHED),
            after=row.points[position].figure,
            change=row.points[position].change,
            status=row.points[position].status,
        )
        for row in drawn
    ]
    unfinished = any(row.points[position].status is Status.SO_FAR for row in drawn)
    return _Headline(answer, year.before, year, unfinished).told(moves)


def of_impact(
    total: ComparisonRow, without: ComparisonRow | None, largest: ComparisonRow | None, answer: Comparison
) -> str:
    """Say how a total moved, and how it would without courses that began or ended, or what moved it most.

    Args:
        total: The published total.
        without: The same without courses that one of the years did not have; None where there are none.
        largest: The part that moved it most, where all parts are known and it is alone; else None.
        answer: What both are from.
    """
    headline, way = _Headline(answer, answer.before, answer.after), _way(total)
    told, brief = headline.one(total), f"{subject(total.line)} {_moved(total)} {headline.when}"
    if without is not None and without.change.size is not None:
        left = codes(tuple(course for course in without.line.without if course not in total.line.without))
        end = f"or {_moved(without).partition(' by ')[2]}" if way and _way(without) == way else f"but {_moved(without)}"
        # Courses left out make it as long as they must.
        return " ".join(plain(f"{brief}, {end} leaving out {left}").split())
    if largest is not None and largest.change.size is not None and way:
        word, size = "fall" if way < 0 else "rise", number(abs(largest.change.change or 0))
        line = largest.line
        of = f"in {line.area.in_words}" if answer.question.level else f"that of {_name(line, answer)}"
        return fitting(f"{brief}; the largest {word} was {of}, by {size}", told)
    return told


def of_split(share: tuple[float | None, float | None], line: Line, answer: Trend, year: AcademicYear) -> str:
    """Say how the non-funded share moved.

    Args:
        share: Of the year before, if known, and of the year, in %, unrounded, as far as known.
        line: A line of the split; its measure, course and area are named.
        answer: What to fall back on.
        year: Of the share.
    """
    before, after = share
    if after is None:
        return of_trend(answer)
    whole = subject(replace(line, series=line.series._replace(funding="all")))
    what = f"Non-funded share of {within(whole)}"
    now, then = number(after, "%"), number(before, "%")
    if before is None:
        return f"{what} was {now} in {year.label}"
    if then == now:
        return f"{what} hardly changed in {year.label}, at {now}"
    told = f"{what} {'rose' if after > before else 'fell'} to {now} in {year.label}"
    return fitting(f"{told}, from {then}", told)


def of_areas(
    rows: Sequence[tuple[Line, Figure]], answer: Trend, year: AcademicYear, marked: Line | None, *, so_far: bool
) -> str:
    """Say how far areas range, or what the marked one has and which rank, where the set is complete.

    Args:
        rows: The areas' figures in a year, without England.
        answer: What they are from.
        year: That year.
        marked: The area to be marked.
        so_far: Whether the figures are of an unfinished cohort.
    """
    headline, noun, line = (
        _Headline(answer, year.before, year, so_far),
        NOUNS[answer.question.by or "region"],
        rows[0][0],
    )
    known = [(one, figure) for one, figure in rows if figure.value is not None]
    is_whole, when, unit = answer.is_complete and len(known) == len(rows), headline.year(line), line.measure.unit
    if marked is not None:
        figure, what = dict(rows)[marked], subject(marked)
        if figure.value is None:
            return f"{what}: {GAPS[figure.gap or Gap.NOT_PUBLISHED]} {when}"
        values = [other.value or 0 for _, other in known]
        rank = ordinal(sum(value > figure.value for value in values) + 1)
        joint = "joint " if values.count(figure.value) > 1 else ""
        told = f"{what}: {changes.cell(figure, unit)} {when}"
        return fitting(f"{told}, {joint}{rank} of {len(known)} {noun}" if is_whole else "", told)
    what, figures = _common([one for one, _ in rows], answer), [figure for _, figure in known]
    if not known:
        return f"{what}: no figure for any of the {noun} {when}"
    if len(known) == 1:
        return f"{subject(known[0][0])}: {changes.cell(figures[0], unit)} {when}"
    many = f"all {len(known)} {noun}" if is_whole else f"the {len(known)} {noun} shown"
    return headline.range(what, figures, line, many)
