"""Random edits of a Word file, made in its XML as Word makes them, each with what a reader of the file has to find.

`python -m agreementkit.testing.edits AGREEMENT.docx AGREEMENT.json --count 1000` makes that many files, reads each of
them, and counts the words that were put in or struck out and are in no edit, or in one at another clause. It knows
nothing of how files are read: it only writes them.
"""

from __future__ import annotations

import argparse
import copy
import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from agreementkit.agreement import Agreement
from agreementkit.returned import Edit, Returned
from agreementkit.tree.nodes import Document
from agreementkit.tree.walk import divisions
from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.markup import w

MAIN = "word/document.xml"
AUTHORS = ("B. Officer", "H. R. Lead", "Third Reader")
WHEN = "2026-11-27T10:00:00Z"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


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
        self._free = [one for one in self._where if _plain_runs(one)]

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
            inside = _above(one, "tc") is not None
            if (table is not None and inside != table) or (whole and (inside or not _simple(one))):
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
        runs = _plain_runs(paragraph)
        run = self._random.choice(runs)
        text = run.find(w("t")).text
        words = text.split(" ")
        first = self._random.randrange(len(words))
        last = min(len(words), first + self._random.randint(1, 4))
        middle = " ".join(words[first:last])
        if not middle.strip():
            return None
        head, tail = " ".join(words[:first]), " ".join(words[last:])
        before, after = (f"{head} " if first else ""), (f" {tail}" if last < len(words) else "")
        at = run.getparent().index(run)
        parts = [_with(run, before), _with(run, middle), _with(run, after)]
        run.getparent()[at : at + 1] = [one for one in parts if one is not None]
        assert parts[1] is not None  # noqa: S101 - told to the type checker
        return parts[1], middle

    # --------------------------------------------------------------------------------------------- the kinds

    def _insert(self, *, tracked: bool) -> None:
        paragraph = self._take()
        cut = self._cut(paragraph) if paragraph is not None else None
        if paragraph is None or cut is None:
            return
        run, _ = cut
        word = self._word()
        new = _with(run, f" {word} ")
        run.addnext(_inside(self._mark("ins"), new) if tracked else new)
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
            new = _with(run, word)
            run.addnext(_inside(self._mark("ins", author), new) if tracked else new)
        if tracked:
            run.addprevious(gone := self._mark("del", author))
            gone.append(_deleted(run))
        else:
            run.getparent().remove(run)
        name = "replace" if replace else "delete"
        self._note(f"{name}, {'tracked' if tracked else 'untracked'}", paragraph, word, words)

    def _nested(self) -> None:
        paragraph = self._take()
        cut = self._cut(paragraph) if paragraph is not None else None
        if paragraph is None or cut is None:
            return
        run, _ = cut
        first, second = self._word(), self._word()
        ins = _inside(self._mark("ins", AUTHORS[0]), _with(run, f"{first} "))
        gone = self._mark("del", AUTHORS[1])
        gone.append(_deleted(_with(run, f"{second} ")))
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
        run = _run(f"A new paragraph {word} of the other side.")
        new.append(_inside(self._mark("ins"), run) if tracked else run)
        paragraph.addnext(new)
        if tracked:
            _mark_end(paragraph, self._mark("ins"))
        self._note("paragraph, tracked" if tracked else "paragraph, untracked", paragraph, word)

    def _without(self, *, tracked: bool) -> None:
        paragraph = self._take(whole=True)
        if paragraph is None:
            return
        self._note(f"whole paragraph out, {'tracked' if tracked else 'untracked'}", paragraph, "", _words(paragraph))
        if not tracked:
            paragraph.getparent().remove(paragraph)
            return
        _strike(paragraph, lambda: self._mark("del", AUTHORS[0]))
        _mark_end(paragraph, self._mark("del", AUTHORS[0]))

    def _split(self, *, tracked: bool) -> None:
        paragraph = self._take(whole=True)
        runs = _plain_runs(paragraph) if paragraph is not None else []
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
            _mark_end(paragraph, self._mark("ins"))
        name = f"split, {'tracked' if tracked else 'untracked'}"
        if len(_words(new).split()) > 2 and len(_words(paragraph).split()) > 2:
            self._note(name, paragraph, "", "", "split", "inserted", "deleted", "replaced")

    def _merge(self) -> None:
        paragraph = self._take(whole=True)
        after = paragraph.getnext() if paragraph is not None else None
        if paragraph is None or after is None or after.tag != w("p") or after not in self._free:
            return
        self._free.remove(after)
        _mark_end(paragraph, self._mark("del"))
        self._note("merge, tracked", paragraph, "", "", "merged")

    def _move(self, *, tracked: bool) -> None:
        paragraph, other = self._take(whole=True), self._take(table=False)
        if paragraph is None or other is None or len(_words(paragraph)) < 20:
            return
        words = _words(paragraph)
        if not tracked:
            self.made.append(Made("move, untracked", self._where[paragraph], (), (), ("moved", "deleted")))
            other.addnext(paragraph)
            return
        name = f"move{self._count}"
        author = self._random.choice(AUTHORS)
        copied = copy.deepcopy(paragraph)
        for one in [*copied.iter(w("bookmarkStart"), w("bookmarkEnd"), w("commentRangeStart"), w("commentRangeEnd"))]:
            one.getparent().remove(one)
        for one in [*copied.iter(w("commentReference"))]:
            above = one.getparent()
            above.getparent().remove(above)
        for moved, kind in ((paragraph, "moveFrom"), (copied, "moveTo")):
            for run in _all_runs(moved):
                run.addprevious(box := self._mark(kind, author))
                box.append(run)
            _mark_end(moved, self._mark(kind, author))
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
        run = self._random.choice(_plain_runs(paragraph))
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
        word, words = self._word(), run.find(w("t")).text or ""
        new = _with(run, word)
        if tracked:
            author = self._random.choice(AUTHORS)
            run.addnext(_inside(self._mark("ins", author), new))
            run.addprevious(gone := self._mark("del", author))
            gone.append(_deleted(run))
        else:
            content[:] = [new]
        self._note(f"value, {'tracked' if tracked else 'untracked'}", paragraph, word, words, "value")

    def _row(self, *, out: bool) -> None:
        paragraph = self._take(table=True)
        row = _above(paragraph, "tr") if paragraph is not None else None
        if paragraph is None or row is None:
            return
        for one in row.iter(w("p")):
            if one in self._free:
                self._free.remove(one)
        if out:
            words = " ".join(_words(one) for one in row.iter(w("p")))
            for one in row.iter(w("p")):
                _strike(one, lambda: self._mark("del", AUTHORS[2]))
            _row_mark(row, self._mark("del", AUTHORS[2]))
            self._note("row of a table out, tracked", paragraph, "", words)
            return
        new = copy.deepcopy(row)
        said = []
        for one in new.iter(w("p")):
            for child in [it for it in one if it.tag != w("pPr")]:
                one.remove(child)
            said.append(self._word())
            one.append(_inside(self._mark("ins", AUTHORS[2]), _run(said[-1])))
        _row_mark(new, self._mark("ins", AUTHORS[2]))
        row.addnext(new)
        self._note("row of a table in, tracked", paragraph, " ".join(said))

    def _bookmark(self) -> None:
        paragraph = self._take()
        if paragraph is None:
            return
        for one in [*paragraph.iter(w("bookmarkStart"), w("bookmarkEnd"))]:
            one.getparent().remove(one)
        cut = self._cut(paragraph)
        if cut is not None:
            word = self._word()
            cut[0].addnext(_inside(self._mark("ins"), _with(cut[0], f" {word} ")))
            self._note("insert where the bookmark was lost", paragraph, word)

    def _noise(self) -> None:
        """Do what editors do by themselves: other numbers in references, runs cut in two, traces of sessions."""
        for run in [*self._root.iter(w("r"))]:
            text = run.find(w("t"))
            if self._random.random() < 0.05 and text is not None and len(text.text or "") > 3 and len(run) == 1:
                at = self._random.randrange(1, len(text.text) - 1)
                run.addnext(_run(text.text[at:]))
                text.text = text.text[:at]
                text.set(_SPACE, "preserve")
            run.set(w("rsidR"), "00AB12CD")
        field_ = False
        for one in self._root.iter(w("fldChar"), w("t")):
            if one.tag == w("fldChar"):
                field_ = one.get(w("fldCharType")) == "separate"
            elif field_ and (one.text or "").isdigit() and self._random.random() < 0.5:
                one.text = str(int(one.text) + 1)


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


