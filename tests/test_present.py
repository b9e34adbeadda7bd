"""A room: who may come in, what they reach, and what is left when it ends. Tried with a real server."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import psutil
import pytest

pytest.importorskip("voila")
import websockets  # noqa: E402
from visitor import PROTOCOL, Visitor, room  # noqa: E402

from segkit.cli.presenting import addresses, typed  # noqa: E402
from segkit.presenting.door import Password  # noqa: E402
from segkit.presenting.pages import prepare  # noqa: E402
from segkit.presenting.server import MESSAGE, Room, is_loopback  # noqa: E402
from segkit.words import WORDS  # noqa: E402

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
SECRET = "open sesame, said the thief"  # the password
HIDDEN = "this-is-only-in-the-source"
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
BOARD = f"# {HIDDEN}\nimport segkit as sk\nsk.Parable(sk.Board.random(10, full=0.8, seed=1))"


def written(folder: Path, name: str, *cells):
    import nbformat.v4 as v4

    made = [v4.new_code_cell(*c) if isinstance(c, list) else v4.new_markdown_cell(c) for c in cells]
    path = folder / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(v4.new_notebook(cells=made, metadata=KERNEL)))


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Notebooks as somebody has them, with things beside them that are nobody's business."""
    folder = tmp_path_factory.mktemp("lesson") / "notebooks"
    written(folder, "small", "# A board", [BOARD], ["sk.Calculator()"])
    written(folder, "broken", "# A step fails", ["1 / 0"])
    written(folder, "it/small", "# Una tavola", [BOARD], ["sk.speak('it'); sk.Calculator()"])
    for name in ("secret.csv", "it/small.po", "secret.py", "secret.png"):
        (folder / name).write_text(HIDDEN)
    (folder.parent / "above.txt").write_text(HIDDEN)
    return folder


@pytest.fixture(scope="session")
def served(folder, tmp_path_factory):
    """The room of these tests: its address, its process, and what it said."""
    said = tmp_path_factory.mktemp("said") / "log"
    words = ("--password", SECRET, "--page", "small", "--warm", "2")
    with room(*words, folder=folder, said=said) as (url, process):
        yield url, process, said


@pytest.fixture
def url(served):
    return served[0]


async def somebody(url) -> Visitor:
    """A visitor who knows the password."""
    visitor = Visitor(url)
    answer = await visitor.log_in(SECRET)
    assert answer.code == 302, answer.body
    return visitor


async def playing(url, page="small.ipynb") -> Visitor:
    """A visitor with a page open and its widgets drawn."""
    visitor = await somebody(url)
    assert (await visitor.open(page)).code == 200
    await visitor.connect()
    await visitor.widgets()
    return visitor


def tried(meeting):
    """Runs an asynchronous test."""

    def test(url):
        asyncio.run(meeting(url))

    test.__name__, test.__doc__ = meeting.__name__, meeting.__doc__
    return test


# --- on the terminal


def test_it_does_not_listen_beyond_this_computer_without_a_password(segkit, folder, monkeypatch):
    monkeypatch.delenv("SEGKIT_PASSWORD", raising=False)
    for address in ("0.0.0.0", "192.168.1.7", "::"):
        code, out, err = segkit("present", folder, "--address", address)
        assert (code, out) == (2, "") and "--password" in err and address in err
    assert not is_loopback("") and not is_loopback("example.org") and is_loopback("::1")


def test_a_port_in_use_is_said_in_words_with_one_that_is_free(segkit, folder, monkeypatch):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = door.getsockname()[1]
        monkeypatch.setattr("getpass.getpass", lambda asked: pytest.fail("a password was asked for in vain"))
        code, _, err = segkit("present", folder, "--port", port, "--password")
    assert code == 2 and f"port {port} is in use" in err
    free = int(err.rpartition("--port ")[2])
    assert f"make present PORT={free}," in err  # who came by make cannot say --port
    with socket.socket() as door:
        door.bind(("127.0.0.1", free))


