"""What reviewers send back: comments from review copies and from Word files, merged into one log by clause."""

from agreementkit.reviewing.collect import ReviewLog, collect
from agreementkit.reviewing.comment import Entry, ReviewComment, ReviewFile

__all__ = ["Entry", "ReviewComment", "ReviewFile", "ReviewLog", "collect"]
