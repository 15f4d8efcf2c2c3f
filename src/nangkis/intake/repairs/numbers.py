"""Texts into numbers: ``1.234.567,89``, ``1,234,567.89``, ``Rp 1.000.000,-``, ``(1.000)``, ``10,38 %``.

Whether a point or a comma marks the decimals is decided per column, by cells that can be read in one way only; what
stays open is decided by the range that the indicator can have, in its own cell or in all others of the column, else it
is not read. Zero is never missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from nangkis.intake.cells.sheet import Column
from nangkis.intake.repairs.letters import with_digits
from nangkis.intake.repairs.texts import EVERY_SPACE
from nangkis.vocabulary.missing import Missing
from nangkis.vocabulary.money import SEN_PER_RUPIAH


Style = Literal["comma", "point", "mixed", "none"]  # which mark stands before the decimals

# How people write that there is no number, and the reason that is kept.
MISSING = {
    "": Missing.BLANK.value,
    **dict.fromkeys(("-", "--", "---", "–", "—", "−", "rp -", "rp-", "rp. -"), Missing.DASH.value),
    **dict.fromkeys(("…", "..", "...", "....", ".....", "……"), Missing.DOTS.value),
    **dict.fromkeys(
        ("n.a.", "n.a", "na", "n/a", "nan", "null", "none", "tad", "t.a.d.", "tidak ada data", "tidak tersedia"),
        Missing.NOT_AVAILABLE.value,
    ),
}
NUMBER = (
    r"^(?<sign>[-−–+])? ?(?<outer>(?:rp|idr)\.? ?)?(?<open>\()? ?(?<rp>(?:rp|idr)\.? ?)?(?<sign2>[-−–+])? ?"
    r"(?<digits>[0-9][0-9., ]*?) ?(?<dash>[.,](?:-+|=))? ?(?<percent>%)? ?(?<note>\*+)?"
    r" ?(?<close>\))? ?(?<starred>\*+)?$"
)
DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}|^[0-9]{2}:[0-9]{2}"
SPACED = r"^[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?$"
# Digits are the ten ASCII ones everywhere: others, such as full-width ones, pass for digits and cannot be cast.
GROUPED = {
    "comma": r"^[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?$",
    "point": r"^[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?$",
}
PLAIN = {"comma": r"^[0-9]+(?:,[0-9]+)?$", "point": r"^[0-9]+(?:\.[0-9]+)?$"}
WHOLE = r"^[0-9]+$"
OPEN_TO_BOTH = r"^[1-9][0-9]{0,2}[.,][0-9]{3}$"  # 1.234: one thousand and more, or one and a bit
MARKED = r"[.,][0-9]{3}(?:[.,]|$)|,"
PLACES_MOST = 6
MOST_DIGITS = 16  # of whole rupiah: in sen still inside Int64
SEN_PLACES = 2
# What is told of a column that is written in thousands of rupiah or more, by the zeros that it leaves away.
SCALED = {3: "rupiah-thousands", 6: "rupiah-millions", 9: "rupiah-billions"}
EXACT_BELOW = 2.0**53


@dataclass(frozen=True)
class NumbersRead:
    """A column read as numbers, one entry per row.

    ``value`` is Float64 in the file's unit; ``missing`` says why there is none, as a Missing; ``trouble`` is the code
    of a finding for cells that could not be read; ``mended`` pairs a repair's code with the cells that it touched.
    """

    value: pl.Series
    missing: pl.Series
    trouble: pl.Series
    mended: tuple[tuple[str, pl.Series], ...]


@dataclass(frozen=True)
class AmountsRead:
    """A column read as money: ``sen`` is Int64 and exact; the rest as in NumbersRead."""

    sen: pl.Series
    missing: pl.Series
    trouble: pl.Series
    mended: tuple[tuple[str, pl.Series], ...]


def read_numbers(column: Column, *, plausible: tuple[float, float] | None, in_percent: bool) -> NumbersRead:
    """Read a column of an indicator. ``plausible`` decides between 1234 and 1.234 where nothing else does."""
    texts = _text_frame(column.text, plausible=plausible)
    value = texts.select(_signed(pl.col("canonical").cast(pl.Float64))).to_series()
    number, from_percent = _shown_numbers(column, in_percent=in_percent)
    mended = _mended(texts)
    if from_percent is not None:
        mended = (*mended, ("percent-format", from_percent))
    return NumbersRead(
        value=pl.select(pl.coalesce(number, value)).to_series(),
        missing=_missing(texts, number),
        trouble=texts["trouble"],
        mended=mended,
    )


def read_amounts(column: Column, *, largest_rupiah: int, zeros: int = 0) -> AmountsRead:
    """Read a column of rupiah into whole sen. Cells beyond the largest or finer than a sen are trouble, not rounded.

    ``zeros`` is 3 for a column in thousands of rupiah, 6 for millions, 9 for billions: exact in integers, and told.
    """
    texts = _text_frame(column.text, plausible=None, money=not zeros)
    if column.number.null_count() == len(column.number):
        sen, trouble = _sen_of_texts(texts, zeros), _money_trouble(texts, zeros)
    else:
        from_numbers, number_trouble = _sen_of_numbers(column.number, zeros)
        sen = pl.select(pl.coalesce(from_numbers, _sen_of_texts(texts, zeros))).to_series()
        trouble = pl.select(pl.coalesce(number_trouble, _money_trouble(texts, zeros))).to_series()
    too_large = (sen.abs() > largest_rupiah * SEN_PER_RUPIAH).fill_null(value=False)
    trouble = _where(too_large, "amount-too-large", trouble)
    sen = pl.select(pl.when(trouble.is_null()).then(sen)).to_series()
    scaled = ((SCALED[zeros], sen.is_not_null()),) if zeros else ()
    return AmountsRead(sen, _missing(texts, column.number), trouble, (*_mended(texts), *scaled))


def places_of(value: pl.Series) -> int:
    """Return how many decimals a column's values have, at most 6: the resolution of its source.

    >>> places_of(pl.Series([23.61, 20.2, 19.0]))
    2
    """
    filled = value.drop_nulls()
    for places in range(PLACES_MOST):
        scaled = filled * 10**places
        if ((scaled - scaled.round()).abs() <= 1e-9 * (scaled.abs() + 1)).all():
            return places
    return PLACES_MOST


def _text_frame(text: pl.Series, *, plausible: tuple[float, float] | None, money: bool = False) -> pl.DataFrame:
    """Take every text apart: digits and what stands around them, the reason it is missing, what is wrong with it."""
    plain = pl.col("text").str.replace_all(EVERY_SPACE, " ").str.strip_chars().str.to_lowercase()
    frame = (
        pl.DataFrame({"text": text})
        .with_columns(plain.alias("plain"))
        .with_columns(
            pl.col("plain").replace_strict(MISSING, default=None, return_dtype=pl.String).alias("missing"),
            pl.col("plain").str.extract_groups(NUMBER).alias("parts"),
        )
        .unnest("parts")
        .with_columns(
            pl.when(pl.col("digits").str.contains(SPACED))
            .then(pl.col("digits").str.replace_all(" ", "", literal=True))
            .otherwise(pl.col("digits"))
            .alias("digits"),
            (
                pl.col("sign").is_in(["-", "−", "–"])
                | pl.col("sign2").is_in(["-", "−", "–"])
                | pl.col("open").is_not_null()
            )
            .fill_null(value=False)
            .alias("negative"),
        )
    )
    style = _style(frame["digits"], frame["dash"])
    if style == "none" and plausible is not None:
        style = _style_by_range(frame["digits"], plausible)
    frame = frame.with_columns(_canonical(style, money=money, plausible=plausible).alias("canonical"))
    return frame.with_columns(_trouble().alias("trouble"))


def _style(digits: pl.Series, dash: pl.Series) -> Style:
    """Return the mark before the decimals by the cells that can be read in one way only."""
    sure = pl.DataFrame({"digits": digits, "dash": dash}).filter(
        pl.col("digits").is_not_null() & ~pl.col("digits").str.contains(WHOLE)
    )
    open_to_both = pl.col("digits").str.contains(OPEN_TO_BOTH)
    counts = sure.select(
        *(
            (
                (pl.col("digits").str.contains(GROUPED[style]) | pl.col("digits").str.contains(PLAIN[style]))
                & ~open_to_both
            )
            .sum()
            .alias(style)
            for style in ("comma", "point")
        ),
        (open_to_both & (pl.col("dash").str.slice(0, 1) == ",")).sum().alias("comma-dash"),
    ).row(0, named=True)
    comma, point = counts["comma"] + counts["comma-dash"] > 0, counts["point"] > 0
    if comma and point:
        return "mixed"
    return "comma" if comma else "point" if point else "none"


def _canonical(style: Style, *, money: bool, plausible: tuple[float, float] | None) -> pl.Expr:
    """Return digits as a program writes them (1234567.89), null where they cannot be read."""
    digits = pl.col("digits")
    with_comma = digits.str.replace_all(".", "", literal=True).str.replace_all(",", ".", literal=True)
    with_point = digits.str.replace_all(",", "", literal=True)
    open_to_both = digits.str.contains(OPEN_TO_BOTH)
    thousands = digits.str.replace_all("[.,]", "")
    decimals = digits.str.replace_all(",", ".", literal=True)
    settled = {"comma": with_comma, "point": with_point}.get(style)
    if settled is None:
        settled = thousands if money else _by_range(thousands, decimals, plausible)
    shape = {name: digits.str.contains(GROUPED[name]) | digits.str.contains(PLAIN[name]) for name in ("comma", "point")}
    return (
        pl.when(open_to_both).then(settled).when(shape["comma"]).then(with_comma).when(shape["point"]).then(with_point)
    )


def _style_by_range(digits: pl.Series, plausible: tuple[float, float]) -> Style:
    """Return the mark before the decimals by the cells of which only one reading is plausible, when all agree."""
    open_cells = digits.drop_nulls().filter(digits.drop_nulls().str.contains(OPEN_TO_BOTH))
    large, small = (
        open_cells.str.replace(mark, by).cast(pl.Float64).is_between(*plausible)
        for mark, by in (("[.,]", ""), (",", "."))
    )
    with_comma = open_cells.str.contains(",", literal=True)
    comma = ((small & ~large) & with_comma) | ((large & ~small) & ~with_comma)
    point = ((small & ~large) & ~with_comma) | ((large & ~small) & with_comma)
    if comma.any() == point.any():
        return "none"
    return "comma" if comma.any() else "point"


def _by_range(thousands: pl.Expr, decimals: pl.Expr, plausible: tuple[float, float] | None) -> pl.Expr:
    """Return the one reading that lies in the indicator's plausible range, null when both or none do."""
    if plausible is None:
        return pl.lit(None, dtype=pl.String)
    low, high = plausible
    large, small = (text.cast(pl.Float64, strict=False).is_between(low, high) for text in (thousands, decimals))
    return pl.when(large & ~small).then(thousands).when(small & ~large).then(decimals)


