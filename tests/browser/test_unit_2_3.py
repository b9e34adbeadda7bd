"""Unit 2.3 itself: a town or a file of one's own, five dimensions that follow, a report to take home."""

import re
from io import BytesIO

import openpyxl
import pytest

import segkit as sk

UNIT = "unit-2-3-taking-stock"
FOLLOWED = """() => {
    const cells = [...document.querySelectorAll('.segkit-live')];
    return cells.length && cells.every((cell) => cell.getAttribute('aria-busy') === 'false');
}"""


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


def follow(page):
    """Wait until every cell that can be seen follows what is looked at."""
    page.wait_for_timeout(300)
    page.wait_for_function(FOLLOWED)


@pytest.fixture(params=["voila", "lab"])
def unit(request, page, open_voila, open_lab):
    """The whole unit, all of it computed."""
    {"voila": open_voila, "lab": open_lab}[request.param](page, UNIT)
    page.get_by_role("heading", name="12. The answer").wait_for()
    page.locator(".segkit-intake .about .now").wait_for()
    return page


@pytest.fixture
def voila(page, open_voila):
    open_voila(page, UNIT)
    page.locator(".segkit-intake .about .now").wait_for()
    follow(page)
    return page


def test_every_step_of_the_unit_is_computed_and_nothing_complains(unit):
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
    voila.locator("[data-choose=town]").select_option(index=1)
    voila.locator(".segkit-intake .about .now").filter(has_text="Larkfold").wait_for()
    follow(voila)
    other = sk.protect(sk.sample("larkfold"))
    assert d.inner_text() == f"{other.interval('dissimilarity', 2024, 'primary').low:.2f}"
    assert "Larkfold" in picture.get_attribute("alt")


def test_in_lab_a_choice_is_a_value_for_the_next_cell(page, open_lab):
    open_lab(page, UNIT)
    page.locator(".segkit-intake .about .now").wait_for()
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
    voila.locator("[data-do=protect]").click()
    voila.locator(".about .now").filter(has_text="your file").wait_for()
    follow(voila)
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


@pytest.mark.parametrize("page", ["laptop", "projector"], indirect=True)
def test_the_unit_is_no_wider_than_its_page_and_its_letters_are_large(page, open_voila, screenshot):
    open_voila(page, UNIT)
    follow(page)
    screenshot(page, UNIT)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    least = 20 if page.viewport_size["width"] == 1920 else 16
    assert page.evaluate(SMALL, least) == []
