"""The agreement itself, carried in its Word draft as plain data, so that a draft that comes back says what was sent.

It is what the draft says, without its notes and without a word about where a clause came from. Whoever sends the file
back can change it, and editors may drop it (LibreOffice at the second save): it is a convenience, and no proof. A copy
for signing does not carry it.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping

from agreementkit.tree.nodes import Document
from agreementkit.writers.json import bare_json, read_json
from agreementkit.writers.word.markup import DECLARATION
from agreementkit.writers.word.package.intake import UnsoundXmlError, parse
from agreementkit.writers.word.values.item import OURS, Attachment, custom_part

NAMESPACE = f"{OURS}agreement"
_ROOT = f"{{{NAMESPACE}}}agreement"
_ID = "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)).upper() + "}"
_SAFE = {char: f"\\u{ord(char):04x}" for char in "&<>"}
"""JSON has escapes for what XML would escape, and LibreOffice writes an empty part where XML escapes stand."""
_LONGEST = 3_000_000
"""Characters in one element. Readers built on libxml2 refuse a text of more than ten million bytes."""


def carried(document: Document, taken: Collection[str]) -> Attachment:
    """Return the part that carries a document.

    Args:
        document: A resolved document.
        taken: Names of the parts that the package has already.
    """
    said = bare_json(document)
    for char, escaped in _SAFE.items():  # on words that are not ASCII this is forty times as fast as `translate`
        said = said.replace(char, escaped)
    if len(said) > _LONGEST:  # thousands of clauses
        pieces = (said[at : at + _LONGEST] for at in range(0, len(said), _LONGEST))
        said = "".join(f"<piece>{piece}</piece>" for piece in pieces)
    content = f'{DECLARATION}<agreement xmlns="{NAMESPACE}" xml:space="preserve">{said}</agreement>'
    return custom_part(content.encode(), _ID, NAMESPACE, taken)


def carried_by(parts: Mapping[str, bytes], file: str) -> Document | None:
    """Return the document that a package carries; None where it carries none.

    Args:
        parts: The parts of the package, of which none is trusted.
        file: Its name in messages.

    Raises:
        SourceError: AK770 or AK771, what it carries is no agreement.
    """
    for name in sorted(parts):
        if name.startswith("customXml/item") and NAMESPACE.encode() in parts[name]:
            try:
                root = parse(parts[name])
            except UnsoundXmlError:
                continue
            if root.tag == _ROOT:
                return read_json("".join(str(text) for text in root.itertext()).encode(), file)
    return None
