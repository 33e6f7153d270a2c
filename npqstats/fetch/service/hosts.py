"""Where the service is, and which addresses may be asked."""

import os
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from npqstats.errors import ServiceError, UsageError

VARIABLE = "NPQSTATS_SERVICE"
"""The environment variable that names another service: a stub on this machine, for tests and for trying out."""
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_ID = re.compile(r"[0-9a-zA-Z-]{1,64}")


@dataclass(frozen=True)
class Service:
    """The addresses of the service."""

    content: str = "https://content.explore-education-statistics.service.gov.uk/api"
    """What has been published, for the site's own pages; not documented, and may change."""
    site: str = "https://explore-education-statistics.service.gov.uk"
    """The site; a data set's CSV keeps its address here through corrections."""
    api: str = "https://api.education.gov.uk/statistics/v1"
    """The documented public API."""

    @property
    def is_stub(self) -> bool:
        """Whether this is a stub on this machine, and not DfE's service."""
        return urlsplit(self.site).hostname in _LOOPBACK

    def csv(self, data_set: str) -> str:
        """Give the address of a data set's CSV.

        Raises:
            ServiceError: This is no id.
        """
        return f"{self.site}/data-catalogue/data-set/{checked_id(data_set)}/csv"

    def address(self, url: str, data_set: str) -> str:
        """Give the address of a file that was fetched before: a version of the public API, else the data set's CSV."""
        _, is_api, version = url.partition("/statistics/v1/")
        return f"{self.api}/{version}" if is_api else self.csv(data_set)

    def check(self, url: str) -> str:
        """Give the address back if it may be asked.

        Raises:
            ServiceError: It is not one of the service's, or not encrypted.
        """
        if _origin(url) not in {_origin(known) for known in (self.content, self.site, self.api)}:
            raise ServiceError(
                f"{url!r} is not an address of DfE's service.",
                "Nothing was asked there. If the service has moved, a newer npqstats is needed.",
            )
        return url


def checked_id(text: str) -> str:
    """Give back an id that can stand in an address.

    Raises:
        ServiceError: It is none.
    """
    if not _ID.fullmatch(text):
        raise ServiceError(f"{text!r} is no id of the service.", "Nothing was asked with it.")
    return text


def _origin(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        if parts.username or parts.password or "\\" in url:
            return ("", None, None)
        return (parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme))
    except ValueError:
        return ("", None, None)


def service(origin: str | None = None) -> Service:
    """Give DfE's service, or the stub that is named here or in NPQSTATS_SERVICE.

    Raises:
        UsageError: What is named is not on this machine.
    """
    named = origin or os.environ.get(VARIABLE)
    if not named:
        return Service()
    base = named.rstrip("/")
    scheme, host, _ = _origin(base)
    if scheme not in ("http", "https") or host not in _LOOPBACK:
        raise UsageError(f"{named!r} is no service on this machine.", "Name a stub such as http://127.0.0.1:8765.")
    return Service(f"{base}/api", base, f"{base}/statistics/v1")
