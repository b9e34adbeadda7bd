"""The words of the units: what each means, who proposed it, and in which unit one meets it.

The sentences live in `segkit.words`: `glossary.<key>` and `glossary.<key>.means`. An index already has its
name, symbol, meaning and source on the shelf; they are read from there, never typed again.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from html import escape

from segkit.indices import INDICES, SPATIAL
from segkit.words import listed, say

UNITS = {  # unit -> its notebook
    "2.1": "unit-2-1-definition",
    "2.2": "unit-2-2-measuring",
    "2.3": "unit-2-3-taking-stock",
}
MASSEY_DENTON, SCHELLING, HART_CASE = "Massey & Denton (1988)", "Schelling (1971)", "Hart & Case (2014)"

# part -> key -> the units where one meets it, and who proposed it where that is one work
DECLARED = {
    "idea": {
        "segregation": ("2.1 2.2",),
        "residential_segregation": ("2.1",),
        "school_segregation": ("2.1 2.2",),
        "process_and_result": ("2.1",),
        "self_segregation": ("2.1",),
        "systemic_segregation": ("2.1",),
        "avoidance": ("2.1",),
        "opting_out": ("2.1",),
        "white_flight": ("2.1",),
    },
    "compared": {
        "unit": ("2.1 2.2",),
        "scale": ("2.1",),
        "whole": ("2.1 2.2",),
        "group": ("2.1 2.2",),
        "focal_group": ("2.1 2.2",),
        "cut_point": ("2.1 2.2",),
        "counts": ("2.1 2.2",),
        "share": ("2.1 2.2 2.3",),
        "sector": ("2.1 2.2 2.3",),
    },
    "parable": {
        "board": ("2.1", HART_CASE),
        "neighbours": ("2.1",),
        "neighbourhood": ("2.1",),
        "wish": ("2.1", SCHELLING),
        "content": ("2.1",),
        "unhappy": ("2.1",),
        "bored": ("2.1",),
        "settled": ("2.1",),
        "alike": ("2.1",),
        "corrected_index": ("2.1",),
        "tipping": ("2.1", SCHELLING),
        "seed": ("2.1",),
    },
    "system": {
        "catchment": ("2.1",),
        "school_choice": ("2.1",),
        "school_market": ("2.1",),
        "private_school": ("2.1",),
        "mass_schooling": ("2.1",),
        "enrolment_ratio": ("2.1",),
        "parity": ("2.1",),
        "tracking": ("2.1",),
        "vocational": ("2.1",),
        "special_education": ("2.1",),
    },
    "measuring": {
        "index": ("2.1 2.2",),
        "evenness": ("2.2", MASSEY_DENTON),
        "exposure": ("2.2", MASSEY_DENTON),
        "concentration": ("2.2", MASSEY_DENTON),
        "clustering": ("2.2", MASSEY_DENTON),
        "centralisation": ("2.2", MASSEY_DENTON),
        "by_chance": ("2.1 2.2 2.3",),
        "p": ("2.2",),
        "interval": ("2.2 2.3",),
        "composition_invariant": ("2.2",),
        "curve": ("2.2", "Duncan & Duncan (1955)"),
        "between_within": ("2.2",),
        "threshold": ("2.2",),
    },
    "stock": {
        "territory": ("2.3",),
        "taking_stock": ("2.3",),
        "population": ("2.3",),
        "supply": ("2.3",),
        "mobility": ("2.3",),
        "residential_part": ("2.3",),
        "results": ("2.3",),
        "benchmark": ("2.3",),
        "smallest": ("2.3",),
        "hidden_count": ("2.3",),
        "problem_of_practice": ("2.3",),
    },
}
EARLY = ("dissimilarity", "isolation")  # the two indices that Unit 2.1 shows already
ON_THE_MAP = ("delta", "spatial_proximity", "absolute_centralisation")  # those of the map that Unit 2.2 shows


class Shown:
    """What prints as text and shows as a list of definitions in a notebook."""

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return f'<section class="segkit-glossary"><style>{STYLE}</style>{self.body()}</section>'


@dataclass(frozen=True, repr=False)
class Term(Shown):
    """One word of the units: what it means, where it comes from, where one meets it."""

    key: str
    name: str
    means: str
    part: str
    met: tuple[str, ...]  # units, such as "2.1"
    symbol: str = ""
    source: str = ""

    @property
    def anchor(self) -> str:
        return f"term-{self.key.replace('_', '-')}"

    def __str__(self) -> str:
        more = "; ".join(filter(None, [self.source, *map(called, self.met)]))
        return f"{self.name}{f' ({self.symbol})' if self.symbol else ''}: {self.means} [{more}]"

    def entry(self) -> str:
        """The term as one line of a list of definitions."""
        symbol = f' <span class="symbol">{escape(self.symbol)}</span>' if self.symbol else ""
        met = " ".join(f'<a href="{UNITS[unit]}.ipynb">{escape(called(unit))}</a>' for unit in self.met)
        source = f"{escape(self.source)} · " if self.source else ""
        return (
            f'<div id="{self.anchor}"><dt>{escape(self.name)}{symbol}</dt>'
            f"<dd>{escape(self.means)} <small>{source}{met}</small></dd></div>"
        )

    def body(self) -> str:
        return f"<dl>{self.entry()}</dl>"


@dataclass(frozen=True, repr=False)
class Glossary(Shown):
    """All words of the units, in parts, each part in the order of the alphabet."""

    terms: tuple[Term, ...]

    def __iter__(self):
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def parts(self) -> dict[str, list[Term]]:
        """From each part of the glossary to its terms."""
        found: dict[str, list[Term]] = {}
        for term in self.terms:
            found.setdefault(term.part, []).append(term)
        return found

    def __str__(self) -> str:
        return "\n\n".join(
            "\n".join([say(f"glossary.part.{part}"), *(f"  {term}" for term in terms)])
            for part, terms in self.parts().items()
        )

    def body(self) -> str:
        inside = "".join(
            f"<h3>{escape(say(f'glossary.part.{part}'))}</h3><dl>{''.join(t.entry() for t in terms)}</dl>"
            for part, terms in self.parts().items()
        )
        names = sorted(self.terms, key=alphabet)
        links = " ".join(f'<a href="#{t.anchor}">{escape(t.name)}</a>' for t in names)
        return f'<nav aria-label="{escape(say("glossary.all"))}">{links}</nav>{inside}'


def glossary(term: str | None = None) -> Glossary | Term:
    """What the words of the units mean: all of them, or one, by its name or its symbol.

    >>> glossary("GS").name
    "Gorard's segregation"
    >>> print(glossary("cut-point"))
    Cut-point: The place where a continuous status, such as income, is cut into two groups. \
