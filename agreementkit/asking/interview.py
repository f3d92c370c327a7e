"""The interview: asks one question after the other, goes back, explains, and can be left at any point.

It says and asks through two functions, so that it runs on any terminal, in a notebook and in tests. What has been
answered is in the answers; nothing else has to be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from agreementkit.asking.answers import Answers
from agreementkit.asking.explained import explained, listed, wrapped
from agreementkit.asking.plan import Plan
from agreementkit.asking.question import PARTIES, Kind, Question, Topic
from agreementkit.asking.reading import MisreadError, read_answer, row_form, show_answer
from agreementkit.bank import Bank

INTRODUCTION = (
    "Answer and press Enter. Enter alone takes what stands in brackets.",
    "?     explains the question, with what each side says about it",
    "back  goes back to the question before",
    "skip  leaves the question open",
    "quit  saves what has been answered, to go on later",
)
_MISSING = object()

_FORMS = {
    Kind.EMPLOYERS: "Several names are separated by semicolons.",
    Kind.UNIONS: "Separate them with commas. A union that is not listed is written with a plus: +Its Full Name",
    Kind.SEVERAL: "Numbers or names, separated by commas; none for none.",
    Kind.TEXTS: "Separate them with semicolons; none for none.",
    Kind.DATE: "Write it as 2026-12-01 or 1 December 2026.",
}


class Talk(Protocol):
    """How the interview speaks with a person."""

    def say(self, text: str = "") -> None:
        """Print a line."""

    def ask(self, prompt: str) -> str:
        """Return what is typed after a prompt; raise EOFError where nobody types any more."""


class LeaveError(Exception):
    """The person stops here."""


class Interview:
    """One interview.

    Args:
        bank: The bank, which says what matters and what both sides say.
        answers: Where answers go; what is there already is not asked again.
        talk: How to speak with the person.
        everything: Ask about every topic and every small point, without a menu.
    """

    def __init__(self, bank: Bank, answers: Answers, talk: Talk, *, everything: bool = False) -> None:
        self.bank = bank
        self.answers = answers
        self.talk = talk
        self.everything = everything
        self._sources: list[Callable[[Plan], Iterable[Question]]] = [lambda plan: plan.essentials()]
        self._history: list[tuple[str, Any]] = []
        self._passed: set[str] = set()
        self._before: dict[str, Any] = {}
        self._done: set[str] = set()

    def run(self) -> bool:
        """Ask until everything has been answered or the person stops.

        Returns:
            Whether the essential questions have all been put.
        """
        for line in INTRODUCTION:
            self.talk.say(line)
        try:
            self._through()
            if self.everything:
                self._sources.append(lambda plan: (one for topic in plan.topics() for one in plan.about(topic)))
                self._through()
            else:
                self._menu()
        except (LeaveError, EOFError, KeyboardInterrupt):
            return self._next(Plan.of(self.answers, self.bank), essential=True) is None
        return True

    # ------------------------------------------------------------------------------------ going through

    def _through(self) -> None:
        while True:
            plan = Plan.of(self.answers, self.bank)
            question = self._next(plan)
            if question is None:
                return
            self._put(question, plan)

    def _next(self, plan: Plan, *, essential: bool = False) -> Question | None:
        for source in self._sources[: 1 if essential else None]:
            for question in source(plan):
                if question.path not in self._passed and not self.answers.has(question.path):
                    return question
        return None

    def _number(self, question: Question, plan: Plan) -> str:
        essentials = [one.path for one in plan.essentials()]
        if question.path in essentials:
            return f"{essentials.index(question.path) + 1} of {len(essentials)}. "
        return ""

    def _put(self, question: Question, plan: Plan) -> None:
        proposal = self._before.get(question.path, question.proposal)
        self.talk.say()
        for line in wrapped(f"{self._number(question, plan)}{question.text}"):
            self.talk.say(line)
        for line in listed(question):
            self.talk.say(line)
        form = f"Each as {row_form(question)}, separated by semicolons." if question.kind is Kind.ROWS else ""
        if form := form or _FORMS.get(question.kind, ""):
            self.talk.say(f"  {form}")
        shown = show_answer(question, proposal)
        unit = f" ({question.unit})" if question.unit else ""
        while True:
            typed = self.talk.ask(f"  Answer{unit} [{shown}]: " if shown else f"  Answer{unit}: ").strip()
            if self._taken(question, plan, typed, proposal):
                return

    def _taken(self, question: Question, plan: Plan, typed: str, proposal: Any) -> bool:
        """Act on what was typed; return whether the question is done with."""
        match typed.casefold():
            case "?" | "help":
                for line in explained(question, plan.relevance):
                    self.talk.say(line)
                return False
            case "quit":
                raise LeaveError
            case "back":
                return self._back()
            case "skip" | "":
                return self._without(question, None if typed else proposal)
        try:
            value = read_answer(question, typed)
        except MisreadError as fault:
            self.talk.say(f"  {fault.message}: {fault.hint}.")
            return False
        return self._keep(question, value)

    def _without(self, question: Question, proposal: Any) -> bool:
        if proposal is not None:
            return self._keep(question, proposal)
        if question.kind in PARTIES:
            self.talk.say("  This one is needed: without it there is no agreement. quit saves and stops.")
            return False
        if question.default is None:
            self.talk.say("  Left open. Where the text needs it, it prints as [●].")
        self._note(question.path)
        return True

    def _keep(self, question: Question, value: Any) -> bool:
        faults = self.answers.faults(question.path, value, self.bank.options)
        for one in faults:
            said = one.message.replace(question.path, "the answer")
            hint = f": {one.hints[0]}" if one.hints else ""
            self.talk.say(f"  That does not fit. {said[:1].upper()}{said[1:]}{hint}.")
        if faults:
            return False
        self._note(question.path)
        self.answers.put(question.path, value)
        return True

    def _note(self, path: str) -> None:
        self._history.append((path, self.answers.get(path) if self.answers.has(path) else _MISSING))
        self._passed.add(path)

    def _back(self) -> bool:
        if not self._history:
            self.talk.say("  This is the first question.")
            return False
        path, old = self._history.pop()
        self._passed.discard(path)
        if self.answers.has(path):
            self._before[path] = self.answers.get(path)
        if old is _MISSING:
            self.answers.drop(path)
        else:
            self.answers.put(path, old)
        return True

    # ------------------------------------------------------------------------------------ further topics

    def _menu(self) -> None:
        while True:
            plan = Plan.of(self.answers, self.bank)
            topics = [topic for topic in plan.topics() if topic.title not in self._done]
            open_ = {topic.title: list(self._open(plan, topic)) for topic in topics}
            topics = [topic for topic in topics if open_[topic.title]]
            if not topics:
                return
            self.talk.say()
            enough = "" if self._done else "That is enough for a draft. "
            self.talk.say(f"{enough}More can be settled now, or later in the file:")
            for number, topic in enumerate(topics, 1):
                self.talk.say(f"  {number:>2}  {topic.title} ({_counted(open_[topic.title])})")
            chosen = self._choose(topics)
            if not chosen:
                return
            for topic in chosen:
                self._done.add(topic.title)
                self._topic(topic)

    def _choose(self, topics: list[Topic]) -> list[Topic]:
        while True:
            try:
                typed = self.talk.ask("  Numbers separated by commas, all, or Enter to finish: ").strip().casefold()
            except EOFError:
                return []
            if typed in ("", "quit", "skip"):
                return []
            if typed == "all":
                return topics
            if typed == "back":
                if self._back():
                    self._through()
                continue
            numbers = [part.strip() for part in typed.split(",") if part.strip()]
            if all(part.isdecimal() and 0 < int(part) <= len(topics) for part in numbers):
                return [topics[int(part) - 1] for part in dict.fromkeys(numbers)]
            self.talk.say(f"  Write numbers from 1 to {len(topics)}, separated by commas.")

    def _topic(self, topic: Topic) -> None:
        self.talk.say()
        self.talk.say(topic.title)
        self._sources.append(lambda plan: (one for one in plan.about(topic) if one.main))
        self._through()
        small = list(self._open(Plan.of(self.answers, self.bank), topic))
        if not small:
            return
        self.talk.say()
        typed = self.talk.ask(f"  There are {_counted(small)} as well. Go through them? [no]: ")
        if typed.strip().casefold() in ("y", "yes"):
            self._sources.append(lambda plan: plan.about(topic))
            self._through()

    def _open(self, plan: Plan, topic: Topic) -> Iterator[Question]:
        return (one for one in plan.about(topic) if one.path not in self._passed and not self.answers.has(one.path))


def _counted(questions: list[Question]) -> str:
    main = sum(one.main for one in questions)
    small = len(questions) - main
    parts = [f"{main} question{'' if main == 1 else 's'}"] if main else []
    parts += [f"{small} small point{'' if small == 1 else 's'}"] if small else []
    return ", ".join(parts)
