"""The pages of the notebooks as Voila shows them: what is left out, their names, their language, their front.

>>> [page.name for page in PAGES if page.kind == "unit"][0]
'unit-2-1-definition'
"""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path, PurePosixPath

from segkit.words import ENGLISH, languages, say, words

FIRST = "00-start-here"  # a folder with this notebook is a folder of ours
INSIDE = "notebooks"  # where our folder lies in the repository


@dataclass(frozen=True)
class Page:
    """A notebook on the front page, and the time it takes. What it is called and asks, it says itself."""

    name: str
    kind: str  # "start", "unit" or "studio"
    minutes: int
    sittings: int = 1


PAGES = (
    Page(FIRST, "start", 10),
    Page("unit-2-1-definition", "unit", 300, 10),
    Page("unit-2-2-measuring", "unit", 120, 4),
    Page("unit-2-3-taking-stock", "unit", 180, 5),
    Page("studio", "studio", 60),
)
STUDIO = "studio"  # where the towns are opened
SANDBOX = Page("unit-2-1-definition", "studio", 15)  # a section of it, known by its board:
BOARD = "parables.sandbox()"


# --- a notebook as a page


def prepared(notebook):
    """A notebook as people see it who run no cells: without those tagged "lab", called after its heading.

    Changes the notebook node it is given, and gives it back.
    """
    notebook.cells = [cell for cell in notebook.cells if "lab" not in cell.metadata.get("tags", [])]
    if notebook.cells and (said := heading(notebook.cells[0].source))["title"]:
        notebook.metadata.setdefault("title", said["title"])
    return notebook


def heading(source: str) -> dict[str, str]:
    """The title and the question a notebook begins with, and the language of each where it is marked.

    >>> heading("# The studio\\n\\n**What would move the numbers?**\\n\\nHere is a town.")
    {'title': 'The studio', 'title_lang': '', 'question': 'What would move the numbers?', 'question_lang': ''}
    """
    title = re.match(r"# (.+)", source)
    question = re.search(r'^(<div lang="([\w-]+)">\s+)?\*\*(.+?)\*\*$', source, re.MULTILINE | re.DOTALL)
    marked = title and re.search(r'lang="([\w-]+)"', title[1])
    return {
        "title": unescape(re.sub(r"<[^>]+>", "", title[1])) if title else "",
        "title_lang": marked[1] if marked else "",
        "question": " ".join(question[3].split()) if question else "",
        "question_lang": (question[2] or "") if question else "",
    }


def language_of(path: str | None) -> str:
    """The language of a page, from the folder it lies in.

    >>> language_of("notebooks/it/unit-2-1-definition.ipynb"), language_of("unit-2-1-definition.ipynb")
    ('it', 'en')
    """
    folders = PurePosixPath(path or "").parts
    return next((part for part in reversed(folders) if part in languages()), ENGLISH)


# --- what the bar above a page and the front page need to know


def about(path: str | None, root: str | Path) -> dict:
    """A page among its kin: its name, where it is at home, itself in other languages; a folder's front page.

    `path` is a notebook or a folder as Voila names it, below the folder `root` that is served.
    """
    here, lang = PurePosixPath((path or "").strip("/")), language_of(path)
    is_page = here.suffix == ".ipynb"
    folder = here.parent if is_page else here
    home = folder.parent if folder.name == lang else folder
    if not is_page and not _is_ours(Path(root, home)):
        home = home / INSIDE
    if not _is_ours(Path(root, home)):
        return {"name": here.stem, "home": str(folder), "languages": [], "front": None}
    file = here.name if is_page else ""
    return {
        "name": here.stem if is_page else "",
        "home": _slashed(_in(home, lang)),
        "languages": [
            {"lang": one, "name": name_of(one), "path": _slashed(_in(home, one) / file), "here": one == lang}
            for one in languages()
            if Path(root, _in(home, one), file or f"{FIRST}.ipynb").exists()
        ],
        "front": None if is_page else front(lang, Path(root, home), _slashed(home)),
    }


