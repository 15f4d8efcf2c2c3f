"""Write the README's picture: a real page of the plan that the example makes, drawn by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "pictures" / "rpkd.png"


def main() -> int:
    """Draw one page of ``out/``'s document; its number is the first argument."""
    document = next((ROOT / "out").glob("*.docx"))
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(document))
        pdf = Path(folder) / f"{document.stem}.pdf"
        _run("pdftoppm", "-png", "-r", "70", "-f", sys.argv[1], "-l", sys.argv[1], str(pdf), f"{folder}/page")
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(next(Path(folder).glob("page*.png")), PICTURE)
    print(f"written: {PICTURE.relative_to(ROOT)}")
    return 0


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command


if __name__ == "__main__":
    sys.exit(main())
