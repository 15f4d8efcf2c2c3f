"""Names of bidang urusan, strategies, dimensions and kinds of reach, from their dated files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nangkis.parameters.dated import Parameter, Parameters
from nangkis.vocabulary.figures import Label


@dataclass(frozen=True)
class BudgetNames:
    """Names by code, in both languages, in the order of their files; those of tags are empty before their decree."""

    bidang: Mapping[str, Label]
    strategies: Mapping[str, Label]
    dimensions: Mapping[str, Label]
    directness: Mapping[str, Label]


def budget_names(parameters: Parameters, on: date) -> BudgetNames:
    """Return the names in force on a day."""
    return BudgetNames(
        bidang=terms(parameters, "bidang_urusan", on),
        strategies=_terms_or_none(parameters, "strategi_oppkpke", on),
        dimensions=_terms_or_none(parameters, "penandaan_dimensi", on),
        directness=_terms_or_none(parameters, "penandaan_kelangsungan", on),
    )


def programme_names(parameters: Parameters, on: date, *, province: bool) -> dict[str, str]:
    """Return the official names of programmes by code, for files that leave them out; empty before the decree."""
    listed = parameters.in_force("nama_program", on)
    if listed is None:
        return {}
    return {
        str(code): str(name.get("province" if province else "regency", name["regency"]))
        for code, name in listed.value.items()
    }


def terms(parameters: Parameters, name: str, on: date) -> dict[str, Label]:
    """Return one list of codes and names. Raises ParameterMissing on a day before it."""
    return _terms(parameters.on(name, on))


def _terms_or_none(parameters: Parameters, name: str, on: date) -> dict[str, Label]:
    listed = parameters.in_force(name, on)
    return {} if listed is None else _terms(listed)


def _terms(listed: Parameter) -> dict[str, Label]:
    return {str(code): Label(name["id"], name["en"]) for code, name in listed.value.items()}
