"""Making a document: compute its content from a snapshot, write it, and keep its record among the runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from nangkis.budget.schema import Stage
from nangkis.content.tree import Document, figures_of_document
from nangkis.documents.rpkd import Period, make_rpkd
from nangkis.lake.files import write_whole_bytes
from nangkis.lake.snapshot import Snapshot
from nangkis.outputs.occurrences import occurrences
from nangkis.outputs.word.document import word_bytes
from nangkis.outputs.word.template import read_template
from nangkis.regions.register import Level, place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.refusals import RequestRefused
from nangkis.workspace.formats import WRITERS, Format, Written
from nangkis.workspace.opened import Workspace, tables_of
from nangkis.workspace.reading import word_limits
from nangkis.workspace.record import Record, Request, make_record


RECORD_FILE = "record.json"


WITH_TKPK = frozenset({Level.PROVINCE, Level.KABUPATEN, Level.KOTA})


class TemplateWithoutWord(RequestRefused):
    """A region's own Word file is the pattern of Word documents only."""


class RegionWithoutTkpk(RequestRefused):
    """The law gives a team and a plan to provinces, kabupaten and kota only."""


@dataclass(frozen=True)
class Made:
    """A document that was made: where it lies, its record, and where its other formats lie."""

    path: Path
    record: Record
    others: tuple[Path, ...] = ()


def make_document(workspace: Workspace, request: Request, snapshot: Snapshot) -> Document:
    """Compute the content of the document that was asked for."""
    return make_rpkd(
        snapshot,
        Region.parse(request.region),
        period=Period.parse(request.period) if request.period else None,
        year=request.year,
        stage=Stage(request.stage) if request.stage else None,
        parameters=workspace.parameters,
        on=request.as_of,
    )


def write_document(
    workspace: Workspace,
    request: Request,
    folder: Path,
    *,
    formats: Sequence[Format] = (Format.WORD,),
    template: Path | None = None,
    progress: Callable[[Format], None] = lambda _: None,
) -> Made:
    """Make the document from the live tables, write it into ``folder`` in each format, and keep its record.

    It is computed once and has one record: the formats say the same. ``progress`` is told each before it is written.
    ``template`` is a Word file whose paper, styles and letterhead the Word document takes.
    """
    writers = _writers(workspace, formats, template)
    here = place(Region.parse(request.region))
    if here.level not in WITH_TKPK:
        raise RegionWithoutTkpk("region-without-tkpk", name=here.name)
    request = replace(request, region=str(here.region))  # one region has one name in every record, however it was asked
    snapshot = tables_of(workspace)
    document = make_document(workspace, request, snapshot)
    figures = figures_of_document(document)
    record = make_record(request, snapshot.ids, figures, occurrences(document))
    _keep(workspace, record)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for each in dict.fromkeys(formats):
        progress(each)
        writer = writers[each]
        path = folder / f"{request.document.upper()} {here.name}{writer.ending}"
        write_whole_bytes(path, writer.make(document, record, workspace.parameters))
        paths.append(path)
    first, *others = paths
    return Made(first, record, tuple(others))


def _writers(workspace: Workspace, formats: Sequence[Format], template: Path | None) -> Mapping[Format, Written]:
    """Return how each format is written. Raises TemplateRefused and TemplateWithoutWord."""
    if template is None:
        return WRITERS
    if Format.WORD not in formats:
        raise TemplateWithoutWord("template-without-word", file=template.name)
    parameters = workspace.parameters
    room = int(parameters.on("ruang_templat", date.max).number)
    render = partial(word_bytes, template=read_template(template, word_limits(parameters), text_mm=room))
    return {**WRITERS, Format.WORD: replace(WRITERS[Format.WORD], renderer=lambda _: render)}


def _keep(workspace: Workspace, record: Record) -> None:
    run = workspace.runs_folder / record.run
    run.mkdir(parents=True, exist_ok=True)
    write_whole_bytes(run / RECORD_FILE, record.to_bytes())
