"""Runs the independent checks on every pair of Word and Markdown files below a folder; fails when one finds something.

usage: oracles.py ORACLES ANNOTATED CLEAN

ANNOTATED holds the examples with their notes, CLEAN the same without. Numbers are compared on the clean pair: a
footnote mark in the middle of a sentence is read as part of its words.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HOME = Path(os.environ.get("ORACLE_HOME") or Path.home() / ".cache" / "agreement-oracles")
PYTHON = HOME / "venv" / "bin" / "python"  # the checks have an environment of their own, with what they need


def checks(docx: Path, clean: Path, pages: Path) -> list[list[str]]:
    """Return the commands that check one agreement."""
    markdown = docx.with_suffix(".md")
    notes = len(json.loads(docx.with_suffix(".json").read_text(encoding="utf-8"))["notes"])
    word = str(docx)
    return [
        ["validate_docx.py", word],
        ["check_comments.py", word, "--expect", str(notes)],
        ["check_refs.py", word, "--min-refs", "1"],
        ["check_numbers.py", word],
        ["check_same_text.py", word, str(markdown), "--drop-footnotes"],
        ["check_same_text.py", str(clean), str(clean.with_suffix(".md")), "--numbers"],
        ["check_comments.py", str(clean), "--expect", "0"],
        ["check_accessibility.py", word, "--pdf"],
        ["check_roundtrip.py", word],
        ["render_pages.py", word, str(pages / docx.parent.name / docx.stem)],
    ]


def run(oracles: Path, command: list[str]) -> tuple[list[str], int, str]:
    """Run one check."""
    done = subprocess.run(  # noqa: S603 - the commands are the ones above
        [str(PYTHON if PYTHON.exists() else sys.executable), str(oracles / command[0]), *command[1:]],
        capture_output=True,
        text=True,
        check=False,
    )
    return command, done.returncode, done.stdout + done.stderr


def main() -> int:
    """Check everything; print a line each and what was found."""
    oracles, out, clean = (Path(argument) for argument in sys.argv[1:4])
    files = sorted(out.rglob("*.docx"))
    jobs = [command for docx in files for command in checks(docx, clean / docx.relative_to(out), out / "pages")]
    failed = 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        for command, code, output in pool.map(lambda c: run(oracles, c), jobs):
            name = f"{command[0]:24} {Path(command[1]).parent.name}/{Path(command[1]).name}"
            print(f"{'ok    ' if code == 0 else 'FAILED'} {name}", flush=True)  # noqa: T201
            if code:
                failed += 1
                print(output[:4000])  # noqa: T201
    print(f"{len(jobs) - failed} passed, {failed} failed")  # noqa: T201
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main())
