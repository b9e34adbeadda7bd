"""Brings every translation up to date with the English: `make words`.

Two kinds of text are translated, both in PO files, which a translator's program (Poedit, Weblate, …) opens:

    segkit/words/it.po                     the sentences of segkit/words/en.py, each under its name
    notebooks/it/unit-2-1-definition.po    the prose of notebooks/unit-2-1-definition.ipynb, piece by piece

From the second kind the notebook beside it is made (notebooks/it/unit-2-1-definition.ipynb): never edit that.
What changes in English loses its translation; that of a sentence stays above it as a comment. A translation
marked "fuzzy" (needs work) is used, and counted as waiting for somebody who speaks the language.

    python tools/words.py           write what has changed, and say how complete each language is
    python tools/words.py --check   write nothing; fail where something would be written
    python tools/words.py --new es  begin a language: an empty file of words (--prose: of each notebook, too)
"""

import argparse
import io
import json
import re
import sys
import tokenize
from dataclasses import dataclass
from itertools import groupby
from os.path import normpath
from pathlib import Path
from urllib.parse import unquote

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from segkit.words import say  # noqa: E402
from segkit.words.en import WORDS  # noqa: E402

SPOKEN = ROOT / "segkit/words"
PAGES = ROOT / "notebooks"
HEAD = """\
# {language} for segkit: {what}.
#
# The text is under CC BY 4.0 (LICENSE-text). Marked fuzzy: made by a machine, and nobody who speaks the
# language has read it yet."""


# --- the prose of a notebook, in pieces a translator can take


@dataclass(frozen=True)
class Piece:
    """A bit of Markdown: what stands before the text, and the text; none where there is none to translate."""

    before: str
    text: str
    raw: str  # as it stands in the notebook
    after: str = ""


MARK = re.compile(r"^(\s*(?:#{1,6} |[-*] |\d+\. |> ))")
TAGS = re.compile(r"^\s*(?:</?\w+[^<>]*>\s*)+$")
SUMMARY = re.compile(r"^(\s*<summary>)(.*)(</summary>\s*)$")


def pieces(source: str) -> list[Piece]:
    """The Markdown of a cell in order; each `raw` is followed by one line break.

    >>> [piece.text for piece in pieces("# Why\\n\\nOne\\ntwo.\\n\\n- a\\n- b")]
    ['Why', '', 'One two.', '', 'a', 'b']
    """
    found: list[list[str]] = []
    fenced = whole = False
    for line in source.split("\n"):
        fence = line.lstrip().startswith(("```", "$$")) and not (line.count("$$") == 2)
        if fence:
            fenced = not fenced
        alone = fence or fenced or not line.strip() or TAGS.match(line) or SUMMARY.match(line)
        table = line.startswith("|")
        goes_on = found and not alone and not MARK.match(line) and found[-1][0].strip() and not whole
        if found and table and found[-1][0].startswith("|"):
            goes_on = True
        if goes_on:
            found[-1].append(line)
        else:
            found.append([line])
        whole = bool(alone)
    return [piece(lines) for lines in found]


def piece(lines: list[str]) -> Piece:
    raw, first = "\n".join(lines), lines[0]
    if summary := SUMMARY.match(first):
        return Piece(summary[1], summary[2], raw, summary[3])
    if not first.strip() or TAGS.match(first) or first.lstrip().startswith(("```", "$$", "    ")):
        return Piece(raw, "", raw)
    if first.startswith("|"):
        return Piece("", raw, raw)
    mark = MARK.match(first)
    before = mark[1] if mark else ""
    joined = " ".join([first[len(before) :].strip(), *(line.strip() for line in lines[1:])])
    return Piece(before, joined, raw)


def said_in(notebook) -> list[tuple[str, str]]:
    """(id of the cell, text) of everything to be translated."""
    prose = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown" and not is_switch(cell)]
    return [(c["id"], p.text) for c in prose for p in pieces("".join(c["source"])) if p.text]


def is_switch(cell) -> bool:
    return "languages" in cell["metadata"].get("tags", [])


