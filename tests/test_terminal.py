from __future__ import annotations

import dataclasses
import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from npqstats import compare, trend
from npqstats.project import Project
from npqstats.tables.table import Column, Entry, Kind, Row, Table
from npqstats.tables.terminal import show

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


def printed(table: Table, width: int, encoding: str = "utf-8", *, notes: bool = True, **options: object) -> str:
    buffer = io.BytesIO()
    file = io.TextIOWrapper(buffer, encoding=encoding)
    console = Console(file=file, width=width, markup=False, highlight=False, **options)  # type: ignore[arg-type]
    show(table, console, notes=notes)
    file.flush()
    return buffer.getvalue().decode(encoding)


@pytest.fixture(scope="module")
def headline(published: Project) -> Table:
    return compare("2023-24", "2024-25", project=published).document.table


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_no_line_is_wider_than_the_terminal_and_no_figure_is_lost(headline: Table, width: int) -> None:
    text = printed(headline, width)
    assert max(map(len, text.splitlines())) <= width
    for figure in ("43,840", "29,818", "−14,022", "−32.0%", "+167.6%", "[low]", "unfinished"):
        assert figure in text


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("measure", ["workforce-share", "schools", "completion-rate"])
def test_a_trend_keeps_its_words_whole_at_any_width(full: Project, width: int, measure: str) -> None:
    lines = printed(trend(measure=measure, project=full).document.table, width).splitlines()
    assert max(map(len, lines)) <= width
    assert all(any(year in line for line in lines) for year in ("2021/22", "2022/23", "2023/24", "2024/25"))


def test_bars_are_for_terminals_of_100_columns_and_more(headline: Table) -> None:
    longest = {width: printed(headline, width).count("█") for width in (60, 80, 120, 140)}
    assert longest[60] == longest[80] == 0 < longest[120] <= longest[140]


def test_bars_point_up_or_down(headline: Table) -> None:
    lines = printed(headline, 120).splitlines()
    assert next(line for line in lines if line.startswith("Starts (courses)")).count("▼") == 1
    assert next(line for line in lines if "non-funded" in line).count("▲") == 1


def moved(*moves: float) -> Table:
    """A MADE-UP table of moves, each by its share of the largest."""
    return Table(
        title="T",
        columns=(Column(header=""), Column(header="Change", kind=Kind.NUMBER)),
        rows=tuple(
            Row(
                entries=(Entry(text=f"row {move}"), Entry(text=f"{move:+.1f}".replace("-", "−"), value=move)),
                bar=move,
                direction=(move > 0) - (move < 0),
            )
            for move in moves
        ),
    )


def test_falls_go_left_of_one_axis_and_rises_right_on_one_scale() -> None:
    lines = printed(moved(1.0, -0.5, 0.0), 120).splitlines()
    rise, fall, none = (next(line for line in lines if line.startswith(f"row {move}")) for move in (1.0, -0.5, 0.0))
    assert rise.index("│") == fall.index("│") == none.index("│")
    assert rise.count("█") == 2 * fall.count("█") > 0 == none.count("█")
    assert rise.index("█") > rise.index("│")
    assert fall.index("█") < fall.index("│")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437"])
def test_an_output_that_lacks_a_character_gets_its_plain_form_and_no_question_mark(encoding: str) -> None:
    text = printed(moved(1.0, -0.5), 120, encoding)
    assert "?" not in text
    assert "-0.5" in text or "−0.5" in text
    if encoding != "cp437":
        assert "#######" in text
        assert text.splitlines()[4].split()[3] == "-"


def test_colour_is_for_terminals_and_no_color_is_respected(headline: Table) -> None:
    assert "\x1b[" not in printed(headline, 80)
    assert "36m" in printed(headline, 80, force_terminal=True)
    assert "36m" not in printed(headline, 80, force_terminal=True, no_color=True)


