"""Nothing of this machine or of a download host stands in the project; CI calls make."""

from __future__ import annotations

import re

import pytest

from nangkis.cli.main import app
from tests.repository.sources import LIBRARY, ROOT, tracked


HOSTS = [f"{name}.{end}" for name, end in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))]
MACHINE = re.compile(r"(?<![A-Za-z0-9_.])/(work|farm)/")
TEXT = {".py", ".md", ".yaml", ".toml", ".lock", ".csv", ".txt", "", ".json"}
NIK = re.compile(r"(?<![\d.])\d{6}([04][1-9]|[1256]\d|[37][01])(0[1-9]|1[0-2])\d{6}(?!\d)")


def test_no_file_names_a_download_host_or_a_path_of_this_machine() -> None:
    for path in tracked():
        if path.suffix in TEXT:
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not [host for host in HOSTS if host in text], path
            assert not MACHINE.search(text), path


def test_no_file_holds_what_looks_like_an_identity_number() -> None:
    for path in tracked():
        if path.suffix in {".csv", ".yaml", ".md", ".json"}:
            assert not NIK.search(path.read_text(encoding="utf-8", errors="replace")), path


def test_ci_calls_make_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    does = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]

    assert does == ["make system-packages", "make check", "make test"]


@pytest.mark.parametrize(("lock", "fewest"), [("requirements.lock", 21), ("requirements-spark.lock", 2)])
def test_every_pinned_dependency_has_a_hash(lock: str, fewest: int) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    pinned = [index for index, line in enumerate(lines) if re.match(r"[a-z0-9._-]+==", line)]

    assert len(pinned) >= fewest
    assert all("--hash=sha256:" in lines[index + 1] for index in pinned)


def test_every_vocabulary_class_has_a_glossary_entry() -> None:
    glossary = (ROOT / "glossary.md").read_text(encoding="utf-8")
    found = re.compile(r"^class (\w+)", re.MULTILINE)
    classes = [
        name for path in (LIBRARY / "vocabulary").glob("*.py") for name in found.findall(path.read_text("utf-8"))
    ]

    assert [name for name in classes if f"`{name}`" not in glossary] == []


def test_every_command_has_help() -> None:
    assert len(app.registered_commands) >= 8
    assert all((command.callback.__doc__ or "").strip() for command in app.registered_commands if command.callback)
