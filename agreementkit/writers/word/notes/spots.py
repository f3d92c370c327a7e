"""The words of a written paragraph as a comment finds them: a range on exactly these runs, or on the whole paragraph.

A content control, a field and a link are never parted: what is bound or refreshed is written anew by Word, and a
mark inside it would be lost. A range that begins or ends in one takes it in whole.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from agreementkit.writers.word.markup import text_element

_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(tab|br)/>")
_PLAIN = re.compile(r"(<w:r>(?:<w:rPr>.*?</w:rPr>)?)<w:t(?: [^>]*)?>([^<]*)</w:t></w:r>")
_ENDS = {"<w:r>": "</w:r>", "<w:sdt>": "</w:sdt>", "<w:hyperlink ": "</w:hyperlink>"}
_BEGIN, _END = 'w:fldCharType="begin"', 'w:fldCharType="end"'
_BLANKS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\t": " ", "\n": " "})


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a paragraph: its XML, and the words that are read in it."""

    xml: str
    text: str


def words_of(runs: str) -> str:
    """Return the words that the runs of a paragraph show; a tab or a line break is a space."""
    return "".join(html.unescape(found[1]) if found[1] is not None else " " for found in _TEXT.finditer(runs))


def hang_on(runs: str, quote: str, starts: str, ends: str) -> str | None:
    """Return runs with marks around the first place where some words stand.

    Args:
        runs: Runs of a paragraph.
        quote: The words.
        starts: What stands before them.
        ends: What stands behind them.

    Returns:
        The runs; None where the words are not in them.
    """
    parts = list(_parts(runs))
    text = "".join(part.text for part in parts).translate(_BLANKS)
    wanted = quote.translate(_BLANKS).strip()
    at = text.find(wanted) if wanted else -1
    if at < 0:
        return None
    first, last = at, at + len(wanted)
    out: list[str] = []
    opened = closed = False
    here = 0
    for part in parts:
        begin, end = here, here + len(part.text)
        here = end
        cuts = [0, len(part.text)]
        if not opened and begin <= first < end:
            cuts.append(first - begin)
        if not closed and begin < last <= end:
            cuts.append(last - begin)
        plain = _PLAIN.fullmatch(part.xml)
        pieces = _cut(plain, cuts) if plain else [(0, part.xml)]
        for number, (offset, xml) in enumerate(pieces):
            upto = begin + pieces[number + 1][0] if number + 1 < len(pieces) else end
            if not opened and begin + offset <= first < upto:
                out.append(starts)
                opened = True
            out.append(xml)
            if opened and not closed and upto >= last:
                out.append(ends)
                closed = True
    return "".join(out)


def _cut(plain: re.Match[str], cuts: list[int]) -> list[tuple[int, str]]:
    """Return a plain run cut at some characters of its words: where each piece begins, and its XML."""
    head, text = plain[1], html.unescape(plain[2])
    edges = sorted({min(max(cut, 0), len(text)) for cut in cuts})
    return [
        (begin, f"{head}{text_element(text[begin:end])}</w:r>") for begin, end in pairwise(edges) if begin < end
    ] or [(0, plain[0])]


def _parts(runs: str) -> Iterator[_Part]:
    """Yield what stands side by side in a paragraph; a field with all its runs is one."""
    at = 0
    waiting = ""
    depth = 0
    while at < len(runs):
        end = _end_of(runs, at)
        xml = runs[at:end]
        at = end
        depth += xml.count(_BEGIN) - xml.count(_END)
        waiting += xml
        if depth <= 0:
            yield _Part(waiting, words_of(waiting))
            waiting = ""
    if waiting:
        yield _Part(waiting, words_of(waiting))


def _end_of(runs: str, at: int) -> int:
    for start, close in _ENDS.items():
        if runs.startswith(start, at):
            found = runs.find(close, at)
            return found + len(close) if found >= 0 else len(runs)
    found = runs.find("/>", at)  # a mark
    return found + 2 if found >= 0 else len(runs)
