"""Small modules, small functions."""

from __future__ import annotations

import ast

from tests.rules.source import ROOMS, ROOT, modules

MODULE_LINES = 400
FUNCTION_LINES = 60
EVERYTHING = (*ROOMS, "tests", "benchmarks")


def _functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_module_is_longer_than_its_budget() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for _, path, _ in modules(*EVERYTHING)
    }
    assert {name: n for name, n in lengths.items() if n > MODULE_LINES} == {}


def test_no_function_is_longer_than_its_budget() -> None:
    lengths = {
        f"{module}.{node.name}": _length(node)
        for module, _, tree in modules(*EVERYTHING)
        for node in _functions(tree)
    }
    assert {name: n for name, n in lengths.items() if n > FUNCTION_LINES} == {}


def test_a_function_is_measured_from_its_name_to_its_last_line() -> None:
    tree = ast.parse("@dec\ndef f():\n    a = 1\n    return a\n")
    assert [_length(node) for node in _functions(tree)] == [3]
