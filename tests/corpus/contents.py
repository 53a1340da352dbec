"""Hypothesis strategies and small builders shared by the tests of corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from corpus.content import (
    LETTERS,
    Content,
    MultipleChoice,
    parse,
)

SAMPLES = Path(__file__).parent.parent / "samples"
MMBENCH = SAMPLES / "MMBench" / "MMBench_DEV_EN.tsv"
PIXMO_CAP = SAMPLES / "pixmo-cap" / "data" / "train-00000-of-00001.parquet"
PICTURE = SAMPLES / "pixmo-cap" / "mirror" / "bars.png"
PHOTO = SAMPLES / "pixmo-cap" / "mirror" / "scene_red.jpg"

blank_or_text = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40
)
texts = blank_or_text.filter(lambda text: bool(text.strip()))


@st.composite
def multiple_choices(draw: st.DrawFn) -> MultipleChoice:
    options = draw(st.lists(texts, min_size=2, max_size=6))
    fields = {
        "question": draw(texts),
        "options": options,
        "key": draw(st.sampled_from(LETTERS[: len(options)])),
        "hint": draw(blank_or_text),
        "category": draw(blank_or_text),
    }
    content = parse("multiple_choice", fields)
    assert isinstance(content, MultipleChoice)
    return content


def _built(kind: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Content]:
    return st.fixed_dictionaries(fields).map(lambda values: parse(kind, values))


turns = st.fixed_dictionaries(
    {"question": texts, "answer": texts, "explanation": blank_or_text}
)
contents: st.SearchStrategy[Content] = st.one_of(
    _built("caption", caption=texts),
    _built("question_answer", question=texts, answer=texts),
    _built("conversation", turns=st.lists(turns, min_size=1, max_size=4)),
    _built(
        "yes_no",
        question=texts,
        key=st.sampled_from(["Yes", "No"]),
        category=blank_or_text,
    ),
    multiple_choices(),
)
