"""How findings are judged: severities of your own, and findings that somebody has looked at and accepts."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from agreementkit.config.fields import Line, Section, Whole, choice, entries, number, text

Code = Annotated[str, StringConstraints(strict=True, pattern=r"^AK[0-9]{3}$")]


class Accepted(Section):
    """A finding that stays as it is, and why."""

    code: Code = Field(description="Code of the finding, such as AK523.")
    at: Line | None = text(
        None,
        "Where: a clause or paragraph (`disputes`, `recognition:disputes/stages`) or a setting "
        "(`time_off.notice_days`); everywhere when not given.",
    )
    reason: Line = Field(description="Why it is accepted. It is printed with an error of law.")


class Adjusted(Section):
    """How serious findings of one code are here."""

    code: Code = Field(description="Code of the findings.")
    severity: Literal["error", "warning", "info"] = choice("warning", "How serious they are.")


class Checks(Section):
    """How findings are judged."""

    accept: tuple[Accepted, ...] = entries((), "Findings that stay as they are.", most=200)
    adjust: tuple[Adjusted, ...] = entries((), "Findings that are more or less serious here than usual.", most=100)
    law_checked_within: Whole = number(
        12, "How long ago an entry of the law register may have been checked.", "months", least=1, most=120
    )
    sentence_words: Whole = number(40, "Longest sentence that is not reported.", "words", least=15, most=120)