def test_what_cannot_be_is_said_before_anything_starts(segkit, folder, tmp_path, monkeypatch):
    assert "no notebook" in segkit("present", tmp_path)[2]
    assert "there are: broken, small" in segkit("present", folder, "--page", "nothing")[2].lower()
    assert "no words for the language 'xx'" in segkit("present", folder, "--lang", "xx")[2]
    assert "65535" in segkit("present", folder, "--port", "70000")[2]
    monkeypatch.setenv("SEGKIT_PASSWORD", SECRET)
    assert "203.0.113.9 is no address" in segkit("present", folder, "--address", "203.0.113.9")[2]


def test_the_password_stands_in_no_process_list_no_log_and_no_visitors_program(served):
    _, process, said = served
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    assert len(family) >= 3
    for one in family:
        assert SECRET not in " ".join(one.cmdline())
    for kernel in family[1:]:
        assert "SEGKIT_PASSWORD" not in kernel.environ()
    assert SECRET not in said.read_text()


def test_it_says_the_address_when_to_come_in_and_how_to_stop_and_shows_no_traceback(served):
    url, _, said = served
    text = said.read_text()
    assert url in text and "Ctrl+C" in text and "may come in. Pages that are ready: 2" in text
    assert "For the laptops and phones of a room: make present ADDRESS=0.0.0.0" in text  # it was 127.0.0.1
    assert text.index("Let nobody in yet") < text.index("Ready: 1 of 2") < text.index("may come in")
    assert "Traceback" not in text


def test_where_everybody_may_come_in_the_addresses_are_those_of_this_computer():
    import ipaddress

    assert all(not ipaddress.ip_address(address).is_loopback for address in addresses())


def test_when_it_ends_nothing_is_left(folder, tmp_path):
    with room("--page", "small", "--warm", "2", folder=folder, said=tmp_path / "log") as (url, process):
        asyncio.run(playing_without_a_password(url))
        family = psutil.Process(process.pid).children(recursive=True)
        homes = {one.environ()["SEGKIT_HOME"] for one in family}
        own = [Path(home).parents[1] for home in homes]
        assert len(own) >= 2 and len(set(own)) == 1 and own[0].is_dir()
        assert len(homes) == len(family)  # one visitor's releases are not another's
    assert process.returncode == 0
    assert not own[0].exists() and psutil.wait_procs(family, 5)[1] == []
    assert "Nothing was left behind" in (tmp_path / "log").read_text()


async def playing_without_a_password(url):
    visitor = Visitor(url)
    await visitor.open("small.ipynb")
    await visitor.connect()
    assert await visitor.widgets()


# --- the door


@tried
async def test_nothing_is_reached_without_the_password(url):
    inside = await playing(url)
    stranger = Visitor(url)
    for path in (
        "/",
        "/voila/tree",
        "/voila/tree/it",
        "/voila/render/small.ipynb",
        "/voila/static/voila.js",
        "/voila/templates/segkit/static/segkit.css",
        "/voila/segkit/parable.js",
        "/voila/labextensions/anywidget/package.json",
        "/voila/api/themes/",
        f"/api/kernels/{inside.kernel}",
    ):
        answer = await stranger.ask(path)
        assert answer.code in (302, 403), f"{path}: {answer.code}"
        assert answer.code == 403 or answer.headers["Location"].startswith("/login"), path
    stranger.kernel = inside.kernel
    with pytest.raises(websockets.InvalidStatus) as refused:
        await stranger.connect()
    assert refused.value.response.status_code == 403
    for sign in ("?token=", "?token=None", f"?token={quote(SECRET)}"):
        assert (await stranger.ask("/voila/tree" + sign)).code == 302


@tried
async def test_the_door_is_in_our_words_and_loads_nothing(url):
    page = (await Visitor(url).ask("/login?next=%2Fvoila%2Frender%2Fsmall.ipynb")).body.decode()
    assert WORDS["present.door.about"] in page and 'type="password"' in page
    assert "jupyter" not in page.lower() and "src=" not in page and 'href="/' not in page
    page = (await Visitor(url).ask("/login?next=%2Fvoila%2Frender%2Fit%2Fsmall.ipynb")).body.decode()
    assert '<html lang="it"' in page


