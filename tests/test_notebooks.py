"""Every notebook runs from its first cell to its last, complains of nothing and leaves nothing behind."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
FOLDERS = ("notebooks", "data")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb")) + sorted((ROOT / "notebooks").glob("[a-z]*/*.ipynb"))


def files(root) -> set[Path]:
    inside = [path for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file()]
    found = {path.relative_to(root) for path in inside}
    return {path for path in found if ".ipynb_checkpoints" not in path.parts}


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The notebooks and the data they read, elsewhere: they may not depend on where they lie."""
    root = tmp_path_factory.mktemp("house")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return root


@pytest.mark.parametrize(
    "path", NOTEBOOKS, ids=lambda path: str(path.relative_to(ROOT / "notebooks").with_suffix(""))
)
def test_a_notebook_runs_from_its_first_cell_to_its_last(copy, path):
    notebook = nbformat.read(path, 4)
    nbformat.validate(notebook)
    folder = {"metadata": {"path": str((copy / path.relative_to(ROOT)).parent)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=folder).execute()
    said = [out for cell in notebook.cells for out in cell.get("outputs", []) if out.get("name") == "stderr"]
    assert not said, said[0]["text"]
    assert files(copy) == files(ROOT), "it wrote or removed a file"
