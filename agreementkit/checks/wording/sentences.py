"""Sentences: too long ones, and slips of the hand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import eq

from agreementkit.checks.kinds import Found, at
from agreementkit.checks.scene import Scene
from agreementkit.checks.typed import Typed, quoted, typed
from agreementkit.tree.nodes import Value

_SENTENCE_END = re.compile(r"(?<=[.?!;:])\s+|(?<=[.?!;:][”’)])\s+")
_WORD = re.compile(r"[\w’'-]+")

_TWICE = re.compile(r"(?<![\w’'-])(?P<word>[^\W\d_]+)[ \u00a0]+(?P<again>(?i:(?P=word)))(?![\w’'-])", re.IGNORECASE)
_MAY_STAND_TWICE = frozenset({"had", "that", "her"})
_JOINING = frozenset({
    "the", "a", "an", "of", "to", "in", "on", "at", "by", "for", "with", "from", "and", "or", "is", "are", "be", "will",
    "not", "this", "its", "their", "as", "it", "if",
})  # fmt: skip
_MARKS = re.compile(
    r"(?P<stops>(?<![.…])\.\.(?![./…]))"
    r"|(?P<marks>,,|;;|,;|;,|[,;:]\.(?![\w.])|,:|(?<!:)::(?!:)|\?\.|;:)"
    r"|(?P<space>(?<=[\w”’)\]])[ \u00a0]+[,;:.?!)](?=\s|$)|\([ \u00a0]+(?=\w))"
)
_SIGNS = re.compile(r"[,;:.?][,;:.]|[ \u00a0][,;:.?!)]|\([ \u00a0]")
"""Quick to look for, and found wherever `_MARKS` are."""
_CLOSES = {")": "(", "]": "[", "”": "“"}
_BRACKETS = "()[]“”"
_BRACKET = re.compile(rf"[{re.escape(_BRACKETS)}]")


def long_sentences(scene: Scene) -> Iterator[Found]:
    """Yield each sentence with more words than `checks.sentence_words`.

    A value or a reference counts as one word. Each item of a list is counted by itself, and so is what stands before
    and after a semicolon or a colon.
    """
    most = scene.config.checks.sentence_words
    for one in typed(scene):
        said = one.passage.words
        # So many words do not go into fewer letters; this is known before anything is split.
        if len(said) <= 2 * most or _most_words(said) <= most:
            continue
        for begin, length, count in _sentences(one.words_with_values_as_one()):
            if count > most:
                told = quoted(said[begin : begin + length])
                yield at(
                    one.passage,
                    f"has a sentence of {count} words: {told}",
                    "make two sentences of it, or a list",
                    f"sentences of up to {most} words are not reported; `checks.sentence_words` sets this number",
                )


@lru_cache(maxsize=4000)
def _most_words(text: str) -> int:
    """Return a number of words that a text cannot have more of, without a look at each letter.

    Here and below: most texts are the bank's own and come again in every set, so those of the last few sets are kept.
    """
    return len(text.split()) + text.count("/")


@lru_cache(maxsize=2000)
def _sentences(text: str) -> tuple[tuple[int, int, int], ...]:
    """Return where each sentence of a text begins, how long it is, and how many words it has."""
    found: list[tuple[int, int, int]] = []
    begin = 0
    for sentence in _SENTENCE_END.split(text):
        begin = text.index(sentence, begin)
        found.append((begin, len(sentence), len(_WORD.findall(sentence))))
        begin += len(sentence)
    return tuple(found)


def slips(scene: Scene) -> Iterator[Found]:
    """Yield each passage with a word or mark repeated, a space before a mark, or a bracket or quotation left open."""
    settings: set[str] = set()
    for one in typed(scene):
        doubtful, marked = _suspect(one.passage.words)
        open_one = _left_open(one.text)
        if not (doubtful or marked or open_one is not None):
            continue
        for start, end, what, hint in _slips(one, doubtful, marked, open_one):
            value = next(one.values(start, end), None)
            if value and value.path in settings:
                continue
            settings.update({value.path} if value and value.path else ())
            yield at(
                one.passage,
                what,
                hint,
                *((f"or change the setting `{value.path}`, which gives part of these words",) if value else ()),
                path=value.path if value else "",
            )


@lru_cache(maxsize=4000)
def _suspect(words: str) -> tuple[bool, bool]:
    """Return whether some words may have one of them twice in a row, and whether they have a mark that is a slip."""
    single = words.lower().split()
    return any(map(eq, single, single[1:])), _SIGNS.search(words) is not None and _MARKS.search(words) is not None


def _slips(one: Typed, doubtful: bool, marked: bool, open_one: int | None) -> Iterator[tuple[int, int, str, str]]:
    """Yield each slip of a passage: where it begins and ends, what it is, and what to do.

    Args:
        one: The passage.
        doubtful: Whether it may have a word twice in a row.
        marked: Whether it has a mark that is a slip.
        open_one: Where a bracket or quotation mark stands in it that has no other half, if one does.
    """
    words = one.passage.words
    for match in _TWICE.finditer(words) if doubtful else ():
        if _is_slip(match) and not _inside_value(one, match, names=True):
            yield *match.span(), f"says {quoted(match[0])}", f"write “{match['word']}” once"
    for match in _MARKS.finditer(words) if marked else ():
        if _inside_value(one, match):
            continue
        around = quoted(words[max(0, match.start() - 20) : match.end() + 10].strip())
        if match["stops"]:
            yield *match.span(), f"has two full stops: {around}", "leave one of them out"
        elif match["marks"]:
            yield *match.span(), f"has two marks, “{match[0]}”, where one belongs: {around}", "leave one of them out"
        else:
            yield *match.span(), f"has a space that does not belong there: {around}", "leave out the space"
    if open_one is not None and not (one.text.rstrip().endswith(":") and one.text[open_one] in "([“"):
        mark = one.text[open_one]
        name = "quotation mark" if mark in "“”" else "bracket"
        around = quoted(words[max(0, open_one - 10) : open_one + 30].strip())
        what = f"has a {name} “{mark}” without its other half: {around}"
        yield open_one, open_one, what, f"close the {name}, or leave it out"


def _is_slip(match: re.Match[str]) -> bool:
    word, again = match["word"], match["again"]
    if word.lower() in _MAY_STAND_TWICE:
        return False
    return word.lower() in _JOINING or (again.islower() and len(again) > 1)


def _inside_value(one: Typed, match: re.Match[str], *, names: bool = False) -> bool:
    """Whether it all stands inside one value, where it may belong to a name; words in small letters are no name."""
    if names and match[0].islower():
        return False
    return any(
        isinstance(piece, Value) and begin <= match.start() and match.end() <= begin + len(piece.text)
        for begin, piece in one.passage.pieces
    )


@lru_cache(maxsize=4000)
def _left_open(text: str) -> int | None:
    """Return where a bracket or quotation mark stands that has no other half, or None."""
    waiting: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(text):
        mark = match[0]
        if mark not in _CLOSES:
            waiting.append((mark, match.start()))
        elif waiting and waiting[-1][0] == _CLOSES[mark]:
            waiting.pop()
        else:
            return match.start()
    return waiting[0][1] if waiting else None
