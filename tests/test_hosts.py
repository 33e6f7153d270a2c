from __future__ import annotations

import pytest

from npqstats.errors import ServiceError, UsageError
from npqstats.fetch.service.hosts import VARIABLE, Service, service

REAL = Service()
CSV = "https://explore-education-statistics.service.gov.uk/data-catalogue/data-set/79418e7a-43e1-495d-afaa-f1253a2fb601/csv"


def test_a_data_set_has_its_address_in_the_data_catalogue() -> None:
    assert REAL.csv("79418e7a-43e1-495d-afaa-f1253a2fb601") == CSV
    assert REAL.check(CSV) == CSV


@pytest.mark.parametrize("odd", ["", "../../secret", "a/b", "a b", "x" * 65, "ä"])
def test_what_is_no_id_never_becomes_an_address(odd: str) -> None:
    with pytest.raises(ServiceError, match="is no id"):
        REAL.csv(odd)


@pytest.mark.parametrize(
    "url",
    [
        "https://content.explore-education-statistics.service.gov.uk/api/publications",
        "https://api.education.gov.uk/statistics/v1/data-sets",
        "https://api.education.gov.uk:443/statistics/v1/data-sets",
    ],
)
def test_the_hosts_of_the_service_may_be_asked(url: str) -> None:
    assert REAL.check(url) == url


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


def test_a_stub_is_named_by_the_environment_or_by_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "http://127.0.0.1:8765/")
    named = service()
    assert named.is_stub
    assert named.content == "http://127.0.0.1:8765/api"
    assert named.api == "http://127.0.0.1:8765/statistics/v1"
    assert service("http://localhost:1").site == "http://localhost:1"
    with pytest.raises(ServiceError):
        named.check("http://127.0.0.1:8766/api")
    with pytest.raises(ServiceError):
        named.check(CSV)


@pytest.mark.parametrize(
    "odd", ["https://example.org", "127.0.0.1:80", "http://127.0.0.1.example.org", "ftp://127.0.0.1"]
)
def test_a_stub_is_on_this_machine(odd: str) -> None:
    with pytest.raises(UsageError, match="no service on this machine"):
        service(odd)


def test_a_file_of_the_public_api_keeps_its_version() -> None:
    url = "http://127.0.0.1:1/statistics/v1/data-sets/made-up/csv?dataSetVersion=1.1"
    assert (
        REAL.address(url, "x") == "https://api.education.gov.uk/statistics/v1/data-sets/made-up/csv?dataSetVersion=1.1"
    )
    assert REAL.address("http://127.0.0.1:1/x", "79418e7a-43e1-495d-afaa-f1253a2fb601") == CSV
