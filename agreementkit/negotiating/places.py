"""The agreements of a round as the places of points: where a provision stands, what it is called, what it says."""

from __future__ import annotations

from collections.abc import Iterable

from agreementkit.agreement import Agreement
from agreementkit.comparing.units import Unit, units
from agreementkit.negotiating.model import Spot
from agreementkit.reviewing.collect import Outline
from agreementkit.reviewing.comment import ReviewComment
from agreementkit.tree.nodes import Value
from agreementkit.tree.walk import division_inlines, divisions, plain_text


class Places:
    """The places of some agreements.

    Args:
        agreements: The agreements, of several versions of one the newest first; none where nobody gave them.
    """

    def __init__(self, agreements: Iterable[Agreement] = ()) -> None:
        self.agreements: dict[str, Agreement] = {}
        for one in agreements:
            self.agreements.setdefault(one.precedent, one)
        self._outlines = {precedent: Outline(one) for precedent, one in self.agreements.items()}
        self._order = {precedent: number for number, precedent in enumerate(self.agreements)}
        self._values: dict[str, dict[str, list[str]]] = {}

    def __bool__(self) -> bool:
        return bool(self.agreements)

    def spot(self, precedent: str, paragraph: str, term: str = "", clause: str = "", number: str = "") -> Spot:
        """Return a place as the agreement has it now: by its id, an id of before, or else its clause.

        Without the agreement it is what was given.
        """
        agreement = self.agreements.get(precedent)
        if agreement is None:
            return Spot(precedent, clause or paragraph.split("/")[0], paragraph, term, number)
        outline = self._outlines[precedent]
        key = outline.find(_asked(self.id(precedent, paragraph), term, self.id(precedent, clause)))
        if not key[0]:
            return Spot(precedent, "", "", "", number)
        entry = outline.entry(key, ())
        return Spot(precedent, entry.clause, entry.paragraph, key[1], entry.number, entry.heading)

    def now(self, place: Spot) -> Spot:
        """Return where a place of an earlier round stands now; the place as it was where it is gone."""
        found = self.nearest(place)
        same = (place.agreement, self.id(place.agreement, place.paragraph), place.term)
        return found if found.key == same else place

    def nearest(self, place: Spot) -> Spot:
        """Return where a place of an earlier round stands now, else its clause, else a place without a provision."""
        return self.spot(place.agreement, place.paragraph, place.term, place.clause, place.number)

    def id(self, precedent: str, division: str) -> str:
        """Return the id that a division has now: packs may have given it another since."""
        agreement = self.agreements.get(precedent)
        return agreement[division].id if agreement and division and division in agreement else division

    def is_there(self, place: Spot) -> bool:
        """Whether the provision of a place is in the agreement."""
        agreement = self.agreements.get(place.agreement)
        if agreement is None or not place.paragraph or place.paragraph not in agreement:
            return False
        return not place.term or any(unit.key == place.term for unit in self.units(place))

    def units(self, place: Spot) -> list[Unit]:
        """Return the paragraphs of a place, without those of the provisions below it."""
        agreement = self.agreements.get(place.agreement)
        if agreement is None or not place.paragraph or place.paragraph not in agreement:
            return []
        return list(units(agreement[place.paragraph].division))

    def words(self, place: Spot) -> str:
        """Return what a place says: a definition, else its paragraphs, else its heading."""
        found = self.units(place)
        if place.term:
            return next((unit.text for unit in found if unit.key == place.term), "")
        said = [unit.text for unit in found if unit.kind != "heading" and not unit.key]
        return "\n".join(said or [unit.text for unit in found if unit.kind == "heading"])

    def term(self, place: Spot) -> str:
        """Return the definition of a place as its words begin, or ""."""
        agreement = self.agreements.get(place.agreement)
        if agreement is None or not place.term:
            return ""
        return next((one.term for one in agreement.definitions.values() if one.id == place.term), "")

    def values(self, precedent: str, path: str) -> list[str]:
        """Return how a value of the configuration is printed in an agreement."""
        if precedent not in self._values:
            found: dict[str, list[str]] = {}
            agreement = self.agreements.get(precedent)
            for division in divisions(agreement.document) if agreement else ():
                for inline in division_inlines(division):
                    if isinstance(inline, Value):
                        found.setdefault(inline.path, []).append(plain_text((inline,)))
            self._values[precedent] = found
        return self._values[precedent].get(path, [])

    def order(self, place: Spot) -> tuple[int, tuple[int, int], str, str]:
        """Return where a place stands among the others; what has no place comes last."""
        outline = self._outlines.get(place.agreement)
        at = self._order.get(place.agreement, len(self._order))
        if outline is None:
            return at, (0 if place.paragraph else 1, 0), place.agreement, ""
        term = place.term if self.is_there(place) else ""
        return at, outline.order((place.paragraph, term)), place.agreement, ""


def _asked(paragraph: str, term: str, clause: str) -> ReviewComment:
    return ReviewComment("", "", "", "comment", "", "", "", "", clause, paragraph, term)