@tried
async def test_after_the_password_one_is_where_one_wanted_to_be_and_nowhere_else(url):
    for wanted in ("/voila/tree/it", "//example.org/x", "https://example.org/", "/\\example.org"):
        visitor = Visitor(url)
        await visitor.ask("/login")
        body = {"password": SECRET, "_xsrf": visitor.cookies["_xsrf"], "next": wanted}
        answer = await visitor.ask("/login", "POST", body)
        where = answer.headers["Location"]
        assert answer.code == 302 and where.startswith("/") and where[1:2] not in ("/", "\\")
        assert where == wanted or "example" in wanted
    assert (await Visitor(url).ask("/login", "POST", {"password": SECRET})).code == 403  # not from our page


def test_guessing_gets_slower_for_one_address_and_then_for_all(monkeypatch):
    asked = Password("right")
    for _ in range(4):
        asked.tried("a", False)
    assert asked.wait("a") == 0
    waits = []
    for _ in range(8):
        asked.tried("a", False)
        waits.append(asked.wait("a"))
    assert waits == sorted(waits) and waits[0] >= 2 and waits[-1] == 60
    assert asked.wait("b") == 0  # who sits beside them may still come in
    assert [asked.tried(f"c{n}", False) for n in range(40)][-1] == 1.0
    asked.tried("a", True)
    assert asked.wait("a") == 0


def test_a_wrong_password_is_refused_and_then_has_to_wait(folder, tmp_path):
    async def meeting(url):
        stranger = Visitor(url)
        for _ in range(5):
            answer = await stranger.log_in("open")
            assert answer.code == 401 and WORDS["present.door.wrong"] in answer.body.decode()
        answer = await stranger.log_in(SECRET)
        assert answer.code == 429 and int(answer.headers["Retry-After"]) >= 1
        await asyncio.sleep(int(answer.headers["Retry-After"]) + 1)
        assert (await stranger.log_in(SECRET)).code == 302

    env = {"SEGKIT_PASSWORD": SECRET}
    with room("--warm", "0", folder=folder, said=tmp_path / "log", env=env) as (url, _):
        asyncio.run(meeting(url))


@tried
async def test_a_cookie_that_somebody_wrote_opens_nothing(url):
    stranger, known = Visitor(url), await somebody(url)
    name = next(name for name in known.cookies if name.startswith("username"))
    stranger.cookies[name] = known.cookies[name][:-4] + "0000"
    assert (await stranger.ask("/voila/tree")).code == 302


# --- a page


@tried
async def test_a_page_answers_in_its_language_and_shows_no_code(url):
    visitor = await playing(url)
    answer = await visitor.ask("/voila/render/it/small.ipynb")
    assert HIDDEN not in answer.body.decode() and "import segkit" not in answer.body.decode()
    board = await visitor.tell(visitor.widget("Parable"), {"do": "hello"}, "board")
    asked = {"do": "more", "epoch": board["epoch"], "at": 0, "have": 0, "want": 50}
    assert (await visitor.tell(visitor.widget("Parable"), asked, "chunk"))["count"] > 0
    italian = await playing(url, "it/small.ipynb")
    words = [one["state"].get("words", {}) for one in italian.states.values()]
    assert "Annulla" in json.dumps(words)
    await asyncio.gather(visitor.leave(), italian.leave())


@tried
async def test_a_step_that_fails_is_told_without_its_traceback(url):
    visitor = await somebody(url)
    page = (await visitor.open("broken.ipynb")).body.decode()
    assert "ZeroDivisionError" not in page and "Traceback" not in page and "segkit-broken" in page


