"""The notebooks as they are served: copies without what is only for those who run cells."""

from pathlib import Path

from segkit.pages import prepared
from segkit.words import ENGLISH, languages


def prepare(folder: Path, into: Path) -> list[str]:
    """Copies of a folder's notebooks in every language there is; their paths, as they stand in an address.

    >>> prepare(Path("no-such-folder"), Path("nowhere"))
    []
    """
    import nbformat

    made = []
    for lang in languages():
        inside = "" if lang == ENGLISH else lang
        for path in sorted((folder / inside).glob("*.ipynb")):
            notebook = prepared(nbformat.read(path, as_version=4))
            (into / inside).mkdir(parents=True, exist_ok=True)
            nbformat.write(notebook, into / inside / path.name)
            made.append(str(Path(inside, path.name).as_posix()))
    return made


def chosen(pages: list[str], names: list[str], lang: str) -> list[str]:
    """The pages somebody means by their names, in one language where there is a translation.

    A name is the notebook's, or its beginning; None of `pages` fits: ValueError with the name.

    >>> chosen(["unit-2-1-a.ipynb", "it/unit-2-1-a.ipynb", "studio.ipynb"], ["unit-2-1", "studio"], "it")
    ['it/unit-2-1-a.ipynb', 'studio.ipynb']
    """
    found = []
    for name in names:
        stem = Path(name).name.removesuffix(".ipynb")
        ours = [page for page in pages if Path(page).name.startswith(stem)]
        ours = [page for page in ours if inside(page) == lang] or [page for page in ours if not inside(page)]
        if not ours:
            raise ValueError(name)
        found += [page for page in ours if page not in found]
    return found


def inside(page: str) -> str:
    """The folder a page lies in: "" for English, else its language."""
    folder = Path(page).parent.as_posix()
    return "" if folder == "." else folder
