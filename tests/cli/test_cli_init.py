"""`agreementkit init`, driven by scripted input: what it writes, what it leaves alone, and its exit codes."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from agreementkit import Config
from agreementkit.cli.app import run

Done = tuple[int, str, str]
Init = Callable[..., Done]
TEN = ("Anytown Integrated Care Board", "", "unison, mip", "", "", "", "", "", "", "2026-12-01")


@pytest.fixture
def init(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Init:
    """Run `init` in a folder of its own; lines are what is typed."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, lines: tuple[str, ...] = ()) -> Done:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        capsys.readouterr()
        code = run(["init", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_ten_answers_make_a_file_that_builds(init: Init) -> None:
    code, out, err = init(lines=TEN)
    assert code == 0, err
    text = Path("agreement.yaml").read_text(encoding="utf-8")
    assert "agreementkit check agreement.yaml" in text
    config = Config.load("agreement.yaml")
    assert config.employers[0].short == "the ICB"
    assert "One value is still open and will print as [●]: dates.agreement." in out
    assert "agreementkit build agreement.yaml" in out
    assert "Answer: unison, mip\n" in out  # what comes from a pipe is printed, so that the record can be read
    assert run(["build", "agreement.yaml", "--format", "md", "-q"]) == 0
    assert len(list(Path("out").glob("*.md"))) == 2
    assert [path.name for path in Path().iterdir() if path.name.startswith(".")] == []


def test_leaving_and_going_on(init: Init) -> None:
    code, out, _ = init("a.yaml", "--from", "suffolk-ccgs", lines=(*TEN[:3], "quit"))
    assert code == 0
    assert "Go on with: agreementkit init a.yaml --resume" in out
    assert Path("a.yaml").read_text(encoding="utf-8").startswith("# Not finished.\n")
    code, out, err = init("a.yaml", "--resume", lines=("", "", "", "", "", "", "1 December 2026"))
    assert code == 0, err
    assert "[Suffolk Joint Partnership Forum]" in out  # the case is remembered
    assert "Which trade unions" not in out
    config = Config.load("a.yaml")
    assert config.access.open_days_a_year == 4
    assert config.employers[0].name == "Anytown Integrated Care Board"


@pytest.mark.parametrize("lines", [("",), (), ("what", "stop")])
def test_a_file_that_is_there_is_left_alone(init: Init, lines: tuple[str, ...]) -> None:
    Path("agreement.yaml").write_text("employers: [{name: A}]\n", encoding="utf-8")
    code, _, err = init(lines=lines)
    assert code == 1
    assert "AK761" in err
    assert Path("agreement.yaml").read_text(encoding="utf-8") == "employers: [{name: A}]\n"


def test_a_file_that_is_there_can_be_gone_on_with_or_begun_again(init: Init) -> None:
    Path("agreement.yaml").write_text("employers: [{name: Old Ltd, short: Old, kind: company}]\n", encoding="utf-8")
    assert init(lines=("resume", "unison", "quit"))[0] == 0
    assert "Old Ltd" in Path("agreement.yaml").read_text(encoding="utf-8")
    assert init(lines=("new", "New Ltd", "quit"))[0] == 0
    assert "Old Ltd" not in Path("agreement.yaml").read_text(encoding="utf-8")


def test_answers_from_a_file_are_not_asked_again(init: Init) -> None:
    Path("known.yaml").write_text("unions: [unison]\ntime_off: {basis: pool, pool_hours: 900}\n", encoding="utf-8")
    code, out, _ = init("--answers", "known.yaml", lines=("Anytown Council", "", "", "", "", "", "", ""))
    assert code == 0
    assert "Which trade unions" not in out
    assert Config.load("agreement.yaml").time_off.pool_hours == 900


def test_answers_that_are_at_fault_are_named_with_their_place(init: Init) -> None:
    Path("known.yaml").write_text("time_off:\n  basis: pond\n", encoding="utf-8")
    code, _, err = init("--answers", "known.yaml")
    assert code == 1
    assert "known.yaml:2:10: error[AK122]" in err
    assert "unions" not in err
    assert not Path("agreement.yaml").exists()


def test_cases_are_listed_and_a_misspelt_one_is_suggested(init: Init) -> None:
    code, out, _ = init("--cases")
    assert code == 0
    assert "suffolk-ccgs" in out
    assert "trust" in out
    code, _, err = init("--from", "sufolk-ccgs")
    assert code == 1
    assert "AK760" in err
    assert "did you mean 'suffolk-ccgs'?" in err


def test_a_configuration_of_ones_own_can_be_started_from(init: Init) -> None:
    text = "employers: [{name: A}]\nunions: [gmb]\nforum: {name: Their Forum}\ndates: {agreement: 2020-01-01}\n"
    Path("theirs.yaml").write_text(text, encoding="utf-8")
    code, out, _ = init("--from", "theirs.yaml", lines=("B Council", "", "", "", "", "", "", "", "", ""))
    assert code == 0
    config = Config.load("agreement.yaml")
    assert config.forum.name == "Their Forum"
    assert config.dates.agreement is None
    assert "[GMB]" in out


def test_settings_of_a_case_that_do_not_fit_are_left_out_and_named(init: Init) -> None:
    lines = ("Anytown ICB", "", "pcs", *[""] * 15)
    code, out, err = init("--from", "trust", lines=lines)
    assert code == 0, err
    assert "Left out, because it does not fit your parties: lnc.unions, time_off.release_posts." in out
    assert "That does not fit." not in out
    config = Config.load("agreement.yaml")
    assert [union.id for union in config.unions] == ["pcs"]
    assert config.time_off.basis == "release"
    assert config.time_off.release_posts == ()


def test_a_questionnaire_goes_out_and_comes_back(init: Init) -> None:
    code, out, err = init("--questionnaire", "q.md", "--short")
    assert code == 0, err
    assert "questions for both sides" in out
    text = Path("q.md").read_text(encoding="utf-8")
    for path, cells in {
        "employers": " |  | Anytown ICB |",
        "unions": " unison | UNISON |  |",
        "dates.commencement": " 2026-12-01 | 1 January 2027 |  |",
        "forum.name": " A | A |  |",
    }.items():
        head = f"| `{path}` | Employer side | Staff side | Agreed |\n| --- | --- | --- | --- |\n| Answer |"
        assert f"{head}  |  |  |" in text, path
        text = text.replace(f"{head}  |  |  |", head + cells)
    Path("q.md").write_text(text, encoding="utf-8")
    code, out, err = init("--read", "q.md")
    assert code == 0, err
    assert "3 answers are agreed." in out
    assert "2026-12-01     2027-01-01" in out
    written = Path("agreement.yaml").read_text(encoding="utf-8")
    assert "# Not agreed: the employer side wants 2026-12-01, the staff side 2027-01-01." in written
    config = Config.load("agreement.yaml")
    assert (config.forum.name, config.dates.commencement) == ("A", None)
    assert "--resume" in out


def test_an_answer_that_cannot_be_used_is_named_and_the_rest_is_written(init: Init) -> None:
    rows = {"employers": "Anytown ICB", "unions": "unison", "consultation.days": "a while"}
    Path("q.md").write_text(
        "\n\n".join(
            f"| `{path}` | a | b | c |\n| --- | --- | --- | --- |\n| x |  |  | {said} |" for path, said in rows.items()
        ),
        encoding="utf-8",
    )
    code, out, err = init("--read", "q.md")
    assert code == 1
    assert "q.md:9" in err
    assert "“How long is the usual consultation”: agreed: “a while” is not a whole number" in err
    assert "nothing was written" not in err
    assert Config.load("agreement.yaml").unions[0].id == "unison"
    assert "2 answers are agreed." in out


def test_a_paper_that_is_there_is_not_written_over_without_asking(init: Init) -> None:
    Path("q.md").write_text("mine", encoding="utf-8")
    assert "AK761" in init("--questionnaire", "q.md", lines=("no",))[2]
    assert Path("q.md").read_text(encoding="utf-8") == "mine"
    assert init("--questionnaire", "q.md", "--short", lines=("yes",))[0] == 0
    assert Path("q.md").read_text(encoding="utf-8") != "mine"


def test_wrong_command_lines(init: Init) -> None:
    assert init("--questionnaire", "a.md", "--read", "b.md")[0] == 2
    code, _, err = init("--questionnaire", "a.pdf")
    assert code == 1
    assert "AK767" in err
    assert init("--resume")[0] == 1
    assert list(Path().iterdir()) == []
