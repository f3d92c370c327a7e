"""Two written bodies as one with tracked changes: accepting all of them gives the new one, rejecting all the old one.

A paragraph that is there in both stands once, with its words compared; any other goes or comes with its end. A table
stays while it has as many columns: its rows go and come, its cells are compared; else one table goes and another comes.
What cannot be compared is never guessed at: it goes, and comes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from agreementkit.comparing.redlining.items import LINK_END, Grid, Item, Row, Segment, Text
from agreementkit.comparing.redlining.order import Step, steps
from agreementkit.comparing.units import align
from agreementkit.comparing.words import Token, likeness, stretches
from agreementkit.writers.word.revisions.atoms import Atom, joined
from agreementkit.writers.word.revisions.tracked import Change, Tracked, inside
from agreementkit.writers.word.text.sheet import Paragraph as Sheet

_BOOKMARK = re.compile(r'<w:bookmarkStart w:id="(\d+)" w:name="([^"]+)"/>')
_KEEP = "<w:keepNext/>"
"""Whether a paragraph stays on the page of the next: where lines break, and no change that anybody wants to read."""
_AS_ONE = 0.5
"""How alike two things are that are one whatever they say; see `align`."""

Marked = tuple[Change | None, list[Atom]]
"""Atoms, and what was done to them."""


@dataclass(slots=True)
class Merger:
    """Merges written bodies.

    Attributes:
        tracked: Writes the marks of changes.
        together: The bookmarks of the new version that stand where a bookmark of the old one does, by the name of that.
        open_end: Whether what was merged last ends with a paragraph that goes or comes.
    """

    tracked: Tracked
    together: dict[str, set[str]] = field(default_factory=dict)
    open_end: bool = False

    def merged(
        self, old: Sequence[Segment], new: Sequence[Segment], mates: Mapping[str, str], *, moves: bool = True
    ) -> str:
        """Return both versions as one.

        Args:
            old: The old version.
            new: The new version.
            mates: The id that each segment of the old version has in the new one, where it is there.
            moves: Whether what has moved is shown so; else it goes in one place and comes in another.
        """
        out: list[str] = []
        found = steps(old, new, mates, moves=moves)
        for (name, leaves), group in groupby(found, key=lambda step: (step.move, step.old is not None)):
            written = [one for step in group for one in self._step(step)]
            ends = self.tracked.range("moveFrom" if leaves else "moveTo", name) if name else ("", "")
            out += [ends[0], *written, ends[1]]
        return "".join(out)

    def _step(self, step: Step) -> Iterator[str]:
        """Yield a segment in its place."""
        leaves = step.old is not None
        old, new = (step.old, step.new or step.other) if leaves else (step.other, step.new)
        for one, other in _paired(old.items if old else (), new.items if new else ()):
            kept = one is not None and other is not None
            if step.move and (one if leaves else other) is None:
                continue  # it is read in the other place
            self.open_end = step.move != "" or not kept
            if one is not None and other is not None and not step.move:
                yield self._kept(one, other)
            elif isinstance(one, Text) and isinstance(other, Text):
                yield self._moved(one, other, leaves=leaves)
            elif one is not None and (leaves or other is None):
                yield self._alone(one, "del")
            elif other is not None:
                yield self._alone(other, "ins")

    # --------------------------------------------------------------------------------------- paragraphs

    def _kept(self, old: Item, new: Item) -> str:
        if isinstance(old, Text) and isinstance(new, Text):
            return self._text(old, new)
        if isinstance(old, Grid) and isinstance(new, Grid):
            return self._grid(old, new)
        raise TypeError("a paragraph and a table are no pair")  # `_paired` makes none

    def _alone(self, item: Item, change: Change) -> str:
        if isinstance(item, Grid):
            rows = "".join(self._row(row, change) for row in item.rows)
            return f"{item.opening}{rows}</w:tbl>"
        return self._whole(item, change)

    def _whole(self, text: Text, change: Change) -> str:
        """Return a paragraph that goes or comes as a whole."""
        return self._paragraph(text.sheet, text.link, [(change, text.atoms)], change)

    def _moved(self, old: Text, new: Text, *, leaves: bool) -> str:
        """Return a paragraph that has moved, in one of its places.

        Words that it lost are struck out in the old place, words that it gained are put in in the new one.
        """
        change: Change = "moveFrom" if leaves else "moveTo"
        gone: Change = "ins" if leaves else "del"
        found = [(kind or change, atoms) for kind, atoms in compared(old.atoms, new.atoms) if kind != gone]
        one = old if leaves else new
        return self._paragraph(one.sheet, one.link, found, change)

    def _text(self, old: Text, new: Text) -> str:
        """Return a paragraph that is there in both versions."""
        sheet = new.sheet
        before, names = (dict(_bookmarks(one.sheet.opening)) for one in (old, new))
        for name in before:
            self.together.setdefault(name, set()).update(names)
        properties = old.sheet.properties()
        alike = properties.replace(_KEEP, "") == sheet.properties().replace(_KEEP, "")
        was = "" if alike else self.tracked.was("pPr", properties)
        found: list[Marked] = [(None, new.atoms)]
        if old.sheet.runs != sheet.runs:
            found = list(compared(old.atoms, new.atoms))
        only = {number: name for name, number in before.items() if name not in names}
        starts = [f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>' for number, name in only.items()]
        ends = [f'<w:bookmarkEnd w:id="{number}"/>' for number in only]
        return self._paragraph(sheet, new.link, found, None, was, starts, ends)

    def _paragraph(
        self,
        sheet: Sheet,
        link: str,
        found: Iterable[Marked],
        change: Change | None,
        was: str = "",
        starts: Sequence[str] = (),
        ends: Sequence[str] = (),
    ) -> str:
        whole = change is not None
        runs = "".join(self.tracked.runs(kind, joined(atoms), whole=whole) for kind, atoms in _parted(found))
        opening, closing = (
            "".join(self.tracked.runs(change if one.startswith("<w:r>") else None, one, whole=whole) for one in ones)
            for ones in ((*starts, *sheet.opening), (*sheet.closing, *ends))
        )
        words = f"{opening}{link}{runs}{LINK_END if link else ''}{closing}"
        return f"<w:p><w:pPr>{sheet.properties()}{self.tracked.end(change)}{was}</w:pPr>{words}</w:p>"

    # ------------------------------------------------------------------------------------------- tables

    def _grid(self, old: Grid, new: Grid) -> str:
        out = [self._opening(old.opening, new.opening)]
        for one, other in align(old.rows, new.rows, lambda row: row.key, _rows_alike):
            if one is not None and other is not None:
                out.append(self._both(one, other))
            elif one is not None:
                out.append(self._row(one, "del"))
            elif other is not None:
                out.append(self._row(other, "ins"))
        return "".join([*out, "</w:tbl>"])

    def _opening(self, old: str, new: str) -> str:
        """Return the opening of a table, with what its properties and widths were."""
        if old == new:
            return new
        properties, grid = (_within(old, tag) for tag in ("tblPr", "tblGrid"))
        if properties != _within(new, "tblPr"):
            new = inside(new, "tblPr", [self.tracked.was("tblPr", properties)])
        if grid != _within(new, "tblGrid"):
            number = self.tracked.allocator.next("revision")
            change = f'<w:tblGridChange w:id="{number}"><w:tblGrid>{grid}</w:tblGrid></w:tblGridChange>'
            new = inside(new, "tblGrid", [change])
        return new

    def _both(self, old: Row, new: Row) -> str:
        """Return a row that is there in both versions."""
        out = [self._was(old.opening, new.opening, "trPr")]
        for one, other in zip(old.cells, new.cells, strict=True):
            out.append(self._was(one.opening, other.opening, "tcPr"))
            out += [self._text(text, mate) for text, mate in zip(one.texts, other.texts, strict=True)]
            out.append("</w:tc>")
        return "".join([*out, "</w:tr>"])

    def _was(self, old: str, new: str, kind: str) -> str:
        if old == new:
            return new
        return inside(new, kind, [self.tracked.was(kind, _within(old, kind))])

    def _row(self, row: Row, change: Change) -> str:
        """Return a row that goes or comes."""
        cells = "".join(
            f"{cell.opening}{''.join(self._whole(text, change) for text in cell.texts)}</w:tc>" for cell in row.cells
        )
        return f"{inside(row.opening, 'trPr', [self.tracked.row(change)])}{cells}</w:tr>"


# ------------------------------------------------------------------------------------------------ comparing


def _paired(old: Sequence[Item], new: Sequence[Item]) -> list[tuple[Item | None, Item | None]]:
    """Return the paragraphs and tables of two versions of a division, each with its other version if it has one."""
    return align(old, new, lambda item: item.key, _alike)


def _alike(old: Item, new: Item) -> float:
    if old.shape != new.shape:
        return 0.0
    if isinstance(old, Text) and isinstance(new, Text):
        if (old.first and new.first) or old.sheet.key:
            return 1.0  # what has the number of a division, or says what a term means, is that whatever it says
        return likeness(old.tokens, new.tokens)
    return max(_AS_ONE, likeness(old.tokens, new.tokens))


def _rows_alike(old: Row, new: Row) -> float:
    if old.head != new.head:
        return 0.0
    return 1.0 if old.head else likeness(old.tokens, new.tokens)


def compared(old: Sequence[Atom], new: Sequence[Atom]) -> Iterator[Marked]:
    """Yield two versions of a paragraph as stretches, with what was done to each; comments are those of the new one."""
    before = [atom for atom in old if atom.kind != "mark"]
    after: list[Atom] = []
    marks: dict[int, list[Atom]] = {}  # by the place in `after` before which they stand
    for atom in new:
        if atom.kind == "mark":
            marks.setdefault(len(after), []).append(atom)
        else:
            after.append(atom)
    at = 0

    def come(kind: Change | None, found: Sequence[Atom]) -> Iterator[Marked]:
        """Yield atoms of the new version, and the marks among them."""
        nonlocal at
        for atom in found:
            yield None, marks.pop(at, [])
            yield kind, [atom]
            at += 1

    done_old = done_new = 0
    one, other = _tokens(before), _tokens(after)
    for same, left, right in stretches(one, other) if one != other else [(True, one, other)]:
        gone, came = before[done_old : done_old + len(left)], after[done_new : done_new + len(right)]
        done_old, done_new = done_old + len(left), done_new + len(right)
        if not same:
            yield "del", gone
            yield from come("ins", came)
            continue
        for was, now in zip(gone, came, strict=True):
            if was == now:
                yield from come(None, [now])
            else:
                yield from _spaced(was, now, marks.pop(at, []))
                at += 1
    yield None, marks.pop(at, [])


def _tokens(found: Iterable[Atom]) -> list[Token]:
    return [Token(atom.key, atom.text) for atom in found]


def _spaced(old: Atom, new: Atom, marks: list[Atom]) -> Iterator[Marked]:
    """Yield a word that is the same but for the space behind it."""
    word = new.text.rstrip()
    yield None, [*marks, Atom("words", word, new.look)]
    yield "del", [Atom("words", old.text[len(word) :], old.look)]
    yield "ins", [Atom("words", new.text[len(word) :], new.look)]


def _parted(found: Iterable[Marked]) -> Iterator[Marked]:
    """Yield stretches of one kind as one; ends of comments are never inserted or deleted."""
    parts = ((None if atom.kind == "mark" else kind, atom) for kind, atoms in found for atom in atoms)
    for kind, group in groupby(parts, key=lambda part: part[0]):
        yield kind, [atom for _, atom in group]


def _bookmarks(opening: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the name and the number of each bookmark that starts with a paragraph."""
    for piece in opening:
        for number, name in _BOOKMARK.findall(piece):
            yield name, number


def _within(element: str, tag: str) -> str:
    """Return what stands inside the first `tag` of an opening."""
    return element.partition(f"<w:{tag}>")[2].partition(f"</w:{tag}>")[0]
