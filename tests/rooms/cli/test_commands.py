"""The command line as its users meet it: as a program, by its exit codes and its answers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from nangkis.cli.exits import Exit
from nangkis.parameters.loader import packaged
from tests.rooms.outputs.template_files import house_file


LIBRARY = Path(__file__).parents[3] / "src"  # the tree that this test lies in, whatever is installed
LARGE = ("--regions", "552", "--years", "5", "--lines", "10000", "--yes")
HULU = "contoh:90.05"
PROGRAM = "import sys; sys.argv[0] = 'nangkis'; from nangkis.cli.main import run; run()"


def nangkis(*words: str | Path, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PROGRAM, *map(str, words)]
    fixed = {"NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(LIBRARY)}
    variables = {**os.environ, **fixed, **(environment or {})}
    encoding = variables["PYTHONIOENCODING"]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=variables, encoding=encoding)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's files, imported, with a plan: made by commands alone."""
    folder = tmp_path_factory.mktemp("cli")
    assert nangkis("example", folder / "berkas").returncode == Exit.DONE
    raw = folder / "berkas"
    files = sorted(path for path in raw.iterdir() if path.suffix in {".csv", ".xlsx"})
    imported = nangkis("import", *files, "--map", raw / "peta.yaml", "-w", folder / "kerja", "--json")
    assert imported.returncode == Exit.DONE, imported.stderr
    (folder / "import.json").write_text(imported.stdout, encoding="utf-8")
    made = nangkis("rpkd", "contoh:90.05", "--out", folder / "dokumen", "-w", folder / "kerja", "--as-of", "2026-11-24")
    assert made.returncode == Exit.DONE, made.stderr
    assert made.stdout.strip().splitlines()[-1].endswith("RPKD Kabupaten Contoh Hulu.docx")
    return folder


def document(folder: Path) -> Path:
    return folder / "dokumen" / "RPKD Kabupaten Contoh Hulu.docx"


def test_import_answers_with_the_promised_json(folder: Path) -> None:
    answer = json.loads((folder / "import.json").read_text(encoding="utf-8"))

    assert len(answer) >= 15
    for sheet in answer:
        assert set(sheet) == {
            "file", "sheet", "layout", "table", "rows_in", "rows_frame", "rows_accepted", "rows_refused", "repairs",
            "findings", "profile",
        }  # fmt: skip
        assert sheet["rows_in"] == sheet["rows_frame"] + sheet["rows_accepted"] + sheet["rows_refused"]
        for finding in sheet["findings"]:
            assert set(finding) == {"code", "severity", "at", "says", "do"}
            assert finding["says"]
            assert finding["do"]


def test_tables_lists_what_was_accepted(folder: Path) -> None:
    listed = json.loads(nangkis("tables", "-w", folder / "kerja", "--json").stdout)
    imported = json.loads((folder / "import.json").read_text(encoding="utf-8"))

    assert {entry["table"] for entry in listed} == {sheet["table"] for sheet in imported if sheet["table"]}


def test_the_workspace_may_come_from_the_environment(folder: Path) -> None:
    answer = nangkis("tables", environment={"NANGKIS_WORKSPACE": str(folder / "kerja")})

    assert answer.returncode == Exit.DONE
    assert "Pagu RKPD 2026" in answer.stdout


@pytest.mark.parametrize("words", [("diagnose", "contoh:90.05"), ("budget", "contoh:90.05", "2026")])
def test_answers_come_in_both_languages_and_as_json(folder: Path, words: tuple[str, ...]) -> None:
    indonesian = nangkis(*words, "-w", folder / "kerja")
    english = nangkis(*words, "-w", folder / "kerja", "--lang", "en")
    plain = json.loads(nangkis(*words, "-w", folder / "kerja", "--json").stdout)

    assert (indonesian.returncode, english.returncode) == (Exit.DONE, Exit.DONE)
    assert "Kabupaten Contoh Hulu" in indonesian.stdout
    assert indonesian.stdout != english.stdout
    assert plain["says"]
    assert all(figure["inputs"] or figure["parameters"] for figure in plain["figures"].values())


