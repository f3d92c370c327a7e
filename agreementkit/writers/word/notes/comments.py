"""Notes and threads as Word comments: the five parts that make a comment one can reply to and resolve.

Word keys threads and the resolved mark by the paragraph id of a comment's last paragraph; the ids come from
the document's one allocator. Where a comment stands is the body's business; this module writes what it says.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from agreementkit.writers.outline import author_of
from agreementkit.writers.threads import Thread
from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.markup import DECLARATION, MC, W14, W15, W16CEX, W16CID, R, W, escape, run
from agreementkit.writers.word.notes.spoken import BULLET_ROOM, NoteParagraph, Placed
from agreementkit.writers.word.package.archive import Relationship
from agreementkit.writers.word.package.properties import TIME
from agreementkit.writers.word.styles.roles import Role, Styles

_ROOT = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:w14="{W14}" xmlns:w15="{W15}" mc:Ignorable="w14 w15"'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "http://schemas.microsoft.com/office/"

PARTS = {
    "word/comments.xml": (_MAIN + "comments+xml", R + "/comments"),
    "word/commentsExtended.xml": (
        _MAIN + "commentsExtended+xml",
        _OFFICE + "2011/relationships/commentsExtended",
    ),
    "word/commentsIds.xml": (_MAIN + "commentsIds+xml", _OFFICE + "2016/09/relationships/commentsIds"),
    "word/commentsExtensible.xml": (
        _MAIN + "commentsExtensible+xml",
        _OFFICE + "2018/08/relationships/commentsExtensible",
    ),
    "word/people.xml": (_MAIN + "people+xml", _OFFICE + "2011/relationships/people"),
}
"""Name, content type and relationship type of each part."""


@dataclass(frozen=True, slots=True)
class Hung:
    """A thread with the ids that its marks in the body use: that of the comment, then one for each answer."""

    ids: tuple[int, ...]
    thread: Thread

    @property
    def starts(self) -> str:
        """The marks where its words begin; an answer has a range of its own over the same words."""
        return "".join(map(_start, self.ids))

    def ends(self, styles: Styles) -> str:
        """Return the marks where its words end."""
        return "".join(_end(one, styles) for one in self.ids)


class _Said(NamedTuple):
    """A comment on its way into the parts: who, when, the runs of its paragraphs, its thread."""

    id: int
    author: str
    initials: str
    when: str
    paragraphs: Sequence[NoteParagraph]
    answers: bool = False
    done: bool = False


def range_start(comment: Placed) -> str:
    """Return the mark where a comment's words begin."""
    return _start(comment.id)


def range_end(comment: Placed, styles: Styles) -> str:
    """Return the mark where a comment's words end, with the reference that Word hangs the balloon on."""
    return _end(comment.id, styles)


def _start(id_: int) -> str:
    return f'<w:commentRangeStart w:id="{id_}"/>'


def _end(id_: int, styles: Styles) -> str:
    return (
        f'<w:commentRangeEnd w:id="{id_}"/>'
        f'<w:r><w:rPr><w:rStyle w:val="{styles[Role.COMMENT_REFERENCE]}"/></w:rPr>'
        f'<w:commentReference w:id="{id_}"/></w:r>'
    )


