"""One deadline for a whole file: the search, the parser and what is made of its answer share the seconds allowed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from nangkis.intake.cells.formats import FileTooLarge
from nangkis.intake.limits import Limits


@dataclass(frozen=True)
class Deadline:
    """When reading a file must have ended. ``seconds`` is the limit that the refusal names."""

    file: str
    seconds: int
    ends: float

    @property
    def left(self) -> float:
        """How many seconds are left, never below zero."""
        return max(0.0, self.ends - time.monotonic())

    def check(self) -> None:
        """Raise FileTooLarge when no time is left."""
        if not self.left:
            raise self.passed()

    def passed(self) -> FileTooLarge:
        """Return the refusal of a file that takes too long."""
        return FileTooLarge("file-too-slow", file=self.file, limit="seconds", most=self.seconds, found=self.seconds)


def deadline_for(path: Path, limits: Limits) -> Deadline:
    """Return the deadline of a file of which the reading begins now."""
    return Deadline(path.name, limits.seconds, time.monotonic() + limits.seconds)
