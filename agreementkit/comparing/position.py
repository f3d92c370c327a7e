"""What the two sides of talks propose for each setting, the text that it implies, and what is agreed, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from agreementkit.comparing.paper import Grid, Group, Paper, Row, Section, Words, marked, plainly
from agreementkit.table import Table

State = Literal["open", "employer", "staff-side", "another"]

_STATES: Mapping[State, str] = {
    "open": "open",
    "employer": "as the employer proposes",
    "staff-side": "as the staff side proposes",
    "another": "something else",
}


@dataclass(frozen=True, slots=True)
class Implied:
    """The words of one provision that hang on a setting.

    Attributes:
        agreement: What the agreement is called.
        id: Id of the provision.
        clause: Heading of the clause it belongs to.
        employer: Its number in the employer's text, or "" where that does not have it.
        staff_side: Its number in the staff side's text, or "" where that does not have it.
        words: Its words: `removed` is what only the employer's text says, `added` what only the staff side's says.
    """

    agreement: str
    id: str
    clause: str
    employer: str
    staff_side: str
    words: Words

    @property
    def label(self) -> str:
        """The numbers under which it stands."""
        numbers = list(dict.fromkeys(filter(None, (self.employer, self.staff_side))))
        return f"{self.agreement}, {' / '.join(numbers) or self.id}"


@dataclass(frozen=True, slots=True)
class Difference:
    """A setting on which the two sides differ, or on which something was agreed that neither proposed.

    Attributes:
        path: Its path.
        question: What it means.
        employer: The employer's position in words.
        staff_side: The staff side's position in words.
        agreed: What is agreed in words; "" while it is open.
        state: Whether it is open, or whose position was agreed.
        implied: The words that hang on it.
        remark: What else should be known, such as that no words hang on it.
    """

    path: str
    question: str
    employer: str
    staff_side: str
    agreed: str
    state: State
    implied: tuple[Implied, ...]
    remark: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        return {
            "path": self.path,
            "question": self.question,
            "employer": self.employer,
            "staff_side": self.staff_side,
            "agreed": self.agreed or None,
            "state": self.state,
            "remark": self.remark,
            "implied": [
                {
                    "agreement": one.agreement,
                    "id": one.id,
                    "clause": one.clause,
                    "employer_number": one.employer,
                    "staff_side_number": one.staff_side,
                    "employer_text": "".join(piece.old for piece in one.words),
                    "staff_side_text": "".join(piece.new for piece in one.words),
                    "pieces": [{"kind": piece.kind, "old": piece.old, "new": piece.new} for piece in one.words],
                }
                for one in self.implied
            ],
        }


@dataclass(frozen=True, eq=False, repr=False)
class Positions:
    """Where the two sides of talks stand, setting by setting."""

    differences: tuple[Difference, ...]

    @property
    def open(self) -> tuple[Difference, ...]:
        """What is not agreed yet."""
        return tuple(one for one in self.differences if one.state == "open")

    @property
    def summary(self) -> str:
        """How much is open, in a sentence."""
        count = len(self.differences)
        if not count:
            return "The two sides propose the same."
        return (
            f"{count} {'setting' if count == 1 else 'settings'} in which the two sides differ; {len(self.open)} open."
        )

    def table(self) -> Table:
        """Return a row for each setting."""
        return Table(
            [
                {
                    "setting": one.path,
                    "question": one.question,
                    "employer": one.employer,
                    "staff_side": one.staff_side,
                    "agreed": one.agreed,
                    "state": one.state,
                    "text": "\n".join(f"{it.label}: {marked(it.words)}" for it in one.implied),
                }
                for one in self.differences
            ]
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        return {"open": len(self.open), "differences": [one.as_dict() for one in self.differences]}

    @cached_property
    def paper(self) -> Paper:
        """What is shown, before it is written in a format."""
        if not self.differences:
            return Paper("Positions", self.summary, ())
        rows = tuple(
            (
                (plainly(one.question), plainly(one.path)),
                (plainly(one.employer),),
                (plainly(one.staff_side),),
                (plainly(f"{_STATES[one.state]}{f': {one.agreed}' if one.agreed else ''}"),),
            )
            for one in self.differences
        )
        table = Section("Positions", (), (), Grid(("Question", "Employer", "Staff side", "Agreed"), rows))
        groups = tuple(Group(one.question, one.path, tuple(_implied_rows(one))) for one in self.differences)
        key = "Words marked as removed are the employer's alone, words marked as added the staff side's alone."
        return Paper(
            "Positions of the two sides", self.summary, (table, Section("The text each implies", (key,), groups))
        )

    def text(self) -> str:
        """Return it as plain text: `[-the employer's words-]`, `{+the staff side's words+}`."""
        return self.paper.text()

    def markdown(self) -> str:
        """Return it as Markdown: a table of the positions, then the text each implies."""
        return self.paper.markdown()

    def html(self) -> str:
        """Return it as a page of HTML that stands on its own."""
        return self.paper.html()

    def __iter__(self) -> Iterator[Difference]:
        return iter(self.differences)

    def __len__(self) -> int:
        return len(self.differences)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<Positions: {self.summary}>"

    def _repr_html_(self) -> str:
        return self.paper.fragment()


def _implied_rows(one: Difference) -> Iterator[Row]:
    for it in one.implied:
        yield Row(it.label, it.clause, it.words)
    if one.remark:
        yield Row("", "", plainly(one.remark))
