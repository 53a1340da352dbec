"""A lead moves a project on to a newer policy, and all is decided again."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from annotation import jobs
from annotation.errors import Invalid, NotAllowed
from annotation.models import Event, Job
from quality import adjudicating
from quality.changing_policy import change_policy
from quality.models import Decision
from tests.factories import judged, make_candidate, make_item, viewer

EDITED = {"caption": "Ein roter Bus steht an der Haltestelle."}


@pytest.fixture
def project(project):
    project.policy = "majority/1"
    project.save()
    return project


@pytest.fixture
def candidate(project, ana, bao, chris):
    """Accepted as two have edited it, under the first policy."""
    candidate = make_candidate(make_item(project))
    judged(candidate, ana)
    for user in (bao, chris):
        judged(candidate, user, "accept_with_edits", edited=EDITED)
    adjudicating.decide(candidate.pk)
    return candidate


def test_what_is_complete_is_decided_again(project, candidate, lena, capsys):
    make_candidate(make_item(project))
    assert Decision.objects.get(candidate=candidate).content_json == EDITED
    call_command("set_policy", "demo", "majority/2", by="lena")
    assert "decided again: 1." in capsys.readouterr().out
    jobs.run(Job.objects.get(kind=Job.Kind.DECIDE, state="queued").pk)
    now = Decision.objects.current().get(candidate=candidate)
    assert (now.policy, now.outcome) == ("majority/2", "revised")
    assert candidate.revised_by.get().content_json == EDITED
    event = Event.objects.get(kind=Event.Kind.POLICY_CHANGED)
    assert event.detail == {"before": "majority/1", "now": "majority/2"}


@pytest.mark.parametrize(
    ("policy", "reason"), [("majority/1", "already"), ("plurality", "no policy")]
)
def test_it_only_moves_on(project, lena, policy, reason):
    with pytest.raises(Invalid, match=reason):
        change_policy(project=project, policy=policy, by=viewer(lena))
    with pytest.raises(CommandError, match=reason):
        call_command("set_policy", "demo", policy, by="lena")


def test_only_a_lead_moves_it(project, adam):
    with pytest.raises(NotAllowed, match="Only a lead"):
        change_policy(project=project, policy="majority/2", by=viewer(adam))


def test_the_command_knows_its_people(project):
    with pytest.raises(CommandError, match="nobody called"):
        call_command("set_policy", "demo", "majority/2", by="zoe")
