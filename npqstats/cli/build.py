"""`npqstats build`: data/raw to data/processed. Finding nothing to do imports neither Polars nor Rich."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from npqstats.cli import options
from npqstats.cli.errors import say

if TYPE_CHECKING:
    from npqstats.store.build import Built


def build(
    context: typer.Context,
    accept: Annotated[
        bool, options.flag("--accept", "Take the files as they are, and renew data/raw/raw.lock.", None)
    ] = False,
    frozen: Annotated[
        bool, options.flag("--frozen", "Refuse whatever data/raw/raw.lock does not name; for CI.", None)
    ] = False,
) -> None:
    """Bring data/processed up to date with data/raw.

    Example: npqstats build
    """
    from npqstats.cli.progress import progress
    from npqstats.store.build import build as bring_up_to_date

    with progress() as report:
        built = bring_up_to_date(context.obj, accept=accept, frozen=frozen, say=say, progress=report)
    for sentence in sentences(built):
        typer.echo(sentence)


def sentences(built: "Built") -> Iterator[str]:
    """Say what there is after a build: files read, observations, releases, and what disagrees."""
    from npqstats.catalogue.catalogue import REPORTED
    from npqstats.vocabulary.names import listed

    made = built.manifest
    names = {table.release for table in made.all_tables() if not table.passed_over}
    of = [f"release {name}" for name in sorted(names - {REPORTED})]
    of += ["reported figures"] if REPORTED in names else []
    files = f"{len(made.files)} file{'s' * (len(made.files) > 1)}"
    did = f"Read {len(built.read)} of {files}" if built.did_build else "Nothing changed"
    yield f"{did}: {built.project.processed} holds {built.observations:,} observations of {listed(of)}."
    if found := made.all_disagreements():
        first = found[0]
        yield (
            f"{len(found)} disagreement{'s' * (len(found) > 1)} in the files, such as {first.source}, line "
            f"{first.line}, column {first.column}: {first.what}. See 'npqstats list disagreements'."
        )
