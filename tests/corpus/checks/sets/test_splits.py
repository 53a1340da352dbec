from corpus.checks.sets import splits


def test_picture_in_both_splits_is_blocked() -> None:
    [finding] = splits.check(["a", "b", "", "a"], ["c", "a", ""])
    assert finding.severity == "block"
    assert finding.message == "1 picture is both trained on and held out: a."


def test_splits_that_share_no_picture_pass() -> None:
    assert list(splits.check(["a", ""], ["b", ""])) == []
