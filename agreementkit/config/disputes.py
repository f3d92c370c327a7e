"""Differences and disputes: stages, status quo, help from outside."""

from typing import Literal

from pydantic import Field

from agreementkit.config.fields import Flag, Line, Section, Whole, choice, entries, flag, number


class Stage(Section):
    """One stage of the disputes procedure."""

    name: Line = Field(description="Name of the stage.")
    body: Line = Field(description="Who deals with it.")
    days: Whole = Field(description="Time for the stage.", ge=1, le=120, json_schema_extra={"unit": "working days"})


STAGES = (
    Stage(
        name="Local stage",
        body="the manager concerned, a senior HR manager and the representatives concerned",
        days=10,
    ),
    Stage(name="Forum stage", body="a special meeting of the forum", days=10),
    Stage(
        name="Chief executive stage",
        body="the chief executive, or a panel of the governing body, and full-time officers",
        days=15,
    ),
)


class Disputes(Section):
    """The procedure for collective differences."""

    informal_first: Flag = flag(True, "Whether problems are first talked through informally.")
    stages: tuple[Stage, ...] = entries(
        STAGES, "The stages, in order.", least=1, most=6, question="Which stages does a dispute go through?"
    )
    status_quo: Literal["full", "full-with-urgent-exception", "time-limited", "by-consent", "none"] = choice(
        "full-with-urgent-exception",
        "Whether the practice before the change goes on until the procedure ends.",
        question="Does the practice before a disputed change go on until the procedure ends?",
    )
    status_quo_days: Whole = number(
        30,
        "Longest time of a time-limited status quo.",
        "working days",
        least=1,
        most=250,
        question="How long does the status quo last at most?",
    )
    external: Literal[
        "none", "conciliation", "conciliation-and-arbitration-by-consent", "conciliation-and-arbitration-by-either"
    ] = choice(
        "conciliation-and-arbitration-by-consent",
        "Help from outside when the stages are exhausted.",
        question="What help from outside is there when the stages are exhausted?",
    )
    conciliation_by: Literal["joint-request", "either-side"] = choice(
        "joint-request", "Who may ask for conciliation.", question="Who may ask for conciliation?"
    )
    external_request_days: Whole = number(
        5, "Time after the last stage in which a side asks for help from outside.", "working days", least=1, most=60
    )
    mediation: Flag = flag(False, "Whether a mediator may be appointed by consent.")
    arbitration_binding: Flag = flag(False, "Whether the parties agree beforehand to follow an award.")
    nhs_help_first: Flag = flag(False, "Whether regional or national partnership help comes before conciliation.")
    cooling_off_days: Whole = number(
        0, "Cooling-off time before the first stage; 0 for none.", "calendar days", most=60
    )
    no_action_during: Flag = flag(
        True,
        "Whether there is no industrial action while the procedure runs.",
        question="Is there no industrial action while the procedure runs?",
    )
    overall_days: Whole = number(
        40, "Longest time for all stages within the organisation.", "working days", least=5, most=250
    )
    target_days: Whole | None = number(
        None, "Time within which the two sides aim to settle; null for no target.", "working days", least=1, most=250
    )
    action_notice_days: Whole | None = number(
        None,
        "Notice of industrial action by agreement; null to leave it to the law.",
        "calendar days",
        least=7,
        most=90,
    )
    minimum_cover: Flag = flag(True, "Whether life-and-limb cover is discussed before industrial action.")
    secretaries_check_days: Whole | None = number(
        None, "Time for the joint secretaries to check a registered dispute; null for no check.", "working days",
        least=1, most=30,
    )  # fmt: skip
    between_unions: Literal["silent", "unions", "tuc"] = choice(
        "silent", "How a difference between unions is settled.", question="How is a difference between unions settled?"
    )
    interpretation_days: Whole | None = number(
        None, "Time for leads of both sides to settle a question of meaning; null for no such step.", "working days",
        least=1, most=60,
    )  # fmt: skip
    next_stage_days: Whole | None = number(
        None, "Time after a stage within which a side goes to the next; null for no limit.", "working days",
        least=1, most=60,
    )  # fmt: skip
    next_stage_grounds: tuple[Line, ...] = entries(
        (), "Grounds on which a side may go to the next stage, as phrases; any if none is given.", most=10
    )
    excludes: tuple[Line, ...] = entries(
        ("an individual grievance, disciplinary or capability case", "a matter reserved to national bodies",
         "a difference between unions"),
        "What is not dealt with under the procedure.",
    )  # fmt: skip
