from __future__ import annotations

from uuid import uuid4

import pytest

from annotation import rubrics
from annotation.models import Assignment, Candidate, Project, User
from corpus.content import KINDS
from tests import factories
from tests.api.door import Door


def asked(door: Door, language: str = "de") -> tuple[int, dict[str, object]]:
    response = door.post("projects/demo/next", {"language": language})
    return response.status_code, response.json()


@pytest.fixture
def candidate(project: Project) -> Candidate:
    return factories.make_candidate(factories.make_item(project))


def test_next_claims_an_item_with_all_that_is_needed_to_judge_it(
    candidate: Candidate, ana: User, ana_door: Door
) -> None:
    status, shown = asked(ana_door)
    assignment = Assignment.objects.get()
    assert status == 200
    assert assignment.annotator == ana
    assert shown["id"] == str(assignment.pk)
    assert (shown["project"], shown["language"]) == ("demo", "de")
    assert (shown["kind"], shown["is_open"]) == ("caption", True)
    assert shown["source_content"] == candidate.item.content_json
    assert shown["content"] == candidate.content_json
    assert shown["findings"] == []
    assert candidate.item.image is not None
    assert shown["image"] == {
        "sha256": candidate.item.image.sha256,
        "width": 320,
        "height": 240,
    }


@pytest.mark.parametrize("kind", KINDS)
def test_next_asks_the_criteria_of_the_kind(
    project: Project, ana_door: Door, kind: str
) -> None:
    factories.make_candidate(factories.make_item(project, kind))
    _, shown = asked(ana_door)
    criteria = shown["criteria"]
    assert isinstance(criteria, list)
    ratings = factories.good_ratings(project, kind)
    assert [criterion["code"] for criterion in criteria] == list(ratings)
    assert all(len(criterion["points"]) >= 2 for criterion in criteria)


def test_next_explains_the_points_in_the_candidates_language(
    project: Project, lena: User, ana_door: Door
) -> None:
    wording = rubrics.wording_of_ready("caption").to_json()
    wording |= {"guideline": "Look.", "guidelines": {"de": "Sieh hin."}}
    rubrics.change(project=project, by=factories.viewer(lena), **wording)
    for language in ("de", "fr"):
        factories.make_candidate(factories.make_item(project), language)

    german, french = asked(ana_door, "de")[1], asked(ana_door, "fr")[1]

    assert german["rubric"] == "demo/2"
    assert (german["guideline"], french["guideline"]) == ("Sieh hin.", "Look.")
    criteria = german["criteria"]
    assert isinstance(criteria, list)
    assert criteria[2]["points"][3] == {
        "value": 4,
        "label": "Native",
        "help": "Nothing tells that a native speaker did not write it.",
        "example": "Zwei Hunde spielen auf der Wiese.",
        "example_language": "de",
    }


def test_an_answer_to_another_version_is_refused(
    project: Project, candidate: Candidate, lena: User, ana_door: Door
) -> None:
    shown = asked(ana_door)[1]
    wording = rubrics.wording_of(project.rubric).to_json() | {"guideline": "Look."}
    rubrics.change(project=project, by=factories.viewer(lena), **wording)
    ratings = factories.good_ratings(project, "caption")
    answer = {"verdict": "accept", "ratings": ratings, "rubric": shown["rubric"]}
    path = f"assignments/{shown['id']}/judgments/{uuid4()}"

    refused = ana_door.put(path, answer)
    assert refused.status_code == 422
    assert "The questions were changed" in refused.json()["detail"]
    assert ana_door.put(path, answer | {"rubric": "demo/2"}).status_code == 200


def test_next_names_the_verdicts(candidate: Candidate, ana_door: Door) -> None:
    _, shown = asked(ana_door)
    verdicts = shown["verdicts"]
    assert isinstance(verdicts, list)
    assert [verdict["value"] for verdict in verdicts] == [
        "accept",
        "accept_with_edits",
        "reject",
        "cannot_judge",
    ]


def test_item_without_picture_says_so(project: Project, ana_door: Door) -> None:
    factories.make_candidate(factories.make_item(project, image=False))
    assert asked(ana_door)[1]["image"] is None


def test_next_gives_back_what_is_held(candidate: Candidate, ana_door: Door) -> None:
    assert asked(ana_door)[1]["id"] == asked(ana_door)[1]["id"]
    assert Assignment.objects.count() == 1


def test_nothing_left_is_an_empty_answer(project: Project, ana_door: Door) -> None:
    response = ana_door.post("projects/demo/next", {"language": "de"})
    assert (response.status_code, response.content) == (204, b"")


def test_language_outside_the_enrolment_is_refused(
    candidate: Candidate, ana_door: Door
) -> None:
    status, body = asked(ana_door, "it")
    assert status == 403
    assert "not enrolled for Italian" in str(body["detail"])


def test_language_is_required(ana_door: Door) -> None:
    response = ana_door.post("projects/demo/next", {})
    assert response.status_code == 400
    assert response.json() == {"language": ["This field is required."]}
