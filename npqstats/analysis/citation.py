"""How to cite the figures that were used."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from npqstats import __version__
from npqstats.analysis import releases
from npqstats.catalogue.catalogue import REPORTED, Layout, Release, catalogue
from npqstats.listeners import Say, silent
from npqstats.project import Project
from npqstats.store import manifest
from npqstats.store.build import ready
from npqstats.vocabulary.names import unknown
from npqstats.vocabulary.periods import day_label

STYLES = ("text", "bibtex", "csl-json")


def cite(
    release: str | None = None,
    *,
    style: str = "text",
    project: Project | Path | str | None = None,
    say: Say = silent,
) -> str:
    """Cite a release: publisher, date, title, status, address, the loaded files with their hashes, and this program.

    Args:
        release: The edition; none: the newest that is loaded.
        style: One of `STYLES`.
        project: Where the data are; none: found as `npqstats.project.locate` does.
        say: Called with what was built.

    Raises:
        UsageError: There is no such release here, or no such style.
    """
    if style not in STYLES:
        raise unknown("style", style, STYLES)
    found = ready(project, say=say)
    known = releases.loaded(found)
    edition = releases.named(release or next(iter(known)), known)
    if style == "bibtex":
        return _bibtex(edition)
    if style == "csl-json":
        return json.dumps([_csl(edition)], indent=2, ensure_ascii=False) + "\n"
    return "\n".join([_sentence(edition), *_files(found, edition), *_closing()]) + "\n"


def _title(edition: Release) -> str:
    return edition.title or f"{catalogue().publication.title}, {edition.label}"


def _address(edition: Release) -> str:
    return edition.page or f"{catalogue().publication.page}/{edition.year.slug}"


def _sentence(edition: Release) -> str:
    when = day_label(edition.published) if edition.published else edition.published_note or "date not known"
    status = edition.status or catalogue().publication.status
    return f"{catalogue().publication.publisher} ({when}). {_title(edition)}. {status}. {_address(edition)}"


def files(project: Project, edition: Release) -> Iterator[tuple[manifest.RawTable, Layout | None]]:
    """List the loaded raw files that the figures of a release are from, each with what is known of its data set.

    A file in last year's columns is not last year's data set: nothing is known of it but its columns.
    """
    layouts = {(layout.title, layout.release): layout for layout in catalogue().layouts}
    for table in manifest.read(project.observations).all_tables():
        is_quoted = table.release == REPORTED and any(f"release={edition.name}/" in part for part in table.parts)
        if not table.passed_over and (table.release == edition.name or is_quoted):
            yield table, layouts.get((table.title, table.release))


def titled(table: manifest.RawTable, layout: Layout | None, edition: Release) -> str:
    """Name the data set of a raw file as published."""
    if layout:
        return layout.title
    return table.title if table.release == REPORTED else f"{table.dataset} of {edition.label}"


def _files(project: Project, edition: Release) -> Iterator[str]:
    for table, layout in files(project, edition):
        name = titled(table, layout, edition) + (f", data set {layout.id}" if layout else "")
        total = f" of {layout.rows:,}" if layout and (layout.rows or 0) > table.rows else ""
        yield f"- {name}: data/raw/{table.source}, {table.rows:,}{total} rows, sha256 {table.sha256}"


def _closing() -> list[str]:
    publication = catalogue().publication
    return [
        publication.attribution,
        f"Prepared with npqstats {__version__}, which is not made or endorsed by the {publication.publisher}.",
    ]


def _bibtex(edition: Release) -> str:
    fields = {
        "author": f"{{{catalogue().publication.publisher}}}",
        "title": f"{{{_title(edition)}}}",
        "year": str(edition.published.year) if edition.published else "",
        "month": str(edition.published.month) if edition.published else "",
        "url": _address(edition),
        "note": f"{edition.status or catalogue().publication.status}. {catalogue().publication.licence}",
    }
    body = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items() if text)
    return f"@misc{{dfe-npq-{re.sub('[^0-9a-z]+', '-', edition.name)},\n{body}}}\n"


def _csl(edition: Release) -> dict[str, object]:
    day = edition.published
    return {
        "id": f"dfe-npq-{edition.name}",
        "type": "dataset",
        "author": [{"literal": catalogue().publication.publisher}],
        "title": _title(edition),
        **({"issued": {"date-parts": [[day.year, day.month, day.day]]}} if day else {}),
        "URL": _address(edition),
        "note": edition.status or catalogue().publication.status,
    }
