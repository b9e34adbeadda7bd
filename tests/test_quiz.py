"""Questions answer back, and the truth stays at home until it is asked for."""

import json
import re
from pathlib import Path

import ipywidgets
import pytest

import segkit as sk
import segkit.widgets.quiz as room
from segkit import lessons
from segkit.widgets.film import Film
from segkit.widgets.quiz import Guess, Quiz, read_number
from segkit.words import words

TOWN = [[100, 0], [60, 40], [40, 60], [0, 100]]
CHOICES = {"it doubles": "No: both sides double.", "it stays": "Yes: double above and below.", 3: "Three?"}


def listening(widget):
    sent = []
    widget.send = lambda content, buffers=None: sent.append(content)
    return sent


def test_picking_shows_the_explanation_of_that_choice_right_or_wrong():
    quiz = Quiz("D?", CHOICES, answer="it stays")
    assert quiz.score is None and quiz.answer is None
    assert quiz.pick("it doubles") == CHOICES["it doubles"]
    assert (quiz.score, quiz.answer, quiz.verdict) == (0.0, "it doubles", "wrong")
    assert quiz.pick("it stays") == CHOICES["it stays"]
    assert (quiz.score, quiz.answer, quiz.verdict, quiz.tries) == (1.0, "it stays", "right", 2)


def test_the_right_answer_is_computed_and_finds_its_choice():
    quiz = Quiz("D?", {0.5: "", 0.6: "half of the gaps", 0.7: ""}, answer=lambda: sk.dissimilarity(TOWN))
    quiz.pick(0.6)
    assert quiz.score == 1


def test_an_answer_that_is_no_choice_is_an_error_of_the_author():
    with pytest.raises(ValueError, match="0.55.*0.5, 0.6"):
        Quiz("D?", {0.5: "", 0.6: ""}, answer=0.55)
    with pytest.raises(ValueError, match="two choices"):
        Quiz("D?", {0.5: ""}, answer=0.5)


def test_before_anyone_picks_the_browser_knows_neither_the_answer_nor_the_reasons():
    quiz = Quiz("D?", CHOICES, answer="it stays")
    sent = listening(quiz)
    quiz._handle_custom_msg({"do": "hello"}, [])
    told = json.dumps(sent)
    assert "double above" not in told and "both sides" not in told and '"tried": []' in told
    assert "double above" not in json.dumps({k: str(v) for k, v in quiz.get_state().items() if k[0] != "_"})


@pytest.mark.parametrize("value", [None, -1, 3, "1", 1.5, [], {}])
def test_a_strange_message_changes_nothing(value):
    quiz = Quiz("D?", CHOICES, answer="it stays")
    listening(quiz)
    quiz._handle_custom_msg({"do": "answer", "value": value}, [])
    quiz._handle_custom_msg(value, [])
    assert quiz.score is None


def test_a_number_is_judged_by_its_tolerance_and_hears_on_which_side_it_lies():
    quiz = Quiz.number("D?", truth=lambda: sk.dissimilarity(TOWN), tolerance=0.01, why="Add the gaps.")
    listening(quiz)
    assert "too high" in quiz.type("0,9") and quiz.score == 0 and quiz.state()["offer"]
    assert "too low" in quiz.type("0.5")
    assert "0.60" in quiz.type("0.605") and quiz.score == 1 and quiz.said[1] == "Add the gaps."
    assert not quiz.state()["offer"]


def test_what_is_no_number_is_said_back_and_does_not_count_as_a_try():
    quiz = Quiz.number("D?", truth=0.6)
    listening(quiz)
    assert "<b>six</b>" in quiz.type("<b>six</b>")
    assert quiz.score is None and quiz.tries == 0


def test_an_emptied_box_is_told_what_is_expected_and_does_not_count_as_a_try():
    quiz = Quiz.number("D?", truth=0.6)
    listening(quiz)
    assert "too high" in quiz.type("0.9")
    assert quiz.type("  ") == "Type a number first, such as 0.6." and quiz.verdict == ""
    assert quiz.tries == 1


