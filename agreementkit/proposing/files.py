"""Reads returned files for a set of agreements: each beside the agreement that it says it is of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from agreementkit.agreement import Agreement, AgreementSet
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import AgreementKitError, SourceError
from agreementkit.returned import Returned
from agreementkit.returned.parts import Parts, read_file


def returned_files(
    files: Iterable[str | Path], agreements: AgreementSet, sent: Iterable[str | Path] = ()
) -> list[Returned]:
    """Return returned files, read beside the agreements that they are of.

    Args:
        files: Word files.
        agreements: The agreements as they are.
        sent: Agreements as they were sent, built as JSON, where they are no longer what the configuration makes.

    Raises:
        SourceError: AK815, a file is of none of the agreements, or does not say; AK740 and AK744, it cannot be read;
            AK770 and AK771 for an agreement in JSON. With the faults of every file.
    """
    faults: list[Diagnostic] = []
    known: dict[str, Agreement] = {one.precedent: one for one in agreements}
    out: list[Returned] = []
    for path in sent:
        try:
            agreement = Agreement.load(path)
            known[agreement.precedent] = agreement
        except AgreementKitError as error:
            faults += error.diagnostics
    for path in files:
        name = str(path)
        try:
            content = read_file(Path(path))
            identity = Parts.open(content, name).identity()
            precedent = identity.precedent if identity else ""
            if not precedent and len(known) == 1:
                precedent = next(iter(known))
            if precedent not in known:
                said = f"is of an agreement {precedent!r}" if precedent else "does not say which agreement it is of"
                message = f"the file {said}; the configuration makes {', '.join(known)}"
                hint = "give the configuration that made it, or the file with its properties, as it was sent"
                faults.append(Diagnostic("AK815", message, place=Place(name), hints=(hint,)))
                continue
            out.append(Returned.read(content, known[precedent], name))
        except AgreementKitError as error:
            faults += error.diagnostics
    if faults:
        raise SourceError(*faults)
    return out
