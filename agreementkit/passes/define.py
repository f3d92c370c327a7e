"""Third pass: defined terms. Marked uses get their wording; the definitions that are used get their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from agreementkit.assemble.definitions import Definition, slug_of
from agreementkit.diagnostics import Diagnostic, suggest
from agreementkit.passes.context import Context
from agreementkit.passes.homes import Homes
from agreementkit.tree.nodes import (
    Anchor,
    Block,
    CrossReference,
    DefinitionEntry,
    DefinitionsHere,
    Division,
    Document,
    Emphasis,
    Field,
    Inline,
    Note,
    Paragraph,
    Phrase,
    Stage,
    Strong,
    SubParagraph,
    Term,
    TermUse,
    Text,
)
from agreementkit.tree.remake import holding, note_with
from agreementkit.tree.walk import (
    division_inlines,
    divisions,
    gather,
    gather_blocks,
    map_block,
    map_blocks,
    map_document,
    map_kind,
    plain_text,
    rewrite_inlines,
)

_NAMING = frozenset({TermUse, CrossReference})
CAPITAL = re.compile(r"\b[A-Z](?=[a-z])")


def define(document: Document, context: Context) -> Document:
    """Put wording in place of term uses, and print the definitions that the agreement uses.

    A definition counts as used when the text uses it or when a used definition does. Uses in notes do not
    count: dropping the notes must change nothing. An agreement without definitions uses its terms as plain
    words: in lower case, unless they are names. Faults: AK401 for a term without a definition, AK402 when
    there is no place for the definitions.
    """
    used = _used(document, context) if context.terms.listed else {}
    entries = sorted((_entry(definition) for definition in used.values()), key=lambda entry: entry.term.casefold())
    phrases = frozenset[str]() if context.terms.listed else frozenset(_phrases(document))
    home: str | None = None

    def settle(division: Division) -> Division:
        nonlocal home
        if DefinitionsHere in map(type, division.blocks):
            places = [block.place for block in division.blocks if isinstance(block, DefinitionsHere)]
            if home is not None or len(places) > 1:
                context.found.append(
                    Diagnostic(
                        "AK402",
                        f"the {document.title} has more than one place for definitions",
                        place=places[-1],
                        hints=("keep one `[[definitions]]`",),
                    )
                )
            home = division.id
            blocks: list[Block] = []
            for block in division.blocks:
                blocks.extend(entries if isinstance(block, DefinitionsHere) else (block,))
            division = replace(division, blocks=tuple(blocks))
        return rewrite_inlines(division, inside if division.id in phrases else words)

    known: dict[tuple[str, str, bool], Inline] = {}  # a few dozen terms are used many hundred times

    def word(use: TermUse) -> Inline:
        key = (use.key, use.shown, use.by_number)
        found = known.get(key)
        if found is None:
            found = _word(use, context)
            if type(found) is Term:  # a term without a definition is reported at each place
                known[key] = found
        return found

    def words(run: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return map_kind(run, TermUse, word) if context.terms.listed else _plain_words(run, context)

    def inside(run: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return _plain_words(run, context, "x")

    result = map_document(document, settle)
    if entries and home is None:
        context.found.append(
            Diagnostic(
                "AK402",
                f"the {document.title} uses defined terms but has no place for definitions",
                hints=("put `[[definitions]]` on a line of its own in one of its clauses",),
            )
        )
    moved = [
        note_with(note, anchor=Anchor(home or note.anchor.division, note.anchor.phrase))
        for definition in used.values()
        for note in definition.notes
        if home is not None
    ]
    return replace(
        result,
        subtitle=tuple(words(line) for line in result.subtitle),
        opening=tuple(map_block(block, words) for block in result.opening),
        notes=_noted((*result.notes, *moved), context),
        stage=Stage.DEFINED,
    )


def _used(document: Document, context: Context) -> dict[str, Definition]:
    """Return the definitions the text uses, directly or through another definition."""
    used: dict[str, Definition] = {}
    homes = Homes(document, context.others)
    waiting = _naming(document)
    while waiting:
        inline = waiting.pop()
        key = ""
        if isinstance(inline, TermUse):
            key = inline.key
        elif isinstance(inline, CrossReference) and not inline.target.startswith("/"):
            key = context.other_terms.get(homes.find(inline.target)[0], "")
        found = context.terms.find(key) if key else None
        if found and found[0].id not in used:
            used[found[0].id] = found[0]
            gather(found[0].inlines, _NAMING, waiting)
    return used


def _naming(document: Document) -> list[Inline]:
    """Return everything in the text that may name a definition."""
    found: list[Inline] = []
    for division in divisions(document):
        if division.heading:
            gather(division.heading, _NAMING, found)
        gather_blocks(division.blocks, _NAMING, found)
    for line in document.subtitle:
        gather(line, _NAMING, found)
    gather_blocks(document.opening, _NAMING, found)
    return found


def _entry(definition: Definition) -> DefinitionEntry:
    return DefinitionEntry(definition.id, definition.plural if definition.many else definition.term, definition.inlines)


def _word(use: TermUse, context: Context) -> Inline:
    found = context.terms.find(use.key)
    if found is None:
        context.found.append(
            Diagnostic(
                "AK401",
                f"there is no definition of {use.key!r}",
                place=use.place,
                path=use.key,
                hints=suggest(slug_of(use.key), context.terms.keys, "definition"),
            )
        )
        return Text(use.shown or use.key)
    definition, plural = found
    if use.shown:
        return Term(definition.id, use.shown)
    if use.by_number:
        plural = definition.many
    return Term(definition.id, definition.plural if plural else definition.term)


def _plain_words(run: tuple[Inline, ...], context: Context, before: str = "") -> tuple[Inline, ...]:
    """Return a run with its terms as plain words; `before` is what stands in front of it in the paragraph."""
    out: list[Inline] = []
    for inline in run:
        new = inline
        if isinstance(inline, TermUse):
            term = _word(inline, context)
            if isinstance(term, Term):
                text = term.text if term.id in context.terms.names else CAPITAL.sub(lambda m: m[0].lower(), term.text)
                starts = not before.strip() or before.rstrip().endswith((".", "?"))
                new = Text(text[:1].upper() + text[1:] if starts else text)
        elif isinstance(inline, Emphasis | Strong | Phrase):
            new = holding(inline, _plain_words(inline.inlines, context, before))
        out.append(new)
        before += _said(new)
    return tuple(out)


def _phrases(document: Document) -> Iterator[str]:
    """Yield the ids of list items that go on a sentence: not every item of their list is a sentence of its own."""
    for division in divisions(document):
        items = [child for child in division.children if isinstance(child, Paragraph | SubParagraph)]
        if not all("".join(map(_said, division_inlines(item))).rstrip().endswith(".") for item in items):
            yield from (item.id for item in items)


def _said(inline: Inline) -> str:
    """Return the words of an inline so far; what has no words yet counts as a word."""
    if isinstance(inline, Emphasis | Strong | Phrase):
        return "".join(_said(inner) for inner in inline.inlines)
    return "x" if isinstance(inline, CrossReference | TermUse | Field) else plain_text((inline,))


def _noted(notes: Iterable[Note], context: Context) -> tuple[Note, ...]:
    """Return notes with their terms as plain words: nobody looks a term up from a note."""

    def word(use: TermUse) -> Inline:
        term = _word(use, context)
        return Text(term.text) if isinstance(term, Term) else term

    def words(run: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return map_kind(run, TermUse, word) if context.terms.listed else _plain_words(run, context)

    return tuple([note_with(note, blocks=map_blocks(note.blocks, words)) for note in notes])
