"""`pack preview`: one clause alone, with example values, in each variant, and again when a file changes."""

from __future__ import annotations

import builtins
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

import agreementkit as ak
from agreementkit.authoring import preview
from agreementkit.authoring.watching import again, file_changes, reloaded
from agreementkit.cli.app import run
from agreementkit.testing.packs import clause_text

PACK = 'id: own\ntitle: A pack of our own\nversion: "0.1"\n'
CLAUSE = """---
id: ballots
version: "0.1"
title: Local ballots
variants:
  pool: time_off.basis == 'pool'
  other: time_off.basis != 'pool'
---
1.  A ballot is told {{ options.own.days | days }} before it begins, and from {{ dates.commencement | date }}. {#told}
2.  A ballot of a host. {#hosted when="hosting"}

## pool

3.  It is charged to the pool of {{ time_off.pool_hours | hours }}, as @time-off says. {#charged}

## other

3.  It is paid.

## every variant

[^why]: {voice=joint on=#told} So that nobody is away.
[^more]: {voice=employer detail=more on=#told} And rooms are booked.
"""


BROKEN = CLAUSE.replace("A ballot of a host", "As @nowhere says").replace(' {#hosted when="hosting"}', "")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK)
    (folder / "options.yaml").write_text("options: [{name: days, type: integer, default: 9}]\n")
    (folder / "ballots.md").write_text(CLAUSE)
    return folder


def test_each_variant_in_turn_with_the_values_that_choose_it(pack: Path) -> None:
    shown = preview("ballots", ak.Bank.load([pack]))
    assert [one.variant for one in shown.excerpts] == ["pool", "other"]
    pool, other = (one.document for one in shown.excerpts)
    assert "time_off.basis: pool" in " ".join(shown.excerpts[0].remarks)
    assert "No precedent holds it yet" in shown.excerpts[0].remarks[0]
    assert [type(top).__name__ for top in pool.body] == ["Clause"]
    assert "charged" not in str(other.body)
    # the configuration that is said chooses the same variant when somebody uses it
    config = ak.Config.from_yaml(shown.excerpts[0].configuration)
    assert config.time_off.basis == "pool"


def test_values_numbers_references_and_notes_are_those_of_a_whole_agreement(pack: Path) -> None:
    text = preview("ballots", ak.Bank.load([pack]), variant="pool").text
    assert re.search(r"^\d+\.\d+ +A ballot is told 9 days before", text, re.MULTILINE)
    assert "[●]" not in text, "blanks get example values"
    assert re.search(r"as\s+clause\s+\d+\s+of\s+the\s+Recognition\s+Agreement", text)
    assert "Both sides: So that nobody is away." in text
    assert "Employer: And rooms are booked." in text, "all notes, those for more detail too"
    assert "#hosted (when hosting)" in text


def test_a_clause_that_stands_in_an_agreement_has_its_number_there() -> None:
    bank = ak.Bank.load()
    shown = preview("time-off", bank, variant="reasonable")
    config = ak.Config.from_yaml(shown.excerpts[0].configuration)
    number = ak.assemble(config, bank)["recognition"]["time-off"].number
    assert f"{number}.1" in shown.text
    notes = shown.excerpts[0].document.notes
    assert {"law", "employer", "staff-side"} <= {note.voice.value for note in notes}


def test_definitions_schedules_parties_and_amended_clauses(tmp_path: Path) -> None:
    packs = [Path("examples/packs/anyshire-icb")]
    bank = ak.Bank.load(packs)
    assert "Partnership Leads means" in preview("joint-secretaries", bank).text
    assert re.search(r"^Schedule \d+", preview("change-notice", bank).text, re.MULTILINE)
    assert "[●]" not in preview("party-unions", bank).text
    assert any(source.amendments for source in [bank["learning"]])
    assert preview("learning", bank).excerpts


