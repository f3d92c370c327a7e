"""The matrix of compliance: what the law, codes and policy ask the set to deal with, and where it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agreementkit.bank.law import Standing
from agreementkit.bank.requirement import Requirement
from agreementkit.checks.law.rules import RuleFault, Rules, asked_for, setting
from agreementkit.checks.law.times import may_come
from agreementkit.checks.law.words import UNSURE, label, marked
from agreementkit.checks.scene import Scene


@dataclass(frozen=True, slots=True)
class Provided:
    """A clause or paragraph that meets a requirement.

    Attributes:
        agreement: Precedent id.
        title: How the agreement is called in running text.
        division: Id of the clause or paragraph.
        label: Its number as a reference says it.
    """

    agreement: str
    title: str
    division: str
    label: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One requirement, judged for one set.

    Attributes:
        id: Id of the requirement.
        requires: What is asked.
        kind: `law`, `code`, `policy` or `good-practice`.
        applies: Whether it concerns this set, on its date and in its nation.
        met: Whether the set meets it; False as well where it does not apply and nothing in the set deals with it.
        by: The clauses and paragraphs that meet it, in printing order.
        settings: Settings that meet it, where it is met by an expression.
        citation: What it rests on, in short form, with the mark of what is not confirmed.
        cites: Ids of the law register.
        confirmed: Whether the source that it stands on is confirmed.
    """

    id: str
    requires: str
    kind: str
    applies: bool
    met: bool
    by: tuple[Provided, ...]
    settings: tuple[str, ...]
    citation: str
    cites: tuple[str, ...]
    confirmed: bool

    @property
    def missing(self) -> bool:
        """Whether it applies and is not met."""
        return self.applies and not self.met


def matrix(scene: Scene) -> tuple[MatrixRow, ...]:
    """Return every requirement of the bank, in file order, with what meets it in a set."""
    rules = Rules(scene)
    order = {key: at for at, key in enumerate(scene.labels)}
    return tuple(_row(scene, rules, order, placed.requirement) for placed in scene.bank.requirements.values())


def _row(scene: Scene, rules: Rules, order: Mapping[tuple[str, str], int], requirement: Requirement) -> MatrixRow:
    by = dict.fromkeys(place for id_ in requirement.met_by for place in _places(scene, id_))
    otherwise = requirement.met_when is not None and _true(rules, requirement.met_when)
    settings: tuple[str, ...] = ()
    if otherwise:
        by |= dict.fromkeys(place for id_ in asked_for(requirement.met_when) for place in _places(scene, id_))
        settings = tuple(filter(None, [setting(requirement.met_when)]))
    entries = [scene.law[id_] for id_ in requirement.cites]
    shown = [e for n, e in enumerate(entries) if n == 0 or e.standing(scene.date, scene.nation) is not Standing.ENDED]
    return MatrixRow(
        requirement.id,
        requirement.requires,
        requirement.kind,
        _applies(scene, rules, requirement),
        bool(by) or otherwise,
        tuple(sorted(by, key=lambda place: order[place.agreement, place.division])),
        settings,
        "; ".join(marked(entry) for entry in shown),
        tuple(entry.id for entry in shown),
        entries[0].status not in UNSURE,
    )


def _applies(scene: Scene, rules: Rules, requirement: Requirement) -> bool:
    """Whether a requirement concerns the set: its agreements, its condition, and the law it stands on."""
    if not {document.precedent for document in scene.documents} & set(requirement.agreements):
        return False
    entry = scene.law[requirement.cites[0]]
    standing = entry.standing(scene.date, scene.nation)
    stands = standing is Standing.IN_FORCE or (requirement.kind == "good-practice" and may_come(scene, entry))
    return stands and _true(rules, requirement.when)


def _true(rules: Rules, text: str | None) -> bool:
    try:
        return rules.holds(text)
    except RuleFault:
        return False  # reported on its own


def _places(scene: Scene, id_: str) -> Iterator[Provided]:
    for document in scene.documents:
        if id_ in scene.ids[document.precedent]:
            title = document.short or document.title
            yield Provided(document.precedent, title, id_, label(scene, document.precedent, id_))
