"""Follows a page of the documentation as a reader would: writes the files it has, runs the commands it has.

A file is a block below a line that is its name in back quotes and a colon. A command is a line of a `bash` block.
Comments that readers do not see say what else a test has to know, each on a line of its own:

    <!-- given: agreement.yaml from examples/minimal.yaml -->   a file or folder that the reader is supposed to have
    <!-- exit: 1 -->                                            the last command of the next block ends with this code
    <!-- not run: takes an hour -->                             why the next block is not run
"""

from __future__ import annotations

import io
import re
import shlex
import shutil
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from agreementkit.cli.app import run

ROOT = Path(__file__).parents[2]
STEP = re.compile(
    r"^<!-- given: (?P<given>\S+) from (?P<source>\S+) -->$"
    r"|(?:^`(?P<file>[\w./-]+)`:\n\n|^<!-- (?:exit: (?P<exit>\d+)|not run: (?P<reason>[^\n]+)) -->\n)?"
    r"^(?P<fence>`{3,})(?P<kind>\w*)\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Ran:
    """A command that was run, and what it said."""

    line: str
    code: int
    out: str
    err: str


def commands(page: Path) -> list[str]:
    """Return the lines of the shell blocks of a page."""
    return [line for step in _steps(page) if step["kind"] == "bash" for line in _lines(step["text"])]


def is_followed(page: Path) -> bool:
    """Return whether a page has a command that is run."""
    return any(step["kind"] == "bash" and not step["reason"] for step in _steps(page))


def follow(page: Path, folder: Path) -> list[Ran]:
    """Follow a page in `folder`, which has to be the working folder; `examples` is there as it is beside the package.

    Args:
        page: The page.
        folder: An empty folder.

    Returns:
        Every command that was run, in order.

    Raises:
        AssertionError: A command did not end as the page lets one expect.
    """
    (folder / "examples").symlink_to(ROOT / "examples")
    ran: list[Ran] = []
    for step in _steps(page):
        if step["given"]:
            source, place = ROOT / step["source"], folder / step["given"]
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(source, place) if source.is_dir() else shutil.copy(source, place)
        elif step["file"]:
            place = folder / step["file"]
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(step["text"], encoding="utf-8")
        elif step["kind"] == "bash" and not step["reason"]:
            lines = _lines(step["text"])
            for number, line in enumerate(lines, start=1):
                ran.append(_run(line, folder))
                expected = int(step["exit"] or 0) if number == len(lines) else 0
                assert ran[-1].code == expected, f"{page.name}: {line}\n{ran[-1].err or ran[-1].out}"
    return ran


def _steps(page: Path) -> list[re.Match[str]]:
    return list(STEP.finditer(page.read_text(encoding="utf-8")))


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _run(line: str, folder: Path) -> Ran:
    """Run a line in this process; it takes the few things that a shell of any system has."""
    program, *words = shlex.split(line, comments=True)
    into = words[words.index(">") + 1] if ">" in words else None
    words = words[: words.index(">")] if into else words
    if program == "mkdir":
        (folder / words[-1]).mkdir(parents="-p" in words)
        return Ran(line, 0, "", "")
    assert program == "agreementkit", f"the tests cannot run {line!r}; say above the block why it is not run"
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = run(words)
    if into:
        (folder / into).write_text(out.getvalue(), encoding="utf-8")
    return Ran(line, code, out.getvalue(), err.getvalue())
