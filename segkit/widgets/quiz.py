"""Questions that answer back: pick, type or guess, then read why.

The right answer is computed and stays in Python until the reader has answered. What a reader answers travels
by message, never as a trait: it is not saved into the notebook. The browser remembers it under the question's
name and sends it here when the question is drawn again; nothing but its form is believed.
"""

import re
from collections.abc import Callable
from math import isclose, isfinite

import ipywidgets
import traitlets

from segkit.lessons import Score, shown
from segkit.playing import Stage
from segkit.widgets.code import code, look
from segkit.widgets.known import Known
from segkit.words import listed, number, say


class _Question(Known):
    """What all questions share: they tell a page that opens how things stand, and again when that changes."""

    _esm, _css = code("quiz"), look("quiz")
    name = traitlets.Unicode(read_only=True).tag(sync=True)  # the browser remembers under it; "": nothing
    answer = traitlets.Any(None, help="what the reader answered last; None before")
    score = traitlets.Float(None, allow_none=True, help="1 right, 0 wrong, None before the first answer")
    answered = traitlets.Bool(False, help="may be shown now what answers it?")

    kind = "quiz"

    def __init__(self, name: str = "", **options):
        super().__init__(called=name, **options)
        self.set_trait("name", name)
        self.verdict, self.said, self.remembered = "", (), False
        self.on_msg(self._hear)

    def _hear(self, _, message, __):
        if not isinstance(message, dict):
            return
        do = message.get("do")
        if do == "answer":
            self.remembered = False
            self.take(message.get("value"))
        elif do == "show":
            self.give_up()
        elif do == "again":
            self.again()
        elif isinstance(message.get("kept"), dict) and self.answer is None:
            self.resume(message["kept"])
            self.remembered = self.answer is not None
        self.tell()

    def again(self) -> None:
        """As if nobody had answered yet."""
        self.verdict, self.said, self.remembered = "", (), False
        self.answer = self.score = None
        self.forget()

    def tell(self) -> None:
        """Say how things stand; what follows the answer comes after it, however long it takes to draw."""
        kept = self.kept() if self.answer is not None else None
        note = say("quiz.remembered") if self.remembered else ""
        told = {"verdict": self.verdict, "said": list(self.said), "kept": kept, "note": note}
        self.send({"do": "state", "state": told | {"over": self.over()} | self.state()})
        self.answered = self.over()

    def over(self) -> bool:
        """Has the reader answered, so that nothing is given away any more?"""
        raise NotImplementedError

    def then(self, what) -> "Followed":
        """This question, followed by what answers it as soon as the reader has answered (see `Guess`)."""
        return Followed(self, what)

    def take(self, value) -> None:
        raise NotImplementedError

    def give_up(self) -> None:
        pass

    def state(self) -> dict:
        raise NotImplementedError

    def kept(self) -> dict:
        """What the browser is to remember of the answer, whatever language it was given in."""
        raise NotImplementedError

    def resume(self, kept: dict) -> None:
        """Answer as the browser remembers it; what does not fit this question is ignored."""
        raise NotImplementedError

    def forget(self) -> None:
        """Away with what a kind of question keeps besides answer and verdict."""
        raise NotImplementedError


class Quiz(_Question):
    """A question with choices: whatever one picks, one reads why it is right or wrong.

    choices : from each choice to its explanation.
    answer : the right choice, or a function that computes it; a number finds its choice.
    name, letters : what the question and its choices are called where the browser remembers them.
    After: `.answer` is the choice picked last, `.score` 1 or 0, `.tries` how many were picked.

    >>> quiz = Quiz("2 + 2?", {4: "Two and two.", 5: "One too many."}, answer=lambda: 2 + 2)
    >>> quiz.pick(5)
    'One too many.'
    >>> quiz.score
    0.0
    """

    def __init__(self, question: str, choices: dict, answer, letters: str = "", **options):
        super().__init__(**options)
        if len(choices) < 2:
            raise ValueError(say("quiz.no_choices", n=len(choices)))
        self.question = question
        self.choices = tuple(choices)
        self.why = tuple(choices.values())
        self.letters = letters  # what each choice is called where it is remembered
        self.tried: list[tuple[int, bool]] = []
        self._right = self._place(computed(answer))

    def _place(self, answer) -> int:
        for k, choice in enumerate(self.choices):
            if choice == answer or (
                _number(choice) and _number(answer) and isclose(choice, answer, rel_tol=0, abs_tol=5e-3)
            ):
                return k
        raise ValueError(say("quiz.not_a_choice", answer=answer, choices=listed(self.choices, most=99)))

    @property
    def tries(self) -> int:
        return len(self.tried)

    def pick(self, choice) -> str:
        """Pick a choice, as the reader does; gives its explanation."""
        self.take(self.choices.index(choice))
        self.tell()
        return self.said[0]

    def take(self, value) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < len(self.choices):
            return
        right = value == self._right
        self.tried = [(k, was) for k, was in self.tried if k != value] + [(value, right)]
        self.verdict, self.said = "right" if right else "wrong", (self.why[value],)
        self.answer = self.choices[value]
        self.score = float(right)

    def over(self) -> bool:
        return bool(self.tried)

    def state(self) -> dict:
        return {
            "kind": "choice",
            "question": self.question,
            "choices": [str(choice) for choice in self.choices],
            "tried": self.tried,
            "picked": self.tried[-1][0] if self.tried else -1,
            "words": {key: say(f"quiz.{key}") for key in ("right", "wrong", "again")},
        }

    def kept(self) -> dict:
        return {"picked": [self.letters[k] for k, _ in self.tried if self.letters], "right": self.score == 1}

    def resume(self, kept: dict) -> None:
        picked = kept.get("picked")
        if self.letters and isinstance(picked, list) and all(one in [*self.letters] for one in picked):
            for one in picked[: len(self.letters)]:
                self.take(self.letters.index(one))

    def forget(self) -> None:
        self.tried = []

    @staticmethod
    def number(question: str, truth, tolerance: float = 0.005, why: str = "", **options) -> "Number":
        """A question answered by typing a number."""
        return Number(question, truth, tolerance, why, **options)


