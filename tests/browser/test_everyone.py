"""Every page for everyone: by keyboard, enlarged, without motion, in a system's own colours, and by ear.

What a program can tell of a page as it stands, axe-core tells in `test_axe.py`; here is what shows only when
somebody uses it. The numbers in brackets are the criteria of WCAG 2.2.
"""

import re
from pathlib import Path

import pytest

NOTEBOOKS = sorted(path.stem for path in (Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
LAPTOP = {"width": 1280, "height": 800}


@pytest.fixture(scope="module", params=["", *NOTEBOOKS], ids=lambda name: name or "front")
def shown(request, lasting_page, server, open_voila, unfold):
    """Each page once, with everything open, for all tests one after the other."""
    page = lasting_page()
    if request.param:
        unfold(open_voila(page, request.param))
    else:
        page.goto(f"{server.url}/voila/tree/notebooks")
    yield page
    page.goto("about:blank")


@pytest.fixture
def whole(shown):
    """The page as a laptop shows it, from its beginning; what a test changes is changed back."""
    yield shown
    shown.emulate_media(forced_colors="none", reduced_motion="no-preference")
    shown.set_viewport_size(LAPTOP)


# --- by keyboard

TABBABLE = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
  const radios = new Set();
  return (window.expected = all.filter((node) => {
    if (node.tabIndex < 0 || node.disabled || node.closest("[inert]")) return false;
    if (!node.checkVisibility({ visibilityProperty: true })) return false;
    if (node.type !== "radio") return true;
    const group = [...document.getElementsByName(node.name)].filter((one) => one.form === node.form);
    return group.some((one) => one.checked) ? node.checked : !radios.has(node.name) && radios.add(node.name);
  })).length;
}"""
WATCH = """() => {
  const named = (node) => `${node.tagName} ${node.className} "${node.innerText?.slice(0, 30) ?? ""}"`;
  window.reached = [document.activeElement];
  window.unseen = [];
  window.round = false;
  window.watched?.abort();
  window.watched = new AbortController();
  addEventListener("focusin", ({ target }) => {
    if (window.round ||= reached.slice(0, 2).includes(target)) return; // once through the page
    reached.push(target);
    const box = target.getBoundingClientRect(), style = getComputedStyle(target);
    const x = box.left + box.width / 2, y = box.top + Math.min(box.height, 400) / 2;
    const middle = document.elementFromPoint(x, y);
    const bar = middle?.closest(".segkit-top, .segkit-presenter");
    if (bar && !bar.contains(target) && !target.contains(bar)) unseen.push(`under a bar: ${named(target)}`);
    if (!middle && box.width > 2) unseen.push(`out of sight: ${named(target)}`);
    if (style.outlineStyle === "none" && style.boxShadow === "none") unseen.push(`no sign: ${named(target)}`);
  }, { signal: watched.signal });
  window.missed = (step) => {
    const left = expected.filter((node) => !reached.includes(node) && node.isConnected);
    const places = reached.map((node) => expected.indexOf(node)).filter((place) => place >= 0);
    const back = places.filter((place, k) => k && (place - places[k - 1]) * step < 0);
    const wrong = [...left.map((node) => `never: ${named(node)}`), ...unseen];
    return [...wrong, ...back.map((k) => `out of order: ${named(expected[k])}`)];
  };
}"""


def test_the_keyboard_reaches_everything_in_order_and_sees_where_it_is(whole):
    """No trap (2.1.2), in the order of reading (2.4.3), visible (2.4.7), not under a bar (2.4.11)."""
    whole.evaluate("scrollTo(0, 0)")
    whole.evaluate("document.activeElement.blur()")
    n = whole.evaluate(TABBABLE)
    assert n >= 8
    for key, step in (("Tab", 1), ("Shift+Tab", -1)):
        whole.evaluate(WATCH)
        for k in range(2 * n + 40):  # on its way it may meet what comes and goes
            whole.keyboard.press(key)
            if k > n and whole.evaluate("round"):
                break
        assert whole.evaluate("missed", step) == [], key
        whole.evaluate("expected.at(-1).focus()")


def test_the_keyboard_is_never_under_the_presenters_bar(open_voila, unfold, page):
    unfold(open_voila(page, "00-start-here", rest="?present"))
    page.evaluate(WATCH)
    for _ in range(page.evaluate(TABBABLE) + 5):
        page.keyboard.press("Tab")
    assert page.evaluate("missed", 1) == []


# --- what a page is, for who hears it


def test_a_page_has_a_title_a_language_its_parts_and_headings_without_gaps(whole):
    """2.4.2, 3.1.1, 1.3.1."""
    heads = whole.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6, [role=heading]')]"
        ".filter((head) => head.checkVisibility()).map((head) => [+head.tagName[1], head.innerText])"
    )
    assert [text for level, text in heads if level == 1] == [heads[0][1]]
    jumps = [(one, other) for one, other in zip(heads, heads[1:], strict=False) if other[0] > one[0] + 1]
    assert jumps == []
    assert all(text.strip() for _, text in heads)
    assert heads[0][1].split("·")[0].strip() in whole.title()
    assert whole.evaluate("document.documentElement.lang") == "en"
    assert whole.get_by_role("main").count() == whole.get_by_role("banner").count() == 1
    assert whole.locator("main h1").count() == 1


# --- enlarged

# but for what is only heard, or drawn
CUT = """() => [...document.querySelectorAll("main *, header *")].filter((node) => {
  if (!node.checkVisibility() || !node.innerText?.trim()) return false;
  if (node.clientWidth < 2 || node.closest("svg, select, mjx-container")) return false;
  const { overflowX, overflowY } = getComputedStyle(node);
  const across = /hidden|clip/.test(overflowX) && node.scrollWidth > node.clientWidth + 2;
  return across || (/hidden|clip/.test(overflowY) && node.scrollHeight > node.clientHeight + 2);
}).map((node) => `${node.tagName} ${node.className}: ${node.innerText.slice(0, 40)}`)"""
WIDER = """() => {
  const wide = document.documentElement.clientWidth, reach = document.documentElement.scrollWidth;
  if (reach <= wide) return [];
  const over = (node) => node.checkVisibility() && node.getBoundingClientRect().right > wide + 0.5;
  const found = [...document.querySelectorAll("body *")].filter(over);
  return [reach, ...found.map((node) => `${node.tagName} ${node.className}`).slice(0, 30)];
}"""
SPACED = """* { line-height: 1.5 !important; }
* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""


@pytest.mark.parametrize("width", [320, 640])
def test_a_page_at_four_times_and_at_twice_its_size_is_read_without_scrolling_sideways(whole, width):
    """1.4.10, 1.4.4: a laptop at 400 % is as a window 320 wide, at 200 % as one of 640."""
    whole.set_viewport_size({"width": width, "height": 800})
    whole.wait_for_timeout(600)
    assert whole.evaluate(WIDER) == []


def test_wider_spaced_letters_are_not_cut_off(whole):
    """1.4.12."""
    before = set(whole.evaluate(CUT))
    style = whole.add_style_tag(content=SPACED)
    whole.wait_for_timeout(600)
    try:
        assert sorted(set(whole.evaluate(CUT)) - before) == []
        assert whole.evaluate(WIDER) == []
    finally:
        style.evaluate("node => node.remove()")


# --- other eyes


def test_nothing_moves_by_itself(whole):
    """2.2.2, and for who asks for less motion (2.3.3) nothing is animated at all."""
    pictures = "[...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL())"
    whole.emulate_media(reduced_motion="reduce")
    before = []
    for _ in range(4):  # what is drawn anew for another width comes to rest
        whole.wait_for_timeout(700)
        before, now = whole.evaluate(pictures), before
        if before == now:
            break
    assert before == now
    assert whole.evaluate("document.getAnimations().length") == 0


CHOSEN = """() => {
  const marks = ["aria-pressed", "aria-selected"];
  const names = ["backgroundColor", "color", "borderWidth", "borderStyle", "boxShadow", "textDecorationLine"];
  const look = (node) => names.map((name) => getComputedStyle(node)[name]).join();
  return marks.flatMap((mark) => [...document.querySelectorAll(`[${mark}=true]`)].filter((node) => {
    const others = [...node.parentElement.parentElement.querySelectorAll(`[${mark}=false]`)];
    const alike = others.filter((other) => other.className === node.className && other.checkVisibility());
    return alike.some((other) => look(other) === look(node));
  })).map((node) => `${node.tagName} ${node.className}: ${node.innerText}`);
}"""


def test_in_a_systems_own_colours_what_is_chosen_still_shows(whole):
    """As in the high contrast of Windows, which takes our colours and shadows away."""
    whole.emulate_media(forced_colors="active")
    whole.wait_for_timeout(300)
    assert whole.evaluate(CHOSEN) == []


# --- by ear

HEAR = """(kind) => {
  const root = document.querySelector(`[data-segkit=${kind}]`);
  const said = (window.heard = []);
  window.listening?.disconnect();
  window.listening = new MutationObserver((changes) => changes.forEach(({ target }) => {
    const node = target.nodeType === 1 ? target : target.parentElement;
    const live = node?.closest("[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]");
    if (live?.innerText.trim()) said.push(live.innerText.trim());
  }));
  window.listening.observe(root, { subtree: true, childList: true, characterData: true });
}"""


def press(*names):
    return lambda root: [root.get_by_role("button", name=name).first.click() for name in names]


# What one does, and what one then hears: the outcome, not only that something was done.
SAID = {
    "parable": ("sk.Parable(size=6, seed=1)", press(re.compile("^Run")), "unhappy|happy|settled|moves"),
    "tipping": ("sk.Tipping()", press(re.compile("^(Run|Try|Start)")), r"\d"),
    "quiz": ('sk.ask("start_uneven")', press(re.compile("Nothing yet")), "Nothing yet|right|Yes"),
    "guess": ('sk.ask("def_concentration")', press("This is my guess"), r"\d"),
    "film": ("sk.Film(lessons.merge())", press(re.compile("^Play|^Run")), r"\d"),
    "calculator": ("sk.Calculator()", lambda root: root.locator(".count").first.fill("12"), r"0\.\d"),
    "studio": ("sk.Studio()", press(re.compile("school of their zone")), r"\d"),
    "progress": ("sk.Progress()", press("Erase everything", "Yes, erase them"), "Erased"),
    "alive": ("sk.Alive()", press(re.compile("Ask again")), "."),
}


@pytest.fixture(scope="module")
def kinds(lasting_page, server, open_voila):
    """One widget of each kind on one page."""
    import nbformat

    codes = ["import segkit as sk\nfrom segkit import lessons", *(code for code, *_ in SAID.values())]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [nbformat.v4.new_code_cell(code) for code in codes]
    path = server.root / "notebooks/every-kind.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    page = open_voila(lasting_page(), "every-kind")
    for kind in SAID:
        page.locator(f"[data-segkit={kind}]").wait_for()
    page.wait_for_timeout(1500)  # what is answered in the beginning is no news
    yield page
    path.unlink()


@pytest.mark.parametrize("kind", SAID)
def test_after_an_action_one_hears_what_came_of_it(kinds, kind):
    """4.1.3."""
    _, act, outcome = SAID[kind]
    kinds.evaluate(HEAR, kind)
    act(kinds.locator(f"[data-segkit={kind}]"))
    kinds.wait_for_function(
        "(said) => heard.some((text) => new RegExp(said).test(text))", arg=outcome, timeout=20_000
    )
