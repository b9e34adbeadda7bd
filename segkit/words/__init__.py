"""Every sentence a reader sees, one file per language, and how a language writes its numbers.

English is `en.py`, which is what translators start from. Every other language is a PO file of its own (`it.po`),
the format their programs read: each entry holds the sentence's name, the English sentence, and the translation. What
is not translated yet, or was translated from an older English sentence, is said in English.

>>> say("index.dissimilarity")
'Dissimilarity'
>>> with speaking("it"):
...     number(1234.5, ",.1f")
'1.234,5'
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, wraps
from html import escape
from numbers import Number
from pathlib import Path
from string import Formatter

from segkit.words.en import WORDS

_HERE = Path(__file__).parent
ENGLISH = "en"


def languages() -> list[str]:
    """The languages there is a file of words for, English first.

    >>> languages()[0]
    'en'
    """
    return [ENGLISH, *sorted(path.stem for path in _HERE.glob("*.po"))]


def speak(lang: str) -> None:
    """From here on, everything is said in this language: `speak("it")`.

    Raises ValueError where there is no such language, and names those there are.
    """
    global _now
    if lang not in languages():
        raise ValueError(say("language.unknown", came=lang, known=listed(languages())))
    _now = lang


def known(locale: str) -> str:
    """The language of a computer's locale, where there are words for it, else English.

    >>> known("it_IT.UTF-8"), known("it"), known("C")
    ('it', 'it', 'en')
    """
    asked = re.split(r"[_.@-]", locale)[0].lower()
    return asked if asked in languages() else ENGLISH


def language() -> str:
    """The language that is spoken now, by its short name.

    >>> language()
    'en'
    """
    return _now


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Another language for a while: `with speaking("it"): …`."""
    before = language()
    speak(lang)
    try:
        yield
    finally:
        speak(before)


def per_language(function):
    """`functools.cache` for what holds sentences: remembered once for each language."""

    @cache
    def remembered(_, *args, **options):
        return function(*args, **options)

    @wraps(function)
    def asked(*args, **options):
        return remembered(language(), *args, **options)

    return asked


# --- sentences


def words(lang: str | None = None) -> dict[str, str]:
    """All sentences of one language, by key; in English where they are not translated."""
    return _words(language() if lang is None else lang)


@cache
def _words(lang: str) -> dict[str, str]:
    return WORDS | translated(lang)


@cache
def translated(lang: str) -> dict[str, str]:
    """What a translator has translated, by key, of the sentences as they are in English today."""
    if lang == ENGLISH:
        return {}
    return {
        entry.context: entry.string
        for entry in catalog(lang)
        if entry.context and entry.id == WORDS.get(entry.context) and sound(entry.id, entry.string)
    }


def sound(english: str, translation: str) -> bool:
    """Can the translation be said wherever the English can? Not with a blank of another name, or half of one.

    >>> sound("{n} schools", "{n} scuole"), sound("{n} schools", "{scuole}"), sound("{n} schools", "{n scuole")
    (True, False, False)
    """
    try:
        asked = blanks(english)
    except ValueError:  # no blanks: braces that mean themselves
        return bool(translation)
    try:
        return bool(translation) and blanks(translation) <= asked | {(name, "") for name, _ in asked}
    except ValueError:
        return False


def blanks(sentence: str) -> set[tuple[str, str]]:
    """The blanks of a sentence: what they are called, and how what fills them is written.

    >>> sorted(blanks("{share:.0%} of {n}"))
    [('n', ''), ('share', '.0%')]
    """
    fields = {(name, spec) for _, name, spec, _ in Formatter().parse(sentence) if name is not None}
    if not all(re.fullmatch(r"[A-Za-z]\w*", name) for name, _ in fields):
        raise ValueError(sentence)
    return fields


