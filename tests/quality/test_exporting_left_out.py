"""What does not go out, and how a release says so."""

from __future__ import annotations

from annotation import jobs
from corpus.checks import VERSION
from quality import exporting
from quality.models import Decision
from tests.factories import make_candidate, make_item
from tests.quality.test_exporting import _offline, accepted, people, released

__all__ = ["_offline", "people"]


def test_what_one_language_cannot_hold_leaves_every_part(project, people):
    fine, marked = make_item(project), make_item(project)
    for item, language, text in (
        (fine, "de", "Ein roter Bus wartet an der Haltestelle."),
        (fine, "fr", "Un bus rouge attend à l'arrêt."),
        (marked, "de", "Ein roter Bus wartet an der Haltestelle."),
        (marked, "fr", "Un bus rouge attend à l'arrêt <image>."),
    ):
        candidate = make_candidate(item, language, content={"caption": text})
        Decision.objects.create(
            candidate=candidate,
            policy=project.policy,
            outcome="accepted",
            reason="ruled",
            content_json={"caption": text},
            evidence="0" * 64,
            checks=VERSION,
        )
    formats = ["parquet", "llava"]
    release = released(project, languages=["de", "fr"], formats=formats)
    assert release.items == 2
    (reason,) = release.left_out
    assert release.left_out[reason] == 2
    assert "<image>" in reason
    assert {part["rows"] for part in release.manifest["parts"]} == {1}


def test_what_has_no_picture_leaves_a_webdataset_and_nothing_else_fails(
    project, people
):
    accepted(project, people)
    accepted(project, people, image=False)
    release = released(project, formats=["parquet", "webdataset"])
    assert release.items == 1
    reason = "blocked: it has no image, so it fits no WebDataset"
    assert release.left_out == {reason: 1}


def test_an_arm_that_nothing_belongs_to_says_so(project, people):
    accepted(project, people)
    job = exporting.ask(
        project=project, design="training", languages=["de"], arm="native"
    )
    ended = jobs.run(job.pk)
    assert "Nothing that was accepted belongs to this arm" in ended.error


def test_a_test_split_that_stayed_empty_is_noted(project, people):
    accepted(project, people)
    release = released(project, test_share=0.001)
    (note,) = release.manifest["notes"]
    assert note.startswith("No picture fell into the test split of 0.001")