def test_verify_ends_with_done_when_all_holds_and_with_difference_when_not(folder: Path, tmp_path: Path) -> None:
    whole = nangkis("verify", document(folder), "-w", folder / "kerja", "--json")
    elsewhere = nangkis("verify", document(folder), "-w", tmp_path)

    assert whole.returncode == Exit.DONE
    assert json.loads(whole.stdout)["holds"] is True
    assert elsewhere.returncode == Exit.DIFFERENCE
    assert "tidak dikenal" in elsewhere.stdout


def test_trace_leads_to_file_sheet_and_cell(folder: Path) -> None:
    figures = json.loads(nangkis("verify", document(folder), "-w", folder / "kerja", "--json").stdout)["figures"]
    figure = next(entry for entry in figures if entry["key"] == "POV.P0/2015/contoh-2026:90.05")

    said = nangkis("trace", document(folder), figure["id"], "-w", folder / "kerja")
    plain = json.loads(nangkis("trace", document(folder), figure["id"], "-w", folder / "kerja", "--json").stdout)

    assert said.returncode == Exit.DONE
    assert "persentase penduduk miskin 2012-2025.xlsx" in said.stdout
    assert "Data!F7" in said.stdout
    assert plain["inputs"][0]["cells"][0] | {"keys": {}} == {"sheet": "Data", "cell": "F7", "value": 20.2, "keys": {}}


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("diagnose", "90.05"), Exit.REQUEST_REFUSED, "sistem"),
        (("diagnose", "kemendagri:99.99"), Exit.REQUEST_REFUSED, "99.99"),
        (("budget", "contoh:90.05", "1999"), Exit.REQUEST_REFUSED, "1999"),
        (("verify", "DOC", "-w", "EMPTY"), Exit.DIFFERENCE, ""),
        (("trace", "DOC", "zzzzzzzzzz"), Exit.REQUEST_REFUSED, "zzzzzzzzzz"),
        (("import", "PNG"), Exit.FILE_REFUSED, "gambar.xlsx"),
        (("import",), Exit.USAGE, "Tidak ada yang dijalankan"),
        (("import", "--lang", "en"), Exit.USAGE, "Nothing was run"),
        (("import", "FOLDER"), Exit.FILE_REFUSED, "/*"),
        (("import", "PNG", "--year", "2050"), Exit.FILE_REFUSED, "2050"),
        (("import", "PNG", "--year", "1900", "--lang", "en"), Exit.FILE_REFUSED, "1900"),
        (("rpkd", "contoh:90.05", "--out", "FOLDER", "--format", "docx"), Exit.REQUEST_REFUSED, "--format word"),
        (("rpkd", "contoh:90.05", "--out", "FOLDER", "--format", "exel"), Exit.REQUEST_REFUSED, "--format excel"),
        (("verify", "tidak ada.docx"), Exit.FILE_REFUSED, "tidak ada.docx"),
        (("diagnose", "contoh:90.05", "--lang", "fr"), Exit.USAGE, ""),
    ],
)
def test_each_cause_has_its_exit_code_and_says_what_to_do(
    folder: Path, tmp_path: Path, words: tuple[str, ...], code: Exit, says: str
) -> None:
    picture = tmp_path / "gambar.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    stands_for = {"DOC": document(folder), "PNG": picture, "EMPTY": tmp_path / "kosong", "FOLDER": tmp_path}
    where = () if "-w" in words else ("-w", str(folder / "kerja"))

    answer = nangkis(*(stands_for.get(word, word) for word in words), *where)

    assert answer.returncode == code, answer.stdout + answer.stderr
    assert says in answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_refusal_speaks_the_language_that_was_asked_for(folder: Path) -> None:
    english = nangkis("diagnose", "90.05", "--lang", "en", "-w", folder / "kerja")

    assert "system" in english.stderr


