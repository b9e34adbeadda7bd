"""Binder, and what stands in for it where many people come: links, image, hub.

What needs machines of its own is told in docs/for-300-people/README.md; here is what is known without them.
"""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

ROOT = Path(__file__).parent.parent
MANY = ROOT / "docs/for-300-people"
sys.path.insert(0, str(ROOT / "tools"))

import links  # noqa: E402

PAGES = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "notebooks").rglob("*.ipynb"))]
PAGES = [path for path in PAGES if ".ipynb_checkpoints" not in path]


# --- launch links


@pytest.mark.parametrize(
    "repository, launch",
    [
        ("town/segkit", "gh/town/segkit/HEAD"),
        ("https://github.com/town/segkit.git", "gh/town/segkit/HEAD"),
        ("git@github.com:town/segkit.git", "gh/town/segkit/HEAD"),
        ("https://gitlab.com/town/schools/segkit", "gl/town%2Fschools%2Fsegkit/HEAD"),
        ("ssh://git@git.town.example/segkit.git", "git/https%3A%2F%2Fgit.town.example%2Fsegkit.git/HEAD"),
    ],
)
def test_binder_is_told_where_a_repository_lies(repository, launch):
    assert links.launched(repository) == f"https://mybinder.org/v2/{launch}"


@pytest.mark.parametrize("repository", ["segkit", "/srv/segkit.git", "", "town/segkit/more"])
def test_what_is_no_public_address_gets_no_link(repository):
    with pytest.raises(ValueError, match="no address"):
        links.launched(repository)


def test_every_page_of_every_language_has_two_links():
    table = links.table(links.launched("town/segkit"))
    opened = [unquote(path) for path in re.findall(r"\?urlpath=([^)&]+)\)", table)]
    assert not any(" " in path or "/" in path for path in re.findall(r"\?urlpath=([^)]+)\)", table))
    for page in PAGES:
        assert f"lab/tree/{page}" in opened and f"voila/render/{page}" in opened
        assert (ROOT / page).is_file()
    assert {"voila/tree/notebooks", "voila/tree/notebooks/it", "lab/tree/notebooks"} <= set(opened)
    assert len(opened) == len(set(opened)) == 2 * (len(PAGES) + len({Path(page).parent for page in PAGES}))


def test_a_page_is_called_what_it_calls_itself_in_its_language():
    table = links.table(links.launched("town/segkit"))
    assert "| Start here |" in table and "**Italiano**" in table and "<span" not in table


def test_the_readme_has_room_for_links_and_those_it_has_are_complete():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert readme.count(links.BEGIN) == readme.count(links.END) == 1
    stand = readme.split(links.BEGIN)[1].split(links.END)[0]
    if found := re.search(rf"{re.escape(links.BINDER)}/[^?)]+", stand):
        assert stand.strip() == links.table(found[0]).strip(), "make links"
    else:
        assert "make links REPO=owner/name" in stand and "mybinder" not in stand
    again = links.written(links.written(readme, links.table("x")), links.table("y"))
    assert again == links.written(readme, links.table("y"))


# --- the image


def test_a_session_begins_with_what_the_image_was_made_with(tmp_path):
    """numba keeps what it compiled under a processor's name: it must be the same while building and later."""
    shown = "import os; print(os.environ['NUMBA_CPU_NAME'], os.environ['NUMBA_CPU_FEATURES'] == '')"
    command = [ROOT / "binder/start", sys.executable, "-c", shown]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert said.stdout.split() == ["generic", "True"]
    build = (ROOT / "binder/postBuild").read_text("utf-8")
    made_ready = [line for line in build.splitlines() if " python -c " in line]
    assert len(made_ready) == 2 and all(line.startswith('"$start" python') for line in made_ready)
    assert build.index("cd /") < build.index(made_ready[0]), "the folder would be made ready, not the package"


