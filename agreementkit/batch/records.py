"""The record of a configuration that was built: from what, which files with which hashes, what was found.

A batch keeps one for each configuration, in a folder of its own beside the outputs. A later run asks it whether there
is anything to do. It is written by whoever built the files, after them, whole or not at all: whatever stops a run,
what it had finished is known. A record is not trusted: one that does not say exactly what it should is no record.
"""

from __future__ import annotations

import hashlib
import json
import stat
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from agreementkit.diagnostics import Diagnostic, Place, Severity
from agreementkit.saving import save_all

FOLDER = ".agreementkit-batch"
"""Folder of the records in the output folder."""
MAX_RECORD = 20_000_000
"""How many bytes a record may have."""

_Plain = Annotated[str, StringConstraints(strict=True)]
_Sha = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_Count = Annotated[int, Field(strict=True, ge=0)]


@dataclass(frozen=True, slots=True)
class BatchFile:
    """A file of a batch.

    Attributes:
        path: Where it is.
        agreement: Precedent id of the agreement in it.
        format: In which format.
        size: Its size in bytes.
        sha256: Its SHA-256, as `sha256sum` prints it.
    """

    path: str
    agreement: str
    format: str
    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path, agreement: str, form: str) -> BatchFile:
        """Return a file as it stands on the disk."""
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return cls(str(path), agreement, form, path.stat().st_size, digest)

    @property
    def is_there(self) -> bool:
        """Whether the file is there and has not changed."""
        path = Path(self.path)
        try:
            seen = path.stat()
            if not stat.S_ISREG(seen.st_mode) or seen.st_size != self.size:
                return False
            with path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == self.sha256
        except OSError:
            return False

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a configuration that was built.

    Attributes:
        key: What the files were made from, as one hash.
        run: The run that made them.
        files: The files.
        findings: What was found in the agreements.
    """

    key: str
    run: str
    files: tuple[BatchFile, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def is_true(self) -> bool:
        """Whether every file is there and has not changed."""
        return all(one.is_there for one in self.files)

    def count(self, severity: Severity) -> int:
        """Return how many findings are this serious."""
        return sum(one.severity is severity for one in self.findings)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _File(_Part):
    # One name, for nothing outside the folder is looked at whatever a record says.
    name: Annotated[
        str, StringConstraints(strict=True, pattern=r"^[^./\\:\x00-\x1f][^/\\:\x00-\x1f]*$", max_length=255)
    ]
    agreement: _Plain
    format: _Plain
    size: _Count
    sha256: _Sha


class _Finding(_Part):
    code: Annotated[str, StringConstraints(pattern=r"^AK[0-9]{3}$")]
    severity: Severity
    message: _Plain
    file: str | None
    line: _Count | None
    column: _Count | None
    hints: tuple[_Plain, ...]
    path: _Plain | None
    agreement: _Plain | None
    division: _Plain | None
    cites: tuple[_Plain, ...]

    def diagnostic(self) -> Diagnostic:
        place = Place(self.file, self.line or 0, self.column or 0) if self.file else None
        return Diagnostic(
            self.code,
            self.message,
            self.severity,
            place,
            self.hints,
            self.path or "",
            self.agreement or "",
            self.division or "",
            self.cites,
        )


class _Written(_Part):
    format: Literal[1]
    key: _Sha
    run: _Plain
    files: tuple[_File, ...] = Field(max_length=1000)
    findings: tuple[_Finding, ...]


def record_of(out: Path, name: str) -> Path:
    """Return where the record of a configuration is kept."""
    return out / FOLDER / f"{name}.json"


def write_record(out: Path, name: str, record: Record) -> Path:
    """Write the record of a configuration, whole or not at all.

    Raises:
        OutputError: AK723 when it cannot be written.
    """
    files = [
        {"name": Path(one.path).name, **{k: v for k, v in one.as_dict().items() if k != "path"}} for one in record.files
    ]
    data = {
        "format": 1,
        "key": record.key,
        "run": record.run,
        "files": files,
        "findings": [one.as_dict() for one in record.findings],
    }
    path = record_of(out, name)
    text = json.dumps(data, ensure_ascii=False).encode(errors="replace")  # a name of a file may be no UTF-8
    (saved,) = save_all(path.parent, [(path.name, text)])
    return saved


def read_record(path: Path) -> Record | None:
    """Return a record, or None when it is not there or not sound. What it says of files is not looked at here."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            data = stream.read(MAX_RECORD + 1)
        if len(data) > MAX_RECORD:
            return None
        found = _Written.model_validate_json(data)
    except (OSError, ValidationError):
        return None
    folder = path.parent.parent / path.stem
    files = (BatchFile(str(folder / f.name), f.agreement, f.format, f.size, f.sha256) for f in found.files)
    return Record(found.key, found.run, tuple(files), tuple(one.diagnostic() for one in found.findings))
