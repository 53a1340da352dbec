"""Imports flow one way: corpus <- annotation <- quality <- api."""

from __future__ import annotations

import ast
import re
import sys

import pytest

from tests.rules.source import ROOMS, imports, is_inside, modules

#: Room to the rooms it may import. What is missing here may import nothing of ours.
MAY_IMPORT = {
    "corpus": ("corpus",),
    "worker": ("corpus", "worker"),
    "tools": ("tools",),
    "annotation": ("corpus", "annotation", "worker.protocol"),
    "quality": ("corpus", "annotation", "quality", "worker.protocol"),
    "api": ("corpus", "annotation", "quality", "api", "worker.protocol"),
    "catalogues": ("corpus", "catalogues"),
    "config": ("config", "annotation", "quality", "api"),
    "demonstration": ("corpus", "demonstration"),
}
PURE_PACKAGES = ("quality.agreement", "quality.reliability", "quality.charts")
PURE = ("corpus", "worker", "tools", "demonstration", *PURE_PACKAGES)
SERVER_LIBRARIES = ("django", "rest_framework", "celery", "psycopg", "drf_spectacular")


def test_every_room_has_its_rule() -> None:
    assert sorted(MAY_IMPORT) == sorted(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_room_imports_only_what_lies_below_it(room: str) -> None:
    wrong = [
        f"{name} imports {imported}"
        for name, _, tree in modules(room)
        for imported in imports(tree)
        if is_inside(imported, *ROOMS) and not is_inside(imported, *MAY_IMPORT[room])
    ]
    assert wrong == []


@pytest.mark.parametrize("room", PURE)
def test_pure_room_knows_no_server_library(room: str) -> None:
    wrong = [
        f"{name} imports {imported}"
        for name, _, tree in modules(room.split(".")[0])
        if is_inside(name, room)
        for imported in imports(tree)
        if is_inside(imported, *SERVER_LIBRARIES)
    ]
    assert wrong == []


@pytest.mark.parametrize("package", PURE_PACKAGES)
def test_statistics_and_charts_import_nothing_of_ours_but_themselves(
    package: str,
) -> None:
    wrong = [
        f"{name} imports {imported}"
        for name, _, tree in modules("quality")
        if is_inside(name, package)
        for imported in imports(tree)
        if is_inside(imported, *ROOMS) and not is_inside(imported, package)
    ]
    assert wrong == []


def test_tools_need_the_standard_library_alone() -> None:
    wrong = [
        f"{name} imports {imported}"
        for name, _, tree in modules("tools")
        for imported in imports(tree)
        if imported.split(".")[0] not in {*sys.stdlib_module_names, "tools"}
    ]
    assert wrong == []


def test_only_the_address_list_imports_the_machine_door() -> None:
    found = {
        name
        for name, _, tree in modules(*ROOMS)
        if any(is_inside(imported, "api") for imported in imports(tree))
        and not is_inside(name, "api")
    }
    assert found <= {"config.urls"}


def test_models_know_no_stage() -> None:
    allowed = ("annotation.models", "quality.models", "corpus")
    wrong = [
        f"{name} imports {imported}"
        for name, _, tree in modules("annotation", "quality")
        if ".models" in name
        for imported in imports(tree)
        if is_inside(imported, *ROOMS) and not is_inside(imported, *allowed)
    ]
    assert wrong == []


def _is_a_door(name: str) -> bool:
    return name.startswith(("annotation.views", "quality.views", "api"))


def test_pages_and_endpoints_reach_rows_through_the_one_scoping_function() -> None:
    banned = {"objects", "_default_manager", "_base_manager", "get_object_or_404"}
    wrong = [
        f"{name}:{node.lineno} uses {word}"
        for name, _, tree in modules("annotation", "quality", "api")
        if _is_a_door(name)
        for node in ast.walk(tree)
        if (word := _word(node)) in banned and isinstance(node, ast.expr | ast.alias)
    ]
    assert wrong == []


def _word(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Name):
        return node.id
    return node.name if isinstance(node, ast.alias) else ""


def test_the_scoping_rule_finds_a_query_that_goes_round_it() -> None:
    tree = ast.parse("from m import get_object_or_404\nJudgment.objects.all()")
    words = {_word(node) for node in ast.walk(tree)}
    assert {"objects", "get_object_or_404"} <= words


#: Who may know a door behind it all the same, and which one.
KNOWS_ITS_DOOR = {("annotation.jobs", "annotation.tasks.run_job")}
DOORS = re.compile(
    r"(annotation|quality)\.(views|tasks|urls|apps|middleware|management|templatetags"
    r"|(\w+_)?forms?)\b|django\.forms\b|rest_framework\b|celery\b"
)


def test_stages_know_no_door() -> None:
    """Page, endpoint, command and task call a stage, never the other way round."""
    found = {
        (name, imported)
        for name, _, tree in modules("annotation", "quality")
        if not DOORS.match(name)
        for imported in imports(tree)
        if DOORS.match(imported)
    }
    assert found == KNOWS_ITS_DOOR


@pytest.mark.parametrize(
    ("name", "is_a_door"),
    [
        ("annotation.views.judging", True),
        ("annotation.text_forms", True),
        ("annotation.forms.JudgmentForm", True),
        ("quality.planner_form", True),
        ("django.forms", True),
        ("annotation.tasks", True),
        ("annotation.judging", False),
        ("annotation.item_batches", False),
        ("quality.reports", False),
    ],
)
def test_a_door_is_known_by_its_name(name: str, is_a_door: bool) -> None:
    assert bool(DOORS.match(name)) is is_a_door


def test_nothing_reads_the_settings_module_itself() -> None:
    wrong = [
        name
        for name, _, tree in modules(*ROOMS)
        if any(is_inside(imported, "config.settings") for imported in imports(tree))
    ]
    assert wrong == []
