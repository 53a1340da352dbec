from __future__ import annotations

from annotation.models import Project, User
from quality import adjudicating
from tests import factories
from tests.api.door import Door


def test_tally_counts_each_language(
    project: Project, ana: User, bao: User, chris: User, lena_door: Door
) -> None:
    accepted = factories.make_candidate(factories.make_item(project), "fr")
    for user in (ana, bao, chris):
        factories.judged(accepted, user, "accept")
    adjudicating.decide(accepted.pk)
    factories.make_candidate(factories.make_item(project), "de")
    rows = lena_door.get("projects/demo/tally").json()["results"]
    nothing = {"candidates": 1, "accepted": 0, "rejected": 0}
    nothing |= {"contested": 0, "revised": 0}
    assert rows == [
        {"language": "de", **nothing, "incomplete": 1},
        {"language": "fr", **nothing, "accepted": 1, "incomplete": 0},
    ]