def test_clauses_of_the_core_can_be_previewed_in_every_variant() -> None:
    bank = ak.Bank.load()
    assert preview("principles", bank).excerpts[-1].variant == "own", "which needs a further setting of its section"
    for id_ in sorted(bank.clauses)[::8]:
        shown = preview(id_, bank)
        assert not shown.missing, (id_, shown.missing)
        assert len(shown.excerpts) == max(1, len(bank[id_].front.variants))


def test_with_a_configuration(pack: Path, tmp_path: Path) -> None:
    file = tmp_path / "agreement.yaml"
    file.write_text("employers: [{name: Body of Anytown}]\nunions: [rcn]\npacks: [own]\noptions: {own: {days: 4}}\n")
    config = ak.Config.load(file)
    bank = ak.Bank.load([pack])
    (chosen,) = preview("ballots", bank, config=config).excerpts
    assert chosen.variant == "other"
    assert "4 days" in str(preview("ballots", bank, config=config))
    (asked,) = preview("ballots", bank, config=config, variant="pool").excerpts
    assert asked.variant == "pool"
    assert "[●]" in preview("ballots", bank, config=config, variant="pool").text, "its own values only"
    only = config.model_copy(update={"agreements": ("partnership",)})
    with pytest.raises(ak.AssemblyError) as error:
        preview("time-off", bank, config=only)
    assert error.value.diagnostics[0].code == "AK287"
    assert "recognition" in error.value.diagnostics[0].hints[0]


def test_a_configuration_that_leaves_the_clause_out(pack: Path) -> None:
    (pack / "x.md").write_text(clause_text("x", "1.  Words.", front="when: hosting\n"))
    config = ak.Config.from_yaml("employers: [{name: Body of Anytown}]\nunions: [rcn]\n")
    with pytest.raises(ak.AssemblyError) as error:
        preview("x", ak.Bank.load([pack]), config=config)
    (found,) = error.value.diagnostics
    assert found.code == "AK287"
    assert "hosting is not given" in found.message
    assert preview("x", ak.Bank.load([pack])).text.count("Words.") == 1


def test_faults(pack: Path) -> None:
    bank = ak.Bank.load([pack])
    with pytest.raises(ak.AssemblyError) as error:
        preview("ballots", bank, variant="poll")
    assert error.value.diagnostics[0].code == "AK286"
    with pytest.raises(ak.BankError):
        preview("balots", bank)
    (pack / "never.md").write_text(clause_text("never", "1.  Words.", front="when: 1 == 2\n"))
    with pytest.raises(ak.AssemblyError) as error:
        preview("never", ak.Bank.load([pack]))
    assert error.value.diagnostics[0].code == "AK285"
    (pack / "never.md").write_text(clause_text("never", "1.  A {mystery} under @nowhere.\n2.  {{ no.such }}"))
    with pytest.raises(ak.BankError) as broken:
        preview("never", ak.Bank.load([pack]))
    assert [one.place.line for one in broken.value.diagnostics if one.place] == [8]
    (pack / "never.md").write_text(clause_text("never", "1.  A {mystery} under @nowhere."))
    with pytest.raises(ak.AssemblyError) as error:
        preview("never", ak.Bank.load([pack]))
    assert [one.code for one in error.value.diagnostics] == ["AK401", "AK404"]


def test_a_variant_that_nothing_chooses_does_not_hide_the_others(pack: Path) -> None:
    (pack / "x.md").write_text(
        clause_text("x", "## a\n\n1.  A.\n\n## b\n\n1.  B.", front="variants: {a: 1 == 1, b: 1 == 2}\n")
    )
    shown = preview("x", ak.Bank.load([pack]))
    assert [one.variant for one in shown.excerpts] == ["a"]
    assert [one.code for one in shown.missing] == ["AK285"]


def test_markdown_and_html(pack: Path) -> None:
    shown = preview("ballots", ak.Bank.load([pack]))
    assert shown.markdown.count("# ballots, variant") == 2
    assert "> **Both sides:** So that nobody is away." in shown.markdown
    page = html.document_fromstring(shown.html)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), "ids are unique on a page with every variant"
    assert all(address.lstrip("#") in ids for address in page.xpath("//a/@href"))
    assert shown._repr_html_().count("<article") == 2


