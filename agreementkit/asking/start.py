"""Starting a configuration: from nothing, from a case, or from where somebody left off; and writing it.

The configuration file is the whole state. A file that is not finished says so in its head, with the command that
goes on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agreementkit.agreement import assemble
from agreementkit.asking.answers import Answers, drop, merged, read_answers, without_faults
from agreementkit.asking.cases import read_case
from agreementkit.asking.commented import commented_yaml
from agreementkit.asking.plan import Plan
from agreementkit.bank import Bank
from agreementkit.bank.places import Named
from agreementkit.config import Config
from agreementkit.saving import save_all

_GO_ON = re.compile(r"^# Go on with: agreementkit init .*?(?: --from (?P<case>\S+))?\s*$", re.MULTILINE)
_HEAD_LINES = 12


@dataclass(slots=True)
class Start:
    """What an interview begins with, and what becomes of it.

    Attributes:
        file: The configuration file that is written.
        answers: The answers so far.
        case: The case that suggests answers, if one does.
    """

    file: Path
    answers: Answers = field(default_factory=Answers)
    case: str = ""

    @classmethod
    def of(cls, file: Path, *, resume: bool = False, case: str = "", answers: Path | None = None) -> Start:
        """Return a start.

        Args:
            file: The configuration file.
            resume: Go on with what is in it.
            case: Name of a shipped case or path of a configuration, whose answers are suggested.
            answers: A file with answers that are known already.

        Raises:
            ConfigError: A file is not sound; with every fault.
        """
        data: dict[str, Any] = {}
        if resume:
            data = read_answers(file)
            case = case or _case_in(file)
        if answers is not None:
            data = merged(data, read_answers(answers))
        return cls(file, Answers(data, read_case(case) if case else {}), case)

    def bank(self) -> Bank:
        """Return the bank with the packs that the answers name.

        Raises:
            BankError: The bank or a pack is not sound, or a pack is not there.
        """
        packs = self.answers.whole().get("packs") or ()
        return Bank.load([Named(str(name), self.file.absolute().parent, None) for name in packs])

    def write(self, bank: Bank, *, finished: bool, remarks: Mapping[str, Sequence[str]] | None = None) -> Written:
        """Write the configuration file, whole or not at all.

        Args:
            bank: The bank, which says what else matters.
            finished: Whether all essential questions have been put.
            remarks: Further comment lines, by path.

        Raises:
            OutputError: AK723 where it cannot be written.
        """
        data = self.answers.whole()
        finished = finished and {"employers", "unions"} <= set(data)
        left_out = tuple(sorted({*self.answers.left_out, *(without_faults(data)[1] if finished else ())}))
        for path in left_out:  # what a case suggests and these parties do not have
            drop(self.answers.suggested, path)
        data = self.answers.whole()
        text = commented_yaml(
            data if finished else self.answers.data,
            head=self._head(finished),
            remarks=remarks,
            plan=Plan.of(self.answers, bank) if finished else None,
        )
        save_all(self.file.parent, [(self.file.name, text.encode())])
        if not finished:
            return Written(self.file, finished, left_out, ())
        config = Config.load(self.file)
        report = assemble(config, bank).report
        blanks = tuple(one.path or one.message for one in report if one.code == "AK501")
        return Written(self.file, finished, left_out, tuple(dict.fromkeys(blanks)), len(report.errors))

    def _head(self, finished: bool) -> list[str]:
        name = self.file.name
        if finished:
            return [
                "Settings of a set of agreements. Every line can be changed; what begins with # is a remark.",
                f"See what is still open or doubtful:  agreementkit check {name}",
                f"Make the agreements:                 agreementkit build {name}",
            ]
        case = f" --from {self.case}" if self.case else ""
        return ["Not finished.", f"Go on with: agreementkit init {name} --resume{case}"]


@dataclass(frozen=True, slots=True)
class Written:
    """A configuration file that was written.

    Attributes:
        file: Where it is.
        finished: Whether it can be built.
        left_out: Settings of a case that do not fit the answers.
        blanks: What prints as a blank until it is given.
        errors: How many findings of the checks are errors.
    """

    file: Path
    finished: bool
    left_out: tuple[str, ...]
    blanks: tuple[str, ...]
    errors: int = 0

    def summary(self) -> list[str]:
        """Return in lines what was written, what is open and what to do next."""
        if not self.finished:
            return [
                f"Saved what has been answered in {self.file}.",
                f"Go on with: agreementkit init {self.file} --resume",
            ]
        lines = [f"Wrote {self.file}."]
        if self.left_out:
            lines.append(f"Left out, because it does not fit your parties: {', '.join(self.left_out)}.")
        count = len(self.blanks)
        if count:
            shown = ", ".join(self.blanks[:6]) + (", …" if count > 6 else "")
            what = "One value is" if count == 1 else f"{count} values are"
            lines.append(f"{what} still open and will print as [●]: {shown}.")
        else:
            lines.append("Nothing is left open.")
        if self.errors:
            what = "is one error" if self.errors == 1 else f"are {self.errors} errors"
            lines.append(f"There {what} to look at before anybody signs; check shows them.")
        return [
            *lines,
            "Next:",
            f"  agreementkit check {self.file}   what is open or doubtful, and why",
            f"  agreementkit build {self.file}   the agreements in Word and Markdown, with notes",
        ]


def _case_in(file: Path) -> str:
    """Return the case that an unfinished file was begun from."""
    with file.open(encoding="utf-8") as lines:
        head = "".join(line for _, line in zip(range(_HEAD_LINES), lines, strict=False))
    found = _GO_ON.search(head)
    return (found["case"] or "") if found else ""
