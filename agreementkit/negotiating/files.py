"""What the commands of a negotiation write and read: the forms of its papers, and what people filled in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Literal

from agreementkit.comparing.paper import Paper
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import SourceError
from agreementkit.negotiating.fates import OUTCOMES, fates
from agreementkit.negotiating.kept import read_kept, to_json
from agreementkit.negotiating.model import Negotiation, Stage
from agreementkit.negotiating.papers import issues_paper, report_paper, responses_paper
from agreementkit.negotiating.places import Places
from agreementkit.negotiating.rounds import Filled, without_response
from agreementkit.negotiating.sheet import read_sheet, to_sheet
from agreementkit.negotiating.wants import stand
from agreementkit.negotiating.word import paper_word

Form = Literal["md", "html", "json", "docx", "xlsx"]
FORMS: tuple[Form, ...] = ("md", "html", "json", "docx", "xlsx")
"""Forms of the table of issues and of the report."""

PAPER_FORMS: tuple[Form, ...] = ("md", "html", "json", "docx")
"""Forms of the response to every point."""

REPORT_FORMAT = "agreementkit-negotiation-report/1"
"""Name and version of the report as JSON."""

_FIELDS = tuple(one.name for one in fields(Filled) if one.name != "id")


def write_issues(kept: Negotiation, form: Form, places: Places | None = None) -> bytes:
    """Return the table of issues. Its JSON is the negotiation itself, which can be kept and filled in.

    Args:
        kept: The negotiation.
        form: `md`, `html`, `json`, `docx` or `xlsx`.
        places: The agreements, which give order and titles.
    """
    if form == "json":
        return to_json(kept).encode()
    if form == "xlsx":
        return to_sheet(kept, places)
    return _paper(issues_paper(kept, places), form, _day(kept))


def write_report(kept: Negotiation, form: Form, places: Places | None = None) -> bytes:
    """Return the report on every round and every point; as a spreadsheet, the issues with all points."""
    if form == "json":
        return _report_json(kept, places)
    if form == "xlsx":
        return to_sheet(kept, places)
    return _paper(report_paper(kept, places), form, _day(kept))


def write_responses(kept: Negotiation, form: Form, places: Places | None = None, stage: Stage | None = None) -> bytes:
    """Return the response to every point, of all rounds or those of a stage."""
    if form == "json":
        return _report_json(kept, places)
    return _paper(responses_paper(kept, places, stage), form, _day(kept))


def read_filled(paths: Sequence[str | Path], kept: Negotiation) -> tuple[Filled, ...]:
    """Return what people filled in in copies of the issues, spreadsheets or JSON.

    Raises:
        SourceError: What cannot be read (AK820, AK821, AK823), a cell that cannot be used, and two copies that say
            different things of one issue (AK824); with every fault of every file.
    """
    found: dict[str, tuple[Filled, str]] = {}
    faults: list[Diagnostic] = []
    for path in paths:
        try:
            filled = _from_json(path, kept) if Path(path).suffix.lower() == ".json" else read_sheet(path)
        except SourceError as error:
            faults += error.diagnostics
            continue
        for one in filled:
            before = found.setdefault(one.id, (one, str(path)))
            if before[0] != one:
                message = f"issue {one.id} is not filled in as in {before[1]}"
                hint = "agree on one, and leave the row in the other copy as it was"
                faults.append(Diagnostic("AK824", message, place=Place(str(path)), hints=(hint,)))
    if faults:
        raise SourceError(*faults)
    return tuple(one for one, _ in found.values())


def _from_json(path: str | Path, kept: Negotiation) -> tuple[Filled, ...]:
    now = {one.id: one for one in kept.issues}
    return tuple(
        Filled(one.id, one.status, one.owner, one.due, one.response)
        for one in read_kept(path).issues
        if one.id not in now or any(getattr(one, name) != getattr(now[one.id], name) for name in _FIELDS)
    )


def _paper(paper: Paper, form: Form, day: str) -> bytes:
    if form == "docx":
        return paper_word(paper, day)
    return (paper.html() if form == "html" else paper.markdown()).encode()


def _day(kept: Negotiation) -> str:
    """Return the newest day that a negotiation knows: the papers of one state are the same on every day."""
    days = [day for one in kept.rounds for day in (one.started, one.closed)]
    days += [event.date for issue in kept.issues for event in issue.history]
    return max(days, default="")


def _report_json(kept: Negotiation, places: Places | None) -> bytes:
    data = {
        "format": REPORT_FORMAT,
        "rounds": [
            {
                "number": one.number, "stage": one.stage, "started": one.started, "closed": one.closed,
                "sent": [asdict(sent) for sent in one.sent], "received": [asdict(file) for file in one.received],
            }
            for one in kept.rounds
        ],
        "issues": [
            {**asdict(issue), "views": stand(kept.points_of(issue))} for issue in kept.issues
        ],
        "points": [
            {
                **asdict(fate.point), "issue": fate.issue.id, "outcome": fate.outcome,
                "outcome_words": OUTCOMES[fate.outcome], "remark": fate.remark, "response": fate.response,
            }
            for fate in fates(kept, places)
        ],
        "without_response": [point.id for point in without_response(kept)],
    }  # fmt: skip
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
