"""The agreement as it was sent, found for a file that came back: in a .json that was built, or by its configuration."""

from __future__ import annotations

from pathlib import Path

from agreementkit.agreement import Agreement, assemble
from agreementkit.config import Config
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import SourceError
from agreementkit.returned.parts import Parts, read_file


def sent_agreement(file: str | Path, source: str | Path) -> Agreement:
    """Return the agreement that a returned file is of.

    Args:
        file: The returned Word file.
        source: The agreement as it was built as .json, or the configuration that it was built from. Of several
            agreements of a configuration it is the one that the file names.

    Raises:
        SourceError: AK803, the file does not say which of several agreements it is of, or one that is not made; AK740
            and AK744, the file cannot be read; AK770 and AK771, the .json cannot.
        AgreementKitError: The configuration cannot be read or assembled.
    """
    source = Path(source)
    if source.suffix.lower() == ".json":
        return Agreement.load(source)
    agreements = assemble(Config.load(source))
    identity = Parts.open(read_file(Path(file)), str(file)).identity()
    if identity is None and len(agreements) == 1:
        return agreements.agreements[0]
    wanted = identity.precedent if identity else ""
    for one in agreements:
        if one.precedent == wanted:
            return one
    made = ", ".join(one.precedent for one in agreements)
    said = f"is of an agreement {wanted!r}" if wanted else "does not say which agreement it is of"
    message = f"the file {said}; the configuration makes {made}"
    hint = "give the agreement as it was sent, built with --format json"
    raise SourceError(Diagnostic("AK803", message, place=Place(str(file)), hints=(hint,)))
