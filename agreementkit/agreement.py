"""The objects a notebook or the command line holds: a set of agreements, and one agreement in it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from agreementkit._garbage import no_collections
from agreementkit.assemble import assemble_documents
from agreementkit.bank import Bank
from agreementkit.bank.formerly import Former
from agreementkit.bank.places import Named
from agreementkit.checks import Scene, check_set
from agreementkit.config import Config
from agreementkit.config.options import option_faults
from agreementkit.diagnostics import Diagnostic, Report, Severity, suggest
from agreementkit.errors import AssemblyError, ConfigError
from agreementkit.passes import Context, resolve
from agreementkit.provision import DefinedTerm, Provision
from agreementkit.table import Table
from agreementkit.tree.nodes import DefinitionEntry, Document, Note, Term, Voice
from agreementkit.tree.walk import division_inlines, divisions, plain_text, subtree

if TYPE_CHECKING:
    from agreementkit.duties import DutyCalendar
    from agreementkit.explaining import Explanation
    from agreementkit.keyterms import KeyTerms
    from agreementkit.lock import Lock
    from agreementkit.negotiating.model import Negotiation
    from agreementkit.publish import Written
    from agreementkit.reporting import Matrix

NotesAs = Literal["comments", "footnotes", "inline", "companion", "none"]
"""How notes are printed. `companion` is a guide beside the agreement, which itself then has none."""

INITIALS = {
    Voice.DRAFTER: "DR",
    Voice.EMPLOYER: "EM",
    Voice.STAFF_SIDE: "SS",
    Voice.JOINT: "JT",
    Voice.LAW: "LAW",
}
"""Short form of each voice, as the initials of its comments in Word."""


@dataclass(frozen=True, eq=False)
class Agreement:
    """One resolved agreement.

    Index it by clause id (`agreement["facility-time"]`) or by number (`agreement["7.2"]`).
    """

    document: Document
    _report: Callable[[], Report] = field(repr=False)
    _former: Former = field(default_factory=Former, repr=False)

    @classmethod
    def load(cls, path: str | Path) -> Agreement:
        """Read an agreement that was written as JSON: to look at it again, or to compare two versions.

        Its report is empty, for without configuration and bank nothing can be checked.

        Raises:
            SourceError: AK770 for a file that cannot be read, AK771 for one that is no agreement.
        """
        from agreementkit.writers.json import load_json

        return cls(load_json(path), Report)

    @property
    def report(self) -> Report:
        """Findings about this agreement, and those about the whole set."""
        return Report([one for one in self._report() if one.agreement in ("", self.precedent)])

    @property
    def precedent(self) -> str:
        """Precedent id: `recognition`."""
        return self.document.precedent

    @property
    def title(self) -> str:
        """Title as on the cover."""
        return self.document.title

    @cached_property
    def _provisions(self) -> Mapping[str, Provision]:
        by_division: dict[str, list[Note]] = {}
        for note in self.document.notes:
            by_division.setdefault(note.anchor.division.split("/")[0], []).append(note)
            if "/" in note.anchor.division:
                by_division.setdefault(note.anchor.division, []).append(note)
        return {d.id: Provision(d, tuple(by_division.get(d.id, ()))) for d in divisions(self.document)}

    @cached_property
    def _numbers(self) -> Mapping[str, str]:
        numbers: dict[str, str] = {}
        for top in self.document.body:
            for division in subtree(top):
                if division.number:
                    numbers.setdefault(division.number.label, division.id)
        for schedule in self.document.schedules:
            if schedule.number:
                numbers.setdefault(schedule.number.label, schedule.id)
        return numbers

    def __getitem__(self, key: str) -> Provision:
        try:
            return self._provisions[self._id(key)]
        except KeyError:
            hints = suggest(key, self._provisions, "clause")
            raise KeyError(f"the {self.title} has no clause {key!r}; {' '.join(hints)}") from None

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._id(key) in self._provisions

    def _id(self, key: str) -> str:
        """Return the id behind an id, an id of before, or a number."""
        return key if key in self._provisions else self._numbers.get(key, self._former.division(key))

    def __iter__(self) -> Iterator[Provision]:
        return iter(self._provisions.values())

    def __len__(self) -> int:
        return len(self._provisions)

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes in the order of the words they point at."""
        return self.document.notes

    @cached_property
    def definitions(self) -> Mapping[str, DefinedTerm]:
        """The definitions printed in the agreement, by the term in print."""
        uses: dict[str, list[str]] = {}
        entries: list[DefinitionEntry] = []
        for division in divisions(self.document):
            entries.extend(block for block in division.blocks if isinstance(block, DefinitionEntry))
            for inline in division_inlines(division):
                if isinstance(inline, Term) and division.id not in uses.setdefault(inline.id, []):
                    uses[inline.id].append(division.id)
        return {
            entry.term: DefinedTerm(entry.id, entry.term, plain_text(entry.inlines), tuple(uses.get(entry.id, ())))
            for entry in entries
        }

    def table(self) -> Table:
        """Return a row for each numbered provision: number, id, heading, words, number of notes, pack and variant."""
        rows = (
            {
                "agreement": self.precedent,
                "number": one.number,
                "id": one.id,
                "heading": one.heading,
                "text": one.text,
                "notes": len(one.notes),
                "pack": one.division.origin.pack if one.division.origin else "",
                "variant": one.division.origin.variant if one.division.origin else "",
            }
            for one in self
            if one.number
        )
        return Table(rows, self.title)

    def _ipython_key_completions_(self) -> list[str]:
        return [*self._provisions, *self._numbers]

    def outline(self) -> str:
        """Return the numbered headings as plain text, one a line."""
        from agreementkit.writers.outline import outline_lines

        return "\n".join(outline_lines(self.document))

    def __repr__(self) -> str:
        return f"<Agreement {self.title!r}: {len(self.document.body)} clauses, {len(self.notes)} notes>"

    def _repr_html_(self) -> str:
        from agreementkit.writers.html import write_html_fragment

        return write_html_fragment(self.document)