def test_what_is_compiled_for_any_processor_is_found_by_another(tmp_path):
    """The same file, compiled into an empty folder and then read: the second time nothing is compiled."""
    code = "import segkit; segkit.sweep(least='1/3', full='0.8', repeats=1)"
    env = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    for _ in range(2):
        subprocess.run([ROOT / "binder/start", sys.executable, "-c", code], env=env, check=True, cwd=tmp_path)
        kept = sorted(path.name for path in tmp_path.rglob("*.nbc"))
        assert len(kept) == 1, "made for one processor and again for any"


# --- a hub for many


class Config:
    """What a configuration file sets: `c.Spawner.mem_limit = "1G"` is found as said["Spawner.mem_limit"]."""

    def __init__(self, said, name=""):
        self.__dict__.update(said_=said, name_=name)

    def __getattr__(self, name):
        return Config(self.said_, f"{self.name_}.{name}".strip("."))

    def __setattr__(self, name, value):
        self.said_[f"{self.name_}.{name}".strip(".")] = value


def set_by(path: Path) -> dict:
    """What `jupyterhub_config.py` sets, without JupyterHub: room.py, which needs it, is read on its own."""
    said: dict = {}
    names = {"get_config": lambda: Config(said), "load_subconfig": said.setdefault, "__file__": str(path)}
    exec(compile(path.read_text("utf-8"), path, "exec"), names)
    return said


@pytest.fixture(scope="module")
def hub():
    return set_by(MANY / "jupyterhub_config.py")


@pytest.fixture(scope="module")
def values():
    return yaml.safe_load((MANY / "values.yaml").read_text("utf-8"))


# Of JupyterHub 5.3 to 6.1 and its systemd spawner 1.0; that they take them was seen by starting them.
TRAITS = {
    "JupyterHub": "active_server_limit bind_url concurrent_spawn_limit load_roles services spawner_class",
    "Spawner": "args cmd cpu_limit default_url http_timeout mem_limit start_timeout",
    "SystemdSpawner": "dynamic_users isolate_devices isolate_tmp unit_extra_properties",
}


def test_the_hub_sets_nothing_that_is_not_there(hub):
    known = {f"{owner}.{name}" for owner, names in TRAITS.items() for name in names.split()}
    assert set(hub) - {str(MANY / "room.py")} <= known
    assert str(MANY / "room.py") in hub, "without the room's door, anybody's"


def test_the_hub_keeps_people_apart_and_within_their_share(hub):
    assert hub["JupyterHub.bind_url"] == "http://127.0.0.1:8000"
    assert hub["JupyterHub.spawner_class"] == "systemd" and hub["SystemdSpawner.dynamic_users"] is True
    assert hub["SystemdSpawner.unit_extra_properties"]["IPAddressDeny"] == "any"
    assert hub["Spawner.mem_limit"] == "1G" and hub["JupyterHub.active_server_limit"] >= 1
    assert "--KernelManager.transport=ipc" in hub["Spawner.args"]
    for program in (Path(hub["Spawner.cmd"][0]), MANY / "begin"):
        assert os.access(program, os.X_OK) and program.read_text("utf-8").startswith("#!")
    (culler,), (role,) = hub["JupyterHub.services"], hub["JupyterHub.load_roles"]
    assert culler["name"] in role["services"] and "delete:servers" in role["scopes"]


def test_a_name_is_drawn_and_never_chosen():
    tree = ast.parse((MANY / "room.py").read_text("utf-8"))
    (room,) = (node for node in tree.body if isinstance(node, ast.ClassDef))
    names = {ast.unparse(node) for node in ast.walk(room) if isinstance(node, ast.Call)}
    assert "secrets.token_hex(5)" in names and "data" not in ast.unparse(room.body[-1].body[-1])


