"""The film of the first page: what a lot does."""

import numpy as np

from segkit.lessons.score import Score, score, shown, told_by_step
from segkit.words import say

LOTTERY = (20, 25, 100)  # classes, children in each, children on free meals in all


def lots(lotteries: int = 40, *, seed: int = 1) -> Score:
    """The same children dealt out by lot to the same classes, again and again: few classes mirror the school.

    >>> film = lots()
    >>> len(film), film.tables[0].sum(0).tolist()
    (40, [100, 400])
    """
    classes, size, focal = LOTTERY
    fair = focal // classes
    rng = np.random.default_rng(seed)
    sizes = np.full(classes, size)
    dealt = [rng.multivariate_hypergeometric(sizes, focal) for _ in range(lotteries)]
    exact = np.array([(x == fair).sum() for x in dealt])
    now = exact / classes
    so_far = np.cumsum(now) / np.arange(1, lotteries + 1)
    told = [
        {
            "k": k + 1,
            "n": int(exact[k]),
            "classes": classes,
            "fair": fair,
            "most": int(x.max()),
            "least": int(x.min()),
            "mean": shown(so_far[k]),
        }
        for k, x in enumerate(dealt)
    ]
    return score(
        "lots",
        [np.column_stack([x, sizes - x]) for x in dealt],
        [say("lesson.lots.label", **said) for said in told],
        told_by_step("lots", told),
        lines={"now": now, "so_far": so_far},
        names={line: say(f"lesson.lots.{line}") for line in ("now", "so_far")},
        symbols={line: say(f"lesson.lots.{line}.short") for line in ("now", "so_far")},
        y_title=say("lesson.lots.y", fair=fair),
        groups=(say("lesson.lots.focal"), say("film.others")),
        ticks=tuple((k, str(k + 1)) for k in (0, *range(9, lotteries, 10))),
        seconds=12.0,
    )
