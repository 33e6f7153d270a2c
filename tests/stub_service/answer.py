"""What was asked of the stub, and what it answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qsl, unquote, urlsplit

JSON = "application/json; charset=utf-8"
PROBLEM = "application/problem+json; charset=utf-8"
_PROBLEMS = {
    400: ("https://tools.ietf.org/html/rfc9110#section-15.5.1", "One or more validation errors occurred."),
    403: ("https://tools.ietf.org/html/rfc9110#section-15.5.4", "Forbidden"),
    404: ("https://tools.ietf.org/html/rfc9110#section-15.5.5", "Not Found"),
    405: ("https://tools.ietf.org/html/rfc9110#section-15.5.6", "Method Not Allowed"),
    429: ("https://tools.ietf.org/html/rfc6585#section-4", "Too Many Requests"),
    500: ("https://tools.ietf.org/html/rfc9110#section-15.6.1", "An error occurred while processing your request."),
}


@dataclass(frozen=True)
class Request:
    """One request as it came in: `path` has the query string; header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""

    @cached_property
    def route(self) -> tuple[str, ...]:
        """The parts of the path, without the query string."""
        return tuple(unquote(part) for part in urlsplit(self.path).path.split("/") if part)

    @cached_property
    def query(self) -> dict[str, list[str]]:
        """What the query string asks for."""
        found: dict[str, list[str]] = {}
        for name, value in parse_qsl(urlsplit(self.path).query, keep_blank_values=True):
            found.setdefault(name, []).append(value)
        return found

    def value(self, name: str, default: str = "") -> str:
        """Give one value of the query string; names are read without regard to case, as the service does."""
        found = [values[-1] for key, values in self.query.items() if key.lower() == name.lower()]
        return found[-1] if found else default


@dataclass(frozen=True)
class Answer:
    """What to send back; the server adds the length."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    is_streamed: bool = False
    """Whether the service begins before it knows the length, as it does for a zip."""


def as_json(content: object, **headers: str) -> Answer:
    """Answer with JSON."""
    body = json.dumps(content, ensure_ascii=False).encode()
    return Answer(200, body, {"Content-Type": JSON, "Cache-Control": "no-cache", **headers})


def problem(status: int, errors: Sequence[dict[str, object]] = ()) -> Answer:
    """Answer that something is wrong, in the service's words (RFC 7807)."""
    kind, title = _PROBLEMS[status]
    content: dict[str, object] = {"type": kind, "title": title, "status": status}
    if errors:
        content["errors"] = list(errors)
    return Answer(status, json.dumps(content).encode(), {"Content-Type": PROBLEM})


def page_of(items: Sequence[object], request: Request, *, size: int, most: int) -> dict[str, object] | Answer:
    """Cut one page out of the items, with the service's paging object; a page past the end is empty."""
    asked = {"page": request.value("page", "1"), "pageSize": request.value("pageSize", str(size))}
    highest = {"page": 9999, "pageSize": most}
    wrong = [name for name, text in asked.items() if not (text.isdecimal() and 1 <= int(text) <= highest[name])]
    if wrong:
        return problem(400, [error("InvalidValue", name, f"Must be from 1 to {highest[name]}.") for name in wrong])
    page, page_size = int(asked["page"]), int(asked["pageSize"])
    return {"paging": paging(page, page_size, len(items)), "results": items[(page - 1) * page_size : page * page_size]}


def paging(page: int, page_size: int, total: int) -> dict[str, object]:
    """Say where a page stands among all results."""
    return {"page": page, "pageSize": page_size, "totalResults": total, "totalPages": -(-total // page_size)}


def error(code: str, path: str, message: str, **detail: object) -> dict[str, object]:
    """Describe one thing that is wrong with a request, or that a warning is about."""
    return {"message": message, "path": path, "code": code} | ({"detail": detail} if detail else {})