# ---------------------------------------------------------------------------------------------- watching


def test_a_fault_does_not_end_the_watch(pack: Path) -> None:
    file = pack / "ballots.md"

    def edits() -> Iterator[str]:
        file.write_text(BROKEN)
        yield "broken"
        file.write_text(CLAUSE.replace("It is paid", "It is free"))
        yield "mended"

    outcomes = list(again(lambda: preview("ballots", ak.Bank.load([pack])), edits()))
    first, broken, mended = outcomes
    assert not isinstance(first, Exception)
    assert isinstance(broken, ak.AssemblyError)
    assert broken.diagnostics[0].place is not None
    assert broken.diagnostics[0].place.line == 10
    assert not isinstance(mended, Exception)
    assert "It is free" in mended.text


def test_only_what_changed_is_read_anew(pack: Path) -> None:
    before = ak.Bank.load([pack])
    (pack / "ballots.md").write_text(CLAUSE.replace("paid", "free"))
    after = reloaded(ak.Bank.load([pack]), before)
    assert after["time-off"] is before["time-off"]
    assert after["ballots"] is not before["ballots"]
    (pack / "options.yaml").write_text("options: [{name: days, type: integer, default: 7}]\n")
    assert "7 days" in preview("ballots", reloaded(ak.Bank.load([pack]), after), variant="other").text


def test_the_library_for_watching_is_optional(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name == "watchfiles":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ak.OutputError) as error:
        file_changes([pack])
    assert error.value.diagnostics[0].code == "AK288"
    assert "agreementkit[watch]" in error.value.diagnostics[0].hints[0]


def test_nothing_to_watch() -> None:
    with pytest.raises(ak.OutputError) as error:
        file_changes([])
    assert error.value.diagnostics[0].code == "AK288"


def test_a_change_of_a_watched_file_is_seen_and_others_are_not(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}
    monkeypatch.setattr("watchfiles.watch", lambda *paths, **options: seen.update(paths=paths, **options) or iter(()))
    config = pack.parent / "agreement.yaml"
    config.write_text("unions: []\n")
    file_changes([pack, config])
    meant = seen["watch_filter"]
    assert meant(None, str(pack / "ballots.md"))
    assert meant(None, str(config))
    assert not meant(None, str(pack / ".ballots.md.swp"))
    assert not meant(None, str(pack.parent / "other.yaml"))


# ------------------------------------------------------------------------------------------ command line


def test_command(pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "preview", "ballots", "--pack", str(pack), "--variant", "pool"]) == 0
    assert "It is charged to the pool" in capsys.readouterr().out
    out = tmp_path / "preview.html"
    assert run(["pack", "preview", "ballots", "--pack", str(pack), "--format", "html", "-o", str(out)]) == 0
    assert out.read_text().startswith("<!DOCTYPE html>")
    kept = out.read_text()
    (pack / "ballots.md").write_text(BROKEN)
    assert run(["pack", "preview", "ballots", "--pack", str(pack), "--format", "html", "-o", str(out)]) == 1
    assert "AK404" in capsys.readouterr().err
    assert out.read_text() == kept


def test_command_watches(
    pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "preview.md"

    def edits(paths: list[Path]) -> Iterator[str]:
        assert [os.fspath(path) for path in paths] == [str(pack)]
        (pack / "ballots.md").write_text("---\nid: ballots\n")
        yield "broken"
        (pack / "ballots.md").write_text(CLAUSE.replace("It is paid", "It is free"))
        yield "mended"

    monkeypatch.setattr("agreementkit.authoring.watching.file_changes", edits)
    arguments = ["pack", "preview", "ballots", "--pack", str(pack), "--format", "md", "-o", str(out), "--watch"]
    assert run(arguments) == 0
    said = capsys.readouterr()
    assert "AK201" in said.err
    assert said.out.count("preview.md") == 2
    assert "It is free" in out.read_text()