def test_the_verdict_is_said_once_by_the_question_and_not_again_by_its_reason():
    reasons = {key: text for key, text in words().items() if key.startswith("ask.") and key.endswith(".why")}
    assert [key for key, text in reasons.items() if re.match(r"(Yes|No|Right|Wrong)\b", text)] == []
    assert [key for key, text in reasons.items() if text[0].islower() or text.startswith("Y/")] == []


def test_the_answer_to_a_number_is_shown_only_after_a_try():
    quiz = Quiz.number("D?", truth=0.6, why="Add the gaps.")
    sent = listening(quiz)
    quiz._handle_custom_msg({"do": "show"}, [])
    assert "0.60" not in json.dumps(sent)
    quiz.type("0.1")
    quiz._handle_custom_msg({"do": "show"}, [])
    assert "0.60" in json.dumps(sent) and quiz.score == 0


@pytest.mark.parametrize(
    "text, value",
    [
        (".6", 0.6),
        ("0,6", 0.6),
        (" 60 % ", 0.6),
        ("-1", -1),
        ("−1", -1),
        ("1e999", None),
        ("1/0", None),
        ("", None),
    ]
    + [("nan", None), ("inf", None), ("1,2,3", None), ("%", None)],
)
def test_a_number_is_read_as_people_write_it(text, value):
    assert read_number(text) == value


def test_the_truth_is_not_even_computed_before_a_guess_is_committed():
    asked = []
    guess = Guess(
        "D?", 0, 1, truth=lambda: asked.append(1) or sk.dissimilarity(TOWN), reveal="Look at the film."
    )
    sent = listening(guess.panel)
    guess.panel._handle_custom_msg({"do": "hello"}, [])
    assert asked == [] and guess.truth is None and "0.60" not in json.dumps(sent[0]["state"]["found"])
    assert "film" not in json.dumps(sent)
    guess.panel._handle_custom_msg({"do": "answer", "value": 35}, [])
    assert asked == [1] and guess.truth == 0.6 and guess.answer == 0.35
    assert guess.score == pytest.approx(0.75)
    assert sent[-1]["state"]["said"] == [
        "You guessed 0.35; it is 0.60, which is 0.25 more.",
        "Look at the film.",
    ]


def test_a_guess_is_committed_once():
    guess = Guess("D?", 0, 1, truth=0.6)
    listening(guess.panel)
    guess.commit(0.2)
    guess.commit(0.6)
    assert guess.answer == 0.2


def test_a_reveal_may_compare_the_guess_with_the_truth():
    guess = Guess("D?", 0, 1, truth=0.6, reveal=lambda mine, truth: f"{truth - mine:.1f} short")
    listening(guess.panel)
    guess.commit(0.2)
    assert guess.panel.said[1] == "0.4 short"


@pytest.mark.parametrize("make", [lambda score: score, lambda score: lambda: Film(score)])
def test_the_film_is_made_only_after_the_guess(make):
    score = lessons.merge()
    guess = Guess("D?", 0, 1, truth=0.6, then=make(score))
    listening(guess.panel)
    before = len(ipywidgets.widgets.widget._instances)
    assert guess.children == (guess.panel,)
    guess.commit(0.5)
    assert isinstance(guess.children[1], Film) and guess.children[1].score is score
    assert len(ipywidgets.widgets.widget._instances) > before


def test_a_count_is_guessed_in_whole_numbers():
    guess = Guess("How many of 19 schools?", 0, 19, truth=3, places=0)
    assert guess.panel.state()["labels"] == [str(n) for n in range(20)]
    assert guess.commit(9) == "You guessed 9; it is 3, which is 6 less."


def test_a_guess_with_no_room_for_its_answer_is_an_error_of_the_author():
    with pytest.raises(ValueError, match="outside"):
        Guess("D?", 0, 0.5, truth=0.6)
    with pytest.raises(ValueError, match="low to high"):
        Guess("D?", 1, 0, truth=0.6)


def test_no_answer_is_saved_with_the_notebook():
    quiz, guess = Quiz("D?", CHOICES, answer="it stays"), Guess("D?", 0, 1, truth=0.6)
    for widget in (quiz, guess, guess.panel):
        assert not {"answer", "score", "truth"} & set(widget.get_state())


