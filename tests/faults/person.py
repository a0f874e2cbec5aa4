"""Somebody with a browser, behind the reverse proxy: cookies are kept, redirects are shown and not followed."""

import urllib.error
import urllib.parse
import urllib.request

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore


class Person:
    """Asks one web server."""

    def __init__(self, port, host="localhost"):
        self.port, self.host, self.cookies = port, host, {}

    def logged_in_as(self, user):
        """A session made in the database, for servers that share the test's secret key."""
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        self.cookies |= {"sessionid": session.session_key, "csrftoken": "c" * 32}
        return self

    def ask(self, path, form=None, **headers):
        """Status, headers and body of one answer."""
        shown = {"Host": self.host, "X-Forwarded-Proto": "https", "Referer": f"https://{self.host}/"} | headers
        shown["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if token := self.cookies.get("csrftoken"):
            shown["X-CSRFToken"] = token
        body = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, shown)
        try:
            answer = urllib.request.build_opener(_Stay).open(request, timeout=30)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers, answer.read().decode()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None
