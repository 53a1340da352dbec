from corpus.checks.sets import Member, duplicates
from corpus.content import Caption, YesNo

DOG = Caption("A dog.")


def member(key: str, picture: str, text: str = "Ein Hund.") -> Member:
    return Member(key, DOG, Caption(text), picture=picture)


def test_same_picture_with_the_same_text_is_warned_of() -> None:
    members = [member("a", "p"), member("b", "q"), member("c", "p"), member("d", "p")]
    [finding] = duplicates.check(members)
    assert (finding.severity, finding.keys) == ("warn", ("c", "d"))
    assert finding.message.startswith("2 items show the picture and the text")


def test_other_picture_or_other_text_passes() -> None:
    members = [
        member("a", "p"),
        member("b", "q"),
        member("c", "p", "Ein brauner Hund."),
        Member("d", DOG, YesNo("Ein Hund.", "Yes"), picture="p"),
    ]
    assert list(duplicates.check(members)) == list(duplicates.check([])) == []
