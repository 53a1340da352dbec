"""Stage 7, exporting: accepted decisions to a frozen, numbered release.

A release job asks for two part jobs per language, one of texts and one of what stands
beside them (a benchmark is one part); any worker may take one, and the release job
takes what is left. A part is written from one
snapshot, up to a decision that the release job chose, and carries a digest of the
decisions behind it. Publishing computes the digests again in the transaction that
settles the candidates and writes the row: only if every part still says what the
database says does the release appear. Same state and same wish, same bytes.
"""

from quality.exporting.parts import run_part
from quality.exporting.publishing import Changed, run_release
from quality.exporting.wishes import MOST_HELD_OUT, TRAINING_FORMATS, Wish, ask

__all__ = [
    "MOST_HELD_OUT",
    "TRAINING_FORMATS",
    "Changed",
    "Wish",
    "ask",
    "run_part",
    "run_release",
]
