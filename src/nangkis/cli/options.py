"""Options that several commands share."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nangkis.budget.schema import Stage
from nangkis.content.catalogue import Language
from nangkis.vocabulary.codes import Region


class LanguageChoice(StrEnum):
    """Languages of screens and documents."""

    ID = "id"
    EN = "en"

    @property
    def language(self) -> Language:
        """The catalogue's name of the language."""
        return self.value


Workspace = Annotated[
    Path,
    typer.Option("-w", "--workspace", envvar="NANGKIS_WORKSPACE", help="The folder of the workspace.", file_okay=False),
]
Lang = Annotated[LanguageChoice, typer.Option("--lang", help="Language of what is said: id or en.")]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
REGION_HELP = "A region code with its system, such as kemendagri:72.06."
RegionCode = Annotated[str, typer.Argument(metavar="REGION", help=REGION_HELP)]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day whose rules hold; today when not given."),
]
StageName = Annotated[Stage | None, typer.Option("--stage", help="Stage of the budget.")]

HERE = Path()


def day_of(as_of: datetime | None) -> date:
    """Return the day whose rules hold."""
    return as_of.date() if as_of is not None else datetime.now().astimezone().date()


def region_of(text: str) -> Region:
    """Return the region that was named; a bare code is refused."""
    return Region.parse(text)
