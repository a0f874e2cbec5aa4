"""Sessions in the database, as Django keeps them; every request reads one, so that statement is prepared."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from kla_portal.prepared import WORD, PreparedObjects

KEPT = PreparedObjects[Session](lambda key: Session.objects.filter(session_key=key), WORD)


class SessionStore(db.SessionStore):
    """What `SESSION_ENGINE` names."""

    def _get_session_from_db(self) -> Any:
        known = "\0" not in (self.session_key or "")  # a quoted cookie can say it; PostgreSQL keeps no such text
        found = KEPT.first(self.session_key) if known else None
        if found is not None and found.expire_date > timezone.now():
            return found
        self._session_key = None
        return None
