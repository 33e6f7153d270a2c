"""Sentences made from cells: true ones are right; with one thing changed, they are not."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from npqstats.analysis.factcheck.check import findings, lexicon
from npqstats.analysis.factcheck.scanning.quantities import quantities
from npqstats.analysis.facts import Fact, Facts, facts
from npqstats.analysis.series import Series
from npqstats.project import Project
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.numbers import number
from npqstats.vocabulary.periods import label

pytestmark = pytest.mark.slow

FRAMES = {
    "starts": (
        "In {year}, {value} {funding}NPQ courses were started{group}{area}.",
        "{Area}There were {value} {funding}NPQ starts{group} in {year}.",
    ),
    "participants": (
        "In {year}, {value} {funding}NPQ participants were counted{group}{area}.",
        "{value} people started {a} {funding}NPQ{group}{area} in {year}.",
    ),
    "completions": ("Of {funding}NPQ courses started in {year}{group}{area}, {value} have been completed.",),
    "passes": ("Of {funding}NPQ courses started in {year}{group}{area}, {value} were passed.",),
    "completion-rate": ("The completion rate of {funding}NPQs begun in {year}{group}{area} was {value}.",),
    "pass-rate": ("The pass rate of {funding}NPQs begun in {year}{group}{area} was {value}.",),
}
OTHERS = {
    "starts": "participants",
    "participants": "starts",
    "completions": "passes",
    "passes": "completions",
    "completion-rate": "pass-rate",
    "pass-rate": "completion-rate",
}
FUNDINGS = {"all": "", "funded": "government-funded ", "non-funded": "non-funded "}


@pytest.fixture(scope="module")
def cells(full: Project) -> Facts:
    return facts(full)


TOLD = (
    "{Starts} {rose} from {before} in {p} to {after} in {y}, a {rise} of {change}.",
    "{Starts} {rose} by {change} in {y}, from {before} to {after}.",
    "Between {p} and {y} {starts} {rose} by {size}, or {change}.",
    "In {y} there were {after} {starts}, {size} {more} than in {p}.",
    "{Starts} were {after} in {y}, compared with {before} the year before.",
    "{Starts}: {before} in {p}, {after} in {y}.",
    "In {y} {starts} {rose} by {change} on a year earlier ({after} against {before}).",
    "{Starts} {rose} by {size} in {y} ({before} to {after}), or {change}.",
)
"""What is written of two years of one series."""
WHO = {
    ("sex", "female"): "women",
    ("phase", "secondary"): "secondary school teachers",
    ("phase", "primary"): "primary school staff",
    ("age", "under-30"): "under-30s",
    ("role", "headteacher"): "headteachers",
    ("working-pattern", "part_time"): "part-time teachers",
}
TOLD_OF = (
    "{who} started {starts} NPQs in {y}.",
    "{people} {who} started an NPQ in {y}.",
    "The number of {who} starting an NPQ {rose} from {before} in {p} to {people} in {y}.",
    "{people} {who} began an NPQ in {y}, {down} from {before} a year earlier.",
    "{Who} accounted for {share} of NPQ starts in {y}.",
    "{Who} who started in {y} had an NPQ completion rate of {rate}.",
)
"""What is written of a part of the people."""
OPENINGS = {
    "starts": "In {y}, {value} NPQs were started",
    "participants": "In {y}, {value} people started an NPQ",
    "completion-rate": "Of NPQs started in {y}, {value} have been completed",
    "workforce-share": "In {y}, {value} of teachers started an NPQ",
}
NEXT = (
    "The year before it was {before}.",
    "A year earlier it had been {before}.",
    "That compares with {before} the year before.",
    "That is a {fall} of {change} on the year before.",
    "It was {before} a year earlier, so the number {fell} by {change}.",
    "There were {before} the year before, {size} {other}.",
    "That is {size} {fewer} than the year before.",
    "Of these, {funded} were funded.",
    "{funded} were funded, {part} of the total.",
    "All but {unfunded} were funded.",
    "It was {region} in the {where}.",
    "The figure for the {where} was {region}.",
    "The {where} had {region}.",
)
"""What is written after a sentence with a figure, of another year, payer or area."""


WITHOUT = (
    "NPQ starts {rose} by {change} in {y}, or {other} without {course}.",
    "NPQ starts {rose} by {change} in {y} ({other} excluding {course}).",
    "NPQ starts {rose} by {change} ({other} if {course} is left out) in {y}.",
    "NPQ starts {rose} by {change} in {y}. Without {course}, it was {other}.",
    "NPQ starts {rose} by {change} in {y}. Leave out {course} and the figure is {other}.",
    "Between {p} and {y} NPQ starts {rose} {change}, but {other} once {course} is stripped out.",
    "In {y} NPQ starts {rose} {change}; excluding {course}, they {rose} {other}.",
    "There were {value} NPQ starts in {y}, or {rest} without {course}.",
    "{value} NPQs were started in {y}. Without {course}, it was {rest}.",
    "Of {value} NPQ starts in {y}, {rest} were on courses other than {course}.",
    "{value} NPQs were started in {y}, {of_course} of them in {course}; the other courses together had {rest}.",
)
"""Sentences with a figure of all courses and one without a course."""


def sentence(cell: Fact, frame: str, **changed: object) -> str:
    """Say a cell in a sentence, with some of its parts changed."""
    parts = {**cell._asdict(), **changed}
    named = parts["location_name"] if parts["level"] != "National" else ""
    funding = FUNDINGS[str(parts["funding"])]
    group = str(parts["group_label"]) if parts["breakdown"] != OVERALL else ""
    text = frame.format(
        year=label(int(str(parts["period"]))),
        value=number(float(str(parts["value"])), MEASURES[cell.measure].unit),
        funding=funding,
        a="a" if funding else "an",
        group=(f" in {group}" if cell.breakdown == "course" else f" ({group})") if group else "",
        area=f" in {named}" if named else "",
        Area=f"In {named}, " if named else "",
    )
    return text.replace("In ", "In ", 1).replace(", There", ", there")


def sound(cells: Facts) -> list[Fact]:
    """Cells of finished cohorts, with a base of 30 or more, of which a plain sentence can be made."""
    return [
        cell
        for cell in cells.cells
        if cell.measure in FRAMES
        and cell.value >= 30
        and not (MEASURES[cell.measure].has_unfinished and cell.period in cells.unfinished)
        and (not MEASURES[cell.measure].is_rate or _base(cells, cell) >= 30)
        and cell.group_label not in ("Unknown", "Other", "Other types", "Any other")
        and cell.breakdown in (OVERALL, "course", "school-phase", "phase", "sex", "gender")
    ]


def _base(cells: Facts, cell: Fact) -> float:
    under = cells.best(cell.series._replace(measure=MEASURES[cell.measure].denominator), cell.period)
    return under.value if under else 0


def changed(cells: Facts, cell: Fact, dice: random.Random) -> Iterator[tuple[str, dict[str, object]]]:
    """Change one thing that a sentence says, where the cell that it then names prints otherwise."""
    for period in cells.periods:
        if period != cell.period and _differs(cells, cell, period=period):
            yield "year", {"period": period}
            break
    for funding in FUNDINGS:
        if funding != cell.funding and _differs(cells, cell, funding=funding):
            yield "funding", {"funding": funding}
            break
    if cell.level == "Regional":
        others = [
            c
            for c in cells.cells
            if c.level == "Regional" and c.location != cell.location and c.measure == cell.measure
        ]
        other = dice.choice(others)
        if _differs(cells, cell, location=other.location):
            yield "area", {"location_name": other.location_name}
    digits = list(f"{cell.value:.0f}")
    place = dice.randrange(len(digits))
    digits[place] = str((int(digits[place]) + dice.randint(1, 8)) % 9 + 1)
    value = float("".join(digits))
    if number(value, MEASURES[cell.measure].unit) != number(cell.value, MEASURES[cell.measure].unit):
        yield "digit", {"value": value}


def _differs(cells: Facts, cell: Fact, *, period: int | None = None, **parts: str) -> bool:
    other = cells.value(cell.series._replace(**parts), period or cell.period)
    (printed,) = quantities(number(cell.value, MEASURES[cell.measure].unit))
    return other is not None and not printed.fits(other.value)


def verdict(text: str, cells: Facts, value: str) -> str:
    given = [one.verdict for one in findings(text, cells) if one.quantity.quote == value]
    return given[0] if given else "none"


def test_a_cell_in_a_plain_sentence_about_itself_is_right(cells: Facts) -> None:
    dice = random.Random(1)
    sample = dice.sample(sound(cells), 1500)
    failed = []
    for cell in sample:
        text = sentence(cell, dice.choice(FRAMES[cell.measure]))
        got = verdict(text, cells, number(cell.value, MEASURES[cell.measure].unit))
        if got != "right":
            failed.append(f"{got}: {text}")
    assert not failed, f"{len(failed)} of {len(sample)}\n" + "\n".join(failed[:25])


def test_a_sentence_with_one_thing_changed_is_never_right(cells: Facts) -> None:
    dice = random.Random(2)
    failed, tried = [], 0
    for cell in dice.sample(sound(cells), 800):
        frame = dice.choice(FRAMES[cell.measure])
        for part, change in changed(cells, cell, dice):
            tried += 1
            text = sentence(cell, frame, **change)
            value = number(float(str(change.get("value", cell.value))), MEASURES[cell.measure].unit)
            if verdict(text, cells, value) == "right":
                failed.append(f"{part} ({cell.value}, {cell.funding}, {cell.period}, {cell.location_name}): {text}")
    assert tried > 2000
    assert not failed, f"{len(failed)} of {tried}\n" + "\n".join(failed[:25])


def test_a_sentence_with_another_measure_is_not_right(cells: Facts) -> None:
    dice = random.Random(3)
    failed = []
    for cell in dice.sample(sound(cells), 500):
        other = cells.value(cell.series._replace(measure=OTHERS[cell.measure]), cell.period)
        unit = MEASURES[cell.measure].unit
        if other is None or number(other.value, unit) == number(cell.value, unit):
            continue
        text = sentence(cell, dice.choice(FRAMES[OTHERS[cell.measure]]))
        if verdict(text, cells, number(cell.value, unit)) == "right":
            failed.append(text)
    assert not failed, "\n".join(failed[:25])


def told(cells: Facts) -> Iterator[tuple[str, list[str]]]:
    """Write sentences about two years, each with its figures."""
    dice = random.Random(5)
    plain = [cell for cell in sound(cells) if cell.measure == "starts" and cell.period > min(cells.periods)]
    plain = [cell for cell in plain if cell.breakdown in (OVERALL, "course")]
    for cell in dice.sample(plain, 500):
        year = max(period for period in cells.periods if period < cell.period)
        before = cells.value(cell.series, year)
        if before is None or before.value < 30 or before.value == cell.value:
            continue
        is_up = cell.value > before.value
        paid = {"all": "", "funded": "funded ", "non-funded": "non-funded "}[cell.funding]
        course = f"{cell.group_label.removeprefix('NPQ for ')} " if cell.breakdown == "course" else ""
        starts = f"{paid}{course}NPQ starts" + (f" in {cell.location_name}" if cell.level != "National" else "")
        size = abs(cell.value - before.value)
        words = dict(
            zip(("rose", "rise", "more"), ("rose", "rise", "more") if is_up else ("fell", "fall", "fewer"), strict=True)
        )
        figures = {
            "before": f"{before.value:,.0f}",
            "after": f"{cell.value:,.0f}",
            "size": f"{size:,.0f}",
            "change": f"{100 * size / before.value:.1f}%",
        }
        frame = dice.choice(TOLD)
        text = frame.format(
            **figures,
            **words,
            p=label(year),
            y=label(cell.period),
            starts=starts,
            Starts=starts[0].upper() + starts[1:],
        )
        yield text, [figure for name, figure in figures.items() if f"{{{name}}}" in frame]


def told_of(cells: Facts) -> Iterator[tuple[str, list[str]]]:
    """Write sentences about women, heads and others, each with its figures."""
    for (breakdown, group), who in WHO.items():
        for year in cells.periods[1:]:
            earlier = max(period for period in cells.periods if period < year)
            series = Series("starts", breakdown=breakdown, group=group)

            def value(measure: str, period: int = year, part: Series = series) -> float:
                found = cells.value(part._replace(measure=measure), period)
                return found.value if found is not None else 0

            people, before = value("participants"), value("participants", earlier)
            figures = {
                "starts": f"{value('starts'):,.0f}",
                "people": f"{people:,.0f}",
                "before": f"{before:,.0f}",
                "share": f"{100 * value('starts') / value('starts', year, Series('starts')):.1f}%",
                "rate": f"{value('completion-rate'):.1f}%",
            }
            words = {"rose": "rose", "down": "up"} if people > before else {"rose": "fell", "down": "down"}
            for frame in TOLD_OF if people != before else ():
                if "{rate}" in frame and year in cells.unfinished:
                    continue
                names = {"who": who, "Who": who[0].upper() + who[1:], "y": label(year), "p": label(earlier)}
                text = frame.format(**figures, **words, **names)
                yield text[0].upper() + text[1:], [one for name, one in figures.items() if f"{{{name}}}" in frame]


def told_next(cells: Facts) -> Iterator[tuple[str, list[str]]]:
    """Write two sentences, of which the second leans on the first, each with its figures."""
    for measure, opening in OPENINGS.items():
        for (level, location), where in {
            ("National", "E92000001"): "",
            ("Regional", "E12000006"): "East of England",
        }.items():
            for year in cells.periods[1:]:
                if MEASURES[measure].has_unfinished and year in cells.unfinished:
                    continue
                series = Series(measure, level=level, location=location)
                parts = {
                    "value": cells.value(series, year),
                    "before": cells.value(series, year - 101),
                    "funded": cells.value(series._replace(funding="funded"), year),
                    "unfunded": cells.value(series._replace(funding="non-funded"), year),
                    "region": cells.value(series._replace(level="Regional", location="E12000002"), year),
                }
                figures = {name: number(one.value, MEASURES[measure].unit) for name, one in parts.items() if one}
                value, before = parts["value"], parts["before"]
                if value is None or before is None or figures["value"] == figures["before"]:
                    continue
                if not MEASURES[measure].is_rate:
                    size = abs(value.value - before.value)
                    figures |= {"size": f"{size:,.0f}", "change": f"{100 * size / before.value:.1f}%"}
                    if (funded := parts["funded"]) is not None and measure == "starts":
                        figures["part"] = f"{100 * funded.value / value.value:.1f}%"
                told = (
                    ("rise", "rose", "more", "fewer")
                    if value.value > before.value
                    else ("fall", "fell", "fewer", "more")
                )
                words = dict(zip(("fall", "fell", "fewer", "other"), told, strict=True))
                for frame in NEXT:
                    named = [name for name in (*figures, "size", "change", "part") if f"{{{name}}}" in frame]
                    is_elsewhere = "{region}" in frame and (where != "" or ("had" in frame and measure != "starts"))
                    is_of_payer = "funded}" in frame and measure != "starts"
                    if is_elsewhere or is_of_payer or not figures.keys() >= {*named}:
                        continue
                    first = opening.format(y=label(year), **figures)
                    first = first.replace("In ", f"In the {where} in ", 1) if where else first
                    first = (
                        first.replace("have been", f"in the {where} have been")
                        if where and "In" not in first
                        else first
                    )
                    yield (
                        f"{first}. {frame.format(**figures, **words, where='North West')}",
                        [figures[name] for name in dict.fromkeys(["value", *named])],
                    )


def told_without(cells: Facts) -> Iterator[tuple[str, list[str]]]:
    """Write sentences with a figure of all courses and one without a course, each with its figures."""
    for course, name in (
        ("npqh", "headship"),
        ("npqll", "the leading literacy course"),
        ("npqsl", "senior leadership"),
    ):
        for year in cells.periods[1:]:
            every = [cells.value(Series("starts"), period) for period in (year - 101, year)]
            own = [
                cells.value(Series("starts", breakdown="course", group=course), period) for period in (year - 101, year)
            ]
            before, value, course_before, of_course = (one.value if one else 0 for one in (*every, *own))
            rest, rest_before = value - of_course, before - course_before
            if not (before and course_before and of_course) or (value > before) != (rest > rest_before):
                continue
            figures = {
                "value": f"{value:,.0f}",
                "rest": f"{rest:,.0f}",
                "of_course": f"{of_course:,.0f}",
                "change": f"{100 * abs(value - before) / before:.1f}%",
                "other": f"{100 * abs(rest - rest_before) / rest_before:.1f}%",
            }
            words = {"rose": "rose" if value > before else "fell", "course": name}
            for frame in WITHOUT:
                text = frame.format(**figures, **words, y=label(year), p=label(year - 101))
                yield text, [one for key, one in figures.items() if f"{{{key}}}" in frame]


def test_what_is_written_of_two_years_or_of_some_people_is_right(cells: Facts) -> None:
    every = [*told(cells), *told_of(cells), *told_next(cells), *told_without(cells)]
    given = [(text, [one.verdict for one in findings(text, cells)], figures) for text, figures in every]
    failed = [f"{verdicts}: {text}" for text, verdicts, figures in given if verdicts != ["right"] * len(figures)]
    assert len(every) > 400
    assert not failed, f"{len(failed)} of {len(every)}\n" + "\n".join(failed[:25])


def test_what_is_written_of_two_years_or_of_some_people_with_a_figure_changed_is_not_right(cells: Facts) -> None:
    dice, failed, tried = random.Random(6), [], 0
    for text, figures in [*told(cells), *told_of(cells), *told_next(cells), *told_without(cells)]:
        figure = dice.choice(figures)
        value = float(figure.replace(",", "").rstrip("%")) * dice.choice((0.77, 0.91, 1.07, 1.31))
        other = f"{value:.1f}%" if figure.endswith("%") else f"{value:,.0f}"
        (printed,) = quantities(other)
        if printed.fits(float(figure.replace(",", "").rstrip("%"))) or text.count(figure) > 1:
            continue
        tried += 1
        changed_text = text.replace(figure, other)
        if {one.verdict for one in findings(changed_text, cells)} <= {"right"}:
            failed.append(f"{figure}: {changed_text}")
    assert tried > 400
    assert not failed, f"{len(failed)} of {tried}\n" + "\n".join(failed[:25])


def test_the_words_of_every_group_and_area_are_known(cells: Facts) -> None:
    words = lexicon(cells)
    for name in {cell.location_name for cell in cells.cells}:
        assert any(m.kind == "area" for m in words.mentions(f"In {name}, 100 NPQs")), name
