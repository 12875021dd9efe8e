"""Where the data are; the program itself, if it was built."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
SHARED = ROOT.parent / "shared" / "data"


@pytest.fixture
def europe():
    return str(DATA / "europe-1913.csv")


@pytest.fixture
def program():
    """The command line, to compare with: EQUIPOISE, or what cargo built."""
    places = [os.environ.get("EQUIPOISE"), ROOT / "target/release/equipoise"]
    places += [ROOT / "target/debug/equipoise", shutil.which("equipoise")]
    for place in places:
        if place and Path(place).is_file():
            return str(place)
    pytest.skip("the program is not built")


@pytest.fixture
def published():
    """Published data beside the checkout, by a part of the file's name."""

    def find(name: str) -> str:
        found = sorted(SHARED.rglob(name)) if SHARED.is_dir() else []
        if found:
            return str(found[0])
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} is not beside the checkout")
        pytest.skip(f"{name} is not beside the checkout")

    return find
