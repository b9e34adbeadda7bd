"""Columns about single children are refused: only counts belong here. Their values are never repeated."""

from __future__ import annotations

import re

from segkit.checks.cells import DATE, date_like
from segkit.roles import tokens
from segkit.sheets import letter
from segkit.tables import PERSONAL
from segkit.words import language, pattern, say

# Where the words of a column's name hold one of these, it is about single children, in any table.
ALSO_PERSONAL = (
    {"pupil", "id"}, {"student", "id"}, {"child", "id"}, {"pupil", "name"}, {"children", "name"},
    {"pupil", "surname"}, {"national", "id"}, {"identity", "card"}, {"nie"}, {"dni"}, {"nif"}, {"bsn"},
    {"upn"},
    {"personnummer"}, {"personnr"}, {"fodselsnr"}, {"cpr"}, {"nir"}, {"steuernummer"}, {"tax", "code"},
    {"nome", "alunno"}, {"nome", "alunna"}, {"nome", "studente"}, {"nombre", "alumno"}, {"nombre", "alumna"},
    {"nom", "alumne"}, {"nom", "alumna"}, {"nom", "eleve"}, {"nom", "famille"}, {"naam", "leerling"},
    {"achternaam"}, {"voornaam"}, {"geboortedatum"}, {"fornavn"}, {"efternamn"}, {"fornamn"}, {"efternavn"},
    {"elevnavn"}, {"name", "schuler"}, {"name", "kind"}, {"familienname"}, {"nazwisko"}, {"imie"},
    {"data", "urodzenia"}, {"pesel"}, {"apelido"}, {"data", "nascimento"}, {"date", "birth"}, {"nato", "il"},
    {"home", "address"}, {"pupil", "address"}, {"indirizzo", "residenza"}, {"domicilio"}, {"wohnadresse"},
    {"parent", "name"}, {"mother", "name"}, {"father", "name"}, {"guardian", "name"}, {"parents", "email"},
)  # fmt: skip
# A school has an address and a telephone; a row of counts has none.
OF_A_PERSON = frozenset(
    "address adresse adressen indirizzo direccion adreca adreces endereco street via calle carrer rue "
    "strasse straat gate phone telephone telefono telefon telefoon mobile email mail correo".split()
)
IDS = {
    "fiscal": re.compile(r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", re.I),  # Italy: codice fiscale
    "spain": re.compile(r"[XYZ]\d{7}[A-Z]|\d{8}[A-HJ-NP-TV-Z]", re.I),  # NIE and DNI
    "norway": re.compile(r"(0[1-9]|[12]\d|3[01]|[4-7]\d)([04][1-9]|[15][0-2]|[89]\d)\d{2}[ ]?\d{5}"),
    "sweden": re.compile(r"(19|20)?\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])[-+]\d{4}"),
    "denmark": re.compile(r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}-\d{4}"),
    "upn": re.compile(r"[A-HJ-NP-RT-Z]\d{11}[0-9A-Z]", re.I),  # England: unique pupil number
    "us": re.compile(r"\d{3}-\d{2}-\d{4}"),
    "switzerland": re.compile(r"756[.]?\d{4}[.]?\d{4}[.]?\d{2}"),  # AHV, AVS
    "belgium": re.compile(
        r"\d{2}[.](0\d|1[0-2])[.][0-3]\d-\d{3}[.]\d{2}"
    ),  # Rijksregister, Registre national
}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.I)
PERSON = re.compile(r"[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+)?, ?[^\W\d_][\w'’.-]+(?: [^\W\d_][\w'’.-]*)?")
QUOTED = re.compile(  # what stands between a language's signs; an apostrophe within a word is none
    r"«[^«»]*»|“[^“”]*”|„[^„“”]*[“”]|‘[^‘’]*’|「[^「」]*」|\"[^\"]*\"|(?<!\w)'.*?'(?!\w)|\([^()]*\)|（[^（）]*）"
)
FEW = 3  # one cell that looks like an id may be chance, three in most of a column are not
MANY = 12  # so many different days, or "Surname, Forename", are children and no groups
PLACES = ("schools", "zones")  # a row of these is a place: it may have an address and a telephone


def personal_name(name: str, table: str) -> bool:
    """Does the name of a column say that it is about single children?

    >>> personal_name("Cognome", "enrolment"), personal_name("school", "enrolment")
    (True, False)
    >>> personal_name("address", "schools"), personal_name("address", "flows")
    (False, True)
    """
    words = tokens(name)
    if any(about <= words for about in (*PERSONAL, *ALSO_PERSONAL)):
        return True
    return table not in PLACES and bool(words & OF_A_PERSON)


def personal_values(values, table: str, name: str) -> bool:
    """Do the different values of a column look like ids, days of birth, e-mails or names of people?

    >>> ids = ["RSSMRA15A41F205Z", "VRDLGU14B03H501X", "BNCNNA15C55L219W"]
    >>> personal_values(ids, "schools", "school"), personal_values(["S01", "S02", "S03"], "schools", "school")
    (True, False)
    """
    filled = [text for value in values if (text := value.strip())]
    some = filled[:: max(1, len(filled) // 400)]

    def most(shape, least: int) -> bool:
        hits = sum(bool(shape(text)) for text in some)
        return hits >= least and 2 * hits > len(some)

    longest = max(map(len, some), default=0)
    if longest >= 9 and any(most(shape.fullmatch, FEW) for shape in IDS.values()):
        return True
    if table in PLACES:
        return False
    return most(EMAIL.fullmatch, FEW) or most(date_like, MANY) or most(PERSON.fullmatch, MANY)


def personal(page) -> list[str]:
    """The columns of a table that must not be here."""
    counted = ("n", "out_of", "year", "n_status", "lat", "lon", "capacity", "geometry")
    found = []
    for name in page.header:
        by_name = name not in page.declared and personal_name(name, page.table)
        if by_name or name not in counted and personal_values(page.values(name), page.table, name):
            found.append(name)
    return found


def hushed(message: str) -> str:
    """A sentence of another room, without the cells of a child it may repeat.

    >>> hushed("a.csv, line 3: only 'Rossi, Maria' came"), hushed("a.csv, line 3: only 'note' came")
    ("a.csv, line 3: only '…' came", "a.csv, line 3: only 'note' came")
    >>> hushed("l'ultima riga dell'elenco: solo «Rossi, Maria» c'era")
    "l'ultima riga dell'elenco: solo «…» c'era"
    """

    def hush(found: re.Match) -> str:
        text, inside = found[0], found[0][1:-1]
        about = any(shape.search(text) for shape in (*IDS.values(), EMAIL)) or DATE.search(text)
        inside = "…" if about or PERSON.fullmatch(inside) else QUOTED.sub(hush, inside)
        return f"{text[0]}{inside}{text[-1]}"

    # the first line of a list, whatever it is
    if nameless := pattern("table.no_names", language()).fullmatch(message):
        return say("table.no_names", where=nameless["where"], came="…")
    return QUOTED.sub(hush, message)


def title(name: str, header) -> str:
    """The name of a column as it may be repeated: where the first line holds a child, its letter.

    >>> title("school", ["school", "n"]), title("Rossi, Maria", ["2015", "Rossi, Maria"])
    ('school', 'column B')
    """
    shapes = (*IDS.values(), EMAIL, PERSON)
    if any(shape.fullmatch(name.strip()) for shape in shapes) or date_like(name):
        return say("table.column", letter=letter(list(header).index(name)))
    return name
