"""The review copy: one page that holds everything it needs, opens from a share or an e-mail, and fetches nothing.

The skeleton, the rules of style and the scripts are files of their own under `templates/html`; they are put into the
page as they are. A content security policy in the page lets exactly these rules and this script run, by their hashes,
and nothing load. The text is readable without the script: that only adds filters, search, popovers and comments.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache

from agreementkit._resources import data_path
from agreementkit.tree.nodes import Document, Meta
from agreementkit.writers.html import contents
from agreementkit.writers.html.text import TextColumn
from agreementkit.writers.html.words import escaped
from agreementkit.writers.identity import identity_of
from agreementkit.writers.stamp import stamp

STYLES = ("base", "frame", "text", "notes", "print")
"""Files of style, in the order in which they stand in the page."""

SCRIPTS = ("base", "layout", "filters", "search", "popover", "comments", "exchange")
"""Files of script, in the order in which they run."""

REVIEW_FORMAT = "agreementkit-review/1"
"""Name and version of the files in which the page saves comments."""

_PLACE = re.compile(r"@@([A-Z_]+)@@")


def write_html_page(
    document: Document, *, notes: bool = True, files: Mapping[str, str] | None = None, final: bool = False
) -> str:
    """Return a resolved document as a review copy: a whole page of HTML.

    Args:
        document: The document.
        notes: Whether to show the notes.
        files: HTML file of each other agreement by its precedent id, for links to it.
        final: Whether this is a final copy: without comments, marked values and their settings.

    Raises:
        TypeError: The document is not resolved.
        OutputError: A text holds a control character (AK700).
    """
    column = TextColumn(document, files or {}, notes=notes, plain=final)
    article = "\n".join(column.lines())
    style, script = _source(STYLES, "css"), _script()
    shown = bool(document.notes) and notes
    parts = {
        "LANGUAGE": escaped(document.meta.language),
        "POLICY": escaped(_policy(style, script)),
        "TITLE": escaped(document.title),
        "STATUS": escaped("" if final and "draft" in document.meta.status.lower() else document.meta.status),
        "FACTS": escaped(_facts(document.meta)),
        "CLASSES": " ".join(
            name for name, is_so in (("annotated", shown), ("final", final), ("review", not final)) if is_so
        ),
        "PROVENANCE": "\n".join(
            f'<meta name="{name}" content="{escaped(fact)}">' for name, fact in stamp(document).items()
        ),
        "STYLE": style,
        "SCRIPT": script,
        "DATA": _data(document),
        "CONTENTS_HEADING": escaped(document.headings.contents),
        "CONTENTS": "\n".join(contents.contents(document)),
        "TOPICS": "\n".join(contents.topics(document)),
        "VOICES": "\n".join(contents.voices(document)) if shown else "",
        "VALUES": "\n".join(contents.values(column.units)),
        "ARTICLE": article,
    }
    return _PLACE.sub(lambda found: parts[found[1]], _skeleton(shown=shown, final=final))


def _facts(meta: Meta) -> str:
    version = f"Version {meta.version}" if meta.version else ""
    return " · ".join(fact for fact in (meta.organisation, version, meta.reference) if fact)


def _data(document: Document) -> str:
    """Return what the script must know of the document, as JSON that cannot end its element."""
    data = {"format": REVIEW_FORMAT, "document": identity_of(document).as_dict(), "stem": document.stem}
    return json.dumps(data, ensure_ascii=False).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none';"
        " form-action 'none'"
    )


@cache
def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _read(name: str) -> str:
    return (data_path("templates") / "html" / name).read_text(encoding="utf-8")


@cache
def _source(names: tuple[str, ...], ending: str) -> str:
    return "\n" + "\n".join(_read(f"{name}.{ending}") for name in names)


@cache
def _script() -> str:
    return f'\n(() => {{\n"use strict";\n{_source(SCRIPTS, "js")}\n}})();\n'


@cache
def _skeleton(*, shown: bool, final: bool) -> str:
    """Return the skeleton without the parts for which this page has no use: `<!-- notes -->` to `<!-- /notes -->`."""
    text = _read("page.html")
    for name, wanted in (("notes", shown), ("review", not final)):
        inside = r"\1" if wanted else ""
        text = re.sub(rf"[ ]*<!-- {name} -->\n(.*?)[ ]*<!-- /{name} -->\n", inside, text, flags=re.DOTALL)
    return text
