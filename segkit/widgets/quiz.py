"""Questions that answer back: pick, type or guess, then read why.

The right answer is computed and stays in Python until the reader has answered. What a reader answers travels
by message, never as a trait: it is not saved into the notebook.
"""

from collections.abc import Callable
from math import isclose, isfinite
from pathlib import Path

import anywidget
import ipywidgets
import traitlets

from segkit.lessons import Score, shown
from segkit.playing import Stage
from segkit.words import listed, say

_HERE = Path(__file__).parent


class _Question(anywidget.AnyWidget):
    """What all questions share: they tell a page that opens how things stand, and again when that changes."""

    _esm = _HERE / "quiz.js"
    _css = _HERE / "quiz.css"
    answer = traitlets.Any(None, help="what the reader answered last; None before")
    score = traitlets.Float(None, allow_none=True, help="1 right, 0 wrong, None before the first answer")

    def __init__(self, **options):
        super().__init__(**options)
        self.verdict = ""
        self.said = ()
        self.on_msg(self._hear)

    def _hear(self, _, message, __):
        if not isinstance(message, dict):
            return
        if message.get("do") == "answer":
            self.take(message.get("value"))
        elif message.get("do") == "show":
            self.give_up()
        self.tell()

    def tell(self) -> None:
        self.send(
            {"do": "state", "state": {"verdict": self.verdict, "said": list(self.said), **self.state()}}
        )

    def take(self, value) -> None:
        raise NotImplementedError

    def give_up(self) -> None:
        pass

    def state(self) -> dict:
        raise NotImplementedError


class Quiz(_Question):
    """A question with choices: whatever one picks, one reads why it is right or wrong.

    choices : from each choice to its explanation.
    answer : the right choice, or a function that computes it; a number finds its choice.
    After: `.answer` is the choice picked last, `.score` 1 or 0, `.tries` how many were picked.

    >>> quiz = Quiz("2 + 2?", {4: "Two and two.", 5: "One too many."}, answer=lambda: 2 + 2)
    >>> quiz.pick(5)
    'One too many.'
    >>> quiz.score
    0.0
    """

    def __init__(self, question: str, choices: dict, answer, **options):
        super().__init__(**options)
        if len(choices) < 2:
            raise ValueError(say("quiz.no_choices", n=len(choices)))
        self.question = question
        self.choices = tuple(choices)
        self.why = tuple(choices.values())
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
        if not isinstance(value, int) or not 0 <= value < len(self.choices):
            return
        right = value == self._right
        self.tried = [(k, was) for k, was in self.tried if k != value] + [(value, right)]
        self.verdict, self.said = "right" if right else "wrong", (self.why[value],)
        self.answer = self.choices[value]
        self.score = float(right)

    def state(self) -> dict:
        return {
            "kind": "choice",
            "question": self.question,
            "choices": [str(choice) for choice in self.choices],
            "tried": self.tried,
            "picked": self.tried[-1][0] if self.tried else -1,
            "words": {key: say(f"quiz.{key}") for key in ("right", "wrong")},
        }

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
        number = read_number(self.typed)
        if number is None:
            self.verdict, self.said = "", (say("quiz.unreadable", came=self.typed),)
            return
        off = number - self._truth
        right = abs(off) <= self.tolerance + 1e-12
        self.tries += 1
        self.verdict = "right" if right else "wrong"
        truth = shown(self._truth, self.places)
        if right:
            self.said = (say("quiz.near", came=self.typed, truth=truth), *([self.why] if self.why else []))
            self.open = False
        else:
            self.said = (say("quiz.far_high" if off > 0 else "quiz.far_low", came=self.typed),)
        self.answer = number
        self.score = float(right)

    def give_up(self) -> None:
        if self.tries and self.open:
            self.open = False
            self.verdict = ""
            self.said = (
                say("quiz.shown", truth=shown(self._truth, self.places)),
                *([self.why] if self.why else []),
            )

    def state(self) -> dict:
        return {
            "kind": "number",
            "question": self.question,
            "typed": self.typed,
            "offer": bool(self.tries) and self.open,
            "words": {key: say(f"quiz.{key}") for key in ("right", "wrong", "number", "check", "show")},
        }


