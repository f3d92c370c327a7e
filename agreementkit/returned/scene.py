"""One returned file beside the agreement as it was sent: what is asked about any paragraph of it.

Every paragraph of the file gets a place here, and the words of it in both views; the edits are read off this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from agreementkit.returned.beside import Group, groups_of, match
from agreementkit.returned.edit import Location
from agreementkit.returned.known import Known
from agreementkit.returned.sent import SentParagraph
from agreementkit.returned.story import Paragraph, Story

BEHIND = 0.5
"""How sure the place of something new is: it is known behind which paragraph it stands."""


@dataclass(slots=True, eq=False)
class Scene:
    """A story, the agreement it is of, and what belongs to what.

    Attributes:
        story: The paragraphs of the file.
        known: What is known of the agreement; None where it is not at hand.
        sent: The agreement as it was sent; empty where it is not at hand.
        groups: The paragraphs as they were before the tracked changes, each with the one that was sent.
        places: Place of each paragraph of the file.
        group_of: Number of the group of each paragraph of the file, where it has one.
        final: For each paragraph of the file, the paragraphs that it is one with once all changes are accepted.
    """

    story: Story
    known: Known | None
    sent: Sequence[SentParagraph]
    groups: list[Group] = field(init=False)
    places: list[Location] = field(init=False)
    group_of: dict[int, int] = field(init=False)
    final: dict[int, list[int]] = field(init=False)
    _anchors: list[int] = field(init=False)  # the last paragraph before each that has a place of its own, or -1
    _new: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.groups = groups_of(self.story)
        if self.sent:
            match(self.sent, self.groups)
        self.group_of = {number: at for at, one in enumerate(self.groups) for number in one.numbers}
        self.final = {number: run for run in self.story.chains("final") for number in run}
        self.places = self._placed()
        self._anchors, last = [], -1
        for number, place in enumerate(self.places):
            self._anchors.append(last)
            if number in self.group_of and place.placed and place.by != "neighbour":
                last = number

    def old(self, number: int) -> str:
        """Return the whole paragraph as it was sent; where that is not known, as it was before the tracked changes."""
        at = self.group_of.get(number)
        if at is None:
            return ""
        sent = self.groups[at].sent
        return self.sent[sent].text if sent >= 0 else self.groups[at].text

    def new(self, number: int) -> str:
        """Return the whole paragraph with all tracked changes accepted."""
        run = self.final.get(number, [number])
        if run[0] not in self._new:
            self._new[run[0]] = "".join(self.story.paragraphs[one].text("final") for one in run).strip()
        return self._new[run[0]]

    def behind(self, number: int) -> Location:
        """Return the place of something new that stands at a paragraph of the file."""
        last = self._anchors[number] if number < len(self._anchors) else -1
        found = self.places[last] if last >= 0 else next((one for one in self.places if one.placed), Location())
        return replace(found, by="neighbour", confidence=BEHIND) if found.placed else found

    # --------------------------------------------------------------------------------------------- places

    def _placed(self) -> list[Location]:
        out: list[Location] = []
        here = beside = nowhere = Location()
        name = ""
        for number, one in enumerate(self.story.paragraphs):
            at = self.group_of.get(number)
            place = nowhere
            if at is not None and self.groups[at].sent >= 0:
                group = self.groups[at]
                place = self.sent[group.sent].place
                if place.id and (place.by, place.confidence) != (group.by, group.confidence):
                    place = replace(place, by=group.by, confidence=group.confidence)
            elif not self.sent and not (one.contents or one.box):
                name = next(iter(one.bookmarks), name)
                known = at is not None
                place = Location(name, name, by="bookmark", confidence=1.0) if name and known else nowhere
            if place.id:
                here, beside = place, nowhere
            elif here.id and not place.heading and not (one.contents or one.box):
                beside = beside if beside.id else replace(here, by="neighbour", confidence=BEHIND)
                place = beside
            out.append(place)
        first = next((one for one in out if one.id), nowhere)
        for number, one in enumerate(self.story.paragraphs):
            if out[number].id or out[number].heading:
                continue
            if one.box:
                out[number] = Location(heading="Text box")
            elif one.contents:
                out[number] = Location(heading="Contents")
            elif self.sent and first.id:
                out[number] = Location(heading="Cover")
        return out


def words_of(paragraphs: Sequence[Paragraph], view: str) -> str:
    """Return the words of several paragraphs of the file in one view, each a line."""
    assert view in ("original", "final")  # noqa: S101 - told to the type checker
    return "\n".join(text for one in paragraphs if (text := one.text(view).strip()))  # type: ignore[arg-type]
