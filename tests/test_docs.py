import doctest
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from npqstats.analysis.columns import SHOWN
from npqstats.catalogue import observations
from npqstats.cli import app, reference
from npqstats.store.build import ready
from tests.frozen import PUBLISHED

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
GOLDEN = os.environ.get("NPQSTATS_GOLDEN") == "1"
SHOWN_AS = "~/npq"
"""How the pages call the folder in which their commands run."""


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path, language: str) -> list[str]:
    return [text for found, text in BLOCK.findall(path.read_text("utf-8")) if found == language]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project made from the published rows, in which a page's commands run; not built."""
    shutil.copytree(PUBLISHED, tmp_path / "data" / "raw")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NPQSTATS_PROJECT", raising=False)
    return tmp_path


def printed(command: str, folder: Path, **more: str) -> str:
    """Return what a terminal of 80 columns shows of a command, without spaces at the ends of lines.

    `more` is what the environment has besides.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name, value in {"COLUMNS": "80", **more}.items():
            patch.setenv(name, value)
        done = CliRunner().invoke(app, shlex.split(command)[1:])
    text = done.output.replace(str(folder.resolve()), SHOWN_AS).replace(str(folder), SHOWN_AS)
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def replayed(text: str, folder: Path) -> str:
    """Give a page with each command of its console blocks followed by what that now prints."""

    def block(match: re.Match[str]) -> str:
        if match[1] != "console":
            return match[0]
        commands = [line.removeprefix("$ ") for line in match[2].splitlines() if line.startswith("$ npqstats ")]
        shown = "".join(f"$ {command}\n{printed(command, folder)}" for command in commands)
        return f"```console\n{shown}```"

    return BLOCK.sub(block, text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "page", [path for path in PAGES if blocks(path, "console") and path.name != "new-data.md"], ids=named
)
def test_commands_on_a_page_print_what_it_shows(page: Path, project: Path) -> None:
    text = page.read_text("utf-8")
    if "$ npqstats build" not in text:
        ready(project)
    now = replayed(text, project)
    if GOLDEN:
        page.write_text(now, "utf-8")
    assert page.read_text("utf-8") == now


class Examples(doctest.DocTestRunner):
    """Runs the examples of a page, and keeps those that print something else than it shows."""

    def __init__(self) -> None:
        super().__init__(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        self.changed: list[tuple[str, str]] = []

    def report_failure(self, out: object, test: doctest.DocTest, example: doctest.Example, got: str) -> None:
        super().report_failure(out, test, example, got)  # type: ignore[arg-type]
        first, *more = example.source.splitlines(keepends=True)
        asked = "".join([f">>> {first}", *(f"... {line}" for line in more)])
        self.changed.append((asked + example.want, asked + got))


@pytest.mark.parametrize("page", [path for path in PAGES if blocks(path, "python")], ids=named)
def test_python_on_a_page_gives_what_it_shows(page: Path, project: Path) -> None:
    ready(project)
    source = "\n".join(blocks(page, "python"))
    parsed = doctest.DocTestParser().get_doctest(source, {}, named(page), str(page), 0)
    assert parsed.examples
    told: list[str] = []
    examples = Examples()
    failed = examples.run(parsed, out=told.append).failed
    if GOLDEN:
        text = page.read_text("utf-8")
        for shown, now in examples.changed:
            text = text.replace(shown, now, 1)
        page.write_text(text, "utf-8")
    assert failed == (len(examples.changed) if GOLDEN else 0), "".join(told)


def test_console_blocks_hold_commands_of_npqstats_alone() -> None:
    for page in PAGES:
        for block in blocks(page, "console"):
            assert block.startswith("$ npqstats "), f"{named(page)}: {block}"
            assert all(line.startswith("$ npqstats ") for line in block.splitlines() if line.startswith("$"))


def test_readme_shows_the_comparison() -> None:
    assert "$ npqstats compare 2023-24 2024-25\n" in blocks(ROOT / "README.md", "console")[0]


@pytest.mark.parametrize("name", list(reference.pages()))
def test_printed_page_is_up_to_date(name: str) -> None:
    if GOLDEN:
        (DOCS / name).write_text(reference.pages()[name], "utf-8")
    assert name not in reference.stale(DOCS), "run 'make docs'"


def test_missing_or_changed_page_is_stale(tmp_path: Path) -> None:
    (tmp_path / "data.md").write_text("# Data\n", "utf-8")
    assert reference.stale(tmp_path) == ["commands.md", "data.md"]


def options() -> Iterator[tuple[str, str]]:
    for name, command in reference.commands().items():
        for parameter in (parameter for parameter in command.params if not getattr(parameter, "hidden", False)):
            for option in (*parameter.opts, *parameter.secondary_opts):
                yield name, option


@pytest.mark.parametrize(("command", "option"), list(options()))
def test_every_command_and_option_is_in_the_guide(command: str, option: str) -> None:
    page = (DOCS / "commands.md").read_text("utf-8")
    _, _, section = page.partition(f"\n## {command}\n")
    section, _, _ = section.partition("\n## ")
    flags = 0 if option.startswith("-") else re.IGNORECASE  # an argument may be printed in capitals
    assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", section, flags), f"{command} {option}"


def test_guide_says_what_every_column_holds() -> None:
    assert set(SHOWN) <= set(observations.MEANING)
    assert set(observations.MEANING) == {*observations.PARTITION, *observations.SCHEMA}


def slug(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.strip().lower()).replace(" ", "-")


def links(page: Path) -> list[str]:
    text = BLOCK.sub("", page.read_text("utf-8"))
    found = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r"^\[[^\]]+\]: (\S+)$", text, re.MULTILINE)
    return [link for link in found if "://" not in link]


@pytest.mark.parametrize("page", [path for path in PAGES if links(path)], ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        if anchor:
            headings = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            assert anchor in map(slug, headings), link


def test_every_page_can_be_reached_from_the_index() -> None:
    reached = {(DOCS / link.partition("#")[0]).resolve() for link in links(DOCS / "index.md")}
    assert reached >= {page for page in DOCS.rglob("*.md") if page.name != "index.md"}
