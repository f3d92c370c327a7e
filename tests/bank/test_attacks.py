"""Hostile packs: each attack of the table gets its code, writes nothing, and needs little memory."""

from __future__ import annotations

import re
import tracemalloc
from pathlib import Path

import pytest
from attacks import ATTACKS, Attack
from small import LEAST, SMALL

import agreementkit as ak

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "untrusted-packs.md"
MOST = 150_000_000
"""Bytes that an attack by size may make us hold at once; far more than any takes, far less than it asks for."""


def tree(folder: Path) -> dict[str, int]:
    return {str(path): path.lstat().st_mtime_ns for path in folder.rglob("*")}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.group}: {attack.name}")
def test_an_attack_is_refused(attack: Attack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = attack.make(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = tree(tmp_path)
    thirty = [{"id": f"union-{n}", "name": f"Union {n}"} for n in range(30)]
    config = ak.Config.model_validate({**LEAST, "unions": thirty, "agreements": ["only"]})
    if attack.sized:
        tracemalloc.start()
    try:
        with pytest.raises(ak.AgreementKitError) as caught:
            ak.assemble(config, ak.Bank.load(core=made) if isinstance(made, Path) else ak.Bank.load(made, core=SMALL))
        assert not attack.sized or tracemalloc.get_traced_memory()[1] < MOST
    finally:
        tracemalloc.stop()
    first, *others = caught.value.diagnostics
    assert (first.code, attack.says in first.message) == (attack.code, True), first.render()
    assert len(others) < 20_000
    for one in caught.value.diagnostics:
        assert one.hints, one.render()
        assert one.place or one.code == "AK245", "only the name of a pack that is not there has no place"
        assert one.render().replace("\n", "").isprintable(), "it would reach the terminal"
    assert len(str(caught.value)) < 5_000_000
    assert tree(tmp_path) == before, "something was written"


def test_the_page_lists_every_attack_and_what_it_gets() -> None:
    groups = list(dict.fromkeys(attack.group for attack in ATTACKS))
    expected = "\n\n".join(
        f"### {group}\n\n| Attack | Code | The message says |\n| --- | --- | --- |\n"
        + "\n".join(f"| {one.name} | {one.code} | … {one.says} … |" for one in ATTACKS if one.group == group)
        for group in groups
    )
    page = PAGE.read_text(encoding="utf-8")
    listed = re.search(r"<!-- attacks -->\n\n(.*)\n\n<!-- end -->", page, re.DOTALL)
    assert listed
    assert listed[1] == expected, f"put this between the marks:\n\n{expected}"


def test_every_attack_has_a_name_of_its_own() -> None:
    names = [(attack.group, attack.name) for attack in ATTACKS]
    assert len(set(names)) == len(names) > 90
