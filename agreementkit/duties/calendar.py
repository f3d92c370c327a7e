"""The calendar of duties: what is due when, for a table, a spreadsheet, a program or anybody's calendar (RFC 5545)."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import html
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agreementkit.assemble.filters import format_date
from agreementkit.config import Config
from agreementkit.diagnostics import Diagnostic
from agreementkit.duties.dates import Due, dues
from agreementkit.errors import OutputError
from agreementkit.keyterms.places import Places
from agreementkit.table import Table
from agreementkit.tree.nodes import Document
from agreementkit.writers.markdown.inlines import Row

COLUMNS = ("date", "kind", "duty", "where", "remark")
_FORMULA = tuple("=+-@\t\r")
_HORIZON = 5


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that is due on a day.

    Attributes:
        date: The day.
        kind: `meeting`, `paper`, `review`, `notice`, `start`, `end` or `programme`.
        summary: What it is, in a few words.
        where: The clauses that ask for it, in words.
        text: What the first of them says; may be empty.
        remark: What else should be known; may be empty.
        uid: Identity in a calendar; the same when the calendar is made again with another date.
    """

    date: dt.date
    kind: str
    summary: str
    where: str
    text: str
    remark: str
    uid: str

    def as_dict(self) -> dict[str, str]:
        """Return it as plain data, for programs or a data frame."""
        return {
            "date": self.date.isoformat(),
            "kind": self.kind,
            "duty": self.summary,
            "where": self.where,
            "remark": self.remark,
        }


@dataclass(frozen=True, eq=False, repr=False)
class DutyCalendar(Sequence[Duty]):
    """The dated duties of a set of agreements, in the order of their dates.

    Attributes:
        name: What the calendar is called.
        stamp: The date of the agreements, which stands for "when it was written".
        duties: The duties.
    """

    name: str
    stamp: dt.date
    duties: tuple[Duty, ...]

    @classmethod
    def of(cls, config: Config, documents: Sequence[Document], years: int = _HORIZON) -> DutyCalendar:
        """Return the duties of the agreements that were made from a configuration.

        Args:
            config: The configuration.
            documents: The agreements. A date that none of them speaks of is left out.
            years: For how many years after the start to go on with what comes back, such as reviews.
        """
        places = [Places(document) for document in documents]
        who = "|".join((*(employer.name for employer in config.employers), config.forum.name))
        found: list[Duty] = []
        for due in dues(config, years):
            said = [(one, reference) for one in places if (reference := one.find(due.ids))]
            if said:
                several = len(places) > 1
                where = (f"{it.text} of the {one.document.short}" if several else it.text for one, it in said)
                first, reference = said[0]
                found.append(_duty(due, "; ".join(where), first.words(reference.target), who))
        named = config.title or ", ".join(employer.short for employer in config.employers)
        stamp = dt.date.fromisoformat(documents[0].meta.date)
        return cls(f"Duties: {named}", stamp, tuple(sorted(found, key=lambda one: (one.date, one.summary, one.uid))))

    def ics(self) -> bytes:
        """Return the duties as a calendar file (RFC 5545). The same agreements give the same bytes.

        Raises:
            OutputError: AK774 where there is no date at all; a calendar file without events is none.
        """
        from icalendar import Calendar, Event

        if not self.duties:
            raise OutputError(
                Diagnostic(
                    "AK774",
                    "the configuration gives no date from which a duty follows",
                    path="dates.commencement",
                    hints=("set dates.commencement, or forum.first_meeting for the meetings of the forum",),
                )
            )
        made = Calendar()
        made.add("prodid", "-//agreementkit//duties//EN")
        made.add("version", "2.0")
        made.add("calscale", "GREGORIAN")
        made.add("x-wr-calname", self.name)
        stamp = dt.datetime.combine(self.stamp, dt.time(), dt.UTC)
        for duty in self.duties:
            event = Event()
            event.add("uid", duty.uid)
            event.add("dtstamp", stamp)
            event.add("dtstart", duty.date)
            event.add("summary", duty.summary)
            words = (_sentence(duty.where), duty.text, duty.remark)
            event.add("description", "\n".join(filter(None, words)))
            event.add("categories", [duty.kind])
            event.add("transp", "TRANSPARENT")
            made.add_component(event)
        written: bytes = made.to_ical()
        return written

    def csv(self) -> str:
        """Return the duties as CSV (RFC 4180, lines ended by LF).

        A cell that a spreadsheet would take for a formula begins with an apostrophe.
        """
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        for duty in self.duties:
            cells = duty.as_dict().values()
            writer.writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
        return text.getvalue()

    def table(self) -> Table:
        """Return a row for each duty."""
        return Table([duty.as_dict() for duty in self.duties])

    def as_dict(self) -> dict[str, Any]:
        """Return the calendar as plain data, for programs."""
        return {"name": self.name, "duties": self.table()}

    def markdown(self) -> str:
        """Return the duties as a table in Markdown."""
        lines = ["| Date | Duty | Where | Remark |", "| --- | --- | --- | --- |"]
        lines += ["| " + " | ".join(_markdown(cell) for cell in _cells(duty)) + " |" for duty in self.duties]
        return f"# {_markdown(self.name)}\n\n" + "\n".join(lines) + "\n"

    def text(self) -> str:
        """Return the duties as plain text, a line for each with its date."""
        lines = [f"{duty.date.isoformat()}  {duty.summary}  ({duty.where})" for duty in self.duties]
        return "\n".join((self.name, *lines)) + "\n"

    def __getitem__(self, index: Any) -> Any:
        return self.duties[index]

    def __len__(self) -> int:
        return len(self.duties)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<DutyCalendar: {len(self.duties)} duties>"

    def _repr_html_(self) -> str:
        out = [f'<table aria-label="{html.escape(self.name)}"><thead><tr>']
        out.append("".join(f'<th scope="col">{name}</th>' for name in ("Date", "Duty", "Where", "Remark")))
        out.append("</tr></thead><tbody>")
        out += ["<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in _cells(one)) + "</tr>" for one in self]
        return "\n".join([*out, "</tbody></table>"])


def _duty(due: Due, where: str, text: str, who: str) -> Duty:
    mark = hashlib.blake2b(f"{who}|{due.key}".encode(), digest_size=12).hexdigest()
    return Duty(due.date, due.kind, due.summary, where, text, due.remark, f"{mark}@agreementkit")


def _cells(duty: Duty) -> tuple[str, str, str, str]:
    return (format_date(duty.date), duty.summary, duty.where, duty.remark)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _markdown(text: str) -> str:
    row = Row(lambda _: "", lambda *_: "")
    row.text(text)
    return row.markdown(flat=True)
