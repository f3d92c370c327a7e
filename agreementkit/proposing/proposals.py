"""The proposals of returned files, as one object: look at them, decide them, keep them, write what was accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from agreementkit.agreement import AgreementSet
from agreementkit.diagnostics import Diagnostic, Place, Report, Severity, suggest
from agreementkit.errors import ProposalError
from agreementkit.proposing.gather import gather
from agreementkit.proposing.printing import as_dict_of, markdown, state
from agreementkit.proposing.proposal import (
    OPEN,
    STATUSES,
    Decision,
    Given,
    Left,
    Proposal,
    Status,
    ValueProposal,
    WordingProposal,
)
from agreementkit.returned import Edit, Returned
from agreementkit.table import Table


@dataclass(frozen=True, eq=False)
class Proposals:
    """What was changed in returned files, as proposals.

    Index it by id: `proposals["v-1f3c9a02"]`.

    Attributes:
        agreements: The agreements as they are.
        proposals: The proposals in the order of the agreements.
        left: The edits that no proposal can be made of, each with the reason.
        lost: Decisions about proposals that are not there any more, by id.
    """

    agreements: AgreementSet
    proposals: tuple[Proposal, ...]
    left: tuple[Left, ...] = ()
    lost: Mapping[str, Decision] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Proposal:
        for one in self.proposals:
            if one.id == key:
                return one
        raise KeyError(f"there is no proposal {key!r}; {' '.join(suggest(key, self._ids, 'proposal'))}")

    def __iter__(self) -> Iterator[Proposal]:
        return iter(self.proposals)

    def __len__(self) -> int:
        return len(self.proposals)

    @property
    def _ids(self) -> list[str]:
        return [one.id for one in self.proposals]

    @property
    def values(self) -> tuple[ValueProposal, ...]:
        """The proposals of other values."""
        return tuple(one for one in self.proposals if isinstance(one, ValueProposal))

    @property
    def wordings(self) -> tuple[WordingProposal, ...]:
        """The proposals of other words."""
        return tuple(one for one in self.proposals if isinstance(one, WordingProposal))

    @property
    def accepted(self) -> tuple[Proposal, ...]:
        """The proposals that were accepted and are not yet in the agreement."""
        return tuple(one for one in self.proposals if one.status == "accepted" and not one.done)

    def decide(
        self, ids: str | Iterable[str], status: Status, *, by: str = "", note: str = "", on: str = ""
    ) -> Proposals:
        """Return the proposals with some of them decided.

        Args:
            ids: Their ids.
            status: `accepted`, `rejected`, `deferred`, or `open` to take a decision back.
            by: Who decides, by role or body.
            note: What was said about it.
            on: ISO date of the decision.

        Raises:
            ProposalError: AK812, there is no such proposal; AK811, one that is accepted would not give what it says;
                AK813, two that are accepted want different things of one place. With every fault.
            ValueError: There is no such status.
        """
        if status not in STATUSES:
            raise ValueError(f"there is no status {status!r}; known: {', '.join(STATUSES)}")
        wanted = [ids] if isinstance(ids, str) else list(dict.fromkeys(ids))
        faults: list[Diagnostic] = []
        for id_ in wanted:
            if id_ not in self._ids:
                hints = (*suggest(id_, self._ids, "proposal"), "`agreementkit proposals list` shows them")
                faults.append(Diagnostic("AK812", f"there is no proposal {id_!r}", hints=hints))
            elif status == "accepted" and self[id_].why:
                one = self[id_]
                hint = "reject or defer it, or change the clause or the configuration by hand"
                message = f"{id_} ({one.where}) cannot be accepted: {one.why}"
                faults.append(Diagnostic("AK811", message, path=one.place.id, hints=(hint,)))
        decision = OPEN if status == "open" else Decision(status, by, note, on)
        made = replace(
            self,
            proposals=tuple(replace(one, decision=decision) if one.id in wanted else one for one in self.proposals),
        )
        faults += made.conflicts if status == "accepted" else ()
        if faults:
            raise ProposalError(*faults)
        return made

    @property
    def conflicts(self) -> tuple[Diagnostic, ...]:
        """What was accepted and cannot be together (AK813)."""
        found: list[Diagnostic] = []
        taken: dict[object, Proposal] = {}
        for one in self.accepted:
            for key in _claims(one):
                other = taken.setdefault(key, one)
                if other is not one:
                    message = f"{other.id} and {one.id} are both accepted, and want different things of {one.where}"
                    hint = 'take one of the two back: `agreementkit proposals reject`, or `decide(…, "open")`'
                    found.append(Diagnostic("AK813", message, path=one.place.id, hints=(hint,)))
                    break
        return tuple(found)

    @cached_property
    def report(self) -> Report:
        """What has to be known before anything is decided: edits that are left (AK810), paragraphs that moved on."""
        report = Report()
        for one in self.left:
            edit = one.given.edit
            what = edit.after or edit.before or edit.new or edit.old
            message = f"an edit ({edit.kind}) makes no proposal, for {one.why}: {what[:80]!r}"
            hint = "look at it in the file; nothing of it is lost"
            place = Place(one.given.file) if one.given.file else None
            report.add(Diagnostic("AK810", message, Severity.WARNING, place, (hint,), path=edit.place.id))
        for id_ in self.lost:
            hint = "the file has changed since, or the agreement says so already"
            message = f"{id_} was decided and is not proposed any more"
            report.add(Diagnostic("AK818", message, Severity.WARNING, hints=(hint,)))
        return report

    def table(self) -> Table:
        """Return a row for each proposal."""
        rows = (
            {
                "id": one.id,
                "status": state(one),
                "agreement": one.precedent,
                "where": one.where,
                "proposal": one.said,
                "author": one.author,
                "when": one.when,
                "reason": one.reason,
                "remarks": "; ".join(one.remarks),
                "by": one.decision.by,
                "note": one.decision.note,
            }
            for one in self.proposals
            if isinstance(one, ValueProposal | WordingProposal)
        )
        return Table(rows, f"{len(self)} proposals")

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain data, for programs."""
        return {
            "proposals": [as_dict_of(one) for one in self.proposals],
            "left": [{"edit": one.given.edit.id, "kind": one.given.edit.kind, "why": one.why} for one in self.left],
            "findings": [one.as_dict() for one in self.report],
        }

    def write(self, form: str = "md") -> str:
        """Return the proposals as text.

        Args:
            form: `md`, or `json`.

        Raises:
            ValueError: There is no such form.
        """
        if form == "json":
            import json

            return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"
        if form != "md":
            raise ValueError(f"there is no form {form!r}; known: md, json")
        return "\n".join(markdown(self.proposals, self.left)).rstrip("\n") + "\n"

    def save(self, path: str | Path) -> Path:
        """Write the edits and the decisions to a file, from which `read_decisions` makes the proposals again.

        Args:
            path: The file; `.json` is written as JSON, all else as YAML.

        Raises:
            OutputError: It cannot be written (AK723).
        """
        from agreementkit.proposing.saved import save_decisions

        return save_decisions(self, Path(path))

    def write_pack(self, folder: str | Path, *, pack_id: str = "", title: str = "") -> tuple[Path, ...]:
        """Write the accepted wordings into a pack over those of the configuration.

        The pack is loaded and the agreements are assembled with it before anything is written.

        Args:
            folder: Folder of a new pack, or of one that is there.
            pack_id: Id of a new pack; "" for the name of the folder.
            title: Title of a new pack.

        Returns:
            What was written, in order.

        Raises:
            ProposalError: AK813, what was accepted does not give what it says together; AK816, the pack cannot take it.
            OutputError: The folder cannot be written to. Nothing is written then.
        """
        from agreementkit.proposing.applying import apply

        return apply(self, pack=Path(folder), pack_id=pack_id, title=title)

    def write_config(self, path: str | Path | None = None) -> tuple[Path, ...]:
        """Write the accepted values into the configuration file, and leave its comments as they are.

        Args:
            path: The file to write; None for that of the configuration.

        Raises:
            ProposalError: AK817, the configuration came from no file, or the values cannot be there together.
            OutputError: It cannot be written. Nothing is written then.
        """
        from agreementkit.proposing.applying import apply

        return apply(self, config=Path(path) if path else config_file(self.agreements))

    def write_all(
        self,
        folder: str | Path,
        path: str | Path | None = None,
        *,
        pack_id: str = "",
        title: str = "",
    ) -> tuple[Path, ...]:
        """Write wordings and values together, all or nothing; the configuration then names the pack.

        Args:
            folder: As for `write_pack`.
            path: As for `write_config`.
            pack_id: As for `write_pack`.
            title: As for `write_pack`.

        Raises:
            ProposalError: As for both.
            OutputError: As for both.
        """
        from agreementkit.proposing.applying import apply

        config = Path(path) if path else config_file(self.agreements)
        return apply(self, pack=Path(folder), config=config, pack_id=pack_id, title=title)

    def __repr__(self) -> str:
        counts = Counter(state(one) for one in self.proposals)
        return f"<Proposals: {', '.join(f'{count} {state}' for state, count in counts.items()) or 'none'}>"

    def _repr_html_(self) -> str:
        head = f"<p>{escape(repr(self)[1:-1])}</p>"
        return head + (self.report._repr_html_() if len(self.report) else "") + self.table()._repr_html_()


