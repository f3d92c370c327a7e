"""The smallest pieces of WordprocessingML: names, escaping, runs and paragraph properties.

Everything that becomes XML text passes through `escape`; nothing else in this folder may escape by itself.
It must not know the document tree.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import OutputError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
W16CID = "http://schemas.microsoft.com/office/word/2016/wordml/cid"
W16CEX = "http://schemas.microsoft.com/office/word/2018/wordml/cex"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile('[&<>"\r]')
_EITHER = re.compile('[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff&<>"]')
"""What one of the two above finds: nearly every text has neither, and is looked through once instead of twice."""
_MOST_RUNS = 8192
"""Runs that are kept: the words of a bank are the same in every agreement made from it."""
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
_PIECES = re.compile("([\t\n])")


@cache
def w(tag: str) -> str:
    """Return `tag` in the main namespace, as lxml spells it."""
    return f"{{{W}}}{tag}"


def escape(text: str) -> str:
    """Return `text` fit for an XML text or a double-quoted attribute.

    Raises:
        OutputError: `text` holds a character that no XML file can carry.
    """
    if not _EITHER.search(text):
        return text
    unfit = _UNFIT.search(text)
    if unfit:
        code = f"U+{ord(unfit.group()):04X}"
        raise OutputError(
            Diagnostic(
                "AK700",
                f"The text {text[:60]!r} holds the control character {code}, which Word cannot store.",
                hints=("remove the character from the value or the clause it comes from",),
            )
        )
    return _SPECIAL.sub(lambda found: _ENTITIES[found.group()], text)


def text_element(text: str) -> str:
    """Return the `w:t` that shows `text`, keeping its outer spaces."""
    kept = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() or "  " in text else ""
    return f"<w:t{kept}>{escape(text)}</w:t>"


@lru_cache(maxsize=_MOST_RUNS)
def run(text: str, properties: str = "") -> str:
    """Return one run. A tab or a line feed in `text` becomes Word's own tab or line break."""
    if not text:
        return ""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    if "\t" not in text and "\n" not in text:
        return f"<w:r>{look}{text_element(text)}</w:r>"
    content = "".join(
        "<w:tab/>" if piece == "\t" else "<w:br/>" if piece == "\n" else text_element(piece)
        for piece in _PIECES.split(text)
        if piece
    )
    return f"<w:r>{look}{content}</w:r>"


def field(instruction: str, result: str, properties: str = "") -> str:
    """Return a complex field that shows `result` until somebody updates it."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return (
        f'<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{look}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(result, properties)}"
        f'<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'
    )
