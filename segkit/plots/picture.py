"""What every picture is: a figure with the sentence that says what it shows, in large plain letters.

Colours are told apart by everyone (Okabe & Ito), and nothing is said by colour alone."""

import base64
import io
from dataclasses import dataclass
from html import escape

from segkit.words import ENGLISH, in_language, language, say

INK, FAINT, GRID = "#1b1b1b", "#6b6b6b", "#d9d9d9"
COLOURS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
MARKS = ("o", "s", "^", "D", "v", "P")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1)), (0, (1, 1)))
SMALL = 12.5  # points, for sources: a figure is shown half as large again as its points say


@dataclass(frozen=True)
class Picture:
    """A figure and what it shows in words; a notebook shows both."""

    figure: object
    alt: str

    def svg(self) -> str:
        """The figure as SVG text."""
        import matplotlib

        out = io.StringIO()
        with matplotlib.rc_context({"svg.hashsalt": "segkit", "svg.fonttype": "path"}):
            self.figure.savefig(
                out, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None}
            )
        return out.getvalue()

    def save(self, path) -> None:
        """Write the figure to a file; the ending says in which format."""
        self.figure.savefig(path, bbox_inches="tight", dpi=150)

    def _repr_html_(self):
        data = base64.b64encode(self.svg().encode()).decode()
        alt = escape(self.alt)
        width = self.figure.get_size_inches()[0] * 6.2  # rem: as large as its own letters need, and no larger
        return (
            '<figure style="margin:0">'
            f'<div class="segkit-wide"><img alt="{alt}" '
            f'style="--wide:{width:.0f}rem;width:100%;max-width:var(--wide);background:#fff" '
            f'src="data:image/svg+xml;base64,{data}"></div>'
            f"<details><summary>{escape(say('plots.words'))}</summary><figcaption>{alt}</figcaption></details>"
            f"</figure>"
        )


def new_axes(width=9.0, height=5.0, columns=1, **options):
    """A figure and its axes, outside pyplot so that nothing is shown twice or kept in memory."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.subplots(1, columns, squeeze=False, **options)[0]
    for ax in axes:
        style(ax)
    return figure, axes


def style(ax) -> None:
    """Large, plain and quiet: readable from the back of a room."""
    ax.tick_params(labelsize=13, colors=INK)
    ax.grid(color=GRID, linewidth=0.8)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    if language() != ENGLISH:
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_formatter(_spoken())


def _spoken():
    """The numbers along an axis as the language writes them."""
    from matplotlib.ticker import ScalarFormatter

    class Spoken(ScalarFormatter):
        def __call__(self, x, pos=None):
            return in_language(super().__call__(x, pos))

    return Spoken()


def label(ax, title="", x="", y="") -> None:
    ax.set_title(title, fontsize=16, loc="left", color=INK)
    ax.set_xlabel(x, fontsize=14, color=INK)
    ax.set_ylabel(y, fontsize=14, color=INK)


def source_line(figure, text: str) -> None:
    """Who says so, small, under the whole figure."""
    figure.supxlabel(text, fontsize=SMALL, color=FAINT, x=0.01, ha="left")