class Number(_Question):
    """A question answered by typing a number; wrong answers hear whether they are too high or too low.

    >>> quiz = Quiz.number("D of an even town?", truth=0, why="Every school mirrors the town.")
    >>> quiz.type("0,4")
    '0,4 is too high. Look again.'
    >>> quiz.type("0")
    'Your 0; the answer is 0.00.'
    """

    def __init__(
        self, question: str, truth, tolerance: float = 0.005, why: str = "", places: int = 2, **options
    ):
        super().__init__(**options)
        self.question, self.why, self.tolerance, self.places = question, why, tolerance, places
        self._truth = float(computed(truth))
        self.typed = ""
        self.tries = 0
        self.open = True

    def type(self, text: str) -> str:
        """Type a number, as the reader does; gives what is said about it."""
        self.take(text)
        self.tell()
        return self.said[0]

    def take(self, value) -> None:
        self.typed = str(value).strip()[:40]
        if not self.typed:
            self.verdict, self.said = "", (say("quiz.empty"),)
            return
        value = read_number(self.typed)
        if value is None:
            self.verdict, self.said = "", (unreadable(self.typed),)
            return
        off = value - self._truth
        right = abs(off) <= self.tolerance + 1e-12
        self.tries += 1
        self.verdict = "right" if right else "wrong"
        truth = shown(self._truth, self.places)
        if right:
            self.said = (say("quiz.near", came=self.typed, truth=truth), *([self.why] if self.why else []))
            self.open = False
        else:
            self.said = (say("quiz.far_high" if off > 0 else "quiz.far_low", came=self.typed),)
        self.answer = value
        self.score = float(right)

    def give_up(self) -> None:
        if self.tries and self.open:
            self.open = False
            self.verdict = ""
            self.said = (
                say("quiz.shown", truth=shown(self._truth, self.places)),
                *([self.why] if self.why else []),
            )

    def over(self) -> bool:
        return not self.open  # a wrong number is no reason to see the right one: the reader may go on

    def state(self) -> dict:
        return {
            "kind": "number",
            "question": self.question,
            "typed": self.typed,
            "offer": bool(self.tries) and self.open,
            "words": {
                key: say(f"quiz.{key}") for key in ("right", "wrong", "number", "check", "show", "again")
            },
        }

    def kept(self) -> dict:
        shown_it = not self.open and self.score == 0
        return {"picked": [self.answer], "right": self.score == 1, "shown": shown_it}

    def resume(self, kept: dict) -> None:
        picked = kept.get("picked")
        if isinstance(picked, list) and len(picked) == 1 and _finite(picked[0]):
            self.take(number(round(float(picked[0]), 6), ".15g"))
            if kept.get("shown") is True:
                self.give_up()

    def forget(self) -> None:
        self.typed, self.tries, self.open = "", 0, True


