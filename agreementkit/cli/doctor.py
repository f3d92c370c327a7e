"""Commands about the installation itself: whether it is sound, and completion in a shell."""

from __future__ import annotations

from pathlib import Path

import click

from agreementkit.cli.exits import DONE, FINDINGS

_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def doctor(as_json: bool) -> int:
    """Look at the installation: versions, clause bank, house styles, LibreOffice, packs, and what else may be used.

    Exit code 1 when something that is needed is broken. What is merely absent is no fault.

    \b
    Examples:
      agreementkit doctor
      agreementkit doctor --json
    """
    from agreementkit.cli.show import print_health, print_json, working
    from agreementkit.doctor import Health, examine

    with working("Looking at the installation", quiet=as_json):
        found = list(examine())
    if as_json:
        print_json([one.as_dict() for one in found])
    else:
        print_health(found)
    return FINDINGS if any(one.health is Health.BROKEN for one in found) else DONE


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print what makes SHELL complete commands, options and clause ids.

    \b
    Examples:
      agreementkit completion bash >> ~/.bashrc
      agreementkit completion zsh > ~/.zfunc/_agreementkit
      agreementkit completion fish > ~/.config/fish/completions/agreementkit.fish
    """
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made  # noqa: S101 - click has a class for each of these shells
    click.echo(made(context.find_root().command, {}, "agreementkit", "_AGREEMENTKIT_COMPLETE").source())
    return DONE


def clause_ids(_context: click.Context, _parameter: click.Parameter, beginning: str) -> list[str]:
    """Return the ids of core clauses that begin so; from the names of files, since a shell does not wait for a bank."""
    from agreementkit.bank.bank import core_folder

    core: Path = core_folder()
    found = {path.stem for path in core.glob("*/**/*.md") if "history" not in path.parts}
    return sorted(id_ for id_ in found if id_.startswith(beginning))
