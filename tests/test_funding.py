from __future__ import annotations

import pytest

from npqstats.errors import UsageError
from npqstats.vocabulary.courses import COURSES, OFFERS
from npqstats.vocabulary.funding import BASIS, FUNDING, FUNDING_RULES, basis, funding
from npqstats.vocabulary.names import folded
from npqstats.vocabulary.periods import AcademicYear
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


def test_a_term_says_what_it_means_wherever_it_is_printed() -> None:
    assert FUNDING["non-funded"].label == "non-funded (school- or self-paid)"
    assert FUNDING["non-funded"].short == "non-funded"
    assert FUNDING["funded"].meaning == "paid by a DfE scholarship"


def test_no_name_of_a_funding_or_a_basis_means_two() -> None:
    for terms in (FUNDING, BASIS):
        names = [folded(name) for term in terms.values() for name in {folded(n) for n in (term.code, *term.aliases)}]
        assert len(names) == len(set(names))
        assert {term.code for term in terms.values()} == terms.keys()


def test_funding_rules_are_known_year_by_year_for_courses_that_exist() -> None:
    firsts = [rule.years[0] for rule in FUNDING_RULES]
    assert firsts == sorted(firsts)
    assert {code for rule in FUNDING_RULES for code in rule.courses} <= {*COURSES, *OFFERS}
    assert all(rule.source and rule.who for rule in FUNDING_RULES)


def test_the_years_of_which_a_source_says_who_was_funded_are_these() -> None:
    assert {year for rule in FUNDING_RULES for year in rule.years} == set(AcademicYear(2021).to(AcademicYear(2026)))


def test_the_funding_rule_of_a_course_is_that_of_the_year() -> None:
    of = {(year.label, code): rule.who for rule in FUNDING_RULES for year in rule.years for code in rule.courses}
    assert of["2024/25", "NPQSL"].startswith("top 50% of schools")
    assert of["2023/24", "NPQSL"].startswith("all state schools")
    assert ("2023/24", "NPQSENCO") not in of
