"""Finds each figure in a text that people and programs have edited, and says what a reader now sees there.

A digit typed beside a control changes the number as much as one typed in it, so what touches a figure belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from lxml import etree

from nangkis.outputs.word.controls import BOOKMARK_NAME, CONTROL_NAME
from nangkis.outputs.word.xml import NAMESPACES, is_on, qualified
from nangkis.outputs.xml_tree import Element


# Deleted or moved away by tracked changes, or the picture of a newer program's drawing: no reader sees it.
_UNSEEN = frozenset(qualified(name) for name in ("w:del", "w:moveFrom", "mc:Fallback"))
_OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands for whatever is in a run and is no text
_WITHOUT_TEXT = frozenset(
    qualified(name) for name in ("rPr", "delText", "lastRenderedPageBreak", "annotationRef", "commentReference")
)
_SIGNS = {
    qualified("noBreakHyphen"): "\N{NON-BREAKING HYPHEN}",
    qualified("softHyphen"): "\N{SOFT HYPHEN}",
    qualified("tab"): "\t",
    qualified("br"): "\n",
    qualified("cr"): "\n",
}
# Characters without width part no two digits for the eye.
_NO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc]")
_MINUS = "\\-\N{MINUS SIGN}\N{NON-BREAKING HYPHEN}"
# "Rp." and "ke-" before a number, and a full stop after it, are no part of it; "0," and "-" are, and so is any digit.
_BEFORE = re.compile(rf"(?:(?<![\w{_MINUS}])[{_MINUS}])?(?:\d[\d.,]*|(?<!\S)[.,])?$")
_AFTER = re.compile(rf"[.,{_MINUS}]*\d(?:[\d.,]*\d)?")
_NEAR = 40  # characters; no printed number is longer
_SYMBOL_FONTS = range(0xF020, 0xF100)  # where such fonts keep the characters from 0x20 on


def figure_texts(body: Element) -> Iterator[tuple[str, str]]:
    """Yield each figure's text in reading order: by the name of its control, else by its bookmark."""
    reader = _Reader()
    walk = etree.iterwalk(body, events=("start", "end"), tag=tuple(_STARTS | _ENDS | dict.fromkeys(_UNSEEN)))
    for event, part in walk:
        tag = str(part.tag)
        if tag in _UNSEEN:
            if event == "start":
                walk.skip_subtree()
            continue
        handle = (_STARTS if event == "start" else _ENDS).get(tag)
        if handle is not None:
            handle(reader, part)
    return reader.texts()


@dataclass
class _Found:
    figure_id: str
    start: int  # of its pieces among all pieces of the text
    end: int | None = None  # None: it goes on to the end of the text
    by_bookmark: bool = False
    replaced: bool = False  # a bookmark of a figure that still has its control
    asks_for_text: bool = False


