"""Who sees which rows: one test per cell of the table in visibility.py."""

from __future__ import annotations

import pytest

from annotation import visibility
from annotation.errors import NotFound
from annotation.models import Candidate, Image, Item, Job, Judgment, Project
from annotation.visibility import Viewer
from tests.factories import (
    judged,
    make_candidate,
    make_item,
    make_worker_token,
    viewer,
)


def sees(model, user):
    who = user if isinstance(user, Viewer) else viewer(user)
    return set(visibility.rows(model, who))


@pytest.fixture
def candidate(project):
    return make_candidate(make_item(project))


def test_everybody_sees_their_own_project_alone(project, ana, lena, adam, olga):
    for user in (ana, lena, adam):
        assert sees(Project, user) == {project}
    assert project not in sees(Project, olga)


def test_nobody_without_a_role_sees_anything(candidate, olga):
    for model in (Candidate, Item, Image, Judgment, Job):
        assert sees(model, olga) == set()
        assert sees(model, Viewer(None, None, ())) == set()


def test_only_its_author_sees_a_judgment_of_an_incomplete_candidate(
    candidate, ana, bao, lena, adam
):
    judgment = judged(candidate, ana)
    assert sees(Judgment, ana) == {judgment}
    for user in (bao, lena, adam):
        assert sees(Judgment, user) == set()


def test_lead_and_adjudicator_see_the_judgments_of_a_complete_candidate(
    candidate, ana, bao, chris, lena, adam
):
    judgments = {judged(candidate, user) for user in (ana, bao, chris)}
    assert sees(Judgment, lena) == sees(Judgment, adam) == judgments
    assert len(sees(Judgment, bao)) == 1


def test_an_annotator_sees_the_picture_of_an_assigned_item_only(candidate, ana, bao):
    judged(candidate, ana)
    assert sees(Image, ana) == {candidate.item.image}
    assert sees(Image, bao) == set()


def test_candidates_are_the_leads_and_once_complete_the_adjudicators(
    candidate, ana, bao, chris, lena, adam
):
    assert sees(Candidate, lena) == {candidate}
    assert sees(Candidate, adam) == set()
    for user in (ana, bao, chris):
        judged(candidate, user)
    assert sees(Candidate, adam) == {candidate}
    assert sees(Candidate, ana) == set()


def test_a_worker_token_sees_pictures_and_its_own_jobs_alone(candidate, project):
    token = Viewer.of_token(make_worker_token(project)[0])
    assert sees(Image, token) == {candidate.item.image}
    for model in (Candidate, Item, Judgment, Job):
        assert sees(model, token) == set()


def test_a_disabled_person_sees_nothing(candidate, lena):
    lena.is_active = False
    assert not Viewer.of_user(lena).grants


def test_hidden_and_absent_are_told_alike(candidate, olga):
    told = []
    for pk in (candidate.pk, candidate.pk + 999):
        with pytest.raises(NotFound) as caught:
            visibility.one(Candidate, viewer(olga), pk=pk)
        told.append(str(caught.value))
    assert told[0] == told[1]
