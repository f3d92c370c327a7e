"""Checks of defined terms: that each is defined once, used as it is defined, and marked where it is used."""

from __future__ import annotations

from agreementkit.checks.kinds import Check, Family
from agreementkit.checks.terms import definitions, expressions, unmarked
from agreementkit.diagnostics import Severity

CHECKS = (
    Check(
        "AK502",
        "a defined term without its definition",
        "Words that look defined send the reader to a definition; where the agreement has none, everybody gives them "
        "a meaning of their own.",
        Family.DRAFTING,
        Severity.WARNING,
        unmarked.undefined,
    ),
    Check(
        "AK503",
        "a definition that nothing uses",
        "A definition without a use is either left over, or its term was typed somewhere without being marked.",
        Family.DRAFTING,
        Severity.WARNING,
        definitions.unused,
    ),
    Check(
        "AK504",
        "a defined term that is used in one place only",
        "A short meaning that is needed once is easier to read where it is needed than in a list of definitions.",
        Family.DRAFTING,
        Severity.INFO,
        definitions.used_once,
    ),
    Check(
        "AK505",
        "a term that is defined twice",
        "Two definitions of the same words are two answers to one question, and each side will pick its own.",
        Family.DRAFTING,
        Severity.ERROR,
        definitions.given_twice,
    ),
    Check(
        "AK506",
        "definitions that explain each other in a circle",
        "Whoever looks up one term is sent to the next and comes back without an answer.",
        Family.DRAFTING,
        Severity.WARNING,
        definitions.circles,
    ),
    Check(
        "AK507",
        "terms that are easily taken for each other",
        "Two expressions that share their words read as if they meant the same, or as if the difference mattered.",
        Family.DRAFTING,
        Severity.WARNING,
        expressions.alike,
    ),
    Check(
        "AK508",
        "capitals that promise a definition which is not there",
        "Readers of agreements take capitals in the middle of a sentence for a defined term and look for its meaning.",
        Family.DRAFTING,
        Severity.WARNING,
        expressions.promised,
    ),
    Check(
        "AK509",
        "a defined term that is used without being marked",
        "A typed term does not follow the configuration, and in small letters it may be read in its ordinary meaning, "
        "which gives less than the defined one.",
        Family.DRAFTING,
        Severity.WARNING,
        unmarked.unmarked,
    ),
)
