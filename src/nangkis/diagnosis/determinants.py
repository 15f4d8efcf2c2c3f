"""Keterkaitan's trees: which indicators drive a main one, and which level of government may act on each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from nangkis.indicators.catalogue import indicators
from nangkis.parameters.dated import Confidence, Parameter, Parameters
from nangkis.regions.register import Level
from nangkis.vocabulary.refusals import RequestRefused
from nangkis.vocabulary.sources import Source


RULE = "pohon_determinan"


class Government(StrEnum):
    """A level of government that may act on an indicator."""

    VILLAGE = "desa"
    REGENCY = "kabupaten-kota"
    PROVINCE = "provinsi"
    NATION = "pusat"


# How each level is called in a sentence.
GOVERNMENTS: Mapping[Government, str] = {
    Government.VILLAGE: "government.village",
    Government.REGENCY: "government.regency",
    Government.PROVINCE: "government.province",
    Government.NATION: "government.nation",
}
_OF_REGION: Mapping[Level, Government] = {
    Level.KABUPATEN: Government.REGENCY,
    Level.KOTA: Government.REGENCY,
    Level.PROVINCE: Government.PROVINCE,
    Level.NATION: Government.NATION,
}
_KEYS = {"indicator", "acts", "source", "confidence", "drivers"}
_SOURCE_KEYS = {"title", "place", "url", "published", "kept_copy"}


class DeterminantsRefused(RequestRefused):
    """The trees are not as they must be; the values name the file, the day, the node and what is wrong."""


@dataclass(frozen=True)
class Node:
    """An indicator in a tree, and what drives it. ``source`` and ``confidence`` are those of the claim that it does.

    ``acts`` are the levels of government that may act on it, the nearest to people first.
    """

    indicator: str
    acts: tuple[Government, ...]
    source: Source
    confidence: Confidence
    children: tuple[Node, ...]


def may_act(acts: Sequence[Government], level: Level) -> bool:
    """Say whether a region of this level is among those that may act; else it can propose to them."""
    return _OF_REGION[level] in acts


def acting(planted: Mapping[str, Node]) -> Mapping[str, tuple[Government, ...]]:
    """Return who may act on each indicator that stands in a tree; of one that stands twice, by its first place."""
    found: dict[str, tuple[Government, ...]] = {}
    for tree in planted.values():
        for node in (tree, *below(tree)):
            found.setdefault(node.indicator, node.acts)
    return MappingProxyType(found)


def below(node: Node) -> Iterator[Node]:
    """Yield all drivers of a node, each before its own, without the node."""
    for child in node.children:
        yield child
        yield from below(child)


def trees(parameters: Parameters, on: date) -> Mapping[str, Node]:
    """Return the trees in force on a day, by their main indicator in the file's order; none on a day before the rule.

    Raises DeterminantsRefused for a tree that is broken, names an unknown indicator or lets one drive itself.
    """
    rule = parameters.in_force(RULE, on)
    if rule is None:  # a diagnosis of an old day: then nobody had said whose affair a driver is
        return MappingProxyType({})
    reader = _Reader(rule)
    found: dict[str, Node] = {}
    for entry in reader.list_of(rule.value["trees"], "trees"):
        root = reader.node(entry, above=())
        if root.indicator in found:
            raise reader.refused("determinants-twice", indicator=root.indicator, above=RULE)
        found[root.indicator] = root
    return MappingProxyType(found)


class _Reader:
    """Reads the nodes of one dated value strictly."""

    def __init__(self, rule: Parameter) -> None:
        self._where = {"file": f"{rule.name}.yaml", "day": rule.in_force_from.isoformat()}
        if not isinstance(rule.value, Mapping) or set(rule.value) != {"sources", "trees"}:
            raise self._broken(RULE, "needs exactly sources, trees")
        self._sources = {name: self._source(name, entry) for name, entry in rule.value["sources"].items()}

    def refused(self, code: str, **values: str) -> DeterminantsRefused:
        return DeterminantsRefused(code, **self._where, **values)

    def node(self, entry: Any, *, above: tuple[str, ...]) -> Node:
        """Read a node and those below it; ``above`` are the indicators from the root down to it."""
        if not isinstance(entry, Mapping) or set(entry) != _KEYS:
            raise self._broken(" > ".join(above) or RULE, f"a node needs exactly {', '.join(sorted(_KEYS))}")
        code = str(entry["indicator"])
        if code not in indicators():
            raise self.refused("determinants-unknown", indicator=code, above=" > ".join(above) or RULE)
        path = (*above, code)
        if code in above:
            raise self.refused("determinants-circle", path=" > ".join(path))
        children = tuple(self.node(child, above=path) for child in self.list_of(entry["drivers"], code))
        codes = [child.indicator for child in children]
        if twice := next((one for one in codes if codes.count(one) > 1), None):
            raise self.refused("determinants-twice", indicator=twice, above=" > ".join(path))
        return Node(code, self._acts(entry, path), *self._grounds(entry, path), children)

    def list_of(self, entry: Any, what: str) -> list[Any]:
        if not isinstance(entry, list):
            raise self._broken(what, "is no list")
        return entry

    def _acts(self, entry: Mapping[str, Any], path: tuple[str, ...]) -> tuple[Government, ...]:
        acts = self.list_of(entry["acts"], " > ".join(path))
        if not acts or len(set(acts)) != len(acts) or set(acts) - set(Government):
            raise self._broken(" > ".join(path), f"acts are some of {', '.join(Government)}, each once")
        return tuple(level for level in Government if level in acts)

    def _grounds(self, entry: Mapping[str, Any], path: tuple[str, ...]) -> tuple[Source, Confidence]:
        if entry["source"] not in self._sources:
            raise self._broken(" > ".join(path), f"source is one of {', '.join(self._sources)}")
        if entry["confidence"] not in set(Confidence):
            raise self._broken(" > ".join(path), f"confidence is one of {', '.join(Confidence)}")
        return self._sources[entry["source"]], Confidence(entry["confidence"])

    def _source(self, name: str, entry: Any) -> Source:
        if not isinstance(entry, Mapping) or set(entry) != _SOURCE_KEYS or not entry["title"] or not entry["place"]:
            raise self._broken(name, f"a source needs exactly {', '.join(sorted(_SOURCE_KEYS))}, with title and place")
        try:
            published = date.fromisoformat(entry["published"]) if entry["published"] else None
        except ValueError:
            raise self._broken(name, "published is no day") from None
        return Source(entry["title"], entry["place"], entry["url"], published, entry["kept_copy"])

    def _broken(self, node: str, why: str) -> DeterminantsRefused:
        return self.refused("determinants-broken", node=node, why=why)
