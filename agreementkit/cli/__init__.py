"""The command line. A command is a call into the library and a print; no logic of its own."""

from agreementkit.cli.app import main

__all__ = ["main"]
