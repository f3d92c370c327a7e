"""Keeps the conversation in `how-to/start.md` true: it is held again, and what is printed is what is shown."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
import tempfile
from pathlib import Path

from agreementkit.cli.app import run

PAGE = Path(__file__).parent / "how-to" / "start.md"
ANSWERS = (
    "NHS Anytown Integrated Care Board",
    "",
    "unison, mip, rcn",
    "",
    "",
    "",
    "Anytown Partnership Forum",
    "?",
    "pool",
    "1,200",
    "",
    "1 December 2026",
    "",
)
_BLOCK = re.compile(r"(<!-- conversation -->\n```text\n)(.*?)(```)", re.DOTALL)
_FILE = re.compile(r"(<!-- file -->\n```yaml\n)(.*?)(```)", re.DOTALL)
_SHOWN = 34


def conversation() -> tuple[str, str]:
    """Return what is printed when the questions are answered as above, and the file that comes of it."""
    out, before, stdin = io.StringIO(), Path.cwd(), sys.stdin
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        sys.stdin = io.StringIO("".join(f"{line}\n" for line in ANSWERS))
        try:
            with contextlib.redirect_stdout(out):
                code = run(["init"])
        finally:
            sys.stdin = stdin
            os.chdir(before)
        if code:
            raise SystemExit(f"the conversation of start.md ended with {code}")
        written = (Path(folder) / "agreement.yaml").read_text(encoding="utf-8")
    lines = "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())
    return f"$ agreementkit init\n{lines}", written


def page() -> str:
    """Return the page with the conversation and the beginning of the file as they are now."""
    text = PAGE.read_text(encoding="utf-8")
    said, written = conversation()
    head = "\n".join(written.splitlines()[:_SHOWN]) + "\n"
    text = _BLOCK.sub(lambda found: f"{found[1]}{said}{found[3]}", text)
    return _FILE.sub(lambda found: f"{found[1]}{head}{found[3]}", text)