@cache
def pattern(key: str, lang: str) -> re.Pattern:
    """What a sentence looks like when its blanks are filled in, each a group of its name: to know it again.

    >>> pattern("more", "en").fullmatch("a, b and 3 more")["n"]
    '3'
    """
    parts, seen = [], set()
    for text, name, *_ in Formatter().parse(words(lang)[key]):
        parts.append(re.escape(text))
        if name is not None:
            parts.append(".*" if name in seen else f"(?P<{name}>.*)")
            seen.add(name)
    return re.compile("".join(parts), re.S)


def in_every_language(key: str, **values) -> set[str]:
    """One sentence as each language says it: to know it again in a file somebody made elsewhere."""
    return {say(key, lang, **values) for lang in languages()}


def catalog(lang: str):
    """The file of one language as Babel reads it: entries with context (the key), id (English) and string."""
    from babel.messages.pofile import read_po

    with (_HERE / f"{lang}.po").open("rb") as file:
        return read_po(file, locale=lang)


def say(key: str, lang: str | None = None, **values) -> str:
    """The sentence called `key`, with its blanks filled in; numbers as the language writes them.

    >>> say("refuse.one_unit")
    'there is only one unit with pupils; segregation compares at least two'
    """
    lang = language() if lang is None else lang
    sentence = words(lang)[key]
    if not values:
        return sentence
    return sentence.format(**values) if lang == ENGLISH else _Blanks(lang).vformat(sentence, (), values)


def listed(names, lang: str | None = None, most: int = 8) -> str:
    """Names as one reads them out: the first few, then how many more.

    >>> listed(["a", "b", "c"])
    'a, b, c'
    >>> listed(range(40), most=3)
    '0, 1, 2 and 37 more'
    """
    names = [str(name) for name in names]
    shown = say("comma", lang).join(names[:most])
    return shown if len(names) <= most else say("more", lang, shown=shown, n=len(names) - most)


def in_quotes(name: str) -> str:
    """A name as a file writes it, marked as one.

    >>> in_quotes("school")
    "'school'"
    """
    return say("quote", name=name)


def sector_name(code: str) -> str:
    """What a sector of ours is called; what a table calls otherwise stays as it is.

    >>> sector_name("church"), sector_name("Waldorf")
    ('church', 'Waldorf')
    """
    return words().get(f"scenario.sector.{code}", code)


# --- numbers


def number(value, spec: str = "", lang: str | None = None) -> str:
    """A number as the language writes it; `spec` is Python's (",.1f", ".0%").

    >>> number(0.25, ".2f"), number(6385, ","), number(0.25, ".0%", lang="it")
    ('0.25', '6,385', '25%')
    """
    return in_language(format(value, spec), lang)


def in_language(digits: str, lang: str | None = None) -> str:
    """A number that is written in English already, with the signs of the language."""
    lang = language() if lang is None else lang
    return digits if lang == ENGLISH else digits.translate(_signs(lang))


@cache
def _signs(lang: str) -> dict[int, str]:
    """Python's decimal point, thousands comma and percent sign -> those of a language ("25 %")."""
    from babel import Locale
    from babel.numbers import get_decimal_symbol, get_group_symbol

    percent = Locale.parse(lang).percent_formats[None].pattern.lstrip("#,.0")
    return str.maketrans({".": get_decimal_symbol(lang), ",": get_group_symbol(lang), "%": percent})


class _Blanks(Formatter):
    """Python's own way to fill in blanks, with the numbers of a language."""

    def __init__(self, lang: str):
        self.lang = lang

    def format_field(self, value, spec):
        if isinstance(value, Number) and not isinstance(value, bool):
            return number(value, spec, self.lang)
        return super().format_field(value, spec)


class Said:
    """A result that prints as a teacher would say it; a notebook sets it in the page's own letters."""

    def _repr_html_(self):
        lines = "<br>".join(escape(line).replace("  ", "&ensp;&ensp;") for line in str(self).splitlines())
        return f"<p style='font-variant-numeric:tabular-nums'>{lines}</p>"


_now = known(os.environ.get("SEGKIT_LANG", ENGLISH))
