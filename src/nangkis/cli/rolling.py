"""``nangkis rollup``: sums over every budget of the workspace, here or on a cluster."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from nangkis.budget.rollups import ROLL_UPS
from nangkis.cli.options import HERE, AsOf, Json, Lang, LanguageChoice, Workspace, day_of
from nangkis.cli.screen import show_json, tell
from nangkis.content.catalogue import Language, template
from nangkis.content.messages import fill
from nangkis.lake.files import write_whole_bytes
from nangkis.outputs.excel.plain import MOST_ROWS, sheet_bytes
from nangkis.regions.register import place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.money import SEN_PER_RUPIAH
from nangkis.vocabulary.refusals import RequestRefused
from nangkis.workspace.opened import open_workspace
from nangkis.workspace.rolling import Engine, rolled_up


KNOWN = ", ".join(ROLL_UPS)


class RollUpUnknown(RequestRefused):
    """No roll-up has this name."""


class RollUpNowhere(RequestRefused):
    """Neither a sheet nor JSON was asked for: the sums of a nation fit no screen."""


class RollUpTooLong(RequestRefused):
    """The sums have more rows than a sheet holds."""


class MasterWithoutSpark(RequestRefused):
    """A master was named, and Polars knows none."""


def add_to(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(rollup)


def rollup(
    by: Annotated[list[str], typer.Argument(metavar="BY...", help=f"What to sum by: {KNOWN}.")],
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="The sheet to write.")] = None,
    as_json: Json = False,
    engine: Annotated[Engine, typer.Option("--engine", help="What computes: polars here, or spark.")] = Engine.POLARS,
    master: Annotated[
        str | None, typer.Option("--master", help="The cluster's master, such as spark://host:7077; with spark only.")
    ] = None,
    workspace: Workspace = HERE,
    as_of: AsOf = None,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Sum the budgets of all regions, years and stages by office, programme, account, strategy and the like."""
    names, day = [_known(name) for name in dict.fromkeys(by)], day_of(as_of)
    if master is not None and engine is not Engine.SPARK:
        raise MasterWithoutSpark("rollup-master-without-spark")
    if xlsx is None and not as_json:
        raise RollUpNowhere("rollup-nowhere")
    found = rolled_up(open_workspace(workspace), names, on=day, engine=engine, master=master)
    if as_json:
        show_json({"as_of": day.isoformat(), "rows": _plain(found)})
    if xlsx is not None:
        if found.height > MOST_ROWS:
            raise RollUpTooLong("rollup-too-long", rows=str(found.height), most=str(MOST_ROWS))
        content = sheet_bytes(_told(found, lang.language), name=fill("cli.rollup.sheet", lang.language), as_of=day)
        write_whole_bytes(xlsx, content)
    if not as_json and xlsx is not None:
        counts = {"rows": str(found.height), "regions": str(found["region"].n_unique())}
        tell(fill("cli.rollup.written", lang.language, file=xlsx.name, day=day.isoformat(), **counts))


def _known(name: str) -> str:
    if name not in ROLL_UPS:
        near = difflib.get_close_matches(name, list(ROLL_UPS), n=1)
        raise RollUpUnknown("rollup-unknown", name=name, known=KNOWN, meant=near[0] if near else next(iter(ROLL_UPS)))
    return name


def _plain(found: pl.DataFrame) -> Sequence[object]:
    exact = found.with_columns(pl.col("amount_sen").cast(pl.Int128))
    return [{name: value for name, value in row.items() if value is not None} for row in exact.iter_rows(named=True)]


def _told(found: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Return the sums with the names of regions, whole rupiah (half up) and heads in a language."""
    names = {code: place(Region.parse(code)).name for code in found["region"].unique()}
    sen = pl.col("amount_sen").cast(pl.Int128)
    rupiah = ((sen + SEN_PER_RUPIAH // 2) // SEN_PER_RUPIAH).cast(pl.Int64).alias("amount")
    named = pl.col("region").replace_strict(names, return_dtype=pl.String).alias("name")
    whole = found.with_columns(named, rupiah)
    columns = [name for name in found.columns if name != "amount_sen"]
    columns.insert(columns.index("region") + 1, "name")
    heads = {name: template(f"rollup.head.{name}", language) for name in (*columns, "amount")}
    return whole.select(*columns, "amount").rename(heads)
