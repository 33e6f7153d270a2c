"""An HTTP client for DfE's service: its own hosts only, with retries, and with limits on size and time."""

import json
import logging
import os
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx
import stamina

from npqstats import __version__
from npqstats.errors import ServiceError, UsageError
from npqstats.listeners import Progress, Say, silent
from npqstats.store.atomic import fsync

VARIABLE = "NPQSTATS_SERVICE"
"""The environment variable that names a stub of the service on this machine, for tests and for trials."""
USER_AGENT = f"npqstats/{__version__} (open-source statistics on National Professional Qualifications)"
TOTAL, READ, CONNECT = 300.0, 20.0, 10.0
"""Seconds for one question with all its retries, without a byte, and until a connection is open."""
LONGEST_WAIT = 60.0
"""Seconds; a host that asks for a longer wait is not asked again by this run."""
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_ID = re.compile(r"[0-9a-zA-Z-]{1,64}")
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_MISSING = frozenset({401, 403, 404, 410})
_LATER = "Nothing was changed. Try again later; 'npqstats fetch --from' takes files that you downloaded in a browser."

# stamina logs every retry; without a handler that would go to stderr beside our own messages.
logging.getLogger("stamina").addHandler(logging.NullHandler())


class MissingError(ServiceError):
    """The service does not have what was asked for, or refuses access to it."""


class TransientError(Exception):
    """A failure that a retry may mend."""

    def __init__(self, what: str, wait: float | None = None) -> None:
        """Describe the failure; `wait` is the number of seconds that the service asks for (Retry-After)."""
        super().__init__(what)
        self.wait = wait


@dataclass(frozen=True)
class Service:
    """The addresses of the service."""

    content: str = "https://content.explore-education-statistics.service.gov.uk/api"
    """What has been published, for the site's own pages; not documented, and may change."""
    site: str = "https://explore-education-statistics.service.gov.uk"
    """The site; the CSV of a data set keeps its address here through corrections."""

    @property
    def is_stub(self) -> bool:
        """Whether this is a stub on this machine."""
        return httpx.URL(self.site).host in _LOOPBACK

    def csv(self, data_set: str) -> str:
        """Return the address of a data set's CSV.

        Raises:
            ServiceError: The id is malformed.
        """
        return f"{self.site}/data-catalogue/data-set/{checked_id(data_set)}/csv"

    def check(self, url: httpx.URL | str) -> httpx.URL:
        """Return an address that may be asked: same scheme, host and port as one of the service's.

        Raises:
            ServiceError: It is another host's, or not encrypted.
        """
        if (found := _origin(url)) is None or found not in {_origin(self.content), _origin(self.site)}:
            raise ServiceError(
                f"{str(url)!r} is not an address of DfE's service.",
                "Nothing was asked there. If the service has moved, a newer npqstats is needed.",
            )
        return httpx.URL(url)


def _origin(url: httpx.URL | str) -> tuple[str, str, int | None] | None:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        return None
    is_plain = not parsed.userinfo and "\\" not in str(url)
    return (parsed.scheme, parsed.host, parsed.port) if parsed.host and is_plain else None


def checked_id(text: str) -> str:
    """Return an id that is safe in an address.

    Raises:
        ServiceError: It is malformed.
    """
    if not _ID.fullmatch(text):
        raise ServiceError(f"{text!r} is not an id of the service.", "Nothing was asked with it.")
    return text


def service() -> Service:
    """Return DfE's service, or the stub that NPQSTATS_SERVICE names.

    Raises:
        UsageError: The stub is not on this machine.
    """
    if not (named := os.environ.get(VARIABLE)):
        return Service()
    base = named.rstrip("/")
    found = _origin(base)
    if found is None or found[0] not in ("http", "https") or found[1] not in _LOOPBACK:
        raise UsageError(f"{named!r} is not a service on this machine.", "Name a stub such as http://127.0.0.1:8765.")
    return Service(f"{base}/api", base)


def _seconds(timeout: float | str) -> float:
    with suppress(ValueError):
        if 0 < (seconds := float(timeout)) < float("inf"):
            return seconds
    raise UsageError(f"{timeout!r} is not a number of seconds.", "Write it as 300.")


