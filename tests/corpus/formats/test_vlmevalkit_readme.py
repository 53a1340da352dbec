from pathlib import Path

import pytest

from corpus.formats import vlmevalkit_readme, vlmevalkit_tsv
from corpus.formats.release import ReleaseError
from tests.corpus.benchmark_releases import benchmark


def test_readme_names_every_table_and_how_to_run_each_kind(tmp_path: Path) -> None:
    vlmevalkit_tsv.write(benchmark("ai2d", ["fr"]), tmp_path, name="MultiAI2D_test")
    vlmevalkit_readme.write(tmp_path)
    before = (tmp_path / "README.md").read_text("utf-8")
    assert "--data MultiAI2D_test_fr --model" in before
    assert "--data-config" not in before
    pope = benchmark("pope", ["fr", "it"])
    vlmevalkit_tsv.write(pope, tmp_path, name="MultiPOPE_test", scoring="pope")
    vlmevalkit_readme.write(tmp_path)
    text = (tmp_path / "README.md").read_text("utf-8")
    told = '--data MultiPOPE_test_fr --data-config "$(cat MultiPOPE_test.json)"'
    assert told in text
    assert "--data MultiAI2D_test_fr --model" in text
    for name in ("MultiAI2D_test_fr", "MultiPOPE_test_fr", "MultiPOPE_test_it"):
        assert f"- {name}\n" in text


def test_yes_no_tables_alone_have_their_example(tmp_path: Path) -> None:
    pope = benchmark("pope", ["it"])
    vlmevalkit_tsv.write(pope, tmp_path, name="MultiPOPE_test", scoring="pope")
    vlmevalkit_readme.write(tmp_path)
    text = (tmp_path / "README.md").read_text("utf-8")
    assert text.count("python run.py") == text.count("MultiPOPE_test_it --data-config")


def test_folder_without_a_table_has_nothing_to_run(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="There is no table"):
        vlmevalkit_readme.write(tmp_path)
