"""gunicorn's configuration, for `manage.py serve` and docs/operations.md.

Before gunicorn opens its port, `manage.py check_serving` checks everything once; if the site cannot
be served, gunicorn ends with that command's exit status.

Two workers with a few threads each: a slow reader occupies a thread and not a worker. In public,
nginx in front handles slow connections.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from operations.env import Env

_env = Env()

bind = f"127.0.0.1:{_env.number('PORT', 8000, least=1, most=65535)}"
workers = _env.number("WORKERS", min(4, max(2, os.cpu_count() or 2)), least=1, most=64)
worker_class = "notes_site.serving_worker.HeaderedWorker"
threads = _env.number("THREADS", 4, least=1, most=64)
timeout = 60
graceful_timeout = 15
keepalive = 5
max_requests = 5_000
max_requests_jitter = 500
# Each line; the worker bounds them all together. nginx's in docs/operations.md are the same.
limit_request_line = 8_190
limit_request_fields = 60
limit_request_field_size = 8_190
# No second way in: the master listens to signals and to nothing else.
control_socket_disable = True
# gunicorn takes SCRIPT_NAME and the like from headers of a loopback peer unless told not to.
forwarder_headers = ""
_over_https = _env.text("SITE_URL").startswith("https://")
forwarded_allow_ips = "127.0.0.1" if _env.number("PROXY_COUNT", int(_over_https), most=9) else ""


def on_starting(server: Any) -> None:
    """Run the checks in a subprocess: the master process loads no code of the site."""
    manage = Path(__file__).resolve().parent.parent / "manage.py"
    checked = subprocess.run([sys.executable, str(manage), "check_serving"], check=False)
    if checked.returncode:
        raise SystemExit(checked.returncode)
