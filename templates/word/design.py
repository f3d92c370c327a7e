"""The designs of the house templates that ship with agreementkit: fonts, sizes, colours and distances.

One description for all of them. `look` makes styles and lists of a design, `make_templates` the Word file; neither
says a colour or a size of its own. Sizes are half points, distances twips (1440 to the inch, 567 to the centimetre).
"""

from __future__ import annotations

from dataclasses import dataclass

A4 = (11906, 16838)
_USUAL_TEXT = 22  # distances below are given for 11 pt text and grow with it
_BOLD_SCHEDULE = 5.84  # width of "Schedule 10" in bold Arial, in ems


@dataclass(frozen=True, slots=True)
class Design:
    """How the pages of one template look.

    Attributes:
        file: Name of the Word file.
        title: Title of the file itself, as long as no agreement is written into it.
        font: Font of everything.
        substitute: Font of the same widths, where the first is missing.
        text: Size of running text.
        table: Size of text in tables.
        contents: Size of the rows of the contents.
        small: Size of running header and footer.
        label: Size of the words on signature lines.
        cover: Sizes on the cover: title, parties, other lines, organisation, facts.
        headings: Sizes of headings: section and schedule, part, clause, heading in a schedule.
        ink: Colour of headings.
        accent: Colour of parts, rules and labels.
        quiet: Colour of header, footer and notes.
        line: Colour of thin rules.
        head: Head of a table: its words, its ground.
        note: Ground of a note printed in the text.
        draft: Mark of a draft: its words, its ground.
        blank: Ground of a value not yet given.
        margins: Top, right, bottom and left.
        edges: From the edge of the paper to header and footer.
        step: Indent of one level.
        line_height: In 240ths of a line.
        drop: From the top of the text to the title.
        title_rule: Weight of the rule below the title, in eighths of a point; none at 0.
        logo: Height of the place for a logo at the top right of the cover; no place at 0.
    """

    file: str
    title: str
    font: str
    substitute: str
    text: int
    table: int
    contents: int
    small: int
    label: int
    cover: tuple[int, int, int, int, int]
    headings: tuple[int, int, int, int]
    ink: str
    accent: str
    quiet: str
    line: str
    head: tuple[str, str]
    note: str
    draft: tuple[str, str]
    blank: str
    margins: tuple[int, int, int, int]
    edges: tuple[int, int]
    step: int
    line_height: int
    drop: int
    title_rule: int = 0
    logo: int = 0

    @property
    def width(self) -> int:
        """The width between the margins."""
        return A4[0] - self.margins[1] - self.margins[3]

    @property
    def schedule_step(self) -> int:
        """Room for "Schedule 10" in front of the title of a schedule."""
        return round(_BOLD_SCHEDULE * self.headings[0] * 10) + 320

    def room(self, twips: int) -> int:
        """Return a distance that is given for usual text, as this text needs it."""
        return round(twips * self.text / _USUAL_TEXT)


NEUTRAL = Design(
    file="neutral.docx",
    title="Agreement, neutral house template",
    font="Arial",
    substitute="Liberation Sans",
    text=22,
    table=20,
    contents=20,
    small=17,
    label=18,
    cover=(64, 28, 22, 26, 20),
    headings=(32, 26, 24, 23),
    ink="1F3A52",
    accent="1F6F78",
    quiet="4A5560",
    line="A9B8BF",
    head=("1F3A52", "E9F0F2"),
    note="F3F6F7",
    draft=("8C1D18", "FBEBE9"),
    blank="FFF2A8",
    margins=(1588, 1440, 1440, 1440),
    edges=(680, 624),
    step=720,
    line_height=276,
    drop=3000,
    title_rule=18,
)

NHS = Design(
    file="nhs.docx",
    title="Agreement, house template for NHS organisations",
    font="Arial",
    substitute="Liberation Sans",
    text=24,
    table=22,
    contents=22,
    small=18,
    label=20,
    cover=(72, 32, 24, 28, 24),
    headings=(36, 30, 26, 25),
    ink="005EB8",
    accent="003087",
    quiet="425563",
    line="AEB7BD",
    head=("FFFFFF", "005EB8"),
    note="E8EDEE",
    draft=("8A1538", "FBE9EE"),
    blank="FFF2A8",
    margins=(1701, 1304, 1361, 1304),
    edges=(737, 680),
    step=794,
    line_height=288,
    drop=1300,
    logo=1417,
)

DESIGNS = (NEUTRAL, NHS)