def test_the_javascript_holds_no_host_and_no_markup():
    code = (
        Path(room.__file__)
        .with_suffix(".js")
        .read_text(encoding="utf-8")
        .replace("http://www.w3.org/2000/svg", "")
    )
    assert not re.search(r"https?:|\bimport\b|\bfetch\(|innerHTML|insertAdjacentHTML|outerHTML", code)


def test_every_word_of_the_questions_is_used():
    source = Path(room.__file__).read_text(encoding="utf-8")
    used = {"quiz.far_high", "quiz.far_low"}
    used |= {f"quiz.{key}" for key in ("right", "wrong", "number", "check", "show", "again")}
    used |= {f"guess.{key}" for key in ("slider", "commit", "close", "low", "high", "again")}
    keys = [key for key in words() if key.startswith(("quiz.", "guess."))]
    assert [key for key in keys if key not in used and key not in source] == []


def test_a_guess_is_followed_by_the_film_of_a_function_that_gives_a_score():
    from segkit import lessons
    from segkit.widgets.ask import ask

    guess = ask("districts", then=lessons.merge)
    assert len(guess.children) == 1
    guess.commit(0.3)
    assert type(guess.children[1]).__name__ == "Film"


def test_every_question_has_an_answer_among_its_choices_and_explains_each():
    from segkit.questions import QUESTIONS
    from segkit.widgets.ask import ask

    for name, question in QUESTIONS.items():
        widget = ask(name)
        if question.kind == "choice":
            scores = []
            for choice in widget.choices:
                assert len(widget.pick(choice)) > 20
                scores.append(widget.score)
            assert sum(scores) == 1
        else:
            assert question.low <= question.answer() <= question.high


def test_a_question_that_does_not_exist_suggests_one_that_does():
    from segkit.widgets.ask import ask

    with pytest.raises(ValueError, match="did you mean by_lot"):
        ask("by_lots")


# --- what follows an answer


def counted(what):
    """A function that gives it, and the list of how often it was asked."""
    asked = []
    return (lambda: asked.append(1) or what), asked


def drawing():
    from segkit import plots

    return plots.shares(TOWN)


def test_a_picture_follows_an_answer_as_a_cell_would_show_it_and_is_not_drawn_before():
    picture = drawing()
    make, asked = counted(picture)
    quiz = Quiz("D?", CHOICES, answer="it stays").then(make)
    listening(quiz.question)
    quiz.question._handle_custom_msg({"do": "hello"}, [])
    assert asked == [] and len(quiz.children) == 1
    quiz.question._handle_custom_msg({"do": "answer", "value": 0}, [])
    (shown,) = quiz.children[1].outputs
    html, cell = (
        re.sub('base64,[^"]*', "", text) for text in (shown["data"]["text/html"], picture._repr_html_())
    )
    assert asked == [1] and html == cell and f'<img alt="{picture.alt}"' in html
    assert shown["data"]["text/plain"] == picture.alt
    quiz.question.pick("it stays")
    assert asked == [1] and (quiz.answer, quiz.score) == ("it stays", 1.0)


def test_the_verdict_is_sent_before_what_follows_is_computed():
    order = []
    quiz = Quiz("D?", CHOICES, answer="it stays").then(lambda: order.append("picture") or drawing())
    quiz.question.send = lambda content, buffers=None: order.append(content["state"]["verdict"])
    quiz.question._handle_custom_msg({"do": "answer", "value": 1}, [])
    assert order == ["right", "picture"]


def test_a_wrong_number_opens_nothing_a_right_one_or_giving_up_does():
    for last in ("0.6", None):
        make, asked = counted(drawing())
        quiz = Quiz.number("D?", truth=0.6).then(make)
        listening(quiz.question)
        quiz.question.type("0.9")
        assert asked == [] and len(quiz.children) == 1
        if last:
            quiz.question.type(last)
        else:
            quiz.question._handle_custom_msg({"do": "show"}, [])
        assert asked == [1] and len(quiz.children) == 2


