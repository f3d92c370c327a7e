"""Compiles clause files: body read, every expression checked against the configuration's types.

A clause is compiled once for its content, whatever agreements are made of it afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from weakref import WeakKeyDictionary

from agreementkit.assemble.expressions import learn, present_ids
from agreementkit.assemble.kept import NotKept, Parts
from agreementkit.assemble.overlay import Gone, amend_body
from agreementkit.assemble.records import expressions_in, from_record, to_record
from agreementkit.assemble.scope import Scope
from agreementkit.assemble.standing import Shelf
from agreementkit.bank.clause import ClauseSource, Kind
from agreementkit.cache import kept, key_of
from agreementkit.config.options import with_options
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import BankError
from agreementkit.reader import (
    BodyTemplate,
    ItemTemplate,
    SectionTemplate,
    SpanTemplate,
    TableTemplate,
)
from agreementkit.reader.template import BlockTemplate, Level, Repetition, TemplateInline
from agreementkit.reader.visit import block_runs, inlines_in, items_in, spans_in
from agreementkit.tree.nodes import Field


@dataclass(frozen=True, slots=True, eq=False)
class CompiledClause:
    """A clause ready to fill.

    Attributes:
        source: The file.
        standing: What came of the parts that say the same in every agreement; grows while agreements are made.
    """

    source: ClauseSource
    _made: _Made
    standing: Shelf = field(default_factory=dict, repr=False)

    @property
    def body(self) -> BodyTemplate:
        """Its body as a template."""
        return self._made.parts(self.source).body

    @property
    def title(self) -> tuple[TemplateInline, ...]:
        """Heading as a template."""
        return self._made.parts(self.source).title

    @property
    def each(self) -> Repetition | None:
        """The repetition of the front matter, if there is one."""
        return self._made.parts(self.source).each

    @property
    def mentions(self) -> tuple[tuple[str, Place], ...]:
        """Clauses whose presence its conditions ask for, each with the place."""
        return self._made.parts(self.source).mentions

    @property
    def gone(self) -> tuple[Gone, ...]:
        """Paragraphs that packs have taken out."""
        return self._made.parts(self.source).gone

    @property
    def marked(self) -> frozenset[str]:
        """Keys of the notes that have a mark in the text."""
        return self._made.parts(self.source).marked


def compile_clause(source: ClauseSource) -> CompiledClause:
    """Return the compiled clause.

    Raises:
        BankError: With every fault of the file.
    """
    clause, faults = _compile(source)
    if faults:
        raise BankError(*faults)
    return clause


def check_source(source: ClauseSource) -> tuple[Diagnostic, ...]:
    """Return every fault of a clause file that shows without a configuration."""
    return _compile(source)[1]


class _Made:
    """What compiling a clause gave: its parts, or the record of them as long as nobody looks into it, and faults."""

    __slots__ = ("_parts", "_record", "faults")

    def __init__(self, parts: Parts | None, faults: tuple[Diagnostic, ...] = (), record: bytes = b"") -> None:
        self._parts = parts
        self._record = record
        self.faults = faults

    def parts(self, source: ClauseSource) -> Parts:
        """Return the parts; of a clause that was kept they are laid out now."""
        if self._parts is None:
            try:
                self._parts = from_record(self._record, source)
            except NotKept:
                self._parts = _fresh(source)[0]
            self._record = b""
        return self._parts


MAX_MADE = 2_000
"""How many compiled clauses are kept in memory beside those of the banks in use."""
_BY_SOURCE: WeakKeyDictionary[ClauseSource, tuple[_Made, Shelf]] = WeakKeyDictionary()
_BY_KEY: dict[tuple[str, ...], _Made] = {}
_KEEPING = Lock()


def _compile(source: ClauseSource) -> tuple[CompiledClause, tuple[Diagnostic, ...]]:
    """Return a clause, compiled once for its content: in this run, or in an earlier one that kept it."""
    held = _BY_SOURCE.get(source)
    if held is None:
        key = _key(source)
        known = (key, source.file, *(one.file for one in source.amendments))
        made = _BY_KEY.get(known) or _made(source, key)
        with _KEEPING:  # agreements may be made by several threads
            if len(_BY_KEY) >= MAX_MADE:
                del _BY_KEY[next(iter(_BY_KEY))]
            _BY_KEY[known] = made
            held = _BY_SOURCE[source] = made, {}
    made, standing = held
    return CompiledClause(source, made, standing), made.faults


def _key(source: ClauseSource) -> str:
    """Return the key of all that compiling a clause depends on, but for the names of its files."""
    return key_of(
        "clause",
        source.digest,
        [[one.digest, one.pack] for one in source.amendments],
        source.stated,
        dict(source.former),
        [[pack, *map(repr, options.values())] for pack, options in source.options.items()],
    )


def _made(source: ClauseSource, key: str) -> _Made:
    cache = kept()
    if cache is not None:
        with suppress(NotKept):
            record = cache.read_bytes(key)
            if record is not None:
                learn(expressions_in(record))
                return _Made(None, record=record)
    parts, faults = _fresh(source)
    if cache is not None and not faults:  # faults are worded anew each time, with the lines they stand on
        with suppress(NotKept):
            cache.write_bytes(key, to_record(parts, source))
    return _Made(parts, faults)


def _fresh(source: ClauseSource) -> tuple[Parts, tuple[Diagnostic, ...]]:
    from agreementkit.reader.attributes import each_fault, parse_each  # what is kept needs no reader
    from agreementkit.reader.renaming import renamed

    found: list[Diagnostic] = []
    front = source.front
    body, gone = _body(source, found)
    title = template_text(front.title, _title_place(source), found)
    if source.former:
        body, title = renamed(body, source.former), renamed(title, source.former)
    each = parse_each(front.each, source.place("each")) if front.each else None
    scope = Scope(model=with_options(source.options))
    if front.each and each is None:
        found.append(each_fault(source.place("each")))
    if front.when:
        scope.check(front.when, source.place("when"), found)
    if each:
        scope = scope.bind(each, found)
    for name, expression in front.variants.items():
        scope.check(expression, source.place_of("variants", name), found)
    if front.kind is not Kind.DEFINITION:
        _refuse_present(source, found)
    if front.number:
        scope.check(front.number, source.place("number"), found)
    for key in ("term", "plural"):
        _check_inlines(template_text(getattr(front, key), source.place(key), found), scope, found)
    _check_inlines(title, scope, found)
    found.extend(
        Diagnostic(
            "AK216",
            "a heading carries no note marks",
            place=inline.place,
            hints=("a note without `on=` and without a mark stands on the heading",),
        )
        for inline in inlines_in(title)
        if isinstance(inline, SpanTemplate) and inline.notes
    )
    for section in body.sections:
        if front.kind is not Kind.SCHEDULE:
            found.extend(_headings(section))
        _check_section(section, scope, found)
    for note in body.notes:
        scope.check_condition(note.when, found)
        _check_blocks(note.blocks, scope, found)
    marked = frozenset(key for section in body.sections for span in spans_in(section) for key in span.notes)
    return Parts(body, title, each, tuple(_mentions(body)), gone, marked), tuple(found)


def _body(source: ClauseSource, found: list[Diagnostic]) -> tuple[BodyTemplate, tuple[Gone, ...]]:
    """Return the clause's body with every change of a pack laid over it, and the paragraphs that are gone."""
    from agreementkit.reader import read_body

    own = (source.written or source.front).variants
    body = read_body(source.file, source.body, source.body_line, tuple(own), found)
    gone: list[Gone] = []
    kept = bool(own)  # whether the wording of the clause itself has a variant's name already
    for amendment in source.amendments:
        keep_as = "core" if amendment.front.variants and not kept else ""
        body, removed = amend_body(body, amendment, found, keep_as=keep_as)
        kept = kept or bool(amendment.front.variants)
        gone += removed
    return body, tuple(gone)


