"""The child process that sets a PDF: what Typst keeps of a document goes with it, and it may die without harm.

Run as ``python -I -S typst_child.py FOLDER_OF_TYPST FOLDER FONTS DAY MEMORY_BYTES``; it sets ``template.typ`` of FOLDER
as ``document.pdf`` beside it. It ends with 0, or with one of the numbers below and its reason on the error stream.

Within one process Typst keeps what it laid out for some ten documents more, without a call to drop it: the memory of
whoever makes one plan after another would grow by that.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path


FAULT, OUT_OF_MEMORY = 3, 4


def limit_memory(most: int) -> None:
    """Let the operating system refuse memory beyond ``most`` bytes, where it can.

    What is held counts, not what is set aside: Typst's threads set aside more on a machine of many cores.
    """
    try:
        import resource  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def write(folder: Path, fonts: str, day: str) -> int:
    """Set the document with the fonts that it brings and none of the machine's own: a page breaks alike everywhere."""
    import typst  # noqa: PLC0415 - only after memory is limited

    try:
        typst.compile(
            folder / "template.typ",
            output=folder / "document.pdf",
            root=folder,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]),
            package_path=folder / "packages",
            package_cache_path=folder / "packages",
            pdf_standards=["ua-1", "a-3a"],
            timestamp=datetime.fromisoformat(day).replace(tzinfo=UTC),
        )
    except typst.TypstError as error:
        sys.stderr.write(str(error))
        return FAULT
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


if __name__ == "__main__":
    sys.path.append(sys.argv[1])
    limit_memory(int(sys.argv[5]))
    sys.exit(write(Path(sys.argv[2]), sys.argv[3], sys.argv[4]))
