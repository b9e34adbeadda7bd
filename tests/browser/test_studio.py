"""What only a browser shows of the studio: dragging, typing, sliding, opening, taking home, by keyboard."""

import base64
import io
import re
import statistics
import zipfile

import openpyxl
import pytest

import segkit as sk
from segkit.checks import open_territory

OPENED = """
import ipywidgets
import segkit as sk
told, place = ipywidgets.Label(), ipywidgets.VBox()
def tell(s):
    d = sk.dissimilarity(s.territory.table(2024, "primary", "origin"))
    told.value = f"next cell: {d:.3f}, {len(s.scenario.edits)} edits"
def anew(_):
    old, studio = place.children, sk.Studio("marenza")
    studio.on_change(tell)
    told.value, place.children = "nothing yet", [studio]
    for one in old:
        one.close()
another = ipywidgets.Button(description="Begin anew")
another.on_click(anew)
ipywidgets.VBox([place, told, another])
"""
READY = "document.querySelectorAll('.segkit-studio .pupils tbody tr').length > 0"
LEFT = "document.querySelectorAll('.segkit-studio').forEach((root) => { root.dataset.left = ''; })"
LAPTOP = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def voila(lasting_page, lasting_notebook, open_voila):
    """A page for a studio in Voila, for all tests one after the other."""
    return open_voila(lasting_page(), lasting_notebook("town", "# A town", [OPENED]))


@pytest.fixture(scope="module")
def lab(lasting_page, lasting_notebook, open_lab):
    """The same in JupyterLab."""
    return open_lab(lasting_page(), lasting_notebook("town-in-lab", "# A town", [OPENED]))


def begun_anew(page, tool):
    """Marenza as nobody has touched it yet; the studio that stood there before is gone."""
    page.tool = tool
    page.evaluate(LEFT)
    page.get_by_role("button", name="Begin anew").evaluate("button => button.click()")
    page.wait_for_function(f"!document.querySelector('.segkit-studio[data-left]') && {READY}")
    page.mouse.move(0, 0)
    page.evaluate("scrollTo(0, 0)")
    return page


@pytest.fixture(params=["voila", "lab"])
def opened(request):
    """Marenza, in Voila and in JupyterLab."""
    return begun_anew(request.getfixturevalue(request.param), request.param)


@pytest.fixture
def shown(voila):
    return begun_anew(voila, "voila")


@pytest.fixture(scope="module")
def by_itself(lasting_page, lasting_notebook, open_voila):
    """The studio as a page's only output, as wide as it may be."""
    name = lasting_notebook("alone-studio", "# Alone", ["import segkit as sk\nsk.Studio()"])
    page = open_voila(lasting_page(), name)
    page.wait_for_function(READY)
    return page


@pytest.fixture
def alone(by_itself):
    """That page as it was opened: on a laptop, with nothing selected."""
    yield by_itself
    by_itself.set_viewport_size(LAPTOP)
    studio(by_itself).locator("[data-do=unselect]").evaluate("button => button.click()")
    studio(by_itself).locator(".panel.empty").wait_for()


def studio(page):
    return page.locator(".segkit-studio").first


def now(page, index="dissimilarity"):
    return float(studio(page).locator(f'tr[data-index="{index}"] .now').first.inner_text())


def wait_now(page, value, index="dissimilarity", places=3):
    text = f"{value:.{places}f}"
    studio(page).locator(f'tr[data-index="{index}"] .now', has_text=text).first.wait_for()


def wait_said(page, text):
    studio(page).locator(".said", has_text=text).wait_for()


def school(page, id):
    return studio(page).locator(f'.map g[data-school="{id}"]')


def cell(page, group, name):
    return studio(page).get_by_label(re.compile(f"^{group}, {name}"))


FRAMES = "new Promise(done => { let n=0; const f = () => ++n > 9 ? done() : requestAnimationFrame(f);f() })"


def column(page, group):
    page.evaluate(FRAMES)  # rows that are out of sight are written in the frames after an answer
    cells = studio(page).locator(f'.pupils tbody .cell[data-group="{group}"]')
    return [int(text) for text in cells.evaluate_all("all => all.map(e => e.value)")]


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


