"""Until a candidate is complete, nothing tells one annotator what another said."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from annotation import proposing
from annotation.models import Authorship, Candidate, Control, User
from tests import factories
from tests.machines import machine_judged
from tests.rules.requests import UUID, ask, content, masked
from tests.rules.world import (
    EDIT,
    ENTRIES,
    MACHINE,
    MARK,
    NOTE,
    REASON,
    World,
    nowhere,
)

#: Where in the image Ana marked an error, as endpoints and as pages say it.
MARKED = ("0.1357", "13.57")


def traces(world: World) -> list[bytes]:
    """What only Ana's answer, her account, a model or the control can have put there."""
    ana = world.people["ana"]
    return [
        NOTE.encode(),
        EDIT["caption"].split()[1].encode(),
        *(trace.encode() for trace in MARKED),
        REASON.encode(),
        MACHINE.encode(),
        str(ana).encode(),
        b'"ana"',
        b">ana<",
        str(world.anas.pk).encode(),
        str(world.anas_assignment.pk).encode(),
        b"spoiled",
        b"expected_verdict",
    ]


def told(answer: bytes) -> bytes:
    """The answer without form tokens and cookies, which may spell a name by chance."""
    return re.sub(rb"[A-Za-z0-9]{32,}", b"~", answer)


def found(world: World, client: Client) -> list[str]:
    """Every trace in the answers to all GETs of this client."""
    return [
        f"{name}: {trace.decode()}"
        for name in ENTRIES
        for place in (world.place, world.of_ana(), nowhere())
        for response in [ask(client, "GET", name, place)]
        for answer in [told(content(response) + str(response.headers).encode())]
        for trace in traces(world)
        if trace in answer and not _echoes(response, trace)
    ]


def _echoes(response: object, trace: bytes) -> bool:
    """An address that the client itself typed may come back, as in ?next=."""
    return trace.decode() in response.wsgi_request.path  # type: ignore[attr-defined]


def test_no_page_tells_bao_of_anas_answer(world: World) -> None:
    assert found(world, world.session("bao")) == []


def test_no_endpoint_tells_bao_of_anas_answer(world: World) -> None:
    assert found(world, world.token("bao", "annotator")) == []


@pytest.mark.parametrize(("name", "role"), [("adam", "adjudicator"), ("", "worker")])
def test_no_endpoint_tells_other_roles_of_an_incomplete_answer(
    world: World, name: str, role: str
) -> None:
    shown = found(world, world.token(name, role))
    said = (NOTE, REASON, MACHINE)
    assert [line for line in shown if any(trace in line for trace in said)] == []


def test_leads_see_what_a_model_said_and_adjudicators_do_not(world: World) -> None:
    told = {f"{page}: {MACHINE}" for page in ("machines", "machines_report")}
    assert told <= set(found(world, world.session("lena")))
    assert not any(MACHINE in line for line in found(world, world.session("adam")))


def test_no_page_tells_lead_or_adjudicator_of_an_incomplete_answer(
    world: World,
) -> None:
    secrets = (NOTE, EDIT["caption"].split()[1], *MARKED)
    shown = found(world, world.session("lena")) + found(world, world.session("adam"))
    assert [line for line in shown if line.endswith(secrets)] == []


def test_the_walk_finds_anas_answer_where_it_belongs(world: World) -> None:
    """Ana sees her own words and marks: the search is able to find them."""
    shown = found(world, world.token("ana", "annotator"))
    assert {f"api_judgments: {NOTE}", f"api_judgments: {MARKED[0]}"} <= set(shown)
    assert f"correct: {MARKED[1]}" in found(world, world.session("ana"))


def test_refused_answers_tell_nothing(world: World) -> None:
    """Error texts are answers too: of a stale, a foreign and a malformed submit."""
    client = world.token("bao", "annotator")
    said = b"".join(
        content(ask(client, method, name, place))
        for place in (world.of_ana(), nowhere())
        for name in ("api_submit", "api_correct", "api_skip", "api_next")
        for method in ("PUT", "POST", "PATCH")
    )
    assert [trace for trace in traces(world) if trace in said] == []


