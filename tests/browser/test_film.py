"""What only a browser shows of films and questions."""

import re

import pytest

FILM = """
import ipywidgets
import segkit as sk
from segkit import lessons
film = sk.Film(lessons.even_to_complete())
said = ipywidgets.Label("nothing yet")
def follow(change):
    said.value = f"step {film.step}: D {sk.dissimilarity(film.counts):.2f}"
film.observe(follow, "step")
ipywidgets.VBox([film, said])
"""
MAP = "sk.Film(lessons.dimension('clustering'))"
QUIZ = """
choices = {"It doubles.": "<b>No</b>: & it does not.", "It stays.": "Above and below double."}
sk.Quiz("What happens to D?", choices, answer=lambda: "It stays.")
"""
NUMBER = """
town = [[100, 0], [60, 40], [40, 60], [0, 100]]
sk.Quiz.number("D of four schools?", truth=lambda: sk.dissimilarity(town), why="Gaps.")
"""
GUESS = """
sk.Guess("D of tiny schools filled by lot?", 0, 1, truth=lambda: lessons.small_schools().lines["expected"][1],
         reveal="Nobody chose anything.", then=lessons.small_schools())
"""


DEFINITION = ("scale", "status", "opting_out", "mirror", "choice_amplifies", "how_mild", "cut_points")
LAPTOP = {"width": 1280, "height": 800}

# a browser that prints tells nobody that the page has become narrower
STILL = """{
  const Watch = ResizeObserver;
  window.ResizeObserver = class extends Watch {
    constructor(act) { super((...seen) => window.still || act(...seen)); }
  };
}"""
RESET = """() => document.querySelectorAll('[data-segkit]').forEach(
  (one) => one.dispatchEvent(new CustomEvent('segkit:reset')))"""
BEGUN = """() => [...document.querySelectorAll('.segkit-film')].every((film) => film.dataset.step === '0')
  && [...document.querySelectorAll('.segkit-quiz-said')].every((said) => !said.childNodes.length)"""


# what another width asks for is drawn within a frame
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module")
def films(lasting_notebook):
    """Two films, three questions, and the films of the definition."""
    others = [[f"sk.Film(lessons.{name}())"] for name in DEFINITION]
    return lasting_notebook("films", "# Films", [FILM], [MAP], *others, [QUIZ], [NUMBER], [GUESS])


@pytest.fixture(scope="module")
def opened(lasting_page, open_voila, films):
    page = lasting_page()
    page.add_init_script(STILL)
    open_voila(page, films)
    page.locator(".segkit-film").nth(1 + len(DEFINITION)).wait_for()
    page.locator(".segkit-quiz").nth(2).wait_for()
    return page


@pytest.fixture
def shown(opened):
    """All films at their beginning, no question answered, on a laptop."""
    yield opened
    opened.evaluate("window.still = false")
    opened.emulate_media(media="screen", reduced_motion="no-preference")
    opened.set_viewport_size(LAPTOP)
    opened.evaluate(RESET)
    opened.wait_for_function(BEGUN)


@pytest.fixture(scope="module")
def lab(lasting_page, open_lab, films):
    page = lasting_page()
    open_lab(page, films)
    page.locator(".segkit-film").first.wait_for()
    return page


def numbers(film):
    return dict(
        zip(film.locator("dt").all_inner_texts(), film.locator("dd strong").all_inner_texts(), strict=True)
    )


def test_the_keyboard_moves_the_film_and_the_place_comes_back_as_a_value(shown):
    film = shown.locator(".segkit-film").first
    slider = film.get_by_role("slider", name="The same schools and the same pupils")
    assert numbers(film)["Dissimilarity"] == "0.00"
    slider.focus()
    slider.press("End")
    assert numbers(film)["Dissimilarity"] == "0.97"
    said = film.locator(".segkit-film-sentence").first.inner_text()
    assert slider.get_attribute("aria-valuetext") == said and "0.97" in said
    shown.get_by_text("step 100: D 0.97").wait_for()
    slider.press("PageDown")
    slider.press("ArrowLeft")
    shown.get_by_text("step 89: D").wait_for()
    slider.press("Home")
    shown.get_by_text("step 0: D 0.00").wait_for()
    assert shown.complaints == []


