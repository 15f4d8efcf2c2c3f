"""Typesetting in a child process of its own: within limits, and with nothing left behind in this process."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import font_source_sans_pro

from nangkis.outputs.pdf.typst_child import FAULT
from nangkis.vocabulary.refusals import RequestRefused


CHILD = Path(__file__).with_name("typst_child.py")


class PdfNotSet(RequestRefused):
    """The document could not be set within the limits, or the process that set it was ended from outside."""


class TemplateError(RuntimeError):
    """Typst refused the template or what it was given: a fault of ours, in Typst's words."""


@dataclass(frozen=True)
class TypesettingLimits:
    """How long one document may take, and how much memory; the latter holds where the system enforces it (Linux)."""

    seconds: int
    memory_bytes: int


def typeset(folder: Path, *, as_of: date, limits: TypesettingLimits) -> bytes:
    """Return the PDF of the template and the values in ``folder``, which is all that Typst sees.

    Raises PdfNotSet when a limit or someone else ended the child, TemplateError for what Typst itself refuses.
    """
    fonts = str(font_source_sans_pro.font_directory)
    said = [_folder_of_typst(), str(folder), fonts, as_of.isoformat(), str(limits.memory_bytes)]
    try:
        ended = subprocess.run(  # noqa: S603 - our own script, run by this Python; all it is told is arguments
            [sys.executable, "-I", "-S", str(CHILD), *said],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PdfNotSet("pdf-too-slow", most=limits.seconds) from None
    if ended.returncode == FAULT:
        raise TemplateError(ended.stderr.decode("utf-8", "replace"))
    if ended.returncode != 0:
        raise PdfNotSet("pdf-child-ended", status=ended.returncode, most=limits.memory_bytes)
    return (folder / "document.pdf").read_bytes()


def _folder_of_typst() -> str:
    spec = importlib.util.find_spec("typst")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("typst")
    return str(Path(spec.submodule_search_locations[0]).parent)
