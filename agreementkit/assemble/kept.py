"""Compiled clauses as plain data, to be kept between runs, and back.

Places are numbers: which of the clause's files (its own, then those of changes over it), line, column, length. The
files are there when a record is read, so no record holds a path, and the lines that messages show come from them.
Reading is strict; what is not as it was written is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agreementkit.assemble.expressions import parse
from agreementkit.assemble.overlay import Gone
from agreementkit.bank.clause import ClauseSource
from agreementkit.diagnostics import Place
from agreementkit.reader.template import (
    BlockTemplate,
    BodyTemplate,
    Condition,
    ItemTemplate,
    Layer,
    Level,
    NoteTemplate,
    Repetition,
    RowTemplate,
    SectionTemplate,
    SpanTemplate,
    TableTemplate,
    TemplateInline,
)
from agreementkit.tree.nodes import (
    CrossReference,
    DefinitionsHere,
    Emphasis,
    Field,
    LineBreak,
    List,
    Para,
    Strong,
    TermUse,
    Text,
    Voice,
)


class NotKept(ValueError):  # noqa: N818 - no fault: what is not kept is made anew
    """Something cannot be kept, or a record is not as it was written."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What compiling makes of a clause file.

    Attributes:
        body: Its body as a template.
        title: Heading as a template.
        each: The repetition of the front matter, if there is one.
        mentions: Clauses whose presence its conditions ask for, each with the place.
        gone: Paragraphs that packs have taken out.
        marked: Keys of the notes that have a mark in the text.
    """

    body: BodyTemplate
    title: tuple[TemplateInline, ...]
    each: Repetition | None
    mentions: tuple[tuple[str, Place], ...] = ()
    gone: tuple[Gone, ...] = ()
    marked: frozenset[str] = frozenset()


def to_data(parts: Parts, source: ClauseSource) -> Any:
    """Return a compiled clause as plain data.

    Raises:
        NotKept: It has something in it that records do not know.
    """
    return _Writer(source).parts(parts)


def from_data(data: Any, source: ClauseSource) -> tuple[Parts, dict[str, Any]]:
    """Return the compiled clause that `to_data` made into `data`, and the expressions in it as they were read.

    Args:
        data: The record.
        source: The clause file that it was made of.

    Returns:
        The clause, and for each expression what `expressions.learn` takes.

    Raises:
        NotKept: It is none.
    """
    try:
        return _Reader(source).parts(data)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise NotKept("this is no compiled clause") from error


def _files(source: ClauseSource) -> list[tuple[str, list[str]]]:
    """Return the files that a clause is made of, each with its lines."""
    parts = [(source.file, source.positions, source.body)]
    parts += [(one.file, one.positions, one.body) for one in source.amendments]
    return [(file, ["---", *positions.source.lines, "---", *body]) for file, positions, body in parts]


class _Writer:
    """Writes one clause as plain data."""

    def __init__(self, source: ClauseSource) -> None:
        self.source = source
        self.files = _files(source)
        self.numbers = {file: number for number, (file, _) in reversed(list(enumerate(self.files)))}
        self.asked: dict[str, Any] = {}

    def parts(self, parts: Parts) -> Any:
        front = self.source.front
        for text in (front.when, front.number, *front.variants.values()):
            if text:
                self.expression(text)
        return [
            [[one.variant, self.blocks(one.blocks), self.items(one.items)] for one in parts.body.sections],
            [self.note(note) for note in parts.body.notes],
            self.inlines(parts.title),
            self.each(parts.each),
            [[id_, self.place(place)] for id_, place in parts.mentions],
            [[one.id, one.pack, self.place(one.place)] for one in parts.gone],
            self.asked,
        ]

    def place(self, place: Place | None) -> Any:
        if place is None:
            return None
        number = self.numbers.get(place.file)
        if number is None:
            raise NotKept(f"{place.file} is none of the clause's files")
        lines = self.files[number][1]
        told = [place.line, place.column, place.length, number]
        if _line(lines, place.line) != place.source:
            return [*told, place.source]
        return told if number else told[:3]

    def expression(self, text: str) -> str:
        if text not in self.asked:
            parsed = parse(text)
            if isinstance(parsed, str) or parsed.plan is None:
                raise NotKept(f"`{text}` has no plan")
            self.asked[text] = parsed.as_data()
        return text

    def when(self, when: Condition | None) -> Any:
        return None if when is None else [self.expression(when.expression), self.place(when.place)]

    def each(self, each: Repetition | None) -> Any:
        return None if each is None else [each.name, self.expression(each.path), self.place(each.place)]

    def inlines(self, inlines: Sequence[TemplateInline]) -> list[Any]:
        return [self.inline(one) for one in inlines]

    def inline(self, inline: TemplateInline) -> Any:
        match inline:
            case Text(text):
                return text
            case Field(expression, place):
                return ["f", self.expression(expression), self.place(place)]
            case TermUse(key, shown, by_number, place):
                return ["t", key, shown, by_number, self.place(place)]
            case CrossReference(target, place):
                return ["x", target, self.place(place)]
            case SpanTemplate(inner, when, notes, place):
                return ["s", self.inlines(inner), self.when(when), notes, self.place(place)]
            case Emphasis(inner):
                return ["e", self.inlines(inner)]
            case Strong(inner):
                return ["b", self.inlines(inner)]
            case LineBreak():
                return ["n"]
        raise NotKept(type(inline).__name__)

    def blocks(self, blocks: Sequence[BlockTemplate]) -> list[Any]:
        return [self.block(one) for one in blocks]

    def block(self, block: BlockTemplate) -> Any:
        match block:
            case Para(inlines):
                return ["p", self.inlines(inlines)]
            case List(items):
                return ["l", [self.inlines(one) for one in items]]
            case TableTemplate(header, rows, caption, widths, place):
                told = [
                    [[self.inlines(cell) for cell in row.cells], self.when(row.when), self.each(row.each)]
                    for row in rows
                ]
                return ["t", [self.inlines(cell) for cell in header], told, caption, widths, self.place(place)]
            case DefinitionsHere(place):
                return ["d", self.place(place)]
        raise NotKept(type(block).__name__)

    def items(self, items: Sequence[ItemTemplate]) -> list[Any]:
        return [
            [
                one.level.value, one.id, self.inlines(one.heading), self.blocks(one.blocks), self.items(one.children),
                self.when(one.when), self.each(one.each), self.place(one.place), _layer(one.layer),
            ]
            for one in items
        ]  # fmt: skip

    def note(self, note: NoteTemplate) -> Any:
        return [
            note.key, note.voice.value, note.on, note.cites, note.purpose, note.audience, note.detail,
            self.when(note.when), self.blocks(note.blocks), note.variant, self.place(note.place), _layer(note.layer),
        ]  # fmt: skip


def _layer(layer: Layer | None) -> Any:
    return None if layer is None else [layer.pack, layer.version]


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _text(value: Any) -> str:
    if type(value) is not str:
        raise NotKept("a text was expected")
    return value


def _number(value: Any) -> int:
    if type(value) is not int:
        raise NotKept("a whole number was expected")
    return value


class _Reader:
    """Reads one clause from plain data."""

    def __init__(self, source: ClauseSource) -> None:
        self.files = _files(source)
        self.asked: Mapping[str, Any] = {}
        self.marked: set[str] = set()
        self.kinds: Mapping[str, Callable[[Any], TemplateInline]] = {
            "f": self._field,
            "t": self._term,
            "x": self._reference,
            "s": self._span,
            "e": lambda d: Emphasis(self.inlines(d[1])),  # type: ignore[arg-type]
            "b": lambda d: Strong(self.inlines(d[1])),  # type: ignore[arg-type]
            "n": lambda _: LineBreak(),
        }

    def parts(self, data: Any) -> tuple[Parts, dict[str, Any]]:
        sections, notes, title, each, mentions, gone, asked = data
        if not isinstance(asked, dict):
            raise NotKept("the expressions are missing")
        self.asked = asked
        body = BodyTemplate(
            tuple(SectionTemplate(_text(one[0]), self.blocks(one[1]), self.items(one[2])) for one in sections),
            tuple(self.note(one) for one in notes),
        )
        parts = Parts(
            body,
            self.inlines(title),
            self.each(each),
            tuple((_text(id_), self.sure(place)) for id_, place in mentions),
            tuple(Gone(_text(id_), _text(pack), self.sure(place)) for id_, pack, place in gone),
            frozenset(self.marked),
        )
        return parts, asked

    def place(self, data: Any) -> Place | None:
        if data is None:
            return None
        line, column, length, *more = data
        file, lines = self.files[_number(more[0]) if more else 0]
        shown = _text(more[1]) if len(more) > 1 else _line(lines, _number(line))
        return Place(file, line, _number(column), _number(length), shown)

    def sure(self, data: Any) -> Place:
        place = self.place(data)
        if place is None:
            raise NotKept("a place is missing")
        return place

    def expression(self, text: Any) -> str:
        if text not in self.asked:
            raise NotKept("an expression is missing")
        return _text(text)

    def when(self, data: Any) -> Condition | None:
        return None if data is None else Condition(self.expression(data[0]), self.sure(data[1]))

    def each(self, data: Any) -> Repetition | None:
        return None if data is None else Repetition(_text(data[0]), self.expression(data[1]), self.sure(data[2]))

    def inlines(self, data: Any) -> tuple[TemplateInline, ...]:
        kinds = self.kinds
        return tuple([Text(one) if type(one) is str else kinds[one[0]](one) for one in data])

    def _field(self, data: Any) -> TemplateInline:
        return Field(self.expression(data[1]), self.place(data[2]))

    def _term(self, data: Any) -> TemplateInline:
        return TermUse(_text(data[1]), _text(data[2]), data[3] is True, self.place(data[4]))

    def _reference(self, data: Any) -> TemplateInline:
        return CrossReference(_text(data[1]), self.place(data[2]))

    def _span(self, data: Any) -> TemplateInline:
        notes = tuple(map(_text, data[3]))
        self.marked.update(notes)  # only the text has marks: neither headings nor notes may
        return SpanTemplate(self.inlines(data[1]), self.when(data[2]), notes, self.sure(data[4]))

    def blocks(self, data: Any) -> tuple[BlockTemplate, ...]:
        return tuple([self.block(one) for one in data])

    def block(self, data: Any) -> BlockTemplate:
        match data[0]:
            case "p":
                return Para(self.inlines(data[1]))  # type: ignore[arg-type]
            case "l":
                return List(tuple(self.inlines(one) for one in data[1]))  # type: ignore[misc]
            case "t":
                _, header, rows, caption, widths, place = data
                return TableTemplate(
                    tuple(self.inlines(cell) for cell in header),
                    tuple(
                        RowTemplate(tuple(self.inlines(cell) for cell in cells), self.when(when), self.each(each))
                        for cells, when, each in rows
                    ),
                    _text(caption),
                    tuple(map(_number, widths)),
                    self.sure(place),
                )
            case "d":
                return DefinitionsHere(self.place(data[1]))
        raise NotKept("a block was expected")

    def items(self, data: Any) -> tuple[ItemTemplate, ...]:
        return tuple([self.item(one) for one in data])

    def item(self, data: Any) -> ItemTemplate:
        level, id_, heading, blocks, children, when, each, place, layer = data
        return ItemTemplate(
            Level(level),
            _text(id_),
            self.inlines(heading),
            self.blocks(blocks),
            self.items(children),
            self.when(when),
            self.each(each),
            self.sure(place),
            _layer_of(layer),
        )

    def note(self, data: Any) -> NoteTemplate:
        key, voice, on, cites, purpose, audience, detail, when, blocks, variant, place, layer = data
        return NoteTemplate(
            _text(key),
            Voice(voice),
            _text(on),
            tuple(map(_text, cites)),
            _text(purpose),
            _text(audience),
            _text(detail),
            self.when(when),
            self.blocks(blocks),
            _text(variant),
            self.sure(place),
            _layer_of(layer),
        )


def _layer_of(data: Any) -> Layer | None:
    return None if data is None else Layer(_text(data[0]), _text(data[1]))
