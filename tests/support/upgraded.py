"""A pack and a core that moves on below it, for the tests of upgrades."""

from __future__ import annotations

from pathlib import Path

import agreementkit as ak
from agreementkit.authoring import publish_pack, revise
from agreementkit.upgrading import State, Upgrade


def clause(folder: Path, id_: str) -> Path:
    return next(
        path
        for path in folder.glob(f"*/**/{id_}.md")
        if "history" not in path.parts and "definitions" not in path.parts
    )


def corrected(core: Path, id_: str, old: str, new: str) -> None:
    """Let the core publish another version of a clause."""
    revise(core, [id_])
    path = clause(core, id_)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    publish_pack(core)


def written(pack: Path, core: Path, **files: str) -> None:
    """Write a pack whose changes name what they were written against, as `pack new` does."""
    pack.mkdir()
    (pack / "pack.yaml").write_text('id: own\ntitle: Own\nversion: "1.0"\n', encoding="utf-8")
    below = ak.Bank.load(core=core)
    for name, body in files.items():
        id_ = name.replace("_", "-")
        source = below[id_]
        head = f'amends: {id_}\nversion: "1.0"\nbase: "{source.front.version}"\nbase_hash: {source.digest[:12]}\n'
        (pack / f"{id_}.md").write_text(f"---\n{head}because: Ours is better.\n---\n{body}", encoding="utf-8")


def states(found: Upgrade) -> dict[str, State]:
    return {move.what.split()[-1]: move.state for move in found.moves}
