"""Other languages on the page: Italian wherever one looks, and a board in Japanese without a line of code."""

import importlib.util
import json
import re
import subprocess
from pathlib import Path

import pytest

from segkit.words import say, translated, words
from segkit.words.en import WORDS

ROOT = Path(__file__).parents[2]
KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
LANG = "() => document.documentElement.lang"
WIDER = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
# What a widget says to eye and ear, piece by piece.
SAID = """(root) => {
  const said = [];
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walk.nextNode())
    if (!walk.currentNode.parentElement.closest("style, script")) said.push(walk.currentNode.data);
  for (const node of [root, ...root.querySelectorAll("*")])
    for (const name of ["aria-label", "aria-valuetext", "aria-description", "title", "placeholder", "alt"])
      if (node.getAttribute(name)) said.push(node.getAttribute(name));
  return said.map((text) => text.trim()).filter(Boolean);
}"""
# Whatever is seen and reaches beyond the widget, or is cut off in it.
SPILT = """(root) => {
  const edge = root.getBoundingClientRect(), aside = "[hidden], .segkit-parable-hidden, canvas, svg";
  return [...root.querySelectorAll("*")].filter((node) => {
    if (node.closest(aside) || !node.getClientRects().length) return false;
    const box = node.getBoundingClientRect(), { display } = getComputedStyle(node);
    const cut = !node.children.length && node.scrollWidth > node.clientWidth + 1 && display !== "inline";
    return box.right > edge.right + 1 || box.left < edge.left - 1 || cut;
  }).map((node) => `${node.tagName}.${node.className}: ${node.textContent.slice(0, 40)}`);
}"""


def into_view(locator):
    locator.first.wait_for(state="attached")
    locator.first.scroll_into_view_if_needed()
    return locator.first


# --- Italian


def test_the_bar_leads_to_the_same_page_in_italian_and_back(page, open_voila):
    open_voila(page, "glossary")
    assert page.evaluate(LANG) == "en"
    page.get_by_role("link", name="Italiano").click()
    page.wait_for_url("**/notebooks/it/glossary.ipynb*")
    page.get_by_role("heading", name="Glossario", level=1).wait_for()
    assert page.evaluate(LANG) == "it"
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/notebooks/glossary.ipynb*")
    page.get_by_role("heading", name="Glossary", level=1).wait_for()


def test_in_jupyterlab_a_line_leads_to_the_same_page_in_italian(page, open_lab):
    open_lab(page, "glossary")
    page.get_by_role("link", name="Italiano").click()
    page.get_by_role("heading", name="Glossario", level=1).wait_for()


def english_in(said: list[str], lang: str) -> list[str]:
    """What is said in English though it has been translated."""
    there = words(lang)
    other = {text for key, text in WORDS.items() if there[key] != text} - set(there.values())
    names = {"local"}  # a town's files call a group so
    return [text for text in said if text in other - names]


def test_every_kind_of_widget_of_an_italian_unit_speaks_italian(page, open_voila):
    open_voila(page, "unit-2-1-definition", "notebooks/it")
    assert page.evaluate(LANG) == "it"
    for kind in ("parable", "quiz", "guess", "tipping"):
        root = into_view(page.locator(f"[data-segkit={kind}]"))
        assert root.get_attribute("lang") == "it"
        assert english_in(root.evaluate(SAID), "it") == []
    page.get_by_role("button", name=say("parable.view.run", "it"), exact=True).first.wait_for()
    into_view(page.locator("[data-segkit-id=quiz-merge] button")).click()
    film = into_view(page.locator("[data-segkit=film]"))
    assert film.get_attribute("lang") == "it" and english_in(film.evaluate(SAID), "it") == []


@pytest.mark.parametrize("tool", ["voila", "lab"])
def test_widgets_of_every_kind_say_in_which_language_they_speak(page, open_voila, open_lab, notebook, tool):
    kinds = {
        "parable": "sk.Parable(size=6)",
        "tipping": "sk.Tipping()",
        "quiz": 'sk.ask("start_uneven")',
        "guess": 'sk.ask("def_concentration")',
        "film": "sk.Film(lessons.merge())",
        "calculator": "sk.Calculator()",
        "alive": "sk.Alive()",
        "progress": "sk.Progress()",
        "studio": "sk.Studio()",
        "intake": "sk.Intake()",
    }
    begin = ['import segkit as sk\nfrom segkit import lessons\n\nsk.speak("it")']
    notebook("it/kinds", "# Una pagina", begin, *([code] for code in kinds.values()))
    {"voila": open_voila, "lab": open_lab}[tool](page, "kinds", "notebooks/it")
    for kind in kinds:
        root = into_view(page.locator(f"[data-segkit={kind}]"))
        assert root.get_attribute("lang") == "it", kind
        assert english_in(root.evaluate(SAID), "it") == [], kind


