from __future__ import annotations

import pytest

from annotation import editing
from annotation.models import Candidate, Project, User
from tests import factories
from tests.api.door import Door


@pytest.fixture
def candidate(project: Project) -> Candidate:
    return factories.make_candidate(factories.make_item(project))


def test_assignment_is_shown_as_it_was_claimed(
    candidate: Candidate, ana_door: Door
) -> None:
    claimed = ana_door.post("projects/demo/next", {"language": "de"}).json()
    again = ana_door.get(f"assignments/{claimed['id']}")
    assert again.status_code == 200
    assert again.json() == claimed


def test_ended_assignment_is_shown_as_ended(
    candidate: Candidate, ana: User, ana_door: Door
) -> None:
    judgment = factories.judged(candidate, ana)
    shown = ana_door.get(f"assignments/{judgment.assignment_id}").json()
    assert shown["is_open"] is False


def test_assignment_of_somebody_else_is_not_found(
    candidate: Candidate, bao: User, ana_door: Door
) -> None:
    held = factories.assign(candidate, bao)
    assert ana_door.get(f"assignments/{held.pk}").status_code == 404


def test_assignment_tells_neither_origin_nor_key_nor_dataset(
    candidate: Candidate, ana_door: Door
) -> None:
    """They could give a control away."""
    shown = ana_door.post("projects/demo/next", {"language": "de"}).content.decode()
    assert candidate.item.key not in shown
    assert candidate.item.dataset.name not in shown
    assert "origin" not in shown


def test_assignment_of_an_edited_text_tells_what_it_was_before(
    candidate: Candidate, bao: User, ana_door: Door
) -> None:
    edited = {"caption": "Ein roter Bus steht da."}
    judgment = factories.judged(candidate, bao, "accept_with_edits", edited=edited)
    new = editing.propose(revised=candidate, content=edited, judgments=[judgment])
    plain = ana_door.post("projects/demo/next", {"language": "de"}).json()
    assert (plain["is_edited"], plain["content_before"]) == (False, None)
    factories.judged(candidate, User.objects.get(username="ana"))
    shown = ana_door.post("projects/demo/next", {"language": "de"}).json()
    assert (shown["content"], shown["is_edited"]) == (new.content_json, True)
    assert shown["content_before"] == candidate.content_json
    assert "bao" not in str(shown)
