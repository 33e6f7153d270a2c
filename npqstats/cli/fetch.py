"""`npqstats fetch`: the service, or files that a person downloaded, into data/raw/."""

from typing import Annotated

import typer

from npqstats.cli.errors import say
from npqstats.errors import UsageError

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
    latest: Annotated[bool, typer.Option("--latest", rich_help_panel=_WHAT, help="The latest release alone.")] = False,
    every: Annotated[bool, typer.Option("--all", rich_help_panel=_WHAT, help="Every release.")] = False,
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FILE",
            rich_help_panel=_WHAT,
            help="Downloaded files in place of the service: a CSV, .csv.gz or zip, or a folder of these.",
        ),
    ] = None,
    release: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="RELEASE",
            rich_help_panel=_WHAT,
            help="With --from: their release, where the files do not say it.",
        ),
    ] = None,
    from_api: Annotated[
        bool,
        typer.Option(
            "--from-api",
            rich_help_panel=_WHAT,
            help="Take data sets from the public API where they are in it, one version pinned.",
        ),
    ] = False,
    show: Annotated[
        bool, typer.Option("--list", rich_help_panel=_ASK, help="Show what the service has against what is here.")
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
    frozen: Annotated[
        bool,
        typer.Option(
            "--frozen", rich_help_panel=_HOW, help="Bring just the files of data/raw/raw.lock, to the byte; for CI."
        ),
    ] = False,
    offline: Annotated[bool, typer.Option("--offline", rich_help_panel=_HOW, help="Open no connection.")] = False,
    timeout: Annotated[
        str | None,
        typer.Option(
            "--timeout", metavar="SECONDS", rich_help_panel=_HOW, help="For one question to the service; default: 300."
        ),
    ] = None,
    service: Annotated[str | None, typer.Option("--service", metavar="URL", hidden=True)] = None,
) -> None:
    """Bring published files into data/raw, checked and locked.

    Example: npqstats fetch 2024-25
    """
    from npqstats.cli.progress import downloads
    from npqstats.cli.stopped import stopped
    from npqstats.fetch import ask
    from npqstats.fetch.fetch import fetch
    from npqstats.tables import fetched, terminal

    only = [name for name, given in (("--list", show), ("--dry-run", dry_run), ("--check", check)) if given]
    _check_alone(only, {"--from": bool(source), "--frozen": frozen, "--from-api": from_api, "--as": bool(release)})
    wanted = {"releases": bool(releases), "--latest": latest, "--all": every}
    _check_alone([name for name, is_given in wanted.items() if is_given and only], {"--check": check})
    named = tuple(releases or ())
    if check:
        found = ask.newer(project=context.obj, offline=offline, timeout=timeout, service=service, say=say)
        _print(fetched.newer(found))
        raise typer.Exit(int(bool(found)))
    if only:
        found = ask.overview(
            *named,
            latest=latest,
            every=show or every,
            project=context.obj,
            offline=offline,
            timeout=timeout,
            service=service,
            say=say,
        )
        if show:
            terminal.show(fetched.overview(found), terminal.terminal())
        else:
            _print(fetched.plan(found))
        return
    told: list[str] = []
    try:
        with stopped(), downloads() as report:
            landed = fetch(
                *named,
                latest=latest,
                every=every,
                source=source,
                release=release,
                from_api=from_api,
                frozen=frozen,
                offline=offline,
                timeout=timeout,
                project=context.obj,
                service=service,
                on_landed=lambda one: told.extend(fetched.sentences(one)),
                say=say,
                progress=report,
            )
        told.extend(fetched.closing(landed, is_frozen=frozen))
    finally:
        _print(told)


def _check_alone(given: list[str], others: dict[str, bool]) -> None:
    names = [*given, *(name for name, is_given in others.items() if is_given and given)]
    if len(names) > 1:
        raise UsageError(f"{' and '.join(names)} cannot be asked for together.", "Ask for one of them.")


def _print(sentences: list[str]) -> None:
    for sentence in sentences:
        typer.echo(sentence)
