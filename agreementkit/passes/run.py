"""Runs the passes over a set of agreements in step, so that each can refer to the others' numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from agreementkit.passes.annotate import annotate
from agreementkit.passes.context import Context
from agreementkit.passes.define import define
from agreementkit.passes.identify import identify
from agreementkit.passes.number import number
from agreementkit.passes.refer import refer
from agreementkit.tree.nodes import Document

Pass = Callable[[Document, Context], Document]

PASSES: tuple[Pass, ...] = (identify, number, define, refer, annotate)
"""The passes in the order in which they run."""


def resolve(documents: Sequence[Document], contexts: Mapping[str, Context]) -> tuple[Document, ...]:
    """Return the documents resolved.

    Args:
        documents: The agreements of one set, filled.
        contexts: The context of each by precedent id.
    """
    current = tuple(documents)
    for step in PASSES:
        shelf = {document.precedent: document for document in current}
        current = tuple(
            step(
                document,
                replace(
                    contexts[document.precedent],
                    others={id_: other for id_, other in shelf.items() if id_ != document.precedent},
                ),
            )
            for document in current
        )
    return current
