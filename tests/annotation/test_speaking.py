"""Pages speak the language of whoever reads them; everything else speaks English."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from annotation import enrolling, jobs
from annotation.errors import Conflict
from annotation.models import Assignment, Job, Project, User
from tests import factories
from tests.rules.world import bearer

pytestmark = pytest.mark.django_db
COOKIE = "concord_language"


def _session(user: User, language: str = "", **headers: str) -> Client:
    user.language = language
    user.save()
    client = Client(headers=headers)
    client.force_login(user)
    return client


def _spoken(client: Client, path: str = "/help/") -> str:
    response = client.get(path)
    language = response.headers["Content-Language"]
    assert f'<html lang="{language}"' in response.content.decode()
    return language


def test_english_is_spoken_to_whoever_asks_for_nothing() -> None:
    assert _spoken(Client()) == "en"


@pytest.mark.parametrize(
    ("accepted", "spoken"),
    [
        ("de", "de"),
        ("fr-CA,fr;q=0.9,en;q=0.5", "fr"),
        ("pt,it;q=0.8,en;q=0.5", "it"),
        ("ja", "en"),
        ("*;q=oops,,", "en"),
    ],
)
def test_a_visitor_is_spoken_to_as_the_browser_asks(accepted: str, spoken: str) -> None:
    assert _spoken(Client(headers={"Accept-Language": accepted})) == spoken


def test_what_was_chosen_here_goes_before_what_the_browser_asks() -> None:
    client = Client(headers={"Accept-Language": "de"})
    answer = client.post("/language/", {"language": "es", "next": "/login/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login/")
    assert client.cookies[COOKIE]["httponly"]
    assert _spoken(client, "/login/") == "es"


def test_a_persons_own_choice_goes_before_both(ana: User) -> None:
    client = _session(ana, "it", **{"Accept-Language": "de"})
    client.cookies[COOKIE] = "es"
    assert _spoken(client, "/") == "it"


def test_somebody_without_a_choice_has_the_browsers(ana: User) -> None:
    assert _spoken(_session(ana, **{"Accept-Language": "fr"}), "/") == "fr"


def test_choosing_on_the_profile_is_kept_for_the_person_and_the_browser(
    ana: User,
) -> None:
    client = _session(ana)
    said = {"language": "de", "theme": "system", "single_keys": "on"}
    page = client.post("/profile/", said, follow=True)
    ana.refresh_from_db()
    assert ana.language == "de"
    assert "Gespeichert." in page.content.decode()
    chosen = client.cookies[COOKIE].value
    client.logout()
    client.cookies[COOKIE] = chosen
    assert _spoken(client, "/login/") == "de"


def test_as_the_browser_says_forgets_the_choice(ana: User) -> None:
    client = _session(ana, "de")
    said = {"language": "", "theme": "system", "single_keys": "on"}
    client.post("/profile/", said)
    ana.refresh_from_db()
    assert (ana.language, client.cookies[COOKIE].value) == ("", "")


def test_choosing_while_logged_in_is_kept_for_the_person(ana: User) -> None:
    client = _session(ana)
    client.post("/language/", {"language": "fr"})
    ana.refresh_from_db()
    assert ana.language == "fr"


@pytest.mark.parametrize("language", ["", "ja", "de-AT", "../de"])
def test_a_language_that_is_none_is_refused(language: str) -> None:
    client = Client()
    answer = client.post("/language/", {"language": language})
    assert answer.status_code == 422
    assert "Choose one of the languages." in answer.content.decode()
    assert COOKIE not in client.cookies


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example"]
)
def test_the_way_back_never_leads_elsewhere(wanted: str) -> None:
    answer = Client().post("/language/", {"language": "de", "next": wanted})
    assert answer.headers["Location"] == "/"


def test_the_database_refuses_a_language_that_is_none(ana: User) -> None:
    ana.language = "ja"
    with pytest.raises(IntegrityError, match="user_known_language"):
        ana.save()


def test_a_visitor_chooses_below_the_page_and_a_member_on_the_profile(
    ana: User,
) -> None:
    assert 'value="de" lang="de"' in Client().get("/login/").content.decode()
    assert "/language/" not in _session(ana).get("/").content.decode()


def test_a_page_that_is_not_there_speaks_the_language_too() -> None:
    answer = Client(headers={"Accept-Language": "de"}).get("/nowhere/")
    assert answer.status_code == 404
    assert "Unter dieser Adresse ist nichts" in answer.content.decode()


def test_a_page_of_a_crash_speaks_the_language_too(
    ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("annotation.views.public.render", crash)
    client = Client(headers={"Accept-Language": "it"}, raise_request_exception=False)
    page = client.get("/help/")
    assert page.status_code == 500
    assert '<html lang="it">' in page.content.decode()


def test_programs_are_answered_in_english(project: Project, ana: User) -> None:
    ana.language = "de"
    ana.save()
    _, secret = enrolling.make_token(
        project=project, role="annotator", name="x", user=ana, by=None
    )
    client = bearer(secret)
    client.cookies[COOKIE] = "de"
    headers = {"Accept-Language": "de"}
    refused = client.post(
        reverse("api_next", args=[project.code]),
        {"language": "it"},
        "application/json",
        headers=headers,
    )
    assert refused.status_code == 403
    assert "not enrolled for Italian" in refused.json()["detail"]


def test_a_script_of_the_page_is_answered_in_the_language_of_the_page(
    project: Project, ana: User
) -> None:
    factories.make_candidate(factories.make_item(project))
    client = _session(ana, "de")
    client.post(f"/p/{project.code}/judge/de/")
    held = Assignment.objects.get()
    answer = client.post(
        f"/a/{held.pk}/", {"id": uuid4()}, headers={"Prefer": "return=minimal"}
    )
    assert answer.status_code == 422
    assert answer.json()["detail"] == "Wählen Sie ein Gesamturteil."


def test_what_is_kept_of_a_german_page_is_english(project: Project, ana: User) -> None:
    factories.make_candidate(factories.make_item(project))
    client = _session(ana, "de")
    client.post(f"/p/{project.code}/judge/de/")
    held = Assignment.objects.get()
    said = {"part": "image", "note": "Es fehlt."}
    client.post(f"/a/{held.pk}/report/", said)
    held.refresh_from_db()
    assert held.skip_reason == "Reported a defect: the image"


def test_what_a_job_says_is_english_whoever_runs_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise Conflict(translation.gettext("You have already answered this item."))

    monkeypatch.setitem(jobs._HANDLERS, Job.Kind.IMPORT, refuse)
    job = jobs.ask(Job.Kind.IMPORT, project=project)
    with translation.override("de"):
        failed = jobs.run(job.pk)
        assert translation.get_language() == "de"
    assert failed is not None
    assert failed.error == "You have already answered this item."


def test_a_skip_reason_is_shown_in_german_and_kept_in_english(
    project: Project, ana: User
) -> None:
    factories.make_candidate(factories.make_item(project))
    client = _session(ana, "de")
    client.post(f"/p/{project.code}/judge/de/")
    held = Assignment.objects.get()
    page = client.get(f"/a/{held.pk}/skip/").content.decode()
    assert "Ich weiß nicht genug über das Thema" in page
    reason = "I do not know enough about the subject"
    client.post(f"/a/{held.pk}/skip/", {"reason": reason})
    held.refresh_from_db()
    assert held.skip_reason == reason


def test_nothing_stays_chosen_after_a_request() -> None:
    Client(headers={"Accept-Language": "de"}).get("/help/")
    assert translation.get_language() == "en"
