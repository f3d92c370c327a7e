"""A pack with an option of each type, laid over a bank of one clause, for tests of options."""

from __future__ import annotations

from pathlib import Path

from small import write_bank

import agreementkit as ak
from agreementkit.testing.packs import clause_text

OPTIONS = """options:
  - name: ballot_days
    type: integer
    default: 10
    minimum: 5
    maximum: 30
    unit: days
    question: How many days' notice of a local ballot?
    help: Branches need the time to book a room.
  - {name: room, type: text, question: "In which room are ballots held?"}
  - {name: basis, type: choice, choices: [pool, release], default: pool}
  - {name: from_day, type: date}
  - {name: where, type: list, choices: [north, south], default: [north]}
  - {name: paid, type: yes-no, default: true}
"""
BODY = """1.  Notice is {{ options.anytown_icb.ballot_days | days }}.
2.  The room is {{ options.anytown_icb.room }}."""


def optioned_bank(folder: Path, clauses: dict[str, str] | None = None) -> ak.Bank:
    """Return a bank of one clause with a pack over it that has options, and clauses of its own in a precedent `own`.

    Args:
        folder: Where to write both.
        clauses: Text of each clause of the pack; by default one, `ballots`, that prints two options.
    """
    clauses = clauses or {"ballots": clause_text("ballots", BODY)}
    core = write_bank(folder / "core", {"x": clause_text("x", "1.  Words.\n2.  More.")})
    pack = folder / "anytown-icb"
    (pack / "precedents").mkdir(parents=True)
    (pack / "pack.yaml").write_text('id: anytown-icb\ntitle: A pack\nversion: "1.0"\n', encoding="utf-8")
    (pack / "options.yaml").write_text(OPTIONS, encoding="utf-8")
    (pack / "precedents" / "own.yaml").write_text(
        'id: own\nversion: "1.0"\ntitle: Own Agreement\nshort: Own Agreement\nstem: own\n'
        f"body: [{', '.join(clauses)}]\n",
        encoding="utf-8",
    )
    for id_, text in clauses.items():
        (pack / f"{id_}.md").write_text(text, encoding="utf-8")
    return ak.Bank.load([pack], core=core)
