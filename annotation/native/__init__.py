"""Stage 2 too: what people wrote in their own language becomes candidates.

A native text stands beside the machine's for the same item and language and is judged
in the same queue, by people who are not told which is which. It has an Authorship in
the place of a Provenance: no model wrote it, and it has a licence of its own.
"""

from annotation.native.adding import Collection, Terms, add_texts
from annotation.native.asking import ask, dataset_named, run_native

__all__ = [
    "Collection",
    "Terms",
    "add_texts",
    "ask",
    "dataset_named",
    "run_native",
]
