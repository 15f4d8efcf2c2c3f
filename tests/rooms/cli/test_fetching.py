"""``nangkis fetch`` as its users meet it, against a service on this machine."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nangkis.cli.exits import Exit
from nangkis.cli.main import app
from tests.rooms.cli.test_commands import nangkis
from tests.rooms.connectors.answers import listed, series, table
from tests.rooms.connectors.service import Reply, Service, service, told


SECRET = "fedcba9876543210" * 2
WITH_KEY = {"NANGKIS_BPS_KEY": SECRET, "NO_PROXY": "127.0.0.1"}
VARIABLES = [{"var_id": 192, "title": "Persentase Penduduk Miskin", "unit": "Persen"}, {"var_id": 98, "title": "Gini"}]


def answer(path: str, _before: int) -> Reply:
    if "/model/var/" in path:
        return told(listed(VARIABLES, per_page=1, page=int(path.split("/page/")[1][0])))
    if "/var/8/" in path:
        return Reply(status=401)
    return told(series({2020: 9.8, 2021: 10.1}) if "indicator" in path else table())


def workspace(folder: Path, running: Service) -> Path:
    """A workspace whose services are the one on this machine."""
    packaged = resources.files("nangkis.parameters") / "data" / "layanan_alamat.yaml"
    own = packaged.read_text(encoding="utf-8")
    for line in own.splitlines():
        if line.strip().startswith(("bps:", "worldbank:")):
            own = own.replace(line, f"{line.split(':')[0]}: {running.address}")
    (folder / "parameters").mkdir(parents=True)
    (folder / "parameters" / "layanan_alamat.yaml").write_text(own, encoding="utf-8")
    return folder


def test_a_table_is_fetched_read_and_served_again_without_network(tmp_path: Path) -> None:
    with service(answer) as running:
        folder = workspace(tmp_path / "kerja", running)
        done = nangkis("fetch", "bps", "--var", "192", "-w", folder, "--json", environment=WITH_KEY)
    fetched = json.loads(done.stdout)
    again = nangkis("fetch", "bps", "--var", "192", "-w", folder, "--offline")
    cut_off = nangkis("fetch", "bps", "--var", "192", "-w", folder, "--lang", "en", environment=WITH_KEY)
    imported = nangkis("import", fetched["file"], "-w", folder, "--json")

    assert (done.returncode, fetched["request"], fetched["why_kept"]) == (
        Exit.DONE, {"model": "data", "domain": "0000", "var": "192"}, None
    )  # fmt: skip
    assert fetched["file"] in again.stdout
    assert "jawaban yang disimpan pada" in again.stdout
    assert (cut_off.returncode, "no connection" in cut_off.stdout) == (Exit.DONE, True)
    (sheet,) = json.loads(imported.stdout)
    assert (sheet["layout"], sheet["rows_accepted"]) == ("bps_webapi_data", 12)
    assert all(SECRET not in text for run in (done, again, cut_off, imported) for text in (run.stdout, run.stderr))
    assert all(SECRET.encode() not in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_list_shows_every_entry_of_every_page(tmp_path: Path) -> None:
    with service(answer) as running:
        folder = workspace(tmp_path / "kerja", running)
        shown = nangkis("fetch", "bps", "list", "--model", "var", "--key", SECRET, "-w", folder, environment=WITH_KEY)

    assert shown.returncode == Exit.DONE, shown.stderr
    assert "var_id: 192 · title: Persentase Penduduk Miskin · unit: Persen" in shown.stdout
    assert "var_id: 98" in shown.stdout


def test_a_series_of_the_world_bank_is_fetched_into_the_folder_that_was_named(tmp_path: Path) -> None:
    with service(answer) as running:
        folder = workspace(tmp_path / "kerja", running)
        done = nangkis(
            "fetch", "worldbank", "--indicator", "SI.POV.NAHC", "--out", tmp_path / "bank", "-w", folder,
            environment=WITH_KEY,
        )  # fmt: skip

    (kept,) = (tmp_path / "bank").iterdir()
    assert kept.name.startswith("worldbank_indicator-SI.POV.NAHC_country-IDN.")
    assert str(kept) in done.stdout
    assert SECRET not in kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("bps", "--var", "8"), "service-key-refused"),
        (("bps", "--var", "192", "--offline"), "nothing-kept"),
    ],
)
def test_each_no_is_a_sentence_and_an_exit_code(tmp_path: Path, words: tuple[str, ...], code: str) -> None:
    with service(answer) as running:
        folder = workspace(tmp_path / "kerja", running)
        done = nangkis("fetch", *words, "-w", folder, "--json", environment=WITH_KEY)

    assert done.returncode == Exit.REQUEST_REFUSED, done.stderr
    assert json.loads(done.stdout)["refused"]["code"] == code
    assert SECRET not in done.stdout + done.stderr


def test_without_a_key_nothing_is_asked(tmp_path: Path) -> None:
    with service(answer) as running:
        folder = workspace(tmp_path / "kerja", running)
        done = nangkis("fetch", "bps", "--var", "192", "-w", folder, environment={"NANGKIS_BPS_KEY": ""})

        assert running.asked == []
    assert done.returncode == Exit.REQUEST_REFUSED
    assert "NANGKIS_BPS_KEY" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("bps", "--years", "2019"),
        ("bps", "--var", "1", "--years", "dulu"),
        ("bps", "--domain", "7200", "list", "--model", "var"),  # before the word "list" it would be ignored in silence
    ],
)
def test_words_that_are_off_end_as_usage(words: tuple[str, ...], tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["fetch", *words, "-w", str(tmp_path)], env=WITH_KEY).exit_code == Exit.USAGE
