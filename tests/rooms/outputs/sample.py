"""An invented document with every kind of block. Its sentences are labels and figures joined by one sentence."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from pathlib import Path

from nangkis.content.charts import Bar, Line, Point, ReferenceLine, Series, SortedBars
from nangkis.content.sentences import Sentence, Value, sentence
from nangkis.content.tree import (
    Block,
    Bullets,
    Column,
    Document,
    Empty,
    Heading,
    Marked,
    Missing,
    Paragraph,
    Picture,
    Row,
    Table,
    Verdict,
)
from nangkis.outputs.word.reading import WordReading, read_word
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.figures import Figure, Label, Method, Number, Origin, Selection
from nangkis.vocabulary.units import Unit
from nangkis.workspace.reading import word_limits


ORIGIN = Origin(Method("published", 1), (Selection("0" * 16, (("region", ("contoh-2026:99.01",)),), "value"),))
DISTRICTS = ("Hulu Sungai Jernih", "Lembah Nira", "Kota Bandar Rencana", "Teluk Sagu", "Pulau Karang", "Bukit Lada")


def figure(key: str, value: Number, unit: Unit = Unit.PERCENT, places: int = 2) -> Figure:
    return Figure(key, value, unit, places, ORIGIN)


def read_back(path: Path) -> WordReading:
    """Read a Word file within the limits that Nangkis comes with."""
    return read_word(path, word_limits(packaged()))


def said(*parts: Value | str) -> Sentence:
    """Join words and figures to one sentence, a space between them."""
    first, *others = [Label(part) if isinstance(part, str) else part for part in parts]
    start = first if isinstance(first, Sentence) else sentence("outputs.heading", number=first, title=Label(""))
    return reduce(lambda left, right: sentence("outputs.heading", number=left, title=right), others, start)


POVERTY = figure("POV.P0/2025/contoh-2026:99.01", Decimal("12.58"))
PROVINCE = figure("POV.P0/2025/contoh-2026:99", Decimal("11.04"))
NATION = figure("POV.P0/2025/contoh-2026:00", Decimal("8.47"))
PEOPLE = figure("POV.PEOPLE/2025/contoh-2026:99.01", Decimal("14.72"), Unit.THOUSAND_PEOPLE)
GAP = figure("position/POV.P0/gap", Decimal("-1.54"), Unit.PERCENTAGE_POINTS)
MONEY = figure("budget/total", 153_575_949_633_649, Unit.RUPIAH, 0)


def bars() -> SortedBars:
    values = ("17.21", "14.90", "12.58", "11.37", "9.02", "6.66")
    made = tuple(
        Bar(
            Label(name),
            figure(f"bar/{name}", Decimal(value)),
            figure(f"bar/{name}/error", Decimal("0.9")),
            is_subject=name == "Kota Bandar Rencana",
        )
        for name, value in zip(DISTRICTS, values, strict=True)
    )
    lines = (
        ReferenceLine("province", Label("Provinsi Contoh"), PROVINCE),
        ReferenceLine("nation", Label("Indonesia"), NATION),
    )
    return SortedBars(Unit.PERCENT, made, lines)


def series() -> Series:
    lines = []
    for role, name, start in (
        ("subject", "Kota Bandar Rencana", 15.4),
        ("province", "Provinsi Contoh", 13.1),
        ("nation", "Indonesia", 10.9),
    ):
        points = [
            Point(
                year,
                None if (role, year) == ("subject", 2019) else figure(f"{role}/{year}", round(start - 0.27 * place, 2)),
                figure(f"{role}/{year}/error", Decimal("0.9")) if role == "subject" and year != 2019 else None,
            )
            for place, year in enumerate(range(2015, 2026))
        ]
        lines.append(Line(role, Label(name), tuple(points)))
    return Series(Unit.PERCENT, tuple(lines), breaks=(2021,))


def small_table() -> Table:
    unpublished = said("Angka tahun ini belum diterbitkan untuk daerah ini.")
    rows = (
        Row(
            (Label("Penduduk miskin"), POVERTY, PROVINCE, Marked(Verdict.WORSE, said("lebih tinggi dari provinsi"))),
            emphasis=True,
        ),
        Row(
            (
                Label("Kedalaman kemiskinan"),
                figure("P1", Decimal("1.94")),
                figure("P1/prov", Decimal("2.10")),
                Marked(Verdict.BETTER, said("turun · membaik")),
            )
        ),
        Row(
            (
                Label("Tingkat pengangguran terbuka"),
                Missing(unpublished),
                figure("tpt/prov", Decimal("3.33")),
                Marked(Verdict.UNSURE, said("belum berbeda nyata")),
            )
        ),
        Row((Label("Pengeluaran per kapita"), Missing(said("Sampel terlalu kecil.")), Missing(unpublished), Label(""))),
    )
    columns = (
        Column(Label("Indikator"), 4),
        Column(said("Kota Bandar Rencana", "(persen)"), 2, numeric=True),
        Column(said("Provinsi", "(persen)"), 2, numeric=True),
        Column(Label("Penilaian"), 3),
    )
    return Table(
        said("Kedudukan Kota Bandar Rencana dibandingkan provinsi, tahun", "2025"),
        columns,
        rows,
        notes=(said("Selisih dengan provinsi", GAP, "."), said("Angka estimasi memuat galat baku.")),
        sources=(said("BPS, Susenas Maret", "2025"), said("Dukcapil, semester I", "2025")),
    )


def wide_table(rows: int = 30) -> Table:
    columns = (
        Column(Label("Program, kegiatan, sub kegiatan"), 5),
        *(Column(Label(str(year)), 2, numeric=True) for year in range(2021, 2027)),
    )
    body = tuple(
        Row(
            (
                Label(f"Program nomor {place}"),
                *(
                    figure(f"pagu/{place}/{year}", (place * 7_919 + year) * 10_000_000_000, Unit.RUPIAH, 0)
                    for year in range(2021, 2027)
                ),
            ),
            emphasis=place == rows - 1,
        )
        for place in range(rows)
    )
    return Table(
        said("Pagu indikatif program penanggulangan kemiskinan (Rp)"),
        columns,
        body,
        sources=(said("RKPD"),),
        landscape=True,
    )


def blocks() -> tuple[Block, ...]:
    summary = Paragraph(
        (
            said("Pada tahun", "2025", "penduduk miskin di Kota Bandar Rencana sebesar", POVERTY, "atau", PEOPLE, "."),
            said("Angka itu berbeda", GAP, "dari provinsi, yang mencapai", PROVINCE, "."),
        )
    )
    return (
        Heading(1, Label("Bab I"), Label("Pendahuluan")),
        Heading(2, Label("1.1"), Label("Latar Belakang")),
        summary,
        Bullets((said("Belanja penanggulangan kemiskinan", MONEY, "."), said("Jumlah penduduk miskin", PEOPLE, "."))),
        Bullets(
            (said("Langkah yang pertama."), said("Langkah yang kedua."), said("Langkah yang ketiga.")), numbered=True
        ),
        Heading(1, Label("Bab III"), Label("Profil Kemiskinan Daerah")),
        Heading(2, Label("3.1"), Label("Kemiskinan Konsumsi")),
        summary,
        Picture(
            said("Persentase penduduk miskin menurut kabupaten/kota, tahun", "2025"),
            bars(),
            said("Kota Bandar Rencana", POVERTY, "di tempat ketiga."),
            (said("BPS, Susenas Maret", "2025"),),
        ),
        small_table(),
        Heading(3, Label("3.1.1"), Label("Perkembangan")),
        Picture(
            said("Perkembangan persentase penduduk miskin"),
            series(),
            said("Turun sepanjang sebelas tahun."),
            (said("BPS"),),
        ),
        summary,  # the last before a sideways page
        Heading(2, Label("3.2"), Label("Pagu")),
        said_paragraph(),
        wide_table(),
        Heading(2, Label("3.3"), Label("Kesehatan")),
        Empty(
            said("Data kesehatan belum ada di ruang kerja ini."),
            said("Unggah tabel Profil Kesehatan, lalu susun ulang dokumen ini."),
        ),
        Heading(1, Label("Bab IV"), Label("Penutup")),
        small_table(),
    )


def said_paragraph() -> Paragraph:
    return Paragraph((said("Pagu setiap program ditampilkan pada tabel berikut."),))


def document() -> Document:
    return Document(
        said("Rencana Penanggulangan Kemiskinan Daerah Kota Bandar Rencana"),
        said("Tahun", "2025–2029"),
        blocks(),
        marking=(said("DATA FIKTIF: daerah dan angkanya rekaan"), said("RANCANGAN")),
    )
