"""What a host may send, how long it may take, and what is said about it."""

from __future__ import annotations

import gzip
import ssl
import subprocess
import time

import pytest

from annotation.fetching import Fetched, Gone, Later, Limits, fetch
from annotation.fetching.outcomes import Outcome
from tests.annotation import hosts
from tests.annotation.hosts import Host, answer, redirect, serving
from tests.corpus.pictures.hostile import HOSTILE, SCRIPT, photo

QUICK = Limits(connect=0.5, read=0.5, whole=1.5, size=200_000)
NO_PICTURE = "what its host sends is no JPEG, PNG or WebP picture"


@pytest.fixture
def host():
    with serving() as host:
        yield host


def fetched(host: Host, play: hosts.Play, path: str = "/a.jpg") -> Outcome:
    host.plays[path] = play
    return fetch(
        host.url(path), resolve=host.resolve, allowed=host.allowed, limits=QUICK
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_comes_byte_for_byte(host, kind):
    original = photo((100, 80), kind)
    assert fetched(host, answer(original)) == Fetched(original)


def test_a_length_that_is_not_given_is_not_needed(host):
    original = photo((100, 80))
    assert fetched(host, answer(original, length=-1)) == Fetched(original)


def test_chunks_are_put_together(host):
    original = photo((100, 80))
    packed = b"".join(
        b"%x\r\n%s\r\n" % (len(part), part) for part in (original[:99], original[99:])
    )
    play = answer(packed + b"0\r\n\r\n", length=-1, Transfer_Encoding="chunked")
    assert fetched(host, play) == Fetched(original)


def test_nothing_of_ours_is_sent_but_the_question(host):
    fetched(host, answer(photo(), Set_Cookie="quokka=1"))
    fetched(host, answer(photo()))
    lines = host.heads[1].split("\r\n")
    names = {line.split(":")[0] for line in lines[1:] if line}
    assert names == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert "Accept-Encoding: identity" in lines


def test_a_strange_but_valid_address_is_asked_for_as_it_is_meant(host):
    fetched(host, answer(photo()))
    fetch(
        host.url("/ä b.jpg?x=1&y=%2F#part"),
        resolve=host.resolve,
        allowed=host.allowed,
    )
    assert host.asked[-1] == "/%C3%A4%20b.jpg?x=1&y=%2F"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("404 quokka", Gone("its host answers 404")),
        ("410 quokka", Gone("its host answers 410")),
        ("400 quokka", Gone("its host answers 400")),
        ("401 quokka", Gone("its host answers 401")),
        ("451 quokka", Gone("its host answers 451")),
        ("204 quokka", Gone("its host answers 204")),
        ("206 quokka", Gone("its host answers 206")),
        ("304 quokka", Gone("its host answers 304")),
        ("403 quokka", Later("its host answers 403")),
        ("408 quokka", Later("its host answers 408")),
        ("429 quokka", Later("its host answers 429")),
        ("500 quokka", Later("its host answers 500")),
        ("503 quokka", Later("its host answers 503")),
        ("599 quokka", Later("its host answers 599")),
    ],
)
def test_a_status_says_whether_to_come_back(host, status, outcome):
    body = b"" if status[:3] in ("204", "304") else b"quokka"
    assert fetched(host, answer(body, status)) == outcome


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("999999", 24 * 3600),
        ("-5", 0),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 0),
        ("9" * 5000, 0),
    ],
)
def test_a_host_may_say_when_to_come_back_within_reason(host, said, seconds):
    outcome = fetched(host, answer(b"", "429 Too Many", Retry_After=said))
    assert outcome == Later("its host answers 429", seconds)


@pytest.mark.parametrize(
    "body", [SCRIPT, b"", b"\xff", b"GIF89a" + bytes(60), b"%PDF-1.7", bytes(5000)]
)
def test_the_first_bytes_decide_and_not_the_name_or_the_type(host, body):
    play = answer(body, Content_Type="image/jpeg")
    assert fetched(host, play) == Gone(NO_PICTURE)


def test_what_is_no_picture_is_not_read_to_its_end(host):
    start = time.monotonic()
    assert fetched(host, hosts.endless(SCRIPT)) == Gone(NO_PICTURE)
    assert time.monotonic() - start < 1


def test_an_endless_picture_is_cut_at_the_limit(host):
    outcome = fetched(host, hosts.endless(photo()))
    assert outcome == Gone("the picture is larger than 0 MiB")


def test_no_said_length_is_believed(host):
    long = photo((100, 80)) + bytes(300_000)
    assert isinstance(fetched(host, answer(long, length=50_000)), Fetched)
    assert fetched(host, answer(long)) == Gone("the picture is larger than 0 MiB")
    short = fetched(host, answer(photo((100, 80)), length=10**15))
    assert short == Later("the connection to its host broke")


def test_nothing_is_unpacked(host):
    """A bomb stays as small as it was sent."""
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 100_000
    assert fetched(host, answer(bomb, Content_Encoding="gzip")) == Gone(NO_PICTURE)


@pytest.mark.parametrize(
    ("play", "outcome"),
    [
        (hosts.silence, Later("its host did not answer in time")),
        (hosts.drip(b"", 0.1), Later("its host did not answer in time")),
        (
            hosts.drip(b"HTTP/1.1 200 OK\r\nX: ", 0.1),
            Later("its host did not answer in time"),
        ),
        (
            hosts.drip(b"HTTP/1.1 200 OK\r\n\r\n" + photo()[:5000], 0.1),
            Later("its host did not answer in time"),
        ),
        (hosts.hang_up, Later("the connection to its host broke")),
        (hosts.nonsense, Later("the connection to its host broke")),
        (answer(photo(), length=10**6), Later("the connection to its host broke")),
    ],
    ids=["silence", "drip", "head", "body", "hangs up", "nonsense", "short"],
)
def test_a_host_that_does_not_play_along_is_left_in_time(host, play, outcome):
    start = time.monotonic()
    assert fetched(host, play) == outcome
    assert time.monotonic() - start < QUICK.whole + 0.5


