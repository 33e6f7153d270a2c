from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from npqstats import compare, trend
from npqstats.project import Project
from npqstats.tables.comparison import comparison
from npqstats.tables.sheet import Sheet
from npqstats.tables.terminal import show
from npqstats.tables.trend import trend as laid_out
from tests.analysis_fixtures import small

NASTY = [
    "[red]markup[/red]",
    "**bold** | `code` <b>",
    "\x1b[31mescape\x07 and bell",
    "=cmd()|'/c calc'!A0",
    "👩‍🏫 teachers",
    "\u202eturned round",
    "עברית",
    "$(rm -rf) {{ 7*7 }}",
]


def printed(sheet: Sheet, width: int, encoding: str = "utf-8", **options: object) -> str:
    buffer = io.BytesIO()
    file = io.TextIOWrapper(buffer, encoding=encoding)
    show(sheet, Console(file=file, width=width, markup=False, highlight=False, **options))  # type: ignore[arg-type]
    file.flush()
    return buffer.getvalue().decode(encoding)


@pytest.fixture(scope="module")
def headline(published: Project) -> Sheet:
    return comparison(compare("2023-24", "2024-25", project=published))


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_no_line_is_wider_than_the_terminal_and_no_figure_is_lost(headline: Sheet, width: int) -> None:
    text = printed(headline, width)
    assert max(map(len, text.splitlines())) <= width
    for figure in ("43,840", "29,818", "−14,022", "−32.0%", "+167.6%", "[low]", "so far"):
        assert figure in text


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("measure", ["workforce-share", "schools", "completion-rate"])
def test_a_trend_keeps_its_words_whole_at_any_width(full: Project, width: int, measure: str) -> None:
    lines = printed(laid_out(trend(measure=measure, project=full)), width).splitlines()
    assert max(map(len, lines)) <= width
    assert all(any(year in line for line in lines) for year in ("2021/22", "2022/23", "2023/24", "2024/25"))


def test_bars_grow_with_the_terminal_and_go_when_it_is_narrow(headline: Sheet) -> None:
    longest = {width: printed(headline, width).count("█") for width in (60, 80, 120)}
    assert longest[60] == 0 < longest[80] < longest[120]


def test_bars_point_up_or_down(headline: Sheet) -> None:
    lines = printed(headline, 120).splitlines()
    assert next(line for line in lines if line.startswith("Starts (courses)")).count("▼") == 1
    assert next(line for line in lines if "non-funded" in line).count("▲") == 1


def test_a_terminal_without_unicode_gets_bars_of_ascii() -> None:
    sheet = Sheet(title="T", headers=["a"], rows=[["x"], ["y"]], bars=[1.0, -0.5])
    text = printed(sheet, 80, "ascii", safe_box=True)
    assert "+ ######" in text
    assert "- ###" in text


def test_colour_is_for_terminals_and_no_color_is_respected(headline: Sheet) -> None:
    assert "\x1b[" not in printed(headline, 80)
    assert "\x1b[36m" in printed(headline, 80, force_terminal=True)
    assert "\x1b[36m" not in printed(headline, 80, force_terminal=True, no_color=True)


@pytest.mark.parametrize("label", NASTY)
def test_labels_from_data_are_text_and_nothing_else(tmp_path: Path, label: str) -> None:
    rows = [
        {"time_period": year, "breakdown": "Odd", "group_name": label, "npq_starts": 40} for year in (202324, 202425)
    ]
    table = compare("2023-24", "2024-25", by="odd", project=small(tmp_path, {"2024-25": rows}))
    text = printed(comparison(table), 80)
    assert not [letter for letter in text if letter in "\x1b\x07\u202e"]
    kept = "".join(letter for letter in label if letter.isprintable() and not letter.isspace())
    assert kept in "".join(text.split())


def test_the_table_shows_brackets_as_they_are() -> None:
    sheet = Sheet(title="[bold]T[/bold]", headers=["[a]"], rows=[["[red]x[/red]"]], notes=["[link=x]"], foot=["[i]"])
    text = printed(sheet, 80, force_terminal=True, no_color=True)
    for part in ("[bold]T[/bold]", "[a]", "[red]x[/red]", "[1] [link=x]", "[i]"):
        assert part in text


@pytest.mark.parametrize("width", [20, 40, 60])
def test_no_number_is_cut_however_narrow_the_screen(published: Project, width: int) -> None:
    text = printed(comparison(compare("2023-24", "2024-25", project=published)), width)
    for number in ("43,840", "29,818", "−14,022", "−32.0%", "+167.6%"):
        assert number in text
