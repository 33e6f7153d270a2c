"""The figures of one release, looked up in its raw files with plain Python: nothing of ours is imported."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

Row = dict[str, str]


@dataclass(frozen=True)
class Subject:
    """What a figure is of."""

    file: str = "npq_participants"
    part: str = "npq_starts"
    whole: str = ""
    funding: str = "Overall"
    area: str = ""
    group: str = ""
    without: tuple[str, ...] = ()
    is_cumulative: bool = False
    is_share_of_all: bool = False
    """Whether it is the share of one funding in all starts."""


class Figures:
    """The rows of the files of one release."""

    def __init__(self, folder: Path) -> None:
        """Read the files of `data/raw/<release>/`."""
        self.rows: dict[str, list[Row]] = {}
        for path in sorted(folder.glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                self.rows[path.stem] = list(csv.DictReader(file))
        people = self.rows["npq_participants"]
        self.areas = sorted({row["la_name"] or row["region_name"] for row in people} - {""}, key=len, reverse=True)
        self.courses = {row["group_name"] for row in people if row["breakdown"] == "Course"}
        self.groups = {row["group_name"] for row in people} - self.courses - {"Overall"}
        self.years = sorted({row["time_period"] for row in people})

    def value(self, subject: Subject, year: str) -> Decimal | None:
        """Look a figure up, a rate from its counts; None where a symbol or nothing stands."""
        part = self._cell(subject, subject.part, year)
        for course in subject.without if part is not None else ():
            part -= self._cell(replace(subject, group=course), subject.part, year) or Decimal(0)  # type: ignore[operator]
        of = replace(subject, funding="Overall") if subject.is_share_of_all else subject
        whole = self._cell(of, subject.whole, year) if subject.whole else Decimal(1)
        if part is None or not whole:
            return None
        return 100 * part / whole if subject.whole else part

    def _cell(self, subject: Subject, column: str, year: str) -> Decimal | None:
        """Look a number up in its one row."""
        for row in self.rows[subject.file]:
            area = row.get("la_name") or row.get("region_name") or ""
            if (
                label(row["time_period"]) == year
                and row.get("funding", "Overall") == subject.funding
                and area == subject.area
                and row["group_name"] == (subject.group or "Overall")
                and row.get("cum_disc", "") in ("", "Cumulative" if subject.is_cumulative else "Discrete")
            ):
                printed = row[column]
                return Decimal(printed) if re.fullmatch(r"[\d.]+", printed) else None
        return None


def label(period: str) -> str:
    """Write an academic year as sentences do."""
    return f"{period[:4]}/{period[4:]}"
