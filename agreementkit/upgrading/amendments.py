"""Judges the amendments of a pack: whether the paragraphs that they change are still those they were written for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agreementkit.assemble.compile import check_source, compile_clause
from agreementkit.bank import ClauseSource
from agreementkit.bank.amend import Amendment, Operation, Verb
from agreementkit.diagnostics import suggest
from agreementkit.reader.visit import items_in
from agreementkit.source import SourceText
from agreementkit.upgrading import edits
from agreementkit.upgrading.below import Below, hash_of
from agreementkit.upgrading.merge import marked
from agreementkit.upgrading.move import Clash, Move, State
from agreementkit.upgrading.pieces import Change, Piece, changes, pieces_of, same, text_of

_NOT_KEPT = "the wording that it was written against was not kept, so nobody can say what has changed"


@dataclass(frozen=True, slots=True)
class _Part:
    """What an amendment says under one heading.

    Attributes:
        operation: The heading.
        first: Number of the first line below the heading.
        last: Number of the last line before the next one.
        text: Those lines without the notes, empty lines around them left out.
        notes: Its notes by key.
    """

    operation: Operation
    first: int
    last: int
    text: str
    notes: Mapping[str, Piece]


def judge_amendment(amendment: Amendment, file: SourceText, name: str, below: Below) -> Move:
    """Return what becomes of an amendment.

    Args:
        amendment: The amendment.
        file: Its file.
        name: Name of the file in its pack.
        below: What lies below its pack.
    """
    front = amendment.front
    source = below.source(front.amends, definition=False)
    if source is None:
        why = f"{front.amends!r} is not there any more"
        near = "; ".join(suggest(front.amends, below.bank.clauses, "clause"))
        clash = Clash(front.amends, f"{why}; {near}" if near else why)
        what = f"clause {front.amends}"
        return Move(
            "changes", what, name, amendment.place("amends"), "", front.base, "", State.CONFLICT, (), None, (clash,)
        )
    now = below.now(source)
    base = below.then(source, front.base, front.base_hash)
    parts = list(_parts(amendment, file))
    old = pieces_of(base) if base else {}
    new = pieces_of(now)
    moved = edits.apply(file.text, _bumps(amendment, file, source, now))
    clashes: list[tuple[Clash, tuple[int, int] | None]] = []
    unchanged = front.base == source.front.version and source.digest.startswith(front.base_hash)
    if unchanged:
        state = State.UNCHANGED
    elif base is None:
        state = State.CONFLICT
        clashes = [(Clash(front.amends, _NOT_KEPT), None)]
    else:
        clashes = [
            *_of_operations(parts, old, new, source),
            *_of_names(parts, old, new),
            *_of_front(amendment, old, new),
        ]
        state = State.CONFLICT if clashes else State.CLEAN
    text = None if unchanged or base is None else moved
    if clashes and text is not None:
        text = _marked(
            text,
            clashes,
            (
                f"{amendment.pack} {front.version}",
                f"{source.pack} {front.base}: what it was written against",
                f"{source.pack} {source.front.version}: what lies below now",
            ),
        )
    return Move(
        "changes",
        f"{source.front.kind.value} {source.id}",
        name,
        amendment.place("amends"),
        source.pack,
        front.base,
        source.front.version,
        state,
        tuple(_ours(parts, old if base else new, amendment)),
        None if base is None else changes(old, new),
        tuple(clash for clash, _ in clashes),
        text,
    )


def _bumps(amendment: Amendment, file: SourceText, source: ClauseSource, now: SourceText) -> list[edits.Edit]:
    positions, written = amendment.positions, amendment.front.base_hash
    made = (
        edits.value(file.text, positions, ("base",), source.front.version),
        edits.value(file.text, positions, ("base_hash",), hash_of(now, written)) if written else None,
    )
    return [edit for edit in made if edit]


def _parts(amendment: Amendment, file: SourceText) -> Iterator[_Part]:
    pieces = [piece for piece in pieces_of(file).values() if piece.name.startswith("^")]
    heads = [operation.place.line for operation in amendment.operations]
    for operation, after in zip(amendment.operations, [*heads[1:], len(file.lines) + 1], strict=False):
        first, last = operation.place.line + 1, after - 1
        notes = {piece.name.split(" of ")[0]: piece for piece in pieces if first <= piece.first <= last}
        end = min((piece.first - 1 for piece in notes.values()), default=last)
        yield _Part(operation, first, end, "\n".join(file.lines[first - 1 : end]).strip("\n").rstrip(), notes)


def _of_operations(
    parts: list[_Part], old: Mapping[str, Piece], new: Mapping[str, Piece], source: ClauseSource
) -> Iterator[tuple[Clash, tuple[int, int] | None]]:
    """Yield a clash for each paragraph or note that is changed or taken out, and has changed below or is gone."""
    others = _ids_of_others(source)
    for part in parts:
        verb, target = part.operation.verb, part.operation.target
        if verb in (Verb.NOTES, Verb.VARIANT):
            continue
        base_name = target if target.startswith("^") else f"#{target}"
        names = [name for name in {**old, **new} if name.split(" of ")[0] == base_name]
        if not any(name in new for name in names):
            if target not in others:
                before = "\n".join(text_of(old, name) for name in names)
                yield Clash(base_name, "it is not there any more", before, part.text, ""), (part.first, part.last)
            continue
        if verb in (Verb.AFTER, Verb.BEFORE):
            continue  # it only says where
        differing = [name for name in names if not same(text_of(old, name), text_of(new, name))]
        if differing:
            before, after = ("\n".join(text_of(shelf, name) for name in differing) for shelf in (old, new))
            why = "the pack takes it out, and it has changed below" if verb is Verb.REMOVE else "both have changed it"
            yield Clash(base_name, why, before, part.text, after), (part.first, part.last)


def _of_names(
    parts: list[_Part], old: Mapping[str, Piece], new: Mapping[str, Piece]
) -> Iterator[tuple[Clash, tuple[int, int] | None]]:
    """Yield a clash for each name of the pack's own that the wording below has taken since."""
    taken = {name.split(" of ")[0]: piece for name, piece in new.items() if name not in old}
    for part in parts:
        for key, piece in part.notes.items():
            if key in taken:
                why = "the wording below has a note of this name now"
                yield Clash(key, why, "", piece.text, taken[key].text), (piece.first, piece.last)
        if part.operation.verb in (Verb.AFTER, Verb.BEFORE, Verb.REPLACE):
            own = f"---\n---\n{part.text}\n"
            for name in pieces_of(SourceText.of(own, "")):
                if name in taken and name != f"#{part.operation.target}":
                    why = "the wording below has a paragraph of this name now"
                    yield Clash(name, why, "", part.text, taken[name].text), (part.first, part.last)