class Client:
    """Asks the service; a context manager. Opens no connection before the first question."""

    def __init__(
        self,
        service: Service,
        *,
        is_offline: bool = False,
        timeout: float | str | None = None,
        attempts: int = 4,
        largest: int = 64 << 20,
        say: Say = silent,
    ) -> None:
        """Prepare to ask a service.

        Args:
            service: What is asked.
            is_offline: Whether every question is refused.
            timeout: Seconds for one question with all its retries; None for 300.
            attempts: How often a question is asked while the failure is transient.
            largest: Bytes that an answer may have; a full release has under 1 MB.
            say: Called before each retry.

        Raises:
            UsageError: The timeout is not a positive number of seconds.
        """
        self.service, self.is_offline = service, is_offline
        self._total = TOTAL if timeout is None else _seconds(timeout)
        self._attempts, self._largest, self._say = attempts, largest, say
        self._busy: dict[str, ServiceError] = {}
        """Hosts that asked for a wait longer than `LONGEST_WAIT`."""

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        if "_http" in self.__dict__:
            self._http.close()

    def document(self, url: str, *, params: Mapping[str, str] | None = None) -> Any:
        """Get a JSON document.

        Raises:
            ServiceError: There is no answer, or it is not JSON.
            MissingError: The service does not have it.
        """
        content = self._get(url, params)
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            shown = content[:60].decode("utf-8", "replace")
            raise ServiceError(f"{url} answers with something other than JSON: {shown!r}.", _LATER) from error

    def download(self, url: str, target: Path, *, progress: Progress = silent) -> None:
        """Download a CSV file to `target`, which is overwritten; `progress` gets the address, bytes and size.

        Raises:
            ServiceError: There is no answer, or it is not a CSV.
            MissingError: The service does not have it.
            OSError: The file cannot be written.
        """
        content = self._get(url, on_bytes=lambda count, size: progress(url, count, size))
        if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
            raise ServiceError(f"{url} answers with a web page instead of a CSV file.", _LATER)
        target.write_bytes(content)
        fsync(target)

    def _get(
        self, url: str, params: Mapping[str, str] | None = None, on_bytes: Callable[[int, int], object] = silent
    ) -> bytes:
        """Get an address, with retries while the failure is transient."""
        if self.is_offline:
            raise ServiceError("Nothing can be fetched offline.", "Leave out --offline, or use --from with files.")
        asked = self.service.check(url)
        host, deadline = asked.netloc.decode(), time.monotonic() + self._total
        if host in self._busy:
            raise self._busy[host]
        failure = TransientError("")
        try:
            for attempt in stamina.retry_context(
                on=_backoff, attempts=self._attempts, timeout=self._total, wait_initial=0.5, wait_max=10.0
            ):
                if attempt.num > 1:
                    self._say(f"{failure}; asking again ({attempt.num} of {self._attempts}).")
                with attempt:
                    try:
                        return self._once(asked, params, deadline, on_bytes)
                    except TransientError as error:
                        failure = error
                        raise
        except TransientError as error:
            wait = f" and asks for a wait of {error.wait:.0f} seconds" if error.wait else ""
            failed = ServiceError(f"{error}{wait}.", _LATER)
            if (error.wait or 0) > LONGEST_WAIT:
                self._busy[host] = failed
            raise failed from error
        raise AssertionError("unreachable")

    def _once(
        self,
        url: httpx.URL,
        params: Mapping[str, str] | None,
        deadline: float,
        on_bytes: Callable[[int, int], object],
    ) -> bytes:
        """Get an address, and stop where the answer is larger or slower than any honest one."""
        content, host = bytearray(), url.host
        try:
            with self._http.stream("GET", url, params=params) as response:
                _check_status(response)
                if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
                    raise ServiceError(f"{host} compresses its answer, which was not asked for.", _LATER)
                size = int(response.headers.get("content-length", 0))
                for piece in response.iter_raw():
                    content += piece
                    count = f"{len(content):,} bytes"
                    if len(content) > self._largest:
                        raise ServiceError(f"{host} sends {count} or more, which no answer of the service has.", _LATER)
                    if time.monotonic() > deadline:
                        raise ServiceError(f"{host} sent only {count} in {self._total:g} seconds.", _LATER)
                    on_bytes(len(content), size)
        except httpx.TooManyRedirects as error:
            raise ServiceError(f"{host} redirects without end.", _LATER) from error
        except httpx.TransportError as error:
            raise TransientError(f"{host} {_why(error)}") from error
        return bytes(content)

    @cached_property
    def _http(self) -> httpx.Client:
        try:
            return httpx.Client(
                # Without compression a small answer cannot unpack to a huge one.
                headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"},
                timeout=httpx.Timeout(min(READ, self._total), connect=min(CONNECT, self._total)),
                follow_redirects=True,
                max_redirects=5,
                # Called for every request, those of redirects included.
                event_hooks={"request": [lambda request: self.service.check(request.url)]},
                # Proxies and certificates come from the environment; a stub on this machine needs neither.
                trust_env=not self.service.is_stub,
                verify=not self.service.is_stub,
            )
        except (OSError, ValueError, httpx.InvalidURL) as error:
            raise ServiceError(
                f"No connection can be prepared: {error}.",
                "Look at the environment variables HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE.",
            ) from error


def _backoff(error: Exception) -> bool | float:
    """Say whether to retry: not at all, after stamina's own backoff, or after the seconds that the service asks for."""
    if not isinstance(error, TransientError):
        return False
    if error.wait is None:
        return True
    return error.wait if error.wait <= LONGEST_WAIT else False


def retry_after(header: str | None, now: datetime | None = None) -> float | None:
    """Read Retry-After, which is seconds or a date; None where it cannot be read.

    >>> retry_after("120")
    120.0
    >>> retry_after("Thu, 09 Jul 2026 08:30:10 GMT", datetime(2026, 7, 9, 8, 30, tzinfo=UTC))
    10.0
    """
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds())


def _why(error: httpx.TransportError) -> str:
    is_unreachable = isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError))
    what = "cannot be reached" if is_unreachable else "gave no complete answer"
    if isinstance(error, httpx.TimeoutException):
        return f"{what}: it took too long"
    return f"{what}: {str(error).rstrip('.') or type(error).__name__}"


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    what = f"{response.url.copy_with(query=None)} answers with status {status}"
    if status in _TRANSIENT:
        raise TransientError(what, retry_after(response.headers.get("retry-after")))
    if status in _MISSING:
        raise MissingError(f"{what}: it is not published, or no longer.", "'npqstats fetch --list' shows what is.")
    if status != HTTPStatus.OK:
        raise ServiceError(f"{what}, which was not expected.", _LATER)