def comment_parts(
    comments: Iterable[Placed],
    date: str,
    styles: Styles,
    allocator: Allocator,
    threads: Iterable[Hung] = (),
) -> dict[str, bytes]:
    """Return the five comment parts by name; no part at all when there are no comments.

    Args:
        comments: Notes that are shown as comments.
        date: Date of the document, which is that of its notes.
        styles: Styles of the house file.
        allocator: Ids of the document.
        threads: Comments of reviewers with the answers to them.
    """
    notes, extended, ids, extensible = [], [], [], []
    people: dict[str, None] = {}
    root = ""
    style = f'<w:pPr><w:pStyle w:val="{styles[Role.COMMENT_TEXT]}"/>'
    mark = f'<w:r><w:rPr><w:rStyle w:val="{styles[Role.COMMENT_REFERENCE]}"/></w:rPr><w:annotationRef/></w:r>'
    for said in (*_notes(comments, date + TIME), *_remarks(threads)):
        people.setdefault(said.author)
        paragraph_id = ""
        body = []
        for order, one in enumerate(said.paragraphs):
            paragraph_id = allocator.paragraph_id()
            body.append(_paragraph(paragraph_id, one, style, "" if order else mark))
        root = root if said.answers else paragraph_id
        durable = allocator.durable_id()
        when = f' w:date="{said.when}"' if said.when else ""
        notes.append(
            f'<w:comment w:id="{said.id}" w:author="{escape(said.author)}"{when}'
            f' w:initials="{escape(said.initials)}">{"".join(body)}</w:comment>'
        )
        parent = f' w15:paraIdParent="{root}"' if said.answers else ""
        extended.append(f'<w15:commentEx w15:paraId="{paragraph_id}"{parent} w15:done="{int(said.done)}"/>')
        ids.append(f'<w16cid:commentId w16cid:paraId="{paragraph_id}" w16cid:durableId="{durable}"/>')
        dated = f' w16cex:dateUtc="{said.when}"' if said.when else ""
        extensible.append(f'<w16cex:commentExtensible w16cex:durableId="{durable}"{dated}/>')
    if not notes:
        return {}
    persons = "".join(
        f'<w15:person w15:author="{escape(name)}">'
        f'<w15:presenceInfo w15:providerId="None" w15:userId="{escape(name)}"/></w15:person>'
        for name in people
    )
    texts = {
        "word/comments.xml": f"<w:comments {_ROOT}>{''.join(notes)}</w:comments>",
        "word/commentsExtended.xml": f"<w15:commentsEx {_ROOT}>{''.join(extended)}</w15:commentsEx>",
        "word/commentsIds.xml": f'<w16cid:commentsIds xmlns:mc="{MC}" xmlns:w16cid="{W16CID}"'
        ' mc:Ignorable="w16cid">'
        f"{''.join(ids)}</w16cid:commentsIds>",
        "word/commentsExtensible.xml": f'<w16cex:commentsExtensible xmlns:mc="{MC}" xmlns:w16cex="{W16CEX}"'
        f' mc:Ignorable="w16cex">{"".join(extensible)}</w16cex:commentsExtensible>',
        "word/people.xml": f"<w15:people {_ROOT}>{persons}</w15:people>",
    }
    return {name: (DECLARATION + text).encode() for name, text in texts.items()}


def _notes(comments: Iterable[Placed], when: str) -> Iterator[_Said]:
    for comment in comments:
        author = author_of(comment.note)
        initials = comment.note.initials or _initials(author)
        yield _Said(comment.id, author, initials, when, comment.paragraphs)


def _remarks(threads: Iterable[Hung]) -> Iterator[_Said]:
    for hung in threads:
        thread = hung.thread
        for id_, remark, answers in zip(
            hung.ids, (thread.remark, *thread.replies), (False, *(True for _ in thread.replies)), strict=True
        ):
            lines = [line for line in remark.text.split("\n") if line.strip()] or ["(no words)"]
            initials = remark.initials or _initials(remark.author)
            paragraphs = tuple(NoteParagraph(run(line)) for line in lines)
            # The resolved mark of a thread stands on the comment and on each answer, as Word itself writes it.
            yield _Said(id_, remark.author, initials, remark.stamp, paragraphs, answers, thread.done)


def comment_relationships(main: str, taken: Iterable[str]) -> list[Relationship]:
    """Return the relationships of the comment parts from the part `main`, under ids that are not taken."""
    used = set(taken)
    out = []
    number = 0
    for name, (_, kind) in PARTS.items():
        while f"rId{(number := number + 1)}" in used:
            pass
        out.append(Relationship(f"rId{number}", kind, posixpath.relpath(name, posixpath.dirname(main))))
    return out


def _initials(author: str) -> str:
    return "".join(word[0] for word in author.split())[:4].upper()


def _paragraph(paragraph_id: str, one: NoteParagraph, style: str, mark: str) -> str:
    start = f'<w:p w14:paraId="{paragraph_id}" w14:textId="77777777">{style}'
    if one.bullet:  # a typed point, not a list: the panes that show comments know little of lists
        hang = f'<w:ind w:left="{BULLET_ROOM}" w:hanging="{BULLET_ROOM}"/>'
        return f"{start}{hang}</w:pPr>{mark}{run('• ')}{one.runs}</w:p>"
    return f"{start}</w:pPr>{mark}{one.runs}</w:p>"
