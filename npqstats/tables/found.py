"""What a number may be, as a table and as JSON."""

import json
from dataclasses import asdict

from npqstats import __version__
from npqstats.tables.sheet import Sheet
from npqstats.vocabulary.names import plain
from npqstats.wording.find import Found


def sheet(found: Found) -> Sheet:
    """Lay out what `find` returns."""
    rows = [
        [
            one.figure,
            plain(f"{one.what}{f' ({one.how})' if one.how else ''}"),
            plain(one.source),
            ", ".join(one.origins[:2]) + (" ..." if len(one.origins) > 2 else ""),
            one.command,
        ]
        for one in found
    ]
    return Sheet(
        title=plain(f"What {found.number} may be"),
        subtitle=plain(found.summary),
        headers=["Figure", "What", "Whose", "File:line:column", "Command"],
        rows=rows,
        foot=["Files are under data/raw/; their header is line 1."] if rows else [],
    )


def document(found: Found) -> str:
    """Write it as JSON: an object with `matches`."""
    content = {
        "number": found.number,
        "total": found.total,
        "summary": found.summary,
        "matches": [asdict(one) for one in found],
        "made_by": f"npqstats {__version__}",
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
