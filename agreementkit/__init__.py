"""agreementkit: annotated Partnership and Trade Union Recognition Agreements from a clause bank.

    import agreementkit as ak

    config = ak.Config.load("agreement.yaml")
    agreements = ak.assemble(config)
    agreements.write("out")

Names are loaded on first use, so that importing the package costs next to nothing.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

TYPE_CHECKING = False  # type checkers know the name; importing it takes as long as Python itself takes to start
if TYPE_CHECKING:
    from typing import Any

    from agreementkit.agreement import Agreement, AgreementSet, assemble
    from agreementkit.bank import Bank
    from agreementkit.batch import BatchReport, build_many
    from agreementkit.comparing import BankComparison, Comparison, Positions, compare, positions
    from agreementkit.config import Config
    from agreementkit.diagnostics import Diagnostic, Place, Report, Severity
    from agreementkit.errors import (
        AgreementKitError,
        AssemblyError,
        BankError,
        ConfigError,
        LockError,
        OutputError,
        ProposalError,
        ProvenanceError,
        SourceError,
        TemplateError,
    )
    from agreementkit.explaining import Explanation
    from agreementkit.lock import Lock
    from agreementkit.provenance import Provenance
    from agreementkit.provision import Provision
    from agreementkit.searching.result import SearchResult
    from agreementkit.searching.search import search

_HOMES = {
    "Agreement": "agreement",
    "AgreementKitError": "errors",
    "AgreementSet": "agreement",
    "AssemblyError": "errors",
    "Bank": "bank",
    "BankComparison": "comparing",
    "BankError": "errors",
    "BatchReport": "batch",
    "Comparison": "comparing",
    "Config": "config",
    "ConfigError": "errors",
    "Diagnostic": "diagnostics",
    "Explanation": "explaining",
    "Lock": "lock",
    "LockError": "errors",
    "OutputError": "errors",
    "Place": "diagnostics",
    "Positions": "comparing",
    "ProposalError": "errors",
    "Provenance": "provenance",
    "ProvenanceError": "errors",
    "Provision": "provision",
    "Report": "diagnostics",
    "SearchResult": "searching",
    "Severity": "diagnostics",
    "SourceError": "errors",
    "TemplateError": "errors",
    "assemble": "agreement",
    "build_many": "batch",
    "compare": "comparing",
    "positions": "comparing",
    "search": "searching",
}

__version__ = "0.1.0"

__all__ = [
    "Agreement",
    "AgreementKitError",
    "AgreementSet",
    "AssemblyError",
    "Bank",
    "BankComparison",
    "BankError",
    "BatchReport",
    "Comparison",
    "Config",
    "ConfigError",
    "Diagnostic",
    "Explanation",
    "Lock",
    "LockError",
    "OutputError",
    "Place",
    "Positions",
    "ProposalError",
    "Provenance",
    "ProvenanceError",
    "Provision",
    "Report",
    "SearchResult",
    "Severity",
    "SourceError",
    "TemplateError",
    "assemble",
    "build_many",
    "compare",
    "positions",
    "search",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'agreementkit' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"agreementkit.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])


class _Package(ModuleType):
    """Keeps `assemble` the function: importing the folder of that name would put the folder in its place."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
