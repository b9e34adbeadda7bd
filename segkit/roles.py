"""Which column is what: named by its owner, or found where there is only one way to read the sheet.

A column is found by its name (usual words in a few languages) and by what is in it (whole numbers, text that
tells every row apart, text that repeats). Where two readings are possible nothing is chosen: the error lists
them.
"""

import re
import shlex
import unicodedata
from collections import Counter
from dataclasses import dataclass

from segkit.sheets import Sheet, TableError, advice, shown
from segkit.words import in_every_language, in_quotes, listed, say

BIGGEST = 2**53  # beyond this a number is no longer exact in half of the programs that made it
# Usual words for the columns of a table, in the languages people have asked for so far, without accents.
USUAL = {
    role: frozenset(text.split())
    for role, text in {
        "unit": "school schools unit units scuola scuole plesso istituto escuela escuelas centro "
        "escola escoles centre skole skoler ecole ecoles etablissement schule schulen "
        "establishment",
        "code": "id ids code codes cod codice codigo codi kode key urn uai geoid number num nr",
        "id": "id ids code cod codice codigo kodi kode urn uai geoid",
        "compound": "schoolid unitid schoolcode unitcode schoolnumber idschool skoleid ecoleid",
        "name": "name names nome nombre nom navn denominazione denominacion label",
        "place": "zone zones area areas district districts neighbourhood neighborhood tract block "
        "municipality zona barrio quartiere bydel quartier bezirk",
        "group": "group groups gruppo grupo grup gruppe groupe category categoria kategori kategorie "
        "ethnicity race subgroup",
        "count": "n count counts number pupils students freq frequency value anzahl antall numero "
        "alunni alumnos alumnes elever eleves schueler enrolment enrollment",
        "total": "total totals all roll rolls enrolment enrollment enrolled pop population headcount "
        "pupils students nor n sum totale iscritti alunni totali alumnos alumnes totalt "
        "elever effectif eleves gesamt schueler",
        "filler": "of on in the number n no school schools pupil pupils student students roll di de dei "
        "degli",
        "time": "year years anno ano any annee jahr schoolyear date month",
        "level": "level levels grade stage phase livello nivel nivell niveau stufe trinn ordine",
        "grouping": "grouping groupings criterion criterio",
        "aside": "lat lon lng latitude longitude latitud longitud latitudine longitudine easting "
        "northing percent percentage pct perc share rate ratio rank quintile decile capacity "
        "places radius distance postcode zip cap phone telephone teachers staff classes rooms "
        "index sector status founded opened built established",
        # also not pupils, but only where other columns can be: "age 6" and "age 7" may be groups
        "unlikely": "classroom classrooms budget budgets cost costs expenditure spending grant fee fees "
        "salary absence absences absent age ages computers books seats minutes hours score scores buses aule "
        "bilancio assenze eta aulas presupuesto ausencias edad klassenraume alter",
        "numbering": "no number row order line nr num sno sr serial",
        "percent": "percent percentage percentages pct perc share shares quota quote prozent anteil "
        "porcentaje percentuale percentuali pourcentage percentatge prosent procent",
        "side": "origin origins nationality nationalities background religion language languages sex gender "
        "citizenship origine origen herkunft cittadinanza",
        "whole": "total totals sum all overall totale totali suma totalt summe gesamt ensemble",
    }.items()
}
MISSING = frozenset("nan na n/a #n/a null none nil missing unknown - – — . ?".split())
BROKEN = frozenset("#value! #ref! #div/0! #name? #num! #null! #bezug! #wert! #rif! #¡ref!".split())
PART_OF = (  # a column that begins so is a part of one beside it
    "of which", "of whom", "di cui", "davon", "darunter", "dont ", "de los cuales", "de las cuales",
    "dels quals", "waarvan", "hvorav",
)  # fmt: skip
HIDDEN = frozenset("c x z k low u s * ** *** .. ... … supp suppressed hidden confidential : ~".split())


@dataclass(frozen=True)
class Roles:
    """Which column is what, by position; `took` says it in words."""

    unit: int | None
    group: int | None
    counts: tuple
    total: int | None = None
    whole: int | None = None  # a column that only repeats the sum of the groups, if its name says so
    by: int | None = None
    free: bool = False  # the groups were found, not told: one of them may be the sum of the others
    took: tuple = ()


