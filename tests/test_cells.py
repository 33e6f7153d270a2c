from __future__ import annotations

from pathlib import Path

from npqstats import ready
from npqstats.analysis.cells import Cell, chosen, wanted
from npqstats.project import Project
from npqstats.store import parts
from tests.analysis_fixtures import small


def read(project: Project, **narrowed: list[int] | list[str]) -> list[Cell]:
    return chosen(parts.read(project, lambda table: wanted(table, **narrowed)))  # type: ignore[arg-type]


def test_one_cell_is_chosen_per_key_period_and_release(published: Project) -> None:
    cells = read(published)
    assert len({(cell.key, cell.period, cell.release) for cell in cells}) == len(cells)


def test_ranges_of_years_and_the_suite_of_2017_are_left_out(published: Project) -> None:
    cells = read(published)
    assert {cell.period for cell in cells} == {202122, 202223, 202324, 202425}
    assert not [cell for cell in cells if cell.value in (33399, 51518, 63454, 150000)]


def test_where_two_data_sets_print_a_cell_the_first_of_the_catalogue_is_used(published: Project) -> None:
    cells = read(published, measures=["starts"], periods=[202324])
    total = [cell for cell in cells if cell.key.breakdown == "overall" and cell.release == "2024-25"]
    assert [(cell.dataset, cell.value, cell.others) for cell in total] == [("npq-participants", 43840, ())]


def test_a_figure_that_another_file_prints_otherwise_says_where(tmp_path: Path) -> None:
    row = {"time_period": 202425, "npq_starts": 50}
    project = ready(small(tmp_path, {"2024-25": [row]}, {"value": 51}, {"value": 52, "source_kind": "official text"}))
    (cell,) = read(project, measures=["starts"])
    assert (cell.evidence, cell.value, cell.others) == ("official", 50, ())


def test_what_the_publisher_wrote_beats_what_others_reported(tmp_path: Path) -> None:
    row = {"time_period": 202324}
    figures = ({"value": 51}, {"value": 52, "source_kind": "official text"})
    project = ready(small(tmp_path, {"2024-25": [row]}, *figures))
    (cell,) = read(project, measures=["starts"], periods=[202425])
    assert (cell.evidence, cell.value, cell.origin) == ("official-text", 52, "reported/figures.csv:3:value")


def test_a_symbol_has_no_value(published: Project) -> None:
    cells = read(published, measures=["completion-rate"], periods=[202425])
    assert [(cell.value, cell.symbol, cell.raw) for cell in cells] == [(None, "low", "low")]
