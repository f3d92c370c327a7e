"""Finds values that nobody has given yet."""

from __future__ import annotations

from collections.abc import Iterator

from agreementkit.diagnostics import Diagnostic, Severity
from agreementkit.tree.nodes import Blank, Document, Inline
from agreementkit.tree.walk import block_inlines, division_inlines, divisions, flatten


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
                hints=(f"set `{inline.path}` in the configuration",) if inline.path else (),
            )


def _text(document: Document) -> Iterator[tuple[str, Inline]]:
    for line in document.subtitle:
        for inline in flatten(line):
            yield "the cover", inline
    for block in document.opening:
        for run in block_inlines(block):
            for inline in flatten(run):
                yield "the opening", inline
    for division in divisions(document):
        label = division.number.label if division.number else ""
        where = f"{label if label.startswith('Schedule') else f'clause {label}'}" if label else repr(division.id)
        for inline in division_inlines(division):
            yield where, inline
