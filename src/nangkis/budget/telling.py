"""Words and columns that every table of the budget shares."""

from __future__ import annotations

from collections.abc import Iterable

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.schema import Stage
from nangkis.content.sentences import Sentence, Value, sentence
from nangkis.content.tree import Cell, Column, Missing
from nangkis.lake.manifest import TableManifest
from nangkis.regions.register import is_fictional
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Figure, Label


# The same money has another name at each stage (look.md).
STAGES = {
    Stage.RKPD: ("budget.stage.rkpd", "budget.money.indicative"),
    Stage.RKPD_P: ("budget.stage.rkpd-p", "budget.money.indicative"),
    Stage.KUA_PPAS: ("budget.stage.kua-ppas", "budget.money.ceiling"),
    Stage.RAPBD: ("budget.stage.rapbd", "budget.money.draft"),
    Stage.APBD: ("budget.stage.apbd", "budget.money.budget"),
    Stage.PERGESERAN: ("budget.stage.pergeseran", "budget.money.budget"),
    Stage.P_APBD: ("budget.stage.p-apbd", "budget.money.budget"),
    Stage.LRA_UNAUDITED: ("budget.stage.lra-unaudited", "budget.money.spent"),
    Stage.LRA_AUDITED: ("budget.stage.lra-audited", "budget.money.spent"),
}


def stage_name(stage: Stage) -> Sentence:
    """Return the stage's name."""
    return sentence(STAGES[stage][0])


def money_name(stage: Stage) -> Sentence:
    """Return what the money is called at this stage, such as *pagu indikatif*."""
    return sentence(STAGES[stage][1])


def table_title(code: str, analysis: BudgetAnalysis) -> Sentence:
    """Return a table's title: what money, of which year, arranged how."""
    return sentence(code, money=money_name(analysis.lines.stage), year=Label(str(analysis.lines.year)))


def bidang_name(analysis: BudgetAnalysis, code: str) -> Value:
    """Return a bidang's name; a code outside the list keeps standing alone."""
    return analysis.names.bidang.get(code, Label(code))


def sources(analysis: BudgetAnalysis) -> tuple[Sentence, ...]:
    """Return the files that the lines came from, as sentences for the foot of a table."""
    return file_sources(analysis.lines.manifests)


def file_sources(manifests: Iterable[TableManifest]) -> tuple[Sentence, ...]:
    """Return the files that a table's rows came from, as sentences for its foot, in their order.

    Before those of the fictional province stands that their data are invented.
    """
    told = tuple(manifests)
    invented = any(is_fictional(Region.parse(manifest.owner)) for manifest in told)
    return (*((sentence("source.fictional"),) if invented else ()), *map(file_source, told))


def file_source(manifest: TableManifest) -> Sentence:
    """Return the file of a table, with its sheet where the file has sheets: that of a .csv is named csv by us."""
    file, sheet = manifest.source.name, manifest.sheet
    if file.lower().endswith(f".{sheet.lower()}"):
        return sentence("budget.source.file", file=Label(file))
    return sentence("budget.source", file=Label(file), sheet=Label(sheet))


def cell(figure: Figure | None, reason: str) -> Cell:
    """Return a figure for a table, or why there is none: ``reason`` is a catalogue code."""
    return figure if figure is not None else Missing(sentence(reason))


def money_column(code: str, width: float) -> Column:
    """Return a column of amounts or shares."""
    return Column(sentence(code), width, numeric=True)
