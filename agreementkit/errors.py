"""Exceptions of the package. They carry diagnostics; they never print anything.

Diagnostics are collected and returned with a result wherever there is a result. An exception is for
"cannot go on" (the bank or the configuration is broken, the output folder cannot be written) and for a
caller's mistake.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agreementkit.diagnostics import Diagnostic


class AgreementKitError(Exception):
    """Base of every exception this package raises on purpose.

    Args:
        diagnostics: Everything that was found wrong, all at once. Never empty.
    """

    def __init__(self, *diagnostics: Diagnostic) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = diagnostics
        super().__init__("\n\n".join(d.render() for d in diagnostics))


class ConfigError(AgreementKitError):
    """The configuration cannot be read or is not valid."""


class BankError(AgreementKitError):
    """The clause bank or a pack cannot be read or is not sound."""


class AssemblyError(AgreementKitError):
    """The set of agreements cannot be assembled from this configuration and bank."""


class TemplateError(AgreementKitError):
    """A house template cannot be used."""


class OutputError(AgreementKitError):
    """An output cannot be written, or a final copy was refused."""


class LockError(AgreementKitError):
    """What is here is not what a lock file pins, or there is no sound lock file."""


class ProvenanceError(AgreementKitError):
    """A file cannot be read, or does not soundly say what it was made from."""


class SourceError(AgreementKitError):
    """A source file cannot be read, or is not sound YAML; whoever asked for it says what it was for."""


class ProposalError(AgreementKitError):
    """A proposal cannot be decided so, or what was accepted cannot be written."""