def position(sheet: Sheet, wanted, option: str) -> int | None:
    """The position of a column somebody named."""
    if wanted is None:
        return None
    text = str(wanted)
    if text in sheet.header:
        return sheet.header.index(text)
    if isinstance(wanted, int) and 0 <= wanted < len(sheet.header):  # arrays have no names
        return wanted
    raise TableError(unknown(text, sheet.header, sheet.name, f"--{option}"))


class Finder:
    """Finds the columns nobody named, where there is only one way to read them."""

    def __init__(self, sheet, unit, group, count, total, focal, by):
        self.sheet, self.focal = sheet, focal
        self.took = list(sheet.notes)
        self.by = position(sheet, by, "by")
        self.unit = position(sheet, unit, "unit")
        self.group = position(sheet, group, "group")
        self.total = position(sheet, total, "total")
        several = count if isinstance(count, (list, tuple, set)) else [count]
        counts = tuple(dict.fromkeys(position(sheet, c, "count") for c in several if c is not None))
        self.counts = counts or None
        told = [j for j in (self.unit, self.group, self.total, *(counts or ())) if j is not None]
        if len(set(told)) < len(told):
            twice = sheet.header[Counter(told).most_common(1)[0][0]]
            raise self.fault("table.two_roles", column=shown(twice))
        if self.group is not None and self.total is not None:
            raise self.fault("table.group_and_total")
        for j in (self.total, *(counts or ())):
            if j is not None and percent_name(sheet.header[j]):
                raise self.fault("table.percent_column", column=shown(sheet.header[j]))

    def fault(self, key, **values):
        return TableError(advice(key, file=shown(self.sheet.name), **values))

    def used(self) -> set:
        told = (self.by, self.unit, self.group, self.total, *(self.counts or ()))
        return {j for j in told if j is not None}

    def names(self, columns) -> str:
        return listed(in_quotes(shown(self.sheet.header[j])) for j in columns)

    def roles(self) -> Roles:
        """All roles, or an error that lists the candidates."""
        side_on = False
        if self.unit is None:
            self.unit = self.find_unit()
            words = tokens(self.sheet.header[self.unit]) if self.unit is not None else ()
            side_on = self.sheet.named and words and words <= USUAL["group"] | USUAL["side"] | USUAL["name"]
            side_on = side_on and bool(words & (USUAL["group"] | USUAL["side"]))
        free = [j for j in range(len(self.sheet.header)) if j not in self.used()]
        self.whole = [j for j in free if counted(self.sheet.columns[j])] if self.sheet.named else free
        self.said_aside = {}
        if self.sheet.named:
            self.said_aside = {j: kind for j in self.whole if (kind := self.no_pupils(j))}
            shares = {j: "percent" for j in free if percent_name(self.sheet.header[j])}
            self.said_aside |= {j: kind for j, kind in shares.items() if numeric(self.sheet.columns[j])}
            self.whole = [j for j in self.whole if j not in self.said_aside]
        self.likely = self.without_asides()
        if self.group is None and self.total is None and (self.counts is None or len(self.counts) == 1):
            self.group = self.find_group() if self.sheet.named else None
        if self.unit is not None:
            self.took.append(say("table.took.unit", column=shown(self.sheet.header[self.unit])))
        else:
            self.took.append(say(f"table.took.no_unit.{self.sheet.place}"))
        if self.group is None:
            if side_on:
                column = self.sheet.header[self.unit]
                raise self.fault("table.on_its_side", column=shown(column), option=f"--unit {quoted(column)}")
            return self.wide()
        self.likely = [j for j in self.likely if j != self.group]
        return self.long()

    # ------------------------------------------------ units

    def find_unit(self):
        """The column that names the units: by its name, or because no other could."""
        sheet = self.sheet
        if not sheet.named:
            return 0 if sheet.header[0] in in_every_language("table.unit") and 0 not in self.used() else None
        free = [j for j in range(len(sheet.header)) if j not in self.used()]
        words = {j: tokens(sheet.header[j]) for j in free}
        school, code, name, place = (USUAL[role] for role in ("unit", "code", "name", "place"))
        ranks = (
            lambda w: w & school and w & code and w <= school | code or w <= USUAL["compound"],
            lambda w: w <= school,
            lambda w: w <= USUAL["id"] and len(w) == 1,
            lambda w: w & name and w <= school | name,
            lambda w: w & school and w & (code | name),
        )
        for rank in ranks:
            found = [j for j in free if words[j] and rank(words[j])]
            if len(found) == 1:
                return found[0]
            if found:
                raise self.ambiguous("unit", found)
        texts = [j for j in free if not numeric(sheet.columns[j])]
        if len(texts) == 1:
            return texts[0]
        places = [j for j in free if words[j] & place and words[j] <= place | code | name]
        alone = [j for j in texts if self.tells_apart(j)]
        if len(places) == 1 and (not alone or alone == places):
            return places[0]
        if len(alone) == 1:
            return alone[0]
        if texts:
            raise self.ambiguous("unit", alone or texts)
        first = next((j for j in free if j == 0), None)
        if first is not None and (0 in sheet.blanked and self.tells_apart(0) or id_like(sheet.columns[0])):
            return 0
        return None

    def tells_apart(self, *columns) -> bool:
        """Is every row different in these columns (and in `by`)?"""
        columns = [self.sheet.columns[j] for j in (*columns, self.by) if j is not None]
        return len(set(zip(*columns, strict=True))) == len(self.sheet)

    # ------------------------------------------------ groups

    def find_group(self):
        """The column that names the groups of a long table; None where the table is wide."""
        if self.unit is None:
            return None
        sheet = self.sheet
        free = [j for j in range(len(sheet.header)) if j not in self.used()]
        repeated = not self.tells_apart(self.unit)
        single = len(self.counts or self.likely) == 1
        words = {j: tokens(sheet.header[j]) for j in free}
        group, name = USUAL["group"], USUAL["name"]
        named = [j for j in free if words[j] and words[j] <= group]
        named = named or [j for j in free if words[j] & group and words[j] <= group | name]
        if len(named) == 1 and (repeated or single):
            return named[0]
        if len(named) > 1 and repeated and single:
            raise self.ambiguous("group", named)
        if not (repeated and single):
            return None
        other = USUAL["time"] | USUAL["level"] | USUAL["grouping"]
        apart = [
            j
            for j in free
            if not numeric(sheet.columns[j]) and not words[j] & other and self.tells_apart(self.unit, j)
        ]
        if len(apart) > 1:
            raise self.ambiguous("group", apart)
        return apart[0] if apart else None

    def long(self) -> Roles:
        """unit, group, n."""
        if self.counts is None:
            self.refuse_unreadable(self.likely)
            named = [j for j in self.likely if tokens(self.sheet.header[j]) <= USUAL["count"]]
            found = self.likely if len(self.likely) == 1 else named
            if len(found) != 1:
                raise self.ambiguous("count", found or self.likely or self.whole)
            self.counts = (found[0],)
        if len(self.counts) > 1:
            raise self.fault("table.group_and_counts", columns=self.names(self.counts))
        column = shown(self.sheet.header[self.counts[0]])
        self.took.append(say("table.took.long", group=shown(self.sheet.header[self.group]), count=column))
        return self.done()

    def wide(self) -> Roles:
        """A column per group, or a total and a part."""
        header = self.sheet.header
        if not self.sheet.named and self.counts is None and self.total is None:
            if not self.whole:
                raise self.ambiguous("count", ())
            self.counts = tuple(self.whole)
            return self.groups_taken()
        if self.total is not None and self.counts is None:
            focal = [j for j in self.likely if self.focal is not None and header[j] == str(self.focal)]
            found = focal or self.likely
            if len(found) != 1:
                raise self.ambiguous("count", found or self.whole)
            self.counts = (found[0],)
        totals = [j for j in self.likely if totals_name(header[j])]
        if self.counts is None:
            return self.found_groups(totals)
        if len(self.counts) == 1 and self.total is None:
            if len(totals) != 1:
                raise self.ambiguous("total", totals or self.likely or self.whole)
            self.total = totals[0]
        return self.parts_taken() if self.total is not None else self.groups_taken()

    def found_groups(self, totals) -> Roles:
        """Nobody named a count: the columns of whole numbers, a total among them told apart by its name."""
        others = [j for j in self.likely if j not in totals]
        self.refuse_unreadable(others)
        if len(others) > 1:
            self.ask_overlaps(others)
        if len(totals) > 1:
            raise self.ambiguous("total", totals)
        flags = [j for j in others if flag_like(self.sheet.columns[j])]
        unsure = flags and flags != others  # 0 and 1: a very small group, or yes and no?
        if unsure or not others or len(others) + len(totals) < 2:
            raise self.ambiguous("count", self.likely or self.whole)
        if totals and len(others) == 1:
            self.total, self.counts = totals[0], (others[0],)
            return self.parts_taken()
        self.counts = tuple(others)
        return self.groups_taken(whole=totals[0] if totals else None, free=True)

    def groups_taken(self, **more) -> Roles:
        self.took.append(say("table.took.wide", columns=self.names(self.counts)))
        return self.done(**more)

    def parts_taken(self) -> Roles:
        total = shown(self.sheet.header[self.total])
        self.took.append(say("table.took.part", total=total, columns=self.names(self.counts)))
        return self.done(total=self.total)

    def done(self, **more) -> Roles:
        used = self.used() | {more.get("whole")}
        for kind in sorted(set(self.said_aside.values())):
            found = [j for j, said in self.said_aside.items() if said == kind and j not in used]
            if found:
                self.took.append(say(f"table.took.aside.{kind}", columns=self.names(found)))
        aside = [j for j in self.whole if j not in used]
        if aside and self.sheet.named:
            self.took.append(say("table.took.aside", columns=self.names(aside)))
        return Roles(self.unit, self.group, tuple(self.counts), by=self.by, took=tuple(self.took), **more)

    def without_asides(self) -> list:
        """Columns of whole numbers whose name does not say they are something else than pupils."""
        roles = ("aside", "time", "level", "code", "place", "grouping", "compound")
        no = frozenset().union(*(USUAL[role] for role in roles)) - USUAL["count"]
        likely = []
        for j in self.whole:
            words = tokens(self.sheet.header[j])
            if not words & no and "%" not in self.sheet.header[j] and not year_like(self.sheet.columns[j]):
                likely.append(j)
        likely = likely if self.sheet.named else self.whole
        unlikely = [j for j in likely if tokens(self.sheet.header[j]) & USUAL["unlikely"]]
        others = [j for j in likely if j not in unlikely and not totals_name(self.sheet.header[j])]
        single = self.unit is not None and not self.tells_apart(
            self.unit
        )  # one row of several about a school
        if unlikely and (others or single) and self.sheet.named:
            likely = [j for j in likely if j not in unlikely]
        xy = [j for j in likely if self.sheet.header[j].casefold() in ("x", "y")]
        return [j for j in likely if j not in xy] if len(xy) == 2 and len(likely) >= 4 else likely

    def ambiguous(self, option, candidates) -> TableError:
        """Which column? The candidates, and the very option to write."""
        candidates = list(candidates)
        file, header = shown(self.sheet.name), self.sheet.header
        if option in ("count", "total"):
            self.refuse_unreadable(candidates)
            if self.a_row_per_pupil(candidates):
                return self.fault("table.row_per_pupil")
        if not candidates:
            columns = self.names(range(len(header)))
            return TableError(
                [advice(f"table.none.{option}", file=file, columns=columns), *self.hints(option)]
            )
        several = option == "count" and self.total is None and self.group is None
        wanted = candidates[: 2 if several else 1]
        if option == "total" and self.counts and wanted:
            example = [f"--total {quoted(header[wanted[0]])}"]
        else:
            example = [f"--{option} {quoted(header[j])}" for j in wanted]
        words = {"file": file, "candidates": self.names(candidates), "example": " ".join(example)}
        return TableError([advice(f"table.which.{option}", **words), *self.hints(option)])

    # ------------------------------------------------ columns that are no pupils, or not only once

    def no_pupils(self, j: int) -> str | None:
        """Why a column of whole numbers cannot count pupils: it numbers the rows, or holds years."""
        name, cells = self.sheet.header[j], self.sheet.columns[j]
        words = tokens(name)
        numbering = name in ("#", "№") or words and (words <= USUAL["numbering"] or words == {"s", "no"})
        if percent_name(name):
            return "percent"
        if numbering and (id_like(cells) or running(cells, self.sheet.lines, again=True)):
            return "numbered"
        if words and words <= USUAL["count"] | USUAL["total"] | USUAL["filler"]:
            return None
        if len(cells) > 2 and running(cells, self.sheet.lines):
            return "numbered"
        dated = len(cells) > 2 and all(cell.isdecimal() and 1800 <= int(cell[:5]) <= 2100 for cell in cells)
        return "years" if dated and len(set(cells)) > 1 and not words & USUAL["time"] else None

    def hints(self, option: str) -> list[str]:
        """What was set aside, said where too little is left."""
        if option not in ("count", "total"):
            return []
        file = shown(self.sheet.name)
        kinds = {
            kind: [j for j, k in self.said_aside.items() if k == kind] for kind in self.said_aside.values()
        }
        return [
            advice(f"table.hint.{kind}", file=file, columns=self.names(found))
            for kind, found in sorted(kinds.items())
        ]

    def refuse_unreadable(self, others):
        """A column meant as counts, but written so that nothing in it can be read, is never left out in
        silence."""
        if not self.sheet.named:
            return
        faults = []
        for j in range(len(self.sheet.header)):
            if j in self.used() or j in others or j in self.said_aside or aside_name(self.sheet.header[j]):
                continue
            kinds = [verdict(cell)[0] for cell in sample_of(self.sheet.columns[j])]
            kind = Counter(kinds).most_common(1)[0][0] if kinds else ""
            kept = totals_name(self.sheet.header[j]) and len(others) > 1  # a sum that nobody needs
            if kind in ("thousands", "formula", "broken") and set(kinds) <= {kind, "count"} and not kept:
                came = next(c for c in self.sheet.columns[j] if c and verdict(c)[0] == kind)
                words = {"file": shown(self.sheet.name), "column": shown(self.sheet.header[j])}
                joined = re.sub(r"\D", "", came)
                faults.append(advice(f"table.column.{kind}", came=shown(came), joined=joined, **words))
        if faults:
            raise TableError(faults)

    def a_row_per_pupil(self, candidates) -> bool:
        """No counts, and a school in row after row: are these single pupils?"""
        if self.unit is None or self.counts is not None or self.total is not None:
            return False
        header = self.sheet.header
        unsure = [
            j
            for j in candidates
            if not tokens(header[j]) & USUAL["unlikely"]
            and not running(self.sheet.columns[j], self.sheet.lines)
        ]
        schools = len(set(self.sheet.columns[self.unit]))
        return not unsure and len(self.sheet) >= 2 * schools

    def ask_overlaps(self, columns):
        """Two years side by side, or a part beside its whole, would be added up: ask."""
        header = self.sheet.header
        parts = [j for j in columns if header[j].casefold().startswith(PART_OF)]
        if parts:
            rest = [j for j in columns if j not in parts]
            raise self.fault("table.of_which", columns=self.names(parts), option=options(header, rest))
        years, alike = {}, Counter()
        for j in columns:
            found = re.search(r"(?<!\d)(19|20)\d\d([/–-]\d{2,4})?(?!\d)", header[j])
            if found:
                years.setdefault(found[0], []).append(j)
                alike[header[j].replace(found[0], "", 1).casefold().strip(" _-./()")] += 1
        if len(years) > 1 and max(alike.values()) > 1:
            latest = years[max(years, key=in_order)]
            columns = listed(f"{year}: {self.names(found)}" for year, found in years.items())
            whole = [j for j in latest if totals_name(re.sub(r"\d+", "", header[j]))]
            option = options(header, [j for j in latest if j not in whole])
            option += "".join(f" --total {quoted(header[j])}" for j in whole)
            raise self.fault("table.years_beside", columns=columns, option=option)


