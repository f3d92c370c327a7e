"""The roles a paragraph can play and the styles of a house file that play them.

The writer asks for roles; the house file answers with style ids. Which style plays a role is worked out in
`casting`; what a role is for stands in `purposes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a paragraph, a run of text or a table is. The value is the style's name in Word."""

    TITLE = "Title"
    COVER_PARTY = "AK Cover Party"
    COVER_LINE = "AK Cover Line"
    TOC_HEADING = "TOC Heading"
    TOC_1 = "toc 1"
    TOC_2 = "toc 2"
    SECTION = "AK Section Heading"
    PARTY = "AK Party"
    RECITAL = "AK Recital"
    PART = "AK Part"
    CLAUSE = "AK Clause Heading"
    CLAUSE_TEXT = "AK Clause Text"
    SUB_CLAUSE = "AK Sub-clause"
    PARAGRAPH = "AK Paragraph"
    SUB_PARAGRAPH = "AK Sub-paragraph"
    TEXT = "AK Text"
    BODY = "AK Body"
    BODY_2 = "AK Body 2"
    BODY_3 = "AK Body 3"
    DEFINITION = "AK Definition"
    BULLET = "List Bullet"
    BULLET_2 = "List Bullet 2"
    BULLET_3 = "List Bullet 3"
    BULLET_4 = "List Bullet 4"
    SCHEDULE = "AK Schedule"
    SCHEDULE_PART = "AK Schedule Part"
    SCHEDULE_HEADING = "AK Schedule Heading"
    SCHEDULE_TEXT = "AK Schedule Text"
    SCHEDULE_PARAGRAPH = "AK Schedule Paragraph"
    SCHEDULE_ITEM = "AK Schedule Item"
    SCHEDULE_SUB_ITEM = "AK Schedule Sub-item"
    SIGNATORY = "AK Signatory"
    SIGNATURE_LEAD = "AK Signature Lead"
    SIGNATURE_LABEL = "AK Signature Label"
    SIGNATURE_LINE = "AK Signature Line"
    TABLE_TEXT = "AK Table Text"
    TABLE_HEAD = "AK Table Head"
    TABLE_SPACE = "AK Table Space"
    NOTE = "AK Note"
    COMMENT_TEXT = "annotation text"
    COMMENT_REFERENCE = "annotation reference"
    FOOTNOTE_TEXT = "footnote text"
    FOOTNOTE_REFERENCE = "footnote reference"
    PLACEHOLDER = "Placeholder Text"
    TABLE = "AK Table"
    SIGNATURE_TABLE = "AK Signature Table"


KINDS: Mapping[Role, str] = {
    Role.COMMENT_REFERENCE: "character",
    Role.FOOTNOTE_REFERENCE: "character",
    Role.PLACEHOLDER: "character",
    Role.TABLE: "table",
    Role.SIGNATURE_TABLE: "table",
}
"""Roles that are not played by paragraph styles."""

NUMBERED: Mapping[Role, tuple[str, int, str, str]] = {
    Role.PARTY: ("parties", 0, "decimal", "(%1)"),
    Role.RECITAL: ("recitals", 0, "upperLetter", "(%1)"),
    Role.CLAUSE: ("clauses", 0, "decimal", "%1."),
    Role.SUB_CLAUSE: ("clauses", 1, "decimal", "%1.%2"),
    Role.PARAGRAPH: ("clauses", 2, "lowerLetter", "(%3)"),
    Role.SUB_PARAGRAPH: ("clauses", 3, "lowerRoman", "(%4)"),
    Role.SCHEDULE: ("schedules", 0, "decimal", "Schedule %1"),
    Role.SCHEDULE_HEADING: ("schedules", 1, "decimal", "%2."),
    Role.SCHEDULE_PARAGRAPH: ("schedules", 2, "decimal", "%2.%3"),
    Role.SCHEDULE_ITEM: ("schedules", 3, "lowerLetter", "(%4)"),
    Role.SCHEDULE_SUB_ITEM: ("schedules", 4, "lowerRoman", "(%5)"),
    Role.BULLET: ("bullets", 0, "bullet", "•"),
    Role.BULLET_2: ("bullets", 1, "bullet", "•"),
    Role.BULLET_3: ("bullets", 2, "bullet", "•"),
    Role.BULLET_4: ("bullets", 3, "bullet", "•"),
}
"""Roles that are numbered: name of the list, level, number format and label text."""

SHARES_LEVEL: Mapping[Role, Role] = {
    Role.CLAUSE_TEXT: Role.CLAUSE,
    Role.SCHEDULE_TEXT: Role.SCHEDULE_HEADING,
}
"""Roles that count at the level of another role.

A level can be bound to one style only, and a numbered paragraph that is running text must not look like a
heading, or be outlined as one. These paragraphs therefore name their list and level themselves.
"""


@dataclass(frozen=True, slots=True)
class Styles:
    """Style ids and names of a house file by role."""

    ids: Mapping[Role, str]
    names: Mapping[Role, str]

    def __getitem__(self, role: Role) -> str:
        return self.ids[role]

    def name(self, role: Role) -> str:
        """Return the name of a role's style as Word shows it."""
        return self.names[role]
