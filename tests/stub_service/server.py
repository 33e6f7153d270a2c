"""The HTTP server: hands each request to the part of the service that answers it."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event
from typing import Any

from tests.stub_service import content
from tests.stub_service.answer import Answer, Options, Request, problem
from tests.stub_service.faults import LOOP, Fault
from tests.stub_service.published import World
from tests.stub_service.wire import Wire


class Server(ThreadingHTTPServer):
    """Serves on 127.0.0.1, and ends every connection when it closes."""

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, port: int, told: Callable[[Request], tuple[World, Options, Fault | None]]) -> None:
        """Serve on `port` (0: any that is free); `told` notes each request and says what to serve it."""
        self.told = told
        self.released = Event()
        self.closing = Event()
        self.bugs: list[BaseException] = []
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, to be able to end it."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget the connection."""
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        """Keep what went wrong in the stub itself; that a client goes is no error."""
        failure = sys.exception()
        if failure is not None and not isinstance(failure, OSError):
            self.bugs.append(failure)

    def finish(self) -> None:
        """End every connection and stop serving."""
        self.closing.set()
        self.shutdown()
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the client was quicker
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    protocol_version = "HTTP/1.1"
    server_version = "stub"
    sys_version = ""
    server: Server

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Answer any method: `do_GET`, `do_POST` and what else is tried."""
        if name.startswith("do_"):
            return partial(self._serve, name.removeprefix("do_"))
        raise AttributeError(name)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def _serve(self, method: str) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(method, self.path, headers)
        world, options, fault = self.server.told(request)
        wire = Wire(self, self.server.released, self.server.closing)
        answer = respond(request, world, options)
        if fault is not None:
            fault.act(wire, answer, options)
        else:
            wire.send(answer, chunked=answer.is_streamed)


def respond(request: Request, world: World, options: Options) -> Answer:
    """Answer a request as the service would."""
    if world.is_down:
        return problem(500)
    if request.method not in {"GET", "HEAD"}:
        return problem(405)
    match request.route:
        case ("api", *_):
            return content.answer(request, world, options)
        case ("data-catalogue", "data-set", data_set, "csv"):
            return content.download(data_set, world)
        case (loop, number) if f"/{loop}" == LOOP and number.isdecimal():
            return Answer(302, b"", {"Location": f"{LOOP}/{int(number) + 1}"})
        case _:
            return problem(404)
