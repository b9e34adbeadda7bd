"""The parable, board by board: each adds one idea, asks for one thing, and says what it meant afterwards.

The order is that of a discovery. Somebody is unhappy; moods have a rule; many who follow it sort themselves;
even a perfect mix does not last; a larger wish costs more than it asks; a smaller one brings nothing back; a
wish for a little difference does; and some steps are only taken together. Then the same board is counted as a
town, and as schools.

The idea and its order are those of *Parable of the Polygons* (V. Hart & N. Case, 2014, public domain), the
rule that of J. Sakoda (1971) and T. C. Schelling (1971). Boards, words and drawings are our own.

>>> int(one_unhappy().board.unhappy.sum())
1
"""

from functools import cache

import numpy as np

from segkit.estimate import expected
from segkit.indices import dissimilarity
from segkit.playing import EVERYTHING, LINES, Playing, Stage
from segkit.schelling import EMPTY, Board, Wish, catchments
from segkit.words import number, say

WATCH = ("run", "step", "speed", "scrub", "new", "start")
BY_HAND = ("start",)


def percent(value) -> str:
    """A share as a moral writes it: whole percent.

    >>> percent(0.754)
    '75'
    """
    return number(100 * float(value), ".0f")


def d(board: Board, units) -> float:
    """D of a board's triangles and squares over its neighbourhoods, two decimals."""
    return round(dissimilarity(board.counts(units)), 2)


# --- when a moral has been earned


def settled_by_hand(playing: Playing) -> bool:
    """Somebody was moved, and nobody is unhappy any more, on a board that only hands can settle."""
    return playing.at > 0 and playing.settled


def settled_after_a_run(playing: Playing) -> bool:
    """There were moves, and nobody is unhappy any more."""
    return playing.at > 0 and playing.over and playing.settled


def ran_to_the_end(playing: Playing) -> bool:
    """There were moves, to the very end, settled or not."""
    return playing.at > 0 and playing.over


# --- what a moral counts up


def moves(n: int) -> str:
    """So many moves.

    >>> moves(1), moves(2_000)
    ('one move', '2,000 moves')
    """
    return say("parable.moves.one") if n == 1 else say("parable.moves", n=number(n, ","))


def alike_before_and_after(playing: Playing) -> dict:
    """From what share alike to what, after how many moves, under which wish, and who is left unhappy."""
    start, now = playing.value("alike", 0), playing.value("alike", playing.at)
    wish = playing.wish_now
    return {
        "moves": moves(playing.at),
        "before": percent(start),
        "after": percent(now),
        "wish": percent(wish.least),
        "least": percent(wish.least),
        "most": percent(wish.most),
        "unhappy": playing.unhappy(playing.at),
        "polygons": playing.start.polygons,
    }


def d_before_and_after(playing: Playing) -> dict:
    """The same with D of the neighbourhoods, and what chance would make of it."""
    before, after = d(playing.start, playing.units), d(playing.board, playing.units)
    chance = expected(playing.counts, "dissimilarity", focal=0)
    board = playing.board
    same, _ = board.likes
    told = {"d_before": before, "d_after": after, "d_chance": chance}
    told = {name: number(value, ".2f") for name, value in told.items()}
    told["without"] = int(((board.cells != EMPTY) & (same == 0)).sum())
    return alike_before_and_after(playing) | told


# --- one, and then three


def one_unhappy() -> Stage:
    """Somebody is nearly alone among others; one move mends it."""
    board = Board.of("""▲▲·■▲■
                        ■▲·▲■■
                        ■■··▲■
                        ·▲▲·▲■""")
    return Stage("one_unhappy", board, BY_HAND, drag="unhappy", reached=settled_by_hand)


LEFT = (1, 1)  # the triangle in the middle of the left group


def three_moods() -> Stage:
    """Three triangles with six neighbours each, of whom one, two and six are like them: three moods."""
    board = Board.of("""■■■··■■▲··▲▲▲
                        ▲▲■··▲▲■··▲▲▲
                        ··■····■····▲""")
    return Stage(
        "three_moods", board, BY_HAND, still=(LEFT,), reached=left_cheered_up, numbers=around_the_left
    )


def left_cheered_up(playing: Playing) -> bool:
    """The triangle on the left, which may not be moved, is content, and it still has neighbours."""
    _, met = playing.board.likes
    return met[LEFT] > 0 and not playing.board.unhappy[LEFT]


def around_the_left(playing: Playing) -> dict:
    """How many neighbours it has now, and how many of them are like it."""
    same, met = playing.board.likes
    return {"same": int(same[LEFT]), "neighbours": int(met[LEFT])}


# --- many


