"""`pack import`: a clause of a house agreement in Word becomes a clause file to edit."""

from agreementkit.authoring.importing.clause import Imported, import_clause
from agreementkit.authoring.importing.sections import Candidate, candidates
from agreementkit.authoring.importing.wordfile import WordFile, open_word

__all__ = ["Candidate", "Imported", "WordFile", "candidates", "import_clause", "open_word"]
