"""What was sent beside what came back: a returned Word file as the new version of the agreement."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from agreementkit.agreement import Agreement
from agreementkit.comparing.comparison import Comparison
from agreementkit.comparing.redlining.amended import amended
from agreementkit.comparing.versions import compare
from agreementkit.diagnostics import Report


def compare_returned(sent: Agreement, path: str | Path, *, names: tuple[str, str] = ("Sent", "Returned")) -> Comparison:
    """Compare an agreement with a Word file of it that came back, all its tracked changes accepted.

    What is untracked is found as well. Of the file only the words are taken, each paragraph at its place in the
    agreement: a new paragraph has no number, and a table keeps its columns. Cover and notes are those that were sent.

    Args:
        sent: The agreement as it was sent.
        path: The file.
        names: What the two are called.

    Returns:
        The comparison, whose `write` makes the redline; `left` are the words of the file that fit nowhere in it.

    Raises:
        SourceError: The file cannot be read, or is no sound Word file; see `Returned.load`.
    """
    from agreementkit.returned import Returned  # it stands on comparisons itself

    returned = Returned.load(path, sent)
    made = amended(sent.document, returned.paragraphs)
    return replace(compare(sent, Agreement(made.document, Report), names=names), left=made.left)
