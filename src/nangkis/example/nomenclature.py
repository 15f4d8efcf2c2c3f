"""Offices of a kabupaten/kota and the sub kegiatan that each of them budgets for, from ``data/sub_kegiatan.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from nangkis.example.places import Place


SALARIES = ".01.2.02.0001"


@dataclass(frozen=True, order=True)
class Line:
    """A sub kegiatan with its usual amount in millions of rupiah."""

    code: str
    name: str
    juta: int

    @property
    def text(self) -> str:
        """Code and name as they stand in one cell."""
        return f"{self.code} {self.name}"


@dataclass(frozen=True)
class Office:
    """An office: the lines of its programme 01 (salaries first), and those of its own task."""

    code: str
    name: str
    in_kota: bool
    support: tuple[Line, ...]
    own: tuple[Line, ...]

    @property
    def is_kecamatan(self) -> bool:
        """Whether it is the office of a kecamatan."""
        return self.code.startswith("7.01")

    def lines(self, *, support: int, every: int = 1) -> tuple[Line, ...]:
        """Return ``support`` lines of programme 01 and each ``every``-th own line, in order of code."""
        return (*sorted(self.support[:support]), *sorted(self.own[::every]))


def offices(place: Place) -> tuple[Office, ...]:
    """Return the offices of a region; their names carry its name."""
    table = _table()
    short = place.published_name.removeprefix("Kota ")
    return tuple(
        _office(entry, number, table, region=short, kecamatan=short.removeprefix("Contoh "))
        for number, entry in enumerate(table["offices"])
    )


def program_name(code: str) -> str:
    """Return the official name of a programme: of its code without what follows, ``1.06.04``."""
    table = _yaml("program.yaml")
    return str(table["support"] if code.endswith(".01") else table["programmes"][code])


def _office(entry: Mapping[str, Any], number: int, table: Mapping[str, Any], *, region: str, kecamatan: str) -> Office:
    code = str(entry["code"])
    own = entry["lines"] or table["kecamatan"]
    support = [_support(line, code[: len("1.01")], int(entry["salaries"])) for line in table["support"]]
    salaries = [line for line in support if line.code.endswith(SALARIES)]
    others = [line for line in support if not line.code.endswith(SALARIES)]
    turn = number % len(others)  # offices do not all budget for the same lines
    return Office(
        code=code,
        name=str(entry["name"]).format(region=region, place=kecamatan),
        in_kota=bool(entry["kota"]),
        support=(*salaries, *others[turn:], *others[:turn]),
        own=tuple(Line(str(line["code"]), str(line["name"]), int(line["juta"])) for line in own),
    )


def _support(line: Mapping[str, Any], bidang: str, salaries: int) -> Line:
    return Line(f"{bidang}.01.{line['code']}", str(line["name"]), int(line["juta"]) or salaries)


def _table() -> Mapping[str, Any]:
    return _yaml("sub_kegiatan.yaml")


@cache
def _yaml(name: str) -> Mapping[str, Any]:
    file = resources.files("nangkis.example") / "data" / name
    table: Mapping[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return table
