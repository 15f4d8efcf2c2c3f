"""A workspace: the folder in which a team keeps its tables, its own parameters and its runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nangkis.lake.snapshot import Snapshot
from nangkis.lake.store import Lake
from nangkis.parameters import loader
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.refusals import RequestRefused


@dataclass(frozen=True)
class Workspace:
    """An opened folder. ``lake/`` holds tables, ``parameters/`` the region's own rules, ``runs/`` what was made."""

    folder: Path
    lake: Lake
    parameters: Parameters

    @property
    def runs_folder(self) -> Path:
        """Where the records of made documents lie."""
        return self.folder / "runs"

    @property
    def mappings_folder(self) -> Path:
        """Where the mappings of columns lie that earlier files taught."""
        return self.folder / "mappings"


class WorkspaceEmpty(RequestRefused):
    """The workspace holds no table: nothing can be said of any region."""


def tables_of(workspace: Workspace) -> Snapshot:
    """Return the live tables, to compute from. Raises WorkspaceEmpty when there is none."""
    snapshot = workspace.lake.snapshot()
    if not snapshot.manifests:
        raise WorkspaceEmpty("workspace-empty", folder=workspace.folder.name or str(workspace.folder))
    return snapshot


def open_workspace(folder: Path) -> Workspace:
    """Open a folder as a workspace; it is filled when the first table is accepted."""
    own = loader.from_folder(folder / "parameters")
    return Workspace(folder, Lake(folder / "lake"), loader.packaged().with_overrides(own))
