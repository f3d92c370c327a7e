"""First pass: every division has an id of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from agreementkit.diagnostics import Diagnostic
from agreementkit.passes.context import Context
from agreementkit.tree.nodes import Division, Document, Stage
from agreementkit.tree.walk import divisions

D = TypeVar("D", bound=Division)


def identify(document: Document, context: Context) -> Document:
    """Give every division a unique id.

    Items to which the author gave no id come with the line they were written on (`disputes/~14`); here they
    get their position instead (`disputes/~2`), which does not change when a note above them grows. Two
    divisions with one id are reported (AK403).
    """

    def numbered(division: Division) -> tuple[Division, ...]:
        children: list[Division] = []
        for position, child in enumerate(division.children, 1):
            base, _, local = child.id.rpartition("/")
            if local.startswith("~"):
                parent = division.id if division.id.startswith(base) else base
                child = replace(child, id=f"{parent}/~{position}")
            children.append(child)
        return tuple(children)

    # Parents before children, so that an unnamed item below an unnamed item is named after it.
    def down(division: D) -> D:
        if not division.children:
            return division
        return replace(division, children=tuple(down(child) for child in numbered(division)))

    old = {id(division): division.id for division in divisions(document)}
    renamed: dict[str, str] = {}

    result = replace(
        document,
        parties=tuple(down(d) for d in document.parties),
        background=tuple(down(d) for d in document.background),
        body=tuple(down(d) for d in document.body),
        schedules=tuple(down(d) for d in document.schedules),
        execution=tuple(down(d) for d in document.execution),
    )
    for before, after in zip(divisions(document), divisions(result), strict=True):
        renamed[old[id(before)]] = after.id
    notes = tuple(
        note
        if (now := renamed.get(note.anchor.division, note.anchor.division)) == note.anchor.division
        else replace(note, anchor=replace(note.anchor, division=now))
        for note in document.notes
    )
    _report_twice(result, context)
    return replace(result, notes=notes, stage=Stage.IDENTIFIED)


def _report_twice(document: Document, context: Context) -> None:
    seen: dict[str, Division] = {}
    for division in divisions(document):
        if division.id in seen:
            context.found.append(
                Diagnostic(
                    "AK403",
                    f"two divisions of the {document.title} have the id {division.id!r}",
                    place=division.origin.place if division.origin else None,
                    path=division.id,
                    hints=("ids are permanent names; choose another for the newer one",),
                )
            )
        seen[division.id] = division