def test_a_person_gets_the_notebooks_once_and_keeps_what_is_changed(tmp_path):
    begin = MANY / "begin"
    subprocess.run([begin, "true"], cwd=tmp_path, check=True)
    page = tmp_path / "notebooks/00-start-here.ipynb"
    assert page.is_file() and (tmp_path / "data").is_dir()
    page.write_text("mine")
    shown = subprocess.run([begin, "env"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert page.read_text() == "mine"
    assert "NUMBA_CPU_NAME=generic" in shown
    socket = re.search("^JUPYTER_RUNTIME_DIR=(.*)$", shown, re.M)[1] + f"/kernel-{'x' * 36}-ipc-5"
    assert len(socket) < 104 or len(str(tmp_path)) > 40, "a socket's name may not be longer"


# What the chart's own schema (Zero to JupyterHub) has under each key we use; "*": anything.
NETWORK = {
    "enabled": bool,
    "egressAllowRules": dict.fromkeys(["cloudMetadataServer", "nonPrivateIPs", "privateIPs"], bool),
}
CHART = {
    "hub": {
        "extraFiles": {"room": {"mountPath": str}},
        "extraEnv": "*",
        "concurrentSpawnLimit": int,
        "activeServerLimit": int,
    },
    "proxy": {"https": {"enabled": bool}, "chp": {"resources": "*"}},
    "singleuser": {
        "defaultUrl": str,
        "memory": {"guarantee": str, "limit": str},
        "cpu": {"guarantee": (int, float), "limit": (int, float)},
        "storage": {"type": ("dynamic", "static", "none")},
        "cloudMetadata": {"blockWithIptables": bool, "ip": str},
        "networkPolicy": NETWORK,
        "extraFiles": {"policy": {"mountPath": str, "data": "*"}},
    },
    "scheduling": {
        "userScheduler": {"enabled": bool},
        "podPriority": {"enabled": bool},
        "userPlaceholder": {"enabled": bool, "replicas": int},
    },
    "prePuller": {"hook": {"enabled": bool}, "continuous": {"enabled": bool}},
    "cull": {"enabled": bool, "users": bool, "timeout": int, "every": int, "maxAge": int},
}


def strangers(values, chart, where="") -> list[str]:
    """The keys the chart does not know, and the values of another kind."""
    if chart == "*":
        return []
    if isinstance(chart, dict):
        if not isinstance(values, dict):
            return [where]
        found = [f"{where}.{key}" for key in values if key not in chart]
        for key in values.keys() & chart.keys():
            found += strangers(values[key], chart[key], f"{where}.{key}")
        return found
    if isinstance(chart, tuple) and isinstance(chart[0], str):
        return [] if values in chart else [where]
    return [] if isinstance(values, chart) else [where]


def test_the_chart_knows_every_value(values):
    assert strangers(values, CHART) == []
    assert strangers(values | {"singeluser": {}}, CHART) == [".singeluser"]


def test_both_ways_to_serve_many_promise_the_same(hub, values):
    from segkit.presenting.server import POLICY

    person = values["singleuser"]
    assert person["defaultUrl"] == hub["Spawner.default_url"] and person["memory"]["limit"] == "1G"
    data = person["extraFiles"]["policy"]["data"]
    assert data["ServerApp"]["tornado_settings"]["headers"]["Content-Security-Policy"] == POLICY
    assert POLICY in " ".join(hub["Spawner.args"])
    assert person["storage"]["type"] == "none", "a volume over the home would hide the notebooks"
    assert not any(person["networkPolicy"]["egressAllowRules"].values())
    (culler,) = hub["JupyterHub.services"]
    assert f"--IdleCuller.timeout={values['cull']['timeout']}" in culler["command"]
    assert values["hub"]["activeServerLimit"] >= 300


def test_no_file_for_many_holds_a_secret():
    for path in MANY.iterdir():
        text = path.read_text("utf-8")
        assert not re.search(r"(?i)(password|token|secret)\w*\s*[=:]\s*[\"'][^\"'$]", text), path.name
