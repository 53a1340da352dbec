"""Agreement of up to ten million ratings: time and memory, beside other packages."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks._agreement_contestants import CONTESTANTS, Contestant
from benchmarks._agreement_sample import Design
from tools import apart
from tools.place import ROOT

#: How many ratings; `10000000` takes some minutes more and 4 GiB of memory.
SIZES: Final = os.environ.get("CONCORD_BENCH_SIZES", "1000,100000,3000000")
#: Whether crowd-kit takes part: some 700 MB, installed on first use.
PEERS: Final = os.environ.get("CONCORD_BENCH_PEERS", "") == "1"
#: Raters, and how many of them are asked about an item.
PEOPLE: Final = ((3, 3), (5, 5), (50, 5), (50, 50))
USUAL: Final = (5, 5)
PINS: Final = ROOT / "requirements" / "peers.txt"
#: One thread for everybody: what others do on the machine then matters least.
ALONE: Final = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"
)
#: Promised: our five in this part of krippendorff's one, replicates in so many passes,
#: a slice in so many seconds, and that the same numbers come out.
PART, PASSES, SLICE, SAME = 1 / 20, 2.0, 0.001, 1e-9
PROMISED_FROM: Final = 3_000_000


@dataclass(frozen=True, slots=True)
class Result:
    """CPU seconds of the best round, most memory of the process, and what came out."""

    seconds: float
    mebibytes: float
    value: float


def run() -> None:
    """Prints every design's times and ratios; ends with 1 if numbers differ."""
    others = apart.interpreter("peers", [["-r", str(PINS)]], [PINS]) if PEERS else None
    print(
        "agreement: CPU time of one thread, best of several; 40 % of ratings missing;"
    )
    print("bringing ratings into the form that a package takes is not counted")
    if not PEERS:
        print(
            "crowd-kit left out; with it: CONCORD_BENCH_PEERS=1 ./run bench agreement"
        )
    differing = [str(design) for design in designs() if not _compared(design, others)]
    if differing:
        raise SystemExit("numbers differ: " + "; ".join(differing))


def designs() -> Iterator[Design]:
    """Every size with the usual people, and the largest with all."""
    sizes = sorted(int(size) for size in SIZES.split(","))
    for size in sizes:
        for people in PEOPLE if size == sizes[-1] else [USUAL]:
            yield Design(size, *people)


def _compared(design: Design, others: Path | None) -> bool:
    """One design: every contestant, the ratios, and whether the numbers are the same."""
    print(f"\n{design}")
    found = {}
    with tempfile.TemporaryDirectory(prefix="concord-bench-") as name:
        words = [name, design.ratings, design.raters, design.asked]
        _child(Path(sys.executable), "draw", *map(str, words))
        for key, who in CONTESTANTS.items():
            if not _takes_part(who, design, others):
                continue
            python = others if who.peer and others else Path(sys.executable)
            found[key] = Result(**json.loads(_child(python, key, name)))
            _print_line(who.title, found[key])
    _print_ratios(design, found)
    return _same(found)


def _takes_part(who: Contestant, design: Design, others: Path | None) -> bool:
    usual = (design.raters, design.asked) == USUAL
    fits = design.ratings <= who.most and (usual or who.everywhere)
    return fits and not (who.peer and others is None)


def _child(python: Path, *words: str) -> str:
    """What a process says that is started anew, so that its memory is its own."""
    ended = subprocess.run(
        [str(python), "-m", "benchmarks._agreement_child", *words],
        cwd=ROOT,
        env=apart.clean() | ALONE,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise SystemExit(f"{words[0]} failed, code {ended.returncode}")
    return ended.stdout


def _print_line(title: str, result: Result) -> None:
    time = f"{1000 * result.seconds:10.2f} ms"
    print(f"  {title:42}{time}{result.mebibytes:8.0f} MiB", flush=True)


def _print_ratios(design: Design, found: dict[str, Result]) -> None:
    seconds = {key: result.seconds for key, result in found.items()}
    wanted = {True: " wanted", False: " not promised"}[design.ratings >= PROMISED_FROM]
    for key in ("counts", "matrix"):
        part = seconds["ours"] / seconds[key]
        print(
            f"  our five to krippendorff's one, {key} given: 1/{1 / part:.1f}, "
            f"1/{1 / PART:.0f}{wanted}"
        )
    passes = seconds["bootstrap"] / seconds["ours"]
    print(f"  replicates to one pass: {passes:.2f}, {PASSES:.0f}{wanted}")
    print(
        f"  one slice: {1000 * seconds['slice']:.2f} ms, {1000 * SLICE:.0f} ms wanted; "
        f"one pass to reading: {seconds['ours'] / seconds['reading']:.1f}"
    )
    for model in ("dawid-skene", "mace"):
        if (theirs := seconds.get(f"crowd-kit-{model}")) is not None:
            times = theirs / seconds[model]
            print(f"  {model}, ours to crowd-kit's: 1/{times:.1f}")


def _same(found: dict[str, Result]) -> bool:
    """Whether both alphas of krippendorff and the kappa of statsmodels are ours."""
    pairs = [("ours", "counts"), ("ours", "matrix"), ("fleiss", "statsmodels")]
    gaps = [abs(found[a].value - found[b].value) for a, b in pairs if b in found]
    widest = max(math.inf if math.isnan(gap) else gap for gap in gaps)
    print(f"  the alphas and kappas differ by {widest:.0e} at most")
    return widest < SAME
