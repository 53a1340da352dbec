"""One contestant in a process of its own: its CPU time, and the most memory it held.

`python -m benchmarks._agreement_child NAME FOLDER` prints JSON; `draw FOLDER R G A` makes
the ratings. Runs in an environment with numpy alone, and what NAME needs.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from time import process_time
from typing import Final

from benchmarks._agreement_contestants import CONTESTANTS, Work
from benchmarks._agreement_sample import Design, Sample

#: Seconds after which no further round begins.
_LONG: Final = 0.6
_MOST_ROUNDS: Final = 200


def main(words: Sequence[str]) -> None:
    """The command line above."""
    if words[0] == "draw":
        design = Design(*(int(word) for word in words[2:]))
        Sample.drawn(design).save(Path(words[1]))
        return
    work = CONTESTANTS[words[0]].ready(Sample.load(Path(words[1])))
    seconds, value = best_of(work)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Kibibytes on Linux, bytes on macOS.
    mebibytes = held / (1024 if sys.platform == "linux" else 1 << 20)
    print(json.dumps({"seconds": seconds, "mebibytes": mebibytes, "value": value}))


def best_of(work: Work) -> tuple[float, float]:
    """The least CPU seconds of two rounds or more, and what came out."""
    best, total, rounds, value = float("inf"), 0.0, 0, float("nan")
    while rounds < 2 or (total < _LONG and rounds < _MOST_ROUNDS):
        start = process_time()
        value = work()
        spent = process_time() - start
        best, total, rounds = min(best, spent), total + spent, rounds + 1
        if spent > 10 * _LONG:
            break
    return best, value


if __name__ == "__main__":
    main(sys.argv[1:])
