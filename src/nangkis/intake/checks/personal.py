"""Personal data stops at the door: names and numbers of people and families, and phones. None of them is ever shown."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.limits import Limits
from nangkis.intake.repairs.places import names_regions
from nangkis.intake.repairs.texts import ODD_SPACES
from nangkis.vocabulary.refusals import FileRefused
from nangkis.vocabulary.sources import cell_at


class PersonalDataFound(FileRefused):
    """A file holds names or numbers of people or families, or their phones; no sheet of it is taken in."""


# Sixteen digits: region of registration, then a day (women: plus forty), month and year, then a serial number. Hashes
# and identifiers hold such runs between letters, and decimals after a digit and its point or comma, so only a few words
# may touch them. People part the digits by spaces of every kind, points and hyphens, in groups of four or by meaning.
BEFORE, AFTER = r"(?:^|[^0-9A-Za-z.,]|(?:^|[^0-9])[.,]|(?i:nik|kk|no)\.?)", r"(?:[^0-9A-Za-z]|$)"
GAP = rf"[{ODD_SPACES} .-]"
BIRTH = r"(?:[04][1-9]|[1256][0-9]|[37][01])(?:0[1-9]|1[0-2])"
IDENTITY = rf"{BEFORE}[1-9][0-9]{{5}}{BIRTH}[0-9]{{6}}{AFTER}"
IN_FOURS = rf"{BEFORE}[1-9][0-9]{{3}}(?:{GAP}[0-9]{{4}}){{3}}{AFTER}"
BY_MEANING = rf"{BEFORE}[1-9][0-9]{GAP}?[0-9]{{2}}{GAP}?[0-9]{{2}}{GAP}{BIRTH}[0-9]{{2}}{GAP}[0-9]{{4}}{AFTER}"
# Without a plus, 62 begins amounts too: it must be as long as no line of a budget, or parted as a phone's number is.
COUNTRY = rf"(?:\+62{GAP}?|62[{ODD_SPACES} -]|0)"
GROUPS = rf"8[1-9][0-9]{{1,2}}\)?{GAP}?[0-9]{{3,4}}{GAP}?[0-9]{{3,5}}"
PHONE = (
    rf"{BEFORE}(?:\(?{COUNTRY}\)?[{ODD_SPACES} -]?{GROUPS}|628[1-9][0-9]{{9,10}})(?:[^0-9A-Za-z.,]|[.,](?:[^0-9]|$)|$)"
)
EITHER = "|".join(f"(?:{pattern})" for pattern in (IDENTITY, IN_FOURS, BY_MEANING, PHONE))
SIXTEEN_DIGITS = (1e15, 1e16)
# No one can tell a person's name from another word: the header of its column says so. Offices, groups and places have
# full names too, and grants have receivers that are institutions. Below a signature stands a civil servant's number.
GAPS_OF_HEADERS = r"[\s_./\\-]+"
PERSON = (
    r"kepala ?(?:keluarga|rumah ?tangga|ruta)|kk|krt|art|anggota|individu|orang|warga|penduduk|ibu|ayah|bapak"
    r"|orang ?tua|suami|istri|isteri|anak|balita|bayi|lansia|siswa|murid|pasien|responden|peserta|pemilik|panggilan"
    r"|(?:calon ?)?penerima|lengkap|kpm|pmks|ppks|(?:sesuai ?)?ktp|sesuai ?kk"
)
HEAD_OF_HOUSEHOLD = r"household head|head of (?:the )?(?:household|family)"
NAMES_OF_PEOPLE = (
    rf"^(?:daftar )?nama ?(?:{PERSON})(?:\W.*)?$"
    rf"|^(?:full ?name|(?:name of )?(?:the )?(?:{HEAD_OF_HOUSEHOLD}|beneficiary|recipient)(?: name)?)$"
)
INSTITUTIONS = (
    r"nama ?(?:lengkap|(?:calon ?)?penerima)\b.*"
    r"\b(?:hibah|lembaga|instansi|organisasi|kelompok|opd|skpd|unit|dinas|badan|program|wilayah|daerah)\b"
)
# Of a header of two rows the first; alone it is that of places too, unless what only people have stands beside it.
BARE_NAME = r"^(?:nama|name)\W*$"
ONLY_PEOPLE = (
    r"^(?:jenis kelamin|jk|l ?p|kelamin|umur|usia|tempat\W*(?:tgl|tanggal)\W*lahir|ttl|t(?:gl|anggal)\W*lahir"
    r"|alamat(?: lengkap| rumah| domisili)?|nik|(?:no|nomor)\W*(?:kk|ktp|rekening|kks|bpjs)|desil"
    r"|status (?:per)?kawinan|hubungan (?:dengan )?(?:kepala )?keluarga|sex|gender|age|address|date of birth)"
    r"(?: ?\([^)]*\))?\W*$"
)
RECEIVERS = r"(?:daftar (?:nama )?(?:calon )?(?:penerima|kpm)|by name by address|\bbnba\b)"
INSTITUTION_OR_PLACE = (
    r"^(?i:(?:sd|sdn|mi|min|smp|smpn|mts|mtsn|sma|sman|smk|smkn|ma|man|tk|paud|sekolah|universitas|puskesmas|pustu"
    r"|posyandu|polindes|klinik|rs|rsud|rumah sakit|dinas|badan|kantor|pt|cv|ud|koperasi|kelompok|bumdes|pasar|masjid"
    r"|yayasan|panti|lembaga|lks|desa|kelurahan|kecamatan|distrik|kabupaten|kab|kota)\b)"
)
NAME = r"\p{L}{2}"
NO_NAME = r"^(?i:nip\b|n/?a\.?$|null$|nihil$)"


def holds_personal_number(text: str) -> bool:
    """Say whether a text holds the number of a person or family, or a phone."""
    return bool(pl.Series([text], dtype=pl.String).str.contains(EITHER).any())


def refuse_personal_data(sheets: Iterable[Sheet], limits: Limits) -> None:
    """Raise PersonalDataFound, with the cells and never their content, when any sheet holds personal numbers or names.

    Hidden sheets too: the lake keeps a file whole, so one table of it would bring all its sheets in.
    """
    for sheet in sheets:
        _refuse_sheet(sheet, limits)


def _refuse_sheet(sheet: Sheet, limits: Limits) -> None:
    in_comments = int(pl.Series(sheet.comments, dtype=pl.String).str.contains(EITHER).sum())
    if in_comments:
        raise PersonalDataFound("personal-data-in-comments", file=sheet.file, count=in_comments)
    for column in sheet.columns:
        found = _found(column)
        if found.any():
            at = sheet.at(column.letter, sheet.rows.filter(found).to_list(), most=limits.addresses)
            raise PersonalDataFound("personal-data", file=sheet.file, sheet=sheet.name, at=at, count=int(found.sum()))
    for column in sheet.columns:
        _refuse_names(sheet, column)


def _refuse_names(sheet: Sheet, column: Column) -> None:
    """Refuse the sheet when a header of people's names stands in a column, with words in some cell below it."""
    for index, header in (*_headers_of_names(column), *_bare_headers(sheet, column)):
        below = column.text.slice(index + 1)
        names = below.str.contains(NAME) & ~below.str.contains(NO_NAME)
        if names.any():
            at = cell_at(sheet.name, column.letter, int(sheet.rows[index]))
            told = {"file": sheet.file, "sheet": sheet.name, "at": at, "header": header}
            raise PersonalDataFound("personal-names", count=int(names.sum()), **told)