def lost(made: Made, edits: Iterable[Edit]) -> str:
    """Return what of an edit that was made is not among the edits that were found, or ""."""
    clause = made.division.split("/")[0]
    here = [one for one in edits if clause in (one.place.clause, one.place.id.split("/")[0])]
    came = " ".join(f"{one.after} {one.new if one.kind in ('moved', 'split', 'merged') else ''}" for one in here)
    went = " ".join(f"{one.before} {one.old if one.kind == 'moved' else ''}" for one in here)
    missing = [word for word in made.inserted if word not in came]
    missing += [word for word in made.deleted if word not in went]
    if missing:
        return f"{made.what} in {made.division}: {' '.join(missing)}"
    if made.kinds and not any(one.kind in made.kinds for one in here):
        return f"{made.what} in {made.division}: no {' or '.join(made.kinds)}"
    return ""


# --------------------------------------------------------------------------------------------------- pieces


def _run(text: str) -> etree._Element:
    run = etree.Element(w("r"))
    one = etree.SubElement(run, w("t"))
    one.text = text
    one.set(_SPACE, "preserve")
    return run


def _with(run: etree._Element, text: str) -> etree._Element | None:
    if not text:
        return None
    new = copy.deepcopy(run)
    one = new.find(w("t"))
    one.text = text
    one.set(_SPACE, "preserve")
    return new


