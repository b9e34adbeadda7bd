"""Facts: each as its source has it, and every sentence a page says about them read off the numbers."""

import ast
import inspect
import math
from functools import cached_property
from html.parser import HTMLParser

import pytest

from segkit import facts, plots, surveys, sweeps
from segkit.facts import FACTS, LAWS, PRIVATE, enrolment, fact, place
from segkit.widgets import tipping
from segkit.words import say, words

COUNTRIES = tuple(facts.ENROLMENT)


# --- as the source has it


@pytest.mark.parametrize(
    "country, year, total, male",
    [
        ("italy", 1820, 15.3, 20.2),
        ("italy", 1920, 79.1, 70.5),
        ("italy", 1940, 100, None),
        ("italy", 1990, 92.1, None),
        ("spain", 1850, 26.0, 38.5),
        ("spain", 1910, 41.5, 39.2),
        ("spain", 1970, 94.0, 93.0),
        ("norway", 1820, 48.5, 45.9),
        ("norway", 1890, 91.5, 100),
        ("norway", 1960, 87.7, 77.0),
        ("norway", 2010, 99.0, None),
    ],
)
def test_enrolment_is_as_the_source_prints_it(country, year, total, male):
    assert (enrolment(country).at(year), enrolment(country).males_at(year)) == (total, male)


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_series_has_a_number_for_each_decade_and_no_ratio_beyond_a_hundred(country):
    series = enrolment(country)
    assert series.years == tuple(range(1820, 2011, 10))
    assert len(series.total) == len(series.male) == 20
    assert all(0 < value <= 100 for value in (*series.total, *filter(None, series.male)))


def test_there_is_no_year_between_the_decades_and_no_country_beside_the_three():
    with pytest.raises(ValueError):
        enrolment("italy").at(1861)
    with pytest.raises(ValueError, match="did you mean norway"):
        enrolment("norwey")


def test_the_laws_are_those_of_the_five_countries_in_order():
    dated = {(law.country, law.year) for law in LAWS if not law.decade}
    assert dated == {
        ("italy", 1861),
        ("italy", 1962),
        ("spain", 1857),
        ("spain", 1931),
        ("spain", 1970),
        ("norway", 1827),
        ("norway", 1889),
        ("norway", 1969),
    }
    assert {(law.country, law.when) for law in LAWS if law.decade} == {
        ("france", "1960s"),
        ("west_germany", "1960s"),
    }
    for country in {law.country for law in LAWS}:
        years = [law.year for law in LAWS if law.country == country]
        assert years == sorted(years), "a time line is drawn from left to right"
    assert facts.YEARS_TODAY == (9, 13)


def test_the_private_shares_are_seventeen_and_as_published():
    assert len(PRIVATE) == 17
    assert [PRIVATE[country] for country in ("belgium", "united_kingdom", "italy", "netherlands")] == [
        54.2,
        31.9,
        6.0,
        0.4,
    ]
    assert facts.EURO_AREA == 13.98


@pytest.mark.parametrize(
    "key, values",
    [
        ("spain", {"gorard": 0.38, "isolation": 0.32}),
        ("mixing", {"chance": 16, "random": 25}),
        ("concentration", {"eu": 52.5, "oecd": 58.5, "austria": 51.0}),
        (
            "catalonia",
            {"primary_before": 43, "primary": 33, "secondary_before": 35, "secondary": 28, "years": 5},
        ),
        ("united_states", {"white_black": 35, "poor": 47}),
        ("rezoning", {"districts": 98, "less": 14, "switch": 20}),
        ("pairing", {"districts": 200, "less": 20, "minutes": 3.7}),
    ],
)
def test_a_finding_holds_the_numbers_of_its_source(key, values):
    assert dict(fact(key).values) == values


# --- what sentences claim


def test_spain_fell_from_1880_to_1910_and_boys_fell_further():
    spain = enrolment("spain")
    assert spain.falls() == ((1880, 1910),)
    lost = spain.at(1880) - spain.at(1910)
    assert spain.males_at(1880) - spain.males_at(1910) > lost > 10


def test_italy_is_the_only_one_with_boys_far_below_all_in_a_series_that_does_not_fall():
    italy = enrolment("italy")
    assert italy.falls() == () and italy.males_below() == (1920,)
    assert italy.males_at(1910) > italy.at(1910) and italy.males_at(1930) > italy.at(1930)


def test_norway_dips_in_1960_and_1970_with_full_decades_on_either_side():
    norway = enrolment("norway")
    assert norway.falls() == ((1950, 1960),)
    assert norway.at(1950) == 100 and norway.at(1960) < norway.at(1970) < 90 < norway.at(1980)
    assert norway.males_below(10) == (1960,)


def test_all_three_end_within_a_point_of_everyone():
    assert all(enrolment(country).at(2010) >= 99 for country in COUNTRIES)


def test_in_1820_norway_is_where_the_others_arrive_half_a_century_later():
    start = enrolment("norway").at(1820)
    for country in ("italy", "spain"):
        first = next(year for year in enrolment(country).years if enrolment(country).at(year) >= start)
        assert first >= 1870


