"""What was done outside the running text: headers, footers, footnotes, endnotes, documents put in whole.

The words of headers and footers come from the house file, which is not at hand; so of them only what was tracked can
be told. A footnote has the place of the paragraph that refers to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agreementkit.returned.edit import Edit, Location
from agreementkit.returned.parts import Parts
from agreementkit.returned.scene import Scene
from agreementkit.returned.story import VIEWS, Story
from agreementkit.returned.tracked import Found, tracked_edits

_NAMES = re.compile(r"(?:.*/)?(header|footer|footnotes|endnotes)\d*\.xml")
_SAID = {"header": "Header", "footer": "Footer", "footnotes": "Footnote", "endnotes": "Endnote"}


def outside_edits(parts: Parts, scene: Scene) -> list[Found]:
    """Return the tracked changes of the parts beside the main part, and what was put in whole.

    Args:
        parts: The parts of the file.
        scene: The main part beside the agreement.

    Raises:
        SourceError: AK744, a part is not XML that can be read safely.
    """
    last = len(scene.story.paragraphs)
    out = [(last, one) for one in (*_embedded(scene), *_listed(scene))]
    for name in sorted(parts.parts):
        kind = _NAMES.fullmatch(name)
        root = parts.tree(name) if kind else None
        if kind is None or root is None:
            continue
        story = Story.read(root)
        beside = Scene(story, None, ())
        for at, place in enumerate(beside.places):
            here = Location(heading=_SAID[kind[1]])
            note = story.paragraphs[at].note
            if kind[1] == "footnotes" and note in scene.story.notes:
                here = scene.places[scene.story.notes[note]]
            beside.places[at] = place if place.id else here
        out += [(last, edit) for _, edit in tracked_edits(beside)]
    return out


def _listed(scene: Scene) -> Iterator[Edit]:
    """Yield what stands in a list of contents and is no heading: Word would not have written it there."""
    if not scene.sent:
        return
    rows = [(words, said) for words in _contents(scene.story) if (said := _letters(words))]
    strange = {name for _, said in rows for name in (said, said.removeprefix("schedule"))}
    # Nearly every row is the heading of a provision: the whole text is looked through only for what is none.
    for known in (_headings(scene), _everything(scene)):
        if strange:
            strange.difference_update(map(_letters, known))
            rows = [(words, said) for words, said in rows if {said, said.removeprefix("schedule")} <= strange]
    for words, _ in rows:
        yield Edit("", "inserted", False, "", "", Location(heading="Contents"), after=words, new=words, whole=True)


def _contents(story: Story) -> Iterator[str]:
    for one in story.paragraphs:
        if one.contents:
            yield one.text("final").strip()


def _headings(scene: Scene) -> Iterator[str]:
    return (one.text for one in scene.sent if one.kind in ("heading", "section", "cover"))


def _everything(scene: Scene) -> Iterator[str]:
    yield from (one.text for one in scene.sent)
    for one in scene.story.paragraphs:
        if not one.contents:
            yield from (one.text(view) for view in VIEWS)


def _letters(text: str) -> str:
    """Return the letters of a row of contents: its numbers come and go."""
    return "".join(filter(str.isalpha, text.casefold()))


def _embedded(scene: Scene) -> Iterator[Edit]:
    for _ in range(min(scene.story.embedded, 50)):
        place = Location(heading="Document put in whole")
        yield Edit("", "inserted", False, "", "", place, after="[document]", new="[document]", whole=True)
