"""What accompanies the raw files: the readme, and the map that says what the files themselves do not."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from nangkis.budget.schema import Stage
from nangkis.content.catalogue import Language
from nangkis.content.messages import fill
from nangkis.example import names
from nangkis.example.flaws import Outcome, flaws_of
from nangkis.example.places import BUDGET_KABUPATEN, BUDGET_KOTA, POSTURE_YEARS
from nangkis.example.posture_files import REGIONS
from nangkis.example.series import COUNT_YEARS, LINE_YEARS


SYSTEM = "contoh"
WIDTH = 88
OUTCOMES = {
    Outcome.READ: "example.outcome.read",
    Outcome.REPAIRED: "example.outcome.repaired",
    Outcome.MISSING: "example.outcome.missing",
    Outcome.NOTICED: "example.outcome.noticed",
    Outcome.REFUSED: "example.outcome.refused",
    Outcome.LISTED: "example.outcome.listed",
}


@dataclass(frozen=True)
class RawFile:
    """A raw file: the layout that it follows, and the catalogue's code of the sentence that says what is in it."""

    name: str
    layout: str
    holds: str


FILES = (
    *(RawFile(names.lines(year), "bps_table", "example.file.lines") for year in LINE_YEARS),
    *(RawFile(names.poor(year), "bps_table", "example.file.poor") for year in COUNT_YEARS),
    RawFile(names.PROVINCES, "bps_table", "example.file.provinces"),
    RawFile(names.WIDE, "indicator_wide", "example.file.wide"),
    RawFile(names.PAGU_KABUPATEN, "sipd_pagu", "example.file.pagu-kabupaten"),
    RawFile(names.PAGU_KOTA, "sipd_pagu", "example.file.pagu-kota"),
    *(
        RawFile(names.posture(of.place.name, year), "djpk_posture", "example.file.posture")
        for of in REGIONS
        for year in POSTURE_YEARS
    ),
    RawFile(names.ACCOUNTS, "sipd_22", "example.file.accounts"),
    RawFile(names.RPJMD, "rpjmd_program", "example.file.rpjmd"),
    RawFile(names.DISTRICTS, "wilayah_desil", "example.file.districts"),
)


def map_text() -> str:
    """Return the file for ``nangkis import --map``: for each pattern of names, only what those files do not say."""
    pagu = {"layout": "sipd_pagu", "year": names.BUDGET_YEAR, "stage": str(Stage.RKPD), "codes": SYSTEM}
    entries: list[dict[str, object]] = [
        {
            "file": "Garis Kemiskinan*.csv",
            "layout": "bps_table",
            "codes": SYSTEM,
            "indicator": "POV.GK",
            "period": "maret",
        },
        {"file": "Jumlah dan Persentase*.csv", "layout": "bps_table", "codes": SYSTEM},
        {"file": names.PROVINCES, "layout": "bps_table", "codes": SYSTEM, "indicator": "POV.P0", "period": "maret"},
        {"file": names.WIDE, "layout": "indicator_wide", "codes": SYSTEM, "indicator": "POV.P0", "period": "maret"},
        {"file": names.PAGU_KABUPATEN, "region": f"{SYSTEM}:{BUDGET_KABUPATEN.code}", **pagu},
        {"file": names.PAGU_KOTA, "region": f"{SYSTEM}:{BUDGET_KOTA.code}", **pagu},
        *_said_of_later_files(),
    ]
    return yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=WIDTH)


def _said_of_later_files() -> list[dict[str, object]]:
    """The postures say neither region nor year, the budget no stage, the places no code system."""
    postures: list[dict[str, object]] = [
        {
            "file": names.posture(of.place.name, year),
            "layout": "djpk_posture",
            "region": f"{SYSTEM}:{of.place.code}",
            "year": year,
        }
        for of in REGIONS
        for year in POSTURE_YEARS
    ]
    budget: dict[str, object] = {"file": names.ACCOUNTS, "layout": "sipd_22", "stage": str(Stage.APBD)}
    programmes: dict[str, object] = {"file": names.RPJMD, "layout": "rpjmd_program"}
    places: dict[str, object] = {"file": names.DISTRICTS, "layout": "wilayah_desil", "codes": SYSTEM}
    return [*postures, budget, programmes, places]


def readme_text(language: Language, *, seed: int) -> str:
    """Return the readme: that all is invented, each file with its layout, and what is wrong with it on purpose."""
    parts = [
        fill("example.readme.title", language),
        fill("example.readme.fictional", language, seed=str(seed)),
        fill("example.readme.use", language, map=names.MAP),
        *(_about(file, language) for file in FILES),
        fill("example.readme.map", language, map=names.MAP),
    ]
    return "\n\n".join(parts) + "\n"


def _about(file: RawFile, language: Language) -> str:
    lines = [
        file.name,
        "  " + fill(file.holds, language),
        "  " + fill("example.readme.layout", language, layout=file.layout),
    ]
    lines += [
        f"  - {flaw.at}: {fill(flaw.kind, language)} ({fill(OUTCOMES[flaw.outcome], language)})"
        for flaw in flaws_of(file.name)
    ]
    return "\n".join(lines)
