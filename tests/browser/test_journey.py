"""The whole way once: a source file becomes a downloaded training set."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from annotation import enrolling
from annotation.models import Candidate, GenerationJob, Project, Role, User
from demonstration.building import Built
from tests import factories
from tests.browser import programs
from tests.browser.screens import (
    Said,
    assignment_on,
    change_texts,
    fill_in,
    is_done,
    save,
    start_judging,
    wait_until,
)
from tests.browser.visits import Visits

YES, NO = Said("accept"), Said("reject", ratings={"adequacy": 1})
MENDED = Said("accept_with_edits", {"verdunsten": "verdunstet", "hebt": "heben"})
BAOS = Said("accept_with_edits", {"Startrampe": "Abschussrampe"}, note="Das Fachwort.")
#: What Ana, Bao and Chris say of each item: questions by number, then captions.
PLAN = {
    "101": (YES, YES, YES),
    "102": (MENDED, YES, MENDED),
    "103": (YES, YES, NO),
    "104": (NO, NO, NO),
    "106": (YES, YES, YES),
    "1": (NO, NO, NO),
    "2": (YES, YES, YES),
    "3": (MENDED, MENDED, NO),
    "4": (YES, BAOS, NO),
    "5": (YES, NO, Said("cannot_judge")),
}
#: The share of agreeing pairs: all three for 101, 104, 106, 1 and 2, one of three for
#: 102, 103 and 3, none for 4 and 5.
AGREEMENT = (5 + 3 * (1 / 3)) / 10
QUESTIONS, CAPTIONS = ("101", "102", "103", "106"), ("2", "3", "4")
LABELS = ("accept", "accept_with_edits", "reject", "cannot_judge")
RULED = ("tiefblauen", "dunkelblauen")


def short(key: str) -> str:
    """PixMo-Cap keys are a number and a digest."""
    return key.partition("-")[0]


@pytest.fixture
def german(transactional_db: None) -> Project:
    """A project for German, with three annotators, an adjudicator and a lead."""
    project = factories.make_project("journey", overlap=3, languages=["de"])
    for name in ("ana", "bao", "chris"):
        user = factories.make_user(name)
        factories.enrol(user, project, Role.ANNOTATOR, ["de"])
    for name, role in (("lena", Role.LEAD), ("adam", Role.ADJUDICATOR)):
        factories.enrol(factories.make_user(name), project, role)
    return project


def log_in(visits: Visits, name: str) -> Page:
    """Through the link that the lead hands out."""
    page = visits.open()
    link = enrolling.login_link(User.objects.get(username=name))
    page.goto(re.sub("^https?://[^/]+", "", link))
    page.get_by_role("button", name="Log in as").click()
    expect(page).to_have_url(f"{visits.url}/")
    return page


def go(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Project journey").get_by_role(
        "link", name=name, exact=True
    ).click()


def import_both(lead: Page, built: Built) -> None:
    """One file through the page and Celery, one through the command."""
    lead.goto("/p/journey/import/?source=mmbench")
    lead.get_by_label("File").set_input_files(built.sources["mmbench"])
    lead.get_by_label("Revision").fill("demonstration-1")
    lead.get_by_label("Licence", exact=True).fill("CC0-1.0")
    lead.get_by_label("Attribution").fill("The demonstration of Concord.")
    lead.get_by_role("button", name="Import").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text("Jobs")
    # No reload: the table looks by itself.
    done = lead.locator("#jobs tr", has_text="added: 6")
    expect(done).to_contain_text("Done", timeout=60_000)
    call_command(
        "import_dataset",
        "journey",
        "pixmo-cap",
        built.sources["pixmo-cap"],
        images=built.mirror,
        revision="demonstration-1",
        licence="CC0-1.0",
    )


def make_candidates(lead: Page, visits: Visits, batch: Path) -> None:
    go(lead, "Tokens")
    lead.get_by_label("Name").fill("the GPU machine")
    lead.get_by_label("Role").select_option("worker")
    lead.get_by_role("button", name="Make a token").click()
    secret = lead.locator("code.secret").inner_text()
    said = programs.gpu_worker(visits.url, secret, batch)
    assert "10 accepted" in said, said
    # One text is spoiled so that a check stops it, however often it is tried.
    blocked = GenerationJob.objects.exclude(state=GenerationJob.State.DONE).get()
    assert (blocked.item.key, blocked.state) == ("105", GenerationJob.State.SET_ASIDE)
    go(lead, "Overview")
    german = lead.locator("section", has_text="Decisions and queues").locator(
        "tr", has_text="German"
    )
    expect(german.locator("td").first).to_have_text("10")


def judge_all(page: Page, place: int) -> None:
    """Judge until nothing is left, as PLAN has it for this annotator.

    Chris may meet what the first two have edited, as soon as it is decided.
    """
    start_judging(page)
    left = len(PLAN)
    while left:
        candidate = assignment_on(page).candidate
        is_edited = candidate.origin == Candidate.Origin.EDITED
        fill_in(page, YES if is_edited else PLAN[short(candidate.item.key)][place])
        save(page)
        left -= not is_edited
    assert place == 2 or is_done(page)


def judge_edited(page: Page) -> None:
    """Accept whatever others have edited."""
    start_judging(page)
    while not is_done(page):
        expect(page.locator("form.judging")).to_contain_text("A colleague’s correction")
        fill_in(page, YES)
        save(page)


def see_agreement(lead: Page) -> None:
    """Nobody asks for it: it is measured because the items are complete."""
    go(lead, "Agreement")
    part = lead.locator("section.slice", has=lead.locator("#slice-verdict"))
    # What was complete earlier has been measured earlier: wait for all ten.
    chart = part.locator("svg", has_text="10 items, 3 raters")
    wait_until(lead, lambda: bool(chart.count()))
    part.get_by_text("The same as a table").click()
    rows = part.locator("tbody").first.locator("tr")
    expect(rows).to_have_count(3)
    values = {
        row.locator("td").nth(0).inner_text(): row.locator("td").nth(1).inner_text()
        for row in rows.all()
    }
    assert values == expected_values()
    counts = part.locator("tbody").last.locator("td").all_inner_texts()
    assert counts == [str(n) for n in expected_counts()]


def expected_counts() -> list[int]:
    said = [one.verdict for three in PLAN.values() for one in three]
    return [said.count(label) for label in LABELS]


def expected_values() -> dict[str, str]:
    """The three coefficients by their textbook formulas, from PLAN alone."""
    shares = [count / 30 for count in expected_counts()]
    by_chance = sum(share * (1 - share) for share in shares) / (len(LABELS) - 1)
    # Alpha's chance is that of drawing two of the 30 answers without putting back.
    alike = sum(30 * share * (30 * share - 1) for share in shares) / (30 * 29)
    values = {
        "percent-agreement/1": AGREEMENT,
        "gwet-ac1/1": (AGREEMENT - by_chance) / (1 - by_chance),
        "krippendorff-alpha-nominal/1": (AGREEMENT - alike) / (1 - alike),
    }
    return {name: f"{value:.3f}" for name, value in values.items()}


def rule_on(page: Page) -> None:
    """Adam takes Bao's text, changes it further, and accepts that."""
    page.get_by_role("link", name="Adjudicate").click()
    rows = page.get_by_role("region", name="Contested items").locator("tbody tr")
    expect(rows).to_have_count(2)
    rows.filter(has_text=re.compile("^\\s*4-")).get_by_role("link").click()
    bao = page.locator("article.voice", has_text="Das Fachwort.")
    expect(bao.locator("ins")).to_contain_text("Abschussrampe")
    expect(page.locator("article.voice")).to_have_count(3)
    expect(page.locator("main")).not_to_contain_text("Bao")
    bao.get_by_role("link", name="Begin with this text").click()
    change_texts(page, dict([RULED]))
    page.locator("[name=outcome][value=accept]").check()
    page.get_by_label("Reason").fill("Bao is right; plainer words.")
    page.get_by_role("button", name="Rule").click()
    expect(page.get_by_role("status")).to_contain_text("Somebody else judges")
    expect(rows).to_have_count(1)


