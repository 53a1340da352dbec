"""What a whole release should tell its readers, beside what each part says."""

from __future__ import annotations

from typing import Any

from corpus.formats.release import Part
from corpus.formats.splits import TEST
from corpus.languages import NAMES
from quality.exporting import set_checks
from quality.exporting.wishes import Wish

#: What every part says of itself, by its name.
Written = dict[str, dict[str, Any]]


def data_files(written: Written) -> list[Part]:
    """The data files of all parts."""
    return [Part(**part) for facts in written.values() for part in facts["parts"]]


def notes(written: Written, wish: Wish) -> list[str]:
    """What the parts say, and what the wish did not come to."""
    found = [note for facts in written.values() for note in facts["notes"]]
    made = data_files(written)
    if wish.test_share and not any(part.split == TEST for part in made):
        found.append(
            f"No picture fell into the test split of {wish.test_share:g}: there are few "
            "pictures, and the hash of each decides."
        )
    if not wish.is_benchmark and not wish.arm:
        # Every format repeats the examples.
        examples = {
            language: written[language]["rows"] // len(wish.formats)
            for language in wish.all_languages
        }
        found += set_checks.unbalanced(examples)
    if wish.arm == "multilingual":
        found += [
            f"No example fell to {NAMES[language]}: there are few items, and the hash of "
            "each decides."
            for language in wish.all_languages
            if not written[language]["rows"]
        ]
    return found
