"""python-docx, as its manual shows it: an empty house file, then paragraph by paragraph, run by run, cell by cell.

Fields and bookmarks, which python-docx does not know, are added as elements, the way its users do. The list of contents
is left out.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from benchmarks.contenders.finished import Comment, Content, Mark, Paragraph, Table, content_of, without_body


def paragraph_by_paragraph(houses: Sequence[bytes], files: Sequence[bytes]) -> Callable[[], list[bytes]]:
    """Return what puts these files together again.

    Args:
        houses: The same files without notes: where the styles come from.
        files: The finished files.
    """
    empty = [without_body(one) for one in houses]
    contents = [content_of(one) for one in files]
    return lambda: [build(house, content) for house, content in zip(empty, contents, strict=True)]


def build(house: bytes, content: Content) -> bytes:
    """Put one document together."""
    document: Any = docx.Document(io.BytesIO(house))
    bookmarks: dict[str, str] = {}
    for block in content.blocks:
        if isinstance(block, Table):
            _table(document, block, content, bookmarks)
        else:
            _fill(document, document.add_paragraph(style=block.style or None), block, content, bookmarks)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table(document: Any, block: Table, content: Content, bookmarks: dict[str, str]) -> None:
    table = document.add_table(len(block.rows), len(block.rows[0]), block.style or None)
    for i, row in enumerate(block.rows):
        for j, paragraphs in enumerate(row):
            cell = table.cell(i, j)
            for number, one in enumerate(paragraphs):
                made = cell.add_paragraph() if number else cell.paragraphs[0]
                made.style = one.style or None
                _fill(document, made, one, content, bookmarks)


def _fill(document: Any, made: Any, block: Paragraph, content: Content, bookmarks: dict[str, str]) -> None:
    if block.keep_next:
        made.paragraph_format.keep_with_next = True
    if block.new_page:
        made.paragraph_format.page_break_before = True
    if block.list_:
        counted = made._p.get_or_add_pPr().get_or_add_numPr()
        counted.get_or_add_numId().val, counted.get_or_add_ilvl().val = map(int, block.list_)
    commented: dict[str, list[Any]] = {}
    for piece in block.pieces:
        if isinstance(piece, Mark) and piece.kind == "bookmark":
            made._p.append(_bookmark(piece, bookmarks))
        elif isinstance(piece, Mark) and piece.begins:
            commented[piece.name] = []
        elif isinstance(piece, Mark):
            runs = commented.pop(piece.name, []) or [made.add_run("")]
            _comment(document, runs, content.comments[piece.name])
        else:
            run = made.add_run(piece.text) if not piece.field else _field(made, piece.field, piece.text)
            if piece.bold:
                run.bold = True
            for runs in commented.values():
                runs.append(run)


def _comment(document: Any, runs: list[Any], comment: Comment) -> None:
    document.add_comment(runs=runs, text=comment.text, author=comment.author, initials=comment.initials)


def _bookmark(mark: Mark, ids: dict[str, str]) -> Any:
    element = OxmlElement("w:bookmarkStart" if mark.begins else "w:bookmarkEnd")
    element.set(qn("w:id"), ids.setdefault(mark.name, str(len(ids) + 1)))
    if mark.begins:
        element.set(qn("w:name"), mark.name)
    return element


def _field(made: Any, target: str, shown: str) -> Any:
    _character(made, "begin")
    instruction = OxmlElement("w:instrText")
    instruction.text = f" REF {target} \\r \\h "
    made.add_run()._r.append(instruction)
    _character(made, "separate")
    run = made.add_run(shown)
    _character(made, "end")
    return run


def _character(made: Any, kind: str) -> None:
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    made.add_run()._r.append(element)
