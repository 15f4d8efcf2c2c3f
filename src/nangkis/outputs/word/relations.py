"""The relations between the parts of a stranger's Word file, and which part is the text."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from nangkis.outputs.office_zip import Parts
from nangkis.outputs.xml_tree import RELATION


@dataclass(frozen=True)
class Relation:
    """A relation: its id, the last word of its type, and the part that it leads to, or an address outside the file."""

    id: str
    kind: str
    target: str
    is_external: bool


def relations_of(parts: Parts, name: str) -> list[Relation]:
    """Return the relations of a part; of the file itself for the name ``""``. Raises the kind's refusals."""
    folder, own = posixpath.split(name)
    return relations_in(parts, posixpath.join(folder, "_rels", f"{own}.rels"))


def relations_in(parts: Parts, name: str) -> list[Relation]:
    """Return the relations that a part of relations lists; none when it is not there."""
    if name not in parts.archive.namelist():
        return []
    base = posixpath.dirname(posixpath.dirname(name))
    found = []
    for each in parts.parsed(name).iter(RELATION):
        target, is_external = each.get("Target", ""), each.get("TargetMode") == "External"
        if not is_external:
            target = posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")
        found.append(Relation(each.get("Id", ""), each.get("Type", "").rpartition("/")[2], target, is_external))
    return found


def main_part(parts: Parts) -> str:
    """Return the name of the part with the text. Raises the kind's refusal of a file that has none."""
    names = parts.archive.namelist()
    for relation in relations_of(parts, ""):
        if relation.kind == "officeDocument" and relation.target in names:
            return relation.target
    raise parts.refusals.refused(parts.refusals.other_kind, file=parts.path.name)
