"""The lead's pages about the rubric."""

from __future__ import annotations

import re
from html import unescape

import pytest

from annotation import rubrics
from annotation.models import Rubric
from annotation.rubric_forms import RubricForm
from tests import factories
from tests.factories import viewer

PAGE, FORM = "/p/demo/rubric/", "/p/demo/rubric/change/"


def typed(project, start: str = "", **changes: str) -> dict[str, str | list[str]]:
    """What a browser sends of the form as it comes up, with changes."""
    wording = (
        rubrics.wording_of_ready(start) if start else rubrics.wording_of(project.rubric)
    )
    form = RubricForm(project, wording)
    sent: dict[str, str | list[str]] = {"count": str(len(form.parts)), "do": "save"}
    for part in [form, *form.parts]:
        for field in part:
            value = field.value()
            if value is True or value not in (None, False, ""):
                sent[field.html_name] = "on" if value is True else value
    return sent | {name.replace("__", "-"): text for name, text in changes.items()}


def test_the_page_shows_what_is_asked_and_where_it_comes_from(
    project, lena, ana, logged_in
):
    candidate = factories.make_candidate(factories.make_item(project))
    factories.judged(candidate, ana)
    client = logged_in(lena)
    wording = rubrics.wording_of_ready("caption").to_json()
    rubrics.change(project=project, by=viewer(lena), **wording)

    text = unescape(re.sub(r"\s+", " ", client.get(PAGE).content.decode()))

    assert "How far is what it says borne out by the image?" in text
    assert "multilingual-image-text/1" in text
    assert "1 judgment · since" in text
    assert "New question completeness: “Does it tell what there is to see?”" in text
    assert "Due cani giocano" not in text
    assert "Deux chiens jouent" in text


def test_the_form_comes_back_to_the_very_same_rubric(project, lena, logged_in):
    response = logged_in(lena).post(FORM, typed(project))

    assert response.status_code == 422
    assert "Nothing was changed" in response.content.decode()
    assert Rubric.objects.count() == 1


def test_a_lead_starts_from_a_ready_rubric(project, lena, logged_in):
    client = logged_in(lena)
    assert (
        "borne out by the image" in client.get(f"{FORM}?from=caption").content.decode()
    )

    response = client.post(f"{FORM}?from=caption", typed(project, "caption"))

    assert response["Location"] == PAGE
    project.refresh_from_db()
    assert rubrics.wording_of(project.rubric) == rubrics.wording_of_ready("caption")
    assert client.get(f"{FORM}?from=poetry").status_code == 404


def test_questions_are_added_moved_and_taken_out(project, lena, logged_in):
    new = {
        "q5__question": "Is the tone right?",
        "q5__code": "tone",
        "q5__scale": "nominal",
        "q5__points": "1 | Dry\n2 | Warm | As if | to a friend\n",
        "q5__examples": "2 | de | Hallo!\n1 | fr | Ci-joint.",
        "q5__help_in": "2 | de | Wie zu Freunden",
        "q5__kinds": ["caption"],
        "q5__order": "1",
        "q2__remove": "on",
        "guideline__de": "Sieh hin.",
    }

    response = logged_in(lena).post(FORM, typed(project, **new))

    assert response.status_code == 302
    project.refresh_from_db()
    asked = list(project.rubric.criteria.all())
    # Two in one place stay in the order in which they stand.
    assert [c.code for c in asked] == [
        "adequacy",
        "tone",
        "ungrounded",
        "key_preserved",
    ]
    assert asked[1].kinds == ["caption"]
    assert asked[1].points[1] == {
        "value": 2,
        "label": "Warm",
        "help": "As if | to a friend",
        "help_in": {"de": "Wie zu Freunden"},
        "examples": {"de": "Hallo!"},
    }
    assert project.rubric.guidelines == {"de": "Sieh hin."}


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("q1-points", "x | y\n2 | z", "Begin “x | y” with a whole number"),
        ("q1-points", "1\n2 | z", "Something is missing in “1”"),
        ("q1-points", "1 | one", "two to nine points"),
        ("q1-code", "My Code", "a letter first"),
        ("q2-code", "adequacy", "Two questions have this code"),
        ("q1-scale", "stars", "Select a valid choice"),
        ("q1-order", "0", "greater than or equal to 1"),
        ("q1-examples", "4 | xx | y", "is none of en, fr"),
        ("q1-examples", "9 | de | y", "No point has the value 9"),
        ("q1-help_in", "4 | de | y\n4 | de | z", "the second of that language"),
        ("q5-question", "Anything else?", "a letter first"),
        ("guideline", "x" * 20_001, "At most 20,000 characters"),
    ],
    ids=range(12),
)
def test_a_fault_is_told_beside_its_field_and_nothing_typed_is_lost(
    project, lena, logged_in, name, text, reason
):
    sent = typed(project) | {name: text, "q3-question": "kept?"}

    response = logged_in(lena).post(FORM, sent)

    assert response.status_code == 422
    form = response.context["form"]
    faults = [(field.html_name, error) for _, field, error in form.faults]
    # The empty question is wanting in more than its code.
    where = "q5-code" if name == "q5-question" else name
    found = [error for field, error in faults if field == where]
    assert reason in " ".join(found)
    page = unescape(response.content.decode())
    assert found[0] in page
    assert "kept?" in page
    assert text in page
    assert Rubric.objects.count() == 1


def test_a_preview_shows_the_typed_questions_and_saves_nothing(
    project, lena, logged_in
):
    sent = typed(project, "translation", kind="yes_no", language="de", do="preview")

    response = logged_in(lena).post(FORM, sent)

    assert response.status_code == 200
    shown = [criterion.code for criterion in response.context["preview"]]
    assert shown == ["adequacy", "fluency", "key_preserved"]
    above = response.content.decode().partition('class="stack section rubric"')[0]
    assert "Zwei Hunde spielen auf der Wiese." in above
    assert "Deux chiens jouent" not in above
    assert Rubric.objects.count() == 1


def test_the_form_says_how_much_stands_under_the_present_version(
    project, lena, ana, logged_in
):
    client = logged_in(lena)
    assert "Nobody has judged by" in client.get(FORM).content.decode()
    factories.judged(factories.make_candidate(factories.make_item(project)), ana)
    assert "1 judgment stands under" in client.get(FORM).content.decode()


def test_two_leads_at_once_are_told_of_each_other(project, lena, logged_in):
    client, sent = logged_in(lena), typed(project, guideline="Mine.")
    wording = rubrics.wording_of_ready("caption").to_json()
    rubrics.change(project=project, by=viewer(lena), **wording)

    response = client.post(FORM, sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Somebody has made demo/2 meanwhile" in page
    assert "Mine." in page
    again = re.search(r'name="based_on" value="([^"]+)"', page)
    assert again
    assert again[1] == "demo/2"
    assert client.post(FORM, sent | {"based_on": again[1]}).status_code == 302
    project.refresh_from_db()
    assert str(project.rubric) == "demo/3"


@pytest.mark.parametrize("count", ["", "x", "-1", "999999", "²"])
def test_a_broken_form_is_refused_in_peace(project, lena, logged_in, count):
    response = logged_in(lena).post(FORM, {"do": "save", "count": count})
    assert response.status_code == 422
    assert "at least one question" in response.content.decode()