def _inside(box: etree._Element, run: etree._Element | None) -> etree._Element:
    if run is not None:
        box.append(run)
    return box


def _deleted(run: etree._Element | None) -> etree._Element:
    assert run is not None  # noqa: S101 - told to the type checker
    for one in [*run.iter(w("t"))]:
        one.tag = w("delText")
    for one in [*run.iter(w("instrText"))]:
        one.tag = w("delInstrText")
    return run


def _strike(paragraph: etree._Element, mark: Callable[[], etree._Element]) -> None:
    for run in _all_runs(paragraph):
        run.addprevious(gone := mark())
        gone.append(_deleted(run))


def _mark_end(paragraph: etree._Element, mark: etree._Element) -> None:
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    look = properties.find(w("rPr"))
    if look is None:
        look = etree.SubElement(properties, w("rPr"))
    look.insert(0, mark)


def _row_mark(row: etree._Element, mark: etree._Element) -> None:
    properties = row.find(w("trPr"))
    if properties is None:
        properties = etree.Element(w("trPr"))
        row.insert(0, properties)
    properties.append(mark)


def _above(element: etree._Element, name: str) -> etree._Element | None:
    return next(element.iterancestors(w(name)), None)


def _plain_runs(paragraph: etree._Element) -> list[etree._Element]:
    """Return the runs of a paragraph that are words and nothing else, outside controls and fields."""
    out, depth = [], 0
    for run in paragraph.iterchildren(w("r")):
        for char in run.iterchildren(w("fldChar")):
            depth += {"begin": 1, "end": -1}.get(char.get(w("fldCharType"), ""), 0)
        texts = run.findall(w("t"))
        others = [one for one in run if one.tag not in (w("t"), w("rPr"))]
        if not depth and len(texts) == 1 and not others and len((texts[0].text or "").split()) > 0:
            out.append(run)
    return out


def _simple(paragraph: etree._Element) -> bool:
    return len(_words(paragraph).split()) > 3


def _all_runs(paragraph: etree._Element) -> list[etree._Element]:
    return [one for one in paragraph.iter(w("r")) if one.find(w("commentReference")) is None]


def _words(paragraph: etree._Element) -> str:
    """Return the words of a paragraph without the numbers that fields print."""
    out, result = [], False
    for one in paragraph.iter(w("fldChar"), w("t"), w("tab"), w("br")):
        if one.tag == w("fldChar"):
            result = one.get(w("fldCharType")) != "end"
        elif one.tag == w("t"):
            out.append(" " if result else one.text or "")
        else:
            out.append(" ")
    return "".join(out)


def main(arguments: list[str] | None = None) -> int:
    """Make and read many files; print how many edits of each kind were made and found. Return 1 if any was lost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("word", type=Path, help="an agreement that was built as .docx")
    parser.add_argument("json", type=Path, help="the same agreement as .json")
    parser.add_argument("--count", type=int, default=1000, help="how many files to make")
    parser.add_argument("--seed", type=int, default=0, help="seed of the first")
    told = parser.parse_args(arguments)
    agreement = Agreement.load(told.json)
    content = told.word.read_bytes()
    made: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    start = time.perf_counter()
    for seed in range(told.seed, told.seed + told.count):
        script = Script(content, agreement.document, seed)
        back = Returned.read(script.run(), agreement)
        for one in script.made:
            made[one.what] += 1
            if said := lost(one, back.edits):
                missed[one.what] += 1
                sys.stderr.write(f"seed {seed}: {said}\n")
    rows = [f"| {what} | {count} | {count - missed[what]} |" for what, count in sorted(made.items())]
    total = f"| all | {made.total()} | {made.total() - missed.total()} |"
    table = "\n".join(["| Edit | made | found at its clause |", "| --- | --- | --- |", *rows, total])
    sys.stdout.write(f"{table}\n\n{told.count} files in {time.perf_counter() - start:.0f} s\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
