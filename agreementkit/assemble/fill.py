"""Fills templates: prunes what does not apply, repeats, puts values in, and makes tree nodes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from agreementkit.assemble.punctuate import list_style, punctuate
from agreementkit.assemble.select import Chosen
from agreementkit.assemble.values import Evaluator, Names
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.reader.template import (
    BlockTemplate,
    ItemTemplate,
    Layer,
    Level,
    SpanTemplate,
    TableTemplate,
    TemplateInline,
)
from agreementkit.tree.nodes import (
    Anchor,
    Block,
    Citation,
    Clause,
    DefinitionsHere,
    Division,
    Emphasis,
    Field,
    Inline,
    List,
    Note,
    Origin,
    Para,
    Paragraph,
    Phrase,
    SchedulePart,
    Strong,
    SubClause,
    SubParagraph,
    Table,
    Text,
    Value,
)

_LETTERED = (Text, Value)
_LEVELS: tuple[type[Division], ...] = (SubClause, Paragraph, SubParagraph)


@dataclass(slots=True)
class Filled:
    """What came of one clause file: its text, and the notes whose anchors stand."""

    blocks: tuple[Block, ...]
    children: tuple[Division, ...]
    notes: tuple[Note, ...]


class Filler:
    """Fills one chosen clause for one agreement (and, in a repetition, for one turn of it).

    Args:
        chosen: The clause and its variant.
        names: What its expressions see.
        base: Id of the division the clause becomes.
        found: Takes faults.
    """

    def __init__(self, chosen: Chosen, names: Names, base: str, found: list[Diagnostic]) -> None:
        self.chosen = chosen
        self.source = chosen.clause.source
        self.names = names
        self.base = base
        self.place = self.source.place("id")
        self.evaluator = Evaluator(found)
        self.phrases: dict[str, Anchor] = {}
        self.division_ids: dict[str, str] = {}

    def origin(self, place: Place | None = None, layer: Layer | None = None) -> Origin:
        """Return the origin of something in this clause, or of what a pack's change brought into it."""
        front = self.source.front
        at = place or self.place
        place = Place(at.file, at.line, at.column, at.length)  # where, without a copy of the line
        pack, version = (layer.pack, layer.version) if layer else (self.source.pack, front.version)
        return Origin(pack, front.id, version, self.chosen.variant, place)

    def title(self) -> tuple[Inline, ...]:
        """Return the filled heading."""
        return self.inlines(self.chosen.clause.title, self.names, self.base)

    def fill(self, levels: Sequence[type[Division]] = _LEVELS) -> Filled:
        """Return the filled text and notes."""
        sections = [s for s in self.chosen.clause.body.sections if s.variant in ("", self.chosen.variant)]
        blocks: list[Block] = []
        children: list[Division] = []
        for section in sections:
            blocks.extend(self.blocks(section.blocks, self.names, self.base))
            children.extend(self.items(section.items, self.names, levels))
        return Filled(tuple(blocks), tuple(children), self.notes())

    # ------------------------------------------------------------------------------------------- divisions

    def items(
        self, items: Sequence[ItemTemplate], names: Names, levels: Sequence[type[Division]], turn: str = ""
    ) -> list[Division]:
        """Return the divisions that a run of items becomes.

        Args:
            items: The items as written.
            names: What their expressions see.
            levels: Kinds of division from here down.
            turn: Suffix of ids inside a repeated item, such as `-2`; so no id comes twice.
        """
        out: list[Division] = []
        for item in items:
            turns = self.evaluator.repeat(item.each, names)
            for number, inner in enumerate(turns, 1):
                if self.evaluator.holds(item.when, inner):
                    division = self._item(item, inner, levels, f"{turn}-{number}" if item.each else turn)
                    if division:
                        out.append(division)
        return list(punctuate(tuple(out), list_style(items, sentences=levels[:1] in ((SubClause,), (Clause,)))))

    def _item(self, item: ItemTemplate, names: Names, levels: Sequence[type[Division]], suffix: str) -> Division | None:
        line = f"{item.layer.pack}-{item.place.line}" if item.layer else str(item.place.line)
        local = f"{item.id}{suffix}" if item.id else f"~{line}{suffix}"
        id_ = f"{self.base}/{local}"
        kind: type[Division]
        if item.level is Level.PART:
            kind, below = SchedulePart, levels
        elif item.level is Level.HEADED:
            kind, below = Clause, (SubClause, Paragraph, SubParagraph)
        else:
            kind, below = levels[0], levels[1:]
        heading = self.inlines(item.heading, names, id_)
        blocks = tuple(self.blocks(item.blocks, names, id_))
        children = tuple(self.items(item.children, names, below, suffix))
        if (item.children and not children and _opens_list(blocks)) or not (blocks or children):
            # Opening words of a list with nothing left in it say nothing; the notes on them go with them.
            self.phrases = {key: anchor for key, anchor in self.phrases.items() if anchor.division != id_}
            return None
        self.division_ids.setdefault(item.id, id_)
        return kind(
            id=id_,
            heading=heading,
            blocks=blocks,
            children=children,
            origin=self.origin(item.place, item.layer),
        )

    # ---------------------------------------------------------------------------------------------- blocks

    def blocks(self, blocks: Iterable[BlockTemplate], names: Names, division: str) -> list[Block]:
        """Return filled blocks; those with nothing left in them are dropped."""
        out: list[Block] = []
        for block in blocks:
            match block:
                case Para(inlines):
                    filled = self.inlines(inlines, names, division)
                    if filled:
                        out.append(Para(filled))
                case List(items):
                    kept = tuple(i for i in (self.inlines(item, names, division) for item in items) if i)
                    if kept:
                        out.append(List(kept))
                case TableTemplate():
                    before = dict(self.phrases)
                    table = self._table(block, names, division)
                    if table.rows:
                        out.append(table)
                    else:
                        self.phrases = before
                case DefinitionsHere():
                    out.append(block)
        return out

    def _table(self, table: TableTemplate, names: Names, division: str) -> Table:
        rows = [
            tuple(self.inlines(cell, inner, division) for cell in row.cells)
            for row in table.rows
            for inner in self.evaluator.repeat(row.each, names)
            if self.evaluator.holds(row.when, inner)
        ]
        header = tuple(self.inlines(cell, names, division) for cell in table.header)
        return Table(header, tuple(rows), table.caption, table.widths)

    # --------------------------------------------------------------------------------------------- inlines

    def inlines(self, inlines: Iterable[TemplateInline], names: Names, division: str) -> tuple[Inline, ...]:
        """Return filled inlines: values in place of fields, spans kept, opened or dropped."""
        filled = _tidy(self._inlines(inlines, names, division))
        letters = sum([len(inline.text) for inline in filled if isinstance(inline, _LETTERED)])
        return filled if names.budget.allows(0, letters, self.place, self.evaluator.found) else ()

    def _inlines(self, inlines: Iterable[TemplateInline], names: Names, division: str) -> list[Inline]:
        out: list[Inline] = []
        for inline in inlines:
            match inline:
                case Text():
                    out.append(inline)
                case Field(expression, place):
                    out.extend(self.evaluator.fill(expression, names, place))
                case Emphasis(inner) | Strong(inner):
                    filled = _tidy(self._inlines(inner, names, division), ends=False)
                    if filled:
                        out.append(replace(inline, inlines=filled))
                case SpanTemplate(inner, when, notes):
                    if self.evaluator.holds(when, names):
                        filled = tuple(self._inlines(inner, names, division))
                        if notes and filled:
                            out.extend(self._phrase(notes, _tidy(filled, ends=False), division))
                        else:
                            out.extend(filled)
                case _:
                    out.append(inline)
        return out

    def _phrase(self, notes: Sequence[str], inlines: tuple[Inline, ...], division: str) -> tuple[Inline, ...]:
        """Return the words as something notes can point at; only once when the words are repeated."""
        new = [key for key in notes if key not in self.phrases]
        if not new:
            return inlines
        id_ = f"{self.base}~{new[0]}"
        for key in new:
            self.phrases[key] = Anchor(division, id_)
        return (Phrase(id_, inlines),)

    # ----------------------------------------------------------------------------------------------- notes

    def notes(self) -> tuple[Note, ...]:
        """Return the notes whose anchors stand. Call it after the text was filled."""
        marked = self.chosen.clause.marked
        out: list[Note] = []
        for note in self.chosen.clause.body.notes:
            if note.variant not in ("", self.chosen.variant) or not self.evaluator.holds(note.when, self.names):
                continue
            anchor = self._anchor(note.key, note.on, note.key in marked)
            if anchor is None:
                continue
            out.append(
                Note(
                    id=f"{self.base}~{note.key}",
                    anchor=anchor,
                    voice=note.voice,
                    blocks=tuple(self.blocks(note.blocks, self.names, anchor.division)),
                    purpose=note.purpose,  # type: ignore[arg-type]  # the reader let only known words through
                    audience=note.audience,  # type: ignore[arg-type]
                    detail=note.detail,  # type: ignore[arg-type]
                    cites=tuple(Citation(cite, "") for cite in note.cites),
                    origin=self.origin(note.place, note.layer),
                )
            )
        return tuple(out)

    def _anchor(self, key: str, on: str, marked: bool) -> Anchor | None:
        if marked:
            return self.phrases.get(key)
        if not on:
            return Anchor(self.base)
        if on == "all":
            return Anchor(self.base, whole=True)
        division = self.division_ids.get(on)
        return Anchor(division) if division else None


