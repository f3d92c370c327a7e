"""Comparison for people: two versions of agreements, two banks, the positions of two sides."""

from agreementkit.comparing.banks import BankComparison
from agreementkit.comparing.comparison import AgreementChanges, Change, Comparison
from agreementkit.comparing.position import Difference, Implied, Positions
from agreementkit.comparing.settings import SettingChange, Spot
from agreementkit.comparing.talks import positions
from agreementkit.comparing.units import Line
from agreementkit.comparing.versions import compare
from agreementkit.comparing.words import Piece

__all__ = [
    "AgreementChanges",
    "BankComparison",
    "Change",
    "Comparison",
    "Difference",
    "Implied",
    "Line",
    "Piece",
    "Positions",
    "SettingChange",
    "Spot",
    "compare",
    "positions",
]
