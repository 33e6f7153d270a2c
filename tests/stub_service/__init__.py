"""A stub of the service that publishes the NPQ statistics, on 127.0.0.1, as its notes say it behaves.

It serves the content API under /api and the site's /data-catalogue/data-set/{id}/csv at one address. Every figure it
serves is MADE UP. See `python -m tests.stub_service --list`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Condition, Thread
from types import TracebackType
from typing import Any, Self

from tests.stub_service.answer import Options, Request
from tests.stub_service.faults import FAULTS, Fault
from tests.stub_service.published import World
from tests.stub_service.scenarios import SCENARIOS
from tests.stub_service.server import Server

__all__ = ["FAULTS", "SCENARIOS", "Request", "Stub"]


@dataclass
class _Break:
    """A fault that waits for its requests."""

    path_part: str
    fault: Fault
    times: int


class Stub:
    """The service, as a test wants it; a context manager.

    >>> with Stub("usual") as stub:
    ...     stub.url.rpartition(":")[0]
    'http://127.0.0.1'
    """

    def __init__(self, scenario: str = "usual", *, port: int = 0, **options: Any) -> None:
        """Serve a scenario of `SCENARIOS`; the options are those of `answer.Options`."""
        self.requests: list[Request] = []
        self._options = Options(**options)
        self._breaks: list[_Break] = []
        self._lock = Condition()
        self._world: World = SCENARIOS[scenario]()
        self._server = Server(port, self._told)
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), name="stub service")

    @property
    def url(self) -> str:
        """The address of everything, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def world(self) -> World:
        """What is published now."""
        return self._world

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, in turn."""
        return [request.path for request in self.requests]

    def set(self, scenario: str | None = None, **options: Any) -> None:
        """Serve another scenario from now on, or in another way."""
        with self._lock:
            self._world = SCENARIOS[scenario]() if scenario else self._world
            self._options = replace(self._options, **options)

    def break_next(self, path_part: str, how: str, times: int = 1) -> None:
        """Let the next requests whose path holds `path_part` go wrong, as `FAULTS` says."""
        with self._lock:
            if how.startswith("stall"):
                self._server.released.clear()
            self._breaks.append(_Break(path_part, FAULTS[how], times))

    def mend(self) -> None:
        """Take back every fault that has not happened yet."""
        with self._lock:
            self._breaks.clear()

    def release(self) -> None:
        """Let held answers go on, and later ones that would be held."""
        self._server.released.set()

    def forget(self) -> None:
        """Forget the requests so far."""
        with self._lock:
            self.requests.clear()

    def wait_for(self, path_part: str, seconds: float = 30) -> None:
        """Wait until a request has come whose path holds `path_part`."""
        with self._lock:
            if not self._lock.wait_for(lambda: any(path_part in path for path in self.paths), seconds):
                raise TimeoutError(f"nobody asked for {path_part} within {seconds:g} seconds")

    def start(self) -> Self:
        """Begin to serve."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """End every connection, then tell what went wrong in the stub itself, if anything did."""
        self._server.finish()
        self._thread.join()
        if self._server.bugs:
            raise self._server.bugs[0]

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _told(self, request: Request) -> tuple[World, Options, Fault | None]:
        with self._lock:
            self.requests.append(request)
            self._lock.notify_all()
            for waiting in self._breaks:
                if waiting.times > 0 and waiting.path_part in request.path:
                    waiting.times -= 1
                    return self._world, self._options, waiting.fault
            return self._world, self._options, None
