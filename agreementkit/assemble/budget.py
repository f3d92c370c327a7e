"""How much one agreement may grow by repetition, so that a few words of a pack cannot fill the memory."""

from __future__ import annotations

from dataclasses import dataclass

from agreementkit.diagnostics import Diagnostic, Place

MAX_TURNS = 5_000
"""Turns of all repetitions in one agreement; a long one has a few hundred."""
MAX_LETTERS = 10_000_000
"""Characters of one agreement; a long one has a few hundred thousand."""


@dataclass(slots=True)
class Budget:
    """What is left for one agreement.

    Attributes:
        turns: Turns of repetitions that it may still have.
        letters: Characters that it may still have.
        said: Whether the end was reported.
    """

    turns: int = MAX_TURNS
    letters: int = MAX_LETTERS
    said: bool = False

    def has(self, letters: int) -> bool:
        """Return whether it holds so many characters more, and is not at its end."""
        return self.letters >= letters and self.turns >= 0

    def allows(self, turns: int, letters: int, place: Place | None, found: list[Diagnostic]) -> bool:
        """Take from the budget; the first time that it does not suffice is a fault (AK249).

        Args:
            turns: Turns of a repetition that is about to be made.
            letters: Characters that were put in.
            place: Where they stand.
            found: Takes the fault.

        Returns:
            Whether it sufficed. Once it did not, it never does again.
        """
        self.turns -= turns
        self.letters -= letters
        if self.turns >= 0 and self.letters >= 0:
            return True
        if not self.said:
            self.said = True
            found.append(
                Diagnostic(
                    "AK249",
                    "the agreement grows beyond measure: what `each` repeats is repeated again inside",
                    place=place,
                    hints=("repeat the paragraph once only, or over a shorter list",),
                )
            )
        return False
