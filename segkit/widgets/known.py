"""What all our widgets have: a name by which a page knows them, and the language they were made in."""

import anywidget
import traitlets

from segkit.widgets import numbered
from segkit.words import language


class Known(anywidget.AnyWidget):
    """A widget that a page can find again: to reset it, to begin it elsewhere, to bring its state back."""

    kind = ""  # "calculator"; together with a number, or with a name of its own, it is the ident
    ident = traitlets.Unicode(read_only=True).tag(sync=True)
    lang = traitlets.Unicode(read_only=True).tag(sync=True)

    def __init__(self, *, called: str = "", **options):
        super().__init__(**options)
        self.set_trait("ident", f"{self.kind}-{called}" if called else numbered(self.kind))
        self.set_trait("lang", language())