@tried
async def test_a_visitor_cannot_run_code(url):
    visitor = await playing(url)
    code = {"code": "import os; os._exit(1)", "silent": False, "user_expressions": {}, "allow_stdin": False}
    for channel in ("shell", "control", "stdin", "iopub", "nonsense"):
        await visitor.send("execute_request", code, channel)
        await visitor.send("debug_request", {"command": "evaluate"}, channel)
        await visitor.send("create_subshell_request", {}, channel)
        await visitor.send("input_reply", {"value": "1"}, channel)
        await visitor.send("shutdown_request", {"restart": False}, channel)
        await visitor.send("interrupt_request", {}, channel)
    comm = {"comm_id": "x", "target_name": "jupyter.widget", "data": {"state": {"_model_module": "os"}}}
    await visitor.send("comm_open", comm)
    await visitor.send("comm_msg", {"comm_id": "y", "data": {"code": "import os; os._exit(1)"}})
    typed = {"do": "cell", "row": 0, "column": 1, "text": "7"}
    said = {"do": "edit", "view": "v", "seq": 1, "gestures": [typed]}
    answer = await visitor.tell(visitor.widget("Calculator"), said, "page")
    assert answer["heard"] == {"v": 1}  # the program is there, and nothing else was done
    await visitor.leave()


@tried
async def test_the_older_protocol_is_not_spoken(url):
    visitor = await playing(url)
    await visitor.leave()
    address = url.replace("http", "ws", 1) + f"/api/kernels/{visitor.kernel}/channels?session_id=old"
    async with websockets.connect(address, additional_headers=visitor.cookie) as old:
        header = {"msg_id": "1", "msg_type": "execute_request", "version": "5.3", "session": "o"}
        run = {"code": "import os; os._exit(1)", "silent": False, "allow_stdin": False}
        sent = {"header": header, "parent_header": {}, "metadata": {}, "content": run, "channel": "shell"}
        await old.send(json.dumps(sent))
        with pytest.raises(websockets.ConnectionClosed):
            async with asyncio.timeout(30):
                while True:
                    assert "execute_reply" not in await old.recv()
    await visitor.connect()
    assert await visitor.widgets()
    await visitor.leave()


@tried
async def test_rubbish_hurts_nobody(url):
    visitor, neighbour = await asyncio.gather(playing(url), playing(url))
    for rubbish in (b"", b"\0" * 100, b"\xff" * 100, "text", "{", "[]", '{"channel": 3}'):
        await visitor.connect()
        try:
            await visitor.socket.send(rubbish)
            await asyncio.wait_for(visitor.socket.recv(), 0.3)
        except (TimeoutError, websockets.ConnectionClosed):
            pass
        await visitor.leave()
    for message in ({}, {"do": None}, {"do": ["x"]}, {"do": "edit", "gestures": {"a": 1}}, [1], None, "x"):
        content = {
            "comm_id": neighbour.widget("Calculator"),
            "data": {"method": "custom", "content": message},
        }
        await neighbour.send("comm_msg", content)
        await neighbour.send("comm_msg", content | {"data": {"method": "nothing"}})
    assert await neighbour.tell(neighbour.widget("Parable"), {"do": "hello"}, "stage")
    await visitor.connect()
    assert await visitor.widgets()
    await asyncio.gather(visitor.leave(), neighbour.leave())


@tried
async def test_what_is_sent_is_limited_in_size(url):
    visitor, neighbour = await asyncio.gather(playing(url), playing(url))
    with pytest.raises(websockets.ConnectionClosed):
        await visitor.send("comm_msg", {"comm_id": "x", "data": {"big": "x" * (MESSAGE + 1000)}})
        await asyncio.wait_for(visitor.socket.wait_closed(), 20)
        await visitor.socket.recv()
    body = {"_xsrf": neighbour.cookies["_xsrf"], "password": "x" * 1_000_000}
    try:
        assert (await neighbour.ask("/login", "POST", body)).code in (400, 413, 599)
    except OSError:
        pass  # the server hung up
    assert await neighbour.tell(neighbour.widget("Parable"), {"do": "hello"}, "stage")
    await neighbour.leave()


@tried
async def test_a_page_that_is_closed_ends_its_program(url):
    visitor = await playing(url)
    path = f"/voila/api/shutdown/{visitor.kernel}"
    assert (await visitor.ask(path, "POST", {})).code == 403  # not without the sign that it is our own page
    answer = await visitor.ask(path, "POST", {"_xsrf": visitor.cookies["_xsrf"]})
    assert answer.code == 204
    assert (await visitor.ask(f"/api/kernels/{visitor.kernel}")).code == 404


