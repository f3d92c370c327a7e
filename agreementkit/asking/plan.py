"""The plan of questions for what has been answered so far: only what matters, in a sensible order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from agreementkit.asking.answers import Answers
from agreementkit.asking.change import current, steps
from agreementkit.asking.order import BY_CODE, CONDITIONS, EMPLOYERS, ESSENTIALS, NOT_ASKED, ONLY_IF, TOPICS
from agreementkit.asking.question import Kind, Question, Topic, columns, kind_for, plain, worded
from agreementkit.asking.relevance import Relevance
from agreementkit.asking.uses import value_of
from agreementkit.asking.working_out import kind_of, nation_of, short_of, without_nhs
from agreementkit.bank import Bank
from agreementkit.config import shipped_unions
from agreementkit.config.options import attribute, with_options
from agreementkit.config.parties import KIND_NAMES
from agreementkit.config.paths import Resolved, all_paths


class Plan:
    """The questions for what has been answered so far.

    Args:
        answers: The answers so far.
        relevance: What matters, for a configuration of these answers.
    """

    def __init__(self, answers: Answers, relevance: Relevance) -> None:
        self.answers = answers
        self.relevance = relevance

    @classmethod
    def of(cls, answers: Answers, bank: Bank) -> Plan:
        """Return the plan for answers and a bank."""
        return cls(answers, Relevance(answers.config(), bank))

    def essentials(self) -> Iterator[Question]:
        """Yield the questions without which there is no usable draft, in order; answered ones too."""
        yield self._employers()
        for number, employer in enumerate(self.answers.get("employers") or ()):
            name = employer["name"]
            for key in ("short", "kind"):
                if key == "kind" and kind_of(name):
                    continue  # worked out
                path = f"employers[{number}].{key}"
                if found := self.question(path):
                    yield found
        for path in ESSENTIALS:
            if self.asked(path) and (found := self.question(path)):
                yield found

    def topics(self) -> tuple[Topic, ...]:
        """Return the topics that have a question that matters; packs with options have one each."""
        packs = tuple(
            Topic(f"Options of {self._pack_title(pack)}", (f"options.{pack}",)) for pack in self.relevance.bank.options
        )
        return tuple(topic for topic in (*TOPICS, *packs) if any(self.about(topic)))

    def about(self, topic: Topic) -> Iterator[Question]:
        """Yield the questions of a topic that matter, in the order of the model, without the essential ones."""
        for path in self._paths(topic):
            if path not in ESSENTIALS and self.asked(path) and (found := self.question(path)):
                yield found

    def section(self, section: str) -> Iterator[str]:
        """Yield the paths of the settings of a section that a question can be asked for."""
        yield from self._paths(Topic("", (section,)))

    def asked(self, path: str) -> bool:
        """Return whether a setting matters for the answers so far."""
        names = self.relevance.names(self.relevance.config, (*self.relevance.agreements, "")[0])
        if path in CONDITIONS:
            return bool(value_of(CONDITIONS[path], names))
        if path in ONLY_IF and not value_of(ONLY_IF[path], names):
            return False
        return path in BY_CODE or self.relevance.matters(path)

    def askable(self) -> frozenset[str]:
        """Return the settings that a paper may ask for, whatever the answers so far; entries without their number.

        What a file from outside sets is only what the questions are about: never packs, or findings to be accepted.
        """
        packs = tuple(Topic("", (f"options.{pack}",)) for pack in self.relevance.bank.options)
        paths = (path for topic in (*TOPICS, *packs) for path in self._paths(topic))
        return frozenset((*ESSENTIALS, *EMPLOYERS, *(path.replace("[0]", "") for path in paths)))

    def question_for(self, path: str) -> Question | None:
        """Return the question for a setting, that for the names of the employers among them."""
        return self._employers() if path == "employers" else self.question(path)

    def _employers(self) -> Question:
        found = self.relevance.what("employers.name")
        return self._question("employers", Kind.EMPLOYERS, text=found.question if found else "")

    def question(self, path: str) -> Question | None:
        """Return the question for a setting; None for one that no question can be asked for."""
        found = self.relevance.what(path)
        if found is None or found.computed:
            return None
        kind = kind_for(path, found)
        return self._question(path, kind) if kind else None

    def _question(self, path: str, kind: Kind, text: str = "") -> Question:
        found = self.relevance.what(path)
        if found is None:
            raise KeyError(path)
        default = plain(self.relevance.value(path))
        if kind in (Kind.EMPLOYERS, Kind.UNIONS) and not self.answers.has(path):
            default = None
        if found.required and not found.is_list:
            default = None
        proposal = self.answers.proposal(path)
        worked_out = self._worked_out(path)
        proposal = next((one for one in (proposal, worked_out, default) if one is not None), None)
        if path.endswith(".short") and worked_out is not None:
            proposal = worked_out
        return Question(
            path,
            kind,
            text or self._words(path, found, kind),
            found.description,
            self._choices(path, found),
            found.unit,
            default,
            proposal,
            columns(found) if kind is Kind.ROWS else (),
            found.model if kind is Kind.ROWS else None,
            found.optional,
            bool(found.question),
        )

    def _words(self, path: str, found: Resolved, kind: Kind) -> str:
        text = found.question or worded(found, kind)
        if "{employer}" in text:
            text = text.replace("{employer}", str(current(self.relevance.config, f"{path.rpartition('.')[0]}.name")))
        several = len(self.relevance.config.employers) > 1
        if path.startswith("employers[") and several and "{employer}" not in (found.question or ""):
            text = f"{current(self.relevance.config, path.rpartition('.')[0] + '.short')}: {text[:1].lower()}{text[1:]}"
        return text

    def _choices(self, path: str, found: Resolved) -> Mapping[str, str]:
        config, bank = self.relevance.config, self.relevance.bank
        if path == "agreements":
            return {id_: placed.outline.title for id_, placed in bank.precedents.items()}
        if path == "nation":
            return {nation: nation.title() for nation in found.choices}
        if path == "unions":
            return {union.id: union.name for union in shipped_unions().values()}
        if path == "hosting.host":
            return {employer.short: employer.name for employer in config.employers}
        if path == "lnc.unions":
            return {union.id: union.name for union in config.unions}
        names = KIND_NAMES if path.endswith(".kind") and path.startswith("employers") else {}
        return {choice: names.get(choice, choice.replace("-", " ")) for choice in found.choices}

    def _worked_out(self, path: str) -> Any:
        config = self.relevance.config
        if path.endswith(".short") and path.startswith("employers["):
            employer = current(config, path.rpartition(".")[0])
            shorts = [short_of(one.name, one.kind) for one in config.employers]
            number = int(str(steps(path)[1]))
            own = shorts[number]
            return own if shorts.count(own) == 1 else without_nhs(str(employer.name))
        if path == "nation":
            found = {nation_of(employer.name) for employer in config.employers}
            return next(iter(found)) if len(found) == 1 else None
        if path == "lnc.unions":
            listed = shipped_unions()
            doctors = [u.id for u in config.unions if u.id in listed and listed[u.id].kind == "doctors' union"]
            return doctors or None
        return None

    def _pack_title(self, pack: str) -> str:
        return next((one.title for one in self.relevance.bank.packs if one.id == pack), pack)

    def _paths(self, topic: Topic) -> Iterator[str]:
        model = with_options(self.relevance.bank.options)
        for start in topic.paths:
            head, _, pack = start.partition(".")
            begin = f"{head}.{attribute(pack)}" if head == "options" else start
            for path, found in all_paths(model):
                inside = path == begin or path.startswith(f"{begin}.")
                if not inside or found.computed or path in NOT_ASKED:
                    continue
                if path.startswith("employers."):
                    for number in range(len(self.relevance.config.employers)):
                        yield f"employers[{number}].{path.partition('.')[2]}"
                elif not (found.model is not None and not found.is_list) and not self._in_list(path):
                    yield f"options.{pack}.{path.rpartition('.')[2]}" if head == "options" else path

    def _in_list(self, path: str) -> bool:
        found = self.relevance.what(path)
        return found is None or found.through_list
