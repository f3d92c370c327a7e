"""The guided start: questions that matter, in plain English, with both sides' reasons; on screen and on paper."""

from agreementkit.asking.answers import Answers
from agreementkit.asking.cases import cases
from agreementkit.asking.commented import commented_yaml, given
from agreementkit.asking.interview import Interview, Talk
from agreementkit.asking.plan import Plan
from agreementkit.asking.question import Kind, Question, Topic
from agreementkit.asking.reasons import Reason, reasons_about, reasons_for
from agreementkit.asking.relevance import Relevance
from agreementkit.asking.start import Start

__all__ = [
    "Answers",
    "Interview",
    "Kind",
    "Plan",
    "Question",
    "Reason",
    "Relevance",
    "Start",
    "Talk",
    "Topic",
    "cases",
    "commented_yaml",
    "given",
    "reasons_about",
    "reasons_for",
]
