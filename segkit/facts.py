"""What is known, and who says so: every figure Unit 2.1 prints stands here once, beside its source.

>>> print(fact("mixing"))
OECD, PISA 2018. A disadvantaged student has a 16 % chance of sharing a school with a high achiever; it
would be 25 % if pupils were mixed at random. — UNESCO, Global Education Monitoring Report (regional)
>>> enrolment("spain").falls()
((1880, 1910),)

A number that is not here, and that does not follow from one that is, is not printed. The sentences around the
numbers live in `segkit.words` under `facts.`; names of places under `facts.place.`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from html import escape
from textwrap import fill
from types import MappingProxyType

from segkit.words import listed, say, words

# ── schooling becomes mass schooling ────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Enrolment:
    """Of every 100 children of primary age in a country, how many were at school, decade by decade.

    total : adjusted primary enrolment ratio, per cent. male : the same for boys, None where the source has
    none. There is no series for girls, and none is drawn: the source prints these two only.
    """

    country: str
    total: tuple[float, ...]
    male: tuple[float | None, ...]
    years: tuple[int, ...] = tuple(range(1820, 2011, 10))
    source: str = "Lee & Lee (2016), Long-Run Education Dataset"

    @property
    def name(self) -> str:
        """The country as a reader calls it."""
        return place(self.country)

    def at(self, year: int) -> float:
        """The total of one of its years; there is nothing between them.

        >>> enrolment("norway").at(1960)
        87.7
        """
        return self.total[self.place_of(year)]

    def males_at(self, year: int) -> float | None:
        """The boys of one of its years; None where the source has none."""
        return self.male[self.place_of(year)]

    def place_of(self, year: int) -> int:
        """Where a year stands in the series, from 0."""
        if year not in self.years:
            about = {"first": self.years[0], "last": self.years[-1], "step": self.years[1] - self.years[0]}
            raise ValueError(say("facts.unknown_year", name=self.name, came=year, **about))
        return self.years.index(year)

    def falls(self, least: float = 10) -> tuple[tuple[int, int], ...]:
        """From when to when the total fell without a pause, by at least so many points.

        >>> enrolment("norway").falls()
        ((1950, 1960),)
        >>> enrolment("italy").falls()
        ()
        """
        found, start = [], 0
        for i in range(1, len(self.total) + 1):
            if i == len(self.total) or self.total[i] >= self.total[i - 1]:
                if self.total[start] - self.total[i - 1] >= least:
                    found.append((self.years[start], self.years[i - 1]))
                start = i
        return tuple(found)

    def males_below(self, least: float = 5) -> tuple[int, ...]:
        """The years in which boys lie below all pupils by at least so many points: girls would have to be as
        far above, which asks for an explanation.

        >>> enrolment("italy").males_below()
        (1920,)
        """
        return tuple(
            year
            for year, all_, male in zip(self.years, self.total, self.male, strict=True)
            if male is not None and all_ - male >= least - 1e-9
        )


_ENROLMENT = (
    Enrolment(
        "norway",
        total=(48.5, 54.1, 59.5, 64.8, 69.7, 74.2, 78.3, 91.5, 96.0, 98.2)
        + (99.3, 100.0, 100.0, 100.0, 87.7, 89.0, 98.0, 99.0, 100.0, 99.0),
        male=(45.9, 52.6, 59.2, 65.5, 71.3, 76.6, 81.2, 100.0, 100.0, 100.0)
        + (100.0, None, None, None, 77.0, 85.1, None, None, None, None),
    ),
    Enrolment(
        "italy",
        total=(15.3, 19.9, 25.4, 31.8, 39.0, 49.7, 60.4, 64.0, 68.3, 78.9)
        + (79.1, 96.8, 100.0, 98.6, 100.0, 100.0, 96.7, 92.1, 100.0, 100.0),
        male=(20.2, 25.8, 32.5, 40.0, 48.0, 55.4, 63.6, 66.5, 70.6, 80.8)
        + (70.5, 99.5, None, None, None, None, None, None, None, None),
    ),
    Enrolment(
        "spain",
        total=(11.0, 14.9, 19.9, 26.0, 41.9, 52.5, 60.0, 55.9, 48.7, 41.5)
        + (44.6, 50.0, 51.5, 63.5, 81.3, 94.0, 100.0, 100.0, 100.0, 100.0),
        male=(18.3, 24.0, 30.8, 38.5, 63.7, 76.5, 81.5, 67.8, 53.5, 39.2)
        + (44.9, 51.8, 46.5, 62.3, 78.3, 93.0, None, None, None, None),
    ),
)
ENROLMENT: Mapping[str, Enrolment] = MappingProxyType({series.country: series for series in _ENROLMENT})


@dataclass(frozen=True)
class Law:
    """A law that made school longer, wider or free; `until` is later than `year` where only the decade is
    known."""

    country: str
    name: str
    year: int
    until: int | None = None

    @property
    def source(self) -> str:
        """Who says so, of all of them."""
        return say("facts.law.source")

    @property
    def decade(self) -> bool:
        """Is only the decade known, and not the year?"""
        return self.until is not None

    @property
    def when(self) -> str:
        """Its year, or its decade where no more is known."""
        return say("facts.decade", year=self.year) if self.decade else str(self.year)

    @property
    def text(self) -> str:
        """What it did, in as few words as fit on a time line."""
        return say(f"facts.law.{self.name}")

    def __str__(self):
        return f"{place(self.country)}, {self.when}: {self.text}"


LAWS = (
    Law("norway", "folkeskole", 1827),
    Law("norway", "seven_years", 1889),
    Law("norway", "nine_years", 1969),
    Law("italy", "casati", 1861),
    Law("italy", "lower_secondary", 1962),
    Law("spain", "moyano", 1857),
    Law("spain", "free_primary", 1931),
    Law("spain", "general_act", 1970),
    Law("france", "to_sixteen", 1960, 1970),
    Law("west_germany", "nine_years", 1960, 1970),
)
YEARS_TODAY = (9, 13)  # compulsory years across Europe, fewest and most


# ── who is "private"? ───────────────────────────────────────────────────────────────────────────────

PRIVATE: Mapping[str, float] = MappingProxyType(
    {  # private share of primary pupils, 2019, per cent
        "belgium": 54.2,
        "malta": 42.7,
        "united_kingdom": 31.9,
        "spain": 31.5,
        "hungary": 18.1,
        "denmark": 17.4,
        "france": 15.1,
        "portugal": 12.8,
        "sweden": 11.0,
        "austria": 6.3,
        "greece": 6.0,
        "italy": 6.0,
        "germany": 5.2,
        "norway": 3.6,
        "finland": 1.8,
        "ireland": 0.6,
        "netherlands": 0.4,
    }
)
EURO_AREA = 13.98  # of all primary pupils of the euro area: not the mean of these countries
PRIVATE_YEAR = 2019
PRIVATE_SOURCE = "UNESCO Institute for Statistics, SE.PRM.PRIV.ZS"
COUNTED_AS_PUBLIC = ("ireland", "netherlands")  # their publicly funded denominational schools


# ── what was found, in the world and after reforms ──────────────────────────────────────────────────


@dataclass(frozen=True)
class Fact:
    """One finding: its numbers, their unit, and who found it.

    The sentence is the word `facts.<key>`, its place and time `facts.<key>.where`, and a note, where it
    needs one, `facts.<key>.note`; the numbers stand here and nowhere else. work : where it was published;
    "" where words say who found it, `facts.<key>.source`. effect : for a reform, "less",
    "same" or "mixed". computed : true where a program moved the pupils, and nobody in the world did.
    """

    key: str
    work: str
    unit: str = ""
    values: Mapping[str, float] = field(default_factory=dict, hash=False)
    effect: str = ""
    computed: bool = False

    def __post_init__(self):
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def __getitem__(self, name: str) -> float:
        """One of its numbers.

        >>> fact("mixing")["random"]
        25
        """
        return self.values[name]

    @property
    def source(self) -> str:
        """Who found it."""
        return self.work or say(f"facts.{self.key}.source")

    @property
    def where(self) -> str:
        """Where and when it was found."""
        return say(f"facts.{self.key}.where", **self.values)

    @property
    def text(self) -> str:
        """What was found, in a sentence with its numbers."""
        return say(f"facts.{self.key}", **self.values)

    @property
    def note(self) -> str:
        """What one should know before one compares it; empty where there is nothing."""
        return say(f"facts.{self.key}.note") if f"facts.{self.key}.note" in words() else ""

    @property
    def how(self) -> str:
        """For a reform, how its effect is known; empty for anything else."""
        return say(f"facts.how.{'computed' if self.computed else 'seen'}") if self.effect else ""

    def __str__(self):
        said = " ".join(filter(None, [f"{self.where}.", self.text, self.note, f"— {self.source}"]))
        return fill(said, 106)

    def _repr_html_(self):
        said = " ".join(filter(None, [self.text, self.note]))
        return (
            f"<p><strong>{escape(self.where)}.</strong> {escape(said)} "
            f"<small>— {escape(self.source)}</small></p>"
        )


WORLD = (
    Fact(
        "waves",
        "Gutiérrez, Jerrim & Torres (2020), Journal of Economic Inequality 18:157–179",
        "waves",
        {"n": 6},
    ),
    Fact("spain", "Murillo & Martínez-Garrido (2018)", "index, 0 to 1", {"gorard": 0.38, "isolation": 0.32}),
    Fact(
        "mixing",
        "UNESCO, Global Education Monitoring Report (regional)",
        "%",
        {"chance": 16, "random": 25},
    ),
    Fact(
        "concentration",
        "OECD/EU, Settling In 2023, pp. 176–177",
        "%",
        {"eu": 52.5, "oecd": 58.5, "austria": 51.0},
    ),
    Fact(
        "catalonia",
        "",
        "% of foreign pupils",
        {"primary_before": 43, "primary": 33, "secondary_before": 35, "secondary": 28, "years": 5},
    ),
    Fact("milan", "", "families in two", {"leave": 1, "of": 2}),
    Fact("united_states", "Stanford/USC Segregation Index", "% change", {"white_black": 35, "poor": 47}),
    Fact(
        "netherlands",
        "",
        "units as published",
        {
            "amsterdam_housing": 15,
            "amsterdam_choice": 52,
            "rotterdam_housing": 17,
            "rotterdam_choice": 50,
            "almere_housing": 13,
            "almere_choice": 23,
        },
    ),
)
REFORMS = (
    Fact("flanders", "Wouters (2016)", effect="less"),
    Fact("french_belgium", "Danhier & Friant (2018)", effect="same"),
    Fact("chile", "Kutscher, Nath & Urzúa (2023), Journal of Public Economics 221", effect="mixed"),
    Fact(
        "rezoning",
        "Gillani et al. (2023), Educational Researcher",
        "% change",
        {"districts": 98, "less": 14, "switch": 20},
        effect="less",
        computed=True,
    ),
    Fact(
        "pairing",
        "Landry & Gillani (2025), PNAS Nexus",
        "% change",
        {"districts": 200, "less": 20, "minutes": 3.7},
        effect="less",
        computed=True,
    ),
)
FACTS: Mapping[str, Fact] = MappingProxyType({found.key: found for found in (*WORLD, *REFORMS)})
DUTCH_CITIES = ("amsterdam", "rotterdam", "almere")


@dataclass(frozen=True)
class Listing:
    """Findings one below the other, each with its source: a table in a notebook, lines anywhere else."""

    title: str
    facts: tuple[Fact, ...]

    def __iter__(self):
        return iter(self.facts)

    def __len__(self):
        return len(self.facts)

    def columns(self) -> list[str]:
        """The headings; what a reform did, and how that is known, only where there are reforms."""
        reforms = any(found.effect for found in self)
        return ["reform", "effect", "text", "how", "source"] if reforms else ["where", "text", "source"]

    def rows(self) -> list[list[str]]:
        """The cells as text, in the order of `columns`."""
        cells = {
            "where": lambda f: f.where,
            "reform": lambda f: f.where,
            "effect": lambda f: say(f"facts.effect.{f.effect}"),
            "text": lambda f: " ".join(filter(None, [f.text, f.note])),
            "how": lambda f: f.how,
            "source": lambda f: f.source,
        }
        return [[cells[name](found) for name in self.columns()] for found in self]

    def __str__(self):
        return "\n\n".join([self.title, *map(str, self)])

    def _repr_html_(self):
        """A table whose first column is its rows' heading; it says the same as the lines."""
        cell = "style='text-align:left;vertical-align:top;padding:.45em .9em .45em 0;white-space:normal'"
        head = "".join(
            f"<th scope='col' {cell}>{escape(say(f'facts.column.{c}'))}</th>" for c in self.columns()
        )
        body = "".join(
            "<tr>"
            + f"<th scope='row' {cell}>{escape(row[0])}</th>"
            + "".join(f"<td {cell}>{escape(text)}</td>" for text in row[1:])
            + "</tr>"
            for row in self.rows()
        )
        caption = f"<caption style='text-align:left;font-weight:650'>{escape(self.title)}</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


