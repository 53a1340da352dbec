from __future__ import annotations

from annotation import enrolling
from annotation.models import Project, User
from tests import factories
from tests.api.door import Door


def test_token_lists_its_own_project_alone(
    project: Project, ana: User, ana_door: Door
) -> None:
    elsewhere = factories.make_project(code="elsewhere")
    enrolling.enrol(project=elsewhere, user=ana, role="annotator", languages=["fr"])
    body = ana_door.get("projects").json()
    assert body == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "code": "demo",
                "name": "Project demo",
                "description": "",
                "source_language": "en",
                "target_languages": ["fr", "de"],
                "judged_languages": ["de", "fr"],
            }
        ],
    }


def test_lead_judges_in_no_language(lena_door: Door) -> None:
    (project,) = lena_door.get("projects").json()["results"]
    assert project["judged_languages"] == []
