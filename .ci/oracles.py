"""Runs the independent checks on every Word file below a folder, with the Markdown beside it; fails on a finding.

usage: oracles.py ORACLES FOLDER [--notes comments|footnotes|none] [--clean FOLDER] [--quick]

--notes: how the Word files show the notes of the .json beside them. --clean: the same agreements without notes; numbers
are compared on those, for a footnote mark in the middle of a sentence is read as part of its words. --quick: only the
checks that a house style or a way of showing notes can fail on its own.
"""

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HOME = Path(os.environ.get("ORACLE_HOME") or Path.home() / ".cache" / "agreement-oracles")
PYTHON = HOME / "venv" / "bin" / "python"  # the checks have an environment of their own, with what they need


def checks(docx: Path, arguments: argparse.Namespace) -> list[list[str]]:
    """Return the commands that check one agreement, or the guide to one."""
    word, markdown = str(docx), str(docx.with_suffix(".md"))
    found = len(json.loads(docx.with_suffix(".json").read_text(encoding="utf-8"))["notes"])
    expected = found if arguments.notes == "comments" else 0
    guide = docx.stem.endswith("-guide")
    clean = (arguments.clean / docx.relative_to(arguments.folder)) if arguments.clean else docx
    same = ["check_same_text.py", word, markdown]
    few = [
        ["validate_docx.py", word],
        ["check_comments.py", word, "--expect", str(expected)],
        ["check_refs.py", word, "--min-refs", "0" if guide else "1"],
        [*same, "--drop-footnotes"] if arguments.notes == "comments" else same,
        ["check_accessibility.py", word],
        ["render_pages.py", word, str(arguments.folder / "pages" / docx.parent.name / docx.stem)],
    ]
    if arguments.quick:
        return few
    without = [
        ["check_same_text.py", str(clean), str(clean.with_suffix(".md")), "--numbers"],
        ["check_comments.py", str(clean), "--expect", "0"],
    ]
    return [
        *few,
        ["check_accessibility.py", word, "--pdf"],
        ["check_roundtrip.py", word],
        *(without if arguments.clean or arguments.notes == "none" else []),
        # A heading of one word is found in the words of a note before it; the numbers of guides are compared above.
        *([] if guide else [["check_numbers.py", word]]),
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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("oracles", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--notes", choices=["comments", "footnotes", "none"], default="comments")
    parser.add_argument("--clean", type=Path)
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    files = sorted(arguments.folder.rglob("*.docx"))
    jobs = [command for docx in files for command in checks(docx, arguments)]
    failed = 0
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        for command, code, output in pool.map(lambda c: run(arguments.oracles, c), jobs):
            name = f"{command[0]:24} {Path(command[1]).parent.name}/{Path(command[1]).name}"
            print(f"{'ok    ' if code == 0 else 'FAILED'} {name}", flush=True)  # noqa: T201
            if code:
                failed += 1
                print(output[:4000])  # noqa: T201
    print(f"{len(jobs) - failed} passed, {failed} failed, {len(files)} files")  # noqa: T201
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main())
