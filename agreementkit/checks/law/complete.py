"""What the set leaves out although law, a code or policy asks for it; and rules that cannot be worked out."""

from __future__ import annotations

from collections.abc import Iterator

from agreementkit.assemble.compile import compile_clause
from agreementkit.assemble.expressions import present_ids
from agreementkit.bank.law import Floor
from agreementkit.bank.requirement import PlacedRequirement
from agreementkit.checks.kinds import Check, Family, Found
from agreementkit.checks.law.floors import keeps
from agreementkit.checks.law.matrix import matrix
from agreementkit.checks.law.rules import RuleFault, Rules, is_setting, setting
from agreementkit.checks.scene import Scene
from agreementkit.diagnostics import Place, Severity, suggest
from agreementkit.errors import BankError
from agreementkit.reader.visit import items_in

_ASKS = {"law": "the law", "code": "a statutory code", "policy": "policy", "good-practice": "good practice"}


def missing(scene: Scene) -> Iterator[Found]:
    """Yield each requirement that concerns the set and that nothing in it meets (AK570)."""
    for row in matrix(scene):
        if not row.missing:
            continue
        requirement = scene.bank.requirements[row.id].requirement
        steps = [_otherwise(requirement.met_when)] if requirement.met_when else []
        steps += [step for way in requirement.met_by if (step := _step(scene, way))]
        steps.sort(key=lambda step: step[1] == "agreements")
        hints = dict.fromkeys(hint for hint, _ in steps)
        of = [d.precedent for d in scene.documents if d.precedent in requirement.agreements]
        who = f"{_ASKS[row.kind]} ({row.citation})" if row.confirmed else row.citation
        yield Found(
            f"this set leaves out what {who} asks for: {_briefly(row.requires)}",
            (requirement.says,) if requirement.says else tuple(hints)[:2] or ("add a clause on it",),
            agreement=of[0],
            path=next((path for _, path in steps if path), "agreements"),
            cites=row.cites,
            severity=Severity.INFO if row.kind == "good-practice" else None,
        )


def unworkable(scene: Scene) -> Iterator[Found]:
    """Yield floors and requirements whose expressions cannot be worked out for this set (AK568)."""
    rules = Rules(scene)
    for floor in scene.law.floors.values():
        fault = _floor_fault(rules, floor)
        if fault:
            yield Found(f"the floor {floor.id} is left out: {fault.reason}", fault.hints, place=Place(scene.law.file))
    for placed in scene.bank.requirements.values():
        yield from _requirement_faults(scene, rules, placed)


def _floor_fault(rules: Rules, floor: Floor) -> RuleFault | None:
    if floor.agreed is None and floor.when is None:
        return None
    try:
        holds = rules.holds(floor.when)
        agreed = rules.ask(floor.agreed) if floor.agreed else None
        if holds and agreed is not None and floor.value is not None:
            keeps(floor, agreed)
    except RuleFault as fault:
        return fault
    return None


def _requirement_faults(scene: Scene, rules: Rules, placed: PlacedRequirement) -> Iterator[Found]:
    requirement = placed.requirement
    for key, text in (("when", requirement.when), ("met_when", requirement.met_when)):
        if text is None:
            continue
        place = placed.place(key)
        try:
            rules.ask(text)
        except RuleFault as fault:
            yield Found(f"the requirement {requirement.id} is left out: {fault.reason}", fault.hints, place=place)
        for id_ in present_ids(text):
            clause = id_.split("/")[0]
            if clause not in scene.bank:
                yield Found(
                    f"the requirement {requirement.id} asks for the clause {clause!r}, which is not in the bank",
                    suggest(clause, scene.bank.clauses, "clause"),
                    place=place,
                )


def _briefly(text: str) -> str:
    """Return the first sentence as it goes on within another, without its full stop."""
    first = text.split(". ")[0].rstrip(".")
    return first if first[1:2].isupper() else f"{first[:1].lower()}{first[1:]}"


def _otherwise(condition: str) -> tuple[str, str]:
    return f"choose settings with which `{condition}` is true", setting(condition)


def _step(scene: Scene, way: str) -> tuple[str, str] | None:
    """Return what would bring in one way to meet a requirement, and the setting behind it."""
    clause = way.split("/")[0]
    source = scene.bank.clauses[clause]
    name = repr(source.front.title if "{" not in source.front.title else clause).strip("'")
    there = any(clause in ids for ids in scene.ids.values())
    if there and way != clause:
        condition = _condition(scene, way)
        return (_turned_on(f"“{name}” then has words on it", condition), setting(condition)) if condition else None
    outlines = [p.outline for p in scene.bank.precedents.values()]
    having = [o for o in outlines if clause in (*o.clauses, *o.schedules, *o.background)]
    if not having:
        return None
    if not any(o.id in scene.config.agreements for o in having):
        return f"add `{having[0].id}` to `agreements`: it has the clause “{name}”", "agreements"
    when = source.front.when
    return (_turned_on(f"the clause “{name}” then stands", when), setting(when)) if when else None


def _turned_on(result: str, condition: str) -> str:
    if is_setting(condition):
        return f"set `{condition}` to true: {result}"
    return f"choose settings with which `{condition}` is true: {result}"


def _condition(scene: Scene, way: str) -> str:
    """Return the condition of a paragraph, or "" when it has none."""
    clause, _, id_ = way.partition("/")
    try:
        body = compile_clause(scene.bank[clause]).body
    except BankError:
        return ""
    for section in body.sections:
        for item in items_in(section.items):
            if item.id == id_ and item.when:
                return item.when.expression
    return ""


CHECKS = (
    Check(
        "AK568",
        "a rule about law that cannot be worked out",
        "A floor or requirement that is left out in silence would look like one that is kept.",
        Family.LAW,
        Severity.WARNING,
        unworkable,
    ),
    Check(
        "AK570",
        "something that law, a code or policy asks for and the set leaves out",
        "The duty stands whether the text mentions it or not; a text that deals with it is found and followed.",
        Family.LAW,
        Severity.WARNING,
        missing,
    ),
)
