"""People come into a running hub, all at once, each with a browser: how long do they wait, who gets where?

    SEGKIT_PASSWORD=... python docs/for-300-people/rehearse.py http://127.0.0.1:8000 --people 3

It needs what `make test` needs: playwright and a Chromium (CHROMIUM=/where/it/is).
"""

import argparse
import asyncio
import os
import shutil
import statistics
import sys
import time

from playwright.async_api import async_playwright

FIRST = "notebooks/00-start-here.ipynb"
PAGES = WITHOUT_CODE, LAB = f"voila/render/{FIRST}", f"lab/tree/{FIRST}"
PATIENCE = 180_000  # ms


async def arrived(browser, hub: str, password: str) -> tuple:
    """Somebody who has logged in and opened the first page; how long it took until its widget answered."""
    began = time.monotonic()
    page = await (await browser.new_context()).new_page()
    page.set_default_timeout(PATIENCE)
    wrong = []
    abroad = lambda url: url.startswith("http") and not url.startswith(hub)  # noqa: E731
    page.on("request", lambda asked: wrong.append(asked.url) if abroad(asked.url) else None)
    page.on("console", lambda said: wrong.append(said.text) if "Security Policy" in said.text else None)
    await page.goto(f"{hub}/hub/login")
    await page.get_by_label("Username").fill("somebody")
    await page.get_by_label("Password").fill(password)
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url("**/user/*/**")
    home = page.url.split("/user/")[1].split("/")[0]
    base = f"{hub}/user/{home}"
    await page.goto(f"{base}/{WITHOUT_CODE}")
    await page.locator("[data-verdict=works], [data-verdict=slow]").wait_for()
    waited = time.monotonic() - began
    await page.goto(f"{base}/{LAB}")
    await page.locator(".jp-Notebook").wait_for()
    return page, base, waited, wrong


async def reached(page, base: str) -> dict[str, int]:
    """What somebody's browser gets of another's server: the answers' numbers."""
    paths = ["api/contents", "api/kernels", "api/sessions", f"files/{FIRST}", *PAGES]
    found = {}
    for path in paths:
        answer = await page.context.request.get(f"{base}/{path}")
        theirs = answer.url.startswith(base) and answer.ok  # asked to log in elsewhere is not let in
        found[path] = 200 if theirs else answer.status
    return found


async def rehearse(hub: str, people: int, password: str) -> bool:
    async with async_playwright() as play:
        where = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        browser = await play.chromium.launch(executable_path=where, args=["--no-sandbox", "--disable-gpu"])
        guests = await asyncio.gather(*(arrived(browser, hub, password) for _ in range(people)))
        waited = [seconds for _, _, seconds, _ in guests]
        print(f"{people} people: their page answered after {statistics.median(waited):.1f} s (the median),")
        print(f"the last one's after {max(waited):.1f} s; JupyterLab opened for each")
        print("their servers:", *sorted(base.rsplit("/", 1)[1] for _, base, _, _ in guests))
        open_doors = set()
        for page, base, _, _ in guests:
            for _, other, _, _ in guests:
                if other != base:
                    answers = await reached(page, other)
                    open_doors |= {path for path, status in answers.items() if status < 400}
        print("one gets at another's:", ", ".join(sorted(open_doors)) or "nothing")
        own = await reached(guests[0][0], guests[0][1])
        print("one gets at one's own:", ", ".join(path for path, status in own.items() if status == 200))
        wrong = {found for *_, wrong in guests for found in wrong}
        print("other hosts asked, or forbidden:", "; ".join(sorted(wrong)) or "none")
        await browser.close()
        return not open_doors and not wrong and len({base for _, base, _, _ in guests}) == people


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("hub", help="the hub's address")
    parser.add_argument("--people", type=int, default=3)
    asked = parser.parse_args()
    password = os.environ.get("SEGKIT_PASSWORD") or sys.exit("The room's password: SEGKIT_PASSWORD=...")
    sys.exit(not asyncio.run(rehearse(asked.hub.rstrip("/"), asked.people, password)))


if __name__ == "__main__":
    main()