def front(lang: str, folder: Path, at: str = "") -> dict:
    """The front page of a folder of notebooks, in one language: what there is, what it asks, its time.

    Each entry has the `path` of its page, which begins with `at`; what is not translated leads to English.
    """
    from segkit.samples import RECIPES, title

    def entry(page: Page) -> dict | None:
        for one in (lang, ENGLISH):
            if (file := _in(folder, one) / f"{page.name}.ipynb").exists():
                path = _slashed(_in(PurePosixPath(at), one) / file.name)
                return {"name": page.name, "path": path, "time": time(page, lang), **_read(file)["heading"]}
        return None

    entries = {page: found for page in PAGES if (found := entry(page))}
    known = {page.name for page in PAGES}
    rest = [file.stem for file in sorted(folder.glob("*.ipynb")) if file.stem not in known]
    studios = [found for page, found in entries.items() if page.kind == "studio"]
    if (found := entry(SANDBOX)) and (section := _read(folder / f"{SANDBOX.name}.ipynb")["sandbox"]):
        named = {"title": say("front.sandbox", lang), "question": say("front.sandbox.question", lang)}
        here = {"section": section, "title_lang": "", "question_lang": ""}
        studios.append(found | named | here)
    towns = [
        {"name": name, "title": title(recipe), "about": say(f"sample.{name}.about", lang)}
        for name, recipe in RECIPES.items()
    ]
    return {
        "words": _said("front.", lang),
        "start": next((found for page, found in entries.items() if page.kind == "start"), None),
        "units": [found for page, found in entries.items() if page.kind == "unit"],
        "studios": studios,
        "studio": next((found for page, found in entries.items() if page.name == STUDIO), None),
        "towns": towns,
        "others": [found for name in rest if (found := entry(Page(name, "other", 0)))],
    }


def time(page: Page, lang: str) -> str:
    """How long a page takes, in words; nothing where nobody has measured it.

    >>> time(PAGES[1], "en"), time(SANDBOX, "en")
    ('about 5 hours, or 10 sittings', '15 minutes')
    """
    if page.minutes < 60:
        return say("front.minutes", lang, n=page.minutes) if page.minutes else ""
    if page.minutes == 60:
        return say("front.hour", lang)
    return say("front.hours", lang, hours=page.minutes // 60, sittings=page.sittings)


def name_of(lang: str) -> str:
    """What a language calls itself.

    >>> name_of("it"), name_of("en")
    ('Italiano', 'English')
    """
    from babel import Locale

    name = Locale.parse(lang).get_language_name(lang) or lang
    return name[:1].upper() + name[1:]


def error_words(path: str) -> dict:
    """What a page says that is none (there is no such page, say), in the language of its address."""
    lang = language_of(path)
    return {"lang": lang} | page_words(lang)


def page_words(lang: str) -> dict:
    """The sentences of the page itself, by key, without the `page.` before it.

    `asides` is how a notebook heads what it says to the facilitator, translated or not yet.
    """
    said = _said("page.", lang)
    return said | {"asides": [said["facilitator"], say("page.facilitator", ENGLISH)]}


def _said(room: str, lang: str) -> dict[str, str]:
    return {key.removeprefix(room): text for key, text in words(lang).items() if key.startswith(room)}


def _is_ours(folder: Path) -> bool:
    return (folder / f"{FIRST}.ipynb").exists()


def _in(folder, lang: str):
    return folder if lang == ENGLISH else folder / lang


def _slashed(path: PurePosixPath) -> str:
    return "" if str(path) == "." else str(path)


def _read(file: Path) -> dict:
    return _read_at(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read_at(file: Path, _) -> dict:
    """A notebook's heading, and the number of the section with the sandbox; anew when it has changed."""
    cells = json.loads(file.read_text("utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if "lab" not in cell["metadata"].get("tags", [])]
    sandbox = sections = 0
    for source in sources:
        sections += source.startswith("## ")
        sandbox = sandbox or (BOARD in source and sections)
    return {"heading": heading(sources[0] if sources else ""), "sandbox": int(sandbox)}