# ── what a notebook asks for ────────────────────────────────────────────────────────────────────────


def place(name: str) -> str:
    """A country or city as a reader calls it.

    >>> place("west_germany")
    'West Germany'
    """
    return say(f"facts.place.{name}")


def fact(key: str) -> Fact:
    """One finding by its name.

    >>> fact("spain")["gorard"], fact("spain").unit
    (0.38, 'index, 0 to 1')
    """
    return known(FACTS, key, "facts.unknown")


def enrolment(country: str) -> Enrolment:
    """The long series of one country: norway, italy or spain.

    >>> enrolment("italy").at(1900), enrolment("italy").males_at(1900)
    (68.3, 70.6)
    """
    return known(ENROLMENT, country, "facts.unknown_country")


def known(shelf: Mapping, name: str, key: str):
    """What stands on a shelf under a name, or an error that says which names there are."""
    if name not in shelf:
        near = get_close_matches(str(name), shelf, n=1)
        raise ValueError(say(key, came=name, known=listed(near or shelf, most=99)))
    return shelf[name]


def world() -> Listing:
    """School segregation in the world: what was measured, where, and who says so.

    >>> len(world())
    8
    """
    return Listing(say("facts.world"), WORLD)


def reforms() -> Listing:
    """What reforms did, which is not the same as what they were meant to do.

    >>> [reform.key for reform in reforms() if reform.computed]
    ['rezoning', 'pairing']
    """
    return Listing(say("facts.reforms"), REFORMS)


def housing_and_choice() -> dict[str, tuple[float, float]]:
    """Three Dutch cities, 2016: the part of segregation that housing brings, and the part that choice adds.

    >>> housing_and_choice()["almere"]
    (13, 23)
    """
    found = fact("netherlands")
    return {city: (found[f"{city}_housing"], found[f"{city}_choice"]) for city in DUTCH_CITIES}
