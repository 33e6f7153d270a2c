"""One answer on its way to one client."""

from __future__ import annotations

import select
import socket
from http.server import BaseHTTPRequestHandler
from threading import Event

from tests.stub_service.answer import Answer

_GLANCE = 0.02
"""Seconds between two looks at whether the client is still there."""


class Wire:
    """Writes to the client, and notices when it goes or the stub closes."""

    def __init__(self, handler: BaseHTTPRequestHandler, released: Event, closing: Event) -> None:
        """Write through `handler`; a held answer goes on when `released` is set."""
        self._handler = handler
        self._released = released
        self._closing = closing

    @property
    def path(self) -> str:
        """What the client asked for."""
        return self._handler.path

    def send(self, answer: Answer, *, chunked: bool = False) -> None:
        """Send a whole answer."""
        self.head(answer, None if chunked else len(answer.body))
        if chunked:
            half = len(answer.body) // 2
            self.write_chunk(answer.body[:half])
            self.write_chunk(answer.body[half:])
            self.write_chunk(b"", is_last=True)
        else:
            self.write(answer.body)

    def head(self, answer: Answer, length: int | None) -> None:
        """Send the status and the headers; without a length the body comes in chunks."""
        self._handler.send_response(answer.status)
        for name, value in answer.headers.items():
            self._handler.send_header(name, value)
        if answer.status != 304:
            framing = ("Transfer-Encoding", "chunked") if length is None else ("Content-Length", str(length))
            self._handler.send_header(*framing)
        self._handler.end_headers()

    def write(self, piece: bytes) -> None:
        """Send a piece of the body."""
        if self._handler.command != "HEAD":
            self._handler.wfile.write(piece)

    def write_chunk(self, piece: bytes, *, is_last: bool = False) -> None:
        """Send a chunk of a body whose length was not said; an empty one ends it."""
        if piece or is_last:
            self.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")

    def rest(self, seconds: float) -> bool:
        """Wait a little; tell whether there is no use in going on."""
        return self._closing.wait(seconds) or self._is_gone()

    def hold(self) -> bool:
        """Wait until released; tell whether the client is still there then."""
        while not self._released.wait(_GLANCE):
            if self._closing.is_set() or self._is_gone():
                self.close()
                return False
        return True

    def close(self) -> None:
        """Close the connection."""
        self._handler.close_connection = True

    def _is_gone(self) -> bool:
        """Whether the client has closed its side."""
        connection: socket.socket = self._handler.connection
        readable, _, _ = select.select([connection], [], [], 0)
        try:
            return bool(readable) and not connection.recv(1, socket.MSG_PEEK)
        except OSError:
            return True
