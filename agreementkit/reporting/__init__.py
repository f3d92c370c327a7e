"""Findings for people and for other programs: where they stand in files, and in the forms that tools read."""

from agreementkit.reporting.github import github_lines
from agreementkit.reporting.layer import with_findings
from agreementkit.reporting.matrix import Matrix
from agreementkit.reporting.sarif import sarif

__all__ = ["Matrix", "github_lines", "sarif", "with_findings"]
