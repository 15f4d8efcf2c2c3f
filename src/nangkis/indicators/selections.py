"""Which cells a number was computed from, told as shortly as can be."""

from __future__ import annotations

from collections.abc import Iterable

from nangkis.vocabulary.figures import Scalar, Selection


Where = tuple[tuple[str, tuple[Scalar, ...]], ...]


def merged(selections: Iterable[Selection]) -> tuple[Selection, ...]:
    """Return selections that name the same cells, fewer of them: those that differ in one column only become one.

    >>> one, other = (Selection("t", (("region", (code,)), ("year", (2018,))), "value") for code in ("a", "b"))
    >>> merged([one, other])[0].where
    (('region', ('a', 'b')), ('year', (2018,)))
    """
    found = sorted(set(selections), key=_order)
    for column in dict.fromkeys(name for selection in found for name, _ in selection.where):
        found = _merge_along(column, found)
    return tuple(sorted(found, key=_order))


def _merge_along(column: str, selections: list[Selection]) -> list[Selection]:
    groups: dict[tuple[str, str, Where], set[Scalar]] = {}
    for selection in selections:
        rest = tuple((name, () if name == column else chosen) for name, chosen in selection.where)
        groups.setdefault((selection.table, selection.column, rest), set()).update(
            dict(selection.where).get(column, ())
        )
    return [
        Selection(table, _filled(rest, column, tuple(sorted(chosen, key=_typed))), told)
        for (table, told, rest), chosen in groups.items()
    ]


def _filled(rest: Where, column: str, chosen: tuple[Scalar, ...]) -> Where:
    return tuple((name, chosen if name == column else kept) for name, kept in rest)


def _typed(value: Scalar) -> tuple[str, Scalar]:
    return type(value).__name__, value


def _order(selection: Selection) -> str:
    return repr((selection.table, selection.where, selection.column))
