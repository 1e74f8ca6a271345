"""Log lines: one event, one line, in UTC, whatever text the event carries."""

import logging
import time

_ESCAPED = {code: f"\\x{code:02x}" for code in [*range(0x20), 0x7F, *range(0x80, 0xA0)]} | {
    code: f"\\u{code:04x}" for code in [*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2066, 0x206A)]
}


class OneLineFormatter(logging.Formatter):
    """Time with offset, level, logger, message. Line breaks and control characters are escaped."""

    converter = time.gmtime

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S+0000")

    def formatMessage(self, record: logging.LogRecord) -> str:
        return super().formatMessage(record).translate(_ESCAPED)
