"""What must hold between the figures of one file. What does not hold is listed as a disagreement, never corrected.

In plain Python: of the few thousand rows of a published file, these loops end before a dozen joins of frames begin.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.catalogue.catalogue import Layout
from npqstats.ingest.faults import LINE, Disagreement, kept
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.measures import MEASURES

_LIKELY_SHARE = 50
"""Per cent of all teachers in a year: more is not likely."""
_JUMP = 10
"""Factor between two years that only an error explains, for counts of at least `_LARGE`."""
_LARGE = 200
_ENOUGH = 20
"""Cells from which a column is judged as a whole."""
_PRINTED = ("location_name", "group_label")
_COUNTS = frozenset(code for code, measure in MEASURES.items() if not measure.is_rate)
_POPULATIONS = frozenset(code for code, measure in MEASURES.items() if measure.is_population)


class Key(NamedTuple):
    """What tells one row from another, as `observations.IDENTITY`."""

    time_period: int
    geographic_level: str
    area: str
    funding: str
    basis: str
    breakdown: str
    group: str


class Rows:
    """The cells of a file as lists, an entry a row; a line has several rows if its columns are of several fundings."""

    def __init__(self, observations: pl.DataFrame, layout: Layout) -> None:
        """Take cells out of their frame.

        Args:
            observations: Columns of `observations.SCHEMA`: every cell of some rows of one file.
            layout: The layout of the file.
        """
        self.decimals, self.source = layout.rate_decimals, str(observations.item(0, "source"))
        kinds: dict[tuple[str | None, str | None], dict[str, pl.DataFrame]] = defaultdict(dict)
        used = observations.select(*table.IDENTITY, *_PRINTED, LINE, "column", "value", "symbol", "raw")
        for cells in used.partition_by("column", maintain_order=True):
            meaning = layout.measures[cells.item(0, "column")]
            kinds[meaning.funding, meaning.basis][meaning.measure] = cells
        self._kinds = list(kinds.values())
        """For each kind of funding and basis that columns are of, the cells of each measure."""
        here = [code for code in MEASURES if any(code in measures for measures in self._kinds)]
        self.keys: list[Key] = []
        self.lines: list[int] = []
        self.numbers: dict[str, list[float | None]] = {code: [] for code in here}
        """By measure; null where a symbol is printed, or the measure has no column of the row's kind."""
        for measures in self._kinds:
            first = next(iter(measures.values()))
            self.height = first.height
            self.keys += map(Key, *(first.get_column(name).to_list() for name in table.IDENTITY))
            self.lines += first.get_column(LINE).to_list()
            for code in here:
                column = measures[code].get_column("value").to_list() if code in measures else [None] * first.height
                self.numbers[code] += column
        self.counts = {code: numbers for code, numbers in self.numbers.items() if code in _COUNTS}
        self.index: dict[tuple[object, ...], int] = {key: at for at, key in enumerate(self.keys)}

    def beside(self, code: str) -> list[float | None]:
        """The numbers of another measure for the same funding and basis; of a population, for any."""
        numbers = self.numbers.get(code) or [None] * len(self.keys)
        if code not in _POPULATIONS or len(self._kinds) == 1:
            return numbers
        of_line = zip(*(numbers[start : start + self.height] for start in self._starts()), strict=True)
        return [next((one for one in found if one is not None), None) for found in of_line] * len(self._kinds)

    def _starts(self) -> range:
        return range(0, len(self.keys), self.height)

    def by_column(self) -> Iterator[tuple[str, int, list[float | None]]]:
        """The measure of each column, its first row, and its numbers."""
        for start, measures in zip(self._starts(), self._kinds, strict=True):
            yield from ((code, start, self.numbers[code][start : start + self.height]) for code in measures)

    def cell(self, code: str, at: int) -> dict[str, Any]:
        """A cell by its row and measure, as in `observations`: of a population, from the column of any kind."""
        kind, row = divmod(at, self.height)
        found = next(measures[code] for measures in (self._kinds[kind], *self._kinds) if code in measures)
        return found.row(row, named=True)

    def column(self, code: str, at: int) -> str:
        """The column of a measure in a row."""
        name: str = self.cell(code, at)["column"]
        return name

    def raw(self, code: str, at: int) -> str:
        """A cell as printed."""
        text: str = self.cell(code, at)["raw"]
        return text

    def disagreement(self, rule: str, code: str, at: int, what: str) -> Disagreement:
        """Say of a cell which rule it breaks, and how."""
        cell = self.cell(code, at)
        return Disagreement(rule, self.source, self.lines[at], cell["column"], cell["raw"], what)

    def about(self, row: int) -> str:
        """What a row is about as published: a total its area, any other its group."""
        area, group = next(iter(self._kinds[0].values())).select(_PRINTED).row(row)
        return str(area if self.keys[row].breakdown == OVERALL else group)


