"""Ask one of the units' questions: the words from one place, the answer computed."""

from difflib import get_close_matches
from zlib import crc32

from segkit.questions import QUESTIONS
from segkit.widgets.quiz import Guess, Quiz
from segkit.words import listed, say


def shuffled(name: str, letters: str) -> list[str]:
    """The letters in an order of the question's own, always the same, so that no place gives the answer
    away."""
    return sorted(letters, key=lambda letter: crc32(f"{name}.{letter}".encode()))


def ask(name: str, then=None):
    """The question called `name`, as a widget that explains whatever one answers.

    then : what to show once it is answered: a score, a stage, a picture, the name of another question,
    several of them, or a function that gives any of these. Nothing of it is computed before.

    The browser remembers the answer under this name.

    >>> ask("by_hand_d").type("0.5")
    'Your 0.5; the answer is 0.50.'
    """
    if name not in QUESTIONS:
        near = get_close_matches(name, QUESTIONS, n=1)
        raise ValueError(say("ask.unknown", came=name, known=listed(near or QUESTIONS, most=99)))
    q = QUESTIONS[name]
    values = q.values()
    question = say(f"ask.{name}", **values)
    if q.kind == "choice":
        letters = "".join(shuffled(name, q.choices))
        told = {letter: say(f"ask.{name}.{letter}", **values) for letter in letters}
        why = {choice: say(f"ask.{name}.{letter}.why", **values) for letter, choice in told.items()}
        quiz = Quiz(question, why, answer=lambda: told[q.answer()], letters=letters, name=name)
        return quiz if then is None else quiz.then(then)
    why = say(f"ask.{name}.why", **values)
    if q.kind == "number":
        quiz = Quiz.number(question, q.answer, why=why, places=q.places, name=name)
        return quiz if then is None else quiz.then(then)
    return Guess(question, q.low, q.high, q.answer, why, then=then, places=q.places, name=name)
