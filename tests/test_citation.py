from __future__ import annotations

import hashlib
import json

import pytest

from npqstats import cite
from npqstats.errors import UsageError
from npqstats.project import Project


def test_the_newest_release_is_cited_with_its_files_and_their_hashes(published: Project) -> None:
    text = cite(project=published)
    assert text.startswith(
        "Department for Education (10 July 2025). Teacher and leader development: ECF and NPQs, 2024/25. "
        "Official statistics in development. https://explore-education-statistics.service.gov.uk/"
    )
    for file in sorted(published.raw.glob("2024-25/*.csv")):
        assert f"data/raw/2024-25/{file.name}" in text
        assert hashlib.sha256(file.read_bytes()).hexdigest() in text
    assert "Open Government Licence v3.0" in text
    assert "not made or endorsed by the Department for Education" in text


def test_a_part_of_a_data_set_is_said_to_be_a_part(published: Project) -> None:
    assert "npq_participants.csv, 5 of 2,652 rows" in cite(project=published)


def test_a_release_known_from_its_text_alone_cites_the_reported_figures(published: Project) -> None:
    text = cite("2023/24", project=published)
    assert "(11 July 2024)" in text
    assert "data/raw/reported/figures.csv" in text
    assert "data/raw/2024-25" not in text


def test_bibtex_has_author_title_year_and_address(published: Project) -> None:
    text = cite(style="bibtex", project=published)
    assert text.startswith("@misc{dfe-npq-2024-25,\n")
    for field in ("author = {{Department for Education}}", "year = {2025}", "month = {7}", "/2024-25}"):
        assert field in text
    assert text.count("{") == text.count("}")


def test_csl_json_is_json_with_the_date_of_publication(published: Project) -> None:
    (entry,) = json.loads(cite("2022-23", style="csl-json", project=published))
    assert entry["issued"] == {"date-parts": [[2023, 7, 19]]}
    assert entry["author"] == [{"literal": "Department for Education"}]


def test_a_release_without_a_day_is_cited_without_inventing_one(published: Project) -> None:
    assert "year =" not in cite("2022-23.1", style="bibtex", project=published)
    assert "issued" not in json.loads(cite("2022-23.1", style="csl-json", project=published))[0]
    assert "(after 19 July 2023; the day was not seen)" in cite("2022-23.1", project=published)


@pytest.mark.parametrize(("asked", "offered"), [({"style": "bibtx"}, "bibtex"), ({"release": "2019-20"}, "2024-25")])
def test_an_unknown_style_or_release_names_the_known(published: Project, asked: dict[str, str], offered: str) -> None:
    with pytest.raises(UsageError) as caught:
        cite(project=published, **asked)  # type: ignore[arg-type]
    assert offered in caught.value.hint
