"""Unit 2.3 itself: a town or a file of one's own, five dimensions that follow, a report to take home."""

import json
import re
from base64 import b64encode
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

import segkit as sk

UNIT = "unit-2-3-taking-stock"
SIZES = {"laptop": {"width": 1280, "height": 800}, "projector": {"width": 1920, "height": 1080}}
# every box has its widget, and every cell shows what is looked at
FOLLOWED = """() => {
    const cells = [...document.querySelectorAll('.segkit-live')];
    const boxes = document.querySelectorAll('.jp-OutputArea-output .lm-Widget:empty:not(.jp-OutputPrompt)');
    const follows = (cell) => cell.getAttribute('aria-busy') === 'false';
    return cells.length && !boxes.length && cells.every(follows);
}"""
BEHIND = """() => document.querySelectorAll('.segkit-live').forEach(
    (cell) => cell.setAttribute('aria-busy', 'behind'))"""
RESET = """() => {
    document.querySelector('.segkit-intake').dispatchEvent(new Event('segkit:reset'));
    document.querySelector('.segkit-takeaway textarea').value = '';
    scrollTo(0, 0);
}"""
RESTED = """() => {
    const intake = document.querySelector('.segkit-intake');
    return intake.querySelector('.found').hidden && intake.querySelector('.privacy').hidden
        && intake.querySelector('.about .now')?.textContent.includes('Marenza');
}"""
# whoever looks may look after the next picture
SEEN = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
)
SMALL = """(least) => {
    const ours = ['live', 'intake', 'takeaway'].map((name) => `.segkit-${name} *`).join(', ');
    const says = (it) => [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const size = (it) => parseFloat(getComputedStyle(it).fontSize);
    return [...document.querySelectorAll(ours)]
        .filter((it) => it.checkVisibility() && says(it) && size(it) < least)
        .filter((it) => !it.closest('.unseen, pre, option'))
        .map((it) => `${it.className} ${size(it)}: ${it.textContent.slice(0, 40)}`).slice(0, 9);
}"""


def workbook(**wrong) -> bytes:
    """A small town as an Excel file; `wrong` puts other things into cells of the sheet enrolment."""
    book = openpyxl.Workbook()
    schools, enrolment = book.active, book.create_sheet("enrolment")
    schools.title = "schools"
    schools.append(["school", "name", "sector", "level", "capacity"])
    enrolment.append(["year", "school", "level", "grouping", "group", "n"])
    for i in range(1, 9):
        schools.append([f"S{i}", f"Elmtree {i}", "public" if i % 3 else "private", "primary", 220])
        for group, n in (("newcomers", 3 if i == 1 else 7 * i), ("others", 150 - 5 * i)):
            enrolment.append([2024, f"S{i}", "primary", "origin", group, n])
    for place, value in wrong.items():
        enrolment[place] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def file_of(data, name):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": name, "mimeType": kind, "buffer": data}


def taken(download):
    """The workbook that came home: the browser keeps it under a name without an ending."""
    return openpyxl.load_workbook(BytesIO(download.value.path().read_bytes()))


@contextmanager
def followed(page):
    """What is done in here is followed by every cell: each is drawn again."""
    page.evaluate(BEHIND)
    yield
    page.wait_for_function(FOLLOWED)


@pytest.fixture
def opened(lasting):
    """opened("voila" or "lab"): the whole unit, all of it computed."""

    def unit(tool):
        page = lasting(tool, UNIT)
        page.get_by_role("heading", name="12. The answer").wait_for()
        page.locator(".segkit-intake .about .now").wait_for()
        return page

    return unit


@pytest.fixture
def voila(opened):
    """The unit as it is in the beginning: an invented town is looked at, and no file."""
    page = opened("voila")
    page.set_viewport_size(SIZES["laptop"])
    with followed(page):
        page.evaluate(RESET)
        page.wait_for_function(RESTED)
    return page


