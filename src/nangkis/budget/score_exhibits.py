"""What the mark of the incentive says on paper, and what money added would change."""

from __future__ import annotations

from nangkis.budget import methods
from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.figures import BudgetFigures
from nangkis.budget.schema import Stage
from nangkis.budget.score import Score, ScoreRule, incentive_score, with_added
from nangkis.budget.telling import money_column, sources, stage_name
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Block, Column, Paragraph, Row, Table
from nangkis.vocabulary.figures import Figure, Label, Method, Origin, Selection
from nangkis.vocabulary.units import Unit


PLACES = 2
REALISED = frozenset({Stage.LRA_UNAUDITED, Stage.LRA_AUDITED})


def score_blocks(analysis: BudgetAnalysis, rule: ScoreRule, *, sen: int = 0, to: str = "") -> tuple[Block, ...]:
    """Return the mark, how each reach makes it, and what ``sen`` more for a reach would change.

    Raises ScoreWithoutSpending and DirectnessUnknown.
    """
    score = incentive_score(analysis.frame, rule)
    said = [_answer(analysis, rule, score)]
    if not score.accounts_known:
        said.append(sentence("budget.score.without-accounts"))
    if analysis.lines.stage not in REALISED:
        said.append(sentence("budget.score.forecast"))
    if to:
        said.append(_gain(analysis, rule, score, sen, to))
    return (Paragraph(tuple(said)), _table(analysis, rule, score))


def _answer(analysis: BudgetAnalysis, rule: ScoreRule, score: Score) -> Sentence:
    lines = analysis.lines
    mark = _figure(analysis, rule, "mark", float(score.value), methods.SCORE)
    place, year = Label(lines.place.name), Label(str(lines.year))
    return sentence("budget.score.answer", place=place, year=year, stage=stage_name(lines.stage), mark=mark)


def _gain(analysis: BudgetAnalysis, rule: ScoreRule, score: Score, sen: int, to: str) -> Sentence:
    after = with_added(score, rule, sen=sen, to=to)
    name = f"{to}+{sen}"
    origin = Origin(methods.SCORE_GAIN, (), (rule.use,))
    return sentence(
        "budget.score.gain",
        amount=Figure(_key(analysis, f"{name}/added"), sen, Unit.RUPIAH, 0, origin),
        reach=analysis.names.directness.get(to, Label(to)),
        mark=_figure(analysis, rule, f"{name}/mark", float(after.value), methods.SCORE_GAIN),
        gain=_figure(analysis, rule, f"{name}/gain", float(after.value - score.value), methods.SCORE_GAIN),
    )


def _table(analysis: BudgetAnalysis, rule: ScoreRule, score: Score) -> Table:
    figures = BudgetFigures(analysis)
    rows = [
        Row(
            (
                analysis.names.directness.get(reach, Label(reach)),
                Label(str(weight)),
                _money(analysis, rule, reach, score.by_reach[reach]),
                _figure(
                    analysis, rule, f"{reach}/mark", weight * score.by_reach[reach] / score.spending, methods.SCORE
                ),
            )
        )
        for reach, weight in rule.weights.items()
    ]
    total = Row(
        (
            sentence("budget.score.spending"),
            Label(""),
            _money(analysis, rule, "spending", score.spending),
            _figure(analysis, rule, "mark", float(score.value), methods.SCORE),
        ),
        emphasis=True,
    )
    return Table(
        title=sentence("budget.score.table", year=Label(str(figures.analysis.lines.year))),
        columns=(
            Column(sentence("budget.column.reach"), 0.30),
            money_column("budget.score.column.weight", 0.12),
            money_column("budget.column.amount", 0.34),
            money_column("budget.score.column.mark", 0.24),
        ),
        rows=(*rows, total),
        notes=(sentence("budget.score.note"),),
        sources=sources(analysis),
    )


def _money(analysis: BudgetAnalysis, rule: ScoreRule, name: str, sen: int) -> Figure:
    return Figure(_key(analysis, f"{name}/sen"), sen, Unit.RUPIAH, 0, _origin(analysis, rule, methods.SCORE))


def _figure(analysis: BudgetAnalysis, rule: ScoreRule, name: str, value: float, method: Method) -> Figure:
    return Figure(_key(analysis, name), value, Unit.INDEX, PLACES, _origin(analysis, rule, method))


def _key(analysis: BudgetAnalysis, name: str) -> str:
    lines = analysis.lines
    return f"budget-score/{lines.region}/{lines.year}/{lines.stage}/{name}"


def _origin(analysis: BudgetAnalysis, rule: ScoreRule, method: Method) -> Origin:
    lines = analysis.lines
    where = (("region", (str(lines.region),)), ("year", (lines.year,)), ("stage", (lines.stage.value,)))
    inputs = tuple(Selection(manifest.id, where, "amount_sen") for manifest in lines.manifests)
    return Origin(method, inputs, (rule.use, *lines.class_parameters, *analysis.tag_parameters))
