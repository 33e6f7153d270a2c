"""`npqstats fetch`: published files, from the service or from a download, into data/raw/."""

from functools import partial
from typing import Annotated

import typer

from npqstats.cli.errors import say, stopped
from npqstats.errors import ExitStatus, UsageError

_what = partial(typer.Option, rich_help_panel="What is fetched")
_ask = partial(typer.Option, rich_help_panel="Ask only")
_how = partial(typer.Option, rich_help_panel="How")
_FROM = "Downloaded files instead of the service: a CSV, .csv.gz or zip, or a folder of these."
_CHECK = "End with status 1 if the service has something newer than the lock."
_FROZEN = "Fetch exactly the files of data/raw/raw.lock that are missing."
_TIMEOUT = "For one question to the service; default: 300."


def command(
    context: typer.Context,
    releases: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="RELEASE",
            help="Which releases, such as 2024-25; default: the latest, and those fetched before that changed since.",
        ),
    ] = None,
    latest: Annotated[bool, _what("--latest", help="The latest release only.")] = False,
    every: Annotated[bool, _what("--all", help="Every release.")] = False,
    source: Annotated[str | None, _what("--from", metavar="FILE", help=_FROM)] = None,
    release: Annotated[
        str | None, _what("--as", metavar="RELEASE", help="With --from: their release, if the files lack it.")
    ] = None,
    show: Annotated[bool, _ask("--list", help="Show what the service has beside what is here.")] = False,
    dry_run: Annotated[bool, _ask("--dry-run", help="Say what would be fetched.")] = False,
    check: Annotated[bool, _ask("--check", help=_CHECK)] = False,
    format: Annotated[str | None, _ask("--format", metavar="text|json", help="How to print the answer.")] = None,
    frozen: Annotated[bool, _how("--frozen", help=_FROZEN)] = False,
    offline: Annotated[bool, _how("--offline", help="Open no connection; with --from or --frozen.")] = False,
    timeout: Annotated[str | None, _how("--timeout", metavar="SECONDS", help=_TIMEOUT)] = None,
) -> None:
    """Fetch published files into data/raw, check and lock them, and build.

    Example: npqstats fetch 2024-25
    """
    from npqstats.fetch.fetch import check_options, fetch

    asked = {"releases": releases, "--latest": latest, "--all": every, "--from": source, "--as": release}
    asked |= {"--list": show, "--dry-run": dry_run, "--check": check, "--format": format, "--frozen": frozen}
    check_options(asked | {"--offline": offline, "--timeout": timeout})
    if format not in (None, "text", "json"):
        raise UsageError(f"There is no format {format!r} of fetch.", "The formats are text and json.")
    wanted = tuple(releases or ())
    if show or dry_run or check:
        from npqstats.fetch.outdated import published
        from npqstats.tables import published as tables
        from npqstats.tables import terminal
        from npqstats.wording import fetched

        found = published(
            *wanted,
            latest=latest,
            every=show or every,
            strict=check,
            project=context.obj,
            timeout=timeout,
            say=say,
        )
        newer = [one for one in found if one.is_newer]
        if format == "json":
            typer.echo(tables.as_json(newer if check else found))
        elif show:
            terminal.show(tables.table(found), terminal.terminal(), notes=True)
        else:
            _print(fetched.newer(newer) if check else fetched.plan(found))
        if check and newer:
            raise typer.Exit(ExitStatus.FOUND)
        return
    from npqstats.cli.progress import downloads, progress
    from npqstats.project import target
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
            on_result=lambda one: _print(fetched.sentences(one)),
            say=say,
            progress=report,
        )
    typer.echo(fetched.summary(results, is_frozen=frozen))
    with progress() as reading:
        # What a build finds out about the files is said now, not with the next command.
        build(target(context.obj), say=say, progress=reading)


def _print(sentences: list[str]) -> None:
    for sentence in sentences:
        typer.echo(sentence)
