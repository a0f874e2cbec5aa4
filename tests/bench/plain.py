"""The limits log people in as Django does by itself: what the portal saves on sessions may not make them cheaper."""

from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.middleware import SessionMiddleware

LIMITS = "/batas/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class SessionStore(db.SessionStore):
    """Django's own, of somebody who was let in by allauth's own backend."""

    def load(self):
        """The session as it stands in the database."""
        said = super().load()
        return {**said, BACKEND_SESSION_KEY: BACKEND} if BACKEND_SESSION_KEY in said else said


class EachItsOwnMiddleware(SessionMiddleware):
    """The portal's sessions for its pages, Django's own for the limits; the rows in the database are the same."""

    def process_request(self, request):
        """Before anything was read."""
        super().process_request(request)
        if request.path.startswith(LIMITS):
            request.session = SessionStore(request.session.session_key)
