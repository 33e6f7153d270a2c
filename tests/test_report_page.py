"""The page of a report and the page of its provenance, as HTML."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from npqstats.report.contents import Report, Statement
from npqstats.report.page import Drawn, page, provenance
from npqstats.tables.table import Entry, Row

HOSTILE = "<script>document.title='owned'</script> \"'>& \u202e {{ 7 * 7 }} </style> --> ]]>"
NO_DRAWING = Drawn(**dict.fromkeys(("wide_light", "wide_dark", "phone_light", "phone_dark"), "<svg/>"))


def written(report: Report) -> str:
    """Write a page without drawing its charts."""
    return page(report, {picture.slug: NO_DRAWING for picture in report.pictures})


def hostile(report: Report) -> Report:
    """Put hostile text wherever a label, a name or a note from data is printed."""
    first = report.chapters[0]
    (exhibit, *_), part = first.parts[0].exhibits, first.parts[0]
    table = replace(
        exhibit.table,
        title=HOSTILE,
        notes=(HOSTILE,),
        key=(f"[x] {HOSTILE}",),
        columns=tuple(replace(column, header=HOSTILE) for column in exhibit.table.columns),
        rows=tuple(
            Row(entries=tuple(replace(entry, text=HOSTILE, flags=HOSTILE) for entry in row.entries))
            for row in exhibit.table.rows
        ),
    )
    cells = tuple(replace(cell, raw=HOSTILE, source=HOSTILE, citation=HOSTILE) for cell in exhibit.cells)
    said = Statement(text=HOSTILE, credit=HOSTILE)
    bad = replace(part, statements=(said,), exhibits=(replace(exhibit, table=table, cells=cells),))
    return replace(
        report,
        title=HOSTILE,
        area=HOSTILE,
        lead=said,
        command=HOSTILE,
        chapters=(replace(first, title=HOSTILE, parts=(bad,)), *report.chapters[1:]),
        missing=(HOSTILE,),
        disagreements=((HOSTILE, HOSTILE),),
        sources=(replace(report.sources[0], name=HOSTILE, title=HOSTILE, address=f"javascript:{HOSTILE}"),),
    )


def test_hostile_text_stays_text(published_report: Report) -> None:
    bad = hostile(published_report)
    for text in (written(bad), provenance(bad)):
        assert "<script>document" not in text
        assert "javascript:" not in re.sub(r">[^<]*<", "><", text)
        assert "\u202e" not in text
        assert "49" not in re.findall(r"\{\{ (\S+) \}\}", text)
        assert text.count("</style>") == 1
        assert len(re.findall("<script", text)) == text.count('<script type="application/ld+json">') <= 1


def test_a_page_runs_nothing_and_asks_for_nothing(published_report: Report) -> None:
    for text in (written(published_report), provenance(published_report)):
        (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
        assert html.unescape(policy).startswith("default-src 'none'; style-src 'sha256-")
        assert "script-src" not in policy
        assert not re.findall(r"<(?:link|script|img|source)[^>]*(?:src|href|srcset)=\"https?:", text)
        assert not re.findall(r"<[^>]* (?:style|on\w+)=", text)


def test_the_head_describes_a_dataset(published_report: Report) -> None:
    text = written(published_report)
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    described = json.loads(found)
    assert described["@type"] == "Dataset"
    assert described["name"] == "National Professional Qualifications in England, 2024/25"
    assert described["temporalCoverage"] == "2021-09/2025-08"
    assert described["isBasedOn"]["datePublished"] == "2025-07-10"
    assert described["isBasedOn"]["creator"]["name"] == "Department for Education"
    assert {"workbook.xlsx", "tables/change.csv"} <= {each["contentUrl"] for each in described["distribution"]}
    assert f'<meta name="description" content="{html.escape(published_report.lead.text)}">' in text
    assert re.search(r'<meta property="og:image" content="charts/[\w-]+\.png">', text)


def test_every_finding_can_be_quoted_with_its_source(full_report: Report) -> None:
    text = written(full_report)
    for statement in full_report.statements:
        assert html.escape(f"{statement.text} ({statement.credit})", quote=False) in html.unescape(text).replace(
            "&", "&amp;"
        ) or f"{statement.text} ({statement.credit})" in html.unescape(text)


def test_no_headline_is_printed_twice(full_report: Report) -> None:
    text = written(full_report)
    titles = re.findall(r'<span class="title">(.*?)</span>', text)
    assert len(titles) == len(set(titles)) > 3
    assert html.escape(full_report.pictures[0].chart.headline) not in titles


@pytest.mark.slow
@pytest.mark.parametrize("name", ["published_folder", "full_folder", "region_folder"])
def test_every_link_leads_somewhere(name: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(name)
    pages = {each: (folder / each).read_text("utf-8") for each in ("index.html", "provenance.html")}
    ids = {each: re.findall(r' id="([^"]+)"', text) for each, text in pages.items()}
    for each, text in pages.items():
        assert len(set(ids[each])) == len(ids[each])
        for link in re.findall(r'<a [^>]*href="([^"]+)"', text):
            if link.startswith("https://"):
                continue
            file, _, anchor = link.partition("#")
            assert (folder / (file or each)).is_file(), link
            assert not anchor or anchor in ids[file or each], link


def test_every_figure_of_a_table_is_traced_to_its_published_cells(published_report: Report) -> None:
    text = html.unescape(provenance(published_report))
    for exhibit in published_report.exhibits:
        cells = {cell.origin: cell for cell in exhibit.cells}
        for entry in (entry for row in exhibit.table.rows for entry in row.entries):
            for origin in entry.origins:
                cell = cells[origin]
                assert f"{cell.raw} in <code>{cell.source}</code>, line {cell.line}, <code>{cell.column}</code>" in text
    assert "Schools Week" in text


def test_a_row_without_figures_has_no_entry(published_report: Report) -> None:
    exhibit = published_report.exhibits[0]
    empty = replace(exhibit.table, rows=(Row(entries=(Entry(text="Nothing"),) * len(exhibit.table.columns)),))
    first = published_report.chapters[0]
    part = replace(first.parts[0], exhibits=(replace(exhibit, table=empty),))
    report = replace(published_report, chapters=(replace(first, parts=(part,)),))
    assert f'href="provenance.html#{exhibit.slug}-1"' not in written(report)
    assert "Nothing" not in provenance(report)
