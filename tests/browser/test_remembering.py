"""What was answered is remembered by the browser: after a reload, in a file, until it is erased."""

import json

import pytest

from segkit.widgets.ask import ask
from segkit.words import say

CELLS = [
    ["import segkit as sk\nfrom segkit import lessons"],
    ['sk.ask("zero")'],
    ['sk.ask("by_hand_d")'],
    ['sk.ask("districts", then=lessons.merge)'],
    ["sk.Progress()"],
]
STORE = "JSON.parse(localStorage.getItem('segkit/progress') ?? '{}')"


@pytest.fixture(scope="module")
def written(lasting_notebook):
    return lasting_notebook("remembering", "# Remembering", *CELLS)


@pytest.fixture(scope="module")
def voila(lasting_page, written, open_voila):
    """A page with one question of each kind, and a function that opens it once more."""
    return reopened(lasting_page(), open_voila, written)


@pytest.fixture(scope="module")
def lab(lasting_page, written, open_lab):
    return reopened(lasting_page(), open_lab, written)


def reopened(page, open_it, name):
    def opened():
        open_it(page, name)
        page.locator(".segkit-progress td").first.wait_for()
        return page

    opened().again = opened
    return page


def erased(page):
    page.get_by_role("button", name="Erase everything").click()
    page.get_by_role("button", name="Yes, erase them").click()
    page.locator(".segkit-film").wait_for(state="detached")


@pytest.fixture(params=["voila", "lab"])
def remembering(request):
    return request.getfixturevalue(request.param)


def right_choice():
    quiz = ask("zero")
    return str(quiz.choices[quiz._right])


def cell(page, row, column):
    return page.locator(".segkit-progress tbody tr").nth(row).locator("th, td").nth(column)


def test_answers_and_guesses_survive_a_reload_and_can_be_erased(remembering):
    page = remembering
    right = page.get_by_role("button", name=right_choice())
    right.click()
    page.get_by_role("textbox", name="Your number").fill("0,5")
    page.keyboard.press("Enter")
    page.get_by_text("the answer is 0.50").wait_for()
    page.get_by_role("button", name="This is my guess").click()
    page.locator(".segkit-film").wait_for()
    cell(page, 2, 1).get_by_text("2 of 13").wait_for()
    kept = page.evaluate(STORE)
    assert kept["answers"]["zero"]["right"] and kept["answers"]["by_hand_d"]["picked"] == [0.5]
    assert kept["guesses"]["districts"]["value"] == 0.5 and set(kept) <= {
        "version",
        "answers",
        "guesses",
        "pages",
    }

    page.again()
    page.locator("[data-segkit-id=quiz-zero] .segkit-quiz-said[data-verdict=right]").wait_for()
    assert right.get_attribute("aria-pressed") == "true"
    page.get_by_text("the answer is 0.50").wait_for()
    page.locator(".segkit-film").wait_for()  # it need not wait for a guess once more
    assert page.get_by_text(say("quiz.remembered")).count() == 3
    cell(page, 2, 1).get_by_text("2 of 13").wait_for()

    page.locator("[data-segkit-id=quiz-zero]").get_by_role("button", name="Answer again").click()
    cell(page, 2, 1).get_by_text("1 of 13").wait_for()
    assert right.get_attribute("aria-pressed") == "false"
    page.wait_for_function("document.activeElement.closest('[data-segkit-id=quiz-zero]')")

    erased(page)
    page.get_by_role("button", name="This is my guess").wait_for()
    assert page.get_by_role("textbox", name="Your number").input_value() == ""
    cell(page, 2, 1).get_by_text("0 of 13").wait_for()
    assert not page.evaluate(STORE).get("answers")
    page.again()
    page.get_by_role("button", name="This is my guess").wait_for()
    assert page.locator(".segkit-film").count() == 0


def test_a_file_takes_what_was_done_to_another_browser(voila, new_page, written, open_voila, tmp_path):
    page = voila
    page.get_by_role("button", name=right_choice()).click()
    page.get_by_role("button", name="This is my guess").click()
    page.locator(".segkit-film").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Take it with you").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    erased(page)
    assert path.name == "segkit-progress.json" and "zero" in json.loads(path.read_text())["answers"]

    other = new_page("laptop")
    open_voila(other, written)
    assert other.locator(".segkit-film").count() == 0
    other.locator(".segkit-progress input[type=file]").set_input_files(path)
    other.get_by_text("Taken up again from your file, answers and guesses together: 2.").wait_for()
    other.locator(".segkit-film").wait_for()
    other.locator("[data-segkit-id=quiz-zero] .segkit-quiz-said[data-verdict=right]").wait_for()

    strange = tmp_path / "strange.json"
    strange.write_text("<img src=x onerror=alert(1)>")
    other.locator(".segkit-progress input[type=file]").set_input_files(strange)
    other.get_by_text("Nothing was changed").wait_for()
    assert "zero" in other.evaluate(STORE)["answers"]


def test_rubbish_in_the_store_harms_nobody(page, written, open_voila):
    rubbish = {"version": 1, "answers": {"zero": {"picked": ["<img src=x>"]}, "by_hand_d": 7}, "guesses": "x"}
    page.add_init_script(f"localStorage.setItem('segkit/progress', {json.dumps(json.dumps(rubbish))})")
    open_voila(page, written)
    cell(page, 2, 1).get_by_text("0 of 13").wait_for()
    page.get_by_role("button", name=right_choice()).click()
    cell(page, 2, 1).get_by_text("1 of 13").wait_for()
    assert [said for said in page.complaints if "favicon" not in said] == []
