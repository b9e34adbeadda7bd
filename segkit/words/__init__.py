"""Every sentence a reader sees, one file per language.

>>> say("index.dissimilarity")
'Dissimilarity'
"""

from functools import cache
from html import escape
from importlib import import_module


@cache
def words(lang: str = "en") -> dict[str, str]:
    """All sentences of one language, by key."""
    return import_module(f"segkit.words.{lang}").WORDS


def say(key: str, lang: str = "en", **values) -> str:
    """The sentence called `key`, with its blanks filled in.

    >>> say("refuse.one_unit")
    'there is only one unit with pupils; segregation compares at least two'
    """
    return words(lang)[key].format(**values) if values else words(lang)[key]


def listed(names, lang: str = "en", most: int = 8) -> str:
    """Names as one reads them out: the first few, then how many more.

    >>> listed(["a", "b", "c"])
    'a, b, c'
    >>> listed(range(40), most=3)
    '0, 1, 2 and 37 more'
    """
    names = [str(name) for name in names]
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else say("more", lang, shown=shown, n=len(names) - most)


class Said:
    """A result that prints as a teacher would say it; a notebook sets it in the page's own letters."""

    def _repr_html_(self):
        lines = "<br>".join(escape(line).replace("  ", "&ensp;&ensp;") for line in str(self).splitlines())
        return f"<p style='font-variant-numeric:tabular-nums'>{lines}</p>"
