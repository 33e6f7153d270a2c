"""Asking the service: patiently, of its own hosts only, and never for more than an answer can be."""

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

import httpx
import stamina

from npqstats import __version__
from npqstats.errors import ServiceError
from npqstats.fetch.service.again import LONGEST_WAIT, Passing, pause, retry_after
from npqstats.fetch.service.body import Bounds, pieces
from npqstats.fetch.service.hosts import Service
from npqstats.listeners import Progress, Say, silent

USER_AGENT = f"npqstats/{__version__} (open-source statistics on National Professional Qualifications)"
_MOST_HOPS = 5
_LARGEST_DOCUMENT = 64 << 20
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_NOT_THERE = frozenset({401, 403, 404, 410})
_MOVED = frozenset({301, 302, 303, 307, 308})
_LATER = "Nothing was changed. Try again later; 'npqstats fetch --from' takes files that you downloaded in a browser."

Answer = TypeVar("Answer")


class NotThereError(ServiceError):
    """The service does not have what was asked for, or does not give it."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long, how often and how much, at most."""

    connect: float = 10.0
    """Seconds until a connection stands."""
    read: float = 20.0
    """Seconds without a byte."""
    total: float = 300.0
    """Seconds for one question, with all its repetitions."""
    attempts: int = 4
    largest: int = 1 << 30
    """Bytes of a file, unpacked; a full release has under 1 MB."""


@dataclass(frozen=True, kw_only=True)
class Received:
    """A file as it came."""

    url: str
    bytes: int
    sha256: str
    last_modified: str = ""
    etag: str = ""


