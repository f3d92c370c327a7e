"""What a negotiation shows on paper: the table of issues, the report on every round, the response to every point.

Each is a sheet as comparisons have it, so that plain text, Markdown, HTML and Word of it say the same.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from agreementkit.comparing.paper import Grid, Paper, Section, Words, plainly
from agreementkit.comparing.words import Piece
from agreementkit.negotiating.fates import OUTCOMES, Fate, fates, tally
from agreementkit.negotiating.model import POINT_KINDS, STAGES, STATUSES, Issue, Negotiation, Point, Round, Spot, Stage
from agreementkit.negotiating.places import Places
from agreementkit.negotiating.rounds import without_response
from agreementkit.negotiating.wants import AS_IT_STANDS, NOBODY, STANDS, View, in_context, stand, views
from agreementkit.reviewing.comment import SIDES

NOT_PLACED = "Not placed"
ISSUE_COLUMNS = ("Issue", "Clause", "What is wanted, and by whom", "Views", "Status", "Owner and due", "Response")
POINT_COLUMNS = ("Issue", "Clause", "Who", "What was asked", "What became of it", "Response")
RESPONSE_COLUMNS = ("Issue", "Clause", "Who", "Point", "Response", "Outcome")
ROUND_COLUMNS = ("Round", "Began", "Sent", "Came back from", "Points", "Closed")
NO_RESPONSE = "No response yet"
_AROUND = 50
"""Characters of unchanged words that are shown on each side of a change."""

Cell = tuple[Words, ...]


def issues_paper(kept: Negotiation, places: Places | None = None) -> Paper:
    """Return the table of issues, by clause: who wants what, where they agree, where they conflict, what is decided.

    Args:
        kept: The negotiation.
        places: The agreements, which give order and titles; without them issues stand in the order they came up.
    """
    places = places or Places()
    by_agreement: defaultdict[str, list[Issue]] = defaultdict(list)
    for issue in in_order(kept.issues, places):
        by_agreement[issue.place.agreement].append(issue)
    sections = [
        Section(
            title_of(kept, precedent, places),
            grid=Grid(ISSUE_COLUMNS, tuple(_issue_row(kept, issue) for issue in listed)),
        )
        for precedent, listed in by_agreement.items()
    ]
    return Paper("Issues", _issues_summary(kept), tuple(sections))


def report_paper(kept: Negotiation, places: Places | None = None) -> Paper:
    """Return the report on all rounds: what was sent, what came back, and what became of every point.

    Args:
        kept: The negotiation.
        places: The agreements as they are now, by which it is told what the text says.
    """
    places = places or Places()
    found = fates(kept, places)
    sections = [
        Section("The rounds", grid=Grid(ROUND_COLUMNS, tuple(_round_row(kept, one, places) for one in kept.rounds)))
    ]
    for one in kept.rounds:
        listed = [fate for fate in found if fate.point.round == one.number]
        remarks = [f"{_count(len(listed), 'point')}: {tally(listed)}."]
        if one.again:
            remarks.append(f"{_count(len(one.again), 'point')} of earlier rounds came back unchanged.")
        rows = tuple(_fate_row(fate, places) for fate in listed)
        grid = Grid(POINT_COLUMNS, rows) if rows else None
        sections.append(Section(f"What became of the points of {_lower(one.name)}", tuple(remarks), grid=grid))
    missing = without_response(kept)
    if missing:
        rows = tuple(
            (
                _line(kept.issue_of[point.id].id),
                where(point.place, places),
                _line(_who(point)),
                tuple(asked(point)),
                _line(f"Round {point.round}"),
            )
            for point in missing
        )
        sections.append(
            Section(
                "Points without a response",
                (f"{_count(len(missing), 'point')} still without a response.",),
                grid=Grid(("Issue", "Clause", "Who", "What was asked", "Round"), rows),
            )
        )
    return Paper(
        "Negotiation report", f"{_count(len(kept.rounds), 'round')}. {tally(found).capitalize()}.", tuple(sections)
    )


def responses_paper(kept: Negotiation, places: Places | None = None, stage: Stage | None = None) -> Paper:
    """Return the response to every point, as those who made the points get it.

    Args:
        kept: The negotiation.
        places: The agreements as they are now.
        stage: Only points of this stage.
    """
    places = places or Places()
    rounds = {one.number for one in kept.rounds if stage is None or one.stage == stage}
    found = [one for one in fates(kept, places) if one.point.round in rounds]
    by_agreement: defaultdict[str, list[Fate]] = defaultdict(list)
    for fate in sorted(found, key=lambda one: places.order(one.issue.place)):
        by_agreement[fate.point.place.agreement].append(fate)
    sections = [
        Section(
            title_of(kept, precedent, places),
            grid=Grid(RESPONSE_COLUMNS, tuple(_response_row(f, places) for f in listed)),
        )
        for precedent, listed in by_agreement.items()
    ]
    title = "Response to every point"
    if stage:
        title += f": {_lower(STAGES[stage])}"
    open_ = sum(not fate.response and fate.point.kind != "agreement" and not fate.point.resolved for fate in found)
    answered = "Every point has a response." if not open_ else f"{_count(open_, 'point')} without a response."
    return Paper(
        title, f"{_count(len(found), 'point')} by {_people(f.point for f in found)}. {answered}", tuple(sections)
    )


def in_order(issues: Iterable[Issue], places: Places) -> list[Issue]:
    """Return issues in the order of the agreements, those of one place in the order in which they came up."""
    return sorted(issues, key=lambda one: places.order(one.place))


def title_of(kept: Negotiation, precedent: str, places: Places) -> str:
    """Return the title of an agreement, as it is now or as it was sent."""
    agreement = places.agreements.get(precedent)
    if agreement is not None:
        return agreement.title
    sent = [one.title for round_ in kept.rounds for one in round_.sent if one.precedent == precedent and one.title]
    return sent[-1] if sent else precedent or "Agreement that is not known"


def where(place: Spot, places: Places) -> Cell:
    """Return a place for print: its number now and before, and the heading of its clause."""
    now = places.now(place) if places else place
    if not place.paragraph:
        return _line(f"{NOT_PLACED}; was {place.number}" if place.number else NOT_PLACED)
    number = now.number or place.paragraph
    if place.number and now.number and place.number != now.number:
        number = f"{now.number} (was {place.number})"
    heading = now.heading or place.heading
    return _line(heading) if heading.startswith(f"{number}. ") else _line(number) + _line(heading)


def view_lines(view: View) -> Iterator[Words]:
    """Yield one view: who, and what is wanted; what they say about it stands below."""
    first = view.points[0]
    people = ", ".join(dict.fromkeys(_who(point) for point in view.points))
    if view.key[0] == "remark":
        yield (*plainly(f"{people}: "), *_remark(first))
        return
    if view.key == AS_IT_STANDS:
        yield plainly(f"{people}: leave it as it stands")
        yield from (plainly(f"{point.author}: “{point.text}”") for point in view.points if point.text)
        return
    yield (*plainly(f"{people}: "), *_change(first))
    for point in view.points:
        if point.text and point.text not in _change_text(point):
            yield plainly(f"{point.author}: “{point.text}”")


def _issue_row(kept: Negotiation, issue: Issue) -> tuple[Cell, ...]:
    points = kept.points_of(issue)
    wanted = tuple(line for view in views(points) for line in view_lines(view))
    rounds = sorted({point.round for point in points})
    since = f"since round {rounds[0]}" if len(kept.rounds) > 1 else ""
    return (
        _line(issue.id),
        where(issue.place, Places()),
        wanted,
        _line(STANDS[stand(points)]),
        _line(STATUSES[issue.status]) + _line(since),
        _line(issue.owner) + _line(day(issue.due)),
        tuple(plainly(line) for line in issue.response.split("\n") if line.strip()),
    )  # fmt: skip


def _fate_row(fate: Fate, places: Places) -> tuple[Cell, ...]:
    return (
        _line(fate.issue.id),
        where(fate.point.place, places),
        _line(_who(fate.point)),
        tuple(asked(fate.point)),
        _line(OUTCOMES[fate.outcome]) + _line(fate.remark),
        tuple(plainly(line) for line in fate.response.split("\n") if line.strip()),
    )


def _response_row(fate: Fate, places: Places) -> tuple[Cell, ...]:
    needs_none = fate.point.kind == "agreement" or fate.point.resolved
    said = fate.response or ("" if needs_none else NO_RESPONSE)
    return (
        _line(fate.issue.id),
        where(fate.point.place, places),
        _line(_who(fate.point)),
        tuple(asked(fate.point)),
        tuple(plainly(line) for line in said.split("\n") if line.strip()),
        _line(OUTCOMES[fate.outcome]),
    )


def _round_row(kept: Negotiation, one: Round, places: Places) -> tuple[Cell, ...]:
    sent = tuple(
        plainly(f"{title_of(kept, x.precedent, places)}{f' ({x.words})' if x.words else ''}") for x in one.sent
    )
    back = tuple(plainly(f"{', '.join(x.reviewers) or 'nobody'} ({x.file})") for x in one.received)
    stage = STAGES[one.stage]
    return (
        _line(str(one.number)) + _line(stage),
        _line(day(one.started)),
        sent,
        back,
        _line(f"{len(one.points)} new") + _line(f"{len(one.again)} again" if one.again else ""),
        _line(day(one.closed) or "open"),
    )


def asked(point: Point) -> Iterator[Words]:
    """Yield what one point asked for."""
    if not point.asks:
        yield _remark(point)
        return
    yield _change(point)
    if point.text and point.text not in _change_text(point):
        yield plainly(f"“{point.text}”")


def _remark(point: Point) -> Words:
    kind = "" if point.kind == "comment" else f"{POINT_KINDS[point.kind]}. "
    quote = point.quote if point.quote and len(point.quote) < len(point.old) * 0.8 else ""
    on = f"On “{_short(quote)}”: " if quote else ""
    answers = f"(in answer to {_short(point.beneath)}) " if point.beneath else ""
    return plainly(f"{kind}{on}{answers}{point.text or 'agrees with the text'}")


def _change(point: Point) -> Words:
    if point.kind in ("moved", "split", "merged", "formatted"):
        return plainly(_change_text(point))
    label = f"{POINT_KINDS[point.kind]}{f' ({point.path})' if point.path else ''}: "
    return (*plainly(label), *_near(in_context(point)))


def _change_text(point: Point) -> str:
    words = _short(point.before or point.old or point.new)
    return f"{POINT_KINDS[point.kind]}: “{words}”{f' ({point.text})' if point.text else ''}"


def _near(words: Sequence[Piece]) -> Words:
    """Return a change with only some of the unchanged words around it."""
    out: list[Piece] = []
    last = len(words) - 1
    for number, piece in enumerate(words):
        text = piece.text
        if piece.kind != "same" or len(text) <= 2 * _AROUND:
            out.append(piece)
            continue
        head = "" if number == 0 else text[:_AROUND].rsplit(" ", 1)[0]
        tail = "" if number == last else text[-_AROUND:].split(" ", 1)[-1]
        out += plainly(f"{head} … {tail}" if head and tail else f"… {tail}" if tail else f"{head} …")
    return tuple(out)


def _who(point: Point) -> str:
    side = SIDES.get(point.side, "")
    name = point.author or (NOBODY if point.asks else "Somebody")
    return f"{name} ({side[0].lower()}{side[1:]})" if side else name


def _issues_summary(kept: Negotiation) -> str:
    stands = [stand(kept.points_of(issue)) for issue in kept.issues]
    files = sum(len(one.received) for one in kept.rounds)
    parts = [
        f"{_count(len(kept.issues), 'issue')} from {_count(len(kept.points), 'point')}"
        f" by {_people(kept.points.values())} in {_count(files, 'file')}."
    ]
    conflicts, same = stands.count("conflict"), stands.count("agree")
    if conflicts:
        parts.append(f"{conflicts} in conflict.")
    if same:
        parts.append(f"In {same} several want the same.")
    return " ".join(parts)


def _people(points: Iterable[Point]) -> str:
    names = [point.author for point in points]
    people = _count(len({*names} - {""}), "person", "people")
    return people if all(names) else f"{people} and untracked changes" if any(names) else "untracked changes"


def _count(number: int, word: str, words: str = "") -> str:
    return f"{number} {word if number == 1 else words or word + 's'}"


def day(iso: str) -> str:
    """Return an ISO date as the United Kingdom writes it; what is none as it is."""
    try:
        date = dt.date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{date.day} {date:%B %Y}"


def _line(text: str) -> Cell:
    return (plainly(text),) if text else ()


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _AROUND else text[: text.rfind(" ", 0, _AROUND)].rstrip() + " …"
