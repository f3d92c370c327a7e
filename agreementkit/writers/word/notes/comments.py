"""Notes as Word comments: the five parts that make a comment one can reply to and resolve.

Word keys threads and the resolved mark by the paragraph id of a comment's last paragraph; the ids come from
the document's one allocator. Where a comment stands is the body's business; this module writes what it says.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from agreementkit.writers.outline import author_of
from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.markup import DECLARATION, MC, W14, W15, W16CEX, W16CID, R, W, escape, run
from agreementkit.writers.word.notes.spoken import BULLET_ROOM, NoteParagraph, Placed, note_paragraphs
from agreementkit.writers.word.package.archive import Relationship
from agreementkit.writers.word.package.properties import TIME
from agreementkit.writers.word.styles.roles import Role, Styles
from agreementkit.writers.word.text.inlines import InlineWriter

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


def range_start(comment: Placed) -> str:
    """Return the mark where a comment's words begin."""
    return f'<w:commentRangeStart w:id="{comment.id}"/>'


def range_end(comment: Placed, styles: Styles) -> str:
    """Return the mark where a comment's words end, with the reference that Word hangs the balloon on."""
    return (
        f'<w:commentRangeEnd w:id="{comment.id}"/>'
        f'<w:r><w:rPr><w:rStyle w:val="{styles[Role.COMMENT_REFERENCE]}"/></w:rPr>'
        f'<w:commentReference w:id="{comment.id}"/></w:r>'
    )


def comment_parts(
    comments: Iterable[Placed], date: str, styles: Styles, allocator: Allocator, writer: InlineWriter
) -> dict[str, bytes]:
    """Return the five comment parts by name; no part at all when there are no comments."""
    notes, extended, ids, extensible = [], [], [], []
    people: dict[str, None] = {}
    when = date + TIME
    for comment in comments:
        note = comment.note
        author = author_of(note)
        people.setdefault(author)
        paragraphs = note_paragraphs(note, writer)
        paragraph_id = ""
        body = []
        for order, one in enumerate(paragraphs):
            paragraph_id = allocator.paragraph_id()
            body.append(_paragraph(paragraph_id, one, styles, first=order == 0))
        durable = allocator.durable_id()
        notes.append(
            f'<w:comment w:id="{comment.id}" w:author="{escape(author)}" w:date="{when}"'
            f' w:initials="{escape(note.initials or _initials(author))}">{"".join(body)}</w:comment>'
        )
        extended.append(f'<w15:commentEx w15:paraId="{paragraph_id}" w15:done="0"/>')
        ids.append(f'<w16cid:commentId w16cid:paraId="{paragraph_id}" w16cid:durableId="{durable}"/>')
        extensible.append(f'<w16cex:commentExtensible w16cex:durableId="{durable}" w16cex:dateUtc="{when}"/>')
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


def _paragraph(paragraph_id: str, one: NoteParagraph, styles: Styles, *, first: bool) -> str:
    mark = (
        f'<w:r><w:rPr><w:rStyle w:val="{styles[Role.COMMENT_REFERENCE]}"/></w:rPr><w:annotationRef/></w:r>'
        if first
        else ""
    )
    # A typed point, not a list: the panes that show comments know little of lists.
    hang = f'<w:ind w:left="{BULLET_ROOM}" w:hanging="{BULLET_ROOM}"/>' if one.bullet else ""
    point = run("• ") if one.bullet else ""
    return (
        f'<w:p w14:paraId="{paragraph_id}" w14:textId="77777777">'
        f'<w:pPr><w:pStyle w:val="{styles[Role.COMMENT_TEXT]}"/>'
        f"{hang}</w:pPr>{mark}{point}{one.runs}</w:p>"
    )
