"""What a benchmark gives back: rows of the table; and the goals that some of them are held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["×", "exponent", "bytes a byte", "MB", "s", "of full"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        group: Heading under which it stands.
        name: What is held against what.
        figure: The figure; None where it could not be measured.
        unit: What the figure is.
        detail: The times behind it, the rounds, or why there is no figure.
        goal: Number of the goal that it is held against, or "".
    """

    group: str
    name: str
    figure: float | None
    unit: Unit
    detail: str = ""
    goal: str = ""

    @property
    def shown(self) -> str:
        """The figure in print."""
        if self.figure is None:
            return "–"
        if self.unit == "exponent":
            return f"{self.figure:.2f}"
        number = f"{self.figure:,.0f}" if abs(self.figure) >= 100 else f"{self.figure:.3g}"
        return f"{number} ×" if self.unit == "×" else f"{number} {self.unit}"


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure is held against.

    Attributes:
        number: Its number.
        what: What is measured.
        must: The bound that has to hold.
        aim: The bound that is aimed at.
        least: Whether the bounds are the least that will do, and not the most.
    """

    number: str
    what: str
    must: float
    aim: float
    least: bool = False

    def holds(self, figure: float, bound: float) -> bool:
        """Return whether a figure is within a bound."""
        return figure >= bound if self.least else figure <= bound

    def verdict(self, figure: float | None) -> str:
        """Return in words how a figure stands."""
        if figure is None:
            return "not measured"
        if self.holds(figure, self.aim):
            return "goal met"
        return "met, goal missed" if self.holds(figure, self.must) else "**missed**"


GOALS = (
    Goal("1", "warm build of a pair, checks off, against the limit", 3, 1.5),
    Goal("1b", "warm build of a pair, checks on, against the limit", 6, 3),
    Goal("2", "docxtpl against the warm build", 5, 10, least=True),
    Goal("2b", "python-docx against the warm build", 15, 30, least=True),
    Goal("3", "cold command line, pair validated and written, against the floor", 1.8, 1.35),
    Goal("3b", "`--version` against bare Python", 6, 3),
    Goal("3c", "`--help` against bare Python", 6, 3),
    Goal("4", "growth over clauses, last tenfold step", 1.1, 1.03),
    Goal("4b", "docxtpl against the build of a long agreement", 20, 50, least=True),
    Goal("5", "memory above a small build's, per byte of document.xml", 25, 12),
    Goal("6", "cold build with the largest bank against the smallest, same selection", 1.5, 1.2),
    Goal("6b", "compiling again with one file changed against compiling in full", 0.05, 0.02),
    Goal("7", "speed-up with two workers, divided by two", 0.85, 0.93, least=True),
    Goal("8", "reading a returned file in full against inflating and parsing it", 4, 2.5),
    Goal("9", "proof over all configurations of the core, whole process", 30, 5),
)
"""The goals, in the order in which they are reported."""
