"""Checks of references and of what an agreement is made of: schedules, parts, levels of numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from agreementkit.bank import ClauseSource
from agreementkit.checks.kinds import Check, Family, Found, at
from agreementkit.checks.scene import Passage, Scene
from agreementkit.checks.terms.bank_text import printing
from agreementkit.checks.terms.script import scripts
from agreementkit.diagnostics import Severity
from agreementkit.tree.nodes import (
    Division,
    Document,
    List,
    Paragraph,
    Part,
    Reference,
    Schedule,
    SchedulePart,
    SubParagraph,
    Text,
    Value,
)
from agreementkit.tree.walk import (
    BLANK,
    block_inlines,
    divisions,
    flatten,
    plain_text,
    subtree,
)

_MASK = "\x01"
_KIND = r"(?:[Ss]ub-)?[Cc]lauses?|[Pp]aragraphs?|[Ss]chedules?|[Ss]ections?|[Pp]arts?|[Rr]ecitals?|[Aa]ppendix|[Aa]nnex"
_NUMBER = r"\d+(?:\.\d+)*(?:\([a-z]+\))*(?!\d|[./]\d|,\d)|\([A-Za-z0-9]{1,3}\)"
_TYPED = re.compile(
    rf"\b(?:(?:{_KIND})\s+(?:{_NUMBER})(?: of [Ss]chedule \d+)?"
    rf"|(?:clause|sub-clause|paragraph|section|schedule|part)s? (?:above|below)\b"
    rf"|(?:above|preceding|previous|foregoing) (?:clause|sub-clause|paragraph|section|schedule|part)s?\b)"
)
_AFTER_SPACE = re.compile(r"\s[\d(]")
_SIGNS = ("above", "below", "preceding", "previous", "foregoing")
"""Quick to look for, and one of them found wherever `_TYPED` is."""
_ELSEWHERE = re.compile(
    r"\b(?:Act|Acts|Regulations|Order|Code|Handbook|Directive|Convention|Measure|Bill|Charter|Framework|Guidance)\b"
)
_OUT = re.compile(r"(?:,? (?:and|or|to) [\d.()a-z]+)*,? (?:of|in|to) ((?:the|that|its|their|an?|our|those) [^,.;]*)")
_LONG = 100
"""Characters after which words are no stub."""

_STUB = re.compile(
    rf"(?:{re.escape(BLANK)}|to be (?:added|agreed|completed|confirmed|decided|drafted|inserted|supplied|written)"
    r"|to follow|t\.?b\.?[acd]\.?|[\s.…–-])*",
    re.IGNORECASE,
)


def ambiguous(scene: Scene) -> Iterator[Found]:
    """Yield references without an agreement that would fit several others of the set and not say the same in all."""
    if len(scene.documents) < 3:
        return
    words: dict[tuple[str, str], str] = {}
    for passage in scene.passages:
        for inline in flatten(passage.inlines):
            if not isinstance(inline, Reference) or not inline.agreement:
                continue
            holders = [d for d in scene.documents if inline.target in scene.ids[d.precedent]]
            if len(holders) < 2 or _names_agreement(scene, passage, inline):
                continue
            for holder in holders:
                if (holder.precedent, inline.target) not in words:
                    words[holder.precedent, inline.target] = _words(holder, inline.target)
            if len({words[holder.precedent, inline.target] for holder in holders}) > 1:
                titles = " and the ".join(holder.short for holder in holders)
                yield at(
                    passage,
                    f"refers to “{inline.text}”, but the {titles} both have this provision in different words"
                    if len(holders) == 2
                    else f"refers to “{inline.text}”, but the {titles} have this provision in different words",
                    f"name the agreement that is meant, as in `@{inline.agreement}:{inline.target}`",
                )


def _names_agreement(scene: Scene, passage: Passage, reference: Reference) -> bool:
    """Whether the clause names the agreement that a reference leads into, each time that it refers to this target."""
    source = _source(scene, passage)
    if source is None:
        return False
    text = "\n".join((source.front.title, *printing(source)))
    after = rf"{re.escape(reference.target)}(?![\w/-])"
    bare = re.search(rf"(?<![\w:])@{after}", text)
    return bare is None and re.search(rf"@{re.escape(reference.agreement)}:{after}", text) is not None


def _source(scene: Scene, passage: Passage) -> ClauseSource | None:
    """Return the file that a passage was written in."""
    for script in scripts(scene):
        for entry in script.entries:
            if entry.passage is passage:
                return scene.bank.terms.get(entry.id)
    base = passage.division.split("/")[0]
    return scene.bank.clauses.get(base) or scene.bank.clauses.get(re.sub(r"-\d+$", "", base))


def _words(document: Document, id_: str) -> str:
    """Return the words of a division, with a mark for each reference in them: numbers differ where meanings do not."""
    division = next(one for one in divisions(document) if one.id == id_)
    return "\n".join(
        "".join("§" if isinstance(one, Reference) else getattr(one, "text", "") for one in flatten(run))
        for below in subtree(division)
        for block in below.blocks
        for run in block_inlines(block)
    )


def typed(scene: Scene) -> Iterator[Found]:
    """Yield references that somebody typed: they stay as they are when the numbers change."""
    for passage in scene.passages:
        if not _typed_in(passage.words):  # what was typed is a part of what is printed
            continue
        text = _as_typed(passage)
        for match in _typed_in(text):
            if _leads_out(scene, text, match):
                continue
            path = _path_at(passage, match.start(), match.end())
            yield at(
                passage,
                f"says “{match[0]}” in typed words, which stay the same when the numbers change",
                f"say in `{path}` what the provision is about, without its number"
                if path
                else "refer to the provision by its id, as in `@disputes/informal`; the words and the number follow",
                path=path,
            )


@lru_cache(maxsize=4000)
def _typed_in(text: str) -> tuple[re.Match[str], ...]:
    """Return the typed references in a text.

    Most texts are the bank's own and come again in every set, so those of the last few sets are kept.
    """
    if not _AFTER_SPACE.search(text) and not any(sign in text for sign in _SIGNS):
        return ()
    return tuple(_TYPED.finditer(text))


def _as_typed(passage: Passage) -> str:
    """Return the words with references and defined terms masked, and with quotations masked."""
    out: list[str] = []
    for _, piece in passage.pieces:
        if isinstance(piece, Text | Value):
            out.append(piece.text)
        else:
            out.append(_MASK * len(plain_text((piece,))))
    return re.sub(r"“[^”]*”", lambda m: _MASK * len(m[0]), "".join(out))


def _leads_out(scene: Scene, text: str, match: re.Match[str]) -> bool:
    """Whether a typed reference is to a provision of a statute, a code or some other text outside the set."""
    start = max(text.rfind(mark, 0, match.start()) for mark in (". ", "; ")) + 1
    after = text[match.end() :]
    end = min((at_ for mark in (". ", "; ") if (at_ := after.find(mark)) >= 0), default=len(after))
    if "clause" not in match[0].lower() and _ELSEWHERE.search(text[start : match.start()] + " " + after[:end]):
        return True
    out = re.match(
        r"(?:,? (?:and|or|to) [\d.()a-z]+)*,? (?:of|in|to) ((?:the|that|its|their|an?|our|those) [^,.;]*)", after
    )
    if not out:
        return False
    return not any(out[1].startswith(f"the {title}") for d in scene.documents for title in (d.short, d.title))


def _path_at(passage: Passage, start: int, end: int) -> str:
    """Return the setting in whose value a stretch of words stands, or nothing."""
    position = 0
    for inline in flatten(passage.inlines):
        if hasattr(inline, "inlines"):
            continue
        length = len(plain_text((inline,)))
        if isinstance(inline, Value) and position <= start and end <= position + length:
            return inline.path
        position += length
    return ""


def unmentioned(scene: Scene) -> Iterator[Found]:
    """Yield each schedule that nothing outside it refers to."""
    mentioned: set[tuple[str, str]] = set()
    for document in scene.documents:
        homes = {below.id: top.id for top in document.schedules for below in subtree(top)}
        for division, inline in scene.given[document.precedent]:
            if division and isinstance(inline, Reference):
                to = inline.agreement or document.precedent
                if inline.agreement or homes.get(inline.target) != homes.get(division):
                    mentioned.add((to, inline.target))
    for document in scene.documents:
        for schedule in document.schedules:
            if not any((document.precedent, below.id) in mentioned for below in subtree(schedule)):
                form = schedule.id in scene.config.forms
                yield _about(
                    scene,
                    document,
                    schedule,
                    "is mentioned nowhere, so that no clause says when it applies",
                    (
                        f"refer to it where it is needed: `[…]{{when=\"'{schedule.id}' is present\"}}` "
                        f"around words with `@{schedule.id}`",
                        f"or take `{schedule.id}` out of `forms`" if form else "or leave the schedule out",
                    ),
                    path="forms" if form else "",
                    severity=Severity.INFO if form else None,
                )


def without_words(scene: Scene) -> Iterator[Found]:
    """Yield headed schedules, parts and clauses whose only words are blanks or a promise of words to come."""
    for document in scene.documents:
        waiting: list[Division] = [*document.body, *document.schedules]
        while waiting:
            division = waiting.pop(0)
            words = _first_words(division) if division.heading else ""
            if division.heading and _STUB.fullmatch(words):
                yield _about(
                    scene,
                    document,
                    division,
                    "has no words under its heading"
                    if words.strip(" .") in ("", BLANK)
                    else f"has no words of its own yet (“{words}”)",
                    ("write its words before the agreement is signed, or leave it out",),
                )
            elif isinstance(division, Part | Schedule | SchedulePart):
                waiting.extend(division.children)


def _first_words(division: Division) -> str:
    """Return the words of a division without its headings, or as many as show that it has some."""
    words = ""
    for below in subtree(division):
        for block in below.blocks:
            for run in block_inlines(block):
                words = f"{words} {plain_text(run)}".strip()
                if len(words) > _LONG:
                    return words
    return words


def lone_items(scene: Scene) -> Iterator[Found]:
    """Yield items that stand alone in their list and still print a letter or a bullet."""
    for document in scene.documents:
        for division in divisions(document):
            children = division.children
            if len(children) == 1 and isinstance(children[0], Paragraph | SubParagraph):
                number = children[0].number
                if number and number.own and not isinstance(division, Schedule | SchedulePart):
                    yield _about(
                        scene,
                        document,
                        children[0],
                        f"is the only item of its list and still has the letter {number.own}",
                        ("write the item as part of the sentence above it, and its own items one level higher",),
                    )
            if any(isinstance(block, List) and len(block.items) == 1 for block in division.blocks):
                yield _about(
                    scene,
                    document,
                    division,
                    "has a list with a single bullet",
                    ("write the item as part of the sentence above it",),
                )


def _about(
    scene: Scene,
    document: Document,
    division: Division,
    message: str,
    hints: tuple[str, ...],
    *,
    path: str = "",
    severity: Severity | None = None,
) -> Found:
    """Return a finding about a division as a whole."""
    heading = plain_text(division.heading)
    label = scene.labels.get((document.precedent, division.id), "")
    if isinstance(division, Part | SchedulePart):
        label = f"the part “{heading}”"
    elif label and heading:
        label = f"{label} (“{heading}”)"
    where = label or repr(division.id)
    return Found(
        f"{where[:1].upper()}{where[1:]} of the {document.short or document.title} {message}",
        hints,
        agreement=document.precedent,
        division=division.id,
        path=path,
        place=division.origin.place if division.origin else None,
        severity=severity,
    )


CHECKS = (
    Check(
        "AK510",
        "a reference that fits several other agreements",
        "Where two agreements have the provision in different words, the reader cannot know which of them was meant.",
        Family.DRAFTING,
        Severity.WARNING,
        ambiguous,
    ),
    Check(
        "AK511",
        "a reference in typed words",
        "Numbers are counted anew whenever a clause comes or goes; a typed one then leads to the wrong place.",
        Family.DRAFTING,
        Severity.WARNING,
        typed,
    ),
    Check(
        "AK512",
        "a schedule that the agreement never mentions",
        "A schedule takes effect through the clause that refers to it; without one nobody knows what it is for.",
        Family.DRAFTING,
        Severity.WARNING,
        unmentioned,
    ),
    Check(
        "AK513",
        "a schedule, part or clause without words",
        "What is still to be written cannot be agreed by a signature.",
        Family.DRAFTING,
        Severity.ERROR,
        without_words,
    ),
    Check(
        "AK514",
        "a list with a single item",
        "A letter or bullet says that more follow; a reader looks for the rest.",
        Family.DRAFTING,
        Severity.INFO,
        lone_items,
    ),
)
