"""What a rule of the tag table means, one promise a test."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import polars as pl
import pytest

from nangkis.budget.lines import with_class
from nangkis.budget.matching import RuleRefused
from nangkis.budget.rules import RuleTable, tag_rules
from nangkis.budget.tags import with_tags
from nangkis.content.catalogue import LANGUAGES
from nangkis.content.messages import fill
from nangkis.parameters.dated import Parameters
from nangkis.parameters.loader import packaged
from tests.rooms.budget.budgets import EDUCATION, TODAY, Line, budget_frame


SCHOOL: Line = (EDUCATION, "1.01.02.2.01.01", "Pembangunan Unit Sekolah Baru (USB)", 100)


def rule(name: str, order: int, **others: Any) -> dict[str, Any]:
    """A rule that proposes strategy 3; ``others`` replace its parts."""
    made = {
        "id": name,
        "order": str(order),
        "codes": [],
        "words": "",
        "decision": "ya",
        "dimension": "pendidikan",
        "strategy": "3",
        "directness": "tidak-langsung",
        "confidence": "chosen",
        "reason": {"id": f"alasan {name}", "en": f"reason {name}"},
        **others,
    }
    if made["decision"] != "ya":
        for key in ("dimension", "strategy", "directness"):
            del made[key]
    return made


def table(*rules: dict[str, Any]) -> RuleTable:
    return tag_rules(with_rules(*rules), TODAY)


def with_rules(*rules: dict[str, Any]) -> Parameters:
    """The packaged parameters with a region's own rule table."""
    ours = dataclasses.replace(packaged().on("penandaan_aturan", TODAY), value=list(rules))
    return packaged().with_overrides(Parameters({"penandaan_aturan": (ours,)}))


def tags_of(lines: list[Line], *rules: dict[str, Any]) -> list[dict[str, Any]]:
    framed = with_class(budget_frame(lines), packaged(), TODAY)
    return with_tags(framed, table(*rules)).to_dicts()


def tag_of(line: Line, *rules: dict[str, Any]) -> dict[str, Any]:
    return tags_of([line], *rules)[0]


def test_a_line_that_no_rule_matches_is_held() -> None:
    held = tag_of(SCHOOL, rule("kesehatan", 1, codes=["1.02"]))

    assert (held["tag"], held["held_because"], held["rule"]) == ("ditangguhkan", "no-rule", None)
    assert held["strategy"] is None


def test_a_tag_names_its_rule_and_reason() -> None:
    tagged = tag_of(SCHOOL, rule("gedung", 1, codes=["1.01.02"], words="^pembangunan"))

    assert (tagged["tag"], tagged["rule"], tagged["held_because"]) == ("ditandai", "gedung", None)
    assert (tagged["reason"], tagged["reason_en"]) == ("alasan gedung", "reason gedung")


def test_the_lowest_order_decides_wherever_it_stands_in_the_file() -> None:
    late, early = rule("umum", 20, decision="tidak"), rule("khusus", 10)

    assert tag_of(SCHOOL, late, early)["rule"] == "khusus"
    assert tag_of(SCHOOL, early, late)["rule"] == "khusus"


def test_rules_of_one_order_that_disagree_hold_the_line() -> None:
    held = tag_of(SCHOOL, rule("satu", 10, strategy="1"), rule("tiga", 10, strategy="3"), rule("lain", 20))

    assert (held["tag"], held["held_because"], held["rule"]) == ("ditangguhkan", "rules-differ", "satu / tiga")
    assert (held["strategy"], held["reason"]) == (None, None)


def test_rules_of_one_order_that_agree_name_the_first() -> None:
    tagged = tag_of(SCHOOL, rule("satu", 10), rule("dua", 10))

    assert (tagged["tag"], tagged["rule"]) == ("ditandai", "satu")


def test_a_rule_may_hold_and_say_why() -> None:
    held = tag_of(SCHOOL, rule("lihat-lokasi", 10, decision="tahan"))

    assert (held["tag"], held["held_because"], held["reason"]) == ("ditangguhkan", "rule", "alasan lihat-lokasi")


def test_one_programme_can_sit_in_two_strategies() -> None:
    kits: Line = (EDUCATION, "1.01.02.2.01.28", "Pengadaan Perlengkapan Siswa", 1)
    rules = (rule("murid", 10, words="perlengkapan", strategy="1"), rule("gedung", 10, words="pembangunan"))

    assert [line["strategy"] for line in tags_of([kits, SCHOOL], *rules)] == ["1", "3"]


@pytest.mark.parametrize("code", ["1.01", "1.01.02", "1.01.02.2.01", "1.01.02.2.01.01", "1.01.02.2.01.0001"])
def test_a_code_matches_at_each_level_and_under_both_ways_of_numbering(code: str) -> None:
    assert tag_of(SCHOOL, rule("kode", 10, codes=[code]))["tag"] == "ditandai"


