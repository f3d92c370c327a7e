"""The law register: what the law, codes and policy say, where, and from when to when.

Notes cite entries by id; checks read floors. Everything is asked for a date and a nation, because an
agreement of 2018 is judged by the law of 2018. Anything pending is in the register so that it can be
watched, but it is never in force and its floors never apply.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.errors import BankError

Nation = Literal["england", "scotland", "wales", "northern-ireland"]
NATIONS: tuple[str, ...] = ("england", "scotland", "wales", "northern-ireland")

_M = TypeVar("_M", "LawEntry", "Floor", "Source")


class Standing(StrEnum):
    """How an entry stands on a date in a nation."""

    IN_FORCE = "in-force"
    PENDING = "pending"
    NOT_YET = "not-yet"
    ENDED = "ended"
    UNKNOWN = "unknown"
    ELSEWHERE = "elsewhere"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Source(_Model):
    """Where a fact was read.

    Attributes:
        address: Public address, or the name of the publication.
        dated: Date of the text or page, in words.
    """

    address: str = Field(min_length=1)
    dated: str = Field(min_length=1)


class LawEntry(_Model):
    """One provision, code, policy, guidance document or case.

    Attributes:
        id: Stable id, such as `tulrca-1992-s168`.
        fact: Key of the researched fact behind it.
        cite: How it prints in a citation.
        short: Short form of the citation.
        kind: What sort of authority it is.
        status: `confirmed`, `general-knowledge`, `pending` or `repealed`.
        extent: Nations where it applies.
        start: First day in force; None when not recorded. `from` in the file.
        end: First day no longer in force; None while it stands. `to` in the file.
        known_from: Only where the start is not recorded: the earliest day the register speaks for.
        summary: What it says, in plain words.
        note: What is not confirmed, and plans.
        sources: Keys of the sources it was read in.
        checked: Day it was last checked.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    fact: str = Field(min_length=1)
    cite: str = Field(min_length=1)
    short: str = Field(min_length=1)
    kind: Literal["law", "code", "policy", "guidance", "case"]
    status: Literal["confirmed", "general-knowledge", "pending", "repealed"]
    extent: tuple[Nation, ...] = Field(min_length=1)
    start: dt.date | None = Field(alias="from")
    end: dt.date | None = Field(alias="to")
    known_from: dt.date | None = None
    summary: str = Field(min_length=1)
    note: str = ""
    sources: tuple[str, ...] = ()
    checked: dt.date

    def standing(self, on: dt.date, nation: str) -> Standing:
        """Return how this entry stands on a date in a nation.

        Args:
            on: The date that matters, usually that of the agreement.
            nation: One of `NATIONS`.
        """
        if nation not in self.extent:
            return Standing.ELSEWHERE
        if self.status == "pending":
            return Standing.PENDING
        if self.end and on >= self.end:
            return Standing.ENDED
        if self.start and on < self.start:
            return Standing.NOT_YET
        if self.known_from and on < self.known_from:
            return Standing.UNKNOWN
        return Standing.IN_FORCE


class Floor(_Model):
    """A limit in machine form. An agreed value is acceptable when `agreed comparator value` holds.

    Attributes:
        id: Stable id, such as `fl_cr_days_100`.
        entry: Id of the entry it comes from.
        also: Ids of further entries it rests on.
        quantity: What is limited, in words.
        comparator: `==`, `<=`, `>=`, `includes_all` or `implies`.
        value: The limit; None where no value is fixed.
        least: Lower bound that goes with the value.
        most: Upper bound that goes with the value.
        unit: Unit of the value.
        applies_when: When it applies, in words.
        kind: `law` (breach is an error), `policy` or `guidance` (a warning), `info` (only for notes).
        status: `in_force`, `repealed` (the old duty is gone and must not be claimed) or `pending`.
        start: First day it applies; None when not recorded. `from` in the file.
        end: First day it no longer applies. `to` in the file.
        basis: What the dates are compared with.
        note: Anything to know when using it.
    """

    id: str = Field(pattern=r"^fl_[a-z0-9_]+$")
    entry: str
    also: tuple[str, ...] = ()
    quantity: str = Field(min_length=1)
    comparator: Literal["==", "<=", ">=", "includes_all", "implies"]
    value: bool | int | float | str | tuple[str, ...] | None
    least: int | None = None
    most: int | None = None
    unit: str = Field(min_length=1)
    applies_when: str = Field(min_length=1)
    kind: Literal["law", "policy", "info", "guidance"]
    status: Literal["in_force", "repealed", "pending"]
    start: dt.date | None = Field(alias="from")
    end: dt.date | None = Field(alias="to")
    basis: Literal["agreement", "dismissal", "transfer", "ballot", "relevant-period"] = "agreement"
    note: str = ""

    def applies(self, on: dt.date) -> bool:
        """Return whether the floor's own dates cover `on`; a pending floor never applies."""
        if self.status == "pending":
            return False
        return (self.start is None or on >= self.start) and (self.end is None or on < self.end)


