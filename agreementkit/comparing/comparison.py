"""A comparison of agreements: every division in two versions, what became of it, and the ways to look at it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from agreementkit.comparing.paper import Paper, marked
from agreementkit.comparing.settings import SettingChange
from agreementkit.comparing.units import Line
from agreementkit.table import Table
from agreementkit.tree.nodes import Division, Document
from agreementkit.tree.walk import plain_text

if TYPE_CHECKING:
    from agreementkit.agreement import AgreementSet

HOW = ("added", "removed", "moved", "renumbered", "changed", "notes")
"""What can become of a division, in the order in which it is said."""


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """One division in two versions.

    Attributes:
        old: The old version; None where it was added.
        new: The new version; None where it was removed.
        how: What became of it, of `HOW`; empty for what is the same.
        whole: Whether it was added or removed with the division above it.
        top: The clause, schedule or other division at the top to which it belongs.
        lines: Its paragraphs in two versions, headings included, in the order in which they are read.
        notes: The notes on it in two versions, where notes were asked for.
    """

    old: Division | None
    new: Division | None
    how: tuple[str, ...]
    whole: bool
    top: Division
    lines: tuple[Line, ...]
    notes: tuple[Line, ...] = ()

    @property
    def division(self) -> Division:
        """The division: the new version, or the old one where it was removed."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 - one of the two is always there
        return found

    @property
    def id(self) -> str:
        """Its permanent id."""
        return self.division.id

    @property
    def old_number(self) -> str:
        """Its number in the old version, or ""."""
        return self.old.number.label if self.old and self.old.number else ""

    @property
    def new_number(self) -> str:
        """Its number in the new version, or ""."""
        return self.new.number.label if self.new and self.new.number else ""

    @property
    def clause(self) -> str:
        """The heading of the clause, schedule or other part it belongs to."""
        return plain_text(self.top.heading)

    @property
    def text(self) -> str:
        """Its words with what was removed in `[-…-]` and what was added in `{+…+}`, a line for each paragraph."""
        return "\n".join(filter(None, (marked(line.pieces) for line in (*self.lines, *self.notes))))

    @property
    def label(self) -> str:
        """Its number, and the one it had where that differs."""
        if self.old and self.new and self.old_number != self.new_number:
            return f"{self.new_number or 'no number'} (was {self.old_number or 'without one'})"
        return self.new_number or self.old_number

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        return {
            "id": self.id,
            "kind": type(self.division).__name__,
            "how": list(self.how),
            "whole": self.whole,
            "clause": self.clause,
            "old_number": self.old_number,
            "new_number": self.new_number,
            "lines": [_line_data(line) for line in self.lines if line.changed or self.whole],
            "notes": [_line_data(line) for line in self.notes if line.changed],
        }