@dataclass(frozen=True, eq=False)
class AgreementSet:
    """The agreements made from one configuration, which refer to each other and cannot contradict each other.

    Attributes:
        config: The configuration.
        bank: The bank.
        documents: The resolved documents, in the order asked for.
        lock: The lock under which it was assembled, if it was.
        day: The day on which it is looked at; None for today. It decides what is overdue, and nothing in the text.
    """

    config: Config
    bank: Bank
    documents: tuple[Document, ...]
    _found: tuple[Diagnostic, ...] = field(default=(), repr=False)
    lock: Lock | None = None
    day: dt.date | None = None

    @cached_property
    def agreements(self) -> tuple[Agreement, ...]:
        """The agreements in the order asked for."""
        return tuple(Agreement(document, lambda: self.report, self.bank.former) for document in self.documents)

    @cached_property
    def report(self) -> Report:
        """All findings about the set and its agreements."""
        report = Report()
        found = (*self._found, *check_set(self.scene))
        report.extend(one if one.place or not one.path else one.at(self.config.place(one.path)) for one in found)
        return report

    @cached_property
    def scene(self) -> Scene:
        """What the checks look at."""
        return Scene(self.config, self.bank, self.documents, self.day or _today())

    @cached_property
    def not_agreed(self) -> tuple[Diagnostic, ...]:
        """Every text in the set that no body has agreed, or that is superseded, as an error with its place."""
        from agreementkit.checks.lifecycle import not_agreed

        return tuple(not_agreed(self.scene))

    @cached_property
    def matrix(self) -> Matrix:
        """What law, codes, policy and good practice ask the set to deal with, and where it does."""
        from agreementkit.reporting import Matrix

        return Matrix.of(self.scene)

    @cached_property
    def key_terms(self) -> KeyTerms:
        """What is agreed on each subject, on one page, and the clauses that say so."""
        from agreementkit.keyterms import KeyTerms

        return KeyTerms.of(self.config, self.documents)

    def calendar(self, years: int = 5) -> DutyCalendar:
        """Return the dated duties: meetings, papers, reviews, notices and ends, with the clauses that ask for them.

        Args:
            years: For how many years after the start to go on with what comes back, such as reviews.
        """
        from agreementkit.duties import DutyCalendar

        return DutyCalendar.of(self.config, self.documents, years)

    def with_key_terms(self) -> AgreementSet:
        """Return the set with a page of key terms before the contents of each agreement."""
        from agreementkit.keyterms import with_key_terms

        documents = tuple(with_key_terms(document, self.key_terms) for document in self.documents)
        return replace(self, documents=documents)

    def __getitem__(self, key: str) -> Agreement:
        for agreement in self.agreements:
            if agreement.precedent == key:
                return agreement
        hints = suggest(key, [a.precedent for a in self.agreements], "agreement")
        raise KeyError(f"the set has no agreement {key!r}; {' '.join(hints)}")

    def __iter__(self) -> Iterator[Agreement]:
        return iter(self.agreements)

    def __len__(self) -> int:
        return len(self.agreements)

    def table(self) -> Table:
        """Return the rows of every agreement, one below the other."""
        return Table((row for one in self for row in one.table()), " and ".join(one.title for one in self))

    def _ipython_key_completions_(self) -> list[str]:
        return [one.precedent for one in self]

    def explain(self, key: str, agreement: str | None = None) -> tuple[Explanation, ...]:
        """Explain a provision by number or id: origin, conditions, notes, law, references, other variants.

        Args:
            key: Its number (`7.2`) or its id (`time-off/duties`).
            agreement: Only in this agreement.

        Returns:
            One explanation for each agreement that has it.

        Raises:
            AssemblyError: No agreement has it; with the nearest.
        """
        from agreementkit.explaining import explain

        return explain(self, key, agreement)

    def write(
        self,
        folder: str | Path,
        formats: Sequence[str] = ("docx", "md"),
        *,
        notes: NotesAs | None = None,
        voices: Collection[str] | None = None,
        audiences: Collection[str] | None = None,
        with_findings: bool = False,
        final: bool = False,
        agreed_only: bool = False,
        template: str | Path | None = None,
        pages: Literal["auto", "off"] = "auto",
        key_terms: bool = False,
        replies: str | Path | Negotiation | None = None,
    ) -> tuple[Written, ...]:
        """Write every agreement in every format.

        All files are made, checked and written under temporary names first, and get their names only when all of
        them are good; so a failure leaves nothing behind.

        Args:
            folder: Where the files go; made if it is not there.
            formats: Any of `docx`, `pdf`, `md`, `json`, `html`; `pdf` needs LibreOffice on the machine.
            notes: How notes are printed; None for each format's own way (Word comments, footnotes elsewhere).
                `companion` leaves them out and writes a guide beside each agreement.
            voices: Print only the notes in these voices, of those that the configuration prints.
            audiences: Print only the notes for these, of those that the configuration prints.
            with_findings: Print what the checks found as further notes, each on the words it is about.
            final: Refuse blanks and errors, leave out draft marks and notes.
            agreed_only: Refuse texts that no body has agreed, or that are superseded.
            template: House template for Word; None for the one the configuration names.
            pages: `auto` asks LibreOffice, when it is on the machine, for the page numbers of the contents.
            key_terms: Put a page of key terms before the contents, whatever the configuration says.
            replies: A negotiation, or the file that keeps one. The comments of reviewers stand in the Word files, with
                our answers in their threads; those that are dealt with are resolved. Other formats leave them out.

        Returns:
            What was written, in order.

        Raises:
            OutputError: Folder not writable, a blank or an error in a final copy, a file that failed its check, a text
                that is not agreed where only agreed ones may stand, or a PDF without LibreOffice.
            TemplateError: The house template cannot be used.
            LockError: Under a lock: another house template, or other files than the lock records.
            SourceError: The file of the negotiation cannot be read (AK820), or is none (AK821).
        """
        from agreementkit.publish import publish

        if isinstance(replies, str | Path):
            from agreementkit.negotiating.kept import read_kept

            replies = read_kept(replies)

        return publish(
            self.with_key_terms() if key_terms else self,
            Path(folder),
            tuple(formats),
            notes=notes,
            voices=voices,
            audiences=audiences,
            with_findings=with_findings,
            final=final,
            agreed_only=agreed_only,
            template=template,
            pages=pages,
            replies=replies,
        )

    def __repr__(self) -> str:
        return f"<AgreementSet: {', '.join(a.title for a in self.agreements)}>"

    def _repr_html_(self) -> str:
        return "\n".join(agreement._repr_html_() for agreement in self.agreements)


