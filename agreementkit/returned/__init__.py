"""What comes back as a Word file: its edits and comments, each with the provision it stands on."""

from agreementkit.returned.back import Returned, ReturnedComment, ReturnedParagraph
from agreementkit.returned.comments import ReturnedFile, WordComment, read_comments
from agreementkit.returned.edit import Edit, Location
from agreementkit.returned.sender import sent_agreement

__all__ = [
    "Edit",
    "Location",
    "Returned",
    "ReturnedComment",
    "ReturnedFile",
    "ReturnedParagraph",
    "WordComment",
    "read_comments",
    "sent_agreement",
]
