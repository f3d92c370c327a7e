"""Figures are read as they are meant, and a sentence belongs to a subject only when it can mean nothing else."""

from __future__ import annotations

import pytest

from agreementkit.checks.figures.quantities import TIMES, Quantity, figure_at, figures
from agreementkit.checks.figures.subjects import SUBJECTS
from agreementkit.config import resolve_type


@pytest.mark.parametrize(
    ("words", "quantity"),
    [
        ("within ten working days of it", Quantity(10, "working day")),
        ("5\u00a0Working Days", Quantity(5, "working day")),
        ("28 calendar days", Quantity(28, "day")),
        ("four weeks", Quantity(28, "day")),
        ("six (6) months’ notice", Quantity(6, "month")),
        ("a two-year term", Quantity(24, "month")),
        ("twenty-eight days", Quantity(28, "day")),
        ("1,000 hours", Quantity(60_000, "minute")),
        ("once a year", Quantity(1, TIMES)),
        ("Twice in each year", Quantity(2, TIMES)),
        ("six meetings a year", Quantity(6, TIMES)),
        ("quarterly", Quantity(4, TIMES)),
        ("every month", Quantity(12, TIMES)),
    ],
)
def test_a_figure_is_read(words: str, quantity: Quantity) -> None:
    assert [figure.quantity for figure in figures(words)] == [quantity]


@pytest.mark.parametrize(
    "words", ["the working days", "no days", "a month", "some years", "5 members", "weekly days off"]
)
def test_what_is_no_figure_is_none(words: str) -> None:
    assert not list(figures(words))


def test_a_figure_is_looked_for_at_one_place_only() -> None:
    assert figure_at("within 5 days", 7)
    assert figure_at("within 5 days", 0) is None


def test_every_subject_is_a_setting() -> None:
    assert all(resolve_type(subject.path.split(".")) for subject in SUBJECTS)


def subjects(sentence: str) -> set[str]:
    return {s.path for figure in figures(sentence) for s in SUBJECTS if s.fits(sentence, figure.start)}


@pytest.mark.parametrize(
    ("sentence", "path"),
    [
        ("Any party may end this agreement by giving three months’ notice in writing.", "termination.notice_months"),
        ("This agreement may be terminated by either side on 3 months’ notice.", "termination.notice_months"),
        ("A party may end the Recognition Agreement by notice of at least 3 months.", "termination.notice_months"),
        ("A proposal to change this agreement needs notice of eight weeks.", "variation.notice_weeks"),
        ("The parties will review this agreement every three years.", "review.interval_months"),
        ("This agreement is reviewed once a year by the Forum.", "review.interval_months"),
        ("The agenda and papers are sent out 7 days before the meeting.", "forum.papers_days"),
        ("Papers will be circulated at least seven days before each meeting of the Forum.", "forum.papers_days"),
        ("Draft minutes are sent to members within ten days after each meeting.", "forum.minutes_days"),
        ("The Forum meets at least four times a year.", "forum.meetings_a_year"),
        ("The Forum will meet every two months.", "forum.meetings_a_year"),
        ("Ordinary meetings will be held quarterly.", "forum.meetings_a_year"),
        ("A representative will ask for time off at least ten Working Days beforehand.", "time_off.notice_days"),
        ("A representative gives notice of a course 6 weeks in advance.", "time_off.training_notice_days"),
        ("All stages will be completed within 60 Working Days.", "disputes.overall_days"),
        ("The consultation period for an Organisational Change is 60 days.", "consultation.change_days"),
        ("The Recognised Unions have 30 minutes at each induction.", "access.induction_minutes"),
        ("The Employer may end deduction of subscriptions by 3 months’ notice.", "facilities.check_off_end_months"),
    ],
)
def test_a_sentence_that_names_a_subject_belongs_to_it(sentence: str, path: str) -> None:
    assert subjects(sentence) == {path}


@pytest.mark.parametrize(
    "sentence",
    [
        "Either side may send in an item for the papers 10 Working Days before the meeting.",
        "A change to this agreement takes effect three months after notice.",
        "A union may leave this agreement by three months’ notice.",
        "Either party may end this agreement if a notice has gone unanswered for three months.",
        "The first review of this agreement is held within 6 months.",
        "The Forum will review the working of this agreement’s schedules every year.",
        "The chair and the secretary of the Forum meet once a month.",
        "Each Recognised Union may hold a meeting of its members twice a year.",
        "Once a year the Forum meets with the chief executive.",
        "The manager will answer a request for time off within 2 Working Days.",
        "The union will send the names of those attending 5 Working Days before a meeting.",
        "The committee will complete all stages of recruitment within 10 days.",
        "If the consultation period for Organisational Change is 30 days, either side may ask for more.",
    ],
)
def test_a_sentence_about_something_else_belongs_to_none(sentence: str) -> None:
    assert not subjects(sentence)
