"""How good the tag proposals are: on lines they were not made from, and in rupiah against labels of the project.

Kotabaru's list is asked with whole programmes held out: no rule that speaks of them, no line of them to learn from. The
labels (label proyek, bukan resmi; docs/tag-guide.md) are of 300 sub kegiatan of Morowali, drawn with probability
proportional to rupiah (benchmarks/tag_sample.py). What is low is printed, too.
"""

from __future__ import annotations

import csv
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl
from python_calamine import CalamineWorkbook

from benchmarks.tag_rules import DATA, ON, codes_by_name, codes_of, labelled_lines
from benchmarks.tag_sample import KEY, SEED, drawn
from nangkis.budget.lines import with_class
from nangkis.budget.names import programme_names
from nangkis.budget.rules import RuleTable, Tag, tag_rules
from nangkis.budget.tagging.claims import HeldBecause
from nangkis.budget.tagging.classifier import (
    NOT,
    Classifier,
    calibrated,
    is_installed,
    label_of,
    proposals,
    thresholds_on,
    training_lines,
)
from nangkis.budget.tagging.decisions import CODE, NAME, with_plain
from nangkis.budget.tagging.official import says
from nangkis.budget.tags import with_tags
from nangkis.parameters.loader import packaged


LABELS = Path(__file__).parent / "data" / "label_proyek.csv"
FOLDS = 5
REPEATS = 500
# What a first search would look for: a strategy by a few words of the name, in this order.
KEYWORDS = {
    "1": r"miskin|bantuan|terlantar|disabilitas|jaminan kesehatan|jaminan sosial|gizi|stunting|permakanan|sandang",
    "2": r"usaha (mikro|kecil)|pelatihan|pencari kerja|nelayan kecil|petani|pemberdayaan",
    "3": r"tidak layak huni|kumuh|air minum|sanitasi|air limbah|irigasi|jalan usaha tani|korban bencana",
}
Line = tuple[str, str]
Labelled = Mapping[Line, str]


def main() -> None:
    """Print all measurements, or why they cannot be made."""
    if not DATA.is_dir():
        print("tag quality: skipped, the real data (shared/data beside the checkout) is not here")
        return
    if not is_installed():
        print("tag quality: the classifier is left out, scikit-learn is not installed")
    measure_held_out()
    measure_rupiah()


def measure_held_out() -> None:
    """Recall and strategy on Kotabaru's list, of programmes that nothing was made from."""
    labelled, codes = labelled_lines(), codes_by_name()
    asked = [(row["strategi"], found[0], row["sub_kegiatan"]) for row in labelled if (found := codes_of(row, codes))]
    programmes = sorted({_program(code) for _, code, _ in asked})
    print(f"  Kotabaru: {len(asked)} of {len(labelled)} lines have a code; {len(programmes)} programmes held out whole")
    told: dict[str, list[tuple[str, str | None]]] = {name: [] for name in ("rules", "rules, classifier", "keywords")}
    for fold in range(FOLDS):
        outside = set(programmes[fold::FOLDS])
        lines = [(code, name) for _, code, name in asked if _program(code) in outside]
        right = [strategy for strategy, code, _ in asked if _program(code) in outside]
        by_rules, by_both = _without(outside, asked, lines)
        told["rules"] += zip(right, by_rules, strict=True)
        told["rules, classifier"] += zip(right, by_both, strict=True)
        told["keywords"] += zip(right, [keyword(name) for _, name in lines], strict=True)
    for name, pairs in told.items():
        reached = [(right, found) for right, found in pairs if found not in (None, NOT)]
        same = sum(right == found for right, found in reached)
        share = f"{same / len(reached):.1%} ({same} of {len(reached)})" if reached else "no line to ask"
        wrong = sum(found == NOT for _, found in pairs)
        recall = len(reached) / len(labelled)
        print(f"    {name:<18} recall {recall:.1%}, strategy right in {share}; called not relevant {wrong}")


