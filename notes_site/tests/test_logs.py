"""One event is one line, whatever text it carries."""

import logging

from notes_site.logs import OneLineFormatter


def test_log_line_escapes_line_breaks_controls_and_bidi():
    record = logging.makeLogRecord(
        {"name": "site", "levelname": "INFO", "msg": "a\r\nb\x1b[31m\u202ec", "created": 0}
    )

    assert OneLineFormatter().format(record) == (
        "1970-01-01T00:00:00+0000 INFO site a\\x0d\\x0ab\\x1b[31m\\u202ec"
    )
