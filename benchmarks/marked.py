"""A Word file as it comes back from reviewers, made from one of ours: tracked changes, comments and replies.

The marks are those that Word writes: runs split at revision ids, insertions, deletions, comments with paragraph ids,
and replies in a part of their own. A seed decides where they stand.
"""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass, field

from lxml import etree

from agreementkit.writers.word.markup import W14, W15, w
from agreementkit.writers.word.package.intake import parse
from benchmarks.contenders.finished import COMMENTS, MAIN, pack, read_parts

EXTENDED = "word/commentsExtended.xml"
_WHEN = "2026-11-02T10:00:00Z"
_PEOPLE = ("Reviewer One", "Reviewer Two", "Reviewer Three")
_NEW = ("as soon as it can", "in writing", "after both sides have met", "once a year", "with reasons", "at the latest")


@dataclass(slots=True)
class Marked:
    """A file with marks.

    Attributes:
        content: The file.
        changes: Insertions and deletions in it.
        comments: Comments in it, ours and those of reviewers, with replies.
        replies: Replies among them.
    """

    content: bytes = field(repr=False)
    changes: int = 0
    comments: int = 0
    replies: int = 0


def mark_up(content: bytes, seed: int = 1) -> Marked:
    """Return one of our files with comments, as reviewers would send it back.

    Args:
        content: The file, with its notes as comments.
        seed: Decides where the marks stand.
    """
    draw = random.Random(seed)  # noqa: S311 - the marks of a benchmark
    parts = read_parts(content)
    main, comments, extended = (parse(parts[name]) for name in (MAIN, COMMENTS, EXTENDED))
    marked = Marked(b"", comments=len(comments))
    (body,) = main
    for paragraph in [one for one in body if one.tag == w("p")]:
        runs = [one for one in paragraph.findall(w("r")) if len(one.findtext(w("t"), "")) > 40]
        if not runs:
            continue
        if draw.random() < 0.7:
            marked.changes += _change(draw.choice(runs), draw, 100_000 + 4 * marked.changes)
        for run in runs[:4]:
            if run.getparent() is paragraph:
                _split(run, draw)
        if draw.random() < 0.3:
            marked.comments += 1
            thread = _comment(paragraph, comments, extended, draw, "")
            if draw.random() < 0.5:
                marked.comments, marked.replies = marked.comments + 1, marked.replies + 1
                _comment(paragraph, comments, extended, draw, thread)
    changed = {MAIN: main, COMMENTS: comments, EXTENDED: extended}
    made = {name: etree.tostring(root, xml_declaration=True, encoding="UTF-8") for name, root in changed.items()}
    marked.content = pack({**parts, **made})
    return marked


def _change(run: etree._Element, draw: random.Random, id_: int) -> int:
    """Strike out some words of a run, put others after them, or both; return how many changes that makes."""
    words = run.findtext(w("t"), "").split(" ")
    start = draw.randrange(1, len(words) - 2) if len(words) > 4 else 1
    end = min(start + draw.randrange(1, 4), len(words) - 1)
    kind = draw.choice(("replace", "replace", "insert", "delete"))
    head = _like(run, " ".join(words[:start]) + " ")
    gone, rest = " ".join(words[start:end]) + " ", " ".join(words[end:])
    pieces = [head]
    if kind != "insert":
        deleted = _tracked("del", id_, draw)
        struck = _like(run, gone)
        text = struck.find(w("t"))
        assert text is not None  # noqa: S101 - `_like` has just made it
        text.tag = w("delText")
        deleted.append(struck)
        pieces.append(deleted)
    if kind != "delete":
        inserted = _tracked("ins", id_ + 1, draw)
        inserted.append(_like(run, draw.choice(_NEW) + " "))
        pieces.append(inserted)
    pieces.append(_like(run, (gone if kind == "insert" else "") + rest))
    for piece in pieces:
        run.addprevious(piece)
    _remove(run)
    return len(pieces) - 2


def _split(run: etree._Element, draw: random.Random) -> None:
    """Split a run in two, as Word does where somebody once typed."""
    words = run.findtext(w("t"), "").split(" ")
    middle = len(words) // 2
    for text in (" ".join(words[:middle]) + " ", " ".join(words[middle:])):
        piece = _like(run, text)
        piece.set(w("rsidR"), f"00{draw.randrange(16**6):06X}")
        run.addprevious(piece)
    _remove(run)


def _like(run: etree._Element, text: str) -> etree._Element:
    made = etree.Element(w("r"))
    look = run.find(w("rPr"))
    if look is not None:
        made.append(copy.deepcopy(look))
    said = etree.SubElement(made, w("t"))
    said.text = text
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def _remove(run: etree._Element) -> None:
    parent = run.getparent()
    assert parent is not None  # noqa: S101 - runs stand in paragraphs
    parent.remove(run)


def _tracked(kind: str, id_: int, draw: random.Random) -> etree._Element:
    return etree.Element(w(kind), {w("id"): str(id_), w("author"): draw.choice(_PEOPLE), w("date"): _WHEN})


def _comment(
    paragraph: etree._Element, comments: etree._Element, extended: etree._Element, draw: random.Random, answers: str
) -> str:
    """Put a comment on a whole paragraph; return the id by which others answer it."""
    id_, thread = str(len(comments) + 50_000), f"{0x20000000 + len(comments):08X}"
    author = draw.choice(_PEOPLE)
    attributes = {w("id"): id_, w("author"): author, w("initials"): "R", w("date"): _WHEN}
    said = etree.SubElement(comments, w("comment"), attributes)
    line = etree.SubElement(said, w("p"), {f"{{{W14}}}paraId": thread})
    words = f"Could this be done {draw.choice(_NEW)}? We ask because it was discussed {draw.choice(_NEW)}."
    etree.SubElement(etree.SubElement(line, w("r")), w("t")).text = words
    answer = {f"{{{W15}}}paraIdParent": answers} if answers else {}
    etree.SubElement(extended, f"{{{W15}}}commentEx", {f"{{{W15}}}paraId": thread, **answer, f"{{{W15}}}done": "0"})
    first = paragraph.find(w("pPr"))
    start = etree.Element(w("commentRangeStart"), {w("id"): id_})
    if first is not None:
        first.addnext(start)
    else:
        paragraph.insert(0, start)
    etree.SubElement(paragraph, w("commentRangeEnd"), {w("id"): id_})
    etree.SubElement(etree.SubElement(paragraph, w("r")), w("commentReference"), {w("id"): id_})
    return thread
