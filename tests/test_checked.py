from __future__ import annotations

from pathlib import Path

import pytest

from npqstats.catalogue.catalogue import catalogue
from npqstats.catalogue.lock import Line
from npqstats.errors import DataError, ServiceError
from npqstats.fetch.checked import Fresh, Offered, checked
from tests.conftest import WORKFORCE, told

LINE = Line(name="2025-26/x", release="2025-26", dataset="", sha256="0" * 64, bytes=1)


def look(folder: Path, content: bytes, title: str = "NPQ workforce 2025-26", rows: int | None = None) -> Fresh | str:
    path = folder / "made-up.csv"
    path.write_bytes(content)
    return checked(Offered(path=path, title=title, release="2025-26", line=LINE, rows=rows))


def columns_of(title: str) -> bytes:
    layout = next(layout for layout in catalogue().layouts if layout.title == title)
    return ",".join(layout.columns).encode() + b"\n"


def test_a_file_that_fits_is_named_by_its_data_set_and_counted(tmp_path: Path) -> None:
    fresh = look(tmp_path, WORKFORCE, rows=3)
    assert isinstance(fresh, Fresh)
    assert (fresh.dataset, fresh.rows) == ("npq-workforce", 3)
    assert (fresh.line.name, fresh.line.dataset, fresh.line.rows) == (
        *("2025-26/npq_workforce.csv", "npq-workforce"),
        3,
    )
    assert [path.name for path in tmp_path.iterdir()] == ["made-up.csv"]


def test_a_file_in_the_columns_of_ecf_is_passed_over(tmp_path: Path) -> None:
    assert look(tmp_path, columns_of("ECF retention 2024-25")) == "early career framework, not NPQs"


def test_a_file_that_speaks_of_no_npq_at_all_is_passed_over(tmp_path: Path) -> None:
    header = columns_of("ECF participants 2024-25").replace(b"cumulative_ects", b"all_ects")
    why = "neither its title nor its columns speak of NPQs"
    assert look(tmp_path, header, "ECF participants 2025-26") == why
    assert look(tmp_path, b"a,b\n1,2\n", "Something else") == why


@pytest.mark.parametrize("title", ["NPQ things 2025-26", "Qualifications of teachers"])
def test_a_file_that_speaks_of_npqs_and_does_not_fit_is_refused(tmp_path: Path, title: str) -> None:
    header = WORKFORCE.replace(b"npq_participants", b"npq_people")
    with pytest.raises(DataError) as error:
        look(tmp_path, header, title)
    situation, hint = told(error)
    assert situation.startswith(f"{title!r} does not fit. data/raw/2025-26/made-up.csv:1: ")
    assert "mapped but absent: npq_participants; present but unmapped: npq_people" in situation
    assert hint.endswith("Nothing of its release was changed here.")


def test_other_rows_than_the_service_counts_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="came with 3 rows, and the service counts 12"):
        look(tmp_path, WORKFORCE, rows=12)


def test_lines_at_the_end_that_are_blank_are_no_rows(tmp_path: Path) -> None:
    assert isinstance(look(tmp_path, WORKFORCE + b"\r\n\n", rows=3), Fresh)


def test_reported_figures_are_no_published_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="which is no published file"):
        look(tmp_path, columns_of("Reported figures"))
