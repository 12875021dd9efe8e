"""The notebooks run from top to bottom."""

from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
FOLDER = Path(__file__).resolve().parents[1] / "notebooks"


@pytest.mark.parametrize("name", ["first-hour", "replication", "cluster"])
def test_a_notebook_runs(name, published, monkeypatch):
    monkeypatch.setenv("EQUIPOISE_PLACES", "10000")
    if name == "replication":
        monkeypatch.setenv("EQUIPOISE_DATA", str(Path(published("NMC-70-abridged.csv")).parent))
        published("Inter-StateWarData_v4.0.csv")
        monkeypatch.setenv("EQUIPOISE_DATA", str(data_folder()))
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    resources = {"metadata": {"path": str(FOLDER)}}
    nbclient.NotebookClient(notebook, timeout=600, resources=resources).execute()


def data_folder():
    from conftest import SHARED

    return SHARED
