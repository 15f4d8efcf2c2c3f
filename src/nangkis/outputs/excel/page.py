"""How sheets come out of a printer: A4, sideways where asked, one page wide, marked above and numbered below."""

from __future__ import annotations

from nangkis.content.catalogue import Language, template
from nangkis.content.tree import Document
from nangkis.outputs.excel.book import Sheet
from nangkis.outputs.words import BETWEEN, plain, short_title


WAY_BACK = "internal:'{}'!A1"
_A4 = 9
_MOST_LETTERS = 245  # of a page header, which has 255 with its codes
_CUT = "\N{HORIZONTAL ELLIPSIS}"


def set_page(sheet: Sheet, *, landscape: bool) -> None:
    """Set up the paper: one page wide, as many long as it takes."""
    sheet.set_paper(_A4)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.8)
    sheet.hide_gridlines(2)


def edges(document: Document, day: str, language: Language) -> tuple[str, str]:
    """Return Excel's codes for what stands above and below every page; where room lacks, the marking is cut."""
    title = _safe(short_title(document, language), _MOST_LETTERS // 2)
    marking = _safe(BETWEEN.join(plain(each, language) for each in document.marking), _MOST_LETTERS - len(title))
    above = f"{marking}\n{title}" if marking else title
    page = template("outputs.page", language).replace("{page}", "&P").replace("{pages}", "&N")
    as_of = _safe(template("outputs.as-of", language).replace("{day}", day), _MOST_LETTERS // 2)
    # After a size, a digit would belong to it.
    return f"&L&8 {above}", f"&L&8 {as_of}&R&8 {page}"


def _safe(text: str, most: int) -> str:
    """Return a text without codes, of at most so many letters as Excel counts them."""
    kept = text
    while len(kept.replace("&", "&&")) > most:
        kept = kept[:-1]
    return (kept if kept == text else kept[:-1] + _CUT).replace("&", "&&")
