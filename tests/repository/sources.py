"""The project's own files, as the tests about the repository read them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path


ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "src" / "nangkis"


@cache
def modules() -> dict[Path, ast.Module]:
    """Every module of the library, parsed."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(LIBRARY.rglob("*.py"))}


@cache
def literals() -> frozenset[str]:
    """Every string that the library's code writes, docstrings left out."""
    return frozenset(text for tree in modules().values() for text in _strings(tree))


def _strings(tree: ast.Module) -> Iterator[str]:
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git tracks; outside a checkout, every file that is not made by a tool."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        names = listed.stdout.decode().split("\0")
        return tuple(path for name in names if name and (path := ROOT / name).is_file())
    made = {".venv", ".git", "out", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__"}
    return tuple(path for path in ROOT.rglob("*") if path.is_file() and not made & set(path.parts))


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a module, by the last part of the called name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            yield (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")), node


def first_literal(call: ast.Call) -> str | None:
    """The first argument, or ``code=``, when it is written as a string."""
    given = [*call.args[:1], *(word.value for word in call.keywords if word.arg == "code")]
    return next((part.value for part in given if isinstance(part, ast.Constant) and isinstance(part.value, str)), None)
