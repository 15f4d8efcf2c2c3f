"""Exit codes: one per cause, so that a script can tell them apart."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum


class Exit(IntEnum):
    """The number that a command ends with; what each means stands in :data:`CAUSES`."""

    DONE = 0
    USAGE = 2
    FILE_REFUSED = 3
    REQUEST_REFUSED = 4
    DIFFERENCE = 5
    INTERRUPTED = 130  # what a shell expects after Ctrl-C


CAUSES: Mapping[Exit, str] = {
    Exit.DONE: "all that was asked for is done; a row that was not accepted is in the report",
    Exit.USAGE: "the command's words are off",
    Exit.FILE_REFUSED: "some file, or a sheet of one, was not accepted",
    Exit.REQUEST_REFUSED: "the request cannot be met with what the workspace holds",
    Exit.DIFFERENCE: "verify found a number, or a record, that does not hold; check-data found values to look at",
    Exit.INTERRUPTED: "stopped by the user; what was done before stays done",
}
