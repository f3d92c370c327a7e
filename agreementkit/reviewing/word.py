"""Comments of returned Word files as comments of reviewers: our own notes told apart, bookmarks turned into ids.

A comment is one of our own notes when the agreement has a note with the same words, or when it bears the initials of
a voice and the time of day that our files give to notes. A note that somebody has changed is a comment again, where
the agreement is known. An answer to a note is a comment.
"""

from __future__ import annotations

import hashlib

from agreementkit.agreement import Agreement
from agreementkit.returned import ReturnedFile, WordComment
from agreementkit.returned.known import Known, is_own
from agreementkit.reviewing.comment import ReviewComment, ReviewFile

_SHOWN = 80


def as_review(returned: ReturnedFile, agreement: Agreement | None) -> ReviewFile:
    """Return the comments of reviewers in a returned Word file.

    Args:
        returned: The file.
        agreement: The agreement it is of; None where it is not known, and bookmarks stand for ids then.
    """
    known = Known(agreement) if agreement is not None else None
    by_id = {one.id: one for one in returned.comments}
    comments: list[ReviewComment] = []
    own = 0
    for one in returned.comments:
        if not one.text:
            continue
        if is_own(one, known):
            own += 1
            continue
        comments.append(_comment(one, by_id.get(one.parent), known, returned.file))
    return ReviewFile(returned.file, returned.identity, tuple(comments), own)


def _comment(one: WordComment, parent: WordComment | None, known: Known | None, file: str) -> ReviewComment:
    paragraph = known.division(one.bookmark) if known and one.bookmark else one.bookmark
    term = known.term(paragraph, one.paragraph) if known else ""
    said = "\0".join((one.author, one.when, one.text, paragraph, term))
    reply = f"{parent.author}: {_short(parent.text)}" if parent else ""
    return ReviewComment(
        "w" + hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:23],
        one.author,
        "",
        "comment",
        one.when,
        one.text,
        "",
        one.quote or one.paragraph,
        paragraph.split("/")[0],
        paragraph,
        term,
        reply_to=reply,
        resolved=one.done,
        files=(file,),
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: text.rfind(" ", 0, _SHOWN)].rstrip() + " …"
