"""A territory's files become tables of text, and tables become files: a folder, a zip, one workbook.

Nothing is judged here but what stops a file from being read (`segkit.checks` judges the rest), and nothing
is repaired: cells come as they were typed, with the blanks around them.
"""

from segkit.packages.forms import template
from segkit.packages.package import Fault, Package, PackageError, Raw
from segkit.packages.reading import open_package
from segkit.packages.writing import declared_markdown, texts, write_package

__all__ = [
    "Fault",
    "Package",
    "PackageError",
    "Raw",
    "declared_markdown",
    "open_package",
    "template",
    "texts",
    "write_package",
]
