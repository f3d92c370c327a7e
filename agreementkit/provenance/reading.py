"""Finds what a Word or JSON file says of its making, without trusting the file.

Of a Word file two small parts are read and nothing else is unpacked; their size is bounded as they are read, whatever
the file says of it. XML is parsed without entities, document types or network.
"""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import ProvenanceError
from agreementkit.writers.json import FORMAT as JSON_FORMAT
from agreementkit.writers.stamp import FORMAT, PACK, PREFIX

MAX_BYTES = 60_000_000
"""How many bytes a file may have; a Word file with many pictures has a few million."""
MAX_PART = 1_000_000
"""How many bytes of one part are read at most."""
MAX_PARTS = 2_000
_ENTRY = b"PK\x01\x02"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LINKS = "_rels/.rels"
_KIND = "/custom-properties"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
    KeyError,
)  # fmt: skip
_AGAIN = "ask for the file as it was sent; what changed it may have taken its properties away"


def read_facts(path: Path) -> dict[str, str]:
    """Return what a file says of its making, by the names of `writers.stamp`; they are not looked at yet.

    Raises:
        ProvenanceError: AK278 when the file cannot be read, is neither Word nor JSON, or says nothing of its making.
    """
    try:
        with path.open("rb") as handle:
            data = handle.read(MAX_BYTES + 1)
    except OSError as error:
        raise refuse(path, f"the file cannot be read: {error.strerror}", "check the path") from error
    if len(data) > MAX_BYTES:
        raise refuse(path, f"the file is larger than {MAX_BYTES // 1_000_000} MB", "check that it is the right file")
    if data.startswith(_OLE):
        hint = "open it in Word, take the password off and save it as .docx"
        raise refuse(path, "the file is locked with a password, or is an old .doc file", hint)
    if data.startswith(b"PK"):
        facts = _of_word(path, data)
    elif data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        facts = _of_json(path, data)
    else:
        raise refuse(path, "the file is neither a Word file nor JSON", "name a .docx or a .json that was built")
    if not facts:
        raise refuse(path, "the file does not say that agreementkit made it", _AGAIN)
    return facts


def refuse(path: Path, message: str, *hints: str) -> ProvenanceError:
    """Return the error for a file whose provenance cannot be told."""
    return ProvenanceError(Diagnostic("AK278", message, place=Place(str(path)), hints=hints))


def _of_word(path: Path, data: bytes) -> dict[str, str]:
    from agreementkit.writers.word.package.intake import UnsoundXmlError, parse, read_relationships, resolve

    if data.count(_ENTRY) > MAX_PARTS:  # before Python makes an object of each of them
        raise refuse(path, f"the file has more than {MAX_PARTS:,} parts", "check where the file comes from")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if _LINKS not in names:
                raise refuse(path, "the file is a zip file and no Word file", "name a .docx or a .json that was built")
            links = read_relationships(_part(archive, _LINKS, path))
            part = next((resolve("", one.target) for one in links if one.type.endswith(_KIND)), "")
            if part not in names:
                return {}
            root = parse(_part(archive, part, path))
    except UnsoundXmlError as error:
        raise refuse(path, f"the properties of the file are not sound XML: {error}", _AGAIN) from error
    except _BROKEN as error:
        raise refuse(path, f"the file is damaged: {error}", _AGAIN) from error
    found = ((row.get("name") or "", "".join(str(text) for text in row.itertext())) for row in root)
    return {name: value for name, value in found if name.startswith(PREFIX)}


def _part(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    with archive.open(name) as handle:
        content = handle.read(MAX_PART + 1)
    if len(content) > MAX_PART:
        raise refuse(path, f"the part {name} is larger than {MAX_PART // 1_000_000} MB", _AGAIN)
    return content


def _of_json(path: Path, data: bytes) -> dict[str, str]:
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise refuse(path, f"the file is not sound JSON: {error}", _AGAIN) from error
    form = document.get("format")
    if form != JSON_FORMAT:
        hint = "name a .json that was built; a newer one needs a newer agreementkit"
        raise refuse(path, f"the file is not an agreement in the format {JSON_FORMAT}", hint)
    meta = document.get("meta")
    if not isinstance(meta, dict) or not meta.get("made_by"):
        return {}
    facts: Mapping[str, Any] = {
        "precedent": document.get("precedent"),
        "provenance": FORMAT,
        "version": meta["made_by"],
        "configuration": meta.get("digest"),
        "house": meta.get("house"),
    }
    found = {f"{PREFIX}{name}": fact for name, fact in facts.items() if isinstance(fact, str) and fact}
    packs = meta.get("packs")
    for number, pack in enumerate(packs if isinstance(packs, list) else (), 1):
        known = pack if isinstance(pack, dict) else {}
        found[f"{PACK}{number}"] = " ".join(str(known.get(key)) for key in ("id", "version", "digest"))
    return found
