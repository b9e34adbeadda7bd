"""What a page asks of its widgets: to say where they are, to begin elsewhere, to keep what was typed."""

import json

import pytest

CELLS = [
    ["import segkit as sk"],
    ["sk.Calculator()"],
    ["sk.Studio()"],
    ['sk.ask("zero")'],
    ["sk.Calculator()"],
]
KEEP = """(root) => {
  let kept = null;
  root.dispatchEvent(new CustomEvent('segkit:keep', { detail: { keep: (state) => { kept = state; } } }));
  return kept;
}"""
TELL = """([kind, event, detail]) =>
  document.querySelector(`[data-segkit=${kind}]`).dispatchEvent(new CustomEvent(event, { detail }))"""
HERE = (
    "window.here = []; addEventListener('segkit:here', (event) => here.push(event.target.dataset.segkitId));"
)


def opened(page, open_voila):
    open_voila(page, "protocol")
    page.locator(".segkit-calculator .big").first.wait_for()
    page.locator(".segkit-studio .now").first.wait_for()
    page.locator(".segkit-calculator").nth(1).locator(".big").first.wait_for()
    return page


@pytest.fixture(scope="module")
def widgets(lasting_page, lasting_notebook, open_voila):
    """A calculator, a studio, a question, and a calculator more, on one page."""
    page = lasting_page()
    page.add_init_script(HERE)
    lasting_notebook("protocol", "# Protocol", *CELLS)
    return opened(page, open_voila)


def test_widgets_say_where_they_are_and_keep_what_was_typed_across_a_reload(widgets, open_voila):
    page = widgets
    page.wait_for_function("here.length >= 4")
    assert set(page.evaluate("here")) == {"calculator-1", "calculator-2", "studio-1", "quiz-zero"}
    calculator, studio = (page.locator(f"[data-segkit={kind}]").first for kind in ("calculator", "studio"))
    assert calculator.evaluate(KEEP) is None  # nobody has typed anything yet

    calculator.locator(".count").first.fill("77")
    calculator.locator("[data-do=undo]:enabled").wait_for()
    page.evaluate(TELL, ["studio", "segkit:start", {"town": "larkfold", "seed": "3"}])
    page.wait_for_function("document.querySelector('.segkit-studio .seed').value === '3'")
    page.wait_for_function(
        f"(({KEEP})(document.querySelector('.segkit-studio'))?.line ?? '').includes('larkfold.3.')"
    )
    kept = {"calculator": calculator.evaluate(KEEP), "studio": studio.evaluate(KEEP)}
    assert kept["calculator"]["rows"][0][1] == "77" and len(json.dumps(kept)) < 100_000

    opened(page, open_voila)
    for kind, state in kept.items():
        page.evaluate(TELL, [kind, "segkit:resume", state])
    page.wait_for_function("document.querySelector('.segkit-calculator .count').value === '77'")
    page.wait_for_function("document.querySelector('.segkit-studio .seed').value === '3'")

    page.evaluate(TELL, ["calculator", "segkit:reset", None])
    page.wait_for_function("document.querySelector('.segkit-calculator .count').value === '146'")
    calculator.locator("[data-do=undo]:enabled").wait_for()


def test_a_file_of_the_readers_is_never_kept(widgets):
    calculator = widgets.locator("[data-segkit-id=calculator-2]")
    data = b"school,poor,rich\nNorth,3,7\nSouth,6,4\n"
    file = {"name": "own.csv", "mimeType": "text/csv", "buffer": data}
    calculator.locator("input[type=file]").set_input_files(file)
    widgets.wait_for_function(
        "document.querySelector('[data-segkit-id=calculator-2] .name').value === 'North'"
    )
    calculator.locator(".count").first.fill("4")
    widgets.wait_for_timeout(500)
    assert calculator.evaluate(KEEP) == {"own": True}
