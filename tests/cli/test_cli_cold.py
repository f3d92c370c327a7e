"""What the command line imports, and that what it says without importing is what the commands say themselves."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from rich.console import Console
from rich.text import Text

import agreementkit
from agreementkit.cli import main
from agreementkit.cli.app import HOMES, app
from agreementkit.cli.screen import Lines, console, lines

ROOT = Path(agreementkit.__file__).parents[1]


def modules_after(*arguments: str) -> set[str]:
    """Return the modules that a fresh interpreter holds when the command line has done what it was asked."""
    code = (
        "import atexit, sys; atexit.register(lambda: print('MODULES', *sys.modules)); "
        f"from agreementkit.cli import main; main({list(arguments)!r})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.rpartition("MODULES ")[2].split())


@pytest.mark.parametrize("name", HOMES)
def test_the_list_of_commands_says_what_each_says_of_itself(name: str) -> None:
    command = app.commands[name]
    assert command.name == name
    assert not command.hidden
    assert HOMES[name].says == " ".join(inspect.cleandoc(command.help or "").split("\n\n")[0].split())


@pytest.mark.parametrize("columns", [50, 80, 200])
def test_help_is_what_click_would_print(columns: int) -> None:
    plain = click.Group("app", dict(app.commands), help=app.help, params=app.params, context_settings={})
    printed = [
        CliRunner().invoke(one, ["--help"], prog_name="agreementkit", terminal_width=columns).output
        for one in (app, plain)
    ]
    assert "review" in printed[0]
    assert printed[0].partition("Commands:")[2] == printed[1].partition("Commands:")[2]


def test_the_version_is_said_as_click_says_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == CliRunner().invoke(app, ["--version"], prog_name="agreementkit").output


def test_a_command_that_is_not_there_brings_the_near_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["biuld"])
    assert left.value.code == 2
    assert "build" in capsys.readouterr().err


def test_the_version_needs_no_library() -> None:
    assert not modules_after("--version") & {"click", "typing", "re", "agreementkit.cli.app"}


def test_help_imports_no_command() -> None:
    own = {name for name in modules_after("--help") if name.startswith("agreementkit.")}
    assert own == {f"agreementkit.{name}" for name in ("cli", "cli.app", "cli.exits", "errors")}


def test_a_build_imports_no_other_command_and_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    loaded = modules_after("build", "examples/minimal.yaml", "-o", str(tmp_path), "--pages", "off")
    commands = {f"agreementkit.cli.{home.module}" for home in HOMES.values()} - {"agreementkit.cli.build"}
    assert "agreementkit.writers.word.writer" in loaded
    assert not loaded & commands
    assert not loaded & {"asyncio", "rich", "concurrent.futures", "multiprocessing", "ssl", "unittest"}


@pytest.mark.parametrize(
    "line",
    [
        "plain",
        "",
        "two  spaces  ",
        "a\ttab",
        "bell\a and\rreturn",
        "naïve £5 – “quoted”",
        "x" * 300 + "  ",
        "[bold]no markup[/bold] :smile:",
    ],
)
def test_lines_without_a_console_are_those_of_a_console(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    Lines().print(line, style="bold", markup=False)
    without = capsys.readouterr().out
    console().print(Text(line))
    assert without == capsys.readouterr().out


def test_findings_need_no_console_in_a_file_and_have_colours_where_they_are_forced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    assert isinstance(lines(), Lines)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert isinstance(lines(), Console)