class Client:
    """Asks the service. Use it in a `with` block."""

    def __init__(
        self, service: Service, *, is_offline: bool = False, limits: Limits | None = None, say: Say = silent
    ) -> None:
        """Ask `service`, or nothing at all when offline; `say` is told when a question is asked once more."""
        self.service = service
        self.is_offline = is_offline
        self._limits = limits or Limits()
        self._say = say
        self._connections: httpx.Client | None = None
        self._left_alone: dict[str, ServiceError] = {}

    def __enter__(self) -> "Client":
        """Open nothing yet: the first question does."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close all connections."""
        if self._connections is not None:
            self._connections.close()

    def document(self, url: str, *, params: Mapping[str, str] | None = None, body: object = None) -> Any:
        """Ask for a JSON document; with a body, by POST.

        Raises:
            ServiceError: There is no answer, or it is no JSON.
            NotThereError: The service does not have it.
        """

        def read(response: httpx.Response, bounds: Bounds) -> Any:
            content = b"".join(pieces(response, bounds))
            try:
                return json.loads(content)
            except (ValueError, RecursionError) as error:
                shown = content[:60].decode("utf-8", "replace")
                raise ServiceError(f"{url} answers with what is no JSON: {shown!r}.", _LATER) from error

        return self._asked("GET" if body is None else "POST", url, read, params, body, _LARGEST_DOCUMENT)

    def download(
        self, url: str, target: Path, *, known: Mapping[str, str] | None = None, progress: Progress = silent
    ) -> Received | None:
        """Bring a CSV file.

        Args:
            url: Its address.
            target: Where to put it; written anew.
            known: Headers that ask for the file only if it changed.
            progress: Told how far it is.

        Returns:
            What came, or None if the service says that nothing changed.

        Raises:
            ServiceError: There is no answer, or it is no CSV.
            NotThereError: The service does not have it.
            OSError: The file cannot be written.
        """

        def keep(response: httpx.Response, bounds: Bounds) -> Received | None:
            if response.status_code == HTTPStatus.NOT_MODIFIED:
                return None
            if "html" in response.headers.get("content-type", "").lower():
                raise _web_page(url)
            digest, count = hashlib.sha256(), 0
            length = response.headers.get("content-length", "")
            size = int(length) if length.isdigit() and "content-encoding" not in response.headers else 0
            with target.open("wb") as file:
                for piece in _after_look(pieces(response, bounds), url):
                    file.write(piece)
                    digest.update(piece)
                    count += len(piece)
                    progress(url, count, size)
                file.flush()
                os.fsync(file.fileno())
            return Received(
                url=url,
                bytes=count,
                sha256=digest.hexdigest(),
                last_modified=response.headers.get("last-modified", ""),
                etag=response.headers.get("etag", ""),
            )

        return self._asked("GET", url, keep, None, None, self._limits.largest, known or {})

    def _asked(
        self,
        method: str,
        url: str,
        take: Callable[[httpx.Response, Bounds], Answer],
        params: Mapping[str, str] | None,
        body: object,
        largest: int,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask until there is an answer, or no more hope of one."""
        if self.is_offline:
            raise ServiceError("Nothing can be fetched offline.", "Leave out --offline, or use --from with files.")
        host = httpx.URL(self.service.check(url)).netloc.decode()
        if host in self._left_alone:
            raise self._left_alone[host]
        bounds = Bounds(largest=largest, deadline=time.monotonic() + self._limits.total)
        went: list[Exception] = []

        def after(error: Exception) -> bool | float:
            went.append(error)
            return pause(error)

        try:
            for attempt in stamina.retry_context(
                on=after, attempts=self._limits.attempts, timeout=self._limits.total, wait_initial=0.5, wait_max=10.0
            ):
                with attempt:
                    if attempt.num > 1:
                        self._say(f"{went[-1]}; asking again ({attempt.num} of {self._limits.attempts}).")
                    return self._once(method, url, take, params, body, bounds, headers or {})
        except Passing as error:
            wait = f" and asks to be left alone for {error.wait:.0f} seconds" if error.wait else ""
            failed = ServiceError(f"{error}{wait}.", _LATER)
            if error.wait is not None and error.wait > LONGEST_WAIT:
                self._left_alone[host] = failed
            raise failed from error
        raise AssertionError("a question ends in an answer or in an error")

    def _once(
        self,
        method: str,
        url: str,
        take: Callable[[httpx.Response, Bounds], Answer],
        params: Mapping[str, str] | None,
        body: object,
        bounds: Bounds,
        headers: Mapping[str, str],
    ) -> Answer:
        asked = httpx.URL(self.service.check(url)).copy_merge_params(params or {})
        for _ in range(_MOST_HOPS + 1):
            try:
                request = self._opened().build_request(method, asked, json=body, headers=dict(headers))
                response = self._opened().send(request, stream=True)
                try:
                    if response.status_code not in _MOVED:
                        _check_status(response)
                        return take(response, bounds)
                    asked = httpx.URL(self.service.check(str(asked.join(response.headers.get("location", "")))))
                    method, body = ("GET", None) if response.status_code == HTTPStatus.SEE_OTHER else (method, body)
                finally:
                    response.close()
            except httpx.TransportError as error:
                raise Passing(f"{asked.host} {_why(error)}") from error
            except httpx.InvalidURL as error:
                raise ServiceError(f"The service sends on to no address: {error}.", _LATER) from error
        raise ServiceError(f"{asked.host} sends from one address to the next without end.", _LATER)

    def _opened(self) -> httpx.Client:
        if self._connections is None:
            limits = self._limits
            try:
                self._connections = httpx.Client(
                    headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"},
                    timeout=httpx.Timeout(limits.read, connect=limits.connect),
                    follow_redirects=False,
                    # Proxies and certificates are taken from the environment; a stub on this machine needs neither.
                    trust_env=not self.service.is_stub,
                )
            except (OSError, ValueError, httpx.InvalidURL) as error:
                raise ServiceError(
                    f"No connection can be prepared: {error}.",
                    "Look at the environment variables HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE.",
                ) from error
        return self._connections


def _why(error: httpx.TransportError) -> str:
    is_apart = isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError))
    what = "cannot be reached" if is_apart else "gave no whole answer"
    if isinstance(error, httpx.TimeoutException):
        return f"{what}: it took too long"
    return f"{what}: {str(error).rstrip('.') or type(error).__name__}"


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    what = f"{response.url.copy_with(query=None)} answers with status {status}"
    if status in _BUSY:
        raise Passing(what, retry_after(response.headers.get("retry-after")))
    if status in _NOT_THERE:
        raise NotThereError(f"{what}: it is not there, or no more.", "'npqstats fetch --list' shows what is there.")
    if status not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        raise ServiceError(f"{what}, which was not expected.", _LATER)


def _after_look(parts: Iterable[bytes], url: str) -> Iterable[bytes]:
    """Give the pieces on, if the first of them does not begin like a web page."""
    head = b""
    for part in parts:
        if len(head) < 64:
            head += part[:64]
            if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
                raise _web_page(url)
        yield part


def _web_page(url: str) -> ServiceError:
    return ServiceError(f"{url} answers with a web page in place of a CSV file.", _LATER)