def _title_place(source: ClauseSource) -> Place:
    changed = [one for one in source.amendments if one.front.title]
    return changed[-1].place("title") if changed else source.place("title")


def _mentions(body: BodyTemplate) -> Iterator[tuple[str, Place]]:
    """Yield every clause that a condition of the body asks for with `is present`."""
    conditions = [note.when for note in body.notes]
    for section in body.sections:
        conditions += [span.when for span in spans_in(section)]
        for item in items_in(section.items):
            conditions.append(item.when)
            for block in item.blocks:
                if isinstance(block, TableTemplate):
                    conditions += [row.when for row in block.rows]
    for condition in conditions:
        if condition:
            for id_ in present_ids(condition.expression):
                yield id_, condition.place


def _refuse_present(source: ClauseSource, found: list[Diagnostic]) -> None:
    """Report `is present` where clauses are still being chosen: it would never be true there."""
    front = source.front
    conditions = [(front.when or "", source.place("when"))]
    conditions += [(expression, source.place_of("variants", name)) for name, expression in front.variants.items()]
    found.extend(
        Diagnostic(
            "AK303",
            "`is present` is not known while clauses are being chosen",
            place=place,
            hints=("test the configuration instead, or put the condition on the items",),
        )
        for expression, place in conditions
        if present_ids(expression)
    )


