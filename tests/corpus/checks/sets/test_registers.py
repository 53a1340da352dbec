from corpus.checks.sets import Member, registers
from corpus.content import Caption


def check(*texts: str):
    members = [
        Member(str(n), Caption("Look."), Caption(text)) for n, text in enumerate(texts)
    ]
    return list(registers.check(members, "fr"))


def test_items_out_of_the_usual_form_are_named() -> None:
    [finding] = check("Voyez-vous ?", "Votre image.", "Un chien.", "Vois-tu ?")
    assert (finding.severity, finding.keys) == ("warn", ("3",))
    assert "polite" in finding.message


def test_item_that_mixes_both_is_named() -> None:
    [finding] = check("Voyez-vous ?", "Votre main, et toi.", "Votre image.")
    assert finding.keys == ("1",)


def test_one_form_throughout_passes() -> None:
    assert check("Vois-tu ?", "Et toi ?", "Un chien.") == []
