"""A stub of the service, and a client that asks it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import stamina

from npqstats.fetch.service.client import Client, Limits
from npqstats.fetch.service.hosts import VARIABLE, service
from tests.stub_service import Stub


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    """The service of MADE-UP releases, in the scenario `usual`; asking again takes no time."""
    with Stub() as running, stamina.set_testing(True, attempts=3):
        monkeypatch.setenv(VARIABLE, running.url)
        yield running


@pytest.fixture
def client(stub: Stub) -> Iterator[Client]:
    with Client(service(), limits=Limits(total=30, read=10)) as asking:
        yield asking
