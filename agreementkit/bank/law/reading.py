"""Reads the parts of a law register and finds what is wrong with them, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from pydantic import ValidationError

from agreementkit.bank.law.entries import Floor, LawEntry, Source
from agreementkit.diagnostics import Diagnostic, Place, suggest

_M = TypeVar("_M", LawEntry, Floor, Source)

KEYS = ("version", "checked", "entries", "floors", "sources")


def fault_in(code: str, message: str, file: str, *hints: str, path: str = "") -> Diagnostic:
    """Return a diagnostic about the register file, with its hints."""
    return Diagnostic(code, message, place=Place(file), hints=hints, path=path)


def items_of(data: object) -> list[object]:
    """Return the entries of a part that should be a list; none when it is not one."""
    return data if isinstance(data, list) else []


def read_model(model: type[_M], item: object, name: str, file: str, found: list[Diagnostic]) -> _M | None:
    """Return one entry, or None with its faults in `found` (AK231)."""
    try:
        return model.model_validate(item)
    except ValidationError as error:
        keys = sorted({f.alias or n for n, f in model.model_fields.items()})
        for fault in error.errors():
            key = str(fault["loc"][0]) if fault["loc"] else ""
            hints = suggest(key, keys, "key") if fault["type"] == "extra_forbidden" else ()
            where = f"`{key}` of {name}" if key else name
            found.append(fault_in("AK231", f"{where} is not valid: {fault['msg']}", file, *hints, path=name))
        return None


def read_models(model: type[_M], data: object, part: str, file: str, found: list[Diagnostic]) -> tuple[_M, ...]:
    """Return the entries of one part; a part that is no list (AK230) or an id used twice (AK232) goes to `found`."""
    if not isinstance(data, list):
        found.append(fault_in("AK230", f"`{part}` is not a list", file, path=part))
        return ()
    seen: set[str] = set()
    made: list[_M] = []
    for number, item in enumerate(data, 1):
        name = str(item["id"]) if isinstance(item, dict) and "id" in item else f"{part} no. {number}"
        if name in seen:
            found.append(fault_in("AK232", f"the id {name!r} is used twice in `{part}`", file, path=name))
        seen.add(name)
        one = read_model(model, item, name, file, found)
        if one is not None:
            made.append(one)
    return tuple(made)


def entry_faults(entries: tuple[LawEntry, ...], named: set[str], sources: set[str], file: str) -> Iterator[Diagnostic]:
    """Yield what does not fit together in entries: changes (AK233), dates (AK234), status (AK237), sources (AK238)."""
    for e in entries:
        yield from _unknown((key for key in e.changes if key != e.id), e.id, named, file)
        if e.id in e.changes:
            yield fault_in("AK233", f"{e.id} is said to change itself", file, "leave it out of `changes`", path=e.id)
        first = e.start or e.known_from
        if e.start and e.known_from:
            yield fault_in("AK234", f"{e.id} has both `from` and `known_from`", file, path=e.id)
        if first and e.end and first >= e.end:
            yield fault_in("AK234", f"{e.id} ends on {e.end}, not after it starts on {first}", file, path=e.id)
        if e.status == "pending" and (e.start or e.end or e.known_from):
            yield fault_in(
                "AK237",
                f"{e.id} is pending but has a date of force",
                file,
                "put a planned date in `note`; change `status` once the start is confirmed",
                path=e.id,
            )
        if (e.status == "repealed") != (e.end is not None):
            what = "is repealed but has no `to`" if e.end is None else "has a `to` but is not repealed"
            yield fault_in("AK237", f"{e.id} {what}", file, path=e.id)
        for key in e.sources:
            if key not in sources:
                hints = suggest(key, sources, "source")
                yield fault_in("AK238", f"{e.id} names an unknown source {key!r}", file, *hints, path=e.id)


def floor_faults(
    floors: tuple[Floor, ...], entries: Mapping[str, LawEntry], named: set[str], file: str
) -> Iterator[Diagnostic]:
    """Yield what does not fit together in floors: entries (AK233), dates (AK234), status (AK237)."""
    for f in floors:
        yield from _unknown((f.entry, *f.also), f.id, named, file)
        if f.start and f.end and f.start >= f.end:
            yield fault_in("AK234", f"{f.id} ends on {f.end}, not after it starts on {f.start}", file, path=f.id)
        entry = entries.get(f.entry)
        if entry and (entry.status == "pending") != (f.status == "pending"):
            yield fault_in("AK237", f"{f.id} and its entry {entry.id} differ on being pending", file, path=f.id)


def _unknown(keys: Iterable[str], owner: str, named: set[str], file: str) -> Iterator[Diagnostic]:
    for key in keys:
        if key not in named:
            hints = suggest(key, named, "law entry")
            yield fault_in("AK233", f"{owner} names an unknown entry {key!r}", file, *hints, path=owner)
