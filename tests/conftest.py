"""What all tests share: slow ones last, and nothing skipped in silence."""

import itertools
import os
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# A shared machine may be slow at any moment: what a test takes is no property of the code.
settings.register_profile("segkit", deadline=None)
settings.load_profile("segkit")

HOME = pytest.StashKey()
COUNT = itertools.count()

# The scripts that made the oracle's numbers need programs that are not installed here.
collect_ignore_glob = ["oracle/*.py"]


def pytest_addoption(parser):
    said = "browser tests leave pictures of the pages in tests/browser/screenshots, to be looked at"
    parser.addoption("--screenshots", action="store_true", help=said)


def pytest_configure(config):
    """What tests make public is remembered in a folder of their own, never in the reader's."""
    config.stash[HOME] = tempfile.TemporaryDirectory(prefix="segkit-tests-")
    os.environ["SEGKIT_LANG"] = "en"  # whatever the developer's own machine speaks
    os.environ["SEGKIT_HOME"] = os.path.join(config.stash[HOME].name, "session")


@pytest.fixture(autouse=True)
def own_session_folder(tmp_path_factory, monkeypatch, request):
    """One test's releases are not another's; a page's server keeps the folder it was started with."""
    if "browser" not in request.keywords:
        monkeypatch.setenv("SEGKIT_HOME", str(tmp_path_factory.getbasetemp() / "homes" / f"{next(COUNT)}"))


@pytest.fixture
def segkit(capsys):
    """Run a command in this process: exit code, standard output, standard error."""

    from segkit import cli

    def run(*words):
        try:
            code = cli.main([str(word) for word in words])
        except SystemExit as end:  # argparse's own way to stop
            code = end.code
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return run


def pytest_collection_modifyitems(items):
    """Numbers first: a wrong formula should not have to wait for a browser."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where everything should be there, a skipped test is a failed one."""
    report = yield
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"skipped, though CI=true: {report.longrepr[2]}"
    return report


def pytest_terminal_summary(terminalreporter):
    """At the end, where it is read: what tests had to say, and loudly what was not tested."""
    for report in terminalreporter.stats.get("passed", []):
        for name, said in report.user_properties:
            terminalreporter.section(name)
            terminalreporter.write_line(str(said))
    skipped = terminalreporter.stats.get("skipped", [])
    if not skipped:
        return
    terminalreporter.section("NOT TESTED", sep="!", red=True, bold=True)
    reasons = [report.longrepr[2].removeprefix("Skipped: ") for report in skipped]
    for reason in sorted(set(reasons)):
        terminalreporter.write_line(f"{reasons.count(reason)} tests: {reason}", red=True)
    terminalreporter.write_line("With CI=true a skipped test is a failed one.", red=True)


@pytest.fixture(scope="session")
def colours():
    """colours("film"): the colours of a widget by name, in the light and in the dark."""
    from segkit import widgets

    def of(widget: str) -> list[dict[str, str]]:
        css = Path(widgets.__file__).with_name(f"{widget}.css").read_text("utf-8")
        sets = []
        for start in (rf"\.segkit-{widget} ", rf'\[data-jp-theme-light="false"\] \.segkit-{widget}\S* '):
            block = re.search(rf"^{start}{{(.*?)^}}", css, re.M | re.S)[1]
            sets.append(dict(re.findall(r"--(?:segkit-)?([\w-]+): (#[0-9a-fA-F]{6});", block)))
        light, dark = sets
        return [light, light | dark]

    return of
