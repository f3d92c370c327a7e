"""The page on the command line: every command that there is, from the commands themselves.

What is said by hand stands in `docs/parts/command-line.md`. A how-to belongs to the commands that its shell blocks run.
"""

from __future__ import annotations

import inspect
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click

from agreementkit.cli.app import app

DOCS = Path(__file__).parent
PROGRAM = "agreementkit"
SHELL = re.compile(r"^```bash\n(.*?)^```", re.DOTALL | re.MULTILINE)
Command = tuple[str, click.Command]


def page() -> str:
    """Return the page."""
    commands = sorted(_commands(app, ()))
    pages = _pages()
    rows = [f"| [`{name}`](#{_anchor(name)}) | {_first(command)} |" for name, command in commands]
    table = "\n".join(("| Command | Does |", "| --- | --- |", *rows))
    head, _, tail = (DOCS / "parts" / "command-line.md").read_text(encoding="utf-8").partition("<!-- commands -->\n")
    parts = [head.rstrip(), table, tail.strip(), "## Each command", *(_section(c, pages) for c in commands)]
    return "\n\n".join(parts) + "\n"


def examples(command: click.Command) -> list[str]:
    """Return the command lines that a command gives as examples in its help."""
    lines = [line.strip() for part in _paragraphs(command) if part.startswith("\b") for line in part.splitlines()]
    return [line for line in lines if line.startswith(f"{PROGRAM} ")]


def _commands(group: click.Group, above: tuple[str, ...]) -> Iterator[Command]:
    for name, command in group.commands.items():
        if command.hidden:
            continue
        if isinstance(command, click.Group):
            yield from _commands(command, (*above, name))
        else:
            yield " ".join((*above, name)), command


def _section(named: Command, pages: dict[str, list[str]]) -> str:
    name, command = named
    with click.Context(command, info_name=f"{PROGRAM} {name}") as context:
        usage = " ".join((f"{PROGRAM} {name}", *command.collect_usage_pieces(context)))
        rows = [_option(option, context) for option in command.params if isinstance(option, click.Option)]
    out = [f"### {name}", f"```text\n{usage}\n```"]
    for paragraph in _paragraphs(command):
        if not paragraph.startswith("\b"):
            out.append(_escaped(" ".join(paragraph.split())))
        elif not all(line.startswith(PROGRAM) for line in _verbatim(paragraph)[1:]):
            out.append("```text\n" + "\n".join(_verbatim(paragraph)) + "\n```")
    shown = [row for row in rows if row]
    if shown:
        out.append("\n".join(("| Option | Meaning |", "| --- | --- |", *shown)))
    if examples(command):
        out.append("Examples:\n\n```bash\n" + "\n".join(examples(command)) + "\n```")
    if pages.get(name):
        out.append("How to use it: " + ", ".join(pages[name]) + ".")
    return "\n\n".join(out)


def _option(option: click.Option, context: click.Context) -> str | None:
    """Return the row of an option: as its help has it, with what may be given and the default."""
    record = option.get_help_record(context)
    if record is None:
        return None
    help_, extra = option.help or "", option.get_help_extra(context)
    said = [f"default: {extra['default']}"] if extra.get("default") is not None else []
    said += [str(extra[key]) for key in ("range", "required") if extra.get(key)]
    several = ["several allowed"] if option.multiple and "several allowed" not in help_ else []
    meaning = " ".join(help_.split()) + (f" ({'; '.join((*several, *said))})" if said or several else "")
    return f"| `{_cell(record[0])}` | {_cell(_escaped(meaning))} |"


def _paragraphs(command: click.Command) -> list[str]:
    return [part.strip("\n") for part in re.split(r"\n\s*\n", inspect.cleandoc(command.help or ""))]


def _verbatim(paragraph: str) -> list[str]:
    return [line.strip() for line in paragraph.splitlines() if line.strip() not in ("", "\b")]


def _first(command: click.Command) -> str:
    """Return the first sentence of a command's help."""
    words = " ".join(_paragraphs(command)[0].split())
    return _cell(_escaped(re.split(r"(?<=[.:]) (?=[A-Z])", words)[0]))


def _pages() -> dict[str, list[str]]:
    """Return links to the tutorials and how-tos by the command that they run."""
    found: dict[str, list[str]] = {}
    names = [name for name, _ in _commands(app, ())]
    for path in [*sorted(DOCS.glob("tutorial/*.md")), *sorted(DOCS.glob("how-to/*.md"))]:
        text = path.read_text(encoding="utf-8")
        title = text.partition("\n")[0].lstrip("# ")
        lines = [line.split() for block in SHELL.findall(text) for line in block.splitlines()]
        for name in names:
            start = [PROGRAM, *shlex.split(name)]
            if any(line[: len(start)] == start for line in lines):
                found.setdefault(name, []).append(f"[{title}](../{path.parent.name}/{path.name})")
    return found


def _anchor(name: str) -> str:
    return name.replace(" ", "-")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _escaped(text: str) -> str:
    """Return a text of help, which is plain, so that Markdown prints it as it stands."""
    return re.sub(r"([*_\[\]])", r"\\\1", text).replace("<", "&lt;")