@pytest.mark.parametrize("tool", ["voila", "lab"])
def test_every_step_of_the_unit_is_computed_and_nothing_complains(opened, tool):
    unit = opened(tool)
    assert not unit.get_by_text("could not be computed").count()
    assert not unit.get_by_text("the reason is ours").count()
    assert not unit.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count()
    assert [said for said in unit.complaints if "favicon" not in said] == []


def test_another_town_is_followed_by_pictures_and_numbers(voila):
    d = voila.locator('[data-finding="segregation.dissimilarity"] .big')
    view = sk.protect(sk.sample("marenza"))
    assert d.inner_text() == f"{view.interval('dissimilarity', 2024, 'primary').low:.2f}"
    picture = voila.locator(".segkit-live img").first
    assert "Marenza" in picture.get_attribute("alt")
    with followed(voila):
        voila.locator("[data-choose=town]").select_option(index=1)
        voila.locator(".segkit-intake .about .now").filter(has_text="Larkfold").wait_for()
    other = sk.protect(sk.sample("larkfold"))
    assert d.inner_text() == f"{other.interval('dissimilarity', 2024, 'primary').low:.2f}"
    assert "Larkfold" in picture.get_attribute("alt")


def test_in_lab_a_choice_is_a_value_for_the_next_cell(opened):
    page = opened("lab")
    page.locator("[data-choose=level]").select_option(index=1)
    finding = page.locator('[data-finding="segregation.dissimilarity"] .big')
    page.locator(".jp-Notebook").first.evaluate(
        "(it) => it.querySelector('.jp-WindowedPanel-outer')?.scrollTo(0, 9e9)"
    )
    page.get_by_role("heading", name="6. Segregation").scroll_into_view_if_needed()
    finding.wait_for()
    view = sk.protect(sk.sample("marenza"))
    new = f"{view.interval('dissimilarity', 2024, 'lower-secondary').low:.2f}"
    finding.filter(has_text=new).wait_for()


def test_a_bad_workbook_is_told_all_its_faults(voila):
    bad = workbook(F2=-4, F5="two hundred", B7="S99", F9=12.5, A11=20244)
    voila.locator("[data-do=file]").set_input_files(file_of(bad, "bad.xlsx"))
    found = voila.locator(".segkit-intake .found")
    found.locator(".errors li").first.wait_for()
    said = found.inner_text()
    for line in (2, 5, 7, 9, 11):
        assert re.search(rf"line {line}\b", said)
    assert "Marenza" in voila.locator(".about .now").inner_text()


def test_a_good_workbook_is_protected_shown_and_taken_home(voila, screenshot):
    voila.locator("[data-do=file]").set_input_files(file_of(workbook(), "good.xlsx"))
    voila.locator(".segkit-intake .found.good").wait_for()
    assert "Elmtree" not in voila.locator("main").inner_text()  # nothing is shown before it is protected
    with followed(voila):
        voila.locator("[data-do=protect]").click()
        voila.locator(".about .now").filter(has_text="your file").wait_for()
    alt = voila.locator(".segkit-live img").first.get_attribute("alt")
    assert "Elmtree 1 not shown" in alt and "Elmtree 8" in alt
    screenshot(voila, f"{UNIT}-own")
    voila.locator(".segkit-takeaway textarea").fill("<script>alert(1)</script> who, where & since when")
    with voila.expect_download() as download:
        voila.locator("[data-do=report]").click()
    assert download.value.suggested_filename.endswith("-report.html")
    html = download.value.path().read_text()
    assert "<script" not in html and "who, where &amp; since when" in html
    assert not re.search(r'(src|href)="(https?:)?//', html)  # it asks nobody
    with voila.expect_download() as download:
        voila.locator("[data-do=tables]").click()
    sheet = taken(download)["enrolment"]
    head, *rows = sheet.iter_rows(values_only=True)
    first = [
        row for row in rows if row[head.index("school")] == "S1" and row[head.index("group")] == "newcomers"
    ]
    assert [row[head.index("n")] for row in first] in ([None], [""])
    assert [said for said in voila.complaints if "favicon" not in said] == []