def _signed(value: pl.Expr) -> pl.Expr:
    return pl.when(pl.col("trouble").is_null()).then(pl.when(pl.col("negative")).then(-value).otherwise(value))


def _trouble() -> pl.Expr:
    """Return the code of what is wrong with a text that is neither a number nor a missing mark."""
    half_open = pl.col("open").is_null() != pl.col("close").is_null()
    read = pl.col("canonical").is_not_null() & ~half_open
    return (
        pl.when(pl.col("text").is_null() | pl.col("missing").is_not_null())
        .then(None)
        .when(pl.col("plain").str.starts_with("#"))
        .then(pl.lit("cell-error"))
        .when(pl.col("plain").str.contains(DATE))
        .then(pl.lit("number-is-date"))
        .when(~read & pl.col("digits").str.contains(OPEN_TO_BOTH))
        .then(pl.lit("number-ambiguous"))
        .when(~read & with_digits(pl.col("plain")).str.contains(NUMBER))
        .then(pl.lit("letter-in-number"))
        .when(~read)
        .then(pl.lit("number-unreadable"))
    )


def _missing(texts: pl.DataFrame, number: pl.Series) -> pl.Series:
    """Return why a cell gives no number; null where it gives one."""
    return texts.select(
        pl.when(number.is_not_null() & number.is_not_nan())
        .then(None)
        .when(pl.col("text").is_null())
        .then(pl.lit(Missing.BLANK.value))
        .when(pl.col("trouble").is_not_null())
        .then(pl.lit(Missing.UNREADABLE.value))
        .otherwise(pl.col("missing"))
    ).to_series()


