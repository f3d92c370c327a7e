"""The same thing said twice in the set with different figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from agreementkit.checks.figures.quantities import (
    FREQUENCIES,
    IN_WORDS,
    NUMBERS,
    TIMES,
    Figure,
    figure_at,
    figures,
)
from agreementkit.checks.figures.subjects import Subject, subject_of
from agreementkit.checks.kinds import Found, at
from agreementkit.checks.scene import Passage, Scene
from agreementkit.checks.typed import quoted, typed

_SENTENCE_END = re.compile(r"(?<=[.?!;:])\s+")
_DIGIT = re.compile(r"\d")
_RANGE = re.compile(rf"\b(?:\d+|{IN_WORDS}) (?:or|to|and) \Z", re.IGNORECASE)
_COUNTS = FREQUENCIES | NUMBERS.keys()
_OTHER_BODY = re.compile(
    r"sub-?(?:group|committee)|committee|working (?:party|group)|panel|council|shadow|special|extraordinary|emergency"
    r"|urgent|further",
    re.IGNORECASE,
)
_SECRETARIES = re.compile(r"\bjoint secretar(?:y|ies)\b", re.IGNORECASE)
"""The forum's own officers; other bodies have plain secretaries."""
_SAME_WORDS = 10
"""Two sentences with as many words and no difference but a figure are taken to be about the same."""


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """A figure where it stands.

    Attributes:
        figure: The figure; its place is that in the words of the passage.
        passage: The passage.
        path: The setting that it came from; empty for one that was typed in the clause.
    """

    figure: Figure
    passage: Passage
    path: str = ""

    @property
    def sentence(self) -> tuple[str, int]:
        """The sentence it stands in, and where that begins in the passage."""
        begin = 0
        for end in _SENTENCE_END.finditer(self.passage.words):
            if end.start() >= self.figure.end:
                return self.passage.words[begin : end.start()], begin
            if end.end() <= self.figure.start:
                begin = end.end()
        return self.passage.words[begin:], begin


def figures_that_disagree(scene: Scene) -> Iterator[Found]:
    """Yield each figure that says otherwise than another one about the same.

    What is the same is known with certainty in three cases only: both figures come from one setting; one of them was
    typed in a sentence that names a subject whose setting gives the other; or both sentences are the same but for the
    figure.
    """
    by_path = _settings(scene)
    yield from _one_setting(by_path)
    by_hand = list(_by_hand(scene))
    told: set[_Said] = set()
    for here, there, why, path in (*_one_subject(scene, by_hand, by_path), *_one_sentence(by_hand, by_path)):
        if here not in told:
            told.add(here)
            yield _contradiction(here, there, why, path)


def _settings(scene: Scene) -> dict[str, list[_Said]]:
    """Return what is said by each setting, wherever it is printed with a unit."""
    out: dict[str, list[_Said]] = {}
    for one in typed(scene):
        for begin, piece in one.given:
            if piece.path:
                figure = figure_at(one.passage.words, begin)
                if figure:
                    out.setdefault(piece.path, []).append(_Said(figure, one.passage, piece.path))
    return out


def _by_hand(scene: Scene) -> Iterator[_Said]:
    """Yield every figure that was typed in a clause; its unit may be a defined term."""
    for one in typed(scene):
        found = figures(one.passage.words) if one.passage.kind != "heading" else ()
        if not found or (_COUNTS.isdisjoint(one.words) and not _DIGIT.search(one.text)):
            continue
        for figure in found:
            range_ = _RANGE.search(one.passage.words, max(0, figure.start - 20), figure.start)
            if not range_ and not any(one.values(figure.start, figure.end)):
                yield _Said(figure, one.passage)


# ------------------------------------------------------------------------------------------------ one setting


def _one_setting(by_path: Mapping[str, Sequence[_Said]]) -> Iterator[Found]:
    for path, said in by_path.items():
        seen = {said[0].figure.quantity}
        for other in said[1:]:
            if other.figure.quantity not in seen:
                seen.add(other.figure.quantity)
                yield _contradiction(other, said[0], f"both print the setting `{path}`", path)


# ------------------------------------------------------------------------------------------------ one subject