def test_the_pictures_are_told_step_by_step(shown):
    film = shown.locator(".segkit-film").first
    picture, chart = film.get_by_role("img").all()
    before = picture.get_attribute("aria-label"), chart.get_attribute("aria-label")
    assert before[0].startswith("8 units with 1200 pupils") and "Dissimilarity 0.00" in before[1]
    film.get_by_role("slider").press("End")
    assert (picture.get_attribute("aria-label"), chart.get_attribute("aria-label")) != before


def test_a_step_answers_in_the_browser_within_a_few_milliseconds(shown):
    for film in shown.locator(".segkit-film").all():
        took = film.evaluate("""film => { const slider = film.querySelector('input'), took = [];
          for (let k = 0; k < 60; k++) {
            slider.value = k % (Number(slider.max) + 1);
            const start = performance.now();
            slider.dispatchEvent(new Event('input'));
            took.push(performance.now() - start);
          }
          return took.sort((a, b) => a - b)[30]; }""")
        assert took < 8


def test_a_film_plays_pauses_and_plays_again(shown):
    film = shown.locator(".segkit-film").nth(1)
    film.get_by_role("button", name="Play").click()
    shown.wait_for_function("() => document.querySelectorAll('.segkit-film')[1].dataset.step > 1")
    film.get_by_role("button", name="Pause").click()
    stopped = film.get_attribute("data-step")
    assert film.get_by_role("status").inner_text() == film.locator(".segkit-film-sentence").first.inner_text()
    film.get_by_role("button", name="Play").click()
    film.get_by_role("button", name="Play again").wait_for()
    assert int(stopped) < int(film.get_attribute("data-step")) == 15
    assert numbers(film)["Clustering: Spatial proximity"] == "1.25"
    assert numbers(film)["Evenness: Dissimilarity"] == "0.59"


def test_with_less_motion_a_film_shows_a_few_stills_and_says_each(shown):
    shown.emulate_media(reduced_motion="reduce")
    film = shown.locator(".segkit-film").nth(1)
    film.evaluate("""film => { window.stills = [];
      const watch = new MutationObserver(() => window.stills.push(film.dataset.step));
      watch.observe(film, { attributeFilter: ['data-step'] }); }""")
    film.get_by_role("button", name="Play").click()
    film.get_by_role("button", name="Play again").wait_for()
    assert shown.evaluate("() => window.stills") == ["0", "3", "6", "9", "12", "15"]


def test_a_choice_is_picked_by_keyboard_and_explained_as_plain_text(shown):
    quiz = shown.locator(".segkit-quiz").first
    assert "Above and below" not in shown.content()
    quiz.get_by_role("button", name="It doubles.").press("Enter")
    quiz.get_by_text("<b>No</b>: & it does not.").wait_for()
    assert quiz.get_by_role("status").inner_text().startswith("Not quite.")
    quiz.get_by_role("button", name="It stays.").press("Space")
    quiz.get_by_text("Above and below double.").wait_for()
    right = quiz.get_by_role("button", name="It stays. Yes.")
    assert right.get_attribute("aria-pressed") == "true"
    assert quiz.locator("b").count() == 0


def test_a_number_is_typed_and_answered(shown):
    quiz = shown.locator(".segkit-quiz").nth(1)
    field = quiz.get_by_label("Your number")
    assert not quiz.get_by_role("button", name="Show the answer").is_visible()
    field.fill("<i>1</i>")
    field.press("Enter")
    quiz.get_by_text("<i>1</i>").wait_for()
    field.fill("0,9")
    field.press("Enter")
    quiz.get_by_text("0,9 is too high").wait_for()
    quiz.get_by_role("button", name="Show the answer").click()
    quiz.get_by_text("The answer is 0.60.").wait_for()


