"""Makes the clause file: front matter with what should be looked at, items, tables, and comments as notes."""

from __future__ import annotations

import json
import re
import textwrap
from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from agreementkit.assemble.compile import check_source
from agreementkit.authoring.importing.advice import advice
from agreementkit.authoring.importing.nesting import Block, Item, Nested, nested
from agreementkit.authoring.importing.paragraphs import HIDDEN, TRACKED, Grid, Paragraph, Run
from agreementkit.authoring.importing.sections import Section, find_section
from agreementkit.authoring.importing.wordfile import WordFile, open_word
from agreementkit.authoring.importing.words import Written, escape, plain, write_words
from agreementkit.bank import Bank
from agreementkit.bank.clause import read_clause
from agreementkit.bank.opening import ID_PATTERN, open_file
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import OutputError, SourceError
from agreementkit.saving import save_all
from agreementkit.source import SourceText
from agreementkit.tree.walk import BLANK

_WIDTH = 110
_SMALL = frozenset({"a", "an", "and", "any", "at", "be", "by", "for", "in", "is", "of", "on", "or", "the", "to"})
_NOT_IN_CAPTIONS = re.compile(r'[{}"|]')


@dataclass(frozen=True, slots=True)
class Imported:
    """A clause file made from a Word file, not written yet.

    Attributes:
        id: Id of the clause.
        text: The whole file.
        remarks: What should be looked at, a sentence each; the file has them as comments.
    """

    id: str
    text: str
    remarks: tuple[str, ...]

    def write(self, pack: str | Path, bank: Bank) -> Path:
        """Write it into a pack: whole, or not at all, and never over a file that is there.

        Args:
            pack: Folder of the pack.
            bank: The bank with that pack over it; the id of the clause must be new to it.

        Returns:
            The file.

        Raises:
            OutputError: AK291 when the folder is no pack, the id is taken, or the file is there; AK723 when it cannot
                be written.
        """
        folder = Path(pack)
        path = folder / ("clauses" if (folder / "clauses").is_dir() else "body") / f"{self.id}.md"
        if not (folder / "pack.yaml").is_file():
            hint = f"begin one with `agreementkit pack new {folder}`"
            raise OutputError(_cannot(f"{folder} is no folder of a pack: it has no pack.yaml", str(folder), hint))
        if self.id in bank or self.id in bank.withdrawn:
            where = bank[self.id].file if self.id in bank else "a pack that withdraws it"
            raise OutputError(_cannot(f"there is a clause {self.id!r} already, in {where}", "", "choose another id"))
        if path.exists():
            raise OutputError(_cannot(f"{path} is there already", str(path), "choose another id, or move it away"))
        (saved,) = save_all(path.parent, [(path.name, self.text.encode())])
        return saved


def _cannot(message: str, file: str, *hints: str) -> Diagnostic:
    return Diagnostic("AK291", message, place=Place(file) if file else None, hints=hints)


def import_clause(file: WordFile | str | Path, id: str, start: str, bank: Bank, *, title: str = "") -> Imported:  # noqa: A002
    """Make a clause file of a clause of a Word file.

    Args:
        file: The Word file.
        id: Id of the clause that is made.
        start: What is meant: the number of the clause, the words of its heading, or words of a paragraph.
        bank: The bank whose defined terms are suggested.
        title: Heading of the clause; the words of its heading in Word when empty.

    Raises:
        SourceError: The file cannot be read (AK100, AK289), what is meant is not found (AK290), or nothing stands below
            it (AK292).
        OutputError: The id cannot be one (AK291).
    """
    if not re.match(ID_PATTERN, id) or len(id) > 60:
        hint = "use lower-case letters, digits and hyphens, beginning with a letter"
        raise OutputError(_cannot(f"{id!r} cannot be the id of a clause", "", hint))
    file = file if isinstance(file, WordFile) else open_word(file)
    section = find_section(file, start)
    return _Maker(file, section, id, title, bank).made()


