"""What a returned questionnaire settles: answers that both sides give, differences, and what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from agreementkit.asking.answers import Answers
from agreementkit.asking.paper.returned import Filled
from agreementkit.asking.paper.sheet import BOXES, COLUMNS
from agreementkit.asking.plan import Plan
from agreementkit.asking.question import Kind, Question
from agreementkit.asking.reading import MisreadError, read_answer, read_choice, show_answer
from agreementkit.asking.relevance import Relevance
from agreementkit.bank import Bank
from agreementkit.diagnostics import Diagnostic, Severity

EMPLOYER, STAFF_SIDE, AGREED = range(3)
_NOTHING = object()
_ENTRY = re.compile(r"\[[0-9]+\]")


@dataclass(frozen=True, slots=True)
class Difference:
    """A question on which the two sides have not agreed yet.

    Attributes:
        path: The setting.
        question: The question.
        employer: What the employer side wants, in words; "" for no answer.
        staff_side: What the staff side wants, in words; "" for no answer.
    """

    path: str
    question: str
    employer: str
    staff_side: str

    def __str__(self) -> str:
        """Return the difference in one sentence."""
        if not self.employer:
            return f"the staff side wants {self.staff_side}; the employer side has not answered"
        if not self.staff_side:
            return f"the employer side wants {self.employer}; the staff side has not answered"
        return f"the employer side wants {self.employer}, the staff side {self.staff_side}"


@dataclass(slots=True)
class Settled:
    """What a questionnaire settles.

    Attributes:
        answered: Settings that have been agreed, with their answers in words.
        differences: Questions on which the sides differ, or only one has answered.
        problems: Answers that cannot be used (AK764, AK766), and the differences (AK765) as warnings.
    """

    answered: dict[str, str] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)

    @property
    def remarks(self) -> dict[str, list[str]]:
        """The differences as remarks for the configuration file, by setting."""
        out: dict[str, list[str]] = {}
        for one in self.differences:
            said = str(one)
            out.setdefault(one.path.partition("[")[0], []).append(f"Not agreed: {said}.")
        return out


def settle(answers: Answers, bank: Bank, filled: Sequence[Filled]) -> Settled:
    """Put what both sides agree into the answers, and return what was settled and what was not.

    An answer stands when it is in the column for what is agreed, or when both sides have given the same.

    Args:
        answers: The answers so far; what has been agreed is added to them.
        bank: The bank.
        filled: What stands on the paper. The parties come first, whatever their order there.
    """
    settled = Settled()
    first = {"employers": 0, "unions": 1}
    known = Plan(answers, Relevance(answers.config(), bank)).askable()
    for one in sorted(filled, key=lambda entry: first.get(entry.path.partition("[")[0], 2)):
        plan = Plan(answers, Relevance(answers.config(), bank))
        question = plan.question_for(one.path) if _ENTRY.sub("", one.path) in known else None
        entry = _ENTRY.search(one.path)
        if not any(one.written) and not any(one.ticked):
            continue
        if question is None:
            settled.problems.append(
                _problem(one, one.path, "there is no such question", "leave the first cell as it was")
            )
        elif entry and not answers.has(one.path[: entry.end()]):
            settled.problems.append(_problem(one, one.path, "the employers are not agreed yet", "agree on them first"))
        else:
            _one(question, one, answers, bank, settled)
    return settled


def _one(question: Question, filled: Filled, answers: Answers, bank: Bank, settled: Settled) -> None:
    found: list[Any] = []
    for column in range(len(COLUMNS)):
        value: Any = _NOTHING
        try:
            value = _value(question, filled, column)
        except MisreadError as fault:
            settled.problems.append(
                _problem(filled, question.text, f"{COLUMNS[column].lower()}: {fault.message}", fault.hint)
            )
            if column == AGREED:
                return  # what was meant to be agreed must not be guessed from the other columns
        except _SeveralError as error:
            ticked = ", ".join(error.words)
            settled.problems.append(
                _problem(
                    filled, question.text, f"{COLUMNS[column].lower()}: more than one box is ticked: {ticked}",
                    "tick one box only", code="AK766",
                )
            )  # fmt: skip
            if column == AGREED:
                return
        found.append(value)
    employer, staff_side, agreed = found
    if agreed is _NOTHING and employer is not _NOTHING and _same(employer, staff_side):
        agreed = employer
    if agreed is not _NOTHING:
        _keep(question, filled, agreed, answers, bank, settled)
    elif employer is not _NOTHING or staff_side is not _NOTHING:
        said = [show_answer(question, one) or "none" if one is not _NOTHING else "" for one in (employer, staff_side)]
        difference = Difference(question.path, question.text, *said)
        settled.differences.append(difference)
        hints = ("agree, and write it into the last column or into the configuration",)
        settled.problems.append(
            _problem(filled, question.text, str(difference), *hints, code="AK765", severity=Severity.WARNING)
        )


def _keep(question: Question, filled: Filled, value: Any, answers: Answers, bank: Bank, settled: Settled) -> None:
    faults = answers.faults(question.path, value, bank.options)
    for one in faults:
        said = one.message.replace(question.path, "the answer")
        settled.problems.append(_problem(filled, question.text, said, *one.hints))
    if not faults:
        answers.put(question.path, value)
        settled.answered[question.path] = show_answer(question, value)


class _SeveralError(Exception):
    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(", ".join(words))
        self.words = words


def _value(question: Question, filled: Filled, column: int) -> Any:
    """Return the value in a column, or `_NOTHING`; what is ticked counts before what is written."""
    ticked = filled.ticked[column]
    if question.kind in BOXES and ticked:
        if question.kind is Kind.SEVERAL:
            return list(dict.fromkeys(read_choice(question, words) for words in ticked))
        if len(set(ticked)) > 1:
            raise _SeveralError(ticked)
        return read_answer(question, ticked[0])
    return read_answer(question, filled.written[column]) if filled.written[column] else _NOTHING


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list) and all(isinstance(entry, str) for entry in (*one, *other)):
        return sorted(one) == sorted(other)
    return type(one) is type(other) and bool(one == other)


def _problem(
    filled: Filled, question: str, what: str, *hints: str, code: str = "AK764", severity: Severity = Severity.ERROR
) -> Diagnostic:
    return Diagnostic(
        code, f"“{question.rstrip('?:')}”: {what}", severity=severity, place=filled.place, hints=hints, path=filled.path
    )
