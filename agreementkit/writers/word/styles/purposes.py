"""What each role is for, what a mapping file calls it, and the style names that many houses have for it.

One table. The names stand in order of preference and are safe ones only: a name that some houses use for
something else (`Heading 2`, `Body 2`, `Subtitle`) must be asked for in a mapping. It must not know any file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from agreementkit.writers.word.styles.roles import Role


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a role is for.

    Attributes:
        key: Its name in a mapping file.
        use: What stands in it, in a few words.
        names: Names of styles that may play it, besides our own name and a mapped one.
    """

    key: str
    use: str
    names: tuple[str, ...] = ()


PURPOSES: Mapping[Role, Purpose] = {
    Role.TITLE: Purpose("title", "title of the agreement", ("Document Title", "Agreement Title")),
    Role.COVER_PARTY: Purpose("cover-party", "who the agreement is between, on the cover", ("Cover Party",)),
    Role.COVER_LINE: Purpose("cover-line", "other lines of the cover, such as the date", ("Cover Line", "Cover Text")),
    Role.TOC_HEADING: Purpose("contents-heading", "heading of the contents", ("Contents Heading", "Contents Title")),
    Role.TOC_1: Purpose("contents-row", "a row of the contents: a part, a schedule, a heading without a number"),
    Role.TOC_2: Purpose("contents-row-2", "a row of the contents that stands below it: a clause"),
    Role.SECTION: Purpose(
        "section-heading",
        "headings without a number, such as Parties",
        ("Section Heading", "Unnumbered Heading", "Heading Unnumbered"),
    ),
    Role.PARTY: Purpose("party", "a party, numbered (1)", ("Parties", "Party")),
    Role.RECITAL: Purpose("recital", "a recital, lettered (A)", ("Recitals", "Recital", "Background")),
    Role.PART: Purpose("part-heading", "heading of a part of the agreement", ("Part Heading",)),
    Role.CLAUSE: Purpose(
        "clause-heading",
        "heading of a clause, numbered 1.",
        ("Level 1 Heading", "Clause Heading", "Clause Level 1", "Heading 1"),
    ),
    Role.CLAUSE_TEXT: Purpose("clause-text", "a clause without a heading, numbered 1.", ("Level 1 Number",)),
    Role.SUB_CLAUSE: Purpose(
        "sub-clause", "a sub-clause, numbered 1.1", ("Level 2 Number", "Level 2", "Clause Level 2")
    ),
    Role.PARAGRAPH: Purpose("paragraph", "a paragraph, lettered (a)", ("Level 3 Number", "Level 3", "Clause Level 3")),
    Role.SUB_PARAGRAPH: Purpose(
        "sub-paragraph", "a sub-paragraph, numbered (i)", ("Level 4 Number", "Level 4", "Clause Level 4")
    ),
    Role.TEXT: Purpose("text", "text from margin to margin", ("Body Text",)),
    Role.BODY: Purpose("text-1", "text below a sub-clause, or of a clause with one only"),
    Role.BODY_2: Purpose("text-2", "text below a paragraph (a)"),
    Role.BODY_3: Purpose("text-3", "text below a sub-paragraph (i)"),
    Role.DEFINITION: Purpose("definition", "a defined term and its meaning", ("Definition", "Definitions")),
    Role.BULLET: Purpose("bullet-1", "a bullet at the margin", ("Bullet 1", "Bullet Level 1")),
    Role.BULLET_2: Purpose("bullet-2", "a bullet below a sub-clause", ("Bullet 2", "Bullet Level 2")),
    Role.BULLET_3: Purpose("bullet-3", "a bullet below a paragraph (a)", ("Bullet 3", "Bullet Level 3")),
    Role.BULLET_4: Purpose("bullet-4", "a bullet below a sub-paragraph (i)", ("Bullet 4", "Bullet Level 4")),
    Role.SCHEDULE: Purpose(
        "schedule", "title of a schedule, numbered Schedule 1", ("Schedule", "Schedule Title", "Schedule Heading")
    ),
    Role.SCHEDULE_PART: Purpose("schedule-part", "heading of a part of a schedule", ("Schedule Part",)),
    Role.SCHEDULE_HEADING: Purpose(
        "schedule-heading",
        "heading of a paragraph of a schedule, numbered 1.",
        ("Sch Level 1 Heading", "Schedule Level 1 Heading"),
    ),
    Role.SCHEDULE_TEXT: Purpose(
        "schedule-text",
        "a paragraph of a schedule without a heading, numbered 1.",
        ("Sch Level 1", "Schedule Level 1"),
    ),
    Role.SCHEDULE_PARAGRAPH: Purpose(
        "schedule-paragraph", "a sub-paragraph of a schedule, numbered 1.1", ("Sch Level 2", "Schedule Level 2")
    ),
    Role.SCHEDULE_ITEM: Purpose(
        "schedule-item", "an item in a schedule, lettered (a)", ("Sch Level 3", "Schedule Level 3")
    ),
    Role.SCHEDULE_SUB_ITEM: Purpose(
        "schedule-sub-item", "an item below it, numbered (i)", ("Sch Level 4", "Schedule Level 4")
    ),
    Role.SIGNATORY: Purpose("signatory", "heading over the signatures of a party", ("Signature Heading",)),
    Role.SIGNATURE_LEAD: Purpose("signature-lead", "words over a signature block", ("Attestation",)),
    Role.SIGNATURE_LABEL: Purpose("signature-label", "what goes on a line, such as Name", ("Signature Label",)),
    Role.SIGNATURE_LINE: Purpose("signature-line", "the line that is signed or filled in", ("Signature Line",)),
    Role.TABLE_TEXT: Purpose("table-text", "text in a table", ("Table Text", "Table Contents")),
    Role.TABLE_HEAD: Purpose("table-head", "first row of a table", ("Table Heading", "Table Header", "Table Head")),
    Role.TABLE_SPACE: Purpose("table-space", "the small space after a table"),
    Role.NOTE: Purpose("note", "a note printed in the text", ("Drafting Note", "Guidance Note")),
    Role.COMMENT_TEXT: Purpose("comment-text", "text of a comment"),
    Role.COMMENT_REFERENCE: Purpose("comment-reference", "mark of a comment (character style)"),
    Role.FOOTNOTE_TEXT: Purpose("footnote-text", "text of a footnote"),
    Role.FOOTNOTE_REFERENCE: Purpose("footnote-reference", "mark of a footnote (character style)"),
    Role.PLACEHOLDER: Purpose("placeholder", "a value not yet given (character style)"),
    Role.TABLE: Purpose("table", "tables and forms (table style)", ("Table Grid",)),
    Role.SIGNATURE_TABLE: Purpose("signature-table", "signature blocks (table style)"),
}
"""The purpose of every role."""

ROLES: Mapping[str, Role] = {purpose.key: role for role, purpose in PURPOSES.items()}
"""Roles by their name in a mapping file."""
