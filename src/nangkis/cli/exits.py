"""Exit codes: one per cause, so that a script can tell them apart."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the number that a command ends with means."""

    DONE = 0  # all that was asked for is done
    USAGE = 2  # the command's words are off (given by Typer itself)
    FILE_REFUSED = 3  # some file, or a sheet of one, was not accepted; a refused row is in the report
    REQUEST_REFUSED = 4  # the request cannot be met with what the workspace holds
    DIFFERENCE = 5  # verify found a number, or a record, that does not hold
