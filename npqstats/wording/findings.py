"""The finding of an answer: one to three sentences that are true of its rows and claim no more (DESIGN.md, rule 10)."""

from npqstats.analysis.answers import Comparison, ComparisonRow, Gap, Status, Trend, TrendRow
from npqstats.analysis.question import FUNDING
from npqstats.vocabulary.measures import Measure
from npqstats.vocabulary.names import within
from npqstats.vocabulary.numbers import number, rounded
from npqstats.vocabulary.periods import AcademicYear
from npqstats.vocabulary.symbols import SYMBOLS
from npqstats.wording import changes
from npqstats.wording.labels import codes, nouns, subject


def of_comparison(answer: Comparison) -> list[str]:
    """Say what a comparison found: the first row, then what stands out among the others."""
    if not answer.rows:
        return []
    if answer.question.is_headline:
        return _headline(answer)
    return [one for one in (sentence(_whole(answer), answer), *_parts(answer)) if one]


def _whole(answer: Comparison) -> ComparisonRow:
    """Return the row that the others are parts of: the region whose authorities are asked for, else the first row."""
    asked = answer.question
    above = [row for row in answer.rows if asked.level and row.line.area.level != asked.level]
    return above[-1] if above else answer.rows[0]


def sentence(row: ComparisonRow, answer: Comparison) -> str:
    """Say how one row moved, with everything that limits it.

    A rate of a cohort is stated with its age and never as a fall: the earlier cohort had longer to complete.
    """
    measure, before, after = row.line.measure, answer.before, answer.after
    name = subject(row.line)
    if row.status is Status.NEW:
        return f"{name} began in {after.label}: {_amount(row.after.value, measure)}."
    if row.status is Status.ENDED:
        return f"{name} ended: none in {after.label}, after {_amount(row.before.value, measure)} in {before.label}."
    if row.unfinished and row.status is not Status.COMPARED:
        return _unfinished(row, answer)
    return _without_change(row, answer) if row.change.size is None else _moved(row, answer)


def _moved(row: ComparisonRow, answer: Comparison) -> str:
    measure, before, after = row.line.measure, answer.before, answer.after
    name, verb = subject(row.line), changes.moved(row.change)
    first, second = (changes.cell(figure, measure.unit) for figure in (row.before, row.after))
    if measure.has_unfinished and measure.is_rate:
        ages = "the later cohort has had less time to finish" if not row.unfinished else "unfinished cohorts included"
        return f"{name} was {first} for {before.label} starts and {second} for {after.label} starts; {ages}."
    if verb in ("hardly changed", "did not change"):
        return f"{name} {verb} between {before.label} and {after.label}, at {second}."
    if measure.is_rate:
        return f"{name} {verb} from {before.label} to {after.label}, from {first} to {second}."
    since = f"in {after.label}" if after.before == before else f"from {before.label} to {after.label}"
    return f"{name} {verb} {since}, to {second}."


def _amount(value: float | None, measure: Measure) -> str:
    return number(value, "%") if measure.is_rate else f"{number(value)} {measure.unit}"


def _unfinished(row: ComparisonRow, answer: Comparison) -> str:
    unit = row.line.measure.unit
    figures = {answer.before: row.before, answer.after: row.after}
    told = "; ".join(
        f"{changes.cell(figure, unit)} for {year.label} starts{' so far' if year in row.unfinished else ''}"
        for year, figure in figures.items()
        if figure.is_known
    )
    return f"{subject(row.line)}: {told}. Unfinished cohorts are not compared."


def _without_change(row: ComparisonRow, answer: Comparison) -> str:
    for year, figure in ((answer.before, row.before), (answer.after, row.after)):
        if figure.gap is None:
            continue
        name = subject(row.line)
        if figure.lacking:
            why = "is withheld" if figure.gap is Gap.WITHHELD else "is not known"
            return f"{name} cannot be derived for {year.label}: the figure for {codes(figure.lacking)} {why}."
        why = {
            Gap.WITHHELD: f"is printed as [{figure.symbol}] ({SYMBOLS.get(figure.symbol or '', 'a symbol')})",
            Gap.DID_NOT_EXIST: "did not exist",
            Gap.NOT_PUBLISHED: "is not published",
            Gap.NOT_LOADED: "is not loaded",
        }[figure.gap]
        return f"No change is stated for {within(name)}: the figure for {year.label} {why}."
    return ""


def _headline(answer: Comparison) -> list[str]:
    starts = next((row for row in answer.rows if row.line.measure.code == "starts" and row.line.is_total), None)
    if starts is None or starts.line.without:
        rows = [row for row in answer.rows if row.change.size is not None] or list(answer.rows)
        return [sentence(rows[0], answer)]
    found = [sentence(starts, answer)]
    changed = next((row for row in answer.rows if row.line.without and row.change.size is not None), None)
    if changed and starts.change.size is not None:
        found[0] = f"{found[0][:-1]}; {_alike(starts, changed)} leaving out {_described(changed, answer)}."
    funded = next(
        (row for row in answer.rows if row.line.series.funding == "funded" and row.line.measure.code == "participants"),
        None,
    )
    if funded and funded.change.change_pct is not None and answer.question.funding is None:
        found.append(sentence(funded, answer))
    return found


def _alike(total: ComparisonRow, part: ComparisonRow) -> str:
    """Shorten the second of two changes where both go the same way: `by 56%`."""
    one, two = changes.moved(total.change), changes.moved(part.change)
    return two.partition(" ")[2] if one.split(" ")[0] == two.split(" ")[0] else f"they {two}"


