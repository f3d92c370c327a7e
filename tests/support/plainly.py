"""Draws a resolved agreement as plain text for comparison; independent of the writers.

Marks: `{Term}` a use of a defined term, `<7.1>` the number in a cross-reference, `«value»` a filled value, `*…*` and
`**…**` emphasis, `⟦words⟧` words that notes point at (only when asked for).
"""

from __future__ import annotations

from collections.abc import Iterator

from agreementkit.tree.nodes import (
    Blank,
    Block,
    DefinitionEntry,
    Division,
    Document,
    Emphasis,
    Inline,
    LineBreak,
    List,
    Note,
    Para,
    Phrase,
    Reference,
    SignatureLines,
    Strong,
    Table,
    Term,
    Text,
    Value,
)


def words(inlines: tuple[Inline, ...], *, marked: bool = True, phrases: bool = True) -> str:
    """Return a run of inlines as text, with or without the marks."""

    def one(inline: Inline) -> str:
        match inline:
            case Text():
                return inline.text
            case Value():
                return f"«{inline.text}»" if marked else inline.text
            case Blank():
                return f"[●{inline.path}]" if marked else "[●]"
            case Term():
                return f"{{{inline.text}}}" if marked else inline.text
            case Reference():
                return "".join(f"<{p.text}>" if p.target and marked else p.text for p in inline.parts)
            case Emphasis():
                return f"*{inner(inline.inlines)}*" if marked else inner(inline.inlines)
            case Strong():
                return f"**{inner(inline.inlines)}**" if marked else inner(inline.inlines)
            case Phrase():
                return f"⟦{inner(inline.inlines)}⟧" if phrases and marked else inner(inline.inlines)
            case LineBreak():
                return "\\n"
        raise AssertionError(f"a stand-in was left: {inline}")

    def inner(run: tuple[Inline, ...]) -> str:
        return words(run, marked=marked, phrases=phrases)

    return "".join(one(inline) for inline in inlines)


def block_lines(block: Block, *, marked: bool = True, phrases: bool = True) -> Iterator[str]:
    """Yield the lines of one block."""

    def say(run: tuple[Inline, ...]) -> str:
        return words(run, marked=marked, phrases=phrases)

    match block:
        case Para(inlines):
            yield say(inlines)
        case List(items):
            yield from (f"- {say(item)}" for item in items)
        case Table():
            yield f"[table: {block.caption}{' ' + str(block.widths) if block.widths else ''}]"
            for row in (block.header, *block.rows):
                yield " | ".join(say(cell) for cell in row)
        case DefinitionEntry():
            yield f"“{block.term}” {say(block.inlines)}"
        case SignatureLines():
            yield f"[signs] {say(block.lead)}"
            yield from (f"  {line.label}: {say(line.inlines)}".rstrip() for line in block.lines)
        case _:
            raise AssertionError(f"a stand-in was left: {block}")


def division_lines(division: Division, depth: int = 0, *, marked: bool = True, phrases: bool = True) -> Iterator[str]:
    """Yield the lines of a division and everything below it."""
    pad = "    " * depth
    number = f"{division.number.own} " if division.number and division.number.own else ""
    lines = [line for block in division.blocks for line in block_lines(block, marked=marked, phrases=phrases)]
    head = words(division.heading, marked=marked, phrases=phrases)
    kind = f"{type(division).__name__}: " if type(division).__name__ in ("Part", "SchedulePart") else ""
    first = head or (lines.pop(0) if lines else "")
    yield f"{pad}{kind}{number}{first}{f'  {{#{division.id}}}' if marked else ''}".rstrip()
    yield from (f"{pad}    {line}" for line in lines)
    for child in division.children:
        yield from division_lines(child, depth + 1, marked=marked, phrases=phrases)


def note_lines(note: Note) -> Iterator[str]:
    """Yield the lines of a note."""
    at = f"words {note.anchor.phrase}" if note.anchor.phrase else "all" if note.anchor.whole else "head"
    more = "".join(
        f" {name}={value}"
        for name, value, usual in (("purpose", note.purpose, "explains"), ("audience", note.audience, "everyone"))
        if value != usual
    )
    yield f"{note.id} ({note.author}, {note.initials}{more}) on {note.anchor.division} [{at}]"
    yield from (f"    {line}" for block in note.blocks for line in block_lines(block))
    yield from (f"    cites {cite.id}: {cite.text}" for cite in note.cites)


def document_lines(document: Document, *, marked: bool = True, phrases: bool = True) -> Iterator[str]:
    """Yield the lines of a whole agreement without its notes."""
    yield document.title
    yield from (words(line, marked=marked, phrases=phrases) for line in document.subtitle)
    for block in document.opening:
        yield from block_lines(block, marked=marked, phrases=phrases)
    for name in ("parties", "background", "body", "schedules", "execution"):
        tops = getattr(document, name)
        if tops:
            yield f"== {name}"
        for top in tops:
            yield from division_lines(top, marked=marked, phrases=phrases)


def agreement_text(document: Document) -> str:
    """Return a whole agreement with its notes."""
    lines = list(document_lines(document))
    if document.notes:
        lines.append("== notes")
        for note in document.notes:
            lines.extend(note_lines(note))
    return "\n".join(lines) + "\n"
