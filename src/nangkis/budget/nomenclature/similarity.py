"""How alike two names are: the share of their runs of three letters that both have."""

from __future__ import annotations

import polars as pl

from nangkis.budget.nomenclature.codes import plain_name


LETTERS = 3


def with_runs(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return a frame with ``runs``: the different runs of three letters of a name, as numbers.

    A name of fewer letters has none, and is like no other.
    """
    shifted = [plain_name(pl.col(name)).str.slice(start).str.extract_all("...") for start in range(LETTERS)]
    runs = pl.concat_list(*(each.fill_null([]) for each in shifted)).list.unique()
    # Numbers take a quarter of the room of texts; two runs that share one would be alike by one run of many.
    return frame.with_columns(runs.list.eval(pl.element().hash().cast(pl.UInt64)).alias("runs"))


def may_reach(one: str, other: str, similarity: float) -> pl.Expr:
    """Say whether two names can be so alike at all, by how many runs they have: a cheap question before the dear one.

    The shorter name shares all its runs at best, so D is at most 2 min / (min + max).
    """
    lengths = [pl.col(each).list.len() for each in (one, other)]
    shorter, longer = pl.min_horizontal(lengths), pl.max_horizontal(lengths)
    return 2 * shorter >= similarity * (shorter + longer)


def dice(one: str, other: str) -> pl.Expr:
    r"""Return how alike two names are by the runs in two columns, 0 to 1.

    .. math:: D = \frac{2 |A \cap B|}{|A| + |B|}

    Source: Dice (1945), Ecology 26(3), 297-302; two names without runs are not alike.
    """
    shared = pl.col(one).list.set_intersection(pl.col(other)).list.len()
    both = pl.col(one).list.len() + pl.col(other).list.len()
    return pl.when(both > 0).then(2 * shared / both).otherwise(0.0)
