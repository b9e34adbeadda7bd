"""The glossary: every term is said plainly, once, where it says it is met, and never becomes markup."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import segkit as sk
from segkit.terms import DECLARED, UNITS, WORKS, Term, cited, declared
from segkit.words import say, speaking, words

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
TERMS = declared()


class Page(HTMLParser):
    """The ids, links and text of a piece of HTML."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.links, self.tags, self.text = [], [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data):
        self.text += data


def told(unit: str) -> str:
    """All that a unit tells its reader: its text, and the sentences of its questions, films and boards."""
    notebook = json.loads((NOTEBOOKS / f"{UNITS[unit]}.ipynb").read_text("utf-8"))
    text = " ".join("".join(cell["source"]) for cell in notebook["cells"])
    asked = [f"ask.{name}" for name in re.findall(r'sk\.ask\("(\w+)"', text)]
    filmed = [f"lesson.{name}" for name in re.findall(r"lessons\.(\w+)", text)]
    rooms = ("index.", "film.", "calculator.", "measure.", *(("parable",) if unit == "2.1" else ()))
    shown = [said for key, said in words().items() if key.startswith((*asked, *filmed, *rooms))]
    return " ".join([text, *shown]).casefold()


def test_every_term_has_a_name_and_one_or_two_sentences_of_its_own():
    assert len({term.name for term in TERMS}) == len({term.anchor for term in TERMS}) == len(TERMS) > 60
    for term in TERMS:
        assert term.means[0].isupper() and term.means.endswith("."), term.name
        assert 1 <= len(re.findall(r"[.?!](?= |$)", term.means)) <= 2, term.name
        assert len(term.means) < 220, term.name


def test_no_word_of_the_glossary_is_left_over():
    said = {key.split(".")[1] for key in words() if key.startswith("glossary.") and key.endswith(".means")}
    assert said == {key for keys in DECLARED.values() for key in keys}


def test_an_index_means_here_what_it_means_on_the_shelf():
    for name, index in sk.INDICES.items():
        term = next(term for term in TERMS if term.key == name)
        assert term.means.casefold() == say(f"index.{name}.means").casefold() + "."
        assert (term.symbol, term.source) == (index.symbol, index.source)


@pytest.mark.parametrize(
    "asked, key",
    [
        ("D", "dissimilarity"),
        ("GS", "gorard"),
        ("xPx", "isolation"),
        ("white flight", "white_flight"),
        ("White-Flight", "white_flight"),
        ("cut point", "cut_point"),
        ("by_chance", "by_chance"),
        ("THE WHOLE", "whole"),
    ],
)
def test_a_term_is_found_by_its_name_or_its_symbol(asked, key):
    assert sk.glossary(asked).key == key


@pytest.mark.parametrize(
    "asked, near",
    [
        ("Gorard index", "Gorard's segregation"),
        ("isolatoin", "Isolation"),
        ("root", "Square root"),
        ("", "sk.glossary()"),
    ],
)
def test_a_word_that_is_not_there_is_answered_with_those_that_are(asked, near):
    with pytest.raises(ValueError, match=re.escape(near)):
        sk.glossary(asked)


def test_every_name_at_the_top_leads_to_its_entry():
    page = Page(sk.glossary()._repr_html_())
    inside = [link[1:] for link in page.links if link.startswith("#term-")]
    assert sorted(inside) == sorted(term.anchor for term in TERMS)
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} == set(page.ids)


def test_whoever_proposed_a_term_is_named_with_the_place_where_it_was_published():
    assert {work for term in TERMS for work in cited(term.source)} == set(WORKS)
    for term in TERMS:
        years = re.findall(r"\(\d{4}\)", term.source)
        assert len(cited(term.source)) == len(years), term.source
        assert bool(years) == bool(term.source), term.source
    page = Page(sk.glossary("D")._repr_html_())
    assert "#work-duncan-duncan-1955" in page.links and "work-duncan-duncan-1955" in page.ids
    assert "American Sociological Review 20: 210–217" in page.text


def test_in_another_language_the_glossary_says_so():
    with speaking("it"):
        html = sk.glossary()._repr_html_()
    assert 'class="segkit-glossary" lang="it"' in html
    assert '<ul lang="en">' in html  # titles of works are not translated


def test_every_unit_it_names_is_a_notebook():
    page = Page(sk.glossary()._repr_html_())
    for link in {link for link in page.links if not link.startswith("#")}:
        assert (NOTEBOOKS / link).is_file(), link


@pytest.mark.parametrize("unit", UNITS)
def test_a_term_is_met_where_the_glossary_says(unit):
    text = told(unit)
    stems = {"By chance": "chance", "Process and result": "process", "Between and within": "within"}
    stems |= {"Opting out": "opt out", "Avoidance": "avoid"}
    stems = {t.name: stems.get(t.name, t.name.casefold().split(" (")[0]) for t in TERMS if unit in t.met}
    missing = [name for name, stem in stems.items() if not re.search(re.sub("[- ]", "[-  ]?", stem), text)]
    assert missing == []


def test_names_and_meanings_never_become_markup():
    term = Term("x", "<b>A</b>", "1 < 2 & “so on”.", "idea", ("2.1",), "<i>", "<script>alert(1)</script>")
    page = Page(term._repr_html_())
    assert "script" not in page.tags and "b" not in page.tags and "i" not in page.tags
    assert "<b>A</b>" in page.text and "1 < 2 & “so on”." in page.text


def test_as_text_it_says_the_same():
    text = str(sk.glossary())
    assert all(f"{term.means}" in text for term in TERMS)
    assert str(sk.glossary("D")) == (
        "Dissimilarity (D): The share of the focal group that would have to change school, nobody replacing "
        "them, for every school to mirror the whole. [Duncan & Duncan (1955); Unit 2.1; Unit 2.2]"
    )
    assert len(sk.glossary()) == len(list(sk.glossary())) == len(TERMS)