def tokens(name: str) -> frozenset:
    """The words in the name of a column.

    >>> sorted(tokens("schoolId")), sorted(tokens("Número d'alumnes"))
    (['id', 'school'], ['alumnes', 'd', 'numero'])
    """
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return frozenset(re.findall(r"[^\W_]+", plain(name)))


def plain(text: str) -> str:
    """Small letters without accents."""
    text = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in text if not unicodedata.combining(c)).replace("ø", "o")


def options(header, columns) -> str:
    """What to write to take these columns."""
    return " ".join(f"--count {quoted(header[j])}" for j in columns)


def percent_name(name: str) -> bool:
    """Does the name of a column say that it is a percentage?

    >>> [percent_name(name) for name in ("% foreign", "minority_percent", "Per cent", "foreign")]
    [True, True, True, False]
    """
    words = tokens(name)
    return "%" in name or bool(words & USUAL["percent"]) or {"per", "cent"} <= words


def aside_name(name: str) -> bool:
    """Does the name of a column say that it is something else than pupils?"""
    roles = ("aside", "time", "level", "code", "place", "grouping", "compound", "unit", "name")
    no = frozenset().union(*(USUAL[role] for role in roles)) - USUAL["count"]
    return bool(tokens(name) & no) or percent_name(name)


def running(cells, lines, again=False) -> bool:
    """Do the cells number the rows, one more in each, with rows left out perhaps? `again`: or from the start
    again and again?

    >>> running(["1", "2", "3"], [2, 3, 4]), running(["1", "2", "4"], [2, 3, 4]), running(["1", "4"], [2, 5])
    (True, False, True)
    """
    if len(cells) < 2 or not all(cell.isdecimal() and len(cell) < 10 for cell in cells[:3]):
        return False
    if not all(cell.isdecimal() and len(cell) < 10 for cell in cells):
        return False
    numbers = list(map(int, cells))
    places = lines if all(isinstance(line, int) for line in lines) else range(len(lines))
    starts, k = 1, 0
    for i in range(1, len(numbers)):
        step = numbers[i] - numbers[i - 1]
        if step != 1 and (step < 1 or step != places[i] - places[i - 1]):
            if not again or numbers[i] != numbers[0]:
                return False
            starts, k = starts + 1, i
    return starts == 1 or len(numbers) >= 3 * starts and k < len(numbers) - 1