def _mended(texts: pl.DataFrame) -> tuple[tuple[str, pl.Series], ...]:
    """Return which cells were read although they are no plain numbers, by the code of the repair."""
    fine = pl.col("trouble").is_null() & pl.col("digits").is_not_null()
    kinds = texts.select(
        (fine & pl.col("digits").str.contains(MARKED)).alias("number-marks"),
        (fine & pl.any_horizontal(pl.col("rp", "outer", "dash").is_not_null())).alias("currency-mark"),
        (fine & pl.col("percent").is_not_null()).alias("percent-mark"),
        (fine & pl.col("open").is_not_null()).alias("negative-in-brackets"),
        (fine & pl.any_horizontal(pl.col("note", "starred").is_not_null())).alias("footnote-mark"),
    )
    return tuple(
        (code, touched)
        for code in ("number-marks", "currency-mark", "percent-mark", "negative-in-brackets", "footnote-mark")
        if (touched := kinds[code].fill_null(value=False)).any()
    )


def _shown_numbers(column: Column, *, in_percent: bool) -> tuple[pl.Series, pl.Series | None]:
    """Return numeric cells as they are shown: 0.1038 in percent format is 10.38 percent."""
    if column.percent is None or not in_percent:
        return column.number, None
    shown = column.percent & column.number.is_not_null()
    as_percent = (column.number * 100).round(PLACES_MOST)
    return pl.select(pl.when(shown).then(as_percent).otherwise(column.number)).to_series(), shown


