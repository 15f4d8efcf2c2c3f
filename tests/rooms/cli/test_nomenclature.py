"""``nangkis nomenclature`` from the first list to a decision, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from nangkis.cli.exits import Exit
from tests.rooms.cli.test_commands import nangkis
from tests.rooms.workspace.test_nomenclature import NEW, NEW_LIST, OLD, OLD_LIST


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two versions."""
    folder = tmp_path_factory.mktemp("nomenklatur")
    for version, text in ((OLD, OLD_LIST), (NEW, NEW_LIST)):
        path = folder / f"{version}.csv"
        path.write_text(text, encoding="utf-8")
        done = nangkis("import", path, "--nomenclature", version, "-w", folder / "kerja")
        assert done.returncode == Exit.DONE, done.stderr
    return folder / "kerja"


def test_a_match_goes_from_proposal_to_decision(workspace: Path, tmp_path: Path) -> None:
    form = tmp_path / "usulan.xlsx"
    done = nangkis("nomenclature", "crosswalk", OLD, NEW, "--xlsx", form, "-w", workspace)
    assert done.returncode == Exit.DONE, done.stderr
    book = openpyxl.load_workbook(form)
    (choices,) = book.active.data_validations.dataValidation
    assert choices.formula1 == '"terima,tolak,tanpa padanan,kode lain"'
    book.active["N4"] = "terima"
    book.save(form)

    done = nangkis(
        "nomenclature", "crosswalk", OLD, NEW, "--decisions", form, "--by", "Sekretaris TKPK", "-w", workspace
    )

    assert done.returncode == Exit.DONE, done.stderr
    assert "1 keputusan baru" in done.stdout
    told = json.loads(nangkis("nomenclature", "crosswalk", OLD, NEW, "--json", "-w", workspace).stdout)
    decided = [figure for figure in told["figures"].values() if figure["key"].endswith("/accepted")]
    assert [figure["text"] for figure in decided] == ["1"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("versions",), Exit.DONE),
        (("compare", OLD, NEW), Exit.DONE),
        (("compare", OLD, NEW, "--brief", "--lang", "en"), Exit.DONE),
        (("compare", OLD, "1317"), Exit.REQUEST_REFUSED),
        (("compare", OLD, "900-861-2026"), Exit.REQUEST_REFUSED),
        (("crosswalk", OLD, NEW, "--decisions", __file__), Exit.REQUEST_REFUSED),
        (("crosswalk", OLD, NEW, "--decisions", __file__, "--by", "TKPK"), Exit.FILE_REFUSED),
        (("coverage", "kemendagri:72.06", "2021", NEW), Exit.REQUEST_REFUSED),
        (("crosswalk", OLD), Exit.USAGE),
    ],
    ids=lambda words: " ".join(map(str, words)) if isinstance(words, tuple) else "",
)
def test_each_answer_and_each_no_has_its_exit_code(workspace: Path, words: tuple[str, ...], code: Exit) -> None:
    done = nangkis("nomenclature", *words, "-w", workspace)

    assert done.returncode == code, done.stdout + done.stderr
    assert done.stdout or done.stderr


def test_the_whole_list_of_changes_goes_to_a_sheet(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "perubahan.xlsx"
    done = nangkis("nomenclature", "compare", OLD, NEW, "--xlsx", path, "--lang", "en", "-w", workspace)

    assert done.returncode == Exit.DONE, done.stderr
    head, *rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    assert head[:2] == ("Level", "Change")
    # Programme and kegiatan and the hospital stay; clinic and ambulance vanish, three codes appear.
    assert sorted(row[1] for row in rows) == ["New"] * 3 + ["Same"] * 3 + ["Vanished"] * 2
