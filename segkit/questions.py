"""The questions of the units: what is asked, and how the right answer is computed.

The sentences live in `segkit.words`: `ask.<name>` is the question, `ask.<name>.a`, `.b` … its choices and
`ask.<name>.a.why` … what a reader hears after picking one. Nothing here types an answer: each is worked out
by the shelf when it is asked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from math import comb

import numpy as np

from segkit import facts, parables, surveys
from segkit import indices as shelf
from segkit.estimate import expected
from segkit.indices.shelf import INDICES, SPATIAL
from segkit.lessons import LOTTERY, SCHOOLS, classes, lots, merge, same_d, stock
from segkit.lessons import definition as unit_21
from segkit.schelling import Board, Wish
from segkit.words import number, words

FOUR = ((100, 0), (60, 40), (40, 60), (0, 100))  # the four schools everything begins with
TWO = ((30, 10), (10, 30))  # small enough for the back of an envelope


@dataclass(frozen=True)
class Question:
    """One question: its kind, how to compute the answer, and the numbers its sentences need."""

    kind: str  # "choice" among letters, "number" typed, "guess" on a slider
    answer: Callable
    choices: str = ""  # the letters of the choices
    low: float = 0.0
    high: float = 1.0
    places: int = 2
    values: Callable = dict  # numbers for the blanks in its sentences


def one_of(letters: str, *true: bool) -> str:
    """The letter of the one sentence that is true; an error where none or several are.

    >>> one_of("abc", False, True, False)
    'b'
    """
    (right,) = [letter for letter, holds in zip(letters, true, strict=True) if holds]
    return right


def matching(value: float, letters: str, *names: str) -> str:
    """The letter of the index that gives this value on the four schools with a fifth, uneven one."""
    return one_of(letters, *(abs(value - INDICES[name](UNEVEN)) < 1e-12 for name in names))


UNEVEN = (*FOUR, (30, 150))
x, y = np.array(UNEVEN, float).T
t, X, Y, N = x + y, x.sum(), y.sum(), (x + y).sum()


def grown(name: str) -> bool:
    """Does the index change when the focal group doubles in every school?"""
    n = np.array(UNEVEN)
    return abs(INDICES[name](n * [2, 1]) - INDICES[name](n)) > 1e-12


def to_swap(counts) -> float:
    """How many of the focal group must swap places for every school to have its fair share, sizes kept:
    those above it."""
    n = np.asarray(counts, float)
    fair = n.sum(1) * n[:, 0].sum() / n.sum()
    return float(np.maximum(n[:, 0] - fair, 0).sum())


def by_lot(size: int = 8, pupils: int = 2400, share: float = 0.2) -> float:
    """D to expect where pupils are placed by lot into schools of one size."""
    schools = pupils // size
    focal = np.diff(np.linspace(0, pupils * share, schools + 1).astype(int))
    return expected(np.c_[focal, size - focal])


def four_values() -> dict:
    n = np.array(FOUR)
    return {"D": shelf.dissimilarity(n), "GS": shelf.gorard(n), "X": int(n[:, 0].sum()), "N": int(n.sum())}


def swap_values() -> dict:
    n = np.array(UNEVEN)
    D, GS = shelf.dissimilarity(n), shelf.gorard(n)
    return {"DN": D * N, "DX": D * X, "GSX": GS * X, "D": D, "GS": GS, "X": int(X), "N": int(N)}


# --- Unit 2.1, check yourself: one picture and two histories, mild wishes and what undoes them, streets

STREETS = ((30, 10), (10, 30), (30, 10), (10, 30))  # four streets; a school takes the children of two of them


@cache
def mild() -> tuple[Board, Board]:
    """A board mixed at random on which all wish for a third, and how it ends."""
    board = Board.random(20, seed=1)
    return board, board.settle()


def drawn_by_hand() -> Board:
    """The same picture as where mild wishes end, put there by somebody: no wish, no move."""
    return Board(mild()[1].cells)


def concentration_values() -> dict:
    return dict(facts.fact("concentration").values)


def alike_values() -> dict:
    before, after = mild()
    return {
        "before": round(100 * before.alike),
        "after": round(100 * after.alike),
        "start": before.unhappy.sum(),
    }


@cache
def undone() -> tuple[float, float, float]:
    """How far apart a separated board is (1: wholly), with smaller wishes, and with a wish to be mixed."""
    apart = mild()[1].wishing(least="1/2").settle()
    smaller = apart.wishing(least="1/10").settle()
    mixing = apart.wishing(least="1/10", most="8/10").settle()
    return apart.index, smaller.index, mixing.index


def schools_of_streets(pairs) -> float:
    """D of the schools, each of which takes the children of these streets."""
    return shelf.dissimilarity([np.sum([STREETS[k] for k in pair], axis=0) for pair in pairs])


def nine_in_ten(others) -> bool:
    """Is a town uneven whose first school has nine in ten pupils on free meals?"""
    return shelf.dissimilarity([(90, 10), *others]) > 0


def just_fair() -> float:
    """The chance that a class made by lot holds exactly its fair share of the children on free meals."""
    number, size, focal = LOTTERY
    pupils, fair = number * size, focal // number
    return comb(focal, fair) * comb(pupils - focal, size - fair) / comb(pupils, size)


def lot_values() -> dict:
    x = lots().tables[0][:, 0]
    return {"most": int(x.max()), "least": int(x.min())}


def same_values() -> dict:
    a, b = same_d()
    return {"D": shelf.dissimilarity(a), "Ha": shelf.information(a), "Hb": shelf.information(b)}


def spain_values() -> dict:
    spain = facts.enrolment("spain")
    first, before = spain.at(1820), spain.at(1880)
    return {
        "first": first,
        "before": before,
        "after": spain.at(1910),
        "male_before": spain.males_at(1880),
        "male": spain.males_at(1910),
    }


ODD_YEARS = (("spain", 1880), ("italy", 1910), ("italy", 1920))


def odd_values() -> dict:
    italy, spain = facts.enrolment("italy"), facts.enrolment("spain")
    return {
        "spain": spain.at(1880),
        "spain_male": spain.males_at(1880),
        "before": italy.at(1910),
        "before_male": italy.males_at(1910),
        "total": italy.at(1920),
        "male": italy.males_at(1920),
    }


def norwegian_laws() -> list[int]:
    return [law.year for law in facts.LAWS if law.country == "norway"]


def dip_values() -> dict:
    norway, (_, seven, nine) = facts.enrolment("norway"), norwegian_laws()
    before, after, later = (norway.at(year) for year in (1950, 1960, 1980))
    return {
        "before": before,
        "after": after,
        "male": norway.males_at(1960),
        "later": later,
        "law": seven,
        "next": nine,
    }


PRIVATE_CHOICES = ("belgium", "spain", "italy", "netherlands")


def private_values() -> dict:
    shares = {country: facts.PRIVATE[country] for country in PRIVATE_CHOICES}
    return {**shares, "mean": facts.EURO_AREA, "year": facts.PRIVATE_YEAR}


def city_parts(city: str = "amsterdam") -> tuple[float, float]:
    """What housing brings to the segregation of a city's schools, and what choice adds."""
    return facts.housing_and_choice()[city]


