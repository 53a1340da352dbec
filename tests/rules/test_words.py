"""Words that do not belong in the repository."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rules.source import ROOT, tracked

# Put together, so that this file does not hold them itself.
NOTES = ["TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK"]
HOSTS = [
    "pypi" + r"\.org",
    "python" + r"hosted\.org",
    "registry" + r"\.npmjs",
    "docker" + r"\.io",
    "gh" + r"cr\.io",
    "arti" + "factory",
    "(?<!no-emit-)index" + "-url",
]
MACHINE = [
    r"(?<![\w.}-])/(work|root)(?=[/\s\"'`)]|$)",
    r"(?<![\w.}-])/(home|Users)/\w",
    r"(?<![\w.}-])/tmp/\w",
]
BANNED = {
    "a note to self": re.compile(rf"\b({'|'.join(NOTES)})\b"),
    "a path of one machine": re.compile("|".join(MACHINE)),
    "the host of a registry": re.compile("|".join(HOSTS)),
}
VENDORED = ("static/vendor/", "tests/samples/")


def _text(path: Path) -> str | None:
    try:
        return (ROOT / path).read_text()
    except UnicodeDecodeError:
        return None


@pytest.mark.parametrize("name", BANNED)
def test_no_tracked_file_holds(name: str) -> None:
    found = [
        f"{path}:{number}: {line.strip()[:80]}"
        for path in tracked()
        if not str(path).startswith(VENDORED)
        for number, line in enumerate((_text(path) or "").splitlines(), 1)
        if BANNED[name].search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("a note to self", f"# {NOTES[0]}: later"),
        ("a path of one machine", 'open("/' + 'work/main/x")'),
        ("a path of one machine", "cd /" + "tmp/scratch"),
        ("a path of one machine", "see /home/" + "somebody"),
        ("the host of a registry", "from https://" + "pypi" + ".org/simple"),
    ],
)
def test_the_rule_finds(name: str, line: str) -> None:
    assert BANNED[name].search(line)


@pytest.mark.parametrize(
    "line", ["href='/p/demo/work/'", "class Worker:", "a/b/root", "homework/", "rooted"]
)
def test_the_rule_leaves_ordinary_words_alone(line: str) -> None:
    assert not any(pattern.search(line) for pattern in BANNED.values())
