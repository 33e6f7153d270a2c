"""What a row is about: when, where, whose funding, over what span, of which group.

A row whose identity is not certain is refused.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Any

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.ingest.faults import AGAIN, LINE, Disagreement, refuse
from npqstats.ingest.locations import AREA_COLUMNS, LOCATED, LOCATION, Areas
from npqstats.vocabulary import breakdowns, courses
from npqstats.vocabulary.areas import LEVEL_BY_NAME
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.funding import BASIS_BY_NAME, FUNDING_BY_NAME, SERIES_BEGAN
from npqstats.vocabulary.names import clean, folded, is_total, listed
from npqstats.vocabulary.periods import AcademicYear, is_period, label

_DAMAGED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\ufffd]|[\u00c2\u00c3\u00e2](?:[\u0080-\u00bf\u20ac\u2122\u0153]|$)"
    r"|^#(?:REF|N/A|VALUE|NAME|DIV|NUM|NULL)|^(?:NULL|null|None|NaN|nan|NA|N/A|n/a)$"
    r"|^\d{1,2}[-/](?:\d{1,2}[-/]\d{2,4}|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?:[-/]\d{2,4})?)$"
    r"|^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d{2,4}$"
)
"""A control character, a broken encoding, an error or a date that a spreadsheet made of a label."""
_TEXTS = (*("geographic_level", *AREA_COLUMNS, "funding", "cum_disc", "breakdown", "group_name"),)
"""Columns of labels, in the order in which they are looked through for damage."""
_CODED: dict[str, tuple[Mapping[str, str], pl.Enum]] = {
    "geographic_level": (LEVEL_BY_NAME, table.LEVEL),
    "funding": (FUNDING_BY_NAME, table.FUNDING_TYPE),
    "cum_disc": (BASIS_BY_NAME, table.BASIS_TYPE),
}
"""Columns of known labels, and our codes for them."""
_ABSENT = {"funding": "all", "cum_disc": "in-year", "breakdown": "Overall", "group_name": "Overall"}
"""What the label of every row is in a file that lacks the column."""
_KEYS = (
    *("geographic_level", "funding", "basis"),
    *LOCATED,
    *("breakdown", "group", "course", "breakdown_label", "group_label"),
)
"""The columns of `observations.SCHEMA` that labels become."""
_SPELT = {
    "la_name": ["area"],
    "region_name": ["region_code"],
    "group_name": ["breakdown", "group"],
    "breakdown": ["breakdown"],
    "funding": ["funding"],
    "geographic_level": ["geographic_level"],
}
"""Columns of labels, and the columns that say which thing a label is of."""


class Labels:
    """The labels of one file: each combination is looked up once, and areas once for all blocks of the file."""

    def __init__(self, source: str, last: AcademicYear | None) -> None:
        """Begin a file.

        Args:
            source: Its name under data/raw/, for messages.
            last: The year of its release, which no row is later than; None for figures of many releases.
        """
        self.source, self.last = source, last
        self.remarks: list[Disagreement] = []
        self.unknown_courses: list[tuple[str, int]] = []
        """Labels, with the first line of each, that look like a course and are not known."""
        self._areas = Areas(source)
        self._is_course: dict[str, bool] = {}
        self._spelt: dict[int, tuple[str, int]] = {}
        """The first label of each thing and its line, by 64 bits of column and thing: a long file has many."""
        self._also_spelt: set[tuple[int, str]] = set()

    def keys(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Read the key columns of a block of rows.

        Args:
            rows: Text, with `line`.

        Returns:
            The key columns of `observations.SCHEMA`.

        Raises:
            DataError: A cell is damaged or not known, or columns contradict each other about which row it is.
        """
        absent = (pl.lit(label).alias(name) for name, label in _ABSENT.items() if name not in rows.columns)
        rows = rows.with_columns(absent)
        columns = [name for name in dict.fromkeys(("time_identifier", *_TEXTS, *LOCATION)) if name in rows.columns]
        found = rows.group_by(columns, maintain_order=True).agg(pl.col(LINE).first(), lines=pl.col(LINE))
        texts = {name: dict.fromkeys(found.get_column(name).to_list()) for name in columns}
        self._check(rows, texts)
        periods = period(rows, "time_period", self.source)
        if self.last is not None:
            _check_range(rows, periods, self.last, self.source)
        codes = {name: self._codes(rows, name, texts[name]) for name in _CODED}
        labels = found.drop("lines").to_dicts()
        coded = [tuple(known[row[name]] for name, known in codes.items()) for row in labels]
        areas = self._areas.of(labels, [level for level, *_ in coded])
        groups = self._groups(rows, labels)
        printed = [(row["breakdown"], row["group_name"]) for row in labels]
        keys = [sum(parts, ()) for parts in zip(coded, areas, groups, printed, strict=True)]
        self.remarks += self._areas.remarks()
        self._compare_spellings(labels, keys)
        known = pl.DataFrame(
            dict(zip(_KEYS, zip(*keys, strict=True), strict=True)),
            schema={name: table.SCHEMA[name] for name in _KEYS},
        )
        combination = found.select(pl.int_range(pl.len()).alias("at"), "lines").explode("lines").sort("lines")
        return known[combination.get_column("at")].with_columns(
            periods, first_period=pl.lit(None, pl.Int32), suite=pl.lit("reformed", table.SUITE)
        )

    def _check(self, rows: pl.DataFrame, texts: Mapping[str, Iterable[str]]) -> None:
        """Refuse labels that are damaged, and periods that are no academic years."""

        def check(column: str, is_bad: Callable[[str], object], what: Callable[[str], tuple[str, str]]) -> None:
            if bad := [text for text in texts.get(column, ()) if is_bad(text)]:
                refuse(rows, column, rows.get_column(column).is_in(bad), self.source, what)

        for column in _TEXTS:
            check(column, _DAMAGED.search, lambda cell: (f"{cell!r} is damaged.", AGAIN))
        hint = "Figures by other periods cannot be compared with these."
        check(
            "time_identifier",
            lambda text: text.strip().lower() != "academic year",
            lambda cell: (f"{cell!r} is not 'Academic year'.", hint),
        )
        hint = "The file format has a label on every row; totals are called Overall."
        for column in ("breakdown", "group_name"):
            check(column, lambda text: not text.strip(), lambda _: ("the label is blank.", hint))

    def _codes(self, rows: pl.DataFrame, column: str, labels: Iterable[str]) -> dict[str, str]:
        """Find our codes of the labels of a column."""
        names, dtype = _CODED[column]
        codes = {text: names.get(folded(clean(text)), "") for text in labels}
        hint = f"Known: {listed(dtype.categories, 'or')}."
        is_bad = rows.get_column(column).is_in([text for text, code in codes.items() if not code])
        refuse(rows, column, is_bad, self.source, lambda cell: (f"{cell!r} is not known.", hint))
        return codes

    def _groups(self, rows: pl.DataFrame, labels: list[dict[str, Any]]) -> list[tuple[str, str, str | None]]:
        """Find breakdown, group and course of each combination; which breakdown is the courses, by all its groups."""
        pairs: dict[tuple[str, str], int] = {}
        groups_of: dict[str, list[str]] = defaultdict(list)
        for row in labels:
            pairs.setdefault((row["breakdown"], row["group_name"]), row[LINE])
        for breakdown, group in pairs:
            groups_of[breakdown].append(group)
        for name, groups in groups_of.items():
            if name not in self._is_course:
                self._is_course[name] = courses.is_course_breakdown(name, groups)
        slugs = {name: OVERALL if is_total(name) else breakdowns.canonical(name, self._is_course) for name in groups_of}
        found = {pair: self._group(rows, *pair, line, slugs[pair[0]]) for pair, line in pairs.items()}
        return [found[row["breakdown"], row["group_name"]] for row in labels]

    def _group(
        self, rows: pl.DataFrame, breakdown: str, group: str, line: int, named: str
    ) -> tuple[str, str, str | None]:
        """Find breakdown, group and course of one combination.

        Args:
            rows: A block of the file.
            breakdown: As published.
            group: As published.
            line: The first that has the combination.
            named: The slug of the breakdown, if it is not the courses.
        """
        if is_total(breakdown) and not is_total(group):
            what = (f"{group!r} is a group of {breakdown!r}, which has none.", AGAIN)
            refuse(rows, "group_name", rows.get_column(LINE) == line, self.source, lambda _: what)
        slug = OVERALL if is_total(group) else breakdowns.group_slug(group)
        if not self._is_course[breakdown]:
            if not breakdowns.is_role_breakdown(breakdown) and courses.looks_like_course(group):
                self.unknown_courses.append((group, line))
            return named, slug, None
        course = courses.in_breakdown(group)
        if course is None:
            return "course", slug, None
        if not course.is_known:
            self.unknown_courses.append((group, line))
        return "course", course.slug, course.code if course.is_known else course.slug

    def _compare_spellings(self, labels: list[dict[str, Any]], keys: list[tuple[str | None, ...]]) -> None:
        """Find labels of one thing that the blocks so far spell in two ways."""
        for column, by in _SPELT.items():
            thing_of = itemgetter(*map(_KEYS.index, by))
            for row, key in zip(labels, keys, strict=True):
                if not (text := row.get(column)):
                    continue
                thing = hash((column, thing_of(key)))
                first, line = self._spelt.setdefault(thing, (text, row[LINE]))
                if text != first and (thing, text) not in self._also_spelt:
                    self._also_spelt.add((thing, text))
                    what = f"{text!r} here, {first!r} in line {line}: one group under two spellings"
                    self.remarks.append(Disagreement("one-spelling", self.source, row[LINE], column, text, what))


def period(rows: pl.DataFrame, column: str, source: str) -> pl.Series:
    """Type a column of academic years in six digits.

    Raises:
        DataError: A cell is no academic year.
    """
    texts = rows.get_column(column)
    bad = [text for text in texts.unique() if not (re.fullmatch("[0-9]{6}", text) and is_period(int(text)))]
    hint = "The file format has two consecutive years as six digits, such as 202324."
    refuse(rows, column, texts.is_in(bad), source, lambda cell: (f"{cell!r} is not an academic year.", hint))
    return texts.cast(pl.Int32)


def _check_range(rows: pl.DataFrame, periods: pl.Series, last: AcademicYear, source: str) -> None:
    hint = f"The file is in the folder of {last.label}. Put it in the folder of the release that printed it."
    refuse(rows, "time_period", periods > last.code, source, lambda cell: (f"{cell} is later than the release.", hint))
    what = f"is before {label(SERIES_BEGAN)}, when the reformed NPQs began."
    refuse(rows, "time_period", periods < SERIES_BEGAN, source, lambda cell: (f"{cell} {what}", AGAIN))
