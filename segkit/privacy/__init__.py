"""What may leave the house: everything that is shown, written or sent passes this door.

>>> import segkit as sk
>>> view = protect(sk.sample("marenza"))
>>> view.whole  # an invented town has nobody to protect
True
"""

from segkit.privacy.classes import class_of, class_text, share_text, smallest_move, what_if
from segkit.privacy.door import PRESETS, PrivacyError, Protected, protect, write
from segkit.privacy.folder import FolderError, home, purge, room
from segkit.privacy.releases import ReleaseError
from segkit.privacy.reopening import view_of

__all__ = [
    "PRESETS",
    "FolderError",
    "PrivacyError",
    "Protected",
    "ReleaseError",
    "class_of",
    "class_text",
    "home",
    "protect",
    "purge",
    "room",
    "share_text",
    "smallest_move",
    "view_of",
    "what_if",
    "write",
]
