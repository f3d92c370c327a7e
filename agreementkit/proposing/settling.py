"""Tries proposals: all together, and where that does not give what is wanted, in ever smaller parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from agreementkit.proposing.changes import source_of
from agreementkit.proposing.proposal import Proposal, ValueProposal, WordingProposal, authors, reasons
from agreementkit.proposing.trying import Key, Source, Trial

_PUNCTUATED = "the list is punctuated anew: marks at the ends of its items may differ"


def merged(made: Iterable[Proposal]) -> list[Proposal]:
    """Return proposals with those that are the same in several files or places as one."""
    out: dict[str, Proposal] = {}
    for one in made:
        other = out.get(one.id)
        if other is None:
            out[one.id] = one
            continue
        given = (*other.given, *(new for new in one.given if new not in other.given))
        merged = replace(other, given=given, author=authors(given), reason=reasons(given))
        if isinstance(merged, ValueProposal):
            keys = {(new.precedent, new.edit.place) for new in given}
            merged = replace(merged, changed=len(keys))
        out[one.id] = merged
    return list(out.values())


def tried(made: Sequence[Proposal], trial: Trial) -> list[Proposal]:
    """Return proposals, each knowing whether the agreement would read exactly as proposed."""
    waiting = [one for one in made if isinstance(one, WordingProposal) and one.wanted is not None and one.fits]
    why: dict[str, str] = {}
    marks: set[str] = set()
    together: list[WordingProposal] = []
    alone: list[WordingProposal] = []
    taken: set[tuple[str, Key]] = set()
    for one in waiting:
        touched = _touched(one)
        (alone if one.kind != "added" and touched & taken else together).append(one)
        taken |= touched if one.kind != "added" else set()
    _settle(together, trial, why, marks)
    for one in alone:
        _settle([one], trial, why, marks)
    return [_with_result(one, why.get(one.id, ""), one.id in marks) for one in made]


def _with_result(one: Proposal, why: str, punctuated: bool) -> Proposal:
    if why:
        return replace(one, why=why)
    if punctuated and isinstance(one, WordingProposal):
        return replace(one, also=(*one.also, _PUNCTUATED))
    return one


def _touched(one: WordingProposal) -> set[tuple[str, Key]]:
    wanted = one.wanted
    keys = {wanted.at, *wanted.gone} if wanted else set()
    return {(one.precedent, key) for key in keys}


def _settle(group: Sequence[WordingProposal], trial: Trial, why: dict[str, str], marks: set[str]) -> None:
    """Try proposals together; where that does not give what is wanted, by clause and by halves, down to single ones."""
    if not group:
        return
    outcome = trial.outcome([one.wanted for one in group if one.wanted])
    sources = {one.id: source_of(one.wanted.changes[0]) for one in group if one.wanted}
    if not outcome.why:
        marks.update(id_ for id_, source in sources.items() if source in outcome.punctuated)
    if len(group) == 1 or not outcome.reason:
        why.update((one.id, outcome.reason) for one in group)
        return
    clauses: dict[Source, list[WordingProposal]] = {}
    for one in group:
        source = sources[one.id]
        if outcome.why or source in outcome.by_source:
            clauses.setdefault(source, []).append(one)
        else:
            why[one.id] = ""
    parts = list(clauses.values())
    if len(parts) > 1 and not outcome.why:
        for part in parts:
            _settle(part, trial, why, marks)
        return
    left = [one for part in parts for one in part]
    if len(left) < len(group) or len(left) == 1:
        _settle(left, trial, why, marks)
        return
    _settle(left[: len(left) // 2], trial, why, marks)
    _settle(left[len(left) // 2 :], trial, why, marks)
