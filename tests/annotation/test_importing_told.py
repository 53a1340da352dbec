"""What became of the rows of a file is told at every door, and a fault is a fault."""

from __future__ import annotations

import hashlib
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from annotation import importing, jobs
from annotation.models import Item
from corpus.record import Picture
from tests.annotation.test_importing import record
from tests.annotation.test_importing_forms import FORMS, SAMPLES, imported
from tests.corpus.sources.files import lines
from tests.factories import make_dataset, picture

TERMS = {"licence": "CC0-1.0", "attribution": "us"}
URLS = ["http://x.invalid/a.png", "http://x.invalid/a.png", "http://x.invalid/b.png"]


@pytest.mark.parametrize(
    ("source", "path", "read"),
    [
        ("pope", FORMS["pope"][1], "18 rows, 12 of them repeats of others: 6 items"),
        (
            "mmbench",
            FORMS["mmbench"][0],
            "13 rows, 9 of them repeats of others: 4 items",
        ),
    ],
    ids=["pope", "mmbench"],
)
def test_rows_that_repeat_others_are_told(project, lena, logged_in, source, path, read):
    out = StringIO()
    call_command("import_dataset", "demo", source, SAMPLES / path, stdout=out)
    assert out.getvalue().startswith(f"{read}\n")
    page = logged_in(lena).get(reverse("jobs", args=["demo"])).content.decode()
    assert f"read: {read}" in page
    checked = StringIO()
    call_command("check_file", SAMPLES / path, "--source", source, stdout=checked)
    assert f"Merged: {read}" in checked.getvalue()
    told = imported(project, source, SAMPLES / path)
    assert (told["read"], told["added"]) == (read, 0)


def test_the_command_fails_if_rows_were_refused_and_keeps_the_others(project, tmp_path):
    row = {"kind": "caption", "content": {"caption": "A bus."}, "image": None}
    path = lines(tmp_path, [row | {"key": "a"}, {"key": "b"}, {"key": "c"}])
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError) as failed:
        call_command(
            "import_dataset", "demo", "concord", path, stdout=out, stderr=err, **TERMS
        )
    assert str(failed.value) == (
        "2 rows were refused, as told above; what is good went in. Mend the file and "
        "import it again."
    )
    assert out.getvalue() == "1 added, 0 unchanged, 2 refused\n"
    assert err.getvalue().count("line ") == 2
    assert Item.objects.get().key == "a"


def test_pictures_to_fetch_are_counted_once_each(project, tmp_path):
    row = {"kind": "caption", "content": {"caption": "A bus."}}
    shown = [row | {"key": str(n), "image": {"url": url}} for n, url in enumerate(URLS)]
    path = str(lines(tmp_path, shown))
    job = importing.ask(project=project, source="concord", path=path, **TERMS)
    assert jobs.run(job.pk).result["pictures_to_fetch"] == 2


def test_other_bytes_than_upstream_names_are_told_of_each_row(project, tmp_path):
    original = picture()
    right, wrong = hashlib.sha256(original).hexdigest(), "1" * 64
    (tmp_path / "a.png").write_bytes(original)
    rows = [
        record(key, picture=Picture(url=URLS[0], sha256=claimed), line=n)
        for n, (key, claimed) in enumerate([("a", right), ("b", wrong), ("c", "")], 1)
    ]
    report = importing.import_rows(
        dataset=make_dataset(project), rows=rows, mirror=tmp_path
    )
    assert (report.added, report.refused) == (3, 0)
    said = f"b: the picture has the SHA-256 {right}, upstream says {wrong}"
    assert report.warnings == [f"line 2, column image: {said}"]
    assert report.mind.startswith("One row has a picture whose bytes are not those")
