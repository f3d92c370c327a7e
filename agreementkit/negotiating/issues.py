"""Points become issues: those on the same words together, over all rounds, in the order of the agreements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from agreementkit.negotiating.model import DECIDED, Event, Issue, Negotiation, Point, Spot, Status
from agreementkit.negotiating.places import Places
from agreementkit.negotiating.wants import Wishes

_MOST = 400
"""Points on one paragraph up to which they are told apart; nobody decides more things about a paragraph."""


def join(kept: Negotiation, points: Sequence[Point], places: Places, round_: int, date: str) -> tuple[Issue, ...]:
    """Return the issues of a negotiation with further points in them.

    A point joins the issue that it answers, or one on the same words; what joins none makes an issue of its own,
    together with the other new points on those words. An issue that had been decided is open again.

    Args:
        kept: The negotiation, which already knows the points.
        points: The new points.
        places: The agreements of the round.
        round_: Number of the round.
        date: The day, in ISO form.
    """
    issues = {one.id: one for one in kept.issues}
    by_place: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    by_path: dict[str, str] = {}  # a value is one, in whichever agreement of the set it is printed
    by_point = {point: issue.id for point, issue in kept.issue_of.items()}
    for one in kept.issues:
        by_place[one.place.key].append(one.id)
        for point in kept.points_of(one):
            if point.path:
                by_path.setdefault(point.path, one.id)
    wishes = Wishes()
    groups = _groups(points, wishes)
    joined: defaultdict[str, list[Point]] = defaultdict(list)
    fresh: list[list[Point]] = []
    for group in groups:
        home = next((by_point[point.answers] for point in group if point.answers in by_point), "")
        home = home or next((by_path[key] for key in (point.path for point in group) if key in by_path), "")
        if not home and group[0].place.paragraph:
            near = by_place[group[0].place.key]
            home = next((id_ for id_ in near if _meets(wishes, group, kept.points_of(issues[id_]))), "")
        if home:
            joined[home] += group
        else:
            fresh.append(group)
    out = [_joined(one, joined[one.id], round_, date) if one.id in joined else one for one in kept.issues]
    fresh.sort(key=lambda group: places.order(group[0].place))
    taken = sum(one.id.startswith(f"{round_}-") for one in kept.issues)
    for number, group in enumerate(fresh, start=taken + 1):
        ids = tuple(point.id for point in group)
        status: Status = "resolved" if all(point.resolved for point in group) else "open"
        if all(point.kind == "agreement" for point in group):
            status = "agreed"  # nobody asks for anything
        raised = Event(round_, "raised", date, status, points=ids)
        out.append(Issue(f"{round_}-{number:02}", _place(group), ids, status, history=(raised,)))
    return tuple(_where_now(one, places) for one in out)


def _joined(issue: Issue, points: Sequence[Point], round_: int, date: str) -> Issue:
    """Return an issue with further points. What was answered before was no answer to what has come now."""
    ids = tuple(point.id for point in points)
    if all(point.resolved for point in points):
        event = Event(round_, "added", date, issue.status, points=ids)
        return replace(issue, points=(*issue.points, *ids), history=(*issue.history, event))
    decided = issue.status in DECIDED
    status: Status = "open" if decided else issue.status
    event = Event(round_, "reopened" if decided else "added", date, status, points=ids)
    return replace(issue, points=(*issue.points, *ids), status=status, response="", history=(*issue.history, event))


class _Sets:
    """Points in sets that can be joined."""

    def __init__(self, points: Sequence[Point]) -> None:
        self._lead = {point.id: point.id for point in points}

    def __contains__(self, id_: str) -> bool:
        return id_ in self._lead

    def of(self, id_: str) -> str:
        """Return what stands for the set of a point."""
        while self._lead[id_] != id_:
            self._lead[id_] = self._lead[self._lead[id_]]
            id_ = self._lead[id_]
        return id_

    def join(self, one: str, other: str) -> None:
        """Make one set of two; the first of `other` stands for it."""
        self._lead[self.of(one)] = self.of(other)


def _groups(points: Sequence[Point], wishes: Wishes) -> list[list[Point]]:
    """Return points in groups that belong together; answers follow what they answer, wherever they stand."""
    sets = _Sets(points)
    by_place: defaultdict[tuple[str, str, str], list[Point]] = defaultdict(list)
    by_path: dict[str, str] = {}
    for point in points:
        if point.answers in sets:
            sets.join(point.id, point.answers)
        if point.path:
            sets.join(point.id, by_path.setdefault(point.path, point.id))
        if point.place.paragraph:
            by_place[point.place.key].append(point)
    for listed in by_place.values():
        crowded = len(listed) > _MOST
        for number, point in enumerate(listed):
            for other in listed[:1] if crowded else listed[:number]:
                if sets.of(point.id) != sets.of(other.id) and (crowded or wishes.meet(point, other)):
                    sets.join(point.id, other.id)
        changes = {sets.of(point.id) for point in listed if point.asks}
        for point in listed:  # a remark on the whole paragraph goes to the one change that is asked for in it
            if len(changes) == 1 and not point.asks and not point.answers and not wishes.touched(point):
                sets.join(point.id, next(iter(changes)))
    found: dict[str, list[Point]] = {}
    for point in points:
        found.setdefault(sets.of(point.id), []).append(point)
    return list(found.values())


def _meets(wishes: Wishes, group: Sequence[Point], others: Sequence[Point]) -> bool:
    """Whether some of the new points of a place belong to an issue; in a crowd the last ones have to do."""
    return any(wishes.meet(point, other) for point in group[-_MOST:] for other in others[-_MOST:])


def _place(group: Sequence[Point]) -> Spot:
    return next((point.place for point in group if point.place.paragraph), group[0].place)


def _where_now(issue: Issue, places: Places) -> Issue:
    now = places.now(issue.place) if places else issue.place
    return issue if now == issue.place else replace(issue, place=now)
