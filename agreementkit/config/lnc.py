"""The local negotiating committee of doctors and dentists: seats, elections, officers, meetings."""

from typing import Literal, Self

from pydantic import Field, model_validator

from agreementkit.config.fields import (
    Flag,
    Identifier,
    Line,
    Section,
    Whole,
    choice,
    entries,
    fault,
    flag,
    number,
    text,
)


class LncSeats(Section):
    """The seats of one group of doctors or dentists."""

    group: Line = Field(description="Name of the group: a grade, or general practitioners, dentists, academics.")
    seats: Whole = number(1, "Seats of the group.", "seats", least=1, most=30)


class Lnc(Section):
    """The constitution of the local negotiating committee, where `forum.medical_committee` is `separate`."""

    name: Line = text("Local Negotiating Committee", "Name of the committee.")
    unions: tuple[Identifier, ...] = entries(
        (),
        "Ids of the unions whose members may stand; every recognised union of doctors or dentists if none is given.",
        question="Whose members may stand for the local negotiating committee?",
    )
    electorate: Literal["union-members", "all-doctors"] = choice(
        "union-members",
        "Whether members of those unions vote, or every doctor and dentist in the group.",
        question="Who votes for the local negotiating committee?",
    )
    seats: tuple[LncSeats, ...] = entries(
        (
            LncSeats(group="Consultants", seats=3),
            LncSeats(group="Specialist, associate specialist and specialty doctors and dentists", seats=2),
            LncSeats(group="Doctors and dentists in training", seats=2),
        ),
        "Seats of the elected members by group.",
        least=1,
        most=20,
        question="Which groups of doctors and dentists have seats, and how many?",
    )
    doctors_on_rotation: Flag = flag(
        True, "Whether a doctor in training may sit who was accredited with another employer of the rotation."
    )
    employer_seats: Whole = number(4, "Seats of the employer side.", "seats", least=1, most=30)
    employer_posts: tuple[Line, ...] = entries((), "Posts that sit on the employer side.", most=20)
    union_officer: Flag = flag(True, "Whether an officer whom the doctors' union employs attends without a vote.")
    non_voting: tuple[Line, ...] = entries(
        (), "Others who may attend without a vote, such as a member of the local medical committee.", most=10
    )
    election_years: Whole = number(2, "Time between elections.", "years", least=1, most=5)
    officers_years: Whole = number(2, "Longest term of office of chair and secretary.", "years", least=1, most=5)
    staggered: Flag = flag(True, "Whether chair and secretary are chosen in different years.")
    meetings_a_year: Whole = number(6, "Ordinary meetings in a year, at least.", "meetings a year", least=1, most=24)
    meetings_most: Whole = number(
        8, "Meetings in a year that members are expected at, at most.", "meetings a year", least=1, most=52
    )
    quorum_employer: Whole = number(2, "Employer side members needed.", "members", least=1, most=30)
    quorum_elected: Whole = number(3, "Elected members needed.", "members", least=1, most=30)
    matters: tuple[Line, ...] = entries(
        (
            "how national terms of medical and dental staff are put into practice here",
            "job planning, rotas, on-call work and rest",
            "payment for extra work that national terms leave to local agreement",
            "study leave and leave for professional duties",
            "policies that apply to doctors and dentists only",
        ),
        "Matters that the committee deals with, as phrases.",
        least=1,
        most=30,
    )
    in_forum: Literal["none", "in-attendance", "seat"] = choice(
        "in-attendance",
        "How the committee is represented in the forum.",
        question="How is the local negotiating committee represented in the forum?",
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.meetings_most < self.meetings_a_year:
            if "meetings_most" in self.model_fields_set:
                raise fault(
                    "meetings_over_most",
                    "at least {least} meetings a year, but at most {most}",
                    ("meetings_most",),
                    "lower lnc.meetings_a_year or raise lnc.meetings_most",
                    least=self.meetings_a_year,
                    most=self.meetings_most,
                )
            object.__setattr__(self, "meetings_most", self.meetings_a_year)
        elected = sum(group.seats for group in self.seats)
        for name, quorum, seats in (
            ("quorum_employer", self.quorum_employer, self.employer_seats),
            ("quorum_elected", self.quorum_elected, elected),
        ):
            if quorum <= seats:
                continue
            if name in self.model_fields_set:
                raise fault(
                    "quorum_over_seats",
                    "a quorum of {quorum} is more than the {seats} seats of that side",
                    (name,),
                    f"lower lnc.{name} or raise the seats",
                    quorum=quorum,
                    seats=seats,
                )
            # A default gives way to a small side; only a quorum that somebody wrote can be wrong.
            object.__setattr__(self, name, seats)
        return self
