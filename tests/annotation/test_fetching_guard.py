"""Nothing but the public internet is called, however an address is dressed up."""

from __future__ import annotations

import socket
import time

import pytest

from annotation.fetching import Fetched, Gone, Later, fetch
from annotation.fetching.guarding import is_public, target
from annotation.fetching.outcomes import Ended
from tests.annotation.hosts import answer, redirect, serving
from tests.corpus.pictures.hostile import photo

PRIVATE = "the address leads into a private network"
OTHER_PORT = "the address names a port other than 80 and 443"
NO_WEB = "this is no http or https address"
PUBLIC = "93.184.216.34"


@pytest.fixture
def host():
    with serving() as host:
        host.plays["/a.jpg"] = answer(photo())
        yield host


def to(*addresses: str):
    return lambda host, port: list(addresses)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.10",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:93.184.216.34",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "2606:2800:220:1::1%eth0",
        "quokka",
        "",
    ],
)
def test_what_is_not_the_public_internet_is_refused(address):
    assert not is_public(address)
    outcome = fetch("http://pictures.test/a.jpg", resolve=to(address))
    assert outcome == Gone(PRIVATE)


@pytest.mark.parametrize(
    "address", [PUBLIC, "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"]
)
def test_the_public_internet_is_not_refused(address):
    assert is_public(address)
    found = target("https://pictures.test/a.jpg", resolve=to(address))
    assert (found.port, found.pinned) == (443, (address,))


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", NO_WEB),
        ("a.jpg", NO_WEB),
        ("//pictures.test/a.jpg", NO_WEB),
        ("file:///etc/passwd", NO_WEB),
        ("ftp://pictures.test/a.jpg", NO_WEB),
        ("gopher://pictures.test/_quokka", NO_WEB),
        ("data:image/png;base64,iVBORw0KGgo=", NO_WEB),
        ("javascript:alert(1)", NO_WEB),
        ("http://", NO_WEB),
        ("http:///a.jpg", NO_WEB),
        ("http://pictures.test:quokka/", "this is no web address"),
        ("http://[::1/", "this is no web address"),
        ("http://pictures.test/\x00", "this is no web address"),
        ("http://pictures.test/\r\nHost: x", "this is no web address"),
        ("http://" + "a" * 70_000, "this is no web address"),
        ("http://ana@pictures.test/", "the address holds a user name or password"),
        ("http://ana:x@pictures.test/", "the address holds a user name or password"),
        (
            "http://pictures.test@127.0.0.1/",
            "the address holds a user name or password",
        ),
        ("http://pictures.test:22/", OTHER_PORT),
        ("http://pictures.test:0/", OTHER_PORT),
        ("http://pictures.test:6379/", OTHER_PORT),
        ("https://pictures.test:8443/", OTHER_PORT),
    ],
)
def test_an_address_of_another_kind_is_refused_without_a_look_up(address, reason):
    def never(host, port):
        raise AssertionError(f"{host} was looked up")

    assert fetch(address, resolve=never) == Gone(reason)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "localhost",
        "169.254.169.254",
        "2852039166",
        "１２７.0.0.1",
    ],
)
def test_every_spelling_of_this_machine_is_seen_through(host):
    """By the system's own resolver, which is the one that reads such numbers."""
    outcome = fetch(f"http://{host}/latest/meta-data/")
    assert isinstance(outcome, Gone)
    assert outcome.reason in (PRIVATE, "this is no web address")


def test_one_bad_address_among_good_ones_is_enough(host):
    both = to(PUBLIC, "127.0.0.1")
    assert fetch("http://pictures.test/a.jpg", resolve=both) == Gone(PRIVATE)
    assert host.connections == 0