INSIDE = """path => {
    const box = path.getBBox(), at = path.ownerSVGElement.createSVGPoint(), matrix = path.getScreenCTM();
    const within = (x, y) => { at.x = x; at.y = y; return path.isPointInFill(at); };
    for (const reach of [0.2, 0.1, 0.05]) for (let i = 1; i < 20; i++) for (let j = 1; j < 20; j++) {
        const x = box.x + i * box.width / 20, y = box.y + j * box.height / 20, r = reach * box.width;
        if ([-r, 0, r].every((dx) => [-r, 0, r].every((dy) => within(x + dx, y + dy))))
            return [matrix.a * x + matrix.e, matrix.d * y + matrix.f];
    }
}"""


def spot(page, zone):
    """A place well inside a zone, on the screen."""
    return studio(page).locator(f'.zone[aria-label^="{zone}"]').evaluate(INSIDE)


def drag(page, id, zone):
    """Carries a school into a zone with the mouse, and says where it was let go."""
    studio(page).locator(".map").evaluate("e => e.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(200)
    (x, y), (to_x, to_y) = middle(school(page, id).locator(".school-body")), spot(page, zone)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + to_x) / 2, (y + to_y) / 2, steps=4)
    page.mouse.move(to_x, to_y, steps=4)
    page.mouse.up()
    return to_x, to_y


def mend(page):
    """What a page complains of that is the server's, not ours."""
    return [said for said in page.complaints if "favicon" not in said]


# --- the map


def test_a_school_is_dragged_to_another_zone_and_the_numbers_follow_when_the_children_do(opened):
    page = opened
    before = now(page)
    x, y = drag(page, "S01", "Brickfields")
    wait_said(page, "has moved to Brickfields")
    assert now(page) == before  # an index does not know the map
    there = middle(school(page, "S01").locator(".school-body"))
    assert abs(there[0] - x) < 6 and abs(there[1] - y) < 6
    studio(page).get_by_role("button", name="Everyone at the school of their zone").click()
    wait_now(page, 0.415)
    assert studio(page).locator('tr[data-index="dissimilarity"] .change').inner_text().startswith("▲")
    page.get_by_text("next cell: 0.415, 2 edits").wait_for()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    wait_now(page, before)
    page.get_by_text("0 edits").wait_for()
    assert mend(page) == []


def ways(page):
    """The mean ways to school as they stand there: focal group, everyone else."""
    return studio(page).locator(".ways .now").all_inner_texts()


def test_where_children_follow_dragging_a_school_moves_every_number_and_one_undo_takes_it_back(opened):
    page = opened
    before, near = now(page), ways(page)
    box = studio(page).get_by_label("Children follow")
    assert not box.is_checked()
    described = page.locator("#" + box.get_attribute("aria-describedby"))
    assert "school of their zone" in described.inner_text()
    box.check()
    page.wait_for_timeout(300)
    assert box.is_checked()
    drag(page, "S01", "Brickfields")
    wait_now(page, 0.415)
    studio(page).locator(".sentence", has_text="rises from 0.33 to 0.41").wait_for()
    assert ways(page) != near
    page.get_by_text("next cell: 0.415, 2 edits").wait_for()
    page.keyboard.press("Control+z")  # the move and what followed are one step
    wait_now(page, before)
    page.get_by_text("0 edits").wait_for()
    assert ways(page) == near and box.is_checked()
    box.uncheck()
    drag(page, "S01", "Brickfields")
    wait_said(page, "Nobody changed school")
    assert now(page) == before
    assert mend(page) == []


def test_where_they_do_not_follow_the_way_to_school_changes_at_once_and_a_sentence_says_only_that(shown):
    page, near = shown, ways(shown)
    assert near == ["1.60 km", "1.70 km"]
    drag(page, "S01", "Farms")
    sentence = studio(page).locator(".sentence", has_text="Nobody changed school")
    sentence.wait_for()
    far = ways(page)
    assert far != near and all(text in sentence.inner_text() for text in (*near, *far))
    assert studio(page).locator('.ways .change[data-way="up"]').count() == 2
    assert studio(page).locator('tr[data-index] .change[data-way="up"]').count() == 0
    page.keyboard.press("Control+z")
    page.wait_for_function("document.querySelector('.segkit-studio .ways .now').textContent === '1.60 km'")


