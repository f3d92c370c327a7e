"""The text column of a page: cover, parties, clauses, schedules and signatures, unit by unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from agreementkit.tree.nodes import (
    Block,
    Clause,
    DefinitionEntry,
    Division,
    Document,
    ExecutionBlock,
    List,
    Para,
    Paragraph,
    Part,
    PartyEntry,
    Recital,
    Schedule,
    SchedulePart,
    SignatureLines,
    SubClause,
    SubParagraph,
    Table,
)
from agreementkit.tree.walk import plain_text
from agreementkit.writers.html.fragment import HEADED
from agreementkit.writers.html.units import Units, definition_id
from agreementkit.writers.html.words import escaped

_DEPTH = {SubClause: 1, Paragraph: 2, SubParagraph: 3}
_TOPS = (Clause, PartyEntry, Recital, ExecutionBlock, Schedule)
"""Divisions that comments name as the clause they are about."""


def section_id(precedent: str, key: str) -> str:
    """Return the id of a fixed part of an agreement (`parties`, `background`, `agreed`, `execution`) on its page."""
    return f"part-{key}-{precedent}"


class TextColumn:
    """Writes the agreement itself."""

    def __init__(self, document: Document, files: Mapping[str, str], *, notes: bool, plain: bool) -> None:
        self.whole = document
        self.units = Units(document, files, notes=notes, plain=plain)
        self._clause = ""
        self._number = ""
        self._schedule = ""
        self._defined: set[str] = set()
        self._out: list[str] = []

    def lines(self) -> list[str]:
        """Return the lines of the article."""
        out = self._out
        document, heads = self.whole, self.whole.headings
        out.append('<header class="cover">')
        out.append(f"<h1>{escaped(document.title)}</h1>")
        for line in document.subtitle:
            out.append(f'<p class="party">{self.units.inlines(line)}</p>')
        for opening in document.opening:
            out += self.units.block(opening)
        out.append("</header>")
        if document.summary:
            out.append(f'<section class="summary block" id="{section_id(document.precedent, "summary")}">')
            out.append(f"<h2>{escaped(heads.summary)}</h2>")
            out.append('<div class="unit"><div class="text">')
            for said in document.summary:
                out += self.units.block(said)
            out.append("</div></div></section>")
        sections: tuple[tuple[str, str, tuple[Division, ...]], ...] = (
            ("parties", heads.parties, document.parties),
            ("background", heads.background, document.background),
            ("agreed", heads.agreed, document.body),
            ("schedules", "", document.schedules),
            ("execution", heads.execution, document.execution),
        )
        for key, heading, tops in sections:
            if not tops:
                continue
            block = "" if key in ("agreed", "schedules") else " block"
            out.append(f'<section class="{key}{block}" id="{section_id(document.precedent, key)}">')
            if heading:
                out.append(f"<h2>{escaped(heading)}</h2>")
            for top in tops:
                self._division(top, 3 if heading else 2)
            out.append("</section>")
        left = self.units.left()
        if left:
            out.append(f'<div class="block left"><div class="unit"><div class="text"><p>{left}</p></div>')
            self._beside()
            out.append("</div></div>")
        return out

    # ---------------------------------------------------------------------------------------- divisions

    def _division(self, division: Division, level: int) -> None:
        if isinstance(division, _TOPS):
            self.units.begin_clause()
            if not self._schedule:
                self._clause, self._number = division.id, ""
        if isinstance(division, Schedule):
            self._schedule = division.number.label if division.number else "Schedule"
        kind = type(division).__name__.lower()
        step = _DEPTH.get(type(division), 0)
        alone = isinstance(division, Clause)  # its notes stand beside it and beside nothing else
        names = f"division {kind}" + (" block" if alone else "") + (f" step-{step}" if step else "")
        self._number = number_in_print(division, self._schedule) or self._number
        self._out.append(
            f'<div class="{names}" id="{self.units.address(division.id)}" data-clause="{escaped(self._clause)}"'
            f' data-paragraph="{escaped(division.id)}" data-number="{escaped(self._number)}">'
        )
        named = bool(division.heading) or isinstance(division, Schedule)
        self._own(division, f"h{min(level, 6)}" if named and isinstance(division, HEADED) else "")
        for child in division.children:
            outer = self._number
            self._division(child, level + (named and isinstance(division, HEADED)))
            self._number = outer
        if isinstance(division, Schedule):
            self._schedule = ""
        self._out.append("</div>")

    def _own(self, division: Division, tag: str) -> None:
        """Write the units of a division itself: its heading or first paragraph, then what follows."""
        units, blocks = self.units, division.blocks
        units.begin(division.id)
        own = division.number.own if division.number else ""
        label = f'<span class="num">{escaped(own)}</span> ' if own else ""
        if tag:
            self._unit([f"<{tag}>{label}{units.inlines(division.heading)}", f"</{tag}>"], "headed")
        elif division.heading:
            self._unit([f"<p>{label}<strong>{units.inlines(division.heading)}</strong>", "</p>"])
        elif blocks and isinstance(blocks[0], Para):
            self._unit([f"<p>{label}{units.inlines(blocks[0].inlines)}", "</p>"])
            blocks = blocks[1:]
        elif label:
            self._unit([f"<p>{label}", "</p>"])
        elif not blocks:
            self._unit(["<p>", "</p>"], only_notes=True)
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        last: list[str]
        if isinstance(block, DefinitionEntry):
            extra = f' data-term="{escaped(block.id)}"'
            if block.id not in self._defined:  # the first is where its uses lead to
                self._defined.add(block.id)
                extra = f' id="{definition_id(block.id)}"{extra}'
            *first, last_line = self.units.block(block)
            last = [*first, last_line.removesuffix("</p>")]
            self._unit(["\n".join(last), "</p>"], "defined", extra)
            return
        written = list(self.units.block(block))
        kind = {Table: "tabled", List: "listed", SignatureLines: "signed"}.get(type(block), "more")
        if isinstance(block, Para):
            self._unit([written[0].removesuffix("</p>"), "</p>"], kind)
            return
        # a table or a list has no place for the mark of a note on the whole division, so that stands above it
        mark = self.units.marks()
        self._unit([(f"<p>{mark}</p>\n" if mark else "") + "\n".join(written), ""], kind)

    def _unit(self, parts: Iterable[str], kind: str = "", extra: str = "", *, only_notes: bool = False) -> None:
        """Write a unit: its words with the marks of notes on the division, and the notes beside it."""
        start, end = parts
        mark = self.units.marks() if end else ""
        if only_notes and not mark:
            return
        names = f"unit {kind}".rstrip()
        self._out.append(f'<div class="{names}"{extra}><div class="text">{start}{mark}{end}</div>')
        self._beside()
        self._out.append("</div>")

    def _beside(self) -> None:
        notes = self.units.notes()
        if notes:
            self._out.append('<div class="beside">')
            self._out += notes
            self._out.append("</div>")


def number_in_print(division: Division, schedule: str) -> str:
    """Return the number of a division as people name it; in a schedule that counts by itself, with the schedule's."""
    label = division.number.label if division.number else ""
    return f"{schedule}, {label}" if schedule and label and not isinstance(division, Schedule) else label


def heading_of(division: Division) -> str:
    """Return the number and the heading of a division in plain words, or "" where it has no heading."""
    if not (division.heading or isinstance(division, Schedule)):
        return ""
    own = division.number.own if division.number else ""
    return " ".join(filter(None, (own, plain_text(division.heading))))


def is_group(division: Division) -> bool:
    """Whether a division only groups others under a heading."""
    return isinstance(division, Part | SchedulePart)