class _Panel(_Question):
    """The slider of a guess; the truth is asked for only when the guess is committed."""

    kind = "guess"

    def __init__(self, question, low, high, truth: Callable[[], float], reveal, steps, places, name=""):
        super().__init__(name)
        self.question, self.low, self.high, self.reveal = question, float(low), float(high), reveal
        self.steps, self.places = steps, places
        self._ask = truth
        self.own = fewest_places([self.value(step) for step in range(steps + 1)], places)
        self.guess = steps // 2
        self.truth = None

    def value(self, step: int) -> float:
        return self.low + (self.high - self.low) * step / self.steps

    def take(self, value) -> None:
        if self.truth is not None or not _finite(value):
            return
        self.guess = int(min(max(0, round(value)), self.steps))
        guess = round(self.value(self.guess), 12)
        self.truth = float(self._ask())
        gap = self.truth - guess
        how = "close" if abs(gap) <= 0.05 * (self.high - self.low) else "low" if gap > 0 else "high"
        said = {
            "guess": shown(guess, self.own),
            "truth": self._write(self.truth),
            "gap": self._write(abs(gap)),
        }
        reveal = self.reveal(guess, self.truth) if callable(self.reveal) else self.reveal
        self.said = (say(f"guess.{how}", **said), *([reveal] if reveal else []))
        self.score = max(0.0, 1 - abs(gap) / (self.high - self.low))
        self.answer = guess

    def _write(self, value) -> str:
        return shown(value, self.places)

    def over(self) -> bool:
        return self.truth is not None

    def state(self) -> dict:
        labels = [shown(self.value(step), self.own) for step in range(self.steps + 1)]
        found = []
        if self.truth is not None:
            at = (self.truth - self.low) / (self.high - self.low) * self.steps
            found = [
                ("yours", self.guess, f"{say('guess.yours')} {labels[self.guess]}"),
                ("truth", at, f"{say('guess.truth')} {self._write(self.truth)}"),
            ]
        return {
            "kind": "guess",
            "question": self.question,
            "labels": labels,
            "ends": [(step, labels[step]) for step in (0, self.steps // 2, self.steps)],
            "guess": self.guess,
            "committed": self.truth is not None,
            "found": found,
            "words": {key: say(f"guess.{key}") for key in ("slider", "commit", "again")},
        }

    def kept(self) -> dict:
        return {"value": self.answer}

    def resume(self, kept: dict) -> None:
        value = kept.get("value")
        if _finite(value) and self.low <= value <= self.high:
            self.take((value - self.low) / (self.high - self.low) * self.steps)

    def forget(self) -> None:
        self.guess, self.truth = self.steps // 2, None


class Followed(ipywidgets.VBox):
    """A question, and below it what answers it: not drawn, not even computed, before the reader has answered.

    A choice is answered when one is picked, right or wrong; a number when it is right, or its answer shown.
    After: `.question` is the question itself; `.answer` and `.score` are as there.

    >>> asked = Quiz("2 + 2?", {4: "Two and two.", 5: "One too many."}, answer=4).then(ipywidgets.Label)
    >>> len(asked.children), asked.question.pick(5), len(asked.children)
    (1, 'One too many.', 2)
    """

    answer = traitlets.Any(None)
    score = traitlets.Float(None, allow_none=True)

    def __init__(self, question: _Question, then=None, **options):
        self.question, self._then, self._shown = question, then, None
        super().__init__(children=[question], **options)
        question.observe(self._take, names=["answer", "score"])
        question.observe(self._open, names="answered")

    def _take(self, change) -> None:
        setattr(self, change["name"], change["new"])

    def _open(self, change) -> None:
        if self._then is None:
            return
        if change["new"] and self._shown is None:  # made once, however often one answers again
            self._shown = shown_then(self._then)
        self.children = [self.question, self._shown] if change["new"] else [self.question]


class Guess(Followed):
    """Predict first: the answer appears only when the reader commits to a guess.

    truth : a number, or a function that computes it, called at the commitment.
    reveal : what to say then, a text or a function of (guess, truth).
    then : what to show then: a score (played as a film), a stage (a board to play with), a picture, a widget,
    the name of another question, several of them, or a function that gives any of these. A widget made
    beforehand has already sent its state to the browser; the others have not.
    After: `.answer` is the guess, `.score` 1 for the truth itself and less the farther away.

    >>> guess = Guess("D of this town?", 0, 1, truth=0.6, reveal="Two schools in four would have to change.")
    >>> guess.commit(0.35)
    'You guessed 0.35; it is 0.60, which is 0.25 more.'
    >>> guess.answer, guess.score
    (0.35, 0.75)
    """

    def __init__(
        self,
        question: str,
        low: float,
        high: float,
        truth,
        reveal="",
        *,
        then=None,
        steps=100,
        places=2,
        name="",
        **options,
    ):
        if not low < high:
            raise ValueError(say("guess.range", low=low, high=high))
        if not callable(truth) and not low <= truth <= high:
            raise ValueError(say("guess.outside", truth=truth, low=low, high=high))
        if not places:
            steps = min(steps, max(1, round(high - low)))  # whole numbers are guessed whole
        self.panel = _Panel(question, low, high, lambda: computed(truth), reveal, steps, places, name)
        super().__init__(self.panel, then, **options)

    def commit(self, guess: float) -> str:
        """Commit to a guess, as the reader does; gives the first thing that is said about it."""
        self.panel.take((guess - self.panel.low) / (self.panel.high - self.panel.low) * self.panel.steps)
        self.panel.tell()
        return self.panel.said[0]

    @property
    def truth(self) -> float | None:
        """The answer, once a guess has been committed."""
        return self.panel.truth


def shown_then(then):
    """The widget that follows an answer: a function is called, a score becomes a film, a stage a board to
    play with, a picture is shown as a cell would show it. Boards stand side by side, all else one below the
    other."""
    if callable(then) and not isinstance(then, ipywidgets.Widget):
        return shown_then(then())
    if isinstance(then, tuple | list):
        return _together([shown_then(each) for each in then])
    if isinstance(then, str):
        from segkit.widgets.ask import ask

        return ask(then)
    if isinstance(then, Score):
        from segkit.widgets.film import Film

        return Film(then)
    if isinstance(then, Stage):
        from segkit.widgets.parable import Parable

        return Parable(then)
    if hasattr(then, "_repr_html_"):
        return _as_in_a_cell(then)
    return then


def _together(widgets) -> ipywidgets.Box:
    from segkit.widgets.parable import Parable

    if not all(isinstance(each, Parable) for each in widgets):
        return ipywidgets.VBox(widgets)
    row = ipywidgets.HBox(widgets)
    row.layout.flex_flow = "row wrap"  # one below the other where there is no room
    row.layout.grid_gap = "0.75rem"
    for each in widgets:
        each.layout.flex, each.layout.min_width = "1 1 40%", "20rem"
    return row


def _as_in_a_cell(thing) -> ipywidgets.Output:
    """An output of its own, as the last value of a cell has one: the same markup, the same words for it."""
    words = getattr(thing, "alt", None) or repr(thing)
    data = {"text/html": thing._repr_html_(), "text/plain": words}
    return ipywidgets.Output(outputs=[{"output_type": "display_data", "data": data, "metadata": {}}])


def computed(answer):
    return answer() if callable(answer) else answer


def fewest_places(values, most: int) -> int:
    """How many decimals the values need, up to so many.

    >>> fewest_places([0, 50, 100], 1), fewest_places([0, 0.5, 1], 2)
    (0, 1)
    """
    for places in range(most):
        if all(isclose(value, round(value, places), abs_tol=1e-9) for value in values):
            return places
    return most


def _number(value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) or hasattr(value, "__float__")


def _finite(value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


# --- numbers as people type them

THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}([.,' ])[0-9]{3}(\1[0-9]{3})*")


def signs() -> tuple[str, str]:
    """What stands before the decimals, and between the thousands, in the language that is spoken.

    >>> signs()
    ('.', ',')
    """
    return number(0.5, ".1f")[1], number(1000, ",")[1:-3]


def two_ways(text: str) -> tuple[float, float] | None:
    """The two numbers that something like "1,234" can be where a comma stands between thousands.

    >>> two_ways("1,234"), two_ways("1.234"), two_ways("0,6")
    ((1234.0, 1.234), None, None)
    """
    bare = text.strip().removesuffix("%").strip()
    found = THOUSANDS.fullmatch(bare)
    if found is None or found[2] or found[1] not in ".," or found[1] != signs()[1]:
        return None
    return float(bare.replace(found[1], "")), float(bare.replace(found[1], "."))


def read_number(text: str) -> float | None:
    """A number as people type it: 0.6, 0,6, .6, 60 %, 3/5, 1,234.5; None where it can be read in two ways.

    >>> [read_number(text) for text in ("0.6", "0,6", "60 %", "3/5", "1,234.5", "1,234", "six")]
    [0.6, 0.6, 0.6, 0.6, 1234.5, None, None]
    """
    text = text.strip().replace("−", "-").replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
    share = text.endswith("%")
    above, _, below = text.rstrip("% ").partition("/")
    try:
        value = _plain(above) / (_plain(below) if below else 1.0) / (100 if share else 1)
    except (ValueError, ZeroDivisionError):
        return None
    return value if isfinite(value) else None


def _plain(text: str) -> float:
    """Thousands put together, decimals behind a point, as Python reads them; ValueError where unclear."""
    text = text.strip()
    if two_ways(text):
        raise ValueError(text)
    whole, decimals = text, ""
    last = max(text.rfind("."), text.rfind(","))
    if last >= 0 and text.count(text[last]) == 1:  # the only one of its kind stands before the decimals
        whole, decimals = text[:last], "." + text[last + 1 :]
    if THOUSANDS.fullmatch(whole):
        whole = re.sub("[.,' ]", "", whole)
    return float(whole + decimals)


def unreadable(text: str) -> str:
    """What is said of a text that is no number, or could be two."""
    if ways := two_ways(text):
        return say("quiz.two_ways", came=text, many=number(ways[0], ".0f"), few=number(ways[1], ".3f"))
    return say("quiz.unreadable", came=text)
