"""What became of every point of every round: settled, decided, carried over, reopened, superseded. None is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from agreementkit.negotiating.model import STATUSES, Issue, Negotiation, Point
from agreementkit.negotiating.places import Places
from agreementkit.negotiating.rounds import responses
from agreementkit.negotiating.wants import flat, want

Outcome = Literal[
    "settled",
    "agreed",
    "accepted",
    "rejected",
    "deferred",
    "resolved",
    "superseded",
    "reopened",
    "carried over",
    "open",
]
OUTCOMES: Mapping[Outcome, str] = {
    "settled": "Settled: the text says so",
    "agreed": "Agreed",
    "accepted": "Accepted",
    "rejected": "Rejected",
    "deferred": "Deferred",
    "resolved": "Resolved",
    "superseded": "Superseded",
    "reopened": "Open again",
    "carried over": "Open, carried over",
    "open": "Open",
}
"""What can become of a point, and how it is printed."""

CLOSED = frozenset({"settled", "agreed", "accepted", "rejected", "resolved", "superseded"})
"""Outcomes after which nothing is left to do about a point."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one point.

    Attributes:
        point: The point.
        issue: Its issue.
        outcome: What became of it.
        remark: More about it in a sentence, or "".
        response: The last response to it, or "".
    """

    point: Point
    issue: Issue
    outcome: Outcome
    remark: str = ""
    response: str = ""

    @property
    def closed(self) -> bool:
        """Whether nothing is left to do."""
        return self.outcome in CLOSED


def fates(kept: Negotiation, places: Places | None = None) -> tuple[Fate, ...]:
    """Return what became of every point, in the order of the rounds and in each round of the issues.

    Args:
        kept: The negotiation.
        places: The agreements as they are now; without them nobody can tell what the text says.
    """
    places = places or Places()
    given = responses(kept)
    order = {point: number for number, issue in enumerate(kept.issues) for point in issue.points}
    out: list[Fate] = []
    for one in kept.rounds:
        for point in sorted(one.points, key=lambda point: order[point.id]):
            issue = kept.issue_of[point.id]
            outcome, remark = _outcome(kept, point, issue, places)
            out.append(Fate(point, issue, outcome, remark, given.get(point.id, "")))
    return tuple(out)


def tally(found: Iterable[Fate]) -> str:
    """Return how many points came to what end, as words."""
    counts = Counter(one.outcome for one in found)
    return ", ".join(f"{counts[one]} {one}" for one in OUTCOMES if counts[one]) or "no points"


def _outcome(kept: Negotiation, point: Point, issue: Issue, places: Places) -> tuple[Outcome, str]:
    later = _superseded_by(kept, point, issue)
    if later is not None:
        return "superseded", f"{later.author} asked for something else in round {later.round}."
    says = is_settled(point, places)
    reopened = next((e.round for e in reversed(issue.history) if e.kind == "reopened" and e.round > point.round), 0)
    if issue.status == "open" and reopened and not says:
        return "reopened", f"Reopened in round {reopened}."
    if says and issue.status != "rejected":
        return "settled", ""
    again = next((one.number for one in reversed(kept.rounds) if point.id in one.again), 0)
    repeated = f"It came back in round {again}." if again else ""
    if issue.status != "open":
        return issue.status, _not_yet(point, issue, places, says=says) or repeated
    if (
        places
        and point.place.paragraph
        and point.place.agreement in places.agreements
        and not places.is_there(issue.place)
    ):
        return "superseded", "Its provision is no longer in the agreement."
    if point.resolved:
        return "resolved", "Its author marked it as resolved."
    newest = kept.round.number if kept.round else point.round
    if point.round == newest:
        return "open", ""
    return "carried over", repeated


def _not_yet(point: Point, issue: Issue, places: Places, *, says: bool) -> str:
    asked = point.asks and issue.status == "accepted" and point.place.agreement in places.agreements
    if asked and not says:
        return "The text does not say so yet."
    return f"The text says so, though the issue is {STATUSES[issue.status].lower()}." if says else ""


def _superseded_by(kept: Negotiation, point: Point, issue: Issue) -> Point | None:
    """Return a later point by which the same person asks for something else in the same words."""
    if not point.asks:
        return None
    again = max((one.number for one in kept.rounds if point.id in one.again), default=point.round)
    others = (
        one
        for one in kept.points_of(issue)
        if one.asks and one.author == point.author and one.round > again and want(one) != want(point)
    )
    return next((one for one in others if _of_the_same(point, one)), None)


def _of_the_same(point: Point, other: Point) -> bool:
    if point.path or other.path:
        return point.path == other.path
    return point.place.key == other.place.key


def is_settled(point: Point, places: Places) -> bool:
    """Whether the agreement as it is now says what a point asked for; False where that cannot be told.

    Remarks ask for no text, and what became of the look of a paragraph is not looked at.
    """
    if not point.asks or not places or point.place.agreement not in places.agreements:
        return False
    if point.path:
        return flat(point.after) in map(flat, places.values(point.place.agreement, point.path))
    place = places.now(point.place)
    if not places.is_there(place):
        return point.kind == "deleted" and not point.after and flat(point.before) == flat(point.old)
    paragraphs = [flat(unit.text) for unit in places.units(place)]
    text = flat(places.words(place))
    old, new, before, after = map(flat, (point.old, point.new, point.before, point.after))
    if point.kind == "wording":
        return bool(new) and (new == text or new in paragraphs)
    if point.kind in ("inserted", "deleted", "replaced"):
        if new and new in paragraphs:
            return True
        if old and old in paragraphs:
            return False
        gone = not before or before not in text
        there = not after or (after in text and after not in old)
        return gone and there and bool(before or after)
    return bool(new) and point.kind in ("split", "merged") and new in paragraphs
