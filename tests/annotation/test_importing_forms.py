"""One benchmark from two kinds of file: every item once, whichever came first."""

from __future__ import annotations

from typing import Any

import pytest

from annotation import importing, jobs
from annotation.item_batches import RECATEGORISED, TWINS
from annotation.models import Item, Job
from corpus.content import MultipleChoice, YesNo
from corpus.record import Picture, Record
from tests.annotation.test_importing import SAMPLES, record
from tests.corpus.contents import PHOTO, PICTURE
from tests.corpus.sources.files import IMAGE_TYPE, lines, parquet
from tests.factories import make_dataset

FORMS = {
    "mmbench": ("MMBench/MMBench_DEV_EN.tsv", "MMBench/en/dev-00000-of-00001.parquet"),
    "scienceqa": (
        "ScienceQA/ScienceQA_TEST.tsv",
        "ScienceQA/ScienceQA-IMG/test-00000-of-00001.parquet",
    ),
    "mme": ("MME/MME.tsv", "MME/data/test-00000-of-00001.parquet"),
    "pope": ("POPE/POPE.tsv", "POPE/data/test-00000-of-00001.parquet"),
    "ai2d": ("ai2d/AI2D_TEST.tsv", "ai2d/data/test-00000-of-00001.parquet"),
}
BOTH = [(source, *forms) for source, forms in FORMS.items()]
BOTH += [(source, *reversed(forms)) for source, forms in FORMS.items()]
NAME = "COCO_val2014_000000310196"
ASKED = "Is there a dog in the image?"


def imported(project, source, path) -> dict[str, Any]:
    job = importing.ask(project=project, source=source, path=str(path))
    ended = jobs.run(job.pk)
    assert ended.state == Job.State.DONE, ended.error
    return ended.result


def items() -> list[tuple[Any, ...]]:
    return list(Item.objects.order_by("pk").values_list("key", "digest", "image_id"))


@pytest.mark.parametrize(
    ("source", "first", "second"), BOTH, ids=[f"{s}-{p[-3:]}" for s, p, _ in BOTH]
)
def test_the_second_kind_of_file_adds_nothing(project, source, first, second):
    added = imported(project, source, SAMPLES / first)["added"]
    before = items()

    result = imported(project, source, SAMPLES / second)

    assert (result["added"], result["unchanged"], result["refused"]) == (0, added, 0)
    assert items() == before
    sorted_otherwise = {"scienceqa", "ai2d"}
    told = [RECATEGORISED.of(added)] if source in sorted_otherwise else []
    assert [result[name] for name in ("mind",) if name in result] == told


def test_popes_own_lines_and_the_hub_are_one_set(project, tmp_path):
    hub = {"question_id": "1", "question": ASKED, "answer": "yes", "image_source": NAME}
    hub |= {"image": {"bytes": PHOTO.read_bytes(), "path": None}, "category": "random"}
    own = {"question_id": 1, "image": f"{NAME}.jpg", "text": ASKED, "label": "yes"}
    imported(project, "pope", parquet(tmp_path, [hub], image=IMAGE_TYPE))

    result = imported(project, "pope", lines(tmp_path, [own], "coco_pope_random.json"))

    assert (result["added"], result["unchanged"]) == (0, 1)
    assert len(Item.objects.get().upstream["rows"]) == 1


def test_pictures_with_the_same_bytes_are_one_to_pope(project):
    """Two names of one picture, in one batch, and both once more."""
    shown = Picture(data=PHOTO.read_bytes())
    said = {"tracks": ["random"], "rows": [{"category": "random"}], "instruction": ""}
    asked = YesNo(ASKED, "Yes")
    one, other = (
        Record(key, asked, shown, upstream=said) for key in ("a-name", "b-name")
    )
    dataset = make_dataset(project, source="pope")
    counts = []
    for rows in ([one, other], [other, one]):
        report = importing.import_rows(dataset=dataset, rows=rows)
        counts.append((report.added, report.unchanged))
    assert counts == [(1, 1), (0, 2)]
    assert Item.objects.get().key == one.key


def test_a_text_on_the_same_picture_is_only_named_where_rows_may_repeat(project):
    dataset = make_dataset(project, source="pixmo-cap")
    shown = Picture(data=PICTURE.read_bytes())
    for key in "ab":
        report = importing.import_rows(
            dataset=dataset, rows=[record(key, picture=shown)]
        )
    assert (report.added, report.mind) == (1, TWINS.of(1))


def test_another_category_is_named_and_the_first_one_kept(project):
    dataset = make_dataset(project)
    for category in ("plants", "animals"):
        asked = MultipleChoice("Which?", ("red", "blue"), "A", category=category)
        report = importing.import_rows(dataset=dataset, rows=[Record("a", asked)])
    assert report.mind == RECATEGORISED.of(1)
    content = Item.objects.get().content
    assert isinstance(content, MultipleChoice)
    assert content.category == "plants"
