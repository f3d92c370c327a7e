"""What a pack was made of when it was read: a hash of every file, and one of them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from agreementkit.bank.files import PackFiles, listing_digest
from agreementkit.bank.index import Digests
from agreementkit.bank.manifest import Manifest
from agreementkit.tree.nodes import PackStamp


@dataclass(frozen=True, slots=True)
class PackContents:
    """The contents of one pack.

    Attributes:
        shown: Name of the pack in messages.
        stamp: Its id, its version and the hash of all its files.
        files: SHA-256 of each file that is read, by name.
    """

    shown: str
    stamp: PackStamp
    files: Mapping[str, str]

    @classmethod
    def of(cls, manifest: Manifest, files: PackFiles) -> PackContents:
        """Return the contents of a pack whose manifest was read. A folder and a zip file of it have the same."""
        digests: Mapping[str, str] = files.digests if files.index is None else Digests(files.index)
        digest = listing_digest(digests) if files.index is None else files.index.digest
        return cls(files.shown, PackStamp(manifest.id, manifest.version, digest), digests)
