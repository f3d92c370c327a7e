"""Values of the configuration in what came back: which of them a change is about, and what it says instead."""

from __future__ import annotations

from dataclasses import dataclass

from agreementkit.comparing.words import tokens_of
from agreementkit.returned.known import Known
from agreementkit.returned.scene import Scene
from agreementkit.returned.sent import SentParagraph, Span
from agreementkit.writers.word.values.controls import MARK

LONGEST = 20_000
"""Letters of the longest paragraph in which values are looked for by their words."""


@dataclass(frozen=True, slots=True)
class Overwritten:
    """A value that a change is about.

    Attributes:
        path: Its path.
        within: Whether nothing but the value was changed.
        before: The value as it was sent.
        after: What is there instead, where nothing but the value was changed.
    """

    path: str
    within: bool
    before: str = ""
    after: str = ""


def path_of(tag: str, known: Known | None) -> str:
    """Return the path of the value in a control; without the agreement, what its tag says."""
    return known.path(tag) if known is not None else tag.removeprefix(MARK)


def written_over(scene: Scene, number: int, start: int, before: str, after: str) -> Overwritten | None:
    """Return the value that a change of words is about, where it was sent in those words.

    Args:
        scene: The file beside the agreement.
        number: The paragraph of the file.
        start: Where the change begins in the words of its group, as they were before the tracked changes.
        before: The words that were struck out.
        after: The words that were put in.
    """
    at = scene.group_of.get(number)
    if at is None or scene.groups[at].sent < 0:
        return None
    sent, text = scene.sent[scene.groups[at].sent], scene.groups[at].text
    if len(text) > LONGEST:
        return None
    shift = _shift(sent.text, text, start, start + len(before))
    if shift is None:
        return None
    return value_at(sent, start + shift, before, after)


def value_at(sent: SentParagraph, start: int, before: str, after: str) -> Overwritten | None:
    """Return the value that a change is about, by where it begins in the paragraph as it was sent."""
    if not any(span.path for span in sent.spans):
        return None
    lead, tail = _alike(before, after)
    inner, words = before[lead : len(before) - tail], after[lead : len(after) - tail]
    while inner and words and inner[-1].isspace() and words[-1].isspace():
        inner, words = inner[:-1], words[:-1]
    begin, end = start + lead, start + lead + len(inner)
    for span in sent.spans:
        if not span.path:
            continue
        value = sent.text[span.start : span.end]
        inside = span.start <= begin and end <= span.end
        if inside and (inner.strip() or span.start < begin < span.end):
            kept = value[: begin - span.start], value[end - span.start :]
            said = f"{kept[0]}{words}{kept[1]}".strip()
            if said:
                return Overwritten(span.path, True, value, said)
        if _touches(span, begin, end):
            return Overwritten(span.path, False)
    return None


def _touches(span: Span, begin: int, end: int) -> bool:
    return begin < span.end and end > span.start


def _alike(before: str, after: str) -> tuple[int, int]:
    """Return how many letters two texts begin and end with alike, in whole words."""
    one, other = list(tokens_of(before)), list(tokens_of(after))
    lead = 0
    while lead < min(len(one), len(other)) and one[lead].text == other[lead].text:
        lead += 1
    tail = 0
    while tail < min(len(one), len(other)) - lead and one[-1 - tail].text == other[-1 - tail].text:
        tail += 1
    return sum(len(it.text) for it in one[:lead]), sum(len(it.text) for it in one[len(one) - tail :])


def _shift(sent: str, text: str, start: int, end: int) -> int | None:
    """Return by how much a place in the file's words differs from that in the sent ones; None where that is unknown."""
    if sent[start:end] == text[start:end] and sent[:start] == text[:start]:
        return 0
    if start and sent[:start].translate(_SPACES) == text[:start].translate(_SPACES):
        return 0
    after = text[end:]
    if sent.translate(_SPACES).endswith(after.translate(_SPACES)):
        return len(sent) - len(text)
    lead = text[max(0, start - 40) : end + 20].translate(_SPACES)
    found = sent.translate(_SPACES).find(lead)
    if found >= 0 and sent.translate(_SPACES).find(lead, found + 1) < 0:
        return found - max(0, start - 40)
    return None


_SPACES = {0xA0: " ", 0x2011: "-"}
