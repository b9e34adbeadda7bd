"""What keeps people out of a page, as far as a program can tell: axe-core on every page, with nothing closed.

The rules are those of WCAG 2.2, levels A and AA. axe's "best practices" are printed, to be read with
`pytest -rA`; they fail no test.
"""

import json
from pathlib import Path

import axe_playwright_python
import pytest

pytest.importorskip("voila")
from visitor import room  # noqa: E402

ROOT = Path(__file__).parents[2]
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
SIZES = {"laptop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
PAGES = [("notebooks", name) for name in NOTEBOOKS]
PAGES += [("notebooks/it", name) for name in ("00-start-here", "unit-2-1-definition")]
BEGUN = {"version": 1, "pages": {"unit-2-2-measuring": {"section": "s3", "title": "3. Box 1", "done": 2}}}

RUN = """async (within) => {
  const runOnly = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
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


def faults(page, within=None) -> list[str]:
    """What is wrong with the page as it is now; what is only advice is printed."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE)
    page.wait_for_function(QUIET)
    page.wait_for_timeout(50)  # what is measured once it is drawn has been measured
    found = page.evaluate(RUN, within)
    assert "color-contrast" in found["rules"] or within  # axe has looked
    for fault in found["faults"]:
        if fault["advice"]:
            print("advice:", fault["text"])
    return sorted({fault["text"] for fault in found["faults"] if not fault["advice"]})


def in_every_look(page) -> dict[str, list[str]]:
    """What is wrong with the page in the dark on a phone, and in the light on a laptop."""
    wrong = {}
    for theme, size in (("dark", "phone"), ("light", "laptop")):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size(SIZES[size])
        page.wait_for_timeout(400)
        if found := faults(page):
            wrong[f"{theme}, {size}"] = found
    return wrong


@pytest.mark.parametrize("folder, name", PAGES, ids=lambda one: one.removeprefix("notebooks").strip("/"))
def test_nothing_keeps_anybody_out_of_a_page(page, open_voila, unfold, folder, name):
    unfold(open_voila(page, name, folder, rest="?present"))
    wrong = in_every_look(page)
    for tab in page.locator("[role=tab]").all():  # the studio's: one at a time
        tab.click()
        page.wait_for_timeout(200)
        if found := faults(page, ".segkit-studio"):
            wrong[tab.inner_text()] = found
    for menu in page.locator(".segkit-menu > summary, .segkit-studio .menu > summary").all():
        menu.click()
        page.wait_for_timeout(200)
        if found := faults(page, "details:has(> summary:focus)"):
            wrong[menu.inner_text()] = found
        page.keyboard.press("Escape")
    assert wrong == {}, json.dumps(wrong, indent=1)


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


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_nothing_keeps_anybody_out_of_a_notebook_in_jupyterlab(page, open_lab, unfold, name):
    page.set_viewport_size({"width": 1280, "height": 20_000})  # it draws what is in sight
    unfold(open_lab(page, name))
    wrong = {"light": faults(page, OURS)}
    page.evaluate("jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })")
    page.locator("body[data-jp-theme-light=false]").wait_for(state="attached")
    wrong["dark"] = faults(page, OURS)
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
