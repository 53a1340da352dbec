"""The documents against the code, and against each other."""

from __future__ import annotations

import ast
import importlib
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.db import models

from annotation.models import Job
from tests.rules.source import ROOT, modules

DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", *DOCS.glob("*.md"), *DOCS.glob("adr/*.md")])
RECORDS = sorted((DOCS / "adr").glob("*.md"))
PARTS = ("Context", "Decision", "Rejected", "Consequences")
OUR_APPS = ("annotation", "quality", "api")
STAGES = (
    "importing",
    "proposing",
    "assigning",
    "judging",
    "measuring",
    "adjudicating",
    "exporting",
)
README_LINES = 60
USERS = ("root", "unprivileged")
REQUIRED = object()
WORKED_OUT = object()


@cache
def page(name: str) -> str:
    return (DOCS / name).read_text()


def section(text: str, title: str) -> str:
    """What stands below the heading of that title, up to the next of its rank."""
    found = re.search(rf"^(#+) {re.escape(title)}$", text, re.MULTILINE)
    assert found, f"there is no heading {title!r}"
    rest = text[found.end() :]
    rank = len(found[1])
    following = re.search(rf"^#{{1,{rank}}} ", rest, re.MULTILINE)
    return rest[: following.start()] if following else rest


def rows(text: str) -> list[list[str]]:
    """The cells of all table rows, headings left out."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[c.strip() for c in line.strip("|").split("|")] for line in lines]
    rules = [n for n, row in enumerate(cells) if set("".join(row)) <= set("- ")]
    headings = {n - 1 for n in rules}
    return [c for n, c in enumerate(cells) if n not in headings and n not in rules]


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def settings_variables() -> dict[str, Any]:
    """What the settings read from the environment, with its default."""
    tree = ast.parse((ROOT / "config" / "settings.py").read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {
        str(call.args[0].value): _default(call)
        for call in calls
        if re.fullmatch(r"env(\.\w+)?", ast.unparse(call.func))
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }


def _default(call: ast.Call) -> Any:
    given = [word.value for word in call.keywords if word.arg == "default"]
    if not given:
        return REQUIRED
    try:
        return ast.literal_eval(given[0])
    except ValueError:
        return WORKED_OUT


def spelled(default: Any) -> str:
    """A default as the page writes it."""
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, list):
        return ",".join(default)
    return str(default)


def documented_settings() -> dict[str, str]:
    text = section(page("operating.md"), "Settings").split("Read by other programs")
    return {quoted(name)[0]: default for name, default, _ in rows(text[0])}


def own_models() -> list[type[models.Model]]:
    found = [m for app in OUR_APPS for m in apps.get_app_config(app).get_models()]
    return [model for model in found if not model._meta.auto_created]


def state_tables() -> list[tuple[str, str]]:
    """The headings that name a state, with that name."""
    return re.findall(r"^### (.+ \(`([\w.]+)`\))$", page("data-flow.md"), re.M)


def choices(name: str) -> type[models.TextChoices]:
    app, owner, choice = name.split(".")
    found: type[models.TextChoices] = getattr(apps.get_model(app, owner), choice)
    assert issubclass(found, models.TextChoices)
    return found


def links(path: Path) -> list[str]:
    inline = re.findall(r"\]\(([^)\s]+)\)", path.read_text())
    return [link for link in inline if not link.startswith(("http://", "https://"))]


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    plain = [re.sub(r"[^\w\s-]", "", title).lower() for title in headings]
    return {title.strip().replace(" ", "-") for title in plain}


def test_readme_is_one_screen_with_picture_and_both_commands() -> None:
    lines = (ROOT / "README.md").read_text().splitlines()
    assert len(lines) <= README_LINES
    assert {"    ./run demo", "    ./run test"} <= set(lines)
    assert any("](docs/images/judging.png)" in line for line in lines)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_link_leads_somewhere(path: Path) -> None:
    broken = []
    for link in links(path):
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    readme = {(ROOT / link).resolve() for link in links(ROOT / "README.md")}
    assert set(DOCS.glob("*.md")) | {DOCS / "adr"} <= readme


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    assert set(documented_settings()) == set(settings_variables())


@pytest.mark.parametrize("name", sorted(settings_variables()))
def test_documented_default_is_that_of_the_settings(name: str) -> None:
    default, said = settings_variables()[name], documented_settings()[name]
    if default is REQUIRED:
        assert said == "required"
    elif default is WORKED_OUT:
        assert said
        assert said != "required"
    else:
        assert said == f"`{spelled(default)}`"


def test_variables_of_other_programs_are_documented() -> None:
    text = section(page("operating.md"), "Settings").split("Read by other programs")
    documented = {quoted(row[0])[0] for row in rows(text[1])}
    example = (ROOT / ".env.example").read_text()
    read = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    read |= set(re.findall(r"\$\{(CONCORD_\w+)", (ROOT / "run").read_text()))
    worker = (ROOT / "worker" / "__main__.py").read_text()
    read |= set(re.findall(r'"(CONCORD_\w+)"', worker))
    assert documented == read - set(settings_variables())


def test_every_command_is_documented_and_every_documented_one_exists() -> None:
    table = rows(section(page("operating.md"), "Commands"))
    documented = {entry.split()[0] for row in table for entry in quoted(row[0])}
    ours = {name for name, app in get_commands().items() if app in OUR_APPS}
    assert documented == ours


def test_seconds_of_both_commands_have_their_rows() -> None:
    table = rows(section(page("operating.md"), "Measured"))
    wanted = {(f"`./run {c}`", u) for c in ("test", "demo") for u in USERS}
    assert {(row[0], row[1]) for row in table} == wanted
    assert all(re.match(r"\d+", row[2]) for row in table)


@pytest.mark.parametrize(("number", "path"), list(enumerate(RECORDS, 1)))
def test_record_is_numbered_in_turn_and_named_after_its_title(
    number: int, path: Path
) -> None:
    first, *rest = path.read_text().splitlines()
    title = re.fullmatch(rf"# {number:04d} (\S.*)", first)
    assert title, first
    slug = re.sub(r"[^a-z0-9]+", "-", title[1].lower()).strip("-")
    assert path.name == f"{number:04d}-{slug}.md"
    assert re.fullmatch(r"Date: \d{4}-\d\d-\d\d", rest[1])
    headings = [line.removeprefix("## ") for line in rest if line.startswith("## ")]
    assert tuple(headings) == PARTS
    assert all(section(path.read_text(), part).strip() for part in PARTS)


def test_records_exist() -> None:
    assert len(RECORDS) >= 9


@pytest.mark.parametrize("model", own_models(), ids=lambda m: m.__name__)
def test_every_model_is_in_the_glossary(model: type[models.Model]) -> None:
    assert model.__name__ in quoted(page("glossary.md"))


def test_rows_named_in_the_data_flow_are_models() -> None:
    known = {model.__name__ for model in own_models()}
    table = rows(section(page("data-flow.md"), "What the database refuses"))
    assert table
    assert {row[0] for row in table} <= known


def test_data_flow_tells_the_seven_stages_in_order() -> None:
    text = section(page("data-flow.md"), "The stages")
    told = re.findall(r"^(\d)\. \*\*(\w+)\*\* \(`([\w/.]+)`\)", text, re.MULTILINE)
    assert [(int(n), name.lower()) for n, name, _ in told] == [
        *enumerate(STAGES, 1),
    ]
    for _, name, path in told:
        assert Path(path).stem == name.lower()
        importlib.import_module(path.removesuffix(".py").replace("/", "."))


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_module_named_in_a_page_exists(path: Path) -> None:
    rooms = "annotation|api|config|corpus|quality|templates|tools|worker|requirements"
    named = [n for n in quoted(path.read_text()) if re.fullmatch(rf"({rooms})/\S+", n)]
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_data_flow_shows_every_state() -> None:
    shown = {name for _, name in state_tables()}
    states = {
        f"{model._meta.app_label}.{model.__name__}.State"
        for model in own_models()
        if hasattr(model, "State")
    }
    others = {"annotation.Assignment.Ending", "quality.Decision.Outcome"}
    assert shown == states | others


@pytest.mark.parametrize(("title", "name"), state_tables())
def test_states_of_the_data_flow_are_those_of_the_code(title: str, name: str) -> None:
    table = rows(section(page("data-flow.md"), title))
    values = set(choices(name).values)
    assert {quoted(row[0])[0] for row in table} == values
    for start, ends, _ in table:
        assert set(quoted(ends)) <= values, start
        assert quoted(ends) or ends == "stays", start


def test_data_flow_names_every_constraint_of_the_database_once() -> None:
    table = rows(section(page("data-flow.md"), "What the database refuses"))
    named = sorted((row[0], name) for row in table for name in quoted(row[1]))
    assert named == sorted(
        (model.__name__, constraint.name)
        for model in own_models()
        for constraint in model._meta.constraints
    )


def test_data_flow_names_every_trigger() -> None:
    text = section(page("data-flow.md"), "What the database refuses")
    triggers = {
        trigger.name
        for model in own_models()
        for trigger in getattr(model._meta, "triggers", [])
    }
    endings = ("_append_only", "_read_only")
    named = {name for name in quoted(text) if name.endswith(endings)}
    assert named <= triggers <= set(quoted(text))


def test_htmx_of_the_record_is_the_vendored_one() -> None:
    (folder,) = (ROOT / "static" / "vendor").glob("htmx-*")
    text = (DOCS / "adr" / "0004-htmx-2.md").read_text()
    version = folder.name.removeprefix("htmx-")
    assert set(re.findall(r"\b\d+\.\d+\.\d+\b", text)) == {version}
    assert f"static/vendor/{folder.name}" in quoted(text)


def test_licence_is_the_one_that_readme_and_record_name() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert "Apache License\n" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert "Licence: Apache-2.0" in (ROOT / "README.md").read_text()
    (record,) = (DOCS / "adr").glob("*-apache-2-0-*.md")
    assert "`Apache-2.0`" in record.read_text()


def test_gpl_package_of_the_record_stays_in_the_tests() -> None:
    """The record on the licence promises it."""
    rooms = ("annotation", "api", "config", "corpus", "quality", "tools", "worker")
    assert not [
        path for _, path, _ in modules(*rooms) if "krippendorff" in _names(path)
    ]
    base = (ROOT / "requirements" / "base.in").read_text()
    assert "krippendorff" not in base
    assert "krippendorff" in (ROOT / "requirements" / "test.in").read_text()


def _names(path: Path) -> set[str]:
    """The top-level packages that a module imports."""
    tree = ast.parse(path.read_text())
    whole = [n for n in ast.walk(tree) if isinstance(n, ast.Import)]
    some = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    names = [alias.name for node in whole for alias in node.names]
    return {name.split(".")[0] for name in [*names, *(n.module or "" for n in some)]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| a | b |\n| --- | --- |\n| `x` | y |\n", [["`x`", "y"]]),
        ("no table\n", []),
    ],
)
def test_rows_leave_out_what_stands_above_the_rule(
    text: str, expected: list[list[str]]
) -> None:
    assert rows(text) == expected


def test_section_ends_at_the_next_heading_of_its_rank() -> None:
    text = "## A\none\n### B\ntwo\n## C\nthree\n"
    assert section(text, "A") == "\none\n### B\ntwo\n"
    assert section(text, "B") == "\ntwo\n"


def test_the_data_flow_tells_every_kind_of_job() -> None:
    (told,) = re.findall(r"(?s)\nStages 1 .*? run as a Job", page("data-flow.md"))
    assert set(re.findall("`([a-z]+)`", told)) == set(Job.Kind.values)