_Pair = tuple[_Said, _Said, str, str]
"""A typed figure, the one that it contradicts, why they are about the same, and the setting that gives the figure."""


def _one_subject(scene: Scene, by_hand: Iterable[_Said], by_path: Mapping[str, Sequence[_Said]]) -> Iterator[_Pair]:
    first: dict[str, _Said] = {}
    for here in by_hand:
        sentence, begin = here.sentence
        subject = subject_of(sentence, here.figure.start - begin)
        if subject is None:
            continue
        said = list(by_path.get(subject.path, ()))
        if subject.of_forum:
            # Another body may print the forum's setting as its own; what it does is nothing to the forum.
            said = [one for one in said if not _OTHER_BODY.search(_without_forum(scene, _heading(scene, one)))]
            if not _about_forum(scene, here, sentence, said):
                continue
        there = first.setdefault(subject.path, said[0] if said else here)
        if not _equal(here.figure, there.figure, subject):
            yield here, there, f"both are {subject.name}", subject.path


def _about_forum(scene: Scene, here: _Said, sentence: str, said: Iterable[_Said]) -> bool:
    """Whether a sentence is about the forum: it names it or its secretaries, or stands where its figure does."""
    rest = _without_forum(scene, sentence)
    if rest != sentence or _SECRETARIES.search(sentence):
        return not _OTHER_BODY.search(rest)
    if _OTHER_BODY.search(sentence) or _OTHER_BODY.search(_without_forum(scene, _heading(scene, here))):
        return False
    return any(_home(one) == _home(here) for one in said)


def _without_forum(scene: Scene, words: str) -> str:
    return words.replace(scene.config.forum.name, "").replace(scene.config.forum.short, "")


def _home(said: _Said) -> tuple[str, str]:
    """Return the agreement and the clause or schedule that a figure stands in."""
    return said.passage.agreement, said.passage.division.split("/")[0]


def _heading(scene: Scene, said: _Said) -> str:
    agreement, home = _home(said)
    return next((p.words for p in scene.passages_of(agreement) if p.division == home and p.kind == "heading"), "")


def _equal(one: Figure, other: Figure, subject: Subject) -> bool:
    if subject.rate:
        return _months_between(one) == _months_between(other)
    return one.quantity == other.quantity


def _months_between(figure: Figure) -> Fraction:
    quantity = figure.quantity
    return Fraction(12, quantity.number or 1) if quantity.unit == TIMES else Fraction(quantity.number)


# ----------------------------------------------------------------------------------------------- one sentence


def _one_sentence(by_hand: Sequence[_Said], by_path: Mapping[str, Sequence[_Said]]) -> Iterator[_Pair]:
    """Yield what differs between sentences that are the same but for a figure, at least one of which was typed."""
    if not by_hand:
        return
    settings: dict[str, _Said] = {}
    for said in by_path.values():
        for one in said:
            settings.setdefault(_key(one), one)
    seen: dict[str, _Said] = {}
    for here in by_hand:
        key = _key(here)
        if key.count(" ") < _SAME_WORDS:
            continue
        there = settings.get(key) or seen.setdefault(key, here)
        if there.figure.quantity != here.figure.quantity:
            yield here, there, f"the sentences are otherwise the same: {quoted(here.sentence[0], 100)}", there.path


def _key(said: _Said) -> str:
    """Return the words of a sentence without its figure; the figure's place is marked."""
    sentence, begin = said.sentence
    rest = f"{sentence[: said.figure.start - begin]} # {sentence[said.figure.end - begin :]}"
    return " ".join(re.findall(r"[\w’'-]+|#", rest.lower()))


def _contradiction(here: _Said, there: _Said, why: str, path: str) -> Found:
    where = there.passage.where[:1].lower() + there.passage.where[1:]
    return at(
        here.passage,
        f"says “{_told(here)}” and {where} says “{_told(there)}”; {why}",
        "decide which is meant and say it the same way in both places",
        *((f"or take the figure from the setting `{path}` in both",) if path else ()),
        path=path,
    )


def _told(said: _Said) -> str:
    """Return the words of a figure, with "every" where it stands before them."""
    before = said.passage.words[max(0, said.figure.start - 6) : said.figure.start]
    return f"{before if before.lower() == 'every ' else ''}{said.figure.words}"
