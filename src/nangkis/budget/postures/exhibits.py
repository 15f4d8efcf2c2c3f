"""What the postures of one region say on paper: revenue and spending over the years, and the rules of the last one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from nangkis.budget.postures import methods
from nangkis.budget.postures.fiscal import fiscal_space, space_rule
from nangkis.budget.postures.left_over import LEFT, left_over
from nangkis.budget.postures.mandatory import Met, mandatory, rule_on
from nangkis.budget.postures.measures import REVENUE_SHARES, SPENDING_SHARES
from nangkis.budget.postures.panel import Basis, PosturePanel
from nangkis.budget.postures.refocusing import refocusing, refocusing_rule
from nangkis.budget.postures.terms import ratios
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Block, Cell, Column, Missing, Paragraph, Row, Table
from nangkis.lake.snapshot import TABLE
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.figures import Figure, Label, Method, Origin, ParameterUse, Selection
from nangkis.vocabulary.units import Unit


SHOWN = ("own-revenue", "central-transfers", "personnel", "capital", "transfers-out")
SPACE = "fiscal-space"
REVENUE = "4"
READINGS = {
    "function": "posture.reading.function",
    "salaries-left-out-above": "posture.reading.salaries-left-out-above",
    "salaries-left-out-both": "posture.reading.salaries-left-out-both",
    "transfers-left-out": "posture.reading.transfers-left-out",
    "whole-spending": "posture.reading.whole-spending",
    "teacher-allowances-left-out": "posture.reading.teacher-allowances-left-out",
    "of-dau-and-dbh": "posture.reading.of-dau-and-dbh",
}


@dataclass(frozen=True)
class _Seen:
    """The realised amounts of one region, and the accounts that each share adds up."""

    name: str
    panel: PosturePanel
    parameters: Parameters
    on: date

    def figure(
        self, year: int, name: str, value: float, accounts: Mapping[str, int], method: Method, *uses: ParameterUse
    ) -> Figure:
        """Return a share of a year, from the accounts that it adds up."""
        unit, places = Unit.SHARE, 2
        return Figure(self._key(year, name), value, unit, places, self._origin(year, accounts, method, uses))

    def money(self, year: int, name: str, sen: int, accounts: Mapping[str, int], method: Method) -> Figure:
        """Return an amount of a year, exact sen."""
        return Figure(self._key(year, name), sen, Unit.RUPIAH, 0, self._origin(year, accounts, method, ()))

    def _key(self, year: int, name: str) -> str:
        return f"posture/{self.panel.amounts['region'][0]}/{year}/realised/{name}"

    def _origin(self, year: int, accounts: Mapping[str, int], method: Method, uses: tuple[ParameterUse, ...]) -> Origin:
        rows = self.panel.amounts.filter(pl.col("year") == year)
        region = str(rows["region"][0])
        # What is not printed follows from its group and the other parts: these cells are addends, too.
        told = rows.filter(pl.col("account").is_in(list(accounts)))
        groups = told.filter(pl.col("state") != "printed")["parent"].drop_nulls().to_list()
        parts = rows.filter(pl.col("parent").is_in([*groups, *told.filter(state="added")["account"]]))["account"]
        used = tuple(sorted({*accounts, *groups, *parts}))
        where = (("region", (region,)), ("year", (year,)), ("account", used))
        tables = rows[TABLE].unique().sort()
        inputs = tuple(Selection(table, where, "realised_sen") for table in tables)
        return Origin(method, inputs, (self.panel.use, *uses))


def posture_blocks(panel: PosturePanel, name: str, *, parameters: Parameters, on: date) -> tuple[Block, ...]:
    """Return the answer and the tables of one region's postures; nothing where it has none."""
    if panel.amounts.is_empty():
        return ()
    seen = _Seen(name, panel, parameters, on)
    realised = panel.amounts.filter(pl.col("basis") == Basis.REALISED)
    return (Paragraph(tuple(_answer(seen, realised))), _years(seen, realised), _rules(seen, realised))


