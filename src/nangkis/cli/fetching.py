"""``nangkis fetch``: ask BPS or the World Bank, and keep the answer as a file that ``nangkis import`` reads."""

from __future__ import annotations

import json
import os
import random
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.status import Status

from nangkis.cli.options import HERE, Json, Lang, LanguageChoice, Workspace, day_of
from nangkis.cli.screen import err, show_json, tell
from nangkis.connectors.asking import Asker, Means, Waiting
from nangkis.connectors.bps import entries_of
from nangkis.connectors.fetching import Question, bank_series, bps_list, bps_table, fetch, kept
from nangkis.connectors.kept import Fetched
from nangkis.connectors.key import Key
from nangkis.connectors.limits import address_on, limits_on
from nangkis.content.catalogue import Language
from nangkis.content.messages import fill
from nangkis.parameters.dated import Parameters
from nangkis.workspace.opened import open_workspace


KEY_VARIABLE = "NANGKIS_BPS_KEY"
ANSWERS = "answers"  # the folder within a workspace
WORTH_TELLING = 2.0  # seconds: a shorter wait needs no word
YEARS = re.compile(r"((?:19|20)[0-9]{2})(?::((?:19|20)[0-9]{2}))?")

Years = Annotated[str | None, typer.Option(metavar="FIRST:LAST", help="Years, such as 2019:2025; all when not given.")]
OutFolder = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Folder of the answers; answers in the workspace when not given."),
]
Offline = Annotated[bool, typer.Option("--offline", help="Ask nobody; the kept answer to the same request serves.")]
KeyText = Annotated[
    str | None,
    typer.Option(
        "--key",
        metavar="KEY",
        show_default=False,
        help=f"Your key of BPS' WebAPI; better set in the variable {KEY_VARIABLE}, which no list of commands shows.",
    ),
]

group = typer.Typer(help="Fetch data from web services, and keep each answer as a file.", no_args_is_help=True)
bps_group = typer.Typer(
    help="Fetch a table of BPS' WebAPI, or with 'list' what there is.",
    invoke_without_command=True,
    no_args_is_help=True,
)
group.add_typer(bps_group, name="bps")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.add_typer(group, name="fetch")


