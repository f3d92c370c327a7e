"""`explain`: everything that is known about a provision, from its origin to what leads to it."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from agreementkit.agreement import Agreement, AgreementSet
from agreementkit.assemble.values import Names
from agreementkit.diagnostics import Diagnostic, suggest
from agreementkit.errors import AssemblyError
from agreementkit.explaining.trail import Reason, Step, reasons, trail
from agreementkit.explaining.wordings import Wording, other_wordings
from agreementkit.provision import Provision
from agreementkit.tree.nodes import Division, Note, Reference
from agreementkit.tree.walk import division_inlines, divisions, note_text, subtree


@dataclass(frozen=True, slots=True)
class Link:
    """A reference between two provisions.

    Attributes:
        agreement: Title of the agreement in which the other provision stands.
        number: Number of the other provision.
        id: Its id.
        heading: Heading of the clause it is in.
    """

    agreement: str
    number: str
    id: str
    heading: str


@dataclass(frozen=True, slots=True)
class Law:
    """An entry of the register that a provision or a note of it rests on."""

    id: str
    cite: str
    status: str
    checked: str
    by: str


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """Everything that is known about one provision of one agreement.

    Attributes:
        agreement: Title of the agreement.
        provision: The provision.
        trail: The files that had a hand in its clause.
        reasons: The conditions that put it there.
        law: What it rests on.
        refers_to: What it refers to.
        referred_to_by: What refers to it.
        wordings: What the clause's other variants would have said.
    """

    agreement: str
    provision: Provision
    trail: tuple[Step, ...]
    reasons: tuple[Reason, ...]
    law: tuple[Law, ...]
    refers_to: tuple[Link, ...]
    referred_to_by: tuple[Link, ...]
    wordings: tuple[Wording, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes on the provision, whole."""
        return self.provision.notes

    def sections(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each part of the explanation: its heading and its lines."""
        yield "Says", self.provision.text.split("\n")
        yield "Comes from", [_step(step) for step in self.trail]
        yield "Stands because", [_reason(one) for one in self.reasons] or ["no condition: it always stands"]
        yield "Notes", [f"{note.author}: {note_text(note)}" for note in self.notes]
        yield "Law", [f"{one.cite} ({one.status}, checked {one.checked}), cited by {one.by}" for one in self.law]
        yield "Refers to", [_link(one) for one in self.refers_to]
        yield "Referred to by", [_link(one) for one in self.referred_to_by]
        for wording in self.wordings:
            lines = [_reason(wording.reason)]
            lines += [f"cannot be made: {wording.fault}"] if wording.fault else wording.text.split("\n")
            yield f"The variant {wording.variant} would say", lines

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        return {
            "agreement": self.agreement,
            "id": self.provision.id,
            "number": self.provision.number,
            "text": self.provision.text,
            "trail": [
                {
                    "pack": one.pack,
                    "version": one.version,
                    "did": one.did,
                    "file": one.place.file if one.place else "",
                    "line": one.place.line if one.place else 0,
                    "because": one.because,
                    "here": one.here,
                    **one.life.as_dict(),
                }
                for one in self.trail
            ],
            "reasons": [{"of": r.of, "condition": r.condition, "values": dict(r.values)} for r in self.reasons],
            "notes": [
                {"author": note.author, "voice": note.voice.value, "text": note_text(note)} for note in self.notes
            ],
            "law": [{"id": one.id, "cite": one.cite, "status": one.status, "by": one.by} for one in self.law],
            "refers_to": [_link_data(one) for one in self.refers_to],
            "referred_to_by": [_link_data(one) for one in self.referred_to_by],
            "variants": [
                {"variant": w.variant, "condition": w.reason.condition, "text": w.text, "fault": w.fault}
                for w in self.wordings
            ],
        }

    def __str__(self) -> str:
        head = " ".join(part for part in (self.provision.number, self.provision.heading) if part)
        lines = [f"{self.agreement}: {head or self.provision.id}  [{self.provision.id}]"]
        for heading, body in self.sections():
            if body:
                lines += ["", heading, *(f"  {line}" for line in body)]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head = " ".join(part for part in (self.provision.number, self.provision.heading) if part)
        out = [f"<h4>{html.escape(self.agreement)}: {html.escape(head or self.provision.id)}</h4>"]
        for heading, body in self.sections():
            if body:
                items = "".join(f"<li>{html.escape(line)}</li>" for line in body)
                out.append(f"<p><b>{html.escape(heading)}</b></p><ul>{items}</ul>")
        return "".join(out)


def explain(agreements: AgreementSet, key: str, agreement: str | None = None) -> tuple[Explanation, ...]:
    """Explain a provision in each agreement that has it.

    Args:
        agreements: The set.
        key: Its number (`7.2`) or its id (`time-off/duties`).
        agreement: Only in this agreement.

    Returns:
        One explanation for each agreement that has the provision.

    Raises:
        AssemblyError: AK404 when no agreement has it, with the nearest.
    """
    chosen = [one for one in agreements if agreement in (None, one.precedent)]
    having = [one for one in chosen if key in one]
    if not having:
        known = [provision.id for one in chosen for provision in one]
        what = f"no agreement of the set has a provision {key!r}"
        raise AssemblyError(Diagnostic("AK404", what, hints=suggest(key, known, "provision")))
    return tuple(_explain(agreements, one, one[key]) for one in having)


def _explain(agreements: AgreementSet, agreement: Agreement, provision: Provision) -> Explanation:
    origin = provision.division.origin
    source = agreements.bank.clauses.get(origin.clause) if origin else None
    inside = [one.id for one in subtree(provision.division)]
    steps: tuple[Step, ...] = ()
    why: tuple[Reason, ...] = ()
    wordings: tuple[Wording, ...] = ()
    if origin and source:
        steps = trail(source, origin)
        why = reasons(Names.of(agreements.config, agreement.precedent, agreements.bank.options), source, origin)
        if provision.id == origin.clause:
            wordings = tuple(other_wordings(agreements, agreement.precedent, origin.clause, origin.variant))
    cited = [(id_, "the clause") for id_ in (source.front.cites if source else ())]
    cited += [(cite.id, f"a note of {note.author}") for note in provision.notes for cite in note.cites]
    return Explanation(
        agreement.title,
        provision,
        steps,
        why,
        tuple(_law(agreements, cited)),
        tuple(dict.fromkeys(_out(agreements, agreement, provision.division))),
        tuple(dict.fromkeys(_in(agreements, agreement, set(inside)))),
        wordings,
    )


def _law(agreements: AgreementSet, cited: list[tuple[str, str]]) -> Iterator[Law]:
    by: dict[str, list[str]] = {}
    for id_, who in cited:
        if who not in by.setdefault(id_, []):
            by[id_].append(who)
    for id_, whos in by.items():
        if id_ in agreements.bank.law:
            entry = agreements.bank.law[id_]
            yield Law(id_, entry.cite, entry.status, entry.checked.isoformat(), " and ".join(whos))


def _references(division: Division) -> Iterator[Reference]:
    return (inline for inline in division_inlines(division) if isinstance(inline, Reference))


def _out(agreements: AgreementSet, agreement: Agreement, division: Division) -> Iterator[Link]:
    for one in subtree(division):
        for reference in _references(one):
            yield _linked(agreements[reference.agreement] if reference.agreement else agreement, reference.target)


def _in(agreements: AgreementSet, agreement: Agreement, ids: set[str]) -> Iterator[Link]:
    for other in agreements:
        for division in divisions(other.document):
            if other is agreement and division.id in ids:
                continue
            for reference in _references(division):
                meant = reference.agreement or other.precedent
                if meant == agreement.precedent and reference.target in ids:
                    yield _linked(other, division.id)


def _linked(agreement: Agreement, id_: str) -> Link:
    provision = agreement[id_]
    top = agreement[id_.split("/")[0]]
    return Link(agreement.title, provision.number, id_, top.heading)


def _step(step: Step) -> str:
    where = f"{step.place.file}:{step.place.line}" if step.place else ""
    mark = "  (these words)" if step.here else ""
    why = f": {step.because}" if step.because else ""
    return f"{step.pack} {step.did}, version {step.version}, {where}{mark}  [{step.life}]{why}"


def _reason(reason: Reason) -> str:
    found = "; ".join(f"{path} is {value}" for path, value in reason.values)
    return f"{reason.of}: {reason.condition}" + (f"  [{found}]" if found else "")


def _link(link: Link) -> str:
    return f"{link.agreement} {link.number or link.id}" + (f" ({link.heading})" if link.heading else "")


def _link_data(link: Link) -> dict[str, str]:
    return {"agreement": link.agreement, "number": link.number, "id": link.id, "heading": link.heading}
