from __future__ import annotations

import threading
from pathlib import Path

import pytest

from worker.engines.batch_file import BatchFile, BatchFileError


def test_a_line_is_found_by_its_id(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    path.write_text('{"custom_id": "a", "n": 1}\n\n{"custom_id": "ü", "n": 2}')
    file = BatchFile(path)
    assert len(file) == 2
    assert file.find("ü") == {"custom_id": "ü", "n": 2}
    assert file.find("a") == {"custom_id": "a", "n": 1}
    assert file.find("b") is None
    file.close()


def test_threads_do_not_read_into_each_other(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    path.write_text("".join(f'{{"custom_id": "{n}", "n": {n}}}\n' for n in range(200)))
    file = BatchFile(path)
    wrong: list[int] = []

    def look() -> None:
        for n in range(200):
            line = file.find(str(n))
            if line is None or line["n"] != n:
                wrong.append(n)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    file.close()
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"custom_id": "a"}\n{"custom', "batch.jsonl, line 2: not JSON"),
        ('{"custom_id": "a"}\n{"custom_id": "a"}', "line 2: custom_id 'a' comes twice"),
        ('{"id": "a"}', "line 1: has no custom_id"),
        ('{"custom_id": 3}', "line 1: has no custom_id"),
        ("[]", "line 1: has no custom_id"),
    ],
)
def test_a_bad_line_is_refused_with_its_number(
    tmp_path: Path, text: str, reason: str
) -> None:
    path = tmp_path / "batch.jsonl"
    path.write_text(text)
    with pytest.raises(BatchFileError, match=reason):
        BatchFile(path)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BatchFileError, match=r"none.jsonl: No such file"):
        BatchFile(tmp_path / "none.jsonl")
