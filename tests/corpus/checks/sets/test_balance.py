from corpus.checks.sets import balance


def test_language_with_far_fewer_examples_is_warned_of() -> None:
    found = list(balance.check({"de": 799, "en": 1000, "fr": 800}))
    assert [(f.severity, f.message) for f in found] == [
        ("warn", "de has 799 examples, en 1,000.")
    ]


def test_one_language_alone_and_none_at_all_are_balanced() -> None:
    assert list(balance.check({"de": 3})) == list(balance.check({})) == []
