from corpus.checks.sets import Member, repeats
from corpus.content import Caption, YesNo, parse


def asked(key: str, source: str, text: str) -> Member:
    return Member(key, YesNo(source, "Yes"), YesNo(text, "Yes"))


def chosen(key: str, option: str) -> Member:
    def content(question: str, *options: str):
        fields = {"question": question, "options": options, "key": "A"}
        return parse("multiple_choice", fields)

    source = content(f"Which {key}?", f"one {key}", "None of the above")
    return Member(key, source, content(f"Quel {key} ?", f"un {key}", option))


def test_text_translated_in_two_ways_is_warned_of() -> None:
    members = [chosen(key, "Aucune de ces réponses") for key in "abc"]
    [finding] = repeats.check([*members, chosen("d", "Rien de tout cela")])
    assert (finding.severity, finding.keys, finding.field) == (
        "warn",
        ("d",),
        "option B",
    )
    assert "'aucune de ces réponses'" in finding.message


def test_case_and_blanks_make_no_difference() -> None:
    members = [chosen("a", "Aucune  réponse"), chosen("b", "aucune réponse")]
    assert list(repeats.check(members)) == []


def test_captions_may_repeat_as_they_like() -> None:
    members = [Member(text, Caption("A dog."), Caption(text)) for text in ("a", "b")]
    assert list(repeats.check(members)) == []


def pope(*odd: str) -> list[Member]:
    objects = ("un chat", "une table", "un vélo", "une tasse", "un livre", "un arbre")
    usual = [f"Y a-t-il {thing} sur l'image ?" for thing in objects]
    texts = [*usual, *odd]
    return [
        asked(str(n), f"Is there a thing{n} in the image?", text)
        for n, text in enumerate(texts)
    ]


def test_question_out_of_the_frame_is_warned_of() -> None:
    [finding] = repeats.check(pope("Voit-on une chaise ici ?"))
    assert finding.keys == ("6",)
    assert finding.message.endswith("are worded 'y … l image' elsewhere.")


def test_one_frame_for_both_genders_passes() -> None:
    assert list(repeats.check(pope())) == []


def test_frames_that_nobody_agrees_on_say_nothing() -> None:
    assert list(repeats.check(pope(*["Voit-on une chaise ici ?"] * 6))) == []