@pytest.mark.parametrize("label", NASTY)
def test_labels_from_data_are_text_and_nothing_else(label: str) -> None:
    table = Table(
        title=label,
        columns=(Column(header=label), Column(header="n", kind=Kind.NUMBER)),
        rows=(Row(entries=(Entry(text=label), Entry(text="40", value=40))),),
        notes=(label,),
    )
    text = printed(table, 80)
    assert not [letter for letter in text if letter in "\x1b\x07\u202e"]
    kept = "".join(letter for letter in label if letter.isprintable() and not letter.isspace())
    assert kept in "".join(text.split())


def test_the_table_shows_brackets_as_they_are() -> None:
    table = Table(
        title="[bold]T[/bold]",
        columns=(Column(header="[a]"),),
        rows=(Row(entries=(Entry(text="[red]x[/red]", notes=(1,)),)),),
        notes=("[link=x]",),
        source=("[i]",),
    )
    text = printed(table, 80, force_terminal=True, no_color=True)
    for part in ("[bold]T[/bold]", "[a]", "[red]x[/red]", "[1] [link=x]", "[i]"):
        assert part in text


@pytest.mark.parametrize("width", [20, 40, 60])
def test_no_number_is_cut_however_narrow_the_screen(published: Project, width: int) -> None:
    text = printed(compare("2023-24", "2024-25", project=published).document.table, width)
    for number in ("43,840", "29,818", "−14,022", "−32.0%", "+167.6%"):
        assert number in text


HEADLINE = Table(
    title="Qualifications, England: 2023/24 to 2024/25",
    is_titled=False,
    finding=("NPQ starts fell by 32% in 2024/25, to 29,818; by 56% leaving out NPQSENCO.", "Participants fell by 43%."),
    columns=(
        Column(header="England"),
        *(Column(header=h, kind=Kind.NUMBER) for h in ("2023/24", "2024/25", "Change", "")),
    ),
    rows=(
        Row(
            entries=(
                Entry(text="Starts (courses)"),
                Entry(text="43,840", value=43840),
                Entry(text="29,818", value=29818),
                Entry(text="−14,022", value=-14022),
                Entry(text="−32.0%", value=-32.0),
            ),
            direction=-1,
        ),
        Row(
            entries=(
                Entry(text="leaving out NPQSENCO", notes=(1,)),
                Entry(text="43,840", value=43840),
                Entry(text="19,281", value=19281, flags="dr"),
                Entry(text="−24,559", value=-24559),
                Entry(text="−56.0%", value=-56.0),
            ),
            indent=1,
            direction=-1,
        ),
        Row(
            entries=(
                Entry(text="Completed, of courses started"),
                Entry(text="39.7%", value=39.7),
                Entry(text="[low]"),
                Entry(text="unfinished"),
                Entry(),
            )
        ),
    ),
    notes=("Derived: 29,818 less 10,537.",),
    key=("d derived", "r reported by Schools Week", "[low] not 0, rounds to 0"),
    source=("A long source.",),
    short_source="DfE, official statistics in development, 10 July 2025.",
    more=("Sample rows: 'npqstats fetch' brings courses.",),
)
"""The headline as the sketch of it."""


def test_the_headline_says_the_finding_first_and_counts_its_notes() -> None:
    assert printed(HEADLINE, 80, notes=False).splitlines() == [
        "NPQ starts fell by 32% in 2024/25, to 29,818; by 56% leaving out NPQSENCO.",
        "Participants fell by 43%.",
        "",
        "England                        2023/24  2024/25         Change",
        "─────────────────────────────────────────────────────────────────────────",
        "Starts (courses)                43,840   29,818        −14,022  −32.0%  ▼",
        "  leaving out NPQSENCO          43,840   19,281 dr     −24,559  −56.0%  ▼",
        "Completed, of courses started    39.7%    [low]     unfinished",
        "d derived  r reported by Schools Week  [low] not 0, rounds to 0",
        "DfE, official statistics in development, 10 July 2025. Sample rows: 'npqstats",
        "fetch' brings courses. 1 note: --notes",
    ]


