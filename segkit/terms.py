"""The words of the units: what each means, who proposed it and where, and in which unit one meets it.

The sentences live in `segkit.words`: `glossary.<key>` and `glossary.<key>.means`. An index already has its
name, symbol, meaning and source on the shelf; they are read from there, never typed again.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from html import escape

from segkit.indices import INDICES, SPATIAL
from segkit.words import language, listed, say

UNITS = {  # unit -> its notebook
    "2.1": "unit-2-1-definition",
    "2.2": "unit-2-2-measuring",
    "2.3": "unit-2-3-taking-stock",
}
MASSEY_DENTON, SCHELLING, HART_CASE = "Massey & Denton (1988)", "Schelling (1971)", "Hart & Case (2014)"
UNESCO = "UNESCO Institute for Statistics (2009)"

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
        "scale": ("2.1", "Openshaw (1984)"),
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
        "neighbours": ("2.1", SCHELLING),
        "neighbourhood": ("2.1",),
        "wish": ("2.1", SCHELLING),
        "content": ("2.1",),
        "unhappy": ("2.1",),
        "bored": ("2.1", HART_CASE),
        "settled": ("2.1",),
        "alike": ("2.1", SCHELLING),
        "corrected_index": ("2.1",),
        "tipping": ("2.1", f"Grodzins (1957); {SCHELLING}"),
        "seed": ("2.1",),
    },
    "system": {
        "catchment": ("2.1",),
        "school_choice": ("2.1",),
        "school_market": ("2.1", "Friedman (1955)"),
        "private_school": ("2.1",),
        "mass_schooling": ("2.1",),
        "enrolment_ratio": ("2.1", UNESCO),
        "parity": ("2.1", UNESCO),
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
        "by_chance": ("2.1 2.2 2.3", "Cortese, Falk & Cohen (1976); Winship (1977)"),
        "p": ("2.2", "Fisher (1935)"),
        "interval": ("2.2 2.3", "Neyman (1937); Efron (1979)"),
        "composition_invariant": ("2.2", "James & Taeuber (1985)"),
        "curve": ("2.2", "Duncan & Duncan (1955)"),
        "between_within": ("2.2", "Theil (1972)"),
        "threshold": ("2.2", "Massey & Denton (1993)"),
    },
    "stock": {
        "territory": ("2.3",),
        "taking_stock": ("2.3",),
        "population": ("2.3",),
        "supply": ("2.3",),
        "mobility": ("2.3",),
        "residential_part": ("2.3", "Allen (2007)"),
        "results": ("2.3",),
        "benchmark": ("2.3",),
        "smallest": ("2.3",),
        "hidden_count": ("2.3", "Cox (1980)"),
        "problem_of_practice": ("2.3", "City, Elmore, Fiarman & Teitel (2009)"),
    },
}
EARLY = ("dissimilarity", "isolation")  # the two indices that Unit 2.1 shows already
ON_THE_MAP = ("delta", "spatial_proximity", "absolute_centralisation")  # those of the map that Unit 2.2 shows

PUBLISHED = """
Allen (2007): R. Allen, “Allocating pupils to their nearest secondary school: the consequences for social and
  ability stratification”, Urban Studies 44: 751–770
Atkinson (1970): A. B. Atkinson, “On the measurement of inequality”, Journal of Economic Theory 2: 244–263
Bell (1954): W. Bell, “A probability model for the measurement of ecological segregation”, Social Forces 32:
  357–364
City, Elmore, Fiarman & Teitel (2009): E. A. City, R. F. Elmore, S. E. Fiarman and L. Teitel, Instructional
  Rounds in Education
Cortese, Falk & Cohen (1976): C. F. Cortese, R. F. Falk and J. K. Cohen, “Further considerations on the
  methodological analysis of segregation indices”, American Sociological Review 41: 630–637
Cox (1980): L. H. Cox, “Suppression methodology and statistical disclosure control”, Journal of the American
  Statistical Association 75: 377–385
Duncan & Duncan (1955): O. D. Duncan and B. Duncan, “A methodological analysis of segregation indexes”,
  American Sociological Review 20: 210–217; on the centre: “Residential distribution and occupational
  stratification”, American Journal of Sociology 60: 493–503
