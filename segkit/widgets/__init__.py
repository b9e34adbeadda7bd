"""What a reader touches: each widget is three files of one name, thing.py, thing.js and thing.css."""

from collections import Counter

_made = Counter()


def numbered(kind: str) -> str:
    """The name by which a page knows a widget, the same whenever it is loaded: "parable-1", "parable-2" …

    >>> numbered("doctest"), numbered("doctest")
    ('doctest-1', 'doctest-2')
    """
    _made[kind] += 1
    return f"{kind}-{_made[kind]}"
