"""Run in the environment of a site of `faults`: bring its database back to an older version.

Takes back the newest migration of each of the site's apps on which no other app depends.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notes_site.settings")
django.setup()

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def main() -> None:
    """Take them back. Raises IrreversibleError where one cannot be."""
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    own = {app.label for app in apps.get_app_configs() if "site-packages" not in app.path}
    leaves = [graph.node_map[leaf] for leaf in graph.leaf_nodes() if leaf[0] in own]
    alone = [leaf for leaf in leaves if not leaf.children]
    executor.migrate(
        [parent.key for leaf in alone for parent in leaf.parents if parent.key[0] == leaf.key[0]]
    )


main()