# --- others, and what is beside the pages


@tried
async def test_a_visitor_reaches_nobody_elses_program_even_if_its_name_is_known(url):
    one, other = await asyncio.gather(playing(url), somebody(url))
    sign = {"X-XSRFToken": other.cookies["_xsrf"]}
    assert (await one.ask(f"/api/kernels/{one.kernel}")).code == 200
    assert (await other.ask(f"/api/kernels/{one.kernel}")).code == 404
    assert (await other.ask(f"/api/kernels/{one.kernel}", "DELETE", **sign)).code == 404
    body = {"_xsrf": other.cookies["_xsrf"]}
    assert (await other.ask(f"/voila/api/shutdown/{one.kernel}", "POST", body)).code == 404
    for action in ("interrupt", "restart"):
        answer = await other.ask(f"/api/kernels/{one.kernel}/{action}", "POST", "{}", **sign)
        assert answer.code in (403, 404, 405)
    with pytest.raises(websockets.InvalidStatus) as refused:
        await other.connect(one.kernel)
    assert refused.value.response.status_code == 404
    assert await one.tell(one.widget("Parable"), {"do": "hello"}, "stage")
    await one.leave()


@tried
async def test_nobody_gets_a_list_or_a_program_without_a_page(url):
    visitor = await somebody(url)
    sign = {"X-XSRFToken": visitor.cookies["_xsrf"]}
    for path in (
        "/api",
        "/api/status",
        "/api/me",
        "/api/kernels",
        "/api/sessions",
        "/api/contents",
        "/api/terminals",
        "/api/kernelspecs",
        "/api/config/x",
        "/metrics",
        "/voila/api/contents/",
        "/voila/api/contents/small.ipynb",
        "/voila/query/0-0-0-0-0",
        "/voila/execution/0-0-0-0-0",
        "/tree",
        "/lab",
        "/files/small.ipynb",
        "/nbconvert/html/small.ipynb",
        "/logout",
    ):
        for method, body in (("GET", None), ("POST", "{}"), ("PUT", "{}")):
            answer = await visitor.ask(path, method, body, **(sign if body else {}))
            assert answer.code in (403, 404, 405), f"{method} {path}: {answer.code}"
            assert "small" not in answer.body.decode()


@tried
async def test_no_file_but_the_pages_is_served(url):
    visitor = await somebody(url)
    up = ("../", "..%2f", "%2e%2e/", "..%5c", "....//", "%252e%252e/", "/")
    names = ("secret.csv", "secret.py", "secret.png", "it/small.po", "small.ipynb", "above.txt", "etc/passwd")
    beginnings = (
        "/voila/files/",
        "/voila/static/",
        "/voila/segkit/",
        "/voila/templates/segkit/static/",
        "/voila/templates/../",
        "/voila/labextensions/",
        "/voila/api/themes/",
        "/voila/tree/",
        "/",
    )
    paths = [a + b + c for a in beginnings for b in ("", *(u * 8 for u in up)) for c in names]
    paths += [f"/voila/render/{u * n}{c}" for u in up for n in (1, 8) for c in names]
    paths += [f"/voila/render/{c}" for c in names if c != "small.ipynb"]
    paths += ["/voila/segkit/code.py", "/voila/segkit/__init__.py", "/voila/templates/x", "/voila/templates/"]
    for path in paths:
        answer = await visitor.ask(path)
        said = answer.body.decode(errors="replace")
        assert answer.code != 200 and HIDDEN not in said and "root:" not in said, f"{path}: {answer.code}"
        assert "Traceback" not in said and str(Path.home()) not in said, path


