"""Load from a process of its own: PORT PATH ETAG CONNECTIONS COUNT SECONDS as arguments.

Keeps connections open, asks one request after the other on each, stops at the count or after the
seconds, and prints JSON: requests per second, and p50 and p95 in milliseconds.
"""

import json
import socket
import sys
import threading
import time

_REQUEST = "GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n{}\r\n"


def ask(connection: socket.socket, request: bytes) -> tuple[str, dict[str, str], bytes]:
    """Send a request and return status, headers (names in lower case) and body."""
    connection.sendall(request)
    received = b""
    while b"\r\n\r\n" not in received:
        received += _more(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    missing = int(headers.get("content-length", 0)) - len(body)
    while missing > 0:
        more = _more(connection)
        body, missing = body + more, missing - len(more)
    return status.split(" ")[1], headers, body


def _more(connection: socket.socket) -> bytes:
    received = connection.recv(65_536)
    if not received:
        raise ConnectionError("The server closed the connection.")
    return received


def request_for(path: str, *, etag: str = "") -> bytes:
    """Return the bytes of a request."""
    return _REQUEST.format(path, f"If-None-Match: {etag}\r\n" if etag else "").encode()


def connected(port: int) -> socket.socket:
    """Return a connection to a server on loopback."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def put_load(port: int, request: bytes, *, connections: int, count: int, seconds: float) -> dict:
    """Put the load on the server and return the figures. Raises for an answer above 399."""
    with connected(port) as connection:
        for _ in range(4):
            ask(connection, request)
    took: list[float] = []
    end = time.perf_counter() + seconds

    def work() -> None:
        with connected(port) as connection:
            for _ in range(count // connections):
                started = time.perf_counter()
                if started > end:
                    return
                status, _headers, _body = ask(connection, request)
                if status > "399":
                    raise RuntimeError(status)
                took.append(1000 * (time.perf_counter() - started))

    started = time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - started
    took.sort()
    return {
        "per_second": len(took) / elapsed,
        "p50": took[len(took) // 2],
        "p95": took[len(took) * 95 // 100],
    }


if __name__ == "__main__":
    _port, _path, _etag, _connections, _count, _seconds = sys.argv[1:]
    print(
        json.dumps(
            put_load(
                int(_port),
                request_for(_path, etag=_etag),
                connections=int(_connections),
                count=int(_count),
                seconds=float(_seconds),
            )
        )
    )