DROP = """(box, {name, data}) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], name));
    box.scrollIntoView({ block: "center" });
    const { left, top, width, height } = box.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const under = document.elementFromPoint(x, y);
    const send = (kind) => under.dispatchEvent(new DragEvent(kind,
        { bubbles: true, cancelable: true, clientX: x, clientY: y, dataTransfer: carried }));
    return ["dragenter", "dragover", "drop"].map((kind) => !send(kind)).slice(1);  // was it taken?
}"""


def dropped(place, data, name):
    return place.evaluate(DROP, {"name": name, "data": b64encode(data).decode()})


def test_a_file_is_let_go_on_the_box_and_beside_it_nothing_happens(voila):
    address = voila.url
    box = voila.locator(".segkit-intake .drop")
    beside = voila.get_by_role("heading", name="2. Your territory")
    assert dropped(beside, workbook(), "beside.xlsx") == [True, True]  # the browser would open it
    assert not voila.locator(".segkit-intake .found").is_visible()
    assert dropped(box, workbook(), "good.xlsx") == [True, True]
    voila.locator(".segkit-intake .found.good").wait_for()
    assert "good.xlsx" in voila.locator(".segkit-intake .found").inner_text()
    assert voila.locator(".segkit-intake .over").count() == 0 and voila.url == address


NO_TERRITORY = [
    ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(300), "picture"),
    ("report.pdf", b"%PDF-1.7\n" + bytes(300), "PDF"),
    ("pupils.csv", b"name,surname,birth date,school\nAnna,Rossi,2014-03-02,Elm\n", "single children"),
]


def test_a_file_that_is_no_territory_is_told_so_and_the_page_stays(voila):
    for name, data, says in NO_TERRITORY:
        voila.locator("[data-do=file]").set_input_files(file_of(data, name))
        found = voila.locator(".segkit-intake .found").filter(has_text=name)
        found.filter(has_text=re.compile(says)).wait_for()
        assert "Rossi" not in voila.locator("main").inner_text()
        assert not voila.locator(".segkit-intake .privacy").is_visible()
        assert "Marenza" in voila.locator(".about .now").inner_text()


def real_town(folder) -> bytes:
    """A town with everything, as if it were real, in a zip: protecting it takes a while."""
    sk.protect(sk.sample("ilvara")).write(folder / "town")
    about = folder / "town" / "datapackage.json"
    package = json.loads(about.read_text())
    text = json.dumps(package).replace('"invented": true', '"invented": false')
    assert text != json.dumps(package)
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        for path in sorted((folder / "town").iterdir()):
            packed.writestr(path.name, text if path == about else path.read_text())
    return out.getvalue()


def test_stop_while_a_file_is_protected_shows_nothing_of_it(voila, tmp_path):
    voila.locator("[data-do=file]").set_input_files(file_of(real_town(tmp_path), "real.zip"))
    voila.locator(".segkit-intake .found.good").wait_for()
    voila.locator("[data-do=protect]").click()
    voila.locator(".segkit-intake .going").wait_for()
    assert voila.locator("[data-do=protect]").is_disabled()
    voila.locator("[data-do=stop]").click()
    voila.locator(".segkit-intake .refused").filter(has_text="Stopped").wait_for()
    assert not voila.locator(".segkit-intake .going").is_visible()
    assert voila.locator("[data-do=protect]").is_enabled()
    assert "Marenza" in voila.locator(".about .now").inner_text()
    voila.wait_for_timeout(3000)  # nor does it come later
    assert "Springhead" not in voila.locator("main").inner_text()


