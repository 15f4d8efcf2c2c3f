"""A chart as a file: readable anywhere, with its words and numbers, and fetching nothing."""

from __future__ import annotations

import base64
import re
import struct
import zlib
from pathlib import Path

import font_source_sans_pro
import pytest
from lxml import etree, html

from nangkis.content.charts import Chart, figures_of
from nangkis.content.numbers import print_figure
from nangkis.content.tree import Picture
from nangkis.outputs.chart_data import chart_data
from nangkis.outputs.chart_files import ChartFormatUnknown, chart_file
from nangkis.outputs.webfont import woff
from nangkis.workspace.charting import write_chart
from tests.rooms.outputs.chart_samples import multiples, places, quadrant, with_targets
from tests.rooms.outputs.sample import bars, said
from tests.rooms.outputs.test_tiles import tiles


CHARTS: dict[str, Chart] = {
    "bars": bars(),
    "series": with_targets(),
    "tiles": tiles(),
    "multiples": multiples(),
    "quadrant": quadrant(),
    "map": places(),
}
SVG = "{http://www.w3.org/2000/svg}"


def picture(chart: Chart) -> Picture:
    return Picture(said("Kemiskinan <2025> & lain"), chart, said("Uraian gambar."), (said("BPS \x0b"),))


@pytest.mark.parametrize("kind", CHARTS)
def test_a_page_holds_the_drawing_its_words_and_every_value(kind: str) -> None:
    page = chart_file(picture(CHARTS[kind]), name="grafik.html", language="id").decode()
    tree = html.document_fromstring(page)

    assert tree.findtext(".//title", "").strip() == "Kemiskinan <2025> & lain"
    assert len(tree.findall(".//svg")) == 1
    cells = " ".join(cell.text or "" for cell in tree.iter("td"))
    values = [one for one in figures_of(CHARTS[kind]) if not one.key.endswith("error")]
    assert all(print_figure(one, "id") in cells for one in values)


@pytest.mark.parametrize("name", ["grafik.html", "grafik.svg"])
@pytest.mark.parametrize("kind", CHARTS)
def test_nothing_runs_and_nothing_is_fetched(kind: str, name: str) -> None:
    text = chart_file(picture(CHARTS[kind]), name=name, language="en").decode()

    assert "<script" not in text
    links = set(re.findall(r"""(?:https?:)?//[^\s"'<)]+""", re.sub(r"base64,[A-Za-z0-9+/=]+", "", text)))
    assert links <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}  # names, not addresses


def test_a_drawing_carries_its_title_its_description_and_its_font() -> None:
    tree = etree.fromstring(chart_file(picture(quadrant()), name="GRAFIK.SVG", language="id"))

    assert [child.tag for child in tree][:3] == [f"{SVG}title", f"{SVG}desc", f"{SVG}style"]
    assert (tree.findtext(f"{SVG}title", "").strip(), tree.get("role")) == ("Kemiskinan <2025> & lain", "img")
    width = tree.get("width") or ""
    assert width.endswith("pt")
    assert float(width.removesuffix("pt")) == pytest.approx(160 / 25.4 * 72)
    faces = re.findall(r"base64,([A-Za-z0-9+/=]+)", tree.findtext(f"{SVG}style", ""))
    assert {base64.b64decode(face)[:4] for face in faces} == {b"wOFF"}


def test_the_font_is_whole_in_its_wrapping() -> None:
    font = (Path(font_source_sans_pro.font_directory) / "SourceSansPro-Regular.otf").read_bytes()
    wrapped = woff(font)
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {record[0]: record for record in (struct.unpack_from(">4sIII", font, 12 + 16 * at) for at in range(count))}

    assert struct.unpack_from(">4s4sI", wrapped) == (b"wOFF", font[:4], len(wrapped))
    kept = [
        struct.unpack_from(">4sIIII", wrapped, 44 + 20 * at) for at in range(struct.unpack_from(">H", wrapped, 12)[0])
    ]
    assert {b"CFF ", b"cmap", b"head", b"hmtx", b"name"} <= {tag for tag, *_ in kept}
    for tag, offset, packed, length, checksum in kept:
        stored = wrapped[offset : offset + packed]
        table = zlib.decompress(stored) if packed < length else stored
        _, known_sum, start, known_length = tables[tag]
        assert (table, length, checksum) == (font[start : start + known_length], known_length, known_sum)


def test_the_table_of_a_series_has_its_targets_beside_its_lines() -> None:
    data = chart_data(with_targets(), "id")

    assert data.columns[0] == "Tahun"
    assert data.columns[-1] == "Target"
    assert next(row for row in data.rows if row[0] == "2029") == ("2029", "—", "—", "—", "8,00")


def test_a_chart_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = write_chart(picture(bars()), tmp_path / "baru" / "grafik.png", language="id")

    assert path.read_bytes().startswith(b"\x89PNG")
    assert [each.name for each in path.parent.iterdir()] == ["grafik.png"]


@pytest.mark.parametrize("name", ["grafik.pdf", "grafik", "grafik.svg.exe"])
def test_another_ending_is_refused_by_name_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises(ChartFormatUnknown) as refused:
        write_chart(picture(bars()), tmp_path / "baru" / name, language="id")

    assert refused.value.values == {"file": name, "known": ".svg, .png, .html"}
    assert list(tmp_path.iterdir()) == []
