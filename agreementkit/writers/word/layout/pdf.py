"""PDF copies of Word files, laid out by LibreOffice: tagged for screen readers, with an outline and live links."""

from __future__ import annotations

from collections.abc import Mapping

from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import OutputError
from agreementkit.writers.word.layout.libreoffice import Key, convert, find_libreoffice

_CHOICES = {
    "PDFUACompliance": True,  # tagged, with title and language (ISO 14289-1)
    "UseTaggedPDF": True,
    "ExportBookmarks": True,
    "DisplayPDFDocumentTitle": True,
    "ExportFormFields": False,  # content controls are for drafters of the Word file, not for readers
    "ReduceImageResolution": False,
}
REMEDY = "the .docx can be exported as PDF from Word: File, Save As, PDF"


def pdf_files(files: Mapping[Key, bytes], *, notes: bool = False, program: str | None = None) -> dict[Key, bytes]:
    """Return the PDF of each Word file.

    Args:
        files: Word files by any key.
        notes: Whether their comments become notes that one can click in the PDF.
        program: LibreOffice to use, or None to look for it.

    Raises:
        OutputError: AK726 where there is no LibreOffice, AK727 where it made no PDF of a file.
    """
    program = program or find_libreoffice()
    if program is None:
        raise OutputError(
            Diagnostic(
                "AK726",
                "a PDF is laid out by LibreOffice, which is not on this machine",
                hints=("install LibreOffice Writer (`soffice` on the path)", f"or build `docx`; {REMEDY}"),
            )
        )
    made = convert(files, {**_CHOICES, "ExportNotes": notes}, program=program)
    missing = [key for key in files if not made.get(key, b"").startswith(b"%PDF-")]
    if missing:
        raise OutputError(
            Diagnostic(
                "AK727",
                f"LibreOffice made no PDF of {len(missing)} of {len(files)} files",
                hints=("close a LibreOffice that hangs and try again", f"or build `docx`; {REMEDY}"),
            )
        )
    return made
