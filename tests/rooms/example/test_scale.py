"""Large input: what was asked for and no more, the same in both forms, and never over what is there."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from nangkis.budget.schema import SCHEMA
from nangkis.cli.main import app
from nangkis.example.names import MAP
from nangkis.example.scale import (
    MOST_REGIONS,
    PARQUET,
    RAW,
    FolderNotEmpty,
    Progress,
    RawKind,
    Scale,
    ScaleIncomplete,
    SizeUnconfirmed,
    expected_megabytes,
    scale_asked,
    write_scale,
)
from nangkis.intake.mapping import read_map, request_for
from nangkis.intake.reading import read_file
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.regions import register
from nangkis.regions.invented import PROVINCES, governments
from nangkis.vocabulary.codes import CodeSystem, Region
from tests.rooms.intake.files import DAY, accepted, codes


SMALL = Scale(regions=3, years=2, lines=50)


def write(folder: Path, scale: Scale = SMALL, *, kind: RawKind = RawKind.CSV, seed: int = 1) -> tuple[Progress, ...]:
    return tuple(write_scale(folder, scale, kind=kind, seed=seed, language="id"))


@pytest.mark.parametrize("kind", [RawKind.CSV, RawKind.XLSX])
def test_intake_reads_each_raw_file_into_just_the_rows_of_its_table(tmp_path: Path, kind: RawKind) -> None:
    write(tmp_path / "big", kind=kind)
    raw = tmp_path / "big" / RAW
    entries = read_map(raw / MAP)
    paths = sorted(raw.glob(f"*.{kind}"))

    assert len(paths) == 3 * 2
    for path in paths:
        (outcome,) = read_file(path, request_for(path, entries, Request()), parameters=packaged(), on=DAY)
        frame = accepted(outcome).frame
        _, year, _, code = path.stem.split()
        stored = pl.read_parquet(tmp_path / "big" / PARQUET / f"budget-{code}-{year}.parquet")
        assert stored.schema == SCHEMA
        assert frame.equals(stored)
        assert outcome.rows_refused == 0
        assert set(codes(outcome)) <= {"columns-not-read", "amount-blank"}


def test_every_region_year_and_line_is_there_once(tmp_path: Path) -> None:
    *_, done = write(tmp_path, kind=RawKind.NONE)

    rows = pl.read_parquet(tmp_path / PARQUET / "*.parquet")
    keys = ["region", "year", "office_code", "sub_kegiatan_code", "account_code"]
    assert len(rows) == rows.select(keys).n_unique() == done.lines == 3 * 2 * 50
    assert rows["region"].unique().sort().to_list() == [f"contoh-2026:{code}" for code in ("01", "01.01", "01.02")]
    assert rows["year"].unique().sort().to_list() == [2025, 2026]
    assert rows["amount_sen"].n_unique() > 50
    assert (done.regions, done.tables, done.files, done.raw_bytes) == (3, 6, 0, 0)
    assert done.parquet_bytes == sum(path.stat().st_size for path in (tmp_path / PARQUET).iterdir())


def test_more_lines_than_one_government_has_are_still_all_different(tmp_path: Path) -> None:
    write(tmp_path, Scale(1, 1, 9_000), kind=RawKind.NONE)

    rows = pl.read_parquet(tmp_path / PARQUET / "*.parquet")
    assert rows.select("office_code", "sub_kegiatan_code", "account_code").n_unique() == 9_000


def test_a_regions_rows_depend_on_the_seed_and_not_on_how_many_regions_there_are(tmp_path: Path) -> None:
    write(tmp_path / "three", kind=RawKind.NONE)
    write(tmp_path / "one", Scale(1, 1, 50), kind=RawKind.NONE)
    write(tmp_path / "other", Scale(1, 1, 50), kind=RawKind.NONE, seed=2)

    three, one, other = (
        pl.read_parquet(tmp_path / name / PARQUET / "budget-01-2026.parquet") for name in ("three", "one", "other")
    )
    assert three.equals(one)
    assert not three.equals(other)


def test_there_are_as_many_governments_as_in_a_nation_and_none_has_a_real_code() -> None:
    assert MOST_REGIONS == len(governments()) == 38 + 514
    for code, name in governments().items():
        found = register.place(Region.parse(f"contoh:{code}"))
        assert (found.name, found.region.digits) == (name, code)
        assert found.level is (register.Level.KABUPATEN if "." in code else register.Level.PROVINCE)
    real = {place.region.digits[:2] for place in register.registered(CodeSystem.parse("kemendagri"))}
    assert not set(PROVINCES) & (real - {"00"})


def test_the_fictional_nation_has_none_of_them_as_a_part() -> None:
    listed = {place.region.digits for place in register.regencies(Region.parse("contoh:00"))}

    assert not listed & set(governments())


def test_all_three_numbers_are_asked_for_together() -> None:
    assert scale_asked(None, None, None) is None
    assert scale_asked(3, 2, 50) == SMALL
    with pytest.raises(ScaleIncomplete) as refused:
        scale_asked(3, None, None)
    assert refused.value.values["lacking"] == "--years, --lines"


def test_nothing_is_written_into_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(FolderNotEmpty):
        write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_command_tells_its_progress_on_stderr_and_at_the_end_what_it_wrote(tmp_path: Path) -> None:
    words = ["example", str(tmp_path / "big"), "--regions", "3", "--years", "2", "--lines", "50", "--lang", "en"]
    result = CliRunner().invoke(app, words)

    assert result.exit_code == 0
    assert "300 fictional lines" in result.stdout
    assert "6 Parquet tables" in result.stdout
    assert "3 of 3 regions" in result.stderr
    assert "3 of 3 regions" not in result.stdout
    assert len(list((tmp_path / "big" / RAW).glob("*.csv"))) == 6


def test_large_input_beyond_the_limit_is_written_only_when_confirmed(tmp_path: Path) -> None:
    words = ["example", str(tmp_path / "big"), "--regions", "552", "--years", "5", "--lines", "10000", "--lang", "en"]
    with pytest.raises(SizeUnconfirmed) as refused:
        CliRunner().invoke(app, words, catch_exceptions=False)
    assert not (tmp_path / "big").exists()
    assert (refused.value.values["size"], refused.value.values["most"]) == (12890, 1000)


def test_the_expected_size_is_near_what_is_written(tmp_path: Path) -> None:
    *_, done = write_scale(tmp_path, Scale(2, 2, 2000), kind=RawKind.CSV, seed=1, language="id")
    expected, _ = expected_megabytes(Scale(2, 2, 2000), RawKind.CSV, packaged())
    assert expected * 1_000_000 == pytest.approx(done.parquet_bytes + done.raw_bytes, rel=0.35)
