"""What comes back as a Word file: its comments, each with the provision it stands on."""

from agreementkit.returned.comments import ReturnedFile, WordComment, read_comments

__all__ = ["ReturnedFile", "WordComment", "read_comments"]