class _Panel(_Question):
    """The slider of a guess; the truth is asked for only when the guess is committed."""

    def __init__(self, question, low, high, truth: Callable[[], float], reveal, steps, places):
        super().__init__()
        self.question, self.low, self.high, self.reveal = question, float(low), float(high), reveal
        self.steps, self.places = steps, places
        self._ask = truth
        self.guess = steps // 2
        self.truth = None

    def value(self, step: int) -> float:
        return self.low + (self.high - self.low) * step / self.steps

    def take(self, value) -> None:
        if self.truth is not None or not isinstance(value, int | float) or not isfinite(value):
            return
        self.guess = int(min(max(0, round(value)), self.steps))
        guess = round(self.value(self.guess), 12)
        self.truth = float(self._ask())
        gap = self.truth - guess
        how = "close" if abs(gap) <= 0.05 * (self.high - self.low) else "low" if gap > 0 else "high"
        said = {"guess": self._write(guess), "truth": self._write(self.truth), "gap": self._write(abs(gap))}
        reveal = self.reveal(guess, self.truth) if callable(self.reveal) else self.reveal
        self.said = (say(f"guess.{how}", **said), *([reveal] if reveal else []))
        self.score = max(0.0, 1 - abs(gap) / (self.high - self.low))
        self.answer = guess

    def _write(self, value) -> str:
        return shown(value, self.places)

    def state(self) -> dict:
        found = []
        if self.truth is not None:
            at = (self.truth - self.low) / (self.high - self.low) * self.steps
            found = [
                ("yours", self.guess, f"{say('guess.yours')} {self._write(self.value(self.guess))}"),
                ("truth", at, f"{say('guess.truth')} {self._write(self.truth)}"),
            ]
        return {
            "kind": "guess",
            "question": self.question,
            "labels": [self._write(self.value(k)) for k in range(self.steps + 1)],
            "ends": [(k, self._write(self.value(k))) for k in (0, self.steps // 2, self.steps)],
            "guess": self.guess,
            "committed": self.truth is not None,
            "found": found,
            "words": {key: say(f"guess.{key}") for key in ("slider", "commit")},
        }


class Guess(ipywidgets.VBox):
    """Predict first: the answer appears only when the reader commits to a guess.

    truth : a number, or a function that computes it, called at the commitment.
    reveal : what to say then, a text or a function of (guess, truth).
    then : what to show then: a score (played as a film), a stage (a board to play with), a function that
    makes one, a widget, or several of them. A widget made beforehand has already sent its state to the
    browser; the others have not.
    After: `.answer` is the guess, `.score` 1 for the truth itself and less the farther away.

    >>> guess = Guess("D of this town?", 0, 1, truth=0.6, reveal="Two schools in four would have to change.")
    >>> guess.commit(0.35)
    'You guessed 0.35; it is 0.60, which is 0.25 more.'
    >>> guess.answer, guess.score
    (0.35, 0.75)
    """

    answer = traitlets.Any(None)
    score = traitlets.Float(None, allow_none=True)

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
        **options,
    ):
        if not low < high:
            raise ValueError(say("guess.range", low=low, high=high))
        if not callable(truth) and not low <= truth <= high:
            raise ValueError(say("guess.outside", truth=truth, low=low, high=high))
        self.panel = _Panel(question, low, high, lambda: computed(truth), reveal, steps, places)
        self._then = then
        super().__init__(children=[self.panel], **options)
        self.panel.observe(self._answered, names="answer")

    def commit(self, guess: float) -> str:
        """Commit to a guess, as the reader does; gives the first thing that is said about it."""
        self.panel.take((guess - self.panel.low) / (self.panel.high - self.panel.low) * self.panel.steps)
        self.panel.tell()
        return self.panel.said[0]

    @property
    def truth(self) -> float | None:
        """The answer, once a guess has been committed."""
        return self.panel.truth

    def _answered(self, change) -> None:
        self.score, self.answer = self.panel.score, change["new"]
        if self._then is not None:
            self.children = [self.panel, shown_then(self._then)]


def shown_then(then):
    """The widget that follows a guess: a function is called, a score becomes a film, a stage a board to play
    with, and several stand side by side."""
    if isinstance(then, tuple | list):
        row = ipywidgets.HBox([shown_then(each) for each in then])
        row.layout.flex_flow = "row wrap"  # one below the other where there is no room
        row.layout.grid_gap = "0.75rem"
        for each in row.children:
            each.layout.flex, each.layout.min_width = "1 1 40%", "20rem"
        return row
    if callable(then) and not isinstance(then, ipywidgets.Widget):
        then = then()
    if isinstance(then, Score):
        from segkit.widgets.film import Film

        return Film(then)
    if isinstance(then, Stage):
        from segkit.widgets.parable import Parable

        return Parable(then)
    return then


def computed(answer):
    return answer() if callable(answer) else answer


def _number(value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) or hasattr(value, "__float__")


def read_number(text: str) -> float | None:
    """A number as people type it: 0.6, 0,6, .6, 60 %, 3/5.

    >>> [read_number(text) for text in ("0.6", "0,6", "60 %", "3/5", "six")]
    [0.6, 0.6, 0.6, 0.6, None]
    """
    text = text.strip().replace("−", "-").replace(",", ".")
    share = text.endswith("%")
    above, _, below = text.rstrip("% ").partition("/")
    try:
        value = float(above) / (float(below) if below else 1.0) / (100 if share else 1)
    except (ValueError, ZeroDivisionError):
        return None
    return value if isfinite(value) else None
