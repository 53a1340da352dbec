"""The planner page: a form in the address, and what it costs."""

from __future__ import annotations

import re

import numpy as np
import pytest
from django.test import Client

from annotation import jobs
from annotation.models import Job, Project, User
from tests import factories
from tests.quality.crowd import judged_by_all, labels_of

ADDRESS = "/p/demo/planner/"


@pytest.fixture
def pilot(project: Project, ana: User, bao: User, chris: User) -> None:
    labels = labels_of(4, (0.9, 0.9, 0.9), items=60, shares=(0.7, 0.3))
    wrong = np.zeros_like(labels)
    people = [ana, bao, chris]
    judged_by_all(project, people, labels, {"ungrounded": wrong}, seconds=(20, 60, 40))
    for kind in (Job.Kind.MEASURE, Job.Kind.RATERS):
        jobs.run(jobs.ask(kind, project=project).pk)


def told(client: Client, status: int = 200, **query: object) -> str:
    answer = client.get(ADDRESS, {"language": "de"} | query)
    assert answer.status_code == status
    text = re.sub(r"<[^>]+>", "", answer.content.decode())
    return re.sub(r"\s+", " ", text)


def test_without_a_pilot_it_says_what_is_missing(lena, project, logged_in) -> None:
    page = told(logged_in(lena))
    assert "No pilot yet" in page
    assert "A plan needs 10 complete candidates" in page


def test_it_opens_with_a_plan_from_the_pilot(lena, pilot, logged_in) -> None:
    page = logged_in(lena).get(ADDRESS, {"language": "de"}).content.decode()
    assert re.search(r'name="seconds" value="40"', page)
    assert page.count("the pilot&#x27;s items") + page.count("the pilot's items") == 2
    text = told(logged_in(lena))
    assert "For an interval of ±0.05" in text
    assert "To see 5 points of “Accept” between two models" in text


def test_a_wider_interval_costs_less(lena, pilot, logged_in) -> None:
    def items(half_width: str) -> int:
        page = logged_in(lena).get(
            ADDRESS, {"language": "de", "half_width": half_width}
        )
        first = re.search(
            r'<th scope="row">2</th><td class="number">(\d+)', page.content.decode()
        )
        assert first
        return int(first[1])

    assert items("0.2") < items("0.1") < items("0.05")


def test_what_the_pilot_cannot_tell_is_said(lena, pilot, logged_in) -> None:
    page = told(
        logged_in(lena),
        criterion="ungrounded",
        coefficient="krippendorff-alpha-nominal/1",
    )
    assert "The pilot does not tell: no variation: only one category was used." in page
    assert "“Yes” was given always or never" in page


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ({"half_width": "narrow"}, "Give the half-width as a number, such as 0.05."),
        ({"half_width": "0"}, "greater than or equal to 0.01"),
        ({"overlap": "101"}, "less than or equal to 100"),
        ({"seconds": ""}, "give the seconds"),
        ({"power": "100"}, "less than or equal to 99"),
    ],
    ids=str,
)
def test_a_wish_that_makes_no_sense_is_refused_with_a_sentence(
    lena, pilot, logged_in, query: dict[str, str], why: str
) -> None:
    page = told(logged_in(lena), status=422, **query)
    assert why in page
    assert "For an interval" not in page


def test_a_choice_of_another_question_gives_way(lena, pilot, logged_in) -> None:
    page = told(
        logged_in(lena), label="Native", coefficient="nonsense", one="x", criterion="y"
    )
    assert "of “Accept” between two models" in page


def test_two_generators_are_set_side_by_side(
    lena, project, pilot, ana, bao, chris, logged_in
) -> None:
    worse = labels_of(6, (0.9, 0.9, 0.9), items=40, shares=(0.4, 0.6))
    for candidate in judged_by_all(project, [ana, bao, chris], worse):
        factories.write_provenance(candidate, model="bold-model")
    jobs.run(jobs.ask(Job.Kind.MEASURE, project=project).pk)
    page = told(logged_in(lena), one="a person", other="bold-model")
    shares = re.findall(r"(a person|bold-model): ([\d.]+) % of the ratings", page)
    assert [name for name, _ in shares] == ["a person", "bold-model"]
    assert float(shares[0][1]) > float(shares[1][1])
    assert "With the items judged so far the chance to see such a difference" in page


def test_it_is_for_leads(ana, adam, project, logged_in) -> None:
    for person in (ana, adam):
        assert logged_in(person).get(ADDRESS).status_code == 403
