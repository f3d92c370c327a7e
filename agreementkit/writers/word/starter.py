"""A house file to start from: a shipped design with instructions in it and a sample of every style.

The instructions stand between two paragraphs that say so and never come into an agreement. Who opens the file in
Word sees what can be changed, changes it, and has a house file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from agreementkit.tree.nodes import Inline, Strong, Table, Text
from agreementkit.writers.word.body.divisions import fit
from agreementkit.writers.word.body.tables import table_pieces
from agreementkit.writers.word.house.house import House
from agreementkit.writers.word.house.load import load_house
from agreementkit.writers.word.house.places import HELP_END, HELP_START, TOKENS
from agreementkit.writers.word.markup import W, run, w
from agreementkit.writers.word.package.archive import write_package
from agreementkit.writers.word.package.intake import open_package, parse
from agreementkit.writers.word.styles.purposes import PURPOSES
from agreementkit.writers.word.styles.roles import KINDS, Role
from agreementkit.writers.word.text.inlines import InlineWriter
from agreementkit.writers.word.text.sheet import Paragraph, Piece, to_xml

FIELD_WORDS: Mapping[str, str] = {
    "title": "title of the agreement",
    "short": "how the agreement is called in running text",
    "organisation": "short name of the employer, or of all employers",
    "status": "“Draft”; in a final copy “Final”",
    "version": "version of the document",
    "reference": "your own reference number",
    "date": "date of the agreement, such as 1 March 2027",
    "draft": "whether this is a draft; for conditions only",
    "parties": "lines that say who the agreement is between",
    "facts": "reference, version, date and status, as far as they are known",
}
"""What each field of a house file prints."""

PLACE_WORDS: Mapping[str, str] = {
    "AK_BODY": "the agreement",
    "AK_COVER": "who the agreement is between, for the cover",
    "AK_CONTENTS": "the list of contents; without it, the contents stand before the agreement",
}
"""What each place of a house file becomes."""

STEPS = (
    "Letterhead: double-click the top of the first page and of a later page. Put in your name and your logo. Give the"
    " logo a description: right-click it, View Alt Text.",
    "Paper and margins: Layout, Size and Margins. Tables and contents follow the width that you choose.",
    "Fonts, sizes and colours: below stands one line in each style. Right-click the style in the Styles gallery, choose"
    " Modify, and every agreement follows. Change the styles, not the words.",
    "Numbers: leave the lists linked to their styles. Their look (bold, colour, distance) may change, what they print"
    " (1., 1.1, (a), (i)) may not.",
    "Fields: write the names below in double braces, in text, header or footer. A line that should stand only when"
    " there is something to say goes between two lines of its own: {%p if version %} and {%p endif %}.",
    "Check: agreementkit template check FILE.docx says what it found and what is missing.",
    "Use: agreementkit build agreement.yaml --template FILE.docx, or house_style.template in the configuration.",
)
_SAMPLED = [role for role in Role if role not in KINDS and role is not Role.TABLE_SPACE]
_INSIDE_NOTHING = InlineWriter(lambda reference, look: run(reference.text, look), lambda _, runs: runs)


def starter(pattern: Path) -> bytes:
    """Return a house file to start from.

    Args:
        pattern: A shipped house template.

    Raises:
        TemplateError: The pattern cannot be used.
    """
    house = load_house(pattern)
    package = open_package(pattern.read_bytes(), str(pattern))
    document = parse(package.parts[package.main])
    xml = f'<w:body xmlns:w="{W}">{to_xml(_help(house))}</w:body>'
    last = document.find(f"{w('body')}/{w('sectPr')}")
    for element in list(parse(xml.encode())):
        if last is not None:
            last.addprevious(element)
    main = etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True)
    return write_package({**package.parts, package.main: main})


def _help(house: House) -> Iterator[Piece]:
    def line(role: Role, words: str, **choices: bool) -> Paragraph:
        return Paragraph(house.styles[role], run(words), **choices)  # type: ignore[arg-type]

    yield line(Role.TEXT, HELP_START)
    yield line(Role.SECTION, "How to make this file yours", page_break=True)
    yield line(
        Role.TEXT,
        f"This part is for you. It stands between {HELP_START} and {HELP_END}, and nothing of it comes into an"
        " agreement. Delete it, with these two lines, when you no longer need it.",
    )
    for number, step in enumerate(STEPS):
        yield line(Role.BULLET, step, keep_next=number == 0)
    yield line(Role.SECTION, "Fields and places")
    yield from _table(house, "Field", "Prints", {f"{{{{ {name} }}}}": words for name, words in FIELD_WORDS.items()})
    # Each place is spelt apart here, for a paragraph of nothing else is the place itself.
    spelt = {f"{token} alone in a paragraph": PLACE_WORDS[token] for token in TOKENS}
    yield from _table(house, "Place", "Becomes", spelt)
    yield line(Role.SECTION, "One line in each style")
    for role in _SAMPLED:
        sample = line(role, f"{role.value}: {PURPOSES[role].use}")
        fit(sample, house.cast[role])
        sample.page_break = False
        yield sample
    yield line(Role.TEXT, HELP_END)


def _table(house: House, left: str, right: str, rows: Mapping[str, str]) -> Iterator[Piece]:
    def cell(words: str, *, strong: bool = False) -> tuple[Inline, ...]:
        return (Strong((Text(words),)),) if strong else (Text(words),)

    table = Table(
        (cell(left, strong=True), cell(right, strong=True)),
        tuple((cell(name), cell(words)) for name, words in rows.items()),
        widths=(2, 3),
    )
    width, size = house.text_width, house.table_size
    yield from table_pieces(table, house.styles, _INSIDE_NOTHING.runs, indent=0, width=width, size=size)
    yield Paragraph(house.styles[Role.TABLE_SPACE], text=False)