@dataclass
class _Reader:
    pieces: list[str] = field(default_factory=list)
    found: list[_Found] = field(default_factory=list)
    controls: list[_Found | None] = field(default_factory=list)  # open ones, the innermost last; None: no figure's
    bookmarks: dict[str, _Found] = field(default_factory=dict)  # open ones by their number
    bookmarked: dict[str, list[_Found]] = field(default_factory=dict)  # by figure, since its last control

    def paragraph(self, _: Element) -> None:
        self.pieces.append("\n")

    def run(self, part: Element) -> None:
        if not _is_vanished(part) and (text := "".join(map(_seen, part))):
            self.pieces.append(text)

    def control(self, part: Element) -> None:
        figure_id = _control_id(part)
        if figure_id is None:
            self.controls.append(None)
            return
        for each in self.bookmarked.pop(figure_id, ()):
            each.replaced = each.replaced or each.end is None
        found = _Found(figure_id, len(self.pieces))
        found.asks_for_text = part.find("w:sdtPr/w:showingPlcHdr", NAMESPACES) is not None
        self.controls.append(found)
        self.found.append(found)

    def control_end(self, _: Element) -> None:
        if (found := self.controls.pop()) is not None:
            found.end = len(self.pieces)

    def bookmark(self, part: Element) -> None:
        match = BOOKMARK_NAME.fullmatch(part.get(qualified("name"), ""))
        if match is None:
            return
        entry = _Found(match[1], len(self.pieces), by_bookmark=True)
        entry.replaced = any(each is not None and each.figure_id == match[1] for each in self.controls)
        self.bookmarks[part.get(qualified("id"), "")] = entry
        self.bookmarked.setdefault(match[1], []).append(entry)
        self.found.append(entry)

    def bookmark_end(self, part: Element) -> None:
        entry = self.bookmarks.pop(part.get(qualified("id"), ""), None)
        if entry is not None:
            entry.end = len(self.pieces)

    def texts(self) -> Iterator[tuple[str, str]]:
        # A bookmark without text is what deleting a number leaves behind.
        counted = [each for each in self.found if not each.replaced and not (each.by_bookmark and self._is_empty(each))]
        taken = self._taken(counted)
        for each in counted:
            yield each.figure_id, self._text(each, taken)

    def _text(self, found: _Found, taken: Sequence[bool]) -> str:
        if found.asks_for_text or self._is_empty(found):
            return ""
        # More pieces than this are no number of ours, and overlapping bookmarks could make them very many.
        text = "".join(self.pieces[found.start : self._end(found)][:_NEAR])
        before = self._near(range(found.start - 1, -1, -1), taken)
        after = self._near(range(self._end(found), len(self.pieces)), taken)
        typed_before, typed_after = _BEFORE.search(before), _AFTER.match(after)
        return (typed_before[0] if typed_before else "") + text + (typed_after[0] if typed_after else "")

    def _near(self, places: range, taken: Sequence[bool]) -> str:
        """Return what stands beside a figure, up to a space or another figure, for which a letter stands."""
        back = places.step < 0
        near = ""
        for place in places:
            piece = "x" if taken[place] else _NO_WIDTH.sub("", self.pieces[place])
            near = piece[-_NEAR:] + near if back else near + piece[:_NEAR]
            if taken[place] or len(near) >= _NEAR or any(map(str.isspace, near)):
                break
        return near

    def _taken(self, counted: Sequence[_Found]) -> Sequence[bool]:
        """Say of each piece whether it is in a figure."""
        changes = [0] * (len(self.pieces) + 1)
        for each in counted:
            changes[each.start] += 1
            changes[self._end(each)] -= 1
        return [depth > 0 for depth in accumulate(changes)]

    def _end(self, found: _Found) -> int:
        return len(self.pieces) if found.end is None else found.end

    def _is_empty(self, found: _Found) -> bool:
        return found.start == self._end(found)


_STARTS: dict[str, Callable[[_Reader, Element], None]] = {
    qualified("p"): _Reader.paragraph,
    qualified("r"): _Reader.run,
    qualified("m:r"): _Reader.run,
    qualified("sdt"): _Reader.control,
    qualified("bookmarkStart"): _Reader.bookmark,
    qualified("bookmarkEnd"): _Reader.bookmark_end,
}
_ENDS: dict[str, Callable[[_Reader, Element], None]] = {
    qualified("p"): _Reader.paragraph,
    qualified("sdt"): _Reader.control_end,
}


def _seen(part: Element) -> str:
    """Return what a reader sees of one part of a run."""
    tag = part.tag
    if tag in {qualified("t"), qualified("m:t")}:
        return part.text or ""
    if tag == qualified("sym"):
        return _symbol(part.get(qualified("char"), ""))
    if tag in _WITHOUT_TEXT or not isinstance(tag, str):
        return ""
    return _SIGNS.get(tag, _OBJECT)


def _symbol(code: str) -> str:
    if re.fullmatch("[0-9A-Fa-f]{1,5}", code) is None:
        return _OBJECT
    number = int(code, 16)
    return chr(number - 0xF000 if number in _SYMBOL_FONTS else number)


def _is_vanished(run: Element) -> bool:
    vanish = run.find("w:rPr/w:vanish", NAMESPACES)
    return vanish is not None and is_on(vanish.get(qualified("val"), ""))


def _control_id(control: Element) -> str | None:
    for name in ("alias", "tag"):
        named = control.find(f"w:sdtPr/w:{name}", NAMESPACES)
        match = CONTROL_NAME.fullmatch(named.get(qualified("val"), "")) if named is not None else None
        if match:
            return match[1]
    return None
