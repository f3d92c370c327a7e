"""First pass: every division has an id of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from agreementkit.diagnostics import Diagnostic
from agreementkit.passes.context import Context
from agreementkit.tree.nodes import Anchor, Division, Document, Note, Stage
from agreementkit.tree.remake import note_with, same_or, with_id
from agreementkit.tree.walk import divisions, map_tops

D = TypeVar("D", bound=Division)


def identify(document: Document, context: Context) -> Document:
    """Give every division a unique id.

    Items to which the author gave no id come with the line they were written on (`disputes/~14`); here they
    get their position instead (`disputes/~2`), which does not change when a note above them grows. Two
    divisions with one id are reported (AK403).
    """
    renamed: dict[str, str] = {}

    # Parents before children, so that an unnamed item below an unnamed item is named after it.
    def down(division: D, id_: str) -> D:
        renamed[division.id] = id_
        below = division.children
        if not below:
            return division if id_ == division.id else with_id(division, id_, ())
        named = [down(child, _id_of(child.id, position, id_)) for position, child in enumerate(below, 1)]
        children = same_or(below, tuple(named))
        return division if children is below and id_ == division.id else with_id(division, id_, children)

    result = map_tops(document, lambda top: down(top, top.id))
    _report_twice(result, context)
    return replace(result, notes=tuple([_moved(note, renamed) for note in document.notes]), stage=Stage.IDENTIFIED)


def _id_of(given: str, position: int, above: str) -> str:
    """Return the id of an item at a position below the division `above`; the author's own, if it has one."""
    base, _, local = given.rpartition("/")
    if not local.startswith("~"):
        return given
    return f"{above if above.startswith(base) else base}/~{position}"


def _moved(note: Note, renamed: Mapping[str, str]) -> Note:
    """Return a note that points at the same division by the id that it has now."""
    anchor = note.anchor
    now = renamed.get(anchor.division, anchor.division)
    return note if now == anchor.division else note_with(note, anchor=Anchor(now, anchor.phrase, anchor.whole))


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
