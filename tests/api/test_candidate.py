from __future__ import annotations

from annotation.models import Candidate, Project, User
from tests import factories
from tests.api.door import Door
from tests.api.test_contested import contested

__all__ = ["contested"]


def test_candidate_is_shown_with_its_judgments(
    contested: Candidate, adam_door: Door
) -> None:
    shown = adam_door.get(f"candidates/{contested.pk}").json()
    assert shown["content"] == contested.content_json
    assert shown["source_content"] == contested.item.content_json
    assert shown["why_not_rule"] is None
    votes = {vote["verdict"]: vote for vote in shown["judgments"]}
    assert set(votes) == {"accept", "reject", "cannot_judge"}
    assert votes["reject"]["note"] == "Wrong number."
    assert votes["accept"]["ratings"]["adequacy"] == 4
    assert votes["accept"]["spans"] == []


def test_marked_errors_are_shown_with_their_vote(
    project: Project, ana: User, bao: User, chris: User, adam_door: Door
) -> None:
    candidate = factories.make_candidate(factories.make_item(project))
    factories.judged(candidate, ana, "reject", spans=[factories.mark("Bus")])
    for other in (bao, chris):
        factories.judged(candidate, other)
    votes = adam_door.get(f"candidates/{candidate.pk}").json()["judgments"]
    marked = [span for vote in votes for span in vote["spans"]]
    assert [(span["words"], span["start"], span["end"]) for span in marked] == [
        ("Bus", 10, 13)
    ]


def test_authors_are_letters(contested: Candidate, adam_door: Door) -> None:
    response = adam_door.get(f"candidates/{contested.pk}")
    letters = [vote["annotator"] for vote in response.json()["judgments"]]
    assert letters == ["A", "B", "C"]
    text = response.content.decode().lower()
    ids = [str(judgment.pk) for judgment in contested.judgments.all()]
    for trace in ("ana", "bao", "chris", *ids):
        assert f'"{trace}"' not in text


def test_incomplete_candidate_is_not_found(
    project: Project, ana: User, adam_door: Door
) -> None:
    candidate = factories.make_candidate(factories.make_item(project))
    factories.judged(candidate, ana, "reject")
    hidden = adam_door.get(f"candidates/{candidate.pk}")
    absent = adam_door.get(f"candidates/{candidate.pk + 1000}")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


def test_settled_candidate_says_why_it_cannot_be_ruled_on(
    contested: Candidate, adam: User, adam_door: Door
) -> None:
    adam_door.post(
        f"candidates/{contested.pk}/ruling", {"outcome": "reject", "reason": "Wrong."}
    )
    shown = adam_door.get(f"candidates/{contested.pk}").json()
    assert shown["why_not_rule"] == "Somebody has ruled on this item in the meantime."