def bank_of(config: Config, packs: Sequence[str | Path] = ()) -> Bank:
    """Return the core with the packs that a configuration names over it; paths are relative to its file.

    Args:
        config: The configuration.
        packs: Further packs to lay over those.

    Raises:
        BankError: The bank or a pack is not sound, or a pack is not there.
    """
    return Bank.load([*packs_of(config), *packs])


def packs_of(config: Config) -> list[Named]:
    """Return the packs that a configuration names."""
    return [Named(name, config.folder, config.place(f"packs[{number}]")) for number, name in enumerate(config.packs)]


def assemble(config: Config, bank: Bank | None = None, *, locked: bool | Lock = False) -> AgreementSet:
    """Assemble the agreements a configuration asks for.

    Args:
        config: The configuration.
        bank: The clause bank; None for the core with the packs that the configuration names.
        locked: Refuse to go on when anything is not as a lock pins it: True for the lock file beside the
            configuration, or a lock.

    Returns:
        The set; its reports hold what was found but does not stop it.

    Raises:
        BankError: The bank or a pack is not sound.
        ConfigError: The options of packs are not as the packs declare them; with every fault.
        AssemblyError: The configuration does not give whole agreements; with every fault.
        LockError: Something is not as the lock pins it, with every difference; or there is no sound lock file.
    """
    lock: Lock | None = None
    if locked:
        from agreementkit.lock import Lock

        lock = locked if isinstance(locked, Lock) else Lock.read(Lock.path_of(config))
        bank = lock.bank(config, bank)
    bank = bank if bank is not None else bank_of(config)
    unfit = option_faults(config, bank.options)
    if unfit:
        raise ConfigError(*unfit)
    with no_collections():
        documents, found = _documents(config, bank)
    errors = [d for d in found if d.severity is Severity.ERROR]
    if errors:
        raise AssemblyError(*dict.fromkeys(errors))
    made = AgreementSet(config, bank, tuple(documents), tuple(found), lock)
    return made.with_key_terms() if config.document.key_terms else made


def _documents(config: Config, bank: Bank) -> tuple[list[Document], list[Diagnostic]]:
    """Return the resolved documents, and what was found on the way."""
    found: list[Diagnostic] = []
    assembled = assemble_documents(config, bank, found)
    authors = _authors(config)
    contexts = {
        one.document.precedent: Context(
            terms=one.terms,
            law=bank.law,
            authors=authors,
            full=config.notes.detail == "full",
            voices=frozenset(Voice(voice) for voice in config.notes.voices),
            audiences=frozenset(config.notes.audiences),
            other_terms={other.document.precedent: other.definition for other in assembled},
            bank_ids=frozenset(bank.clauses),
            found=found,
        )
        for one in assembled
    }
    return list(resolve([one.document for one in assembled], contexts)), found


def _today() -> dt.date:
    """Return the day; `SOURCE_DATE_EPOCH` (reproducible-builds.org) says another."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdecimal():
        return dt.datetime.fromtimestamp(int(given), dt.UTC).date()
    return dt.date.today()


def _authors(config: Config) -> dict[Voice, tuple[str, str]]:
    labels = config.notes.authors
    return {voice: (getattr(labels, voice.replace("-", "_")), initials) for voice, initials in INITIALS.items()}