def _opens_list(blocks: Sequence[Block]) -> bool:
    """Whether the text ends in a colon, so that it says nothing without what follows."""
    last = blocks[-1] if blocks else None
    inlines = last.inlines if isinstance(last, Para) else ()
    while inlines and isinstance(inlines[-1], Emphasis | Strong | Phrase):
        inlines = inlines[-1].inlines
    return not inlines or (isinstance(inlines[-1], Text) and inlines[-1].text.rstrip().endswith(":"))


_SPACES = re.compile(r"[ \n]{2,}")
_BEFORE_SIGNS = re.compile(r" +([,.;:)])")
_UNTIDY = re.compile(r"[ \n]{2}| [,.;:)]")


def _tidy(inlines: Sequence[Inline], *, ends: bool = True) -> tuple[Inline, ...]:
    """Join neighbouring text, and take out the spaces that a dropped span leaves behind; with `ends` at both ends."""
    out: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and out and isinstance(out[-1], Text):
            out[-1] = Text(out[-1].text + inline.text)
        else:
            out.append(inline)
    for at, inline in enumerate(out):
        if isinstance(inline, Text) and _UNTIDY.search(inline.text):
            out[at] = Text(_BEFORE_SIGNS.sub(r"\1", _SPACES.sub(" ", inline.text)))
    if ends and out and isinstance(out[0], Text) and out[0].text[:1].isspace():
        out[0] = Text(out[0].text.lstrip())
    if ends and out and isinstance(out[-1], Text) and out[-1].text[-1:].isspace():
        out[-1] = Text(out[-1].text.rstrip())
    return tuple([i for i in out if not (isinstance(i, Text) and not i.text)])
