"""A project changes what it asks."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from annotation import rubrics
from annotation.errors import Conflict, Invalid, NotAllowed
from annotation.models import Criterion, Event, Job, Rubric
from annotation.rubrics.differing import differences
from tests import factories
from tests.factories import viewer


def wording(project):
    return rubrics.wording_of(project.rubric).to_json()


def changed(project, by, **fields):
    """The project's rubric with `fields` in place of its own."""
    return rubrics.change(project=project, by=viewer(by), **wording(project) | fields)


def test_a_change_is_a_new_version_of_the_projects_own(project, lena):
    before, criteria = project.rubric, wording(project)["criteria"]
    other = factories.make_project("other")

    made = changed(project, lena, criteria=criteria[:2], guidelines={"de": "Sieh."})

    project.refresh_from_db()
    assert (project.rubric, str(made)) == (made, "demo/2")
    assert (made.project, made.replaces, made.changed_by) == (project, before, lena)
    assert [c.code for c in made.criteria.all()] == ["adequacy", "fluency"]
    assert (made.guideline_in("de"), made.guideline_in("fr")) == (
        "Sieh.",
        before.guideline.strip(),
    )
    other.refresh_from_db()
    assert other.rubric == before
    assert str(changed(project, lena, guideline="Look twice.")) == "demo/3"
    event = Event.objects.filter(kind=Event.Kind.RUBRIC_CHANGED).earliest("pk")
    assert (event.subject, event.user) == (f"rubric:{made.pk}", lena)
    assert event.detail == {"before": str(before), "now": "demo/2"}


def test_a_judgment_keeps_the_version_it_was_given_under(project, lena, ana):
    before = project.rubric
    item = factories.make_item(project)
    first = factories.judged(factories.make_candidate(item), ana)
    assert not Job.objects.filter(kind=Job.Kind.MEASURE).exists()

    made = changed(project, lena, guideline="Look twice.")
    second = factories.judged(
        factories.make_candidate(factories.make_item(project)), ana
    )

    first.refresh_from_db()
    assert (first.rubric, second.rubric) == (before, made)
    assert {r.criterion.rubric_id for r in first.ratings.all()} == {before.pk}
    newest, oldest = rubrics.versions(project)
    assert (newest.judgments, oldest.judgments) == (1, 1)
    assert newest.changes == ["The guideline has changed."]
    assert oldest.changes == []
    assert Job.objects.filter(kind=Job.Kind.MEASURE).count() == 1


def test_only_a_lead_changes_it(project, ana, adam, olga):
    for person in (ana, adam, olga):
        with pytest.raises(NotAllowed):
            changed(project, person, guideline="Mine.")
    assert Rubric.objects.count() == 1


def test_the_same_again_is_no_new_version(project, lena):
    with pytest.raises(Conflict, match="Nothing was changed"):
        changed(project, lena)


def test_a_change_of_what_somebody_else_has_changed_is_told(project, lena):
    read_in = str(project.rubric)
    theirs = changed(project, lena, guideline="Theirs.", based_on=read_in)

    with pytest.raises(Conflict, match="Somebody has made demo/2 meanwhile"):
        changed(project, lena, guideline="Mine.", based_on=read_in)
    project.refresh_from_db()
    assert project.rubric == theirs


def test_nothing_is_written_of_what_is_invalid(project, lena):
    with pytest.raises(Invalid):
        changed(project, lena, criteria=[])
    assert Rubric.objects.count() == 1


def test_the_database_refuses_two_successors_and_half_an_origin(project, lena):
    made = changed(project, lena, guideline="Look twice.")
    for fields in (
        {"project": project, "replaces": made.replaces, "changed_by": lena},
        {"project": project, "replaces": made},
        {"replaces": made, "changed_by": lena},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rubric.objects.create(name="x", version=9, **fields)


def test_points_are_explained_in_the_language_they_have(db):
    texts = {"help": "All.", "help_in": {"de": "Alles."}}
    full = {"value": 1, "label": "Full", "examples": {"en": "A bus."}} | texts
    criterion = Criterion(points=[{"value": 0, "label": "None"}, full])

    assert criterion.points_in("de")[1]["help"] == "Alles."
    french = criterion.points_in("fr")
    assert french[1]["help"] == "All."
    assert (french[1]["example"], french[1]["example_language"]) == ("A bus.", "en")
    assert (french[0]["help"], french[0]["example"]) == ("", "")


def test_a_difference_is_told_in_words(project):
    before, after = wording(project), wording(project)
    adequacy, fluency, _, key = after["criteria"]
    adequacy |= {"question": "Same meaning?", "kinds": ["caption"], "required": False}
    key |= {"scale": "nominal", "help": "Ask yourself."}
    fluency["points"] = fluency["points"][2:]
    new = adequacy | {"code": "tone", "question": "Is the tone right?"}
    after |= {
        "criteria": [key, adequacy, fluency, new],
        "guidelines": {"de": "Sieh."},
        "guideline": "",
    }

    assert differences(rubrics.read(before), rubrics.read(after)) == [
        "The guideline is gone.",
        "The guideline in German is new.",
        "key_preserved is nominal instead of binary.",
        "The help or the examples of key_preserved have changed.",
        "adequacy asks “Same meaning?” instead of “Does it say what the English "
        "source says?”",
        "adequacy is asked of caption instead of everything.",
        "adequacy may stay open now.",
        "fluency has the points 3 Good, 4 Native instead of 1 Broken, 2 Awkward, "
        "3 Good, 4 Native.",
        "New question tone: “Is the tone right?”",
        "No longer asked, ungrounded: “Does it say something that is not in the "
        "image?”",
        "The order is now key_preserved, adequacy, fluency, tone.",
    ]
