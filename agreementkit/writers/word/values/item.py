"""Custom XML parts of a package: how one is added beside the text, and how those of an earlier agreement are found."""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from agreementkit.writers.word.markup import DECLARATION, R
from agreementkit.writers.word.package.archive import Relationship, relationships_xml

DATA = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
OURS = "urn:agreementkit:"
"""How the namespaces of our own parts begin."""

_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


@dataclass(frozen=True, slots=True)
class Attachment:
    """Parts that are added to a package.

    Attributes:
        parts: The parts by name.
        kinds: Content types by name, for those that the file ending does not tell.
        links: What the main part leads to: relationship type by part name.
    """

    parts: Mapping[str, bytes]
    kinds: Mapping[str, str]
    links: Mapping[str, str]

    def relationships(self, main: str, taken: Collection[str]) -> list[Relationship]:
        """Return what leads from the part `main` to these parts, under ids that are not taken."""
        free = (f"rIdMore{number}" for number in itertools.count(1) if f"rIdMore{number}" not in taken)
        folder = posixpath.dirname(main)
        return [
            Relationship(id_, kind, posixpath.relpath(name, folder))
            for (name, kind), id_ in zip(self.links.items(), free, strict=False)
        ]


def together(found: Collection[Attachment]) -> Attachment:
    """Return several attachments as one."""
    return Attachment(
        {name: part for one in found for name, part in one.parts.items()},
        {name: kind for one in found for name, kind in one.kinds.items()},
        {name: kind for one in found for name, kind in one.links.items()},
    )


def custom_part(content: bytes, id_: str, namespace: str, taken: Collection[str]) -> Attachment:
    """Return a custom XML part with what Word wants beside it, under names that are not taken.

    Args:
        content: The part.
        id_: Its identity, in the spelling of Word: braces and capitals.
        namespace: Namespace of its root.
        taken: Names of the parts that the package has already.
    """
    number = 1
    while f"customXml/item{number}.xml" in taken or f"customXml/itemProps{number}.xml" in taken:
        number += 1
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    about = (
        f'{DECLARATION}<ds:datastoreItem xmlns:ds="{DATA}" ds:itemID="{id_}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{namespace}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    link = relationships_xml((Relationship("rId1", f"{R}/customXmlProps", f"itemProps{number}.xml"),))
    return Attachment(
        {item: content, properties: about.encode(), f"customXml/_rels/item{number}.xml.rels": link},
        {item: "application/xml", properties: _PROPERTIES},
        {item: f"{R}/customXml"},
    )


def left_over(parts: Mapping[str, bytes]) -> set[str]:
    """Return our own parts in a house file that was once an agreement: what they say is not for others."""
    found = {name for name, part in parts.items() if name.startswith("customXml/") and OURS.encode() in part}
    return found | {f"customXml/_rels/{name.rpartition('/')[2]}.rels" for name in found}
