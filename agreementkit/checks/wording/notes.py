"""Notes and text that have run into each other: a note that repeats its clause, remarks of a drafter in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from agreementkit.checks.kinds import Found, at
from agreementkit.checks.scene import Scene
from agreementkit.checks.typed import MASK, Typed, all_words, having, once, quoted, typed
from agreementkit.config.paths import in_file
from agreementkit.diagnostics import Severity
from agreementkit.tree.nodes import Document, Note
from agreementkit.tree.walk import note_text

_MARKS = str.maketrans(dict.fromkeys(".,;:?!()[]“”–—/", " "))
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_FEWEST_GROUPS = 4
_SHARE = 0.5
"""A note repeats its clause when at least half of its groups of four words stand there. In the core, the highest share
of any note is 0.28, and that note says what the law says."""
_SENTENCE_WORDS = 8
"""A sentence as long as this is not the same by chance."""


def notes_that_repeat(scene: Scene) -> Iterator[Found]:
    """Yield each note most of whose words stand, in the same order, in its clause."""
    wanted: dict[tuple[str, str], set[int]] = {}
    for document, note, words in _notes(scene):
        wanted.setdefault((document.precedent, _clause(note.anchor.division)), set()).update(_groups(words))
    said: dict[tuple[str, str], set[int]] = {place: set() for place in wanted}
    for passage in scene.passages:
        place = passage.agreement, _clause(passage.division)
        # Hardly a passage shares a group with a note: to ask is quicker than to gather what the clause says.
        if place in wanted and not wanted[place].isdisjoint(there := _set_of_groups(passage.words)):
            said[place].update(there)
    for document, note, words in _notes(scene):
        groups = _groups(words)
        repeated = sum(map(said[document.precedent, _clause(note.anchor.division)].__contains__, groups))
        if len(groups) >= _FEWEST_GROUPS and repeated >= _SHARE * len(groups):
            yield Found(
                f"{_about(scene, document, note)} says again what the clause says: {quoted(words)}",
                ("say in the note why the clause is as it is, or leave the note out",),
                agreement=document.precedent,
                division=note.anchor.division,
                place=note.origin.place if note.origin else None,
            )


def note_text_in_clauses(scene: Scene) -> Iterator[Found]:
    """Yield what belongs beside the text and stands in it: placeholders, remarks, sentences of notes elsewhere."""
    settings: set[str] = set()
    signs, words = having(scene, *_SIGNS), _SIGN_WORDS & all_words(scene)
    for number, one in enumerate(typed(scene)):
        doubtful = number in signs or not words.isdisjoint(one.words)
        for found in _remarks(one, doubtful) if doubtful or one.given else ():
            if not found.path:
                yield found
            elif found.path not in settings:
                settings.add(found.path)
                yield found
    yield from _sentences_of_notes(scene)


# ---------------------------------------------------------------------------------------------------- remarks

_ASKED = (
    "insert|delete|enter|complete|specify|select|choose|fill in|tbc|tba|tbd|x{1,5}|●|to be|your"
    "|name of|date of|number of"
)
_PLACEHOLDER = re.compile(
    rf"\[\s*(?i:{_ASKED})(?![\w’])[^\]]*\]"
    r"|\b(?:TBC|TBA|TBD|FIXME|TODO)\b|\?\?+|\b[Ll]orem ipsum\b"
    r"|(?<!Part )(?<!Chapter )(?<!Title )(?<!Article )(?<!Schedule )(?<!Volume )(?<!Band )(?<!Class )\bXX+\b"
)
"""Not the Roman twenty of a statute: "Part XX"."""
_BRACKETED = re.compile(r"\[(?!(?:1[89]|20)\d\d\]|sic\]|…\]|\.\.\.\])[^\[\]]*\w[^\[\]]*\](?: ?/? ?\[[^\[\]]*\])*")
_LATER = re.compile(
    r"^\W*(?:to be (?:confirmed|agreed|decided|determined|advised|completed|inserted)|not yet known)\W*$"
    r"|\((?:date |name |number |details )?to be (?:confirmed|agreed|decided|determined|advised|completed|inserted)\)",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(?:\b(?:drafting note|drafter[’']s note|note to (?:the )?(?:drafters?|draft|editors?|solicitors?)|guidance note:)"
    r"|^(?:note|nb|guidance|commentary|optional|alternative(?: \w)?|option \w|comment):).*",
    re.IGNORECASE,
)
_FOR_FORMS = re.compile(
    r"\b(?:delete|strike out|cross out) (?:as|where|if|whichever|what)(?: \w+){0,3} (?:appropriate|applicable|apply"
    r"|applies|required|needed|relevant)\b"
    r"|_{3,}|(?<!\.)\.{4,}|…{2,}|●",
    re.IGNORECASE,
)
"""What is right in a form to fill in by hand, and a remark anywhere else."""
_SIGNS = ("[", "_", "…", "●", "??", "....", "XX")
_SIGN_WORDS = frozenset({
    "tbc", "tba", "tbd", "fixme", "todo", "lorem", "confirmed", "agreed", "decided", "determined", "advised",
    "completed", "inserted", "known", "note", "nb", "guidance", "commentary", "optional", "alternative", "option",
    "comment", "delete", "strike", "cross", "drafting", "drafter",
})  # fmt: skip
"""Quick to look for: a text without any of these signs and words has no remark."""


def _remarks(one: Typed, doubtful: bool) -> Iterator[Found]:
    passage = one.passage
    for _, piece in one.given:
        if piece.path and (words := _placeholder(piece.text)):
            yield at(
                passage,
                f"prints {quoted(words)} where a value belongs",
                f"set `{in_file(piece.path)}` in the configuration, or leave it out to print a blank",
                path=piece.path,
            )
    if not doubtful:
        return
    placeholder, remark, for_form = _out_of_place(one.text)
    if placeholder:
        yield at(
            passage,
            f"has a placeholder: {quoted(placeholder)}",
            "write what belongs there, or a setting of the configuration that gives it",
        )
        return
    if remark is None and not passage.schedule and passage.kind not in ("signature", "heading", "cell"):
        remark = for_form
    if remark is not None:
        found = at(
            passage,
            f"has a remark of the drafter in the text: {quoted(remark.strip())}",
            "take it out of the text; what explains the clause belongs in a note",
        )
        yield replace(found, severity=Severity.WARNING)


@lru_cache(maxsize=2000)
def _placeholder(value: str) -> str:
    """Return what in a value stands for one that is not known yet, or nothing."""
    match = _PLACEHOLDER.search(value) or _LATER.search(value)
    return match[0].strip() if match else ""


@lru_cache(maxsize=1000)
def _out_of_place(text: str) -> tuple[str | None, str | None, str | None]:
    """Return a placeholder in what was typed, a remark, and what is right in a form only; kept as `_groups` are."""
    found = (
        _PLACEHOLDER.search(text),
        _REMARK.search(text) or _LATER.search(text) or _bracketed(text),
        _FOR_FORMS.search(text),
    )
    placeholder, remark, for_form = (match[0] if match else None for match in found)
    return placeholder, remark, for_form


def _bracketed(text: str) -> re.Match[str] | None:
    """Return words in square brackets, which in a draft stand for alternatives; not those inside a quotation."""
    if "[" not in text:
        return None
    return _BRACKETED.search(re.sub(r"“[^”]*”", lambda match: MASK * len(match[0]), text))


# -------------------------------------------------------------------------------------------------- sentences


def _sentences_of_notes(scene: Scene) -> Iterator[Found]:
    notes: dict[str, tuple[Document, Note]] = {}
    for document, note, words in _notes(scene):
        for sentence in _long_sentences(words):
            notes.setdefault(sentence, (document, note))
    for passage in scene.passages:
        for sentence in _long_sentences(passage.words) if passage.kind != "heading" else ():
            if sentence not in notes:
                continue
            document, note = notes[sentence]
            if (document.precedent, _clause(note.anchor.division)) != (passage.agreement, _clause(passage.division)):
                about = _about(scene, document, note)
                found = at(
                    passage,
                    f"has a sentence of {about[:1].lower()}{about[1:]}: {quoted(sentence)}",
                    "leave it in the note only, or say it in the clause only",
                )
                yield replace(found, severity=Severity.WARNING)


@lru_cache(maxsize=4000)
def _long_sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text that are the same as others by no chance; kept for the reason of `_groups`."""
    if text.count(" ") < _SENTENCE_WORDS - 1:
        return ()
    return tuple([one for one in _SENTENCE_END.split(text) if one.count(" ") >= _SENTENCE_WORDS - 1])


def _about(scene: Scene, document: Document, note: Note) -> str:
    label = scene.labels.get((document.precedent, note.anchor.division)) or repr(note.anchor.division)
    return f"A note ({note.author or note.voice.value}) on {label} of the {document.short or document.title}"


def _clause(division: str) -> str:
    return division.split("/")[0]


@once
def _notes(scene: Scene) -> tuple[tuple[Document, Note, str], ...]:
    """Return every note of a set with its agreement and its words."""
    return tuple([(document, note, note_text(note)) for document in scene.documents for note in document.notes])


@lru_cache(maxsize=4000)
def _groups(text: str) -> list[int]:
    """Return the hash of each four words in a row: to keep the words themselves would be many objects for nothing.

    Most texts are the bank's own and come again in every set, so those of the last few sets are kept.
    """
    words = text.lower().translate(_MARKS).split()
    return list(map(hash, zip(words, words[1:], words[2:], words[3:], strict=False)))


@lru_cache(maxsize=4000)
def _set_of_groups(text: str) -> frozenset[int]:
    return frozenset(_groups(text))
