"""What a whole release should tell its readers, beside what each part says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from corpus.formats.release import Part
from corpus.formats.splits import TEST
from corpus.languages import ENGLISH, NAMES
from quality.exporting import set_checks
from quality.exporting.wishes import Wish

NOTHING = "nothing that could go out is accepted in it"
#: Why an arm holds nothing of a language in which something is accepted.
OUTSIDE = {
    "multilingual": "there are few items, and the hash of each decides its language",
    "native": "nothing that a person wrote in it is accepted",
}
#: What every part says of itself, by its name.
Written = dict[str, dict[str, Any]]


def data_files(written: Written) -> list[Part]:
    """The data files of all parts."""
    return [Part(**part) for facts in written.values() for part in facts["parts"]]


def examples(parts: Iterable[Part], wish: Wish) -> Counter[tuple[str, str]]:
    """Rows by language and split, each example once: every format repeats them all."""
    found = Counter[tuple[str, str]]()
    for part in parts:
        home = part.path.partition("/")[0]
        if wish.is_benchmark:
            is_first = part.path.endswith(".parquet")
        else:
            is_first = wish.formats[0] == ("parquet" if home == part.language else home)
        if is_first:
            found[part.language, part.split] += part.rows
    return found


def notes(written: Written, wish: Wish, accepted: Mapping[str, int]) -> list[str]:
    """What the parts say, and what the wish did not come to.

    `accepted` is how many texts of each language could go out, in any arm.
    """
    found = [note for facts in written.values() for note in facts["notes"]]
    made = data_files(written)
    if wish.test_share and not any(part.split == TEST for part in made):
        found.append(
            f"No picture fell into the test split of {wish.test_share:g}: there are few "
            "pictures, and the hash of each decides."
        )
    rows = Counter[str]()
    for (language, _), n in examples(made, wish).items():
        rows[language] += n
    if not wish.is_benchmark and not wish.arm:
        found += set_checks.unbalanced({code: rows[code] for code in sorted(rows)})
    if wish.arm != "english":
        missing = [code for code in wish.all_languages if not rows[code]]
        found += [_why_none(code, wish, accepted) for code in missing]
    return found


def _why_none(language: str, wish: Wish, accepted: Mapping[str, int]) -> str:
    is_there = language == ENGLISH or accepted.get(language, 0) > 0
    why = OUTSIDE[wish.arm] if is_there and wish.arm in OUTSIDE else NOTHING
    return f"{NAMES[language]} has no rows: {why}."
