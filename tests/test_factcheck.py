"""Passages with the verdicts that a careful reader of the rows gives them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from npqstats.analysis.factcheck.check import findings
from npqstats.analysis.factcheck.judging.surveys import surveys
from npqstats.analysis.facts import Facts, facts
from npqstats.project import Project
from npqstats.wording.verdicts import verdict
from tests.frozen import DATA

CLAIMS = DATA / "claims"


@pytest.fixture(scope="session")
def cells(published: Project) -> Facts:
    return facts(published)


def held(name: str, cells: Facts, published: Project) -> list[tuple[str, str, str, str]]:
    """Check the passages of a file; return for each expected number the passage, quote, expected and given verdict."""
    rows = []
    for line in Path(CLAIMS / name).read_text("utf-8").splitlines():
        claim = json.loads(line)
        given: dict[str, list[str]] = {}
        for finding in findings(claim["text"], cells, surveys(published)):
            assert verdict(finding, cells).because
            given.setdefault(finding.quantity.quote, []).append(finding.verdict)
        for wanted in claim["quantities"]:
            got = given.get(wanted["quote"]) or ["none"]
            rows.append((claim["text"], wanted["quote"], wanted["verdict"], got.pop(0)))
        rows += [(claim["text"], quote, "none", got) for quote, more in given.items() for got in more]
    return rows


def report(rows: list[tuple[str, str, str, str]]) -> str:
    """A table of expected and given verdicts where they differ."""
    return "\n".join(
        f"{wanted:>24} | {got:<12} | {quote} | {text}" for text, quote, wanted, got in rows if not is_so(wanted, got)
    )


def is_so(wanted: str, got: str) -> bool:
    return got in wanted.split("|")


@pytest.mark.parametrize("name", [path.name for path in sorted(CLAIMS.glob("*.jsonl"))])
def test_passages_get_the_verdicts_that_the_rows_bear_out(name: str, cells: Facts, published: Project) -> None:
    rows = held(name, cells, published)
    falsely_right = [row for row in rows if row[3] == "right" and "right" not in row[2].split("|")]
    correct = sum(is_so(wanted, got) for _, _, wanted, got in rows)
    assert falsely_right == []
    assert correct >= 0.95 * len(rows), f"{correct} of {len(rows)}\n{report(rows)}"


SAYS_MORE = [
    ("29,818 NPQs were postponed in 2024/25.", "postponed"),
    ("29,526 teachers contemplated an NPQ in 2024/25.", "contemplated"),
    ("29,818 NPQs in physics were started in 2024/25.", "physics"),
    ("In 2024/25, 29,818 NPQs a fortnight were started.", "fortnight"),
    ("By January 2025, 29,818 NPQs had been started in 2024/25.", "January"),
    ("All but 29,818 NPQs were started in 2024/25.", "All but"),
    ("NPQ starts fell by 32 per cent in lighthouse schools in 2024/25.", "lighthouse"),
    ("88.4 per cent of schools have sponsored an NPQ since 2021.", "sponsored"),
    ("84.6 per cent of NPQs begun in 2021/22 were completed punctually and within budget.", "budget"),
    ("29,818 NPQs were started in England and Wales in 2024/25.", "Wales"),
    ("England rationed 29,818 NPQ starts in 2024/25.", "rationed"),
    ("A notional 29,818 NPQs were started in 2024/25.", "notional"),
    ("In 2024/25 employers sponsored 29,818 NPQ starts.", "sponsored"),
    ("Nowhere near 29,818 NPQs were started in 2024/25.", "Nowhere near"),
    ("It is simply not the case that 29,818 NPQs were started in 2024/25.", "denial"),
]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("40 percentage points", "from 43,840 to 29,818 is 32%."),
        ("32 percentage points", "from 43,840 to 29,818 it is 32%."),
    ],
)
def test_a_change_of_counts_is_told_in_per_cent(change: str, told: str, cells: Facts) -> None:
    first = findings(f"NPQ starts fell by {change}, from 43,840 to 29,818 in 2024/25.", cells)[0]
    assert first.verdict in ("wrong", "mislabelled")
    assert told in verdict(first, cells).because


def test_a_share_of_several_courses_shows_both_its_sums(cells: Facts) -> None:
    text = (
        "SENCO had 10,537 NPQ starts in 2024/25 and senior leadership 5,801, together 16,338, 55 per cent of the total."
    )
    *_, added, share = (verdict(finding, cells).because for finding in findings(text, cells))
    assert "10,537 + 5,801" in added
    assert "16,338 of 29,818" in share


def test_a_share_of_what_is_itself_worked_out_shows_that_and_its_whole(cells: Facts) -> None:
    finding = findings("Non-funded courses were 5.6 per cent of all NPQ starts in 2021/22.", cells)[0]
    assert finding.verdict == "right"
    assert verdict(finding, cells).because.endswith(", 1,785 of 31,677.")


@pytest.mark.parametrize(
    ("text", "running"),
    [
        ("75,967 NPQs have been completed, or 53 per cent of the 144,241 started.", "2023/24 and 2024/25"),
        ("Of the NPQs begun in the first three years 75,963 were completed.", "2023/24"),
        ("Of the NPQs begun in 2021/22 and 2022/23 58,574 were completed.", ""),
    ],
)
def test_what_is_completed_of_several_years_says_which_of_them_go_on(text: str, running: str, cells: Facts) -> None:
    told = [verdict(finding, cells).because for finding in findings(text, cells) if "complet" in str(finding.ask)]
    assert told
    assert all(f"begun in {running} go on" in reason if running else "go on" not in reason for reason in told)


def test_a_change_from_a_total_to_a_part_of_it_names_both(cells: Facts) -> None:
    text = "NPQ numbers went from 43,535 people in 2023/24 to 23,477 funded people in 2024/25, a cut of 46 per cent."
    total, part, cut = findings(text, cells)
    assert [total.verdict, part.verdict, cut.verdict] == ["right", "right", "misleading"]
    told = verdict(cut, cells).because
    assert "people who started an NPQ in 2023/24 against funded participants (people) in 2024/25" in told


@pytest.mark.parametrize(("text", "word"), SAYS_MORE)
def test_a_word_that_nothing_reads_keeps_a_figure_from_being_right(text: str, word: str, cells: Facts) -> None:
    found = findings(text, cells)
    assert found
    assert all(finding.verdict == "unknown" for finding in found)
    assert any(word in verdict(finding, cells).because for finding in found)


@pytest.mark.parametrize(
    "text",
    [
        "Figures that the department published on 10 July 2025 show that 29,818 NPQs were started in 2024/25.",
        "As budgets tightened, NPQ starts plummeted sharply by 32 per cent in 2024/25, according to official data.",
        "Dear colleagues, I see with regret that only 29,526 teachers began an NPQ in 2024/25.",
        "By June 2025, 31,791 of the NPQs begun in 2022/23 had been completed.",
        "No fewer than 29,818 NPQs were started in 2024/25.",
        "The country amassed 29,818 NPQ starts in 2024/25.",
        "A sobering 29,818 NPQs were started in 2024/25.",
        "Measured against 2023/24, NPQ starts endured a drop of 32 per cent in 2024/25.",
        "It beggars belief that only 29,818 NPQs were started in 2024/25.",
        "Annual NPQ starts endured a drop of 32 per cent in 2024/25.",
    ],
)
def test_plain_words_keep_nothing_from_being_right(text: str, cells: Facts) -> None:
    assert [finding.verdict for finding in findings(text, cells)] == ["right"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NPQ starts fell below 30,000 in 2024/25.", "right"),
        ("NPQ starts fell below 29,000 in 2024/25.", "wrong"),
        ("NPQ starts rose past 40,000 in 2023/24.", "right"),
    ],
)
def test_a_level_that_was_passed_is_no_size_of_a_change(text: str, expected: str, cells: Facts) -> None:
    assert [finding.verdict for finding in findings(text, cells)] == [expected]


def test_the_day_that_a_figure_is_noted_to_be_of_is_read(cells: Facts) -> None:
    (finding,) = findings("In the North West 4,267 NPQs had been started with DfE funding by 20 April 2022.", cells)
    assert finding.verdict in ("superseded", "reported")
