"""An organisation's own Word file as the house of every agreement, ready to be filled.

Cover, header, footer, styles and lists come from the house file; what it lacks was made in its look (`dress`). Its
fields are filled with finished strings; the text of the agreement itself never passes through here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from agreementkit.writers.word.house.casting import Casting
from agreementkit.writers.word.house.filling import FIELDS, Filling, fault_of_filling
from agreementkit.writers.word.package.archive import Relationship, Stored
from agreementkit.writers.word.package.intake import refuse
from agreementkit.writers.word.styles.numbering import Lists
from agreementkit.writers.word.styles.roles import Role, Styles


@dataclass(frozen=True, slots=True)
class House:
    """A house file ready to be filled.

    Attributes:
        file: Where it came from, for messages.
        static: Parts that are the same in every document, deflated.
        texts: Parts with fields.
        main: Name of the main part.
        styles: Style ids and names by role.
        cast: The roles with all that their paragraphs say besides their style.
        lists: Its numbering.
        indents: Where text stands at each step, in twips.
        stops: Tab stops that the style of a row of the contents brings along, by style id.
        table_size: Size of text in tables, in half points.
        text_width: Width between the margins, in twips.
        defaults: Content types by file ending.
        overrides: Content types by part.
        links: Relationships of the main part.
        package_links: Relationships of the package.
        has_cover: Whether the file says where the lines of the cover go.
        has_contents: Whether the file says where the contents go.
        has_title: Whether the file shows the title itself.
        fresh: Places that begin a page already.
        last_footnote: Highest id of its own footnotes; 0 when it has none.
    """

    file: str
    static: Mapping[str, Stored]
    texts: Mapping[str, Filling]
    main: str
    styles: Styles
    cast: Mapping[Role, Casting]
    lists: Lists
    indents: tuple[int, ...]
    stops: Mapping[str, tuple[int, ...]]
    table_size: int
    text_width: int
    defaults: Mapping[str, str]
    overrides: Mapping[str, str]
    links: tuple[Relationship, ...]
    package_links: tuple[Relationship, ...]
    has_cover: bool = False
    has_contents: bool = False
    has_title: bool = True
    fresh: frozenset[str] = frozenset()
    last_footnote: int = 0

    def part(self, name: str) -> bytes:
        """Return a part that is the same in every document; nothing when there is none."""
        stored = self.static.get(name)
        return stored.content() if stored else b""

    def fill(self, values: Mapping[str, object]) -> dict[str, str]:
        """Return the text of every part that has fields, filled with `values`."""
        filled = {}
        for name, template in self.texts.items():
            try:
                filled[name] = template.render(values)
            except Exception as fault:
                if not fault_of_filling(fault):
                    raise
                raise refuse(
                    self.file,
                    "AK606",
                    f"A field in {name} cannot be filled: {fault}.",
                    f"fields may use: {', '.join(FIELDS)}",
                ) from fault
        return filled