@dataclass(slots=True)
class _Maker:
    """Makes one clause file."""

    file: WordFile
    section: Section
    id: str
    title: str
    bank: Bank
    remarks: dict[str, None] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    across: frozenset[str] = frozenset()
    _told: set[str] = field(default_factory=set)
    _ids: set[str] = field(default_factory=set)
    _texts: list[str] = field(default_factory=list)

    def made(self) -> Imported:
        body = nested(self.section.lines)
        if not body.lead and not body.items:
            hint = "name the heading of a clause that has text below it; `--list` prints the headings"
            raise SourceError(
                Diagnostic("AK292", "nothing stands below that heading", place=Place(self.file.name), hints=(hint,))
            )
        self._name_comments()
        self._lost()
        self.remarks |= body.remarks
        self._body(body)
        text = "\n".join([*self._front(), "", *self.lines, *self.notes]).rstrip("\n") + "\n"
        self._check(text)
        return Imported(self.id, text, tuple(self.remarks))

    # ----------------------------------------------------------------------------------------- before the text

    def _name_comments(self) -> None:
        """Give each comment of the section a key, and note those that are on several paragraphs."""
        where: dict[str, set[int]] = {}
        heading = self.section.heading
        for at, runs in enumerate(_all_runs(self.section)):
            for run in runs:
                for one in run.comments:
                    where.setdefault(one, set()).add(at)
        used = [one for one in where if self.file.comments.get(one)]
        self.keys = {one: f"comment-{number}" for number, one in enumerate(used, 1)}
        self.across = frozenset(one for one, places in where.items() if len(places) > 1)
        if heading:  # a note without a place of its own stands on the heading
            for one in dict.fromkeys(key for run in heading.runs for key in run.comments):
                self._note(one, "")
        if self.keys:
            count = len(self.keys)
            words = "1 comment became a note" if count == 1 else f"{count} comments became notes"
            self.remarks[f"{words} in the voice of the drafter, without the name of its author."] = None

    def _lost(self) -> None:
        lost: Tally[str] = Tally()
        for line in (*([self.section.heading] if self.section.heading else []), *self.section.lines):
            lost.update(line.lost)
        changes = lost.pop(TRACKED, 0)
        if changes:
            self.remarks[f"{_count(changes, TRACKED)} {'was' if changes == 1 else 'were'} taken as accepted."] = None
        for kind, count in lost.items():
            if count:
                words = "Hidden text" if kind == HIDDEN else _count(count, kind).capitalize()
                self.remarks[f"{words} {'was' if count == 1 or kind == HIDDEN else 'were'} left out."] = None

    def _front(self) -> Iterator[str]:
        heading = self.section.heading
        words = plain(heading.runs) if heading else ""
        title = self.title or _as_title(words) or self.id.replace("-", " ").capitalize()
        source = f"{heading.label} {words}".strip() if heading else ""
        said = ", ".join(filter(None, (self.file.name, source)))
        yield from ("---", f"id: {self.id}", 'version: "0.1"', f"title: {_quoted(escape(title[:180]))}")
        yield f"sources: [{_quoted(said[:300])}]"
        for remark in (*self.remarks, *advice(self._texts, self.bank)):
            self.remarks.setdefault(remark)
            wrapped = textwrap.wrap(remark, _WIDTH, subsequent_indent="  ", break_long_words=False)
            yield from (f"# {line}" for line in wrapped)
        yield "---"

    # ------------------------------------------------------------------------------------------------ the text

    def _body(self, body: Nested) -> None:
        for block in body.lead:
            self._block(block, 0, None)
        for number, item in enumerate(body.items, 1):
            self._item(item, number, 0)
        self._gap()

    def _item(self, item: Item, number: int, depth: int) -> None:
        indent = 4 * depth
        first, *rest = item.blocks
        words = self._words(first.content, item) if isinstance(first.content, list) else Written("")
        for block in item.blocks:  # before the line is written: a note may ask for an id
            self._unmarked(block, item)
        attribute = f" {{#{item.id}}}" if item.id else ""
        self.lines.append(f"{' ' * indent}{f'{number}.':<4}{words.text}{attribute}".rstrip())
        for block in rest if isinstance(first.content, list) else item.blocks:
            self._block(block, indent + 4, item)
        if len(item.blocks) > 1:
            self._gap()
        for child_number, child in enumerate(item.children, 1):
            self._item(child, child_number, depth + 1)

    def _block(self, block: Block, indent: int, item: Item | None) -> None:
        pad = " " * indent
        if isinstance(block.content, Grid):
            rows = list(self._rows(block.content, item))
            self._gap()
            self.lines += [f"{pad}{row}" for row in rows]
        elif block.bullet:
            if not (self.lines and self.lines[-1].startswith(f"{pad}- ")):
                self._gap()
            self.lines.append(f"{pad}- {self._words(block.content, item).text}")
        else:
            self._gap()
            self.lines.append(f"{pad}{self._words(block.content, item).text}")
        if item is None:
            self.lines.append("")

    def _gap(self) -> None:
        if self.lines and self.lines[-1].strip():
            self.lines.append("")

    def _rows(self, grid: Grid, item: Item | None) -> Iterator[str]:
        width = max((len(row) for row in grid.rows), default=0)
        if not width:
            return
        for number, row in enumerate(grid.rows):
            cells = [self._cell(cell, item) for cell in row] + [""] * (width - len(row))
            yield "| " + " | ".join(cells) + " |"
            if not number:
                yield "|" + " --- |" * width
        caption = grid.caption or "Table of " + (plain(_joined(grid.rows[0][0])) or "entries").lower()
        caption = _NOT_IN_CAPTIONS.sub("", plain([Run(caption)]))[:150]
        yield f'{{caption="{caption}"}}'

    def _cell(self, cell: Sequence[Paragraph], item: Item | None) -> str:
        return self._words(_joined(cell), item, cell=True).text

    def _words(self, runs: list[Run], item: Item | None, *, cell: bool = False) -> Written:
        written = write_words(runs, self.keys, self.across, cell=cell)
        said = plain(runs)
        self._texts.append(said)
        if written.plain:
            self.remarks[f"The bold and italic words of “{' '.join(said.split()[:6])} …” could not all be kept."] = None
        if BLANK in said or re.search(r"\[[^\]]*\]|_{3,}|\.{4,}|…{2,}", said):
            self.remarks[f"“{' '.join(said.split()[:6])} …” has a gap to fill in: it may want a value."] = None
        for one in written.marked:
            self._note(one, "")
        if item is None:
            for one in written.unmarked:
                self._note(one, "")
        return written

    # --------------------------------------------------------------------------------------------------- notes

    def _unmarked(self, block: Block, item: Item) -> None:
        """Write the notes that stand on an item as a whole, and give it an id for them."""
        runs = block.content if isinstance(block.content, list) else list(chain(*_cells(block.content)))
        for one in write_words(runs, self.keys, self.across).unmarked:
            if one not in self._told:
                item.id = item.id or self._new_id(runs)
                self._note(one, f" on=#{item.id}")

    def _note(self, comment: str, on: str) -> None:
        if comment in self._told or comment not in self.keys:
            return
        self._told.add(comment)
        first, *rest = self.file.comments[comment]
        key = self.keys[comment]
        self.notes.append(f"[^{key}]: {{voice=drafter{on}}} {write_words([Run(first)], {}, frozenset()).text}")
        for text in rest:
            self.notes += ["", f"    {write_words([Run(text)], {}, frozenset()).text}"]
        self.notes.append("")

    def _new_id(self, runs: Sequence[Run]) -> str:
        words = [word for word in re.findall(r"[a-z]+", plain(runs).lower()) if word not in _SMALL][:3]
        name = "-".join(words)[:40].strip("-") or "item"
        number, id_ = 1, name
        while id_ in self._ids:
            number += 1
            id_ = f"{name}-{number}"
        self._ids.add(id_)
        return id_

    def _check(self, text: str) -> None:
        """See that a bank takes the file; what it does not take is said now and not when the pack is read."""
        found: list[Diagnostic] = []
        opened = open_file(SourceText.of(text, f"{self.id}.md"), found)
        source = read_clause(opened, "import", found) if opened else None
        if source:
            found += check_source(source)
        if found:
            raise SourceError(*found)


def _all_runs(section: Section) -> Iterator[list[Run]]:
    """Yield the words of each paragraph, those in tables included, the heading first."""
    if section.heading:
        yield section.heading.runs
    for line in section.lines:
        if isinstance(line.piece, Grid):
            yield from _cells(line.piece)
        else:
            yield line.runs


def _cells(grid: Grid) -> Iterator[list[Run]]:
    return (_joined(cell) for row in grid.rows for cell in row)


def _joined(cell: Sequence[Paragraph]) -> list[Run]:
    return [run for paragraph in cell for run in (*paragraph.runs, Run(" "))]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _as_title(text: str) -> str:
    """Return a heading as it is written here: not all in capitals, without a full stop."""
    text = text.rstrip(".: ")
    return text.capitalize() if text.isupper() and " " in text else text


def _count(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