def _headers_of_names(column: Column) -> list[tuple[int, str]]:
    """Return the index and the words of each such header, in one cell or in two, one below the other."""
    plain = _plain(column.words)
    if not (_names_people(plain) | plain.str.contains(BARE_NAME)).any():
        return []
    own = _plain(column.text)
    after_name = own.shift(1).str.contains(BARE_NAME).fill_null(value=False)
    joined = pl.select(pl.when(after_name).then("nama " + own).otherwise(own)).to_series()
    at = _names_people(joined).fill_null(value=False).arg_true()
    return [(index, joined[index]) for index in at.to_list()]


def _bare_headers(sheet: Sheet, column: Column) -> list[tuple[int, str]]:
    """Return each header that says no more than "Nama" where people are listed: by a title, or by other headers."""
    if not _plain(column.words).str.contains(BARE_NAME).any():
        return []
    own = _plain(column.text)
    at = own.str.contains(BARE_NAME).fill_null(value=False).arg_true().to_list()
    listed = [index for index in at if _lists_people(sheet, index) and not _holds_places(column.text.slice(index + 1))]
    return [(index, own[index]) for index in listed]


def _lists_people(sheet: Sheet, index: int) -> bool:
    """Say whether headers in a row, or the one below, are of what only people have, or a title lists receivers."""
    around = [_plain(column.text.slice(index, 2)).str.contains(ONLY_PEOPLE).any() for column in sheet.columns]
    titles = [_plain(column.text.head(index)).str.contains(RECEIVERS).any() for column in sheet.columns]
    return any(around) or any(titles)


def _holds_places(below: pl.Series) -> bool:
    """Say whether most names of a column are those of regions, or begin as those of institutions and places do."""
    names = below.drop_nulls().filter(below.drop_nulls().str.contains(NAME))
    if not len(names):
        return True
    institutions = int(names.str.strip_chars().str.contains(INSTITUTION_OR_PLACE).sum())
    return 2 * institutions >= len(names) or names_regions(names.to_list())


def _names_people(plain: pl.Series) -> pl.Series:
    return plain.str.contains(NAMES_OF_PEOPLE) & ~plain.str.contains(INSTITUTIONS)


def _plain(texts: pl.Series) -> pl.Series:
    return texts.str.to_lowercase().str.replace_all(GAPS_OF_HEADERS, " ").str.strip_chars()


def _found(column: Column) -> pl.Series:
    personal = column.words.filter(column.words.str.contains(EITHER))
    in_text = column.text.is_in(personal.implode()).fill_null(value=False)
    low, high = SIXTEEN_DIGITS
    long_numbers = column.number.is_between(low, high, closed="left").fill_null(value=False)
    if not long_numbers.any():
        return in_text
    digits = column.number.filter(long_numbers).cast(pl.Int64).cast(pl.String)
    spread = in_text.clone()
    return spread.scatter(long_numbers.arg_true(), digits.str.contains(IDENTITY))
