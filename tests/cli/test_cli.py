"""The command line, over the small bank: what it prints, its exit codes, and that it never leaves a part of a file."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from built import ROOT
from small import DEFAULT_CONFIG, SMALL

import agreementkit as ak
from agreementkit.cli.app import run

STEMS = ("partnership-agreement", "recognition-agreement")
Done = tuple[int, str, str]
Cli = Callable[..., Done]


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run the command line in a folder of its own, with the small bank as the core."""
    clauses = tmp_path / "clauses"
    shutil.copytree(SMALL, clauses / "core")
    work = tmp_path / "work"
    work.mkdir()
    shutil.copy(DEFAULT_CONFIG, work / "agreement.yaml")
    monkeypatch.chdir(work)
    monkeypatch.setattr("agreementkit.bank.bank.data_path", lambda _: clauses)

    def call(*arguments: str) -> Done:
        capsys.readouterr()
        code = run(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return call


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*")) if folder.exists() else []


def test_build_writes_every_agreement_in_every_format(cli: Cli) -> None:
    code, out, err = cli("build", "agreement.yaml", "-o", "made", "--format", "md", "--format", "json")
    assert code == 0, err
    assert files(Path("made")) == sorted(f"{stem}.{ending}" for stem in STEMS for ending in ("json", "md"))
    for name in files(Path("made")):
        assert name in out.replace("\\", "/")
        assert (Path("made") / name).stat().st_mode & 0o777 == 0o644
    assert "values are still blank and print as [●]" in err
    markdown = Path("made/recognition-agreement.md").read_text(encoding="utf-8")
    assert "Anytown Integrated Care Board" in markdown
    assert "Royal College of Nursing" in markdown


def test_build_makes_word_and_markdown_unless_told_otherwise(cli: Cli) -> None:
    code, _, err = cli("build", "agreement.yaml", "--pages", "off")
    assert code == 0, err
    assert files(Path("out")) == sorted(f"{stem}.{ending}" for stem in STEMS for ending in ("docx", "md"))
    assert Path("out/recognition-agreement.docx").read_bytes().startswith(b"PK")


def test_notes_by_voice_and_audience(cli: Cli) -> None:
    def notes(*options: str) -> set[tuple[str, str]]:
        code, _, err = cli("build", "agreement.yaml", "-o", "made", "--format", "json", "-q", *options)
        assert code == 0, err
        found = json.loads(Path("made/partnership-agreement.json").read_text(encoding="utf-8"))["notes"]
        return {(note["voice"], note["audience"]) for note in found}

    everything = notes()
    assert len({voice for voice, _ in everything}) > 1
    assert {audience for _, audience in everything} > {"everyone"}
    assert {voice for voice, _ in notes("--voice", "staff-side")} == {"staff-side"}
    assert {voice for voice, _ in notes("--voice", "staff-side", "--voice", "employer")} == {"staff-side", "employer"}
    assert notes("--audience", "staff-side") == {one for one in everything if one[1] in ("everyone", "staff-side")}
    assert cli("build", "agreement.yaml", "--voice", "nobody")[0] == 2


def test_a_companion_is_written_beside_each_agreement(cli: Cli) -> None:
    code, _, err = cli("build", "agreement.yaml", "-o", "made", "--format", "md", "--notes", "companion", "-q")
    assert code == 0, err
    assert files(Path("made")) == sorted(f"{stem}{end}.md" for stem in STEMS for end in ("", "-guide"))


def test_a_house_file_to_start_from(cli: Cli) -> None:
    code, out, err = cli("template", "new", "letterhead.docx", "--like", "nhs")
    assert (code, err) == (0, "")
    assert "letterhead.docx" in out
    assert cli("template", "check", "letterhead.docx")[0] == 0
    code, _, err = cli("template", "new", "letterhead.docx")
    assert code == 1
    assert "is there already" in err


def test_the_same_input_gives_the_same_bytes(cli: Cli) -> None:
    for folder in ("one", "two"):
        assert cli("build", "agreement.yaml", "-o", folder, "--format", "md", "--format", "json", "-q")[0] == 0
    for name in files(Path("one")):
        assert (Path("one") / name).read_bytes() == (Path("two") / name).read_bytes()


def test_quiet_says_nothing_when_all_is_well(cli: Cli) -> None:
    assert cli("build", "agreement.yaml", "-o", "made", "--format", "md", "-q") == (0, "", "")


@pytest.mark.parametrize("arguments", [("build",), ("check",), ("outline",), ("show", "x", "-c")])
def test_a_faulty_configuration_is_refused_with_every_fault(cli: Cli, arguments: tuple[str, ...]) -> None:
    Path("bad.yaml").write_text("employers: [{name: X}]\nunions: [unisn]\nforun: {}\n", encoding="utf-8")
    code, out, err = cli(*arguments, "bad.yaml")
    assert code == 1
    assert out == ""
    assert "bad.yaml:2:" in err
    assert "bad.yaml:3:1" in err
    assert "did you mean 'forum'?" in err
    assert "2 faults; nothing was written." in err
    assert not Path("out").exists()


def test_a_configuration_that_is_not_there(cli: Cli) -> None:
    code, _, err = cli("build", "nowhere.yaml")
    assert code == 1
    assert "error[AK100]" in err
    assert "hint:" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("build", "agreement.yaml", "--format", "odt"), "'odt' is not one of"),
        (("build", "agreement.yaml", "--notes", "margins"), "'margins' is not one of"),
        (("build",), "Missing argument 'CONFIG...'"),
        (("bild", "agreement.yaml"), "No such command 'bild'"),
        (("check", "agreement.yaml", "--strict"), "No such option"),
    ],
)
def test_a_wrong_command_line_gives_2(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    code, _, err = cli(*arguments)
    assert code == 2
    assert said in err
    assert not Path("out").exists()


def test_an_unknown_format_from_python_is_a_coded_fault(cli: Cli) -> None:
    agreements = ak.assemble(ak.Config.load("agreement.yaml"), ak.Bank.load())
    with pytest.raises(ak.OutputError) as caught:
        agreements.write("made", ["md", "mdd", "odt"])
    assert [d.code for d in caught.value.diagnostics] == ["AK721", "AK721"]
    assert caught.value.diagnostics[0].hints == ("did you mean 'md'?",)
    assert not Path("made").exists()


def test_a_folder_that_cannot_be_written(cli: Cli) -> None:
    Path("file").write_text("in the way", encoding="utf-8")
    code, out, err = cli("build", "agreement.yaml", "-o", "file/out", "--format", "md")
    assert code == 1
    assert out == ""
    assert "error[AK723]" in err
    assert "hint: choose a folder you may write to" in err
    assert files(Path()) == ["agreement.yaml", "file"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="no folder is closed to the superuser")
def test_a_folder_without_permission(cli: Cli) -> None:
    Path("closed").mkdir(mode=0o500)
    code, _, err = cli("build", "agreement.yaml", "-o", "closed", "--format", "md")
    assert (code, files(Path("closed"))) == (1, [])
    assert "error[AK723]" in err


def test_a_folder_with_the_name_of_a_file(cli: Cli) -> None:
    Path("made/recognition-agreement.md").mkdir(parents=True)
    code, _, err = cli("build", "agreement.yaml", "-o", "made", "--format", "md")
    assert code == 1
    assert "error[AK723]" in err
    assert files(Path("made")) == ["recognition-agreement.md"]


def full_disk(*_: Any, **__: Any) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


def failing_after(real: Callable[..., Any], count: int, suffix: str) -> Callable[..., Any]:
    """Return a stand-in for `Path.replace` that fails once `count` files got their names."""
    given: list[Path] = []

    def replace(self: Path, target: Path) -> Any:
        if str(target).endswith(suffix):
            given.append(target)
            if len(given) > count:
                full_disk()
        return real(self, target)

    return replace


@pytest.mark.parametrize("before", [False, True], ids=["into a new folder", "over older files"])
@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_failure_while_files_get_their_names_leaves_what_was_there(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, count: int, before: bool
) -> None:
    arguments = ("build", "agreement.yaml", "-o", "made", "--format", "md", "--format", "json", "-q")
    names = [f"{stem}.{ending}" for stem in STEMS for ending in ("json", "md")]
    if before:
        Path("made").mkdir()
        for name in names:
            (Path("made") / name).write_text(f"older {name}", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing_after(Path.replace, count, ("agreement.md", "agreement.json")))  # type: ignore[arg-type]
        code, _, err = cli(*arguments)
    assert code == 1
    assert "error[AK723]" in err
    assert "no space left on device" in err
    assert files(Path("made")) == (sorted(names) if before else [])
    assert Path("made").exists() == before
    for name in names if before else ():
        assert (Path("made") / name).read_text(encoding="utf-8") == f"older {name}"
    assert cli(*arguments)[0] == 0


def test_a_failure_while_writing_leaves_nothing(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fdopen
    opened: list[int] = []

    class Full:
        """A file on a disk that is full after a few bytes."""

        def __init__(self, handle: int) -> None:
            self.stream = real(handle, "wb")

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            self.stream.close()

        def write(self, content: bytes) -> None:
            self.stream.write(content[:10])
            full_disk()

    def fdopen(handle: int, *arguments: Any, **keywords: Any) -> Any:
        opened.append(handle)
        return Full(handle) if len(opened) == 2 else real(handle, *arguments, **keywords)

    monkeypatch.setattr("agreementkit.saving.os.fdopen", fdopen)
    code, _, err = cli("build", "agreement.yaml", "-o", "made", "--format", "md")
    assert len(opened) == 2
    assert code == 1
    assert "error[AK723]" in err
    assert files(Path("made")) == []


def test_a_fault_in_a_writer_is_our_bug_and_leaves_nothing(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from agreementkit import publish

    monkeypatch.setattr(publish, "_render", lambda *_: 1 / 0)
    code, _, err = cli("build", "agreement.yaml", "-o", "made", "--format", "md")
    assert code == 70
    assert "This is a fault of agreementkit (ZeroDivisionError), not of your files." in err
    assert files(Path("made")) == []


def test_a_final_copy_refuses_blanks(cli: Cli) -> None:
    code, _, err = cli("build", "agreement.yaml", "-o", "made", "--format", "md", "--final")
    assert code == 1
    assert "error[AK720]: a final copy may have no blank" in err
    assert "hint: set `signatories.employer[0].name` in the configuration" in err
    assert not Path("made").exists()


def test_a_final_copy_refuses_notes_and_is_written_when_complete(cli: Cli) -> None:
    text = Path("agreement.yaml").read_text(encoding="utf-8").replace("role:", "name: A Person, role:")
    Path("agreement.yaml").write_text(text, encoding="utf-8")
    arguments = ("build", "agreement.yaml", "-o", "made", "--format", "md", "--final")
    code, _, err = cli(*arguments, "--notes", "inline")
    assert code == 1
    assert "error[AK722]" in err
    assert not Path("made").exists()
    code, _, err = cli(*arguments)
    assert code == 0, err
    made = Path("made/recognition-agreement.md").read_text(encoding="utf-8")
    assert "[●]" not in made
    assert "[^" not in made
    assert "Most end here" not in made


def test_check_reports_and_writes_nothing(cli: Cli) -> None:
    code, out, err = cli("check", "agreement.yaml")
    assert code == 0
    assert "Recognition Agreement: " in out
    assert "info[AK501]" in err
    assert files(Path()) == ["agreement.yaml"]


def test_check_as_data(cli: Cli) -> None:
    code, out, _ = cli("check", "agreement.yaml", "--json")
    found = json.loads(out)
    assert code == 0
    assert "AK501" in {entry["code"] for entry in found}
    assert {entry["severity"] for entry in found} <= {"info", "warning"}


def test_check_fails_on_warnings_only_when_asked(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    warning = ak.Diagnostic("AK599", "odd", severity=ak.Severity.WARNING, hints=("look",))
    monkeypatch.setattr("agreementkit.agreement.check_set", lambda *_, **__: [warning])
    assert cli("check", "agreement.yaml")[0] == 0
    assert cli("check", "agreement.yaml", "--fail-on", "warning")[0] == 3


def test_a_faulty_bank_is_refused_with_its_place(cli: Cli, tmp_path: Path) -> None:
    clause = tmp_path / "clauses" / "core" / "body" / "scope.md"
    clause.write_text(
        clause.read_text(encoding="utf-8").replace("1.  The", "1.  {{ unoins }} The", 1), encoding="utf-8"
    )
    code, _, err = cli("build", "agreement.yaml")
    assert code == 1
    assert "core/body/scope.md:6:5: error[AK302]" in err
    assert "did you mean 'unions'?" in err
    assert not Path("out").exists()


def test_outline_shows_numbers_and_headings(cli: Cli) -> None:
    code, out, err = cli("outline", "agreement.yaml")
    assert (code, err) == (0, "")
    assert "Partnership Agreement" in out
    assert "Notice of ending" in out
    code, out, _ = cli("outline", "agreement.yaml", "--agreement", "recognition")
    assert code == 0
    assert "Opening" not in out
    assert "Disputes" in out
    code, _, err = cli("outline", "agreement.yaml", "--agreement", "recogntion")
    assert code == 1
    assert "error[AK309]" in err
    assert "did you mean 'recognition'?" in err


def test_show_a_clause_of_the_bank(cli: Cli) -> None:
    code, out, _ = cli("show", "time-off")
    assert code == 0
    for words in ("Time off", "variant   pool: when time_off.basis != 'reasonable'", "## pool", "[^paid]: {voice=law"):
        assert words in out
    assert cli("show", "dispute")[0] == 0, "a definition is shown too"
    code, _, err = cli("show", "tim-off")
    assert code == 1
    assert "error[AK205]" in err
    assert "did you mean 'time-off'?" in err


def test_show_a_clause_as_a_configuration_makes_it(cli: Cli) -> None:
    code, out, _ = cli("show", "time-off", "-c", "agreement.yaml")
    assert code == 0
    assert "reasonable time off with pay" in out
    assert "Pay is the statutory position." in out
    assert "The pool is" not in out
    code, out, _ = cli("show", "3.2", "-c", "agreement.yaml", "--agreement", "partnership")
    assert code == 0
    assert "negotiates" in out
    code, _, err = cli("show", "values", "-c", "agreement.yaml")
    assert code == 1
    assert "error[AK404]" in err


def test_schema_is_a_json_schema(cli: Cli) -> None:
    code, out, _ = cli("schema", "config")
    schema = json.loads(out)
    assert code == 0
    assert {"employers", "unions"} <= set(schema["properties"])


def test_packs_are_named_relative_to_the_configuration(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = Path("packs/own")
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text('id: own\ntitle: Own\nversion: "1.0"\n', encoding="utf-8")
    text = (SMALL / "body" / "single.md").read_text(encoding="utf-8")
    (pack / "single.md").write_text(text.replace("Notice of ending", "Own ending"), encoding="utf-8")
    with Path("agreement.yaml").open("a", encoding="utf-8") as stream:
        stream.write("packs: [packs/own]\n")
    monkeypatch.chdir("packs")
    code, _, err = cli("check", "../agreement.yaml")
    assert code == 1
    assert "error[AK206]" in err
    assert 'hint: add `replaces: "1.0"`' in err
    replaced = text.replace("Notice of ending", "Own ending").replace("title:", 'replaces: "1.0"\ntitle:')
    Path("own/single.md").write_text(replaced, encoding="utf-8")
    assert cli("check", "../agreement.yaml")[0] == 0


def test_help_names_every_command(cli: Cli) -> None:
    code, out, _ = cli("--help")
    assert code == 0
    for command in ("build", "check", "outline", "show", "schema"):
        assert f"\n  {command} " in out


def test_as_a_program() -> None:
    def program(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "agreementkit", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    done = program("--version")
    assert (done.returncode, done.stdout.strip()) == (0, "agreementkit, version 0.1.0")
    assert program("build").returncode == 2
    assert program("build", "nowhere.yaml").returncode == 1


@pytest.mark.parametrize("command", [[], ["build"], ["check"], ["outline"], ["show"], ["schema"]])
def test_help_reads_well(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Usage: agreementkit")
    assert "\\b" not in shown
    assert "\b" not in shown


@pytest.mark.parametrize(("form", "sign"), [("sarif", '"version": "2.1.0"'), ("github", ",title=AK501::")])
def test_check_for_other_programs(cli: Cli, form: str, sign: str) -> None:
    code, out, _ = cli("check", "agreement.yaml", "--format", form)
    assert code == 0
    assert sign in out


def full_bank(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use the core bank, which has requirements; the small one has none."""
    monkeypatch.setattr("agreementkit.bank.bank.data_path", lambda name: ROOT / name)
    Path("agreement.yaml").write_text("employers: [{name: Anytown ICB, kind: icb}]\nunions: [unison]\n")


def test_the_matrix_of_compliance(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    full_bank(monkeypatch)
    code, out, _ = cli("check", "agreement.yaml", "--matrix")
    assert code == 0
    assert "TULRCA 1992 s.178" in out
    assert "clause 5.1 of the" in out
    assert re.search(r"^\d+ requirements concern this set; it deals with \d+ of them\.$", out, re.MULTILINE)


def test_the_matrix_in_files(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    full_bank(monkeypatch)
    rows = list(csv.DictReader(io.StringIO(cli("check", "agreement.yaml", "--matrix", "--format", "csv")[1])))
    data = json.loads(cli("check", "agreement.yaml", "--matrix", "--format", "json")[1])
    assert list(dict.fromkeys(row["id"] for row in rows)) == [row["id"] for row in data]
    assert cli("check", "agreement.yaml", "--matrix", "--format", "md")[1].startswith("# Matrix of compliance\n")


@pytest.mark.parametrize("options", [("--format", "csv"), ("--matrix", "--format", "sarif")])
def test_a_format_that_does_not_fit_is_a_wrong_command(cli: Cli, options: tuple[str, ...]) -> None:
    code, out, err = cli("check", "agreement.yaml", *options)
    assert (code, out) == (2, "")
    assert "--format" in err


def test_review_collect_prints_and_writes_the_log(cli: Cli) -> None:
    assert cli("build", "agreement.yaml", "-o", "made", "--format", "html", "-q")[0] == 0
    page = (Path("made") / "recognition-agreement.html").read_text("utf-8")
    data = json.loads(re.findall(r'<script type="application/json" id="agreement-data">(.*?)</script>', page)[0])
    said = {"id": "1", "clause": "scope", "paragraph": "scope", "text": "Who else?", "name": "A", "side": "employer"}
    Path("a.json").write_text(json.dumps({**data, "comments": [said, {**said, "id": "2", "paragraph": "gone"}]}))
    code, out, err = cli("review", "collect", "a.json", "-c", "agreement.yaml")
    assert code == 0, err
    assert "### 2. Scope" in out
    assert "Who else?" in out
    assert "AK74" not in err  # its clause is there, though the paragraph is gone
    code, out, _ = cli("review", "collect", "a.json", "-o", "log.csv")
    assert (code, "log.csv" in out) == (0, True)
    assert [row["comment"] for row in csv.DictReader(io.StringIO(Path("log.csv").read_text("utf-8")))] == [
        "Who else?"
    ] * 2
    code, out, _ = cli("review", "collect", "a.json", "-o", "log.txt", "--format", "json")
    assert json.loads(Path("log.txt").read_text("utf-8"))["format"] == "agreementkit-review-log/1"


def test_review_collect_with_a_bad_file_writes_nothing(cli: Cli) -> None:
    Path("bad.json").write_text("{")
    code, out, err = cli("review", "collect", "bad.json", "gone.docx", "-o", "log.md")
    assert (code, out) == (1, "")
    assert "error[AK741]" in err
    assert "error[AK740]" in err
    assert not Path("log.md").exists()


def test_build_and_outline_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = ROOT / "examples" / "minimal.yaml"
    assert run(["build", str(config), "-o", str(tmp_path), "--format", "md", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [Path(one["path"]).name for one in said["written"]] == [
        "partnership-agreement.md",
        "recognition-agreement.md",
    ]
    assert all(Path(one["path"]).stat().st_size == one["size"] for one in said["written"])
    assert {one["code"] for one in said["findings"]} >= {"AK501"}
    assert run(["outline", str(config), "--agreement", "recognition", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["agreement"] for row in rows} == {"recognition"}
    assert any(row["id"] == "access" and row["heading"] for row in rows)


def test_faults_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.yaml").write_text("unions: [unison]\n", encoding="utf-8")
    assert run(["build", str(tmp_path / "a.yaml"), "--json"]) == 1
    printed = capsys.readouterr()
    assert [one["code"] for one in json.loads(printed.out)["faults"]]
    assert not printed.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "agreement.yaml", "-o", "made", "--format", "md"),
        ("calendar", "agreement.yaml", "-o", "duties.csv"),
        ("compare", "agreement.yaml", "agreement.yaml", "-o", "changes.md"),
        ("init", "new.yaml", "--questionnaire", "questions.md"),
        ("key-terms", "agreement.yaml", "-o", "terms.md"),
        ("lock", "agreement.yaml"),
    ],
    ids=lambda arguments: str(arguments[0]),
)
def test_quiet_says_nothing_of_what_went_well(cli: Cli, arguments: tuple[str, ...]) -> None:
    before = files(Path())
    assert cli(*arguments, "--quiet") == (0, "", "")
    done = set(files(Path())) - set(before)
    assert done, "and yet it was done"
    for name in done:
        shutil.rmtree(name) if Path(name).is_dir() else Path(name).unlink(missing_ok=True)
    code, out, err = cli(*arguments)
    assert code == 0, err
    assert out
