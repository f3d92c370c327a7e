"""Many configurations in one run: in this process, in others, or on other machines; what was done is not done again."""

from agreementkit.batch.build import build_many
from agreementkit.batch.outcome import Outcome, State
from agreementkit.batch.records import BatchFile
from agreementkit.batch.report import BatchReport

__all__ = ["BatchFile", "BatchReport", "Outcome", "State", "build_many"]
