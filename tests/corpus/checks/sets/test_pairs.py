from corpus.checks.sets import Member, pairs
from corpus.content import YesNo


def member(key: str, source: str, text: str, group: str = "cat.png") -> Member:
    return Member(key, YesNo(source, "Yes"), YesNo(text, "Yes"), group)


CAT = ("Is there a cat here?", "Y a-t-il un chat ici ?")
DOG = ("Is there a dog here?", "Y a-t-il un chien ici ?")


def test_questions_that_fell_together_are_blocked() -> None:
    found = list(pairs.check([member("1", *CAT), member("2", DOG[0], CAT[1])]))
    assert [finding.severity for finding in found] == ["block"]
    assert found[0].keys == ("1", "2")
    assert found[0].message == "These say the same, their sources do not."


def test_questions_worded_apart_are_warned_of() -> None:
    apart = "Voit-on quelque part le meilleur ami de l'homme ?"
    [finding] = pairs.check([member("1", *CAT), member("2", DOG[0], apart)])
    assert finding.severity == "warn"


def test_whole_pair_that_differs_where_its_source_does_passes() -> None:
    members = [member("1", *CAT), member("2", *DOG)]
    assert list(pairs.check(members, {"cat.png": 2})) == []


def test_pair_that_is_not_whole_is_blocked() -> None:
    [finding] = pairs.check([member("1", *CAT)], {"cat.png": 2})
    assert finding.message == "1 of the 2 items of cat.png are here"


def test_items_without_a_group_and_of_two_groups_are_no_pairs() -> None:
    alone = [member("1", *CAT, group=""), member("2", DOG[0], CAT[1], group="")]
    apart = [member("1", *CAT), member("2", DOG[0], CAT[1], group="dog.png")]
    assert list(pairs.check(alone)) == list(pairs.check(apart)) == []


def test_pair_that_is_the_same_upstream_is_its_own() -> None:
    assert list(pairs.check([member("1", *CAT), member("2", *CAT)])) == []