@bps_group.callback()
def bps(
    context: typer.Context,
    variable: Annotated[str | None, typer.Option("--var", help="BPS' number of the variable, such as 192.")] = None,
    domain: Annotated[
        str, typer.Option(help="BPS' domain: 0000 the nation, 7200 a province, 7203 a regency.")
    ] = "0000",
    years: Years = None,
    key: KeyText = None,
    out: OutFolder = None,
    offline: Offline = False,
    as_json: Json = False,
    workspace: Workspace = HERE,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Fetch the table of a variable in a domain."""
    if context.invoked_subcommand is not None:
        _check_none_given(context, lang.language)
        return
    if variable is None:
        raise typer.BadParameter(fill("cli.fetch.which-variable", lang.language), param_hint="--var")
    question = bps_table(variable=variable, domain=domain, years=_years(years, lang.language))
    done = _fetched(
        question, _key(key, offline=offline), out, offline=offline, workspace=workspace, language=lang.language
    )
    _show(done, lang.language, as_json=as_json, readable=True)


@bps_group.command(name="list")
def bps_lists(
    model: Annotated[str, typer.Option(help="What to list: domain, subject, var, vervar, turvar, th, turth, unit.")],
    domain: Annotated[str, typer.Option(help="BPS' domain: 0000 the nation, 7200 a province.")] = "0000",
    variable: Annotated[str | None, typer.Option("--var", help="Only what belongs to this variable.")] = None,
    key: KeyText = None,
    out: OutFolder = None,
    offline: Offline = False,
    as_json: Json = False,
    workspace: Workspace = HERE,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """List what BPS has: domains, variables of a domain, years of a variable."""
    question = bps_list(model=model, domain=domain, variable=variable)
    done = _fetched(
        question, _key(key, offline=offline), out, offline=offline, workspace=workspace, language=lang.language
    )
    entries = entries_of([json.loads(page) for page in done.answer.pages])
    if as_json:
        show_json(_plain(done) | {"entries": entries})
        return
    for entry in entries:
        tell(" · ".join(f"{name}: {value}" for name, value in entry.items() if value not in (None, "", [])))
    _show(done, lang.language, as_json=False, readable=False)


@group.command()
def worldbank(
    indicator: Annotated[str, typer.Option(help="The World Bank's code of the indicator, such as SI.POV.NAHC.")],
    country: Annotated[str, typer.Option(help="The country by its three letters.")] = "IDN",
    years: Years = None,
    out: OutFolder = None,
    offline: Offline = False,
    as_json: Json = False,
    workspace: Workspace = HERE,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Fetch a series of the World Bank."""
    question = bank_series(indicator=indicator, country=country, years=_years(years, lang.language))
    done = _fetched(question, None, out, offline=offline, workspace=workspace, language=lang.language)
    _show(done, lang.language, as_json=as_json, readable=True)


def _check_none_given(context: typer.Context, language: Language) -> None:
    """Refuse an option that stands before the word ``list`` and would be ignored in silence."""
    for name in context.params:
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            raise typer.BadParameter(fill("cli.fetch.before-list", language), param_hint=name)


def _years(said: str | None, language: Language) -> tuple[int, int] | None:
    if said is None:
        return None
    match = YEARS.fullmatch(said.strip())
    if match is None:
        raise typer.BadParameter(fill("cli.fetch.years-form", language), param_hint="--years")
    return int(match[1]), int(match[2] or match[1])


def _key(said: str | None, *, offline: bool) -> Key | None:
    """Return the key as it was said, else the environment's: it is no default of an option, which help would show."""
    text = said if said is not None else os.environ.get(KEY_VARIABLE)
    return Key(text) if text and not offline else None


def _fetched(
    question: Question, key: Key | None, out: Path | None, *, offline: bool, workspace: Path, language: Language
) -> Fetched:
    folder = out if out is not None else workspace / ANSWERS
    if offline:
        return kept(question, folder=folder)
    with _shown(question, language) as status:
        asker = _asker(question, key, open_workspace(workspace).parameters, status, language)
        return fetch(question, asker=asker, folder=folder, progress=_Progress(status, language))


@contextmanager
def _shown(question: Question, language: Language) -> Iterator[Status | None]:
    """Show on a terminal that something is under way."""
    if not err.is_terminal:
        yield None
        return
    with err.status(fill("cli.fetch.asking", language, service=question.service)) as status:
        yield status


class _Progress:
    def __init__(self, status: Status | None, language: Language) -> None:
        self._status, self._language = status, language
        self._since = time.monotonic()

    def __call__(self, page: int, pages: int) -> None:
        """Tell which page came: on a terminal always, elsewhere when two seconds have passed since the last word."""
        words = fill("cli.fetch.page", self._language, page=page, pages=pages)
        if self._status is not None:
            self._status.update(words)
        elif time.monotonic() - self._since > WORTH_TELLING:
            tell(words, console=err)
            self._since = time.monotonic()


def _asker(
    question: Question, key: Key | None, parameters: Parameters, status: Status | None, language: Language
) -> Asker:
    def waits(waiting: Waiting) -> None:
        words = fill("cli.fetch.waiting", language, seconds=round(waiting.seconds), reason=waiting.reason)
        if status is not None:
            status.update(words)
        elif waiting.seconds > WORTH_TELLING:
            tell(words, console=err)

    today = day_of(None)
    means = Means(time.sleep, random.SystemRandom(), lambda: datetime.now(UTC), waits)
    address = address_on(parameters, today, question.service)
    return Asker(question.service, address, limits_on(parameters, today), means, key)


def _show(done: Fetched, language: Language, *, as_json: bool, readable: bool) -> None:
    if as_json:
        show_json(_plain(done))
        return
    moment = done.answer.fetched_at.astimezone().strftime("%Y-%m-%d %H:%M")
    if done.why_kept is None:
        tell(fill("cli.fetch.kept", language, path=done.path, moment=moment))
    else:
        tell(fill("cli.fetch.served-kept", language, path=done.path, moment=moment, reason=done.why_kept))
    if readable:
        tell(fill("cli.fetch.next", language, path=done.path))


def _plain(done: Fetched) -> dict[str, object]:
    return {
        "file": str(done.path),
        "service": done.answer.service,
        "request": dict(done.answer.request),
        "fetched_at": done.answer.fetched_at.isoformat(),
        "pages": len(done.answer.pages),
        "why_kept": done.why_kept,
    }
