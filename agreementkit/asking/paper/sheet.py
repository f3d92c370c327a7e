"""What stands on a questionnaire, before it is Word or Markdown: sections of questions with choices and reasons.

Paper cannot ask a second question after the first answer. What would be asked only after another choice stands there
too, and says when it is to be answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agreementkit.asking.change import changed, current
from agreementkit.asking.explained import choice_reasons
from agreementkit.asking.plan import Plan
from agreementkit.asking.question import PARTIES, Kind, Question, plain
from agreementkit.asking.reading import row_form, show_answer
from agreementkit.asking.reasons import Reason, reasons_about
from agreementkit.asking.relevance import Relevance

COLUMNS = ("Employer side", "Staff side", "Agreed")
"""Who answers in which column."""

TITLE = "Questions for a partnership and recognition agreement"
HOW_TO = (
    "This paper asks what the agreements need to know, and no more. Each side answers in its own column. What both "
    "have agreed goes into the last column; where both give the same answer, it may be left empty.",
    "Where there are boxes, tick one. Where there are none, write the answer. A question left empty takes the proposal "
    "that stands under it, or prints as a blank until it is answered.",
    "The reasons are those of an employer and of a staff side that had to choose. They come from the notes of the "
    "clauses named beside them.",
    "Give the paper back as a file. It is read with: agreementkit init --read FILE",
)
BOXES = frozenset({Kind.CHOICE, Kind.YES_NO, Kind.SEVERAL})
"""Kinds of answers that are given by ticking."""

_FORMS: Mapping[Kind, str] = {
    Kind.EMPLOYERS: "Several names are separated by semicolons.",
    Kind.UNIONS: "Separated by commas. A union that is not listed is written with a plus: +Its Full Name.",
    Kind.TEXTS: "Separated by semicolons.",
    Kind.DATE: "Such as 1 December 2026.",
    Kind.SEVERAL: "Tick all that apply.",
}


@dataclass(frozen=True, slots=True)
class Option:
    """A box to tick.

    Attributes:
        value: What ticking it means.
        words: Its words.
        reasons: What both sides say about it.
    """

    value: Any
    words: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One question on paper.

    Attributes:
        number: Its number.
        question: The question.
        options: Boxes to tick, if it has any.
        reasons: What both sides say about the setting, where there is nothing to choose.
        only_if: When it is to be answered, where that depends on another answer.
        agreed: What has been settled already, in words; "" for nothing.
    """

    number: int
    question: Question
    options: tuple[Option, ...] = ()
    reasons: tuple[Reason, ...] = ()
    only_if: str = ""
    agreed: str = ""

    @property
    def help(self) -> str:
        """What the setting means, how an answer is written, and what is proposed."""
        question = self.question
        form = f"Each as {row_form(question)}, separated by semicolons." if question.kind is Kind.ROWS else ""
        parts = [self.only_if, question.help, form or _FORMS.get(question.kind, "")]
        if question.kind is Kind.UNIONS:
            parts.append(f"Known: {', '.join(question.choices)}.")
        proposed = show_answer(question, question.proposal)
        if proposed and not self.agreed:
            words = ", ".join(question.choices.get(one, one) for one in proposed.split(", "))
            unit = f" {question.unit}" if question.unit else ""
            parts.append(f"Proposed: {words}{unit}.")
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Part:
    """A headed group of questions."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A questionnaire: for whom it is, and its questions."""

    parties: tuple[str, ...]
    parts: tuple[Part, ...]


def make_sheet(plan: Plan, *, everything: bool = False, short: bool = False) -> Sheet:
    """Return the questionnaire for what has been answered so far.

    Args:
        plan: The questions that matter.
        everything: Whether small points stand on it as well.
        short: Whether only the essential questions stand on it, and what they bring up.
    """
    asked = [("What every draft needs", list(plan.essentials()))]
    topics = () if short else plan.topics()
    asked += [(topic.title, [one for one in plan.about(topic) if everything or one.main]) for topic in topics]
    known = {question.path for _, questions in asked for question in questions}
    parts: list[Part] = []
    number = 0
    for title, questions in asked:
        entries: list[Entry] = []
        for question in questions:
            number += 1
            head = number
            entries.append(_entry(number, question, plan))
            for further, words in _only_then(question, plan, known):
                known.add(further.path)
                number += 1
                entries.append(_entry(number, further, plan, f"Only if question {head} is answered: {words}."))
        if entries:
            parts.append(Part(title, tuple(entries)))
    config = plan.relevance.config
    named = [employer.name for employer in config.employers] if plan.answers.has("employers") else []
    named += [union.name for union in config.unions] if plan.answers.has("unions") else []
    return Sheet(tuple(named), tuple(parts))


def _entry(number: int, question: Question, plan: Plan, only_if: str = "") -> Entry:
    relevance = plan.relevance
    options: tuple[Option, ...] = ()
    if question.kind in BOXES:
        options = tuple(Option(value, words, reasons) for value, words, reasons in choice_reasons(question, relevance))
        options = options or tuple(Option(value, words) for value, words in question.choices.items())
    given = plan.answers.get(question.path)
    agreed = show_answer(question, plain(given)) if given is not None else ""
    about = () if options or question.kind in PARTIES else reasons_about(relevance, question.path)
    return Entry(number, question, options, about, only_if, agreed)


def _only_then(question: Question, plan: Plan, known: set[str]) -> Iterator[tuple[Question, str]]:
    """Yield the questions that another answer to this one would bring up, with the answers that do, in words."""
    values = _values(question)
    section = question.path.rpartition(".")[0]
    if not values or not section:
        return
    config, bank = plan.relevance.config, plan.relevance.bank
    now = current(config, question.path)
    silent = [path for path in plan.section(section) if path not in known and not plan.asked(path)]
    brings: dict[str, list[str]] = {}
    for value, words in values:
        if value == now:
            continue
        other = Plan(plan.answers, Relevance(changed(config, question.path, value), bank))
        for path in silent:
            if other.asked(path):
                brings.setdefault(path, []).append(words)
    for path, all_words in brings.items():
        further = plan.question(path)
        if further is not None and further.main:
            yield further, " or ".join(all_words)


def _values(question: Question) -> Sequence[tuple[Any, str]]:
    if question.kind is Kind.YES_NO:
        return ((True, "yes"), (False, "no"))
    return tuple(question.choices.items()) if question.kind is Kind.CHOICE else ()
