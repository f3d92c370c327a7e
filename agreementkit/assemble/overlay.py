"""Lays the changes of packs over the body of a clause, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from agreementkit.bank.amend import Amendment, Operation, Verb
from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.reader import BodyTemplate, ItemTemplate, NoteTemplate, SectionTemplate
from agreementkit.reader.template import Layer
from agreementkit.reader.visit import items_in, spans_in


@dataclass(frozen=True, slots=True)
class Gone:
    """A paragraph that a pack has taken out.

    Attributes:
        id: Its id in the clause.
        pack: The pack.
        place: Where the pack says so.
    """

    id: str
    pack: str
    place: Place


def amend_body(
    body: BodyTemplate, amendment: Amendment, found: list[Diagnostic], *, keep_as: str = ""
) -> tuple[BodyTemplate, tuple[Gone, ...]]:
    """Return a clause's body with one amendment laid over it.

    Notes that stood on words or paragraphs that are gone go with them: they explain a wording that is not there.

    Args:
        body: The body below.
        amendment: The change.
        found: Takes faults: those of reading, AK251 for text where none belongs, AK252 for a paragraph or note that is
            not there.
        keep_as: Name of the variant that the wording below becomes, when it had no variants and gets one.

    Returns:
        The body, and the paragraphs that are gone.
    """
    from agreementkit.reader import read_changes

    layer = Layer(amendment.pack, amendment.front.version)
    below = _ids(body)
    headings = {op.heading: op.target if op.verb is Verb.VARIANT else "" for op in amendment.operations}
    before = len(found)
    keys = {note.key for note in body.notes}
    sections, notes = read_changes(amendment.file, amendment.body, amendment.body_line, headings, below, found, keys)
    found.extend(_misplaced(amendment, sections))
    found.extend(_missing(amendment, body))
    found.extend(_names_used(amendment, body, sections, notes))
    if len(found) > before:
        return body, ()
    if keep_as:
        body = BodyTemplate(
            tuple(replace(one, variant=keep_as) for one in body.sections),
            tuple(replace(note, variant=keep_as) for note in body.notes),
        )
    marked = _marked(body)
    for operation in amendment.operations:
        section = sections.get(operation.heading)
        items = tuple(_with_layer(item, layer) for item in section.items) if section else ()
        body = _operate(body, operation, section, items)
    gone = [id_ for id_ in below if id_ not in _ids(body)]
    replaced = {op.target for op in amendment.operations if op.verb is Verb.REPLACE}
    body = BodyTemplate(
        body.sections,
        (
            *(note for note in body.notes if _stands(note, body, marked, {*gone, *replaced})),
            *(replace(note, layer=layer) for note in notes),
        ),
    )
    removals = {op.target: op.place for op in amendment.operations}
    whole = amendment.place("amends")
    return body, tuple(Gone(id_, amendment.pack, removals.get(id_, whole)) for id_ in gone)


def _operate(
    body: BodyTemplate, operation: Operation, section: SectionTemplate | None, items: tuple[ItemTemplate, ...]
) -> BodyTemplate:
    """Return the body after one operation."""
    target = operation.target
    match operation.verb:
        case Verb.VARIANT:
            added = SectionTemplate(target, section.blocks if section else (), items)
            # beside the other wordings, so that what all of them share keeps its place
            where = max((n for n, one in enumerate(body.sections, 1) if one.variant), default=len(body.sections))
            return replace(body, sections=(*body.sections[:where], added, *body.sections[where:]))
        case Verb.AFTER:
            return _at(body, target, lambda item: (item, *items))
        case Verb.BEFORE:
            return _at(body, target, lambda item: (*items, item))
        case Verb.REPLACE:
            if target not in {item.id for item in items_in(items)}:
                items = (replace(items[0], id=target), *items[1:])  # what refers to the paragraph finds it still
            return _at(body, target, lambda _: items)
        case Verb.REMOVE if target.startswith("^"):
            return replace(body, notes=tuple(note for note in body.notes if note.key != target[1:]))
        case Verb.REMOVE:
            return _at(body, target, lambda _: ())
        case Verb.NOTES:
            return body


def _at(body: BodyTemplate, target: str, change: Callable[[ItemTemplate], tuple[ItemTemplate, ...]]) -> BodyTemplate:
    """Return the body with what stands at an id changed, in each variant that has it."""

    def changed(items: Sequence[ItemTemplate]) -> tuple[ItemTemplate, ...]:
        out: list[ItemTemplate] = []
        for item in items:
            if item.id == target:
                out.extend(change(item))
            else:
                out.append(replace(item, children=changed(item.children)))
        return tuple(out)

    return replace(body, sections=tuple(replace(one, items=changed(one.items)) for one in body.sections))


def _with_layer(item: ItemTemplate, layer: Layer) -> ItemTemplate:
    return replace(item, layer=layer, children=tuple(_with_layer(child, layer) for child in item.children))


def _ids(body: BodyTemplate) -> list[str]:
    found = (item.id for section in body.sections for item in items_in(section.items))
    return list(dict.fromkeys(id_ for id_ in found if id_))


def _marked(body: BodyTemplate) -> set[tuple[str, str]]:
    """Return the notes that have a mark in the text, each with the variant of the text."""
    return {(section.variant, key) for section in body.sections for span in spans_in(section) for key in span.notes}


def _stands(note: NoteTemplate, body: BodyTemplate, marked: Collection[tuple[str, str]], gone: Collection[str]) -> bool:
    """Whether what a note stood on before the changes is still there."""
    if note.on and note.on != "all":
        return note.on not in gone
    variants = {variant for variant, key in marked if key == note.key}
    if note.variant:
        variants &= {"", note.variant}
    now = _marked(body)
    return not variants or any((variant, note.key) in now for variant in variants)


def _misplaced(amendment: Amendment, sections: Mapping[str, SectionTemplate]) -> Iterator[Diagnostic]:
    """Yield a fault for text where none belongs, and for an operation without its text."""
    stray = sections.get("")
    if stray:
        place = stray.items[0].place if stray.items else Place(amendment.file, amendment.body_line)
        hint = "put it below a heading that says where it goes, such as `## after #duties`"
        yield Diagnostic("AK251", "text stands before the first heading", place=place, hints=(hint,))
    for operation in amendment.operations:
        section = sections.get(operation.heading)
        where = operation.place
        if operation.verb in (Verb.REMOVE, Verb.NOTES):
            if section:
                hint = "move it below a heading that says where it goes"
                yield Diagnostic("AK251", f"`{operation.heading}` has a text below it", place=where, hints=(hint,))
        elif section is None or (not section.items and operation.verb is not Verb.VARIANT):
            hint = "write the paragraphs below the heading, as `1.  Text.`"
            yield Diagnostic("AK251", f"`{operation.heading}` has no paragraph", place=where, hints=(hint,))
        elif section.blocks and operation.verb is not Verb.VARIANT:
            hint = "number the paragraphs: `1.  Text.`"
            yield Diagnostic("AK251", f"`{operation.heading}` has text without a number", place=where, hints=(hint,))


def _missing(amendment: Amendment, body: BodyTemplate) -> Iterator[Diagnostic]:
    """Yield a fault for each operation on a paragraph or a note that is not there."""
    ids, keys = _ids(body), [note.key for note in body.notes]
    for operation in amendment.operations:
        target = operation.target
        known, name, what = (keys, target[1:], "note") if target.startswith("^") else (ids, target, "paragraph")
        if operation.verb not in (Verb.NOTES, Verb.VARIANT) and name not in known:
            yield Diagnostic(
                "AK252",
                f"{amendment.front.amends!r} has no {what} {operation.heading.split()[-1]}",
                place=operation.place,
                hints=suggest(name, known, what),
            )


def _names_used(
    amendment: Amendment,
    body: BodyTemplate,
    sections: Mapping[str, SectionTemplate],
    notes: Sequence[NoteTemplate],
) -> Iterator[Diagnostic]:
    """Yield a fault for each new paragraph or note with a name that is taken by one that stays."""
    leaving = {op.target for op in amendment.operations if op.verb in (Verb.REPLACE, Verb.REMOVE)}
    every = [item for section in body.sections for item in items_in(section.items)]
    leaving |= {below.id for item in every if item.id in leaving for below in items_in(item.children)}
    ids, keys = set(_ids(body)) - leaving, {n.key for n in body.notes if f"^{n.key}" not in leaving}
    for heading, section in sections.items():
        if heading.startswith(Verb.VARIANT):
            continue  # a paragraph of another wording has the id of its counterpart
        for item in items_in(section.items):
            if item.id in ids:
                what = f"the id #{item.id} stands in {amendment.front.amends!r} already"
                yield Diagnostic("AK252", what, place=item.place, hints=("choose another for the new paragraph",))
    for note in notes:
        if note.key in keys:
            what = f"{amendment.front.amends!r} has a note [^{note.key}] already"
            yield Diagnostic("AK252", what, place=note.place, hints=("choose another key for the new note",))
