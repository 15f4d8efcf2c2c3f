"""Which function fills which block of an outline. A rule is a table: an outline may name these and no others."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from nangkis.content.sentences import sentence
from nangkis.content.tree import Block, Empty
from nangkis.documents import closing, opening, profile, programmes
from nangkis.documents.materials import Materials
from nangkis.documents.readiness import readiness


Maker = Callable[[Materials], tuple[Block, ...]]


def _empty(why: str, do: str) -> Maker:
    return lambda _: (Empty(sentence(why), sentence(do)),)


# Blocks that need the whole outline or the finished document; rpkd.py fills them itself.
OF_THE_WHOLE = frozenset({"structure", "data_used", "methods_used", "rules_used"})

BLOCKS: Mapping[str, Maker] = {
    "background": opening.background,
    "legal_basis": opening.legal_basis,
    "purpose": opening.purpose,
    "place_among_plans": opening.place_among_plans,
    "data_and_methods": opening.data_and_methods,
    "administration": opening.administration,
    "population": opening.population,
    "economy": _empty("rpkd.economy.empty.why", "rpkd.economy.empty.do"),
    "labour": _empty("rpkd.labour.empty.why", "rpkd.labour.empty.do"),
    "poverty": profile.poverty,
    "basic_services": _empty("rpkd.services.empty.why", "rpkd.services.empty.do"),
    "social_protection": _empty("rpkd.protection.empty.why", "rpkd.protection.empty.do"),
    "budget_structure": profile.budget_structure,
    "budget_tags": profile.budget_tags,
    "issues": profile.issues,
    "targets": programmes.targets,
    "strategies": programmes.strategies,
    "programmes": programmes.programmes,
    "matrix": programmes.matrix,
    "locations": programmes.locations,
    "monitoring": closing.monitoring,
    "reporting": closing.reporting,
    "closing": closing.closing,
    "readiness": readiness,
}
