"""How people and machines get in, and out."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from annotation import enrolling
from annotation.errors import Conflict, Invalid, NotFound
from annotation.models import AccessToken, Direction, Event, Membership, Project
from annotation.visibility import Viewer
from tests.factories import make_project, make_user


def test_a_project_starts_with_the_standard_rubric(project):
    assert [c.code for c in project.rubric.criteria.all()] == [
        "adequacy",
        "fluency",
        "ungrounded",
        "key_preserved",
    ]
    assert make_project("second").rubric == project.rubric


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"languages": ["en"]}, Invalid),
        ({"languages": ["xx"]}, Invalid),
        ({"languages": []}, Invalid),
        ({"overlap": 0}, Invalid),
        ({"code": "demo"}, Conflict),
    ],
)
def test_a_project_that_makes_no_sense_is_refused(project, fields, error):
    values = {"code": "new", "name": "New", "languages": ["fr"]} | fields
    with pytest.raises(error):
        enrolling.create_project(**values)


def test_enrol_twice_changes_nothing(project, ana):
    enrolling.enrol(project=project, user=ana, role="annotator", languages=["fr"])
    assert Membership.objects.count() == 1
    assert Direction.objects.count() == 2


def test_an_enrolment_is_written_down_once(project):
    person, lead = make_user("dora"), make_user("lead")
    for languages in (["fr"], ["fr"], ["fr", "de"]):
        enrolling.enrol(
            project=project, user=person, role="annotator", languages=languages, by=lead
        )
    first, second = Event.objects.filter(kind=Event.Kind.ENROLLED).order_by("id")
    assert (first.user, first.detail["person"]) == (lead, "dora")
    assert first.detail["languages"] == ["fr"]
    assert second.detail["languages"] == ["de"]


@pytest.mark.parametrize("languages", [[], ["it"]])
def test_an_annotator_needs_languages_of_the_project(project, languages):
    with pytest.raises(Invalid):
        enrolling.enrol(
            project=project,
            user=make_user("new"),
            role="annotator",
            languages=languages,
        )


def make_token(project, **fields):
    values = {"role": "worker", "name": "gpu", "by": None} | fields
    return enrolling.make_token(project=project, **values)


def test_a_secret_is_shown_once_and_stored_hashed(project):
    token, secret = make_token(project)
    assert secret not in str(list(AccessToken.objects.values()))
    assert enrolling.find_token(secret) == token
    assert enrolling.find_token(secret + "x") is None


def test_a_revoked_token_is_dead_at_once(project, lena):
    token, secret = make_token(project)
    enrolling.revoke_token(token=token, by=lena)
    assert enrolling.find_token(secret) is None


def test_an_expired_token_is_dead(project):
    token, secret = make_token(project)
    AccessToken.objects.update(expires_at=timezone.now())
    assert enrolling.find_token(secret) is None


def test_a_persons_token_needs_the_role_when_made_and_when_used(project, ana, lena):
    with pytest.raises(Invalid):
        make_token(project, role="lead", user=ana)
    token, _ = make_token(project, role="lead", user=lena)
    assert Viewer.of_token(token).holds(project.pk, "lead")
    lena.memberships.all().delete()
    assert not Viewer.of_token(token).grants


def test_the_token_of_a_disabled_person_holds_nothing(project, lena):
    token, _ = make_token(project, role="lead", user=lena)
    lena.is_active = False
    assert not Viewer.of_token(token).grants


def signature(link):
    return link.rstrip("/").rsplit("/", 1)[-1]


def test_a_login_link_names_its_person(ana):
    assert enrolling.user_of_link(signature(enrolling.login_link(ana))) == ana


def test_a_login_link_dies_with_the_password(ana):
    link = signature(enrolling.login_link(ana))
    ana.set_password("another-one-7")
    ana.save()
    with pytest.raises(NotFound):
        enrolling.user_of_link(link)


@pytest.mark.parametrize("link", ["", "nonsense", "a:b:c"])
def test_a_forged_link_is_not_found(db, link):
    with pytest.raises(NotFound):
        enrolling.user_of_link(link)


def run(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def test_commands_set_a_project_up(db):
    run("create_project", "pixmo", "PixMo", "--languages", "fr,de", "--lead", "lena")
    printed = run("enrol", "pixmo", "ana", "annotator", "--languages", "fr")
    assert "/login/link/" in printed
    secret = run("create_token", "pixmo", "--role", "worker").strip()
    assert enrolling.find_token(secret).project == Project.objects.get()
    assert "/login/link/" in run("login_link", "ana")


@pytest.mark.parametrize(
    "arguments",
    [
        ("create_project", "p", "P", "--languages", "xx", "--lead", "lena"),
        ("enrol", "nowhere", "ana", "lead"),
        ("create_token", "nowhere", "--role", "worker"),
        ("login_link", "nobody"),
    ],
)
def test_commands_say_what_is_wrong(db, arguments):
    with pytest.raises(CommandError):
        run(*arguments)