@dataclass(frozen=True, slots=True, eq=False)
class AgreementChanges:
    """One agreement in two versions.

    Attributes:
        old: The old version; None where only the new side has this agreement.
        new: The new version; None where only the old side has it.
        cover: Title and cover in two versions.
        all: Every division in two versions, in the order of the new agreement, with what was removed in its place.
    """

    old: Document | None
    new: Document | None
    cover: tuple[Line, ...]
    all: tuple[Change, ...]

    @property
    def document(self) -> Document:
        """The agreement: the new version, or the old one where there is no new one."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 - one of the two is always there
        return found

    @property
    def changes(self) -> tuple[Change, ...]:
        """The divisions that are not the same; of what was added or removed as a whole only the top."""
        return tuple(change for change in self.all if change.how and not change.whole)

    @property
    def same(self) -> bool:
        """Whether both versions say the same under the same numbers."""
        whole = self.old is not None and self.new is not None
        return whole and not self.changes and not any(line.changed for line in self.cover)


@dataclass(frozen=True, eq=False, repr=False)
class Comparison:
    """Two versions of a set of agreements, or of one.

    Attributes:
        names: What the old and the new version are called.
        agreements: Each agreement in two versions.
        settings: The settings that differ, or the printed values where no configuration is known.
        left: Of a returned file: its words that fit nowhere in the agreement, and are not compared.
        made: The new version with its configuration, where that is at hand: a redline is in its house style.
    """

    names: tuple[str, str]
    agreements: tuple[AgreementChanges, ...]
    settings: tuple[SettingChange, ...] = ()
    left: tuple[str, ...] = ()
    made: AgreementSet | None = None

    @property
    def changes(self) -> tuple[Change, ...]:
        """The divisions that are not the same, over all agreements."""
        return tuple(change for agreement in self.agreements for change in agreement.changes)

    @property
    def same(self) -> bool:
        """Whether both versions say the same under the same numbers, from equal settings."""
        return not self.settings and not self.left and all(agreement.same for agreement in self.agreements)

    @property
    def summary(self) -> str:
        """What differs, counted, in a sentence."""
        if self.same:
            return "Nothing differs."
        counts = [(how, sum(how in change.how for change in self.changes)) for how in HOW]
        words = {"notes": "with other notes"}
        found = [f"{count} {words.get(how, how)}" for how, count in counts if count]
        found += [f"{len(self.settings)} {'setting differs' if len(self.settings) == 1 else 'settings differ'}"]
        if not self.settings:
            found.pop()
        covers = sum(any(line.changed for line in one.cover) for one in self.agreements)
        if covers:
            found.insert(0, f"{covers} {'cover' if covers == 1 else 'covers'} changed")
        if self.left:
            found.append(f"{len(self.left)} {'paragraph fits' if len(self.left) == 1 else 'paragraphs fit'} nowhere")
        alone = [one.document.title for one in self.agreements if one.old is None or one.new is None]
        if alone:
            found.insert(0, f"only on one side: {', '.join(alone)}")
        return f"{'; '.join(found)}."

    def table(self) -> Table:
        """Return a row for each division that is not the same."""
        return Table(
            [
                {
                    "agreement": agreement.document.title,
                    "id": change.id,
                    "clause": change.clause,
                    "old_number": change.old_number,
                    "new_number": change.new_number,
                    "how": ", ".join(change.how),
                    "text": change.text,
                }
                for agreement in self.agreements
                for change in agreement.changes
            ]
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs. What is the same is left out."""
        return {
            "old": self.names[0],
            "new": self.names[1],
            "same": self.same,
            "agreements": [
                {
                    "precedent": one.document.precedent,
                    "title": one.document.title,
                    "in_old": one.old is not None,
                    "in_new": one.new is not None,
                    "cover": [_line_data(line) for line in one.cover if line.changed],
                    "changes": [change.as_dict() for change in one.all if change.how],
                }
                for one in self.agreements
            ],
            "settings": [
                {
                    "path": one.path,
                    "question": one.question,
                    "old": one.old,
                    "new": one.new,
                    "where": [{"agreement": s.agreement, "id": s.id, "number": s.number} for s in one.where],
                }
                for one in self.settings
            ],
            "left": list(self.left),
        }

    @cached_property
    def paper(self) -> Paper:
        """What is shown, before it is written in a format."""
        from agreementkit.comparing.sections import sections

        return Paper(f"{self.names[0]} and {self.names[1]} compared", self.summary, tuple(sections(self)))

    def text(self) -> str:
        """Return it as plain text: `[-removed-]`, `{+added+}`."""
        return self.paper.text()

    def markdown(self) -> str:
        """Return it as Markdown, with `del` and `ins` on what was removed and added."""
        return self.paper.markdown()

    def html(self) -> str:
        """Return it as a page of HTML that stands on its own."""
        return self.paper.html()

    def write(
        self,
        path: str | Path,
        *,
        author: str | None = None,
        date: str | None = None,
        notes: Literal["comments", "none"] = "none",
        template: str | Path | None = None,
    ) -> tuple[Path, ...]:
        """Write it to a file: a redline in Word (`.docx`), or the comparison as `.md`, `.html`, `.json` or `.txt`.

        A redline is the agreement with tracked changes: accepting all gives the new version, rejecting all the old one.
        Of several agreements each has a file of its own: `redline.docx` becomes `redline-recognition-agreement.docx`
        and so on.

        Args:
            path: Where it goes; the ending says as what.
            author: In whose name the changes of a redline are; None for what the new version is called.
            date: ISO date of the changes; None for the date of the new version.
            notes: Whether the notes of the new version stand in a redline, as comments.
            template: House template of a redline; None for that of the new version's configuration, or the neutral one.

        Returns:
            What was written.

        Raises:
            OutputError: AK830 for another ending, AK831 for what is no date; the folder cannot be written to, or a file
                did not pass its checks.
            TemplateError: The house template cannot be used.
        """
        from agreementkit.comparing.redlining.saved import save

        return save(self, Path(path), author=author, date=date, notes=notes, template=template)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<Comparison of {self.names[0]} and {self.names[1]}: {self.summary}>"

    def _repr_html_(self) -> str:
        return self.paper.fragment()


def _line_data(line: Line) -> dict[str, Any]:
    return {"kind": line.kind, "pieces": [{"kind": p.kind, "old": p.old, "new": p.new} for p in line.pieces]}
