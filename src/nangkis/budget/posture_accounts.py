"""The accounts of APBD postures: their labels, what each is summed in, and with which sign, from a dated table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from nangkis.parameters.dated import Parameters


REVENUE, SPENDING, FINANCING, SURPLUS = "4", "5", "6", "surplus"


@dataclass(frozen=True)
class Account:
    """One account. ``sign`` is +1 or -1: how it enters the sum of its parent; ``parent`` is None at the top."""

    code: str
    parent: str | None
    sign: int
    labels: tuple[str, ...]
    damaged: tuple[str, ...]


@dataclass(frozen=True)
class PostureRules:
    """The account table, the thresholds of the checks, and the prefix of regions that have no budget of their own.

    Shares are 0 to 1. ``smallest_total`` and ``largest_total`` bound a region's revenue of a year, in whole rupiah;
    an amount exported in rupiah has at most ``significant_digits``. ``opening`` is the account with which a year
    begins: what the year before left.
    """

    accounts: tuple[Account, ...]
    smallest_total: int
    largest_total: int
    significant_digits: int
    label_likeness: Decimal
    part_year_share: Decimal
    excess_share: Decimal
    silpa_share: Decimal
    opening: str
    without_budget: tuple[str, str]  # name of the code system, beginning of the code

    @cached_property
    def children(self) -> Mapping[str, tuple[Account, ...]]:
        """The accounts below each parent, in the table's order."""
        parents = {account.parent for account in self.accounts if account.parent}
        return {code: tuple(a for a in self.accounts if a.parent == code) for code in sorted(parents)}

    @cached_property
    def by_letters(self) -> Mapping[str, tuple[str, ...]]:
        """The codes that a label may mean, in the table's order, by its letters."""
        found: dict[str, tuple[str, ...]] = {}
        for account in self.accounts:
            for label in (*account.labels, *account.damaged):
                found[letters(label)] = (*found.get(letters(label), ()), account.code)
        return found

    @cached_property
    def damaged(self) -> frozenset[str]:
        """The letters of labels that are known to be damaged."""
        return frozenset(letters(label) for account in self.accounts for label in account.damaged)


def letters(label: str) -> str:
    """Return what tells labels apart: small letters without spaces or marks.

    >>> letters(" Surplus/(Defisit)")
    'surplusdefisit'
    """
    return "".join(filter(str.isalpha, label.casefold()))


def posture_rules_on(parameters: Parameters, day: date) -> PostureRules:
    """Return the accounts and thresholds in force on a day. Raises ParameterMissing when there are none."""
    entries = parameters.on("akun_postur", day).value
    bounds = parameters.on("akun_postur_ambang", day).value
    none = parameters.on("belanja_daerah_tanpa_apbd", day).value
    return PostureRules(
        accounts=tuple(
            Account(e["code"], e["parent"] or None, int(e["sign"]), tuple(e["labels"]), tuple(e["damaged"]))
            for e in entries
        ),
        smallest_total=int(bounds["smallest_total_rupiah"]),
        largest_total=int(bounds["largest_total_rupiah"]),
        significant_digits=int(bounds["significant_digits"]),
        label_likeness=Decimal(bounds["label_likeness"]),
        part_year_share=Decimal(bounds["part_year_share"]),
        excess_share=Decimal(bounds["excess_share"]),
        silpa_share=Decimal(bounds["silpa_share"]),
        opening=str(parameters.on("akun_postur_pembuka", day).value),
        without_budget=(none["system"], none["prefix"]),
    )
