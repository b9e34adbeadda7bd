"""What a reader has done so far: counted, taken home as a file, taken up again from it, or erased.

It is remembered by the browser, not here. The browser sends it to be counted and keeps what it gets back; of
a file, whoever wrote it, only the names, letters and numbers pass that the questions know.
"""

import json
import re
from datetime import datetime
from math import isfinite

import traitlets as t

from segkit.questions import ASKED, QUESTIONS, Question
from segkit.terms import UNITS
from segkit.widgets.code import code, look
from segkit.widgets.known import Known
from segkit.words import say

LARGEST = 200_000  # bytes of a file; all questions answered are a twentieth of that
LABELS = (
    "title head.page head.answers head.right head.guesses download take erase sure yes no erased nowhere"
).split()


class Progress(Known):
    """What you have answered and guessed so far, of how much of each unit; to take with you, or to erase.

    >>> Progress().rows({"answers": {"zero": {"picked": ["b"], "right": True}}})[2]
    ['Unit 2.2', '1 of 13', '1', '0 of 4']
    """

    kind = "progress"
    _esm, _css = code("progress"), look("progress")

    words = t.Dict(read_only=True).tag(sync=True)

    def __init__(self, **options):
        super().__init__(**options)
        self.set_trait("words", {key: say(f"progress.{key}") for key in LABELS})
        self.on_msg(self._hear)

    def rows(self, store) -> list[list[str]]:
        """A line for each page: its name, questions answered, how many of them right, guesses made."""
        store, rows = cleaned(store), []
        for page in ASKED:
            asked, guesses = names_of(page)
            done = [store["answers"][name] for name in asked if name in store["answers"]]
            guessed = [name for name in guesses if name in store["guesses"]]
            row = [called(page), say("progress.of", n=len(done), all=len(asked))]
            row += [
                str(sum(one["right"] for one in done)),
                say("progress.of", n=len(guessed), all=len(guesses)),
            ]
            rows.append(row)
        return rows

    def _hear(self, _, message, __) -> None:
        if not isinstance(message, dict):
            return
        store, said = message.get("store"), ""
        if message.get("do") == "take":
            try:
                came = opened(message.get("text"))
                store = merged(cleaned(store), came)
                said = say("progress.taken", n=len(came["answers"]) + len(came["guesses"]))
                self.send({"do": "keep", "view": message.get("view"), "store": store})
            except ValueError as why:
                said = str(why)
        self.send({"do": "told", "rows": self.rows(store), "said": said, "view": message.get("view")})


def names_of(page: str) -> tuple[list[str], list[str]]:
    """The questions of a page, and its guesses."""
    names = ASKED[page].split()
    guesses = [name for name in names if QUESTIONS[name].kind == "guess"]
    return [name for name in names if name not in guesses], guesses


def called(page: str) -> str:
    unit = next((unit for unit, name in UNITS.items() if name == page), None)
    return say("progress.unit", unit=unit) if unit else say("progress.start")


# --- what may be believed of a store or a file


def opened(text) -> dict:
    """What is known in a file; ValueError, in words, where it is none of ours."""
    if not isinstance(text, str) or len(text.encode("utf-8", "replace")) > LARGEST:
        raise ValueError(say("progress.large", most=LARGEST // 1000))
    try:
        came = json.loads(text)
    except (ValueError, RecursionError):
        came = None
    if not isinstance(came, dict) or came.get("version") != 1:
        raise ValueError(say("progress.other"))
    return cleaned(came)


def cleaned(store) -> dict:
    """The questions, guesses and pages we know, each with what fits it; everything else is left out.

    >>> cleaned({"answers": {"zero": {"picked": ["b"], "mood": "<b>"}, "one": {}}, "more": 1})["answers"]
    {'zero': {'picked': ['b'], 'right': False}}
    """
    store = store if isinstance(store, dict) else {}
    found = {"version": 1, "answers": {}, "guesses": {}, "pages": {}}
    for part, clean in (("answers", _answer), ("guesses", _guess), ("pages", _page)):
        entries = store.get(part)
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            kept = clean(name, entry) if isinstance(entry, dict) else None
            if kept:
                found[part][name] = kept | ({"at": entry["at"]} if _moment(entry.get("at")) else {})
    return found


def _answer(name: str, entry: dict) -> dict | None:
    question, picked = QUESTIONS.get(name), entry.get("picked")
    if question is None or question.kind == "guess" or not isinstance(picked, list) or not picked:
        return None
    if not all(_fits(one, question) for one in picked) or len(picked) > max(len(question.choices), 1):
        return None
    kept = {"picked": picked, "right": entry.get("right") is True}
    return kept | ({"shown": True} if entry.get("shown") is True else {})


def _fits(value, question: Question) -> bool:
    if question.kind == "choice":
        return isinstance(value, str) and len(value) == 1 and value in question.choices
    return _finite(value)


def _guess(name: str, entry: dict) -> dict | None:
    question, value = QUESTIONS.get(name), entry.get("value")
    if question is None or question.kind != "guess" or not _finite(value):
        return None
    return {"value": value} if question.low <= value <= question.high else None


def _page(name: str, entry: dict) -> dict | None:
    """Where a reader was last on a page: texts that are short, numbers that are small."""
    texts = {key: entry.get(key) for key in ("section", "title")}
    numbers = {key: entry.get(key) for key in ("done", "of")}
    if not re.fullmatch(r"[a-z0-9-]{1,60}", name):
        return None
    if not all(isinstance(text, str) and len(text) <= 200 for text in texts.values()):
        return None
    if not all(isinstance(n, int) and 0 <= n < 1000 for n in numbers.values()):
        return None
    return texts | numbers


def _finite(value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _moment(text) -> bool:
    try:
        return isinstance(text, str) and len(text) < 40 and bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def merged(here: dict, came: dict) -> dict:
    """Both together; where both know something, the newer one.

    >>> old, new = {"value": 1, "at": "2025-01-01"}, {"value": 2, "at": "2025-01-02"}
    >>> here, came = (cleaned({"guesses": {"four_schools": one}}) for one in (new, old))
    >>> merged(here, came)["guesses"]
    {'four_schools': {'value': 2, 'at': '2025-01-02'}}
    """
    both = {"version": 1}
    for part in ("answers", "guesses", "pages"):
        both[part] = dict(here[part])
        for name, entry in came[part].items():
            if entry.get("at", "") >= both[part].get(name, {}).get("at", ""):
                both[part][name] = entry
    return both
