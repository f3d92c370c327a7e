"""Changes to outlines: what a pack puts into a precedent below it, and takes out of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from agreementkit.bank.clause import ClauseSource, Kind
from agreementkit.bank.precedent import (
    Insertion,
    PartOutline,
    PlacedPrecedent,
    PlacedPrecedentAmendment,
    Precedent,
    PrecedentAmendment,
)
from agreementkit.diagnostics import Diagnostic, suggest
from agreementkit.source import Loc

_LISTS: Mapping[str, Kind] = {
    "parties": Kind.PARTY,
    "background": Kind.RECITAL,
    "body": Kind.CLAUSE,
    "schedules": Kind.SCHEDULE,
    "execution": Kind.EXECUTION,
}


def without(placed: PlacedPrecedent, gone: Collection[str]) -> PlacedPrecedent:
    """Return the precedent without some ids; a part with no clause left goes too."""
    outline = placed.outline
    lists: dict[str, Any] = {
        name: tuple(id_ for id_ in getattr(outline, name) if id_ not in gone) for name in _LISTS if name != "body"
    }
    body: list[str | PartOutline] = []
    for entry in outline.body:
        if isinstance(entry, PartOutline):
            left = tuple(id_ for id_ in entry.clauses if id_ not in gone)
            if left:
                body.append(entry.model_copy(update={"clauses": left}))
        elif entry not in gone:
            body.append(entry)
    lists["body"] = tuple(body)
    return replace(placed, outline=outline.model_copy(update=lists))


def amend_outline(
    placed: PlacedPrecedentAmendment,
    precedents: dict[str, PlacedPrecedent],
    clauses: Mapping[str, ClauseSource],
    found: list[Diagnostic],
) -> None:
    """Change a precedent as a pack asks; faults (AK252 to AK254, AK256) go to `found`."""
    change = placed.change
    below = precedents.get(change.amends)
    if below is None:
        hints = suggest(change.amends, precedents, "precedent")
        what = f"there is no precedent {change.amends!r} to amend"
        found.append(Diagnostic("AK252", what, place=placed.positions.place(("amends",)), hints=hints))
        return
    if change.base != below.outline.version:
        what = f"this was written against version {change.base} of the outline; below it lies {below.outline.version}"
        hint = f'read what has changed, then name what lies below now: base: "{below.outline.version}"'
        found.append(Diagnostic("AK253", what, place=placed.positions.place(("base",)), hints=(hint,)))
    for other in below.amended_by:
        both = [key for key in _touched(change) if key in _touched(other.change)]
        if both and other.pack not in change.over:
            what = f"precedent {change.amends!r} is changed at {both[0]!r} by pack {other.pack!r} too"
            hint = f"add `over: [{other.pack}]` if this pack knows of that change and lies over it"
            place = placed.positions.place(_touched(change)[both[0]])
            found.append(Diagnostic("AK254", what, place=place, hints=(hint,)))
    standing = _ids(below.outline)
    for index, id_ in enumerate(change.remove):
        if id_ not in standing:
            place = placed.positions.place(("remove", index))
            hints = suggest(id_, standing, "clause")
            found.append(Diagnostic("AK252", f"{id_!r} is not in {change.amends!r}", place=place, hints=hints))
    changed = without(below, change.remove)
    for index, insertion in enumerate(change.insert):
        changed = _insert(changed, insertion, placed, index, clauses, found)
    update: dict[str, Any] = {"title": change.title} if change.title else {}
    if change.subtitle:
        update["subtitle"] = change.subtitle
    outline = changed.outline.model_copy(update=update)
    precedents[change.amends] = replace(changed, outline=outline, amended_by=(*below.amended_by, placed))


def _touched(change: PrecedentAmendment) -> dict[str, Loc]:
    """Return what a change touches, each with the path of the first mention."""
    touched: dict[str, Loc] = {}
    for index, insertion in enumerate(change.insert):
        key = next(name for name in ("after", "before", "end") if getattr(insertion, name) is not None)
        named = getattr(insertion, key)
        touched.setdefault(f"the end of {named}" if key == "end" else named, ("insert", index, key))
    for index, id_ in enumerate(change.remove):
        touched.setdefault(id_, ("remove", index))
    for key in ("title", "subtitle"):
        if getattr(change, key):
            touched.setdefault(f"the {key}", (key,))
    return touched


def _ids(outline: Precedent) -> tuple[str, ...]:
    return (*outline.parties, *outline.background, *outline.clauses, *outline.schedules, *outline.execution)


def _insert(
    below: PlacedPrecedent,
    insertion: Insertion,
    placed: PlacedPrecedentAmendment,
    index: int,
    clauses: Mapping[str, ClauseSource],
    found: list[Diagnostic],
) -> PlacedPrecedent:
    outline = below.outline
    key = next(name for name in ("after", "before", "end") if getattr(insertion, name) is not None)
    target: str = getattr(insertion, key)
    name = target if key == "end" else next((n for n in _LISTS if target in _flat(outline, n)), "")
    if not name:
        place = placed.positions.place(("insert", index, key))
        hints = suggest(target, _ids(outline), "clause")
        found.append(Diagnostic("AK252", f"{target!r} is not in {outline.id!r}", place=place, hints=hints))
        return below
    before = len(found)
    for number, id_ in enumerate(insertion.ids):
        place = placed.positions.place(("insert", index, "ids", number))
        clause = clauses.get(id_)
        if clause is None:
            hints = suggest(id_, clauses, "clause")
            found.append(Diagnostic("AK256", f"there is no clause {id_!r} to put in", place=place, hints=hints))
        elif clause.kind is not _LISTS[name]:
            what = f"{id_!r} is a {clause.kind}; the list is `{name}`, of the kind {_LISTS[name]}"
            hint = f"put it beside another {clause.kind}"
            found.append(Diagnostic("AK256", what, place=place, hints=(hint,)))
        elif id_ in _ids(outline):
            hint = "remove it from its old place first, with `remove:`"
            found.append(Diagnostic("AK256", f"{id_!r} stands there already", place=place, hints=(hint,)))
    if len(found) > before:
        return below
    if key == "end":
        entries: tuple[Any, ...] = (*getattr(outline, name), *insertion.ids)
    else:
        entries = _beside(getattr(outline, name), target, insertion.ids, after=key == "after")
    return replace(below, outline=outline.model_copy(update={name: entries}))


def _flat(outline: Precedent, name: str) -> tuple[str, ...]:
    return outline.clauses if name == "body" else getattr(outline, name)


def _beside(entries: tuple[Any, ...], target: str, ids: tuple[str, ...], *, after: bool) -> tuple[Any, ...]:
    """Return the entries with ids before or after the target; in a part of the body, inside that part."""
    out: list[Any] = []
    for entry in entries:
        if isinstance(entry, PartOutline):
            inner = _beside(entry.clauses, target, ids, after=after)
            out.append(entry.model_copy(update={"clauses": inner}) if inner != entry.clauses else entry)
        elif entry == target:
            out.extend((entry, *ids) if after else (*ids, entry))
        else:
            out.append(entry)
    return tuple(out)
