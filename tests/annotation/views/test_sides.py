"""Source and candidate laid out row by row."""

from __future__ import annotations

import pytest

from annotation.views.sides import parts_of, stray_findings
from tests import factories


def make(project, kind: str, **fields):
    return factories.make_candidate(factories.make_item(project, kind), **fields)


def text_of(side) -> str | None:
    return "".join(piece.text for piece in side.pieces) if side else None


@pytest.mark.parametrize("kind", factories.CONTENTS)
def test_every_text_of_both_sides_has_its_row(project, kind):
    candidate = make(project, kind)

    parts = parts_of(candidate)

    shown = [(part.name, text_of(part.candidate)) for part in parts]
    assert [row for row in candidate.content.texts() if row not in shown] == []
    shown = [(part.name, text_of(part.source)) for part in parts]
    assert [row for row in candidate.item.content.texts() if row not in shown] == []


def test_a_yes_no_answer_is_shown_in_each_language(project):
    *_, answer = parts_of(make(project, "yes_no"))

    assert (text_of(answer.source), text_of(answer.candidate)) == ("Yes", "Ja")
    assert answer.source.is_key
    assert answer.candidate.is_key


def test_keys_that_differ_are_marked_where_they_are(project):
    content = factories.CANDIDATES["multiple_choice"] | {"key": "C"}
    parts = {
        part.name: part
        for part in parts_of(make(project, "multiple_choice", content=content))
    }

    assert parts["option A"].source.is_key
    assert not parts["option A"].candidate.is_key
    assert parts["option C"].candidate.is_key


def test_a_turn_that_one_side_lacks_is_empty_there(project):
    turns = factories.CANDIDATES["conversation"]["turns"]
    extra = {"question": "Warum?", "answer": "Darum."}
    longer = make(project, "conversation", content={"turns": [*turns, extra]})

    last = parts_of(longer)[-1]

    assert (last.name, last.source, text_of(last.candidate)) == (
        "answer 3",
        None,
        "Darum.",
    )


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ([(0, 3)], ["Ein"]),
        ([(4, 9), (0, 3)], ["Ein", "roter"]),
        ([(0, 9), (4, 13)], ["Ein ", "roter", " Bus"]),
        ([(13, 999)], [" wartet an der Haltestelle."]),
        ([(None, None)], []),
    ],
)
def test_findings_mark_the_words_they_point_at(project, spans, marked):
    findings = [
        {
            "check": "c",
            "severity": "warn",
            "field": "caption",
            "message": "m",
            "start": start,
            "end": end,
        }
        for start, end in spans
    ]
    candidate = make(project, "caption", findings=findings)

    [part] = parts_of(candidate)

    assert [p.text for p in part.candidate.pieces if p.is_marked] == marked
    assert text_of(part.candidate) == candidate.content.caption
    assert not any(piece.is_marked for piece in part.source.pieces)


def test_a_finding_about_no_shown_field_is_a_stray(project):
    finding = {"check": "c", "severity": "warn", "field": "turns", "message": "m"}
    candidate = make(project, "caption", findings=[finding])

    assert stray_findings(candidate) == [finding]