def _without(
    outside: set[str], asked: Sequence[tuple[str, str, str]], lines: list[Line]
) -> tuple[list[str | None], list[str | None]]:
    """Return what rules, and rules with the classifier, say of lines whose programmes neither has seen."""
    table = _rules_without(outside)
    frame = _frame([*nomenclature(), *lines])
    tagged = with_tags(frame, table)
    by_line, held = _labels_of(tagged), _held(tagged)
    by_rules = [by_line.get(line) for line in lines]
    if not is_installed():
        return by_rules, by_rules
    inside = tagged.filter(~pl.col("program_code").is_in(sorted(outside)))
    own = [(code, name, _program(code), label) for label, code, name in asked if _program(code) not in outside]
    training = training_lines(inside, table, programme_names(packaged(), ON, province=False))
    training = training.filter(~pl.col("program_code").is_in(sorted(outside)))
    learned = pl.concat([pl.DataFrame(own, schema=training.schema, orient="row"), training])
    open_lines = [line for line, label in zip(lines, by_rules, strict=True) if label is None and line not in held]
    found, _ = proposals(
        open_lines, learned.unique(list(KEY), keep="first", maintain_order=True), thresholds_on(packaged(), ON)
    )
    return by_rules, [
        label if label is not None else found[line].label if line in found else None
        for line, label in zip(lines, by_rules, strict=True)
    ]


def _rules_without(outside: set[str]) -> RuleTable:
    table = tag_rules(packaged(), ON)
    kept = []
    for rule in table.rules:
        codes = tuple(code for code in rule.pattern.codes if _program(code) not in outside)
        if codes or not rule.pattern.codes:
            kept.append(replace(rule, pattern=replace(rule.pattern, codes=codes)))
    return replace(table, rules=tuple(kept))


def measure_rupiah() -> None:
    """Precision and recall in rupiah on the labelled sample of Morowali."""
    lines = morowali()
    sample, labels = drawn(lines), read_labels()
    kinds = [(one["label_a"], one["label_b"]) for one in labels.values()]
    strategies = [
        (one["strategy_a"], one["strategy_b"]) for one in labels.values() if one["strategy_a"] and one["strategy_b"]
    ]
    print(f"  Morowali, RKPD 2021: {sample.height} sub kegiatan drawn by rupiah (seed {SEED}), labelled twice")
    print("    label proyek, bukan resmi: one labeller, both passes on one day, who had read the rules; the rules look")
    print(
        "    better by these labels than they would by those of officials. Intervals hold the chance of drawing only."
    )
    print(
        f"    kappa of ya / tidak / ragu {kappa(kinds):.3f}; of the strategy where both say ya {kappa(strategies):.3f}"
    )
    truth = {line: one["label_a"] if one["label_a"] == one["label_b"] else "ragu" for line, one in labels.items()}
    print(f"    both passes: {dict(Counter(truth.values()))}; where they differ: ragu")
    tagged = with_tags(lines, tag_rules(packaged(), ON))
    by_rules = _labels_of(tagged)
    methods: dict[str, dict[Line, str | None]] = {
        "rules": {line: by_rules.get(line) for line in truth},
        "official tags": official(list(truth)),
        "keywords": {line: keyword(line[1]) for line in truth},
    }
    if is_installed():
        methods["rules, classifier"] = with_classifier(tagged, methods["rules"])
    weights = {
        (code, name): sen / chance for code, name, sen, chance in sample.select(*KEY, "sen", "chance").iter_rows()
    }
    certain = {(code, name) for code, name, chance in sample.select(*KEY, "chance").iter_rows() if chance == 1}
    for name, found in methods.items():
        _print_rupiah(name, found, truth, weights, certain)
    _print_strategy(methods["rules"], labels)
    if is_installed():
        print_curve(tagged, truth)


def _print_rupiah(
    name: str,
    found: Labelled | dict[Line, str | None],
    truth: Labelled,
    weights: Mapping[Line, float],
    certain: set[Line],
) -> None:
    def tags(line: Line) -> bool:
        return found[line] not in (None, NOT)

    def precision(counts: Mapping[Line, float]) -> float:
        return _share(counts, tags, lambda line: truth[line] == "ya", lambda line: truth[line] != "ragu")

    def recall(counts: Mapping[Line, float]) -> float:
        return _share(counts, lambda line: truth[line] == "ya", tags, lambda _: True)

    unsure = _share(weights, tags, lambda line: truth[line] == "ragu", lambda _: True)
    shown = []
    for word, measure in (("precision", precision), ("recall", recall)):
        low, high = interval(measure, weights, certain)
        shown.append(f"{word} {measure(weights):.1%} ({low:.1%}–{high:.1%})")
    print(f"    {name:<18} {', '.join(shown)} of rupiah; {unsure:.1%} of what it tags is ragu, left out of precision")


