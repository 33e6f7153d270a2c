"""What the service has beside what is loaded, as a table and as JSON."""

import json
from dataclasses import asdict

from npqstats.fetch.outdated import Compared
from npqstats.tables.table import Column, Entry, Kind, Row, Table
from npqstats.vocabulary.numbers import number
from npqstats.wording import fetched

_COLUMNS = {
    "Release": Kind.CODE,
    "Data set": Kind.LABEL,
    "Rows there": Kind.NUMBER,
    "Rows here": Kind.NUMBER,
    "State": Kind.LABEL,
}


def table(found: list[Compared]) -> Table:
    """Lay out the data sets of the service."""
    return Table(
        title="What the service has, and what is here",
        columns=tuple(Column(header=name, kind=kind) for name, kind in _COLUMNS.items()),
        rows=tuple(
            Row(
                entries=(
                    Entry(text=one.release),
                    Entry(text=one.title),
                    Entry(text=number(one.rows_published), value=one.rows_published),
                    Entry(text=number(one.rows_here), value=one.rows_here),
                    Entry(text=fetched.state(one)),
                )
            )
            for one in found
        ),
        source=("Nothing was fetched. 'npqstats fetch' fetches the latest release, with --all every one.",),
    )


def as_json(found: list[Compared]) -> str:
    """Write the data sets of the service as JSON: `newer` says whether a fetch would change anything."""
    content = {
        "newer": any(one.is_newer for one in found),
        "data_sets": [asdict(one) | {"newer": one.is_newer} for one in found],
    }
    return json.dumps(content, indent=2)
