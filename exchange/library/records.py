"""What parsers hand to the import: frozen records of plain JSON values, and their digests.

A record's `fields` hold only what its file says: a field that is absent, or whose value cannot
be used, is missing, and an import leaves it alone.
"""

import hashlib
import json
from dataclasses import dataclass

from exchange.library.ownership import Fields
from exchange.report import Issue

# Part of every digest: raise it when the same file gives other fields than before, so that the
# next import looks at every record again.
IMPORTER_VERSION = 1


@dataclass(frozen=True)
class ParsedTalk:
    """One talk as its file has it. `file` is the path below the imported folder, for reports.

    `location` says where in a file of many talks.
    """

    external_id: str
    file: str
    fields: Fields
    location: str = ""

    @property
    def digest(self) -> str:
        """What changes when the record says something else."""
        return digest_of(self.fields)


@dataclass(frozen=True)
class ParsedEvent:
    """One event: its conference, its talks in the order of their files, and what was wrong.

    `source_kind` and `name` are what it is known by. `is_described` is False where the file that
    describes the event (`described_in`, for reports) is missing or unreadable.
    `skipped` are the external ids of talks whose files are there but cannot be used.
    `is_yet_empty` tells that it is whole, though it has no talks so far; `may_share_name` that
    nothing but its name tells it from others, which may have the same.
    """

    source_kind: str
    name: str
    folder: str
    described_in: str
    is_described: bool
    fields: Fields
    talks: tuple[ParsedTalk, ...]
    skipped: tuple[str, ...]
    issues: tuple[Issue, ...]
    files_hash: str
    is_yet_empty: bool = False
    may_share_name: bool = False

    @property
    def digest(self) -> str:
        """What changes when the conference, without its talks, is described otherwise."""
        return digest_of(self.fields)


def digest_of(fields: Fields) -> str:
    """Return the digest of parsed fields, whatever the order of their keys."""
    text = json.dumps([IMPORTER_VERSION, fields], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
