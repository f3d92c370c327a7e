"""Subjects of which an agreement gives one figure, and how a clause that types the figure speaks of them.

Few, and each known by words that can mean nothing else: a sentence that fits names the subject and its figure itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from agreementkit.checks.figures.quantities import IN_WORDS


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject.

    Attributes:
        name: What the figure is, in words: "the notice to end this agreement".
        path: The setting that gives the figure.
        figure: Pattern of what stands around the figure; `said` is where the figure begins.
        needs: Patterns that all have to be found in the sentence.
        unless: Pattern that must not be found in it, for it would be another subject.
        of_forum: Whether it is about the joint forum; another body may have its own figure.
        rate: Whether the figure says how often; "every two months" and "6 times a year" are then the same.
    """

    name: str
    path: str
    figure: str
    needs: tuple[str, ...]
    unless: str
    of_forum: bool = False
    rate: bool = False

    def fits(self, sentence: str, start: int) -> bool:
        """Whether a sentence is about this subject, and the figure that begins at `start` is the figure of it."""
        if not all(_compiled(need).search(sentence) for need in self.needs) or _compiled(self.unless).search(sentence):
            return False
        return any(match.start("said") == start for match in _compiled(self.figure).finditer(sentence))


@lru_cache(maxsize=200)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern that looks at no capitals, compiled when it is first asked: few of the subjects ever come up."""
    return re.compile(pattern, re.IGNORECASE)


_FIGURE = (
    rf"\b(?P<said>(?:\d+|{IN_WORDS})(?: \([\w-]+\))?[ \u00a0-](?:(?:working|calendar|clear) )?"
    r"(?:day|week|month|year|hour|minute)s?)"
)
_NOTICE = rf"notice of (?:at least |not less than |no less than )?{_FIGURE}"
_BEFOREHAND = rf"{_FIGURE}(?: before| in advance| prior|[’'] (?:[a-z]+ )?notice)"
_MEETING = r"(?:a|an|the|each|every|any)(?: ordinary| full)? meeting"
_MEET = (
    r"(?:meets?|meetings? (?:will be|are|is) held|holds?(?: ordinary)? meetings)"
    r"(?: at least| not less than| no less than| no fewer than)?"
)
_NEVER = r"(?!)"


def _subject(
    name: str, path: str, figures: str | tuple[str, ...], needs: tuple[str, ...], unless: str = _NEVER,
    *, of_forum: bool = False, rate: bool = False,
) -> tuple[Subject, ...]:  # fmt: skip
    """Return a subject, once for each way in which its figure may stand."""
    ways = (figures,) if isinstance(figures, str) else figures
    return tuple(
        Subject(
            name,
            path,
            way,
            tuple(rf"\b(?:{need})\b" for need in needs),
            rf"\b(?:{unless})",
            of_forum,
            rate,
        )
        for way in ways
    )


SUBJECTS: tuple[Subject, ...] = (
    *_subject(
        "the notice to end this agreement", "termination.notice_months",
        (_NOTICE, rf"{_FIGURE}[’']? (?:written |prior |clear )*notice"),
        (r"(?:end|ends|ending|terminate|terminates|terminating|termination of) (?:this|both|the (?:partnership"
         r"|recognition|facilities|framework)) agreements?(?!’)"
         r"|this agreement (?:may|can|will) be (?:ended|terminated)",),
        r"chang|var(?:y|ied|iation)|deduct|leav|withdraw|staff|employees",
    ),
    *_subject(
        "the notice of a change to this agreement", "variation.notice_weeks",
        (_NOTICE, rf"{_FIGURE}[’']? (?:written |prior |clear )*notice"),
        (r"(?:change|changes|changing|vary|varying|variation|amend|amending|amendment)", r"this agreement"),
        r"end(?:s|ed|ing)?\b|terminat|organisational",
    ),
    *_subject(
        "the time between reviews of this agreement", "review.interval_months",
        (rf"\bevery {_FIGURE}",
         r"\b(?P<said>(?:once|twice) (?:a|each|every|in each) year|annually|(?:each|every) year)"),
        (r"reviews?|reviewed", r"this agreement(?!’)"),
        r"first|late|staff|polic|list|schedule",
        rate=True,
    ),
    *_subject(
        "the time before a meeting by which papers are sent", "forum.papers_days",
        rf"{_FIGURE} (?:before|in advance of|prior to) {_MEETING}",
        (r"papers?", r"send|sends|sent|circulate[sd]?|issue[sd]?|distribute[sd]?"),
        r"items?\b|comment|request|late",
        of_forum=True,
    ),
    *_subject(
        "the time after a meeting in which the draft record is sent", "forum.minutes_days",
        rf"{_FIGURE} (?:after|of|following) {_MEETING}",
        (r"minutes|record|notes", r"send|sends|sent|circulate[sd]?|issue[sd]?|distribute[sd]?"),
        r"statement|publish|agreed|correct|comment",
        of_forum=True,
    ),
    *_subject(
        "how often the forum meets", "forum.meetings_a_year",
        (rf"\b(?:{_MEET}) every (?P<said>(?:two|three|four|six|[2346])[ \u00a0]months)",
         rf"\b(?:{_MEET}) (?P<said>(?:once|twice|(?:\d+|{IN_WORDS})[ \u00a0](?:times|meetings)) (?:a|each|every|per|in "
         r"each) (?:year|quarter|month)|(?:each|every) (?:year|quarter|month)|quarterly|monthly|annually)"),
        (),
        r"alone|manager|secretar|chair|members’|if\b|where\b|when\b",
        of_forum=True, rate=True,
    ),
    *_subject(
        "the notice of time off", "time_off.notice_days",
        (_BEFOREHAND, _NOTICE),
        (r"time off", r"ask|asks|request|requests|requested|apply|applies|application"),
        r"train|course|refus|answer|repl|review|meeting|activit|appeal|learn|confirm|leave",
    ),
    *_subject(
        "the notice of a course", "time_off.training_notice_days",
        (_BEFOREHAND, _NOTICE),
        (r"training|course", r"notice|ask|asks|request|requests|apply|applies"),
        r"answer|refus|repl|review|cancel|confirm",
    ),
    *_subject(
        "the time for all stages of a dispute", "disputes.overall_days",
        rf"\bwithin {_FIGURE}",
        (r"all (?:the )?stages",),
        r"each stage|stages of (?!the (?:procedure|dispute))",
    ),
    *_subject(
        "the usual consultation period on organisational change", "consultation.change_days",
        rf"\bconsultation period\b[^.;]{{0,60}}?\b(?:is|will be|lasts?|of)(?: at least| not less than)? {_FIGURE}",
        (r"organisational change",),
        r"if\b|where\b|transfer|second|further|with redundanc",
    ),
    *_subject(
        "the length of the unions’ slot at induction", "access.induction_minutes",
        rf"{_FIGURE}",
        (r"(?:at|during|in) (?:each|every|the|an|any) induction",),
        r"before|notice|after|within",
    ),
    *_subject(
        "the notice to end deduction of subscriptions", "facilities.check_off_end_months",
        (_NOTICE, rf"{_FIGURE}[’']? (?:written |prior )*notice"),
        (r"deduct\w*|check-off",),
    ),
)  # fmt: skip
"""Every subject. Where a figure belongs to none of them, nobody can be certain that two clauses mean the same."""


@lru_cache(maxsize=1000)
def subject_of(sentence: str, start: int) -> Subject | None:
    """Return the first subject that a sentence gives the figure of.

    Args:
        sentence: The sentence.
        start: Where the figure begins in it.
    """
    return next((subject for subject in SUBJECTS if subject.fits(sentence, start)), None)