def test_the_two_countries_of_the_trap_are_the_two_lowest():
    lowest = sorted(PRIVATE, key=PRIVATE.get)[:2]
    assert set(lowest) == set(facts.COUNTED_AS_PUBLIC)
    assert max(PRIVATE, key=PRIVATE.get) == "belgium" and PRIVATE["belgium"] > 50
    assert PRIVATE["spain"] > 25 and PRIVATE["united_kingdom"] > 25


def test_in_every_dutch_city_choice_adds_more_than_housing_brings():
    parts = facts.housing_and_choice()
    assert list(parts) == ["amsterdam", "rotterdam", "almere"]
    assert all(choice > housing for housing, choice in parts.values())


def test_the_quarter_of_schools_holds_twice_its_share():
    assert all(value > 2 * 25 for value in fact("concentration").values.values())


def test_the_declines_that_are_numbers_were_computed_and_not_observed():
    for reform in facts.reforms():
        assert ("less" in reform.values) == reform.computed
        assert (say("facts.how.computed") == reform.how) == reform.computed
    assert {reform.effect for reform in facts.reforms()} == {"less", "same", "mixed"}


# --- declared once, with a source


def test_every_finding_says_where_what_and_who_and_leaves_no_blank():
    for found in FACTS.values():
        assert found.where and found.text and found.source
        assert not {"{", "}"} & set(found.where + found.text + found.note)
        used = say(f"facts.{found.key}") + say(f"facts.{found.key}.where")
        for name in found.values:
            assert "{" + name in used, f"{found.key}: {name} is declared and never said"


def test_no_sentence_about_a_finding_types_a_number_of_its_own():
    for found in FACTS.values():
        for key in (f"facts.{found.key}", f"facts.{found.key}.where"):
            blanks_out = say(key).replace("PISA 2015", "").replace("PISA 2018", "").replace("1991–2020", "")
            said = [word for word in blanks_out.split() if word[0].isdigit()]
            # 15-year-olds, and years, which tell when and not how much
            assert all(word.startswith(("15-", "20")) for word in said), (key, said)


def test_every_word_of_facts_is_used():
    names = {law.name for law in LAWS}
    places = {series.country for series in facts.ENROLMENT.values()} | set(PRIVATE) | set(facts.DUTCH_CITIES)
    places |= {law.country for law in LAWS}
    known = {f"facts.law.{name}" for name in names} | {f"facts.place.{name}" for name in places}
    known |= {f"facts.{key}{end}" for key in FACTS for end in ("", ".where", ".note", ".source")}
    known |= {f"facts.effect.{effect}" for effect in ("less", "same", "mixed")}
    known |= {f"facts.how.{how}" for how in ("seen", "computed")}
    known |= {
        f"facts.column.{name}" for table in (facts.world(), facts.reforms()) for name in table.columns()
    }
    source = inspect.getsource(facts)
    unused = {key for key in words() if key.startswith("facts.")} - known
    assert [key for key in unused if f'"{key}"' not in source] == []
    assert all(place(name) for name in places)


def test_nothing_here_can_be_changed_by_a_reader():
    with pytest.raises(TypeError):
        PRIVATE["italy"] = 50
    with pytest.raises(TypeError):
        fact("mixing").values["chance"] = 50
    with pytest.raises(AttributeError):
        fact("mixing").source = "hearsay"


def test_an_unknown_finding_suggests_one_that_exists():
    with pytest.raises(ValueError, match="did you mean catalonia"):
        fact("catalunya")


def test_the_room_needs_nothing_but_the_standard_library():
    tree = ast.parse(inspect.getsource(facts))
    used = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert used == {"collections.abc", "dataclasses", "difflib", "html", "textwrap", "types", "segkit.words"}


# --- tables


class Cells(HTMLParser):
    """The rows of a table as a screen reader meets them: (tag, scope, text)."""

    def __init__(self, html):
        super().__init__()
        self.rows, self.caption, self._at = [], "", None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append([tag, dict(attrs).get("scope"), ""])
        self._at = tag

    def handle_data(self, data):
        if self._at == "caption":
            self.caption += data
        elif self.rows:
            self.rows[-1][-1][2] += data


@pytest.mark.parametrize("listing", [facts.world(), facts.reforms()], ids=["world", "reforms"])
def test_a_table_says_the_same_as_its_lines_and_has_headings_both_ways(listing):
    cells = Cells(listing._repr_html_())
    assert cells.caption == listing.title
    head, *body = cells.rows
    assert [scope for _, scope, _ in head] == ["col"] * len(listing.columns())
    assert [row[0][1] for row in body] == ["row"] * len(listing)
    assert [[text for *_, text in row] for row in body] == listing.rows()
    lines = " ".join(str(listing).split())
    for found in listing:
        assert " ".join(found.text.split()) in lines and found.source in lines


def test_a_name_in_a_finding_never_becomes_markup():
    strange = facts.Fact("spain", "<script>alert(1)</script>", values={"gorard": 0.38, "isolation": 0.32})
    for html in (strange._repr_html_(), facts.Listing("<b>", (strange,))._repr_html_()):
        assert "<script" not in html and "<b>" not in html


