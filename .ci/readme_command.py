"""Prints one of the README's commands, so that what is checked is what people are told to run.

The command is the first fenced block after the line `<!-- command: NAME -->`.
"""

import re
import sys
from pathlib import Path

readme = Path(__file__).parent.parent.joinpath("README.md").read_text(encoding="utf-8")
match = re.search(rf"<!-- command: {re.escape(sys.argv[1])} -->\s*```\w*\n(.*?)```", readme, re.DOTALL)
if not match:
    sys.exit(f"README.md has no command named {sys.argv[1]}")
print(match[1].strip())  # noqa: T201
