"""What was asked of the stub, what it answers, and how it behaves whatever it serves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qs, unquote, urlsplit

JSON = "application/json; charset=utf-8"
PROBLEM = "application/problem+json; charset=utf-8"
_PAGE = 10
"""Rows of a page."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """The ways in which a service may be slow, hostile, or say little and still be right."""

    hostile_zip: bool = False
    """The zip of all files has members that no zip should have."""
    meta: bool = True
    """Data sets are listed with their rows, levels and years."""
    retry_after: int = 1
    """Seconds that a 429 asks to wait."""
    bomb: int = 512 << 20
    """Bytes that a bomb unpacks to."""


@dataclass(frozen=True)
class Request:
    """One request as it came in: `path` has the query string; header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]

    @property
    def route(self) -> tuple[str, ...]:
        """The parts of the path, without the query string."""
        return tuple(unquote(part) for part in urlsplit(self.path).path.split("/") if part)


@dataclass(frozen=True)
class Answer:
    """What to send back; the server adds the length."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    is_streamed: bool = False
    """Whether the service begins before it knows the length, as it does for a zip."""


def as_json(content: object) -> Answer:
    """Answer with JSON."""
    body = json.dumps(content, ensure_ascii=False).encode()
    return Answer(200, body, {"Content-Type": JSON, "Cache-Control": "no-cache"})


def problem(status: int) -> Answer:
    """Answer that something is wrong, in the form of the service (RFC 7807)."""
    content = {"title": HTTPStatus(status).phrase, "status": status}
    return Answer(status, json.dumps(content).encode(), {"Content-Type": PROBLEM})


def page_of(items: Sequence[object], request: Request) -> Answer:
    """Answer with a page of items and the service's paging object; a page past the end is empty."""
    page = int(parse_qs(urlsplit(request.path).query).get("page", ["1"])[0])
    pages = -(-len(items) // _PAGE)
    paging = {"page": page, "pageSize": _PAGE, "totalResults": len(items), "totalPages": pages}
    return as_json({"paging": paging, "results": items[(page - 1) * _PAGE : page * _PAGE]})
