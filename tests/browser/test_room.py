"""A room seen from a browser: the door, the front page, a page that answers, and nobody else is asked."""

import pytest

pytest.importorskip("voila")
from visitor import room  # noqa: E402

SECRET = "for the room only"
BOARD = "import segkit as sk\nsk.Parable(sk.Board.random(10, full=0.8, seed=1))"


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    env = {"SEGKIT_PASSWORD": SECRET}
    said = tmp_path_factory.mktemp("room") / "log"
    with room("--page", "00-start", "--warm", "1", said=said, env=env) as (url, _):
        yield url


def come_in(page, url, path="/"):
    page.goto(url + path)
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Come in").click()
    page.get_by_role("alert").get_by_text("not the password").wait_for()
    page.get_by_label("Password").fill(SECRET)
    page.get_by_role("button", name="Come in").click()
    page.wait_for_url(url + path)
    return page


def test_after_the_password_a_page_opens_a_widget_answers_and_nothing_complains(new_page, url, screenshot):
    page = new_page(url=url)
    come_in(page, url, "/voila/render/00-start-here.ipynb")
    page.get_by_text("Everything works").wait_for()
    card = page.locator(".segkit-alive").first
    assert card.evaluate("(card) => getComputedStyle(card).borderLeftWidth") == "6px"  # its style was fetched
    wrong = [said for said in page.complaints if "401" not in said]  # the wrong password, said by the browser
    assert wrong == []


def test_a_number_typed_is_answered_and_the_widgets_code_came_once(new_page, url):
    page = new_page(url=url)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    come_in(page, url, "/voila/render/unit-2-2-measuring.ipynb")
    page.locator(".segkit-calculator").first.wait_for()
    page.locator(".segkit-film").nth(1).wait_for()
    code = [one for one in asked if "/voila/segkit/film.js" in one]
    assert len(code) == 1, code
    assert [said for said in page.complaints if "401" not in said] == []


def test_the_front_page_leads_to_a_page(new_page, url, screenshot):
    page = come_in(new_page(url=url), url)
    screenshot(page, "room-front")
    page.locator("main a[href*='render/glossary']:visible").first.click()
    page.locator("main h1").first.wait_for()
    assert "/voila/render/" in page.url
