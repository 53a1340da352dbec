"""Every address refuses whoever does not belong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.http.response import HttpResponseBase
from django.test import Client

from tests.rules.requests import METHODS, READING, ask, content, fingerprint, masked
from tests.rules.world import (
    ENDPOINTS,
    ENTRIES,
    PAGES,
    World,
    nowhere,
    resolver_names,
)

#: The methods that some route takes; the others are 405 before any row is read.
TELLING = ("GET", "POST", "PUT")
REFUSALS = (401, 403, 404, 405)
#: Only these addresses answer without naming a project; they show the asker's own rows.
NAME_NO_PROJECT = [name for name, entry in ENTRIES.items() if not entry.takes]


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who asks: with a session or with a token, of the project or not."""

    who: str
    client: Client
    roles: frozenset[str] = frozenset()
    has_session: bool = False
    has_token: bool = False
    belongs: bool = False

    def may_enter(self, name: str) -> bool:
        opens_to = ENTRIES[name].opens_to
        if "anybody" in opens_to:
            return True
        if self.has_session and "person" in opens_to:
            return True
        if self.has_token and "token" in opens_to:
            return True
        right_door = self.has_token if name in ENDPOINTS else self.has_session
        knows = self.belongs or not ENTRIES[name].takes
        return right_door and knows and bool(self.roles & opens_to)


def strangers(world: World) -> Iterator[Principal]:
    """Nobody, and Olga, who holds every role in another project."""
    yield Principal("anonymous", Client())
    every = frozenset(("annotator", "lead", "adjudicator"))
    yield Principal("olga", world.session("olga"), every, has_session=True)
    for role in (*sorted(every), "worker"):
        client = world.token("olga", role, code="elsewhere")
        roles = frozenset({role})
        yield Principal(f"olga's {role} token", client, roles, has_token=True)


def members(world: World) -> Iterator[Principal]:
    """The people of the project and their tokens, one role each, and the worker."""
    for name, role in (("bao", "annotator"), ("lena", "lead"), ("adam", "adjudicator")):
        roles = frozenset({role})
        session, token = world.session(name), world.token(name, role)
        yield Principal(name, session, roles, has_session=True, belongs=True)
        yield Principal(f"{name}'s token", token, roles, has_token=True, belongs=True)
    worker = world.token("", "worker")
    roles = frozenset({"worker"})
    yield Principal("worker token", worker, roles, has_token=True, belongs=True)


def is_refusal(response: HttpResponseBase) -> bool:
    to_login = response.headers.get("Location", "").startswith("/login/?next=")
    return response.status_code in REFUSALS or to_login


def test_every_route_is_known_to_these_rules() -> None:
    names = resolver_names()
    assert sorted(names) == sorted(ENTRIES), "name new routes in tests/rules/world.py"


def test_every_endpoint_is_a_page_or_behind_the_machine_door() -> None:
    assert not set(PAGES) & set(ENDPOINTS)
    assert all(name.startswith("api_") for name in ENDPOINTS)


def test_stranger_is_refused_at_every_address_by_every_method(world: World) -> None:
    before = fingerprint()
    let_in = [
        f"{principal.who}: {method} {name} -> {response.status_code}"
        for principal in strangers(world)
        for name in ENTRIES
        for method in METHODS
        if not principal.may_enter(name)
        if not is_refusal(response := ask(principal.client, method, name, world.place))
    ]
    assert let_in == []
    assert _without_tokens(fingerprint()) == _without_tokens(before)


def _without_tokens(tables: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    made_by_the_test = ("annotation_accesstoken", "annotation_event", "annotation_user")
    return {name: row for name, row in tables.items() if name not in made_by_the_test}


def test_hidden_and_absent_look_the_same_to_a_stranger(world: World) -> None:
    differ = []
    absent = nowhere()
    for principal in strangers(world):
        for name in ENTRIES:
            if name in NAME_NO_PROJECT or principal.may_enter(name):
                continue
            for method in TELLING:
                hidden = ask(principal.client, method, name, world.place)
                nothing = ask(principal.client, method, name, absent)
                if _bare(hidden, name, world) != _bare(nothing, name, world):
                    differ.append(f"{principal.who}: {method} {name}")
    assert differ == []


def _bare(response: HttpResponseBase, name: str, world: World) -> str:
    """Status, body and redirect, without the address that was asked for."""
    where = response.headers.get("Location", "").partition("?next=")[0]
    asked: str = response.wsgi_request.path  # type: ignore[attr-defined]
    return f"{where} {masked(response).replace(asked, '~')}"


def test_another_annotators_rows_look_absent(world: World) -> None:
    absent, hers = nowhere(), world.of_ana()
    own = ("judge", "skip", "correct", "api_assignment", "api_submit", "api_skip")
    session, token = world.session("bao"), world.token("bao", "annotator")
    differ = [
        f"{method} {name}"
        for name in (*own, "api_correct")
        for method in ("GET", "POST", "PUT")
        for client in [token if name in ENDPOINTS else session]
        if _bare(ask(client, method, name, hers), name, world)
        != _bare(ask(client, method, name, absent), name, world)
    ]
    assert differ == []


def test_member_of_another_role_is_refused(world: World) -> None:
    let_in = [
        f"{principal.who}: {method} {name} -> {response.status_code}"
        for principal in members(world)
        for name in ENTRIES
        for method in METHODS
        if not principal.may_enter(name)
        if not is_refusal(response := ask(principal.client, method, name, world.place))
    ]
    assert let_in == []


def test_member_with_the_role_can_read(world: World) -> None:
    """Without this a table that refuses everybody would pass the tests above."""
    refused = [
        f"{principal.who}: {name} -> {response.status_code}"
        for principal in members(world)
        for name in ENTRIES
        if principal.may_enter(name)
        for response in [ask(principal.client, "GET", name, world.place)]
        if response.status_code != 405 and is_refusal(response)
    ]
    assert refused == []


def _told(answer: HttpResponseBase) -> bytes:
    """The content without its form token: 64 random letters spell a name sometimes."""
    return re.sub(rb"[A-Za-z0-9]{64}", b"", content(answer))


@pytest.mark.parametrize("method", METHODS)
def test_pages_without_a_project_show_a_stranger_nothing_of_it(
    world: World, method: str
) -> None:
    traces = [world.project.code.encode() + b"/", b"Project demo", b"bao", b"lena"]
    shown = [
        f"{principal.who}: {name} shows {trace!r}"
        for principal in strangers(world)
        for name in NAME_NO_PROJECT
        if principal.may_enter(name) and name != "logout"
        for answer in [_told(ask(principal.client, method, name, world.place))]
        for trace in traces
        if trace in answer.lower() or trace in answer
    ]
    assert shown == []


def test_reading_methods_are_the_first_of_all_methods() -> None:
    assert set(READING) < set(METHODS)


def test_page_refuses_a_form_without_its_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["lena"])
    taken = [
        name
        for name in PAGES
        if ask(client, "POST", name, world.place).status_code != 403
    ]
    assert taken == []