def test_json_says_a_refusal_of_the_workspace_too(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "pagu lain.csv"
    other.write_bytes(
        (folder / "berkas" / "pagu RKPD 2026 Kota Contoh Raya.csv").read_bytes().replace(b"1.01", b"1.02")
    )
    said = ("--region", "contoh:90.71", "--year", "2026", "--stage", "rkpd")

    answer = nangkis("import", other, *said, "-w", folder / "kerja", "--json")

    (sheet,) = json.loads(answer.stdout)
    assert answer.returncode == Exit.FILE_REFUSED
    assert (sheet["table"], sheet["rows_accepted"]) == (None, 0)
    assert sheet["findings"][0]["code"] == "budget-already-there"
    assert sheet["rows_in"] == sheet["rows_frame"] + sheet["rows_refused"]


def test_the_same_files_again_are_no_fault(folder: Path) -> None:
    raw = folder / "berkas"
    answer = nangkis("import", *sorted(raw.glob("*.csv")), "--map", raw / "peta.yaml", "-w", folder / "kerja")

    assert answer.returncode == Exit.DONE
    assert "sudah ada sebagai tabel" in answer.stdout


@pytest.mark.parametrize("written", ["bps-2020:7203", "kemendagri:7206", "kemendagri-2025:72.06"])
def test_a_region_has_one_name_in_a_record_however_it_was_asked(folder: Path, tmp_path: Path, written: str) -> None:
    made = nangkis("rpkd", written, "--out", tmp_path, "-w", folder / "kerja", "--as-of", "2026-11-24")
    found = nangkis("verify", tmp_path / "RPKD Kabupaten Morowali.docx", "-w", folder / "kerja", "--json")

    assert made.returncode == Exit.DONE, made.stderr
    assert json.loads(found.stdout)["run"] == made.stdout.split("catatan pembuatan ")[1].split(".")[0]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437"])
@pytest.mark.parametrize(
    "words", [("diagnose", "contoh:90.05"), ("tables",), ("tables", "--json"), ("import", "--help")]
)
def test_a_terminal_of_another_code_page_still_gets_its_answer(
    folder: Path, encoding: str, words: tuple[str, ...]
) -> None:
    where = () if "--help" in words else ("-w", str(folder / "kerja"))
    answer = nangkis(*words, *where, environment={"PYTHONIOENCODING": encoding})

    assert answer.returncode == Exit.DONE, answer.stderr
    if "--json" in words:
        assert json.loads(answer.stdout)


def test_json_says_a_refusal_of_any_command(folder: Path) -> None:
    answer = nangkis("diagnose", "90.05", "--json", "-w", folder / "kerja")

    refused = json.loads(answer.stdout)["refused"]
    assert answer.returncode == Exit.REQUEST_REFUSED
    assert refused["code"] == "code-without-system"
    assert refused["do"]


def test_an_empty_workspace_is_refused_and_not_made(tmp_path: Path) -> None:
    for words in (
        ("diagnose", "contoh:90.05"),
        ("budget", "contoh:90.05", "2026"),
        ("rpkd", "contoh:90.05", "--out", "x"),
    ):
        answer = nangkis(*words, "-w", tmp_path / "tidak ada")

        assert answer.returncode == Exit.REQUEST_REFUSED
        assert "belum berisi tabel" in answer.stderr
    assert not (tmp_path / "tidak ada").exists()


def test_a_folder_that_cannot_be_written_is_told_without_its_path(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("", encoding="utf-8")

    answer = nangkis("rpkd", "contoh:90.05", "--out", tmp_path / "berkas" / "x", "-w", folder / "kerja")

    assert answer.returncode == Exit.REQUEST_REFUSED
    assert "Traceback" not in answer.stderr
    assert str(tmp_path) not in answer.stderr


@pytest.mark.parametrize("region", ["kemendagri:72.06.05", "kemendagri:00"])
def test_only_a_region_with_a_team_has_a_plan(folder: Path, tmp_path: Path, region: str) -> None:
    answer = nangkis("rpkd", region, "--out", tmp_path, "-w", folder / "kerja")

    assert answer.returncode == Exit.REQUEST_REFUSED
    assert "bukan provinsi, kabupaten, atau kota" in answer.stderr


def test_what_looks_like_markup_in_a_name_is_printed_as_it_is(folder: Path, tmp_path: Path) -> None:
    made = nangkis("rpkd", "contoh:90.05", "--out", tmp_path / "a [final] [", "-w", folder / "kerja")

    assert made.returncode == Exit.DONE, made.stderr
    assert "a [final] [" in made.stdout.splitlines()[-1]


def test_a_plan_takes_the_looks_of_an_offices_own_file(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "pola.docx").write_bytes(house_file())
    words = ("rpkd", "contoh:90.05", "--out", tmp_path, "-w", folder / "kerja", "--template", tmp_path / "pola.docx")

    made = nangkis(*words)

    assert made.returncode == Exit.DONE, made.stderr
    assert nangkis("verify", tmp_path / document(folder).name, "-w", folder / "kerja").returncode == Exit.DONE


def test_a_pattern_that_is_no_word_file_is_refused_with_what_to_do(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "pola.docx").write_bytes(b"%PDF-1.7")
    words = (
        "rpkd",
        "contoh:90.05",
        "--out",
        tmp_path / "a",
        "-w",
        folder / "kerja",
        "--template",
        tmp_path / "pola.docx",
    )

    answer = nangkis(*words)

    assert answer.returncode == Exit.FILE_REFUSED
    assert "pola.docx bukan dokumen Word" in answer.stderr
    assert not (tmp_path / "a").exists()


def test_trace_says_when_a_rule_has_changed_since(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "kerja"
    shutil.copytree(folder / "kerja", own)
    figures = json.loads(nangkis("verify", document(folder), "-w", own, "--json").stdout)["figures"]
    margin = next(entry for entry in figures if entry["key"].endswith("margin") or "margin" in entry["key"])
    ours = resources.files("nangkis.parameters") / "data" / "sampling_design_effect.yaml"
    (own / "parameters").mkdir()
    changed = (
        ours.read_text(encoding="utf-8").replace('value: "2"', 'value: "1.5"').replace("value: 2\n", "value: 1.5\n")
    )
    (own / "parameters" / "sampling_design_effect.yaml").write_text(changed, encoding="utf-8")

    said = nangkis("trace", document(folder), margin["id"], "-w", own)
    found = nangkis("verify", document(folder), "-w", own, "--json")

    assert "sudah berubah sejak dokumen dibuat" in said.stdout
    stale = {entry["id"] for entry in json.loads(found.stdout)["figures"] if entry["verdict"] == "stale"}
    assert margin["id"] in stale
    assert found.returncode == Exit.DIFFERENCE


def test_trace_tells_an_english_reader_the_english_place_of_a_rule(folder: Path) -> None:
    figures = json.loads(nangkis("verify", document(folder), "-w", folder / "kerja", "--json").stdout)["figures"]
    margin = next(entry for entry in figures if "margin" in entry["key"])
    source = packaged().on("sampling_design_effect", date(2026, 1, 1)).source
    asked = ("trace", document(folder), margin["id"], "-w", folder / "kerja", "--lang", "en")
    rules = json.loads(nangkis(*asked, "--json").stdout)["parameters"]

    assert source.english_place
    assert source.english_place in nangkis(*asked).stdout
    assert source.english_place in {rule["place"] for rule in rules}


def test_a_count_is_traced_to_rows_that_hold_their_own_values(folder: Path) -> None:
    figures = json.loads(nangkis("verify", document(folder), "-w", folder / "kerja", "--json").stdout)["figures"]
    count = next(entry for entry in figures if entry["key"].startswith("rows-accepted/budget"))

    plain = json.loads(nangkis("trace", document(folder), count["id"], "-w", folder / "kerja", "--json").stdout)

    assert [len(entry["cells"]) for entry in plain["inputs"]] == [0]  # a whole table is told by its range
    assert plain["inputs"][0]["count"] == 427


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_whoever_stops_a_command_is_told_what_stays(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, "example", str(tmp_path / "besar"), *LARGE]
    variables = {**os.environ, "PYTHONPATH": str(LIBRARY), "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=variables) as running:
        try:
            deadline = time.monotonic() + 60
            while not any((tmp_path / "besar").glob("**/*")) and time.monotonic() < deadline:
                time.sleep(0.05)
            running.send_signal(signal.SIGINT)
            _, said = running.communicate(timeout=60)
        finally:
            running.kill()

    assert running.returncode == Exit.INTERRUPTED
    assert "Dihentikan. Yang sudah selesai tetap tersimpan" in " ".join(said.decode().split())
