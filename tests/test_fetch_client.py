from __future__ import annotations

import os
import socket
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest

from npqstats import __version__
from npqstats.errors import ServiceError, UsageError
from npqstats.fetch.client import VARIABLE, Client, MissingError, Service, retry_after, service
from tests.conftest import told
from tests.stub_service import Stub

ID = "79418e7a-43e1-495d-afaa-f1253a2fb601"
PATH = f"/data-catalogue/data-set/{ID}/csv"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "participants.csv"


def url(stub: Stub) -> str:
    return stub.url + PATH


def releases(stub: Stub) -> str:
    return f"{stub.url}/api/publications/teacher-and-leader-development-ecf-and-npqs/releases"


def test_every_question_says_who_asks(client: Client, stub: Stub) -> None:
    client.document(releases(stub))
    headers = {name.lower(): text for name, text in stub.requests[0].headers.items()}
    assert headers["user-agent"].startswith(f"npqstats/{__version__} (")
    assert headers["accept-encoding"] == "identity"


def test_progress_is_told_as_the_bytes_come(client: Client, stub: Stub, target: Path) -> None:
    reports: list[tuple[str, int, int]] = []
    client.download(url(stub), target, progress=lambda *report: reports.append(report))
    size = target.stat().st_size
    assert target.read_bytes().count(b"\n") == 2653
    assert reports[-1] == (url(stub), size, size)
    assert [done for _, done, _ in reports] == sorted(done for _, done, _ in reports)


@pytest.mark.parametrize("how", ["429", "429-date", "500", "504", "cut", "cut-chunked", "drop", "length"])
def test_what_passes_is_asked_again(client: Client, stub: Stub, target: Path, how: str) -> None:
    stub.set(retry_after=0)
    stub.break_next(PATH, how, times=2)
    client.download(url(stub), target)
    assert target.read_bytes().count(b"\n") == 2653
    assert stub.paths.count(PATH) == 3


@pytest.mark.parametrize(
    ("how", "why"),
    [("429", "429"), ("500", "500"), ("504", "504"), ("cut", "no complete answer"), ("drop", "no complete answer")],
)
def test_what_does_not_pass_ends_in_an_error(client: Client, stub: Stub, target: Path, how: str, why: str) -> None:
    stub.set(retry_after=0)
    stub.break_next(PATH, how, times=9)
    with pytest.raises(ServiceError, match=why) as error:
        client.download(url(stub), target)
    assert "Nothing was changed." in told(error)[1]
    assert stub.paths.count(PATH) == 3


def test_a_service_that_asks_for_an_hour_is_not_asked_again(client: Client, stub: Stub, target: Path) -> None:
    stub.set(retry_after=3600)
    stub.break_next(PATH, "429")
    with pytest.raises(ServiceError, match="asks for a wait of 3600 seconds"):
        client.download(url(stub), target)
    with pytest.raises(ServiceError, match="asks for a wait of 3600 seconds"):
        client.document(releases(stub))
    assert stub.paths == [PATH]


def test_asking_again_is_said(stub: Stub, target: Path) -> None:
    said: list[str] = []
    stub.break_next(PATH, "500")
    with Client(service(), say=said.append) as client:
        client.download(url(stub), target)
    assert said == [f"{url(stub)} answers with status 500; asking again (2 of 4)."]


@pytest.mark.parametrize("how", ["403", "404"])
def test_what_is_not_there_is_not_asked_for_again(client: Client, stub: Stub, target: Path, how: str) -> None:
    stub.break_next(PATH, how)
    with pytest.raises(MissingError, match=f"status {how}"):
        client.download(url(stub), target)
    assert stub.paths.count(PATH) == 1
    assert not target.exists()


@pytest.mark.parametrize("how", ["redirect", "redirect-http"])
def test_a_redirect_to_elsewhere_is_refused(client: Client, stub: Stub, target: Path, how: str) -> None:
    stub.break_next(PATH, how)
    with pytest.raises(ServiceError, match="is not an address of DfE's service"):
        client.download(url(stub), target)
    assert not target.exists()


def test_endless_redirects_end(client: Client, stub: Stub, target: Path) -> None:
    stub.break_next(PATH, "loop")
    with pytest.raises(ServiceError, match="without end"):
        client.download(url(stub), target)


def test_a_web_page_is_no_file(client: Client, stub: Stub, target: Path) -> None:
    stub.break_next(PATH, "html")
    with pytest.raises(ServiceError, match="a web page instead of a CSV file"):
        client.download(url(stub), target)


def test_a_gzip_bomb_is_cut_off_early(client: Client, stub: Stub, target: Path) -> None:
    stub.set(bomb=96 << 20)
    stub.break_next(PATH, "bomb")
    with pytest.raises(ServiceError, match="compresses its answer"):
        client.download(url(stub), target)
    assert not target.exists()


def test_a_file_over_the_limit_is_cut_off(stub: Stub, target: Path) -> None:
    with Client(service(), largest=1000) as client, pytest.raises(ServiceError, match="or more"):
        client.download(url(stub), target)


def test_a_drip_ends_with_the_time_for_one_question(stub: Stub, target: Path) -> None:
    stub.break_next(PATH, "drip")
    with Client(service(), timeout=0.2) as client, pytest.raises(ServiceError, match="sent only"):
        client.download(url(stub), target)


