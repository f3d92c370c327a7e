"""Settings that were given and make no difference, because of another choice.

Such a setting looks like an arrangement and is none: nobody gets the released posts that are configured beside a pool.
Each row says what a setting needs; it is reported only if the text it belongs to stands in the set and its value does
not, so a pack that prints it elsewhere is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from agreementkit.checks.arrangement.ground import given, is_printed, stands, vesting
from agreementkit.checks.kinds import Check, Family, Found
from agreementkit.checks.scene import Scene
from agreementkit.config import Config, UnionSignatory
from agreementkit.diagnostics import Severity


class _Needs(NamedTuple):
    """What settings need to make a difference.

    Attributes:
        clause: Id that stands in the set where they would belong, whatever is chosen.
        paths: The settings.
        met: Whether they make a difference.
        why: What keeps them from it, as a phrase.
        hint: What would make them count.
    """

    clause: str
    paths: tuple[str, ...]
    met: Callable[[Config], bool]
    why: str
    hint: str


def _several(config: Config) -> bool:
    return len(config.unions) > 1


def _new(config: Config) -> bool:
    return bool(config.predecessors) or config.establishment.mode != "existing"


def _under(section: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{section}.{name}" for name in names)


_ROWS = (
    _Needs(
        "time-off",
        _under(
            "time_off", "pool_hours", "pool_hours_per_member", "pool_hours_per_union", "members_counted_on",
            "members_paid_up_months", "pool_shared_by", "pool_carry_over",
        ),
        lambda c: c.time_off.basis == "pool", "time off is not given as a pool", "set time_off.basis to 'pool'",
    ),
    _Needs(
        "time-off", ("time_off.release_posts",), lambda c: c.time_off.basis == "release",
        "time off is not given by releasing posts", "set time_off.basis to 'release'",
    ),
    _Needs(
        "time-off", ("time_off.allowances",), lambda c: c.time_off.basis == "allowance",
        "time off is not given in fixed amounts", "set time_off.basis to 'allowance'",
    ),
    _Needs(
        "time-off", ("time_off.set_yearly",), lambda c: c.time_off.basis != "reasonable",
        "no amount of time off is set", "choose another time_off.basis",
    ),
    _Needs(
        "time-off", ("time_off.cap_exception_years",), lambda c: c.time_off.cap_percent is not None,
        "there is no cap", "set time_off.cap_percent",
    ),
    _Needs(
        "facilities-and-time-off", _under("time_off", "publish_contents", "publish_year_ends", "publish_by"),
        lambda c: c.time_off.publish_yearly and c.time_off.recording != "none",
        "no totals of time off are published", "set time_off.publish_yearly to true",
    ),
    _Needs(
        "facilities-and-time-off", ("time_off.publish_yearly",), lambda c: c.time_off.recording != "none",
        "no time off is recorded", "choose how often in time_off.recording",
    ),
    _Needs(
        "facilities-and-time-off", ("facilities.office_count",), lambda c: c.facilities.office != "none",
        "the unions have no office", "set facilities.office to 'shared' or 'dedicated'",
    ),
    _Needs(
        "facilities-and-time-off", _under("facilities", "check_off_alternatives", "check_off_end_months"),
        lambda c: c.facilities.check_off != "none",
        "no subscriptions are deducted", "set facilities.check_off to 'free' or 'at-cost'",
    ),
    _Needs(
        "representative-numbers", ("representatives.constituencies",),
        lambda c: c.representatives.numbers_basis == "constituency",
        "numbers of representatives do not go by constituencies",
        "set representatives.numbers_basis to 'constituency'",
    ),
    _Needs(
        "representative-numbers", ("representatives.ratio_members",),
        lambda c: c.representatives.numbers_basis == "ratio",
        "numbers of representatives do not go by members", "set representatives.numbers_basis to 'ratio'",
    ),
    _Needs(
        "representative-roles", ("representatives.learning_for_all",),
        lambda c: "learning" in c.representatives.kinds,
        "there are no learning representatives", "add 'learning' to representatives.kinds",
    ),
    _Needs(
        "recognition-degree", ("recognition.groups",), lambda c: c.recognition.bargaining_unit != "whole-workforce",
        "all staff are one bargaining unit", "set recognition.bargaining_unit to 'by-group'",
    ),
    _Needs(
        "bargaining-scope", ("recognition.negotiated",), lambda c: c.recognition.matters != "statutory",
        "matters for negotiation are taken from the law", "set recognition.matters to 'lists'",
    ),
    _Needs(
        "scope", ("recognition.scope.frameworks",), lambda c: c.recognition.scope.basis == "pay-framework",
        "staff are not described by their pay framework", "set recognition.scope.basis to 'pay-framework'",
    ),
    _Needs(
        "scope", ("recognition.scope.groups",), lambda c: c.recognition.scope.basis == "named-groups",
        "staff are not described by groups", "set recognition.scope.basis to 'named-groups'",
    ),
    _Needs(
        "other-unions", _under("recognition", "membership_threshold", "membership_number", "applications_decided_by"),
        lambda c: c.recognition.applications == "open"
        or (c.recognition.applications == "national-unions-only" and c.recognition.basis == "list"),
        "other unions cannot apply", "set recognition.applications to 'open'",
    ),
    _Needs(
        "other-unions", ("recognition.exclusive",), lambda c: c.recognition.degree != "representation",
        "recognition is for representation only", "choose another recognition.degree",
    ),
    _Needs(
        "legal-status", _under("recognition", "ice_approval", "ice_approval_percent"),
        lambda c: c.recognition.ice_agreement,
        "the text is not meant as a pre-existing agreement", "set recognition.ice_agreement to true",
    ),
    _Needs(
        "forum-constitution", ("forum.meeting_weeks",), lambda c: c.forum.meetings_held == "every-weeks",
        "meetings are not held every so many weeks", "set forum.meetings_held to 'every-weeks'",
    ),
    _Needs(
        "forum-constitution", ("forum.staff_side_seats",),
        lambda c: c.forum.seats_basis in ("equal-sides", "proportional"),
        "the seats of the unions go by union", "set forum.seats_basis to 'equal-sides' or 'proportional'",
    ),
    _Needs(
        "forum-constitution", ("forum.seats_per_union",),
        lambda c: c.forum.seats_basis in ("per-union", "all-unions"),
        "the unions have a number of seats together", "set forum.seats_basis to 'per-union'",
    ),
    _Needs(
        "forum-constitution", ("forum.quorum_total",), lambda c: c.forum.quorum_basis == "total",
        "the quorum is no total", "set forum.quorum_basis to 'total'",
    ),
    _Needs(
        "forum-constitution", ("forum.quorum_employer",),
        lambda c: c.forum.quorum_basis in ("per-side", "per-union"),
        "the quorum is not counted by sides", "set forum.quorum_basis to 'per-side'",
    ),
    _Needs(
        "forum-constitution", ("forum.quorum_staff_side",), lambda c: c.forum.quorum_basis == "per-side",
        "the quorum is not counted by sides", "set forum.quorum_basis to 'per-side'",
    ),
    _Needs(
        "forum-constitution", ("forum.union_votes",), _several, "there is one union", "leave forum.union_votes out",
    ),
    _Needs(
        "forum-constitution", _under("forum", "deputies_notice_days", "deputies_senior"),
        lambda c: c.forum.deputies != "none", "members send no deputies", "set forum.deputies to 'any' or 'named'",
    ),
    _Needs(
        "forum-constitution", ("forum.first_meeting",), lambda c: "meeting-calendar" in c.forms,
        "no calendar of meetings is printed", "add 'meeting-calendar' to forms",
    ),
    _Needs(
        "sub-groups", ("forum.local_forum_rules",), lambda c: bool(c.forum.local_forums),
        "there are no local forums", "name them in forum.local_forums",
    ),
    _Needs(
        "forum", ("forum.negotiating_body",), lambda c: not c.forum.negotiates,
        "the forum itself negotiates", "set forum.negotiates to false",
    ),
    _Needs(
        "policy-development", ("policies.sub_group_chair",), lambda c: c.policies.route == "sub-group-then-forum",
        "no sub-group prepares policies", "set policies.route to 'sub-group-then-forum'",
    ),
    _Needs(
        "status-quo", ("disputes.status_quo_days",), lambda c: c.disputes.status_quo == "time-limited",
        "the status quo is not limited in time", "set disputes.status_quo to 'time-limited'",
    ),
    _Needs(
        "disputes",
        _under("disputes", "conciliation_by", "mediation", "nhs_help_first", "external_request_days"),
        lambda c: c.disputes.external != "none",
        "disputes are settled without help from outside", "choose that help in disputes.external",
    ),
    _Needs(
        "disputes", ("disputes.arbitration_binding",), lambda c: "arbitration" in c.disputes.external,
        "there is no arbitration", "choose a disputes.external with arbitration",
    ),
    _Needs(
        "disputes", ("disputes.between_unions",), _several, "there is one union", "leave disputes.between_unions out",
    ),
    _Needs(
        "disputes", _under("disputes", "next_stage_days", "next_stage_grounds"),
        lambda c: len(c.disputes.stages) > 1, "there is one stage", "add a stage to disputes.stages",
    ),
    _Needs(
        "review", ("review.archive_months",), lambda c: not c.review.stays_in_force,
        "the agreement stays in force when a review is late", "set review.stays_in_force to false",
    ),
    _Needs(
        "review",
        _under(
            "termination", "statutory_recognition", "notice_months", "after_talks", "talks_weeks", "acas_first",
            "single_union_exit", "facilities_continue",
        ),
        lambda c: c.termination.included,
        "the text does not say how it ends", "set termination.included to true",
    ),
    _Needs(
        "termination", ("termination.talks_weeks",), lambda c: c.termination.after_talks,
        "notice needs no talks", "set termination.after_talks to true",
    ),
    _Needs(
        "commencement", _under("establishment", "sunset_months", "agreement_months"), _new,
        "nothing came before the employer", "name predecessors, or set establishment.mode",
    ),
    _Needs(
        "commencement", ("dates.superseded",), lambda c: c.dates.supersedes == "listed",
        "earlier agreements are not replaced by name", "set dates.supersedes to 'listed'",
    ),
    _Needs(
        "commencement", ("dates.commencement",),
        lambda c: c.dates.commencement_mode == "fixed"
        or (c.dates.commencement_mode == "vesting" and c.dates.commencement == vesting(c)),
        "the start is not a fixed date", "set dates.commencement_mode to 'fixed'",
    ),
    _Needs(
        "organisational-change", ("change.policy",), lambda c: c.change.depth == "principles",
        "the rules on change are in the text", "set change.depth to 'principles'",
    ),
    _Needs(
        "employment-security", ("change.pay_protection_months",),
        lambda c: c.change.pay_protection == "local" and c.change.depth == "full",
        "pay is not protected by local terms", "set change.pay_protection to 'local'",
    ),
    _Needs(
        "organisational-change",
        _under("change.harmonisation", "principle", "policies", "legacy_policies", "complete_by"),
        lambda c: c.change.harmonisation.enabled,
        "there is no harmonisation programme", "set change.harmonisation.enabled to true",
    ),
    _Needs(
        "consultation", ("consultation.second_stage_days",), lambda c: c.consultation.two_stage,
        "consultation has one stage", "set consultation.two_stage to true",
    ),
    _Needs(
        "access", _under("access", "meeting_hours", "meeting_times", "meeting_guests"),
        lambda c: c.access.members_meetings_a_year > 0,
        "members hold no meetings in working time", "set access.members_meetings_a_year",
    ),
    _Needs(
        "access", ("access.induction_minutes",), lambda c: c.access.induction or c.access.starters_first_day,
        "unions do not meet new staff", "set access.induction to true",
    ),
    _Needs(
        "review", ("document.impact_findings",), lambda c: c.document.impact_assessment == "attached",
        "no impact assessment is attached", "set document.impact_assessment to 'attached'",
    ),
    _Needs(
        "sub-groups", ("lnc.seats", "lnc.unions", "lnc.employer_posts", "lnc.meetings_a_year", "lnc.matters"),
        lambda c: c.forum.medical_committee == "separate" or "lnc" in c.agreements,
        "there is no committee of doctors and dentists", "set forum.medical_committee to 'separate'",
    ),
)  # fmt: skip
"""What settings need, by the clause they belong to."""


_OF_A_TIME = {
    "trade-union-act-2016": "legal-basis/tu-act",
    "facility-time-2017": "legal-basis/regulations-2017",
    "era-2025": "legal-basis/era-2025",
}
"""Laws of `document.statutes` that are printed at some dates only, with the item that prints them."""


def without_effect(scene: Scene) -> Iterator[Found]:
    """Yield settings that were given and that another choice keeps out of the text."""
    config = scene.config
    for row in _ROWS:
        if row.met(config) or not stands(scene, row.clause):
            continue
        for path in row.paths:
            if given(config, path) and not is_printed(scene, path):
                yield _found(path, row.why, row.hint)
    if config.forum.seats_basis != "per-union" and stands(scene, "forum-constitution"):
        for index, union in enumerate(config.unions):
            if union.seats is not None:
                yield _found(
                    f"unions[{index}].seats", "seats are not given by union", "set forum.seats_basis to 'per-union'"
                )
    if (
        "equality" in config.representatives.kinds
        and given(config, "representatives.kinds")
        and not config.equality.representatives
        and stands(scene, "representative-roles")
    ):
        yield _found(
            "representatives.kinds", "equality representatives are not recognised",
            "set equality.representatives to true, or take 'equality' out",
        )  # fmt: skip
    if config.signatories.unions == "staff-side-chair":
        for index, signer in enumerate(config.signatories.staff_side):
            if signer != UnionSignatory(union=signer.union):
                yield _found(
                    f"signatories.staff_side[{index}]", "the chair of the unions signs for all of them",
                    "set signatories.unions to 'each-union'",
                )  # fmt: skip
    for index, statute in enumerate(config.document.statutes):
        item = _OF_A_TIME.get(statute, "")
        if (
            item
            and given(config, "document.statutes")
            and stands(scene, "legal-basis/list")
            and not stands(scene, item)
        ):
            yield _found(
                f"document.statutes[{index}]", "the text names this law only at a date on which it applies",
                f"take '{statute}' out",
            )  # fmt: skip
    for index, form in enumerate(config.forms):
        if not stands(scene, form):
            yield Found(
                f"the form '{form}' is asked for, and none of the agreements made has a place for it",
                ("add the agreement to which it belongs, or take the form out of forms",),
                path=f"forms[{index}]",
                severity=Severity.WARNING,
            )


def _found(path: str, why: str, hint: str) -> Found:
    return Found(f"{path} was given and makes no difference, because {why}", (hint, f"or leave {path} out"), path=path)


CHECKS = (
    Check(
        "AK559",
        "a setting that makes no difference",
        "Somebody set it because they want it. If another choice keeps it out of the text, they will believe that it "
        "was agreed.",
        Family.ARRANGEMENT,
        Severity.INFO,
        without_effect,
    ),
)
