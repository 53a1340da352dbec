"""show_rubric, set_rubric, and create_project with a ready rubric."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from annotation import rubrics
from annotation.models import Project, Rubric


def shown(*arguments: str) -> str:
    out = StringIO()
    call_command("show_rubric", *arguments, stdout=out)
    return out.getvalue()


def test_what_one_command_shows_the_other_sets(project, lena, tmp_path):
    file = tmp_path / "rubric.json"
    file.write_text(shown("--ready", "translation"), "utf-8")

    call_command("set_rubric", "demo", str(file), by="lena", stdout=StringIO())

    project.refresh_from_db()
    assert str(project.rubric) == "demo/2"
    assert json.loads(shown("demo")) == json.loads(file.read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "by", "reason"),
    [
        ("{", "lena", "cannot be read as JSON"),
        ('{"criteria": [{}]}', "lena", "criteria.1.question: Write the question"),
        ('{"criteria": []}', "nobody", "There is nobody called 'nobody'"),
        ("", "lena", "cannot be read as JSON"),
    ],
)
def test_a_bad_file_changes_nothing(project, lena, tmp_path, text, by, reason):
    file = tmp_path / "rubric.json"
    file.write_text(text, "utf-8")
    with pytest.raises(CommandError, match=reason):
        call_command("set_rubric", "demo", str(file), by=by)
    assert Rubric.objects.count() == 1


def test_only_a_lead_sets_it(project, ana, tmp_path):
    file = tmp_path / "rubric.json"
    file.write_text(shown("--ready", "caption"), "utf-8")
    with pytest.raises(CommandError, match="Only a lead"):
        call_command("set_rubric", "demo", str(file), by="ana")


@pytest.mark.parametrize("arguments", [[], ["demo", "--ready", "caption"]])
def test_one_rubric_is_shown_at_a_time(project, arguments):
    with pytest.raises(CommandError, match="Name a project, or a ready rubric"):
        shown(*arguments)


def test_a_project_is_made_with_a_ready_rubric(db):
    call_command(
        *("create_project", "vqa", "VQA", "--languages", "de", "--lead", "lena"),
        *("--rubric", "question-answer"),
        stdout=StringIO(),
    )
    made = Project.objects.get(code="vqa")
    assert made.rubric == rubrics.ready("question-answer")
