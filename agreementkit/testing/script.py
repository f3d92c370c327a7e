"""Random edits of a Word file, made in its XML as Word makes them, each with what a reader of the file has to find.

Nothing here knows how files are read. The same seed makes the same edits.
"""

from __future__ import annotations

import copy
import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from agreementkit.testing.markup import (
    above,
    all_runs,
    cut_run,
    deleted,
    inside,
    is_long,
    mark_end,
    mark_row,
    parent_of,
    plain_run,
    plain_runs,
    remove,
    set_text,
    strike,
    text_of,
    with_text,
    words_of,
)
from agreementkit.tree.nodes import Document
from agreementkit.tree.walk import divisions
from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.markup import w

MAIN = "word/document.xml"
AUTHORS = ("B. Officer", "H. R. Lead", "Third Reader")
WHEN = "2026-11-27T10:00:00Z"


@dataclass(frozen=True, slots=True)
class Made:
    """One edit that was made, and what has to be found of it.

    Attributes:
        what: Name of the kind of edit.
        division: Id of the division it was made in.
        inserted: Words that were put in.
        deleted: Words that were struck out.
        kinds: Kinds of edits of which one has to be found there, where words alone do not show it.
    """

    what: str
    division: str
    inserted: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(slots=True)
class Script:
    """Random edits of one Word file.

    Attributes:
        content: The file.
        document: The agreement in it.
        seed: What the edits are drawn from; the same seed makes the same edits.
    """

    content: bytes
    document: Document
    seed: int
    made: list[Made] = field(default_factory=list)
    _random: random.Random = field(init=False)
    _root: etree._Element = field(init=False)
    _ids: dict[str, str] = field(init=False)
    _where: dict[etree._Element, str] = field(init=False)
    _free: list[etree._Element] = field(init=False)
    _open: frozenset[etree._Element] = field(init=False)  # what could be edited at the start
    _count: int = 900_000

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 - a seed that can be given again is what is wanted
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            self._root = etree.fromstring(archive.read(MAIN))  # our own file, just written
        allocator = Allocator()
        self._ids = {allocator.bookmark(one.id): one.id for one in divisions(self.document)}
        self._where, here = {}, ""
        for paragraph in self._root.iter(w("p")):
            for mark in paragraph.iter(w("bookmarkStart")):
                here = self._ids.get(mark.get(w("name"), ""), here)
            if here:
                self._where[paragraph] = here
        said = self.document.headings  # which stand between two provisions, and are of neither
        between = {said.parties, said.background, said.agreed, said.execution}
        self._free = [one for one in self._where if plain_runs(one) and words_of(one) not in between]
        self._open = frozenset(self._free)

    def run(self, edits: int = 8) -> bytes:
        """Make some edits, and return the file with them."""
        names = list(_KINDS)
        for _ in range(edits):
            _KINDS[self._random.choice(names)](self)
        self._noise()
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, etree.tostring(self._root) if name == MAIN else old.read(name))
        return out.getvalue()

    # ------------------------------------------------------------------------------------------ small things

    def _take(self, *, whole: bool = False, table: bool | None = None) -> etree._Element | None:
        """Return a paragraph that no edit has touched yet, and keep others off it."""
        fit = []
        for one in self._free:
            inside = above(one, "tc") is not None
            if (table is not None and inside != table) or (whole and (inside or not is_long(one))):
                continue
            fit.append(one)
        if not fit:
            return None
        found = self._random.choice(fit)
        self._free.remove(found)
        return found

    def _word(self) -> str:
        self._count += 1
        return f"zq{self._count}x"

    def _mark(self, tag: str, author: str = "", **more: str) -> etree._Element:
        self._count += 1
        out = etree.Element(w(tag))
        out.set(w("id"), str(self._count))
        out.set(w("author"), author or self._random.choice(AUTHORS))
        out.set(w("date"), WHEN)
        for key, value in more.items():
            out.set(w(key), value)
        return out

    def _note(self, what: str, paragraph: etree._Element, inserted: str = "", deleted: str = "", *kinds: str) -> None:
        self.made.append(Made(what, self._where[paragraph], tuple(inserted.split()), tuple(deleted.split()), kinds))

    def _cut(self, paragraph: etree._Element) -> tuple[etree._Element, str] | None:
        """Cut a run so that some of its words are a run of their own; return that run and the words."""
        run = self._random.choice(plain_runs(paragraph))
        words = text_of(run).split(" ")
        first = self._random.randrange(len(words))
        last = min(len(words), first + self._random.randint(1, 4))
        middle = " ".join(words[first:last])
        if not middle.strip():
            return None
        before = f"{' '.join(words[:first])} " if first else ""
        after = f" {' '.join(words[last:])}" if last < len(words) else ""
        return cut_run(run, before, middle, after), middle

    # --------------------------------------------------------------------------------------------- the kinds

    def _insert(self, *, tracked: bool) -> None:
        paragraph = self._take()
        cut = self._cut(paragraph) if paragraph is not None else None
        if paragraph is None or cut is None:
            return
        run, _ = cut
        word = self._word()
        new = with_text(run, f" {word} ")
        run.addnext(inside(self._mark("ins"), new) if tracked else new)
        self._note("insert, tracked" if tracked else "insert, untracked", paragraph, word)

    def _delete(self, *, tracked: bool, replace: bool = False) -> None:
        paragraph = self._take()
        cut = self._cut(paragraph) if paragraph is not None else None
        if paragraph is None or cut is None:
            return
        run, words = cut
        author = self._random.choice(AUTHORS)
        word = self._word() if replace else ""
        if replace:
            new = with_text(run, word)
            run.addnext(inside(self._mark("ins", author), new) if tracked else new)
        if tracked:
            run.addprevious(gone := self._mark("del", author))
            gone.append(deleted(run))
        else:
            remove(run)
        name = "replace" if replace else "delete"
        self._note(f"{name}, {'tracked' if tracked else 'untracked'}", paragraph, word, words)

    def _nested(self) -> None:
        paragraph = self._take()
        cut = self._cut(paragraph) if paragraph is not None else None
        if paragraph is None or cut is None:
            return
        run, _ = cut
        first, second = self._word(), self._word()
        ins = inside(self._mark("ins", AUTHORS[0]), with_text(run, f"{first} "))
        gone = self._mark("del", AUTHORS[1])
        gone.append(deleted(with_text(run, f"{second} ")))
        ins.append(gone)
        run.addnext(ins)
        self._note("put in by one, struck out by another", paragraph, f"{first} {second}", second)

    def _paragraph(self, *, tracked: bool) -> None:
        paragraph = self._take(table=False)
        if paragraph is None:
            return
        word = self._word()
        new = etree.Element(w("p"))
        if (properties := paragraph.find(w("pPr"))) is not None:
            new.append(copy.deepcopy(properties))
        run = plain_run(f"A new paragraph {word} of the other side.")
        new.append(inside(self._mark("ins"), run) if tracked else run)
        paragraph.addnext(new)
        if tracked:
            mark_end(paragraph, self._mark("ins"))
        self._note("paragraph, tracked" if tracked else "paragraph, untracked", paragraph, word)

    def _without(self, *, tracked: bool) -> None:
        paragraph = self._take(whole=True)
        if paragraph is None:
            return
        self._note(f"whole paragraph out, {'tracked' if tracked else 'untracked'}", paragraph, "", words_of(paragraph))
        if not tracked:
            remove(paragraph)
            return
        strike(paragraph, lambda: self._mark("del", AUTHORS[0]))
        mark_end(paragraph, self._mark("del", AUTHORS[0]))

    def _split(self, *, tracked: bool) -> None:
        paragraph = self._take(whole=True)
        runs = plain_runs(paragraph) if paragraph is not None else []
        if paragraph is None or len(runs) < 3:
            return
        at = runs[self._random.randrange(1, len(runs))]
        new = etree.Element(w("p"))
        if (properties := paragraph.find(w("pPr"))) is not None:
            new.append(copy.deepcopy(properties))
        for one in [at, *at.itersiblings()]:
            new.append(one)
        paragraph.addnext(new)
        if tracked:
            mark_end(paragraph, self._mark("ins"))
        name = f"split, {'tracked' if tracked else 'untracked'}"
        if len(words_of(new).split()) > 2 and len(words_of(paragraph).split()) > 2:
            self._note(name, paragraph, "", "", "split", "inserted", "deleted", "replaced")

    def _merge(self) -> None:
        paragraph = self._take(whole=True)
        after = paragraph.getnext() if paragraph is not None else None
        if paragraph is None or after is None or after.tag != w("p") or after not in self._free:
            return
        self._free.remove(after)
        mark_end(paragraph, self._mark("del"))
        self._note("merge, tracked", paragraph, "", "", "merged")

    def _move(self, *, tracked: bool) -> None:
        paragraph, other = self._take(whole=True), self._take(table=False)
        if paragraph is None or other is None or len(words_of(paragraph)) < 20:
            return
        words = words_of(paragraph)
        if not tracked:
            if other.getnext() is paragraph or paragraph.getnext() is other:
                return  # nothing moves, or one over one, which is as much a move of the other
            self.made.append(Made("move, untracked", self._where[paragraph], (), (), ("moved", "deleted")))
            other.addnext(paragraph)
            return
        name = f"move{self._count}"
        author = self._random.choice(AUTHORS)
        copied = copy.deepcopy(paragraph)
        for one in [*copied.iter(w("bookmarkStart"), w("bookmarkEnd"), w("commentRangeStart"), w("commentRangeEnd"))]:
            remove(one)
        for one in [*copied.iter(w("commentReference"))]:
            remove(parent_of(one))
        for moved, kind in ((paragraph, "moveFrom"), (copied, "moveTo")):
            for run in all_runs(moved):
                run.addprevious(box := self._mark(kind, author))
                box.append(run)
            mark_end(moved, self._mark(kind, author))
            start, end = self._mark(f"{kind}RangeStart", author, name=name), etree.Element(w(f"{kind}RangeEnd"))
            end.set(w("id"), start.get(w("id"), ""))
            moved.insert(1 if moved.find(w("pPr")) is not None else 0, start)
            moved.append(end)
        other.addprevious(copied)
        self.made.append(Made("move, tracked", self._where[paragraph], (), tuple(words.split()), ("moved",)))

    def _format(self) -> None:
        paragraph = self._take()
        if paragraph is None:
            return
        run = self._random.choice(plain_runs(paragraph))
        properties = run.find(w("rPr"))
        if properties is None:
            properties = etree.Element(w("rPr"))
            run.insert(0, properties)
        properties.insert(0, etree.Element(w("i")))
        change = self._mark("rPrChange")
        change.append(etree.Element(w("rPr")))
        properties.append(change)
        self._note("form, tracked", paragraph, "", "", "formatted")

    def _value(self, *, tracked: bool) -> None:
        found = [one for one in self._free for it in one.iter(w("sdtContent")) if it.find(w("r")) is not None]
        if not found:
            return
        paragraph = self._random.choice(found)
        self._free.remove(paragraph)
        content = self._random.choice([*paragraph.iter(w("sdtContent"))])
        run = content.find(w("r"))
        if run is None or run.find(w("t")) is None:
            return
        word, words = self._word(), text_of(run)
        new = with_text(run, word)
        if tracked:
            author = self._random.choice(AUTHORS)
            run.addnext(inside(self._mark("ins", author), new))
            run.addprevious(gone := self._mark("del", author))
            gone.append(deleted(run))
        else:
            content[:] = [new]
        self._note(f"value, {'tracked' if tracked else 'untracked'}", paragraph, word, words, "value")

    def _row(self, *, out: bool) -> None:
        paragraph = self._take(table=True)
        row = above(paragraph, "tr") if paragraph is not None else None
        if paragraph is None or row is None:
            return
        others = [one for one in row.iter(w("p")) if one is not paragraph]
        if any(one in self._open and one not in self._free for one in others):
            return  # somebody has been here already
        self._free = [one for one in self._free if one not in others]
        if out:
            words = " ".join(words_of(one) for one in row.iter(w("p")))
            for one in row.iter(w("p")):
                strike(one, lambda: self._mark("del", AUTHORS[2]))
            mark_row(row, self._mark("del", AUTHORS[2]))
            self._note("row of a table out, tracked", paragraph, "", words)
            return
        new = copy.deepcopy(row)
        said = []
        for one in new.iter(w("p")):
            for child in [it for it in one if it.tag != w("pPr")]:
                one.remove(child)
            said.append(self._word())
            one.append(inside(self._mark("ins", AUTHORS[2]), plain_run(said[-1])))
        mark_row(new, self._mark("ins", AUTHORS[2]))
        row.addnext(new)
        self._note("row of a table in, tracked", paragraph, " ".join(said))

    def _bookmark(self) -> None:
        paragraph = self._take()
        if paragraph is None:
            return
        for one in [*paragraph.iter(w("bookmarkStart"), w("bookmarkEnd"))]:
            remove(one)
        cut = self._cut(paragraph)
        if cut is not None:
            word = self._word()
            cut[0].addnext(inside(self._mark("ins"), with_text(cut[0], f" {word} ")))
            self._note("insert where the bookmark was lost", paragraph, word)

    def _noise(self) -> None:
        """Do what editors do by themselves: other numbers in references, runs cut in two, traces of sessions."""
        for run in [*self._root.iter(w("r"))]:
            text = text_of(run)
            if self._random.random() < 0.05 and len(text) > 3 and len(run) == 1:
                at = self._random.randrange(1, len(text) - 1)
                run.addnext(plain_run(text[at:]))
                set_text(run, text[:at])
            run.set(w("rsidR"), "00AB12CD")
        field_ = False
        for one in self._root.iter(w("fldChar"), w("t")):
            if one.tag == w("fldChar"):
                field_ = one.get(w("fldCharType")) == "separate"
            elif field_ and (one.text or "").isdigit() and self._random.random() < 0.5:
                one.text = str(int(one.text or "0") + 1)


