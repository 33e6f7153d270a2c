"""Sentences made from cells: true ones are right; with one thing changed, they are not."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from npqstats.analysis.factcheck.check import findings, lexicon
from npqstats.analysis.factcheck.scanning.quantities import quantities
from npqstats.analysis.facts import Fact, Facts, facts
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


def test_the_words_of_every_group_and_area_are_known(cells: Facts) -> None:
    words = lexicon(cells)
    for name in {cell.location_name for cell in cells.cells}:
        assert any(m.kind == "area" for m in words.mentions(f"In {name}, 100 NPQs")), name
