"""What a reader takes home: their problem of practice in their own words, the report, and the tables.

The words are asked for when the report is written and kept nowhere; both files are made from the protected
view.
"""

from __future__ import annotations

import re

import traitlets as t

from segkit.widgets.code import code, look
from segkit.widgets.intake import XLSX, Intake, written
from segkit.widgets.known import Known
from segkit.words import say

LONGEST = 4000  # letters of the problem of practice
LABELS = "title problem problem_hint report tables hint wait".split()


class Takeaway(Known):
    """A box for the problem of practice, and the files to take home; about what the intake looks at.

    After: `.html` is the report last written, `.problem` the reader's words in it.
    """

    kind = "takeaway"
    _esm, _css = code("takeaway"), look("takeaway")

    words = t.Dict(read_only=True).tag(sync=True)  # the fixed sentences, never a reader's

    def __init__(self, intake: Intake):
        super().__init__()
        self.set_trait("words", {key: say(f"takeaway.{key}") for key in LABELS})
        self.intake, self.problem, self.html = intake, "", ""
        intake.on_change(lambda _: self._tell())
        self.on_msg(self._hear)

    def report(self, problem: str = "") -> str:
        """Write the report with these words in it, as the button does; gives its HTML."""
        self.problem = str(problem)[:LONGEST].strip()
        self.html = self.intake.report(self.problem)
        return self.html

    def about(self) -> str:
        """What the report will be about."""
        year, level, grouping = self.intake.choice
        name = self.intake.view.territory.name
        level = level or say("intake.every_level")
        return say("takeaway.about", name=name, level=level, year=year, grouping=grouping.replace("_", " "))

    def _hear(self, _, message, __) -> None:
        if not isinstance(message, dict):
            return
        view, do = str(message.get("view", "")), message.get("do")
        if do == "hello":
            self._tell()
        elif do in ("report", "tables"):
            said = ""
            name = say(f"takeaway.{do}_file", name=file_name(self.intake.view.territory.name))
            try:
                if do == "report":
                    data, kind = self.report(message.get("problem") or "").encode(), "text/html;charset=utf-8"
                else:
                    data, kind = written(self.intake.view, name), XLSX
                self.send({"kind": "save", "view": view, "name": name, "type": kind}, buffers=[data])
                said = say("takeaway.done", name=name)
            except ValueError as why:
                said = say("takeaway.failed", why=why)
            except Exception as error:  # the page must not wait for ever
                said = say("takeaway.failed", why=type(error).__name__)
            finally:
                self._tell(said)

    def _tell(self, said: str = "") -> None:
        self.send({"kind": "state", "about": self.about(), "said": said})


def file_name(name: str) -> str:
    """A territory's name as part of a file's.

    >>> file_name("Port of Marenza / north"), file_name("../..")
    ('port-of-marenza-north', 'territory')
    """
    return re.sub(r"\W+", "-", name.casefold()).strip("-")[:60] or say("takeaway.file")
