"""The code stays small enough to read: short functions, short modules, rooms that say what they know."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import sys
from pathlib import Path

import pytest

import nangkis
from tests.repository.sources import LIBRARY, ROOT, modules


LONGEST_FUNCTION = 40
LONGEST_MODULE = 400
# Name -> why it may be longer.
LONGER_FUNCTIONS: dict[str, str] = {}
ROOMS = sorted(path.name for path in LIBRARY.iterdir() if (path / "__init__.py").is_file())


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(LIBRARY)))
def test_modules_and_functions_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    for node in ast.walk(modules()[path]):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name not in LONGER_FUNCTIONS:
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= LONGEST_FUNCTION, f"{node.name} has {lines} lines"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_knows_and_re_exports_nothing(room: str) -> None:
    tree = modules()[LIBRARY / room / "__init__.py"]
    said = ast.get_docstring(tree) or ""

    assert "Must not" in said
    assert len(tree.body) == 1, "only the docstring: whoever wants a thing imports its module"


@pytest.mark.parametrize(
    "path",
    [path for path in modules() if path.name == "__init__.py" and path.parent != LIBRARY],
    ids=lambda path: str(path.relative_to(LIBRARY)),
)
def test_no_package_imports_for_convenience(path: Path) -> None:
    assert not [node for node in modules()[path].body if isinstance(node, ast.Import | ast.ImportFrom)]


def test_every_module_of_the_library_imports_without_the_website() -> None:
    blocked = ("django", "nangkis_web")
    saved = {name: module for name in blocked if (module := sys.modules.get(name)) is not None}
    sys.modules.update(dict.fromkeys(blocked))  # type: ignore[arg-type]  # None makes the import fail
    try:
        for found in pkgutil.walk_packages(nangkis.__path__, "nangkis."):
            importlib.import_module(found.name)
    finally:
        for name in blocked:
            del sys.modules[name]
        sys.modules.update(saved)


def test_every_dependency_says_what_it_is_for() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    required = [line for line in lines if line.startswith('  "') and any(mark in line for mark in (">=", "=="))]

    assert len(required) > 10
    assert [line for line in required if "#" not in line] == []
