"""The page of one slice: label shares, what meets what, the grounding-error rate."""

from __future__ import annotations

import re

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from annotation import jobs
from annotation.models import Job, Project, User
from quality.agreement import PatternTable, share_of_ratings, specific_agreement
from tests import factories
from tests.quality.crowd import judged_by_all


@pytest.fixture
def people(ana: User, bao: User, chris: User) -> list[User]:
    return [ana, bao, chris]


def measured(project: Project) -> None:
    for kind in (Job.Kind.MEASURE, Job.Kind.RATERS):
        job = jobs.run(jobs.ask(kind, project=project).pk)
        assert job is not None
        assert job.state == "done", job.error


@pytest.fixture
def judged(project: Project, people: list[User]) -> None:
    """Thirty items in German, four in French; two rated wrong in German."""
    verdicts = np.array([[0, 0, 0]] * 20 + [[0, 0, 1]] * 6 + [[1, 1, 1]] * 4)
    wrong = np.array([[0, 0, 0]] * 28 + [[1, 1, 0]] * 2)
    judged_by_all(project, people, verdicts, {"ungrounded": wrong})
    judged_by_all(project, people, verdicts[:4], language="fr")
    measured(project)


def told(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    page = re.sub(r"<svg.*?</svg>", "", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def address(language: str, name: str) -> str:
    return reverse("slice", args=["demo", language, name])


def test_labels_have_shares_and_agreement_with_intervals(
    lena, judged, logged_in
) -> None:
    rows = [[3, 0]] * 20 + [[2, 1]] * 6 + [[0, 3]] * 4
    table = PatternTable.from_counts(rows, ("accept", "reject"))
    share, agreement = share_of_ratings(table, ["reject"]), specific_agreement(table)
    page = told(logged_in(lena), address("de", "verdict"))
    numbers = (share, agreement["reject"])
    said = " ".join(
        f"{100 * s.value:.0f} % {100 * s.low:.0f} % to {100 * s.high:.0f} %"
        for s in numbers
    )
    assert f"Reject 18 ratings Reject {said}" in page
    assert "Accept with edits 0 0 %" in page


def test_what_meets_what_leads_to_its_items(lena, judged, logged_in) -> None:
    client = logged_in(lena)
    page = client.get(address("de", "verdict")).content.decode()
    # Six items have two such pairs each; beside 144 times Accept stand 12 Rejects.
    cell = re.search(
        r'href="([^"]*label=accept&amp;other=reject)">([^<]*)</a><div[^>]*>(\d+)<', page
    )
    assert cell
    assert (cell[2], cell[3]) == ("8 %", "12")
    listed = client.get(cell[1].replace("&amp;", "&")).content.decode()
    assert "<p>6 items</p>" in listed
    assert listed.count("2 × Accept") == listed.count("1 × Reject") == 6


def test_the_grounding_error_rate_stands_with_its_interval(
    lena, judged, logged_in
) -> None:
    rows = [[3, 0]] * 28 + [[1, 2]] * 2
    rate = share_of_ratings(PatternTable.from_counts(rows, ("No", "Yes")), ["Yes"])
    page = told(logged_in(lena), address("de", "verdict"))
    assert "Grounding errors in German" in page
    assert f"{100 * rate.value:.1f} % of the ratings" in page
    assert f"({100 * rate.low:.1f} % to {100 * rate.high:.1f} %)" in page
    assert "Grounding errors" not in told(logged_in(lena), address("fr", "verdict"))


def test_too_few_items_are_counted_and_no_number_is_told(
    lena, judged, logged_in
) -> None:
    page = told(logged_in(lena), address("fr", "verdict"))
    assert "Fewer than 10 items with two ratings: withheld." in page
    assert "Items 4" in page
    assert "What meets what" not in page


def test_cautions_are_sentences(lena, project, people, logged_in) -> None:
    judged_by_all(project, people, np.zeros((12, 3), np.int64))
    measured(project)
    page = told(logged_in(lena), address("de", "verdict"))
    assert "Only 12 items with two ratings or more" in page


def test_a_narrower_slice_has_its_page(lena, project, people, logged_in) -> None:
    for kind in ("caption", "question_answer"):
        verdicts = np.array([[0, 0, 1]] * 12)
        judged_by_all(project, people, verdicts, kind=kind)
    measured(project)
    narrower = "?by=kind&value=question_answer"
    client = logged_in(lena)
    page = client.get(address("de", "verdict") + narrower).content.decode()
    assert "question answer" in page
    link = re.search(r'href="([^"]*label=reject&amp;by=kind[^"]*)"', page)
    assert link
    listed = client.get(link[1].replace("&amp;", "&")).content.decode()
    assert "<p>12 items</p>" in listed
    assert "<td>question answer</td>" in listed
    assert "<td>caption</td>" not in listed


def test_two_people_have_their_slice(lena, judged, people, logged_in) -> None:
    client = logged_in(lena)
    page = client.get("/p/demo/agreement/", {"by": "pair"}).content.decode()
    assert "German: Ana and Bao" in page
    # Four items are too few for a slice of its own.
    assert "French: Ana and Bao" not in page
    pair = f"{people[0].pk}+{people[2].pk}"
    query = {"by": "pair", "value": pair}
    alone = client.get(address("de", "verdict"), query).content.decode()
    assert "Ana and Chris" in alone
    assert "<dt>of these all the same</dt><dd>24" in alone
    file = client.get("/p/demo/agreement/report.csv", {"by": "pair"}).content.decode()
    assert file.count("rater-")
    assert not [p for p in people if str(p) in file or p.username in file]


def test_nothing_measured_is_said(lena, project, logged_in) -> None:
    assert "Nothing to look at yet" in told(logged_in(lena), address("de", "fluency"))


@pytest.mark.parametrize(
    "path", ["de/nonsense/", "it/verdict/", "de/verdict/x/"], ids=str
)
def test_what_the_project_does_not_ask_is_not_found(
    lena, project, logged_in, path: str
) -> None:
    assert logged_in(lena).get(f"/p/demo/agreement/{path}").status_code == 404


def test_it_is_for_leads(ana, adam, project, logged_in) -> None:
    for person in (ana, adam):
        for where in (address("de", "verdict"), "/p/demo/items/"):
            assert logged_in(person).get(where).status_code == 403


def test_the_list_of_items_goes_on(lena, project, people, logged_in) -> None:
    judged_by_all(project, people, np.zeros((53, 3), np.int64))
    client = logged_in(lena)
    where = "/p/demo/items/?language=de&label=accept"
    first = client.get(where).content.decode()
    assert "<p>53 items</p>" in first
    assert first.count("<tr>") == 51
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    last = client.get(
        "/p/demo/items/" + following[1].replace("&amp;", "&")
    ).content.decode()
    assert last.count("<tr>") == 4
    assert "From the start" in last
    # Nonsense in the address is no reason for an error.
    odd = client.get("/p/demo/items/?language=x&label=y&rater=z&after=-1&second=9")
    assert "No item fits" in odd.content.decode()


def test_an_item_opens_where_its_answers_stand(lena, judged, logged_in) -> None:
    client = logged_in(lena)
    page = client.get("/p/demo/items/?language=de").content.decode()
    link = re.search(r'href="(/c/\d+/rule/)"', page)
    assert link
    assert client.get(link[1]).status_code == 200


def test_another_rubric_version_is_a_slice_of_its_own(
    lena, project, people, logged_in
) -> None:
    later = factories.later_rubric(project)
    verdicts = np.array([[0, 0, 1]] * 12)
    fluent = {"fluency": np.ones((12, 3), np.int64)}
    judged_by_all(project, people, verdicts, fluent)
    judged_by_all(project, people, verdicts, fluent, rubric=later)
    measured(project)
    client = logged_in(lena)
    page = client.get("/p/demo/agreement/", {"by": "rubric"}).content.decode()
    for rubric in (project.rubric, later):
        assert f"German: {rubric}" in page
    whole = client.get("/p/demo/agreement/").content.decode()
    assert "12 items, 3 raters" in whole
    assert "24 items" not in whole
