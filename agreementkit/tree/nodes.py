"""The one document tree: every node kind, closed, frozen, with nothing but data.

Readers and passes build it; writers only read it. A new node kind needs a decision record
(`docs/decisions/`). Nothing here knows Word, Markdown, YAML or the configuration.

Three families: *divisions* have an id and may be numbered; *blocks* stand inside a division; *inlines* stand
inside a block. *Stand-ins* are unresolved inlines; a pass replaces each, and no writer ever meets one.
Notes stand beside the tree and point into it by id, so that dropping all notes moves no number and no word.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from agreementkit.diagnostics import Place

# --------------------------------------------------------------------------------------------- small values


@dataclass(frozen=True, slots=True)
class Number:
    """A computed number.

    Attributes:
        path: Position at each level from the top, for arithmetic: `(7, 2, 1)`.
        label: The number in full, as a reference says it: `7.2(a)`, `Schedule 1`, `(A)`.
        own: The part printed in front of the division itself: `7.`, `7.2`, `(a)`, `Schedule 1`.
    """

    path: tuple[int, ...]
    label: str
    own: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text came from: the pack, clause, version and variant, and the place in the source file."""

    pack: str
    clause: str
    version: str
    variant: str = ""
    place: Place | None = None


class Voice(StrEnum):
    """In whose name a note speaks."""

    DRAFTER = "drafter"
    EMPLOYER = "employer"
    STAFF_SIDE = "staff-side"
    JOINT = "joint"
    LAW = "law"