Duncan, Cuzzort & Duncan (1961): O. D. Duncan, R. P. Cuzzort and B. Duncan, Statistical Geography
Efron (1979): B. Efron, “Bootstrap methods: another look at the jackknife”, Annals of Statistics 7: 1–26
Fisher (1935): R. A. Fisher, The Design of Experiments
Friedman (1955): M. Friedman, “The role of government in education”, in R. A. Solo (editor), Economics and the
  Public Interest
Goodman & Kruskal (1954): L. A. Goodman and W. H. Kruskal, “Measures of association for cross
  classifications”, Journal of the American Statistical Association 49: 732–764
Gorard & Taylor (2002): S. Gorard and C. Taylor, “What is segregation? A comparison of measures in terms of
  ‘strong’ and ‘weak’ compositional invariance”, Sociology 36: 875–895
Grodzins (1957): M. Grodzins, “Metropolitan segregation”, Scientific American 197
Hart & Case (2014): V. Hart and N. Case, Parable of the Polygons
Hoover (1941): E. M. Hoover, “Interstate redistribution of population, 1850–1940”, Journal of Economic History
  1: 199–205
Hutchens (2001): R. Hutchens, “Numerical measures of segregation: desirable properties and their
  implications”, Mathematical Social Sciences 42: 13–29
James (1986): F. J. James, “A new generalized ‘exposure-based’ segregation index”, Sociological Methods &
  Research 14: 301–316
James & Taeuber (1985): D. R. James and K. E. Taeuber, “Measures of segregation”, Sociological Methodology 15:
  1–32
Lieberson (1981): S. Lieberson, “An asymmetrical approach to segregation”, in C. Peach, V. Robinson and S.
  Smith (editors), Ethnic Segregation in Cities: 61–82
Massey & Denton (1988): D. S. Massey and N. A. Denton, “The dimensions of residential segregation”, Social
  Forces 67: 281–315
Massey & Denton (1993): D. S. Massey and N. A. Denton, American Apartheid, p. 20
Mora & Ruiz-Castillo (2011): R. Mora and J. Ruiz-Castillo, “Entropy-based segregation indices”, Sociological
  Methodology 41: 159–194
Morgan (1975): B. S. Morgan, “The segregation of socio-economic groups in urban areas: a comparative
  analysis”, Urban Studies 12: 47–60
Neyman (1937): J. Neyman, “Outline of a theory of statistical estimation based on the classical theory of
  probability”, Philosophical Transactions of the Royal Society A 236: 333–380
Openshaw (1984): S. Openshaw, The Modifiable Areal Unit Problem
Reardon (1998): S. F. Reardon, “Measures of racial diversity and segregation in multigroup and hierarchically
  structured populations”, paper read at the annual meeting of the Eastern Sociological Society, Philadelphia
Reardon & Firebaugh (2002): S. F. Reardon and G. Firebaugh, “Measures of multigroup segregation”, Sociological
  Methodology 32: 33–67
Sakoda (1981): J. M. Sakoda, “A generalized index of dissimilarity”, Demography 18: 245–250
Schelling (1971): T. C. Schelling, “Dynamic models of segregation”, Journal of Mathematical Sociology 1:
  143–186
Stearns & Logan (1986): L. B. Stearns and J. R. Logan, “Measuring trends in segregation: three dimensions,
  three measures”, Urban Affairs Quarterly 22: 124–150
Theil (1971): H. Theil, Principles of Econometrics
Theil (1972): H. Theil, Statistical Decomposition Analysis
Theil & Finizza (1971): H. Theil and A. J. Finizza, “A note on the measurement of racial integration of
  schools by means of informational concepts”, Journal of Mathematical Sociology 1: 187–193
UNESCO Institute for Statistics (2009): Education Indicators: Technical Guidelines
White (1983): M. J. White, “The measurement of spatial segregation”, American Journal of Sociology 88:
  1008–1018
