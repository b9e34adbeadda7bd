"""A scenario as one line: which invented town, and what was changed in it.

    marenza.1.3.eJyL…   the town, its seed, its readiness, and the edits as packed JSON

Only invented towns can be told so: of a real territory nothing goes into a link. What comes back is read as
data, never run, and every edit is checked like one that is made by hand.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterable, Mapping

from segkit.scenarios.edits import EDITS, refused
from segkit.territory import Territory
from segkit.words import listed, number, say

VERSION = 1
LONGEST_LINK = 6_000  # letters: what an address bar and a mail still carry
LONGEST = 400_000  # letters of a code that is read at all
UNPACKED = 8_000_000  # bytes
MOST_EDITS = 20_000
RECIPE = re.compile(r'sk\.sample\("([a-z0-9_-]{1,40})", seed=(\d{1,9})(?:, ready=([123]))?\)')
CODE = re.compile(r"\b([a-z][a-z0-9_-]{0,39})\.(\d{1,9})\.([123])\.([A-Za-z0-9_-]*)")


def tellable(base: Territory) -> bool:
    """Can a link tell scenarios of this territory: is it one that a seed makes again?"""
    return base.invented and bool(RECIPE.fullmatch(base.recipe))


def told(base: Territory, edits: Iterable[Mapping]) -> str:
    """The code of a scenario, or "" where the territory is not one that a seed makes again."""
    made = RECIPE.fullmatch(base.recipe) if base.invented else None
    if not made:
        return ""
    name, seed, ready = made[1], made[2], made[3] or "3"
    edits = [[edit["do"], *(edit[field] for field in EDITS[edit["do"]][1])] for edit in edits]
    return f"{name}.{int(seed)}.{ready}.{packed([VERSION, *edits]) if edits else ''}"


def packed(value) -> str:
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def read(text: str) -> tuple[str, int, int, tuple[dict, ...]]:
    """Town, seed, readiness and edits of a code, also inside a line of Python or at the end of a link.

    >>> read('sk.Studio("marenza.1.3.")')
    ('marenza', 1, 3, ())
    """
    if not isinstance(text, str) or len(text) > LONGEST:
        raise refused("link.long" if isinstance(text, str) else "link", most=number(LONGEST, ","))
    found = CODE.search(text)
    if not found:
        raise refused("link")
    name, seed, ready, letters = found.groups()
    return name, int(seed), int(ready), tuple(_edits(letters)) if letters else ()


def _edits(letters: str) -> Iterable[dict]:
    try:
        data = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
        deflated = zlib.decompressobj()
        text = deflated.decompress(data, UNPACKED)
        if not deflated.eof:  # cut off, or larger than anything we write
            raise ValueError
        version, *edits = json.loads(text.decode())
    except (ValueError, TypeError, binascii.Error, zlib.error, RecursionError):
        raise refused("link.broken") from None
    if version != VERSION:
        raise refused("link.version", came=version)
    if len(edits) > MOST_EDITS:
        raise refused("link.long", most=number(MOST_EDITS, ","))
    for edit in edits:
        do = edit[0] if isinstance(edit, list) and edit and isinstance(edit[0], str) else None
        if do not in EDITS or len(edit) != 1 + len(EDITS[do][1]):
            raise refused("link.broken")
        yield dict(zip(("do", *EDITS[do][1]), edit, strict=True))


def town(name: str, seed: int, ready: int) -> Territory:
    from segkit.samples import names, sample

    if name not in names():
        raise refused("link.town", came=name, there=listed(names(), most=99))
    return sample(name, seed=seed, ready=ready)


def line(code: str) -> str:
    """The line of Python that opens it."""
    return say("scenario.line", code=code)
