"""What has been done is counted and checked here, and kept by the browser alone."""

import json
import re
from pathlib import Path

import pytest

import segkit as sk
import segkit.widgets.progress as room
from segkit.questions import ASKED, QUESTIONS
from segkit.widgets.progress import cleaned, merged, opened
from segkit.words import words

ROOT = Path(__file__).parent.parent
DONE = {
    "version": 1,
    "answers": {
        "zero": {"picked": ["a", "b"], "right": True, "at": "2025-05-03T10:00:00.000Z"},
        "by_hand_d": {"picked": [0.5], "right": False, "shown": True, "at": "2025-05-03T10:00:00.000Z"},
    },
    "guesses": {"by_lot": {"value": 0.25, "at": "2025-05-03T10:00:00.000Z"}},
    "pages": {
        "unit-2-1-definition": {
            "section": "the-space",
            "title": "<b>The space</b>",
            "done": 3,
            "of": 12,
            "at": "2025-05-03T10:00:00.000Z",
        }
    },
}


def conversation(*messages):
    widget = sk.Progress()
    sent = []
    widget.send = lambda content, buffers=None: sent.append(content)
    for message in messages:
        widget._handle_custom_msg(message, [])
    return sent


def test_every_question_of_the_notebooks_is_counted_once_on_its_own_page():
    for page, names in ASKED.items():
        cells = json.loads((ROOT / "notebooks" / f"{page}.ipynb").read_text("utf-8"))["cells"]
        code = " ".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        assert set(names.split()) == set(re.findall(r'"(\w+)"', code)) & set(QUESTIONS), page
    every = " ".join(ASKED.values()).split()
    assert sorted(every) == sorted(QUESTIONS)


def test_answers_are_counted_by_page_and_guesses_beside_them():
    rows = {name: told for name, *told in sk.Progress().rows(DONE)}
    assert rows["Unit 2.2"] == ["2 of 13", "1", "1 of 4"]
    assert rows["Start here"] == ["0 of 1", "0", "0 of 1"]


def test_what_the_questions_write_passes_whole():
    assert cleaned(DONE) == DONE == opened(json.dumps(DONE))


@pytest.mark.parametrize("store", [None, 7, [], "x", {"answers": 3, "guesses": [1], "pages": None}])
def test_a_store_of_rubbish_counts_as_nothing(store):
    assert cleaned(store) == {"version": 1, "answers": {}, "guesses": {}, "pages": {}}
    assert all(told[2] == "0" for told in sk.Progress().rows(store))


@pytest.mark.parametrize(
    "part, name, entry",
    [
        ("answers", "<b>zero</b>", {"picked": ["a"]}),
        ("answers", "nobody_asks", {"picked": ["a"]}),
        ("answers", "zero", {"picked": ["<b>"]}),
        ("answers", "zero", {"picked": ["z"]}),
        ("answers", "zero", {"picked": [""]}),
        ("answers", "zero", {"picked": ["a"] * 99}),
        ("answers", "zero", {"picked": [["a"]]}),
        ("answers", "zero", ["a"]),
        ("answers", "by_lot", {"picked": ["a"]}),
        ("answers", "by_hand_d", {"picked": ["0.5"]}),
        ("answers", "by_hand_d", {"picked": [True]}),
        ("guesses", "by_lot", {"value": "0.5"}),
        ("guesses", "by_lot", {"value": 7}),
        ("guesses", "by_lot", {"value": None}),
        ("guesses", "zero", {"value": 0.5}),
        ("pages", "../../etc", {"section": "", "title": "", "done": 1, "of": 2}),
        ("pages", "unit", {"section": "x" * 999, "title": "", "done": 1, "of": 2}),
        ("pages", "unit", {"section": "", "title": "", "done": "1", "of": 2}),
        ("pages", "unit", {"section": {}, "title": "", "done": 1, "of": 2}),
    ],
)
def test_what_no_question_knows_is_left_out(part, name, entry):
    assert cleaned({"version": 1, part: {name: entry}})[part] == {}


def test_nothing_comes_along_with_an_answer():
    entry = {"picked": ["a"], "right": "yes", "at": "<script>", "mood": "<b>"}
    assert cleaned({"answers": {"zero": entry}})["answers"] == {"zero": {"picked": ["a"], "right": False}}


@pytest.mark.parametrize(
    "text, says",
    [
        ("", "no file in which"),
        ("{", "no file in which"),
        ("[]", "no file in which"),
        ('{"version": 2}', "no file in which"),
        ("[" * 50_000, "no file in which"),
        (" " * 200_001, "larger than 200 kB"),
        (7, "larger"),
    ],
)
def test_a_file_that_is_none_of_ours_changes_nothing_and_says_so(text, says):
    sent = conversation({"do": "take", "store": DONE, "text": text, "view": "v"})
    assert [message["do"] for message in sent] == ["told"]
    assert says in sent[0]["said"] and sent[0]["rows"] == sk.Progress().rows(DONE)


def test_taking_up_a_file_joins_it_with_what_is_here_and_the_newer_wins():
    newer = {"by_lot": {"value": 0.5, "at": "2025-06-01T10:00:00.000Z"}}
    older = {"by_lot": {"value": 0.1, "at": "2025-01-01T10:00:00.000Z"}}
    assert merged(cleaned(DONE), cleaned({"guesses": newer}))["guesses"] == newer
    assert merged(cleaned(DONE), cleaned({"guesses": older}))["guesses"] == DONE["guesses"]
    text = json.dumps({"version": 1, "answers": {"stays": {"picked": ["a"]}}})
    kept, told = conversation({"do": "take", "store": DONE, "text": text, "view": "v"})
    assert set(kept["store"]["answers"]) == {"zero", "by_hand_d", "stays"} and kept["view"] == "v"
    assert kept["store"]["pages"] == DONE["pages"] and "together: 1" in told["said"]


@pytest.mark.parametrize("message", [None, 7, [], {}, {"do": "take"}, {"do": "count", "store": 3}])
def test_a_strange_message_breaks_nothing(message):
    for told in conversation(message):
        assert told["do"] == "told"


def test_what_was_done_is_never_saved_with_the_notebook():
    widget = sk.Progress()
    widget.rows(DONE)
    assert "zero" not in json.dumps({k: str(v) for k, v in widget.get_state().items() if k[0] != "_"})


def test_the_javascript_holds_no_host_and_no_markup_and_every_word_is_used():
    code = Path(room.__file__).with_suffix(".js").read_text("utf-8")
    assert not re.search(r"https?:|\bimport\b|\bfetch\(|innerHTML|insertAdjacentHTML|outerHTML", code)
    source = Path(room.__file__).read_text("utf-8")
    keys = [key for key in words() if key.startswith("progress.")]
    assert keys and [key for key in keys if key.removeprefix("progress.") not in source] == []
    limit = re.search(r"LARGEST = ([\d_]+)", code)[1]
    assert int(limit) == room.LARGEST
