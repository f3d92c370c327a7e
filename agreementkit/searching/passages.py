"""Passages: a clause file cut into the pieces that search looks at, each with its words, place, settings and law."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from jinja2 import nodes

from agreementkit.assemble.compile import CompiledClause, compile_clause, template_text
from agreementkit.assemble.expressions import parse
from agreementkit.bank.clause import ClauseSource, Kind
from agreementkit.diagnostics import Place
from agreementkit.proof.expressions import Asked, Bound, in_blocks, in_inlines, inside, used
from agreementkit.reader.body import EVERY
from agreementkit.reader.template import BlockTemplate, ItemTemplate, SectionTemplate, SpanTemplate, TemplateInline
from agreementkit.reader.visit import block_runs
from agreementkit.searching.words import BREAK, Word, words_in
from agreementkit.tree.nodes import CrossReference, Emphasis, Field, Phrase, Strong, TermUse, Text

_VARIANT = re.compile(r"##\s+(.*?)\s*\Z")
_BETWEEN = f" {BREAK} "
"""Stands between paragraphs, bullets and cells of one passage."""


class Where(StrEnum):
    """What part of a clause file a passage is."""

    TITLE = "title"
    TEXT = "text"
    ITEM = "item"
    DEFINITION = "definition"
    NOTE = "note"
    VARIANT = "variant"
    CONDITION = "condition"
    LAW = "law"


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A piece of a clause file.

    Attributes:
        source: The clause file.
        pack: Pack that it comes from: the clause's own, or one that changes the clause.
        version: Version of the wording in that pack.
        where: What part of it this is.
        key: Id or position of an item, key of a note, name of a variant, key of the front matter.
        voice: In whose name a note speaks; empty for anything else.
        variant: Name of the variant it belongs to; empty for all of them.
        text: What a reader sees. A value is its path, a cross-reference its id, a term its own words.
        words: The words of the text.
        place: Where it begins.
        options: Settings that its expressions use.
        cites: Ids of the law register that it cites.
    """

    source: ClauseSource
    pack: str
    version: str
    where: Where
    key: str
    voice: str
    variant: str
    text: str
    words: tuple[Word, ...]
    place: Place
    options: frozenset[str]
    cites: tuple[str, ...]


@lru_cache(maxsize=20_000)
def passages_of(source: ClauseSource) -> tuple[Passage, ...]:
    """Return the passages of a clause file: front matter, text, notes.

    Raises:
        BankError: With every fault of the file.
    """
    return tuple(_Cutter(compile_clause(source)).passages())


class _Cutter:
    """Cuts one clause file."""

    def __init__(self, clause: CompiledClause) -> None:
        self.clause = clause
        self.source = clause.source
        self.bound: Bound = inside(clause.each, {}) if clause.each else {}
        own = (self.source.pack, self.source.front.version)
        changes = {one.file: (one.pack, one.front.version) for one in self.source.amendments}
        self.made_by = {self.source.file: own, **changes}

    def passages(self) -> Iterator[Passage]:
        yield from self._front()
        starts = _starts(self.source)
        added = {name for one in self.source.amendments for name in one.front.variants}
        for section in self.clause.body.sections:
            if section.variant in added:
                place = self.source.place_of("variants", section.variant)
            else:
                lines = starts.get(section.variant) or starts.get("") or [self.source.body_line]
                place = Place(self.source.file, lines.pop(0))
            yield from self._section(section, place)
        for note in self.clause.body.notes:
            asked = list(in_blocks(note.blocks, self.bound))
            if note.when:
                asked.append(Asked(note.when.expression, self.bound))
            yield self._passage(
                Where.NOTE, note.place, _text(note.blocks, self.bound), asked,
                key=note.key, voice=note.voice.value, variant=note.variant, cites=note.cites,
            )  # fmt: skip

    def _passage(
        self,
        where: Where,
        place: Place,
        text: str,
        asked: Iterable[Asked] = (),
        *,
        key: str = "",
        voice: str = "",
        variant: str = "",
        cites: tuple[str, ...] = (),
    ) -> Passage:
        text = " ".join(text.split())
        options = frozenset(used(asked).settings)
        pack, version = self.made_by.get(place.file, self.made_by[self.source.file])
        words = words_in(text)
        return Passage(
            self.source, pack, version, where, key, voice, variant, text, words, place, options, cites
        )  # fmt: skip

    def _front(self) -> Iterator[Passage]:
        front, source = self.source.front, self.source
        for key in ("title", "term", "plural"):
            written = getattr(front, key)
            if written:
                place = self._title_place() if key == "title" else source.place(key)
                inlines = self.clause.title if key == "title" else template_text(written, place, [])
                asked = in_inlines(inlines, self.bound)
                if key == "plural" and written == front.term:
                    continue
                shown = "" if key == "title" else key
                yield self._passage(Where.TITLE, place, plain(inlines, self.bound), asked, key=shown)
        for key in ("when", "each", "number"):
            written = getattr(front, key)
            if written:
                path = self.clause.each.path if key == "each" and self.clause.each else written
                yield self._passage(Where.CONDITION, source.place(key), written, [Asked(path, {})], key=key)
        for name, expression in front.variants.items():
            place = source.place_of("variants", name)
            text = f"{name}: {expression}"
            yield self._passage(Where.VARIANT, place, text, [Asked(expression, {})], key=name, variant=name)
        cited = [((source.written or front).cites, source.place("cites"))]
        cited += [(one.front.cites, one.place("cites")) for one in source.amendments]
        for cites, place in cited:
            if cites:
                yield self._passage(Where.LAW, place, ", ".join(cites), key="cites", cites=cites)

    def _title_place(self) -> Place:
        """Return where the title stands: in the clause's file, or in that of the last pack that changes it."""
        changed = [one for one in self.source.amendments if one.front.title]
        return (changed[-1] if changed else self.source).place("title")

    def _section(self, section: SectionTemplate, place: Place) -> Iterator[Passage]:
        if section.blocks:
            where = Where.DEFINITION if self.source.front.kind is Kind.DEFINITION else Where.TEXT
            asked = in_blocks(section.blocks, self.bound)
            yield self._passage(where, place, _text(section.blocks, self.bound), asked, variant=section.variant)
        for number, item in enumerate(section.items, start=1):
            yield from self._item(item, str(number), section.variant, self.bound)

    def _item(self, item: ItemTemplate, position: str, variant: str, bound: Bound) -> Iterator[Passage]:
        asked: list[Asked] = []
        inner = bound
        if item.each:
            asked.append(Asked(item.each.path, bound))
            inner = inside(item.each, bound)
        if item.when:
            asked.append(Asked(item.when.expression, inner))
        asked += [*in_inlines(item.heading, inner), *in_blocks(item.blocks, inner)]
        runs = (plain(item.heading, inner), _text(item.blocks, inner))
        text = _BETWEEN.join(filter(None, runs))
        key = f"#{item.id}" if item.id else position
        yield self._passage(Where.ITEM, item.place, text, asked, key=key, variant=variant)
        for number, child in enumerate(item.children, start=1):
            yield from self._item(child, f"{position}.{number}", variant, inner)


