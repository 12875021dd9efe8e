"""The notebooks run from top to bottom."""

from pathlib import Path

import pytest
from conftest import SHARED

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
FOLDER = Path(__file__).resolve().parents[1] / "notebooks"


@pytest.mark.parametrize("name", ["first-hour", "replication", "cluster"])
def test_a_notebook_runs(name, published, monkeypatch):
    # A million places take a quarter of an hour.
    monkeypatch.setenv("EQUIPOISE_PLACES", "4000")
    if name == "replication":
        published("Inter-StateWarData_v4.0.csv")
        monkeypatch.setenv("EQUIPOISE_DATA", str(SHARED))
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    resources = {"metadata": {"path": str(FOLDER)}}
    nbclient.NotebookClient(notebook, timeout=600, resources=resources).execute()
