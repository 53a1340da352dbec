"""Display copy and thumbnail against the quickest Pillow recipe, in seconds of one core.

Ours are drawn by a process apart; its seconds count with those of this one.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from time import CLOCK_PROCESS_CPUTIME_ID, clock_gettime
from typing import Final

import django
import numpy as np
from PIL import Image as Pillow

DISPLAY_SIDE: Final = 1600
SMALL_SIDE: Final = 256
DISPLAY_QUALITY: Final = 90
SMALL_QUALITY: Final = 82
SIZES: Final = ((4000, 3000), (1632, 1224))
PICTURES: Final = 4
ROUNDS: Final = 3
BOUND: Final = 0.8

Work = Callable[[bytes], object]


def run() -> None:
    """Prints pictures a second of both, and the ratio, which has a bound."""
    make, processes = product()
    for size in SIZES:
        originals = [photograph(size, seed) for seed in range(PICTURES)]
        make(originals[0])  # which starts the process, once for thousands
        ours = theirs = float("inf")
        for _ in range(ROUNDS):  # in turn, so that a busy machine slows both
            theirs = min(theirs, seconds(recipe, originals, processes))
            ours = min(ours, seconds(make, originals, processes))
        megapixels = size[0] * size[1] / 1e6
        kib = sum(map(len, originals)) / len(originals) / 1024
        print(f"images: JPEG of {megapixels:.0f} megapixels, {kib:,.0f} KiB")
        print(f"  ours, checks included    {PICTURES / ours:8.1f} pictures/s")
        print(f"  the bare Pillow recipe   {PICTURES / theirs:8.1f} pictures/s")
        print(f"  ratio {theirs / ours:.2f}, at least {BOUND} wanted")
        if theirs / ours < BOUND:
            raise SystemExit("the copies take too long")


def product() -> tuple[Work, Callable[[], list[int]]]:
    """Our own way, and which processes it works in.

    It needs the settings, which a list of benchmarks does without.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from annotation import images
    from annotation.images.drawing import APART
    from corpus.pictures import copies

    same = (
        DISPLAY_SIDE == copies.DISPLAY_SIDE,
        SMALL_SIDE == copies.SMALL_SIDE,
        DISPLAY_QUALITY == copies.DISPLAY_QUALITY,
        SMALL_QUALITY == copies.SMALL_QUALITY,
    )
    if not all(same):
        raise SystemExit("the two do not make the same files: mend the constants")
    return images.draw, lambda: APART.pids


def photograph(size: tuple[int, int], seed: int) -> bytes:
    """Soft shapes with the grain of a camera, as JPEG."""
    rng = np.random.default_rng(seed)
    width, height = size
    coarse = rng.integers(0, 256, (height // 50, width // 50, 3), dtype=np.uint8)
    soft = Pillow.fromarray(coarse).resize(size, Pillow.Resampling.BICUBIC)
    grain = rng.normal(0, 6, (height, width, 1))
    grainy = np.clip(np.asarray(soft) + grain, 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Pillow.fromarray(grainy).save(out, "JPEG", quality=90)
    return out.getvalue()


def recipe(original: bytes) -> tuple[bytes, bytes]:
    """Nothing but the pixels: decoded no larger than needed, the small from the large."""
    picture = Pillow.open(io.BytesIO(original))
    factor = min(1.0, DISPLAY_SIDE / max(picture.size))
    width, height = (round(side * factor) for side in picture.size)
    picture.draft("RGB", (width, height))
    bicubic = Pillow.Resampling.BICUBIC
    picture.thumbnail((DISPLAY_SIDE, DISPLAY_SIDE), bicubic, reducing_gap=None)
    display, small = io.BytesIO(), io.BytesIO()
    picture.save(display, "JPEG", quality=DISPLAY_QUALITY)
    picture.thumbnail((SMALL_SIDE, SMALL_SIDE), bicubic, reducing_gap=None)
    picture.save(small, "JPEG", quality=SMALL_QUALITY)
    return display.getvalue(), small.getvalue()


def seconds(
    work: Work, originals: list[bytes], processes: Callable[[], list[int]]
) -> float:
    """Of these processes' own time: what others do on the machine does not count."""
    start = spent(processes())
    for original in originals:
        work(original)
    return spent(processes()) - start


def spent(pids: list[int]) -> float:
    """Seconds that this process and those have worked so far."""
    # How Linux numbers the clock of another process; time has no word for it.
    clocks = [CLOCK_PROCESS_CPUTIME_ID, *(~pid << 3 | 2 for pid in pids)]
    return sum(map(clock_gettime, clocks))