def by_hand() -> Stage:
    """A small town to settle by hand: nobody asks for more than a third, and everybody gets far more."""
    return Stage(
        "by_hand",
        Board.random(10, seed=12),
        ("start", "new"),
        lines=("alike",),
        drag="unhappy",
        reached=settled_by_hand,
        numbers=alike_before_and_after,
    )


def two_strangers() -> Stage:
    """Two blocks, each of one kind but for a single stranger; the strangers leave."""
    board = Board.of("""·■■■■·▲▲▲▲·
                        ·■■▲■·▲■▲▲·
                        ·■■■■·▲▲▲▲·""")
    numbers = alike_before_and_after
    return Stage("two_strangers", board, BY_HAND, drag="unhappy", reached=settled_by_hand, numbers=numbers)


def settle() -> Stage:
    """The same rule on a larger board, by itself, with a curve."""
    return Stage(
        "settle",
        Board.random(20, seed=1),
        WATCH,
        lines=("alike",),
        reached=settled_after_a_run,
        numbers=alike_before_and_after,
    )


STREETS = "\n".join(["▲■·▲■·▲■·▲■·▲■", "■▲·■▲·■▲·■▲·■▲"] * 5)


def checkerboard() -> Stage:
    """Houses along streets, mixed as well as can be, everybody content; and one move topples it."""
    return Stage(
        "checkerboard",
        Board.of(STREETS),
        ("run", "step", "speed", "scrub", "start"),
        lines=("alike",),
        reached=toppled,
        numbers=alike_before_and_after,
    )


def toppled(playing: Playing) -> bool:
    """One was moved by hand, the others followed by themselves, and the mix is gone."""
    return playing.drags > 0 and settled_after_a_run(playing) and playing.value("alike", playing.at) > 0.6


# --- the wish


def wish() -> Stage:
    """The same board under a larger wish, and a larger one still."""
    return Stage(
        "wish",
        Board.random(20, seed=2),
        (*WATCH, "least"),
        lines=("alike", "dissimilarity"),
        reached=wished_for_half,
        numbers=beside_a_third,
        outcome=more_than_asked_for,
    )


def wished_for_half(playing: Playing) -> bool:
    """A run came to its end under a wish for half, or more."""
    return ran_to_the_end(playing) and playing.wish_now.least >= Wish("1/2").least


def beside_a_third(playing: Playing) -> dict:
    """What was wished for, what came of it, and what comes of a third on the same board."""
    third = playing.start.wishing("1/3", 1).settle()
    return alike_before_and_after(playing) | {"third": percent(third.alike)}


def more_than_asked_for(playing: Playing) -> str:
    """At rest, all of them got more than each had asked for, or just that; or it never came to rest."""
    if not playing.settled:
        return "unsettled"
    return "" if playing.value("alike", playing.at) >= playing.wish_now.least + 0.01 else "equal"


def third() -> Stage:
    """A wish for a third, to stand beside a wish for half."""
    return beside("third", "1/3")


def half() -> Stage:
    """The same board, the same seed, and a wish for half."""
    return beside("half", "1/2")


def beside(name: str, least: str) -> Stage:
    board = Board.random(20, seed=5, wish=Wish(least))
    controls = ("run", "scrub", "start")
    numbers = alike_before_and_after
    return Stage(name, board, controls, ("alike",), drag="none", reached=settled_after_a_run, numbers=numbers)


# --- and back?


@cache
def apart(seed: int = 1) -> Board:
    """A board that a wish for half has already settled: a town one is born into."""
    return Board.random(20, seed=seed, wish=Wish("1/2")).settle()


def lower_the_wish() -> Stage:
    """From a segregated board, ask for less: nothing moves, because nobody has a reason to."""
    return Stage(
        "lower_the_wish",
        apart(),
        ("run", "start", "least"),
        lines=("alike",),
        reached=wishes_next_to_nothing,
        numbers=alike_before_and_after,
    )


def wishes_next_to_nothing(playing: Playing) -> bool:
    """The wish is down at a tenth or less, and nobody has moved or will move because of it."""
    since, wish = playing.wishes[-1]
    return wish.least <= Wish("1/10").least and since == playing.at and playing.over and playing.settled


def leave_if_alike() -> Stage:
    """From the same board: leave a place where more than nine in ten are alike."""
    return Stage(
        "leave_if_alike",
        apart().wishing(least=0),
        (*WATCH, "most"),
        lines=("alike",),
        another=lambda seed: apart(seed).wishing(least=0),
        reached=asked_for_difference,
        numbers=how_many_differ,
        outcome=one_who_differs,
    )


def asked_for_difference(playing: Playing) -> bool:
    """A run came to its end in which somebody minded that all are alike."""
    return ran_to_the_end(playing) and playing.wish_now.most < 1


