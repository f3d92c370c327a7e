"""Reads the structure of a body: numbered items by indentation, headings of schedules, blocks of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from agreementkit.diagnostics import Diagnostic
from agreementkit.reader.attributes import Attributes, parse_attributes
from agreementkit.reader.blocks import read_blocks
from agreementkit.reader.cursor import Line, Passage
from agreementkit.reader.inlines import read_inlines
from agreementkit.reader.template import BlockTemplate, ItemTemplate, Level, TemplateInline

MAX_DEPTH = 3  # sub-clause, paragraph, sub-paragraph
_ITEM = re.compile(r"( *)(\d{1,3})\.( +|\Z)")
_HEADING = re.compile(r"(#{1,6})\s+(.*)\Z")
_ITEM_KEYS = frozenset({"when", "each"})


def _goes_on(lines: Sequence[Line], indent: int) -> bool:
    """Whether a line indented so far goes on with a bullet that `lines` end with."""
    return indent == 2 and bool(lines) and lines[-1].text.startswith(("- ", "  "))


@dataclass(slots=True)
class _Open:
    """An item whose lines are still being collected."""

    level: Level
    start: Line
    heading: Line | None = None
    lines: list[Line] = field(default_factory=list)
    children: list[_Open] = field(default_factory=list)


def read_items(
    file: str, lines: Sequence[Line], found: list[Diagnostic]
) -> tuple[tuple[BlockTemplate, ...], tuple[ItemTemplate, ...]]:
    """Read the lines of one section.

    Returns:
        The blocks before the first item, and the items.
    """
    reader = _ItemReader(file, found)
    for line in lines:
        reader.take(line)
    return tuple(read_blocks(file, reader.lead, found)), tuple(reader.close(item) for item in reader.roots)


class _ItemReader:
    """Takes lines one by one and builds the outline."""

    def __init__(self, file: str, found: list[Diagnostic]) -> None:
        self.file = file
        self.found = found
        self.lead: list[Line] = []
        self.roots: list[_Open] = []
        self.part: _Open | None = None
        self.headed: _Open | None = None
        self.stack: list[_Open] = []

    def fault(self, line: Line, message: str, *hints: str) -> None:
        place = Passage(self.file, [line]).place(line.indent, max(1, len(line.text.strip())))
        self.found.append(Diagnostic("AK210", message, place=place, hints=hints))

    def take(self, line: Line) -> None:
        """Take the next line."""
        if heading := _HEADING.match(line.text):
            self._heading(line, heading)
        elif item := _ITEM.match(line.text):
            self._item(line, item)
        elif line.blank:
            (self.stack[-1].lines if self.stack else self.lead).append(line)
        else:
            self._text(line)

    def _heading(self, line: Line, match: re.Match[str]) -> None:
        level = {1: Level.PART, 3: Level.HEADED}.get(len(match[1]))
        if level is None:
            self.fault(
                line,
                f"a heading with {len(match[1])} hashes has no meaning here",
                "`# ` opens a part of a schedule, `### ` a headed paragraph of one, `## ` a variant",
            )
            return
        opened = _Open(level, line, heading=line.cut(match.start(2)))
        self.stack = []
        if level is Level.PART:
            self.part, self.headed = opened, None
            self.roots.append(opened)
        else:
            self.headed = opened
            (self.part.children if self.part else self.roots).append(opened)
        self.stack = [opened]

    def _item(self, line: Line, match: re.Match[str]) -> None:
        indent = len(match[1])
        base = [x for x in (self.headed or self.part,) if x]
        numbered = [x for x in self.stack if x.level is Level.ITEM]
        depth = indent // 4
        if indent % 4 or depth > len(numbered) or depth >= MAX_DEPTH:
            allowed = ", ".join(str(4 * d) for d in range(min(len(numbered) + 1, MAX_DEPTH)))
            self.fault(
                line,
                f"an item indented by {indent} spaces fits no level here",
                f"indent items by four spaces a level; here by {allowed}",
            )
            return
        opened = _Open(Level.ITEM, line, lines=[line.cut(match.end())])
        parents = numbered[:depth]
        owner = parents[-1] if parents else (base[-1] if base else None)
        (owner.children if owner else self.roots).append(opened)
        self.stack = [*base, *parents, opened]

    def _text(self, line: Line) -> None:
        if not self.stack:
            if line.indent and not _goes_on(self.lead, line.indent):
                self.fault(line, "text before the first item is indented", "begin it at the left margin")
            self.lead.append(line)
            return
        owner = self.stack[-1]
        wanted = 4 * sum(1 for x in self.stack if x.level is Level.ITEM)
        if owner.children:
            self.fault(
                line,
                "text after the items below it has no place of its own",
                "make it an item of its own, or put it before those items",
            )
        elif line.indent != wanted and not _goes_on(owner.lines, line.indent - wanted):
            self.fault(
                line,
                f"text is indented by {line.indent} spaces where its item needs {wanted}",
                f"indent it by {wanted} spaces, or number it `1.  ` if it is an item",
            )
        owner.lines.append(line.cut(min(line.indent, wanted)))

    def close(self, opened: _Open) -> ItemTemplate:
        """Return the finished item with everything below it."""
        attributes, heading = Attributes(), ()
        lines = opened.lines
        head: tuple[TemplateInline, ...] = heading
        if opened.heading is not None:
            attributes, kept = self._attributes([opened.heading])
            head = read_inlines(Passage(self.file, kept), self.found)
        else:
            end = next((i for i, line in enumerate(lines) if line.blank), len(lines))
            attributes, kept = self._attributes(lines[:end])
            lines = [*kept, *lines[end:]]
        return ItemTemplate(
            level=opened.level,
            id=attributes.id,
            heading=head,
            blocks=tuple(read_blocks(self.file, lines, self.found)),
            children=tuple(self.close(child) for child in opened.children),
            when=attributes.condition(),
            each=attributes.repetition(self.found),
            place=Passage(self.file, [opened.start]).place(opened.start.indent),
        )

    def _attributes(self, lines: list[Line]) -> tuple[Attributes, list[Line]]:
        """Take the attribute group from the end of a paragraph, if one stands there."""
        if not lines or not lines[-1].text.rstrip().endswith("}"):
            return Attributes(), lines
        last = lines[-1]
        text = last.text.rstrip()
        for at in (m.start() for m in re.finditer(r"(?:^|(?<=\s))\{(?=#|[a-z]+=)", text)):
            faults: list[Diagnostic] = []
            parsed = parse_attributes(text, at, Passage(self.file, [last]).place, _ITEM_KEYS, faults)
            if parsed and parsed[1] == len(text):
                self.found.extend(faults)
                return parsed[0], [*lines[:-1], Line(last.number, last.start, text[:at], last.full)]
        return Attributes(), lines
