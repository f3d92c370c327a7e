"""Where the files that travel with the package are: clauses, templates and the example configurations.

In an installed wheel they are inside the package; in a checkout they stay at top level, where people look.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def data_path(kind: Literal["clauses", "templates", "examples"]) -> Path:
    """Return the folder with the shipped clauses, templates or example configurations.

    Args:
        kind: Which of the folders.

    Raises:
        FileNotFoundError: If the package was installed without its data.
    """
    shipped = _PACKAGE / "_data" / kind
    if shipped.is_dir():
        return shipped
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / kind).is_dir():
        return checkout / kind
    raise FileNotFoundError(f"the package has no {kind} folder; install it again from a complete wheel")
