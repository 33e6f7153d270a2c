"""Texts that hold no NPQ figures, hostile texts, and texts in files of several kinds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import npqstats
from npqstats.analysis.factcheck.scanning import texts
from npqstats.analysis.factcheck.scanning.dates import day_of
from npqstats.errors import DataError
from npqstats.project import Project
from npqstats.tables.marked import page
from tests.frozen import DATA

pytestmark = pytest.mark.slow

SENTENCE = "In 2024/25 some 29,818 teachers began an NPQ."
PAGES = sorted((DATA / "pages").glob("*.txt"))
"""Made-up pages of many kinds, without a figure about NPQs."""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
@pytest.mark.parametrize("times", [1, 12])
def test_a_page_about_something_else_gets_no_verdict_but_unknown_and_few(
    path: Path, times: int, published: Project
) -> None:
    checked = npqstats.factcheck(path.read_text("utf-8") * times, project=published)
    assert {one.verdict for one in checked} <= {"unknown"}
    assert len(checked) <= 2


def test_there_are_twenty_pages_about_something_else() -> None:
    assert len(PAGES) == 20


@pytest.mark.parametrize(
    "text",
    [
        "NPQ starts: " + "9" * 1_000_000,
        "NPQ starts " + "1,234 " * 1_000,
        "\u202eNPQ starts were 29,818 in 2024/25\u202c",
        "\"'([{<NPQ starts 29,818",
        "NPQ " + "in " * 20_000 + "29,818",
        "a@" * 50_000 + " NPQ 5%",
        "NPQ starts – " + "which, " * 20_000 + "29,818",
        "NPQ " + "(" * 50_000 + "29,818" + ")" * 50_000,
        "NPQs were started " + "and then " * 20_000 + "by 5%.",
        "Of the " * 20_000 + "29,818 NPQs",
        "NPQ starts rose to 5" + " and to 5" * 3_000,
        "In 2024/25 there were 29,818 NPQ starts" + ", 29,818 NPQ starts" * 100,
        "2023/24 " * 5_000 + "NPQ starts 43,840",
        "NPQ|" * 20_000 + "5",
        "\x00\x1b[31mNPQ starts were 29,818\x07",
        "٢٩٨١٨ NPQ starts, ½ of NPQs, ⅓, Ⅻ",
        "NPQ starts fell by -%, 0%, 0 per cent, 1e9, NaN, inf, 1/0",
        (
            "The told the House 51,518 fully funded NPQs had been started between autumn 2021 and February that 33,399 "
            "took one of the older courses 2017 and 2021.Out of schools 20,452 have had a funded NPQ and 2,440 a "
            "non-funded one, 22,892 in total."
        ),
        "",
        "\n\n\n",
    ],
    ids=lambda text: repr(text[:20]),
)
def test_a_hostile_text_is_read_without_a_crash(text: str, published: Project) -> None:
    checked = npqstats.factcheck(text, project=published)
    for one in checked:
        assert text[one.start : one.end] == one.quote
    shown = page([checked])
    assert "<script" not in shown
    assert "\u202e" not in shown


def test_the_head_of_a_table_belongs_to_its_rows_and_a_footnote_mark_to_no_number(tmp_path: Path) -> None:
    page = tmp_path / "table.html"
    page.write_text(
        "<table><thead><tr><th>Year</th><th>NPQ participants</th></tr></thead>"
        "<tbody><tr><td>2023/24</td><td>43,840<sup>2</sup></td></tr></tbody></table>",
        "utf-8",
    )
    assert texts.read(page) == "| Year | NPQ participants |\n| 2023/24 | 43,840 |"


def test_offsets_are_into_the_text_as_read(published: Project) -> None:
    text = "Café “NPQ” — " + SENTENCE
    (one,) = npqstats.factcheck(text, project=published)
    assert text[one.start : one.end] == "29,818"


def docx(text: str) -> bytes:
    from docx import Document

    document = Document()
    document.add_heading("NPQs", 1)
    document.add_paragraph(text)
    table = document.add_table(rows=2, cols=2)
    for place, cell in enumerate(("Year", "NPQ starts", "2023/24", "43,840")):
        table.cell(place // 2, place % 2).text = cell
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_document_is_read_with_its_tables(tmp_path: Path, published: Project) -> None:
    file = tmp_path / "article.docx"
    file.write_bytes(docx(SENTENCE))
    verdicts = [(one.quote, one.verdict) for one in npqstats.factcheck(texts.read(file), project=published)]
    assert verdicts == [("29,818", "mislabelled"), ("43,840", "right")]


def test_a_page_is_read_without_its_scripts(published: Project) -> None:
    source = (
        f"<html><script>NPQ starts 1,111</script><h1>NPQs</h1><p>{SENTENCE}</p><table><tr><th>Year<th>NPQ starts<tr>"
    )
    read = texts.of_bytes(f"{source}<td>2023/24<td>43,840</table></html>".encode(), "page", ".html")
    verdicts = [(one.quote, one.verdict) for one in npqstats.factcheck(read, project=published)]
    assert verdicts == [("29,818", "mislabelled"), ("43,840", "right")]


def test_a_very_deep_page_is_read(published: Project) -> None:
    read = texts.html("<div>" * 100_000 + SENTENCE)
    assert [one.verdict for one in npqstats.factcheck(read, project=published)] == ["mislabelled"]


def pdf(text: str) -> bytes:
    """The smallest PDF with a line of text."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for n, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def test_a_pdf_is_read(published: Project) -> None:
    read = texts.of_bytes(pdf(SENTENCE), "article.pdf")
    assert [one.verdict for one in npqstats.factcheck(read, project=published)] == ["mislabelled"]


