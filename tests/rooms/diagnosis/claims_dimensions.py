"""What the sentences and rows of a dimension claim, held to the rows: each list of names must be exactly theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nangkis.content.sentences import Sentence, Value
from nangkis.content.tree import Cell, Marked, Missing, Table
from nangkis.vocabulary.figures import Figure, Label, Ordinal
from tests.rooms.diagnosis.dimension_truth import KINDS, DimensionTruth, above_of, nation_of
from tests.rooms.diagnosis.truth import NAMES, near


MEMBERS = {
    "ketenagakerjaan": ["EMP.TPT", "EMP.TPAK", "EMP.WAGE", "EMP.WORK"],
    "ekonomi": ["ECO.LPE", "ECO.PDRBPC"],
}
OWN = {"EMP.TPT": True, "ECO.LPE": True, "EMP.TPAK": None}  # may a regency or a province act; None: nobody said
DIGITS = {name: digits for digits, name in NAMES.items()}


@dataclass(frozen=True)
class DimensionClaims:
    """The sentences of one dimension of one region."""

    truth: DimensionTruth
    region: str
    dimension: str

    @property
    def told(self) -> list[str]:
        """The indicators that have a value, in the catalogue's order."""
        return [one for one in MEMBERS[self.dimension] if self.truth.years(one, self.region)]

    def those(self, holds: Callable[[str], bool]) -> list[str]:
        return [one for one in self.told if holds(one)]

    def expected_result(self) -> dict[str, list[str]]:
        """What each sentence of the result must name; a sentence that would name nothing must be missing."""
        truth, above = self.truth, above_of(self.region)
        stands = {one: truth.against(one, self.region, above) for one in self.told}
        nation = {one: truth.against(one, self.region, nation_of(self.region)) for one in self.told}
        goes = {one: truth.movement(one, self.region) for one in self.told}
        judged = self.those(lambda one: KINDS[one][0] != 0)
        worsening = [one for one in judged if goes[one] == "worsening" and stands[one] != -1]
        found = {
            "behind": [one for one in judged if stands[one] == -1 and goes[one] in {"worsening", "steady", "unsure"}],
            "behind-unfollowed": [one for one in judged if stands[one] == -1 and goes[one] is None],
            "catching-up": [one for one in judged if stands[one] == -1 and goes[one] == "improving"],
            "behind-nation": [one for one in judged if nation[one] == -1 and stands[one] != -1],
            "worsening" if above is None else "slipping": worsening,
            "better": [one for one in judged if stands[one] == 1],
            "equal": [one for one in judged if stands[one] == 0],
            "improving": [one for one in judged if goes[one] == "improving" and stands[one] != -1],
            "context": [one for one in self.told if KINDS[one][0] == 0],
        }
        untold = [] if above is None else [one for one in judged if stands[one] is None]
        said = any(names for name, names in found.items() if name != "context")
        return {name: names for name, names in (found | ({"untold": untold} if said else {})).items() if names}

    def hold_result(self, sentences: Sequence[Sentence]) -> None:
        """Check the first paragraph: the sentences that must be there, and no others."""
        expected = self.expected_result()
        lists = {said.code.removeprefix("dimension.result."): said for said in sentences}
        assert len(lists) == len(sentences)
        bare = {name: lists.pop(name) for name in ("no-problem", "none-told") if name in lists}
        assert set(lists) == set(expected), (sorted(lists), expected)
        for name, said in lists.items():
            assert self._named(said) == expected[name], (name, expected[name])
            self._hold_reference(name, said)
        lags = {"behind", "behind-unfollowed", "catching-up", "behind-nation", "slipping", "worsening"} & set(expected)
        leads = {"better", "equal", "improving"} & set(expected)
        above = above_of(self.region) is not None
        assert ("no-problem" in bare) is (above and bool(leads) and not lags)
        judged = self.those(lambda one: KINDS[one][0] != 0)
        assert ("none-told" in bare) is (above and bool(judged) and not lags and not leads)

    def _hold_reference(self, name: str, said: Sentence) -> None:
        if "reference" not in said.values:
            return
        reference = said.values["reference"]
        assert isinstance(reference, Label)
        wanted = nation_of(self.region) if name == "behind-nation" else above_of(self.region)
        assert DIGITS[reference.text] == wanted

    def _named(self, said: Sentence) -> list[str]:
        """Return the indicators of a list; those with a value are held to the one that counts, and to its age."""
        found = []
        for piece in entries(said.values["items" if "items" in said.values else "names"]):
            if piece.code.startswith("dimension.item"):
                self._hold_item(piece)
            found.append(code_of(piece))
        return found

    def _hold_item(self, piece: Sentence) -> None:
        indicator, value, when = code_of(piece), piece.values["value"], piece.values["when"]
        assert isinstance(value, Figure)
        assert isinstance(when, Sentence)
        year = self.truth.standing_year(indicator, self.region)
        told = when.values["year"]
        assert isinstance(told, Label)
        assert told.text == str(year)
        assert near(float(value.value), self.truth.known(indicator, self.region, year))
        assert (piece.code == "dimension.item.old") is self.truth.is_old(indicator, self.region)

    def hold_table(self, table: Table) -> None:
        """Check in every row the values, the class, the course and the pace."""
        assert [code_of(row.cells[0]) for row in table.rows] == self.told  # type: ignore[arg-type]
        above = [one for one in (above_of(self.region), nation_of(self.region)) if one is not None]
        for indicator, row in zip(self.told, table.rows, strict=True):
            year = self.truth.standing_year(indicator, self.region)
            values = [row.cells[2 + place] for place in range(1 + len(dict.fromkeys(above)))]
            for region, cell in zip(dict.fromkeys([self.region, *above]), values, strict=True):
                held = (
                    None
                    if indicator == "EMP.WORK" and region != self.region
                    else self.truth.value(indicator, region, year)
                )
                told = float(cell.value) if isinstance(cell, Figure) else None
                assert (told is None) is (held is None)
                assert told is None or near(told, held or 0)
            stood = -4 if above else None
            self._hold_class(indicator, None if stood is None else row.cells[stood])
            self._hold_course(indicator, row.cells[-3:])

    def _hold_class(self, indicator: str, cell: Cell | None) -> None:
        stands = self.truth.against(indicator, self.region, above_of(self.region))
        words = {1: "better", 0: "equal", -1: "worse"}
        if stands is not None:
            assert isinstance(cell, Marked)
            assert cell.words.code == f"dimension.class.{words[stands]}"
        else:
            assert not isinstance(cell, Marked)

    def _hold_course(self, indicator: str, cells: Sequence[Cell]) -> None:
        """The course, since when, and the pace: from first to last, as growth for money and people."""
        course, since, pace = cells
        years = self.truth.years(indicator, self.region)
        if len(years) < 3:
            assert all(isinstance(one, Missing) for one in cells)
            return
        assert isinstance(since, Ordinal)
        assert isinstance(pace, Figure)
        first, last = (self.truth.known(indicator, self.region, year) for year in (years[0], years[-1]))
        apart = years[-1] - years[0]
        growth = KINDS[indicator][1] < 0
        assert since.text == str(years[0])
        expected = 100 * ((last / first) ** (1 / apart) - 1) if growth else (last - first) / apart
        assert near(float(pace.value), expected)
        goes = self.truth.movement(indicator, self.region)
        assert isinstance(course, Marked) is (goes in {"improving", "worsening", "unsure"})
        words = course.words if isinstance(course, Marked) else course
        assert isinstance(words, Sentence)
        if goes is not None:
            assert words.code == f"dimension.movement.{goes}"

    def hold_rest(self, sentences: Sequence[Sentence]) -> None:
        """Check drivers, authority and what cannot be told: names are exactly those of the rows."""
        told: dict[str, list[str]] = {}
        for said in sentences:
            if "names" in said.values and said.code != "diagnosis.without":
                told.setdefault(said.code, []).extend(code_of(one) for one in entries(said.values["names"]))
        expected = {**self._expected_untold(), **self._expected_drivers(), **self._expected_authority()}
        assert {code: sorted(names) for code, names in told.items()} == expected

    def _expected_untold(self) -> dict[str, list[str]]:
        truth, above = self.truth, above_of(self.region)
        judged = self.those(lambda one: KINDS[one][0] != 0)
        untold = [one for one in judged if above is not None and truth.against(one, self.region, above) is None]
        lacking = [
            one for one in untold if truth.value(one, above or "", truth.standing_year(one, self.region)) is None
        ]
        short = [one for one in judged if len(truth.years(one, self.region)) < 3]
        unfollowed = [one for one in judged if truth.movement(one, self.region) is None and one not in short]
        found = {
            "dimension.untold.reference": lacking,
            "dimension.untold.untested": [one for one in untold if one not in lacking],
            "dimension.untold.course": short,
            "dimension.untold.course-untested": unfollowed,
            "dimension.untold.silent": [one for one in MEMBERS[self.dimension] if self._is_marked(one)],
        }
        return {code: sorted(names) for code, names in found.items() if names}

    def _is_marked(self, indicator: str) -> bool:
        """Say whether a table speaks of an indicator, but says only why it has no value."""
        spoken_of = {row[0] for row in self.truth.rows if row[1].endswith(f":{self.region}")}
        return indicator in spoken_of and not self.truth.years(indicator, self.region)

    def _expected_drivers(self) -> dict[str, list[str]]:
        """Growth is the only driver of unemployment that these worlds know."""
        if "EMP.TPT" not in self.told:
            return {}
        grows = bool(self.truth.years("ECO.LPE", self.region))
        stands = self.truth.against("ECO.LPE", self.region, above_of(self.region)) if grows else None
        if stands is None:
            return {"dimension.drivers.unknown": ["EMP.TPT"]}
        drives = stands == -1 and self.truth.movement("ECO.LPE", self.region) != "improving"
        found = {"dimension.drivers.partly": ["EMP.TPT"]}
        return found if drives else {**found, "dimension.drivers.none": ["EMP.TPT"]}

    def _expected_authority(self) -> dict[str, list[str]]:
        problems = self.those(lambda one: self.truth.is_problem(one, self.region))
        own = [one for one in problems if OWN[one]]
        unsaid = [one for one in problems if OWN[one] is None]
        found = {"dimension.authority.own": sorted(own), "dimension.authority.unknown": sorted(unsaid)}
        return {code: names for code, names in found.items() if names}

    @property
    def has_driver(self) -> bool:
        """Say whether growth must be named behind unemployment."""
        return "EMP.TPT" in self.told and set(self._expected_drivers()) == {"dimension.drivers.partly"}


def entries(piece: Value) -> list[Sentence]:
    """Return the words that stand one after another."""
    if isinstance(piece, Sentence) and piece.code == "list.two":
        return [*entries(piece.values["one"]), *entries(piece.values["other"])]
    assert isinstance(piece, Sentence)
    return [piece]


def code_of(piece: Sentence) -> str:
    """Return the indicator that a word, an item or a row names."""
    inner = piece.values.get("indicator", piece)
    assert isinstance(inner, Sentence)
    return inner.code.removeprefix("indicator.").rpartition(".")[0]
