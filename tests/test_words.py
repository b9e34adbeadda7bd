"""Every sentence in every language: found, filled in, known again, and never in the way."""

import ast
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from babel.messages.pofile import read_po, write_po
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

import segkit as sk
from segkit import plots, words
from segkit.checks import check
from segkit.checks.personal import hushed
from segkit.packages import template
from segkit.territory import SECTORS
from segkit.words import WORDS, blanks, in_quotes, languages, listed, number, pattern, say, speak, speaking

ROOT = Path(__file__).parent.parent
TOOL = ROOT / "tools/words.py"


def tool():
    """What translates the notebooks: a script, and so no part of the package."""
    spec = importlib.util.spec_from_file_location("words_tool", TOOL)
    module = sys.modules["words_tool"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TRANSLATING = tool()
TRANSLATED = [lang for lang in languages() if lang != "en"]
FILES = sorted((ROOT / "segkit/words").glob("*.po")) + sorted((ROOT / "notebooks").rglob("*.po"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def language_of(path: Path) -> str:
    return path.stem if path.stem in languages() else path.parent.name


def entries(path: Path) -> list:
    return TRANSLATING.entries_of(path.read_text("utf-8"), language_of(path))


# --- how complete


def test_how_complete_each_language_is_is_said_and_the_files_are_as_the_tool_writes_them(
    record_property,
):
    """`make words` mends it."""
    told = subprocess.run([sys.executable, TOOL, "--check"], capture_output=True, text=True, cwd=ROOT)
    record_property("languages", told.stdout)
    assert told.returncode == 0, told.stdout + told.stderr
    for path in FILES:
        name = re.escape(str(path.relative_to(ROOT)))
        assert re.search(rf"^{name} +\d+ of +\d+ \( *\d+%\), \d+ to be read", told.stdout, re.M)


def test_everything_is_said_in_italian():
    missing = [entry.context for entry in entries(ROOT / "segkit/words/it.po") if not entry.string]
    assert not missing


# --- a translation says what the English says

TAG = re.compile(r"</?[a-z]\w*[^<>]*>")
CODE = re.compile(r"`[^`]+`|\bsk\.\w+|(?<![\w-])--[a-z-]+|\$[^$]+\$")
LINK = re.compile(r"\]\(([^)#]*)")
NO_BLANKS = {"template.example.territory"}  # JSON


def named(sentence: str) -> set[str]:
    """The names of a sentence's blanks, and what Python's own reader of command lines fills in."""
    return {name for name, _ in blanks(sentence)} | set(re.findall(r"%(?:\(\w+\))?[a-z]", sentence))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_translation_keeps_blanks_tags_code_and_links(path):
    for entry in entries(path):
        if not entry.string:
            continue
        where = f"{path.name}: {entry.context or entry.id[:60]}"
        if entry.context and entry.context not in NO_BLANKS:
            assert named(entry.id) == named(entry.string), where
            assert words.sound(entry.id, entry.string), where
        assert sorted(TAG.findall(entry.id)) == sorted(TAG.findall(entry.string)), where
        assert set(CODE.findall(entry.id)) == set(CODE.findall(entry.string)), where
        assert sorted(LINK.findall(entry.id)) == sorted(LINK.findall(entry.string)), where


@pytest.mark.parametrize("lang", TRANSLATED)
def test_the_example_of_the_template_has_the_same_columns_in_every_language(lang):
    english, theirs = (json.loads(say("template.example.territory", one)) for one in ("en", lang))
    assert english.keys() == theirs.keys()


# --- what falls back


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder of languages of one's own: write(lang, [(key, English, translation)])."""

    def write(lang, said):
        lines = [f'msgid ""\nmsgstr ""\n"Language: {lang}\\n"\n']
        lines += [
            f"msgctxt {q(key)}\nmsgid {q(english)}\nmsgstr {q(theirs)}\n" for key, english, theirs in said
        ]
        (tmp_path / f"{lang}.po").write_text("\n".join(lines), "utf-8")
        forget()

    def q(text):
        return json.dumps(text, ensure_ascii=False)

    def forget():
        for function in (words._words, words.translated, words._signs, words.pattern):
            function.cache_clear()

    monkeypatch.setattr(words, "_HERE", tmp_path)
    forget()
    yield write
    monkeypatch.undo()
    forget()


def test_what_is_not_translated_is_said_in_english(own):
    own(
        "es",
        [
            ("index.isolation", WORDS["index.isolation"], "Aislamiento"),
            ("index.gini", WORDS["index.gini"], ""),
        ],
    )
    with speaking("es"):
        assert say("index.isolation") == "Aislamiento"
        assert say("index.gini") == WORDS["index.gini"]
        assert say("index.gorard") == WORDS["index.gorard"]


def test_a_sentence_whose_english_has_changed_is_said_in_english(own):
    own("es", [("index.isolation", "Isolation, as it was called", "Aislamiento")])
    with speaking("es"):
        assert say("index.isolation") == WORDS["index.isolation"]


@pytest.mark.parametrize(
    "broken",
    [
        "{primero} a {last}",
        "{first a {last}",
        "{} a {last}",
        "{0} a {last}",
        "{first.x} a {last}",
        "{first:.2q} a {last}",
    ],
)
def test_a_broken_translation_breaks_no_page(own, broken):
    key = "more"
    own("es", [(key, WORDS[key], broken.replace("first", "shown").replace("last", "n"))])
    with speaking("es"):
        assert say(key, shown="a", n=3) == say(key, "en", shown="a", n=3)


def test_a_translation_may_write_a_number_simply(own):
    own("es", [("sweep.cli.progress", WORDS["sweep.cli.progress"], "{share}")])
    assert "{share:" in WORDS["sweep.cli.progress"]
    assert say("sweep.cli.progress", "es", share=0.5, done=1, all=2) == "0,5"


def test_a_language_there_is_not_is_refused_in_words():
    with speaking("it"), pytest.raises(ValueError) as refused:
        speak("tlh")
    assert "tlh" in str(refused.value) and "en, it" in str(refused.value)
    assert str(refused.value) == say("language.unknown", "it", came="tlh", known=listed(languages(), "it"))
    assert words.language() == "en"


def test_speaking_ends_also_where_something_went_wrong():
    with pytest.raises(KeyError), speaking("it"):
        say("no.such.sentence")
    assert words.language() == "en"


# --- keys: those the code names are there, and none is there for nothing

NEVER = re.compile("(?!)")
PIECE = re.compile(r"[^\W_]+")


@cache
def said_in_code() -> list:
    return list(_said_in_code())


def _said_in_code():
    """(the parts of every text in the code, None for what is filled in; is it what `say` is asked for?)"""
    code = [*(ROOT / "segkit").rglob("*.py"), TOOL, *(ROOT / "jupyter").rglob("*.py")]
    for path in sorted(code):
        if path.name == "en.py":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        asked = {
            id(node.args[0])
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "say"
            and node.args
        }
        for node in ast.walk(tree):
            if parts := parts_of(node):
                yield parts, id(node) in asked, f"{path.relative_to(ROOT)}:{node.lineno}"
    for path in (ROOT / "segkit/templates").glob("*.html"):
        for key in re.findall(r'say\("([^"]+)"', path.read_text("utf-8")):
            yield [f"report.{key}"], True, path.name
    for path in NOTEBOOKS:
        for key in re.findall(r'sk\.say\(\\"([^"\\]+)', path.read_text("utf-8")):
            yield [key], True, path.name
    for path in (p for p in (ROOT / "jupyter").rglob("*.*") if p.is_file()):
        for key in re.findall(r"\bwords\.(\w+)", path.read_text("utf-8", errors="ignore")):
            yield [f"page.{key}"], False, path.name
            yield [f"front.{key}"], False, path.name


def parts_of(node) -> list:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return [part.value if isinstance(part, ast.Constant) else None for part in node.values]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return (parts_of(node.left) or [None]) + (parts_of(node.right) or [None])
    return []


def shape(parts) -> re.Pattern:
    """What a text with blanks can become; nothing where it says too little to be a key."""
    known = "".join(part or "" for part in parts)
    if not re.search(r"[a-z]", known) or not re.fullmatch(r"[\w. -]+", known) or "." not in known:
        return NEVER
    return re.compile("".join("(.+)" if part is None else re.escape(part) for part in parts))


def test_every_sentence_the_code_names_is_there():
    asked = 0
    for parts, by_say, where in said_in_code():
        if not by_say or parts == [None]:
            continue
        asked += 1
        if None not in parts:
            assert "".join(parts) in WORDS, where
        elif (like := shape(parts)) is not NEVER:
            assert any(map(like.fullmatch, WORDS)), where
    assert asked > 1000


def test_every_sentence_is_said_somewhere():
    """Named whole; or what is filled into a key stands somewhere in the code, too."""
    texts = said_in_code()
    whole = {"".join(parts) for parts, *_ in texts if None not in parts}
    shapes = {shape(parts) for parts, *_ in texts if None in parts}
    begins = {text.rstrip(".") + "." for text in whole if "." in text and re.fullmatch(r"[\w.]+", text)}
    kinds = (".py", ".js", ".html", ".j2", ".ipynb")
    files = [
        p
        for folder in ("segkit", "jupyter", "notebooks")
        for p in (ROOT / folder).rglob("*")
        if p.suffix in kinds
    ]
    there = {piece for p in files if p.name != "en.py" for piece in PIECE.findall(p.read_text("utf-8"))}
    unused = []
    for key in WORDS:
        filled = [" ".join(match.groups()) for like in shapes if (match := like.fullmatch(key))]
        filled += [key.removeprefix(text) for text in begins if key.startswith(text) and key != text]
        if key.startswith("argparse."):  # a test of its own
            continue
        if key not in whole and not any(set(PIECE.findall(one)) <= there | DIGITS for one in filled):
            unused.append(key)
    assert not unused


DIGITS = {str(n) for n in range(100)}


# --- numbers and lists


@pytest.mark.parametrize("lang", ["it", "nb", "ja", "ca", "es", "en"])
@given(value=st.floats(-1e7, 1e7).map(lambda value: round(value, 2) + 0.0))
def test_numbers_are_written_as_babel_writes_them(lang, value):
    assert number(value, ",.2f", lang) == format_decimal(value, "#,##0.00", locale=lang)
    share = round(abs(value) % 1, 2)
    assert number(share, ".0%", lang) == format_percent(share, locale=lang)


def test_a_number_in_a_sentence_is_written_in_its_language(own):
    own("nb", [])
    assert say("report.kicker", "nb") == WORDS["report.kicker"]
    text = say("sweep.cli.progress", "nb", done=1, all=2, share=0.5)
    assert "50\u00a0%" in text
    assert say("plots.time.said", "nb", name="a", first=0.5, last=1234.5) == "a from 0,50 to 1234,50"


def test_a_list_is_read_out_with_the_comma_of_the_language(own):
    own("ja", [("comma", ", ", "、"), ("more", WORDS["more"], "{shown}ほか{n}件")])
    assert listed("abc", "ja") == "a、b、c" and listed("abcd", "ja", most=2) == "a、bほか2件"


# --- what holds sentences is asked anew in each language


def test_what_is_remembered_is_remembered_for_each_language():
    calls = []

    @words.per_language
    def told(n):
        calls.append(n)
        return say("index.isolation")

    with speaking("it"):
        italian = told(1), told(1)
    assert told(1) == WORDS["index.isolation"] != italian[0] == italian[1] and len(calls) == 2


def test_no_sentence_is_fixed_when_the_program_starts():
    """A sentence outside of any function would stay in the language of the first moment."""
    for path in sorted((ROOT / "segkit").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        inside = {
            id(below)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.Lambda)
            for part in (node.body if isinstance(node.body, list) else [node.body])
            for below in ast.walk(part)
        }
        for node in ast.walk(tree):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id
            if called in ("say", "listed", "words", "number"):
                assert id(node) in inside, f"{path.relative_to(ROOT)}:{node.lineno}"


# --- files and code go from one language to another


@pytest.mark.parametrize("made", languages())
@pytest.mark.parametrize("read", languages())
def test_a_template_is_known_again_whatever_language_it_was_made_in(tmp_path, made, read):
    with speaking(made):
        template(tmp_path / "town.xlsx")
    with speaking(read):
        found = check(tmp_path / "town.xlsx")
    assert [fault.kind for fault in found.errors][0] == "template.untouched"
    assert not any("e.g." in str(fault) or "ad es." in str(fault) for fault in found.errors)
    assert say("template.first", made) not in str(found)


@pytest.mark.parametrize("made", languages())
def test_a_filled_in_template_gives_the_same_town_in_every_language(tmp_path, made):
    from openpyxl import load_workbook

    path = tmp_path / "town.xlsx"
    with speaking(made):
        template(path)
    book = load_workbook(path)
    book["territory"].append(["Town", None, None, "true", "public", 5, "origin", "far", "far", "near"])
    for row in (["A", "Alder"], ["B", "Birch"]):
        book["schools"].append(row)
    heads = [cell.value for cell in book["enrolment"][1]]
    for school, group, n in (("A", "far", 5), ("A", "near", 20), ("B", "far", 9), ("B", "near", 7)):
        row = {"year": 2024, "school": school, "grouping": "origin", "group": group, "n": n, "level": "all"}
        book["enrolment"].append([row.get(head) for head in heads])
    book.save(path)
    for read in languages():
        with speaking(read):
            town = check(path).territory
            assert town is not None, str(check(path))
            assert np.array_equal(town.counts(year=2024), [[5, 20], [9, 7]])
            assert say("template.first", made) not in str(check(path))


def test_a_group_we_named_is_known_by_its_name_in_every_language(tmp_path):
    path = tmp_path / "schools.csv"
    path.write_text("school,roll,meals\nA,20,5\nB,30,20\n")
    with speaking("it"):
        there = sk.read(path, total="roll", count="meals").groups
        assert sk.read(path, total="roll", count="meals", focal="not meals").focal == there[1] != "not meals"
    assert sk.read(path, total="roll", count="meals", focal=there[1]).focal == "not meals"


def test_a_table_of_numbers_has_the_same_units_in_every_language():
    for lang in languages():
        with speaking(lang):
            assert list(sk.read([["A", 3, 4], ["B", 5, 6]]).units) == ["A", "B"]


CHILD = "Rossi, Maria"


@pytest.mark.parametrize("lang", languages())
def test_a_childs_name_is_never_repeated_in_any_language(lang):
    with speaking(lang):
        for key in ("table.did_you_mean", "quote"):
            said = f"l'altra riga dell'elenco: {say(key, name=CHILD)} (l'ultima) c'è"
            assert CHILD not in hushed(said) and "…" in hushed(said), said
        assert CHILD not in hushed(say("table.no_names", where="a.csv", came=f"2015, {CHILD}"))


@pytest.mark.parametrize("marks", ["''", '""', "«»", "“”", "„“", "‘’", "「」", "()", "（）"])
def test_a_childs_name_is_hushed_between_whatever_marks(marks):
    assert (
        hushed(f"l'una: {marks[0]}{CHILD}{marks[1]} dell'altra") == f"l'una: {marks[0]}…{marks[1]} dell'altra"
    )
    assert CHILD not in hushed(f"({marks[0]}{CHILD}{marks[1]})")


def test_a_sentence_is_known_again():
    for lang in languages():
        with speaking(lang):
            said = say("refuse", why=say("refuse.one_unit"))
            assert pattern("refuse", lang).fullmatch(said)["why"] == say("refuse.one_unit")
            assert in_quotes("school") in say("table.took.unit", column="school")


# --- an assessment and its report


@pytest.fixture(scope="module")
def view():
    return sk.protect(sk.sample("thornmoor", ready=2), mode="public", k=5)


@pytest.fixture(scope="module")
def english(view):
    return sk.assess(view)


@pytest.fixture(scope="module")
def pages(english):
    """The report of an assessment made in English, in both languages."""
    return {lang: sk.report(english, lang=lang) for lang in ("en", "it")}


def test_a_report_in_another_language_is_the_one_made_while_that_is_spoken(view, pages):
    with speaking("it"):
        assert sk.report(sk.assess(view)) == pages["it"]
    assert '<html lang="it">' in pages["it"] and '<html lang="en">' in pages["en"]
    assert words.language() == "en"
    with pytest.raises(ValueError, match="tlh"):
        sk.report(view, lang="tlh")


def test_no_english_is_left_in_an_italian_report(pages):
    """No sentence of the English page stands in the Italian one: only names, sources and code."""
    english, italian = (plain(pages[lang]) for lang in ("en", "it"))
    same = {line for line in english & italian if len(re.findall(r"[^\W\d_]{2,}", line)) > 3}
    outcomes = "reads well|often absent|excluded"
    assert not {line for line in same if not re.search(rf"\(\d{{4}}|[=_]|sk\.|segkit|{outcomes}", line)}
    assert len(italian) > 100


def plain(page: str) -> set[str]:
    page = re.sub(r"<(style|svg|code|pre)\b.*?</\1>", "", page, flags=re.S)
    return {line.strip() for line in re.sub(r"<[^>]+>", "\n", page).splitlines() if line.strip()}


def test_an_italian_report_writes_no_decimal_point(pages):
    text = " ".join(plain(pages["it"]))
    text = re.sub(r"segkit \d+\.\d+\.\d+|\b\d{1,3}\.\d{3}\b|p\. \d+", "", text)
    assert not re.findall(r"\d\.\d+", text) and re.search(r"\d,\d\d", text)


def test_an_italian_assessment_of_a_whole_town_writes_no_decimal_point():
    with speaking("it"):
        text = str(sk.assess(sk.protect(sk.sample("thornmoor"))))
    assert not re.findall(r"\d\.\d+", re.sub(r"\b\d{1,3}\.\d{3}\b(?! a)", "", text))


def test_a_sector_is_said_in_the_language():
    view = sk.protect(sk.sample("marenza"))
    with speaking("it"):
        found = [one for one in sk.assess(view).findings.values() if one.assessed]
        told = [one.text for one in found] + [str(one.rows) for one in found if one.rows]
        told += [plots.zone_map(view, of="supply").alt, plots.sectors(view).alt]
        table = sk.sample("marenza").table(2024)
        told.append(str(sk.between_within(table, table.extras["sector"])))
        there = view.territory.sectors
        assert all(sum(words.sector_name(one) in text for text in told) > 4 for one in there)
        assert len({words.sector_name(one) for one in SECTORS}) == len(SECTORS)
    assert not [text for text in told for one in there if re.search(rf"\b{one}\b", text)]


def test_the_notice_of_a_view_is_in_the_language_that_is_spoken(view):
    english = view.notice
    with speaking("it"):
        assert len(view.notice) == len(english) and not set(view.notice) & set(english)
    assert view.notice == english


def test_a_refusal_in_italian_gives_its_reason_once(view):
    with speaking("it"):
        found = sk.assess(view)
        why = [one.why for one in found.findings.values() if not one.assessed]
        assert why and not any(one.startswith(say("refuse", why="").strip()[:12]) for one in why)


def test_an_invented_town_tells_its_story_in_the_language_and_has_the_same_tables():
    english = sk.sample("marenza")
    with speaking("it"):
        italian = sk.sample("marenza")
    assert italian.story == say("sample.marenza.story", "it") != english.story
    assert sk.sample("marenza").story == english.story
    for name, table in english.tables.items():
        assert table.astype(str).equals(italian.tables[name].astype(str)), name


# --- the command line


@pytest.fixture
def around(monkeypatch):
    """The language of a terminal."""

    def set_to(**said):
        for name in ("SEGKIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        for name, value in said.items():
            monkeypatch.setenv(name, value)

    set_to()
    return set_to


ITALIAN, ENGLISH = (say("sample.marenza.about", lang) for lang in ("it", "en"))


@pytest.mark.parametrize(
    "said, italian",
    [
        ({}, False),
        ({"LANG": "it_IT.UTF-8"}, True),
        ({"LANG": "it"}, True),
        ({"LANG": "it_IT.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "C", "LC_MESSAGES": "it_CH"}, True),
        ({"LANG": "it_IT.UTF-8", "LC_ALL": ""}, True),
        ({"LANG": "fi_FI.UTF-8"}, False),
        ({"LANG": "it_IT.UTF-8", "SEGKIT_LANG": "en"}, False),
        ({"LANG": "en_GB.UTF-8", "SEGKIT_LANG": "it"}, True),
    ],
)
def test_the_command_line_speaks_the_language_of_the_terminal(segkit, around, said, italian):
    around(**said)
    code, out, _ = segkit("sample", "--list")
    assert code == 0 and (ITALIAN in out, ENGLISH in out) == (italian, not italian)
    assert words.language() == "en"


@pytest.mark.parametrize("asked", [["--lang", "it"], ["--lang=it"]])
def test_the_language_can_be_asked_for_before_the_verb(segkit, around, asked):
    around(SEGKIT_LANG="en", LANG="C")
    code, out, _ = segkit(*asked, "sample", "--list")
    assert code == 0 and ITALIAN in out
    code, _, err = segkit(*asked, "sample", "nowhere", "x")
    assert code == 2 and say("sample.unknown.town", "it", name="nowhere") in err


def test_an_unknown_language_is_refused_in_words(segkit):
    code, out, err = segkit("--lang", "tlh", "sample", "--list")
    assert code == 2 and not out and "tlh" in err and "en, it" in err
    code, _, err = segkit("--lang")
    assert code == 2 and "--lang" in err


def test_the_library_does_not_ask_the_terminal():
    code = "import segkit.words as w; print(w.language())"
    clean = {name: value for name, value in os.environ.items() if name != "SEGKIT_LANG"}
    for more, lang in (
        ({"LANG": "it_IT.UTF-8"}, "en"),
        ({"SEGKIT_LANG": "it_IT"}, "it"),
        ({"SEGKIT_LANG": "xx"}, "en"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, env=clean | more, cwd=ROOT
        )
        assert done.stdout.strip() == lang, more


@pytest.mark.parametrize(
    "argv",
    [
        ["measure", "data/marenza/free_meals.csv", "--where", "year=2024", "--schools", "--format", "json"],
        [
            "measure",
            "data/marenza/free_meals.csv",
            "--where",
            "year=2024",
            "--by",
            "sector",
            "--format",
            "csv",
        ],
        ["check", "data/thornmoor", "--format", "json"],
        ["assess", "thornmoor", "--format", "json"],
        ["simulate", "--runs", "2", "--format", "json"],
        ["simulate", "--runs", "2", "--format", "csv"],
    ],
    ids=lambda argv: f"{argv[0]}-{argv[-1]}",
)
def test_what_is_written_for_programs_is_the_same_in_every_language(segkit, monkeypatch, argv):
    monkeypatch.chdir(ROOT)
    english, *others = (segkit("--lang", lang, *argv)[:2] for lang in languages())
    assert english[0] == 0 and english[1] and all(other == english for other in others)


def test_the_tables_of_a_town_are_the_same_files_in_every_language(segkit, tmp_path):
    for lang in ("en", "it"):
        assert segkit("--lang", lang, "sample", "thornmoor", tmp_path / lang)[0] == 0
    files = sorted(path.name for path in (tmp_path / "en").iterdir())
    assert files == sorted(path.name for path in (tmp_path / "it").iterdir())
    for name in files:
        same = (tmp_path / "en" / name).read_bytes() == (tmp_path / "it" / name).read_bytes()
        assert same or name in ("README.md", "datapackage.json"), name
    assert (tmp_path / "en/README.md").read_bytes() != (tmp_path / "it/README.md").read_bytes()


ARGPARSE = [text for key, text in WORDS.items() if key.startswith("argparse.")]


@pytest.mark.parametrize("argv", [["--help"], ["measure", "--help"], ["sweep", "--help"], ["check"],
                                  ["measure", "f", "--seed"], ["measure", "f", "--format", "xml"],
                                  ["simulate", "--size", "x"], ["nonsense"], ["sample", "--ready", "9"],
                                  ["purge", "--nonsense"], ["purge", "--releases=3"]])  # fmt: skip
def test_help_and_mistakes_are_in_the_language(segkit, argv):
    _, out, err = segkit("--lang", "it", *argv)
    said = (out + err).replace("\n", " ")
    for text in ARGPARSE:
        for piece in re.split(r"%(?:\(\w+\))?[rs]|[:()]", text):
            assert not re.search(rf"\b{re.escape(piece.strip())}\b", said) or len(piece.strip()) < 4, said
    assert say("argparse.usage", "it") in said


def test_what_argparse_says_is_still_what_we_translate(segkit):
    """Its sentences differ from Python to Python: one that we no longer meet would be in English."""
    met = "".join(
        part
        for argv in (
            [
                ["--help"],
                ["check"],
                ["measure", "f", "--seed"],
                ["measure", "f", "--format", "xml"],
                ["purge", "--nonsense"],
                ["purge", "--releases=3"],
            ]
        )  # fmt: skip
        for part in segkit(*argv)[1:]
    )
    for text in (
        "usage:",
        "options",
        "positional arguments",
        "the following arguments are required",
        "expected one argument",
        "invalid choice",
        "unrecognized arguments",
        "ignored explicit argument",
    ):
        assert text in met and any(one.startswith(text) for one in ARGPARSE), text


# --- a new language needs no code


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The words, the tool and the notebooks, elsewhere."""
    root = tmp_path_factory.mktemp("house")
    ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for folder in ("segkit", "tools", "notebooks"):
        shutil.copytree(ROOT / folder, root / folder, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


@pytest.mark.parametrize(
    "lang, isolation, written",
    [("nb", "Isolasjon", "1\u00a0234,5"), ("es", "Aislamiento", "1.234,5"), ("ca", "Aïllament", "1.234,5")],
)
def test_a_new_language_needs_no_code(house, lang, isolation, written):
    def run(*argv):
        clean = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
        env = clean | {"PYTHONPATH": str(house), "SEGKIT_LANG": "en", "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            [sys.executable, *map(str, argv)], capture_output=True, text=True, cwd=house, env=env
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    told = run("tools/words.py", "--new", lang, "--prose")
    assert re.search(rf"segkit/words/{lang}\.po +0 of", told)
    assert (house / f"notebooks/{lang}/unit-2-1-definition.ipynb").exists()
    path = house / f"segkit/words/{lang}.po"
    with path.open("rb") as file:
        catalog = read_po(file, locale=lang)
    for entry in catalog:
        if entry.context == "index.isolation":
            entry.string = isolation
    with path.open("wb") as file:
        write_po(file, catalog)
    assert re.search(rf"segkit/words/{lang}\.po +1 of", run("tools/words.py"))
    run("tools/words.py", "--check")
    code = f"import segkit.words as w; w.speak('{lang}'); print(w.__file__); print(w.say('index.isolation'))"
    code += "; print(w.number(1234.5, ',.1f'))"
    file, said, number = run("-c", code).splitlines()
    assert file.startswith(str(house)) and (said, number) == (isolation, written)
    (house / "schools.csv").write_text("school,here,away\nA,3,40\nB,50,6\n")
    table = run("-m", "segkit.cli", "--lang", lang, "measure", "schools.csv")
    assert re.search(rf"^{isolation} +0,\d{{3}}", table, re.M)
    page = json.loads((house / f"notebooks/{lang}/unit-2-1-definition.ipynb").read_text("utf-8"))
    assert f'sk.speak("{lang}")' in "".join("".join(cell["source"]) for cell in page["cells"])


# --- the prose of notebooks, in pieces

LINES = st.sampled_from(
    ["", "# A heading", "Some words.", "and more words", "- one", "- two", "1. first", "> said", "```python"]
    + [
        "```",
        "| a | b |",
        "| - | - |",
        "<details>",
        "</details>",
        "<summary>More</summary>",
        "$$",
        "$$x = 1$$",
    ]
    + ["    code", "a | b"]
)
MARKDOWN = st.lists(LINES, max_size=12).map("\n".join)


@given(MARKDOWN | st.text(max_size=200))
def test_pieces_joined_again_are_the_cell(source):
    assert "\n".join(piece.raw for piece in TRANSLATING.pieces(source)) == source


def loosely(text: str) -> str:
    return " ".join(text.split())


@given(MARKDOWN)
def test_a_translation_that_changes_nothing_changes_nothing_but_line_ends(source):
    parts = TRANSLATING.pieces(source)
    again = TRANSLATING.translated(parts, {part.text: part.text for part in parts if part.text})
    assert loosely(again) == loosely(source) or "> " in source or "- " in source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_translated_into_itself_is_itself(path):
    notebook = json.loads(path.read_text("utf-8"))
    said = {text: text for _, text in TRANSLATING.said_in(notebook)}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and not TRANSLATING.is_switch(cell):
            source = "".join(cell["source"])
            parts = TRANSLATING.pieces(source)
            assert "\n".join(part.raw for part in parts) == source
            assert loosely(TRANSLATING.translated(parts, said)) == loosely(source)


@given(MARKDOWN, st.data())
def test_what_is_not_translated_is_marked_as_english(source, data):
    parts = TRANSLATING.pieces(source)
    texts = sorted({part.text for part in parts if part.text})
    done = set(data.draw(st.lists(st.sampled_from(texts)))) if texts else set()
    made = TRANSLATING.translated(parts, {text: f"⟦{k}⟧" for k, text in enumerate(texts) if text in done})
    assert made.count("⟦") == sum(part.text in done for part in parts if part.text)
    marked = "\n".join(
        re.findall(r'<div lang="en">\n(.*?)\n</div>|<span lang="en">.*?</span>', made, re.S)
    ) + "\n".join(re.findall(r'<span lang="en">(.*?)</span>', made))
    outside = re.sub(r'<div lang="en">\n.*?\n</div>|<span lang="en">.*?</span>', "", made, flags=re.S)
    for part in parts:
        if part.text and part.text not in done:
            assert loosely(part.text) in loosely(marked)
    assert ('lang="en"' in made) == any(part.text and part.text not in done for part in parts)
    assert "Some words." not in outside or "Some words." not in texts


@pytest.mark.parametrize(
    "path", sorted((ROOT / "notebooks").glob("[a-z]*/*.ipynb")), ids=lambda p: f"{p.parent.name}-{p.stem}"
)
def test_a_translated_notebook_has_the_code_of_the_english_one(path):
    english, theirs = (json.loads(p.read_text("utf-8")) for p in (ROOT / "notebooks" / path.name, path))
    assert [cell["id"] for cell in english["cells"]] == [cell["id"] for cell in theirs["cells"]]
    speaks = f'\n\nsk.speak("{path.parent.name}")'
    spoken = 0
    for ours, other in zip(english["cells"], theirs["cells"], strict=True):
        if ours["cell_type"] == "code":
            a, b = "".join(ours["source"]), "".join(other["source"])
            spoken += b == a + speaks
            assert b in (a, a + speaks)
    assert spoken == 1 and theirs["metadata"]["segkit"]["lang"] == path.parent.name


@pytest.mark.parametrize("link, found", [
    ("#2.-Your-town", True), ("#3.-Chance", True), ("#2.-Your-village", False),
    ("b.ipynb#%C3%88-cos%C3%AC", True),
    ("b.ipynb#2.-Your-town", False), ("c.ipynb#2.-Your-town", False), ("../a.ipynb#2.-Your-town", False),
])  # fmt: skip
def test_a_link_to_a_heading_that_is_not_there_is_told(link, found):
    def page(text):
        return {"cells": [{"cell_type": "markdown", "source": [text]}]}

    folder = ROOT / "notebooks"
    headings = "## 2. Your *town*\n\n### 3. <span lang='en'>Chance</span>\n\n"
    pages = {folder / "a.ipynb": page(f"{headings}See [it]({link})."), folder / "b.ipynb": page("# È così")}
    assert TRANSLATING.astray(pages) == ([] if found else [f"notebooks/a.ipynb: {link}"])


def test_a_link_to_a_heading_leads_there_in_the_translation_too():
    text = "See [it](#Why-not?), [that](#Then) and [more](b.ipynb#Then).\n\n## Why not?\n\n## Then"
    notebook = {"cells": [{"cell_type": "markdown", "metadata": {}, "source": [text]}], "metadata": {}}
    made = TRANSLATING.in_language(notebook, {"Why not?": "Perché no?"}, "it", "")
    assert "[it](#Perché-no?), [that](#Then) and [more](b.ipynb#Then)" in TRANSLATING.prose(made)


def test_a_changed_paragraph_loses_its_translation_and_keeps_it_as_a_note():
    made = TRANSLATING.brought_up(
        ROOT / "segkit/words/it.po", "it", "words", [("index.isolation", "Isolation, said anew", "", [])]
    )
    (entry,) = [entry for entry in read_po(io.BytesIO(made.encode()), locale="it") if entry.id]
    assert not entry.string and entry.user_comments == ["Before the English changed: Isolamento"]
