"""The comments of reviewers in the next draft, with our answers in their threads, those that are dealt with resolved.

A comment stands on its words, else on its paragraph, else at its clause. One whose clause is gone stands at the
beginning and says where it was. A point that was closed in an earlier round is left out; the report has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from agreementkit.agreement import Agreement
from agreementkit.diagnostics import Diagnostic, Report, Severity
from agreementkit.negotiating.fates import Fate, fates
from agreementkit.negotiating.model import Issue, Negotiation, Point
from agreementkit.negotiating.places import Places
from agreementkit.negotiating.wants import NOBODY, flat, remark_text
from agreementkit.writers.threads import Remark, Thread

_SHOWN = 80

DONE = frozenset({"settled", "accepted", "agreed", "resolved", "superseded"})
"""Outcomes that mark a thread as resolved. A rejected point has an answer and stays open to view."""


def threads_of(kept: Negotiation, agreements: Iterable[Agreement]) -> Mapping[str, tuple[Thread, ...]]:
    """Return the threads of each agreement, by its precedent id.

    Args:
        kept: The negotiation.
        agreements: The agreements as they are now.
    """
    places = Places(agreements)
    newest = kept.round.number if kept.round else 0
    found: defaultdict[str, list[tuple[tuple[object, ...], Thread]]] = defaultdict(list)
    for fate in fates(kept, places):
        point = fate.point
        if point.answers in kept.points or point.place.agreement not in places.agreements:
            continue
        recent = any(event.round == newest for event in fate.issue.history)
        if not fate.closed or recent:
            place = places.nearest(point.place)
            found[place.agreement].append((places.order(place), _thread(kept, fate, places)))
    return {
        precedent: tuple(thread for _, thread in sorted(listed, key=lambda one: one[0]))
        for precedent, listed in found.items()
    }


def left_out(kept: Negotiation, agreements: Iterable[Agreement]) -> Report:
    """Return a warning for each point that no draft can show, for its agreement is not known or not written."""
    precedents = {one.precedent for one in agreements}
    report = Report()
    for point in kept.points.values():
        if point.place.agreement not in precedents:
            of = (
                f"an agreement {point.place.agreement!r} that is not written"
                if point.place.agreement
                else "no agreement"
            )
            report.add(
                Diagnostic(
                    "AK825",
                    f"what {point.author or 'somebody'} said stands in no draft, for it is of {of}: {_short(point)}",
                    Severity.WARNING,
                    hints=("it is in the report: `agreementkit review round report`",),
                    path=point.id,
                )
            )
    return report


def _short(point: Point) -> str:
    text = " ".join(remark_text(point).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"


def _thread(kept: Negotiation, fate: Fate, places: Places) -> Thread:
    point = fate.point
    place = places.nearest(point.place)
    text = remark_text(point)
    there = places.is_there(place)
    if not there:
        was = (
            " ".join(part for part in (point.place.number, point.place.heading) if part) or "a place that is not known"
        )
        text = f"[On {was.replace('[', '(').replace(']', ')')}, which is not in this draft] {text}"
    now = flat(places.words(place))
    quote = (
        point.quote if not point.asks else point.before if point.before and flat(point.before) in now else point.after
    )
    done = fate.outcome in DONE and not (fate.outcome == "accepted" and fate.remark)
    return Thread(
        place.paragraph if there else "",
        Remark(point.author or NOBODY, text, point.when, point.initials),
        tuple(_replies(kept, point, fate.issue)),
        quote if len(flat(quote)) < len(now) else "",
        places.term(place),
        done,
    )


def _replies(kept: Negotiation, point: Point, issue: Issue) -> Iterable[Remark]:
    """Yield the answers in a thread, round by round: those of other reviewers, then ours."""
    others = [one for one in kept.points_of(issue) if _root(kept, one) == point.id and one.id != point.id]
    ours: dict[int, Remark] = {}
    for event in issue.history:
        if event.response and point.id in event.points:
            ours[event.round] = Remark(kept.answers_by, event.response, event.date)
    for number in sorted({*(one.round for one in others), *ours}):
        for one in sorted((one for one in others if one.round == number), key=lambda one: one.when):
            yield Remark(one.author or NOBODY, remark_text(one), one.when, one.initials)
        if number in ours:
            yield ours[number]


def _root(kept: Negotiation, point: Point) -> str:
    seen = {point.id}
    while point.answers in kept.points and point.answers not in seen:
        seen.add(point.answers)
        point = kept.points[point.answers]
    return point.id
