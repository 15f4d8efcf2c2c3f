"""Writes the example: raw files of a fictional province, what is wrong with them, and what they do not say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

from nangkis.content.catalogue import Language
from nangkis.example.account_files import account_files
from nangkis.example.budget_files import budget_files
from nangkis.example.guide import map_text, readme_text
from nangkis.example.names import MAP, README
from nangkis.example.plan_files import plan_files
from nangkis.example.posture_files import posture_files
from nangkis.example.poverty_files import poverty_files
from nangkis.example.series import make_series
from nangkis.vocabulary.refusals import RequestRefused


class ExampleNotWritten(RequestRefused):
    """The folder holds another file under a name of the example; nothing was written over it."""


def write_example(folder: Path, *, seed: int = 2026, language: Language = "id") -> tuple[Path, ...]:
    """Write the example's files into ``folder`` (made when absent) and return their paths in order of name.

    The same seed gives the same bytes. Raises ExampleNotWritten when a file of one of these names is there with other
    content; then nothing is written.
    """
    files = example_files(seed=seed, language=language)
    _check_nothing_is_lost(folder, files)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return tuple(folder / name for name in files)


def example_files(*, seed: int, language: Language) -> dict[str, bytes]:
    """Return the example's files by name, in order of name."""
    generator = Random(seed)  # noqa: S311 - invented figures, no secrets
    files = poverty_files(make_series(generator)) | budget_files(generator)
    # New kinds of files come last: they may not change the figures of those before.
    files |= posture_files(generator) | account_files(generator) | plan_files(generator)
    files |= {MAP: map_text().encode(), README[language]: readme_text(language, seed=seed).encode()}
    return dict(sorted(files.items()))


def _check_nothing_is_lost(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        there = folder / name
        if there.exists() and there.read_bytes() != content:
            raise ExampleNotWritten("example-file-differs", file=name, folder=str(folder))