def test_a_port_that_nobody_listens_on_is_put_off(host):
    nobody = frozenset({("127.0.0.1", 9)})
    outcome = fetch("http://a.test:9/", resolve=host.resolve, allowed=nobody)
    assert outcome == Later("the connection to its host broke")


def test_the_next_address_of_a_name_is_called_if_the_first_is_dead(host):
    host.plays["/a.jpg"] = answer(photo())
    allowed = host.allowed | {("127.0.0.9", host.port)}
    outcome = fetch(
        host.url("/a.jpg"),
        resolve=lambda name, port: ["127.0.0.9", "127.0.0.1"],
        allowed=allowed,
    )
    assert isinstance(outcome, Fetched)


@pytest.mark.parametrize("status", ["301 a", "302 a", "303 a", "307 a", "308 a"])
def test_a_picture_that_moved_is_followed(host, status):
    host.plays["/new.jpg"] = answer(photo())
    assert isinstance(fetched(host, redirect("/new.jpg", status)), Fetched)


@pytest.mark.parametrize(("hops", "arrives"), [(3, True), (4, False)])
def test_three_hops_are_enough(host, hops, arrives):
    for n in range(1, hops):
        host.plays[f"/{n}"] = redirect(f"/{n + 1}")
    host.plays[f"/{hops}"] = answer(photo())
    outcome = fetched(host, redirect("/1"))
    assert isinstance(outcome, Fetched) is arrives
    if not arrives:
        assert outcome == Gone("its host redirects more than 3 times")
        assert host.connections == 4


def test_the_time_of_all_hops_is_that_of_one_call(host):
    def slowly(there):
        time.sleep(0.4)
        redirect("/a.jpg")(there)

    start = time.monotonic()
    limits = Limits(connect=0.5, read=0.5, whole=1.0)
    host.plays["/a.jpg"] = slowly
    outcome = fetch(
        host.url("/a.jpg"), resolve=host.resolve, allowed=host.allowed, limits=limits
    )
    assert outcome == Later("its host did not answer in time")
    assert time.monotonic() - start < 1.5


@pytest.mark.parametrize("path", ["/removed.png", "/pw/images/photo_unavailable.png"])
def test_a_placeholder_is_not_taken_for_the_picture(host, path):
    host.plays[path] = answer(photo())
    reason = "its host shows a placeholder: the picture was taken away"
    assert fetched(host, redirect(path)) == Gone(reason)


def test_no_word_of_the_host_is_repeated(host):
    plays = [
        answer(b"quokka", "404 quokka", quokka="quokka"),
        answer(b"quokka", "500 quokka"),
        redirect("gopher://quokka/quokka"),
        redirect("http://quokka:quokka@quokka/"),
        answer(b"quokka" * 9, Content_Type="quokka"),
        hosts.nonsense,
    ]
    for play in plays:
        outcome = fetched(host, play)
        assert isinstance(outcome, Gone | Later)
        assert "quokka" not in outcome.reason


def test_a_limit_of_bytes_stands_in_the_reason(host):
    host.plays["/a.jpg"] = answer(HOSTILE["more bytes than allowed"][0]())
    outcome = fetch(host.url("/a.jpg"), resolve=host.resolve, allowed=host.allowed)
    assert outcome == Gone("the picture is larger than 20 MiB")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """For pictures.test, signed by itself."""
    folder = tmp_path_factory.mktemp("tls")
    names = [folder / "key.pem", folder / "cert.pem"]
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes"),
            *("-keyout", names[0], "-out", names[1], "-days", "2"),
            *("-subj", "/CN=pictures.test"),
            *("-addext", "subjectAltName=DNS:pictures.test"),
        ],
        check=True,
        capture_output=True,
    )
    return names


def speak_tls(host: Host, certificate) -> None:
    key, cert = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    plainly = host.meet

    def meet(there):
        try:
            plainly(context.wrap_socket(there, server_side=True))
        except OSError:
            there.close()

    host.meet = meet


@pytest.mark.parametrize(
    ("name", "is_trusted", "arrives"),
    [
        ("pictures.test", True, True),
        ("others.test", True, False),
        ("pictures.test", False, False),
    ],
)
def test_a_certificate_is_held_against_the_name_and_not_the_number(
    host, certificate, monkeypatch, name, is_trusted, arrives
):
    speak_tls(host, certificate)
    host.plays["/a.jpg"] = answer(photo())
    if is_trusted:
        context = ssl.create_default_context(cafile=certificate[1])
        monkeypatch.setattr("annotation.fetching.reading._trusted", lambda: context)
    address = host.url("/a.jpg", name).replace("http:", "https:")
    outcome = fetch(address, resolve=host.resolve, allowed=host.allowed)
    assert isinstance(outcome, Fetched) is arrives
    if not arrives:
        assert outcome == Later("the connection to its host broke")
        assert host.asked == []


def test_tls_is_not_given_up_on_the_way(host, certificate, monkeypatch):
    speak_tls(host, certificate)
    context = ssl.create_default_context(cafile=certificate[1])
    monkeypatch.setattr("annotation.fetching.reading._trusted", lambda: context)
    host.plays["/a.jpg"] = redirect(host.url("/b.jpg"))
    address = host.url("/a.jpg").replace("http:", "https:")
    outcome = fetch(address, resolve=host.resolve, allowed=host.allowed)
    assert outcome == Gone("its host redirects away from TLS")
