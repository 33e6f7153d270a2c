"""A real browser for the tests of the page: Debian's Chromium, headless, one for the whole session."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

_ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
_PATIENCE = 10_000
"""Milliseconds after which what does not come is given up."""
_PRINTED = {"target-size": {"enabled": False}}
_ON_SCREEN = {"target-size": {"enabled": True}}
"""A rule that axe leaves off unless asked: nothing to press is smaller than 24 pixels. Paper is not pressed."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; tests that ask for it are skipped where there is none."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no chromium here: install Debian's package of that name")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(_ARGUMENTS))
        yield started
        started.close()


@dataclass
class Visit:
    """A page that is open, and all that went on in it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    """Errors, and whatever was written to the console."""

    def violations(self, *, is_printed: bool = False) -> list[str]:
        """Ask axe-core what is not accessible, by all its rules."""
        options = {"resultTypes": ["violations"], "rules": _PRINTED if is_printed else _ON_SCREEN}
        found = Axe().run(self.page, options=options).response["violations"]
        return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]

    def overflow(self) -> int:
        """Measure by how many pixels the page is wider than the window."""
        measured: int = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return measured


class Visitor:
    """Opens pages, each in a window of its own."""

    def __init__(self, browser: Browser) -> None:
        """Take the browser."""
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def visit(self, path: Path, **window: Any) -> Visit:
        """Open a file in a window that is 1280 pixels wide unless told otherwise."""
        context = self._browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **window})
        context.set_default_timeout(_PATIENCE)
        self._contexts.append(context)
        found = Visit(context.new_page())
        found.page.on("request", lambda request: found.requests.append(request.url))
        found.page.on("console", lambda message: found.complaints.append(message.text))
        found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
        found.page.goto(path.as_uri())
        return found

    def leave(self) -> None:
        """Close every window."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    """Opens pages and closes them when the test is over."""
    made = Visitor(browser)
    yield made
    made.leave()