# -------------------------------------------------------------------------------------------------- inlines


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters. Never markup: a writer escapes whatever its format needs."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasised words, usually italic."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    """Strongly emphasised words, usually bold."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A filled-in value that remembers the configuration path it came from (`time_off.notice_days`)."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A value not yet given. Printed `[●]`, highlighted in a draft, refused in a final copy.

    `label` says in words what belongs there, for tooltips and reports.
    """

    path: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A use of a defined term, already in the wording to print. `id` is the definition's id."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class ReferencePart:
    """One stretch of a cross-reference: words (`target` empty) or the number of a division (`target` its id).

    A part with a target carries the target's number as text; a writer with live fields prints a field there.
    """

    text: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A resolved cross-reference such as "paragraph 3 of Schedule 2".

    Attributes:
        target: Id of the division referred to.
        parts: The wording in order; the parts that are numbers name their own target.
        agreement: Precedent id of the other agreement of the set, or "" for this one.
    """

    target: str
    parts: tuple[ReferencePart, ...]
    agreement: str = ""

    @property
    def text(self) -> str:
        """The reference as plain words."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break inside a block, as in an address."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that a note points at. Invisible: printing it is printing its inlines."""

    id: str
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """Stand-in: an expression to fill, replaced by `Value`, `Blank` or `Text` when the document is filled."""

    expression: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class TermUse:
    """Stand-in: a marked use of a defined term, replaced by `Term` in the define pass.

    Attributes:
        key: The words between the braces, without any `|shown` part.
        shown: Wording that overrides the definition's own, or "".
        by_number: Written `{employer(s)}`: singular or plural follows the number the definition names.
        place: Where it was written.
    """

    key: str
    shown: str = ""
    by_number: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class CrossReference:
    """Stand-in: a reference by id, replaced by `Reference` in the refer pass.

    Attributes:
        target: `clause`, `clause/paragraph` or `agreement:clause/paragraph`, as written after `@`.
        place: Where it was written.
    """

    target: str
    place: Place | None = None


Inline = (
    Text | Emphasis | Strong | Value | Blank | Term | Reference | LineBreak | Phrase | Field | TermUse | CrossReference
)
StandIn = Field | TermUse | CrossReference


# --------------------------------------------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph of running text."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class List:
    """A bulleted list without numbers, for entries nobody refers to."""

    items: tuple[tuple[Inline, ...], ...]


Cell = tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row.

    Attributes:
        header: Cells of the header row.
        rows: Cells of the other rows, each as long as `header`.
        caption: What the table shows, in words; the alternative text in Word. Not printed.
        widths: Relative column widths, as many as `header`; empty for equal widths.
    """

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DefinitionEntry:
    """One definition: the term, printed strong, then the words that give its meaning.

    `inlines` follow the term directly ("means ..."). Entries are unnumbered and sorted by the term.
    """

    id: str
    term: str
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class DefinitionsHere:
    """Stand-in block: the define pass puts the definitions that the agreement uses in its place."""

    place: Place | None = None


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line of a signature block: what goes there ("Signature", "Name") and what is known already."""

    label: str
    inlines: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureLines:
    """A signature block of one signatory: the lead words, then lines to complete by hand."""

    lead: tuple[Inline, ...]
    lines: tuple[SignatureLine, ...]


Block = Para | List | Table | DefinitionEntry | SignatureLines | DefinitionsHere


# ------------------------------------------------------------------------------------------------ divisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """What every division has.

    Attributes:
        id: Permanent id, unique in the agreement: `disputes`, `disputes/informal`.
        heading: Heading words; empty when the division has none.
        number: Set by the number pass; None before it, and for unnumbered divisions.
        blocks: Text of the division itself, before its children.
        children: Divisions one level down.
        origin: Where it came from.
    """

    id: str
    heading: tuple[Inline, ...] = ()
    number: Number | None = None
    blocks: tuple[Block, ...] = ()
    children: tuple[Division, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Division):
    """An unnumbered group of clauses with a heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause(Division):
    """A numbered clause with a heading, `7.`; inside a schedule a numbered paragraph, heading optional."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubClause(Division):
    """The second numbered level, `7.2`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Division):
    """The third numbered level, `(a)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubParagraph(Division):
    """The fourth numbered level, `(i)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyEntry(Division):
    """One party, numbered `(1)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recital(Division):
    """One paragraph of background, numbered `(A)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule(Division):
    """A schedule, numbered `Schedule 1`; its children restart at 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePart(Division):
    """An unnumbered, headed group of paragraphs in a schedule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutionBlock(Division):
    """Where one party signs."""


# ---------------------------------------------------------------------------------------------- beside: notes


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a note points at.

    Attributes:
        division: Id of the division.
        phrase: Id of a `Phrase` inside it, or "".
        whole: With no phrase: True for the whole division with its children, False for its heading or,
            where it has none, its first paragraph.
    """

    division: str
    phrase: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A source of law or policy behind a note: the register id and the words to print."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """An explanation beside the text, never part of it.

    Attributes:
        id: Unique in the agreement: `facility-time/note-paid`.
        anchor: What it points at.
        voice: In whose name it speaks.
        blocks: The explanation; paragraphs and bulleted lists.
        author: Voice in words, as configured ("Staff Side"); set by the annotate pass.
        initials: Short form of the author for Word; set by the annotate pass.
        purpose: What it is for.
        audience: Whom it is for.
        cites: Law and policy it rests on.
        origin: Where it came from.
        detail: `main` for what everybody should read, `more` for the rest.
    """

    id: str
    anchor: Anchor
    voice: Voice
    blocks: tuple[Block, ...]
    author: str = ""
    initials: str = ""
    purpose: Literal["explains", "warns", "alternative", "cites"] = "explains"
    audience: Literal["everyone", "employer", "staff-side", "drafter"] = "everyone"
    cites: tuple[Citation, ...] = ()
    origin: Origin | None = None
    detail: Literal["main", "more"] = "main"


AUDIENCES = ("everyone", "employer", "staff-side", "drafter")
"""Whom a note can be for."""


# --------------------------------------------------------------------------------------------- the document


@dataclass(frozen=True, slots=True)
class Headings:
    """Words that stand over the fixed parts of an agreement."""

    summary: str = "Key terms"
    contents: str = "Contents"
    parties: str = "Parties"
    background: str = "Background"
    agreed: str = "Agreed terms"
    execution: str = "Signatures"


@dataclass(frozen=True, slots=True)
class PackStamp:
    """A pack that a document was made from.

    Attributes:
        id: Id of the pack.
        version: Its version.
        digest: Hash of the contents of its files.
    """

    id: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Meta:
    """Facts about the document that are not part of its text.

    Attributes:
        organisation: Short name of the employer, for headers and file properties.
        status: "Draft" or "Final".
        version: Version of the document as the parties count it, or "".
        reference: The organisation's own document reference, or "".
        date: ISO date that stands for "when": comment dates and file dates. Never the clock.
        language: Language tag.
        bank: Name and version of the clause bank and packs.
        digest: Hash of the configuration.
        packs: The core and the packs over it, in order.
        house: Hash of the house template; empty where none was chosen or it cannot be read.
        made_by: Version of agreementkit.
    """

    organisation: str = ""
    status: str = "Draft"
    version: str = ""
    reference: str = ""
    date: str = "2000-01-01"
    language: str = "en-GB"
    bank: str = ""
    digest: str = ""
    packs: tuple[PackStamp, ...] = ()
    house: str = ""
    made_by: str = ""


class Stage(StrEnum):
    """How far the passes have gone. Writers take only `RESOLVED`."""

    FILLED = "filled"
    IDENTIFIED = "identified"
    NUMBERED = "numbered"
    DEFINED = "defined"
    REFERRED = "referred"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Document:
    """One agreement.

    Printed in this order: title, subtitle and opening (the cover), summary, contents, parties, background, body,
    schedules, execution.

    Attributes:
        precedent: Precedent id: `recognition`.
        title: "Trade Union Recognition Agreement".
        short: How it is called in running text and by the other agreements of the set.
        stem: File name without ending: `recognition-agreement`.
        subtitle: Who it is between, one inline sequence a line, for the cover.
        opening: Words before the parties, such as the date line.
        summary: The key terms on a page of their own, which are no part of the agreement; empty for none.
        parties: Who makes it.
        background: Recitals.
        body: Parts or clauses.
        schedules: Schedules.
        execution: Where the parties sign.
        notes: In the order of the things they point at once annotated.
        headings: Words over the fixed parts.
        meta: Facts about the document.
        stage: How far the passes have gone.
    """

    precedent: str
    title: str
    short: str
    stem: str
    subtitle: tuple[tuple[Inline, ...], ...] = ()
    opening: tuple[Block, ...] = ()
    summary: tuple[Block, ...] = ()
    parties: tuple[PartyEntry, ...] = ()
    background: tuple[Recital, ...] = ()
    body: tuple[Part | Clause, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    execution: tuple[ExecutionBlock, ...] = ()
    notes: tuple[Note, ...] = ()
    headings: Headings = field(default_factory=Headings)
    meta: Meta = field(default_factory=Meta)
    stage: Stage = Stage.FILLED
