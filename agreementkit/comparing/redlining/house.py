"""The fields of a house file in two versions: what stands on the cover is tracked, as the title of the agreement is."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from lxml import etree

from agreementkit.writers.word.house.house import House
from agreementkit.writers.word.markup import W, run, w
from agreementkit.writers.word.package.intake import parse
from agreementkit.writers.word.revisions.tracked import Tracked


def house_fields(
    house: House, old: Mapping[str, object], new: Mapping[str, object], tracked: Tracked
) -> tuple[str, dict[str, bytes]]:
    """Return the filled main part of a house file, with what its fields said before, and the other parts.

    A field of the main part that says something else is tracked where it is a run of its own, as fields are; where the
    two versions are not alike paragraph by paragraph, the new one stands alone. Headers and footers are those of the
    new version: Word shows no changes in them to whoever reads the text.
    """
    filled = house.fill(new)
    main = filled.pop(house.main)
    before = main if old == new else house.fill(old)[house.main]
    if before != main:
        main = _tracked(before, main, tracked)
    return main, {name: text.encode() for name, text in filled.items()}


def _tracked(old: str, new: str, tracked: Tracked) -> str:
    one, other = parse(old.encode()), parse(new.encode())
    before, after = (list(root.iter(w("t"))) for root in (one, other))
    if [_place(text) for text in before] != [_place(text) for text in after]:
        return new
    for was, now in zip(before, after, strict=True):
        place = now.getparent()
        if (was.text or "") != (now.text or "") and place is not None and len(place.findall("*")) <= 1 + _looks(place):
            _replace(place, was.text or "", now.text or "", tracked)
    return etree.tostring(other, encoding="unicode")


def _looks(place: etree._Element) -> int:
    return len(place.findall(w("rPr")))


def _place(text: etree._Element) -> tuple[str, ...]:
    return tuple(str(one.tag) for one in text.iterancestors())


def _replace(place: etree._Element, old: str, new: str, tracked: Tracked) -> None:
    """Put a run that says what was said, deleted, and one that says what is said, inserted, in place of a run."""
    parent = place.getparent()
    assert parent is not None  # noqa: S101 - a run stands in a paragraph
    for change, text in (("del", old), ("ins", new)):
        made = etree.fromstring(f'<x xmlns:w="{W}">{tracked.runs(change, run(text))}</x>')  # type: ignore[arg-type]
        for element in made:
            for look in place.findall(w("rPr")):
                element[0].insert(0, copy.deepcopy(look))
            parent.insert(parent.index(place), element)
    parent.remove(place)
