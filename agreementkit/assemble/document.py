"""Builds one document an agreement from the configuration and the bank. The passes number and resolve it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from agreementkit import __version__
from agreementkit.assemble.compile import template_text
from agreementkit.assemble.definitions import Terms, fill_definitions
from agreementkit.assemble.fill import Filled, Filler
from agreementkit.assemble.learnt import expressions_of, make_known
from agreementkit.assemble.removed import overlay_faults
from agreementkit.assemble.scope import Scope
from agreementkit.assemble.select import Chosen, ChosenPart, Selection, select
from agreementkit.assemble.values import Evaluator, Names
from agreementkit.bank import Bank
from agreementkit.bank.precedent import PlacedPrecedent
from agreementkit.config import Config
from agreementkit.config.options import with_options
from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.errors import BankError
from agreementkit.reader.template import SpanTemplate, TemplateInline
from agreementkit.reader.visit import inlines_in
from agreementkit.tree.nodes import (
    Block,
    Clause,
    CrossReference,
    Division,
    Document,
    Emphasis,
    ExecutionBlock,
    Field,
    Inline,
    List,
    Meta,
    Note,
    Para,
    Paragraph,
    Part,
    PartyEntry,
    Recital,
    Schedule,
    SignatureLine,
    SignatureLines,
    Strong,
    SubClause,
    SubParagraph,
    Text,
)

D = TypeVar("D", bound=Division)
NO_DATE = "2000-01-01"
"""Stands for "when" in files of an undated draft: outputs must not depend on the clock."""

_STATUS = {"draft": "Draft", "consultation": "Consultation draft", "final": "Final"}


@dataclass(frozen=True, slots=True, eq=False)
class Assembled:
    """One agreement, filled but not yet numbered.

    Attributes:
        document: The tree, with stand-ins for terms and cross-references.
        terms: The definitions it may use.
        selection: What was chosen for it.
        definition: Id of the definition by which other agreements name this one, or "".
    """

    document: Document
    terms: Terms
    selection: Selection
    definition: str


def assemble_documents(config: Config, bank: Bank, found: list[Diagnostic]) -> list[Assembled]:
    """Return every agreement that the configuration asks for; faults go to `found`.

    Clauses are chosen for all agreements first: words may depend on what another agreement of the set contains.
    """
    faults = overlay_faults(bank)
    if faults:
        raise BankError(*faults)
    builders: list[_Builder] = []
    for id_ in dict.fromkeys(config.agreements):
        placed = bank.precedents.get(id_)
        if placed is None:
            found.append(
                Diagnostic(
                    "AK309",
                    f"the bank has no precedent {id_!r}",
                    path="agreements",
                    hints=suggest(id_, bank.precedents, "precedent"),
                )
            )
        else:
            before = builders[-1].names if builders else None
            builders.append(_Builder(config, bank, placed, found, before))
    chosen = frozenset[str]().union(*(builder.selection.ids for builder in builders))
    built: list[Assembled] = []
    for number, builder in enumerate(builders):
        built.append(builder.build(chosen, builders[max(0, number - 1)].names))
    return built


class _Builder:
    """Builds one agreement."""

    def __init__(
        self, config: Config, bank: Bank, placed: PlacedPrecedent, found: list[Diagnostic], before: Names | None
    ) -> None:
        self.config = config
        self.bank = bank
        self.placed = placed
        self.found = found
        names = Names.of(config, placed.outline.id, bank.options)
        self.names = names.knowing(before) if before else names
        self.selection = select(bank, placed.outline, self.names, found)
        self.notes: list[Note] = []

    def build(self, chosen: frozenset[str], before: Names) -> Assembled:
        """Return the agreement.

        Args:
            chosen: Ids of the clauses of all agreements of the set.
            before: The names of the agreement that was built before it, if one was.
        """
        self.names = self.names.choosing(chosen).knowing(before)
        outline = self.placed.outline
        document = Document(
            precedent=outline.id,
            title=outline.title,
            short=outline.short,
            stem=outline.stem,
            subtitle=tuple(self._lines("subtitle", outline.subtitle)),
            opening=tuple(Para(line) for line in self._lines("opening", outline.opening)),
            parties=tuple(d for c in self.selection.parties for d in self._repeated(c, PartyEntry)),
            background=tuple(d for c in self.selection.background for d in self._repeated(c, Recital)),
            body=tuple(self._body()),
            schedules=tuple(d for c in self.selection.schedules for d in self._schedule(c)),
            execution=tuple(d for c in self.selection.execution for d in self._repeated(c, ExecutionBlock)),
            meta=self._meta(),
        )
        document = replace(document, notes=tuple(self.notes))  # gathered while the divisions were filled
        terms = fill_definitions(self.bank, self.names, self.found)
        return Assembled(document, terms, self.selection, outline.definition or "")

    # ------------------------------------------------------------------------------------------- divisions

    def _body(self) -> Iterator[Part | Clause]:
        for entry in self.selection.body:
            if isinstance(entry, ChosenPart):
                clauses = tuple(c for chosen in entry.clauses for c in self._clause(chosen))
                if clauses:
                    yield Part(id=f"part-{clauses[0].id}", heading=(Text(entry.heading),), children=clauses)
            else:
                yield from self._clause(entry)

    def _clause(self, chosen: Chosen) -> Iterator[Clause]:
        filler = Filler(chosen, self.names, chosen.id, self.found, share=True)
        filled = filler.fill((SubClause, Paragraph, SubParagraph))
        if self._kept(chosen, filled):
            yield Clause(
                id=chosen.id,
                heading=filler.title(),
                blocks=filled.blocks,
                children=filled.children,
                origin=filler.own_origin(),
            )

    def _schedule(self, chosen: Chosen) -> Iterator[Schedule]:
        filler = Filler(chosen, self.names, chosen.id, self.found, share=True)
        filled = filler.fill((Clause, Paragraph, SubParagraph))
        if self._kept(chosen, filled):
            yield Schedule(
                id=chosen.id,
                heading=filler.title(),
                blocks=filled.blocks,
                children=filled.children,
                origin=filler.own_origin(),
            )

    def _repeated(self, chosen: Chosen, kind: type[D]) -> Iterator[D]:
        evaluator = Evaluator(self.found)
        turns = evaluator.repeat(chosen.clause.each, self.names)
        told: set[str] = set()  # what is said of one party need not be said of the next
        for number, names in enumerate(turns, 1):
            base = f"{chosen.id}-{number}" if chosen.clause.each else chosen.id
            filler = Filler(chosen, names, base, self.found, share=not chosen.clause.each)
            filled = filler.fill()
            filled.notes = tuple(note for note in filled.notes if note.id.partition("~")[2] not in told)
            told.update(note.id.partition("~")[2] for note in filled.notes)
            if not self._kept(chosen, filled):
                continue
            if filled.children:
                self.found.append(
                    Diagnostic(
                        "AK308",
                        f"{chosen.id!r} has numbered items, which this kind may not have",
                        place=chosen.clause.source.place("id"),
                        hints=("write it as plain paragraphs",),
                    )
                )
            blocks = filled.blocks
            if kind is ExecutionBlock:
                blocks = _signature(blocks)
                if not all(line.label for line in blocks[0].lines):
                    self.found.append(
                        Diagnostic(
                            "AK308",
                            f"a line of the signature block {chosen.id!r} has no label",
                            place=chosen.clause.source.place("id"),
                            hints=("begin each bullet with its label in plain words, as in `- Name:`",),
                        )
                    )
            yield kind(id=base, heading=filler.title(), blocks=blocks, origin=filler.own_origin())

    def _kept(self, chosen: Chosen, filled: Filled) -> bool:
        if not filled.blocks and not filled.children:
            self.found.append(
                Diagnostic(
                    "AK308",
                    f"clause {chosen.id!r} is empty with this configuration",
                    path=chosen.id,
                    place=chosen.clause.source.place("id"),
                    hints=("give the clause a `when` that leaves it out, or words that always stand",),
                )
            )
            return False
        self.notes.extend(filled.notes)
        return True

    # ------------------------------------------------------------------------------------------- the rest

    def _lines(self, key: str, lines: Sequence[str]) -> Iterator[tuple[Inline, ...]]:
        evaluator = Evaluator(self.found)
        scope = Scope(model=with_options(self.bank.options))
        for index, line in enumerate(lines):
            place: Place = self.placed.positions.place((key, index))
            faults: list[Diagnostic] = []
            template = template_text(line, place, faults)
            make_known(expressions_of(template))
            for inline in inlines_in(template):
                match inline:
                    case Field(expression, at):
                        scope.check(expression, at, faults)
                    case SpanTemplate(_, when):
                        scope.check_condition(when, faults)
                    case CrossReference(target, at):
                        faults.append(
                            Diagnostic(
                                "AK203",
                                f"the cover has no place for the reference @{target}",
                                place=at,
                                hints=("put it into a clause",),
                            )
                        )
            self.found.extend(faults)
            out = () if faults else tuple(self._line(template, evaluator))
            if out:
                yield out

    def _line(self, template: Iterable[TemplateInline], evaluator: Evaluator) -> Iterator[Inline]:
        for inline in template:
            match inline:
                case Field(expression, place):
                    yield from evaluator.fill(expression, self.names, place)
                case SpanTemplate(inner, when):
                    if evaluator.holds(when, self.names):
                        yield from self._line(inner, evaluator)
                case Emphasis(inner) | Strong(inner):
                    yield replace(inline, inlines=tuple(self._line(inner, evaluator)))
                case _:
                    yield inline

    def _meta(self) -> Meta:
        config = self.config
        when: date | None = config.notes.date or config.dates.agreement or config.dates.commencement
        return Meta(
            organisation=_organisation(config),
            status=_STATUS[config.document.status],
            version=config.document.version,
            reference=config.document.reference or "",
            date=when.isoformat() if when else NO_DATE,
            bank=self.bank.version,
            digest=config.digest,
            packs=tuple(one.stamp for one in self.bank.contents),
            made_by=__version__,
        )


def _signature(blocks: tuple[Block, ...]) -> tuple[SignatureLines]:
    """Make a signature block: the text is the lead, each bullet `Label: value` a line to complete."""
    lead: list[Inline] = []
    lines: list[SignatureLine] = []
    for block in blocks:
        if isinstance(block, Para):
            lead.extend([Text(" "), *block.inlines] if lead else block.inlines)
        elif isinstance(block, List):
            lines.extend(_signature_line(item) for item in block.items)
    return (SignatureLines(tuple(lead), tuple(lines)),)


def _signature_line(item: tuple[Inline, ...]) -> SignatureLine:
    first = item[0]
    if not isinstance(first, Text):
        return SignatureLine("", item)
    label, _, rest = first.text.partition(":")
    value = (Text(rest.lstrip()), *item[1:]) if rest.strip() else item[1:]
    return SignatureLine(label.strip(), value)


def _organisation(config: Config) -> str:
    """Return who stands in headers and file properties: the full name of one employer, short names of several."""
    if len(config.employers) == 1:
        return config.employers[0].name
    return ", ".join(employer.short for employer in config.employers)
