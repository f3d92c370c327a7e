"""Proposals as plain data and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from agreementkit.proposing.proposal import Left, Proposal, ValueProposal, WordingProposal

_MARKS = re.compile(r"[\\`*_<>#|]")


def state(one: Proposal) -> str:
    """Return what a proposal is in a word."""
    return "done" if one.done else one.status


def as_dict_of(one: Proposal) -> dict[str, Any]:
    """Return a proposal as plain data."""
    out: dict[str, Any] = {
        "id": one.id,
        "status": one.status,
        "done": one.done,
        "agreement": one.precedent,
        "division": one.place.id,
        "number": one.place.number,
        "author": one.author,
        "when": one.when,
        "reason": one.reason,
        "fits": one.fits,
        "why": one.why,
        "by": one.decision.by,
        "note": one.decision.note,
        "on": one.decision.on,
        "edits": [given.edit.id for given in one.given],
    }
    if isinstance(one, ValueProposal):
        out |= {
            "kind": "value",
            "path": one.path,
            "before": one.before,
            "after": one.after,
            "words": one.words,
            "places": one.places,
            "changed": one.changed,
            "reads": one.reads,
            "findings": [found.as_dict() for found in one.findings],
        }
    elif isinstance(one, WordingProposal):
        out |= {"kind": one.kind, "old": one.old, "new": one.new, "also": list(one.also)}
    return out


def markdown(proposals: Sequence[Proposal], left: Sequence[Left]) -> Iterator[str]:
    """Yield the lines of proposals in Markdown, and of the edits that make none."""
    yield "# Proposals"
    for one in proposals:
        if not isinstance(one, ValueProposal | WordingProposal):
            continue
        yield ""
        yield f"## {one.id}: {one.where}, {state(one)}"
        yield ""
        yield _plain(one.said)
        facts: list[tuple[str, str]] = [("Proposed by", one.author), ("Reason", one.reason)]
        facts += [("Note", remark) for remark in one.remarks]
        facts += [("Decided by", one.decision.by), ("Decision", one.decision.note)]
        for name, text in facts:
            if text:
                yield ""
                yield f"{name}: {_plain(text)}"
    if left:
        yield ""
        yield "## Edits without a proposal"
        yield ""
        for lost in left:
            edit = lost.given.edit
            yield f"- {_plain(edit.place.number or edit.place.id or 'no place')}: {edit.kind}, {_plain(lost.why)}"


def _plain(text: str) -> str:
    """Return words for Markdown, so that no mark is read in them."""
    return _MARKS.sub(r"\\\g<0>", " ".join(text.split()))
