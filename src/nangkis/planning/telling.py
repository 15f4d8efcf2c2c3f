"""Words that every table of planning shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nangkis.budget.telling import file_sources
from nangkis.content.catalogue import template
from nangkis.content.sentences import Sentence, sentence, spoken
from nangkis.content.tree import Cell, Empty, Missing
from nangkis.planning.ceilings import Ceilings
from nangkis.vocabulary.figures import Label


# Plain words for units in plans and budgets: the catalogue has them in English.
UNIT_WORDS = frozenset(
    {
        "persen",
        "orang",
        "jiwa",
        "keluarga",
        "kk",
        "rumah-tangga",
        "desa",
        "kelurahan",
        "kecamatan",
        "dokumen",
        "laporan",
        "kegiatan",
        "paket",
        "unit",
        "kelompok",
        "bulan",
        "tahun",
        "hari",
        "hektar",
        "ton",
        "indeks",
        "nilai",
        "poin",
    }
)


def joined(names: Iterable[Sentence | Label]) -> Label | None:
    """Return names as one, each once and in their order; None where there are none."""
    told = dict.fromkeys((spoken(name, "id"), spoken(name, "en")) for name in names)
    if not told:
        return None
    return Label("; ".join(name for name, _ in told), "; ".join(english for _, english in told))


def texts(found: Iterable[str], missing: str) -> Cell:
    """Return texts as a file has them for one cell, or why there are none: ``missing`` is a catalogue code."""
    told = "; ".join(found)
    return Label(told) if told else Missing(sentence(missing))


def unit_of_file(text: str) -> Label:
    """Return a unit, or several, as a file writes it; for an English reader plain words are in English."""
    return Label(text, "; ".join(map(_english, text.split("; "))))


def _english(unit: str) -> str:
    word = unit.strip().casefold().replace(" ", "-")
    return template(f"planning.unit.{word}", "en") if word in UNIT_WORDS else unit


def programme(code: str, name: str | None) -> Label:
    """Return a programme as a table names it: its code, and its name where a file gives it."""
    return Label(f"{code} {name}" if name else code)


def years(told: Sequence[int]) -> Label:
    """Return years in their order as a title names them: each run by its first and last, as 2021, 2025–2029."""
    runs: list[list[int]] = []
    for year in told:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return Label(", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs))


def plan_sources(plan: Ceilings | None) -> tuple[Sentence, ...]:
    """Return the files of the RPJMD; none where it is not imported."""
    return () if plan is None else file_sources(plan.manifests)


def each_once(*sources: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """Return the sources of a table's parts, each once: parts from one file, or from invented ones, share some."""
    told: list[Sentence] = []
    for source in (one for part in sources for one in part):
        if source not in told:
            told.append(source)
    return tuple(told)


def without_budget() -> Empty:
    """Return that a budget is wanted before anything can be proposed."""
    return Empty(sentence("planning.without-budget.why"), sentence("planning.without-budget.do"))


def without_rules() -> Empty:
    """Return that on this day no rule says what fights poverty."""
    return Empty(sentence("planning.without-rules.why"), sentence("planning.without-rules.do"))