def _share(
    weights: Mapping[Line, float],
    of: Callable[[Line], bool],
    hit: Callable[[Line], bool],
    counted: Callable[[Line], bool],
) -> float:
    whole = [line for line in weights if of(line) and counted(line)]
    total = sum(weights[line] for line in whole)
    return sum(weights[line] for line in whole if hit(line)) / total if total else float("nan")


def interval(
    measure: Callable[[Mapping[Line, float]], float], weights: Mapping[Line, float], certain: set[Line]
) -> tuple[float, float]:
    """Return a 95 % interval by drawing again those that were drawn by chance; the certain ones stay."""
    chance = random.Random(SEED)  # noqa: S311 - the same interval in every run
    drawn_by_chance = [line for line in weights if line not in certain]
    found = []
    for _ in range(REPEATS):
        times = Counter(chance.choices(drawn_by_chance, k=len(drawn_by_chance)))
        found.append(
            measure({line: weight * (1 if line in certain else times[line]) for line, weight in weights.items()})
        )
    found = sorted(value for value in found if value == value)  # noqa: PLR0124 - without what is no number
    return found[int(0.025 * len(found))], found[int(0.975 * len(found)) - 1]


def _print_strategy(found: Mapping[Line, str | None], labels: Mapping[Line, Mapping[str, str]]) -> None:
    both = [
        (one["strategy_a"], found[line])
        for line, one in labels.items()
        if one["strategy_a"] and one["strategy_a"] == one["strategy_b"] and found[line] not in (None, NOT)
    ]
    same = sum(one == other for one, other in both)
    print(
        f"    rules: strategy as labelled in {same / len(both):.1%} ({same} of {len(both)} that both call for the poor)"
    )


def with_classifier(tagged: pl.DataFrame, by_rules: Mapping[Line, str | None]) -> dict[Line, str | None]:
    """Return what the rules say, and where no rule speaks, what the classifier proposes above its threshold."""
    training = training_lines(tagged, tag_rules(packaged(), ON), programme_names(packaged(), ON, province=False))
    held = _held(tagged)
    open_lines = [line for line, label in by_rules.items() if label is None and line not in held]
    found, calibration = proposals(open_lines, training, thresholds_on(packaged(), ON))
    told = "it abstains" if calibration.threshold is None else f"it speaks from {calibration.threshold} on"
    print(
        f"    classifier, calibrated on other programmes: {told}; proposes {len(found)} of {len(open_lines)} open lines"
    )
    return {
        line: label if label is not None else found[line].label if line in found else None
        for line, label in by_rules.items()
    }


def print_curve(tagged: pl.DataFrame, truth: Labelled) -> None:
    """Print coverage and accuracy of the classifier alone, by threshold, on programmes held out."""
    training = training_lines(tagged, tag_rules(packaged(), ON), programme_names(packaged(), ON, province=False))
    curve = calibrated(training, thresholds_on(packaged(), ON)).curve
    sure = {line: label for line, label in truth.items() if label != "ragu"}
    told = _held_out(training, sure)
    print("    classifier alone, its programme held out: from this chance on, share asked and right")
    print("      chance   of what the rules place       of the labels ya / tidak")
    for cut, asked, right in curve:
        spoken = [is_right for chance, is_right in told if chance >= cut]
        own = f"{asked / training.height:>6.1%} {right / max(asked, 1):>7.1%}"
        theirs = f"{len(spoken) / len(sure):>6.1%} {sum(spoken) / max(len(spoken), 1):>7.1%}"
        print(f"      {cut:<8} {own:<29} {theirs}")