def test_a_school_is_dragged_with_a_finger(shown):
    page = shown
    studio(page).locator(".map").evaluate("e => e.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(200)
    (x, y), (to_x, to_y) = middle(school(page, "S01").locator(".school-body")), spot(page, "Brickfields")
    scrolled = page.evaluate("scrollY")
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def touch(kind, *points):
        touches = [{"x": a, "y": b, "id": 1} for a, b in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    touch("touchStart", (x, y))
    for part in (0.3, 0.6, 1):
        touch("touchMove", (x + part * (to_x - x), y + part * (to_y - y)))
        page.wait_for_timeout(50)
    touch("touchEnd")
    session.detach()
    wait_said(page, "has moved to Brickfields")
    there = middle(school(page, "S01").locator(".school-body"))
    assert abs(there[0] - to_x) < 6 and abs(there[1] - to_y) < 6
    assert page.evaluate("scrollY") == scrolled  # the page stayed under the finger


def test_a_school_is_moved_by_keyboard_alone_and_a_voice_says_where_it_is(opened):
    page, thing = opened, school(opened, "S01")
    voice = studio(page).locator("p[aria-live=assertive]")
    thing.focus()
    begin = thing.get_attribute("transform")
    page.keyboard.press("Enter")
    voice.get_by_text("is picked up").wait_for(state="attached")
    for _ in range(4):
        page.keyboard.press("Shift+ArrowUp")
    assert "Over " in voice.inner_text()
    page.keyboard.press("Escape")
    assert thing.get_attribute("transform") == begin
    page.keyboard.press("Enter")
    for _ in range(8):
        page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    wait_said(page, "Cormorant Primary has moved to")
    assert thing.get_attribute("transform") != begin
    assert thing.evaluate("e => e === document.activeElement")
    page.keyboard.press("Control+z")
    page.wait_for_function(
        "([e, at]) => e.getAttribute('transform') === at", arg=[thing.element_handle(), begin]
    )
    if page.tool == "lab":  # no key of ours was taken for a command of the notebook
        assert page.locator(".jp-Notebook .jp-Cell").count() == 2


def test_a_zone_is_sent_to_a_school_from_a_list_and_on_the_map(shown):
    page = shown
    studio(page).get_by_role("button", name=re.compile("^Ropewalk")).focus()
    page.keyboard.press("Enter")
    choose = studio(page).get_by_role("combobox", name="Send all its children to one school")
    choose.select_option(label="Stormglass Primary")
    wait_now(page, 0.297)
    page.keyboard.press("Control+z")
    wait_now(page, 0.334)
    studio(page).get_by_role("button", name="or on the map").click()
    studio(page).locator(".pick", has_text="Now click a school on the map").wait_for()
    school(page, "S06").dispatch_event("click")
    wait_now(page, 0.297)
    wait_said(page, "All children of Ropewalk now go to Stormglass Primary")


def test_the_map_says_in_words_what_it_shows_and_names_no_thing_by_colour_alone(shown):
    picture = studio(shown).locator(".map svg").first
    words = shown.locator("#" + picture.get_attribute("aria-describedby")).inner_text()
    assert "19 schools" in words or "18 schools" in words
    zones = studio(shown).locator(".zone").evaluate_all("all => all.map(e => e.getAttribute('aria-label'))")
    assert len(zones) == 7 and all("children" in zone for zone in zones)
    fills = studio(shown).locator(".zone").evaluate_all("all => all.map(e => e.getAttribute('fill'))")
    assert all(fill.startswith("url(#") for fill in fills)  # a pattern for each class


# --- the tables


def test_a_count_is_typed_nonsense_is_told_beside_its_cell_and_keys_undo(opened):
    page = opened
    field = cell(page, "far", "Cormorant Primary")
    field.fill("40")
    wait_now(page, 0.25, places=2)
    changed = now(page)
    for slip, part in (("12.5", "whole numbers"), ("two", "digits"), ("-3", "0 or more"), ("", "type 0")):
        field.fill(slip)
        studio(page).locator(".pupils + .beside", has_text=part).wait_for()
        assert field.input_value() == slip and field.get_attribute("aria-invalid") == "true"
        described = page.locator("#" + field.get_attribute("aria-describedby"))
        assert part in described.inner_text()
    field.fill("40")
    studio(page).locator(".pupils + .beside").wait_for(state="hidden")
    assert now(page) == changed and studio(page).locator("[aria-invalid]").count() == 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.value") == "43"  # the school below, in the same column
    page.keyboard.press("Control+z")
    wait_now(page, 0.334)
    assert field.input_value() == "117"
    page.keyboard.press("Control+y")
    wait_now(page, changed)
    assert "117 at the start" in field.get_attribute("aria-label")


def test_what_is_typed_digit_by_digit_is_one_step_of_undo(shown):
    field = cell(shown, "far", "Cormorant Primary")
    field.click()
    shown.keyboard.type("1234")
    shown.keyboard.press("Tab")
    wait_said(shown, "to 1234")
    shown.keyboard.press("Control+z")
    wait_now(shown, 0.334)
    assert field.input_value() == "117"


def test_a_block_from_a_spreadsheet_is_laid_into_the_table(shown):
    cell(shown, "near", "Cormorant Primary").focus()
    cell(shown, "near", "Cormorant Primary").evaluate(
        """(cell) => { const data = new DataTransfer(); data.setData('text/plain', '1\\t2\\n3\\t4\\n');
        const event = { clipboardData: data, bubbles: true, cancelable: true };
        cell.dispatchEvent(new ClipboardEvent('paste', event)); }"""
    )
    wait_said(shown, "4 numbers in 2 schools")
    assert column(shown, "near")[:2] == [1, 3] and column(shown, "far")[:2] == [2, 4]


def test_a_school_is_added_named_given_to_a_zone_and_closed(shown):
    page = shown
    studio(page).get_by_role("tab", name="Schools").click()
    studio(page).get_by_role("button", name="Add a school").click()
    wait_said(page, "is new")
    name = studio(page).locator(".schools tbody tr").last.locator(".cell.name")
    name.fill("<img src=x onerror=alert(1)>")
    wait_said(page, "<img src=x")
    assert page.locator(".segkit-studio img").count() == 0
    studio(page).get_by_label("Sector of <img").select_option("church")
    studio(page).get_by_label("Zone of <img").select_option(label="Farms")
    wait_said(page, "now belongs to Farms")
    studio(page).get_by_role("button", name=re.compile("^Close: <img")).click()
    wait_said(page, "has closed")
    assert page.complaints == []


# --- the sliders


def test_the_slider_keeps_the_total_of_every_group_and_every_school(opened):
    page = opened
    groups = ("local", "mixed", "near", "far")
    totals = [sum(column(page, group)) for group in groups]
    rolls = [sum(row) for row in zip(*(column(page, group) for group in groups), strict=True)]
    slider = studio(page).get_by_role("slider", name=re.compile("^How segregated"))
    slider.focus()
    for _ in range(3):
        page.keyboard.press("PageDown")
    slider.evaluate("e => e.dispatchEvent(new Event('change', { bubbles: true }))")
    wait_said(page, "of 100 from even to complete")
    page.wait_for_function("document.querySelector('.segkit-studio .said').textContent.includes('step')")
    assert [sum(column(page, group)) for group in groups] == totals
    assert [sum(row) for row in zip(*(column(page, group) for group in groups), strict=True)] == rolls
    assert now(page) < 0.334
    slider.press("Home")
    wait_now(page, 0.007)
    slider.press("End")
    wait_now(page, 1)
    page.keyboard.press("Control+z")  # the whole way was one gesture
    wait_now(page, 0.334)


def test_while_the_slider_moves_the_page_follows_without_asking(shown):
    slider = studio(shown).get_by_role("slider", name=re.compile("^How segregated"))
    slider.focus()
    gliding = """async (slider) => {
        const frame = () => new Promise(requestAnimationFrame);
        const read = () => document.querySelector('.segkit-studio .indices tbody .now').textContent;
        const seen = [];
        for (const at of [90, 60, 20, 0]) {
            slider.value = at;
            slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
            await frame(); await frame();
            seen.push([read(), document.querySelector('.pupils tbody .cell[data-group=far]').value]);
        }
        return seen; }"""
    for _ in range(20):  # the score comes in once
        shown.wait_for_timeout(1500)
        seen = slider.evaluate(gliding)
        if len({count for _, count in seen}) == 4:
            break
    numbers = [float(value) for value, _ in seen]
    assert numbers == sorted(numbers, reverse=True) and numbers[-1] < 0.02 < 0.8 < numbers[0]
    assert len({count for _, count in seen}) == 4


def test_a_group_grows_by_its_slider_and_every_school_keeps_its_size(shown):
    page = shown
    studio(page).get_by_role("tab", name="Groups").click()
    slider = studio(page).get_by_role("slider", name="far", exact=True)
    slider.evaluate(
        "e => { e.focus(); e.value = 20; e.dispatchEvent(new InputEvent('input', { bubbles: true })); }"
    )
    wait_said(page, "to 20")
    wait_now(page, 0.329)
    wait_now(page, 0.288, "isolation")
    page.keyboard.press("Control+z")
    wait_now(page, 0.334)


def test_two_groups_are_joined_and_every_school_keeps_its_pupils(shown):
    page = shown
    near, far = column(page, "near"), column(page, "far")
    studio(page).get_by_role("tab", name="Groups").click()
    studio(page).locator("summary", has_text="Join far with").click()
    form = studio(page).get_by_role("group", name="Join far with")
    form.get_by_label("The other group").select_option("near")
    form.get_by_label("Name of the joined group").fill("from elsewhere")
    form.get_by_role("button", name="Join them").click()
    studio(page).get_by_role("slider", name="from elsewhere", exact=True).wait_for()
    studio(page).get_by_role("tab", name="Pupils").click()
    assert column(page, "from elsewhere") == [a + b for a, b in zip(near, far, strict=True)]
    page.keyboard.press("Control+z")
    wait_now(page, 0.334)
    assert column(page, "far") == far


def test_a_group_is_split_and_the_split_taken_back(shown):
    page = shown
    studio(page).get_by_role("tab", name="Groups").click()
    studio(page).locator("summary", has_text="Split far").click()
    form = studio(page).get_by_role("group", name="Split far")
    form.get_by_label("Name of the first part").fill("long here")
    form.get_by_label("Name of the second part").fill("new here")
    form.get_by_role("button", name="Split the group").click()
    wait_said(page, "is now two groups")
    assert studio(page).get_by_role("slider", name="new here").count() == 1
    studio(page).get_by_role("tab", name="Pupils").click()
    assert studio(page).locator(".pupils thead .group").count() == 5
    page.keyboard.press("Control+z")
    wait_said(page, "Undone")
    assert studio(page).locator(".pupils thead .group").count() == 4


# --- scenarios


def test_two_states_are_kept_and_put_side_by_side(shown):
    page = shown
    studio(page).get_by_role("button", name="Everyone at the school of their zone").click()
    wait_now(page, 0.415)
    studio(page).get_by_role("tab", name="Scenarios").click()
    studio(page).get_by_label("Name of what there is now").fill("Zones")
    studio(page).get_by_role("button", name="Keep this").click()
    studio(page).locator('tr[data-scenario^="k"]').wait_for()
    page.keyboard.press("Control+z")
    wait_now(page, 0.334)
    studio(page).get_by_label("After").select_option(label="Zones")
    studio(page).get_by_role("button", name="Put side by side").click()
    side = studio(page).locator(".comparison")
    row = side.get_by_role("row", name=re.compile("^Dissimilarity")).first
    row.wait_for()
    said = row.inner_text()
    assert "0.33" in said and "0.4" in said
    assert side.locator(".two-maps svg").count() == 2
    assert side.locator("figcaption").all_inner_texts() == ["At the start", "Zones"]
    studio(page).get_by_role("button", name="Go back to Zones").click()
    wait_now(page, 0.415)


# --- files, and what is taken home


def upload(page, name, data):
    with page.expect_file_chooser() as chooser:
        studio(page).locator('[data-menu="open"] summary').click()
        studio(page).get_by_role("button", name="Open your own territory").click()
    chooser.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})


