"""The page on requirements and floors: what agreements are asked to deal with, and which settings are compared."""

from __future__ import annotations

from agreementkit import Bank
from agreementkit.bank.law import Floor, LawEntry
from agreementkit.bank.requirement import Requirement

HEAD = """# Requirements and floors

Generated from `clauses/core/requirements.yaml` and `clauses/core/law.yaml` by `python docs/generate.py`; how to write
them is in [the files about law](law-files.md).

A **requirement** is something that the law, a statutory code, policy or good practice asks agreements of a kind to
deal with. One of the clauses or paragraphs named is enough. A requirement concerns a set if one of its agreements is
named, if its condition is true, and if the first source is in force on the date of the agreements in their nation.
What a set leaves out is reported as [AK570](checks.md#ak570).

A **floor** is a limit. The agreed value is worked out from the configuration and compared on the date of the
agreements; see [AK560](checks.md#ak560) to [AK563](checks.md#ak563).

Sources marked *general knowledge* were not confirmed, and those marked *not confirmed in force* are planned or
enacted. Neither is stated as law. Nothing here is legal advice.
"""
_KINDS = {
    "law": "What the law asks for",
    "code": "What statutory codes ask for",
    "policy": "What policy asks for",
    "good-practice": "Good practice",
}
_MARKS = {"general-knowledge": "general knowledge", "pending": "not confirmed in force"}


def page() -> str:
    """Return the page."""
    bank = Bank.load()
    requirements = [placed.requirement for placed in bank.requirements.values()]
    out = [HEAD.rstrip()]
    for kind, title in _KINDS.items():
        rows = [_row(one, [bank.law[id_] for id_ in one.cites]) for one in requirements if one.kind == kind]
        head = "| Requirement | Source | Agreements | Met by |\n| --- | --- | --- | --- |"
        out += [f"## {title}", "\n".join((head, *rows))]
    floors = [floor for floor in bank.law.floors.values() if floor.agreed]
    head = "| Floor | Limit | Source | Agreed value | When |\n| --- | --- | --- | --- | --- |"
    out += ["## Floors that are compared", "\n".join((head, *(_floor(f, bank.law[f.entry]) for f in floors)))]
    return "\n\n".join(out) + "\n"


def _row(one: Requirement, entries: list[LawEntry]) -> str:
    ways = [_code(way) for way in (*one.met_by, one.met_when) if way]
    condition = f" When {_code(one.when)}." if one.when else ""
    return _cells(
        f"**{one.id}** {one.requires}{condition}",
        "; ".join(_source(entry) for entry in entries),
        ", ".join(one.agreements),
        ", ".join(ways),
    )


def _floor(floor: Floor, entry: LawEntry) -> str:
    value = ", ".join(floor.value) if isinstance(floor.value, tuple) else str(floor.value).lower()
    unit = "" if floor.unit in ("bool", "set", "rule") else f" {floor.unit}"
    return _cells(
        f"**{floor.id}** {floor.quantity} ({floor.applies_when})",
        f"{floor.comparator.replace('_', ' ')} {value}{unit}",
        _source(entry),
        _code(floor.agreed or ""),
        _code(floor.when) if floor.when else "always",
    )


def _source(entry: LawEntry) -> str:
    mark = _MARKS.get(entry.status)
    return f"{entry.short} (*{mark}*)" if mark else entry.short


def _code(text: str) -> str:
    return f"`{text}`"


def _cells(*cells: str) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"
