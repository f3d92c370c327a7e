"""What several commands ask for: the configuration, and more than a sound set of agreements."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from agreementkit.agreement import AgreementSet


def config_argument(function: Any) -> Any:
    """Add the configuration as an argument."""
    return click.argument("config", type=click.Path(path_type=Path))(function)


def demands(function: Any) -> Any:
    """Add the options that demand more than a sound set."""
    only = "Refuse texts that no body has agreed, or that are superseded."
    function = click.option("--agreed-only", is_flag=True, help=only)(function)
    same = "Refuse when anything is not as CONFIG's lock file has it."
    return click.option("--locked", is_flag=True, help=same)(function)


def assembled(config: Path, *, locked: bool = False) -> AgreementSet:
    """Return the agreements of a configuration.

    Args:
        config: The file.
        locked: Whether all has to be as its lock file has it.

    Raises:
        AgreementKitError: With every fault found.
    """
    from agreementkit.agreement import assemble
    from agreementkit.config import Config

    return assemble(Config.load(config), locked=locked)
