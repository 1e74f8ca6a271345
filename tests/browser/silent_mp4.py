"""A playable MP4 file made of nothing: silence in Opus, 20 milliseconds a packet.

`served` hands it out as a host of recordings does, in the ranges that a browser seeks with.
"""

import re
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

RATE = 48_000
PACKET = b"\xf8\xff\xfe"  # a whole frame of silence
PACKETS_A_SECOND = 50
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def silent_mp4(seconds: int) -> bytes:
    """Return the bytes of a file that plays silence for so many seconds."""
    packets = seconds * PACKETS_A_SECOND
    head = _box(b"ftyp", b"isom", struct.pack(">I", 512), b"isommp41")
    moov_size = len(_moov(packets, first_byte=0))
    moov = _moov(packets, first_byte=len(head) + moov_size + 8)
    return head + moov + _box(b"mdat", PACKET * packets)


def _box(name: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I4s", len(content) + 8, name) + content


def _full(name: bytes, *parts: bytes, flags: int = 0) -> bytes:
    return _box(name, struct.pack(">I", flags), *parts)


def _moov(packets: int, first_byte: int) -> bytes:
    length = packets * RATE // PACKETS_A_SECOND
    times = struct.pack(">IIII", 0, 0, RATE, length)
    mvhd = _full(
        b"mvhd",
        times,
        struct.pack(">IHxx8x", 0x10000, 0x100),
        _MATRIX,
        struct.pack(">24xI", 2),
    )
    tkhd = _full(
        b"tkhd",
        struct.pack(">IIIII8xHHHH", 0, 0, 1, 0, length, 0, 0, 0x100, 0),
        _MATRIX,
        bytes(8),
        flags=3,
    )
    mdhd = _full(b"mdhd", times, struct.pack(">HH", 0x55C4, 0))
    hdlr = _full(b"hdlr", struct.pack(">I4s12x", 0, b"soun"), b"\0")
    dinf = _box(b"dinf", _full(b"dref", struct.pack(">I", 1), _full(b"url ", flags=1)))
    minf = _box(b"minf", _full(b"smhd", bytes(4)), dinf, _stbl(packets, first_byte))
    trak = _box(b"trak", tkhd, _box(b"mdia", mdhd, hdlr, minf))
    return _box(b"moov", mvhd, trak)


def _stbl(packets: int, first_byte: int) -> bytes:
    opus = struct.pack(">BBHIhB", 0, 2, 312, RATE, 0, 0)
    entry = struct.pack(">6xH8xHHIHH", 1, 2, 16, 0, RATE, 0)
    return _box(
        b"stbl",
        _full(b"stsd", struct.pack(">I", 1), _box(b"Opus", entry, _box(b"dOps", opus))),
        _full(b"stts", struct.pack(">III", 1, packets, RATE // PACKETS_A_SECOND)),
        _full(b"stsc", struct.pack(">IIII", 1, 1, packets, 1)),
        _full(b"stsz", struct.pack(">II", len(PACKET), packets)),
        _full(b"stco", struct.pack(">II", 1, first_byte)),
    )


@contextmanager
def served(content: bytes) -> Iterator[tuple[str, list[str]]]:
    """Serve the content as /talk.mp4 on loopback; give its address, and the paths as they come."""
    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(content, asked))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/talk.mp4", asked
    finally:
        server.shutdown()
        server.server_close()


def _handler(content: bytes, asked: list[str]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked.append(self.path)
            wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
            first = int(wanted[1]) if wanted else 0
            last = int(wanted[2]) if wanted and wanted[2] else len(content) - 1
            part = content[first : last + 1]
            self.send_response(206 if wanted else 200)
            self.send_header("Content-Type", "video/mp4")
            self.send_header("Accept-Ranges", "bytes")
            if wanted:
                self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
            self.send_header("Content-Length", str(len(part)))
            self.end_headers()
            self.wfile.write(part)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
