"""What may leave the house: everything that is shown, written or sent passes this door.

>>> import segkit as sk
>>> view = protect(sk.sample("marenza"))
>>> view.whole  # an invented town has nobody to protect
True
"""

from segkit.privacy.door import Protected, protect

__all__ = ["Protected", "protect"]