def test_the_answer_is_nowhere_on_the_page_before_the_guess_and_the_film_follows_it(shown):
    panel = shown.locator(".segkit-quiz").nth(2)
    told = panel.evaluate("panel => panel.outerHTML") + shown.locator("body").inner_text()
    assert "0.41" not in told and "by chance" not in told and "Nobody chose" not in told
    slider = panel.get_by_role("slider", name="Your guess")
    slider.focus()
    for _ in range(3):
        slider.press("PageDown")
    assert slider.get_attribute("aria-valuetext") == "0.20"
    panel.get_by_role("button", name="This is my guess").press("Enter")
    panel.get_by_text("You guessed 0.20; it is 0.41, which is 0.21 more.").wait_for()
    shown.get_by_role("heading", name="A town filled by chance").wait_for()
    assert slider.is_disabled()


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_nothing_is_cut_off_at_any_width_and_no_text_is_small(shown, screenshot, width):
    shown.set_viewport_size({"width": width, "height": 844})
    shown.wait_for_function(
        "() => [...document.querySelectorAll('.segkit-film')].every("
        "f => [...f.querySelectorAll('svg')].every(s => s.getBoundingClientRect().right <= innerWidth))"
    )
    assert shown.evaluate("() => document.documentElement.scrollWidth") <= width
    small = shown.evaluate("""() => [...document.querySelectorAll('.segkit-film *, .segkit-quiz *')]
      .filter(e => e.childNodes.length === 1 && e.firstChild.nodeType === 3)
      .filter(e => parseFloat(getComputedStyle(e).fontSize) < 13)
      .map(e => e.textContent)""")
    assert small == []
    screenshot(shown, "films")


def test_in_jupyterlab_the_arrows_belong_to_the_slider(lab):
    film = lab.locator(".segkit-film").first
    slider = film.get_by_role("slider")
    slider.focus()
    for _ in range(3):
        slider.press("ArrowUp")
    slider.press("PageUp")
    lab.get_by_text(re.compile(r"step 13: D 0\.1")).wait_for()
    assert slider.evaluate("slider => slider === document.activeElement")


def test_in_jupyterlab_the_name_of_an_index_has_its_card_to_itself(lab):
    """JupyterLab's own sheet leaves a term a fifth of the width."""
    names = lab.locator(".segkit-film-card dt")
    names.first.wait_for()
    shares = names.evaluate_all("(all) => all.map((one) => one.offsetWidth / one.parentElement.offsetWidth)")
    assert shares and min(shares) > 0.7


def test_in_jupyterlab_enter_answers_a_question(lab):
    quiz = lab.locator(".segkit-quiz").nth(1)
    field = quiz.get_by_label("Your number")
    field.fill("0.9")
    field.press("Enter")
    quiz.get_by_text("0.9 is too high").wait_for()
    assert field.evaluate("field => field === document.activeElement")
    field.fill("")
    quiz.get_by_role("button", name="Check").click()
    quiz.get_by_text("Type a number first").wait_for()
    assert quiz.get_by_text("too high").count() == 0


@pytest.fixture(scope="module")
def measuring(lasting_page, open_voila):
    page = open_voila(lasting_page(), "unit-2-2-measuring")
    page.locator(".segkit-film").nth(6).wait_for()
    return page


@pytest.fixture
def unit(measuring):
    yield measuring
    measuring.set_viewport_size(LAPTOP)


def test_on_the_page_of_the_unit_no_id_occurs_twice_and_every_film_has_its_own_name(unit):
    twice = unit.evaluate("""() => [...document.querySelectorAll('[id]')].map(e => e.id)
      .filter((id, k, all) => id && all.indexOf(id) !== k)""")
    assert twice == []
    for title in ("Evenness", "Exposure", "Concentration", "Clustering", "Centralisation"):
        assert unit.get_by_role("region", name=title, exact=True).count() == 1


def test_on_a_laptop_a_film_of_the_unit_fits_with_its_sentence_right_under_its_slider(unit):
    for film in unit.locator(".segkit-film").all():
        film.scroll_into_view_if_needed()
        assert film.bounding_box()["height"] <= 690
        sentence = film.locator(".segkit-film-sentence").first.bounding_box()
        slider = film.get_by_role("slider").bounding_box()
        cards = film.locator(".segkit-film-readouts").bounding_box()
        assert slider["y"] < sentence["y"] < slider["y"] + 150 and sentence["y"] < cards["y"]
        tops = {round(card.bounding_box()["y"]) for card in film.locator(".segkit-film-card").all()}
        assert len(tops) == 1


def test_on_a_projector_every_text_of_a_film_is_large(unit):
    unit.set_viewport_size({"width": 1920, "height": 1080})
    unit.wait_for_function(
        "() => parseFloat(document.querySelectorAll('.segkit-film svg')[1].style.fontSize) >= 20"
    )
    small = unit.evaluate("""() => [...document.querySelectorAll('.segkit-film *')]
      .filter(e => e.childNodes.length === 1 && e.firstChild.nodeType === 3)
      .filter(e => parseFloat(getComputedStyle(e).fontSize) < 20).map(e => e.textContent)""")
    assert small == []


