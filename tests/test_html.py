from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from npqstats.tables import html
from npqstats.tables.table import Column, Entry, Row
from tests.test_terminal import HEADLINE, NASTY

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Read(HTMLParser):
    """What a page holds: its tags, attributes and text; every tag is closed where it must be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data


def read(text: str) -> Read:
    found = Read()
    found.feed(text)
    assert found.open == []
    return found


def test_a_table_has_a_caption_and_headers_with_a_scope() -> None:
    found = read(html.html(HEADLINE))
    scopes = [attributes["scope"] for tag, attributes in found.tags if tag == "th"]
    assert scopes == ["col"] * 4 + ["row"] * len(HEADLINE.rows)
    assert [tag for tag, _ in found.tags].count("caption") == 1
    assert HEADLINE.title in found.text


@pytest.mark.parametrize("write", [html.html, html.page])
def test_finding_notes_key_and_source_are_beside_it(write: type[str]) -> None:
    found = read(write(HEADLINE))
    for words in (*HEADLINE.finding, *HEADLINE.notes, *HEADLINE.key, *HEADLINE.source, "[note 1]", "dr"):
        assert words in found.text
    assert "npqstats fetch" not in found.text


def test_nothing_in_it_runs_or_asks_for_another_address() -> None:
    page = html.page(HEADLINE)
    tags = {tag for tag, _ in read(page).tags}
    assert not tags & {"script", "link", "img", "iframe", "object", "form"}
    assert "://" not in page
    assert "default-src 'none'" in page
    assert "url(" not in page


@pytest.mark.parametrize("label", [*NASTY, '"><script>alert(1)</script>', "</style><b>", "&lt;"])
def test_text_from_data_is_text_and_nothing_else(label: str) -> None:
    entry = Entry(text=label, flags=label, origins=(label,))
    table = replace(
        HEADLINE,
        title=label,
        finding=(label,),
        columns=(Column(header=label),),
        rows=(Row(entries=(entry,)),),
        notes=(label,),
        key=(label,),
        source=(label,),
    )
    plain = {tag for tag, _ in read(html.page(HEADLINE)).tags}
    found = read(html.page(table))
    assert {tag for tag, _ in found.tags} <= plain
    assert not any(name.startswith("on") for _, attributes in found.tags for name in attributes)
    assert not [letter for letter in found.text if letter in "\x1b\x07\u202e"]


def test_a_table_below_follows_with_a_caption_of_its_own() -> None:
    found = read(html.page(replace(HEADLINE, below=replace(HEADLINE, title="Another"))))
    assert [tag for tag, _ in found.tags].count("table") == 2
    assert "Another" in found.text


def test_origins_are_there_for_who_rests_the_mouse_on_a_figure() -> None:
    entries = (Entry(text="Starts"), Entry(text="1", value=1, origins=("2024-25/a.csv:4:npq_starts",)))
    table = replace(HEADLINE, columns=HEADLINE.columns[:2], rows=(Row(entries=entries),))
    assert 'title="2024-25/a.csv:4:npq_starts"' in html.html(table)
