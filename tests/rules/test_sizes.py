"""Small modules, small functions."""

from __future__ import annotations

import ast

import pytest

from tests.rules.source import ROOMS, ROOT, modules

#: Lines of a module, lines of a function.
BUDGETS = {"tests": (350, 60)} | dict.fromkeys((*ROOMS, "benchmarks"), (300, 50))


def _functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("room", BUDGETS)
def test_no_module_is_longer_than_its_budget(room: str) -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for _, path, _ in modules(room)
    }
    assert {name: n for name, n in lengths.items() if n > BUDGETS[room][0]} == {}


@pytest.mark.parametrize("room", BUDGETS)
def test_no_function_is_longer_than_its_budget(room: str) -> None:
    lengths = {
        f"{module}.{node.name}": _length(node)
        for module, _, tree in modules(room)
        for node in _functions(tree)
    }
    assert {name: n for name, n in lengths.items() if n > BUDGETS[room][1]} == {}


def test_a_function_is_measured_from_its_name_to_its_last_line() -> None:
    tree = ast.parse("@dec\ndef f():\n    a = 1\n    return a\n")
    assert [_length(node) for node in _functions(tree)] == [3]
