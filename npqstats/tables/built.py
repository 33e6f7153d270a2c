"""What a build came to, in sentences. Imports no Polars, so that finding nothing to do is quick."""

from npqstats.catalogue.catalogue import REPORTED
from npqstats.store.build import Built
from npqstats.vocabulary.names import listed


def sentences(built: Built) -> list[str]:
    """Say what stands after a build: what was read, rows, releases, and what disagrees."""
    made = built.manifest
    tables = [table for table in made.all_tables() if not table.passed_over]
    files = f"{len(made.files)} file{'s' * (len(made.files) > 1)}"
    did = f"Read {len(built.read)} of {files}" if built.did_build else "Nothing changed"
    releases = sorted({table.release for table in tables} - {REPORTED})
    of = [
        *(f"release {name}" for name in releases),
        *(["reported figures"] if len(releases) < len(_kinds(built)) else []),
    ]
    lines = [f"{did}: {built.project.processed} holds {built.observations:,} observations of {listed(of)}."]
    if disagreements := made.all_disagreements():
        first = disagreements[0]
        how_many = f"{len(disagreements)} disagreement{'s' * (len(disagreements) > 1)}"
        lines.append(
            f"{how_many} in the files, such as {first.source}, line {first.line}, column {first.column}: {first.what}. "
            "See 'npqstats list disagreements'."
        )
    return lines


def _kinds(built: Built) -> set[str]:
    return {table.release for table in built.manifest.all_tables() if not table.passed_over}
