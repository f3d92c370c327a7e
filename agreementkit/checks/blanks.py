"""Finds values that nobody has given yet."""

from __future__ import annotations

from collections.abc import Iterator

from agreementkit.diagnostics import Diagnostic, Severity
from agreementkit.tree.nodes import Blank, Division, Document, Inline, PartyEntry, Recital, Schedule
from agreementkit.tree.walk import block_inlines, division_inlines, flatten, subtree, top_divisions

_WORKED_OUT = {"signing_employers[": "signatories.employer[", "signing_unions[": "signatories.staff_side["}


def blanks(document: Document) -> Iterator[Diagnostic]:
    """Yield AK501, once for each configuration path that is still blank.

    A blank is fine in a draft, so it only informs; a final copy is refused while one is left.
    """
    seen: set[str] = set()
    for where, inline in _text(document):
        if isinstance(inline, Blank) and inline.path not in seen:
            seen.add(inline.path)
            what = inline.label or "a value"
            yield Diagnostic(
                "AK501",
                f"{where} of the {document.title} has a blank: {what[:1].lower() + what[1:]}",
                severity=Severity.INFO,
                path=inline.path,
                hints=(f"set `{_setting(inline.path)}` in the configuration",) if inline.path else (),
            )


def _text(document: Document) -> Iterator[tuple[str, Inline]]:
    for line in document.subtitle:
        for inline in flatten(line):
            yield "the cover", inline
    for block in document.opening:
        for run in block_inlines(block):
            for inline in flatten(run):
                yield "the opening", inline
    for top in top_divisions(document):
        for division in subtree(top):
            for inline in division_inlines(division):
                yield _where(division, top), inline


def _where(division: Division, top: Division) -> str:
    """Return in words where a division stands."""
    if division.number is None:
        return repr(division.id)
    label = division.number.label
    match top:
        case PartyEntry():
            return f"party {label}"
        case Recital():
            return f"recital {label}"
        case Schedule():
            return label if division is top or top.number is None else f"paragraph {label} of {top.number.label}"
    return f"clause {label}"


def _setting(path: str) -> str:
    """Return the path to set for a value that the configuration works out from it."""
    for computed, given in _WORKED_OUT.items():
        if path.startswith(computed):
            return given + path.removeprefix(computed)
    return path
