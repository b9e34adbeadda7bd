"""A territory's files become tables of text, and tables become files: a folder, a zip, one workbook.

Nothing is judged here but what stops a file from being read (`segkit.checks` judges the rest), and nothing
is repaired: cells come as they were typed, with the blanks around them.
"""

from segkit.packages.package import Fault, Package, PackageError, Raw  # noqa: F401
from segkit.packages.reading import open_package  # noqa: F401
