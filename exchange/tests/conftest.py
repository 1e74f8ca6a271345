import pytest

from exchange.tests.folders import import_pyvideo, write_event


@pytest.fixture
def import_talks(tmp_path):
    """Import records by file stem, as one event's newest version; returns the event's result."""

    def run(talks, is_dry_run=False, **event):
        root = tmp_path / f"version-{len(list(tmp_path.iterdir()))}"
        write_event(root, talks, **event)
        report = import_pyvideo(root, is_dry_run=is_dry_run)
        return report.events[0]

    return run
