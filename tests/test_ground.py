"""The ground holds: one environment everywhere, light imports, floors kept, nothing left behind in git."""

import ast
import doctest
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def tracked(*patterns) -> list[Path]:
    """The files git knows (and those it would take next), or every file where this is no checkout."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if found.returncode:
        pytest.skip("this is not a git checkout, so there are no tracked files to read")
    return [path for line in found.stdout.splitlines() if (path := ROOT / line).is_file()]


def pins(lines) -> dict[str, str]:
    """name -> version (and marker) of every `name==version` line, quoted in YAML or not."""
    found = (re.match(r'\s*(?:- )?"?([A-Za-z0-9._-]+)==([^"]+)', line) for line in lines)
    return {match[1].lower().replace("_", "-"): match[2].strip() for match in found if match}


def pins_of(name: str) -> dict[str, str]:
    return pins((ROOT / name).read_text("utf-8").splitlines())


def wanted(requirement: str) -> tuple[str, tuple[int, ...]]:
    name, least = re.fullmatch(r"([a-z0-9-]+)>=([0-9.]+)", requirement).groups()
    return name, tuple(map(int, least.split(".")))


def numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.match(r"[0-9]+(?:\.[0-9]+)*", version)[0].split(".")))


# --- one environment


@pytest.mark.parametrize(
    "lock, requirements",
    [
        ("requirements.lock", PROJECT["dependencies"] + EXTRAS["notebooks"] + EXTRAS["build"]),
        ("requirements-test.lock", PROJECT["dependencies"] + EXTRAS["notebooks"] + EXTRAS["test"]),
        ("environment.yml", PROJECT["dependencies"] + EXTRAS["notebooks"]),
        ("binder/environment.yml", PROJECT["dependencies"] + EXTRAS["notebooks"] + EXTRAS["binder"]),
    ],
)
def test_what_the_project_asks_for_is_pinned(lock, requirements):
    pinned = pins_of(lock)
    for name, least in map(wanted, requirements):
        assert name in pinned, f"{lock} does not pin {name}: make lock"
        assert numbers(pinned[name]) >= least, f"{lock} pins an older {name} than pyproject.toml asks"


def test_the_four_lists_of_versions_agree():
    lock = pins_of("requirements.lock")
    assert pins_of("environment.yml") == lock
    for name in ("requirements-test.lock", "binder/environment.yml"):
        # where more is installed, a package may be wanted on more systems; its version is the same
        longer = {package: (version.split(" ;")[0], version) for package, version in pins_of(name).items()}
        for package, version in lock.items():
            assert version.split(" ;")[0] == longer[package][0], f"{name} has versions of its own: make lock"
            assert longer[package][1] in (version, longer[package][0]), f"{name}: {package} on fewer systems"


def test_binder_and_conda_use_the_python_we_promise():
    promised = PROJECT["requires-python"].removeprefix(">=")
    for name in ("environment.yml", "binder/environment.yml"):
        assert f"  - python={promised}\n" in (ROOT / name).read_text("utf-8")


def test_a_lock_names_no_host_and_no_hash():
    for name in ("requirements.lock", "requirements-test.lock", "environment.yml", "binder/environment.yml"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text and "--hash" not in text and "@" not in text


def test_the_image_that_binder_would_build_has_our_environment_and_our_package(tmp_path):
    """repo2docker writes the Dockerfile without an engine; we read it."""
    for path in tracked():
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "--user-id", "1000"]
    made = subprocess.run([*command, "--user-name", "jovyan", str(tmp_path)], capture_output=True, text=True)
    dockerfile = made.stdout + made.stderr
    assert made.returncode == 0, dockerfile
    assert "Building conda environment for python=3.11" in dockerfile
    assert re.search(r"^COPY .* src/binder/environment.yml", dockerfile, re.M)
    assert '--file "binder/environment.yml"' in dockerfile
    assert "RUN ./binder/postBuild" in dockerfile
    after = dockerfile.index("COPY --chown=1000:1000 src/ ")
    assert after < dockerfile.index("RUN ./binder/postBuild"), "postBuild needs the repository"


def test_what_binder_runs_can_be_run():
    for name in ("binder/postBuild", ".ci/run"):
        path = ROOT / name
        assert os.access(path, os.X_OK) and path.read_text("utf-8").startswith("#!/usr/bin/env bash\n")
        subprocess.run(["bash", "-n", path], check=True)
    assert "pip install --no-deps" in (ROOT / "binder/postBuild").read_text("utf-8")
    start = ROOT / "binder/start"
    assert not start.exists() or start.read_text("utf-8").rstrip().endswith('exec "$@"')


# --- light imports

HEAVY = "pandas matplotlib geopandas ipywidgets anywidget traitlets IPython scipy openpyxl".split()
HEAVY += "numba joblib dask distributed shapely pyproj jinja2 babel".split()


def loaded_by(code: str) -> set[str]:
    """The top modules in memory after a fresh Python has run the code."""
    code += "\nimport sys; print('\\n'.join({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "code",
    [
        "import segkit",
        "import segkit as sk; sk.dissimilarity([[3, 1], [0, 4]])",
        "import segkit as sk; sk.dissimilarity; dir(sk); sk.__version__",
        "import segkit.cli",
        "import segkit as sk; sk.simulate(runs=2); sk.sweep",
    ],
)
def test_importing_segkit_and_measuring_loads_nothing_heavy(code):
    assert loaded_by(code).isdisjoint(HEAVY)


# --- floors

FLOORS = {
    "numbers": "indices estimate decompose filling schelling sweeps terms words",
    "places": "tables roles sheets territory packages checks zones samples privacy facts surveys",
    "judgement": "measuring lessons playing parables questions plots scenarios assessing reporting",
    "doors": "widgets pages presenting cli",
}
FLOOR_OF = {room: height for height, rooms in enumerate(FLOORS.values()) for room in rooms.split()}
ALLOWED = {"numbers": {"numpy", "scipy"}, "places": {"numpy", "openpyxl", "pandas"}}
LATER = {"numba", "joblib", "pandas", "scipy", "shapely", "geopandas", "babel"}  # inside functions only


def rooms() -> dict[str, list[Path]]:
    """room -> its files; the front door, which knows every room by name only, is no room."""
    found: dict[str, list[Path]] = {}
    for path in sorted((ROOT / "segkit").rglob("*.py")):
        inside = path.relative_to(ROOT / "segkit")
        if str(inside) != "__init__.py":
            found.setdefault(inside.parts[0].removesuffix(".py"), []).append(path)
    return found


def imports(path: Path, at_once: bool = False) -> set[str]:
    """Every module a file imports, anywhere in it or (`at_once`) outside functions, relative ones in full."""
    package = path.relative_to(ROOT).with_suffix("").parts
    package = package[:-1]  # of thing.py and of its own __init__.py alike
    found = set()
    tree = ast.parse(path.read_text("utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)] if at_once else []
    later = {inside for function in functions for inside in ast.walk(function)}
    for node in ast.walk(tree):
        if node in later:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            found |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return found


def test_every_room_has_a_floor():
    assert set(rooms()) <= set(FLOOR_OF), "a new room: say in tests/test_ground.py on which floor it lives"


@pytest.mark.parametrize("room", sorted(rooms()))
def test_a_room_looks_only_downstairs(room):
    for path in rooms()[room]:
        for module in imports(path):
            parts = module.split(".")
            if parts[0] == "segkit" and len(parts) > 1 and parts[1] in FLOOR_OF:
                assert FLOOR_OF[parts[1]] <= FLOOR_OF[room], f"{path.name} imports {module} from above"


@pytest.mark.parametrize("floor", sorted(ALLOWED))
def test_the_lower_floors_need_few_libraries(floor):
    standard = set(sys.stdlib_module_names) | {"segkit"}
    for room in FLOORS[floor].split():
        for path in rooms().get(room, []):
            used = {module.split(".")[0] for module in imports(path)} - standard
            assert used <= ALLOWED[floor] | LATER, f"{path.relative_to(ROOT)} imports {used - ALLOWED[floor]}"
            used = {module.split(".")[0] for module in imports(path, at_once=True)} - standard
            assert used <= ALLOWED[floor], f"{path.relative_to(ROOT)} imports {used - ALLOWED[floor]} at once"


# --- what is tracked


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_what_running_it_leaves(path):
    notebook = json.loads(path.read_text("utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert not any(cell["outputs"] or cell["execution_count"] for cell in code), "clear its outputs"
    assert "widgets" not in notebook["metadata"], "it holds the state of widgets, maybe somebody's data"
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"


# Spelled in halves, so that this file does not find itself.
HOSTS = ["python" + "hosted", "py" + "pi.org/simple", "registry.n" + "pmjs", "deb.de" + "bian"]
HOSTS += ["js" + "delivr", "un" + "pkg", "cdn" + "js", "fonts.google" + "apis", "fonts.g" + "static"]
MACHINE = re.compile(r"(?<![\w.])/(?:wo" + "rk|tm" + "p|ro" + "ot|ho" + "me|Us" + "ers)/")


def test_nothing_tracked_names_a_registry_a_cdn_or_a_machine():
    for path in tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a workbook
        for number, line in enumerate(text.splitlines(), 1):
            where = f"{path.relative_to(ROOT)}:{number}"
            assert not any(host in line for host in HOSTS), f"{where} names a host: {line.strip()[:120]}"
            assert not MACHINE.search(line), f"{where} names a place on one machine: {line.strip()[:120]}"


def test_no_widget_fetches_anything_from_the_network():
    for path in tracked("segkit/*.js", "segkit/*.css", "jupyter/*"):
        text = path.read_text("utf-8").replace("http://www.w3.org/", "")  # the name of SVG is no address
        assert not re.search("https?://|@import", text), path.relative_to(ROOT)


# --- documents that keep up


def test_every_command_in_the_documents_exists():
    makefile = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for name in ("README.md", "CONTRIBUTING.md"):
        said = set(re.findall(r"`?\bmake ([a-z]+)\b", (ROOT / name).read_text("utf-8")))
        said = {word for word in said if f"`make {word}" in (ROOT / name).read_text("utf-8")}
        assert said <= makefile, f"{name} promises {said - makefile}"
    assert {"run", "test", "bench", "help"} <= makefile


def test_what_a_document_links_to_is_there():
    for path in tracked("*.md"):
        for target in re.findall(r"\]\((?!\w+:)([^)#\s]+)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.relative_to(ROOT)} links to {target}"


def test_the_python_in_the_readme_gives_what_it_shows(monkeypatch):
    monkeypatch.chdir(ROOT)
    done = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert done.attempted >= 5 and done.failed == 0


def test_the_commands_in_the_readme_print_what_it_shows():
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = re.findall(r"```console\n\$ segkit (.*?)\n(.*?)```", readme, re.S)
    assert shown
    for command, output in shown:
        words = [sys.executable, "-m", "segkit.cli", *shlex.split(command)]
        said = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
        assert said.returncode == 0 and said.stdout == output, f"segkit {command}"


def test_the_version_is_said_once():
    import segkit

    assert segkit.__version__ == PROJECT["version"]
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
