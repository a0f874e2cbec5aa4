"""Somebody's browser that uploads in parts over a bad line, and goes on by itself, as the page's script does."""

import hashlib
import http.client
import json
import time
from urllib.parse import urlencode

PART = 1024 * 1024
FORM = "application/x-www-form-urlencoded"


def digest(content):
    """What the browser computes."""
    return hashlib.sha256(content).hexdigest()


class Sender:
    """One person at one port. `losses` counts broken lines."""

    def __init__(self, port, headers):
        self.port, self.headers, self.losses, self._line, self._known = port, headers, 0, None, None

    @classmethod
    def behind(cls, person, port):
        """The browser of a `Person` who is logged in, on another line."""
        cookies = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
        return cls(port, {"Host": person.host, "Cookie": cookies, "X-CSRFToken": person.cookies["csrftoken"],
                          "X-Forwarded-Proto": "https", "Referer": f"https://{person.host}/"})  # fmt: skip

    def ask(self, method, address, body=None, kind=FORM):
        """Status and answer; the line stays open until it breaks. Raises `OSError` or `HTTPException`."""
        try:
            self._line = self._line or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            self._line.request(method, address, body, self.headers | {"Content-Type": kind})
            answer = self._line.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException):
            self._line.close()
            self._line = None
            raise

    def start(self, evaluation, content, name, code):
        """Where to go on."""
        said = {"nama": name, "ukuran": len(content), "sidik": digest(content[:PART]), "soal": code}
        status, answer = self.ask("POST", f"/evaluasi/{evaluation.pk}/unggahan/mulai/", urlencode(said))
        assert status == 201, answer
        return answer

    def travel(self, evaluation, content, name, code, before_end):
        """From where it stands to its end."""
        said = self._state() if self._known else self.start(evaluation, content, name, code)
        self._known = said
        while said["received"] < said["size"] and not said["finished"]:
            at = said["received"]
            status, said = self.ask(
                "POST", f"{said['parts']}{at}/", content[at : at + PART], "application/octet-stream"
            )
            assert status == 200, said
        if said["finished"]:
            return said
        before_end()
        status, said = self.ask("POST", said["end"], urlencode({"sidik": digest(content)}))
        assert status == 200, said
        return said

    def _state(self):
        """How far the upload is that this browser knows of."""
        status, said = self.ask("GET", self._known["state"])
        assert status == 200, said
        return said

    def bring(self, evaluation, content, name="bukti.pdf", code="1.1", before_end=lambda: None):
        """The same, again and again until it is through."""
        for _ in range(20):
            try:
                said = self.travel(evaluation, content, name, code, before_end)
            except (OSError, http.client.HTTPException):
                self.losses += 1
                time.sleep(0.2)
            else:
                self._known = None
                return said
        raise TimeoutError(name)
