# ruff: noqa: E501  sentences of a sample agreement read better unbroken
"""A resolved agreement made by hand that holds every kind of node, for the tests of the Word output.

Numbers and references are worked out here by a few lines of their own, not by the package's passes, so that
the writer is tested against an independent idea of what they should be.
"""

from __future__ import annotations

from dataclasses import replace

from agreementkit.tree.nodes import (
    Anchor,
    Blank,
    Citation,
    Clause,
    CrossReference,
    DefinitionEntry,
    Division,
    Document,
    Emphasis,
    ExecutionBlock,
    Inline,
    LineBreak,
    List,
    Meta,
    Note,
    Number,
    Para,
    Paragraph,
    Part,
    PartyEntry,
    Phrase,
    Recital,
    Reference,
    ReferencePart,
    Schedule,
    SchedulePart,
    SignatureLine,
    SignatureLines,
    Stage,
    Strong,
    SubClause,
    SubParagraph,
    Table,
    Term,
    Text,
    Value,
    Voice,
)
from agreementkit.tree.walk import divisions, map_block, map_document, map_inlines, rewrite_inlines

HARD_NAME = 'A*B & C <Ltd> "x"'
RIGHT_TO_LEFT = "שלום עולם"
EMOJI = "🤝"
OUTER_SPACES = "  two spaces around  "


def t(*parts: str | Inline) -> tuple[Inline, ...]:
    """Return inlines; `@id` parts become references."""
    return tuple(
        (CrossReference(part[1:]) if part.startswith("@") else Text(part)) if isinstance(part, str) else part
        for part in parts
    )


def p(*parts: str | Inline) -> Para:
    return Para(t(*parts))


def clause(key: str, heading: str, *children: Division, blocks: tuple = ()) -> Clause:
    return Clause(id=key, heading=t(heading) if heading else (), children=children, blocks=blocks)


def sub(key: str, *parts: str | Inline, children: tuple[Division, ...] = (), more: tuple = ()) -> SubClause:
    return SubClause(id=key, blocks=(p(*parts), *more), children=children)


def item(key: str, *parts: str | Inline, children: tuple[Division, ...] = (), more: tuple = ()) -> Paragraph:
    return Paragraph(id=key, blocks=(p(*parts), *more), children=children)


def small(key: str, *parts: str | Inline) -> SubParagraph:
    return SubParagraph(id=key, blocks=(p(*parts),))


# -------------------------------------------------------------------------------------------- numbering


