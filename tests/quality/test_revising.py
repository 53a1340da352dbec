"""An edited text takes the candidate's place, and somebody else has to accept it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from annotation import assigning, editing, jobs, judging, machine_rating
from annotation.errors import Conflict, NotAllowed, NothingLeft
from annotation.models import Candidate, Editor, Event, Job, Judgment
from annotation.settling import is_settled
from quality import adjudicating, browsing
from quality.counting import cells_of
from quality.models import Decision
from tests.factories import (
    answer,
    assign,
    enrol,
    judged,
    make_candidate,
    make_item,
    make_project,
    make_user,
    viewer,
)
from tests.races import overlapping, race

EDITED = {"caption": "Ein roter Bus steht an der Haltestelle."}
AGAIN = {"caption": "Ein roter Bus hält an der Haltestelle."}
ONCE_MORE = {"caption": "Ein roter Bus parkt an der Haltestelle."}


@pytest.fixture
def candidate(project):
    return make_candidate(make_item(project))


@pytest.fixture
def revised(candidate, ana, bao, chris):
    """Bao and Chris have edited it alike; Ana has accepted it."""
    judged(candidate, ana)
    for user in (bao, chris):
        judged(candidate, user, "accept_with_edits", edited=EDITED)
    adjudicating.decide(candidate.pk)
    candidate.refresh_from_db()
    return candidate


@pytest.fixture
def edited(revised):
    return revised.revised_by.get()


def decided(candidate):
    adjudicating.decide(candidate.pk)
    return Decision.objects.current().get(candidate=candidate)


def rule(candidate, user, content):
    return adjudicating.rule(
        candidate=candidate,
        by=viewer(user),
        outcome="accept",
        content=content,
        reason="Better.",
    )


def edit_twice(edited, ana, bao):
    """Ana edits the edited text, and Bao hers; his candidate."""
    judged(edited, ana, "accept_with_edits", edited=AGAIN)
    assert decided(edited).outcome == "revised"
    second = edited.revised_by.get()
    judged(second, bao, "accept_with_edits", edited=ONCE_MORE)
    return second


def test_an_agreed_edit_becomes_a_candidate_of_its_own(revised, edited, bao, chris):
    decision = Decision.objects.current().get(candidate=revised)
    assert (decision.outcome, decision.content_json) == ("revised", None)
    assert is_settled(revised)
    assert (edited.origin, edited.version) == ("edited", 2)
    assert (edited.first, edited.first_origin) == (revised, "translated")
    assert (edited.content_json, edited.needed) == (EDITED, 1)
    editors = {editor.person: editor.judgment for editor in edited.editors.all()}
    assert editors.keys() == {bao, chris}
    assert {said.edited_json["caption"] for said in editors.values()} == set(
        EDITED.values()
    )
    event = Event.objects.get(kind=Event.Kind.REVISED)
    assert (event.user, event.detail) == (None, {"by": edited.pk})


def test_deciding_again_makes_no_second_one(revised, edited):
    adjudicating.decide(revised.pk)
    assert list(revised.revised_by.all()) == [edited]


def test_only_who_did_not_write_it_is_given_it(project, edited, ana, bao, chris):
    for user in (bao, chris):
        by = viewer(user)
        with pytest.raises(NothingLeft):
            assigning.claim(project=project, language="de", by=by)
        assert assigning.waiting(project=project, language="de", by=by) == "0 items"
    assert assign(edited, ana).candidate == edited


def test_the_database_refuses_a_judgment_of_ones_own_text(edited, ana, bao):
    held = assign(edited, ana)
    with pytest.raises(IntegrityError, match="that they wrote"), transaction.atomic():
        Judgment.objects.create(
            assignment=held,
            candidate=edited,
            annotator=bao,
            rubric=edited.project.rubric,
            verdict="accept",
            seconds=1,
        )


def test_a_second_person_accepts_it(edited, ana):
    judged(edited, ana)
    decision = decided(edited)
    assert (decision.outcome, decision.content_json) == ("accepted", EDITED)


def test_what_a_second_person_rejects_is_contested(edited, ana):
    judged(edited, ana, "reject")
    decision = decided(edited)
    assert decision.outcome == "contested"
    assert "whoever edited it stands behind it" in decision.reason


def test_after_two_rounds_of_edits_an_adjudicator_chooses(edited, ana, bao, adam):
    second = edit_twice(edited, ana, bao)
    assert (second.first_id, second.version) == (edited.first_id, 3)
    assert decided(second).outcome == "contested"
    rule(second, adam, second.content_json)
    assert decided(second).outcome == "accepted"


def test_differing_edits_stay_contested(candidate, ana, bao, chris):
    for user, text in ((ana, EDITED), (bao, AGAIN), (chris, ONCE_MORE)):
        judged(candidate, user, "accept_with_edits", edited=text)
    assert decided(candidate).outcome == "contested"


@pytest.fixture
def contested(candidate, ana, bao, chris):
    judged(candidate, ana, "accept_with_edits", edited=EDITED)
    judged(candidate, bao, "reject")
    judged(candidate, chris)
    adjudicating.decide(candidate.pk)
    return candidate


def test_an_adjudicator_who_types_a_text_is_its_editor(contested, adam, ana, project):
    rule(contested, adam, AGAIN)
    new = contested.revised_by.get()
    editor = new.editors.get()
    assert (editor.person, editor.judgment) == (adam, None)
    judged(new, ana, "reject")
    adjudicating.decide(new.pk)
    with pytest.raises(NotAllowed, match="You wrote this text"):
        rule(new, adam, AGAIN)


def test_an_adjudicator_who_takes_a_text_over_has_not_written_it(contested, adam, ana):
    rule(contested, adam, EDITED)
    editor = contested.revised_by.get().editors.get()
    assert editor.person == ana
    assert editor.judgment.edited_json == EDITED


def test_what_is_revised_is_corrected_no_more(revised, ana):
    judgment = revised.judgments.get(annotator=ana)
    with pytest.raises(Conflict, match="settled"):
        judging.correct(
            judgment=judgment, by=viewer(ana), answer=answer(revised, "reject")
        )


@pytest.fixture
def alone(project):
    """A project of one annotator and one adjudicator."""
    small = make_project("small", overlap=1)
    dora = enrol(make_user("dora"), small, "annotator", ["de"])
    eli = enrol(make_user("eli"), small, "adjudicator")
    candidate = make_candidate(make_item(small))
    judged(candidate, dora, "accept_with_edits", edited=EDITED)
    adjudicating.decide(candidate.pk)
    return candidate.revised_by.get(), dora, eli


def test_where_nobody_else_may_judge_an_adjudicator_decides(alone):
    edited, _, eli = alone
    edited.refresh_from_db()
    assert edited.complete_at is not None
    assert not edited.slots.exclude(state="filled").exists()
    found = Decision.objects.current().get(candidate=edited)
    assert (found.outcome, found.reason) == (
        "contested",
        "nobody is left to judge it but who wrote it",
    )
    rule(edited, eli, EDITED)
    assert decided(edited).content_json == EDITED


def test_the_last_who_could_judge_it_skips_it(project, edited, ana):
    Job.objects.all().delete()
    assigning.skip(assignment=assign(edited, ana), by=viewer(ana), reason="unsure")
    jobs.run(Job.objects.get(kind=Job.Kind.DECIDE).pk)
    found = Decision.objects.current().get(candidate=edited)
    assert found.outcome == "contested"
    assert Event.objects.filter(kind=Event.Kind.NOBODY_LEFT).count() == 1


def test_what_somebody_holds_is_not_closed(project, edited, ana):
    assign(edited, ana)
    jobs.run(Job.objects.get(kind=Job.Kind.DECIDE).pk)
    edited.refresh_from_db()
    assert edited.complete_at is None


def test_edits_of_a_persons_text_count_their_versions_apart(project, ana, bao, chris):
    native = make_candidate(make_item(project), origin="native", needed=1)
    judged(native, ana, "accept_with_edits", edited=EDITED)
    adjudicating.decide(native.pk)
    new = native.revised_by.get()
    assert (new.version, new.first_origin) == (2, "native")
    machine = make_candidate(native.item, version=2, needed=1)
    judged(machine, bao, "accept_with_edits", edited=EDITED)
    adjudicating.decide(machine.pk)
    assert machine.revised_by.get().version == 3


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"origin": "edited"}, "another line"),
        ({"first_origin": "native"}, "candidate_edited_from_another"),
        ({"changed": 0.5}, "candidate_edited_from_another"),
    ],
)
def test_what_is_edited_says_from_what_and_nothing_else_does(project, fields, reason):
    with pytest.raises(IntegrityError, match=reason), transaction.atomic():
        make_candidate(make_item(project), **fields)


def test_an_edited_text_is_of_the_same_item(project, revised, edited):
    other = make_item(project)
    with pytest.raises(IntegrityError, match="another line"), transaction.atomic():
        Candidate.objects.create(
            project=project,
            item=other,
            language="de",
            origin="edited",
            revises=edited,
            first=revised,
            first_origin="translated",
            changed=0.5,
            version=3,
            content_json=EDITED,
            needed=1,
        )


def test_edits_are_in_no_figure_of_whoever_wrote_the_first_text(edited, project, ana):
    judged(edited, ana)
    cells = [cell for cell in cells_of(project) if cell.place.criterion is None]
    assert sum(cell.patterns.total() for cell in cells) == 1
    wanted = browsing.Wanted(language="de", label="accept")
    found = browsing.items(Candidate.objects.all(), project, wanted)
    assert [candidate.pk for candidate in found] == [edited.first_id]


def test_models_are_not_asked_about_edits(edited, project):
    assert machine_rating.ask(project=project, judge="some-model").new == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_decide_at_once_make_one_successor():
    project = make_project(overlap=1)
    dora = enrol(make_user("dora"), project, "annotator", ["de"])
    enrol(make_user("emil"), project, "annotator", ["de"])
    candidate = make_candidate(make_item(project))
    judged(candidate, dora, "accept_with_edits", edited=EDITED)
    found = race([candidate.pk] * 2, adjudicating.decide)
    assert len({decision.pk for decision in found}) == 1
    assert candidate.revised_by.count() == 1
    assert Editor.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_claim_that_has_not_committed_yet_keeps_its_slot():
    """By then nobody else may take it, so only the slot tells."""
    project = make_project(overlap=1)
    people = [make_user(name) for name in ("dora", "emil")]
    for user in people:
        enrol(user, project, "annotator", ["de"])
    candidate = make_candidate(make_item(project))
    judged(candidate, people[0], "accept_with_edits", edited=EDITED)
    adjudicating.decide(candidate.pk)
    edited = candidate.revised_by.get()
    by = viewer(people[1])

    def claim(pause):
        with transaction.atomic():
            assigning.claim(project=project, language="de", by=by)
            pause()

    _, closed = overlapping(claim, lambda: editing.close_if_unjudgeable(edited.pk))
    assert not closed
    assert edited.slots.get().state == "leased"
