"""What a film sends to the browser, and what comes back."""

import re
from pathlib import Path

import numpy as np
import pytest

import segkit.widgets.film as room
from segkit import lessons
from segkit.widgets.film import Film, packed, picture
from segkit.words import words

JS = Path(room.__file__).with_suffix(".js").read_text(encoding="utf-8")
SMALL = [[30, 20], [10, 40], [5, 45]]


def unpacked(buffers, lines):
    units = np.frombuffer(buffers[0], "<u2")
    wide = len(buffers[1]) == units.sum() * 8
    cells = np.frombuffer(buffers[1], "<u4" if wide else "<u2").reshape(-1, 2)
    return np.split(cells, np.cumsum(units)[:-1]), np.frombuffer(buffers[2], "<f4").reshape(lines, -1)


@pytest.mark.parametrize(
    "score",
    [
        lessons.merge(),
        lessons.small_schools(),
        lessons.even_to_complete([[90_000, 10_000], [1, 80_000]], steps=5),
    ],
)
def test_the_browser_gets_the_tables_and_the_lines_python_computed(score):
    said, buffers = packed(score)
    tables, lines = unpacked(buffers, len(score.lines))
    assert len(tables) == len(score)
    for sent, table in zip(tables, score.tables, strict=True):
        assert (sent[:, 0] == table[:, 0]).all() and (sent[:, 1] == table.sum(1)).all()
    for sent, line in zip(lines, score.lines.values(), strict=True):
        assert sent == pytest.approx(line, abs=1e-6)
    assert len(said["sentences"]) == len(said["pictures"]) == len(said["charts"]) == len(score)


SHELVED = ("scale", "status", "opting_out", "mirror", "choice_amplifies", "how_mild", "cut_points")


