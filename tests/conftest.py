"""What all tests share: slow ones last, and nothing skipped in silence."""

import os

import pytest
from hypothesis import settings

# A shared machine may be slow at any moment: what a test takes is no property of the code.
settings.register_profile("segkit", deadline=None)
settings.load_profile("segkit")

# The scripts that made the oracle's numbers need programs that are not installed here.
collect_ignore_glob = ["oracle/*.py"]


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
    """Says loudly what was not tested, at the end, where it is read."""
    skipped = terminalreporter.stats.get("skipped", [])
    if not skipped:
        return
    terminalreporter.section("NOT TESTED", sep="!", red=True, bold=True)
    reasons = [report.longrepr[2].removeprefix("Skipped: ") for report in skipped]
    for reason in sorted(set(reasons)):
        terminalreporter.write_line(f"{reasons.count(reason)} tests: {reason}", red=True)
    terminalreporter.write_line("With CI=true a skipped test is a failed one.", red=True)
