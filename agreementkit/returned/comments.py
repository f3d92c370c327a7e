"""The comments of a Word file that came back: whose, on which words, in which provision.

A provision is known by its bookmark, which every editor keeps. A bookmark names a place, not a text: a provision runs
from the paragraph in which its bookmark begins to the next paragraph in which one of ours begins. Ids of comments
and paragraphs are never trusted, for editors renumber them; they only hold the parts of one file together.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from agreementkit.returned.parts import Parts, refuse
from agreementkit.returned.story import MOST_QUOTED, Spot, Story
from agreementkit.source.text import UNPRINTABLE
from agreementkit.writers.identity import Identity
from agreementkit.writers.word.markup import W14, W15, w

MOST_COMMENTS = 5_000
"""Comments that a file may hold."""

_MOST_TEXT = 20_000
_ID, _AUTHOR, _INITIALS, _DATE, _PARAGRAPH, _TEXT = map(w, ("id", "author", "initials", "date", "p", "t"))
_THREAD = f"{{{W14}}}paraId"
_SHOWN = {w("tab"): " ", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "\u2011"}
_GONE = (w("moveFrom"), w("del"))


@dataclass(frozen=True, slots=True)
class WordComment:
    """One comment of a Word file.

    Attributes:
        id: Its id, which holds only in this file.
        author: Whose it is, as Word says.
        initials: Short form of the author.
        when: Date and time as the file has it, or "".
        text: What it says; paragraphs are lines.
        quote: The words it stands on, without those that are struck out.
        paragraph: All words of the paragraph in which it begins.
        bookmark: Name of the bookmark of the provision it stands in; "" where it stands in none, or nowhere.
        parent: Id of the comment that it answers, or "".
        done: Whether it is marked as resolved.
    """

    id: str
    author: str
    initials: str
    when: str
    text: str
    quote: str = ""
    paragraph: str = ""
    bookmark: str = ""
    parent: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A Word file that came back.

    Attributes:
        file: Its name.
        identity: Which agreement it is of; None where the file does not say.
        comments: Its comments in the order of their places; those that stand nowhere come last.
    """

    file: str
    identity: Identity | None
    comments: tuple[WordComment, ...]


def read_comments(content: bytes, file: str = "the file") -> ReturnedFile:
    """Read the comments of a Word file.

    Args:
        content: The file.
        file: Its name in messages.

    Raises:
        SourceError: AK744, it is no sound Word file, locked, far too large, or holds more comments than anybody reads.
    """
    parts = Parts.open(content, file)
    return ReturnedFile(file, parts.identity(), comments_in(parts, Story.read(parts.document())))


def comments_in(parts: Parts, story: Story) -> tuple[WordComment, ...]:
    """Return the comments of a file that is open already, in the order of their places.

    Raises:
        SourceError: AK744, the comments are no sound XML, or more than anybody reads.
    """
    said = parts.beside("comments")
    found = list(said.iter(w("comment"))) if said is not None else []
    if len(found) > MOST_COMMENTS:
        raise refuse(parts.file, f"it holds {len(found):,} comments, {MOST_COMMENTS:,} are the most")
    places = _bookmarks(story)
    threads = _threads(parts.beside("commentsExtended"))
    lasts = [_last_paragraph(one) for one in found]
    by_last = {last: one.get(_ID, "") for one, last in zip(reversed(found), reversed(lasts), strict=True)}
    tracked = said is not None and next(said.iter(*_GONE), None) is not None
    nowhere = Spot()
    comments: dict[str, WordComment] = {}
    for one, last in zip(found, lasts, strict=True):
        id_ = one.get(_ID, "")
        if id_ in comments:
            continue
        parent, done = threads.get(last, ("", False))
        spot = story.spots.get(id_, nowhere)
        inside = 0 <= spot.paragraph < len(story.paragraphs)
        comments[id_] = WordComment(
            id_,
            clean(one.get(_AUTHOR, ""), 200),
            clean(one.get(_INITIALS, ""), 40),
            clean(one.get(_DATE, ""), 40),
            clean("\n".join([_words(p, tracked=tracked) for p in one.iter(_PARAGRAPH)]), _MOST_TEXT),
            clean("".join(spot.words), MOST_QUOTED),
            clean(story.paragraphs[spot.paragraph].text("final"), MOST_QUOTED) if inside else "",
            places[spot.paragraph] if inside else "",
            by_last.get(parent, "") if parent else "",
            done,
        )
    order = {id_: number for number, id_ in enumerate(story.spots)}
    return tuple(sorted(comments.values(), key=lambda one: order.get(one.id, len(order))))


def _bookmarks(story: Story) -> list[str]:
    """Return for each paragraph the bookmark of the provision it is in; a second of the same name is a copy."""
    seen: set[str] = set()
    out: list[str] = []
    here = ""
    for one in story.paragraphs:
        for name in one.bookmarks:
            if name not in seen:
                seen.add(name)
                here = name
        out.append(here)
    return out


def clean(text: str, most: int) -> str:
    """Return text from a stranger as it may be shown: without characters that cannot be printed, and not too long."""
    if text.isprintable():  # nearly everything is; a line end is not, nor is any character that is taken out
        return text[:most].strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\x0b", "\n")
    return UNPRINTABLE.sub("", text)[:most].strip()


def _words(paragraph: etree._Element, most: int = _MOST_TEXT, *, tracked: bool) -> str:
    """Return the words of a paragraph of a comment; where changes are tracked in comments, those that are there."""
    out: list[str] = []
    for one in paragraph.iter():  # to tell a walk which tags are wanted costs more than to see the few others
        tag = one.tag
        text = (one.text or "") if tag == _TEXT else _SHOWN.get(tag, "")
        if text and most > 0 and (not tracked or next(one.iterancestors(*_GONE), None) is None):
            most -= len(text)
            out.append(text)
    return "".join(out)


def _last_paragraph(comment: etree._Element) -> str:
    last = next(comment.iterchildren(_PARAGRAPH, reversed=True), None)
    return last.get(_THREAD, "") if last is not None else ""


def _threads(root: etree._Element | None) -> dict[str, tuple[str, bool]]:
    """Return for the last paragraph of each comment the one of the comment it answers, and whether it is resolved."""
    if root is None:
        return {}
    return {
        one.get(f"{{{W15}}}paraId", ""): (
            one.get(f"{{{W15}}}paraIdParent", ""),
            one.get(f"{{{W15}}}done", "") in ("1", "true"),
        )
        for one in root.iter(f"{{{W15}}}commentEx")
    }
