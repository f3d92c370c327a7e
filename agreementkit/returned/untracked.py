"""What nobody tracked: how the file differs from what was sent once every tracked change in it is rejected.

Numbers that Word computes are no differences, nor is white space. A paragraph that was cut in two, or put together
with the next, is told as such; so is one that stands in another place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from agreementkit.comparing.words import Token, tokens_of
from agreementkit.returned.beside import Group, shared, spans_of
from agreementkit.returned.edit import Edit, EditKind, Location
from agreementkit.returned.known import squeezed
from agreementkit.returned.moves import out_of_order
from agreementkit.returned.scene import Scene
from agreementkit.returned.sent import SentParagraph, masked_tokens
from agreementkit.returned.tracked import Found
from agreementkit.returned.values import value_at

MOST_PAIRS = 250_000
"""Pairs of words up to which two versions of a paragraph are compared word by word."""

_BUDGET = 10_000_000
_UNLIKE = 0.25


def untracked_edits(scene: Scene) -> tuple[list[Found], list[str]]:
    """Return every difference that nobody tracked, and the lines of the cover that the agreement does not know.

    Those lines belong to the house file: whether somebody wrote them cannot be told.
    """
    finder = _Finder(scene)
    finder.run()
    return finder.out, finder.strange


@dataclass(slots=True, eq=False)
class _Finder:
    scene: Scene
    out: list[Found] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    _budget: int = _BUDGET
    _same: dict[int, bool] = field(default_factory=dict)
    _joined: set[int] = field(default_factory=set)  # groups and, below zero, sent paragraphs that are dealt with

    def run(self) -> None:
        scene = self.scene
        mates = {one.sent: at for at, one in enumerate(scene.groups) if one.sent >= 0}
        moved = out_of_order(scene.groups, scene.sent)
        first = min((at for at, one in enumerate(scene.groups) if one.sent >= 0 and one.bookmarks), default=0)
        for at, group in enumerate(scene.groups):
            if group.sent >= 0 and not self._is(group):
                self._joins(at, mates)
        for at, group in enumerate(scene.groups):
            if group.sent >= 0:
                if at in moved and group.text.strip():
                    self._moved(group)
                if at not in self._joined and not self._is(group):
                    sent = scene.sent[group.sent]
                    self._differs(group, self._sent_tokens(group), sent.text, [sent])
                self._values(group)
            elif at not in self._joined and group.text.strip():
                self._new(group, front=at < first)
        self._gone(mates)
        start = scene.groups[first].numbers[0] if scene.groups else 0
        for number, one in enumerate(scene.story.paragraphs):
            if one.box and (words := one.text("original").strip()):
                if number < start:
                    self.strange.append(words)
                else:
                    self._say(number, "inserted", scene.places[number], "", words, old="", new=words, whole=True)

    def _say(
        self, number: int, kind: EditKind, place: Location, before: str = "", after: str = "", *, old: str, new: str,
        whole: bool = False, to: Location | None = None, path: str = "",
    ) -> None:  # fmt: skip
        self.out.append((number, Edit("", kind, False, "", "", place, before, after, old, new, whole, to, path)))

    # ------------------------------------------------------------------------------------------ the same

    def _masked(self, group: Group) -> frozenset[str]:
        return frozenset(
            f"\0v:{piece.tag}"
            for number in group.numbers
            for piece in self.scene.story.paragraphs[number].pieces
            if piece.control and piece.seen("original")
        )

    def _sent_tokens(self, group: Group) -> list[Token]:
        return self.scene.sent[group.sent].tokens(self._masked(group))

    def _group_tokens(self, group: Group, sent: Sequence[SentParagraph]) -> list[Token]:
        tags = self._masked(group) & {span.key for one in sent for span in one.spans}
        if not tags and group.masked is not None:
            return group.tokens()
        paragraphs = [self.scene.story.paragraphs[number] for number in group.numbers]
        return masked_tokens("".join(one.text("original") for one in paragraphs), spans_of(paragraphs, tags))

    def _is(self, group: Group) -> bool:
        """Whether a paragraph says what was sent, whatever its values say and whether its numbers are computed."""
        known = self._same.get(group.numbers[0])
        if known is None:
            sent = self.scene.sent[group.sent]
            known = sent.text == group.text or _plain(sent.text) == _plain(group.text)
            known = known or _keys(sent.tokens()) == _keys(group.tokens())
            if not known and self._masked(group):
                known = _keys(self._sent_tokens(group)) == _keys(self._group_tokens(group, [sent]))
            self._same[group.numbers[0]] = known
        return known

    # --------------------------------------------------------------------------------------------- words

    def _differs(self, group: Group, old: list[Token], text: str, sent: Sequence[SentParagraph]) -> None:
        """Say how the words of a paragraph differ."""
        new = self._group_tokens(group, sent)
        number = group.numbers[0]
        place = self.scene.places[number]
        came = self.scene.new(number)
        for i1, i2, j1, j2 in self._stretches(old, new):
            before, after = ("".join(one.text for one in some) for some in (old[i1:i2], new[j1:j2]))
            if _plain(before) == _plain(after):
                continue
            kind: EditKind = (
                "replaced" if before.strip() and after.strip() else "deleted" if before.strip() else "inserted"
            )
            start = sum(len(one.text) for one in old[:i1])
            value = value_at(sent[0], start, before, after) if len(sent) == 1 else None
            if value and value.within:
                self._say(number, "value", place, value.before, value.after, path=value.path, old=text, new=came)
            else:
                self._say(number, kind, place, before, after, path=value.path if value else "", old=text, new=came)

    def _stretches(self, old: list[Token], new: list[Token]) -> Iterator[tuple[int, int, int, int]]:
        """Yield where two versions differ: stretches of tokens, from and to in each."""
        one, other = [token.key for token in old], [token.key for token in new]
        lead = 0
        while lead < min(len(one), len(other)) and one[lead] == other[lead]:
            lead += 1
        tail = 0
        while tail < min(len(one), len(other)) - lead and one[-1 - tail] == other[-1 - tail]:
            tail += 1
        a, b = one[lead : len(one) - tail], other[lead : len(other) - tail]
        pairs = len(a) * len(b)
        self._budget -= pairs
        if not a or not b or pairs > MOST_PAIRS or self._budget < 0:
            yield lead, lead + len(a), lead, lead + len(b)
            return
        if shared(Counter(one), Counter(other)) < _UNLIKE:
            yield lead, lead + len(a), lead, lead + len(b)
            return
        for what, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
            if what != "equal":
                yield lead + i1, lead + i2, lead + j1, lead + j2

    def _values(self, group: Group) -> None:
        """Say which values say something else than what was sent, in their controls."""
        sent = self.scene.sent[group.sent]
        spans: defaultdict[str, list[str]] = defaultdict(list)
        paths: dict[str, str] = {}
        for span in sent.spans:
            if span.path:
                spans[span.key].append(sent.text[span.start : span.end])
                paths[span.key] = span.path
        if not spans or group.text == sent.text:
            return
        found: dict[int, tuple[str, str]] = {}
        for number in group.numbers:
            for piece in self.scene.story.paragraphs[number].pieces:
                key = f"\0v:{piece.tag}"
                if piece.control and key in spans and piece.seen("original"):
                    found[piece.control] = (key, found.get(piece.control, ("", ""))[1] + piece.text)
        number = group.numbers[0]
        for key, said in found.values():
            before = spans[key].pop(0) if spans[key] else ""
            if before and _plain(before) != _plain(said):
                place = self.scene.places[number]
                old, new = sent.text, self.scene.new(number)
                self._say(number, "value", place, before, said, old=old, new=new, path=paths[key])

    # ---------------------------------------------------------------------------------- whole paragraphs

    def _joins(self, at: int, mates: dict[int, int]) -> None:
        """Say that a paragraph was cut in two, or is two in one, where that explains it."""
        scene, group = self.scene, self.scene.groups[at]
        sent = scene.sent[group.sent]
        for other in (at + 1, at - 1):
            if not 0 <= other < len(scene.groups) or other in self._joined:
                continue
            beside = scene.groups[other]
            if beside.sent >= 0 or beside.cell != group.cell or not beside.text.strip():
                continue
            both = (group, beside) if other > at else (beside, group)
            if _better(sent.text, f"{both[0].text} {both[1].text}", group.text):
                self._joined |= {at, other}
                number = both[0].numbers[0]
                place = scene.places[group.numbers[0]]
                new = "\n".join(scene.new(one.numbers[0]) for one in both)
                self._say(number, "split", place, old=sent.text, new=new)
                joined = Group(
                    [*both[0].numbers, *both[1].numbers], f"{both[0].text} {both[1].text}", None, (), group.cell
                )
                for one in (beside,):
                    for it in one.numbers:
                        scene.places[it] = place
                self._differs(joined, sent.tokens(self._masked(joined)), sent.text, [sent])
                return
        for step in (1, -1):
            other = group.sent + step
            while 0 <= other < len(scene.sent) and scene.sent[other].optional:  # notes may stand between
                other += step
            if not 0 <= other < len(scene.sent) or other in mates:
                continue
            sents = (sent, scene.sent[other]) if step > 0 else (scene.sent[other], sent)
            if sents[0].row or sents[1].row:
                continue
            if _better(group.text, f"{sents[0].text} {sents[1].text}", sent.text):
                self._joined.add(at)
                mates[other] = at
                number = group.numbers[0]
                old = "\n".join(one.text for one in sents)
                self._say(number, "merged", scene.places[number], old=old, new=scene.new(number))
                masked = self._masked(group)
                tokens = [*sents[0].tokens(masked), *sents[1].tokens(masked)]
                self._differs(group, tokens, old, sents)
                return

    def _moved(self, group: Group) -> None:
        number = group.numbers[0]
        place = self.scene.places[number]
        text = self.scene.sent[group.sent].text
        to = self.scene.behind(number)
        self._say(
            number, "moved", place, text, group.text.strip(), old=text, new=self.scene.new(number), whole=True, to=to
        )

    def _new(self, group: Group, *, front: bool) -> None:
        number = group.numbers[0]
        if front:
            self.strange.append(group.text.strip())
            return
        place = self.scene.behind(number)
        if place.id and not self.scene.places[number].id:
            self.scene.places[number] = place
        self._say(number, "inserted", place, "", group.text.strip(), old="", new=self.scene.new(number), whole=True)

    def _gone(self, mates: dict[int, int]) -> None:
        """Say what is no longer there; the cells of one row of a table together."""
        behind = 0
        row, open_row = 0, -1
        for at, one in enumerate(self.scene.sent):
            if at in mates:
                behind = self.scene.groups[mates[at]].numbers[-1]
                continue
            if one.optional or not one.text.strip():
                continue
            if one.row and one.row == row and open_row >= 0:
                number, edit = self.out[open_row]
                words = f"{edit.before} | {one.text}"
                self.out[open_row] = (
                    number,
                    Edit("", "deleted", False, "", "", edit.place, words, "", words, "", whole=True),
                )
                continue
            row, open_row = one.row, len(self.out)
            self._say(behind, "deleted", one.place, one.text, old=one.text, new="", whole=True)


def _plain(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


def _keys(tokens: Iterator[Token] | Sequence[Token]) -> list[str]:
    return [token.key for token in tokens if token.key]


def _better(whole: str, joined: str, alone: str) -> bool:
    """Whether two paragraphs put together are the other version of one, and one of them alone is not."""
    if squeezed(whole) == squeezed(joined):
        return True
    bags = [Counter(_keys(tokens_of(text))) for text in (whole, joined, alone)]
    return shared(bags[0], bags[1]) >= 0.85 and shared(bags[0], bags[1]) > shared(bags[0], bags[2]) + 0.1