@pytest.mark.parametrize("name, answer", [("merge", "pick"), ("by_hand_d", "type"), ("districts", "commit")])
def test_each_kind_of_question_may_be_followed(name, answer):
    from segkit.widgets.ask import ask

    asked = ask(name, then=lessons.merge)
    assert len(asked.children) == 1
    if answer == "pick":
        asked.question.pick(asked.question.choices[0])
    elif answer == "type":
        asked.question.type("0.5")
    else:
        asked.commit(0.5)
    assert isinstance(asked.children[1], Film)


def test_a_picture_and_a_question_stand_one_below_the_other_and_boards_side_by_side():
    from segkit import parables
    from segkit.widgets.ask import ask

    both = ask("merge", then=lambda: [drawing, "which_reading"])
    both.question.pick(both.question.choices[0])
    below = both.children[1]
    assert type(below) is ipywidgets.VBox
    assert [type(each).__name__ for each in below.children] == ["Output", "Quiz"]
    boards = ask("merge", then=lambda: (parables.third(), parables.half()))
    boards.question.pick(boards.question.choices[0])
    assert type(boards.children[1]) is ipywidgets.HBox and len(boards.children[1].children) == 2


def test_a_guess_in_percent_shows_no_decimals_it_does_not_need():
    guess = Guess("Of 100?", 0, 100, truth=40.9, places=1)
    listening(guess.panel)
    assert guess.panel.state()["ends"] == [(0, "0"), (50, "50"), (100, "100")]
    assert guess.commit(50) == "You guessed 50; it is 40.9, which is 9.1 less."
    finer = Guess("D?", 0, 1, truth=0.6)
    assert finer.panel.state()["labels"][1] == "0.01"


# --- remembered by the browser

HELLO = {"do": "hello"}


def said_to(question, *messages):
    """The last state that was sent after these messages."""
    sent = listening(question)
    for message in messages:
        question._handle_custom_msg(message, [])
    return sent[-1]["state"]


def again(name, kept):
    """The question of that name, drawn anew where the browser remembers this, and its state."""
    from segkit.widgets.ask import ask

    asked = ask(name)
    return asked, said_to(getattr(asked, "panel", asked), HELLO | {"kept": kept})


def test_an_answer_the_browser_remembers_is_explained_as_a_fresh_one_is():
    from segkit.widgets.ask import ask

    first = ask("which_index")
    for choice in first.choices[::-1]:
        first.pick(choice)
    kept = json.loads(json.dumps(first.kept()))
    second, state = again("which_index", kept)
    assert (second.answer, second.score, second.said) == (first.answer, first.score, first.said)
    assert second.tried == first.tried and state["note"] and state["kept"] == kept
    assert "remembered" not in said_to(second, {"do": "answer", "value": 0})["note"]
    assert not said_to(second, {"do": "answer", "value": 0})["note"]


def test_the_browser_is_told_a_letter_that_holds_in_every_language_and_order():
    from segkit.widgets.ask import ask
    from segkit.words import say, speaking

    quiz = ask("zero")
    quiz.pick(say("ask.zero.b"))
    assert quiz.kept()["picked"] == ["b"]
    with speaking("it"):
        italian, _ = again("zero", {"picked": ["b"], "right": False})
        assert italian.answer == say("ask.zero.b") and italian.score == quiz.score


def test_a_question_that_is_not_the_browser_s_is_not_believed_about_what_is_right():
    quiz, state = again("zero", {"picked": ["a"], "right": True})
    assert quiz.score == 0 and state["kept"]["right"] is False


@pytest.mark.parametrize(
    "name, kept",
    [("zero", kept) for kept in (None, 7, [], {}, {"picked": "b"}, {"picked": ["z"]}, {"picked": [["a"]]})]
    + [("by_hand_d", {"picked": picked}) for picked in (["<b>"], [None], [True], [], [0.5, 0.5], 0.5)]
    + [("by_hand_d", {"picked": [float("nan")]}), ("by_lot", {"value": "0.5"}), ("by_lot", {"value": 7})]
    + [("by_lot", {"value": float("inf")}), ("by_lot", {"value": True}), ("by_lot", {})],
)
def test_rubbish_in_the_browser_leaves_the_question_open(name, kept):
    asked, state = again(name, kept)
    assert asked.answer is None and state["kept"] is None and not state["over"] and state["said"] == []