def test_a_title_the_page_has_already_said_is_only_said_to_screen_readers(unit):
    films = unit.locator(".segkit-film")
    assert films.first.get_by_role("heading", name="Evenness").bounding_box()["width"] < 5
    alone = films.filter(has_text="From even to complete").get_by_role(
        "heading", name="From even to complete"
    )
    assert alone.bounding_box()["width"] > 100


BOX = "path => { const box = path.getBBox(); return [box.x, box.y, box.x + box.width, box.y + box.height]; }"


def test_the_marker_stands_over_the_thumb_and_the_line_is_as_long_as_the_way(unit):
    film = unit.locator(".segkit-film").filter(has_text="From even to complete")
    film.get_by_role("slider").press("PageUp")
    middle = """film => {
      const i = film.querySelector('input'), s = i.getBoundingClientRect();
      const thumb = s.left + 14 + (s.width - 28) * i.value / i.max;
      return [thumb, film.querySelector('.segkit-marker').getBoundingClientRect().left,
              film.querySelector('path.segkit-line').getBoundingClientRect().right]; }"""
    thumb, marker, end = film.evaluate(middle)
    assert abs(thumb - marker) < 2 and abs(end - marker) < 3


def defining(page, name):
    return page.locator(".segkit-film").nth(2 + DEFINITION.index(name))


def test_which_schools_are_counted_is_in_colour_and_the_others_are_grey(shown):
    film = defining(shown, "scale")
    slider = film.get_by_role("slider", name="Which schools are counted?")
    colour, grey = film.locator(".segkit-others"), film.locator(".segkit-ghost-others")
    town = film.locator(".segkit-town")
    assert colour.evaluate(BOX)[2] < grey.evaluate(BOX)[0] + 1  # Mill stands on the left, all of it
    for _ in range(4):
        slider.press("ArrowRight")
    film.get_by_text("Port, private only: 4 schools").wait_for()
    assert numbers(film)["Dissimilarity"] == "0.11"
    assert [town.nth(k).get_attribute("visibility") for k in (0, 1)] == ["hidden", "visible"]
    left, top, right, bottom = colour.evaluate(BOX)
    assert top > grey.evaluate(BOX)[1] + 50 and left > grey.evaluate(BOX)[0] + 50
    slider.press("ArrowRight")
    assert grey.get_attribute("d") == "" == film.locator(".segkit-ghost-focal").get_attribute("d")
    assert numbers(film)["Dissimilarity"] == "0.40"
    assert shown.complaints == []


def test_the_histogram_is_filled_up_to_the_line_and_the_line_walks_with_the_slider(shown):
    film = defining(shown, "status")
    slider = film.get_by_role("slider")
    where = []
    for key in ("Home", "PageUp", "End"):
        slider.press(key)
        line = film.locator(".segkit-cut").evaluate(BOX)
        boxes = film.locator(".segkit-focal").get_attribute("d").split("M")
        foot = line[3]
        # of the orange boxes, those that stand on the histogram's foot end at the line
        ends = [
            float(x) + float(width)
            for x, y, width, height in (
                re.match(r"(\S+) (\S+)h(\S+)v(\S+?)h", box).groups() for box in boxes if box.strip()
            )
            if abs(float(y) + float(height) - foot) < 6
        ]
        middle = (line[0] + line[2]) / 2
        assert abs(max(ends) - middle) < 1
        where.append(middle)
    assert where == sorted(where) and where[2] - where[0] > 100


def test_schools_hang_below_the_homes_like_a_reflection(shown):
    film = defining(shown, "mirror")
    film.get_by_role("slider").press("End")
    rects = film.locator(".segkit-focal").evaluate(
        "path => path.getAttribute('d').split('M').filter(Boolean)"
        ".map(d => d.match(/-?[0-9.]+/g).map(Number))"
    )
    water = film.locator(".segkit-water").evaluate("line => line.y1.baseVal.value")
    homes = [r for r in rects if r[1] + r[3] <= water + 1]
    schools = [r for r in rects if r[1] >= water - 1]
    assert len(homes) == 48 and len(schools) == 12
    assert all(abs(r[1] + r[3] - water) < 4 for r in homes) and all(abs(r[1] - water) < 4 for r in schools)
    for k, school in enumerate(schools):
        above = homes[4 * k : 4 * k + 4]
        assert abs(sum(r[3] for r in above) / 4 - school[3]) < 1  # as high as its blocks on average
        assert above[0][0] > school[0] - 3 and above[3][0] + above[3][2] < school[0] + school[2] + 3