@pytest.mark.parametrize("name", SHELVED)
def test_the_browser_gets_every_shelf_and_which_of_its_units_are_counted(name):
    score = getattr(lessons, name)()
    said, buffers = packed(score)
    assert len(said["shelves"]) == len(score.shelves) and len(buffers) == 3 + 2 * len(score.shelves)
    for k, shelf in enumerate(score.shelves):
        n = len(shelf.tables[0])
        sent = np.frombuffer(buffers[3 + 2 * k], "<u2").reshape(len(score), n, 2)
        assert sum(said["shelves"][k]["columns"]) == n
        for step in (0, len(score) // 2, len(score) - 1):
            assert (sent[step][:, 0] == shelf.tables[step][:, 0]).all()
            assert (sent[step][:, 1] == shelf.tables[step].sum(1)).all()
        flags = np.frombuffer(buffers[4 + 2 * k], "u1").reshape(len(score), n)
        assert (flags.sum() == flags.size) == (name != "scale")


def test_a_histogram_holds_every_pupil_and_is_cut_where_the_schools_are():
    score = lessons.status()
    spread = packed(score)[0]["spread"]
    assert sum(spread["pupils"]) == score.tables[0].sum() and len(spread["cuts"]) == len(score)
    assert spread["ticks"][-1][1] == "100+" and spread["y"][0] == (0, "0")
    below = [score.tables[step][:, 0].sum() for step in range(len(score))]
    edges, pupils = np.array(spread["edges"]), np.cumsum([0, *spread["pupils"]])
    assert below == pytest.approx(np.interp(spread["cuts"], edges, pupils), abs=20)


def test_a_picture_of_two_rows_is_told_row_by_row():
    first = packed(lessons.mirror())[0]["pictures"][0]
    assert (
        first.startswith("the homes along an avenue: 48 units")
        and "the school of each catchment: 12" in first
    )
    assert "none of its units" in packed(lessons.scale())[0]["pictures"][3]


def test_a_tick_of_several_lines_travels_as_lines():
    assert packed(lessons.scale())[0]["ticks"][3] == (3, ["Port", "public"])
    assert packed(lessons.merge())[0]["ticks"][0] == (0, ["classes"])


@pytest.mark.parametrize("name", [*lessons.DIMENSIONS, *SHELVED, "even_to_complete", "small_schools"])
def test_a_film_is_small_enough_for_a_slow_line(name):
    score = lessons.dimension(name) if name in lessons.DIMENSIONS else getattr(lessons, name)()
    said, buffers = packed(score)
    assert sum(map(len, buffers)) + len(str(said)) < 120_000


def test_numbers_are_written_by_python_with_two_decimals_and_no_minus_zero():
    said, _ = packed(lessons.dimension("evenness"))
    for line in said["readouts"]:
        assert all(re.fullmatch(r"−?\d+\.\d\d", text) for text in line) and "−0.00" not in line


def test_the_symbol_of_a_line_stands_before_its_number_unless_its_name_says_it():
    said, _ = packed(lessons.even_to_complete())
    assert [line["before"] for line in said["lines"]] == ["D", "GS", "H", "xPx"]
    said, _ = packed(lessons.small_schools())
    assert [line["before"] for line in said["lines"]] == ["", ""] and "E₀" not in str(said)


@pytest.mark.parametrize("name", lessons.DIMENSIONS)
def test_a_film_calls_the_two_groups_what_its_key_calls_them(name):
    said, _ = packed(lessons.dimension(name))
    assert said["groups"] == ("the group", "everyone else")
    assert "focal" not in str(said) and "tile" not in str(said)
    assert "(orange)" in "".join(said["sentences"][:2]) or name == "centralisation"


def test_counts_never_travel_as_a_trait():
    film = Film(lessons.even_to_complete(SMALL, steps=3))
    state = film.get_state()
    assert not [key for key in state if "score" in key or "counts" in key]
    assert state["step"] == 0 and all(not isinstance(v, bytes | memoryview) for v in state.values())


def test_a_page_that_says_hello_is_told_the_whole_score():
    film = Film(lessons.merge())
    sent = []
    film.send = lambda content, buffers=None: sent.append((content, buffers))
    film._handle_custom_msg({"do": "hello"}, [])
    assert sent[0][0]["do"] == "score" and len(sent[0][1]) == 3
    for strange in ({"do": "format"}, {}, [], "hello", None):
        film._handle_custom_msg(strange, [])
    assert len(sent) == 1


def test_where_the_reader_stops_is_a_table_for_the_next_cell():
    film = Film(lessons.larger_group([[40, 60], [20, 80]]))
    film.step = 30
    assert film.counts.tolist() == [[160, 60], [80, 80]]


@pytest.mark.parametrize("asked, stands", [(-3, 0), (99, 2), (1, 1)])
def test_the_slider_cannot_leave_the_film(asked, stands):
    film = Film(lessons.merge())
    film.step = asked
    assert film.step == stands


def test_a_picture_is_told_school_by_school_when_there_are_few_and_summed_up_when_there_are_many():
    assert "0.60, 0.20" in picture(np.array([[60, 40], [20, 80]]))
    many = picture(lessons.small_schools().tables[0])
    assert many.startswith("600 units with 2400 pupils") and "none at all" in many


def test_no_sentence_lives_in_the_javascript():
    code = re.sub(r"//.*|/\*[\s\S]*?\*/", "", JS)
    for text in re.findall(r'"([^"\n]*)"', code):
        assert not re.search(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", text) or "segkit-" in text, text


def test_the_javascript_asks_no_host_and_imports_nothing():
    code = JS.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|\bimport\b|\bfetch\(|XMLHttpRequest|innerHTML|insertAdjacentHTML", code)


def test_every_word_of_a_film_is_used():
    rooms = [Path(room.__file__), *sorted(Path(lessons.__file__).parent.glob("*.py"))]
    source = "".join(path.read_text(encoding="utf-8") for path in rooms)
    used = {"film.play", "film.pause", "film.again"}
    assert [key for key in words() if key.startswith("film.") and key not in used and key not in source] == []


@pytest.mark.parametrize(("came", "stands"), [("2", 2), (0, 0), ("3", 1), ("-1", 1), ("x", 1), (None, 1)])
def test_a_film_goes_where_a_link_asks_if_it_has_such_a_step(came, stands):
    film, said = Film(lessons.merge()), []
    film.step = 1
    film.send = lambda message, buffers=(): said.append(message)
    last = len(film.score) - 1
    film._hear(None, {"do": "go", "step": came}, [])
    assert film.step == stands
    wrong = f"The link asks for step {came}; this film has the steps 0 to {last}."
    assert said == ([] if stands != 1 else [{"do": "said", "text": wrong}])
