"""Fills templates: prunes what does not apply, repeats, puts values in, and makes tree nodes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from agreementkit.assemble.punctuate import ListStyle, list_style, opens_list, punctuate
from agreementkit.assemble.select import Chosen
from agreementkit.assemble.standing import Sharing
from agreementkit.assemble.tidy import tidy
from agreementkit.assemble.values import Evaluator, Names
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.reader.template import (
    BlockTemplate,
    BodyTemplate,
    ItemTemplate,
    Layer,
    Level,
    NoteTemplate,
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
from agreementkit.tree.remake import holding

_LETTERED = (Text, Value)
_FILLED = frozenset({Field, Emphasis, Strong, SpanTemplate})
_NO_NOTE = (None, 0)
_LEVELS: tuple[type[Division], ...] = (SubClause, Paragraph, SubParagraph)


@dataclass(slots=True)
class Filled:
    """What came of one clause file: its text, and the notes whose anchors stand."""

    blocks: tuple[Block, ...]
    children: tuple[Division, ...]
    notes: tuple[Note, ...]


class Filler(Sharing):
    """Fills one chosen clause for one agreement (and, in a repetition, for one turn of it).

    Args:
        chosen: The clause and its variant.
        names: What its expressions see.
        base: Id of the division the clause becomes.
        found: Takes faults.
        share: Whether what says the same in every agreement is shared with those that were filled before.
    """

    def __init__(
        self, chosen: Chosen, names: Names, base: str, found: list[Diagnostic], *, share: bool = False
    ) -> None:
        super().__init__(share=share)
        self.chosen = chosen
        self.source = chosen.clause.source
        self.names = names
        self.base = base
        self.evaluator = Evaluator(found)

    @property
    def place(self) -> Place:
        """Where the clause stands; looked up only for what goes wrong, and once for its origin."""
        return self.source.place("id")

    def own_origin(self) -> Origin:
        """Return the origin of the clause itself."""
        return self._origin_of(self.chosen.clause.body, None, None)

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
        clause, variant = self.chosen.clause, self.chosen.variant
        if self.share:
            self.standing = clause.standing.setdefault((self.base, variant, tuple(levels)), self.standing)
        sections = [s for s in clause.body.sections if s.variant in ("", variant)]
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
                if item.when is None or self.evaluator.holds(item.when, inner):
                    suffix = f"{turn}-{number}" if item.each else turn
                    division = self.shared(item, suffix, inner, partial(self._item, item, inner, levels, suffix))
                    if division:
                        out.append(division)
        return punctuate(out, self._style(items, levels)) if out else out

    def _style(self, items: Sequence[ItemTemplate], levels: Sequence[type[Division]]) -> ListStyle:
        styles = self.standing.styles
        style = styles.get(id(items))
        if style is None:
            style = list_style(items, sentences=levels[:1] in ((SubClause,), (Clause,)))
            if self.share:
                styles[id(items)] = style
        return style

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
        blocks = self.blocks(item.blocks, names, id_)
        children = tuple(self.items(item.children, names, below, suffix)) if item.children else ()
        if (item.children and not children and opens_list(blocks)) or not (blocks or children):
            # Opening words of a list with nothing left in it say nothing; the notes on them go with them.
            self.phrases = {key: anchor for key, anchor in self.phrases.items() if anchor.division != id_}
            return None
        self.division_ids.setdefault(item.id, id_)
        return kind(
            id=id_,
            heading=heading,
            blocks=blocks,
            children=children,
            origin=self._origin_of(item, item.place, item.layer),
        )

    def _origin_of(
        self, part: ItemTemplate | NoteTemplate | BodyTemplate, place: Place | None, layer: Layer | None
    ) -> Origin:
        origins = self.standing.origins
        found = origins.get(id(part))
        if found is None:
            found = origins[id(part)] = self.origin(place, layer)
        return found

    # ---------------------------------------------------------------------------------------------- blocks

    def blocks(self, blocks: tuple[BlockTemplate, ...], names: Names, division: str) -> tuple[Block, ...]:
        """Return filled blocks; those with nothing left in them are dropped."""
        if not blocks:
            return ()
        return self.shared(blocks, division, names, partial(self._blocks, blocks, names, division))

    def _blocks(self, blocks: Iterable[BlockTemplate], names: Names, division: str) -> tuple[Block, ...]:
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
        return tuple(out)

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

    def inlines(self, inlines: Sequence[TemplateInline], names: Names, division: str) -> tuple[Inline, ...]:
        """Return filled inlines: values in place of fields, spans kept, opened or dropped."""
        if not inlines:
            return ()
        filled = tidy(self._inlines(inlines, names, division))
        letters = sum([len(inline.text) for inline in filled if isinstance(inline, _LETTERED)])
        budget = names.budget
        if budget.has(letters):
            budget.letters -= letters
            return filled
        return filled if budget.allows(0, letters, self.place, self.evaluator.found) else ()

    def _inlines(self, inlines: Iterable[TemplateInline], names: Names, division: str) -> list[Inline]:
        out: list[Inline] = []
        for inline in inlines:
            if type(inline) not in _FILLED:
                out.append(inline)  # type: ignore[arg-type]  # plain words, mostly; so asked first
                continue
            if isinstance(inline, Field):
                out.extend(self.evaluator.fill(inline.expression, names, inline.place))
            elif isinstance(inline, SpanTemplate):
                if self.evaluator.holds(inline.when, names):
                    filled = self._inlines(inline.inlines, names, division)
                    if inline.notes and filled:
                        out.extend(self._phrase(inline.notes, tidy(filled, ends=False), division))
                    else:
                        out.extend(filled)
            else:
                words = tidy(self._inlines(inline.inlines, names, division), ends=False)  # type: ignore[union-attr]
                if words:
                    out.append(holding(inline, words))  # type: ignore[arg-type]
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
        marked, variant = self.chosen.clause.marked, self.chosen.variant
        standing, budget = self.standing.notes, self.names.budget
        out: list[Note] = []
        for note in self.chosen.clause.body.notes:
            if note.variant and note.variant != variant:
                continue
            if note.when is not None and not self.evaluator.holds(note.when, self.names):
                continue
            anchor = self._anchor(note.key, note.on, note.key in marked)
            if anchor is None:
                continue
            once, letters = standing.get(id(note), _NO_NOTE)
            # Mostly the very same; to compare two anchors costs more than all the rest.
            if once is not None and (once.anchor is anchor or once.anchor == anchor) and budget.has(letters):
                budget.letters -= letters
                out.append(once)
            else:
                out.append(self._note(note, anchor))
        return tuple(out)

    def _note(self, note: NoteTemplate, anchor: Anchor) -> Note:
        blocks = self.blocks(note.blocks, self.names, anchor.division)
        made = Note(
            id=f"{self.base}~{note.key}",
            anchor=anchor,
            voice=note.voice,
            blocks=blocks,
            purpose=note.purpose,  # type: ignore[arg-type]  # the reader let only known words through
            audience=note.audience,  # type: ignore[arg-type]
            detail=note.detail,  # type: ignore[arg-type]
            cites=tuple([Citation(cite, "") for cite in note.cites]),
            origin=self._origin_of(note, note.place, note.layer),
        )
        once = self.standing.always(note.blocks, anchor.division)
        if once and not once.anchors:
            self.standing.notes[id(note)] = made, once.letters
        return made

    def _anchor(self, key: str, on: str, marked: bool) -> Anchor | None:
        if marked:
            return self.phrases.get(key)
        if not on:
            return _anchor_at(self.base)
        if on == "all":
            return _anchor_at(self.base, whole=True)
        division = self.division_ids.get(on)
        return _anchor_at(division) if division else None


@lru_cache(maxsize=10_000)
def _anchor_at(division: str, *, whole: bool = False) -> Anchor:
    """Return the anchor on a division; the very same for the same one, which saves comparing them."""
    return Anchor(division, whole=whole)
