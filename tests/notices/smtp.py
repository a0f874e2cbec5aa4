"""A mail server of a few lines: takes, refuses, puts off or hangs up, as its script says, and keeps what it took."""

import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message


class Server(socketserver.ThreadingTCPServer):
    """`answers` by recipient: a reply to RCPT, or "hang up" after the whole mail was taken; else 250."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.answers: dict[str, str] = {}
        self.taken: list[tuple[str, Message]] = []

    @property
    def recipients(self):
        """Whose mails were taken, in order."""
        return [recipient for recipient, _ in self.taken]


class Session(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self):
        self._say("220 uji")
        recipient = ""
        for line in self.rfile:
            word = line.strip().upper()
            if word.startswith(b"RCPT"):
                recipient = line.decode().partition("<")[2].partition(">")[0]
                answer = self.server.answers.get(recipient, "250 baik")
                self._say("250 baik" if answer == "hang up" else answer)
            elif word == b"DATA":
                self._say("354 silakan")
                self.server.taken.append((recipient, message_from_bytes(self._body())))
                if self.server.answers.get(recipient) == "hang up":
                    return
                self._say("250 diterima")
            elif word == b"QUIT":
                self._say("221 sampai jumpa")
                return
            else:
                self._say("250 baik")

    def _body(self):
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                return b"".join(lines)
            lines.append(line)
        return b""

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def mail_server(settings):
    """The portal's mail goes to a server of its own for one test."""
    with Server() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_TIMEOUT = 5
        yield server
        server.shutdown()