def city_values() -> dict:
    housing, choice = city_parts()
    return {"housing": housing, "choice": choice, "times": choice / housing}


def reading_values() -> dict:
    seen = surveys.two_readings()
    up, moved = len(seen.rose), len(seen.moved)
    return {"n": len(seen.names), "up": up, "some": (up + moved) // 2, "moved": moved}


def counts_otherwise(country: str) -> bool:
    """Do schools that the state pays for and a church runs count as public there?"""
    return country in facts.COUNTED_AS_PUBLIC


def scale_values() -> dict:
    """D at every scale of the region's film: `mill`, `port_public`, `region` …"""
    d = unit_21.scale().lines["dissimilarity"]
    return {"_".join(filter(None, at)): float(v) for at, v in zip(unit_21.SCALES, d, strict=True)}


def only_private() -> list[tuple[float, float]]:
    """D of the private schools alone and of all schools, in one town and in the region."""
    d = scale_values()
    return [(d["port_private"], d["port"]), (d["region_private"], d["region"])]


def line_values() -> dict:
    """D where 30, 50 and 80 of 100 pupils are below the line."""
    film = unit_21.status()
    d = film.lines["dissimilarity"][list(film.stops)]
    return {f"d{cut}": float(value) for cut, value in zip((30, 50, 80), d, strict=True)}


def leave_values() -> dict:
    film = unit_21.opting_out()
    d, i, local = (film.lines[name] for name in ("dissimilarity", "isolation", "local"))
    return {
        "first": 100 * local[0],
        "last": 100 * local[-1],
        "D": d[0],
        "D_last": d[-1],
        "i": i[0],
        "i_last": i[-1],
    }


def mirror_values() -> dict:
    film = unit_21.mirror()
    homes, schools = film.shelves[0].tables[-1], film.tables[-1]
    return {
        "homes": shelf.dissimilarity(homes),
        "catchments": shelf.dissimilarity(unit_21.by_catchment(homes)),
        "schools": shelf.dissimilarity(schools),
    }


def wish_values() -> dict:
    d = unit_21.choice_amplifies().lines
    return {"homes": d["homes"][0], "schools": d["schools"][-1]}


def merged() -> list[float]:
    """D of the same pupils, counted by class, by school and by district."""
    return [float(d) for d in merge().lines["dissimilarity"]]


def merge_values() -> dict:
    return dict(zip(("classes", "schools", "districts"), merged(), strict=True))


def edge_values() -> dict:
    """Of the way that D of the schools goes while the wish grows: where a tenth of it is gone, and nine."""
    d = unit_21.how_mild().lines["schools"]
    gone = (d - d[0]) / (d[-1] - d[0])
    wishes = 10 + np.arange(len(d))  # of every 100, as the film counts them
    start, end = (wishes[gone >= part][0] for part in (0.1, 0.9))
    said = {"calm": wishes[d == d[0]][-1], "start": start, "end": end, "most": wishes[-1]}
    return {"first": d[0], "last": d[-1], **{name: int(wish) for name, wish in said.items()}}


def never_moved() -> bool:
    """Did D rise in the film of those who leave, though nobody of the group changed school?"""
    film = unit_21.opting_out()
    first, last = film.tables[0], film.tables[-1]
    return bool((first[:, 0] == last[:, 0]).all()) and shelf.dissimilarity(last) > shelf.dissimilarity(first)


# --- the parable


@cache
def ends(least: str, boards: int = 20) -> tuple[float, ...]:
    """The share of neighbours alike, in percent, in which boards filled by lot end under a wish.

    >>> round(sum(ends("1/3")) / 20)
    75
    """
    settled = (Board.random(20, seed=seed, wish=Wish(least)).settle() for seed in range(1, boards + 1))
    return tuple(100 * board.alike for board in settled)


def mean_end(least: str) -> float:
    return sum(ends(least)) / len(ends(least))


def settle_values() -> dict:
    return {"n": len(ends("1/3")), "low": min(ends("1/3")), "high": max(ends("1/3"))}


@cache
def toppled(trials: int = 25) -> dict:
    """What one move, drawn by lot, does to the streets: how often it upsets somebody, and how it ends."""
    board, rng = parables.checkerboard().board, np.random.default_rng(1)
    taken, free = (np.flatnonzero(where) for where in (board.cells, board.cells == 0))
    tried = 8 * trials  # to see who is upset takes no run
    after = [
        replace(board, seed=seed).after(int(rng.choice(taken)), int(rng.choice(free)))
        for seed in range(tried)
    ]
    return {
        "n": trials,
        "tried": tried,
        "before": 100 * board.alike,
        "upset": sum(not moved.settled for moved in after),
        "median": float(np.median([100 * moved.settle().alike for moved in after[:trials]])),
    }


@cache
def memory() -> dict:
    """What becomes of a settled town when everybody wishes for less."""
    town = parables.apart()
    run = town.wishing("1/10").run()
    return {"alike": 100 * town.alike, "lower": 100 * run.board.alike, "moves": len(run)}


def cut_values() -> dict:
    """D of the two-sided town, as it is cut."""
    town = parables.town()
    return {name: parables.d(town, units) for name, units in parables.catchments_of(town)}


# --- Unit 2.3: taking stock


@cache
def marenza():
    """The town of the unit's fixed questions, as it may be shown."""
    from segkit.privacy import protect
    from segkit.samples import sample

    return protect(sample("marenza"))


@cache
def in_marenza(of="schools", year=2024) -> float:
    """D of the group from far, in primary schools, or where their pupils live."""
    return marenza().interval("dissimilarity", year, "primary", "origin", "far", of=of).low


@cache
def by_lot_in_marenza() -> dict:
    """How many pupils are from far, and the D to expect were Marenza's primary pupils placed by lot."""
    town = marenza().territory
    counts = town.counts(year=2024, level="primary", grouping="origin")
    at = town.groupings["origin"].index("far")
    focal = counts[:, at]
    return {"far": int(focal.sum()), "d": expected(np.c_[focal, counts.sum(1) - focal])}


@cache
def about_even() -> int:
    """How many of Marenza's primary schools have about the town's share of the group from far."""
    from segkit.plots.territory import classes as classes_of
    from segkit.plots.territory import seen

    one = seen(marenza(), 2024, "primary", "origin")
    kinds = classes_of(one)
    return sum(kinds.of(share) == 0 for share in one.shares().values())


@cache
def staying() -> float:
    """Of every hundred primary pupils of Marenza, how many go to a school of their own neighbourhood."""
    town = marenza().territory
    schools = town.schools.set_index("school")
    rows = town.flows[(town.flows["year"] == 2024) & (town.flows["grouping"] == "origin")]
    rows = rows[(schools["level"].reindex(rows["school"]) == "primary").to_numpy()]
    stays = schools["zone"].reindex(rows["school"]).to_numpy() == rows["zone"].to_numpy()
    n = rows["n"].to_numpy(dtype=float)
    return float(100 * n[stays].sum() / n.sum())


@cache
def outside_public() -> dict:
    """Of every hundred: how many of the group from far, and of everyone else, are not in public schools."""
    table = marenza().territory.table(2024, "primary", "origin")
    away = np.array([sector != "public" for sector in table.extras["sector"]])
    x = np.asarray(table.counts)[:, list(table.groups).index("far")]
    y = np.asarray(table.counts).sum(1) - x
    return {"far": 100 * x[away].sum() / x.sum(), "others": 100 * y[away].sum() / y.sum()}


def sides_values() -> dict:
    return {"homes": in_marenza("homes"), "schools": in_marenza(), "first": in_marenza(year=2020)}


def hole_values() -> dict:
    (at,) = stock.FIRST
    low, high = stock.well_hidden().could_be(*at)
    n = np.array(stock.PUPILS)
    shown = [int(v) for j, v in enumerate(n[at[0]]) if j != at[1]]
    about = {"k": stock.K, "all": int(n[at[0]].sum()), "first": shown[0], "second": shown[1]}
    alone = stock.one_hidden().could_be(*at)[0]
    return {**about, "n": alone, "low": low, "high": high, "more": len(stock.WELL) - 1}


TWO_REPORTS = ((96, 12), (95, 11))  # pupils of a school and of a group in it, in September and in October


def twice_values() -> dict:
    (t, x), (t2, x2) = TWO_REPORTS
    return {"k": stock.K, "t": t, "x": x, "t2": t2, "x2": x2}


def with_blank(n: int) -> float:
    """D of three schools in one of which this many of twelve are of the group."""
    return shelf.dissimilarity([(30, 70), (20, 80), (n, 12 - n)])


BLANK = 3  # who stands behind the "<5"


def blank_values() -> dict:
    return {"low": with_blank(0), "high": with_blank(4)}


SMALL_RESULT, LARGE_RESULT = (4, 5), (320, 400)  # the same rate


def result_values() -> dict:
    from segkit.plots.territory import wilson

    (a, b), (c, d) = wilson(*SMALL_RESULT), wilson(*LARGE_RESULT)
    return {"small_low": 100 * a, "small_high": 100 * b, "large_low": 100 * c, "large_high": 100 * d}


PRINTED = (33.3, 12)  # "33.3 % of the 12 pupils of the group"


def one_count(share: float, of: int) -> int:
    """The only count that such a percentage can come from; an error where there are several.

    >>> one_count(33.3, 12)
    4
    """
    (n,) = [n for n in range(of + 1) if round(100 * n / of, 1) == share]
    return n


def printed_values() -> dict:
    return {"share": PRINTED[0], "of": PRINTED[1], "n": one_count(*PRINTED)}


APART = {"homes": 0.25, "schools": 0.40}
LEFT_OPEN = {"low": 0.28, "high": 0.35, "chance": 0.08}


def part_of_first(times: int) -> float:
    """The part of D that sits in the first of the four schools, were it so many times as large."""
    x, y = FOUR[1]
    return float(shelf.contribution([FOUR[0], (times * x, times * y), *FOUR[2:]])[1])


ASKED = {  # page -> the questions one meets there
    "00-start-here": "start_lot start_uneven",
    "unit-2-1-definition": """
        def_concentration def_picture parable_moods parable_settle parable_checkerboard parable_half
        parable_lower parable_scale parable_catchments merge scale fewer_schools line leave who_moved mirror
        mild_wishes how_mild spain_1910 girls_ahead enrolment_dip private_least private_trap amsterdam
        two_readings which_reading def_relative def_nobody def_undo def_catchment def_intention
        def_missing""",
    "unit-2-2-measuring": """
        four_schools slip_gorard slip_move slip_isolation larger_group slip_size slip_names same_d by_lot
        entry_year districts why zero by_hand_d by_hand_isolation which_index stays""",
    "unit-2-3-taking-stock": """
        stock_alone privacy_subtract privacy_more privacy_twice stock_even stock_outside stock_chance
        stock_threshold stock_sides stock_stay stock_results stock_blank stock_carry stock_check_dimension
        stock_check_share stock_check_sides stock_check_range stock_check_list""",
}

QUESTIONS = {
    # --- the first page
    "start_lot": Question("guess", lambda: 100 * just_fair(), high=100, places=0),
    "start_uneven": Question(
        "choice",
        lambda: one_of("ab", just_fair() == 1, just_fair() < 1),
        "ab",
        values=lot_values,
    ),
    # --- Unit 2.1: the opening, and check yourself
    "def_concentration": Question(
        "guess", lambda: facts.fact("concentration")["eu"], high=100, places=1, values=concentration_values
    ),
    "def_picture": Question(
        "choice",
        lambda: one_of(
            "abc",
            shelf.dissimilarity(mild()[1].counts()) > shelf.dissimilarity(drawn_by_hand().counts()),
            shelf.dissimilarity(mild()[1].counts()) < shelf.dissimilarity(drawn_by_hand().counts()),
            shelf.dissimilarity(mild()[1].counts()) == shelf.dissimilarity(drawn_by_hand().counts()),
        ),
        "abc",
    ),
    "def_relative": Question(
        "choice",
        lambda: one_of(
            "abc",
            nine_in_ten([(90, 10)]) and nine_in_ten([(20, 80)]),
            not nine_in_ten([(90, 10)]) and not nine_in_ten([(20, 80)]),
            not nine_in_ten([(90, 10)]) and nine_in_ten([(20, 80)]),
        ),
        "abc",
    ),
    "def_nobody": Question(
        "choice",
        lambda: one_of(
            "abc",
            mild()[0].wish.least > 0.5,
            mild()[0].wish.least < 0.5 < mild()[1].alike,
            bool(mild()[0].settled),
        ),
        "abc",
        values=alike_values,
    ),
    "def_undo": Question(
        "choice",
        lambda: one_of(
            "abc",
            undone()[1] < undone()[0] - 0.1,
            undone()[2] < undone()[0] - 0.1,
            min(undone()) == undone()[0],
        ),
        "abc",
        values=lambda: {
            name: number(v, ".2f").replace("-", "−") for name, v in zip("abc", undone(), strict=True)
        },
    ),
    "def_catchment": Question(
        "number",
        lambda: schools_of_streets([(0, 1), (2, 3)]),
        values=lambda: {
            "streets": shelf.dissimilarity(STREETS),
            "other": schools_of_streets([(0, 2), (1, 3)]),
        },
    ),
    "def_intention": Question(
        "choice",
        lambda: one_of("abc", False, mild()[1].index > mild()[0].index and mild()[0].wish.least < 0.5, False),
        "abc",
    ),
    "def_missing": Question(
        "choice",
        lambda: one_of(
            "ab",
            shelf.dissimilarity(classes()) == shelf.dissimilarity(classes().reshape(4, -1, 2).sum(1)),
            shelf.dissimilarity(classes()) != shelf.dissimilarity(classes().reshape(4, -1, 2).sum(1)),
        ),
        "ab",
        values=lambda: {
            "classes": shelf.dissimilarity(classes()),
            "districts": shelf.dissimilarity(classes().reshape(4, -1, 2).sum(1)),
        },
    ),
    # --- predict first
    "four_schools": Question("guess", lambda: 100 * shelf.dissimilarity(FOUR), high=100, places=0),
    "larger_group": Question(
        "guess",
        lambda: shelf.dissimilarity(np.array(SCHOOLS) * [2, 1]),
        values=lambda: {
            "before": shelf.dissimilarity(SCHOOLS),
            "isolation": shelf.isolation(SCHOOLS),
            "isolation_after": shelf.isolation(np.array(SCHOOLS) * [2, 1]),
        },
    ),
    "by_lot": Question("guess", by_lot),
    "districts": Question(
        "guess",
        lambda: shelf.dissimilarity(classes().reshape(4, -1, 2).sum(1)),
        values=lambda: {"before": shelf.dissimilarity(classes())},
    ),
    # --- unit 2.1: the space, the object, who leaves, what nobody meant
    "scale": Question("guess", lambda: scale_values()["region"], values=scale_values),
    "fewer_schools": Question(
        "choice",
        lambda: one_of(
            "abc",
            all(fewer < more for fewer, more in only_private()),
            all(fewer > more for fewer, more in only_private()),
            len({fewer > more for fewer, more in only_private()}) == 2,
        ),
        "abc",
        values=scale_values,
    ),
    "line": Question("guess", lambda: line_values()["d80"], values=line_values),
    "leave": Question("guess", lambda: leave_values()["last"], high=100, places=0, values=leave_values),
    "who_moved": Question(
        "choice", lambda: one_of("ab", not never_moved(), never_moved()), "ab", values=leave_values
    ),
    "mirror": Question(
        "choice",
        lambda: one_of(
            "abc",
            mirror_values()["schools"] == 0,
            mirror_values()["schools"] == mirror_values()["catchments"],
            mirror_values()["schools"] > mirror_values()["homes"],
        ),
        "abc",
        values=mirror_values,
    ),
    "mild_wishes": Question("guess", lambda: wish_values()["schools"], values=wish_values),
    "merge": Question(
        "choice",
        lambda: one_of(
            "abc",
            merged() == sorted(merged()) and merged()[0] < merged()[-1],
            merged() == sorted(merged(), reverse=True) and merged()[0] > merged()[-1],
            merged()[0] == merged()[-1],
        ),
        "abc",
        values=merge_values,
    ),
    "how_mild": Question(
        "choice",
        lambda: one_of(
            "abc",
            edge_values()["end"] - edge_values()["start"] > 20,
            edge_values()["last"] <= edge_values()["first"],
            edge_values()["end"] - edge_values()["start"] <= 20 and edge_values()["start"] >= 20,
        ),
        "abc",
        values=edge_values,
    ),
    # --- spot the mistake
    "slip_isolation": Question(
        "choice",
        lambda: matching((x / X * y / t).sum(), "abc", "isolation", "interaction", "dissimilarity"),
        "abc",
    ),
    "slip_gorard": Question(
        "choice",
        lambda: matching(abs(x / X - t / N).sum() / 2, "ab", "dissimilarity", "gorard"),
        "ab",
        values=four_values,
    ),
    "slip_size": Question(
        "choice",
        lambda: one_of(
            "abcd",
            grown("dissimilarity") and not grown("isolation"),
            grown("isolation") and not grown("dissimilarity"),
            grown("dissimilarity") and grown("isolation"),
            not grown("dissimilarity") and not grown("isolation"),
        ),
        "abcd",
    ),
    "slip_move": Question(
        "choice",
        lambda: one_of(
            "abc",
            *(
                abs(to_swap(UNEVEN) - n) < 1e-9
                for n in (swap_values()["DN"], swap_values()["DX"], swap_values()["GSX"])
            ),
        ),
        "abc",
        values=swap_values,
    ),
    "slip_names": Question(
        "choice",
        lambda: one_of(
            "abc",
            *(
                name in SPATIAL["absolute_concentration"].source
                for name in ("Massey & Duncan", "Massey & Denton", "Casato")
            ),
        ),
        "abc",
    ),
    # --- check yourself
    "zero": Question(
        "choice",
        lambda: one_of(
            "abc",
            *(
                shelf.dissimilarity(n) == 0
                for n in ([[50, 50], [20, 180]], [[20, 80], [10, 40]], [[60, 40], [40, 60]])
            ),
        ),
        "abc",
    ),
    "by_hand_d": Question("number", lambda: shelf.dissimilarity(TWO)),
    "by_hand_isolation": Question("number", lambda: shelf.isolation(TWO), places=3),
    "which_index": Question(
        "choice",
        lambda: one_of(
            "abc",
            *(
                INDICES[name].dimension == "exposure"
                for name in ("dissimilarity", "isolation", "information")
            ),
        ),
        "abc",
    ),
    "stays": Question(
        "choice",
        lambda: one_of(
            "abc",
            *("composition" in INDICES[name].obeys for name in ("isolation", "dissimilarity", "information")),
        ),
        "abc",
    ),
    "same_d": Question(
        "choice",
        lambda: one_of(
            "abc",
            False,
            shelf.information(same_d()[0]) > shelf.information(same_d()[1]),
            shelf.information(same_d()[0]) < shelf.information(same_d()[1]),
        ),
        "abc",
        values=same_values,
    ),
    "entry_year": Question(
        "choice",
        lambda: one_of("abc", False, by_lot(8) > by_lot(200), by_lot(8) <= by_lot(200)),
        "abc",
        values=lambda: {"small": by_lot(8), "large": by_lot(200)},
    ),
    "why": Question(
        "choice",
        lambda: one_of("abc", False, False, shelf.dissimilarity(FOUR) == shelf.dissimilarity(FOUR[::-1])),
        "abc",
    ),
    # --- facts
    "spain_1910": Question(
        "guess", lambda: facts.enrolment("spain").at(1910), high=100, places=0, values=spain_values
    ),
    "girls_ahead": Question(
        "choice",
        lambda: one_of(
            "abc", *(year in facts.enrolment(country).males_below() for country, year in ODD_YEARS)
        ),
        "abc",
        values=odd_values,
    ),
    "enrolment_dip": Question(
        "choice",
        lambda: one_of(
            "abc",
            False,  # a ratio alone does not know where the children went
            any(1950 < year < 1960 for year in norwegian_laws()),
            (1950, 1960) in facts.enrolment("norway").falls(),
        ),
        "abc",
        values=dip_values,
    ),
    "private_least": Question(
        "choice",
        lambda: one_of(
            "abcd",
            *(
                facts.PRIVATE[country] == min(facts.PRIVATE[c] for c in PRIVATE_CHOICES)
                for country in PRIVATE_CHOICES
            ),
        ),
        "abcd",
        values=private_values,
    ),
    "private_trap": Question(
        "choice",
        lambda: one_of("abc", False, counts_otherwise("netherlands") != counts_otherwise("belgium"), False),
        "abc",
        values=private_values,
    ),
    "amsterdam": Question(
        "choice",
        lambda: one_of("abc", *(sign == np.sign(np.subtract(*city_parts())) for sign in (1, 0, -1))),
        "abc",
        values=city_values,
    ),
    "two_readings": Question(
        "choice",
        lambda: one_of(
            "abc",
            *(len(surveys.two_readings().moved) == reading_values()[n] for n in ("up", "some", "moved")),
        ),
        "abc",
        values=reading_values,
    ),
    "which_reading": Question(
        "choice",
        lambda: one_of(
            "abc",
            reading_values()["up"] <= reading_values()["n"] / 2,
            reading_values()["moved"] >= reading_values()["n"] / 2,
            reading_values()["moved"] < reading_values()["n"] / 2 < reading_values()["up"],
        ),
        "abc",
        values=reading_values,
    ),
    # --- the parable
    "parable_moods": Question(
        "choice", lambda: one_of("abc", Wish().content(1, 5), not Wish().content(1, 5), False), "abc"
    ),
    "parable_settle": Question("guess", lambda: mean_end("1/3"), high=100, places=0, values=settle_values),
    "parable_checkerboard": Question(
        "choice",
        lambda: one_of(
            "abc",
            toppled()["upset"] <= toppled()["tried"] / 2,
            toppled()["upset"] > toppled()["tried"] / 2 and toppled()["median"] <= 60,
            toppled()["upset"] > toppled()["tried"] / 2 and toppled()["median"] > 60,
        ),
        "abc",
        values=toppled,
    ),
    "parable_half": Question(
        "guess",
        lambda: mean_end("1/2"),
        high=100,
        places=0,
        values=lambda: {"third": mean_end("1/3"), "n": len(ends("1/2"))},
    ),
    "parable_lower": Question(
        "choice",
        lambda: one_of(
            "abc", memory()["lower"] < 60, memory()["moves"] == 0, 60 <= memory()["lower"] < memory()["alike"]
        ),
        "abc",
        values=memory,
    ),
    "parable_scale": Question(
        "guess",
        lambda: parables.d(parables.neighbourhoods().board, 10),
        values=lambda: {"fine": parables.d(parables.neighbourhoods().board, 5)},
    ),
    "parable_catchments": Question("guess", lambda: cut_values()["across"], values=cut_values),
    # --- Unit 2.3: taking stock
    "stock_alone": Question(
        "choice",
        lambda: one_of(
            "abc",
            shelf.dissimilarity(FOUR) != shelf.dissimilarity(FOUR[::-1]),  # which school it is
            shelf.dissimilarity(FOUR) > shelf.dissimilarity([(50, 50)] * 4),
            shelf.dissimilarity(FOUR) != shelf.dissimilarity([n[::-1] for n in FOUR]),  # who did it
        ),
        "abc",
        values=four_values,
    ),
    "privacy_subtract": Question(
        "number", lambda: hole_values()["n"], high=100, places=0, values=hole_values
    ),
    "privacy_more": Question(
        "choice",
        lambda: one_of(
            "abc",
            hole_values()["low"] == hole_values()["high"],
            0 < hole_values()["high"] < stock.K,
            hole_values()["low"] == 0 and hole_values()["high"] > stock.K,
        ),
        "abc",
        values=hole_values,
    ),
    "privacy_twice": Question(
        "choice",
        lambda: one_of("abc", False, TWO_REPORTS[0][1] - TWO_REPORTS[1][1] == 1, False),
        "abc",
        values=twice_values,
    ),
    "stock_even": Question("guess", about_even, high=19, places=0),
    "stock_outside": Question(
        "choice",
        lambda: one_of(
            "abc",
            outside_public()["far"] > 1.25 * outside_public()["others"],
            outside_public()["far"] < 0.8 * outside_public()["others"],
            0.8 <= outside_public()["far"] / outside_public()["others"] <= 1.25,
        ),
        "abc",
        values=outside_public,
    ),
    "stock_chance": Question("guess", lambda: by_lot_in_marenza()["d"], values=by_lot_in_marenza),
    "stock_sides": Question(
        "choice",
        lambda: one_of(
            "abc",
            sides_values()["homes"] > sides_values()["schools"] + 0.01,
            abs(sides_values()["homes"] - sides_values()["schools"]) <= 0.01,
            sides_values()["homes"] < sides_values()["schools"] - 0.01,
        ),
        "abc",
        values=sides_values,
    ),
    "stock_stay": Question("guess", staying, high=100, places=0),
    "stock_results": Question(
        "choice",
        lambda: one_of(
            "abc",
            SMALL_RESULT[0] / SMALL_RESULT[1] > LARGE_RESULT[0] / LARGE_RESULT[1],
            result_values()["small_low"] < 50 < result_values()["large_low"],
            result_values()["small_high"] - result_values()["small_low"]
            <= result_values()["large_high"] - result_values()["large_low"],
        ),
        "abc",
        values=result_values,
    ),
    "stock_carry": Question(
        "choice",
        lambda: one_of(
            "abc",
            in_marenza() > in_marenza(year=2020),
            in_marenza("homes") > in_marenza(),
            shelf.dissimilarity(FOUR) != shelf.dissimilarity(FOUR[::-1]),  # that one school does it
        ),
        "abc",
        values=sides_values,
    ),
    "stock_blank": Question(
        "choice",
        lambda: one_of(
            "abc",
            blank_values()["low"] == with_blank(BLANK),
            blank_values()["high"] == with_blank(BLANK),
            blank_values()["low"] != with_blank(BLANK) != blank_values()["high"],
        ),
        "abc",
        values=blank_values,
    ),
    "stock_threshold": Question(
        "choice",
        lambda: one_of(
            "abc", *(name == "dissimilarity" for name in ("information", "isolation", "dissimilarity"))
        ),
        "abc",
        values=lambda: {"d": in_marenza()},
    ),
    "stock_check_dimension": Question(
        "choice",
        lambda: one_of(
            "abc", *(f"assess.{part}.stay" in words() for part in ("population", "supply", "mobility"))
        ),
        "abc",
    ),
    "stock_check_share": Question(
        "number", lambda: one_count(*PRINTED), high=PRINTED[1], places=0, values=printed_values
    ),
    "stock_check_sides": Question(
        "choice",
        lambda: one_of("abc", False, APART["schools"] > APART["homes"], APART["homes"] == 0),
        "abc",
        values=lambda: APART,
    ),
    "stock_check_range": Question(
        "choice",
        lambda: one_of(
            "abc", LEFT_OPEN["low"] == LEFT_OPEN["high"], LEFT_OPEN["low"] > LEFT_OPEN["chance"], False
        ),
        "abc",
        values=lambda: LEFT_OPEN | {"middle": (LEFT_OPEN["low"] + LEFT_OPEN["high"]) / 2},
    ),
    "stock_check_list": Question(
        "choice",
        lambda: one_of(
            "abc", False, part_of_first(2) != part_of_first(1), part_of_first(2) == part_of_first(1)
        ),
        "abc",
        values=lambda: {"one": 100 * part_of_first(1), "two": 100 * part_of_first(2)},
    ),
}
