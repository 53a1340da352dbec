"""The checks of texts: false alarms on human translations, damage caught, speed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from time import process_time
from typing import Final

from benchmarks import _clean_pairs, _damage_items, _damage_texts
from benchmarks._clean_pairs import CleanPair
from benchmarks._damage import Damage
from corpus import checks

#: Pairs that one kind of damage is done to, drawn from all that it can be done to.
PAIRS_PER_KIND: Final = 200
SEED: Final = 7
#: What is promised: blocked and warned of good texts at most, and caught at least.
MOST_BLOCKED, MOST_WARNED, LEAST_CAUGHT, LEAST_SPEED = 0.001, 0.05, 0.95, 500


def run(folder: Path | None = None) -> None:
    """Prints the two tables and the speed; ends with 1 if a promise is broken."""
    place = folder or _clean_pairs.folder()
    broken = [*print_alarms(place), *print_caught(place)]
    if broken:
        raise SystemExit("not as promised: " + "; ".join(broken))


def print_alarms(place: Path) -> list[str]:
    """Good texts that are blocked or warned of, per set, and captions per second."""
    broken = []
    print(f"false alarms: {len(checks.CHECKS)} checks on good texts")
    print(f"  {'texts':28}{'n':>6}{'blocked':>9}{'warned':>8}{'per second':>12}")
    for name, pairs in good_texts(place):
        if not pairs:
            print(f"  {name:28}  no files in {place}: name their folder in")
            print(f"  {'':28}  {_clean_pairs.FOLDER_VARIABLE}")
            continue
        blocked, warned, seconds, by = alarms(pairs)
        n, speed = len(pairs), len(pairs) / seconds
        print(f"  {name:28}{n:6}{blocked:9}{warned:8}{speed:12.0f}")
        for check, count in by.most_common():
            print(f"    {check:26}{count:6}")
        if blocked and blocked >= MOST_BLOCKED * n:
            broken.append(f"{blocked} of {n} blocked in {name}")
        if warned >= MOST_WARNED * n:
            broken.append(f"{warned} of {n} warned of in {name}")
        if speed < LEAST_SPEED and name.startswith("Multi30K"):
            broken.append(f"{speed:.0f} captions a second in {name}")
    return broken


def good_texts(place: Path) -> Iterator[tuple[str, list[CleanPair]]]:
    """The sets of good texts, by name."""
    for language in ("de", "fr"):
        yield f"Multi30K, en to {language}", _clean_pairs.multi30k(place, language)
    yield "demonstration", list(_clean_pairs.demonstration())
    yield (
        "made questions",
        [
            *_clean_pairs.yes_no(),
            *_clean_pairs.multiple_choice(Random(SEED)),
        ],
    )


def alarms(pairs: Sequence[CleanPair]) -> tuple[int, int, float, Counter[str]]:
    """Texts blocked, texts warned of, seconds of one core, and texts per check."""
    findings_of(pairs[0])  # the model of the languages is loaded once, not timed
    start = process_time()
    found = [findings_of(pair) for pair in pairs]
    seconds = process_time() - start
    by: Counter[str] = Counter()
    for severities in found:
        by.update({check for check, _ in severities})
    blocked = sum(any(s == "block" for _, s in severities) for severities in found)
    warned = sum(any(s == "warn" for _, s in severities) for severities in found)
    return blocked, warned, seconds, by


def findings_of(pair: CleanPair) -> list[tuple[str, str]]:
    """Check and severity of what is found in a pair."""
    found = checks.run(
        pair.source,
        pair.candidate,
        pair.language,
        relation=pair.relation,
        context=pair.context,
    )
    return [(finding.check, finding.severity) for finding in found]


def print_caught(place: Path) -> list[str]:
    """How much of each kind of damage is found."""
    broken = []
    pairs = [pair for _, found in good_texts(place) for pair in found]
    print(f"\ndamage: up to {PAIRS_PER_KIND} damaged texts of each kind")
    print(f"  {'kind':30}{'n':>6}{'caught':>9}  checks meant for it")
    for damage in damages(pairs):
        n, caught = trial(damage, pairs)
        share = caught / n if n else 0.0
        meant = ", ".join(damage.checks)
        print(f"  {damage.name:30}{n:6}{share:9.1%}  {meant}")
        if share < LEAST_CAUGHT:
            broken.append(f"{share:.1%} of {damage.name!r} caught")
    return broken


def damages(pairs: Sequence[CleanPair]) -> tuple[Damage, ...]:
    """Every kind of damage."""
    other = _damage_items.other_language(pairs)
    return (*_damage_items.DAMAGES, other, *_damage_texts.DAMAGES)


def trial(damage: Damage, pairs: Sequence[CleanPair]) -> tuple[int, int]:
    """How many texts a damage was done to, and how many of them were caught."""
    random = Random(f"{SEED} {damage.name}")
    shuffled = random.sample(pairs, len(pairs))
    made = (damage.make(pair, random) for pair in shuffled)
    done = list(islice((pair for pair in made if pair is not None), PAIRS_PER_KIND))
    return len(done), sum(damage.is_caught(*pair) for pair in done)
