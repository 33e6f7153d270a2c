import json
from pathlib import Path

import npqstats
from npqstats.project import Project
from tests.analysis_fixtures import Run

RIGHT = "NPQ starts fell from 43,840 in 2023-24 to 29,818 in 2024-25, a drop of 32 per cent."
MISLABELLED = "In 2024/25 some 29,818 teachers and leaders began an NPQ."
UNKNOWN = "In Leeds, 512 NPQs were started in 2024/25."


def test_help_names_the_options_and_gives_an_example(cli: Run) -> None:
    answer = cli("factcheck", "--help")
    assert answer.exit_code == 0
    assert all(option in answer.stdout for option in ("--text", "--as-of", "--strict", "--format", "Example:"))


def test_a_true_sentence_exits_with_0_and_a_false_one_with_1(cli: Run) -> None:
    assert cli("factcheck", "--text", RIGHT).exit_code == 0
    answer = cli("factcheck", "--text", MISLABELLED)
    assert answer.exit_code == 1
    assert "mislabelled" in answer.stdout


def test_unknown_is_a_finding_only_where_it_is_strict(cli: Run) -> None:
    assert cli("factcheck", "--text", UNKNOWN).exit_code == 0
    assert cli("factcheck", "--text", UNKNOWN, "--strict").exit_code == 1


def test_json_is_an_object_with_quantities_whose_offsets_are_into_the_text(cli: Run) -> None:
    answer = cli("factcheck", "--text", MISLABELLED, "--format", "json")
    (one,) = json.loads(answer.stdout)["quantities"]
    assert list(one) == ["quote", "start", "end", "verdict", "because", "figure", "release", "origins", "command"]
    assert MISLABELLED[one["start"] : one["end"]] == one["quote"] == "29,818"
    assert one["figure"] == "29,526"
    assert one["release"] == "2024-25"
    assert one["origins"] == ["2024-25/npq_participants.csv:5:npq_unique_participants"]
    assert one["command"] == "npqstats trend --from 2024-25 --to 2024-25 --measure participants --cells"
    assert "counts courses, not people" in one["because"]


def test_the_command_of_a_verdict_shows_its_figure(cli: Run) -> None:
    answer = cli("factcheck", "--text", RIGHT + " " + MISLABELLED, "--format", "json")
    for one in json.loads(answer.stdout)["quantities"]:
        shown = cli(*one["command"].split()[1:])
        assert shown.exit_code == 0, one["command"]
        assert one["figure"].strip("−+%") in shown.stdout or one["figure"].replace(",", "") in shown.stdout


def test_a_file_and_what_is_piped_in_are_read(cli: Run, tmp_path: Path) -> None:
    file = tmp_path / "article.md"
    file.write_text(f"# NPQs\n\n{MISLABELLED}\n", "utf-8")
    assert cli("factcheck", file).exit_code == 1
    assert "29,526" in cli("factcheck", file, "--format", "csv").stdout


def test_a_number_of_a_long_text_has_the_words_beside_it(cli: Run) -> None:
    long = (
        f"{RIGHT} Nobody at the school was\nsurprised by it. {MISLABELLED} That is what the head of the trust told us."
    )
    shown = cli("factcheck", "--text", long).stdout.splitlines()
    beside = [line for line in shown if line.startswith("Text")]
    assert len(beside) == sum(line.startswith("Claim") for line in shown) > 1
    assert beside[-1].endswith("…")
    assert "Text " not in cli("factcheck", "--text", RIGHT).stdout


def test_the_page_marks_each_number_and_runs_nothing(cli: Run, tmp_path: Path) -> None:
    out = tmp_path / "checked.html"
    text = f"<script>alert(1)</script> {MISLABELLED}"
    assert cli("factcheck", "--text", text, "--out", out).exit_code == 1
    page = out.read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page
    assert '<mark class="mislabelled"' in page
    assert "MISLABELLED" in page


def test_mistakes_in_the_question_are_one_line_and_status_2(cli: Run, tmp_path: Path) -> None:
    for words in (("--format", "docx"), ("--as-of", "yesterday")):
        answer = cli("factcheck", "--text", RIGHT, *words)
        assert answer.exit_code == 2
        assert answer.stderr.startswith("npqstats: ")
    both = cli("factcheck", "article.txt", "--text", RIGHT)
    assert both.exit_code == 2


def test_a_file_that_cannot_be_read_is_status_3(cli: Run, tmp_path: Path) -> None:
    for name, content in (
        ("no.pdf", b"%PDF-1.7 nonsense"),
        ("no.docx", b"PK\x03\x04 nonsense"),
        ("no.txt", b"\x00\x01\x02"),
    ):
        (tmp_path / name).write_bytes(content)
        answer = cli("factcheck", tmp_path / name)
        assert answer.exit_code == 3, name
        assert len(answer.stderr.strip().splitlines()) == 2
    assert cli("factcheck", tmp_path / "missing.txt").exit_code == 3


def test_a_checked_text_prints_and_writes_itself(published: Project, tmp_path: Path) -> None:
    checked = npqstats.factcheck("NPQ starts fell by 32% to 29,818 in 2024/25.", project=published)
    assert repr(checked) == "<Checked: 2 claims: 2 right.>"
    assert "29,818" in str(checked)
    assert "<table>" in checked._repr_html_()
    assert "<mark" in checked.write(tmp_path / "checked.html").read_text("utf-8")
    found = npqstats.find("41,274", project=published)
    assert repr(found) == "<Found 41,274: 1>"
    assert "Schools Week" in found.write(tmp_path / "found.csv").read_text("utf-8")