def how_many_differ(playing: Playing) -> dict:
    """From what to what, and how many of eight neighbours have to differ."""
    return alike_before_and_after(playing) | {"differ": 8 - int(8 * playing.wish_now.most)}


def one_who_differs(playing: Playing) -> str:
    """One neighbour who differs was enough, or more were asked for; or it never came to rest."""
    if not playing.settled:
        return "unsettled"
    return "" if how_many_differ(playing)["differ"] == 1 else "more"


def double_wish() -> Stage:
    """Somebody like me, and somebody unlike me: at least a tenth, at most four fifths."""
    return Stage(
        "double_wish",
        apart().wishing("1/10", "8/10"),
        (*WATCH, "least", "most"),
        lines=("alike", "dissimilarity"),
        another=lambda seed: apart(seed).wishing("1/10", "8/10"),
        reached=ran_to_the_end,
        numbers=d_before_and_after,
        outcome=mixed_or_apart,
    )


def mixed_or_apart(playing: Playing) -> str:
    """Mixed with both kinds next door, mixed otherwise, still apart, or never at rest.

    Whoever is content with a share of at least some and less than all has both kinds among the neighbours.
    """
    told, wish = d_before_and_after(playing), playing.wish_now
    if not playing.settled:
        return "unsettled"
    if float(told["d_after"]) > float(told["d_chance"]) + NEARLY_BY_LOT:
        return "apart"
    return "no_least" if wish.least == 0 else "no_most" if wish.most == 1 else ""


NEARLY_BY_LOT = 0.1  # boards that the double wish has mixed end up to 0.07 above what a lottery gives


def together() -> Stage:
    """Two are unhappy, and no single move helps anyone; two moves do."""
    board = Board.of("""■■■··■■■
                        ■■■··■■■
                        ■▲■■■■■■
                        ■■■■■■▲■
                        ▲▲▲■■■■■
                        ▲▲▲■■■■■""")
    return Stage("together", board, BY_HAND, drag="unhappy", reached=settled_by_hand)


# --- the board is a town


def neighbourhoods() -> Stage:
    """The board cut into neighbourhoods is a table; cut it coarser and the same town reads as less apart."""
    return Stage(
        "neighbourhoods",
        Board.random(20, seed=1).settle(),
        ("block", "table"),
        lines=("alike", "dissimilarity", "isolation"),
        drag="none",
        reached=cut_coarsely,
        numbers=d_at_each_scale,
    )


def cut_coarsely(playing: Playing) -> bool:
    """The board is cut into its four quarters."""
    return playing.block >= 10


def d_at_each_scale(playing: Playing) -> dict:
    board = playing.board
    told = {f"d{block}": number(d(board, block), ".2f") for block in (2, 5, 10)}
    return told | {"alike": percent(board.alike)}


def town(seed: int = 1) -> Board:
    """Two quarters on either side of a line, each mostly of one kind: homes, and nobody moves."""
    sides = [Board.random((12, 8), 0.9, share, seed=seed + k).cells for k, share in enumerate((0.85, 0.15))]
    return Board(np.hstack(sides), wish=Wish(0), seed=seed)


# Four schools in a row have catchments side by side, four in a column catchments from end to end.
ALONG = [(5.5, 1.5), (5.5, 5.5), (5.5, 9.5), (5.5, 13.5)]
ACROSS = [(1, 7.5), (4, 7.5), (7, 7.5), (10, 7.5)]


def catchments_of(board: Board) -> tuple[tuple[str, object], ...]:
    """Ways to cut the town: where people live, and two ways of sending their children to four schools."""
    shape = board.cells.shape
    return (("homes", 4), ("along", catchments(shape, ALONG)), ("across", catchments(shape, ACROSS)))


def catchment_areas() -> Stage:
    """The same children, read by neighbourhood and then by school: where the lines run decides."""
    board = town()
    return Stage(
        "catchments",
        board,
        ("table",),
        lines=("dissimilarity", "isolation"),
        drag="none",
        block=4,
        cuts=catchments_of(board),
        reached=cut_across,
        numbers=d_of_each_cut,
    )


def cut_across(playing: Playing) -> bool:
    """The lines run across the border between the quarters."""
    return playing.cut == "across"


def d_of_each_cut(playing: Playing) -> dict:
    return {name: number(d(playing.board, units), ".2f") for name, units in playing.stage.cuts}


# --- everything


def sandbox() -> Stage:
    """Everything one can change, and nothing asked."""
    return Stage("sandbox", Board.random(20, seed=7), EVERYTHING, LINES)


SEQUENCE = (
    one_unhappy,
    three_moods,
    by_hand,
    two_strangers,
    settle,
    checkerboard,
    wish,
    third,
    half,
    lower_the_wish,
    leave_if_alike,
    double_wish,
    together,
    neighbourhoods,
    catchment_areas,
    sandbox,
)