def test_a_silent_service_is_given_up(stub: Stub, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module(Client.__module__), "READ", 0.1)
    stub.break_next(PATH, "stall", times=9)
    with Client(service()) as client, pytest.raises(ServiceError, match="took too long"):
        client.download(url(stub), target)


def test_a_service_that_is_not_there_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        monkeypatch.setenv(VARIABLE, f"http://127.0.0.1:{held.getsockname()[1]}")
        closed = service()
        with Client(closed, attempts=1) as client, pytest.raises(ServiceError, match="cannot be reached"):
            client.document(f"{closed.content}/publications")


@pytest.mark.parametrize("how", ["not-json", "truncated-json", "deep-json", "html"])
def test_a_document_that_is_not_json_is_refused(client: Client, stub: Stub, how: str) -> None:
    stub.break_next("/releases", how)
    with pytest.raises(ServiceError, match="other than JSON"):
        client.document(releases(stub))


def test_offline_no_socket_is_opened(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", opened)
    with Client(Service(), is_offline=True) as client, pytest.raises(ServiceError, match="offline"):
        client.document(f"{Service().content}/publications")


def test_a_full_disk_is_told_as_it_is(
    client: Client, stub: Stub, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        client.download(url(stub), target)


def test_proxies_and_certificates_are_those_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/made-up.pem")
    with Client(Service()) as client, pytest.raises(ServiceError, match="No connection can be prepared") as error:
        client.document(f"{Service().content}/publications")
    assert "SSL_CERT_FILE" in told(error)[1]


def test_a_proxy_of_the_environment_is_asked_for_the_service(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", stub.url)
    with Client(Service(), attempts=1) as client, pytest.raises(ServiceError, match="cannot be reached"):
        client.document(f"{Service().content}/publications")
    assert [request.method for request in stub.requests] == ["CONNECT"] * 3


REAL = Service()
CSV = "https://explore-education-statistics.service.gov.uk/data-catalogue/data-set/79418e7a-43e1-495d-afaa-f1253a2fb601/csv"


def test_a_data_set_has_its_address_in_the_data_catalogue() -> None:
    assert REAL.csv("79418e7a-43e1-495d-afaa-f1253a2fb601") == CSV
    assert str(REAL.check(CSV)) == CSV


@pytest.mark.parametrize("odd", ["", "../../secret", "a/b", "a b", "x" * 65, "ä"])
def test_what_is_not_an_id_never_becomes_an_address(odd: str) -> None:
    with pytest.raises(ServiceError, match="is not an id"):
        REAL.csv(odd)


@pytest.mark.parametrize(
    "url",
    [
        "https://content.explore-education-statistics.service.gov.uk/api/publications",
        "https://explore-education-statistics.service.gov.uk:443/x",
    ],
)
def test_the_hosts_of_the_service_may_be_asked(url: str) -> None:
    assert str(REAL.check(url)) == url.replace(":443", "")


@pytest.mark.parametrize(
    "url",
    [
        "http://explore-education-statistics.service.gov.uk/x",
        "https://explore-education-statistics.service.gov.uk.example/x",
        "https://example.org/explore-education-statistics.service.gov.uk",
        "https://explore-education-statistics.service.gov.uk@example.org/x",
        "https://user:word@explore-education-statistics.service.gov.uk/x",
        "https://explore-education-statistics.service.gov.uk:8443/x",
        "https://127.0.0.1/x",
        "https://api.education.gov.uk/statistics/v1/data-sets",
        "https://example.org\\@explore-education-statistics.service.gov.uk/x",
        "ftp://explore-education-statistics.service.gov.uk/x",
        "file:///etc/passwd",
        "https://[",
        "",
    ],
)
def test_no_other_address_may_be_asked(url: str) -> None:
    with pytest.raises(ServiceError, match="is not an address of DfE's service"):
        REAL.check(url)


def test_without_a_word_it_is_the_service_itself() -> None:
    assert service() == REAL
    assert not REAL.is_stub


def test_a_stub_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "http://127.0.0.1:8765/")
    named = service()
    assert named.is_stub
    assert named.content == "http://127.0.0.1:8765/api"
    with pytest.raises(ServiceError):
        named.check("http://127.0.0.1:8766/api")
    with pytest.raises(ServiceError):
        named.check(CSV)


@pytest.mark.parametrize(
    "odd", ["https://example.org", "127.0.0.1:80", "http://127.0.0.1.example.org", "ftp://127.0.0.1"]
)
def test_a_stub_is_on_this_machine(odd: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, odd)
    with pytest.raises(UsageError, match="not a service on this machine"):
        service()


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        (" 12 ", 12.0),
        ("Thu, 09 Jul 2026 08:31:00 GMT", 60.0),
        ("Thu, 09 Jul 2026 08:00:00 GMT", 0.0),
        ("Thu, 09 Jul 2026 08:30:05 -0000", 5.0),
        ("soon", None),
        ("-3", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, datetime(2026, 7, 9, 8, 30, tzinfo=UTC)) == seconds


@pytest.mark.parametrize("odd", ["soon", "0", "-1", "inf", "nan", ""])
def test_a_time_that_is_not_a_positive_number_is_refused(odd: str) -> None:
    with pytest.raises(UsageError, match="is not a number of seconds"):
        Client(REAL, timeout=odd)
