"""One folder on this computer holds what a session keeps; `purge` empties it.

It is SEGKIT_HOME where that is set, else ".segkit" in the reader's home. Nothing in it goes anywhere.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NamedTuple

from segkit.words import say

MARK = "this-folder-is-segkit"  # so that purge never empties a folder of somebody else


class FolderError(ValueError):
    """The session folder cannot be used; the words say why."""


def home() -> Path:
    """Where the session folder is; it need not be there yet."""
    said = os.environ.get("SEGKIT_HOME", "").strip()
    return Path(said).expanduser() if said else Path.home() / ".segkit"


def room(name: str) -> Path:
    """A folder within the session folder, made if need be."""
    at = home()
    if at.exists() and not at.is_dir() or at.is_dir() and not ours(at) and any(at.iterdir()):
        raise FolderError(say("privacy.folder.taken", path=at))
    (at / name).mkdir(parents=True, exist_ok=True)
    (at / MARK).touch()
    return at / name


def ours(at: Path) -> bool:
    return (at / MARK).is_file()


class Purged(NamedTuple):
    """What was taken away, by name, and what that means."""

    removed: tuple[str, ...]
    told: str

    def __str__(self):
        return self.told


def purge(*, keep_releases: bool = False) -> Purged:
    """Empty the session folder: scenarios, drafts, and the records of what was made public.

    Without the records nobody looks any more whether a new export gives away what an old one hid; with
    `keep_releases` they stay (they hold published values only). Files you wrote elsewhere are not touched.
    """
    at = home()
    if not at.exists():
        return Purged((), say("privacy.purge.nothing"))
    if not at.is_dir() or not ours(at):
        if at.is_dir() and not any(at.iterdir()):
            return Purged((), say("privacy.purge.nothing"))
        raise FolderError(say("privacy.folder.taken", path=at))
    kept = {"releases"} if keep_releases else set()
    gone = [p for p in sorted(at.iterdir()) if p.name != MARK and p.name not in kept]
    names = []
    for path in gone:
        if path.is_dir() and not path.is_symlink():
            names += sorted(str(one.relative_to(at)) for one in path.rglob("*") if not one.is_dir())
            shutil.rmtree(path)
        else:
            names.append(path.name)
            path.unlink()
    records = sum(name.startswith("releases") for name in names)
    told = say("privacy.purge.done" if names else "privacy.purge.nothing", n=len(names))
    if records:
        told += " " + say("privacy.purge.records", n=records)
    elif keep_releases and (at / "releases").is_dir():
        told += " " + say("privacy.purge.kept")
    return Purged(tuple(names), told)