def letter(n: int) -> str:
    return chr(97 + (n - 1) % 26) * ((n - 1) // 26 + 1)


def numeral(n: int) -> str:
    out = ""
    for value, sign in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while n >= value:
            out, n = out + sign, n - value
    return out


def number_division(division: Division, position: int, above: Number | None) -> Division:
    """Number one division and everything under it."""
    path = (*(above.path if above else ()), position)
    base = above.label if above and not above.label.startswith("Schedule") else ""
    match division:
        case PartyEntry():
            own = label = f"({position})"
        case Recital():
            own = label = f"({chr(64 + position)})"
        case Schedule():
            own = label = f"Schedule {position}"
        case Clause():
            own, label = f"{position}.", str(position)
        case SubClause():
            own = label = f"{base}.{position}"
        case Paragraph():
            own = f"({letter(position)})"
            label = base + own
        case SubParagraph():
            own = f"({numeral(position)})"
            label = base + own
        case _:
            return replace(division, children=number_children(division.children, above))
    number = Number(path, label, own)
    return replace(division, number=number, children=number_children(division.children, number))


def number_children(children: tuple, above: Number | None) -> tuple:
    """Number siblings; the children of an unnumbered group go on with the count of its neighbours."""
    out, position = [], 0
    for child in children:
        if isinstance(child, Part | SchedulePart):
            group = []
            for inner in child.children:
                position += 1
                group.append(number_division(inner, position, above))
            out.append(replace(child, children=tuple(group)))
        else:
            position += 1
            out.append(number_division(child, position, above))
    return tuple(out)


def resolve(document: Document) -> Document:
    """Number the document and turn each `CrossReference` into a `Reference`."""
    document = replace(
        document,
        parties=number_children(document.parties, None),
        background=number_children(document.background, None),
        body=number_children(document.body, None),
        schedules=number_children(document.schedules, None),
    )
    numbers = {d.id: d.number for d in divisions(document)}
    home = {
        d.id: s.id
        for s in document.schedules
        for d in divisions(replace(document, parties=(), background=(), body=(), schedules=(s,), execution=()))
    }

    def refer(inline: Inline) -> Inline:
        if not isinstance(inline, CrossReference):
            return inline
        kind, _, target = inline.target.rpartition("|")
        if ":" in target:
            return Reference(
                target,
                (
                    ReferencePart("clause "),
                    ReferencePart("7", target),
                    ReferencePart(" of the Partnership Agreement"),
                ),
                "partnership",
            )
        number = numbers[target]
        assert number is not None
        if kind == "own":
            return Reference(target, (ReferencePart("paragraph "), ReferencePart(number.own, target)))
        schedule = home.get(target)
        if schedule == target:
            return Reference(target, (ReferencePart(number.label, target),))
        if schedule:
            other = numbers[schedule]
            assert other is not None
            return Reference(
                target,
                (
                    ReferencePart("paragraph "),
                    ReferencePart(number.label, target),
                    ReferencePart(" of "),
                    ReferencePart(other.label, schedule),
                ),
            )
        return Reference(target, (ReferencePart("clause "), ReferencePart(number.label, target)))

    def change(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return map_inlines(inlines, refer)

    document = map_document(document, lambda division: rewrite_inlines(division, change))
    notes = tuple(replace(n, blocks=tuple(map_block(b, change) for b in n.blocks)) for n in document.notes)
    return replace(document, notes=notes, stage=Stage.RESOLVED)


# --------------------------------------------------------------------------------------------- the text

NAMES = {
    Voice.EMPLOYER: ("Employer Side", "ES"),
    Voice.STAFF_SIDE: ("Staff Side", "SS"),
    Voice.LAW: ("Law", "L"),
    Voice.DRAFTER: ("Drafting note", "DN"),
    Voice.JOINT: ("Joint note", "JN"),
}


def note(key: str, voice: Voice, anchor: Anchor, *blocks: Para | List, cites: tuple[Citation, ...] = ()) -> Note:
    author, initials = NAMES[voice]
    return Note(key, anchor, voice, blocks, author, initials, cites=cites)


def definitions() -> tuple[DefinitionEntry, ...]:
    return (
        DefinitionEntry("def-forum", "Forum", t("means the Joint Partnership Forum set up under ", "@forum", ";")),
        DefinitionEntry("def-staff-side", "Staff Side", t("means the recognised trade unions acting together;")),
        DefinitionEntry(
            "def-working-day",
            "Working Day",
            t(": a day other than a Saturday, a Sunday or a public holiday in England."),
        ),
    )


def body() -> tuple[Part | Clause, ...]:
    return (
        Part(
            id="part-foundations",
            heading=t("Foundations"),
            blocks=(p("This part says what the words of this agreement mean and who is recognised."),),
            children=(
                clause(
                    "definitions",
                    "Definitions and interpretation",
                    sub("definitions/terms", "In this agreement:", more=definitions()),
                    sub(
                        "definitions/headings",
                        "Headings are for convenience only and do not affect the meaning of this agreement.",
                    ),
                ),
                clause(
                    "recognition",
                    "Recognition",
                    sub(
                        "recognition/grant",
                        Phrase("grant", t("The Employer recognises the ", Term("def-staff-side", "Staff Side"))),
                        " for the purposes of collective bargaining, consultation and representation in respect of ",
                        Value("employer.short", "Anytown ICB"),
                        " and its staff, as described in ",
                        "@sched-unit",
                        ".",
                    ),
                    sub(
                        "recognition/scope",
                        "Recognition under this clause covers:",
                        children=(
                            item(
                                "recognition/scope/pay",
                                "pay, allowances and the other terms listed in ",
                                "@sched-time/hours/limit",
                                ";",
                            ),
                            item(
                                "recognition/scope/leave",
                                "leave, which means:",
                                children=(
                                    small(
                                        "recognition/scope/leave/annual",
                                        "annual leave and public holidays; and",
                                    ),
                                    small(
                                        "recognition/scope/leave/family",
                                        "leave for family reasons, so far as it is better than the statutory minimum;",
                                    ),
                                ),
                            ),
                            item(
                                "recognition/scope/change",
                                "organisational change, including:",
                                more=(
                                    List(
                                        (
                                            t("mergers and shared services;"),
                                            t("changes of ", Emphasis(t("place of work")), "; and"),
                                            t("redundancies, whatever their number;"),
                                        )
                                    ),
                                    p(
                                        "and any other change that the ",
                                        Term("def-forum", "Forum"),
                                        " agrees to treat as organisational change; and",
                                    ),
                                ),
                            ),
                            item(
                                "recognition/scope/other",
                                "such other matters as the parties agree in writing.",
                            ),
                        ),
                    ),
                    sub(
                        "recognition/limits",
                        "Nothing in ",
                        "@recognition/scope/leave/family",
                        " or ",
                        "@own|recognition/scope/pay",
                        " limits a ",
                        Strong(t("statutory right")),
                        ".",
                    ),
                ),
            ),
        ),
        Part(
            id="part-working",
            heading=t("Working together"),
            children=(
                clause(
                    "forum",
                    "The Joint Partnership Forum",
                    sub(
                        "forum/set-up",
                        "The parties will set up the Forum in accordance with ",
                        "@sched-forum",
                        ", which will meet at least ",
                        Value("forum.meetings", "six"),
                        " times a year.",
                    ),
                    SubClause(
                        id="forum/quorum",
                        heading=t("Quorum"),
                        blocks=(
                            p(
                                "A meeting is quorate if ",
                                Blank("forum.quorum", "members of each side"),
                                " members of each side are present, as ",
                                "@sched-forum/chair/vote",
                                " requires.",
                            ),
                        ),
                    ),
                    sub(
                        "forum/papers",
                        "Papers are sent out as follows:",
                        more=(
                            Table(
                                (t("Paper"), t("Prepared by"), t("Sent out")),
                                (
                                    (
                                        t("Agenda"),
                                        t("Joint secretaries"),
                                        t("Ten Working Days before the meeting"),
                                    ),
                                    (
                                        t("Reports and proposals"),
                                        t("The side that asks for the item"),
                                        t("Five Working Days before the meeting"),
                                    ),
                                    (
                                        t("Minutes"),
                                        t("Employer"),
                                        t(Blank("forum.minutes_days"), " Working Days after the meeting"),
                                    ),
                                ),
                                caption="Papers of the Forum, who prepares them and when they are sent out",
                                widths=(3, 4, 4),
                            ),
                        ),
                    ),
                ),
                clause(
                    "time-off",
                    "Time off and facilities",
                    sub(
                        "time-off/duties",
                        "Representatives may take time off under ",
                        "@sched-time",
                        ", and in particular ",
                        "@sched-time/hours/more/training",
                        " and ",
                        "@sched-flat/two/b",
                        ".",
                    ),
                    sub(
                        "time-off/other",
                        "The Partnership Agreement applies as well: see ",
                        "@partnership:partnership/values",
                        ".",
                    ),
                    sub(
                        "time-off/long",
                        "A list that passes the end of the alphabet goes on with doubled letters:",
                        children=tuple(
                            item(f"time-off/long/{n}", f"facility number {n}" + (";" if n < 29 else "."))
                            for n in range(1, 30)
                        ),
                    ),
                    sub("time-off/last", "The last of these is ", "@time-off/long/29", "."),
                ),
                clause(
                    "notices",
                    "Notices",
                    blocks=(
                        p("A notice under this agreement is given in writing to:"),
                        p(
                            "The Director of People,",
                            LineBreak(),
                            "Anytown House,",
                            LineBreak(),
                            "Anytown AN1 1AA.",
                        ),
                        List((t("by post;"), t("by e-mail; or"), t("by hand."))),
                    ),
                ),
                clause(
                    "odd-names",
                    "Names that need care",
                    sub(
                        "odd-names/one",
                        f"The union {HARD_NAME} keeps its name, and so do ",
                        Value("odd.rtl", RIGHT_TO_LEFT),
                        f" and {EMOJI} and",
                        Value("odd.spaces", OUTER_SPACES),
                        "here.",
                    ),
                ),
            ),
        ),
        clause(
            "ending",
            "Review and ending this agreement",
            sub(
                "ending/notice",
                "Either party may end this agreement by ",
                Phrase("notice", t(Value("ending.notice", "six months’"), " notice")),
                " in writing.",
            ),
            sub(
                "ending/effect",
                "Ending this agreement ends recognition under ",
                "@recognition",
                " except for the matters in ",
                "@recognition/scope/leave/annual",
                ". A party named in ",
                "@party-union",
                " may ask for a review under recital ",
                "@recital-b",
                ".",
            ),
        ),
    )


def schedules() -> tuple[Schedule, ...]:
    return (
        Schedule(
            id="sched-unit",
            heading=t("Staff covered"),
            blocks=(
                p("The staff covered by this agreement are those in the groups below."),
                Table(
                    (t("Group"), t("Pay bands"), t("Headcount")),
                    (
                        (t("Administrative and clerical"), t("2 to 7"), t("112")),
                        (t("Professional"), t("5 to 8d"), t("64")),
                        (t("Senior managers"), t("Very senior manager pay"), t("19")),
                    ),
                    caption="Groups of staff covered by this agreement",
                    widths=(4, 3, 2),
                ),
                p("A change to a group is agreed by the Forum."),
            ),
        ),
        Schedule(
            id="sched-forum",
            heading=t("Constitution of the Joint Partnership Forum, its membership and its way of working"),
            children=(
                SchedulePart(
                    id="sched-forum/part-members",
                    heading=t("Part A: Members"),
                    children=(
                        clause(
                            "sched-forum/members",
                            "Membership",
                            sub(
                                "sched-forum/members/sides",
                                "The Forum has two sides:",
                                children=(
                                    item(
                                        "sched-forum/members/sides/a",
                                        "the employer side, of up to six members; and",
                                    ),
                                    item(
                                        "sched-forum/members/sides/b",
                                        "the staff side, of up to six members:",
                                        children=(
                                            small(
                                                "sched-forum/members/sides/b/i",
                                                "appointed by the recognised unions; and",
                                            ),
                                            small("sched-forum/members/sides/b/ii", "in office for two years."),
                                        ),
                                    ),
                                ),
                            ),
                            sub("sched-forum/members/deputies", "Each member may send a deputy."),
                        ),
                    ),
                ),
                SchedulePart(
                    id="sched-forum/part-meetings",
                    heading=t("Part B: Meetings"),
                    children=(
                        clause(
                            "sched-forum/chair",
                            "Chair",
                            sub("sched-forum/chair/rotation", "The chair passes from side to side each year."),
                            sub(
                                "sched-forum/chair/vote",
                                "The chair has no casting vote; see ",
                                "@sched-forum/members/sides/b/ii",
                                ".",
                            ),
                        ),
                    ),
                ),
            ),
        ),
        Schedule(
            id="sched-time",
            heading=t("Time off for representatives"),
            children=(
                clause(
                    "sched-time/hours",
                    "Paid time off",
                    sub(
                        "sched-time/hours/limit",
                        "Each representative may take up to six hours a week for the duties in ",
                        "@recognition/scope",
                        ".",
                    ),
                    sub(
                        "sched-time/hours/more",
                        "More time may be agreed for:",
                        children=(
                            item("sched-time/hours/more/training", "training approved by the union; and"),
                            item("sched-time/hours/more/cases", "meetings under ", "@forum", "."),
                        ),
                    ),
                ),
                clause(
                    "sched-time/unpaid",
                    "Unpaid time off",
                    blocks=(p("A representative may take reasonable unpaid time off for union activities."),),
                ),
            ),
        ),
        Schedule(
            id="sched-flat",
            heading=t("Access and recruitment"),
            children=(
                Clause(
                    id="sched-flat/one",
                    blocks=(p("The Employer gives the Staff Side a place in every induction programme."),),
                ),
                Clause(
                    id="sched-flat/two",
                    blocks=(p("The Staff Side may hold:"),),
                    children=(
                        item("sched-flat/two/a", "open days; and"),
                        item("sched-flat/two/b", "members’ meetings on the Employer’s premises."),
                    ),
                ),
                Clause(
                    id="sched-flat/three",
                    blocks=(
                        p("The arrangements in ", "@sched-flat/two", " are reviewed each year."),
                        p("The review is reported to the Forum."),
                    ),
                ),
            ),
        ),
    )


def signature(name: str) -> SignatureLines:
    return SignatureLines(
        t("Signed for and on behalf of ", Strong(t(name)), " by:"),
        (
            SignatureLine("Signature"),
            SignatureLine("Name", t(Blank("signatory.name"))),
            SignatureLine("Position", t("Chief Executive")),
            SignatureLine("Date"),
        ),
    )


def notes() -> tuple[Note, ...]:
    act = Citation("tulrca-1992-s178", "Trade Union and Labour Relations (Consolidation) Act 1992, section 178")
    return (
        note("n-recital", Voice.JOINT, Anchor("recital-b"), p("Both sides wanted to say this at the start.")),
        note(
            "n-grant-employer",
            Voice.EMPLOYER,
            Anchor("recognition/grant", "grant"),
            p("We recognise the unions together, so that there is one voice & one table <not several>."),
        ),
        note(
            "n-grant-law",
            Voice.LAW,
            Anchor("recognition/grant", "grant"),
            p("Recognition means recognition for the purposes of collective bargaining."),
            p("It brings with it:"),
            List((t("a right to information;"), t("a right to paid time off for duties."))),
            cites=(act, Citation("acas-code-3", "Acas Code of Practice 3")),
        ),
        note(
            "n-scope",
            Voice.STAFF_SIDE,
            Anchor("recognition/scope", whole=True),
            p("The list is open at its end, because new matters arise. Compare ", "@recognition/limits", "."),
        ),
        note(
            "n-recognition",
            Voice.DRAFTER,
            Anchor("recognition"),
            p("The heading alone is marked here, not the clause."),
        ),
        note(
            "n-papers",
            Voice.DRAFTER,
            Anchor("forum/papers", whole=True),
            p("The table can be shortened where a forum meets without papers."),
        ),
        note(
            "n-notice",
            Voice.STAFF_SIDE,
            Anchor("ending/notice", "notice"),
            p("Six months gives time to negotiate a successor."),
        ),
        note(
            "n-flat",
            Voice.EMPLOYER,
            Anchor("sched-flat/two/b"),
            p("Meetings are held outside core hours wherever that can be arranged."),
        ),
        note(
            "n-sign",
            Voice.DRAFTER,
            Anchor("exec-employer", whole=True),
            p("Only the host employer signs; the other signs a short letter of adherence."),
        ),
    )


def sample() -> Document:
    """Return the resolved sample agreement."""
    return resolve(
        Document(
            precedent="recognition",
            title="Trade Union Recognition Agreement",
            short="Recognition Agreement",
            stem="recognition-agreement",
            subtitle=(
                t("between"),
                t(Value("employer.name", "NHS Anytown Integrated Care Board")),
                t("and"),
                t(HARD_NAME),
            ),
            opening=(p("Dated ", Blank("dates.agreement", "date of the agreement")),),
            parties=(
                PartyEntry(
                    id="party-employer",
                    blocks=(
                        p(
                            Strong(t("NHS Anytown Integrated Care Board")),
                            ", whose principal office is at Anytown House, Anytown AN1 1AA (the ",
                            Strong(t("Employer")),
                            "); and",
                        ),
                    ),
                ),
                PartyEntry(
                    id="party-union",
                    blocks=(
                        p(
                            Strong(t(HARD_NAME)),
                            ", an independent trade union listed by the Certification Officer (the ",
                            Strong(t("Union")),
                            "),",
                        ),
                        p("acting with the other recognised unions."),
                    ),
                ),
            ),
            background=(
                Recital(
                    id="recital-a",
                    blocks=(
                        p(
                            "The parties wish to set out how they will work together in the interests of patients, of the Employer and of its staff."
                        ),
                    ),
                ),
                Recital(
                    id="recital-b",
                    blocks=(
                        p(
                            "The parties do not intend this agreement to be legally enforceable except where it says so."
                        ),
                    ),
                ),
            ),
            body=body(),
            schedules=schedules(),
            execution=(
                ExecutionBlock(
                    id="exec-employer",
                    heading=t("The Employer"),
                    blocks=(signature("NHS Anytown Integrated Care Board"),),
                ),
                ExecutionBlock(
                    id="exec-union",
                    heading=t("The Union"),
                    blocks=(
                        p("The Union signs by a person whom its rules allow to bind it."),
                        signature(HARD_NAME),
                    ),
                ),
            ),
            notes=notes(),
            meta=Meta(
                organisation="NHS Anytown ICB",
                status="Draft",
                version="0.3",
                reference="HR/REC/014",
                date="2027-03-01",
                bank="core 1.0.0",
                digest="0123456789abcdef0123456789abcdef",
            ),
        )
    )
