"""The table of sources: in which order they are believed, which of them count, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nangkis.budget.matching import RuleRefused
from nangkis.budget.tagging.claims import TagOrigin
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.figures import Label, ParameterUse


KEYS = {"id", "counts", "name"}
COUNTS = {"ya": True, "tidak": False}


@dataclass(frozen=True)
class TagSources:
    """``order`` holds the sources that count, the highest authority first; ``names`` those that do not, too."""

    order: tuple[TagOrigin, ...]
    names: Mapping[TagOrigin, Label]
    use: ParameterUse


def tag_sources(parameters: Parameters, on: date) -> TagSources:
    """Return the sources in force on a day.

    Raises RuleRefused for an entry that cannot be read, for decisions that are not first, and for a classifier that
    counts: what it says waits for a person.
    """
    parameter = parameters.on("penandaan_sumber", on)
    order: list[TagOrigin] = []
    names: dict[TagOrigin, Label] = {}
    for entry in parameter.value:
        name = str(entry.get("id", entry))
        if wrong := set(entry) ^ KEYS:
            raise RuleRefused("rule-keys", rule=name, keys=", ".join(sorted(wrong)))
        for key, known in (("id", list(TagOrigin)), ("counts", list(COUNTS))):
            if entry[key] not in known:
                raise RuleRefused("rule-value", rule=name, key=key, found=entry[key], known=", ".join(known))
        origin = TagOrigin(name)
        names[origin] = Label(entry["name"]["id"], entry["name"]["en"])
        if COUNTS[entry["counts"]]:
            order.append(origin)
    if order[:1] != [TagOrigin.DECISION] or TagOrigin.CLASSIFIER in order:
        raise RuleRefused("tag-sources-order", order=", ".join(order))
    return TagSources(tuple(dict.fromkeys(order)), names, parameter.use)