# --- pictures


def drawn(ax, count):
    """The lines of the axes that have that many points, as lists of y."""
    return [list(line.get_ydata()) for line in ax.lines if len(line.get_xdata()) == count]


def test_the_curves_are_drawn_as_they_are_and_a_missing_number_is_a_gap():
    above, _ = plots.enrolment().figure.axes
    lines = drawn(above, 20)
    for country in COUNTRIES:
        series = enrolment(country)
        assert list(series.total) in lines
        (male,) = [y for y in lines if y[0] == series.male[0]]
        assert [None if math.isnan(value) else value for value in male] == list(series.male)


def test_the_three_oddities_are_ringed_and_explained():
    picture = plots.enrolment()
    above = picture.figure.axes[0]
    rings = {
        (line.get_xdata()[0], line.get_ydata()[0])
        for line in above.lines
        if line.get_markerfacecolor() == "none"
    }
    assert rings == {(1910, 41.5), (1920, 70.5), (1960, 87.7)}
    for said in ("1880–1910", "boys 70.5", "after 100 in 1950"):
        assert said in picture.alt


def test_curves_and_laws_share_their_years_and_every_law_has_its_mark():
    above, below = plots.enrolment().figure.axes
    assert above.get_xlim() == below.get_xlim()
    said = [text.get_text() for text in below.texts]
    assert all(any(law.when in text and law.text in text for text in said) for law in LAWS)


def overlapping(figure) -> list:
    """Pairs of texts that lie on each other when the figure is drawn."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    FigureCanvasAgg(figure).draw()
    found = []
    for ax in figure.axes:
        texts = [text for text in (*ax.texts, *ax.get_yticklabels()) if text.get_text()]
        boxes = [Text.get_window_extent(text).shrunk(0.98, 0.9) for text in texts]  # without its arrow
        found += [
            (texts[i].get_text(), texts[j].get_text())
            for i in range(len(boxes))
            for j in range(i)
            if boxes[i].overlaps(boxes[j])
        ]
    return found


FACTUAL = {
    "enrolment": plots.enrolment,
    "private": plots.private_share,
    "housing": plots.housing_and_choice,
}


@pytest.mark.parametrize("name", FACTUAL)
def test_no_label_lies_on_another_and_none_is_small(name):
    from matplotlib.text import Text

    picture = FACTUAL[name]()
    assert overlapping(picture.figure) == []
    written = [text for text in picture.figure.findobj(Text) if text.get_text() and text.get_visible()]
    assert len(written) > 10
    # a point is drawn as 1.55 pixels on a laptop: 18.7 pixels, which is 14 points of a page
    assert min(text.get_fontsize() for text in written) * 1.55 > 14 * 96 / 72


@pytest.mark.parametrize("name", FACTUAL)
def test_a_picture_of_facts_names_its_source_in_the_picture_and_in_words(name):
    picture = FACTUAL[name]()
    source = picture.figure._supxlabel.get_text()
    assert len(source) > 20 and " ".join(source.split()) in picture.alt


def test_bars_are_longest_first_and_only_the_trap_is_orange():
    (ax,) = plots.private_share().figure.axes
    bars = [bar for container in ax.containers for bar in container]
    assert [bar.get_width() for bar in bars] == sorted(PRIVATE.values(), reverse=True)
    orange = {bar.get_width() for bar in bars if hexed(bar) == plots.COLOURS[0].lower()}
    assert orange == {PRIVATE[country] for country in facts.COUNTED_AS_PUBLIC}
    hatched = {bar.get_width() for bar in bars if bar.get_hatch()}
    assert hatched == {value for value in PRIVATE.values() if value < facts.EURO_AREA} - orange


def hexed(bar) -> str:
    from matplotlib.colors import to_hex

    return to_hex(bar.get_facecolor())


# --- what somebody asks for by mistake


@pytest.mark.parametrize("ask", ["at", "males_at"])
def test_a_year_between_the_years_is_refused_in_words(ask):
    series = facts.enrolment("norway")
    words = "the series of Norway has no year 1825; it goes from 1820 to 2010, every 10 years"
    with pytest.raises(ValueError, match=words):
        getattr(series, ask)(1825)


@pytest.mark.parametrize("room", [facts, surveys, sweeps, tipping])
def test_whatever_has_a_name_says_what_it_is(room):
    """Every function, class, method and property of a room; what begins with _ is its own business."""
    made = [thing for thing in vars(room).values() if getattr(thing, "__module__", "") == room.__name__]
    inside = [
        (f"{thing.__name__}.{name}", getattr(part, "func", part))
        for thing in made
        if isinstance(thing, type)
        for name, part in vars(thing).items()
        if not name.startswith("_") and (callable(part) or isinstance(part, property | cached_property))
    ]
    silent = [getattr(thing, "__name__", "") for thing in made if callable(thing) and not thing.__doc__]
    assert silent + [name for name, part in inside if not part.__doc__] == []