@pytest.mark.parametrize("code", ["1.10", "1.01.20", "1.01.02.2.10", "1.01.02.2.01.10", "1.01.02.2.01.011", "2.01"])
def test_a_code_never_matches_a_part_of_a_segment(code: str) -> None:
    assert tag_of(SCHOOL, rule("kode", 10, codes=[code]))["tag"] == "ditangguhkan"


def test_words_are_found_in_upper_and_lower_case() -> None:
    shouting: Line = (EDUCATION, "1.01.02.2.01.01", "PEMBANGUNAN UNIT SEKOLAH BARU", 1)

    assert tag_of(shouting, rule("gedung", 10, words="unit sekolah"))["tag"] == "ditandai"


def test_programme_01_and_village_transfers_are_outside_the_base() -> None:
    salaries: Line = (EDUCATION, "1.01.01.2.02.01", "Penyediaan Gaji dan Tunjangan ASN", 1)
    villages: Line = (EDUCATION, "5.02.02.2.04.08", "Analisis Perencanaan dan Penyaluran Bantuan Keuangan", 1)

    assert [line["tag"] for line in tags_of([salaries, villages], rule("semua", 10))] == [None, None]


def test_a_region_may_replace_the_table() -> None:
    own = tag_rules(with_rules(rule("aturan-kami", 1)), TODAY)

    assert [rule.id for rule in own.rules] == ["aturan-kami"]
    assert own.use.digest != tag_rules(packaged(), TODAY).use.digest


def test_the_strategies_do_not_hold_before_their_decree() -> None:
    with pytest.raises(Exception, match="parameter-missing"):
        tag_rules(packaged(), date(2025, 3, 26))


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"strategy": "4"}, "strategy '4'"),
        ({"dimension": "olahraga"}, "dimension 'olahraga'"),
        ({"directness": "kadang"}, "directness 'kadang'"),
        ({"decision": "mungkin"}, "decision 'mungkin'"),
        ({"confidence": "sure"}, "confidence 'sure'"),
        ({"order": "pertama"}, "order 'pertama'"),
        ({"codes": ["1"]}, "'1'"),
        ({"codes": ["1.01.02.2"]}, "'1.01.02.2'"),
        ({"words": "(tidak tertutup"}, "(tidak tertutup"),
        ({"codes": ["satu.dua"]}, "'satu.dua'"),
        ({"catatan": "lebih"}, "catatan"),
        ({"reason": {"id": "tanpa terjemahan"}}, "en"),
    ],
)
def test_a_broken_rule_is_refused_by_name(broken: dict[str, Any], said: str) -> None:
    with pytest.raises(RuleRefused) as refused:
        table({**rule("salah", 10), **broken})

    for language in LANGUAGES:
        text = fill(f"refusal.{refused.value.code}", language, **refused.value.values)
        assert said in text
        assert "salah" in text


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(RuleRefused, match="rule-twice"):
        table(rule("sama", 10), rule("sama", 20))


