"""Checks of wording: words to avoid, sentences, and notes that have run into the text."""

from agreementkit.checks.kinds import Check, Family
from agreementkit.checks.wording.notes import note_text_in_clauses, notes_that_repeat
from agreementkit.checks.wording.sentences import long_sentences, slips
from agreementkit.checks.wording.words import and_or, duties_in_two_words, gendered_words, legalistic_words
from agreementkit.diagnostics import Severity

CHECKS = (
    Check(
        "AK519",
        "a gendered word",
        "An agreement speaks to everybody whom it covers. Names, values and quotations are left alone.",
        Family.DRAFTING,
        Severity.WARNING,
        gendered_words,
    ),
    Check(
        "AK520",
        "a legalistic word",
        "Representatives and managers have to work with the text; each of these words has a plain twin. Names, values "
        "and quotations are left alone.",
        Family.DRAFTING,
        Severity.INFO,
        legalistic_words,
    ),
    Check(
        "AK521",
        "“and/or”",
        "It says neither “and” nor “or”, and each side will read what it likes.",
        Family.DRAFTING,
        Severity.WARNING,
        and_or,
    ),
    Check(
        "AK522",
        "“shall” and “will” mixed for duties",
        "Two words for one thing make a reader look for a difference. “Must” is another thing, and fine.",
        Family.DRAFTING,
        Severity.WARNING,
        duties_in_two_words,
    ),
    Check(
        "AK523",
        "a sentence that is too long",
        "What has to be read twice is misread once. The number of words is set in the configuration.",
        Family.DRAFTING,
        Severity.INFO,
        long_sentences,
    ),
    Check(
        "AK524",
        "a note that repeats its clause",
        "A note is read for the reason behind the words; one that repeats them is skipped, and so is the next.",
        Family.DRAFTING,
        Severity.INFO,
        notes_that_repeat,
    ),
    Check(
        "AK525",
        "a placeholder, a drafter’s remark or the text of a note in the agreement itself",
        "Whatever stands in the text is signed. Explanations belong in notes, which can be left out.",
        Family.DRAFTING,
        Severity.ERROR,
        note_text_in_clauses,
    ),
    Check(
        "AK526",
        "a slip: a word or mark twice, a space before a mark, a bracket left open",
        "It changes nothing and makes everybody ask what else was not read through.",
        Family.DRAFTING,
        Severity.WARNING,
        slips,
    ),
)
"""The checks of wording."""

__all__ = ["CHECKS"]