def _held_out(training: pl.DataFrame, sure: Labelled) -> list[tuple[float, bool]]:
    programmes = sorted({_program(code) for code, _ in sure})
    told = []
    for fold in range(FOLDS):
        outside = programmes[fold::FOLDS]
        inside = training.filter(~pl.col("program_code").is_in(outside))
        model = Classifier(list(inside.select(KEY).iter_rows()), inside["label"].to_list())
        lines = [line for line in sure if _program(line[0]) in outside]
        for line, (label, chance) in zip(lines, model.chances(lines), strict=True):
            told.append((chance, (label != NOT) == (sure[line] == "ya")))
    return told


def official(lines: list[Line]) -> dict[Line, str | None]:
    """Return which lines carry an official tag of poverty; they know no strategy."""
    pairs = pl.read_csv(DATA / "07_tagging" / "tag_subkegiatan_2027_DERIVED.csv").filter(
        pl.col("jenis_pemda") != "PROV"
    )
    named = pairs.select(
        pl.col("kode_subkegiatan").alias("code"),
        pl.col("nama_subkegiatan").alias("name"),
        pl.col("tag").alias("label"),
        pl.lit("").alias("_tag_table"),
    )
    known = set(says(named, packaged(), ON).select(CODE, NAME).iter_rows())
    plain = with_plain(pl.DataFrame(lines, schema=list(KEY), orient="row")).select(CODE, NAME).rows()
    return {line: "?" if key in known else None for line, key in zip(lines, plain, strict=True)}


def keyword(name: str) -> str | None:
    """Return the strategy that a search by words gives a name; None where no word is found."""
    return next((strategy for strategy, words in KEYWORDS.items() if re.search(words, name.casefold())), None)


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Return Cohen's kappa of two labellings: agreement beyond chance (Cohen, 1960).

    >>> kappa([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")])
    0.5
    """
    count = len(pairs)
    firsts, seconds = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    agreed = sum(one == other for one, other in pairs) / count
    by_chance = sum(firsts[word] * seconds[word] for word in firsts) / count**2
    return (agreed - by_chance) / (1 - by_chance)


def read_labels() -> dict[Line, dict[str, str]]:
    """Return the labels of both passes by code and name."""
    with LABELS.open(encoding="utf-8") as file:
        return {(row["sub_kegiatan_code"], row["sub_kegiatan_name"]): row for row in csv.DictReader(file)}


def morowali() -> pl.DataFrame:
    """Return Morowali's lines with class."""
    path = DATA / "03_apbd" / "sipd_morowali" / "contoh-import-rkpd-pagu.xlsx"
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[1:]
    lines = [str(cell).split(" ", 1) for _, cell, _ in rows]
    sen = [round(amount) * 100 if isinstance(amount, int | float) else None for _, _, amount in rows]
    return _frame([(code, name) for code, name in lines]).with_columns(pl.Series("amount_sen", sen, dtype=pl.Int64))


def nomenclature() -> list[Line]:
    """Return the sub kegiatan of kabupaten and kota of the 2027 nomenclature, each name once."""
    return sorted((code, name) for name, codes in codes_by_name().items() for code in codes if len(code.split(".")) > 5)  # noqa: PLR2004


def _frame(lines: Sequence[Line]) -> pl.DataFrame:
    segments = pl.col("sub_kegiatan_code").str.split(".").list
    prefixes = {"bidang_code": 2, "program_code": 3, "kegiatan_code": 5}
    frame = pl.DataFrame(list(lines), schema=dict.fromkeys(KEY, pl.String()), orient="row").with_columns(
        segments.head(count).list.join(".").alias(name) for name, count in prefixes.items()
    )
    no_amount = pl.lit(None, pl.Int64()).alias("amount_sen")
    return with_class(frame.with_columns(no_amount), packaged(), ON)


def _labels_of(tagged: pl.DataFrame) -> dict[Line, str | None]:
    placed = tagged.filter(pl.col("tag").is_in([Tag.TAGGED.value, Tag.NOT_RELEVANT.value]))
    return {(code, name): label for code, name, label in placed.select(*KEY, label_of().alias("label")).iter_rows()}


def _held(tagged: pl.DataFrame) -> set[Line]:
    """Return the lines of which a rule says that a person must decide: nothing more is proposed for them."""
    return set(tagged.filter(pl.col("held_because") == HeldBecause.RULE).select(KEY).iter_rows())


def _program(code: str) -> str:
    return ".".join(code.split(".")[:3])


if __name__ == "__main__":
    main()
