"""Reads the blocks of one item or note: paragraphs, bullets, tables, and the place for definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.reader.attributes import Attributes, parse_attributes
from agreementkit.reader.cursor import Line, Passage
from agreementkit.reader.inlines import read_inlines
from agreementkit.reader.template import BlockTemplate, RowTemplate, TableTemplate, TemplateInline
from agreementkit.tree.nodes import DefinitionsHere, List, Para

DEFINITIONS = "[[definitions]]"
_BULLET = re.compile(r"- +")
_RULE = re.compile(r"\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)*\|?\s*\Z")
_TABLE_KEYS = frozenset({"caption", "widths"})
_ROW_KEYS = frozenset({"when", "each"})


def read_blocks(file: str, lines: Sequence[Line], found: list[Diagnostic]) -> Iterator[BlockTemplate]:
    """Yield the blocks that stand in `lines`, which begin at the item's own margin."""
    for group in _groups(lines):
        first = group[0].text
        if first.strip() == DEFINITIONS:
            yield DefinitionsHere(Passage(file, [group[0]]).place(group[0].indent))
        elif _BULLET.match(first):
            yield _bullets(file, group, found)
        elif first.lstrip().startswith("|"):
            yield from _table(file, group, found)
        else:
            yield Para(read_inlines(Passage(file, _stripped(group)), found))  # type: ignore[arg-type]


def _stripped(lines: Sequence[Line]) -> list[Line]:
    return [line.cut(line.indent) for line in lines]


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield runs of lines: split at blank lines, and where bullets or a table begin."""
    group: list[Line] = []
    kind = ""
    for line in lines:
        if line.blank:
            if group:
                yield group
            group, kind = [], ""
            continue
        text = line.text
        now = "bullet" if _BULLET.match(text) else "table" if text.lstrip().startswith("|") else ""
        if text.strip() == DEFINITIONS and not kind:
            now = "definitions"
        if kind == "table" and text.lstrip().startswith("{"):
            now = "table"
        if kind == "bullet" and not now and line.indent >= 2:
            now = "bullet"
        if group and now != kind:
            yield group
            group = []
        group.append(line)
        kind = now
    if group:
        yield group


def _bullets(file: str, lines: list[Line], found: list[Diagnostic]) -> List:
    items: list[list[Line]] = []
    for line in lines:
        match = _BULLET.match(line.text)
        if match:
            items.append([line.cut(match.end())])
        else:
            items[-1].append(line.cut(line.indent))
    return List(tuple(read_inlines(Passage(file, item), found) for item in items))  # type: ignore[misc]


def _cells(line: Line) -> list[Line]:
    """Return the cells of a table row, each as a line of its own with its place."""
    text = line.text
    start = len(text) - len(text.lstrip()) + 1
    cells: list[Line] = []
    at = begin = start
    depth = 0
    while at < len(text):
        char = text[at]
        if char == "\\":
            at += 2
            continue
        depth += (char == "{") - (char == "}")
        if char == "|" and depth <= 0:
            cells.append(_trim(line, begin, at))
            begin = at + 1
        at += 1
    if text[begin:].strip():
        cells.append(_trim(line, begin, len(text)))
    return cells


def _trim(line: Line, begin: int, end: int) -> Line:
    piece = line.text[begin:end]
    lead = len(piece) - len(piece.lstrip())
    return Line(line.number, line.start + begin + lead, piece.strip(), line.full)


def _table(file: str, lines: list[Line], found: list[Diagnostic]) -> Iterator[TableTemplate]:
    place = Passage(file, [lines[0]]).place(lines[0].indent)
    attributes = Attributes()
    if lines[-1].text.lstrip().startswith("{"):
        last = lines[-1].cut(lines[-1].indent)
        parsed = parse_attributes(last.text, 0, Passage(file, [last]).place, _TABLE_KEYS, found)
        if parsed:
            attributes = parsed[0]
        lines = lines[:-1]
    if len(lines) < 2 or not _RULE.match(lines[1].text.strip()):
        found.append(
            Diagnostic(
                "AK217",
                "a table needs a header row and a line of dashes under it",
                place=place,
                hints=("write `| Name | Date |` and below it `| --- | --- |`",),
            )
        )
        return
    header = _cells(lines[0])
    rows: list[RowTemplate] = []
    for line in lines[2:]:
        cells = _cells(line)
        row_attributes = Attributes()
        if cells and cells[0].text.startswith("{") and not cells[0].text.startswith("{{"):
            parsed = parse_attributes(cells[0].text, 0, Passage(file, [cells[0]]).place, _ROW_KEYS, found)
            if parsed:
                row_attributes = parsed[0]
                rest = cells[0].cut(parsed[1])
                cells[0] = rest.cut(rest.indent)
        if len(cells) != len(header):
            found.append(
                Diagnostic(
                    "AK217",
                    f"this row has {len(cells)} cells where the header has {len(header)}",
                    place=Passage(file, [line]).place(line.indent, max(1, len(line.text.strip()))),
                    hints=("write one cell for each column; an empty cell is `| |`",),
                )
            )
            continue
        rows.append(
            RowTemplate(
                tuple(_inlines(file, cell, found) for cell in cells),
                row_attributes.condition(),
                row_attributes.repetition(found),
            )
        )
    widths = _widths(attributes, len(header), place, found)
    caption = attributes.values.get("caption", "")
    if not caption:
        found.append(
            Diagnostic(
                "AK217",
                "a table needs a caption that says what it shows",
                place=place,
                hints=('add a line `{caption="…"}` directly below it',),
            )
        )
    yield TableTemplate(tuple(_inlines(file, cell, found) for cell in header), tuple(rows), caption, widths, place)


def _inlines(file: str, cell: Line, found: list[Diagnostic]) -> tuple[TemplateInline, ...]:
    return read_inlines(Passage(file, [cell]), found)


def _widths(attributes: Attributes, columns: int, place: Place, found: list[Diagnostic]) -> tuple[int, ...]:
    text = attributes.values.get("widths")
    if text is None:
        return ()
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != columns or not all(part.isdigit() and 0 < int(part) <= 100 for part in parts):
        found.append(
            Diagnostic(
                "AK217",
                f"`widths` must be {columns} whole numbers",
                place=place,
                hints=(f'for example widths="{",".join(["1"] * columns)}"',),
            )
        )
        return ()
    return tuple(int(part) for part in parts)
