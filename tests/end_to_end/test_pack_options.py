"""Options of a pack through a whole build: the same words in every format, blanks, the command line, random ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from optioned import OPTIONS, optioned_bank

import agreementkit as ak
from agreementkit.cli.app import run
from agreementkit.config.options import option_faults
from agreementkit.testing import random_configuration, same_text
from agreementkit.testing.packs import clause_text
from agreementkit.testing.same_text import markdown_lines
from agreementkit.writers.word.values.controls import read_values

CONFIG: dict[str, Any] = {"employers": [{"name": "Anytown"}], "unions": ["unison"], "agreements": ["own"]}


def files(bank: ak.Bank, folder: Path, **options: object) -> dict[str, Path]:
    config = ak.Config.model_validate({**CONFIG, "options": {"anytown-icb": options}})
    written = ak.assemble(config, bank).write(folder, ["docx", "md", "html", "json"], pages="off")
    return {one.path.suffix: one.path for one in written}


def test_every_format_prints_an_option_alike(tmp_path: Path) -> None:
    made = files(optioned_bank(tmp_path), tmp_path / "out", ballot_days=14, room="Main hall")
    assert "1.1 Notice is 14 days." in "\n".join(markdown_lines(made[".md"].read_text("utf-8")))
    assert same_text(made[".docx"].read_bytes(), made[".md"].read_text("utf-8")) == []
    assert read_values(made[".docx"].read_bytes()) == {
        "options.anytown_icb.ballot_days": ("14 days",),
        "options.anytown_icb.room": ("Main hall",),
    }
    page = made[".html"].read_text("utf-8")
    assert "options.anytown_icb.room" in page
    assert "14 days" in page
    assert '"options.anytown_icb.ballot_days"' in made[".json"].read_text("utf-8")
    assert '"14 days"' in made[".json"].read_text("utf-8")


def test_a_default_is_printed_and_what_has_none_is_a_blank(tmp_path: Path) -> None:
    bank = optioned_bank(tmp_path)
    agreements = ak.assemble(ak.Config.model_validate(CONFIG), bank)
    assert agreements["own"]["ballots"].text.splitlines()[1:] == ["1.1 Notice is 10 days.", "1.2 The room is [●]."]
    [blank] = [one for one in agreements.report if one.code == "AK501"]
    assert blank.message.endswith("has a blank: in which room are ballots held?")
    assert blank.hints == ("set `options.anytown-icb.room` in the configuration",)
    with pytest.raises(ak.OutputError):
        agreements.write(tmp_path / "final", ["md"], final=True)


@pytest.mark.parametrize("command", ["build", "check", "outline"])
def test_the_command_line_tells_a_wrong_option_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    optioned_bank(tmp_path)
    monkeypatch.chdir(tmp_path)
    text = yaml.safe_dump({**CONFIG, "packs": ["anytown-icb"]}) + "options:\n  anytown-icb:\n    ballot_days: 40\n"
    Path("agreement.yaml").write_text(text, encoding="utf-8")
    code = run([command, "agreement.yaml", *(["-o", "out"] if command == "build" else [])])
    shown = capsys.readouterr()
    assert code == 1
    assert f"agreement.yaml:{len(text.splitlines())}:18: error[AK242]" in " ".join((shown.out + shown.err).split())
    assert not Path("out").exists()


def test_the_command_line_prints_a_schema_with_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    optioned_bank(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run(["schema", "config", "--pack", "anytown-icb"]) == 0
    schema = json.loads(capsys.readouterr().out)
    declared = [one["properties"] for one in schema["$defs"].values() if "ballot_days" in one.get("properties", {})]
    assert [one["ballot_days"]["title"] for one in declared] == ["How many days' notice of a local ballot?"]


def test_random_configurations_set_options_and_keep_to_them(tmp_path: Path) -> None:
    bank = optioned_bank(tmp_path, {"a": clause_text("a", "1.  Words.\n2.  More.")})
    made = [random_configuration(seed, bank) for seed in range(40)]
    assert not [fault for config in made for fault in option_faults(config, bank.options)]
    given = {name for config in made for name in config.options["anytown-icb"]}
    assert given == {one["name"] for one in yaml.safe_load(OPTIONS)["options"]}
    assert random_configuration(3, bank) == made[3]
    assert not random_configuration(3).options