def _described(row: ComparisonRow, answer: Comparison) -> str:
    """Name the courses left out: why, and since or until when."""
    new = [course for course in row.line.without if course in answer.new]
    if len(row.line.without) == len(new) == 1 and new[0].is_known:
        mandatory = "the compulsory SENCO course" if new[0].code == "NPQSENCO" else "the course"
        return f"{codes(row.line.without)}, {mandatory} that began in {new[0].began}"
    ended = tuple(course for course in row.line.without if course in answer.ended)
    kinds = [
        f"{codes(tuple(new))} (new since {answer.before.label})" if new else "",
        f"{codes(ended)} (ended by {answer.after.label})" if ended else "",
    ]
    return " and ".join(kind for kind in kinds if kind) or codes(row.line.without)


def _parts(answer: Comparison) -> list[str]:
    """Say what stands out among the rows of a breakdown, and only where every row of it is here."""
    asked = answer.question
    if asked.by in (None, FUNDING):
        return _each(answer) if asked.by or len(answer.question.areas) > 1 else []
    rows = [row for row in answer.rows if not asked.level or row.line.area.level == asked.level]
    parts = [row for row in rows[0 if asked.level else 1 :] if row.change.size is not None]
    if not answer.is_complete or asked.top or len(parts) < 2 or parts[0].line.measure.has_unfinished:
        return []
    fell = [row for row in parts if row.change.direction < 0]
    rose = [row for row in parts if row.change.direction > 0]
    whole = subject(_whole(answer).line)
    since = f"in {answer.after.label}" if answer.after.before == answer.before else f"since {answer.before.label}"
    many, count, others = _set(answer, len(parts))
    if len(fell) == len(parts) or len(rose) == len(parts):
        of = f"{len(parts)} of the {count}" if len(parts) < count else f"all {count}"
        told = f"{whole} {'fell' if fell else 'rose'} in {of} {many} {since}"
    else:
        told = f"{whole} fell in {len(fell)} of the {count} {many} {since} and rose in {len(rose)}"
    most = max(fell or rose, key=lambda row: abs(row.change.size or 0))
    course = codes((most.line.course,)) if most.line.course else ""
    name = f"in {most.line.area.in_words}" if asked.level else f"that of {course or most.line.group_label}"
    size = most.change.size or 0
    is_rate = most.line.measure.is_rate
    by = changes.points(size) if is_rate else f"{number(abs(size))} {most.line.measure.unit}"
    ties = [row for row in (fell or rose) if rounded(abs(row.change.size or 0), 1) == rounded(abs(size), 1)]
    if len(ties) > 1:
        return [f"{told}{others}."]
    kind = "fall" if fell else "rise"
    return [f"{told}{others}; the largest {kind} was {name}, by {by}."]


def _set(answer: Comparison, compared: int) -> tuple[str, int, str]:
    """Name the set that is counted, its size, and what else there is: courses that only one of the years had."""
    many = nouns(answer.question.by or "")[1]
    new = sum(row.status is Status.NEW for row in answer.rows)
    ended = sum(row.status is Status.ENDED for row in answer.rows)
    if not new and not ended:
        return many, answer.count, ""
    told = [f"{new} began" if new else "", f"{ended} ended" if ended else ""]
    count = max(compared, answer.count - new - ended)
    return f"{many} that ran in both years", count, f" ({' and '.join(one for one in told if one)})"


def _each(answer: Comparison) -> list[str]:
    return [one for row in answer.rows[1:3] if row.change.size is not None and (one := sentence(row, answer))]


def of_trend(answer: Trend) -> list[str]:
    """Say what a trend found: its last change, and the sum of its years where they add up."""
    if not answer.rows:
        return []
    current = (row for row in answer.rows if row.line.is_total and row.points[-1].figure.is_known)
    return [one for one in (_last(next(current, answer.rows[0])), _sum(answer)) if one]


def _last(row: TrendRow) -> str:
    measure = row.line.measure
    known = [point for point in row.points if point.figure.value is not None]
    if not known:
        return ""
    name = subject(row.line)
    if measure.has_unfinished:
        finished = [point for point in known if point.status is Status.PUBLISHED]
        told = "; ".join(f"{changes.cell(p.figure, measure.unit)} for {p.year.label} starts" for p in finished)
        ages = " Later cohorts had less time to finish." if len(finished) > 1 else ""
        return f"{name}: {told or 'every cohort is unfinished'}.{ages}"
    last = known[-1]
    amount = changes.cell(last.figure, measure.unit)
    if last.change.size is None:
        return f"{name} in {last.year.label}: {amount}{'' if measure.is_rate else f' {measure.unit}'}."
    to = f"at {amount}" if last.change.direction == 0 else f"to {amount}"
    return f"{name} {changes.moved(last.change)} in {last.year.label}, {to}."


def _sum(answer: Trend) -> str:
    """Add up the years of a single line, where that makes sense, and say what the sum counts."""
    row, measure = answer.rows[0], answer.rows[0].line.measure
    values = [point.figure.value for point in row.points]
    if len(answer.rows) > 1 or "years" not in measure.adds_up_over or None in values or len(values) == 1:
        return ""
    span = _span(answer.years)
    so_far = " so far" if any(point.status is Status.SO_FAR for point in row.points) else ""
    total = number(sum(value or 0 for value in values))
    return f"{subject(row.line)} {span} came to {total} {measure.unit}{so_far}; one person may start several."


def _span(years: tuple[AcademicYear, ...]) -> str:
    return f"from {years[0].label} to {years[-1].label}"
