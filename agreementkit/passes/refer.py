"""Fourth pass: cross-references get their words and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from agreementkit.diagnostics import Diagnostic, nearest, suggest
from agreementkit.passes.context import Context
from agreementkit.passes.homes import Homes
from agreementkit.tree.nodes import (
    CrossReference,
    Division,
    Document,
    Emphasis,
    Inline,
    Note,
    PartyEntry,
    Phrase,
    Recital,
    Reference,
    ReferencePart,
    Schedule,
    Stage,
    Strong,
    Text,
)
from agreementkit.tree.remake import holding, note_with
from agreementkit.tree.walk import map_blocks, map_words, plain_text

_CHANGING = frozenset({CrossReference, Emphasis, Strong, Phrase})


class Target(NamedTuple):
    """Something that can be referred to, with the schedule it stands in, if it does."""

    division: Division
    schedule: Division | None
    live: str  # id of the division whose number is printed: the parent's for a lone sub-clause


def targets(document: Document) -> dict[str, Target]:
    """Return everything in a numbered document that can be referred to, by id."""
    found: dict[str, Target] = {}
    for top in (*document.parties, *document.background, *document.body):
        _add_targets(top, None, top.id, found)
    for schedule in document.schedules:
        _add_targets(schedule, schedule, schedule.id, found)
    return found


def _add_targets(division: Division, schedule: Division | None, above: str, found: dict[str, Target]) -> None:
    """Add a division and all below it; `above` is the id of the division that it stands in."""
    id_, number = division.id, division.number
    found[id_] = Target(division, schedule, id_ if number is not None and number.own else above)
    for child in division.children:
        _add_targets(child, schedule, id_, found)


def names(document: Document) -> dict[str, str]:
    """Return what a reference calls each numbered division: "clause 7.2(a)", "paragraph 3 of Schedule 1"."""
    found = ((id_, _words(target, same_schedule=False)) for id_, target in targets(document).items())
    return {id_: "".join(part.text for part in words) for id_, words in found if words}


def reference_to(document: Document, id_: str) -> Reference | None:
    """Return a reference to a division of a numbered document; None where it is not there or has no number."""
    found = targets(document).get(id_)
    words = _words(found, same_schedule=False) if found else None
    return Reference(id_, words) if words else None


def refer(document: Document, context: Context) -> Document:
    """Resolve every cross-reference.

    Faults: AK404 for a reference to something the agreement does not contain, AK405 for one into an agreement
    that is not in the set, AK406 for one to something that has no number.
    """
    resolver = _Resolver(document, context)
    result = map_words(document, lambda run, division: resolver.run(run, division.id))
    notes = tuple([_settle_note(note, resolver) for note in result.notes])
    return replace(result, notes=notes, stage=Stage.REFERRED)


def _settle_note(note: Note, resolver: _Resolver) -> Note:
    return note_with(note, blocks=map_blocks(note.blocks, lambda run: resolver.run(run, note.id)))


class _Resolver:
    """Turns the cross-references of one document into references."""

    def __init__(self, document: Document, context: Context) -> None:
        self.document = document
        self.context = context
        self.homes = Homes(document, context.others)
        self._targets: dict[str, dict[str, Target]] = {}

    def targets(self, agreement: str) -> dict[str, Target]:
        """Return what can be referred to in an agreement of the set, "" for this one; looked up when first asked."""
        found = self._targets.get(agreement)
        if found is None:
            document = self.context.others[agreement] if agreement else self.document
            found = self._targets[agreement] = targets(document)
        return found

    def run(self, inlines: tuple[Inline, ...], home: str, before: str = "") -> tuple[Inline, ...]:
        """Resolve the references of one run, with a capital where one begins a sentence.

        Args:
            inlines: The run.
            home: Id of the division or of the note that it stands in.
            before: The text that stands in front of the run, inside the same paragraph.
        """
        out: list[Inline] | None = None
        for at, inline in enumerate(inlines):
            if type(inline) not in _CHANGING:
                continue  # before anything is asked about the words in front: most runs refer to nothing
            if at and _begins_with_change(inline):  # else nobody asks what stands in front
                before = plain_text(((out or inlines)[at - 1],))
            new: Inline
            if isinstance(inline, CrossReference):
                starts = not before.strip() or before.rstrip().endswith((".", "?"))
                new = self._resolve(inline, home, starts)
            else:
                new = holding(inline, self.run(inline.inlines, home, before))  # type: ignore[arg-type,union-attr]
            if new is not inline:
                out = list(inlines) if out is None else out
                out[at] = new
        return inlines if out is None else tuple(out)

    def _resolve(self, reference: CrossReference, home: str, starts: bool) -> Inline:
        target, base = reference.target, home.split("/")[0].split("~")[0]
        agreement, id_ = self.homes.find(f"{base}{target}" if target.startswith("/") else target)
        if agreement and agreement not in self.context.others:
            return self._fault(
                "AK405",
                reference,
                f"the set has no agreement {agreement!r}",
                (f"guard the words: `[…]{{when=\"'{agreement}' in agreements\"}}`",),
            )
        shelf = self.targets(agreement)
        found = shelf.get(id_)
        if found is None:
            return self._fault(
                "AK404", reference, self._absent(id_, agreement), self._absent_hints(id_, agreement, shelf)
            )
        if id_ == base and not agreement:  # a clause does not call itself by its number
            return Text(f"{'T' if starts else 't'}his {'Schedule' if found.schedule else 'clause'}")
        words = _words(found, same_schedule=not agreement and self._in_schedule(home, found.schedule))
        if words is None:
            return self._fault(
                "AK406",
                reference,
                f"{id_!r} has no number to refer to",
                ("refer to the clause it stands in",),
            )
        if starts:
            words = (
                ReferencePart(words[0].text[:1].upper() + words[0].text[1:], words[0].target),
                *words[1:],
            )
        if agreement:
            words = (*words, ReferencePart(f" of the {self.context.others[agreement].short}"))
        return Reference(id_, words, agreement)

    def _in_schedule(self, division: str, schedule: Division | None) -> bool:
        """Whether the division with an id stands in a schedule."""
        here = self.targets("").get(division) if division and schedule else None
        return here is not None and here.schedule is schedule

    def _absent(self, id_: str, agreement: str) -> str:
        title = self.context.others[agreement].title if agreement else self.document.title
        if id_.split("/")[0] in self.context.bank_ids:
            return f"the reference to {id_!r} leads nowhere: the {title} does not contain it"
        return f"the reference to {id_!r} leads nowhere: there is no such clause"

    def _absent_hints(self, id_: str, agreement: str, shelf: Mapping[str, Target]) -> tuple[str, ...]:
        clause = id_.split("/")[0]
        if clause in self.context.bank_ids and clause not in shelf and not agreement:
            return (
                f"guard the words: `[…]{{when=\"'{clause}' is present\"}}`",
                "or change the configuration so that the clause applies",
            )
        near = nearest(id_, shelf)
        return (f"did you mean @{near}?",) if near else suggest(id_, self.context.bank_ids, "clause")

    def _fault(self, code: str, reference: CrossReference, message: str, hints: tuple[str, ...]) -> Inline:
        self.context.found.append(Diagnostic(code, message, place=reference.place, path=reference.target, hints=hints))
        return Text(f"@{reference.target}")


def _begins_with_change(inline: Inline) -> bool:
    """Whether an inline of a changing kind is a reference, or may begin with one."""
    return type(inline) is CrossReference or (bool(inline.inlines) and type(inline.inlines[0]) in _CHANGING)  # type: ignore[union-attr]


def _words(target: Target, *, same_schedule: bool) -> tuple[ReferencePart, ...] | None:
    """Return the words of a reference; None for something without a number."""
    division, number = target.division, target.division.number
    if number is None:
        return None
    live = ReferencePart(number.label, target.live)
    match division:
        case Schedule():
            return (live,)
        case PartyEntry():
            return (ReferencePart("party "), live)
        case Recital():
            return (ReferencePart("recital "), live)
    if target.schedule is not None and target.schedule.number is not None:
        place = (
            (ReferencePart(" of this Schedule"),)
            if same_schedule
            else (ReferencePart(" of "), ReferencePart(target.schedule.number.label, target.schedule.id))
        )
        return (ReferencePart("paragraph "), live, *place)
    return (ReferencePart("clause "), live)
