"""Writes the launch links of every page into README.md, once the repository has a public address.

    python tools/links.py owner/name                            a repository on GitHub
    python tools/links.py https://gitlab.com/group/name         or on GitLab, or anywhere git reaches
    python tools/links.py --ref v0.1.0                          another branch, tag or commit than the newest

Without an address it takes the one of [project.urls] in pyproject.toml, or of `git remote`.
"""

import argparse
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import quote

from babel import Locale

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from segkit.words import ENGLISH, languages  # noqa: E402

BINDER = "https://mybinder.org/v2"
BEGIN, END = "<!-- links: written by `make links` -->", "<!-- links end -->"
HEAD = "| page | JupyterLab | without code |\n| --- | --- | --- |\n"


def launched(repository: str, ref: str = "HEAD") -> str:
    """The address under which Binder starts a repository, without what it opens first.

    >>> launched("somebody/segkit")
    'https://mybinder.org/v2/gh/somebody/segkit/HEAD'
    >>> launched("https://gitlab.com/town/schools/segkit.git", "v1")
    'https://mybinder.org/v2/gl/town%2Fschools%2Fsegkit/v1'
    >>> launched("https://git.example.org/segkit.git", "a/b")
    'https://mybinder.org/v2/git/https%3A%2F%2Fgit.example.org%2Fsegkit.git/a%2Fb'
    """
    address = re.sub(r"^(?:ssh://)?git@([^:/]+)[:/]", r"https://\1/", repository.strip().rstrip("/"))
    if re.fullmatch(r"[\w.-]+/[\w.-]+", address):
        address = f"https://github.com/{address}"
    found = re.fullmatch(r"https?://([^/@]+)/(.+?)(\.git)?", address)
    if not found:
        raise ValueError(f"this is no address of a repository: {repository}")
    host, path, _ = found.groups()
    if host == "github.com" and path.count("/") == 1:
        return f"{BINDER}/gh/{path}/{quote(ref)}"
    if host == "gitlab.com":
        return f"{BINDER}/gl/{quote(path, safe='')}/{quote(ref, safe='')}"
    return f"{BINDER}/git/{quote(address, safe='')}/{quote(ref, safe='')}"


def opening(launch: str, path: str) -> str:
    """What Binder opens first is part of the question, so its slashes are escaped.

    >>> opening("https://mybinder.org/v2/gh/somebody/segkit/HEAD", "voila/tree/notebooks")
    'https://mybinder.org/v2/gh/somebody/segkit/HEAD?urlpath=voila%2Ftree%2Fnotebooks'
    """
    return f"{launch}?urlpath={quote(path, safe='')}"


def title(notebook: Path) -> str:
    """What a notebook calls itself: its first heading."""
    first = json.loads(notebook.read_text("utf-8"))["cells"][0]["source"]
    return "".join(first).splitlines()[0].removeprefix("# ")


def folder_of(lang: str) -> Path:
    """English lies at the top, every other language in a folder of its name."""
    return ROOT / "notebooks" / ("" if lang == ENGLISH else lang)


def table(launch: str) -> str:
    """Every page, in every language that has pages, in JupyterLab and without code."""
    lines = []
    for lang in sorted(languages(), key=lambda lang: (lang != ENGLISH, lang)):
        if notebooks := sorted(folder_of(lang).glob("*.ipynb")):
            folder = folder_of(lang).relative_to(ROOT).as_posix()
            name = Locale.parse(lang).get_display_name(lang).capitalize()
            lines.append(row(f"**{name}**", launch, f"lab/tree/{folder}", f"voila/tree/{folder}"))
        for notebook in notebooks:
            path = notebook.relative_to(ROOT).as_posix()
            lines.append(row(title(notebook), launch, f"lab/tree/{path}", f"voila/render/{path}"))
    return HEAD + "".join(lines)


def row(name: str, launch: str, lab: str, voila: str) -> str:
    return f"| {name} | [open]({opening(launch, lab)}) | [open]({opening(launch, voila)}) |\n"


def address() -> str | None:
    """Where the repository is, as far as it says so itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = {key.lower(): value for key, value in project.get("urls", {}).items()}
    for key in ("repository", "source"):
        if key in named:
            return named[key]
    command = ["git", "remote", "get-url", "origin"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.strip() or None


def written(readme: str, links: str) -> str:
    """The README with these links between its two marks."""
    before, rest = readme.split(BEGIN)
    return f"{before}{BEGIN}\n{links}{END}{rest.split(END)[1]}"


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("repository", nargs="?", help="owner/name on GitHub, or an address")
    parser.add_argument("--ref", default="HEAD", help="a branch, a tag or a commit (HEAD: the newest)")
    asked = parser.parse_args(arguments)
    repository = asked.repository or address()
    if not repository:
        sys.exit("Which repository? make links REPO=owner/name, or its whole address")
    readme = ROOT / "README.md"
    readme.write_text(written(readme.read_text("utf-8"), table(launched(repository, asked.ref))), "utf-8")
    print("README.md has the links.")


if __name__ == "__main__":
    main()
