"""`npqstats fetch`: published files, from the service or from a download, into data/raw/."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from npqstats.cli.errors import say
from npqstats.errors import UsageError

if TYPE_CHECKING:
    from npqstats.fetch.outdated import Compared

NAME = "fetch"

_WHAT = "What is fetched"
_ASK = "Ask only"
_HOW = "How"


def command(
    context: typer.Context,
    releases: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="RELEASE",
            help="Which releases, such as 2024-25; default: the latest, and those fetched before that changed since.",
        ),
    ] = None,
    latest: Annotated[bool, typer.Option("--latest", rich_help_panel=_WHAT, help="The latest release only.")] = False,
    every: Annotated[bool, typer.Option("--all", rich_help_panel=_WHAT, help="Every release.")] = False,
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FILE",
            rich_help_panel=_WHAT,
            help="Downloaded files instead of the service: a CSV, .csv.gz or zip, or a folder of these.",
        ),
    ] = None,
    release: Annotated[
        str | None,
        typer.Option(
            "--as", metavar="RELEASE", rich_help_panel=_WHAT, help="With --from: their release, if the files lack it."
        ),
    ] = None,
    show: Annotated[
        bool, typer.Option("--list", rich_help_panel=_ASK, help="Show what the service has beside what is here.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", rich_help_panel=_ASK, help="Say what would be fetched.")
    ] = False,
    check: Annotated[
        bool,
        typer.Option(
            "--check", rich_help_panel=_ASK, help="End with status 1 if the service has something newer than the lock."
        ),
    ] = False,
    format: Annotated[
        str | None,
        typer.Option("--format", metavar="text|json", rich_help_panel=_ASK, help="How to print the answer."),
    ] = None,
    frozen: Annotated[
        bool,
        typer.Option(
            "--frozen", rich_help_panel=_HOW, help="Fetch exactly the files of data/raw/raw.lock that are missing."
        ),
    ] = False,
    offline: Annotated[
        bool, typer.Option("--offline", rich_help_panel=_HOW, help="Open no connection; with --from or --frozen.")
    ] = False,
    timeout: Annotated[
        str | None,
        typer.Option(
            "--timeout", metavar="SECONDS", rich_help_panel=_HOW, help="For one question to the service; default: 300."
        ),
    ] = None,
    service: Annotated[str | None, typer.Option("--service", metavar="URL", hidden=True)] = None,
) -> None:
    """Fetch published files into data/raw, check and lock them, and build.

    Example: npqstats fetch 2024-25
    """
    asked = {
        "releases": bool(releases),
        "--latest": latest,
        "--all": every,
        "--from": source is not None,
        "--as": release is not None,
        "--list": show,
        "--dry-run": dry_run,
        "--check": check,
        "--format": format is not None,
        "--frozen": frozen,
        "--offline": offline,
        "--timeout": timeout is not None,
        "--service": service is not None,
    }
    _check_options([name for name, is_given in asked.items() if is_given], format)
    texts = {"--from": source, "--as": release, "--format": format, "--timeout": timeout, "--service": service}
    empty = [name for name, value in texts.items() if value == ""] + ["RELEASE"] * ("" in (releases or ()))
    if empty:
        raise UsageError(f"{empty[0]} has an empty value.", "Give it a value, or leave it out.")
    wanted = tuple(releases or ())
    if show or dry_run or check:
        _ask(context, wanted, latest, every, show, check, format, timeout, service)
        return
    from npqstats.cli.progress import downloads, progress
    from npqstats.cli.stopped import stopped
    from npqstats.fetch.fetch import fetch
    from npqstats.fetch.local import target
    from npqstats.store.build import build
    from npqstats.wording import fetched

    with stopped(), downloads() as report:
        results = fetch(
            *wanted,
            latest=latest,
            every=every,
            source=source,
            release=release,
            frozen=frozen,
            offline=offline,
            timeout=timeout,
            project=context.obj,
            service=service,
            on_result=lambda one: _print(fetched.sentences(one)),
            say=say,
            progress=report,
        )
    typer.echo(fetched.summary(results, is_frozen=frozen))
    with progress() as reading:
        # What a build finds out about the files is said now, not with the next command.
        build(target(context.obj), say=say, progress=reading)


_GROUPS = (
    ("releases", "--latest", "--all", "--from", "--frozen"),
    ("--list", "--dry-run", "--check"),
)
"""Options of which one may be given."""
_WITHOUT = {
    "--list": {"--from", "--as", "--frozen", "--offline"},
    "--dry-run": {"--from", "--as", "--frozen", "--offline"},
    "--check": {"releases", "--latest", "--all", "--from", "--as", "--frozen", "--offline"},
    "--from": {"--timeout", "--service"},
    "--offline": {"--timeout", "--service"},
}
"""Options that would have no effect beside another one."""
_NEEDS = {
    "--as": ("--from",),
    "--offline": ("--from", "--frozen"),
    "--format": ("--list", "--dry-run", "--check"),
}


def _check_options(given: list[str], format: str | None) -> None:
    """Refuse options that contradict each other or would have no effect."""
    pairs = [*(pair for group in _GROUPS for pair in [tuple(name for name in given if name in group)] if len(pair) > 1)]
    pairs += [(one, other) for one, others in _WITHOUT.items() if one in given for other in given if other in others]
    if pairs:
        raise UsageError(f"{' and '.join(pairs[0])} cannot be combined.", "Leave out one of them.")
    for name, needed in _NEEDS.items():
        if name in given and not any(other in given for other in needed):
            raise UsageError(f"{name} goes with {' or '.join(needed)} only.", "Leave it out, or add one of them.")
    if format not in (None, "", "text", "json"):
        raise UsageError(f"There is no format {format!r} of fetch.", "The formats are text and json.")


def _ask(
    context: typer.Context,
    wanted: tuple[str, ...],
    latest: bool,
    every: bool,
    show: bool,
    check: bool,
    format: str | None,
    timeout: str | None,
    service: str | None,
) -> None:
    from npqstats.fetch.fetch import published
    from npqstats.wording import fetched

    found = published(
        *wanted,
        latest=latest,
        every=show or every,
        strict=check,
        project=context.obj,
        timeout=timeout,
        service=service,
        say=say,
    )
    found = [one for one in found if one.is_newer or not check]
    if format == "json":
        typer.echo(document(found))
    elif check:
        _print(fetched.newer(found))
    elif show:
        _show(found)
    else:
        _print(fetched.plan(found))
    if check and found:
        raise typer.Exit(1)


def _show(found: "list[Compared]") -> None:
    """Print what the service has beside what is loaded."""
    from npqstats.tables import terminal
    from npqstats.tables.table import Column, Entry, Kind, Row, Table
    from npqstats.vocabulary.numbers import number
    from npqstats.wording import fetched

    headers = {"Release": Kind.CODE, "Data set": Kind.LABEL, "Rows there": Kind.NUMBER, "Rows here": Kind.NUMBER}
    table = Table(
        title="What the service has, and what is here",
        columns=tuple(Column(header=name, kind=kind) for name, kind in (headers | {"State": Kind.LABEL}).items()),
        rows=tuple(
            Row(
                entries=(
                    Entry(text=one.release),
                    Entry(text=one.title),
                    *(Entry(text=number(count), value=count) for count in (one.rows_published, one.rows_here)),
                    Entry(text=fetched.state(one)),
                )
            )
            for one in found
        ),
        source=("Nothing was fetched. 'npqstats fetch' fetches the latest release, with --all every one.",),
    )
    terminal.show(table, terminal.terminal(), notes=True)


def document(found: "list[Compared]") -> str:
    """Write what the service has as JSON: `newer` says whether a fetch would change anything."""
    content = {
        "newer": any(one.is_newer for one in found),
        "data_sets": [asdict(one) | {"newer": one.is_newer} for one in found],
    }
    return json.dumps(content, ensure_ascii=True, indent=2)


def _print(sentences: list[str]) -> None:
    for sentence in sentences:
        typer.echo(sentence)
