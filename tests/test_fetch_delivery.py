from __future__ import annotations

from pathlib import Path

import pytest

from npqstats.catalogue.catalogue import catalogue
from npqstats.catalogue.lock import PassedOver
from npqstats.errors import DataError, ServiceError
from npqstats.fetch.delivery import Staged, check
from npqstats.fetch.discover import DataSet, Extent
from tests.conftest import WORKFORCE, told

ALL = Extent()


def look(
    folder: Path,
    content: bytes,
    title: str = "NPQ workforce 2025-26",
    extent: Extent = ALL,
    release: str = "2025-26",
) -> Staged | PassedOver:
    path = folder / "made-up.csv"
    path.write_bytes(content)
    return check(path, release, DataSet(id="made-up", title=title, extent=extent))


def why(found: Staged | PassedOver) -> str:
    assert isinstance(found, PassedOver)
    return found.why


def columns_of(title: str) -> bytes:
    layout = next(layout for layout in catalogue().layouts if layout.title == title)
    return ",".join(layout.columns).encode() + b"\n"


def test_a_file_that_fits_is_named_by_its_data_set_and_counted(tmp_path: Path) -> None:
    fresh = look(tmp_path, WORKFORCE, extent=Extent(rows=3))
    assert isinstance(fresh, Staged)
    assert (fresh.line.name, fresh.line.dataset, fresh.line.rows) == (
        *("2025-26/npq_workforce.csv", "npq-workforce"),
        3,
    )
    assert [path.name for path in tmp_path.iterdir()] == ["made-up.csv"]


def test_a_file_in_the_columns_of_ecf_is_passed_over(tmp_path: Path) -> None:
    assert why(look(tmp_path, columns_of("ECF retention 2024-25"))) == "early career framework, not NPQs"


def test_a_file_that_speaks_of_no_npq_at_all_is_passed_over(tmp_path: Path) -> None:
    header = columns_of("ECF participants 2024-25").replace(b"cumulative_ects", b"all_ects")
    assert why(look(tmp_path, header, "ECF participants 2025-26")) == "none of its columns is about NPQs"
    other = look(tmp_path, b"a,b\n1,2\n", "Something else")
    assert why(other) == "neither its title nor its columns mention NPQs"


@pytest.mark.parametrize("title", ["NPQ things 2025-26", "Qualifications of teachers"])
def test_a_file_that_speaks_of_npqs_and_does_not_fit_is_refused(tmp_path: Path, title: str) -> None:
    header = WORKFORCE.replace(b"npq_participants", b"npq_people")
    with pytest.raises(DataError) as error:
        look(tmp_path, header, title)
    situation, hint = told(error)
    assert situation.startswith(f"{title!r} does not fit. data/raw/2025-26/made-up.csv:1: ")
    assert "mapped but absent: npq_participants; present but unmapped: npq_people" in situation
    assert hint.endswith("Nothing of its release was changed here.")


def test_other_rows_than_the_service_counts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="is cut short: it has 3 rows, and the service counts 12"):
        look(tmp_path, WORKFORCE, extent=Extent(rows=12))


def test_lines_at_the_end_that_are_blank_are_no_rows(tmp_path: Path) -> None:
    assert isinstance(look(tmp_path, WORKFORCE + b"\r\n\n", extent=Extent(rows=3)), Staged)


def test_reported_figures_are_no_published_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="which is not a published file"):
        look(tmp_path, columns_of("Reported figures"))


@pytest.mark.parametrize(
    ("extent", "missing"),
    [
        (Extent(levels=frozenset({"national", "regional"})), "regional"),
        (Extent(last_year="2030/31"), "2030/31"),
    ],
)
def test_a_file_without_the_levels_or_years_that_it_should_have_is_cut_short(
    tmp_path: Path, extent: Extent, missing: str
) -> None:
    with pytest.raises(ServiceError, match=f"is cut short: DfE says that it has rows for {missing}"):
        look(tmp_path, WORKFORCE, extent=extent)
    assert isinstance(look(tmp_path, WORKFORCE, extent=Extent(levels=frozenset({"national"}))), Staged)


def test_where_nobody_else_counts_the_catalogue_does(tmp_path: Path) -> None:
    found = look(tmp_path, WORKFORCE, release="2024-25")
    assert isinstance(found, Staged)
    assert (found.line.rows, found.line.rows_expected, found.line.is_cut_short) == (3, 12, True)