def totals_name(name: str) -> bool:
    """Does the name of a column say that it counts everyone?

    >>> [totals_name(name) for name in ("Number on roll", "total_pupils", "total native", "foreign")]
    [True, True, False, False]
    """
    words = tokens(name)
    return bool(words & USUAL["total"]) and words <= USUAL["total"] | USUAL["filler"]


def sample_of(cells) -> list:
    """A few hundred cells from all over a column."""
    return [cell for cell in cells[:: max(1, len(cells) // 400)] if cell]


def counted(cells) -> bool:
    """Are the cells meant as counts, one or the other fault included?"""
    some = sample_of(cells)
    kinds = [verdict(cell)[0] for cell in some]
    meant = sum(kind in ("count", "hidden", "negative", "thousands", "missing", "broken") for kind in kinds)
    whole = kinds.count("count") + sum(
        bool(re.fullmatch(r"-\d+|\d{1,3}([, ']\d{3})+", cell)) for cell in some
    )
    return 2 * meant >= len(some) > 0 and 5 * whole >= len(some)


def numeric(cells) -> bool:
    """Are the cells numbers of any kind?"""
    some = sample_of(cells)
    number = re.compile(r"[-+−(<]?[.,]?\d(?!.*[^\W\d_]{2})")
    return 2 * sum(bool(number.match(cell)) for cell in some) > len(some)


def id_like(cells) -> bool:
    """Whole numbers that name rather than count: 1, 2, 3 ... or all different and of one length."""
    if not all(cell.isdecimal() for cell in cells) or len(set(cells)) < len(cells) or len(cells) < 2:
        return False
    if any(len(cell) > 1 and cell.startswith("0") for cell in cells):
        return True
    if max(map(len, cells)) > 15:
        return False
    numbers = sorted(map(int, cells))
    steps = numbers[-1] - numbers[0] == len(cells) - 1 and numbers[0] in (0, 1)
    return len(cells) > 2 and (steps or len(cells) > 4 and min(map(len, cells)) == max(map(len, cells)) >= 4)


def flag_like(cells) -> bool:
    """Only 0 and 1, in more than a few rows."""
    return len(cells) > 4 and set(cells) == {"0", "1"}


def year_like(cells) -> bool:
    """The same few years again and again."""
    values = set(cells)
    if len(cells) < 3 or len(values) > len(cells) / 2:
        return False
    return all(re.fullmatch("(19|20)[0-9]{2}", value) for value in values)


# ---------------------------------------------------------------- cells


def verdict(text: str) -> tuple:
    """What a cell says: ("count", 12), or the kind of fault.

    >>> [verdict(t)[0] for t in ("12", "12,0", "12.5", "1,234", "-3", "<5", "", "two hundred")]
    ['count', 'count', 'fraction', 'thousands', 'negative', 'hidden', 'blank', 'words']
    """
    if text.isdecimal():
        number = int(text) if len(text) <= 16 else BIGGEST + 1
        return ("count", number) if number <= BIGGEST else ("huge", None)
    if not text:
        return "blank", None
    low = text.casefold()
    if low in HIDDEN or re.fullmatch(r"([<≤]|&lt;)\s*=?\s*\d+|\d+\s*\*", low):
        return "hidden", None
    if low in MISSING:
        return "missing", None
    if low in BROKEN:
        return "broken", None
    if re.fullmatch(r"[-−–]\s*\d[\d.,  ']*|\(\d[\d.,]*\)", text):
        return "negative", None
    if re.fullmatch(r"[1-9]\d{0,2}([.,  '’]\d{3})+([.,]\d+)?", text, re.ASCII):
        return "thousands", None
    if re.fullmatch(r"\d+[.,]0+", text, re.ASCII):
        return verdict(re.split("[.,]", text)[0])
    if re.fullmatch(r"\d*[.,]\d+", text, re.ASCII):
        return "fraction", None
    if re.fullmatch(r"[\d.,]+\s*%", text, re.ASCII):
        return "percent", None
    if text.startswith("="):
        return "formula", None
    if re.fullmatch(r"\d{1,4}\s*[-–/.]\s*(\d{1,2}|[A-Za-z]{3,9})(\s*[-–/.]\s*\d{1,4})?([ T][\d:]+)?", text):
        return "date", None
    if re.fullmatch(r"\d+([.,]\d+)?e\+?\d+|\+?inf(inity)?", low, re.ASCII):
        return "scientific", None
    return "words", None


def as_number(text: str) -> float | None:
    try:
        return float(text.replace(",", ".")) if re.fullmatch(r"[-+]?\d+([.,]\d+)?", text, re.ASCII) else None
    except (ValueError, OverflowError):
        return None


def in_order(value: str):
    """Numbers by size, then words by letter: "9" comes before "10".

    >>> sorted(["10", "b", "9", "a"], key=in_order)
    ['9', '10', 'a', 'b']
    """
    number = as_number(value)
    return (1, 0.0, value) if number is None else (0, number, value)


def unknown(name, there, file, option="") -> str:
    """No such column: what there is, and what was probably meant."""
    columns = listed(in_quotes(shown(c)) for c in there) or say("table.no_columns")
    words = {"file": shown(file), "name": shown(name), "columns": columns}
    option = f" ({option})" if option else ""
    return say("table.unknown_column", option=option, **words) + did_you_mean(str(name), there)


def did_you_mean(text: str, there) -> str:
    """The nearest name, if one is near."""
    from difflib import get_close_matches

    plain = {name.casefold(): name for name in list(there)[:5000]}
    near = get_close_matches(text.casefold(), list(plain), n=1)
    return " " + say("table.did_you_mean", name=shown(plain[near[0]])) if near else ""


def quoted(text: str) -> str:
    """Text as one writes it on a command line."""
    return shlex.quote(shown(text))
