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


KINDS = {
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
JAPANESE = """import segkit as sk
from segkit import parables

sk.speak("ja")
sk.Parable(size=10, seed=3)"""
LAPTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 900}
TURN_TO = """async (path) => {
  const panel = await window.jupyterapp.commands.execute('docmanager:open', { path, factory: 'Notebook' });
  await panel.context.ready;
  await panel.sessionContext.ready;
}"""
RUN = "() => window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => {})"


def cell(text, kind="code"):
    made = {"cell_type": kind, "id": str(abs(hash(text))), "metadata": {}, "source": [text]}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


@pytest.fixture(scope="module")
def half(server):
    """A page half translated, with widgets of every kind."""
    spec = importlib.util.spec_from_file_location("segkit_tools_words", ROOT / "tools/words.py")
    spec.loader.exec_module(tool_of := importlib.util.module_from_spec(spec))
    english = json.loads((ROOT / "notebooks/glossary.ipynb").read_text("utf-8"))
    codes = ["import segkit as sk\nfrom segkit import lessons", *KINDS.values()]
    english["cells"] = [cell("# Half\n\nFirst.\n\nSecond.\n\n## Third\n", "markdown"), *map(cell, codes)]
    made = tool_of.in_language(english, {"Half": "Metà", "First.": "Primo."}, "it", "")
    path = server.root / "notebooks/it/half.ipynb"
    path.write_text(tool_of.written(made), "utf-8")
    yield path.stem
    path.unlink()


@pytest.fixture(scope="module", params=["voila", "lab"])
def tool(request):
    return request.param


@pytest.fixture(scope="module")
def lab(lasting_page, open_lab, half):
    page = lasting_page()
    open_lab(page, half, "notebooks/it")
    return page


@pytest.fixture(scope="module")
def opened(tool, lasting_page, open_voila, half, request):
    if tool == "lab":
        return request.getfixturevalue("lab")
    return open_voila(lasting_page(), half, "notebooks/it")


@pytest.fixture
def shown(opened, tool, half):
    """The page half translated, in front."""
    if tool == "lab":
        opened.evaluate(TURN_TO, f"notebooks/it/{half}.ipynb")
    return opened


in_lab = pytest.mark.parametrize("tool", ["lab"], indirect=True)
in_voila = pytest.mark.parametrize("tool", ["voila"], indirect=True)


@in_lab
def test_in_jupyterlab_a_line_leads_to_the_same_page_in_italian(shown):
    shown.evaluate(TURN_TO, "notebooks/glossary.ipynb")
    shown.get_by_role("link", name="Italiano").click()
    shown.get_by_role("heading", name="Glossario", level=1).wait_for()


def test_widgets_of_every_kind_say_in_which_language_they_speak(shown):
    for kind in KINDS:
        root = into_view(shown.locator(f"[data-segkit={kind}]"))
        assert root.get_attribute("lang") == "it", kind
        assert english_in(root.evaluate(SAID), "it") == [], kind


def test_a_paragraph_that_is_not_translated_is_marked_as_english(shown, tool):
    shown.get_by_role("heading", name="Metà").wait_for()
    marked = "(node) => node.closest('[lang]')?.lang ?? ''"
    assert shown.get_by_role("paragraph").filter(has_text="Second.").evaluate(marked) == "en"
    assert shown.get_by_role("heading", name="Third").locator("span").first.evaluate(marked) == "en"
    first = shown.get_by_role("paragraph").filter(has_text="Primo.")
    assert tool == "lab" or first.evaluate(marked) == "it"  # Lab's own page is in English


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


@pytest.fixture(scope="module")
def town(lasting_notebook):
    """A page with two boards in Japanese."""
    return lasting_notebook("japanese", "# 図形の町", [JAPANESE], ["sk.Parable(parables.settle())"])


@pytest.fixture(scope="module")
def boards(tool, lasting_page, open_voila, town, request):
    if tool == "voila":
        return open_voila(lasting_page(), town)
    page = request.getfixturevalue("lab")
    page.evaluate(TURN_TO, f"notebooks/{town}.ipynb")
    page.evaluate(RUN)
    return page


@pytest.fixture
def japanese(boards, tool, town):
    """The boards in Japanese, in front; what was opened is closed, what was played begins again."""
    if tool == "lab":
        boards.evaluate(TURN_TO, f"notebooks/{town}.ipynb")
    yield boards
    boards.set_viewport_size(LAPTOP)
    for shut in boards.locator("[lang=ja] .segkit-parable-close:visible").all():
        shut.click()
    for root in boards.locator("[data-segkit=parable][lang=ja]").all():
        root.evaluate("(root) => root.dispatchEvent(new CustomEvent('segkit:reset'))")


def board(page, which=0):
    root = into_view(page.locator("[data-segkit=parable][lang=ja]").nth(which))
    root.locator(".segkit-parable-board[aria-label]").wait_for()
    return root


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_board_in_japanese_says_everything_in_japanese_and_fits(japanese, tool, screenshot, size):
    japanese.set_viewport_size(size)
    narrow = tool == "lab" and size is PHONE  # Lab's list of files would leave no room
    if narrow:
        japanese.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
    root = board(japanese)
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
        assert not japanese.evaluate(WIDER)
    screenshot(japanese, f"japanese-{tool}")
    if narrow:
        japanese.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")


@in_voila
def test_a_blind_reader_hears_japanese(japanese):
    root = board(japanese)
    root.get_by_role("application", name="10行10列の盤").focus()
    said = root.locator(".segkit-parable-box [aria-live]")
    japanese.keyboard.press("Home")
    said.get_by_text(re.compile(r"^\d+行1列")).wait_for()
    japanese.keyboard.press("r")
    said.get_by_text(re.compile(r"^\d+行目：.*；.*。$")).wait_for()
    japanese.keyboard.press("u")
    japanese.keyboard.press("Enter")
    said.get_by_text("持ち上げました").wait_for()
    japanese.keyboard.press("Escape")
    said.get_by_text("元に戻しました。").wait_for()


@in_voila
def test_large_numbers_and_morals_are_written_as_in_japan(japanese):
    root = board(japanese, 1)
    root.get_by_role("button", name="動かす", exact=True).click()
    moral = root.get_by_role("status").filter(has_text="みんなが満足しました")
    moral.wait_for()
    assert re.match(
        r"^\d+回の移動で、みんなが満足しました。隣のうち同じ形は、今は平均\d+%、はじめは\d+%でした。",
        moral.inner_text(),
    )
