"""The pages of the notebooks as Voila shows them: what is left out, what they are called, their language."""

from pathlib import PurePosixPath

from segkit.words import ENGLISH, languages

FIRST = "00-start-here"  # a folder with this notebook is a folder of ours


def prepared(notebook):
    """A notebook as people see it who run no cells: without those tagged "lab", called after its heading.

    Changes the notebook node it is given, and gives it back.
    """
    notebook.cells = [cell for cell in notebook.cells if "lab" not in cell.metadata.get("tags", [])]
    first = notebook.cells[0].source.splitlines()[:1] if notebook.cells else []
    if first and first[0].startswith("# "):
        notebook.metadata.setdefault("title", first[0].removeprefix("# "))
    return notebook


def language_of(path: str | None) -> str:
    """The language of a page, from the folder it lies in.

    >>> language_of("notebooks/it/unit-2-1-definition.ipynb"), language_of("unit-2-1-definition.ipynb")
    ('it', 'en')
    """
    folders = PurePosixPath(path or "").parts
    return next((part for part in reversed(folders) if part in languages()), ENGLISH)
