"""The command that searches the bank, and those that print JSON Schemas."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from small import SMALL

from agreementkit.bank.schemas import NAMES, json_schema
from agreementkit.cli.app import run

Done = tuple[int, str, str]
Cli = Callable[..., Done]


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run the command line in a folder of its own, with the small bank as the core."""
    shutil.copytree(SMALL, tmp_path / "clauses" / "core")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("agreementkit.bank.bank.data_path", lambda _: tmp_path / "clauses")

    def call(*arguments: str) -> Done:
        capsys.readouterr()
        code = run(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_a_line_for_each_hit_where_there_is_no_terminal(cli: Cli) -> None:
    code, out, err = cli("search", "predictable")
    assert code == 0
    assert out == (
        "core/body/time-off.md:23: time-off (small 1.0) note pool (employer), variant pool: "
        "A pool makes the cost **predictable**.\n"
    )
    assert err == "1 place in 1 clause for predictable.\n"


def test_words_may_be_one_argument_or_several(cli: Cli) -> None:
    assert cli("search", "time off") == cli("search", "time", "off")
    assert cli("search", '"cost predictable"')[1] == cli("search", "predictable")[1].replace(
        "cost **predictable**", "**cost predictable**"
    )


def test_filters_are_options_or_stand_in_the_query(cli: Cli) -> None:
    apart = cli("search", "pay", "--law", "paid-time-act", "--kind", "clause", "--voice", "law", "--json")
    assert apart == cli("search", "pay law:paid-time-act kind:clause voice:law", "--json")
    assert {hit["id"] for hit in json.loads(apart[1])} == {"time-off"}
    assert "time-off" in cli("search", "--topic", "time-off")[1]
    assert "#pool" in cli("search", "--option", "time_off.pool_hours")[1]


def test_a_table_on_a_terminal(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    code, out, _ = cli("search", "predictable")
    assert code == 0
    for words in ("Clause", "Where", "Words", "Time off", "clause, small 1.0", "note pool (employer)", "the word"):
        assert words in out


def test_no_more_than_the_limit_are_printed(cli: Cli) -> None:
    code, out, err = cli("search", "--voice", "law", "--limit", "2")
    assert code == 0
    assert len(out.splitlines()) == 2
    assert "2 are shown; --limit 0 shows all" in err
    everything = cli("search", "--voice", "law", "--limit", "0")[1].splitlines()
    assert everything[:2] == out.splitlines()
    assert len(everything) > 2
    assert len(json.loads(cli("search", "--voice", "law", "--limit", "1", "--json")[1])) == 1


def test_nothing_found_is_no_failure(cli: Cli) -> None:
    code, out, err = cli("search", "zebra")
    assert (code, out) == (0, "")
    assert err == "Nothing was found for zebra. Try fewer or other words, or leave a filter out.\n"
    assert cli("search", "zebra", "--json")[:2] == (0, "[]\n")


def test_a_query_that_cannot_be_is_a_finding(cli: Cli) -> None:
    code, out, err = cli("search", "pay", "--law", "paid-time-at", "--kind", "claus")
    assert (code, out) == (1, "")
    assert "error[AK282]" in err
    assert "did you mean 'paid-time-act'?" in err
    assert "error[AK284]" in err
    assert cli("search")[0] == 1
    assert cli("search", "pay", "--limit", "some")[0] == 2


def test_packs_are_laid_over_the_core(cli: Cli) -> None:
    pack = Path("own")
    pack.mkdir()
    (pack / "pack.yaml").write_text('id: own\ntitle: Own\nversion: "2.0"\n', encoding="utf-8")
    text = '---\nid: zoo\nversion: "1.0"\ntitle: Zoo\n---\nThe zebra stays.\n'
    (pack / "zoo.md").write_text(text, encoding="utf-8")
    assert "own/zoo.md:6: zoo (own 1.0) text: The **zebra** stays." in cli("search", "zebra", "--pack", "own")[1]
    assert cli("search", "pack:own", "--pack", "own")[1].startswith("own/zoo.md:4: zoo (own 1.0) title: Zoo")


@pytest.mark.parametrize("name", NAMES)
def test_schemas_of_the_files_of_a_pack(cli: Cli, name: str) -> None:
    code, out, err = cli("schema", name)
    assert (code, err) == (0, "")
    assert json.loads(out) == json_schema(name)
    Draft202012Validator.check_schema(json.loads(out))


@pytest.mark.parametrize("command", [["search"], ["schema"], *(["schema", name] for name in NAMES)])
def test_help_reads_well(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Usage: agreementkit")
    assert "\b" not in shown
