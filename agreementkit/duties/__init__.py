"""The calendar of duties: meetings, papers, reviews, notices and ends, with the clauses that ask for them."""

from agreementkit.duties.calendar import Duty, DutyCalendar

__all__ = ["Duty", "DutyCalendar"]
