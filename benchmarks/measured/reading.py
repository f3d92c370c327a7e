"""Reading a file that came back: all of it, against inflating and parsing its parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
from lxml import etree

import agreementkit.returned
from benchmarks.marked import Marked, mark_up
from benchmarks.measure import here, in_turn
from benchmarks.pair import Finished
from benchmarks.rows import Row
from benchmarks.scale import Scale
from benchmarks.synthetic import Plan, configuration, write_bank

GROUP = "Reading a returned file"


def floor(content: bytes) -> None:
    """Inflate every part of a package and parse those that are XML; read nothing."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if name.endswith((".xml", ".rels")):
                etree.fromstring(part)


def python_docx(content: bytes) -> int:
    """Read words and comments by the objects of python-docx, which does not see insertions; return the letters."""
    document = docx.Document(io.BytesIO(content))
    said = sum(len(one.text) for one in document.paragraphs)
    said += sum(len(cell.text) for table in document.tables for row in table.rows for cell in row.cells)
    return said + sum(len(one.text) for one in document.comments)


def reader(file: Path) -> tuple[str, Callable[[], object]]:
    """Return what agreementkit reads of a returned file, in words, and what reads it."""
    load = getattr(agreementkit.returned, "Returned", None)
    if load is None:
        content = file.read_bytes()
        return "comments and their places", lambda: agreementkit.returned.read_comments(content)

    def read() -> object:
        back = load.load(file)
        return back.edits, back.comments, back.unplaced

    return "edits, comments and their places", read


def made(scale: Scale, work: Path) -> tuple[Path, Marked]:
    """Write the file that came back, and return where it is and what is in it."""
    bank = write_bank(work / "returned", Plan(scale.returned, scale.returned)).load()
    marked = mark_up(Finished.of(configuration(), bank).word[0])
    file = work / "returned.docx"
    file.write_bytes(marked.content)
    return file, marked


def rows(scale: Scale, work: Path) -> Iterator[Row]:
    """Measure reading.

    Args:
        scale: How much.
        work: A folder for files.
    """
    file, marked = made(scale, work)
    what, read = reader(file)
    contenders = {
        "floor": here(lambda: floor(marked.content)),
        "ours": here(read),
        "python-docx": here(lambda: python_docx(marked.content)),
    }
    times = in_turn(contenders, scale.rounds, scale.budget / 2)
    held = f"{marked.changes} changes, {marked.comments} comments, {marked.replies} of them replies"
    shown = f"{times.behind('ours', 'floor')}; {held}"
    yield Row(GROUP, f"{what} / inflating and parsing", times.ratio("ours", "floor"), "×", shown, "8")
    ratio = times.ratio("python-docx", "floor")
    name = "python-docx: words without insertions, comments without places / inflating and parsing"
    yield Row(GROUP, name, ratio, "×", times.behind("python-docx", "floor"))
