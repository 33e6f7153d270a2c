"""Next July, rehearsed: every command on a MADE-UP release that nobody has seen, and every sentence read against it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from npqstats.cli import reference
from npqstats.project import Project
from tests.analysis_fixtures import Run
from tests.frozen import PUBLISHED
from tests.nations import NEW_COURSE, RENAMED
from tests.sentence_reader import Reader

AFTER = ("2024-25", "2025-26")
QUESTIONS: list[tuple[str, ...]] = [
    ("compare", *AFTER),
    ("compare", "2023-24", "2024-25"),
    ("compare", "2021-22", "2025-26"),
    ("compare", *AFTER, "--by", "course"),
    ("compare", *AFTER, "--by", "region", "--measure", "participants"),
    ("compare", *AFTER, "--by", "local-authority", "--measure", "starts"),
    *(("compare", *AFTER, "--by", name.lower(), "--measure", "starts") for pair in RENAMED.items() for name in pair),
    ("compare", *AFTER, "--like-for-like"),
    ("compare", *AFTER, "--course", NEW_COURSE, "--measure", "starts"),
    ("compare", *AFTER, "--course", "NPQEL", "--measure", "starts"),
    ("compare", *AFTER, "--exclude-course", NEW_COURSE, "--measure", "starts"),
    ("compare", *AFTER, "--funding", "non-funded", "--measure", "participants"),
    *(("compare", *AFTER, "--area", area) for area in ("Leeds", "London", "Barnsley", "Bristol", "St Helens", "373")),
    ("compare", "2021-22", "2022-23", "--measure", "completion-rate"),
    ("compare", *AFTER, "--measure", "workforce-share"),
    ("trend",),
    ("trend", "--by", "course"),
    ("trend", "--measure", "workforce-share"),
    ("trend", "--measure", "completion-rate"),
    ("trend", "--measure", "participants", "--funding", "funded"),
    ("trend", "--area", "Sheffield"),
]
"""What is asked of next year's release, and answered with sentences."""
CHARTS: list[tuple[str, ...]] = [
    ("chart", "trend"),
    ("chart", "trend", "--measure", "workforce-share"),
    ("chart", "trend", "--measure", "participants", "--by", "funding"),
    ("chart", "change", *AFTER),
    ("chart", "change", *AFTER, "--by", "region", "--measure", "starts"),
    ("chart", "split"),
    ("chart", "impact", *AFTER),
    ("chart", "completion"),
    ("chart", "areas", *AFTER, "--by", "region"),
    ("chart", "areas", *AFTER, "--by", "local-authority"),
]
"""Charts, whose text alternatives are sentences."""
OTHERS: list[tuple[str, ...]] = [
    ("build",),
    ("show", "2025-26", "--measure", "starts", "--course", NEW_COURSE),
    ("show", "2025-26", "--area", "Barnsley"),
    *(("list", what) for what in ("datasets", "releases", "measures", "courses", "areas", "groups", "columns")),
    *(("list", what) for what in ("symbols", "events", "survey", "disagreements")),
    ("find", "1,545"),
    ("cite",),
    ("sql", "SELECT release, count(*) FROM observations GROUP BY release"),
    ("factcheck", "--text", "There were 12 courses."),
    ("find", "12"),
]
"""Every other command that answers from the files alone."""
ELSEWHERE = {"chart", "report", "fetch"}
"""Commands that write files, below, or ask the service, in tests of their own."""


