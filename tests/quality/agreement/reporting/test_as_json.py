import json

from quality.agreement import PatternTable, measure
from quality.agreement.reporting import as_json, methods, report_of
from tests.quality.agreement.reporting.samples import ROWS, awkward, ordinary, part


def test_the_numbers_can_be_computed_again_from_the_table() -> None:
    content = json.loads(as_json(ordinary()))
    assert content["format"] == "agreement-report/1"
    (line,) = content["lines"]
    table = PatternTable.from_json(line["table"])
    assert line["digest"] == table.digest()
    again = [estimate.to_json() for estimate in measure(table, line["scale"])]
    assert line["estimates"] == json.loads(json.dumps(again))


def test_a_withheld_slice_keeps_its_table_to_itself() -> None:
    line = json.loads(as_json(awkward()))["lines"][1]
    assert line["withheld"].startswith("Withheld")
    assert line["table"] is line["digest"] is None
    assert line["estimates"] == line["labels"] == []
    assert line["categories"] == ["none", "minor", "major"]


def test_facts_raters_and_paragraph_are_in_it() -> None:
    report = awkward()
    content = json.loads(as_json(report))
    assert content["dimensions"] == ["language", "system"]
    assert content["lines"][0]["slice"] == dict(report.lines[0].slice)
    assert content["facts"]["source"] == "a_b.csv"
    assert [rater["rater"] for rater in content["raters"]] == ["ana", "bo"]
    assert content["methods"] == methods(report)


def test_what_is_undefined_is_null_and_never_a_number_that_is_none() -> None:
    text = as_json(report_of([part(ROWS[:1])], least=0))
    content = json.loads(text, parse_constant=lambda name: 1 / 0)
    alpha = content["lines"][0]["estimates"][2]
    assert alpha["value"] is None
    assert alpha["undefined"]
