"""Every tutorial runs from its first cell to its last, in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from built import ROOT
from nbclient import NotebookClient

TUTORIALS = sorted((ROOT / "docs" / "tutorials").glob("*.ipynb"))
SECONDS = 600


def test_there_are_tutorials() -> None:
    assert {path.stem for path in TUTORIALS} >= {
        "first-agreement",
        "adapting-clauses",
        "twelve-organisations",
        "positions",
    }


@pytest.mark.filterwarnings("ignore")  # those of the kernel's libraries are not ours
@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.stem)
def test_a_tutorial_runs(path: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "keep outputs out of the file"
    client = NotebookClient(notebook, timeout=SECONDS, resources={"metadata": {"path": str(tmp_path)}})
    client.execute()
    shown = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.outputs]
    assert len(shown) >= 4
