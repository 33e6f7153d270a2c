from __future__ import annotations

import pytest

from npqstats.errors import UsageError
from npqstats.vocabulary.funding import BASIS, FUNDING, basis, funding
from tests.conftest import told


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("all", "all"),
        ("Overall", "all"),
        ("TOTAL", "all"),
        ("Funded", "funded"),
        ("dfe-funded", "funded"),
        ("scholarship funded", "funded"),
        ("Non-funded", "non-funded"),
        ("non funded", "non-funded"),
        ("school-paid", "non-funded"),
        ("Self-funded", "non-funded"),
        ("School- or self-paid", "non-funded"),
    ],
)
def test_funding_is_found_by_the_publishers_and_by_everyday_names(name: str, expected: str) -> None:
    assert funding(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("In-year", "in-year"), ("Discrete", "in-year"), ("CUMULATIVE", "cumulative"), ("since 2021", "cumulative")],
)
def test_a_basis_is_found_by_the_publishers_and_by_everyday_names(name: str, expected: str) -> None:
    assert basis(name) == expected


def test_unknown_funding_lists_what_there_is() -> None:
    with pytest.raises(UsageError) as error:
        funding("levy")
    assert told(error) == ("There is no funding 'levy'.", "Known: all, funded, non-funded.")


def test_an_unknown_basis_lists_what_there_is() -> None:
    with pytest.raises(UsageError) as error:
        basis("monthly")
    assert told(error) == ("There is no basis 'monthly'.", "Known: in-year, cumulative.")


def test_every_code_is_a_name_of_itself() -> None:
    assert {code: funding(code) for code in FUNDING} == {code: code for code in FUNDING}
    assert {code: basis(code) for code in BASIS} == {code: code for code in BASIS}
