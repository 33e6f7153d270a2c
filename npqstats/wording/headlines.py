"""The finding of a chart in one sentence of at most 15 words, true of its rows (DESIGN.md, rule 10).

Area, course left out, funding and basis are in every headline, and make it longer than that where they must. "All",
"n of m", ranks and ranges over a whole set are said of complete sets only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from npqstats.analysis.answers import Change, Comparison, ComparisonRow, Figure, Gap, Line, Status, Trend, TrendRow
from npqstats.analysis.question import FUNDING
from npqstats.vocabulary.areas import ENGLAND, REGIONS
from npqstats.vocabulary.names import plain
from npqstats.vocabulary.numbers import number, rounded
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
NOUNS = {
    "course": "courses",
    "region": "regions",
    "local-authority": "local authorities",
}
"""What the parts of a set that can be counted are called; of other breakdowns a group may be unknown or overlap."""
_WITHOUT_ARTICLE = ("E12000003", "E12000007")
"""Regions named without "the": Yorkshire and the Humber, London."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """A line between two years, or in one."""

    line: Line
    before: Figure
    after: Figure
    change: Change
    status: Status


def fitting(*sentences: str) -> str:
    """Choose the first sentence that is short enough, else the shortest, which is never cut."""
    tidy = [" ".join(plain(sentence).split()) for sentence in sentences]
    return next((one for one in tidy if len(one.split()) <= MOST_WORDS), min(tidy, key=lambda one: len(one.split())))


def area_in_words(line: Line) -> str:
    """Name an area within a sentence: `the North East`, `London`, `Leeds`."""
    has_article = line.area.id in REGIONS and line.area.id not in _WITHOUT_ARTICLE
    return f"the {line.area.name}" if has_article else line.area.name


def subject(line: Line, *, within: str = "") -> str:
    """Name what a line counts with all that limits it: `Funded NPQSL starts leaving out ... in Leeds`.

    Args:
        line: Its course, group, funding, basis, area and courses left out are named.
        within: An area that holds all lines, where the line itself is of none.
    """
    measure, series = line.measure, line.series
    named = line.course.code or line.course.name if line.course else "NPQ"
    words, funding = measure.subject, series.funding
    if funding != "all" and not measure.is_population:
        words = words.replace("an NPQ", f"a {funding} {named}")
        if words.startswith("NPQ"):
            words = f"{funding.capitalize()} {named}{words[3:]}"
        elif "NPQ" not in words:
            words = f"{words} ({funding})"
    else:
        words = words.replace("NPQ", named, 1)
        words = words.replace(f"an {named}", f"a {named}") if named[:1] not in "AEIOUN" else words
    if not line.is_total and not line.course:
        words += f" ({line.group_label})"
    words += " since 2021" if series.basis == "cumulative" else ""
    words += f" in {area_in_words(line)}" if line.area.id != ENGLAND[0] else f" in {within}" if within else ""
    return f"{words} leaving out {codes(line.without)}" if line.without else words


def common(lines: Sequence[Line], answer: Comparison | Trend) -> str:
    """Name what several lines count, with all limits that they share."""
    first = lines[0]
    england = next((line.area for line in lines if line.area.id == ENGLAND[0]), None)
    one_area = len({line.area.id for line in lines}) == 1
    within = "" if one_area or not answer.question.level else _within(answer)
    overall = replace(
        first,
        series=first.series._replace(
            breakdown="overall",
            group="overall",
            funding=first.series.funding if len({line.series.funding for line in lines}) == 1 else "all",
            basis=first.series.basis if len({line.series.basis for line in lines}) == 1 else "in-year",
        ),
        group_label="",
        course=first.course if len({line.course for line in lines}) == 1 else None,
        without=next((line.without for line in lines if line.without), answer.question.without),
    )
    if not one_area:
        # The area is that of the whole set, and not of its first line.
        overall = replace(overall, area=england or replace(first.area, id=ENGLAND[0]))
    return subject(overall, within=within)


def _within(answer: Comparison | Trend) -> str:
    named = [area.name for area in answer.question.areas if area.id != ENGLAND[0]]
    return " and ".join(named)


def verb(move: Move) -> int:
    """Say whether a line rose (1), fell (-1) or hardly changed (0), as printed and as computed."""
    change = move.change
    if change.size is None:
        return 0
    if change.change_pp is None:
        return change.direction
    if move.before.value is None or move.after.value is None or not rounded(abs(change.change_pp), 1):
        return 0
    printed = rounded(move.after.value, 1) - rounded(move.before.value, 1)
    return change.direction if printed * change.direction > 0 else 0


def _when(before: AcademicYear, after: AcademicYear) -> str:
    return f"in {after.label}" if after.before == before else f"from {before.label} to {after.label}"


def _of_year(line: Line, year: AcademicYear, *, so_far: bool) -> str:
    when = f"for {year.label} starters" if line.measure.has_unfinished else f"in {year.label}"
    return f"so far {when}" if so_far else when


def _by(change: Change) -> str:
    """Write the size of a change of a count: `32%`, or the number where the base is small."""
    if change.change_pct is not None and rounded(abs(change.change_pct), 1):
        return changes.share(change.change_pct)
    return number(abs(change.change or 0))


def of_move(move: Move, before: AcademicYear, after: AcademicYear, *, so_far: bool = False, within: str = "") -> str:
    """Say how a single line moved, or what it is where no change is stated."""
    what, unit, when = subject(move.line, within=within), move.line.measure.unit, _when(before, after)
    now = changes.cell(move.after, unit)
    then = changes.cell(move.before, unit)
    if move.line.measure.has_unfinished and move.after.is_known:
        later = f"{now}{' so far' if so_far else ''} for {after.label} starters"
        both = f"{what}: {later}, {then} for {before.label} starters"
        return fitting(*([both] if move.before.value is not None and not so_far else []), f"{what}: {later}")
    if move.change.size is None:
        return _of_figure(move, what, now, after)
    way = verb(move)
    word = "rose" if way > 0 else "fell"
    if move.line.measure.is_rate:
        told, end = (f"{word} to {now} {when}", f", from {then}") if way else (f"hardly changed {when}", f", at {now}")
    else:
        told = f"{word} by {_by(move.change)} {when}" if way else f"did not change {when}"
        end = f", to {now}" if way else f", at {now}"
    return fitting(f"{what} {told}{end}", f"{what} {told}")


def _of_figure(move: Move, what: str, now: str, after: AcademicYear) -> str:
    """Say what a line is in a year, or why it has no figure."""
    if move.after.value is None:
        gap = move.after.gap or Gap.NOT_PUBLISHED
        return f"{what}: {GAPS[gap]} {'in' if gap is Gap.DID_NOT_EXIST else 'for'} {after.label}"
    first = ", the first year" if move.status is Status.NEW else ""
    return fitting(f"{what}: {now} in {after.label}{first}", f"{what}: {now} in {after.label}")


def of_comparison(answer: Comparison) -> str:
    """Say what a comparison of one measure shows."""
    moves = [
        Move(line=row.line, before=row.before, after=row.after, change=row.change, status=row.status)
        for row in answer.rows
    ]
    unfinished = any(answer.after in row.unfinished for row in answer.rows)
    return _of_moves(moves, answer, answer.before, answer.after, so_far=unfinished)


def of_trend(answer: Trend, rows: Sequence[TrendRow] | None = None) -> str:
    """Say what a trend shows in the newest year with a change, else in the newest with a figure."""
    drawn = answer.rows if rows is None else rows
    year, has_change = _newest(drawn, answer)
    place = answer.years.index(year)
    moves = [
        Move(
            line=row.line,
            before=row.points[place - 1].figure if place and has_change else Figure(gap=Gap.NOT_PUBLISHED),
            after=row.points[place].figure,
            change=row.points[place].change,
            status=row.points[place].status,
        )
        for row in drawn
    ]
    unfinished = any(row.points[place].status is Status.SO_FAR for row in drawn)
    return _of_moves(moves, answer, year.before, year, so_far=unfinished)


def _newest(rows: Sequence[TrendRow], answer: Trend) -> tuple[AcademicYear, bool]:
    points = [point for row in rows for point in row.points]
    changed = [point.year for point in points if point.change.size is not None and point.status is not Status.SO_FAR]
    known = [point.year for point in points if point.figure.value is not None]
    finished = [point.year for point in points if point.figure.value is not None and point.status is not Status.SO_FAR]
    return max(changed or finished or known or list(answer.years)), bool(changed)


def _of_moves(
    moves: Sequence[Move], answer: Comparison | Trend, before: AcademicYear, after: AcademicYear, *, so_far: bool
) -> str:
    def one(move: Move) -> str:
        return of_move(move, before, after, so_far=so_far)

    by = answer.question.by
    if by == FUNDING and len(moves) > 1:
        return _of_funding(moves, before, after, so_far=so_far)
    if len({move.line.series._replace(basis="") for move in moves}) == 1:
        return one(next((move for move in moves if move.line.series.basis == "in-year"), moves[0]))
    parts = [move for move in moves if not is_above(move.line, answer)]
    totals = [move for move in moves if is_above(move.line, answer)]
    # A figure of one course says nothing of the others left out, so the total has to be the subject.
    total = next((move for move in totals if move.after.is_known or move.line.without), None)
    told = ""
    if by in NOUNS and answer.is_complete and not answer.question.top and len(parts) > 1:
        told = _of_set(parts, answer, before, after, so_far=so_far)
    if not told and (total is None or by not in NOUNS):
        told = _of_some(parts, answer, before, after, so_far=so_far)
    known = [total, *(move for move in parts if move.after.value is not None), *moves]
    return told or one(next(move for move in known if move is not None))


def is_above(line: Line, answer: Comparison | Trend) -> bool:
    """Whether a line is a total above the lines that were asked for."""
    asked = answer.question
    if asked.level:
        return line.area.level != asked.level
    if asked.by == FUNDING:
        return line.series.funding == "all"
    return asked.by is not None and line.is_total


def _of_funding(moves: Sequence[Move], before: AcademicYear, after: AcademicYear, *, so_far: bool) -> str:
    found = {move.line.series.funding: move for move in moves}
    funded, own = found.get("funded"), found.get("non-funded")
    if funded is None or own is None or funded.change.size is None or own.change.size is None:
        known = [move for move in (funded, own, *moves) if move is not None and move.after.is_known]
        return of_move((known or list(moves))[0], before, after, so_far=so_far)
    if funded.line.measure.has_unfinished:
        return of_move(funded, before, after, so_far=so_far)
    what, when = subject(funded.line), _when(before, after)
    return fitting(
        f"{what} {_moved(funded)} {when}; non-funded {_moved(own)}",
        f"{what} {_moved(funded)} {when}",
    )


def _moved(move: Move) -> str:
    way = verb(move)
    if not way:
        return "hardly changed" if move.line.measure.is_rate else "did not change"
    word = "rose" if way > 0 else "fell"
    return (
        f"{word} to {changes.cell(move.after, '%')}" if move.line.measure.is_rate else f"{word} by {_by(move.change)}"
    )


def _of_set(
    parts: Sequence[Move], answer: Comparison | Trend, before: AcademicYear, after: AcademicYear, *, so_far: bool
) -> str:
    """Say of a complete set how many rose and fell, or how far it ranges; nothing where some have no figure."""
    what, noun = common([move.line for move in parts], answer), NOUNS[answer.question.by or ""]
    gone = Gap.DID_NOT_EXIST
    parts = [move for move in parts if (move.before.gap, move.after.gap) != (gone, gone)]
    if parts[0].line.measure.has_unfinished:
        figures = [move.after for move in parts if move.after.gap is not gone]
        return _range(what, figures, parts[0].line, noun, after, so_far=so_far)
    ways = [verb(move) for move in parts if move.change.size is not None]
    new = sum(move.status is Status.NEW for move in parts)
    ended = sum(move.status is Status.ENDED for move in parts)
    if not ways or len(ways) + new + ended < len(parts):
        return ""
    when, preposition = _when(before, after), "in" if answer.question.level else "for"
    counts = {"fell": ways.count(-1), "rose": ways.count(1)}
    word, most = max(counts.items(), key=lambda item: item[1])
    other = "rose" if word == "fell" else "fell"
    if most == len(parts):
        return fitting(f"{what} {word} {preposition} all {most} {noun} {when}")
    rest = f", {other} {preposition} {counts[other]}" if counts[other] else ""
    told = f"{what} {word} {preposition} {most} of {len(parts)} {noun}"
    started = f"; {new} {'is' if new == 1 else 'are'} new" if new else ""
    return fitting(f"{told}{rest} {when}{started}", f"{told} {when}{started}", f"{told} {when}")


def _range(
    what: str, figures: Sequence[Figure], line: Line, noun: str, year: AcademicYear, *, so_far: bool, shown: str = "all"
) -> str:
    known = [figure for figure in figures if figure.value is not None]
    if len(known) < len(figures) or len(known) < 2:
        return ""
    unit = line.measure.unit
    low, high = (changes.cell(pick(known, key=lambda figure: figure.value or 0), unit) for pick in (min, max))
    when = _of_year(line, year, so_far=so_far)
    many = f"all {len(known)} {noun}" if shown == "all" else f"the {len(known)} {noun} {shown}"
    if low == high:
        return fitting(f"{what}: {low} {when} in {many}")
    return fitting(
        f"{what} ranged from {low} to {high} {when} across {many}",
        f"{what}: {low} to {high} {when} across {many}",
        f"{what}: {low} to {high} {when}, {many.removeprefix('the ')}",
    )


def _of_some(
    parts: Sequence[Move], answer: Comparison | Trend, before: AcademicYear, after: AcademicYear, *, so_far: bool
) -> str:
    """Name two of several lines with what they did; nothing where that would be too long or nothing is known."""
    known = sorted(
        (move for move in parts if move.after.value is not None and not _is_unknown(move.line)),
        key=lambda move: -(move.after.value or 0),
    )[:2]
    names = [_name(move.line, answer) for move in known]
    if len(set(names)) < 2:
        return ""
    what, line = common([move.line for move in parts], answer), parts[0].line
    has_change = all(move.change.size is not None for move in known) and not line.measure.has_unfinished
    did = [_short(move) if has_change else changes.cell(move.after, line.measure.unit) for move in known]
    when = _when(before, after) if has_change else _of_year(line, after, so_far=so_far)
    # A name that holds a number (30 to 39) would run into the figure.
    is_apart = any(letter.isdigit() for name in names for letter in name)
    told = ", ".join(
        f"{words} ({name})" if is_apart else f"{name} {words}" for name, words in zip(names, did, strict=True)
    )
    sentence = " ".join(plain(f"{what} {when}: {told}").split())
    return sentence if len(sentence.split()) <= MOST_WORDS else ""


def _is_unknown(line: Line) -> bool:
    return line.series.group in ("unknown", "not-applicable", "other", "not-known")


def _name(line: Line, answer: Comparison | Trend) -> str:
    if answer.question.level or len(answer.question.areas) > 1:
        return line.area.name
    return (line.course.code or line.course.name) if line.course else line.group_label


def _short(move: Move) -> str:
    way = verb(move)
    if not way:
        return "unchanged" if not move.line.measure.is_rate else f"still {changes.cell(move.after, '%')}"
    word = "up" if way > 0 else "down"
    if move.line.measure.is_rate:
        return f"{word} to {changes.cell(move.after, '%')}"
    return f"{word} {_by(move.change)}"


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
    move = Move(line=total.line, before=total.before, after=total.after, change=total.change, status=total.status)
    told = of_move(move, answer.before, answer.after)
    what, when = subject(total.line), _when(answer.before, answer.after)
    way = verb(move)
    brief = f"{what} {_moved(move)} {when}"
    if without is not None and without.change.size is not None:
        other = Move(
            line=without.line, before=without.before, after=without.after, change=without.change, status=without.status
        )
        left = codes(tuple(course for course in without.line.without if course not in total.line.without))
        same = verb(other) == way
        end = f"or {_by(other.change)}" if same and way else f"but {_moved(other)}"
        # Courses left out make it as long as they must.
        return " ".join(plain(f"{brief}, {end} leaving out {left}").split())
    if largest is not None and largest.change.size is not None and way:
        name = largest.line.area.name if answer.question.level else _name(largest.line, answer)
        word = "fall" if way < 0 else "rise"
        return fitting(f"{brief}; the largest {word} was {name}, by {number(abs(largest.change.change or 0))}", told)
    return told


def of_split(share: tuple[float | None, float] | None, line: Line, answer: Trend, year: AcademicYear) -> str:
    """Say how the non-funded share moved.

    Args:
        share: Of the year before, if known, and of the year, in %, unrounded; None where there is none.
        line: A line of the split; its measure, course and area are named.
        answer: What to fall back on.
        year: Of the share.
    """
    if share is None:
        return of_trend(answer, [row for row in answer.rows if row.line.series.funding != "all"])
    whole = subject(replace(line, series=line.series._replace(funding="all")))
    what = f"Non-funded share of {whole if whole.startswith('NPQ') else whole[:1].lower() + whole[1:]}"
    before, after = share
    now = number(after, "%")
    if before is None:
        return f"{what} was {now} in {year.label}"
    then = number(before, "%")
    if then == now:
        return f"{what} hardly changed in {year.label}, at {now}"
    word = "rose" if after > before else "fell"
    return fitting(f"{what} {word} to {now} in {year.label}, from {then}", f"{what} {word} to {now} in {year.label}")


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
    noun = NOUNS[answer.question.by or "region"]
    known = [(line, figure) for line, figure in rows if figure.value is not None]
    is_whole = answer.is_complete and len(known) == len(rows)
    when = _of_year(rows[0][0], year, so_far=so_far)
    if marked is not None:
        figure = next(figure for line, figure in rows if line == marked)
        what, unit = subject(marked), marked.measure.unit
        if figure.value is None:
            return f"{what}: {GAPS[figure.gap or Gap.NOT_PUBLISHED]} {when}"
        now = changes.cell(figure, unit)
        higher = sum((other.value or 0) > figure.value for _, other in known)
        ties = sum(other.value == figure.value for _, other in known) > 1
        rank = f", {'joint ' if ties else ''}{ordinal(higher + 1)} of {len(known)} {noun}"
        return fitting(*([f"{what}: {now} {when}{rank}"] if is_whole else []), f"{what}: {now} {when}")
    what = common([line for line, _ in rows], answer)
    if not known:
        return f"{what}: no figure for any of the {noun} {when}"
    if len(known) == 1:
        line, figure = known[0]
        return f"{subject(line)}: {changes.cell(figure, line.measure.unit)} {when}"
    figures = [figure for _, figure in known]
    told = _range(what, figures, rows[0][0], noun, year, so_far=so_far, shown="all" if is_whole else "shown")
    return told or f"{what}: {len(known)} {noun} {when}"


def ordinal(rank: int) -> str:
    """Write a rank: `1st`, `12th`, `23rd`.

    >>> ordinal(1), ordinal(12), ordinal(23), ordinal(111)
    ('1st', '12th', '23rd', '111th')
    """
    teen = rank % 100 in (11, 12, 13)
    return f"{rank}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(rank % 10, 'th')}"
