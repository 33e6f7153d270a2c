"""`npqstats factcheck`: a verdict for each number in a text."""

from typing import Annotated

import typer

from npqstats.cli import options
from npqstats.cli.errors import say


def factcheck(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE",
            help="The files to check: plain text, Markdown, HTML, .docx or PDF; '-' or none: what is piped in.",
            show_default=False,
        ),
    ] = None,
    text: Annotated[str | None, options.option("--text", about="The passage itself.")] = None,
    as_of: Annotated[
        str | None,
        options.option(
            "--as-of",
            metavar="DAY",
            about="Day of the text, such as 2025-07-11, by which 'last year' is read; default: the date at its head.",
        ),
    ] = None,
    strict: Annotated[
        bool,
        options.flag("--strict", "Exit with status 1 for 'unknown' as well."),
    ] = False,
    format: options.Format = None,
    out: options.Out = None,
) -> None:
    """Check each number in a text that could be a claim about NPQs.

    With --format html: the text itself, each number marked. Exit status 1: a number is wrong, mislabelled,
    superseded or misleading.

    Example: npqstats factcheck --text "In 2024/25 some 29,818 teachers began an NPQ."
    """
    from npqstats.tables.factcheck import document
    from npqstats.tables.output import chosen, emit
    from npqstats.wording.factcheck import factcheck as check

    name = chosen(format, out)
    texts = _texts(files or [], text)
    project = options.ready(context)
    checked = check(project, texts, as_of)
    emit(document(checked), name, out)
    for one in checked if name != "table" or out else ():
        say(f"{one.name + ': ' if one.name else ''}{one.summary}")
    if any(one.needs_work(strict=strict) for one in checked):
        raise typer.Exit(1)


def _texts(files: list[str], text: str | None) -> list[tuple[str, str]]:
    """Read what is to be checked, each with its name, before anything is checked."""
    import sys
    from pathlib import Path

    from npqstats.analysis.factcheck.scanning import texts
    from npqstats.errors import UsageError

    if text is not None:
        if files:
            raise UsageError("Both a file and --text are given.", "Name a file, or use --text with the passage.")
        return [("", text)]
    if not files and sys.stdin.isatty():
        raise UsageError("There is nothing to check.", "Name a file, give a passage with --text, or pipe one in.")
    return [(name, texts.read(Path(name)) if name != "-" else _piped()) for name in files] or [("", _piped())]


def _piped() -> str:
    import sys

    from npqstats.analysis.factcheck.scanning import texts

    stream = getattr(sys.stdin, "buffer", None)
    return texts.of_bytes(stream.read(texts.MOST_BYTES), "stdin") if stream else sys.stdin.read()