Winship (1977): C. Winship, “A revaluation of indexes of residential segregation”, Social Forces 55: 1058–1066
"""
WORKS = dict(  # as a term cites it -> where it was published
    " ".join(work.split()).split(": ", 1) for work in re.split(r"\n(?! )", PUBLISHED.strip())
)


class Shown:
    """What prints as text and shows as a list of definitions in a notebook."""

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        begin = f'<section class="segkit-glossary" lang="{language()}">'
        return f"{begin}<style>{STYLE}</style>{self.body()}</section>"


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
        source = f"{linked(self.source)} · " if self.source else ""
        return (
            f'<div id="{self.anchor}"><dt>{escape(self.name)}{symbol}</dt>'
            f"<dd>{escape(self.means)} <small>{source}{met}</small></dd></div>"
        )

    def body(self) -> str:
        return f"<dl>{self.entry()}</dl>{published([self])}"


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
        works = f"<h3>{escape(say('glossary.works'))}</h3>{published(self.terms)}"
        return f'<nav aria-label="{escape(say("glossary.all"))}">{links}</nav>{inside}{works}'


def cited(source: str) -> list[str]:
    """The works a source names.

    >>> cited("Massey & Denton (1988); Atkinson (1970)")
    ['Atkinson (1970)', 'Massey & Denton (1988)']
    """
    return [work for work in WORKS if work in source]


def linked(source: str) -> str:
    """A source in which each work leads to where it was published."""
    texts = re.split(f"({'|'.join(map(re.escape, WORKS))})", source)  # a work stands at every odd place
    links = [f'<a href="#{place(text)}">{escape(text)}</a>' for text in texts]
    return "".join(links[k] if k % 2 else escape(text) for k, text in enumerate(texts))


def published(terms) -> str:
    """The works that terms go back to, as a list."""
    works = sorted({work for term in terms for work in cited(term.source)}, key=str.casefold)
    items = [f'<li id="{place(work)}"><b>{escape(work)}</b> {escape(WORKS[work])}.</li>' for work in works]
    return f'<ul lang="en">{"".join(items)}</ul>' if works else ""


def place(work: str) -> str:
    return "work-" + "-".join(re.findall(r"\w+", work.casefold()))


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
.segkit-glossary {
  --ink: #1b1b1b; --soft: #56564f; --paper: #fff; --tint: #f4f3ee; --line: #cfcdc4; --blue: #0072b2;
  --here: #fff1e0;
  max-width: 60rem; line-height: 1.5; font-size: 1rem; color: var(--ink); background: var(--paper);
}
[data-jp-theme-light="false"] .segkit-glossary {
  --ink: #e9e8e3; --soft: #b4b2a9; --paper: #1b1d20; --tint: #26292e; --line: #46484d; --blue: #6fc0f0;
  --here: #40301c;
}
.segkit-glossary nav {
  display: flex; flex-wrap: wrap; gap: 0 0.9rem; padding: 0.7rem 1rem; background: var(--tint);
}
.segkit-glossary nav a { padding: 0.15rem 0; }
.segkit-glossary h3 { margin: 1.5rem 0 0.2rem; }
.segkit-glossary dl, .segkit-glossary ul { margin: 0; padding: 0; list-style: none; }
.segkit-glossary dl > div, .segkit-glossary li {
  padding: 0.5rem 0.4rem; border-top: 1px solid var(--line); scroll-margin-top: 4rem;
}
.segkit-glossary dl > div { display: grid; grid-template-columns: 14rem 1fr; gap: 0 1.2rem; }
.segkit-glossary li { margin: 0; }
.segkit-glossary :target { background: var(--here); }
.segkit-glossary dl > div > :is(dt, dd) { float: none; width: auto; margin: 0; padding: 0; }
.segkit-glossary dl > div > dt { font-weight: 650; overflow-wrap: anywhere; }
.segkit-glossary .symbol { font-weight: 400; font-style: italic; color: var(--soft); white-space: nowrap; }
.segkit-glossary small { font-size: 0.9em; color: var(--soft); }
.segkit-glossary small a[href*="ipynb"] { margin-right: 0.3em; white-space: nowrap; }
.segkit-glossary dd a:link, .segkit-glossary nav a:link, .segkit-glossary a:visited { color: var(--blue); }
.segkit-glossary dd a:link { text-decoration: underline; text-underline-offset: 0.15em; }
.segkit-glossary a:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; border-radius: 2px; }
@media (max-width: 700px) { .segkit-glossary dl > div { display: block; } }
"""