def of_rows(rows: Rows) -> list[Disagreement]:
    """Check the cells of each row against each other: parts within their wholes, rates as their counts."""
    return kept(_columns(rows))


def between_rows(rows: Rows) -> list[Disagreement]:
    """Check the rows of a file against each other: parts within totals, years, whole columns."""
    return [one for check in (_fundings, _groups, _years, _odd_columns) for one in kept(check(rows))]


def _columns(rows: Rows) -> Iterator[Disagreement]:
    """Cells of one row: parts within their wholes, rates as their counts."""
    raw, disagreement, decimals = rows.raw, rows.disagreement, rows.decimals
    slack = 0.5 * 10.0**-decimals + 1e-9
    for code, numbers in rows.numbers.items():
        measure = MEASURES[code]
        others = (measure.part_of, "starts" * (code == "participants"), measure.numerator, measure.denominator)
        for at, (mine, whole, starts, over, under) in enumerate(zip(numbers, *map(rows.beside, others), strict=True)):
            if mine is None:
                continue
            if whole is not None and mine > whole:
                column = rows.column(measure.part_of, at)
                what = f"{raw(code, at)} is more than {raw(measure.part_of, at)} in the column {column}"
                yield disagreement("part-within-total", code, at, what)
            if starts is not None and starts >= _ENOUGH and starts > 2 * mine:
                what = f"{raw(code, at)} people with {raw('starts', at)} starts: more than two each"
                yield disagreement("starts-per-person", code, at, what)
            if code == "workforce-share" and mine > _LIKELY_SHARE:
                yield disagreement(
                    "likely-share", code, at, f"{raw(code, at)}% of all teachers is more than can be likely"
                )
            if over is None or under is None:
                continue
            if under > 0 and abs(100 * over / under - mine) > slack:
                exact = round(100 * over / under, decimals + 2)
                counts = f"{raw(measure.numerator, at)} / {raw(measure.denominator, at)}"
                yield disagreement("rate-as-counts", code, at, f"{raw(code, at)}% is printed, {counts} is {exact}%")
            if over > under:
                column = rows.column(measure.denominator, at)
                what = (
                    f"{raw(measure.numerator, at)} is more than {raw(measure.denominator, at)} in the column {column}"
                )
                yield disagreement("part-within-total", code, at, what)


def _fundings(rows: Rows) -> Iterator[Disagreement]:
    """Funded and non-funded within all; where a measure adds up, exactly all."""
    raw, disagreement, lines = rows.raw, rows.disagreement, rows.lines
    for at, key in enumerate(rows.keys):
        if key.funding != "all":
            continue
        split = {name: rows.index.get((*key[:3], name, *key[4:])) for name in ("funded", "non-funded")}
        if set(split.values()) == {None}:
            continue
        for code, numbers in rows.counts.items():
            if (whole := numbers[at]) is None:
                continue
            parts: list[float] = []
            for name, row in split.items():
                if row is None or (mine := numbers[row]) is None:
                    continue
                parts.append(mine)
                if code in _POPULATIONS and mine != whole:
                    what = f"{raw(code, row)} in the {name} row, {raw(code, at)} in line {lines[at]}"
                    yield disagreement("one-population", code, row, what)
                elif mine > whole:
                    what = f"{raw(code, row)} {name} is more than {raw(code, at)} of all funding, line {lines[at]}"
                    yield disagreement("part-within-total", code, row, what)
            if len(parts) < len(split) or code in _POPULATIONS:
                continue
            is_off = sum(parts) != whole if "funding" in MEASURES[code].adds_up_over else whole > sum(parts)
            if is_off:
                funded, own = (raw(code, row) for row in split.values() if row is not None)
                what = f"{raw(code, at)} is printed, funded {funded} and non-funded {own} are {int(sum(parts))}"
                yield disagreement("parts-add-up", code, at, what)


