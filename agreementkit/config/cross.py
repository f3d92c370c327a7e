"""What must fit together across the sections of a configuration.

Only what is impossible is refused here. What is merely unwise, or below what law allows, is for the checks,
which know the law of the date and can warn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from agreementkit.config.closing import EmployerSignatory, Signatories, UnionSignatory
from agreementkit.config.fields import fault
from agreementkit.diagnostics import suggest

if TYPE_CHECKING:
    from agreementkit.config.disputes import Disputes
    from agreementkit.config.forum import Forum
    from agreementkit.config.model import Config

TOGETHER = "several_faults"
"""Type of the error that carries more than one cross-field fault in its context."""


def raise_together(found: Iterator[PydanticCustomError]) -> None:
    """Raise all faults as one error, because pydantic takes only one from a validator."""
    faults = list(found)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        lines = "; ".join(each.message() for each in faults)
        raise PydanticCustomError(TOGETHER, "{lines}", {"lines": lines, "faults": faults})


def cross_faults(config: Config) -> Iterator[PydanticCustomError]:
    """Yield everything in `config` that cannot be true at the same time."""
    shorts = [employer.short for employer in config.employers]
    ids = [union.id for union in config.unions]
    yield from _repeated(shorts, "employers", "short", "employer")
    yield from _repeated(ids, "unions", "id", "union")
    if config.hosting and config.hosting.host not in shorts:
        yield _unknown("employer", config.hosting.host, shorts, ("hosting", "host"))
    for index, signatory in enumerate(config.signatories.employer):
        if signatory.employer not in shorts:
            yield _unknown("employer", signatory.employer, shorts, ("signatories", "employer", index, "employer"))
    for index, signer in enumerate(config.signatories.staff_side):
        if signer.union not in ids:
            yield _unknown("union", signer.union, ids, ("signatories", "staff_side", index, "union"))
    for index, post in enumerate(config.time_off.release_posts):
        if post.union is not None and post.union not in ids:
            yield _unknown("union", post.union, ids, ("time_off", "release_posts", index, "union"))
    for index, union in enumerate(config.lnc.unions):
        if union not in ids:
            yield _unknown("union", union, ids, ("lnc", "unions", index))
    for name in ("groups", "limited_groups"):
        for index, group in enumerate(getattr(config.recognition, name)):
            for position, union in enumerate(group.unions):
                if union not in ids:
                    yield _unknown("union", union, ids, ("recognition", name, index, "unions", position))
    yield from _sides(config)
    yield from _dates(config)


def _repeated(names: Sequence[str], section: str, key: str, what: str) -> Iterator[PydanticCustomError]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield fault(
                f"repeated_{what}", "the {what} {name!r} is given twice", (section, index, key),
                f"leave out the second entry, or give it another {key}:", what=what, name=name,
            )  # fmt: skip


def _unknown(what: str, name: str, known: Sequence[str], at: tuple[str | int, ...]) -> PydanticCustomError:
    key = "short name" if what == "employer" else "id"
    return fault(
        "unknown_party", "no {what} of this configuration has the {key} {name!r}", at,
        "; ".join(suggest(name, known, what)), what=what, key=key, name=name,
    )  # fmt: skip


def _union_seats(config: Config) -> int:
    return sum(config.forum.seats_per_union if union.seats is None else union.seats for union in config.unions)


def _sides(config: Config) -> Iterator[PydanticCustomError]:
    forum = config.forum
    if forum.seats_basis == "per-union" and forum.quorum_basis == "total" and "quorum_total" in forum.model_fields_set:
        both = forum.employer_seats + _union_seats(config)
        if forum.quorum_total > both:
            yield fault(
                "quorum_over_seats", "a quorum of {quorum} is more than the {seats} seats of both sides",
                ("forum", "quorum_total"), "lower forum.quorum_total or raise the seats",
                quorum=forum.quorum_total, seats=both,
            )  # fmt: skip
    if forum.seats_basis != "per-union" or forum.quorum_basis != "per-side":
        return
    seats = _union_seats(config)
    if forum.quorum_staff_side > seats and "quorum_staff_side" in forum.model_fields_set:
        yield fault(
            "quorum_over_seats", "a quorum of {quorum} is more than the {seats} seats of the unions",
            ("forum", "quorum_staff_side"), "lower forum.quorum_staff_side or raise forum.seats_per_union",
            quorum=forum.quorum_staff_side, seats=seats,
        )  # fmt: skip


def with_fitting_quorum(config: Config) -> Forum:
    """Return the forum with its default quorums lowered to the seats of a small side."""
    forum = config.forum
    if forum.seats_basis == "per-union":
        seats = _union_seats(config)
    elif forum.seats_basis == "all-unions":
        seats = forum.seats_per_union * len(config.unions)
    else:
        seats = forum.staff_side_seats
    limits = (
        ("quorum_employer", forum.employer_seats),
        ("quorum_staff_side", seats),
        ("quorum_total", forum.employer_seats + seats),
    )
    # A copy records its changes as given; the lowered default must stay a default.
    lowered = forum.model_copy()
    for name, most in limits:
        if name not in forum.model_fields_set:
            object.__setattr__(lowered, name, max(1, min(getattr(forum, name), most)))
            lowered.model_fields_set.discard(name)
    return lowered


def with_fitting_stages(config: Config) -> Disputes:
    """Return the disputes with the default stages in the words that the set uses for people and bodies."""
    disputes = config.disputes
    if "stages" in disputes.model_fields_set:
        return disputes
    head, board = config.labels.chief_executive, config.board
    panel = board if len(config.employers) == 1 else "governing body"
    body = f"the {head}, or a panel of the {panel}, and full-time officers"
    last = disputes.stages[-1].model_copy(update={"name": f"{head[:1].upper()}{head[1:]} stage", "body": body})
    fitting = disputes.model_copy(update={"stages": (*disputes.stages[:-1], last)})
    fitting.model_fields_set.discard("stages")
    return fitting


def _dates(config: Config) -> Iterator[PydanticCustomError]:
    dates, shadow = config.dates, config.shadow
    if (
        dates.commencement_mode == "vesting"
        and dates.commencement
        and shadow
        and shadow.ends
        and dates.commencement < shadow.ends
    ):
        yield fault(
            "date_order", "the agreements take effect on vesting day but are given an earlier date",
            ("dates", "commencement"), "leave dates.commencement out, or set it to shadow.ends",
        )  # fmt: skip
    if (
        config.forum.shadow
        and config.forum.shadow.ends
        and shadow
        and shadow.starts
        and config.forum.shadow.ends < shadow.starts
    ):
        yield fault(
            "date_order", "the shadow forum ends before the shadow period starts",
            ("forum", "shadow", "ends"), "give an end after shadow.starts",
        )  # fmt: skip


def with_default_signatories(config: Config) -> Signatories:
    """Return the signatories with an entry for every party that has none."""
    given = config.signatories
    employers = {signatory.employer for signatory in given.employer}
    unions = {signatory.union for signatory in given.staff_side}
    role = "Accountable Officer" if all(e.kind == "ccg" for e in config.employers) else "Chief Executive"
    if "chief_executive" in config.labels.model_fields_set:
        role = config.labels.chief_executive.title()
    return given.model_copy(
        update={
            "employer": given.employer
            + tuple(
                EmployerSignatory(employer=e.short, role=role) for e in config.employers if e.short not in employers
            ),
            "staff_side": given.staff_side
            + tuple(UnionSignatory(union=u.id) for u in config.unions if u.id not in unions),
        }
    )