def config_file(agreements: AgreementSet) -> Path:
    """Return the file of a configuration.

    Raises:
        ProposalError: It came from none (AK817).
    """
    positions, folder = agreements.config.positions, agreements.config.folder
    if positions is None or folder is None:
        hint = "load it with `Config.load`, or name the file to write"
        raise ProposalError(Diagnostic("AK817", "the configuration came from no file", hints=(hint,)))
    return folder / Path(positions.source.file).name


def proposals_of(
    returned: Returned | Edit | Iterable[Returned | Edit | Given], agreements: AgreementSet, *, agreement: str = "",
    decisions: Mapping[str, Decision] | None = None,
) -> Proposals:  # fmt: skip
    """Return what was changed in returned files as proposals, each of them tried.

    Args:
        returned: Returned files, or edits.
        agreements: The agreements as they are.
        agreement: Id of the agreement that edits are of, and files that do not say; may be left out with one agreement.
        decisions: What was decided already, by id of the proposal.
    """
    several = [returned] if isinstance(returned, Returned | Edit) else list(returned)
    only = agreements.agreements[0].precedent if len(agreements) == 1 else ""
    given: list[Given] = []
    for one in several:
        if isinstance(one, Given):
            given.append(one)
        elif isinstance(one, Edit):
            given.append(Given(agreement or only, one))
        else:
            given += given_of(one, agreement or only)
    gathered = gather(given, agreements)
    known = dict(decisions or {})
    made = tuple(replace(one, decision=known.get(one.id, OPEN)) for one in gathered.proposals)
    there = {one.id for one in made}
    return Proposals(agreements, made, gathered.left, {id_: one for id_, one in known.items() if id_ not in there})


def given_of(returned: Returned, agreement: str = "") -> list[Given]:
    """Return the edits of a returned file, each with what its author said beside it.

    Args:
        returned: The file.
        agreement: Id of the agreement where the file does not say.
    """
    precedent = returned.identity.precedent if returned.identity else agreement
    said: dict[tuple[str, str], list[str]] = {}
    for one in returned.comments:
        if not one.own and one.place.placed and not one.comment.parent:
            said.setdefault((one.place.id, one.comment.author), []).append(one.comment.text)
    out: list[Given] = []
    for edit in returned.edits:
        words = [
            text
            for (at, author), texts in said.items()
            if at == edit.place.id and edit.author in ("", author)
            for text in texts
        ]
        out.append(Given(precedent, edit, returned.file, " ".join(" ".join(words).split())))
    return out


def _claims(one: Proposal) -> list[object]:
    """Return what a proposal claims for itself: a setting, or paragraphs."""
    if isinstance(one, ValueProposal):
        return [one.path]
    if isinstance(one, WordingProposal) and one.wanted and one.kind != "added":
        return [(one.precedent, key) for key in dict.fromkeys((one.wanted.at, *one.wanted.gone))]
    return []