def workbook(rows, schools):
    """A small territory as a workbook: a sheet for each table."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "schools"
    for row in schools:
        sheet.append(row)
    sheet = book.create_sheet("enrolment")
    for row in rows:
        sheet.append(row)
    book.save(data := io.BytesIO())
    return data.getvalue()


SCHOOLS = [["school", "name", "sector", "level"], ["A", "North & <b>South</b>", "public", "primary"]]
SCHOOLS += [["B", "East", "public", "primary"], ["C", "West", "private", "primary"]]
SCHOOLS += [["D", "Mill", "public", "primary"]]
HEAD = ["year", "school", "level", "grouping", "group", "n", "n_status"]
SENTINEL = 3  # the count of three children that must not leave


def counts(poor=(97, 12, SENTINEL, 41), rich=(31, 88, 143, 67)):
    rows = [HEAD]
    for i, one in enumerate("ABCD"):
        rows += [[2024, one, "primary", "meals", "free", poor[i], "ok"]]
        rows += [[2024, one, "primary", "meals", "paid", rich[i], "ok"]]
    return rows


def test_a_bad_workbook_is_told_in_words_and_changes_nothing(opened):
    page = opened
    rows = counts()
    rows[1][5], rows[2][5], rows[3][1] = 12.5, "two hundred", "Z99"
    upload(page, "bad.xlsx", workbook(rows, SCHOOLS))
    box = studio(page).locator(".file-box.bad")
    box.wait_for()
    said = box.inner_text()
    assert all(part in said for part in ("12.5", "two hundred", "Z99"))
    assert now(page) == 0.334
    box.get_by_role("button", name="Close").click()
    box.wait_for(state="hidden")
    assert mend(page) == []


def test_a_good_workbook_is_private_and_only_what_may_be_seen_leaves(opened, tmp_path):
    page = opened
    upload(page, "mine.xlsx", workbook(counts(), SCHOOLS))
    studio(page).locator(".private").wait_for()
    expected = sk.dissimilarity([[97, 31], [12, 88], [SENTINEL, 143], [41, 67]])
    wait_now(page, expected, places=2)
    assert cell(page, "free", "West").input_value() == str(SENTINEL)  # the one who brought it sees all of it
    assert studio(page).locator("b", has_text="South").count() == 0  # a name is text
    cell(page, "free", "East").fill("20")
    wait_said(page, "from 12 to 20")
    assert studio(page).locator(".share-box").evaluate("e => e.textContent").count("sk.Studio") == 0
    studio(page).locator('[data-menu="save"] summary').click()
    with page.expect_download() as coming:
        studio(page).get_by_role("button", name="Package (zip)").click()
    with zipfile.ZipFile(coming.value.path()) as package:
        texts = {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}
    line = re.search(r"^2024,C,primary,meals,free,(.*)$", texts["enrolment.csv"], re.M)[1]
    assert "suppressed" in line and not line.startswith(str(SENTINEL))
    studio(page).locator('[data-menu="save"] summary').click()
    with page.expect_download() as coming:
        studio(page).get_by_role("button", name="Excel workbook").click()
    book = openpyxl.load_workbook(io.BytesIO(coming.value.path().read_bytes()))
    found = [row for row in book["enrolment"].iter_rows(values_only=True) if row[1:2] == ("C",) or "C" in row]
    assert found and all(SENTINEL not in row for row in found)
    if page.tool == "lab":  # nothing of it is in the state that JupyterLab saves with the notebook
        state = page.evaluate(
            """async () => { const panel = window.jupyterapp.shell.currentWidget;
            await panel.context.save(); return JSON.stringify(panel.context.model.toJSON()); }"""
        )
        assert "Mill" not in state and "sentinel" not in state
    studio(page).get_by_role("button", name="Close my territory").click()
    wait_now(page, 0.334)
    assert mend(page) == []


def test_the_picture_of_the_map_holds_nothing_that_is_not_seen(shown):
    page = shown
    for kind, start in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        studio(page).locator('[data-menu="save"] summary').click()
        with page.expect_download() as coming:
            studio(page).get_by_role("button", name=f"Picture ({kind})").click()
        data = coming.value.path().read_bytes()
        assert data.startswith(start)
        if kind == "SVG":
            text = data.decode()
            assert "Harbour" in text and "Marenza and its schools are invented." in text
            for hidden in ("data-", "aria-", "Cormorant", "S01", "pupils,", "tabindex", "class="):
                assert hidden not in text, hidden


def test_the_package_of_an_invented_town_opens_again_with_its_changes(shown, tmp_path):
    page = shown
    cell(page, "far", "Cormorant Primary").fill("40")
    wait_said(page, "to 40")
    changed = now(page)
    studio(page).locator('[data-menu="save"] summary').click()
    with page.expect_download() as coming:
        studio(page).get_by_role("button", name="Package (zip)").click()
    data = coming.value.path().read_bytes()
    assert open_territory(coming.value.path()).table(2024, "primary", "origin").counts[0].tolist()[3] == 40
    studio(page).get_by_role("button", name="Back to the start").click()
    wait_now(page, 0.334)
    upload(page, "again.zip", data)
    wait_now(page, changed)


def test_a_shared_line_makes_the_town_again_for_somebody_else(shown):
    page = shown
    cell(page, "far", "Cormorant Primary").fill("40")
    wait_said(page, "to 40")
    changed = now(page)
    studio(page).locator('[data-menu="share"] summary').click()
    line = studio(page).get_by_label("A line of Python that makes this again")
    line.wait_for()
    code = line.input_value()
    assert sk.dissimilarity(
        sk.Studio(re.search(r'"(.+)"', code)[1]).territory.table(2024, "primary", "origin")
    ) == pytest.approx(changed, abs=0.0006)
    page.keyboard.press("Escape")
    studio(page).get_by_role("button", name="Back to the start").click()
    wait_now(page, 0.334)
    studio(page).locator('[data-menu="open"] summary').click()
    field = studio(page).get_by_label("A link, or a line of code, that somebody shared")
    field.fill(code)
    field.press("Enter")
    wait_now(page, changed)
    assert cell(page, "far", "Cormorant Primary").input_value() == "40"


# --- the page


def test_another_town_is_chosen_and_another_grouping(shown):
    page = shown
    studio(page).get_by_label("Town", exact=True).select_option("castavera")
    page.wait_for_function("document.querySelectorAll('.segkit-studio .zone').length === 14")
    page.wait_for_function("document.querySelectorAll('.segkit-studio .pupils tbody tr').length > 60")
    studio(page).get_by_label("Grouping", exact=True).select_option("free_meals")
    studio(page).locator(".pupils thead .group").nth(1).wait_for()
    page.wait_for_function("document.querySelectorAll('.segkit-studio .pupils thead .group').length === 2")
    assert mend(page) == []


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (390, 844)])
def test_the_page_fits_the_screen(alone, size, screenshot):
    alone.set_viewport_size({"width": size[0], "height": size[1]})
    alone.wait_for_timeout(400)
    assert alone.evaluate("document.documentElement.scrollWidth") <= size[0]
    sizes = studio(alone).evaluate(
        """root => [...root.querySelectorAll('p, td, th, li, button, input, select, label, svg text')]
            .filter(e => e.getClientRects().length && e.textContent + (e.value ?? '') !== '')
            .map(e => parseFloat(getComputedStyle(e).fontSize)
                * (e.ownerSVGElement ? e.ownerSVGElement.getScreenCTM().a : 1))"""
    )
    assert min(sizes) >= (19.5 if size[0] == 1920 else 15.5)
    screenshot(alone, "studio")


@pytest.mark.parametrize("thing", [".zone", ".school"])
def test_what_is_selected_pushes_no_slider_and_no_number_away(alone, thing):
    numbers, slider = studio(alone).locator(".indices tbody").first, studio(alone).locator(".mix")
    before = middle(numbers), middle(slider)
    studio(alone).locator(f".map {thing}").nth(1).dispatch_event("click")
    studio(alone).locator(".panel:not(.empty)").wait_for()
    assert (middle(numbers), middle(slider)) == before
    top = studio(alone).bounding_box()["y"]
    assert slider.bounding_box()["y"] - top < 640  # with the map and the numbers on a screen of 1280 x 800


def test_everything_is_reached_by_tab_and_has_a_name(alone):
    nameless = studio(alone).evaluate(
        """root => [...root.querySelectorAll('button, select, input, textarea, [role=button], summary')]
            .filter(e => e.getClientRects().length)
            .filter(e => !(e.getAttribute('aria-label') || e.labels?.length || e.textContent.trim()))
            .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert nameless == []
    studio(alone).get_by_label("Town", exact=True).focus()
    seen = set()
    for _ in range(40):
        alone.keyboard.press("Tab")
        seen.add(alone.evaluate("document.activeElement.closest('[class]').getAttribute('class')"))
    assert any("zone" in name for name in seen) and any("school" in name for name in seen)
    assert any("mix" in name for name in seen)