Another cut, another number. [Unit 2.1; Unit 2.2]
    >>> glossary("catchmnt")
    Traceback (most recent call last):
    ValueError: there is no 'catchmnt' in the glossary; did you mean Catchment?
    """
    terms = declared()
    if term is None:
        return Glossary(terms)
    by_symbol = [t for t in terms if term and t.symbol == term]
    by_name = [t for t in terms if plain(term) in (plain(t.name), plain(t.key))]
    for found in (*by_symbol, *by_name):
        return found
    raise ValueError(say("glossary.unknown", came=term, known=listed(near(term, terms))))


def declared() -> tuple[Term, ...]:
    """Every term: those declared here, then the indices as the shelf declares them."""
    terms = [
        Term(key, say(f"glossary.{key}"), say(f"glossary.{key}.means"), part, tuple(met.split()), "", *source)
        for part, keys in DECLARED.items()
        for key, (met, *source) in keys.items()
    ]
    terms.sort(key=lambda term: (list(DECLARED).index(term.part), alphabet(term)))
    shelf = [*INDICES.values(), *(SPATIAL[name] for name in ON_THE_MAP)]
    return (*terms, *map(of_index, shelf))


def of_index(index) -> Term:
    """An index as a term, from its own declaration."""
    name, means = say(f"index.{index.name}"), say(f"index.{index.name}.means")
    means = f"{means[0].upper()}{means[1:]}."
    met = ("2.1", "2.2") if index.name in EARLY else ("2.2",)
    return Term(index.name, name, means, "indices", met, index.symbol, index.source)


def called(unit: str) -> str:
    return say("glossary.met", unit=unit)


def plain(text) -> str:
    """A name without what people write differently: capitals, hyphens, spaces."""
    return " ".join(str(text).casefold().replace("-", " ").replace("_", " ").split())


def alphabet(term: Term) -> str:
    return plain(term.name)


def near(came, terms) -> list[str]:
    """The names somebody may have meant: spelled much the same, or with a word of it."""
    names = {plain(term.name): term.name for term in terms}
    asked = [word for word in plain(came).split() if len(word) > 2]
    inside = [name for known, name in names.items() if any(f" {word}" in f" {known}" for word in asked)]
    alike = [names[known] for known in get_close_matches(plain(came), names, n=3)]
    return list(dict.fromkeys([*alike, *inside])) or [say("glossary.see_all")]


STYLE = """
.segkit-glossary { max-width: 60rem; line-height: 1.5; font-size: 1rem; color: #1b1b1b; background: #fff; }
.segkit-glossary nav {
  display: flex; flex-wrap: wrap; gap: 0.1rem 0.9rem; padding: 0.7rem 1rem;
  background: #f4f3ee; font-size: 0.9rem;
}
.segkit-glossary h3 { margin: 1.5rem 0 0.2rem; }
.segkit-glossary dl { margin: 0; }
.segkit-glossary dl > div {
  display: grid; grid-template-columns: 14rem 1fr; gap: 0 1.2rem; padding: 0.5rem 0.4rem;
  border-top: 1px solid #cfcdc4; scroll-margin-top: 4rem;
}
.segkit-glossary dl > div:target { background: #fff1e0; }
.segkit-glossary dl > div > dt { float: none; width: auto; margin: 0; font-weight: 650; }
.segkit-glossary dl > div > dd { float: none; width: auto; margin: 0; padding: 0; }
.segkit-glossary .symbol { font-weight: 400; font-style: italic; color: #56564f; white-space: nowrap; }
.segkit-glossary small { font-size: 0.9em; color: #56564f; }
.segkit-glossary small a { margin-right: 0.3em; white-space: nowrap; }
.segkit-glossary dd a:link, .segkit-glossary nav a:link { color: #0072b2; }
.segkit-glossary dd a:link { text-decoration: underline; text-underline-offset: 0.15em; }
@media (max-width: 700px) { .segkit-glossary dl > div { display: block; } }
"""
