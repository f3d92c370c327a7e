"""The commands `compare`, `key-terms` and `calendar`: what they take, what they print, their exit codes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from built import ROOT
from lxml import etree
from small import DEFAULT_CONFIG, SMALL

from agreementkit.cli.app import run
from agreementkit.testing.revisions import main_part
from agreementkit.writers.word.markup import w

Done = tuple[int, str, str]
Cli = Callable[..., Done]
PACK = 'id: anytown\ntitle: Anytown\nversion: "{version}"\n'
CLAUSE = '---\nid: parking\nversion: "1.0"\ntitle: Parking\n---\n1.  {words} {{#where}}\n'
OUTLINE = 'amends: recognition\nbase: "1.0"\nbecause: It is ours.\ninsert: [{after: time-off, ids: [parking]}]\n'


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run the command line over the small bank, in a folder with two configurations that differ in one setting."""
    clauses = tmp_path / "clauses"
    shutil.copytree(SMALL, clauses / "core")
    work = tmp_path / "work"
    work.mkdir()
    old = DEFAULT_CONFIG.read_text(encoding="utf-8")
    (work / "old.yaml").write_text(old, encoding="utf-8")
    (work / "new.yaml").write_text(old.replace("notice_months: 6", "notice_months: 3"), encoding="utf-8")
    (work / "agreed.yaml").write_text(old.replace("termination: {notice_months: 6}\n", ""), encoding="utf-8")
    for version, words in (("1.0", "A representative may park."), ("2.0", "A representative may not park.")):
        pack = work / f"pack-{version}"
        (pack / "precedents").mkdir(parents=True)
        (pack / "pack.yaml").write_text(PACK.format(version=version), encoding="utf-8")
        (pack / "parking.md").write_text(CLAUSE.format(words=words), encoding="utf-8")
        (pack / "precedents" / "recognition.yaml").write_text(OUTLINE, encoding="utf-8")
    monkeypatch.chdir(work)
    monkeypatch.setattr("agreementkit.bank.bank.data_path", lambda _: clauses)

    def call(*arguments: str) -> Done:
        capsys.readouterr()
        code = run(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_two_configurations(cli: Cli) -> None:
    code, out, err = cli("compare", "old.yaml", "new.yaml")
    assert code == 0, err
    assert "[-6-] {+3+}" in out
    assert "termination.notice_months" in out
    assert cli("compare", "old.yaml", "new.yaml", "--fail-on-difference")[0] == 1
    assert cli("compare", "old.yaml", "old.yaml", "--fail-on-difference")[0] == 0
    assert "Nothing differs." in cli("compare", "old.yaml", "old.yaml")[1]


def test_only_one_agreement(cli: Cli) -> None:
    _, out, _ = cli("compare", "old.yaml", "new.yaml", "--agreement", "recognition", "--format", "json")
    assert [one["precedent"] for one in json.loads(out)["agreements"]] == ["recognition"]
    code, _, err = cli("compare", "old.yaml", "new.yaml", "--agreement", "parking")
    assert (code, "AK772" in err) == (1, True)


def test_agreements_that_were_written_as_json(cli: Cli) -> None:
    for name in ("old", "new"):
        assert cli("build", f"{name}.yaml", "-o", name, "--format", "json", "-q")[0] == 0
    code, out, err = cli("compare", "old", "new")
    assert code == 0, err
    assert "[-6-] {+3+}" in out
    _, out, _ = cli("compare", "old/recognition-agreement.json", "new.yaml", "--format", "json")
    assert [one["precedent"] for one in json.loads(out)["agreements"]] == ["recognition"]
    Path("old/recognition-agreement.json").write_text("{")
    code, _, err = cli("compare", "old", "new")
    assert (code, "AK770" in err) == (1, True)


def test_two_packs_with_and_without_a_configuration(cli: Cli) -> None:
    code, out, err = cli("compare", "pack-1.0", "pack-2.0")
    assert code == 0, err
    assert "#where A representative may {+not+} park." in out
    code, out, err = cli("compare", "core", "pack-1.0", "-c", "old.yaml")
    assert code == 0, err
    assert "Parking (added)" in out
    code, out, err = cli("compare", "old.yaml", "new.yaml", "--pack", "pack-1.0")
    assert code == 0, err
    assert "[-6-] {+3+}" in out


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_every_format_goes_into_a_file(form: str, cli: Cli) -> None:
    code, out, err = cli("compare", "old.yaml", "new.yaml", "--format", form, "-o", f"changes.{form}")
    assert code == 0, err
    assert f"changes.{form}" in out
    written = Path(f"changes.{form}").read_text(encoding="utf-8")
    signs = {"text": "{+3+}", "md": "<ins>3</ins>", "html": "<ins>", "json": '"kind": "added"'}
    assert signs[form] in written
    code, _, err = cli("compare", "old.yaml", "missing.yaml", "--format", form, "-o", "other")
    assert (code, Path("other").exists()) == (1, False)


def test_positions(cli: Cli) -> None:
    code, out, err = cli("compare", "--positions", "old.yaml", "new.yaml")
    assert code == 0, err
    assert "How much notice ends the agreements?" in out
    assert "[-6-] {+3+}" in out
    code, out, err = cli("compare", "--positions", "old.yaml", "new.yaml", "agreed.yaml", "--format", "json")
    assert code == 0, err
    assert json.loads(out)["differences"][0]["state"] == "open"
    assert cli("compare", "--positions", "old.yaml", "new.yaml", "old.yaml", "--fail-on-difference")[0] == 1
    assert cli("compare", "--positions", "old.yaml", "old.yaml", "--fail-on-difference")[0] == 0
    assert cli("compare", "--positions", "old.yaml", "new.yaml", "--pack", "pack-1.0")[0] == 0


def test_a_wrong_command_line_says_so(cli: Cli) -> None:
    assert cli("compare", "old.yaml")[0] == 2
    assert cli("compare", "a", "b", "c")[0] == 2
    assert cli("compare", "--positions", "old.yaml")[0] == 2
    assert cli("compare", "--positions", "old.yaml", "new.yaml", "--notes")[0] == 2
    code, _, err = cli("compare", "old.yaml", "pack-1.0")
    assert (code, "AK772" in err) == (1, True)
    code, _, err = cli("compare", "old.txt", "new.yaml")
    assert code == 1
    assert "old.txt is nothing that can be compared" in err


def test_key_terms_and_calendar_of_an_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    config = str(ROOT / "examples" / "small-company.yaml")
    assert run(["key-terms", config]) == 0
    assert "Notice: 6 months (clause 7.4)" in capsys.readouterr().out
    for form in ("md", "html", "json"):
        assert run(["key-terms", config, "--format", form, "-o", f"terms.{form}"]) == 0
        assert "Notice: 6 months" in Path(f"terms.{form}").read_text(encoding="utf-8")
    capsys.readouterr()
    assert run(["calendar", config]) == 0
    assert "2026-07-01  The agreement takes effect  (clause 7.1)" in capsys.readouterr().out
    for form, sign in (("ics", "DTSTART;VALUE=DATE:20260701"), ("csv", "2026-07-01,start"), ("md", "| 1 July 2026 |")):
        assert run(["calendar", config, "-o", f"duties.{form}"]) == 0
        assert sign in Path(f"duties.{form}").read_text(encoding="utf-8")
    capsys.readouterr()
    assert run(["calendar", config, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["duties"]
    assert run(["build", config, "--key-terms", "--format", "md", "-q"]) == 0
    assert "## Key terms" in Path("out/framework-agreement.md").read_text(encoding="utf-8")


def test_a_redline_is_written_in_the_name_and_style_asked_for(cli: Cli) -> None:
    code, out, err = cli("compare", "old.yaml", "new.yaml", "--agreement", "recognition", "-o", "out/redline.docx")
    assert code == 0, err
    assert out.splitlines() == [f"Wrote {Path('out/redline.docx')}"]
    (change, _) = _changes(Path("out/redline.docx"))
    assert change.get(w("author")) == "new"
    code, out, err = cli(
        "compare", "old.yaml", "new.yaml", "--format", "docx", "-o", "set.docx", "--author", "Us",
        "--date", "2027-01-02", "--template", "nhs", "--notes",
    )  # fmt: skip
    assert code == 0, err
    written = [Path(line.removeprefix("Wrote ")) for line in out.splitlines()]
    assert [path.name for path in written] == ["set-partnership-agreement.docx", "set-recognition-agreement.docx"]
    changes = [change for path in written for change in _changes(path)]
    assert {(one.get(w("author")), (one.get(w("date")) or "")[:10]) for one in changes} == {("Us", "2027-01-02")}


def _changes(path: Path) -> list[etree._Element]:
    root = main_part(path.read_bytes())
    return [one for one in root.iter(w("del"), w("ins")) if "".join(one.itertext()).strip() in ("6", "3")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("old.yaml", "new.yaml", "--format", "docx"), "give it a name that ends with .docx"),
        (("old.yaml", "new.yaml", "--format", "html", "-o", "x.docx"), "give it a name that ends with .docx"),
        (("old.yaml", "new.yaml", "--author", "Us"), "are for a redline"),
        (("pack-1.0", "pack-2.0", "-o", "x.docx"), "AK830"),
        (("old.yaml", "new.yaml", "-o", "x.docx", "--date", "soon"), "AK831"),
    ],
)
def test_a_redline_that_cannot_be_is_refused(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = cli("compare", *arguments)
    assert code
    assert said in " ".join((out + err).split())
    assert not Path("x.docx").exists()


def test_a_calendar_without_a_date_is_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "duties.ics"
    assert run(["calendar", str(ROOT / "examples" / "minimal.yaml"), "-o", str(file)]) == 1
    assert "AK774" in capsys.readouterr().err
    assert not file.exists()
