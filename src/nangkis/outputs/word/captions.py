"""Numbers of tables and pictures: chapter and place in it, kept by Word's own fields so that they renumber on edit."""

from __future__ import annotations

from dataclasses import dataclass, field

from nangkis.content.sentences import Sentence, spoken
from nangkis.outputs.captions import CaptionNumbers
from nangkis.outputs.word.controls import Pen
from nangkis.outputs.word.fields import field_runs
from nangkis.outputs.word.xml import element, paragraph, run
from nangkis.outputs.xml_tree import Element


@dataclass(frozen=True)
class Entry:
    """A line of a list of contents: its depth from 1, its text and the bookmark that it leads to."""

    level: int
    text: str
    bookmark: str


@dataclass
class Captions:
    """Writes captions, and remembers what the lists of contents will say."""

    pen: Pen
    numbers: CaptionNumbers = field(default_factory=CaptionNumbers)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)

    def caption(self, word: str, title: Sentence, *, above: bool, keeps_next: bool = True) -> Element:
        """Return the caption of the chapter's next table or picture; ``word`` is ``Tabel`` or ``Gambar``.

        ``above`` is its place; a caption that ``keeps_next`` stays on the page of what follows it.
        """
        before, number = self.numbers.next_parts(word)
        entries = self.entries.setdefault(word, [])
        bookmark = f"_Toc_{word}_{next(self.pen.ids)}"
        entries.append(Entry(1, f"{before}{number}  {spoken(title, self.pen.language)}", bookmark))
        # Word restarts with \s at a heading, LibreOffice only with \r: so the first of a chapter says its number.
        restart = "" if self.last.get(word) == number - 1 else f" \\r {number}"
        self.last[word] = number
        counter = field_runs(f"SEQ {word} \\* ARABIC{restart}", str(number))
        content = (run(before), *counter, run("  "), *self.pen.write(title))
        kept = (element("keepNext", val=int(keeps_next)), element("keepLines"))
        properties = kept if above else (*kept, element("spacing", before=60, after=40))
        return paragraph("Caption", *self.pen.bookmark(bookmark, *content), properties=properties)
