"""What can go wrong on the way, and how each looks to the client."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache

from tests.stub_service.answer import Answer, Options, problem
from tests.stub_service.wire import Wire

Act = Callable[[Wire, Answer, Options], None]
ELSEWHERE = "https://elsewhere.example"
"""Another host, that nobody has."""
PLAIN = "http://content.explore-education-statistics.service.gov.uk"
"""The service's own host, without TLS."""
LOOP = "/made-up-loop"
_PIECE, _PACE = 64, 0.02
"""Bytes of a piece of a dripping answer, and seconds between two."""


def _status(status: int, **headers: str) -> Act:
    """Answer with an error status."""

    def fault(wire: Wire, _answer: Answer, _options: Options) -> None:
        refused = problem(status)
        wire.send(replace(refused, headers={**refused.headers, **headers}))

    return fault


def _busy(wire: Wire, _answer: Answer, options: Options) -> None:
    _status(429, **{"Retry-After": str(options.retry_after)})(wire, _answer, options)


def _busy_until(wire: Wire, _answer: Answer, options: Options) -> None:
    until = datetime.now(UTC) + timedelta(seconds=options.retry_after)
    _status(429, **{"Retry-After": format_datetime(until, usegmt=True)})(wire, _answer, options)


def _no_body(wire: Wire, _answer: Answer, _options: Options) -> None:
    wire.send(Answer(504))


def _drip(wire: Wire, answer: Answer, _options: Options) -> None:
    """Send the answer in small pieces with a rest after each, until the client goes."""
    wire.head(answer, len(answer.body))
    for start in range(0, len(answer.body), _PIECE):
        if wire.rest(_PACE):
            wire.close()
            break
        wire.write(answer.body[start : start + _PIECE])


def _stall(wire: Wire, answer: Answer, _options: Options) -> None:
    """Send nothing until the stub is told to release, or the client goes."""
    if wire.hold():
        wire.send(answer)


def _stall_halfway(wire: Wire, answer: Answer, _options: Options) -> None:
    """Send the first half, then nothing until the stub is told to release, or the client goes."""
    half = len(answer.body) // 2
    wire.head(answer, len(answer.body))
    wire.write(answer.body[:half])
    if wire.hold():
        wire.write(answer.body[half:])


def _cut(wire: Wire, answer: Answer, _options: Options) -> None:
    """Close the connection halfway through the body."""
    wire.head(answer, len(answer.body))
    wire.write(answer.body[: len(answer.body) // 2])
    wire.close()


def _cut_chunked(wire: Wire, answer: Answer, _options: Options) -> None:
    """Close the connection halfway through an answer whose length was not said."""
    wire.head(answer, None)
    wire.write_chunk(answer.body[: len(answer.body) // 2])
    wire.close()


def _drop(wire: Wire, _answer: Answer, _options: Options) -> None:
    """Close the connection without a word."""
    wire.close()


def _promise_more(wire: Wire, answer: Answer, _options: Options) -> None:
    """Promise a thousand bytes more than there are."""
    wire.head(answer, len(answer.body) + 1000)
    wire.write(answer.body)
    wire.close()


def _promise_less(wire: Wire, answer: Answer, _options: Options) -> None:
    """Promise half of what is sent."""
    wire.head(answer, len(answer.body) // 2)
    wire.write(answer.body)
    wire.close()


def _shorten(wire: Wire, answer: Answer, _options: Options) -> None:
    """Leave out the second half of the lines, and say nothing."""
    lines = answer.body.splitlines(keepends=True)
    wire.send(replace(answer, body=b"".join(lines[: len(lines) // 2 + 1])))


def _html(wire: Wire, _answer: Answer, _options: Options) -> None:
    """Answer with a page for people, status 200."""
    page = b"<!DOCTYPE html><html><head><title>Sorry</title></head><body><h1>There is a problem</h1></body></html>"
    wire.send(Answer(200, page, {"Content-Type": "text/html; charset=utf-8"}))


def _bomb(wire: Wire, answer: Answer, options: Options) -> None:
    """Answer with little gzip that unpacks to very much."""
    wire.send(replace(answer, body=_bomb_of(options.bomb), headers={**answer.headers, "Content-Encoding": "gzip"}))


@cache
def _bomb_of(size: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    block = bytes(1 << 20)
    return b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()


def _redirect(to: str) -> Act:
    """Send the client elsewhere; `{path}` is what it asked for."""

    def fault(wire: Wire, _answer: Answer, _options: Options) -> None:
        wire.send(Answer(302, b"", {"Location": to.format(path=wire.path)}))

    return fault


def _body(spoil: Callable[[bytes], bytes]) -> Act:
    """Change the body, and nothing else."""

    def fault(wire: Wire, answer: Answer, _options: Options) -> None:
        wire.send(replace(answer, body=spoil(answer.body)))

    return fault


def _latin_1(body: bytes) -> bytes:
    """Put a letter into the last line that UTF-8 writes otherwise."""
    lines = body.rstrip(b"\n").split(b"\n")
    return b"\n".join([*lines[:-1], lines[-1].replace(b"England", "Englând".encode("latin-1"))]) + b"\n"


def _nul(body: bytes) -> bytes:
    half = len(body) // 2
    return body[:half] + bytes(16) + body[half + 16 :]


def _other_shape(_body: bytes) -> bytes:
    return json.dumps({"made": "up", "results": "not a list"}).encode()


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong."""

    said: str
    act: Act


FAULTS = {
    "403": Fault("403 Forbidden", _status(403)),
    "404": Fault("404 Not Found", _status(404)),
    "429": Fault("429 with Retry-After in seconds", _busy),
    "429-date": Fault("429 with Retry-After as a date", _busy_until),
    "500": Fault("500 with a problem in JSON", _status(500)),
    "504": Fault("504 without a body", _no_body),
    "drip": Fault("the answer in small pieces, slowly", _drip),
    "stall": Fault("nothing until the client goes", _stall),
    "stall-halfway": Fault("half of the answer, then nothing until the client goes", _stall_halfway),
    "cut": Fault("the connection closes halfway through the body", _cut),
    "cut-chunked": Fault("the same, where no length was said", _cut_chunked),
    "drop": Fault("the connection closes without a word", _drop),
    "length": Fault("Content-Length says more than is sent", _promise_more),
    "length-less": Fault("Content-Length says less than is sent", _promise_less),
    "short": Fault("half of the lines are missing, and the length fits", _shorten),
    "html": Fault("a page for people with status 200", _html),
    "bomb": Fault("little gzip that unpacks to very much", _bomb),
    "redirect": Fault("a redirect to another host", _redirect(f"{ELSEWHERE}{{path}}")),
    "redirect-http": Fault("a redirect to the service's host without TLS", _redirect(f"{PLAIN}{{path}}")),
    "loop": Fault("redirects without end", _redirect(f"{LOOP}/1")),
    "not-json": Fault("text that is not JSON", _body(lambda _: b"This is not JSON.")),
    "truncated-json": Fault("JSON that ends halfway", _body(lambda body: body[: len(body) // 2])),
    "deep-json": Fault("JSON within JSON, a hundred thousand deep", _body(lambda _: b"[" * 100_000)),
    "other-json": Fault("JSON of another shape", _body(_other_shape)),
    "empty": Fault("status 200 and nothing", _body(lambda _: b"")),
    "latin-1": Fault("a line that is not UTF-8", _body(_latin_1)),
    "nul": Fault("sixteen NUL bytes in the middle", _body(_nul)),
}
"""Each fault by its name."""
