"""A network that cuts: a TCP proxy which passes so many bytes on, or no answer back, and then breaks the line."""

import socket
import threading

CHUNK = 16 * 1024


class CuttingProxy:
    """Stands before a web server. `passed` counts what people sent and the server was handed."""

    def __init__(self, port, rate=0):
        self._target, self._rate = ("127.0.0.1", port), rate
        self.passed, self.cuts, self._budget, self._swallow = 0, 0, None, False
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def cut_after(self, size):
        """Break the line once that many bytes more have gone up."""
        self._budget = self.passed + size

    def swallow_answer(self):
        """Hand the next request over whole, and break the line when its answer begins."""
        self._swallow = True

    def close(self):
        """No more of it."""
        self._door.close()

    def _serve(self):
        while True:
            try:
                person, _ = self._door.accept()
            except OSError:
                return
            server = socket.create_connection(self._target)
            for way in (self._up, self._down):
                threading.Thread(target=way, args=(person, server), daemon=True).start()

    def _up(self, person, server):
        try:
            while chunk := person.recv(CHUNK):
                if self._budget is not None and self.passed + len(chunk) > self._budget:
                    server.sendall(chunk[: self._budget - self.passed])
                    self.passed, self._budget = self._budget, None
                    self._break(person, server)
                    return
                server.sendall(chunk)
                self.passed += len(chunk)
                if self._rate:
                    threading.Event().wait(len(chunk) / self._rate)
            server.shutdown(socket.SHUT_WR)
        except OSError:
            self._break(person, server)

    def _down(self, person, server):
        try:
            while chunk := server.recv(CHUNK):
                if self._swallow:
                    self._swallow = False
                    self._break(person, server)
                    return
                person.sendall(chunk)
            person.shutdown(socket.SHUT_WR)
        except OSError:
            self._break(person, server)

    def _break(self, *sockets):
        self.cuts += 1
        for each in sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)  # closing alone waits for the thread that listens
                each.close()
            except OSError:
                continue