def test_an_edit_of_a_large_town_is_drawn_at_once(shown, record_property):
    """Measured and reported, and held only to a bound that no loaded machine should miss."""
    studio(shown).get_by_label("Town", exact=True).select_option("castavera")
    shown.wait_for_function("document.querySelectorAll('.segkit-studio .zone').length === 14")
    shown.wait_for_timeout(800)
    field = studio(shown).locator(".pupils tbody .cell.count").first
    field.focus()
    took = []
    for k in range(15):
        took.append(
            field.evaluate(
                """(cell, text) => new Promise((done) => {
                const said = document.querySelector('.segkit-studio .said'), start = performance.now();
                new MutationObserver((_, watch) => {
                  watch.disconnect();
                  requestAnimationFrame(() => done(performance.now() - start));
                }).observe(said, { characterData: true, childList: true, subtree: true });
                cell.value = text; cell.dispatchEvent(new InputEvent('input', { bubbles: true })); })""",
                str(100 + 7 * k),
            )
        )
    record_property("from a typed count to the answer drawn", f"median {statistics.median(took):.0f} ms")
    assert statistics.median(took) < 1000


def test_a_closed_view_leaves_no_listener_behind(shown):
    """Ten views opened and closed, counted by the browser itself."""
    session = shown.context.new_cdp_session(shown)
    session.send("Performance.enable")

    def listeners():
        session.send("HeapProfiler.collectGarbage")
        found = session.send("Performance.getMetrics")["metrics"]
        return {one["name"]: one["value"] for one in found}["JSEventListeners"]

    opened = """async (times) => {
        const manager = window.jupyterapp.widgetManager ?? window.jupyterapp.widgetManager;
        const models = await Promise.all(Object.values(manager._models ?? {}).reverse());
        const model = models.find((one) => one.get('_esm') || one.get('_anywidget_id')?.includes('studio'));
        if (!model) return false;
        for (let k = 0; k < times; k++) {
            const view = await manager.create_view(model), box = document.createElement('div');
            document.body.append(box);
            box.append(view.el ?? view.luminoWidget.node);
            await new Promise((done) => setTimeout(done, 150));
            view.remove();
            box.remove();
        }
        return true; }"""
    if not shown.evaluate(opened, 2):
        pytest.skip("this page does not hand out its models")
    before = listeners()
    shown.evaluate(opened, 6)
    for _ in range(10):  # what is timed comes to its end
        shown.wait_for_timeout(800)
        if (left := listeners()) <= before + 12:
            break
    assert left <= before + 12


def test_the_notebook_opens_and_works(page, open_voila):
    open_voila(page, "studio")
    page.wait_for_function(READY)
    assert page.get_by_role("heading", name="Close the school in the Harbour").count() == 1
    assert page.get_by_text("For those who run the cells").count() == 0
    assert mend(page) == []


def test_base64_in_the_page_hides_nothing(shown):
    """The page holds no data but what it shows: no picture, no array in its markup."""
    markup = studio(shown).evaluate("e => e.outerHTML")
    assert not re.search(r"data:[a-z]+/[a-z]+;base64", markup)
    assert base64.b64encode(b"PNG") not in markup.encode()