@tried
async def test_every_answer_has_the_headers_that_protect_it(url):
    visitor, stranger = await somebody(url), Visitor(url)
    answers = [
        await visitor.ask(path) for path in ("/voila/tree", "/voila/static/voila.js", "/no", "/api/kernels/x")
    ]
    answers += [await visitor.open("small.ipynb"), await stranger.ask("/"), await stranger.ask("/login")]
    answers += [await visitor.ask(f"/api/kernels/{visitor.kernel}")]
    for answer in answers:
        headers = answer.headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Server"] == "segkit" and "ornado" not in answer.body.decode()[:3000]
        rules = dict(
            rule.strip().partition(" ")[::2] for rule in headers["Content-Security-Policy"].split(";")
        )
        assert rules["default-src"] == rules["frame-ancestors"] == rules["form-action"] == "'self'"
        for rule in rules.values():  # no other host, and no wildcard
            assert set(rule.split()) <= {
                "'self'",
                "'none'",
                "'unsafe-inline'",
                "'unsafe-eval'",
                "blob:",
                "data:",
            }
    for said in visitor.cookies:
        assert said == "_xsrf" or said.startswith("username")


@tried
async def test_a_page_elsewhere_cannot_speak_for_a_visitor(url):
    visitor = await playing(url)
    await visitor.leave()
    address = url.replace("http", "ws", 1) + f"/api/kernels/{visitor.kernel}/channels"
    with pytest.raises(websockets.InvalidStatus) as refused:
        await websockets.connect(
            address, subprotocols=[PROTOCOL], origin="http://example.org", additional_headers=visitor.cookie
        )
    assert refused.value.response.status_code == 403
    body = {"_xsrf": visitor.cookies["_xsrf"]}
    path = f"/voila/api/shutdown/{visitor.kernel}"
    assert (await visitor.ask(path, "POST", body, Origin="http://example.org")).code == 404


@tried
async def test_on_this_computer_a_name_from_elsewhere_is_not_believed(url):
    assert (await Visitor(url).ask("/login", Host="example.org")).code == 403


# --- never too many


def in_a_room(folder, own, meeting, most, **wanted):
    """A server in this process, so that a test can look at it."""

    async def both():
        pages = prepare(folder, own / "pages")
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            port = door.getsockname()[1]
        server = Room().set_up(own, pages, address="127.0.0.1", port=port, password=None)
        begun, opened = asyncio.Event(), asyncio.Event()
        serving = asyncio.create_task(
            server.serve(begun.set, lambda n: opened.set(), lambda n: None, wanted, most)
        )
        try:
            await asyncio.wait_for(opened.wait(), 120)
            await meeting(f"http://127.0.0.1:{port}", server.kernel_manager)
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
        assert server.kernel_manager.list_kernel_ids() == []

    asyncio.run(both())


def test_a_full_room_says_so_kindly_and_lets_in_whoever_comes_after_somebody_left(folder, tmp_path):
    async def meeting(url, kernels):
        first, second, third = Visitor(url), Visitor(url), Visitor(url)
        for visitor in (first, second):
            assert (await visitor.open("small.ipynb")).code == 200
            await visitor.connect()
        answer = await third.open("small.ipynb")
        assert answer.code == 503 and WORDS["present.full.title"] in answer.body.decode()
        assert 'http-equiv="refresh"' in answer.body.decode()
        assert len(kernels) == 2
        await first.ask(f"/voila/api/shutdown/{first.kernel}", "POST", {"_xsrf": first.cookies["_xsrf"]})
        assert (await third.open("small.ipynb")).code == 200

    in_a_room(folder, tmp_path, meeting, 2)


def test_the_first_page_of_a_room_shows_the_address_that_people_type(tmp_path, monkeypatch):
    monkeypatch.setattr(Room, "shown", ["http://192.0.2.5:8866/"])

    async def meeting(url, kernels):
        page = (await Visitor(url).ask("/")).body.decode()
        assert "http://192.0.2.5:8866/" in page and WORDS["front.address"] in page

    in_a_room(NOTEBOOKS, tmp_path, meeting, 1)
    options = SimpleNamespace(address="192.0.2.5", port=8866)
    assert typed(options) == ["http://192.0.2.5:8866/"]


