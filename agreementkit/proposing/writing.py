"""Writes templates as the Markdown of clause files, so that reading what was written gives the same template.

A paragraph is one line: where a line breaks says nothing, and a break before a number or a dash would say something.
Where words stand that are markup by chance, they are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from agreementkit.reader.inlines import smarten
from agreementkit.reader.template import (
    BlockTemplate,
    Condition,
    ItemTemplate,
    Level,
    Repetition,
    SectionTemplate,
    SpanTemplate,
    TableTemplate,
    TemplateInline,
)
from agreementkit.tree.nodes import CrossReference, DefinitionsHere, Emphasis, Field, List, Para, Strong, TermUse, Text

_MARKUP = re.compile(r"[\\`*{}\[\]|]|(?<![A-Za-z0-9])@(?=[a-z/])|<(?=[A-Za-z/!])")
_OPENING = re.compile(r"(?:[-+#]|\d{1,3}(?=\.))")
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\u2028\u2029\ufeff\ufffe\uffff]")
_HEADS = {Level.PART: "#", Level.HEADED: "###"}


def readable(text: str) -> str:
    """Return words as a clause file can hold them: no control characters, one space, typographic quotes."""
    return smarten(re.sub(" {2,}", " ", _UNREADABLE.sub(" ", text)).strip(" "))


def escaped(text: str) -> str:
    """Return plain words so that no mark of a clause file is read in them."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", text)


def inline_text(inlines: Iterable[TemplateInline]) -> str:
    """Return a run of inlines as it is written in a clause file."""
    return "".join(_inline(inline) for inline in inlines)


def _inline(inline: TemplateInline) -> str:
    match inline:
        case Text(text):
            return escaped(text)
        case Emphasis(inlines):
            return _between("*", inline_text(inlines))
        case Strong(inlines):
            return _between("**", inline_text(inlines))
        case Field(expression):
            return "{{ " + expression + " }}"
        case TermUse(key, shown, by_number):
            return "{" + key + ("(s)" if by_number else "") + (f"|{shown}" if shown else "") + "}"
        case CrossReference(target):
            return f"@{target}"
        case SpanTemplate(inlines, when, notes):
            marks = "".join(f"[^{key}]" for key in notes)
            return f"[{inline_text(inlines)}]{_attributes('', when, None)}{marks}"
    raise TypeError(f"{type(inline).__name__} does not stand in a template")


def _between(mark: str, words: str) -> str:
    """Return emphasised words; a space at either end stands outside, for inside it would end the emphasis."""
    core = words.strip(" ")
    if not core:
        return words
    lead = len(words) - len(words.lstrip(" "))
    return f"{words[:lead]}{mark}{core}{mark}{words[lead + len(core) :]}"


def _attributes(id_: str, when: Condition | None, each: Repetition | None) -> str:
    parts = [f"#{id_}"] if id_ else []
    parts += [f'when="{when.expression}"'] if when else []
    parts += [f'each="{each.name} in {each.path}"'] if each else []
    return "{" + " ".join(parts) + "}" if parts else ""


def section_lines(section: SectionTemplate) -> list[str]:
    """Return the lines of a section: its text, then its items."""
    lines: list[str] = []
    for block in section.blocks:
        lines += [*([""] if lines else []), *block_lines(block)]
    if lines and section.items:
        lines.append("")
    return [*lines, *item_lines(section.items)]


def item_lines(items: Sequence[ItemTemplate], depth: int = 0) -> list[str]:
    """Return the lines of items with everything below them.

    Args:
        items: The items.
        depth: How many numbered items they stand below.
    """
    lines: list[str] = []
    for number, item in enumerate(items, 1):
        attributes = _attributes(item.id, item.when, item.each)
        if item.level is Level.ITEM:
            own = list(_own_lines(item, attributes))
            lines.append(f"{'    ' * depth}{f'{number}.':<4}{own[0] if own else attributes}".rstrip())
            lines += [f"{'    ' * (depth + 1)}{line}".rstrip() for line in own[1:]]
            below = item_lines(item.children, depth + 1)
            if below and len(own) > 1 and item.children:
                lines.append("")
            lines += below
        else:
            heading = " ".join(one for one in (inline_text(item.heading), attributes) if one)
            lines += [*([""] if lines else []), f"{_HEADS[item.level]} {heading}", ""]
            for block in item.blocks:
                lines += [*block_lines(block), ""]
            lines += item_lines(item.children, depth)
    return lines


def _own_lines(item: ItemTemplate, attributes: str) -> Iterator[str]:
    for number, block in enumerate(item.blocks):
        lines = block_lines(block)
        if not number:
            if attributes and isinstance(block, Para):
                lines[-1] = f"{lines[-1]} {attributes}"
        else:
            yield ""
        yield from lines


def block_lines(block: BlockTemplate) -> list[str]:
    """Return the lines of a block, at the left margin."""
    match block:
        case Para(inlines):
            return [_opened(inline_text(inlines))]
        case List(items):
            return [f"- {inline_text(item)}" for item in items]
        case TableTemplate():
            return list(_table_lines(block))
        case DefinitionsHere():
            return ["[[definitions]]"]
    raise TypeError(f"{type(block).__name__} does not stand in a template")


def _opened(text: str) -> str:
    """Return a paragraph that does not begin like an item, a bullet or a heading."""
    found = _OPENING.match(text)
    if found is None:
        return text
    return f"{found[0]}\\{text[found.end() :]}" if found[0].isdigit() else f"\\{text}"


def _table_lines(table: TableTemplate) -> Iterator[str]:
    yield "| " + " | ".join(inline_text(cell) for cell in table.header) + " |"
    yield "|" + " --- |" * len(table.header)
    for row in table.rows:
        attributes = _attributes("", row.when, row.each)
        cells = [inline_text(cell) for cell in row.cells]
        if attributes:
            cells[0] = f"{attributes} {cells[0]}".rstrip()
        yield "| " + " | ".join(cells) + " |"
    widths = f' widths="{",".join(str(one) for one in table.widths)}"' if table.widths else ""
    yield f'{{caption="{table.caption}"{widths}}}'
