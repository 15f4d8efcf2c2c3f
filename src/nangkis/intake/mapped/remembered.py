"""The mappings that a workspace remembers: one YAML file for each shape of header, with who said it and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from nangkis.content.strict_yaml import YamlBroken, read_yaml
from nangkis.intake.columns_said import ColumnSaid, ColumnsSaid
from nangkis.intake.mapped.applied import fingerprint
from nangkis.intake.mapped.said import MappingRefused, columns_said
from nangkis.lake.files import write_whole_bytes


KEYS = {"layout", "header", "columns", "by", "at", "file"}


def remember(folder: Path, said: ColumnsSaid, *, by: str, at: datetime, file: str) -> None:
    """Write a mapping down, whole or not at all; one that says the same of the same header is left as it is."""
    path = folder / f"{said.name}.yaml"
    if path.exists() and _read(path) == said:
        return
    folder.mkdir(parents=True, exist_ok=True)
    content = {
        "layout": said.layout,
        "header": list(said.header),
        "columns": {letter: _plain(what) for letter, what in said.columns.items()},
        "by": by,
        "at": at.isoformat(),
        "file": file,
    }
    write_whole_bytes(path, yaml.safe_dump(content, allow_unicode=True, sort_keys=False).encode())


def all_remembered(folder: Path) -> tuple[ColumnsSaid, ...]:
    """Return every remembered mapping. Raises MappingRefused for a file that is not as it was written."""
    return tuple(_read(path) for path in sorted(folder.glob("[!.]*.yaml")))


def _read(path: Path) -> ColumnsSaid:
    try:
        content: Any = read_yaml(path.read_text(encoding="utf-8"))
    except (YamlBroken, OSError, UnicodeDecodeError):
        raise MappingRefused("mapping-broken", file=path.name) from None
    header = content.get("header") if isinstance(content, Mapping) else None
    if not isinstance(header, list) or set(content) != KEYS:
        raise MappingRefused("mapping-broken", file=path.name)
    words = tuple(str(cell) if cell is not None else "" for cell in header)
    if fingerprint(words) != path.stem:
        raise MappingRefused("mapping-broken", file=path.name)
    said = columns_said(content["columns"], layout=str(content["layout"]), header_row=None, file=path.name)
    return ColumnsSaid(said.layout, said.columns, name=path.stem, header=words)


def _plain(what: ColumnSaid) -> object:
    if what.role is not None:
        return {"role": what.role, "unit": what.unit} if what.unit else what.role
    period = {"period": what.period.value} if what.period is not None else {}
    return {"indicator": what.indicator, **period, **({"unit": what.unit} if what.unit else {})}
