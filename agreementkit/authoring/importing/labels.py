"""Numbers in front of paragraphs: those that Word prints, and those that somebody typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from agreementkit.authoring.importing.paragraphs import Paragraph, Run
from agreementkit.writers.word.styles.numbering import roman

_TYPED = re.compile(
    r"(?P<label>(?:(?:clause|section|paragraph)\s+)?(?P<dec>\d{1,3}(?:\.\d{1,3}){0,4})[.)]?"
    r"|\((?P<paren>\d{1,3}|[a-z]{1,4}|[A-Z]{1,4})\)|(?P<bare>[a-z]|[ivxl]{1,5}|[A-Z])[.)])(?P<gap>\s+)",
)
_BULLET = re.compile(r"[•‣▪◦●○·–—*\-\uf0b7\uf0a7\uf0d8]\s+")
_ROMAN = {roman(number): number for number in range(1, 60)}


class Rank(IntEnum):
    """Kinds of number, the outer ones first, as they usually stand in one another."""

    DECIMAL = 0
    UPPER = 10
    NUMBER_IN_BRACKETS = 11
    LETTER = 12
    ROMAN = 13
    BULLET = 20


_WORD_RANKS = {
    "bullet": Rank.BULLET, "lowerLetter": Rank.LETTER, "lowerRoman": Rank.ROMAN, "upperLetter": Rank.UPPER,
    "upperRoman": Rank.UPPER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of a paragraph.

    Attributes:
        label: As a reader sees it, such as `7.2` or `(a)`; empty for a bullet.
        rank: Its kind; decimal numbers count one more for each dot, levels of a list for each level.
        family: The list that it counts in; empty for a typed one.
    """

    label: str
    rank: int
    family: str = ""

    @property
    def is_bullet(self) -> bool:
        """Whether it is a bullet."""
        return self.rank == Rank.BULLET


def bare(label: str) -> str:
    """Return a number as people say it: `7.2` for `7.2.` and `Clause 7.2`, `a` for `(a)`."""
    return re.sub(r"^(?:clause|section|paragraph)\s+|[()\s]|\.$", "", label.strip(), flags=re.IGNORECASE).rstrip(".")


def take_mark(paragraph: Paragraph, before: Mark | None) -> tuple[Mark | None, list[Run]]:
    """Return the number of a paragraph and its words without it.

    Args:
        paragraph: The paragraph.
        before: The typed letter that stood last; `(i)` after `(h)` is a letter, and after anything else a Roman one.
    """
    if paragraph.level is not None and paragraph.level.format != "none":
        kind = _WORD_RANKS.get(paragraph.level.format, Rank.DECIMAL)
        if kind == Rank.BULLET:
            return Mark("", Rank.BULLET, paragraph.family), paragraph.runs
        rank = paragraph.at if kind == Rank.DECIMAL else int(kind)
        return Mark(paragraph.label, rank, paragraph.family), paragraph.runs
    text = "".join(run.text for run in paragraph.runs)
    lead = len(text) - len(text.lstrip())
    if match := _BULLET.match(text, lead):
        return Mark("", Rank.BULLET), _cut(paragraph.runs, match.end())
    match = _TYPED.match(text, lead)
    if match is None or not text[match.end() :].strip():
        return None, paragraph.runs
    if match["dec"]:
        if "." not in match["label"].rstrip(".)") and match["label"][-1:].isdigit() and "\t" not in match["gap"]:
            wide = len(match["gap"]) > 1 or paragraph.outline < 9 or text[match.end()].isupper()
            if not wide:  # "12 months after": a sentence that begins with a figure
                return None, paragraph.runs
        return Mark(match["label"], match["dec"].count(".")), _cut(paragraph.runs, match.end())
    sign = match["paren"] or match["bare"]
    return Mark(match["label"], _rank_of(sign, before)), _cut(paragraph.runs, match.end())


def _rank_of(sign: str, before: Mark | None) -> int:
    if sign.isdigit():
        return Rank.NUMBER_IN_BRACKETS
    if sign[0].isupper():
        return Rank.UPPER
    last = bare(before.label) if before else ""
    number = _ROMAN.get(sign)
    if number is not None and before is not None and before.rank == Rank.ROMAN and _ROMAN.get(last) == number - 1:
        return Rank.ROMAN
    follows = len(sign) == 1 and len(last) == 1 and ord(sign) == ord(last) + 1
    return Rank.ROMAN if number is not None and not follows and (number == 1 or len(sign) > 1) else Rank.LETTER


def _cut(runs: list[Run], count: int) -> list[Run]:
    """Return runs without their first characters."""
    out: list[Run] = []
    for run in runs:
        if count >= len(run.text):
            count -= len(run.text)
            continue
        out.append(Run(run.text[count:], run.bold, run.italic, run.comments))
        count = 0
    return out