@pytest.fixture
def asked(run: Callable[[Project], Run], next_year: Project, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line on next year's release, on a terminal so wide that no sentence is broken."""
    answer = run(next_year)
    monkeypatch.setenv("COLUMNS", "1000")
    return answer


@pytest.fixture(scope="module")
def reader(next_year: Project) -> Reader:
    return Reader(next_year.raw / "2025-26")


def sentences(text: str) -> Iterator[str]:
    """The lines of an answer that are sentences: they end with a full stop."""
    for line in text.splitlines():
        plain = re.sub(r"^(?:\[\w+\]|[-*] )\s*", "", line.strip())
        if plain.endswith(".") and " " in plain:
            yield plain


@pytest.mark.parametrize("command", [*QUESTIONS, *OTHERS], ids=" ".join)
def test_every_command_answers(command: tuple[str, ...], asked: Run) -> None:
    answer = asked(*command)
    allowed = {0, 1} if command[0] == "factcheck" else {0}
    assert answer.exit_code in allowed, answer.stderr
    assert answer.stdout
    assert "Traceback" not in answer.stderr


def test_no_command_is_left_out() -> None:
    assert {command[0] for command in [*QUESTIONS, *OTHERS]} | ELSEWHERE | {"npqstats"} == {
        name.rpartition(" ")[2] for name in reference.commands()
    }


@pytest.mark.parametrize("command", QUESTIONS, ids=" ".join)
def test_every_sentence_is_true_of_the_rows(command: tuple[str, ...], asked: Run, reader: Reader) -> None:
    said = list(sentences(asked(*command, "--notes").stdout))
    before = reader.read
    assert [why for sentence in said for why in reader.complaints(sentence)] == []
    assert reader.read > before, said


@pytest.mark.slow
@pytest.mark.parametrize("command", CHARTS, ids=" ".join)
def test_every_sentence_of_a_chart_is_true_of_the_rows(
    command: tuple[str, ...], asked: Run, reader: Reader, tmp_path: Path
) -> None:
    answer = asked(*command, "--out", tmp_path)
    assert answer.exit_code == 0, answer.stderr
    said = [one for path in tmp_path.glob("*.alt.txt") for one in sentences(path.read_text("utf-8"))]
    before = reader.read
    assert [why for sentence in said for why in reader.complaints(sentence)] == []
    assert reader.read > before, said


@pytest.mark.slow
@pytest.mark.parametrize("release", ["2025-26", "2024-25"])
def test_every_sentence_of_a_report_is_true_of_the_rows(
    release: str, asked: Run, next_year: Project, tmp_path: Path
) -> None:
    answer = asked("report", release, "--out", tmp_path / "report")
    assert answer.exit_code == 0, answer.stderr
    reader = Reader(next_year.raw / release)
    texts = [(tmp_path / "report" / "report.md").read_text("utf-8")]
    texts += [path.read_text("utf-8") for path in sorted((tmp_path / "report").rglob("*.alt.txt"))]
    said = [sentence for text in texts for sentence in sentences(text)]
    assert [why for sentence in said for why in reader.complaints(sentence)] == []
    assert reader.read > 20


def test_a_release_is_added_by_its_files_alone(
    run: Callable[[Project], Run], next_year: Project, tmp_path: Path
) -> None:
    """Step by step as docs/contributing.md has it: no line of code or of TOML."""
    raw = tmp_path / "data" / "raw"
    shutil.copytree(PUBLISHED, raw)
    shutil.copytree(next_year.raw / "2025-26", raw / "2025-26")
    npqstats = run(Project(raw, tmp_path / "data" / "processed"))
    steps = ("build", "--accept"), ("build",), ("list", "disagreements"), ("list", "groups"), ("compare", *AFTER)
    for step in steps:
        answer = npqstats(*step)
        assert answer.exit_code == 0, answer.stderr
    assert "2025-26" in npqstats("list", "releases").stdout


def test_the_new_and_the_ended_course_are_named_in_the_headline(asked: Run) -> None:
    said = asked("compare", *AFTER, "--notes").stdout
    assert NEW_COURSE in said
    assert "NPQEL" in said


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("NPQ starts fell by 34% in 2025/26.", "the wrong way"),
        ("NPQ starts rose by 35% in 2025/26.", "35 is said"),
        ("NPQ starts rose by 34% in 2025/26, to 36,610.", "36,610 is said"),
        ("NPQ starts rose in all 8 regions in 2025/26.", "another count of parts"),
        ("Interest rose.", "cannot be read"),
    ],
)
def test_the_reader_finds_what_is_wrong(sentence: str, why: str, reader: Reader) -> None:
    assert [found for found in reader.complaints(sentence) if why in found]