def bomb() -> bytes:
    """A document that unpacks to far more than it seems."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 150_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (lambda: b"%PDF-1.7\nnonsense", ".pdf"),
        (lambda: b"no pdf", ".pdf"),
        (lambda: b"PK\x03\x04nonsense", ".docx"),
        (bomb, ".docx"),
        (lambda: docx(SENTENCE)[:3000], ".docx"),
        (lambda: pdf(SENTENCE)[:200], ".pdf"),
        (lambda: b"\x7fELF\x00\x00", ""),
    ],
    ids=["pdf", "not-pdf", "docx", "bomb", "half-docx", "half-pdf", "binary"],
)
def test_a_file_that_is_not_what_it_seems_is_one_clear_line(content: Callable[[], bytes], suffix: str) -> None:
    with pytest.raises(DataError) as error:
        texts.of_bytes(content(), "file", suffix)
    assert "\n" not in error.value.message
    assert error.value.hint


def test_old_encodings_and_line_ends_are_read() -> None:
    assert texts.of_bytes("NPQs – 5 %\r\nmore".encode("cp1252"), "old") == "NPQs – 5 %\nmore"
    assert texts.of_bytes("NPQs".encode("utf-16"), "wide") == "NPQs"


def test_last_year_is_read_by_the_day_of_the_text(published: Project) -> None:
    text = "Some 43,840 NPQs were started last year."
    by_default = npqstats.factcheck(text, project=published)
    on_the_day = npqstats.factcheck(text, project=published, as_of="2024-10-01")
    assert [one.verdict for one in by_default] == ["mislabelled"]
    assert [one.verdict for one in on_the_day] == ["right"]
    assert "1 October 2024" in on_the_day.years
    assert str(day_of(f"NPQs fall\n\nPublished 11 July 2025\n\n{text}")) == "2025-07-11"
    assert (
        day_of("NPQs began on 1 September 2021, and much has been written about them since that day in autumn.") is None
    )


def test_a_head_over_several_columns_is_over_each_of_them() -> None:
    page = (
        "<table><tr><th></th><th colspan=2>2024/25</th></tr><tr><td>All</td><td>29,818</td><td>29,526</td></tr></table>"
    )
    assert texts.html(page).splitlines() == ["| | 2024/25 | 2024/25 |", "| All | 29,818 | 29,526 |"]


@pytest.mark.parametrize(
    "table",
    [
        "Started in   Starts   Completed\n2021/22      31,677   26,783\n2022/23      38,906   31,791\n",
        "                2021/22    2022/23\nStarts          31,677     38,906\nCompleted       26,783     31,791\n",
        "Started in; Starts; Completed\n2021/22; 31,677; 26,783\n2022/23; 38,906; 31,791\n",
    ],
    ids=["by spaces", "with a corner left empty", "by semicolons"],
)
def test_columns_set_without_rules_are_a_table(table: str, published: Project) -> None:
    checked = npqstats.factcheck(f"NPQs by year of start\n\n{table}", project=published)
    assert {one.quote: one.verdict for one in checked} == dict.fromkeys(
        ("31,677", "38,906", "26,783", "31,791"), "right"
    )


def test_three_published_figures_make_a_text_that_names_no_npq_one_about_them(published: Project) -> None:
    told = "Of the 31,677 courses begun in 2021/22, 26,783 have been completed and 26,432 passed."
    checked = npqstats.factcheck(told, project=published)
    assert [one.verdict for one in checked] == ["right"] * 3
    page = "Our college is proud of its courses, which are taught in the evening.\n\n" * 40
    assert [one.verdict for one in npqstats.factcheck(page + told, project=published)] == ["right"] * 3
    other = page + "Of the 31,677 courses begun in 2021/22, 17,204 have been completed and 9,812 passed."
    assert {one.verdict for one in npqstats.factcheck(other, project=published)} <= {"right"}


def test_no_reason_speaks_of_calendar_years_where_the_text_names_none(published: Project) -> None:
    text = (
        "A third of the NPQs begun in those two years were completed. In 2023/24 it was 43,840, which is a drop of 7%."
    )
    reasons = [one.because for one in npqstats.factcheck(text, project=published)]
    assert reasons
    assert not any("calendar" in reason for reason in reasons)