def test_no_entry_of_a_key_is_set_beside_one_that_is_wrapped() -> None:
    key = ("wrong: the data have what the sentence speaks of, another figure", "right: a figure")
    assert printed(dataclasses.replace(HEADLINE, key=key), 60, notes=False).splitlines()[-6:-3] == [
        "wrong: the data have what the sentence speaks of, another",
        "figure",
        "right: a figure",
    ]


def test_notes_that_are_asked_for_are_printed_in_full_with_the_whole_source() -> None:
    text = printed(HEADLINE, 80, notes=True)
    assert "leaving out NPQSENCO [1]" in text
    assert "[1] Derived: 29,818 less 10,537." in text
    assert "A long source." in text
    assert text.index(HEADLINE.finding[0]) < text.index(HEADLINE.title)
    assert "--notes" not in text


@pytest.mark.parametrize("width", [20, 40, 60])
def test_no_flag_and_no_figure_is_lost_on_a_narrow_terminal(width: int) -> None:
    text = printed(HEADLINE, width, notes=False)
    for part in ("43,840", "19,281 dr", "−24,559", "−56.0%"):
        assert part in text


def test_a_table_too_wide_for_the_terminal_is_printed_a_row_a_block() -> None:
    names = [f"column_{number}" for number in range(12)]
    wide = Table(
        title="T",
        columns=tuple(Column(header=name) for name in names),
        rows=(Row(entries=tuple(Entry(text=f"value {name}") for name in names)),) * 2,
    )
    lines = printed(wide, 60).splitlines()
    assert max(map(len, lines)) <= 60
    assert [line.split()[0] for line in lines if line.startswith("column_")] == names * 2


def test_words_in_scripts_of_double_width_stay_in_their_column() -> None:
    table = Table(
        title="T",
        columns=(Column(header=""), Column(header="n", kind=Kind.NUMBER)),
        rows=(
            Row(entries=(Entry(text="教育" * 20), Entry(text="1", value=1))),
            Row(entries=(Entry(text="x"), Entry(text="2", value=2))),
        ),
    )
    lines = printed(table, 40).splitlines()
    assert max(cell_len(line) for line in lines) <= 40
    ones = [cell_len(line) for line in lines if line.endswith((" 1", " 2"))]
    assert len(ones) == 2
    assert len(set(ones)) == 1


@pytest.mark.parametrize("width", [40, 60, 80])
def test_a_list_breaks_no_word_but_becomes_blocks_with_the_numbers_of_its_notes(width: int) -> None:
    table = Table(
        title="T",
        columns=(Column(header="Release", kind=Kind.CODE), Column(header="Status"), Column(header="Measures")),
        rows=(
            Row(
                entries=(
                    Entry(text="2021-22-adhoc", notes=(1,)),
                    Entry(text="One-off transparency publication"),
                    Entry(text="starts, workforce-participants, completion-rate"),
                ),
            ),
        ),
        notes=("Published May 2022.",),
    )
    text = printed(table, width)
    assert max(map(len, text.splitlines())) <= width
    assert {"transparency", "publication", "2021-22-adhoc", "[1]"} <= set(text.split())
    assert {"workforce-participants,", "workforce-"} & set(text.split())


@pytest.mark.parametrize("width", [40, 60, 100])
def test_an_address_that_is_parted_over_lines_gets_no_spaces(width: int) -> None:
    address = "https://example.org/a-long-name-of-a-page/that-is-parted-at-its-hyphens-and-at-nothing-else/"
    table = Table(title="T", columns=(Column(header="A"),), rows=(Row(entries=(Entry(text="1"),)),), notes=(address,))
    lines = [line.strip().removeprefix("[1] ") for line in printed(table, width, notes=True).splitlines()]
    assert address in "".join(lines)
