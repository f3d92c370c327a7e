"""Disputes and requests: steps that end, or are answered, after what they belong to."""

from __future__ import annotations

from collections.abc import Iterator

from agreementkit.checks.arrangement.ground import count, fewest_working_days, most_working_days, standing
from agreementkit.checks.kinds import Check, Family, Found, at
from agreementkit.checks.scene import Scene
from agreementkit.diagnostics import Severity


def over_the_limit(scene: Scene) -> Iterator[Found]:
    """Yield stages that take longer together than the time for the whole procedure."""
    disputes = scene.config.disputes
    for id_, cooling in (("disputes/progress", disputes.cooling_off_days), ("framework-disputes/stages", 0)):
        passage = standing(scene, id_)
        if passage is None:
            continue
        stages = sum(stage.days for stage in disputes.stages)
        wait = fewest_working_days(cooling)
        total = stages + wait
        if total > disputes.overall_days:
            parts = f"{'the stage takes' if len(disputes.stages) == 1 else 'the stages take'} {stages}"
            parts += f" after at least {wait} of cooling-off" if wait else ""
            yield at(
                passage,
                f"ends the procedure within {count(disputes.overall_days, 'working day')}, and {parts}",
                f"set disputes.overall_days to at least {total}, or give the stages less time",
                path="disputes.overall_days",
            )


def step_too_late(scene: Scene) -> Iterator[Found]:
    """Yield a step of the procedure whose time ends after that of what it belongs to."""
    disputes = scene.config.disputes
    overall = disputes.overall_days
    for id_, name, days, what in (
        ("disputes/progress", "target_days", disputes.target_days, "aims to settle a dispute within"),
        ("disputes/interpretation", "interpretation_days", disputes.interpretation_days,
         "gives a question of meaning, before it may be registered,"),
    ):  # fmt: skip
        passage = standing(scene, id_) if days and days > overall else None
        if passage and days:
            yield at(
                passage,
                f"{what} {count(days, 'working day')}, which is longer than the whole procedure ({overall})",
                f"set disputes.{name} to less than {overall}, or raise disputes.overall_days",
                path=f"disputes.{name}",
            )
    check, first = disputes.secretaries_check_days, disputes.stages[0]
    passage = standing(scene, "disputes/check")
    if check and passage and check > most_working_days(disputes.cooling_off_days) + first.days:
        yield at(
            passage,
            f"gives the check of a dispute {count(check, 'working day')} and does not let it delay the stage "
            f"'{first.name}', whose {first.days} have then run out",
            f"set disputes.secretaries_check_days to less than {first.days}",
            path="disputes.secretaries_check_days",
        )
    limit = disputes.next_stage_days
    passage = standing(scene, "disputes/next-stage")
    late = [stage for stage in disputes.stages[1:] if limit and stage.days <= limit]
    if late and limit and passage:
        yield at(
            passage,
            f"lets a side wait {count(limit, 'working day')} before it goes to the stage '{late[0].name}', whose "
            f"{late[0].days} have run out by then, as they are counted from the end of the stage before",
            f"set disputes.next_stage_days to less than {min(stage.days for stage in late)}",
            path="disputes.next_stage_days",
        )


def answered_too_late(scene: Scene) -> Iterator[Found]:
    """Yield an answer to a request for time off that may come after the time off."""
    time_off = scene.config.time_off
    answer = time_off.answer_days
    for id_, name, notice, unit in (
        ("facilities-and-time-off/answer", "notice_days", time_off.notice_days, "working day"),
        ("facilities-and-time-off/training-request", "training_notice_days", time_off.training_notice_days, "day"),
    ):
        passage = standing(scene, id_) if 0 < notice < answer else None
        if passage:
            yield at(
                passage,
                f"lets a representative ask {count(notice, unit)} before "
                f"{'a course' if name == 'training_notice_days' else 'the time off'}, and a manager answer within "
                f"{count(answer, 'working day')}, by which time it may be over",
                f"set time_off.answer_days to {notice} or less, or time_off.{name} to more than {answer}",
                path=f"time_off.{name}",
            )


CHECKS = (
    Check(
        "AK538",
        "stages that end after the overall limit",
        "The limit is what both sides plan with, and what ends the restraint on either. If the stages do not fit into "
        "it, the last one is never finished in time.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        over_the_limit,
    ),
    Check(
        "AK539",
        "a step of the disputes procedure that comes too late",
        "A check, a notice or a target whose time runs past the stage it belongs to leads to arguments about which "
        "of the two times counts.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        step_too_late,
    ),
    Check(
        "AK540",
        "an answer that comes after the time off",
        "A representative who keeps the notice must know before the day whether to come to work.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        answered_too_late,
    ),
)
