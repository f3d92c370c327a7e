"""Word files as reviewers return them: comments added by python-docx to what we wrote, and small files by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx

from agreementkit.tree.nodes import Document
from agreementkit.writers import WRITERS, WriteOptions
from agreementkit.writers.word.markup import RELATIONSHIPS, W14, W15, R, W

Comment = tuple[str, str, str]  # beginning of the paragraph, author, text


def returned(document: Document, *comments: Comment, initials: str = "XX") -> bytes:
    """Return the Word file of an agreement with further comments on whole paragraphs."""
    made = docx.Document(io.BytesIO(WRITERS["docx"].write(document, WriteOptions())))
    for start, author, text in comments:
        paragraph = next(one for one in made.paragraphs if one.text.startswith(start))
        made.add_comment(runs=paragraph.runs, text=text, author=author, initials=initials)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return a package with each part changed; None drops it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


def by_hand(body: str, comments: str, extended: str = "") -> bytes:
    """Return a Word file of a body and comments, linked by the usual names only."""
    spaces = f'xmlns:w="{W}" xmlns:w14="{W14}" xmlns:w15="{W15}"'
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="r1" Type="{R}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>",
        "word/comments.xml": f"<w:comments {spaces}>{comments}</w:comments>",
        "word/commentsExtended.xml": f"<w15:commentsEx {spaces}>{extended}</w15:commentsEx>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def said(id_: str, text: str, author: str = "A", paragraph: str = "") -> str:
    """Return one comment of a file by hand."""
    mark = f' w14:paraId="{paragraph}"' if paragraph else ""
    return (
        f'<w:comment w:id="{id_}" w:author="{author}" w:initials="A" w:date="2026-11-27T10:00:00Z">'
        f"<w:p{mark}><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>"
    )


def words(text: str) -> str:
    """Return a run."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def on(id_: str, runs: str) -> str:
    """Return runs with a comment on them."""
    return (
        f'<w:commentRangeStart w:id="{id_}"/>{runs}<w:commentRangeEnd w:id="{id_}"/>'
        f'<w:r><w:commentReference w:id="{id_}"/></w:r>'
    )


def mark(name: str) -> str:
    """Return a bookmark."""
    return f'<w:bookmarkStart w:id="1" w:name="{name}"/><w:bookmarkEnd w:id="1"/>'