def test_a_number_is_remembered_and_so_is_that_the_answer_was_shown():
    quiz, state = again("by_hand_d", {"picked": [0.5], "right": True})
    assert quiz.score == 1 and state["typed"] == "0.5" and state["over"]
    quiz, state = again("by_hand_d", {"picked": [0.9]})
    assert quiz.score == 0 and state["offer"] and "too high" in state["said"][0]
    quiz.give_up()
    assert quiz.kept() == {"picked": [0.9], "right": False, "shown": True}
    quiz, state = again("by_hand_d", quiz.kept())
    assert state["over"] and "The answer is 0.50" in state["said"][0]


def test_a_remembered_guess_shows_at_once_what_waited_for_it():
    from segkit.widgets.ask import ask

    guess = ask("districts", then=lessons.merge)
    said_to(guess.panel, HELLO | {"kept": {"value": 0.3}})
    assert guess.answer == 0.3 and isinstance(guess.children[1], Film)


def test_a_question_can_be_answered_again_and_then_nothing_is_remembered():
    from segkit.widgets.ask import ask

    quiz = ask("zero")
    quiz.pick(quiz.choices[0])
    state = said_to(quiz, {"do": "again"})
    assert (quiz.answer, quiz.score, quiz.tries) == (None, None, 0)
    assert state["kept"] is None and state["said"] == [] and not state["over"] and state["picked"] == -1
    guess = ask("districts", then=lessons.merge)
    guess.commit(0.3)
    film = guess.children[1]
    said_to(guess.panel, {"do": "again"})
    assert guess.truth is None and guess.answer is None and guess.children == (guess.panel,)
    guess.commit(0.4)
    assert guess.answer == 0.4 and guess.children[1] is film
    number = ask("by_hand_d")
    number.type("0.5")
    state = said_to(number, {"do": "again"})
    assert state["typed"] == "" and not state["over"] and number.tries == 0


def test_what_the_kernel_knows_is_not_overwritten_by_what_the_browser_remembers():
    from segkit.widgets.ask import ask

    quiz = ask("zero")
    quiz.take(1)
    before = quiz.answer
    said_to(quiz, HELLO | {"kept": {"picked": [quiz.letters[0]]}})
    assert quiz.answer == before


def test_a_question_is_known_by_its_name_and_one_without_a_name_is_counted():
    from segkit.widgets.ask import ask

    assert ask("zero").ident == "quiz-zero" and ask("by_lot").panel.ident == "guess-by_lot"
    one, two = (Quiz("D?", CHOICES, answer="it stays") for _ in "12")
    assert one.name == "" and re.fullmatch(r"quiz-\d+", one.ident) and one.ident != two.ident


# --- numbers in another language


@pytest.mark.parametrize(
    "lang, text, value",
    [
        ("en", "1,234.5", 1234.5),
        ("en", "1.234", 1.234),
        ("en", "1,234", None),
        ("en", "0,234", 0.234),
        ("en", "12,345,678", 12345678),
        ("it", "1.234,5", 1234.5),
        ("it", "1,234", 1.234),
        ("it", "1.234", None),
        ("it", "0.234", 0.234),
        ("it", "0,6", 0.6),
        ("it", "1 234,5", 1234.5),
        ("it", "1.23.4", None),
        ("it", "12,34,5", None),
    ],
)
def test_a_point_or_a_comma_is_never_taken_for_the_other(lang, text, value):
    from segkit.words import speaking

    with speaking(lang):
        assert read_number(text) == value


def test_what_can_be_read_in_two_ways_is_asked_back():
    from segkit.words import speaking

    quiz = Quiz.number("N?", truth=1234)
    listening(quiz)
    assert "1234" in quiz.type("1,234") and "1.234" in quiz.said[0] and quiz.tries == 0
    with speaking("it"):
        assert "1234" in quiz.type("1.234") and "1,234" in quiz.said[0] and quiz.tries == 0