def _groups(rows: Rows) -> Iterator[Disagreement]:
    """Groups of a breakdown within the total of their area."""
    wholes = {_of_total(key): at for at, key in enumerate(rows.keys) if key.breakdown == OVERALL}
    for at, key in enumerate(rows.keys):
        if OVERALL in (key.breakdown, key.group) or (row := wholes.get(_of_total(key))) is None:
            continue
        for code, numbers in rows.counts.items():
            mine, whole = numbers[at], numbers[row]
            if mine is not None and whole is not None and mine > whole:
                raw, line = rows.raw(code, row), rows.lines[row]
                what = f"{rows.raw(code, at)} is more than the total {raw}, line {line}"
                yield rows.disagreement("part-within-total", code, at, what)


def _of_total(key: Key) -> tuple[object, ...]:
    """What a row has in common with the total of its area."""
    return key.time_period, key.area, key.funding, key.basis


def _years(rows: Rows) -> Iterator[Disagreement]:
    """One series through the years: cumulative figures never fall, and no two years are the same or far apart."""
    raw, disagreement, lines = rows.raw, rows.disagreement, rows.lines
    counts = [(code, numbers, code in _POPULATIONS) for code, numbers in rows.counts.items()]
    same: dict[int, list[tuple[bool, str, int, int]]] = defaultdict(list)
    for at, key in enumerate(rows.keys):
        is_cumulative = key.basis == "cumulative"
        before = rows.index.get((key.time_period - 101, *key[1:]))
        year = rows.index.get((*key[:4], "in-year", *key[5:])) if is_cumulative else None
        if before is None and year is None:
            continue
        for code, numbers, is_population in counts:
            if (now := numbers[at]) is None:
                continue
            if before is not None and (was := numbers[before]) is not None:
                if is_cumulative and not is_population and now < was:
                    what = f"{raw(code, at)} since 2021, and {raw(code, before)} a year earlier, line {lines[before]}"
                    yield disagreement("cumulative-grows", code, at, what)
                if not is_cumulative and not is_population:
                    same[lines[at]].append((now == was and now >= _LARGE, code, at, before))
                factor = 1.5 if is_population else _JUMP
                is_jump = now >= _LARGE <= was and (now > factor * was or was > factor * now)
                if is_jump and not MEASURES[code].has_unfinished:
                    what = f"{raw(code, at)}, and {raw(code, before)} the year before, line {lines[before]}"
                    yield disagreement("no-jump", code, at, what)
            if year is not None and not is_population and (of_year := numbers[year]) is not None and now < of_year:
                what = f"{raw(code, at)} since 2021 is less than {raw(code, year)} in the year, line {lines[year]}"
                yield disagreement("part-within-total", code, at, what)
    for cells in same.values():
        if len(cells) > 1 and all(is_same for is_same, *_ in cells):
            _, code, at, before = cells[0]
            yield disagreement(
                "years-differ", code, at, f"every count of the row is that of the year before, line {lines[before]}"
            )


def _odd_columns(rows: Rows) -> Iterator[Disagreement]:
    """Whole columns that are rounded, withheld or a copy of another; a total of England that is withheld."""
    for at, key in enumerate(rows.keys):
        if (key.geographic_level, key.breakdown, key.funding) == ("National", OVERALL, "all"):
            for code in rows.counts:
                if rows.counts[code][at] is None and rows.cell(code, at)["symbol"] in ("c", "u", "x"):
                    what = f"the total for England is {rows.raw(code, at)}"
                    yield rows.disagreement("has-numbers", code, at, what)
    columns = list(rows.by_column())
    for code, start, numbers in columns:
        if len(numbers) >= _ENOUGH and not any(number is not None for number in numbers):
            yield rows.disagreement("has-numbers", code, start, "no cell of the column is a number")
        large = [at for at, number in enumerate(numbers) if number is not None and number > _ENOUGH]
        if code in _COUNTS and len(large) >= _ENOUGH:
            steps = (step for step in (1000, 100, 10, 5) if not any((numbers[at] or 0) % step for at in large))
            if step := next(steps, None):
                first = start + large[0]
                what = f"every figure in the column {rows.column(code, first)} is a multiple of {step}"
                yield rows.disagreement("not-rounded", code, first, what)
    counts = [column for column in columns if column[0] in _COUNTS]
    for (one, start, numbers), (other, other_start, copies) in combinations(counts, 2):
        both = [at for at, (a, b) in enumerate(zip(numbers, copies, strict=True)) if a is not None and b is not None]
        if len(both) >= _ENOUGH and all(numbers[at] == copies[at] for at in both):
            names = (rows.column(one, start), rows.column(other, other_start))
            what = f"the columns {names[0]} and {names[1]} are the same on every row"
            yield rows.disagreement("columns-differ", other, other_start + both[0], what)