def test_one_visitor_has_only_so_many_pages_and_what_waits_makes_way(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("segkit.presenting.kernels.TABS", 2)
    monkeypatch.setattr("segkit.presenting.kernels.QUIET", 0.0)

    async def meeting(url, kernels):
        assert len(kernels.waiting["small.ipynb"]) == 2 and len(kernels) == 2
        visitor = Visitor(url)
        opened = []
        for _ in range(3):
            assert (
                await visitor.open("broken.ipynb")
            ).code == 200  # though all places were taken by those waiting
            opened.append(visitor.kernel)
        assert len(set(opened)) == 3 and opened[0] not in kernels and len(kernels.owner) <= 2
        assert all(not (kernels.homes / kernel.replace("-", "")).exists() for kernel in opened[:1])

    in_a_room(folder, tmp_path, meeting, 2, **{"small.ipynb": 2})


def test_a_page_that_waited_long_is_not_the_one_that_ends_when_it_is_opened(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("segkit.presenting.kernels.TABS", 2)

    async def meeting(url, kernels):
        visitor, opened = Visitor(url), []
        for name in ("broken", "broken", "small"):
            assert (await visitor.open(f"{name}.ipynb")).code == 200
            opened.append(visitor.kernel)
        assert opened[0] not in kernels and opened[1] in kernels and opened[2] in kernels

    in_a_room(folder, tmp_path, meeting, 9, **{"small.ipynb": 1})


def test_what_is_idle_ends_sooner_if_nobody_is_there_and_what_waits_does_not(folder, tmp_path, monkeypatch):
    async def meeting(url, kernels):
        waiting = kernels.waiting["small.ipynb"][0].kernel
        here, gone = Visitor(url), Visitor(url)
        for visitor in (here, gone):
            await visitor.open("broken.ipynb")
        await here.connect()
        monkeypatch.setattr(kernels, "idle", lambda kernel: 3600.0)
        for kernel in (waiting, here.kernel, gone.kernel):
            await kernels.cull_kernel_if_idle(kernel)
        assert waiting in kernels and here.kernel in kernels and gone.kernel not in kernels
        monkeypatch.setattr(kernels, "idle", lambda kernel: 4 * 3600.0)
        await kernels.cull_kernel_if_idle(here.kernel)
        assert waiting in kernels and here.kernel not in kernels

    in_a_room(folder, tmp_path, meeting, 9, **{"small.ipynb": 1})


def test_a_page_that_was_taken_is_made_anew_once_it_is_quiet(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("segkit.presenting.kernels.QUIET", 1.0)

    async def meeting(url, kernels):
        began = time.monotonic()
        visitor = Visitor(url)
        await visitor.open("small.ipynb")
        assert len(kernels.waiting["small.ipynb"]) == 0
        while not kernels.waiting["small.ipynb"] and time.monotonic() < began + 60:
            await asyncio.sleep(0.1)
        assert kernels.waiting["small.ipynb"] and time.monotonic() > began + 1.0

    in_a_room(folder, tmp_path, meeting, 9, **{"small.ipynb": 1})


def test_ctrl_c_while_pages_are_made_ready_ends_everything(folder, tmp_path):
    with room("--warm", "20", folder=folder, said=tmp_path / "log", wait=False) as (_, process):
        until = time.monotonic() + 60
        while not psutil.Process(process.pid).children() and time.monotonic() < until:
            time.sleep(0.1)
        time.sleep(0.5)
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert family and psutil.wait_procs(family, 5)[1] == []
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_ctrl_c_while_a_cell_of_a_page_is_computed_ends_everything(tmp_path):
    begun = tmp_path / "begun"
    cell = f"import pathlib, time; pathlib.Path({str(begun)!r}).touch(); time.sleep(600)"
    written(tmp_path / "notebooks", "long", "# It takes long", [cell])
    asked = dict(folder=tmp_path / "notebooks", said=tmp_path / "log", wait=False)
    with room("--warm", "20", **asked) as (_, process):
        until = time.monotonic() + 60
        while not begun.exists() and time.monotonic() < until:
            time.sleep(0.1)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        assert process.wait(25) == 0
    assert begun.exists() and "Traceback" not in (tmp_path / "log").read_text()


def test_without_voila_it_says_what_to_install():
    code = "import sys; sys.modules['voila'] = None; from segkit import cli; sys.exit(cli.main(['present']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ)
    assert done.returncode == 2 and "voila" in done.stderr and "pip install" in done.stderr
