"""Rounds of a negotiation: what each reviewer wants, what was decided, and what became of every point."""

from agreementkit.negotiating.fates import Fate, fates
from agreementkit.negotiating.files import read_filled, write_issues, write_report, write_responses
from agreementkit.negotiating.kept import read_kept, to_json
from agreementkit.negotiating.model import Issue, Negotiation, Point, Round, Spot
from agreementkit.negotiating.places import Places
from agreementkit.negotiating.rounds import Filled, add, begin, close, issues_of, update, without_response

__all__ = [
    "Fate",
    "Filled",
    "Issue",
    "Negotiation",
    "Places",
    "Point",
    "Round",
    "Spot",
    "add",
    "begin",
    "close",
    "fates",
    "issues_of",
    "read_filled",
    "read_kept",
    "to_json",
    "update",
    "without_response",
    "write_issues",
    "write_report",
    "write_responses",
]
