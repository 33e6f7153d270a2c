from __future__ import annotations

import re
from pathlib import Path

import pytest

import npqstats
from npqstats.errors import UsageError
from npqstats.vocabulary.periods import AcademicYear, is_period, label
from tests.conftest import told


@pytest.mark.parametrize("text", ["2023-24", "2023/24", "202324", "2023-2024", "2023/2024", " 2023-24 "])
def test_every_spelling_is_the_same_year(text: str) -> None:
    assert AcademicYear.parse(text) == AcademicYear(2023)


@pytest.mark.parametrize(
    "text", ["", "2023", "23-24", "2023 24", "2023–24", "20232024", "2023-2", "2023-024", "two", "2023-24x"]
)
def test_what_is_no_year_names_the_three_spellings(text: str) -> None:
    with pytest.raises(UsageError) as error:
        AcademicYear.parse(text)
    assert told(error) == (f"{text!r} is not an academic year.", "Write it as 2023-24, 2023/24 or 202324.")


@pytest.mark.parametrize("text", ["2023-25", "202325", "2023-2025", "2023/23", "2023-1924", "2023-2124"])
def test_two_years_that_do_not_follow_each_other_are_corrected(text: str) -> None:
    with pytest.raises(UsageError) as error:
        AcademicYear.parse(text)
    assert told(error) == (f"{text!r} is not an academic year: 2023 is followed by 2024.", "Did you mean 2023-24?")


@pytest.mark.parametrize("text", ["1999-00", "199900", "1999-2000"])
def test_the_turn_of_a_century_is_a_year(text: str) -> None:
    year = AcademicYear.parse(text)
    assert (year.label, year.slug, year.code) == ("1999/00", "1999-00", 199900)


@pytest.mark.parametrize("start", range(1990, 2060))
def test_every_form_of_a_year_reads_back_as_it(start: int) -> None:
    year = AcademicYear(start)
    assert AcademicYear.parse(year.label) == AcademicYear.parse(year.slug) == AcademicYear.of_code(year.code) == year


@pytest.mark.parametrize(
    ("code", "expected"),
    [(202324, True), (199900, True), (202325, False), (202323, False), (2023, False), (20232024, False), (0, False)],
)
def test_six_digits_are_a_period_only_when_the_years_follow_each_other(code: int, expected: bool) -> None:
    assert is_period(code) is expected


def test_years_sort_from_old_to_new_and_span_from_first_to_last() -> None:
    first, last = AcademicYear(2021), AcademicYear(2024)
    assert [year.code for year in first.to(last)] == [202122, 202223, 202324, 202425]
    assert sorted([last, first]) == [first, last]
    assert last.to(first) == []
    assert last.before == AcademicYear(2023)


def test_the_publishers_six_digits_print_with_a_slash() -> None:
    assert label(202425) == "2024/25"


def test_no_day_is_written_by_a_code_that_windows_lacks() -> None:
    package = Path(npqstats.__file__).parent
    files = [path.name for path in package.rglob("*.py") if re.search(r"[^`]%-[dmHIjMSy]", path.read_text("utf-8"))]
    assert files == []