def test_the_films_of_the_definition_fit_a_laptop_and_can_be_read_from_the_back(shown, screenshot):
    for film in (defining(shown, name) for name in DEFINITION):
        film.scroll_into_view_if_needed()
        film.get_by_role("slider").press("End")
        assert film.bounding_box()["height"] <= 690
    screenshot(shown, "definition")
    shown.set_viewport_size({"width": 1920, "height": 1080})
    shown.wait_for_function(
        "() => parseFloat(document.querySelectorAll('.segkit-film svg')[1].style.fontSize) >= 20"
    )
    small = shown.evaluate("""() => [...document.querySelectorAll('.segkit-film *')]
      .filter(e => e.childNodes.length === 1 && e.firstChild.nodeType === 3)
      .filter(e => parseFloat(getComputedStyle(e).fontSize) < 20).map(e => e.textContent)""")
    assert small == []
    screenshot(shown, "definition")


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_no_numbers_under_a_chart_or_names_in_a_picture_touch_at_any_width(shown, width):
    shown.set_viewport_size({"width": width, "height": 844})
    shown.evaluate(DRAWN)
    assert shown.evaluate("() => document.documentElement.scrollWidth") <= width
    touching = shown.evaluate("""() => [...document.querySelectorAll('.segkit-film svg')].flatMap(svg => {
      const texts = [...svg.querySelectorAll('text.segkit-number, text.segkit-row')]
        .map(t => [t.textContent, t.getBoundingClientRect()]);
      return texts.flatMap(([a, p], i) => texts.slice(i + 1)
        .filter(([b, q]) => p.left < q.right && q.left < p.right)
        .filter(([b, q]) => p.top + 3 < q.bottom - 3 && q.top + 3 < p.bottom - 3)
        .map(([b]) => [a, b])); })""")
    assert touching == []


def test_a_page_may_send_a_film_to_a_step_and_back_and_ask_where_it_stands(shown):
    film = shown.locator(".segkit-film").first
    assert film.get_attribute("data-segkit") == "film" and film.get_attribute("lang") == "en"
    ask = """(film, [what, detail]) => { let kept = null;
      const keep = (state) => { kept = state; };
      film.dispatchEvent(new CustomEvent(`segkit:${what}`, { detail: { ...detail, keep } }));
      return kept; }"""
    assert film.evaluate(ask, ["keep", {}]) is None
    film.evaluate(ask, ["start", {"step": "40", "seed": "7"}])
    shown.get_by_text("step 40: D").wait_for()
    assert film.evaluate(ask, ["keep", {}]) == {"step": 40}
    film.evaluate(ask, ["start", {"step": "1000"}])
    film.get_by_role("status").get_by_text("The link asks for step 1000;").wait_for()
    film.evaluate(ask, ["reset", {}])
    shown.get_by_text("step 0: D 0.00").wait_for()
    film.evaluate(ask, ["resume", {"step": 40}])
    shown.get_by_text("step 40: D").wait_for()
    assert film.get_attribute("data-step") == "40"


ON_PAPER = """(film) => {
  const boxes = (what) => [...film.querySelectorAll(what)].map((node) => node.getBoundingClientRect());
  const [left, right] = boxes(".segkit-film-stage > *");
  const [picture, chart] = boxes(".segkit-film-stage > * > svg");
  return {
    inside: picture.right <= left.right + 1 && chart.right <= right.right + 1,
    below: chart.top >= picture.bottom,
    whole: boxes(".segkit-film-right svg .segkit-number").every((each) => each.right <= chart.right + 9),
  };
}"""


def test_a_film_fits_a_sheet_of_paper_with_its_chart_below_its_picture(shown):
    shown.evaluate("window.still = true")
    shown.emulate_media(media="print")
    for k in range(2):
        film = shown.locator(".segkit-film").nth(k)
        assert film.evaluate(ON_PAPER) == {"inside": True, "below": True, "whole": True}
        assert not film.get_by_role("button").first.is_visible()