@pytest.mark.parametrize("tool", ["voila", "lab"])
def test_a_paragraph_that_is_not_translated_is_marked_as_english(page, open_voila, open_lab, server, tool):
    spec = importlib.util.spec_from_file_location("segkit_tools_words", ROOT / "tools/words.py")
    spec.loader.exec_module(tool_of := importlib.util.module_from_spec(spec))
    english = json.loads((ROOT / "notebooks/glossary.ipynb").read_text("utf-8"))
    english["cells"] = [
        {
            "cell_type": "markdown",
            "id": "a",
            "metadata": {},
            "source": ["# Half\n\nFirst.\n\nSecond.\n\n## Third\n"],
        },
        {"cell_type": "code", "id": "b", "metadata": {}, "outputs": [], "execution_count": None}
        | {"source": ["import segkit as sk\n"]},
    ]
    half = tool_of.in_language(english, {"Half": "Metà", "First.": "Primo."}, "it", "")
    path = server.root / "notebooks/it/half.ipynb"
    path.write_text(tool_of.written(half), "utf-8")
    try:
        {"voila": open_voila, "lab": open_lab}[tool](page, "half", "notebooks/it")
        page.get_by_role("heading", name="Metà").wait_for()
        marked = "(node) => node.closest('[lang]')?.lang ?? ''"
        assert page.get_by_role("paragraph").filter(has_text="Second.").evaluate(marked) == "en"
        assert page.get_by_role("heading", name="Third").locator("span").first.evaluate(marked) == "en"
        first = page.get_by_role("paragraph").filter(has_text="Primo.")
        assert tool == "lab" or first.evaluate(marked) == "it"  # Lab's own page is in English
    finally:
        path.unlink()


# --- Japanese: a file of words, and nothing else


def test_japanese_stands_in_one_file_of_words_and_in_no_code():
    listed = subprocess.run(
        ["git", "ls-files", "segkit", "jupyter", "tools"], cwd=ROOT, capture_output=True, text=True
    )
    files = [ROOT / name for name in listed.stdout.splitlines()]
    texts = {
        file: file.read_text("utf-8")
        for file in files
        if file.suffix in {".py", ".js", ".css", ".po", ".html"}
    }
    assert [file.name for file, text in texts.items() if KANA.search(text)] == ["ja.po"]


def test_the_words_of_a_board_are_there_in_japanese():
    asked = {key for key in WORDS if key.startswith("parable.")}
    missing = asked - translated("ja").keys()
    assert len(missing) < 0.05 * len(asked), sorted(missing)


def latin(said: list[str]) -> list[str]:
    """Pieces with a word in Latin letters, but for the keys of a keyboard and the names of indices."""
    left = [
        re.sub(r"\b(Enter|Escape|Esc|Home|End|[A-Z])\b|segkit: .*", "", text, flags=re.ASCII) for text in said
    ]
    return [text for text in left if re.search("[A-Za-z]{2}", text)]


@pytest.fixture
def japanese(page, open_voila, open_lab, notebook):
    """japanese("voila", 390): a page with a board in Japanese, so wide; its root."""

    def opened(tool, width, code="sk.Parable(size=10, seed=3)"):
        page.set_viewport_size({"width": width, "height": 900})
        notebook(
            "japanese",
            "# 図形の町",
            [f'import segkit as sk\nfrom segkit import parables\n\nsk.speak("ja")\n{code}'],
        )
        {"voila": open_voila, "lab": open_lab}[tool](page, "japanese")
        if tool == "lab" and width < 600:  # Lab's list of files would leave no room
            page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
        root = into_view(page.locator("[data-segkit=parable]"))
        root.locator(".segkit-parable-board[aria-label]").wait_for()
        return root

    return opened


@pytest.mark.parametrize("tool, width", [("voila", 1280), ("voila", 390), ("lab", 1280), ("lab", 390)])
def test_a_board_in_japanese_says_everything_in_japanese_and_fits(page, japanese, screenshot, tool, width):
    root = japanese(tool, width)
    assert root.get_attribute("lang") == "ja"
    run = root.get_by_role("button", name="動かす", exact=True)
    run.click()
    root.get_by_text("落ち着きました").first.wait_for()
    root.get_by_text(
        re.compile(
            r"^\d+回の移動で落ち着きました。不満な図形はありません。不満 \d+ → 0；同じ形の隣の割合 0\.\d\d"
        )
    ).wait_for()
    root.get_by_role("button", name="共有").click()
    root.get_by_text("この1行で").wait_for()
    assert latin(root.evaluate(SAID)) == []
    assert root.evaluate(SPILT) == []
    if tool == "voila":
        assert not page.evaluate(WIDER)
    screenshot(page, f"japanese-{tool}")


def test_a_blind_reader_hears_japanese(page, japanese):
    root = japanese("voila", 1280)
    board = root.get_by_role("application", name="10行10列の盤")
    board.focus()
    said = root.locator(".segkit-parable-box [aria-live]")
    page.keyboard.press("Home")
    said.get_by_text(re.compile(r"^\d+行1列")).wait_for()
    page.keyboard.press("r")
    said.get_by_text(re.compile(r"^\d+行目：.*；.*。$")).wait_for()
    page.keyboard.press("u")
    page.keyboard.press("Enter")
    said.get_by_text("持ち上げました").wait_for()
    page.keyboard.press("Escape")
    said.get_by_text("元に戻しました。").wait_for()


def test_large_numbers_and_morals_are_written_as_in_japan(page, japanese):
    root = japanese("voila", 1280, "sk.Parable(parables.settle())")
    root.get_by_role("button", name="動かす", exact=True).click()
    moral = root.get_by_role("status").filter(has_text="みんなが満足しました")
    moral.wait_for()
    assert re.match(
        r"^\d+回の移動で、みんなが満足しました。隣のうち同じ形は、今は平均\d+%、はじめは\d+%でした。",
        moral.inner_text(),
    )
