"""The commands, each in a module that is imported when somebody runs it, so that the others cost nothing.

Imports of the library happen inside the commands, so that their `--help` is quick.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, MutableMapping, Sequence
from typing import NamedTuple

import click

from agreementkit import __version__
from agreementkit.cli.exits import BUG, DONE, FINDINGS

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Home(NamedTuple):
    """Where a command is.

    Attributes:
        module: Its module in this folder.
        says: The first paragraph of its help, so that the list of commands needs no module of them.
    """

    module: str
    says: str


HOMES = {
    "build": Home("build", "Build the agreements of CONFIG."),
    "check": Home("check", "Assemble the agreements of CONFIG and report what was found, writing nothing."),
    "outline": Home("outline", "Print the numbered outline of the agreements of CONFIG."),
    "show": Home(
        "outline", "Show CLAUSE: from the bank with all its variants and notes, or as a configuration makes it."
    ),
    "template": Home("templates", "Make and check house templates for Word."),
    "compare": Home("compare", "Compare OLD and NEW, clause by clause and word by word."),
    "calendar": Home(
        "terms", "List the dated duties of the agreements of CONFIG: meetings, papers, reviews, notices, ends."
    ),
    "key-terms": Home(
        "terms", "Show what the agreements of CONFIG settle, on one page, with the clause that says each."
    ),
    "explain": Home("explain", "Explain PROVISION, a number or an id: where it came from and why it stands there."),
    "init": Home(
        "init", "Begin FILE, a configuration, by answering questions; it is agreement.yaml where none is named."
    ),
    "lock": Home("lock", "Pin what the agreements of CONFIG are made from in CONFIG's lock file."),
    "pack": Home("packs", "Make and check packs of clauses."),
    "proposals": Home("proposals", "Take changes home: values into the configuration, wordings into a pack."),
    "returned": Home(
        "returned", "Show what was done to FILE, a Word file that came back: edits and comments, clause by clause."
    ),
    "review": Home("review", "Collect what reviewers send back."),
    "schema": Home("schema", "Print JSON Schemas, with which an editor completes and checks YAML."),
    "doctor": Home(
        "doctor",
        "Look at the installation: versions, clause bank, house styles, LibreOffice, packs, and what else may be used.",
    ),
    "completion": Home("doctor", "Print what makes SHELL complete commands, options and clause ids."),
    "search": Home("search", "Find clauses, definitions and notes of the bank."),
}
"""The commands by name, in the order of the pages on them; a test holds them against the help of each."""


class Commands(MutableMapping[str, click.Command]):
    """Commands by name, each imported when it is asked for."""

    def __init__(self) -> None:
        self._homes = dict(HOMES)

    def __getitem__(self, name: str) -> click.Command:
        module = importlib.import_module(f"agreementkit.cli.{self._homes[name].module}")
        command: click.Command = getattr(module, name.replace("-", "_"))
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        raise TypeError(f"{name}: commands are named in HOMES")

    def __delitem__(self, name: str) -> None:
        del self._homes[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._homes)

    def __len__(self) -> int:
        return len(self._homes)


class Program(click.Group):
    """The group of all commands."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands as click does, from what `HOMES` says of them."""
        shown = click.Group(commands={name: click.Command(name, help=home.says) for name, home in HOMES.items()})
        shown.format_commands(ctx, formatter)


@click.group(cls=Program, commands=Commands(), context_settings=CONTEXT)
@click.version_option(__version__, prog_name="agreementkit")
def app() -> None:
    """Make annotated Partnership and Trade Union Recognition Agreements.

    \b
    Start here:
      agreementkit build examples/suffolk-ccgs.yaml -o out

    Exit codes: 0 done, 1 findings that are errors, 2 wrong command line, 3 warnings with --fail-on warning,
    70 a fault of agreementkit itself.
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    from agreementkit.errors import AgreementKitError

    try:
        result = app.main(args=arguments, prog_name="agreementkit", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        click.echo("Stopped.", err=True)
        return 130
    except AgreementKitError as error:
        from agreementkit.cli.show import print_errors, print_json

        if "--json" in (sys.argv[1:] if arguments is None else arguments):
            print_json({"faults": [one.as_dict() for one in error.diagnostics]})
        else:
            print_errors(error.diagnostics)
        return FINDINGS
    except BrokenPipeError:
        return DONE
    except Exception as error:  # noqa: BLE001 - the last line of defence says so and keeps the details
        import traceback

        traceback.print_exc()
        click.echo(
            f"\nThis is a fault of agreementkit ({type(error).__name__}), not of your files. Please report "
            "it with the lines above.",
            err=True,
        )
        return BUG
    return result if isinstance(result, int) else DONE
