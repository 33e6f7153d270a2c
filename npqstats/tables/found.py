"""What a number may be, as a table and as JSON."""

import json
from dataclasses import asdict

from npqstats import __version__
from npqstats.tables.table import Column, Document, Entry, Row, Table
from npqstats.vocabulary.names import plain
from npqstats.vocabulary.numbers import MISSING
from npqstats.wording.find import Found


def document(found: Found) -> Document:
    """Lay out what `find` returns."""
    rows = [
        Row(
            entries=(
                *(Entry(text=plain(text) or MISSING) for text in (one.figure, one.what, one.how, one.source)),
                Entry(text=plain(", ".join(one.origins)), origins=one.origins),
                Entry(text=plain(one.command)),
            )
        )
        for one in found
    ]
    table = Table(
        title=plain(f"What {found.number} may be"),
        finding=(plain(found.summary),),
        is_titled=False,
        is_listed=True,
        columns=tuple(Column(header=name) for name in ("Figure", "What", "How", "Source", "Cells", "Command")),
        rows=tuple(rows),
        source=("Cells are file:line:column under data/raw/; the header of a file is line 1.",) if rows else (),
    )
    return Document(kind="find", table=table, make_frame=lambda: found.frame, own={"json": lambda: _as_json(found)})


def _as_json(found: Found) -> str:
    """Write it as JSON: an object with `matches`."""
    content = {
        "number": found.number,
        "total": found.total,
        "summary": found.summary,
        "matches": [asdict(one) for one in found],
        "made_by": f"npqstats {__version__}",
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
