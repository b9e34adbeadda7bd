"""The report: one page that needs nothing but itself, says nothing that is not shown, and reads in order."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

import segkit as sk
from segkit.assessing import assess
from segkit.indices.shelf import INDICES
from segkit.privacy import protect
from segkit.reporting import inline, report
from segkit.words import words

VOID = {"meta", "link", "br", "img", "hr", "input"}


class Read(HTMLParser):
    """What a browser would find: elements in order, each with what it is in; and whether all are closed."""

    def __init__(self, page: str):
        super().__init__()
        self.open, self.elements, self.text = [], [], []
        self.feed(page)
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes), list(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes), list(self.open)))

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)

    def all(self, tag) -> list[dict]:
        return [attributes for name, attributes, _ in self.elements if name == tag]

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())


@pytest.fixture(scope="module")
def marenza():
    return protect(sk.sample("marenza"))


@pytest.fixture(scope="module")
def page(marenza) -> str:
    return report(marenza, level="primary", problem="Who decides?\nAnd <b>how</b>?", place="To the council")


@pytest.fixture(scope="module")
def read(page) -> Read:
    return Read(page)


@pytest.fixture(scope="module")
def real():
    return protect(replace(sk.sample("marenza"), invented=False, recipe=""))


# --- one page, alone


def test_the_page_needs_nothing_from_anywhere(page, read):
    assert page.startswith("<!doctype html>") and page.endswith("</html>\n")
    assert not {"script", "link", "iframe", "object", "embed", "img", "form", "base"} & {
        tag for tag, *_ in read.elements
    }
    assert not re.search(r"https?:|//[a-z]|@import|url\((?!#)|\bsrc=|javascript:|file:", page)
    policy = next(one["content"] for one in read.all("meta") if one.get("http-equiv"))
    assert policy.startswith("default-src 'none'") and "script" not in policy
    assert not [a for _, attributes, _ in read.elements for a in attributes if a.startswith("on")]


def test_every_link_leads_somewhere_on_the_page_and_no_name_is_used_twice(read):
    names = [attributes["id"] for _, attributes, _ in read.elements if "id" in attributes]
    assert len(names) == len(set(names))
    for _, attributes, _ in read.elements:
        for link in (attributes.get("href"), *re.findall(r"url\((#[^)]*)\)", str(attributes))):
            assert link is None or link.startswith("#") and link[1:] in names, link
        for name in attributes.get("aria-labelledby", "").split():
            assert name in names


def test_headings_come_in_order(read):
    levels = [int(tag[1]) for tag, *_ in read.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_tables_and_figures_can_be_read_by_ear(page, read):
    assert read.all("html")[0]["lang"] == "en"
    assert len(read.all("caption")) == len(read.all("table")) > 20
    assert all(one.get("scope") in ("col", "row") for one in read.all("th"))
    figures = [one for one in read.all("div") if one.get("role") == "img"]
    assert len(figures) == len(read.all("figure")) == len(read.all("figcaption")) >= 8
    assert all(len(one["aria-label"]) > 40 for one in figures)
    assert all(one["aria-hidden"] == "true" for one in read.all("svg"))


def test_a_drawing_holds_nothing_that_is_not_drawn(page):
    svg = (
        '<?xml?><!DOCTYPE x>\n<svg width="1" height="2" viewBox="0 0 1 2">\n<metadata>2024-01-01</metadata>\n'
    )
    svg += '<!-- S01 17 --><path id="a" d="M 12.345678 1"/><use xlink:href="#a" clip-path="url(#b)"/></svg>'
    assert inline(svg, "p1-") == (
        '<svg viewBox="0 0 1 2" aria-hidden="true" focusable="false"> <path id="p1-a" d="M 12.34 1"/>'
        '<use href="#p1-a" clip-path="url(#p1-b)"/></svg>'
    )
    assert "<metadata" not in page and "<!--" not in page and "Matplotlib" not in page


def test_the_same_data_give_the_same_page_and_the_file_is_the_page(marenza, page, tmp_path):
    path = tmp_path / "report.html"
    again = report(
        assess(marenza, level="primary"),
        path,
        problem="Who decides?\nAnd <b>how</b>?",
        place="To the council",
    )
    assert again == page == path.read_bytes().decode("utf-8")


# --- what is on it


def test_the_five_dimensions_are_there_with_every_sentence(marenza, read):
    found = assess(marenza, level="primary")
    for dimension in found.dimensions:
        assert dimension.title in read.words and dimension.question in read.words
        for line in dimension.missing:
            assert line in read.words
    for finding in found.findings.values():
        if finding.key.removeprefix("segregation.") not in INDICES:
            assert finding.title in read.words and finding.text in read.words, finding.key
        assert finding.command in read.words
    for line in found.summary():
        assert line in read.words
    assert found.start.replace("\n", " ") in read.words and found.shell.splitlines()[-1] in read.words


def test_every_index_is_there_with_its_formula_and_its_source(read):
    for name, index in INDICES.items():
        assert f"report.formula.{name}" in words(), "a formula in plain letters, for the page"
        assert f"{index.symbol} = {words()[f'report.formula.{name}']}" in read.words
        assert index.source in read.words
    assert "Massey & Denton (1993)" in read.words and "conventions" in read.words


def test_the_readers_own_words_stay_words(page, read):
    assert "Who decides?\nAnd &lt;b&gt;how&lt;/b&gt;?" in page and "To the council" in read.words
    assert "A problem of practice" in read.words
    assert "A problem of practice" not in Read(report(protect(sk.sample("marenza", ready=1)))).words


def test_names_from_a_file_stay_words():
    town = sk.sample("larkfold")
    evil = '"><script>alert(1)</script>{{ 7*7 }}'
    schools = town.schools.assign(name=evil)
    enrolment = town.enrolment.replace({"group": {town.enrolment["group"].iloc[0]: "<img src=x onerror=1>"}})
    there = replace(
        town, name=evil, tables={"schools": schools, "enrolment": enrolment}, groupings={}, focal={}
    )
    read = Read(report(protect(there), problem=evil, place=evil))
    assert not {"script", "img"} & {tag for tag, *_ in read.elements}
    assert evil in read.words and "49" not in re.findall(r"</script>(\S*)", read.words)


def test_a_raw_territory_never_reaches_a_page():
    town = sk.sample("marenza")
    for raw in (town, town.table(2024, "primary"), town.enrolment, None):
        with pytest.raises(TypeError, match="protect"):
            report(raw)
    with pytest.raises(TypeError, match="already"):
        report(assess(protect(town)), level="primary")


def test_a_real_place_has_its_notice_and_no_exact_share(real, marenza):
    read = Read(report(real, level="primary"))
    for line in real.notice:
        assert line in read.words
    assert str(dict(real.hidden)["enrolment"]) in read.words and "invented" not in read.words
    assert "between 0.31 and 0.37" in read.words


def test_hidden_counts_are_nowhere_on_the_page():
    """Two towns that differ only in what the door hides have the same page."""
    tables = []
    for n in (2, 3):
        far = {"S1": n, "S2": 40, "S3": 5 - n, "S4": 30, "S5": 2, "S6": 35}
        body = [
            (2024, s, "primary", "o", g, k) for s, x in far.items() for g, k in (("a", x), ("b", 100 - x))
        ]
        body += [(2024, s, "primary", "all", "all", 100) for s in far]
        tables.append(pd.DataFrame(body, columns="year school level grouping group n".split()))
    schools = pd.DataFrame({"school": [f"S{i}" for i in range(1, 7)], "sector": "public", "level": "primary"})
    pages = []
    for table in tables:
        view = protect(sk.Territory("Twin", {"schools": schools, "enrolment": table}, focal={"o": "a"}))
        shown = view.territory.enrolment
        assert (shown["n_status"] == "suppressed").any()
        pages.append(report(view))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("ready", [1, 2])
def test_less_data_make_a_shorter_page_that_says_what_to_collect(ready):
    read = Read(report(protect(sk.sample("thornmoor", ready=ready))))
    assert "table flows" in read.words and "What cannot be assessed" in read.words
    assert not re.search(r"\bnan\b|\bNone\b|<NA>", read.words)


def test_the_room_answers_to_its_name(marenza):
    import segkit.reporting

    with pytest.raises(TypeError, match="protect"):
        segkit.report(np.ones((2, 2)))


def test_a_public_page_may_be_passed_on_and_a_shared_one_may_not():
    raw = replace(sk.sample("marenza", ready=1), invented=False, recipe="")
    public = protect(raw)
    assert public.whole, "nothing to hide: that is what this is about"
    assert "passed on" not in Read(report(public)).words and "had to be hidden" in Read(report(public)).words
    shared = protect(raw, mode="shared", recipients="The council", reason="looking at it together")
    assert "not to be passed on" in Read(report(shared)).words