class LawRegister:
    """All entries, floors and sources of one register file. Made by `LawRegister.from_data`.

    Args:
        entries: Entries in file order.
        floors: Floors in file order.
        sources: Sources by key.
        checked: Day the register as a whole was last checked; None for an empty one.
        version: Version of the register.
        file: File it was read from, for diagnostics.
    """

    def __init__(
        self,
        entries: tuple[LawEntry, ...],
        floors: tuple[Floor, ...],
        sources: Mapping[str, Source],
        checked: dt.date | None,
        version: int,
        file: str,
    ) -> None:
        self.entries: Mapping[str, LawEntry] = MappingProxyType({e.id: e for e in entries})
        self.floors: Mapping[str, Floor] = MappingProxyType({f.id: f for f in floors})
        self.sources: Mapping[str, Source] = MappingProxyType(dict(sources))
        self.checked = checked
        self.version = version
        self.file = file

    @classmethod
    def from_data(cls, data: object, file: str = "law.yaml") -> LawRegister:
        """Make a register from parsed YAML. A file stands alone: it names only its own entries and sources.

        Args:
            data: The parsed file: a mapping with `version`, `checked`, `entries`, `floors` and `sources`.
            file: Name of the file, for diagnostics.

        Returns:
            The register.

        Raises:
            BankError: With every fault found, if there is any.
        """
        found: list[Diagnostic] = []
        if not isinstance(data, dict):
            raise BankError(_fault("AK230", "the law register is not a mapping", file))
        found.extend(
            _fault("AK230", f"the law register has no part {key!r}", file, *suggest(key, _KEYS))
            for key in sorted(str(k) for k in data if k not in _KEYS)
        )
        version, checked = data.get("version"), data.get("checked")
        if not isinstance(version, int) or isinstance(version, bool):
            found.append(_fault("AK230", "`version` is not a whole number", file, path="version"))
        if isinstance(checked, str):
            try:
                checked = dt.date.fromisoformat(checked)
            except ValueError:
                checked = None
        if not isinstance(checked, dt.date):
            found.append(_fault("AK230", "`checked` is not a date such as 2026-11-21", file, path="checked"))
        raw = data.get("sources", {})
        if not isinstance(raw, dict):
            found.append(_fault("AK230", "`sources` is not a mapping", file, path="sources"))
            raw = {}
        sources = {
            str(key): model for key, item in raw.items() if (model := _model(Source, item, str(key), file, found))
        }
        entries = _models(LawEntry, data.get("entries"), "entries", file, found)
        floors = _models(Floor, data.get("floors", []), "floors", file, found)
        found += _entry_faults(entries, set(map(str, raw)), file)
        # A floor that names an entry which is itself faulty would only repeat the first fault.
        named = {str(item.get("id")) for item in _items(data.get("entries")) if isinstance(item, dict)}
        found += _floor_faults(floors, {e.id: e for e in entries}, named, file)
        if found or not isinstance(checked, dt.date) or not isinstance(version, int):
            raise BankError(*found)
        return cls(entries, floors, sources, checked, version, file)

    @classmethod
    def empty(cls) -> LawRegister:
        """Return a register with nothing in it, to merge others into."""
        return cls((), (), {}, None, 0, "law.yaml")

    def merged(self, other: LawRegister) -> LawRegister:
        """Return a register in which `other` lies over this one: its entries and floors win by id.

        The day checked is the earlier of the two, so that it holds for everything in the result.

        Args:
            other: The register to lay on top.
        """
        days = [day for day in (self.checked, other.checked) if day]
        return LawRegister(
            tuple({**self.entries, **other.entries}.values()),
            tuple({**self.floors, **other.floors}.values()),
            {**self.sources, **other.sources},
            min(days, default=None),
            self.version or other.version,
            self.file if self.entries else other.file,
        )

    def __getitem__(self, entry_id: str) -> LawEntry:
        """Return an entry.

        Raises:
            BankError: If there is none of that id; the nearest id is suggested.
        """
        entry = self.entries.get(entry_id)
        if entry is None:
            raise BankError(self.unknown(entry_id))
        return entry

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self.entries

    def __iter__(self) -> Iterator[LawEntry]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)

    def unknown(self, entry_id: str, place: Place | None = None) -> Diagnostic:
        """Return the finding for an id that is not in the register, with the nearest id as a hint.

        Args:
            entry_id: The id that was asked for.
            place: Where it was asked for; the register file when not given.
        """
        return Diagnostic(
            "AK235",
            f"the law register has no entry {entry_id!r}",
            place=place or Place(self.file),
            hints=suggest(entry_id, self.entries, "law entry"),
            path=entry_id,
        )

    def floor(self, floor_id: str) -> Floor:
        """Return a floor.

        Raises:
            BankError: If there is none of that id; the nearest id is suggested.
        """
        floor = self.floors.get(floor_id)
        if floor is None:
            hints = suggest(floor_id, self.floors, "floor")
            raise BankError(
                _fault("AK235", f"the law register has no floor {floor_id!r}", self.file, *hints, path=floor_id)
            )
        return floor

    def status_on(self, entry_id: str, on: dt.date, nation: str) -> Standing:
        """Return how an entry stands on a date in a nation.

        Args:
            entry_id: Id of the entry.
            on: The date that matters, usually that of the agreement.
            nation: One of `NATIONS`.

        Raises:
            BankError: If the entry or the nation is not known.
        """
        self._known(nation)
        return self[entry_id].standing(on, nation)

    def in_force(self, entry_id: str, on: dt.date, nation: str) -> bool:
        """Return whether the register vouches for an entry on a date in a nation.

        Args:
            entry_id: Id of the entry.
            on: The date that matters, usually that of the agreement.
            nation: One of `NATIONS`.

        Raises:
            BankError: If the entry or the nation is not known.
        """
        return self.status_on(entry_id, on, nation) is Standing.IN_FORCE

    def floors_for(self, on: dt.date, nation: str) -> tuple[Floor, ...]:
        """Return the floors that apply on a date in a nation, in file order; pending ones never do.

        A floor whose `basis` is not the agreement goes by another date, such as that of a dismissal; ask
        again with that date where it is known.

        Args:
            on: The date that matters.
            nation: One of `NATIONS`.

        Raises:
            BankError: If the nation is not known.
        """
        self._known(nation)
        return tuple(
            f
            for f in self.floors.values()
            if f.applies(on) and self.entries[f.entry].standing(on, nation) is Standing.IN_FORCE
        )

    def _known(self, nation: str) -> None:
        if nation not in NATIONS:
            hints = suggest(nation, NATIONS, "nation")
            raise BankError(_fault("AK236", f"there is no nation {nation!r}", self.file, *hints, path=nation))


