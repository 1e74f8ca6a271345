"""Clusters for the tests of the embedded PostgreSQL."""

import os

import pytest

from tests.tools.clusters import NOBODY, place_for_a_cluster, sql


@pytest.fixture
def new_cluster(monkeypatch):
    """A cluster not made yet."""
    monkeypatch.setenv("EMBEDDED_PG_FAST", "1")
    with place_for_a_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def _known_cluster():
    with place_for_a_cluster() as cluster:
        yield cluster


@pytest.fixture
def cluster(_known_cluster, monkeypatch):
    """A running cluster that other tests have used, with one committed row in it."""
    monkeypatch.setenv("EMBEDDED_PG_FAST", "1")
    _known_cluster.ensure_running("notes")
    sql(_known_cluster, "DROP TABLE IF EXISTS talk; CREATE TABLE talk AS SELECT 'kept' AS title")
    return _known_cluster


@pytest.fixture
def broken_cluster(new_cluster):
    """A cluster that has lost its configuration."""
    new_cluster.directory.mkdir(mode=0o700)
    (new_cluster.directory / "PG_VERSION").write_text("18\n")
    if os.geteuid() == 0:
        os.chown(new_cluster.directory, NOBODY, NOBODY)
    return new_cluster
