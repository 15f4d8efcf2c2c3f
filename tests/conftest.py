"""What several kinds of tests share: the folder of real data, and programs that may be absent."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings


ROOT = Path(__file__).parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"

# On a busy machine any example may take longer than Hypothesis allows one, which says nothing of the code.
settings.register_profile("nangkis", deadline=None)
settings.load_profile("nangkis")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the checkout; the test is skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real data (shared/data beside the checkout) is not here")
    return SHARED_DATA


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice; the test is skipped where it is not installed."""
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice is not installed: make system-packages")
    return found


@pytest.fixture(scope="session")
def pdftoppm() -> str:
    """The reader that turns PDF pages into pictures; the test is skipped where it is not installed."""
    found = shutil.which("pdftoppm")
    if found is None:
        pytest.skip("poppler-utils is not installed: make system-packages")
    return found
