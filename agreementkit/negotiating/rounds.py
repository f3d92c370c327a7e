"""The rounds of a negotiation: begin one, add what came back, write down what was decided, close it.

Nothing is ever taken out. A point that comes back in a later round is recognised and is not counted again; a comment
keeps its identity when its provision has another number or has moved.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from agreementkit.agreement import Agreement
from agreementkit.diagnostics import Diagnostic, Report
from agreementkit.errors import SourceError
from agreementkit.negotiating.gather import gather
from agreementkit.negotiating.issues import join
from agreementkit.negotiating.model import (
    DECIDED,
    STAGES,
    Event,
    Issue,
    Negotiation,
    Point,
    Received,
    Round,
    Sent,
    Stage,
    Status,
)
from agreementkit.negotiating.places import Places
from agreementkit.negotiating.wants import NOBODY, flat, remark_text
from agreementkit.writers.identity import identity_of
from agreementkit.writers.threads import Remark

_MOST_NAMED = 20
_TELLING = 12
"""Characters from which on a remark tells itself from others: “Agreed” may stand in ten places in one minute."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody filled in for an issue.

    Attributes:
        id: Id of the issue.
        status: Status; None where it was left as it was, as in every other field.
        owner: Who takes care of it.
        due: By when, in ISO form.
        response: The response.
    """

    id: str
    status: Status | None = None
    owner: str | None = None
    due: str | None = None
    response: str | None = None


def issues_of(
    files: Sequence[str | Path], agreements: Sequence[Agreement] = (), date: str = ""
) -> tuple[Negotiation, Report]:
    """Consolidate returned files and review files into issues: one round, begun and filled.

    Args:
        files: The files.
        agreements: The agreements as they were sent.
        date: The day, in ISO form, or "".

    Returns:
        The issues, and warnings about files and places.

    Raises:
        SourceError: Files that cannot be read, with every fault of every file.
    """
    return add(begin(Negotiation(), agreements, date=date), files, agreements, date=date)


def begin(kept: Negotiation, agreements: Sequence[Agreement], *, stage: Stage = "", date: str = "") -> Negotiation:
    """Begin a round.

    Args:
        kept: The negotiation so far.
        agreements: What is sent out.
        stage: Stage of a consultation in two stages.
        date: The day, in ISO form, or "".

    Raises:
        SourceError: AK826 where a stage begins while points of the stage before it have no response.
    """
    before = kept.round
    if before and stage != before.stage and not before.closed:
        _require_responses(kept, before.stage, f"{STAGES[stage] or 'the next round'}, cannot begin")
    sent = tuple(Sent(**identity_of(one.document).as_dict()) for one in agreements)
    number = len(kept.rounds) + 1
    return replace(kept, rounds=(*kept.rounds, Round(number, stage, date, "", sent)))


def add(
    kept: Negotiation, files: Sequence[str | Path], agreements: Sequence[Agreement] = (), *, date: str = ""
) -> tuple[Negotiation, Report]:
    """Add files that came back to the newest round.

    Args:
        kept: The negotiation.
        files: Review files and returned Word files.
        agreements: The agreements as they were sent in this round.
        date: The day, in ISO form, or "".

    Returns:
        The negotiation with the points of the files, and warnings.

    Raises:
        SourceError: Files that cannot be read; AK827 where no round has begun, or it is closed.
    """
    current = kept.round
    if current is None or current.closed:
        what = "no round has begun" if current is None else f"round {current.number} is closed"
        raise SourceError(Diagnostic("AK827", what, hints=("begin one: `agreementkit review round start`",)))
    ours = [event.response for issue in kept.issues for event in issue.history if event.response]
    found = gather(files, agreements, current.number, ours)
    fresh, known = recognise(kept, found.points)
    again = list(known.values())
    done = {known[point.id] for point in found.points if point.resolved and point.id in known}
    received = _received(current.received, found.received)
    changed = replace(
        current,
        received=received,
        points=(*current.points, *fresh),
        again=tuple(
            dict.fromkeys((*current.again, *(one for one in again if kept.points[one].round < current.number)))
        ),
    )
    grown = replace(kept, rounds=(*kept.rounds[:-1], changed))
    issues = join(replace(grown, issues=kept.issues), fresh, Places(agreements), current.number, date)
    return replace(grown, issues=_repeated(kept, issues, changed, again, done, date)), found.report


def recognise(kept: Negotiation, points: Iterable[Point]) -> tuple[list[Point], dict[str, str]]:
    """Tell new points from those that a negotiation knows.

    A point is known by its id, else by who said what and when in the same place, else by who said what and when, so
    that a comment whose provision has moved is still the same. A change that comes back unchanged is the same, too.

    Returns:
        The new points, and by which id each of the others is known.
    """
    same_place: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    anywhere: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for point in kept.points.values():
        for said in dict.fromkeys((_said(point), _shown(point))):
            same_place[(*point.place.key, *said)].append(point.id)
            anywhere[said].append(point.id)
    waiting: list[Point] = []
    known: dict[str, str] = {}
    taken: set[str] = set()
    for point in points:
        listed = [point.id] if point.id in kept.points else same_place[(*point.place.key, *_said(point))]
        free = [one for one in listed if one not in taken]
        if free:
            taken.add(free[0])
            known[point.id] = free[0]
        else:
            waiting.append(point)
    fresh: list[Point] = []
    for point in waiting:
        free = [one for one in anywhere[_said(point)] if one not in taken] if not point.asks else []
        if free and "T" in point.when and len(flat(point.text)) >= _TELLING:
            taken.add(free[0])
            known[point.id] = free[0]
        else:
            fresh.append(point)
    fresh = [replace(point, answers=known.get(point.answers, point.answers)) for point in fresh]
    return fresh, known


def _said(point: Point) -> tuple[str, ...]:
    if point.asks and point.kind != "wording":
        return point.kind, point.author, flat(point.before), flat(point.after), point.path, point.text
    return "said", point.author, _minute(point.when), flat(point.text), flat(point.new)


def _shown(point: Point) -> tuple[str, ...]:
    """Return what a point is when it comes back as the comment that we put into the draft for it."""
    return "said", point.author or NOBODY, _minute(point.when), flat(remark_text(point)), ""


def _minute(when: str) -> str:
    return Remark("", "", when).stamp[:16] or when


def _received(before: tuple[Received, ...], after: tuple[Received, ...]) -> tuple[Received, ...]:
    return tuple(dict.fromkeys((*before, *after)))


def _repeated(
    before: Negotiation,
    issues: tuple[Issue, ...],
    current: Round,
    again: Sequence[str],
    done: Collection[str],
    date: str,
) -> tuple[Issue, ...]:
    """Note in the issues which points of earlier rounds came back in this one, and whether all came back resolved."""
    noted = {
        point for one in issues for event in one.history if event.round == current.number for point in event.points
    }
    found: defaultdict[str, list[str]] = defaultdict(list)
    for id_ in again:
        if before.points[id_].round < current.number and id_ not in noted:
            found[before.issue_of[id_].id].append(id_)
    out: list[Issue] = []
    for one in issues:
        if one.id in found:
            event = Event(current.number, "repeated", date, one.status, points=tuple(found[one.id]))
            one = replace(one, history=(*one.history, event))
        if one.status not in DECIDED and done and all(point in done for point in one.points):
            event = Event(current.number, "decided", date, "resolved", points=one.points)
            one = replace(one, status="resolved", history=(*one.history, event))
        out.append(one)
    return tuple(out)


def update(kept: Negotiation, filled: Iterable[Filled], *, date: str = "") -> tuple[Negotiation, tuple[str, ...]]:
    """Write down what was decided.

    Args:
        kept: The negotiation.
        filled: What was filled in.
        date: The day, in ISO form, or "".

    Returns:
        The negotiation, and the ids of the issues that are not as they were.

    Raises:
        SourceError: AK822 for each issue that there is not.
    """
    given = {one.id: one for one in filled}
    known = {one.id for one in kept.issues}
    unknown = [one for one in given if one not in known]
    if unknown:
        hint = "use the spreadsheet or the JSON that was written from this file, and leave the first column alone"
        raise SourceError(*(Diagnostic("AK822", f"there is no issue {one!r}", hints=(hint,)) for one in unknown))
    issues: list[Issue] = []
    changed: list[str] = []
    number = kept.round.number if kept.round else 1
    for issue in kept.issues:
        decided = _decided(issue, given[issue.id], number, date) if issue.id in given else issue
        issues.append(decided)
        if decided != issue:
            changed.append(issue.id)
    return replace(kept, issues=tuple(issues)), tuple(changed)


def _decided(issue: Issue, filled: Filled, round_: int, date: str) -> Issue:
    said = {
        one.name: getattr(filled, one.name)
        for one in fields(Filled)
        if one.name != "id" and getattr(filled, one.name) is not None
    }
    after = replace(issue, **said)
    if (after.status, after.response) == (issue.status, issue.response):
        return after
    event = Event(round_, "decided", date, after.status, after.response, issue.points)
    return replace(after, history=(*issue.history, event))


def close(kept: Negotiation, *, date: str = "", anyway: bool = False) -> Negotiation:
    """Close the newest round, and with it its stage.

    Args:
        kept: The negotiation.
        date: The day, in ISO form, or "".
        anyway: Close it although points have no response.

    Raises:
        SourceError: AK826 where points have no response; AK827 where there is no open round.
    """
    current = kept.round
    if current is None or current.closed:
        what = "no round has begun" if current is None else f"round {current.number} is closed already"
        raise SourceError(Diagnostic("AK827", what, hints=("begin one: `agreementkit review round start`",)))
    if not anyway:
        _require_responses(kept, current.stage, f"{current.name} cannot be closed")
    day = date or dt.date.today().isoformat()
    return replace(kept, rounds=(*kept.rounds[:-1], replace(current, closed=day)))


def responses(kept: Negotiation) -> Mapping[str, str]:
    """Return the last response to each point that has one, by the id of the point."""
    return {
        point: event.response
        for issue in kept.issues
        for event in issue.history
        if event.response
        for point in event.points
    }


def without_response(kept: Negotiation, stage: Stage | None = None) -> tuple[Point, ...]:
    """Return the points that wait for a response: all of them, or those of the rounds of a stage.

    What only says that the text is agreed to needs none, nor does what its author has resolved.

    Args:
        kept: The negotiation.
        stage: Only rounds of this stage.
    """
    given = responses(kept)
    return tuple(
        point
        for one in kept.rounds
        if stage is None or one.stage == stage
        for point in one.points
        if point.id not in given and point.kind != "agreement" and not point.resolved
    )


def _require_responses(kept: Negotiation, stage: Stage, what: str) -> None:
    missing = without_response(kept, stage)
    if not missing:
        return
    named = [
        f"{kept.issue_of[one.id].id}: {one.author or 'somebody'}, {one.place.number or 'not placed'}"
        for one in missing[:_MOST_NAMED]
    ]
    more = (f"and {len(missing) - _MOST_NAMED} more",) if len(missing) > _MOST_NAMED else ()
    count = "1 point has" if len(missing) == 1 else f"{len(missing)} points have"
    hint = "write a response to each, and take it in with `agreementkit review update`; or use `--anyway`"
    raise SourceError(Diagnostic("AK826", f"{what}: {count} no response", hints=(*named, *more, hint)))