_KEYS = ("version", "checked", "entries", "floors", "sources")


def _fault(code: str, message: str, file: str, *hints: str, path: str = "") -> Diagnostic:
    return Diagnostic(code, message, place=Place(file), hints=hints, path=path)


def _items(data: object) -> list[object]:
    return data if isinstance(data, list) else []


def _model(model: type[_M], item: object, name: str, file: str, found: list[Diagnostic]) -> _M | None:
    try:
        return model.model_validate(item)
    except ValidationError as error:
        keys = sorted({f.alias or n for n, f in model.model_fields.items()})
        for fault in error.errors():
            key = str(fault["loc"][0]) if fault["loc"] else ""
            hints = suggest(key, keys, "key") if fault["type"] == "extra_forbidden" else ()
            where = f"`{key}` of {name}" if key else name
            found.append(_fault("AK231", f"{where} is not valid: {fault['msg']}", file, *hints, path=name))
        return None


def _models(model: type[_M], data: object, part: str, file: str, found: list[Diagnostic]) -> tuple[_M, ...]:
    if not isinstance(data, list):
        found.append(_fault("AK230", f"`{part}` is not a list", file, path=part))
        return ()
    seen: set[str] = set()
    made: list[_M] = []
    for number, item in enumerate(data, 1):
        name = str(item["id"]) if isinstance(item, dict) and "id" in item else f"{part} no. {number}"
        if name in seen:
            found.append(_fault("AK232", f"the id {name!r} is used twice in `{part}`", file, path=name))
        seen.add(name)
        one = _model(model, item, name, file, found)
        if one is not None:
            made.append(one)
    return tuple(made)


def _entry_faults(entries: tuple[LawEntry, ...], sources: set[str], file: str) -> Iterator[Diagnostic]:
    for e in entries:
        first = e.start or e.known_from
        if e.start and e.known_from:
            yield _fault("AK234", f"{e.id} has both `from` and `known_from`", file, path=e.id)
        if first and e.end and first >= e.end:
            yield _fault("AK234", f"{e.id} ends on {e.end}, not after it starts on {first}", file, path=e.id)
        if e.status == "pending" and (e.start or e.end or e.known_from):
            yield _fault(
                "AK237",
                f"{e.id} is pending but has a date of force",
                file,
                "put a planned date in `note`; change `status` once the start is confirmed",
                path=e.id,
            )
        if (e.status == "repealed") != (e.end is not None):
            what = "is repealed but has no `to`" if e.end is None else "has a `to` but is not repealed"
            yield _fault("AK237", f"{e.id} {what}", file, path=e.id)
        for key in e.sources:
            if key not in sources:
                hints = suggest(key, sources, "source")
                yield _fault("AK238", f"{e.id} names an unknown source {key!r}", file, *hints, path=e.id)


def _floor_faults(
    floors: tuple[Floor, ...], entries: Mapping[str, LawEntry], named: set[str], file: str
) -> Iterator[Diagnostic]:
    for f in floors:
        for key in (f.entry, *f.also):
            if key not in named:
                hints = suggest(key, named, "law entry")
                yield _fault("AK233", f"{f.id} names an unknown entry {key!r}", file, *hints, path=f.id)
        if f.start and f.end and f.start >= f.end:
            yield _fault("AK234", f"{f.id} ends on {f.end}, not after it starts on {f.start}", file, path=f.id)
        entry = entries.get(f.entry)
        if entry and (entry.status == "pending") != (f.status == "pending"):
            yield _fault("AK237", f"{f.id} and its entry {entry.id} differ on being pending", file, path=f.id)