def in_language(notebook, said: dict[str, str], lang: str, head: str) -> dict:
    """The notebook with its prose translated and `head` where one chooses the language."""
    made = json.loads(json.dumps(notebook))
    places = {anchor(text): anchor(said[text]) for text in HEADING.findall(prose(notebook)) if text in said}
    spoken = False
    for cell in made["cells"]:
        source = "".join(cell["source"])
        if is_switch(cell):
            source = head
        elif cell["cell_type"] == "markdown":
            source = translated(pieces(source), said)
            source = LINK.sub(lambda link: led(link, places), source)
        elif not spoken and "import segkit as sk" in source:
            source, spoken = f'{source}\n\nsk.speak("{lang}")', True
        cell["source"] = source.splitlines(keepends=True)
    made["metadata"]["segkit"] = {"lang": lang}
    return made


def led(link: re.Match, places: dict[str, str]) -> str:
    """A link to a heading of its own page, to where that stands in the translation."""
    return link[0] if link[1] else f"](#{places.get(link[2], link[2])})"


def translated(parts: list[Piece], said: dict[str, str]) -> str:
    """The Markdown, translated; what has no translation is marked as English, for screen readers."""
    lines = []
    for english, some in groupby(parts, key=lambda part: bool(part.text) and part.text not in said):
        for inline, several in groupby(some, key=lambda part: "#" in part.before or bool(part.after)):
            if not english:
                lines += [part.before + said.get(part.text, "") + part.after for part in several]
            elif inline:
                lines += [f'{part.before}<span lang="en">{part.text}</span>{part.after}' for part in several]
            else:
                lines += ['<div lang="en">', "", *(part.raw for part in several), "", "</div>"]
    return "\n".join(lines)


# --- links to a heading: its place on a page is its text, and so another one in each language

HEADING = re.compile(r"^#{1,6} (.+)$", re.M)
LINK = re.compile(r"\]\(([\w./-]*)#([^)\s]+)\)")


def anchor(heading: str) -> str:
    """Where a link to a heading leads.

    >>> anchor('2. <span lang="en">Your territory</span>')
    '2.-Your-territory'
    """
    return re.sub(r"<[^>]+>|[`*]", "", heading).strip().replace(" ", "-")


def prose(page) -> str:
    return "\n\n".join("".join(cell["source"]) for cell in page["cells"] if cell["cell_type"] == "markdown")


def astray(pages: dict[Path, dict]) -> list[str]:
    """Every link of these pages that names a heading which is not there."""
    there = {path: {anchor(text) for text in HEADING.findall(prose(page))} for path, page in pages.items()}
    return [
        f"{path.relative_to(ROOT)}: {file}#{name}"
        for path, page in pages.items()
        for file, name in LINK.findall(prose(page))
        if unquote(name) not in there.get(Path(normpath(path.parent / file)) if file else path, ())
    ]


# --- catalogs


def notes_of_english() -> dict[str, list[str]]:
    """The comments of en.py, by the key they stand beside or above: they are for translators."""
    found, waiting, key = {}, [], None
    with (SPOKEN / "en.py").open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                text = token.string.lstrip("# ").strip()
                if token.line.lstrip().startswith("#"):
                    waiting.append(text)
                elif key:
                    found.setdefault(key, []).append(text)
            elif token.type == tokenize.STRING and token.string[1:-1] in WORDS:
                key = token.string[1:-1]
                said = [text for text in waiting if not text.startswith("---")]
                if said:
                    found.setdefault(key, []).extend(said)
                waiting = []
    return found


def empty(lang: str, what: str) -> Catalog:
    head = HEAD.format(language=Locale.parse(lang).english_name, what=what)
    return Catalog(locale=lang, project="segkit", header_comment=head, fuzzy=False)


def brought_up(path: Path, lang: str, what: str, wanted: list[tuple]) -> str:
    """A PO file's text with exactly the wanted (context, English, place, notes), old translations kept."""
    old = {}
    if path.exists():
        with path.open("rb") as file:
            for entry in read_po(file, locale=lang):
                if entry.id:
                    old[entry.context or entry.id] = entry
    made = empty(lang, what)
    for context, text, place, notes in wanted:
        before = old.get(context or text)
        keep = before is not None and before.id == text
        comments = list(before.user_comments) if before is not None else []
        if before is not None and before.string and not keep:
            comments = [f"Before the English changed: {before.string}"]
        made.add(
            text,
            before.string if keep else "",
            context=context,
            locations=[(place, None)] if place else [],
            flags=["fuzzy"] if keep and before.fuzzy and before.string else [],
            auto_comments=notes,
            user_comments=comments,
        )
    out = io.BytesIO()
    write_po(out, made, width=110, omit_header=False, include_lineno=False)
    # when it was written is git's business: a file that says the same stays the same
    return re.sub(
        r'^"(?:POT?-|Generated-By|Last-Translator|Language-Team|Report-)[^"]*"\n',
        "",
        out.getvalue().decode(),
        flags=re.M,
    )


