"""What an import found and kept, as tests read it."""

from exchange.models import ImportedRecord


def codes(result):
    """Return the codes of what was found in an event or a record, in their order."""
    return [issue.finding.code for issue in result.issues]


def kept_of(stem):
    """Return the values of the record with this file stem as they were imported last."""
    return ImportedRecord.objects.get(external_id=stem).kept


def tag_names(talk):
    """Return the names of the talk's tags, sorted."""
    return sorted(talk.tags.names())
