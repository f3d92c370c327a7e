"""The guided start. Imports of the library happen inside the command, so that `--help` is quick."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreementkit.cli.exits import DONE, FINDINGS
from agreementkit.cli.giving import quiet_option, say

if TYPE_CHECKING:
    from agreementkit.asking.start import Start
    from agreementkit.errors import AgreementKitError


class Terminal:
    """Speaks with a person: on a terminal with its line editing, otherwise over standard input and output."""

    def say(self, text: str = "") -> None:
        """Print a line."""
        click.echo(text)

    def ask(self, prompt: str) -> str:
        """Return what is typed; what comes from a pipe is printed too, so that the record reads like a conversation."""
        if sys.stdin.isatty():
            return input(prompt)
        click.echo(prompt, nl=False)
        line = sys.stdin.readline()
        if not line:
            click.echo()
            raise EOFError
        click.echo(line.rstrip("\n"))
        return line


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), default=Path("agreement.yaml"))
@click.option("--from", "case", default="", metavar="CASE", help="Start from a founding case, or from a configuration.")
@click.option("--answers", type=click.Path(path_type=Path), help="A YAML file with answers that are known already.")
@click.option("--resume", is_flag=True, help="Go on with FILE; only what is unanswered is asked.")
@click.option("--all", "everything", is_flag=True, help="Ask about every topic and every small point.")
@click.option("--cases", "list_cases", is_flag=True, help="List the cases to start from, and stop.")
@click.option(
    "--questionnaire",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the questions as a paper for both sides (.docx or .md), and stop.",
)
@click.option(
    "--read", type=click.Path(path_type=Path), metavar="FILE", help="Read a questionnaire that was filled in."
)
@click.option("--short", is_flag=True, help="Only the essential questions on the questionnaire.")
@click.option("--template", default="neutral", show_default=True, help="House style of a Word questionnaire.")
@quiet_option
def init(
    file: Path,
    case: str,
    answers: Path | None,
    resume: bool,
    everything: bool,
    list_cases: bool,
    questionnaire: Path | None,
    short: bool,
    read: Path | None,
    template: str,
) -> int:
    """Begin FILE, a configuration, by answering questions; it is agreement.yaml where none is named.

    About ten questions make a usable draft. Only what matters for the answers so far is asked. At each question, ?
    explains it and quotes both sides, back goes back, skip leaves it open, and quit saves, to go on later.

    \b
    Examples:
      agreementkit init
      agreementkit init --from suffolk-ccgs
      agreementkit init agreement.yaml --resume
      agreementkit init --questionnaire questions.docx
      agreementkit init --read questions.docx
    """
    if list_cases:
        from agreementkit.asking.cases import cases

        for name, what in cases().items():
            click.echo(f"{name:26}{what}")
        return DONE
    if questionnaire and read:
        raise click.UsageError("--questionnaire writes a paper and --read reads one; give one of the two")
    from agreementkit.asking.start import Start

    resume = resume or (bool(questionnaire) and file.exists())  # a paper leaves the configuration alone
    if not resume and file.exists():
        resume = _settle(file)
    start = Start.of(file, resume=resume, case=case, answers=answers)
    if questionnaire:
        return _write(start, questionnaire, everything=everything, short=short, template=template)
    return _read(start, read) if read else _interview(start, everything=everything)


def _settle(file: Path) -> bool:
    """Ask what to do with a file that is there; return whether to go on with what is in it."""
    terminal = Terminal()
    terminal.say(f"{file} is there already.")
    while True:
        try:
            typed = terminal.ask("  resume goes on with it, new begins again, stop leaves it alone [stop]: ")
        except EOFError:
            typed = ""
        match typed.strip().casefold():
            case "resume" | "new":
                return typed.strip().casefold() == "resume"
            case "stop" | "":
                raise _in_the_way(file, "add --resume to go on with it, or give another file name")


def _interview(start: Start, *, everything: bool) -> int:
    from agreementkit.asking.interview import Interview
    from agreementkit.cli.show import working

    with working("Reading the clause bank"):
        bank = start.bank()
    finished = Interview(bank, start.answers, Terminal(), everything=everything).run()
    say()
    for line in start.write(bank, finished=finished).summary():
        say(line)
    return DONE


def _write(start: Start, paper: Path, *, everything: bool, short: bool, template: str) -> int:
    from agreementkit.asking.paper.files import write_questionnaire
    from agreementkit.cli.show import working

    if paper.exists():
        terminal = Terminal()
        try:
            typed = terminal.ask(f"{paper} is there already. Write over it? [no]: ")
        except EOFError:
            typed = ""
        if typed.strip().casefold() not in ("y", "yes"):
            raise _in_the_way(paper, "give another name to --questionnaire")
    with working("Writing the questions"):
        count = write_questionnaire(
            paper, start.answers, start.bank(), everything=everything, short=short, template=template
        )
    say(f"Wrote {paper}: {count} questions for both sides.")
    say(f"When it comes back filled in: agreementkit init {start.file} --read {paper}")
    return DONE


def _read(start: Start, paper: Path) -> int:
    from agreementkit.asking.paper.files import read_into
    from agreementkit.cli.show import print_diagnostics, print_differences
    from agreementkit.diagnostics import Severity

    bank = start.bank()
    settled = read_into(paper, start.answers, bank)
    written = start.write(bank, finished=True, remarks=settled.remarks)
    print_diagnostics([one for one in settled.problems if one.severity is Severity.ERROR])
    print_differences(settled.differences)
    count = len(settled.answered)
    say(f"{count} {'answer is' if count == 1 else 'answers are'} agreed.")
    for line in written.summary():
        say(line)
    if written.finished:
        say(f"  agreementkit init {start.file} --resume   the questions that have no answer yet")
    return DONE if all(one.severity is not Severity.ERROR for one in settled.problems) else FINDINGS


def _in_the_way(path: Path, hint: str) -> AgreementKitError:
    from agreementkit.diagnostics import Diagnostic, Place
    from agreementkit.errors import OutputError

    return OutputError(Diagnostic("AK761", f"{path} is there already", place=Place(str(path)), hints=(hint,)))
