"""The site's settings for a server under load, with a trivial view to compare with."""

import os

from notes_site import settings as site
from notes_site.settings import *  # noqa: F403 -- all but what stands below

ROOT_URLCONF = "benchmarks.served_urls"
MIDDLEWARE = [] if os.environ.get("BENCH_BARE") else site.MIDDLEWARE
if not MIDDLEWARE:  # which the admin asks for, and gunicorn before it serves
    SILENCED_SYSTEM_CHECKS = ["admin.E408", "admin.E409", "admin.E410"]
