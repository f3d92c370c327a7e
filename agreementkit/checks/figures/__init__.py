"""Checks of figures: the same said twice differently, days of no kind, numbers that differ from themselves."""

from agreementkit.checks.figures.days import days_of_no_kind, working_days_without_meaning
from agreementkit.checks.figures.numbers import numbers_without_meaning
from agreementkit.checks.figures.periods import figures_that_disagree
from agreementkit.checks.kinds import Check, Family
from agreementkit.diagnostics import Severity

CHECKS = (
    Check(
        "AK515",
        "the same thing said twice, with different figures",
        "Where two clauses give different times for one step, each side will rely on the one that suits it. Only what "
        "is certainly the same is compared: one setting printed in two ways, a typed figure beside the setting for its "
        "subject, and two sentences that differ in nothing but the figure.",
        Family.DRAFTING,
        Severity.WARNING,
        figures_that_disagree,
    ),
    Check(
        "AK516",
        "days that are said to be neither calendar days nor Working Days",
        "Ten days are two weeks or a week and a half. A limit that nobody can work out is kept by nobody.",
        Family.DRAFTING,
        Severity.WARNING,
        days_of_no_kind,
    ),
    Check(
        "AK517",
        "working days, where the agreement does not say which days these are",
        "Services run every day; whether Saturday or a bank holiday counts has to be said.",
        Family.DRAFTING,
        Severity.WARNING,
        working_days_without_meaning,
    ),
    Check(
        "AK518",
        "a number whose words and figures differ, or a limit of time without a unit",
        "“Six (3) months” and “within 10 of the request” are no periods, and nobody can tell what was agreed.",
        Family.DRAFTING,
        Severity.ERROR,
        numbers_without_meaning,
    ),
)
"""The checks of figures."""

__all__ = ["CHECKS"]