def _sen_of_texts(texts: pl.DataFrame, zeros: int) -> pl.Series:
    """Return sen of texts; the fraction's first digits are whole rupiah where the column leaves zeros away."""
    places = SEN_PLACES + zeros
    digits, fraction = rf"^([0-9]{{1,{MOST_DIGITS - zeros}}})(?:\.|$)", rf"\.([0-9]{{1,{places}}})"
    whole = pl.col("canonical").str.extract(digits).cast(pl.Int64)
    part = pl.col("canonical").str.extract(fraction).fill_null("").str.pad_end(places, "0").cast(pl.Int64)
    return texts.select(_signed(whole * 10**places + part)).to_series()


def _money_trouble(texts: pl.DataFrame, zeros: int) -> pl.Series:
    return texts.select(
        pl.when(pl.col("trouble").is_not_null())
        .then(pl.col("trouble"))
        .when(pl.col("percent").is_not_null())
        .then(pl.lit("number-unreadable"))
        .when(pl.col("canonical").str.contains(rf"^[0-9]{{{MOST_DIGITS - zeros + 1},}}"))
        .then(pl.lit("amount-too-large"))
        .when(pl.col("canonical").str.contains(rf"\.[0-9]{{{SEN_PLACES + zeros}}}[0-9]*[1-9]"))
        .then(pl.lit("amount-finer-than-sen"))
    ).to_series()


def _sen_of_numbers(number: pl.Series, zeros: int) -> tuple[pl.Series, pl.Series]:
    """Return sen of floating cells: the whole part is exact below 2⁵³, the rest must lie at a whole sen."""
    sen_of_one = 10 ** (SEN_PLACES + zeros)
    below = EXACT_BELOW * SEN_PER_RUPIAH / sen_of_one
    frame = pl.DataFrame({"number": number}).with_columns(
        pl.col("number").is_finite().alias("finite"), (pl.col("number").abs() < below).alias("exact")
    )
    inside = pl.when(pl.col("finite") & pl.col("exact")).then(pl.col("number"))
    frame = frame.with_columns(inside.cast(pl.Int64).alias("whole"))
    part = (inside - pl.col("whole")) * sen_of_one
    # A float of this size lies within half a step of 2**-52 of its size from what was typed.
    off = (part - part.round()).abs() > 1e-4 + inside.abs() * 2.0**-52 * sen_of_one
    answer = frame.select(
        (pl.col("whole") * sen_of_one + part.round().cast(pl.Int64)).alias("sen"),
        pl.when(~pl.col("finite"))
        .then(pl.lit("number-unreadable"))
        .when(~pl.col("exact"))
        .then(pl.lit("amount-too-large"))
        .when(off)
        .then(pl.lit("amount-finer-than-sen"))
        .alias("trouble"),
    )
    return answer["sen"], answer["trouble"]


def _where(mask: pl.Series, code: str, otherwise: pl.Series) -> pl.Series:
    return pl.select(pl.when(mask).then(pl.lit(code)).otherwise(otherwise)).to_series()
