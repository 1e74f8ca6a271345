"""As much of a Redis as the page cache uses, on a free port. Nothing expires."""

import socketserver
import threading


class _Connection(socketserver.StreamRequestHandler):
    def handle(self):
        while line := self.rfile.readline():
            self.wfile.write(self.server.owner.answer(self._words(int(line[1:]))))

    def _words(self, count):
        words = []
        for _ in range(count):
            length = int(self.rfile.readline()[1:])
            words.append(self.rfile.read(length + 2)[:-2])
        return words


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False


class SmallRedis:
    """Understands GET, MGET and SET; `commands` are those that came."""

    def __init__(self):
        self.values = {}
        self.commands = []
        self._server = _Server(("127.0.0.1", 0), _Connection)
        self._server.owner = self
        self.url = f"redis://127.0.0.1:{self._server.server_address[1]}/0"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def named(self, ending):
        """Return the one key that ends so."""
        [key] = [key for key in self.values if key.endswith(ending)]
        return key

    def answer(self, words):
        name, *rest = words
        self.commands.append(name.decode())
        if name == b"SET":
            self.values[rest[0]] = rest[1]
            return b"+OK\r\n"
        if name == b"MGET":
            found = [self._bulk(self.values.get(key)) for key in rest]
            return b"*%d\r\n%s" % (len(found), b"".join(found))
        if name == b"GET":
            return self._bulk(self.values.get(rest[0]))
        return b"-ERR unknown command\r\n"

    def _bulk(self, value):
        return b"$-1\r\n" if value is None else b"$%d\r\n%s\r\n" % (len(value), value)
