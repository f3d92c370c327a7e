"""The properties of the file itself: title, organisation, language, dates, and what made it.

Everything comes from the document; the clock, the machine and the user leave no trace.
"""

from __future__ import annotations

from agreementkit.tree.nodes import Document
from agreementkit.writers.identity import SHORT_DIGEST
from agreementkit.writers.word.markup import DECLARATION, escape

CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
APP_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"

TIME = "T09:00:00Z"
"""Time of day that stands for "when"; the clock is never asked."""


def core_xml(document: Document, status: str) -> bytes:
    """Return the core properties."""
    meta = document.meta
    owner = escape(meta.organisation or "agreementkit")
    when = meta.date + TIME
    subject = " – ".join(part for part in (document.short, meta.reference) if part and part != document.title)
    return (
        f"{DECLARATION}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.title)}</dc:title><dc:subject>{escape(subject)}</dc:subject>"
        f"<dc:creator>{owner}</dc:creator><cp:lastModifiedBy>{owner}</cp:lastModifiedBy>"
        f"<cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{escape(when)}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{escape(when)}</dcterms:modified>'
        + (f"<cp:contentStatus>{escape(status)}</cp:contentStatus>" if status else "")
        + f"<dc:language>{escape(meta.language)}</dc:language>"
        + (f"<cp:version>{escape(meta.version)}</cp:version>" if meta.version else "")
        + "</cp:coreProperties>"
    ).encode()


def app_xml() -> bytes:
    """Return the extended properties: which program, and nothing of the machine or the people of a house file."""
    return f'{DECLARATION}<Properties xmlns="{_EXTENDED}"><Application>agreementkit</Application></Properties>'.encode()


def custom_xml(document: Document) -> bytes:
    """Return the custom properties: by them a file that comes back is recognised."""
    values = {
        "agreementkit.precedent": document.precedent,
        "agreementkit.bank": document.meta.bank,
        "agreementkit.digest": document.meta.digest[:SHORT_DIGEST],
    }
    rows = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name="{name}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(((n, v) for n, v in values.items() if v), start=2)
    )
    return f'{DECLARATION}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}">{rows}</Properties>'.encode()