def read(path: Path, lang: str) -> dict[str, tuple[str, bool]]:
    """English -> (translation, waits for a reader) of one file of prose."""
    with path.open("rb") as file:
        return {e.id: (e.string, e.fuzzy) for e in read_po(file, locale=lang) if e.id and e.string}


def switches(name: str, lang: str) -> str:
    """Links from a page to itself in the other languages, for those who open it in JupyterLab."""
    others = [one for one in ["en", *spoken_on_pages()] if one != lang]
    up = "" if lang == "en" else "../"
    links = [
        f"[{say('language.name', one)}]({up}{'' if one == 'en' else one + '/'}{name}.ipynb)" for one in others
    ]
    return f"{say('language.choose', lang)}: {' · '.join([say('language.name', lang), *links])}"


def spoken_on_pages() -> list[str]:
    return sorted(
        path.name for path in PAGES.iterdir() if path.is_dir() and (SPOKEN / f"{path.name}.po").exists()
    )


# --- all of it


def everything() -> tuple[dict[Path, str], list[str]]:
    """Every file as it should be, and how complete each language is."""
    files, told = {}, []
    notes = notes_of_english()
    words = [(key, text, "", notes.get(key, [])) for key, text in WORDS.items() if text]
    for path in sorted(SPOKEN.glob("*.po")):
        files[path] = brought_up(
            path, path.stem, "the words of widgets, reports, messages and the command line", words
        )
        told.append(report(path, files[path], path.stem))
    for path in sorted(PAGES.glob("*.ipynb")):
        english = json.loads(path.read_text("utf-8"))
        for cell in english["cells"]:
            if is_switch(cell):
                cell["source"] = [switches(path.stem, "en")]
        files[path] = written(english)
        first = {text: cell for cell, text in reversed(said_in(english))}
        wanted = [
            (None, text, f"{path.stem}:{first[text]}", [])
            for text in dict.fromkeys(t for _, t in said_in(english))
        ]
        for lang in spoken_on_pages():
            file = PAGES / lang / f"{path.stem}.po"
            files[file] = brought_up(file, lang, f"the prose of {path.name}", wanted)
            told.append(report(file, files[file], lang))
            entries = entries_of(files[file], lang)
            said = {e.id: e.string for e in entries if e.string}
            about = [say("language.machine", lang)] if any(e.fuzzy for e in entries) else []
            about += [say("language.part", lang)] if len(said) < len(entries) else []
            head = "\n\n".join([switches(path.stem, lang), *(f"*{note}*" for note in about)])
            page = in_language(english, said, lang, head)
            files[PAGES / lang / path.name] = written(page)
    return files, told


def entries_of(text: str, lang: str) -> list:
    return [entry for entry in read_po(io.BytesIO(text.encode()), locale=lang) if entry.id]


def report(path: Path, text: str, lang: str) -> str:
    entries = entries_of(text, lang)
    done, waiting = sum(bool(e.string) for e in entries), sum(bool(e.string and e.fuzzy) for e in entries)
    share = done / max(len(entries), 1)
    name = f"{path.relative_to(ROOT)!s:46}"
    return f"{name} {done:5} of {len(entries):5} ({share:4.0%}), {waiting} to be read by a speaker"


def written(notebook) -> str:
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument(
        "--check", action="store_true", help="write nothing, fail where something would change"
    )
    asked.add_argument("--new", metavar="LANG", help="begin a language")
    asked.add_argument("--prose", action="store_true", help="with --new: its notebooks as well")
    options = asked.parse_args()
    if options.new:
        Locale.parse(options.new)  # says so where there is no such language
        (SPOKEN / f"{options.new}.po").touch()
        if options.prose:
            (PAGES / options.new).mkdir(exist_ok=True)
    files, told = everything()
    lost = astray({path: json.loads(text) for path, text in files.items() if path.suffix == ".ipynb"})
    stale = [path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
    if not options.check:
        for path in stale:
            path.write_text(files[path], "utf-8")
    print("\n".join(told))
    for path in stale:
        print(("to be written: " if options.check else "written: ") + str(path.relative_to(ROOT)))
    for link in lost:
        print(f"a link to a heading that is not there: {link}")
    return 1 if options.check and (stale or lost) else 0


if __name__ == "__main__":
    sys.exit(main())