def _headings(section: SectionTemplate) -> Iterable[Diagnostic]:
    """Yield a fault for each heading outside a schedule."""
    for item in items_in(section.items):
        if item.level is not Level.ITEM:
            yield Diagnostic(
                "AK210",
                "only a schedule has headings inside",
                place=item.place,
                hints=("make it a clause of its own, or move the text into a schedule",),
            )


def template_text(text: str, place: Place, found: list[Diagnostic]) -> tuple[TemplateInline, ...]:
    """Read a line of front matter (a title, a term) as running text."""
    if not text:
        return ()
    template, faults = _line(text, place)
    found.extend(faults)
    return template


@lru_cache(maxsize=MAX_MADE)
def _line(text: str, place: Place) -> tuple[tuple[TemplateInline, ...], tuple[Diagnostic, ...]]:
    """Return a line of front matter as running text, with its faults; every agreement reads the same lines again."""
    from agreementkit.reader.cursor import Line, Passage
    from agreementkit.reader.inlines import read_inlines

    faults: list[Diagnostic] = []
    line = Line(place.line, max(0, place.source.find(text[:8])), text, place.source)
    return read_inlines(Passage(place.file, [line]), faults), tuple(faults)


def _check_section(section: SectionTemplate, scope: Scope, found: list[Diagnostic]) -> None:
    _check_blocks(section.blocks, scope, found)
    _check_items(section.items, scope, found)


def _check_items(items: Sequence[ItemTemplate], scope: Scope, found: list[Diagnostic]) -> None:
    for item in items:
        inner = scope.bind(item.each, found) if item.each else scope
        inner.check_condition(item.when, found)
        _check_inlines(item.heading, inner, found)
        _check_blocks(item.blocks, inner, found)
        _check_items(item.children, inner, found)


def _check_blocks(blocks: Iterable[BlockTemplate], scope: Scope, found: list[Diagnostic]) -> None:
    for block in blocks:
        if isinstance(block, TableTemplate):
            for cell in block.header:
                _check_inlines(cell, scope, found)
            for row in block.rows:
                inner = scope.bind(row.each, found) if row.each else scope
                inner.check_condition(row.when, found)
                for cell in row.cells:
                    _check_inlines(cell, inner, found)
        else:
            for run in block_runs(block):
                _check_inlines(run, scope, found)


def _check_inlines(inlines: Iterable[TemplateInline], scope: Scope, found: list[Diagnostic]) -> None:
    for inline in inlines_in(inlines):
        if isinstance(inline, Field):
            scope.check(inline.expression, inline.place, found)
        elif isinstance(inline, SpanTemplate):
            scope.check_condition(inline.when, found)
