import pytest

from corpus.formats.release import ReleaseError
from corpus.formats.vlmevalkit_names import require_plain


@pytest.mark.parametrize(
    "name", ["MultiMMB_dev_fr", "MultiAI2D_test_de", "Mme_part_de"]
)
def test_plain_name_is_taken(name: str) -> None:
    assert require_plain(name) == name


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("MultiMMBench_dev_fr", "mmbench"),
        ("my_mmbench_fr", "mmbench"),
        ("Circular_fr", "circular"),
        ("MultiMME_fr", "MME"),
        ("MultiPOPE_fr", "POPE"),
        ("MMMU_fr", "MMMU"),
        ("My_BLINK", "BLINK"),
    ],
)
def test_name_that_switches_the_scoring_is_refused(name: str, part: str) -> None:
    with pytest.raises(ReleaseError, match=f"a file with '{part}' in its name"):
        require_plain(name)


@pytest.mark.parametrize("name", ["", "../x", "a b", "7up", "a.tsv", "é", "x" * 101])
def test_name_that_is_no_file_stem_is_refused(name: str) -> None:
    with pytest.raises(ReleaseError, match="is no benchmark name"):
        require_plain(name)
