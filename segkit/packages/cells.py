"""Cells that can never run: text that a spreadsheet would take for a formula carries an apostrophe.

An apostrophe in front is how people type such a text themselves. It is put in when a CSV is written and
taken away when one is read; what stands between stays as it was, apostrophes of its own included.
"""

import re

# Where another separator than ours cuts a line (";" where the comma is decimal), a cell begins in the midst
# of ours. Excel takes the wide forms of these signs for the signs themselves.
_SIGNS = "=+\\-@＝＋－＠"
_BEGIN = r"(?:^|[;,\t\r\n|\"])[^\S\t\r\n]*'*"
_TO_ARM = re.compile(rf"({_BEGIN})(?=[{_SIGNS}])")
_ARMED = re.compile(rf"({_BEGIN})'(?=[{_SIGNS}])")
_TO_ARM_FIRST = re.compile(r"^(?='*[\t\r\n])")
_ARMED_FIRST = re.compile(r"^'(?='*[\t\r\n])")
_NEGATIVE = re.compile(r"-\d+(\.\d+)?")  # a number is no formula
MAY_BE_ARMED = re.compile(rf"'[{_SIGNS}\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")  # no file can hold them


def armed(text: str) -> str:
    """The text as it is written: never a formula.

    >>> armed("=HYPERLINK(1)"), armed("-12.5"), armed("it's")
    ("'=HYPERLINK(1)", '-12.5', "it's")
    """
    if _NEGATIVE.fullmatch(text):
        return text
    return _TO_ARM_FIRST.sub("'", _TO_ARM.sub(r"\1'", text))


def disarmed(text: str) -> str:
    """The text as it was before it was written.

    >>> disarmed(armed("=HYPERLINK(1)")), disarmed("it's")
    ('=HYPERLINK(1)', "it's")
    """
    return _ARMED.sub(r"\1", _ARMED_FIRST.sub("", text))


def writable(text: str) -> str:
    """The text without the signs no file can hold."""
    return _CONTROL.sub("", text)


# A workbook has a spelling of its own for what its XML cannot hold: _x000D_ is a carriage return.
_SPELT = re.compile(r"_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")


def spelt(text: str) -> str:
    """The text as a workbook stores it.

    >>> spelt("a\\rb"), spelt("_x0041_")
    ('a_x000D_b', '_x005F_x0041_')
    """
    return _SPELT.sub(r"_x005F_x\1_", text).replace("\r", "_x000D_")


def unspelt(text: str) -> str:
    """
    >>> unspelt(spelt("a\\rb _x0041_"))
    'a\\rb _x0041_'
    """
    return _SPELT.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
