"""Law that has gone stale: checked long ago, superseded, about to change, or never confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from agreementkit.bank.law import LawEntry, Standing
from agreementkit.checks.kinds import Check, Family, Found
from agreementkit.checks.law.citations import Cited, citations
from agreementkit.checks.law.times import first_year_ends, may_come, months_from
from agreementkit.checks.law.words import UNSURE, day, label, some, where
from agreementkit.checks.scene import Scene
from agreementkit.diagnostics import Place, Severity

_EACH = 5
"""So many findings of one kind are reported one by one; more are put together."""


def unchecked(scene: Scene) -> Iterator[Found]:
    """Yield the entries cited that were last checked too long ago (AK564)."""
    within = scene.config.checks.law_checked_within
    since = months_from(scene.today, -within)
    cited = _first_of_each(citations(scene))
    old = [one for one in cited if one.entry.checked < since]
    ago = f"more than {within} months before today"
    hints = (
        "look it up, and enter what it says now and the day under `checked` in law.yaml of the pack",
        "if it is looked after otherwise, raise `checks.law_checked_within`",
    )
    if len(old) > _EACH:
        first = min(one.entry.checked for one in old)
        yield Found(
            f"{len(old)} sources of law that this set cites were last checked {ago}, the earliest on {day(first)}: "
            f"{some([one.entry.short for one in old])}",
            hints,
            path="checks.law_checked_within",
            cites=tuple(one.entry.id for one in old),
        )
        return
    for one in old:
        yield Found(
            f"{one.entry.short}, cited at {where(scene, one.agreement, one.division)}, was last checked on "
            f"{day(one.entry.checked)}, {ago}",
            hints,
            agreement=one.agreement,
            division=one.division,
            path="checks.law_checked_within",
            cites=(one.entry.id,),
        )


def superseded(scene: Scene) -> Iterator[Found]:
    """Yield citations of law that had ended, or had not started, on the day of the agreements (AK565).

    Notes are chosen by the date of the agreements. Where there is none it is not each note that is wrong, so what they
    cite is told in one finding.
    """
    wrong: dict[tuple[str, str, str], Cited] = {}
    for one in citations(scene):
        if one.entry.standing(scene.date, scene.nation) in (Standing.ENDED, Standing.NOT_YET):
            wrong.setdefault((one.entry.id, one.agreement, one.clause), one)
    found = list(wrong.values())
    if scene.config.dates.agreement is None and len(found) > 1:
        entries = _first_of_each(found)
        yield Found(
            f"the agreements have no date, and {_clauses(scene, found)} or their notes cite law that does not hold on "
            f"{day(scene.date)}, from which they count: {some([one.entry.short for one in entries])}",
            ("set `dates.agreement`, by which notes are chosen",),
            path="dates.agreement",
            cites=tuple(one.entry.id for one in entries),
        )
        return
    for one in found:
        yield _superseded(scene, one)


def _superseded(scene: Scene, one: Cited) -> Found:
    entry = one.entry
    new: tuple[LawEntry, ...] = ()
    if entry.end and scene.date >= entry.end:
        new = scene.law.replaced_by(entry.id)
        what = f"ended on {day(entry.end)}"
        hint = f"cite {some([e.short for e in new])} and see what it says" if new else "see what holds now"
    else:
        what = f"starts only on {day(entry.start)}" if entry.start else "had not started"
        hint = "give the note a `when` with that date, or cite what held before"
    who = "a note on" if one.by_note else "the wording of"
    return Found(
        f"{who} {where(scene, one.agreement, one.division)} cites {entry.short}, which {what}; the law of "
        f"{day(scene.date)} counts for these agreements",
        (hint, "if the date is wrong, correct `dates.agreement`"),
        agreement=one.agreement,
        division=one.division,
        path="dates.agreement",
        place=one.place,
        cites=(entry.id, *(e.id for e in new)),
    )


def changing(scene: Scene) -> Iterator[Found]:
    """Yield changes of the law behind clauses in the first year of the agreements (AK566)."""
    cited = list(citations(scene))
    known = list(_known_changes(scene, cited))
    maybe = list(_possible_changes(scene, cited))
    review = (
        "set `review.on_change_of_law` to true, so that a change of law brings a review"
        if not scene.config.review.on_change_of_law
        else "plan the first review for then (`review.first_review_months`)"
    )
    for entry, new, clauses in known:
        when = entry.end or (new[0].start if new else None)
        if when is None:
            continue
        yield Found(
            f"the law behind {_clauses(scene, clauses)} changes on {day(when)}, in the first year of these agreements: "
            f"{entry.short} {_becomes(entry, new)}",
            ("read the clause again for the time after that day", review),
            agreement=clauses[0].agreement,
            division=clauses[0].clause,
            path="review.first_review_months",
            cites=(entry.id, *(e.id for e in new)),
        )
    if len(maybe) > _EACH:
        told = "; ".join(f"{entry.short} ({_first_clause(scene, clauses)})" for entry, clauses in maybe)
        yield Found(
            f"{len(maybe)} changes of law would concern this set if they start in its first year; each is "
            f"{UNSURE['pending']}: {told}",
            ("look up whether they are in force before you sign", review),
            path="review.on_change_of_law",
            cites=tuple(entry.id for entry, _ in maybe),
        )
        return
    for entry, clauses in maybe:
        yield Found(
            f"{entry.short} would concern {_clauses(scene, clauses)} if it starts in the first year of these "
            f"agreements; it is {UNSURE['pending']}",
            ("look up whether it is in force before you sign", review),
            agreement=clauses[0].agreement,
            division=clauses[0].clause,
            path="review.on_change_of_law",
            cites=(entry.id,),
        )


def unconfirmed(scene: Scene) -> Iterator[Found]:
    """Yield, in one finding, the entries behind the wording that are general knowledge only (AK567)."""
    found = [one for one in citations(scene) if not one.by_note and one.entry.status == "general-knowledge"]
    if found:
        each = _first_of_each(found)
        yield Found(
            f"the wording of {_clauses(scene, found)} rests on sources that are general knowledge and were not "
            f"confirmed: {some([one.entry.short for one in each])}",
            (
                "have somebody look them up before you sign",
                "then enter the source in law.yaml and set its `status` to confirmed",
            ),
            place=Place(scene.law.file),
            cites=tuple(one.entry.id for one in each),
        )


def _known_changes(
    scene: Scene, cited: Sequence[Cited]
) -> Iterator[tuple[LawEntry, tuple[LawEntry, ...], list[Cited]]]:
    """Yield each cited entry that ends or is changed by a date in the first year, with what changes it."""
    until = first_year_ends(scene)
    here = {one.entry.id for one in cited}
    coming: dict[str, list[LawEntry]] = {}
    for entry in scene.law:
        if scene.nation in entry.extent and entry.start and scene.date < entry.start <= until:
            for old in entry.changes:
                coming.setdefault(old, []).append(entry)
    for one in _first_of_each(cited):
        entry = one.entry
        ends = entry.end is not None and scene.date < entry.end <= until and scene.nation in entry.extent
        new = tuple(coming.get(entry.id, ()))
        if ends or any(e.id not in here for e in new):
            yield entry, new, [c for c in cited if c.entry is entry]


def _possible_changes(scene: Scene, cited: Sequence[Cited]) -> Iterator[tuple[LawEntry, list[Cited]]]:
    """Yield pending entries that concern the set, each with the clauses concerned.

    Those are the clauses whose notes name it or the pending Act that brings it in; where no note does, those whose
    wording rests on what it would change.
    """
    coming = {entry.id: entry for entry in scene.law if may_come(scene, entry)}
    acts: dict[str, set[str]] = {}
    for entry in coming.values():
        for id_ in entry.changes:
            if id_ in coming:
                acts.setdefault(id_, set()).add(entry.id)
    brought_in = {act for made in acts.values() for act in made}
    for entry in coming.values():
        if entry.id in brought_in:
            continue  # told as what it brings in
        named = {entry.id, *acts.get(entry.id, ())}
        near = [c for c in cited if c.entry.id in named]
        near = near or [c for c in cited if c.entry.id in entry.changes and not c.by_note]
        if near:
            yield entry, near


def _first_clause(scene: Scene, cited: Sequence[Cited]) -> str:
    """Return the first clause of some citations, and how many more there are."""
    more = len({(one.agreement, one.clause) for one in cited}) - 1
    first = where(scene, cited[0].agreement, cited[0].clause)
    return f"{first} and {more} more" if more else first


def _clauses(scene: Scene, cited: Iterable[Cited]) -> str:
    """Return the clauses of some citations in words, by agreement."""
    by: dict[str, dict[str, None]] = {}
    for one in cited:
        by.setdefault(one.agreement, {})[label(scene, one.agreement, one.clause)] = None
    out = []
    for agreement, clauses in by.items():
        document = scene.document(agreement)
        title = (document.short or document.title) if document else agreement
        out.append(f"{some(list(clauses))} of the {title}")
    return some(out)


def _becomes(entry: LawEntry, new: Sequence[LawEntry]) -> str:
    names = some([e.short for e in new])
    if entry.end:
        return f"gives way to {names}" if names else "ends"
    return f"is changed by {names}"


def _first_of_each(cited: Iterable[Cited]) -> list[Cited]:
    """Return the first citation of each entry."""
    first: dict[str, Cited] = {}
    for one in cited:
        first.setdefault(one.entry.id, one)
    return list(first.values())


CHECKS = (
    Check(
        "AK564",
        "law that was last checked long ago",
        "A register of law is as good as the day on which somebody last looked.",
        Family.LAW,
        Severity.INFO,
        unchecked,
    ),
    Check(
        "AK565",
        "a citation of law that had ended or had not started",
        "A note that explains the wrong law does more harm than none.",
        Family.LAW,
        Severity.WARNING,
        superseded,
    ),
    Check(
        "AK566",
        "law behind a clause that changes in the first year",
        "Parties who know of a change can write for it, or meet when it comes.",
        Family.LAW,
        Severity.INFO,
        changing,
    ),
    Check(
        "AK567",
        "wording that rests on law nobody has confirmed",
        "General knowledge is often right and sometimes out of date; the register marks it so that it gets looked up.",
        Family.LAW,
        Severity.INFO,
        unconfirmed,
    ),
)
