"""A comparison as it is laid out on paper: clause by clause what changed, and what only has another number."""

from __future__ import annotations

from collections.abc import Iterator

from agreementkit.comparing.comparison import AgreementChanges, Change, Comparison
from agreementkit.comparing.paper import Grid, Group, Row, Section, plainly
from agreementkit.comparing.units import Line
from agreementkit.tree.nodes import PartyEntry, Schedule

NOWHERE = "printed nowhere; it decides which words stand"
"""What is said of a setting whose value is not printed."""


def sections(comparison: Comparison) -> Iterator[Section]:
    """Yield the parts of the sheet: one for each agreement that differs, and one for the settings."""
    for agreement in comparison.agreements:
        title = agreement.document.title
        if agreement.old is None or agreement.new is None:
            side = comparison.names[0 if agreement.new is None else 1]
            yield Section(title, (f"Only {side} has this agreement.",))
        elif not agreement.same:
            yield Section(title, tuple(_renumbered(agreement)), tuple(_groups(agreement)))
    if comparison.settings:
        rows = tuple(
            (
                (plainly(one.question), plainly(one.path)),
                (plainly(one.old),),
                (plainly(one.new),),
                tuple(plainly(str(spot)) for spot in one.where) or (plainly(NOWHERE),),
            )
            for one in comparison.settings
        )
        yield Section("Settings", (), (), Grid(("Setting", *comparison.names, "Said in"), rows))
    if comparison.left:
        yield Section("What fits nowhere", comparison.left)


def _groups(agreement: AgreementChanges) -> Iterator[Group]:
    cover = tuple(Row("", "changed", line.pieces) for line in agreement.cover if line.changed)
    if cover:
        yield Group("Cover", "", cover)
    waiting: list[Change] = []
    for change in (*agreement.all, None):
        if waiting and (change is None or change.top.id != waiting[0].top.id):
            yield from _group(waiting)
            waiting = []
        if change is not None:
            waiting.append(change)


def _group(changes: list[Change]) -> Iterator[Group]:
    """Yield what is shown of one clause; nothing where all of it is the same but for a number."""
    top = next((change for change in changes if change.division is changes[0].top), changes[0])
    kept = tuple(row for change in changes for row in _rows(change, top))
    how = tuple(one for one in top.how if one in ("added", "removed", "moved"))
    if kept or how:
        number = top.label if not isinstance(top.division, PartyEntry) else f"Party {top.label}"
        heading = " ".join(filter(None, (number, top.clause))) or top.id
        yield Group(heading, ", ".join(how), kept)


def _rows(change: Change, top: Change) -> Iterator[Row]:
    """Yield what is shown of a division: its changed paragraphs, all of them where it was added or removed."""
    one_sided = change.old is None or change.new is None
    label = "" if change is top else change.label
    how = [one for one in change.how if one != "renumbered"] if change is not top and not change.whole else []
    told = ", ".join(how)
    shown = [line for line in change.lines if line.changed and not (one_sided and _is_heading_of(line, change, top))]
    for line in shown:
        yield Row(label, told, line.pieces)
        label, told = "", ""
    for line in change.notes:
        if line.changed:
            yield Row(label if not shown else "", "note", line.pieces)
    if not shown and change is not top and any(one in ("moved",) for one in how):
        yield Row(label, told)


def _is_heading_of(line: Line, change: Change, top: Change) -> bool:
    return change is top and line.kind == "heading"


def _renumbered(agreement: AgreementChanges) -> Iterator[str]:
    """Yield what only has another number, with neighbours together: "Clauses 7 to 9 were 6 to 8."."""
    runs: list[list[Change]] = []
    for change in agreement.all:
        if "renumbered" not in change.how or change.old is None or change.new is None:
            continue
        if runs and _follows(runs[-1][-1], change):
            runs[-1].append(change)
        else:
            runs.append([change])
    said = [_run(run) for run in runs]
    if said:
        yield f"Other numbers: {'; '.join(said)}."


def _follows(before: Change, after: Change) -> bool:
    """Whether two renumbered divisions are neighbours on one level, in both versions."""
    if type(before.division) is not type(after.division):
        return False
    return all(
        a is not None and b is not None and a.number is not None and b.number is not None
        and a.number.path[:-1] == b.number.path[:-1]
        and a.number.path[-1] + 1 == b.number.path[-1]
        for a, b in ((before.old, after.old), (before.new, after.new))
    )  # fmt: skip


def _run(run: list[Change]) -> str:
    first, last = run[0], run[-1]
    kind = "" if isinstance(first.division, Schedule) else _KINDS.get(type(first.division).__name__, "")
    if first is last:
        return f"{_named(kind, first.new_number)} was {first.old_number or 'without a number'}"
    new, old = (f"{a} to {b}" for a, b in ((first.new_number, last.new_number), (first.old_number, last.old_number)))
    return f"{_named(kind and f'{kind}s', new)} were {old}"


_KINDS = {"Clause": "clause", "SubClause": "clause", "Paragraph": "clause", "SubParagraph": "clause"}
_KINDS |= {"PartyEntry": "party", "Recital": "recital"}


def _named(kind: str, number: str) -> str:
    return f"{kind.replace('partys', 'parties')} {number or 'without a number'}".strip()
