"""Writes the beginning of a pack: `pack.yaml`, a page for people, and a file for each clause that is to be changed."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from agreementkit.assemble.compile import compile_clause
from agreementkit.bank import Bank, ClauseSource
from agreementkit.bank.opening import ID_PATTERN
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import OutputError
from agreementkit.reader.visit import items_in
from agreementkit.saving import save_all

_WIDTH = 110

_README = """# {title}

Say here, clause by clause, what this pack changes and why.

    agreementkit pack show {folder}     what it does
    agreementkit pack check {folder}    whether it is sound for every configuration

A configuration uses it with `packs: [{folder}]`.
"""

_AMENDMENT = """---
amends: {id}
version: "1.0"
base: "{base}"
base_hash: {hash}
because: Say here why the wording below will not do.
{remarks}
---
## notes

[^{pack}-why]: {{voice=joint}} Say here, for those who read the agreement, why {title} differs in this pack.
"""


def new_pack(folder: str | Path, bank: Bank, *, id: str, title: str, clauses: Sequence[str] = ()) -> tuple[Path, ...]:  # noqa: A002
    """Write the beginning of a pack.

    It can be used at once: it changes nothing but adds a note to each clause named, to be written over.

    Args:
        folder: Where; made if it is not there, and must hold nothing.
        bank: The bank that the pack is to lie over.
        id: Id of the pack: lower-case letters, digits and hyphens.
        title: What it is, in words.
        clauses: Ids of the clauses that are to be changed; a file is begun for each, with its paragraphs listed.

    Returns:
        What was written, in order.

    Raises:
        BankError: A clause that the bank does not have; with the nearest.
        OutputError: The id cannot be one, or the folder holds something (AK257).
    """
    folder = Path(folder)
    faults: list[Diagnostic] = []
    if not re.match(ID_PATTERN, id):
        hint = "use lower-case letters, digits and hyphens, beginning with a letter"
        faults.append(Diagnostic("AK257", f"{id!r} cannot be the id of a pack", hints=(hint,)))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "name a folder that is not there yet"
        faults.append(Diagnostic("AK257", f"{folder} holds something", place=Place(str(folder)), hints=(hint,)))
    if faults:
        raise OutputError(*faults)
    texts = {
        "pack.yaml": f'id: {id}\ntitle: {json.dumps(title, ensure_ascii=False)}\nversion: "0.1"\n',
        "README.md": _README.format(title=title, folder=folder.name),
        **{f"clauses/{clause}.md": _begun(bank[clause], id) for clause in dict.fromkeys(clauses)},
    }
    return save_all(folder, [(name, text.encode()) for name, text in texts.items()])


def _begun(source: ClauseSource, pack: str) -> str:
    front = source.front
    return _AMENDMENT.format(
        id=front.id,
        base=front.version,
        hash=source.digest[:12],
        pack=pack,
        title=f"the clause “{re.sub(r'[{}]', '', front.title) or front.id}”",
        remarks="\n".join(_remarks(source)),
    )


def _remarks(source: ClauseSource) -> Iterator[str]:
    """Yield comments that say how a change is written, and which paragraphs and notes the clause has."""
    body = compile_clause(source).body
    ids = dict.fromkeys(item.id for section in body.sections for item in items_in(section.items) if item.id)
    keys = dict.fromkeys(note.key for note in body.notes)
    lines = [
        "How to change the clause: below the front matter, write a heading for each change,",
        "`## after #id`, `## before #id`, `## replace #id` or `## remove #id`, and below it the paragraphs,",
        "numbered, as `1.  Text. {#own-id}`. `## remove ^key` takes a note out.",
        f"Its paragraphs: {' '.join(f'#{id_}' for id_ in ids) or 'none has an id; replace the whole clause'}",
        f"Its notes: {' '.join(f'^{key}' for key in keys) or 'none'}",
        f"Read it with: agreementkit show {source.id}",
    ]
    for line in lines:
        wrapped = textwrap.wrap(line, _WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
        yield from (f"# {part}" for part in wrapped)
