"""How gunicorn serves the site; `manage.py serve` and docs/operations.md use this file.

Before it opens its port it has `manage.py check_serving` look at everything once, and ends with
that command's exit status where the site cannot be served.

Two workers with a few threads each: a slow reader then occupies a thread and not a worker. In
public, nginx stands in front and takes the slow ones.
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
    """Check what serving needs, in a process of its own: the master loads none of the site."""
    manage = Path(__file__).resolve().parent.parent / "manage.py"
    checked = subprocess.run([sys.executable, str(manage), "check_serving"], check=False)
    if checked.returncode:
        raise SystemExit(checked.returncode)
