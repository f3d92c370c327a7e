"""Accredited representatives: how they are named, how many, what kinds, and their protection."""

from __future__ import annotations

from typing import Literal

from agreementkit.config.fields import Flag, Section, Whole, choice, entries, flag, number

RepresentativeKind = Literal[
    "workplace",
    "branch-officer",
    "staff-side-chair",
    "staff-side-secretary",
    "health-and-safety",
    "learning",
    "equality",
    "environmental",
    "pension",
    "companion",
]


class Representatives(Section):
    """Accreditation and standing of representatives."""

    notify_days: Whole = number(
        10, "Time for a union to notify an election or a change.", "working days", least=1, most=60
    )
    list_yearly: Flag = flag(True, "Whether each union confirms its list once a year.")
    effective: Literal["on-notification", "on-acknowledgement"] = choice(
        "on-notification", "When accreditation takes effect."
    )
    acknowledge_days: Whole = number(
        5, "Time for the employer to acknowledge a notification.", "working days", least=1, most=30
    )
    employees_only: Flag = flag(True, "Whether a representative must be employed by an employer that is a party.")
    kinds: tuple[RepresentativeKind, ...] = entries(
        ("workplace", "health-and-safety", "learning", "equality"),
        "Kinds of representatives.",
        least=1,
        most=10,
    )
    numbers_basis: Literal["union-decides", "by-agreement", "ratio"] = choice(
        "by-agreement", "How the number of representatives is settled."
    )
    ratio_members: Whole | None = number(
        None, "Members for each representative, where a ratio is used.", "members", least=5, most=1000
    )
    fallback: Literal["regional-officer", "other-employer"] = choice(
        "regional-officer", "Who acts for members of a union without local representatives."
    )
    objections: Flag = flag(
        True, "Whether the employer may raise a concern about an accreditation with the full-time officer."
    )
    ends_on_leaving: Flag = flag(True, "Whether accreditation ends with employment or office.")
    discipline: Literal["discuss-first", "formal-action-discuss-first"] = choice(
        "formal-action-discuss-first",
        "Whether any step, or only a formal one, waits until the full-time officer has been contacted.",
    )
    no_detriment: Flag = flag(True, "Whether the text protects representatives' careers against detriment.")
    joint_training: Flag = flag(True, "Whether managers and representatives are trained together.")
    reschedule_days: Whole = number(
        5, "Time a hearing is put off when the companion is not available.", "working days", least=1, most=40
    )
    accompany_informal: Flag = flag(True, "Whether members may be accompanied at meetings beyond the statutory right.")
