"""Representatives: time and rooms only where there are any, and amounts that can be used."""

from __future__ import annotations

from collections.abc import Iterator

from agreementkit.checks.arrangement.ground import count, standing
from agreementkit.checks.kinds import Check, Family, Found, at
from agreementkit.checks.scene import Scene
from agreementkit.config import Config
from agreementkit.diagnostics import Severity

_FULL_WEEK_HOURS = 40  # longer than almost any full week, so that a post over the cap is over it for everybody
_FULL_WEEK_DAYS = 5


def none_there(scene: Scene) -> Iterator[Found]:
    """Yield time, posts or an office for representatives where no union has any."""
    config = scene.config
    time_off = config.time_off
    if not any(union.local_representatives for union in config.unions):
        whose = "none of the unions has" if len(config.unions) > 1 else f"{config.unions[0].called} has no"
        whose += " representatives among the staff"
        for id_, wanted, path, what in (
            ("time-off/pool", True, "time_off.basis", "gives representatives a pool of hours"),
            ("time-off/release", bool(time_off.release_posts), "time_off.release_posts", "releases representatives "
             f"from {count(sum(post.hours_a_week for post in time_off.release_posts), 'hour')} of work a week"),
            ("time-off/allowance", bool(time_off.allowances), "time_off.allowances",
             "gives representatives fixed amounts of time"),
            ("facilities-and-time-off/office", config.facilities.office == "dedicated", "facilities.office",
             "gives the unions an office for their sole use"),
        ):  # fmt: skip
            passage = standing(scene, id_) if wanted else None
            if passage:
                yield at(
                    passage,
                    f"{what}, and {whose}",
                    "set time_off.basis to 'reasonable'" if id_ != "facilities-and-time-off/office" else
                    "set facilities.office to 'none' or 'shared'",
                    "or set local_representatives to true for a union that has them",
                    path=path,
                )  # fmt: skip
    yield from _single(scene, config)


def _single(scene: Scene, config: Config) -> Iterator[Found]:
    """Yield a post of a union without representatives, and members for whom nobody can act."""
    unions = {union.id: union for union in config.unions}
    passage = standing(scene, "time-off/release")
    if passage and any(union.local_representatives for union in config.unions):
        for index, post in enumerate(config.time_off.release_posts):
            union = unions.get(post.union or "")
            if union and not union.local_representatives:
                yield at(
                    passage,
                    f"releases the '{post.role}', and {union.called}, to which the post belongs, has no "
                    "representatives among the staff",
                    f"set local_representatives to true for {union.called}, or give the post to another union",
                    path=f"time_off.release_posts[{index}].union",
                )
    passage = standing(scene, "representative-numbers/fallback")
    if passage and config.representatives.fallback == "regional-officer":
        for index, union in enumerate(config.unions):
            if not union.local_representatives and not union.full_time_officer:
                yield at(
                    passage,
                    f"lets the {config.labels.full_time_officer} act for members of a union without representatives, "
                    f"and {union.called} has neither here",
                    "set representatives.fallback to 'other-employer'",
                    f"or set full_time_officer to true for {union.called}",
                    path=f"unions[{index}].full_time_officer",
                )


def amounts(scene: Scene) -> Iterator[Found]:
    """Yield amounts of time that cannot be used or worked out."""
    time_off = scene.config.time_off
    cap = time_off.cap_percent
    passage = standing(scene, "time-off/cap")
    if cap and passage:
        hours = [
            (f"time_off.release_posts[{n}].hours_a_week", post.role, post.hours_a_week, _FULL_WEEK_HOURS, "hour")
            for n, post in enumerate(time_off.release_posts)
            if standing(scene, "time-off/release")
        ]
        hours += [
            (f"time_off.allowances[{n}].amount", one.role, one.amount,
             _FULL_WEEK_HOURS if one.unit == "hours" else _FULL_WEEK_DAYS, one.unit.removesuffix("s"))
            for n, one in enumerate(time_off.allowances)
            if one.per == "week" and standing(scene, "time-off/allowance")
        ]  # fmt: skip
        for path, role, amount, full, unit in hours:
            if amount * 100 > cap * full:
                yield at(
                    passage,
                    f"allows nobody more than {cap} per cent of the working time, and the '{role}' has "
                    f"{count(amount, unit)} a week",
                    "raise time_off.cap_percent, or set it to null for no cap",
                    "or lower the time of that role",
                    path=path,
                )
    passage = standing(scene, "time-off/pool-formula")
    if passage and not (time_off.pool_hours_per_union or time_off.pool_hours_per_member):
        yield at(
            passage,
            "gives each union the hours counted for it and its members, and nothing is counted: the pool is one number",
            "set time_off.pool_hours_per_union or time_off.pool_hours_per_member",
            "or choose another time_off.pool_shared_by",
            path="time_off.pool_shared_by",
        )


CHECKS = (
    Check(
        "AK554",
        "time or an office for representatives where there are none",
        "Hours that nobody can use look generous and help no member; what helps is a way to reach the officer who "
        "acts instead.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        none_there,
    ),
    Check(
        "AK555",
        "amounts of time that contradict each other",
        "A post released for more hours than the cap allows breaks the agreement from its first week.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        amounts,
    ),
)
