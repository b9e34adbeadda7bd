"""The verbs about a territory: what is wrong is said in words, and nobody's counts are lost."""

import openpyxl
import pytest

import segkit as sk
from segkit.packages import template
from segkit.privacy.door import REASON
from segkit.words import say

GROUPS = {"local": (60, 30, 45), "far": (40, 20, 2)}


def filled(path, local=60, **about):
    """The template, filled in by hand with three schools."""
    template(path)
    book = openpyxl.load_workbook(path)
    said = {"name": "Lindenau", "invented": "false", "mode": "public", "k": 5, **about}
    line = {**said, "grouping": "origin", "focal group": "far", "group 1": "local", "group 2": "far"}
    for cell in book["territory"][1]:
        book["territory"].cell(3, cell.column, line.get(cell.value))
    for at, name in enumerate(("S1", "S2", "S3")):
        book["schools"].cell(3 + at, 1, name)
        for of, (group, counts) in enumerate(GROUPS.items()):
            n = local if (group, at) == ("local", 0) else counts[at]
            row = (2024, name, "primary", "origin", group, n, "ok")
            for column, value in enumerate(row, 1):
                book["enrolment"].cell(3 + 2 * at + of, column, value)
    book.save(path)
    return str(path)


@pytest.fixture
def town(tmp_path):
    return filled(tmp_path / "town.xlsx")


@pytest.mark.parametrize("verb", ["protect", "assess", "report"])
def test_a_territory_with_mistakes_is_refused_with_its_mistakes_and_no_word_of_ours(segkit, tmp_path, verb):
    bad = filled(tmp_path / "bad.xlsx", local=-4)
    output = {"protect": ["-o", tmp_path / "out"], "report": ["-o", tmp_path / "out.html"]}.get(verb, [])
    for path, why in ((bad, "'-4' came"), (tmp_path / "nowhere.xlsx", "there is no such file")):
        code, out, err = segkit(verb, path, *output)
        assert (code, out) == (2, "") and why in err
        assert "should not have happened" not in err and "TerritoryError" not in err
    assert not list(tmp_path.glob("out*"))


def test_the_copy_never_takes_the_place_of_the_counts_it_is_made_from(segkit, town, tmp_path):
    before = open(town, "rb").read()
    for output in (town, tmp_path / "." / "town.xlsx"):
        code, out, err = segkit("protect", town, "-o", output, "--replace")
        assert code == 2 and "Choose another name" in err
    assert open(town, "rb").read() == before
    folder = tmp_path / "package"
    assert segkit("protect", town, "-o", folder)[0] == 0
    for source in (folder, folder / "datapackage.json"):
        code, _, err = segkit("protect", source, "-o", folder, "--replace")
        assert code == 2 and "Choose another name" in err
    assert segkit("protect", town, "-o", folder, "--replace")[0] == 0  # another file may be replaced


@pytest.mark.parametrize("name", ["out.csv", "out.xls", "out.html", "out.ods"])
def test_a_copy_is_a_folder_a_zip_or_a_workbook_and_no_folder_is_called_out_csv(segkit, town, tmp_path, name):
    code, _, err = segkit("protect", town, "-o", tmp_path / name)
    assert code == 2 and ".zip or .xlsx" in err and not (tmp_path / name).exists()


def test_whoever_declares_real_children_as_invented_is_told_that_nothing_was_hidden(segkit, town, tmp_path):
    invented = filled(tmp_path / "invented.xlsx", invented="true")
    told = say("cli.protect.invented")
    assert told in segkit("protect", invented, "-o", tmp_path / "one")[1]
    assert told not in segkit("protect", town, "-o", tmp_path / "two")[1]


def test_a_correction_too_small_to_publish_is_refused_in_words_by_every_verb(segkit, town, tmp_path):
    corrected = filled(tmp_path / "corrected.xlsx", local=62)
    assert segkit("protect", town, "-o", tmp_path / "first")[0] == 0
    for words in (("protect", "-o", tmp_path / "second"), ("report", "-o", tmp_path / "second.html")):
        code, out, err = segkit(words[0], corrected, *words[1:])
        assert (code, out) == (2, "") and "an earlier public export" in err
        assert "should not have happened" not in err
    assert not list(tmp_path.glob("second*"))


def test_a_reason_too_short_is_refused_with_the_option_and_the_letters_it_takes(segkit, town, tmp_path):
    for words in (["-k", 3, "--reason", "small"], ["--shared-with", "Ms Huber", "--reason", "why"]):
        code, _, err = segkit("protect", town, *words, "-o", tmp_path / "out")
        assert code == 2 and "--reason" in err and f"at least {REASON} letters" in err
    assert "--shared-with" in err


def test_a_level_left_out_is_the_first_as_the_help_says(segkit, tmp_path):
    assert "otherwise the first" in segkit("assess", "--help")[1]
    found = sk.assess(sk.protect(sk.sample("marenza")))
    assert found.level == sk.sample("marenza").levels[0]
