"""Every page for everyone: by keyboard, enlarged, without motion, in a system's own colours, and by ear.

What a program can tell of a page as it stands, axe-core tells first, with nothing closed; then comes what
shows only when somebody uses the page. The numbers in brackets are the criteria of WCAG 2.2.

axe's rules are those of WCAG 2.2, levels A and AA. Its "best practices" are printed, to be read with
`pytest -rA`; they fail no test.
"""

import json
import re
from pathlib import Path

import axe_playwright_python
import pytest

pytest.importorskip("voila")
from visitor import room  # noqa: E402

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
NOTEBOOKS = sorted(path.stem for path in (Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
LAPTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


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
    shown.emulate_media(forced_colors="none", reduced_motion="no-preference", color_scheme="light")
    shown.set_viewport_size(LAPTOP)


@pytest.fixture
def presented(whole):
    """The same with the presenter's bar below it, where there is one."""
    close = whole.locator(".segkit-presenter [data-do=close]")
    if close.count():
        whole.locator("#segkit-present").click()
        close.wait_for()
    yield whole
    if close.count():
        whole.set_viewport_size(LAPTOP)
        close.click()


# --- by a program

BEGUN = {"version": 1, "pages": {"unit-2-2-measuring": {"section": "s3", "title": "3. Box 1", "done": 2}}}

ALL = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # what another theme can change

RUN = """async ([within, runOnly]) => {
  const { violations, passes } = await axe.run(within ?? document, { runOnly, resultTypes: ["violations"] });
  return {
    rules: passes.map(({ id }) => id),
    faults: violations.flatMap(({ id, tags, nodes }) => nodes.map(({ target, html, failureSummary }) => ({
      advice: tags.includes("best-practice"),
      text: `${id}: ${target.join(" ")} ${html.slice(0, 120)} ${failureSummary.split("\\n")[1].trim()}`,
    }))),
  };
}"""

# no widget waits for its numbers, and nothing is half faded in
QUIET = """() => !document.querySelector(".jp-OutputArea-output [aria-busy=true]")
  && !document.getAnimations().some((one) => one instanceof CSSTransition && one.playState === "running")"""


def faults(page, within=None, rules=ALL) -> list[str]:
    """What is wrong with the page as it is now; what is only advice is printed."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE)
    page.wait_for_function(QUIET)
    page.wait_for_timeout(50)  # what is measured once it is drawn has been measured
    found = page.evaluate(RUN, [within, rules])
    assert "color-contrast" in found["rules"] or isinstance(within, str)  # axe has looked
    for fault in found["faults"]:
        if fault["advice"]:
            print("advice:", fault["text"])
    return sorted({fault["text"] for fault in found["faults"] if not fault["advice"]})


def in_every_look(page) -> dict[str, list[str]]:
    """What is wrong with the page in the dark on a phone, and in the light on a laptop."""
    wrong = {}
    for look, theme, size, rules in (
        ("dark, phone", "dark", PHONE, ALL),
        ("light, laptop", "light", LAPTOP, ALL[:-1]),  # to be advised once is enough
    ):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size(size)
        page.wait_for_timeout(400)
        if found := faults(page, rules=rules):
            wrong[look] = found
    return wrong


def test_nothing_keeps_anybody_out_of_a_page(presented):
    wrong = in_every_look(presented)
    tabs = presented.locator("[role=tab]").all()  # the studio's: one at a time
    for tab in tabs:
        tab.click()
        presented.wait_for_timeout(200)
        if found := faults(presented, ".segkit-studio"):
            wrong[tab.inner_text()] = found
    for tab in tabs[:1]:
        tab.click()
    for menu in presented.locator(".segkit-menu > summary, .segkit-studio .menu > summary").all():
        menu.click()
        presented.wait_for_timeout(200)
        if found := faults(presented, "details:has(> summary:focus)"):
            wrong[menu.inner_text()] = found
        presented.keyboard.press("Escape")
    assert wrong == {}, json.dumps(wrong, indent=1)


@pytest.mark.parametrize("name", ["00-start-here", "unit-2-1-definition"])
def test_nothing_keeps_anybody_out_of_an_italian_page(page, open_voila, unfold, name):
    unfold(open_voila(page, name, "notebooks/it", rest="?present"))
    assert in_every_look(page) == {}


@pytest.mark.parametrize("folder", ["notebooks", "notebooks/it"])
def test_nothing_keeps_anybody_out_of_the_front_page(page, server, folder):
    page.add_init_script(f"localStorage.setItem('segkit/progress', {json.dumps(json.dumps(BEGUN))})")
    page.goto(f"{server.url}/voila/tree/{folder}")
    page.locator("#segkit-continue").wait_for()
    assert in_every_look(page) == {}


@pytest.mark.parametrize("where", ["render/notebooks/none.ipynb", "tree/notebooks/none", "tree/data"])
def test_nothing_keeps_anybody_out_of_a_page_that_says_there_is_none(page, server, where):
    page.goto(f"{server.url}/voila/{where}")
    assert in_every_look(page) == {}


# In JupyterLab only what is ours is looked at: what stands in the notebook. The program around it has its own
# authors, and its own faults.
OURS = {"include": [[".jp-MarkdownCell .jp-RenderedMarkdown"], [".jp-OutputArea-output"]]}
OPEN = """async (path) => {
  const { commands } = jupyterapp;
  window.panel = await commands.execute("docmanager:open", { path, factory: "Notebook" });
  await panel.context.ready;
  await panel.sessionContext.ready;
  // also what is out of sight is drawn
  panel.content.notebookConfig = { ...panel.content.notebookConfig, windowingMode: "none" };
  await commands.execute("notebook:run-all-cells");
}"""
CLOSE = "async () => { await panel.sessionContext.shutdown(); panel.dispose(); }"
DRAWN = "() => panel.content.widgets.every((cell) => cell.isAttached && !cell.isPlaceholder())"


@pytest.fixture(scope="module")
def lab(lasting_page, enter_lab):
    """JupyterLab, for one notebook after the other."""
    page = enter_lab(lasting_page())
    # Lab's body has no height and hides what is beyond it: axe would take all text for cut off
    page.add_style_tag(content="body { height: 100vh !important; }")
    yield page
    in_theme(page, "Light")  # JupyterLab remembers it, for the tests that follow as well


def in_theme(lab, name):
    lab.evaluate(
        "(theme) => jupyterapp.commands.execute('apputils:change-theme', { theme })", f"JupyterLab {name}"
    )
    lab.locator(f"body[data-jp-theme-light={str(name == 'Light').lower()}]").wait_for(state="attached")
    lab.wait_for_function("() => !document.querySelector('#jupyterlab-splash')")  # which lies over everything


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_nothing_keeps_anybody_out_of_a_notebook_in_jupyterlab(lab, unfold, name):
    lab.evaluate(OPEN, f"notebooks/{name}.ipynb")
    lab.wait_for_function(DRAWN)
    in_theme(lab, "Light")
    unfold(lab)
    wrong = {"light": faults(lab, OURS)}
    in_theme(lab, "Dark")
    wrong["dark"] = faults(lab, OURS, COLOURS)
    lab.evaluate(CLOSE)
    assert wrong == {"light": [], "dark": []}


def test_nothing_keeps_anybody_out_at_the_door_of_a_room(new_page, tmp_path):
    asked = dict(said=tmp_path / "log", env={"SEGKIT_PASSWORD": "a room"})
    with room("--page", "glossary", "--warm", "1", **asked) as (url, _):
        page = new_page(url=url)
        page.goto(url)
        wrong = {"the door": in_every_look(page)}
        page.get_by_label("Password").fill("no")
        page.get_by_role("button").click()
        page.get_by_role("alert").get_by_text("not the password").wait_for()
        wrong["a wrong password"] = in_every_look(page)
        page.goto(f"{url}/api/kernels/none")
        wrong["nothing for you"] = in_every_look(page)
        page.goto(url)
        page.get_by_label("Password").fill("a room")
        page.get_by_role("button").click()
        page.locator("main h1").wait_for()
        wrong["the front page"] = in_every_look(page)
        for missing in ("voila/render/none.ipynb", "voila/static/none.js", "files/none"):
            page.goto(f"{url}/{missing}")
            wrong[missing] = in_every_look(page)
    assert {where: what for where, what in wrong.items() if what} == {}


# --- by keyboard

# as after loading, the keyboard begins at the beginning
FROM_THE_TOP = """() => {
  scrollTo(0, 0);
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}"""
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
    whole.evaluate(FROM_THE_TOP)
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


@pytest.mark.parametrize("shown", ["00-start-here"], indirect=True, scope="module")
def test_the_keyboard_is_never_under_the_presenters_bar(presented):
    presented.evaluate(FROM_THE_TOP)
    presented.locator("[data-do=previous]:disabled").wait_for()  # the bar has noticed
    presented.evaluate(WATCH)
    for _ in range(presented.evaluate(TABBABLE) + 5):
        presented.keyboard.press("Tab")
    assert presented.evaluate("missed", 1) == []


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


def second_town(root):
    root.locator("[data-choose=town]").select_option(index=1)


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
    "intake": ("town = sk.Intake(); town", second_town, "Larkfold"),
    "takeaway": ("town.takeaway()", press(re.compile("the tables")), r"\.xlsx"),
}


@pytest.fixture(scope="module")
def kinds(lasting_page, lasting_notebook, open_voila):
    """One widget of each kind on one page."""
    codes = ["import segkit as sk\nfrom segkit import lessons, plots", *(code for code, *_ in SAID.values())]
    codes.append("town.show(plots.composition)")
    page = open_voila(lasting_page(), lasting_notebook("every-kind", *([code] for code in codes)))
    for kind in [*SAID, "live"]:
        page.locator(f"[data-segkit={kind}]").wait_for()
    page.wait_for_timeout(1500)  # what is answered in the beginning is no news
    return page


@pytest.mark.parametrize("kind", SAID)
def test_after_an_action_one_hears_what_came_of_it(kinds, kind):
    """4.1.3."""
    _, act, outcome = SAID[kind]
    kinds.evaluate(HEAR, kind)
    act(kinds.locator(f"[data-segkit={kind}]"))
    kinds.wait_for_function("(said) => heard.some((text) => new RegExp(said).test(text))", arg=outcome)


def test_cells_that_follow_a_town_do_not_all_speak_of_it(kinds):
    """Twenty of them would say the same, over each other and over what the intake says."""
    following = kinds.locator("[data-segkit=live]")
    assert (
        following.count() == 1 and not following.locator("[role=status], [role=alert], [aria-live]").count()
    )
