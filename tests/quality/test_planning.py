"""Plans come from the project's own tables and pace, or say why there are none."""

from __future__ import annotations

import numpy as np
import pytest

from annotation import jobs
from annotation.models import Job, Project, User
from quality import planning, slices
from quality.agreement import METRICS, plans
from quality.models import Measurement
from tests.quality.crowd import judged_by_all, labels_of

AC1 = "gwet-ac1/1"


@pytest.fixture
def people(ana: User, bao: User, chris: User) -> list[User]:
    return [ana, bao, chris]


@pytest.fixture
def pilot(project: Project, people: list[User]) -> Measurement:
    labels = labels_of(4, (0.9, 0.9, 0.9), items=60, shares=(0.7, 0.3))
    judged_by_all(project, people, labels, seconds=(20, 60, 40))
    for kind in (Job.Kind.MEASURE, Job.Kind.RATERS):
        jobs.run(jobs.ask(kind, project=project).pk)
    found = slices.one_of(slices.latest(project), "de", "verdict")
    assert found is not None
    return found


def test_the_pace_is_that_of_the_middle_annotator(
    project: Project, pilot: Measurement
) -> None:
    assert planning.usual_seconds(project, "de") == 40
    assert planning.usual_seconds(project, "fr") is None


def test_a_plan_is_that_of_the_pilots_table(pilot: Measurement) -> None:
    found = planning.costs(pilot, AC1, half_width=0.1, overlap=1.0, seconds=40)
    table = slices.close(pilot).table
    assert found == plans(
        table,
        METRICS[AC1],
        half_width=0.1,
        raters=(2, 3, 4, 5),
        seconds_per_rating=40,
    )
    hours = [plan.ratings * 40 / 3600 for plan in found if not isinstance(plan, str)]
    assert [plan.hours for plan in found if not isinstance(plan, str)] == hours


def test_a_comparison_gets_dearer_as_the_difference_shrinks(
    pilot: Measurement,
) -> None:
    def needed(difference: float, raters: int = 3) -> int:
        found = planning.study(
            pilot,
            pilot,
            "Reject",
            difference=difference,
            raters=raters,
            seconds=40,
            power=0.8,
        )
        assert not isinstance(found, str), found
        assert found.now is None
        assert 0 < found.correlation < 1
        return found.needed.items

    assert needed(0.05) == pytest.approx(4 * needed(0.1), rel=0.02)
    assert needed(0.1, raters=1) > needed(0.1, raters=3)


def test_too_small_a_pilot_gives_no_plan(project: Project, people: list[User]) -> None:
    judged_by_all(project, people, np.array([[0, 0, 1]] * 9))
    jobs.run(jobs.ask(Job.Kind.MEASURE, project=project).pk)
    small = slices.one_of(slices.latest(project), "de", "verdict")
    assert small is not None
    sizes = {"half_width": 0.1, "overlap": 1.0, "seconds": 40}
    assert planning.costs(small, AC1, **sizes) == planning.NO_PILOT
    wanted = {"difference": 0.1, "raters": 3, "seconds": 40, "power": 0.8}
    told = planning.study(small, small, "Reject", **wanted)  # type: ignore[arg-type]
    assert told == planning.NO_PILOT


def test_a_label_nobody_gave_is_no_share_to_plan_with(pilot: Measurement) -> None:
    told = planning.study(
        pilot,
        pilot,
        "Accept with edits",
        difference=0.1,
        raters=3,
        seconds=40,
        power=0.8,
    )
    assert (
        told == "“Accept with edits” was given always or never: no share to plan with."
    )
