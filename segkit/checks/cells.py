"""What one cell says: a count, a status, a year, a place on the map, or the kind of mistake it is."""

from __future__ import annotations

import re

from segkit.roles import verdict
from segkit.territory import NOT_APPLICABLE, NOT_AVAILABLE, OK, ROUNDED, STATUSES, SUPPRESSED

# What offices of statistics write where a number would be. None of them is ever read as 0.
STATUS_OF = {
    "": NOT_AVAILABLE,
    "c": SUPPRESSED,  # confidential
    "*": SUPPRESSED,
    "supp": SUPPRESSED,
    "k": SUPPRESSED,  # "low": somebody is there, but fewer than is printed
    "low": SUPPRESSED,
    "x": NOT_AVAILABLE,
    "u": NOT_AVAILABLE,  # too unreliable to be given
    "..": NOT_AVAILABLE,
    "z": NOT_APPLICABLE,
}
FEWER = re.compile(r"([<≤]|&lt;)\s*=?\s*\d{1,4}")  # "<5" is suppressed, whatever the number
MOST = 1_000_000  # pupils of one group in one place: more is a slip of the finger
FIRST_YEAR, LAST_YEAR = 1800, 2199
MONTHS = (
    "jan gen ene jän feb fev mar mär mrt apr abr avr may mag mai mei maj jun giu jul lug jui aug ago aoû "
    "sep set oct ott okt nov dec dic déc dez des"
).split()
DATE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}([ T][\d:.]+)?"
    r"|\d{1,2}[./-]\d{1,2}[./-](\d{4}|\d{2})"
    rf"|\d{{1,2}}[-. ]{{1,2}}({'|'.join(MONTHS)})[a-z]*\.?([-. ]\d{{2,4}})?"
    rf"|({'|'.join(MONTHS)})[a-z]*\.?-\d{{2,4}}",
    re.I,
)


def status_of(text: str) -> str | None:
    """The status that a cell stands for, if it stands for one.

    >>> [status_of(text) for text in ("<5", "SUPP", "", "x", "0", "suppressed")]
    ['suppressed', 'suppressed', 'not_available', 'not_available', None, 'suppressed']
    """
    low = text.strip().casefold()
    if FEWER.fullmatch(low):
        return SUPPRESSED
    return STATUS_OF.get(low, low if low in STATUSES else None)


def count(text: str) -> tuple[str, int]:
    """ "ok" and a whole number, or the name of a status, or of a mistake.

    >>> [count(text)[0] for text in ("12", "<5", "12.5", "12,5", "1.234", "-3", "3-4", "two hundred")]
    ['ok', 'suppressed', 'fraction', 'comma', 'thousands', 'negative', 'date', 'words']
    """
    text = text.strip()
    status = status_of(text)
    if status not in (None, OK, ROUNDED):
        return status, 0
    kind, number = verdict(text)
    if kind == "count":
        return ("ok", number) if number <= MOST else ("huge", 0)
    if kind == "fraction" and "," in text:
        return "comma", 0
    return ("words" if kind in ("hidden", "missing") else kind), 0


def year(text: str) -> int | None:
    """A year of four digits.

    >>> year("2024"), year("20244"), year("2024/25"), year("24")
    (2024, None, None, None)
    """
    text = text.strip()
    found = int(text) if re.fullmatch(r"\d{4}", text, re.ASCII) else 0
    return found if FIRST_YEAR <= found <= LAST_YEAR else None


def degrees(text: str) -> tuple[str, float]:
    """ "ok" and a number, "blank", or the name of a mistake.

    >>> degrees("45.07"), degrees("45,07")[0], degrees("5 km")[0]
    (('ok', 45.07), 'comma', 'words')
    """
    text = text.strip()
    if not text:
        return "blank", float("nan")
    if re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,2})?", text, re.ASCII | re.I):
        return "ok", float(text)
    if re.fullmatch(r"[-+−]?\d+,\d+", text, re.ASCII):
        return "comma", float("nan")
    return ("formula" if text.startswith("=") else "words"), float("nan")


def date_like(text: str) -> bool:
    """Is this what a spreadsheet makes of "3-4"?

    >>> [date_like(text) for text in ("2024-04-03", "3-Apr", "04.03.2024", "3-4", "2024/25", "Mar del Sur")]
    [True, True, True, False, False, False]
    """
    return bool(DATE.fullmatch(text.strip()))
