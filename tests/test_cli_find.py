import json

import pytest

import npqstats
from npqstats.errors import UsageError
from npqstats.project import Project
from tests.analysis_fixtures import Run


def found(published: Project, number: str, **options: str) -> list[tuple[str, str, str]]:
    return [(one.figure, one.what, one.kind) for one in npqstats.find(number, project=published, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize("spelling", ["41,274", "41274", "41 274".replace(" ", "\u202f")])
def test_a_cell_is_found_however_it_is_spelled(published: Project, spelling: str) -> None:
    assert found(published, spelling) == [("41,274", "funded participants (people) in 2023/24", "cell")]


@pytest.mark.parametrize(
    ("number", "figure", "what"),
    [
        ("32%", "−32.0%", "the change in NPQ courses started from 2023/24 to 2024/25"),
        ("a third", "−32.0%", "the change in NPQ courses started from 2023/24 to 2024/25"),
        ("56 per cent", "−56.0%", "the change in NPQ courses started, without NPQSENCO from 2023/24 to 2024/25"),
        ("14,022", "−14,022", "the change in NPQ courses started from 2023/24 to 2024/25"),
        ("144k", "144,241", "NPQ courses started from 2021/22 to 2024/25"),
        ("19,281", "19,281", "NPQ courses started, without NPQSENCO in 2024/25"),
        ("79.5%", "79.5%", "funded participants (people) as a share of people who started an NPQ in 2024/25"),
        (
            "one in five",
            "19.9%",
            "teachers in the census who started an NPQ, as a share of the workforce, since 2021, up to 2024/25",
        ),
    ],
)
def test_a_derivation_in_one_step_is_found(published: Project, number: str, figure: str, what: str) -> None:
    assert (figure, what) in [(one, said) for one, said, _ in found(published, number)]


def test_both_ways_of_subtracting_rates_are_found(published: Project) -> None:
    for number in ("2.7 points", "2.8 percentage points"):
        assert any("share of the workforce" in what for _, what, _ in found(published, number)), number


def test_a_number_that_is_nowhere_is_explained_by_a_slip(published: Project) -> None:
    first = npqstats.find("43,480", project=published).matches[0]
    assert (first.figure, first.kind, first.how) == ("43,840", "slip", "two digits changed places")
    assert npqstats.find("43,480", project=published).summary == "Nothing here is 43,480; these come near."


def test_what_is_named_narrows_the_search(published: Project) -> None:
    assert found(published, "29,818", year="2023-24")[0][2] != "cell"
    assert all("completed" in what for _, what, kind in found(published, "4", measure="completions") if kind == "cell")
    assert found(published, "5,176", area="London") == [
        ("5,176", "funded NPQ courses started in London in 2021/22", "cell")
    ]
    assert found(published, "5,176", release="2022-23")[0][2] == "cell"


def test_what_is_no_number_is_refused(published: Project) -> None:
    for text in ("many", "", "1 or 2,000 or 3,000", "x" * 10_000):
        with pytest.raises(UsageError):
            npqstats.find(text, project=published)
    assert npqstats.find("9" * 15, project=published).total > 0


def test_the_command_prints_a_table_and_json(cli: Run) -> None:
    assert cli("find", "--help").exit_code == 0
    assert "Schools Week" in cli("find", "41,274").stdout
    answer = json.loads(cli("find", "41,274", "--format", "json").stdout)
    assert answer["total"] == 1
    assert answer["matches"][0]["origins"] == ["reported/figures.csv:4:value"]
    for words in (("find", "many"), ("find", "1", "--year", "2023"), ("find", "1", "--measure", "nonsense")):
        assert cli(*words).exit_code == 2


def test_the_command_of_a_match_can_be_run(cli: Run) -> None:
    for number in ("41,274", "32%", "144k", "5,176", "88.4%"):
        for match in json.loads(cli("find", number, "--format", "json").stdout)["matches"]:
            assert cli(*match["command"].split()[1:]).exit_code == 0, match["command"]