def _answer(seen: _Seen, realised: pl.DataFrame) -> Iterator[Sentence]:
    last = int(realised["year"].to_list()[-1])
    shares = _shares(seen, realised, last)
    if all(isinstance(shares[name], Figure) for name in SHOWN):
        told = {name.replace("-", "_"): shares[name] for name in ("own-revenue", "central-transfers", "personnel")}
        figures = {name: value for name, value in told.items() if isinstance(value, Figure)}
        yield sentence("posture.answer", place=Label(seen.name), year=Label(str(last)), **figures)
    yield sentence("posture.no-execution")
    shifted = refocusing(seen.panel.amounts, refocusing_rule(seen.parameters, seen.on)).filter(
        pl.col("class") == "shifted"
    )
    for year in shifted["year"]:
        yield sentence("posture.refocusing", year=Label(str(year)))
    for row in left_over(seen.panel).filter(pl.col("class") == "large").iter_rows(named=True):
        years = {"year": Label(str(row["year"])), "next": Label(str(row["year"] + 1))}
        left = seen.money(row["year"], "left-over", row["left"], LEFT, methods.LEFT_OVER)
        opening = {seen.panel.rules.opening: 1}
        opened = seen.money(row["year"] + 1, "opening", row["opening"], opening, methods.AMOUNT)
        yield sentence("posture.left-over", left=left, opening=opened, **years)


def _shares(seen: _Seen, realised: pl.DataFrame, year: int) -> dict[str, Cell]:
    wanted = [ratio for ratio in (*REVENUE_SHARES, *SPENDING_SHARES) if ratio.name in SHOWN]
    space = space_rule(seen.parameters, seen.panel.rules, seen.on)
    own = realised.filter(pl.col("year") == year)
    rows = pl.concat([ratios(own, wanted), fiscal_space(own, space)])
    by_name = {ratio.name: ratio for ratio in (*wanted, space.ratio)}
    found: dict[str, Cell] = {}
    for row in rows.iter_rows(named=True):
        ratio, is_space = by_name[row["name"]], row["name"] == SPACE
        method, uses = (methods.FISCAL_SPACE, (space.use,)) if is_space else (methods.SHARE, ())
        accounts = {**ratio.above, **ratio.below}
        found[row["name"]] = (
            Missing(sentence(f"posture.why.{row['why']}"))
            if row["value"] is None
            else seen.figure(year, row["name"], row["value"], accounts, method, *uses)
        )
    return found


def _years(seen: _Seen, realised: pl.DataFrame) -> Table:
    rows = []
    for year in realised["year"].unique().sort():
        (revenue,) = realised.filter(pl.col("year") == year, pl.col("account") == REVENUE)["sen"]
        money = (
            Missing(sentence("posture.why.account-unknown"))
            if revenue is None
            else seen.money(year, "revenue", revenue, {REVENUE: 1}, methods.AMOUNT)
        )
        shares = _shares(seen, realised, year)
        rows.append(Row((Label(str(year)), money, *(shares[name] for name in (*SHOWN, SPACE)))))
    widths = (0.08, 0.20, *([0.12] * (len(SHOWN) + 1)))
    names = ("year", "revenue", *SHOWN, SPACE)
    columns = tuple(
        Column(sentence(f"posture.column.{name}"), width, numeric=name != "year")
        for name, width in zip(names, widths, strict=True)
    )
    notes = (sentence("posture.note.space"), sentence("posture.note.transfers"))
    return Table(sentence("posture.table.years", place=Label(seen.name)), columns, tuple(rows), notes, landscape=True)


def _rules(seen: _Seen, realised: pl.DataFrame) -> Table:
    last = int(realised["year"].to_list()[-1])
    verdicts = mandatory(realised.filter(pl.col("year") == last), seen.parameters)
    rows = []
    for row in verdicts.iter_rows(named=True):
        rule = rule_on(seen.parameters, row["rule"], date(last, 1, 1))
        share: Cell = Missing(sentence("posture.why.rule"))
        if rule is not None and row["value"] is not None:
            reading = next(each for each in rule.readings if each.id == row["reading"])
            accounts = {**(reading.above if row["tells"] == "exact" else reading.instead), **reading.below}
            name = f"{row['rule']}/{row['reading']}"
            use = rule.parameter.use
            share = seen.figure(last, name, row["value"], accounts, methods.MANDATORY, use)
        named = sentence(f"posture.rule.{row['rule']}")
        read = sentence(READINGS[row["reading"]]) if row["reading"] else Label("")
        rows.append(Row((named, read, share, sentence(f"posture.met.{Met(row['verdict'])}"))))
    columns = (
        Column(sentence("posture.column.rule"), 0.30),
        Column(sentence("posture.column.reading"), 0.30),
        Column(sentence("posture.column.share"), 0.12, numeric=True),
        Column(sentence("posture.column.met"), 0.28),
    )
    title = sentence("posture.table.rules", year=Label(str(last)))
    return Table(title, columns, tuple(rows), (sentence("posture.note.rules"),))
