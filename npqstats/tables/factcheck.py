"""A checked text on the screen: a table of its numbers."""

import re
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from npqstats.tables.table import Column, Document, Entry, Row, Table
from npqstats.vocabulary.names import capitalised, plain
from npqstats.vocabulary.numbers import MISSING
from npqstats.wording.factcheck import Checked
from npqstats.wording.factcheck import document as as_json
from npqstats.wording.verdicts import LABELS, MEANING, Verdict, summary

if TYPE_CHECKING:
    import polars as pl

_BEFORE, _AFTER = re.compile(r"(?:\S+\s+){0,5}\S*\Z"), re.compile(r"\S*(?:\s+\S+){0,5}")
_BESIDE = 200
"""Characters in which the words beside a number are."""
_COLUMNS = ("file", *(field.name for field in fields(Verdict)))
_SHORT = 160
"""Characters of a text that is seen at one look."""


def _frame(texts: Sequence[Checked]) -> "pl.DataFrame":
    """Return one row for each number of some texts."""
    import polars as pl

    words = dict.fromkeys(("file", "quote", "verdict", "because", "figure", "release", "command"), pl.String)
    places = dict.fromkeys(("start", "end"), pl.Int64)
    rows = [{"file": text.name or None, **asdict(one)} for text in texts for one in text]
    return pl.DataFrame(rows, {**words, **places, "origins": pl.List(pl.String)}).select(_COLUMNS)


def document(texts: Sequence[Checked]) -> Document:
    """Lay out the numbers of some texts with their verdicts, as a table and as a frame."""
    every = [(text, one) for text in texts for one in text]
    used = [name for name in LABELS if any(one.verdict == name for _, one in every)]
    years = dict.fromkeys(text.years for text in texts)
    names = [Column(header="File")] if len(texts) > 1 else []
    places = [Column(header="Text")] if any(len(text.text) > _SHORT for text in texts) else []
    rows = [
        Row(
            entries=(
                *(Entry(text=plain(text.name)) for _ in names),
                Entry(text=plain(one.quote)),
                *(Entry(text=plain(_beside(text.text, one))) for _ in places),
                Entry(text=one.verdict),
                Entry(text=plain(one.because)),
                Entry(text=one.figure or MISSING),
                Entry(text=", ".join(one.origins) or MISSING, origins=one.origins),
                Entry(text=one.command or MISSING),
            )
        )
        for text, one in every
    ]
    table = Table(
        title="Numbers in the text" if len(texts) == 1 else "Numbers in the texts",
        finding=(summary(one for _, one in every),),
        is_titled=False,
        is_listed=True,
        columns=(
            *names,
            Column(header="Claim"),
            *places,
            *(Column(header=header) for header in ("Verdict", "Because", "Data", "Cells", "Command")),
        ),
        rows=tuple(rows),
        key=tuple(f"{name}: {MEANING[name]}" for name in used),
        source=tuple(f"{capitalised(note)}." for note in years if every),
    )
    own = {"json": lambda: as_json(texts), "html": lambda: _page(texts)}
    return Document(kind="factcheck", table=table, make_frame=lambda: _frame(texts), own=own)


def _beside(text: str, one: Verdict) -> str:
    """Return a number with the words beside it, by which it is found in a long text."""
    before = _BEFORE.search(text, max(0, one.start - _BESIDE), one.start)
    after = _AFTER.match(text, one.end, one.end + _BESIDE)
    start, end = before.start() if before else one.start, after.end() if after else one.end
    words = " ".join(text[start:end].split())
    return f"{'… ' * (start > 0)}{words}{' …' * (end < len(text.rstrip()))}"


def _page(texts: Sequence[Checked]) -> str:
    from npqstats.tables.marked import page  # Only a page needs the names of HTML's characters.

    return page(texts)
