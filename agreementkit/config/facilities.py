"""Facilities for representatives and access to staff."""

from typing import Literal

from agreementkit.config.fields import Flag, Line, Section, Whole, choice, entries, flag, number


class Facilities(Section):
    """What the employer provides for representatives."""

    office: Literal["none", "shared", "dedicated"] = choice(
        "shared", "Office for the staff side.", question="Is there an office for the staff side?"
    )
    office_count: Whole = number(1, "Number of rooms for the staff side.", "rooms", least=1, most=20)
    subject_to_availability: Flag = flag(False, "Whether rooms and equipment are provided as far as available.")
    private_room: Flag = flag(True, "Whether a private room is available for meetings with members.")
    storage: Flag = flag(True, "Whether lockable storage is provided.")
    email: Flag = flag(True, "Whether e-mail and telephone may be used.")
    intranet: Flag = flag(True, "Whether there are intranet pages for the unions.")
    notice_boards: Flag = flag(True, "Whether there are notice boards.")
    printing: Flag = flag(True, "Whether printing and internal post may be used.")
    laptop: Flag = flag(True, "Whether a laptop is provided to representatives who need one.")
    virtual_meetings: Flag = flag(True, "Whether the employer's video meetings may be used.")
    distribution_lists: Flag = flag(False, "Whether unions may keep distribution lists of their members.")
    all_staff_messages: Literal["none", "by-consent", "joint-only"] = choice(
        "by-consent", "Whether unions may write to all staff.", question="May unions write to all staff?"
    )
    no_monitoring: Flag = flag(True, "Whether union mail and calls are kept free from monitoring.")
    learning_data_apart: Flag = flag(
        False, "Whether data on what people want to learn is kept for learning representatives alone."
    )
    costs: Literal["free", "shared", "recharged"] = choice(
        "free", "Who bears the cost of facilities.", question="Who bears the cost of facilities?"
    )
    check_off: Literal["none", "free", "at-cost"] = choice(
        "none", "Deduction of union subscriptions from pay.", question="Are union subscriptions deducted from pay?"
    )
    check_off_alternatives: Flag = flag(False, "Whether unions offer members another way to pay beside check-off.")
    check_off_end_months: Whole = number(3, "Notice to end deduction of subscriptions.", "months", least=1, most=12)


class Access(Section):
    """Access of unions to staff."""

    induction: Flag = flag(True, "Whether unions have a slot at induction.")
    induction_minutes: Whole = number(20, "Length of the induction slot.", "minutes", least=5, most=120)
    starters_first_day: Flag = flag(False, "Whether unions may meet new starters in working time on their first day.")
    right_to_join_statement: Flag = flag(
        False, "Whether new starters get a written statement of their right to join a union."
    )
    welcome_pack: Flag = flag(True, "Whether union contacts are in the welcome pack.")
    open_days_a_year: Whole = number(
        2,
        "Open days or recruitment events in a year.",
        "days a year",
        most=52,
        question="How many open days or recruitment events are there?",
    )
    members_meetings_a_year: Whole = number(
        2,
        "Members' meetings in working time in a year.",
        "meetings a year",
        most=52,
        question="How many members' meetings are there in working time?",
    )
    meeting_hours: Whole = number(1, "Length of a members' meeting in working time.", "hours", least=1, most=8)
    meeting_guests: Flag = flag(False, "Whether others may attend a members' meeting if the union agrees beforehand.")
    meeting_times: Literal["to-suit-shifts", "end-of-shift", "at-breaks"] = choice(
        "to-suit-shifts",
        "When members' meetings in working time are held.",
        question="When are members' meetings in working time held?",
    )
    channels: tuple[Line, ...] = entries(
        ("the intranet", "staff newsletters", "notice boards", "e-mail"),
        "Channels the unions may use.",
        most=20,
    )
    officer_notice_days: Whole = number(2, "Notice of a visit by a full-time officer.", "working days", most=20)
    officer_forum_notice_days: Whole | None = number(
        None,
        "Notice of a full-time officer's attendance at the forum; null for none.",
        "working days",
        least=1,
        most=20,
    )
    ballots: Flag = flag(True, "Whether facilities for ballots and elections of representatives are given.")
    starters_names: Flag = flag(False, "Whether names of new starters are shared, within data protection law.")
    encourage_membership: Literal["neutral", "encourage-recognised", "encourage-any"] = choice(
        "encourage-recognised",
        "What the employer says about joining a union.",
        question="What does the employer say about joining a union?",
    )
    encourage_representatives: Flag = flag(True, "Whether the employer encourages staff to become representatives.")