_KINDS: dict[str, Callable[[Script], None]] = {
    "insert": lambda one: one._insert(tracked=True),
    "insert untracked": lambda one: one._insert(tracked=False),
    "delete": lambda one: one._delete(tracked=True),
    "delete untracked": lambda one: one._delete(tracked=False),
    "replace": lambda one: one._delete(tracked=True, replace=True),
    "replace untracked": lambda one: one._delete(tracked=False, replace=True),
    "nested": lambda one: one._nested(),
    "paragraph": lambda one: one._paragraph(tracked=True),
    "paragraph untracked": lambda one: one._paragraph(tracked=False),
    "without": lambda one: one._without(tracked=True),
    "without untracked": lambda one: one._without(tracked=False),
    "split": lambda one: one._split(tracked=True),
    "split untracked": lambda one: one._split(tracked=False),
    "merge": lambda one: one._merge(),
    "move": lambda one: one._move(tracked=True),
    "move untracked": lambda one: one._move(tracked=False),
    "format": lambda one: one._format(),
    "value": lambda one: one._value(tracked=True),
    "value untracked": lambda one: one._value(tracked=False),
    "row in": lambda one: one._row(out=False),
    "row out": lambda one: one._row(out=True),
    "bookmark": lambda one: one._bookmark(),
}