def download(lead: Page, design: str, items: int, folder: Path) -> Path:
    """Press the button, watch it, and take the archive home."""
    go(lead, "Releases")
    lead.get_by_label(design).check()
    lead.get_by_role("button", name="Make a release").click()
    expect(lead.get_by_role("status").first).to_contain_text("on its way")
    # No reload: the page follows the job and then shows what came of it.
    row = lead.get_by_role("region", name="Releases").locator("tr", has_text=design)
    expect(row).to_be_visible(timeout=60_000)
    expect(row.locator("td.number")).to_have_text(str(items))
    with lead.expect_download() as coming:
        row.get_by_role("link", name="Download").click()
    archive = folder / coming.value.suggested_filename
    coming.value.save_as(archive)
    with zipfile.ZipFile(archive) as zipped:
        zipped.extractall(folder / archive.stem)
    return folder / archive.stem


def accepted(batch: Path) -> dict[str, dict[str, Any]]:
    """The texts as the batch file has them, by key, with the edits that were made."""
    texts = {}
    for line in batch.read_text("utf-8").splitlines():
        row = json.loads(line)
        _, key, language = row["custom_id"].split("/")
        said = row["response"]["body"]["choices"][0]["message"]["content"]
        if language == "de" and short(key) in (*QUESTIONS, *CAPTIONS):
            is_object = said.startswith("{")
            texts[short(key)] = json.loads(said) if is_object else {"caption": said}
    question = texts["102"]["question"].replace("verdunsten", "verdunstet")
    texts["102"]["question"] = question
    texts["3"]["caption"] = texts["3"]["caption"].replace("hebt", "heben")
    ruled = texts["4"]["caption"].replace("Startrampe", "Abschussrampe")
    texts["4"]["caption"] = ruled.replace(*RULED)
    assert "Abschussrampe vor einem dunkelblauen Himmel" in texts["4"]["caption"]
    return texts


