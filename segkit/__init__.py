"""Understanding school segregation: indices, chance, decompositions, tables, and widgets that show them live.

>>> import segkit as sk
>>> round(sk.dissimilarity([[100, 0], [60, 40], [40, 60], [0, 100]]), 12)
0.6

Importing segkit loads numpy and little else: each name fetches its room when it is first used.
"""

from importlib import import_module as _fetch

__version__ = "0.1.0"

_ROOMS = {
    "segkit.indices": """
        INDICES SPATIAL CannotBeAssessed
        dissimilarity gorard gini hutchens atkinson isolation interaction correlation_ratio
        mutual_information information multigroup_dissimilarity multigroup_gini
        normalized_exposure relative_diversity squared_variation
        location_quotient local_segregation entropy simpson contribution""",
    "segkit.estimate": "expected chance corrections bootstrap compare",
    "segkit.decompose": "between_within change segregation_curve",
    "segkit.schelling": "Board Wish",
    "segkit.tables": "Table TableError read",
    "segkit.territory": "Territory",
    "segkit.samples": "sample",
    "segkit.checks": "check open_territory",
    "segkit.privacy": "protect Protected",
    "segkit.scenarios": "Scenario rebuild",
    "segkit.assessing": "assess",
    "segkit.reporting": "report",
    "segkit.measuring": "measure",
    "segkit.words": "speak say",
    "segkit.terms": "glossary",
    "segkit.sweeps": "simulate sweep",
    "segkit.widgets.calculator": "Calculator",
    "segkit.widgets.intake": "Intake",
    "segkit.widgets.studio": "Studio",
    "segkit.widgets.parable": "Parable",
    "segkit.widgets.tipping": "Tipping",
    "segkit.widgets.film": "Film",
    "segkit.widgets.quiz": "Quiz Guess",
    "segkit.widgets.ask": "ask",
    "segkit.widgets.progress": "Progress",
    "segkit.widgets.alive": "Alive",
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names.split()}
__all__ = ["__version__", *_HOME]


def __getattr__(name: str):
    if name not in _HOME:
        raise AttributeError(f"module 'segkit' has no attribute {name!r}")
    value = getattr(_fetch(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted([*globals(), *_HOME])