def test_the_packaged_table_is_small_and_every_rule_can_match() -> None:
    rules = tag_rules(packaged(), TODAY).rules

    assert 40 <= len(rules) <= 65
    assert all(rule.pattern.codes or rule.pattern.words for rule in rules)
    assert all(rule.reason.text and rule.reason.english for rule in rules)


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("1.01.02.2.01.28", "Pengadaan Perlengkapan Siswa", ("pendidikan", "1", "langsung")),
        ("1.01.02.2.01.08", "Rehabilitasi Sedang/Berat Ruang Kelas", ("pendidikan", "3", "tidak-langsung")),
        ("1.02.02.2.02.26", "Pengelolaan Jaminan Kesehatan Masyarakat", ("kesehatan", "1", "langsung")),
        ("1.02.02.2.02.01", "Pengelolaan Pelayanan Kesehatan Ibu Hamil", ("kesehatan", "1", "langsung")),
        ("1.03.03.2.01.04", "Pembangunan SPAM Jaringan Perpipaan", ("infrastruktur-dasar", "3", "tidak-langsung")),
        ("1.03.03.2.01.01", "Penyusunan Rencana, Kebijakan SPAM", ("infrastruktur-dasar", "3", "penunjang")),
        ("1.04.03.2.03.02", "Perbaikan Rumah Tidak Layak Huni", ("infrastruktur-dasar", "3", "langsung")),
        ("1.06.05.2.02.02", "Pengelolaan Data Fakir Miskin", ("perlindungan-sosial", "1", "penunjang")),
        ("1.06.02.2.01.01", "Fasilitasi Pemberdayaan Sosial KAT", ("perlindungan-sosial", "2", "langsung")),
        ("2.07.03.2.01.01", "Pelatihan Keterampilan bagi Pencari Kerja", ("ketenagakerjaan", "2", "langsung")),
        ("2.09.04.2.01.01", "Penyusunan Peta Kerentanan Pangan", ("ketahanan-pangan", "3", "penunjang")),
        ("3.25.03.2.02.01", "Pengembangan Kapasitas Nelayan Kecil", ("ketahanan-pangan", "2", "langsung")),
        ("3.27.07.2.01.02", "Pengembangan Kapasitas Petani", ("ketahanan-pangan", "2", "tidak-langsung")),
        ("3.27.02.2.06.01", "Pengadaan Benih/Bibit Ternak", ("ketahanan-pangan", "2", "langsung")),
        ("1.04.03.2.03.0013", "Pemugaran Permukiman Kumuh", ("infrastruktur-dasar", "3", "tidak-langsung")),
    ],
)
def test_the_packaged_rules_place_the_families_of_the_three_strategies(
    code: str, name: str, expected: tuple[str, str, str]
) -> None:
    line = budget_frame([(EDUCATION, code, name, 1)])
    tagged = with_tags(with_class(line, packaged(), TODAY), tag_rules(packaged(), TODAY))

    assert tagged.select("dimension", "strategy", "directness").row(0) == expected


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("1.03.10.2.01.08", "Rekonstruksi Jalan"),
        ("1.02.02.2.02.33", "Operasional Pelayanan Puskesmas"),
        ("4.01.02.2.02.01", "Fasilitasi Pengelolaan Bina Mental Spiritual"),
        ("5.02.02.2.04.09", "Pengelolaan Dana Darurat dan Mendesak"),
        ("5.01.03.2.01.05", "Koordinasi Penanggulangan Kemiskinan"),
        ("1.01.02.2.01.29", "Pengelolaan Dana BOS Sekolah Dasar"),
        ("1.01.02.2.03.18", "Pengelolaan Dana BOP PAUD"),
        ("3.27.02.2.01.01", "Pengawasan Penggunaan Sarana Pendukung Pertanian sesuai dengan Komoditas"),
        ("3.27.02.2.04.0001", "Pemeriksaan Mutu, Khasiat dan Keamanan Peredaran Obat Hewan"),
    ],
)
def test_the_packaged_rules_leave_to_a_person_what_a_name_cannot_tell(code: str, name: str) -> None:
    line = budget_frame([(EDUCATION, code, name, 1)])
    tagged = with_tags(with_class(line, packaged(), TODAY), tag_rules(packaged(), TODAY))

    assert tagged.select("tag", "held_because").row(0) == ("ditangguhkan", "rule")
    assert tagged["reason"][0]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("1.01.02.2.01.0047", "Pembangunan Ruang Kelas Baru"),
        ("1.02.02.2.02.0001", "Pengelolaan Pelayanan Kesehatan Ibu Hamil"),
        ("1.04.05.2.01.02", "Penyediaan Prasarana, Sarana, dan Utilitas Umum di Perumahan"),
        ("2.12.03.2.01.02", "Peningkatan dalam Pelayanan Pencatatan Sipil"),
        ("2.15.03.2.12.02", "Pembangunan Pelabuhan Pengumpan Lokal"),
    ],
)
def test_what_serves_everyone_or_a_place_is_proposed_only_because_a_list_names_it(code: str, name: str) -> None:
    line = budget_frame([(EDUCATION, code, name, 1)])
    tagged = with_tags(with_class(line, packaged(), TODAY), tag_rules(packaged(), TODAY))

    assert tagged["tag"].to_list() == ["ditandai"]
    assert tagged["confidence"].to_list() == ["seen"]
    assert "karena daftar OPPKPKE Kotabaru menyebutnya" in tagged["reason"][0]


def test_a_rule_of_our_own_proposes_only_what_names_the_poor_or_narrows_a_listed_family() -> None:
    own = {
        rule.id for rule in tag_rules(packaged(), TODAY).rules if rule.tag == "ditandai" and rule.confidence == "chosen"
    }

    # The poor, those who left school and slums by name; village enterprises within programmes that the list names.
    assert own == {"ekonomi-keluarga-miskin", "belajar-kesetaraan", "kawasan-kumuh", "usaha-desa"}


def test_the_order_of_the_lines_and_of_other_columns_stays() -> None:
    lines = [SCHOOL, (EDUCATION, "1.02.04.2.01.01", "Pengawasan Apotek", 2), SCHOOL]
    tagged = with_tags(with_class(budget_frame(lines), packaged(), TODAY), tag_rules(packaged(), TODAY))

    assert tagged["_row"].to_list() == [2, 3, 4]
    assert tagged.select(pl.col("amount_sen")).to_series().to_list() == [100 * 100, 2 * 100, 100 * 100]
