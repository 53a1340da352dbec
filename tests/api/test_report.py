from __future__ import annotations

import pytest

from annotation.models import Assignment, Defect, Project, User
from tests import factories
from tests.api.door import Door


@pytest.fixture
def held(project: Project, ana: User) -> Assignment:
    return factories.assign(factories.make_candidate(factories.make_item(project)), ana)


def test_a_report_holds_the_item_back(held: Assignment, ana_door: Door) -> None:
    path = f"assignments/{held.pk}/report"
    response = ana_door.post(path, {"part": "source", "note": "Cut off."})
    assert (response.status_code, response.content) == (204, b"")
    defect = Defect.objects.holding().get()
    assert (defect.item, defect.part) == (held.candidate.item, "source")
    assert ana_door.post(path, {"part": "source", "note": "Twice."}).status_code == 204
    assert Defect.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [({"part": "sound", "note": "No."}, "part"), ({"part": "image"}, "note")],
    ids=["part", "note"],
)
def test_a_report_names_part_and_fault(
    held: Assignment, ana_door: Door, body: dict[str, str], field: str
) -> None:
    response = ana_door.post(f"assignments/{held.pk}/report", body)
    assert (response.status_code, list(response.json())) == (400, [field])
