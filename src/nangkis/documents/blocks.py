"""Which function fills which block of an outline. A rule is a table: an outline may name these and no others."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from nangkis.content.tree import Block
from nangkis.documents import closing, dimensions, opening, profile, programmes
from nangkis.documents.materials import Materials
from nangkis.documents.readiness import readiness


Maker = Callable[[Materials], tuple[Block, ...]]


# Blocks that need the whole outline or the finished document; rpkd.py fills them itself.
OF_THE_WHOLE = frozenset({"structure", "data_used", "methods_used", "rules_used"})

BLOCKS: Mapping[str, Maker] = {
    "background": opening.background,
    "legal_basis": opening.legal_basis,
    "purpose": opening.purpose,
    "place_among_plans": opening.place_among_plans,
    "data_and_methods": opening.data_and_methods,
    "administration": opening.administration,
    "population": dimensions.population,
    "economy": dimensions.economy,
    "labour": dimensions.labour,
    "human_development": dimensions.human_development,
    "poverty": dimensions.poverty,
    "basic_services": dimensions.basic_services,
    "social_protection": dimensions.social_protection,
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