def _starts(source: ClauseSource) -> dict[str, list[int]]:
    """Return the lines at which the text of each stretch of the body begins, by variant; notes alone begin none."""
    starts: dict[str, list[int]] = {}
    variant, waiting = "", True
    for number, line in enumerate(source.body, start=source.body_line):
        if heading := _VARIANT.match(line):
            variant, waiting = heading[1] if heading[1] != EVERY else "", True
        elif waiting and line.strip() and not line.startswith(("[^", "    ")):
            starts.setdefault(variant, []).append(number)
            waiting = False
    return starts


# ------------------------------------------------------------------------------------------------ what a reader sees


def _text(blocks: Iterable[BlockTemplate], bound: Bound) -> str:
    return _BETWEEN.join(plain(run, bound) for block in blocks for run in block_runs(block) if run)


def plain(inlines: Iterable[TemplateInline], bound: Bound) -> str:
    """Return running text without its marks.

    Args:
        inlines: The text.
        bound: Names that `each` binds around it.
    """
    out: list[str] = []
    last: TemplateInline | None = None
    for inline in inlines:
        match inline:
            case Text(text):
                out.append(text)
            case Field(expression):
                parsed = parse(expression)
                out.append(expression if isinstance(parsed, str) else "/".join(_shown(parsed.node, bound)))
            case TermUse(key, shown, by_number):
                out.append(shown or key + ("s" if by_number else ""))
            case CrossReference(target):
                out.append(f"@{target}")
            case SpanTemplate(inner, when):
                words = plain(inner, bound)
                # Of wordings that stand side by side only one is ever printed; they must not become one word.
                beside = when and isinstance(last, SpanTemplate) and last.when
                glued = out and out[-1][-1:].isalnum() and words[:1].isalnum()
                out.append(f"/{words}" if beside and glued else words)
            case Emphasis(inner) | Strong(inner) | Phrase(inlines=inner):
                out.append(plain(inner, bound))
        last = inline
    return "".join(out)


def _shown(node: nodes.Node | None, bound: Bound) -> list[str]:
    """Return what an expression may print: the paths of settings, and the words that it holds itself."""
    match node:
        case nodes.Const():
            return [str(node.value)] if isinstance(node.value, str) else []
        case nodes.Name() | nodes.Getattr():
            names: list[str] = []
            at: nodes.Node = node
            while isinstance(at, nodes.Getattr):
                names.insert(0, at.attr)
                at = at.node
            return [".".join((bound.get(at.name, at.name), *names))] if isinstance(at, nodes.Name) else []
        case nodes.CondExpr():
            return [*_shown(node.expr1, bound), *_shown(node.expr2, bound)]
        case nodes.Filter(name="plural"):
            return [word for argument in node.args for word in _shown(argument, bound)]
        case nodes.Filter(name="map"):
            given = [keyword.value for keyword in node.kwargs if keyword.key == "attribute"]
            attribute = "".join(f".{name}" for value in given for name in _shown(value, bound))
            return [f"{path}{attribute}" for path in _shown(node.node, bound)]
        case nodes.Filter():
            return _shown(node.node, bound)
        case nodes.Node():
            return [word for child in node.iter_child_nodes() for word in _shown(child, bound)]
    return []