@pytest.fixture
def candidate(world: World) -> Candidate:
    """A fresh item that is next in Bao's other queue."""
    factories.assign(world.control, world.people["bao"])
    factories.judged(world.control, world.people["bao"])
    return factories.make_candidate(factories.make_item(world.project), "fr")


def _plain(candidate: Candidate, world: World) -> None:
    assert not candidate.judgments.exists()


def _judged_by_two(candidate: Candidate, world: World) -> None:
    for name in ("ana", "chris"):
        factories.judged(
            candidate, world.people[name], "reject", note=NOTE, spans=[MARK]
        )


def _control(candidate: Candidate, world: World) -> None:
    proposing.mark_control(
        candidate=candidate,
        design=Control.Design.GOLD,
        expected_verdict="accept",
        reason=REASON,
    )


def _native(candidate: Candidate, world: World) -> None:
    """As if a person had written the very same text."""
    Candidate.objects.filter(pk=candidate.pk).update(origin="native")
    Authorship.objects.create(
        candidate=candidate, source=REASON, licence="MIT", attribution=NOTE, author=NOTE
    )


def _machine(candidate: Candidate, world: World) -> None:
    machine_judged(candidate, "reject", model=MACHINE, explanation=MACHINE)


PAGES_OF_AN_ITEM = ("queue", "judge", "skip", "history", "home", "image")
ENDPOINTS_OF_AN_ITEM = ("api_assignment", "api_judgments", "api_projects")


def _what_bao_sees(
    candidate: Candidate, world: World, before: Callable[[Candidate, World], None]
) -> list[str]:
    """All that Bao meets from claim to answer, in a world that is then undone."""
    with transaction.atomic():
        before(candidate, world)
        seen = _journey(candidate, world, world.people["bao"])
        transaction.set_rollback(True)
    return seen


def _journey(candidate: Candidate, world: World, bao: User) -> list[str]:
    session, token = world.session("bao"), world.token("bao", "annotator")
    fresh = nowhere()
    held = factories.assign(candidate, bao)
    fields = {f: getattr(world.place, f) for f in world.place.__slots__}
    place = type(world.place)(
        **{**fields, "assignment": held.pk, "language": "fr", "fresh": fresh.fresh}
    )
    asked = [(session, "GET", name) for name in PAGES_OF_AN_ITEM]
    asked += [(token, "GET", name) for name in ENDPOINTS_OF_AN_ITEM]
    asked += [(session, "POST", "ahead"), (session, "POST", "draft")]
    asked += [(token, "POST", "api_next"), (session, "POST", "judge")]
    asked += [(token, "PUT", "api_submit"), (token, "PUT", "api_submit")]
    asked += [(token, "GET", "api_judgments"), (session, "GET", "history")]
    asked += [(session, "GET", "judge"), (token, "GET", "api_assignment")]
    asked += [(session, "POST", "draft"), (session, "GET", "undo")]
    seen = []
    for client, method, name in asked:
        response = ask(client, method, name, place)
        headers = {k: v for k, v in response.headers.items() if k != "Set-Cookie"}
        seen.append(f"{method} {name} {UUID.sub('~', str(headers))} {masked(response)}")
    return seen


@pytest.mark.parametrize("other", [_judged_by_two, _control, _native, _machine])
def test_twin_items_look_the_same(
    world: World,
    candidate: Candidate,
    other: Callable[[Candidate, World], None],
) -> None:
    plain = _what_bao_sees(candidate, world, _plain)
    twin = _what_bao_sees(candidate, world, other)
    assert len(plain) == len(twin) == 21
    assert any("200\n" in line and "PUT api_submit" in line for line in plain)
    for one, other_one in zip(plain, twin, strict=True):
        assert one == other_one