def check_training_set(folder: Path, batch: Path, home: Path) -> None:
    """What `datasets` reads is what was accepted: no more, no less, no other words."""
    read = json.loads(programs.load_dataset(folder, "de", home))
    captions = {short(row["key"]): row["caption"] for row in read["rows"]}
    texts = accepted(batch)
    assert captions == {key: texts[key]["caption"] for key in CAPTIONS}
    assert len(read["rows"]) == len(read["pictures"]) == len(CAPTIONS)
    assert {row["language"] for row in read["rows"]} == {"de"}
    assert {row["model"] for row in read["rows"]} == {"concord-demonstration"}


def check_benchmark(folder: Path, batch: Path) -> None:
    """One table of the accepted questions, in the upstream numbering."""
    [table] = folder.glob("vlmevalkit/*_de.tsv")
    csv.field_size_limit(2**31 - 1)
    with table.open(encoding="utf-8", newline="") as file:
        read = csv.DictReader(file, delimiter="\t")
        # MMBench repeats every question with its options rotated, a million later.
        rows = {row["index"]: row for row in read if int(row["index"]) < 1_000_000}
    assert rows.keys() == set(QUESTIONS)
    for index, row in rows.items():
        text = accepted(batch)[index]
        options = [row[letter] for letter in "ABCD" if row.get(letter)]
        assert (row["question"], options) == (text["question"], text["options"])


@pytest.mark.slow
@pytest.mark.usefixtures("celery")
def test_a_source_file_becomes_releases_with_the_accepted_texts(
    visits: Visits, german: Project, built: Built, tmp_path: Path
) -> None:
    lead = log_in(visits, "lena")
    import_both(lead, built)
    make_candidates(lead, visits, built.batch)
    for place, name in enumerate(("ana", "bao", "chris")):
        judge_all(log_in(visits, name), place)
    complete = Candidate.objects.exclude(complete_at=None)
    assert complete.exclude(origin="edited").count() == len(PLAN)
    see_agreement(lead)
    rule_on(log_in(visits, "adam"))
    for name in ("bao", "chris"):
        judge_edited(log_in(visits, name))
    training = download(lead, "Training set", len(CAPTIONS), tmp_path)
    check_training_set(training, built.batch, tmp_path / "hub")
    benchmark = download(lead, "Benchmark set", len(QUESTIONS), tmp_path)
    check_benchmark(benchmark, built.batch)