def _of_front(
    amendment: Amendment, old: Mapping[str, Piece], new: Mapping[str, Piece]
) -> Iterator[tuple[Clash, tuple[int, int] | None]]:
    """Yield a clash for a heading that both have changed."""
    before, after = text_of(old, "title:"), text_of(new, "title:")
    if amendment.front.title and not same(before, after):
        place = amendment.place("title")
        yield Clash("title:", "both have changed it", before, place.source, after), (place.line, place.line)


def _marked(text: str, clashes: list[tuple[Clash, tuple[int, int] | None]], names: tuple[str, str, str]) -> str:
    """Return the file with each clash between marks; lines that clash twice are marked once."""
    done: dict[tuple[int, int], edits.Edit] = {}
    for clash, span in clashes:
        if span is None or span in done:
            continue
        ours, base, now = (part.split("\n") if part else [] for part in (clash.ours, clash.base, clash.now))
        block = marked(ours, base, now, names)
        # below a heading an empty line stands on either side
        done[span] = edits.lines(text, *span, block if clash.at == "title:" else ["", *block, ""])
    return edits.apply(text, done.values())


def _ours(parts: list[_Part], old: Mapping[str, Piece], amendment: Amendment) -> Iterator[Change]:
    """Yield what the pack does to its base."""
    if amendment.front.title:
        yield Change("title:", text_of(old, "title:"), f"title: {amendment.front.title}")
    for part in parts:
        operation = part.operation
        name = operation.target if operation.target.startswith("^") else f"#{operation.target}"
        before = ""
        if operation.verb in (Verb.REPLACE, Verb.REMOVE):
            before = "\n".join(piece.text for at, piece in old.items() if at.split(" of ")[0] == name)
        if operation.verb is not Verb.NOTES:
            yield Change(operation.heading, before, part.text)
        for key, piece in part.notes.items():
            yield Change(key, "", piece.text)


def _ids_of_others(source: ClauseSource) -> set[str]:
    """Return the paragraphs and notes (`^key`) that other packs have laid over a clause."""
    if not source.amendments or check_source(source):
        return set()
    body = compile_clause(source).body
    ids = {item.id for section in body.sections for item in items_in(section.items) if item.layer}
    return ids | {f"^{note.key}" for note in body.notes if note.layer}
