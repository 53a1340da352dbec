from corpus.content import QuestionAnswer
from tests.corpus.checks.findings import captions, found

ID = "length/1"
SOURCE = "A brown dog runs along the beach in the sun, quite happily."


def test_much_shorter_and_much_longer_texts_are_warned_of() -> None:
    [short] = captions(ID, SOURCE, "Un chien.")
    [long] = captions(ID, SOURCE, SOURCE[:-1] * 3)
    assert short.severity == long.severity == "warn"
    assert short.message == "Very short: 0.2 times as long as the source."
    assert long.message.startswith("Very long: 2.9 times")


def test_usual_growth_passes() -> None:
    text = "Ein brauner Hund läuft recht fröhlich am Strand entlang in der Sonne."
    assert captions(ID, SOURCE, text, "de") == []


def test_short_source_may_grow_as_it_likes() -> None:
    assert captions(ID, "A dog.", "Un petit chien qui court le long de la plage") == []


def test_lost_sentences_of_a_caption_are_warned_of() -> None:
    [finding] = captions(ID, "One. Two! Three? Four.", "Un, deux, trois, quatre.")
    assert finding.message == "1 sentence is here, the source has 4."
    long, short = "One. Two! Three? Four.", "Un, deux, trois, quatre."
    assert found(ID, QuestionAnswer("Q?", long), QuestionAnswer("Q?", short)) == []


def test_decimal_points_end_no_sentence() -> None:
    assert captions(ID, "It is 1.5.", "Es 1.5 und 2.5 und 3.5 und 4.5.", "de") == []