def test_a_name_is_looked_up_once_and_the_answer_is_what_is_called(host):
    """Rebinding: at the second look the name would mean something else."""
    answers = [["127.0.0.1"], ["127.0.0.2"]]
    outcome = fetch(
        host.url("/a.jpg"),
        resolve=lambda name, port: answers.pop(0),
        allowed=host.allowed,
    )
    assert isinstance(outcome, Fetched)
    assert answers == [["127.0.0.2"]]
    assert f"Host: pictures.test:{host.port}" in host.heads[0]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://localhost/",
        "http://10.0.0.1/a.jpg",
    ],
)
def test_a_redirect_is_judged_like_an_address_of_its_own(host, elsewhere):
    host.plays["/away.jpg"] = redirect(elsewhere)
    numbers = {"pictures.test": "127.0.0.1", "localhost": "127.0.0.1"}
    outcome = fetch(
        host.url("/away.jpg"),
        resolve=lambda name, port: [numbers.get(name, name)],
        allowed=host.allowed,
    )
    assert outcome == Gone(PRIVATE)
    assert host.connections == 1


def test_a_redirect_to_a_name_that_means_this_machine_is_refused(host):
    host.plays["/away.jpg"] = redirect("http://inside.test/a.jpg")
    outcome = fetch(host.url("/away.jpg"), resolve=host.resolve, allowed=host.allowed)
    assert outcome == Gone(PRIVATE)


@pytest.mark.parametrize(
    ("elsewhere", "reason"),
    [
        ("ftp://pictures.test/a.jpg", NO_WEB),
        ("file:///etc/passwd", NO_WEB),
        ("http://ana:x@pictures.test/", "the address holds a user name or password"),
        ("http://pictures.test:22/a.jpg", OTHER_PORT),
        ("http://pictures.test:quokka/", "its host redirects to no web address"),
    ],
)
def test_a_redirect_to_another_kind_of_address_is_refused(host, elsewhere, reason):
    host.plays["/away.jpg"] = redirect(elsewhere)
    outcome = fetch(host.url("/away.jpg"), resolve=host.resolve, allowed=host.allowed)
    assert outcome == Gone(reason)


@pytest.mark.parametrize(
    ("number", "outcome"),
    [
        (socket.EAI_NONAME, Gone("its host does not exist any more")),
        (socket.EAI_AGAIN, Later("its host could not be looked up")),
        (socket.EAI_FAIL, Later("its host could not be looked up")),
    ],
)
def test_a_name_that_is_not_there_is_gone_and_a_silent_resolver_is_not(number, outcome):
    def fail(host, port):
        raise socket.gaierror(number, "quokka")

    assert fetch("http://pictures.test/a.jpg", resolve=fail) == outcome


def test_a_resolver_that_does_not_answer_is_not_waited_for(monkeypatch):
    monkeypatch.setattr("annotation.fetching.guarding.RESOLVE_SECONDS", 0.1)

    def sleep(host, port):
        time.sleep(1)
        return [PUBLIC]

    start = time.monotonic()
    outcome = fetch("http://pictures.test/a.jpg", resolve=sleep)
    assert outcome == Later("looking up its host took too long")
    assert time.monotonic() - start < 0.8


@pytest.mark.parametrize(
    "addresses", [[], [PUBLIC] * 20 + [f"8.8.8.{n}" for n in range(20)]]
)
def test_a_name_with_no_address_or_a_crowd_of_them_is_put_off(addresses):
    outcome = fetch("http://pictures.test/a.jpg", resolve=to(*addresses))
    assert outcome == Later("its host could not be looked up")


def test_proxies_of_the_environment_count_for_nothing(host, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    outcome = fetch(host.url("/a.jpg"), resolve=host.resolve, allowed=host.allowed)
    assert isinstance(outcome, Fetched)


def test_the_allowance_of_a_test_covers_its_own_port_alone(host):
    with pytest.raises(Ended, match="private"):
        target("http://127.0.0.1/", allowed=host.allowed)
    with pytest.raises(Ended, match="private"):
        target(f"http://127.0.0.2:{host.port}/", allowed=host.allowed)
