"""Agreed values against the floors of the law register: in force, expected by policy, repealed, pending."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from agreementkit.bank.law import Floor, LawEntry
from agreementkit.checks.kinds import Check, Family, Found
from agreementkit.checks.law.rules import RuleFault, Rules, asked_for, is_setting, setting
from agreementkit.checks.law.times import may_come
from agreementkit.checks.law.words import UNSURE, amount, bound, day, marked, where
from agreementkit.checks.scene import Scene
from agreementkit.checks.typed import once
from agreementkit.diagnostics import Severity
from agreementkit.tree.nodes import Value


@dataclass(frozen=True, slots=True)
class Short:
    """A floor that the set falls short of.

    Attributes:
        floor: The floor.
        entry: The entry it comes from.
        agreed: The agreed value.
        path: Configuration path behind it.
        agreement: Precedent id of the agreement where it shows; "" where it shows nowhere.
        division: Id of the division where it shows.
    """

    floor: Floor
    entry: LawEntry
    agreed: object
    path: str
    agreement: str
    division: str


def statutory(scene: Scene) -> Iterator[Found]:
    """Yield what falls short of law in force on the day of the agreements (AK560).

    A limit that is only general knowledge is not law here: falling short of it warns.
    """
    for short in _shorts(scene, ("law",), "in_force"):
        unsure = short.entry.status in UNSURE
        yield _found(scene, short, severity=Severity.WARNING if unsure else None)


def expected(scene: Scene) -> Iterator[Found]:
    """Yield what falls short of policy and guidance (AK561)."""
    for short in _shorts(scene, ("policy", "guidance"), "in_force"):
        yield _found(scene, short, severity=Severity.INFO if short.floor.kind == "guidance" else None)


def repealed(scene: Scene) -> Iterator[Found]:
    """Yield duties that are claimed although they are gone (AK562)."""
    for short in _shorts(scene, ("law", "policy"), "repealed"):
        since = f" on {day(short.floor.start)}" if short.floor.start else ""
        yield _found(
            scene,
            short,
            f"{short.floor.quantity}, and that duty was repealed{since} ({short.entry.short})",
        )


def pending(scene: Scene) -> Iterator[Found]:
    """Yield what would fall short of law that may come in the first year (AK563)."""
    for short in _shorts(scene, ("law", "policy"), "pending"):
        asked = short.floor.quantity
        if not isinstance(short.floor.value, bool):
            asked = f"{asked}, {bound(short.floor)}; here it is {amount(short.agreed, short.floor.unit)}"
        yield _found(
            scene,
            short,
            f"{short.entry.short} is {UNSURE['pending']}; it would ask for more than this set has: {asked}",
        )


def _shorts(scene: Scene, kinds: Collection[str], status: str) -> Iterator[Short]:
    """Yield the floors of some kinds and one status that matter here and are not kept."""
    law, rules = scene.law, Rules(scene)
    if status == "pending":
        floors = tuple(f for f in law.floors.values() if f.status == status and may_come(scene, law[f.entry]))
    else:
        floors = tuple(f for f in law.floors_for(scene.date, scene.nation) if f.status == status)
    printed: Mapping[str, list[tuple[str, str]]] | None = None
    for floor in floors:
        if floor.kind not in kinds or floor.agreed is None or floor.value is None:
            continue
        try:
            agreed = rules.ask(floor.agreed) if rules.holds(floor.when) else None
            if agreed is None or keeps(floor, agreed):
                continue
        except RuleFault:
            continue  # reported on its own
        if printed is None:
            printed = _printed(scene)
        path = setting(floor.agreed) or setting(floor.when)
        named = asked_for(floor.when, floor.agreed)
        places = printed.get(path, []) if isinstance(agreed, int) and not isinstance(agreed, bool) else []
        own = [place for place in places if any(place[1].split("/")[0] == id_.split("/")[0] for id_ in named)]
        agreement, division = next(iter((*own, *places, *_there(scene, named))), ("", ""))
        yield Short(floor, law[floor.entry], agreed, path, agreement, division)


def keeps(floor: Floor, agreed: Any) -> bool:
    """Whether an agreed value keeps to a floor.

    Raises:
        RuleFault: If the value is of a kind that cannot be compared with the floor.
    """
    try:
        match floor.comparator:
            case "includes_all":
                return set(floor.value) <= set(agreed)  # type: ignore[arg-type]  # such a floor lists its items
            case "<=":
                return bool(agreed <= floor.value)
            case ">=":
                return bool(agreed >= floor.value)
            case "implies":
                return bool(agreed)
        return (bool(agreed) if isinstance(floor.value, bool) else agreed) == floor.value
    except TypeError:
        raise RuleFault(
            f"`{floor.agreed}` gives {agreed!r}, which cannot be compared with {floor.value!r}",
            ("let `agreed` give a value of the same kind as `value`",),
        ) from None


def _found(scene: Scene, short: Short, message: str = "", severity: Severity | None = None) -> Found:
    floor = short.floor
    return Found(
        message or _message(scene, short),
        tuple(_hints(floor)),
        agreement=short.agreement,
        division=short.division,
        path=short.path,
        cites=(floor.entry, *floor.also),
        severity=severity,
    )


def _message(scene: Scene, short: Short) -> str:
    floor, entry = short.floor, short.entry
    place = where(scene, short.agreement, short.division) if short.agreement else ""
    place = place[:1].upper() + place[1:]
    if floor.value is False:
        return f"{floor.quantity} ({floor.applies_when}), and {_authority(floor, entry)} rules that out"
    if floor.value is True or floor.comparator == "implies":
        return (
            f"{place or 'this set'} does not keep to what {_authority(floor, entry)} asks for: {floor.quantity} "
            f"({floor.applies_when})"
        )
    if floor.comparator == "includes_all":
        given = set(short.agreed) if isinstance(short.agreed, list | tuple) else set()
        missing = ", ".join(f"“{one.replace('_', ' ')}”" for one in floor.value or () if one not in given)  # type: ignore[union-attr]
        return (
            f"{place or 'this set'} lacks {missing} of what {_authority(floor, entry)} asks for: {floor.quantity} "
            f"({floor.applies_when})"
        )
    lead = f"{place} gives" if place else f"`{short.path}` is"
    return (
        f"{lead} {amount(short.agreed, floor.unit)} ({floor.quantity}: {floor.applies_when}), but "
        f"{_authority(floor, entry)} asks for {bound(floor)}"
    )


def _authority(floor: Floor, entry: LawEntry) -> str:
    """Return who asks: only what is confirmed is called law."""
    if entry.status in UNSURE:
        return marked(entry)
    return f"the law ({entry.short})" if floor.kind == "law" else f"the {floor.kind} in {entry.short}"


def _hints(floor: Floor) -> Iterator[str]:
    if is_setting(floor.agreed):
        value = str(floor.value).lower() if isinstance(floor.value, bool) else f"{floor.value}"
        side = {">=": " or more", "<=": " or less"}.get(floor.comparator, "")
        yield f"set `{floor.agreed}` to {value}{side}"
    if floor.says:
        yield floor.says


@once
def _printed(scene: Scene) -> dict[str, list[tuple[str, str]]]:
    """Return where each setting is printed, by its path."""
    out: dict[str, list[tuple[str, str]]] = {}
    for document in scene.documents:
        for division, inline in scene.given[document.precedent]:
            if division and isinstance(inline, Value):
                out.setdefault(inline.path, []).append((document.precedent, division))
    return out


def _there(scene: Scene, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each of some clauses and paragraphs that the set has, with its agreement."""
    for id_ in ids:
        for document in scene.documents:
            if id_ in scene.ids[document.precedent]:
                yield document.precedent, id_


CHECKS = (
    Check(
        "AK560",
        "an agreed value below what the law asks for",
        "No agreement can take away what the law gives; a term that tries to misleads whoever relies on it.",
        Family.LAW,
        Severity.ERROR,
        statutory,
    ),
    Check(
        "AK561",
        "an agreed value below what policy or guidance expects",
        "The parties may agree on less, but should know that they do and be ready to say why.",
        Family.LAW,
        Severity.WARNING,
        expected,
    ),
    Check(
        "AK562",
        "a duty that was repealed is claimed",
        "A text that rests on repealed law is wrong from the day it is signed.",
        Family.LAW,
        Severity.WARNING,
        repealed,
    ),
    Check(
        "AK563",
        "law that is pending would ask for more",
        "It is not law yet. Whoever knows that it may come can provide for it now or plan a review.",
        Family.LAW,
        Severity.INFO,
        pending,
    ),
)
