import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sources.polar import parted, yes_or_no
from corpus.sources.source import CellError


@pytest.mark.parametrize(
    ("cell", "question", "instruction"),
    [
        ("Is it?", "Is it?", ""),
        ("Is it? Please answer yes or no.", "Is it?", " Please answer yes or no."),
        ("Is it?\nplease answer yes or no", "Is it?", "\nplease answer yes or no"),
        ("Is it? Please answer with yes or no. ", "Is it?", " Please answer with yes or no. "),
        ("Please answer yes or no. Is it?", "Please answer yes or no. Is it?", ""),
        ("Displease answer yes or no", "Displease answer yes or no", ""),
        ("Please answer yes or no.", "", "Please answer yes or no."),
        ("Is it? Please answer yes or no . ", "Is it?", " Please answer yes or no . "),
        ("Is it? Please answer yes or no  ..", "Is it? Please answer yes or no  ..", ""),
        (None, None, ""),
    ],
)  # fmt: skip
def test_only_the_glued_end_is_taken_off(
    cell: object, question: object, instruction: str
) -> None:
    assert parted(cell) == (question, instruction)


@given(
    question=st.text(max_size=30),
    instruction=st.sampled_from(["", " Please answer yes or no.", "  please answer YES or NO"]),
)  # fmt: skip
def test_parts_make_the_cell_again(question: str, instruction: str) -> None:
    cell = question + instruction
    asked, glued = parted(cell)
    assert f"{asked}{glued}" == cell


@pytest.mark.parametrize(
    ("answer", "key"), [("yes", "Yes"), ("NO", "No"), (" Yes\n", "Yes"), ("no", "No")]
)
def test_case_and_blanks_do_not_matter(answer: str, key: str) -> None:
    assert yes_or_no("answer", answer) == key


@pytest.mark.parametrize("answer", [None, "", " ", "nan", "Yes.", "Sì", 1, True])
def test_other_answers_are_refused(answer: object) -> None:
    with pytest.raises(CellError) as caught:
        yes_or_no("label", answer)
    assert caught.value.column == "label"