def test_fewer_small_numbers_are_hidden_only_for_a_reason(voila):
    voila.locator("[data-do=file]").set_input_files(file_of(workbook(), "good.xlsx"))
    voila.locator(".segkit-intake .found.good").wait_for()
    voila.locator("[data-choose=preset]").select_option("k")
    voila.locator("[data-choose=k]").fill("3")
    voila.locator("[data-do=protect]").click()
    refused = voila.locator(".segkit-intake .refused").filter(has_text="k = 3")
    refused.wait_for()
    assert not re.search(r"--reason|reason=", refused.inner_text())  # no code for who sees no code
    assert "Marenza" in voila.locator(".about .now").inner_text()
    voila.locator("[data-choose=reason]").fill("agreed with the data office in May")
    with followed(voila):
        voila.locator("[data-do=protect]").click()
        voila.locator(".about .now").filter(has_text="your file").wait_for()
    assert "data office in May" in voila.locator(".segkit-intake .about").inner_text()


def test_a_town_of_which_less_is_known_is_followed_with_what_to_collect(voila):
    known = voila.locator("[data-choose=ready]")
    with followed(voila):
        known.select_option(index=2)
        voila.locator(".segkit-intake .about").filter(has_text="how many pupils each school has").wait_for()
    d = voila.locator('[data-finding="segregation.dissimilarity"]')
    assert not d.locator(".big").count() and "Collect" in d.locator(".cannot").inner_text()
    assert voila.locator(".segkit-live .needs .gone").count() >= 5
    alts = [it.get_attribute("alt") for it in voila.locator(".segkit-live img").all()]
    assert not [alt for alt in alts if "Harbour" in alt]  # nothing of the fuller town stays on the page
    with followed(voila):
        known.select_option(index=0)
    d.locator(".big").wait_for()


# how many others are busy at the moment at which D is another
WAITING = """() => {
    const d = () => document.querySelector('[data-finding="segregation.dissimilarity"] .big')?.textContent;
    const before = d();
    window.waiting = null;
    new MutationObserver((_, eye) => {
        if (d() === before) return;
        eye.disconnect();
        window.waiting = document.querySelectorAll('.segkit-live:not([aria-busy=false])').length;
    }).observe(document.querySelector('main'), { childList: true, subtree: true });
}"""


def test_what_is_in_sight_follows_first(voila):
    voila.get_by_role("heading", name="6. Segregation").scroll_into_view_if_needed()
    voila.evaluate(SEEN)
    voila.evaluate(WAITING)
    with followed(voila):
        voila.locator("[data-choose=town]").evaluate(
            "(it) => { it.selectedIndex = 1; it.dispatchEvent(new Event('change')); }"
        )
        voila.wait_for_function("() => window.waiting !== null")
    assert voila.evaluate("waiting") > 3  # those out of sight came later


def test_the_intake_is_used_with_the_keyboard_alone(voila):
    town = voila.locator("[data-choose=town]")
    town.focus()
    voila.keyboard.press("ArrowDown")
    voila.locator(".segkit-intake .about .now").filter(has_text="Larkfold").wait_for()
    assert town.evaluate("(it) => document.activeElement === it")


def test_the_template_comes_home(voila):
    with voila.expect_download() as download:
        voila.locator("[data-do=template]").click()
    assert {"schools", "enrolment"} <= set(taken(download).sheetnames)


def test_in_voila_no_code_is_seen_and_no_cell_is_for_those_who_run_cells(voila):
    text = voila.locator("main").inner_text()
    assert not re.search(r"sk\.(Intake|ask)\(|import segkit|town\.show", text)
    assert "For those who run the cells" not in text
    assert text.count("For the facilitator") >= 11


@pytest.mark.parametrize(("size", "least"), [("laptop", 16), ("projector", 20)])
def test_the_unit_is_no_wider_than_its_page_and_its_letters_are_large(voila, screenshot, size, least):
    voila.set_viewport_size(SIZES[size])
    voila.evaluate(SEEN)
    screenshot(voila, UNIT)
    assert voila.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert voila.evaluate(SMALL, least) == []
